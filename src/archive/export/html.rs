//! One HTML file that needs nothing beside it: to read, print or mail. Text of articles is escaped, never passed through.

use super::citation;
use super::{About, Exporter, Source};
use crate::archive::escaped;
use crate::article::Offsets;
use crate::words::one_line;

#[derive(Default)]
pub(super) struct Html {
    n: u64,
}

const STYLE: &str = "\
body{font:11pt/1.45 Georgia,serif;max-width:42em;margin:2em auto;padding:0 1em;color:#111;background:#fff}\
header p,footer,.from{font:9pt/1.4 sans-serif;color:#555}article{border-top:1px solid #999;padding-top:1em;margin-top:2em}\
h1{font-size:1.3em}h2{font-size:1.25em;margin:0 0 .2em}mark{background:#ffec99;color:inherit}blockquote{margin:0;font-size:1.1em}\
.from code{word-break:break-all}@media print{body{margin:0;max-width:none}article{break-inside:avoid-page}mark{background:none;font-weight:bold}}";

impl Exporter for Html {
    fn head(&mut self, about: &About, out: &mut String) {
        let (title, query) = (escaped(&about.reading), escaped(&about.canonical));
        out.push_str(&format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n\
             <p>Query <code>{query}</code> · {} · revision {} of the archive</p>\n</header>\n<main>\n",
            escaped(&about.day),
            about.revision
        ));
    }

    fn item(&mut self, source: &Source<'_>, out: &mut String) {
        self.n += 1;
        let article = &source.clipping.article;
        let language = article.language.as_deref().filter(|l| l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        out.push_str(&format!("<article{}>\n", language.map(|l| format!(" lang=\"{l}\"")).unwrap_or_default()));
        if let Some(quote) = source.quote {
            let kind = format!("{}, confidence {:.2}", quote.kind.name(), quote.confidence);
            let who = escaped(&citation::speaker(quote));
            out.push_str(&format!(
                "<blockquote dir=\"auto\">{}</blockquote>\n<p dir=\"auto\">— {who} <small>({kind})</small></p>\n",
                escaped(&citation::said(quote))
            ));
        } else {
            out.push_str(&format!("<h2 dir=\"auto\">{}</h2>\n", escaped(&one_line(article.title.as_deref().unwrap_or("(no title)")))));
        }
        out.push_str(&format!("<p class=\"from\">{} · <code>{}</code></p>\n", cited(article), escaped(source.hit.id())));
        if let Some(note) = source.clipping.note() {
            out.push_str(&format!("<p class=\"from\" dir=\"auto\">Note: {}</p>\n", escaped(&one_line(note))));
        }
        if source.quote.is_none() {
            body(&article.body, &source.marks, out);
        }
        out.push_str("</article>\n");
    }

    fn foot(&mut self, out: &mut String) {
        let what = if self.n == 1 { "clipping" } else { "clippings" };
        out.push_str(&format!("</main>\n<footer>{} {what}, made by morgue</footer>\n</body>\n</html>\n", self.n));
    }
}

/// The citation, its address as a link where it is one of the web.
fn cited(article: &crate::article::Article) -> String {
    let line = escaped(&citation::line(article));
    let Some(url) = article.web() else { return line };
    let shown = escaped(&one_line(url));
    line.replace(&shown, &format!("<a href=\"{shown}\">{shown}</a>"))
}

fn body(body: &str, marks: &[(u32, u32)], out: &mut String) {
    let offsets = Offsets::of(body);
    let mut marked = String::with_capacity(body.len() + marks.len() * 13);
    let mut at = 0;
    for (start, end) in marks {
        let (start, end) = (offsets.byte(*start), offsets.byte(*end));
        // A mark lies within one paragraph; what does not is left plain rather than torn.
        if start < at || end > body.len() || body[start..end].contains("\n\n") {
            continue;
        }
        marked.push_str(&escaped(&body[at..start]));
        marked.push_str(&format!("<mark>{}</mark>", escaped(&body[start..end])));
        at = end;
    }
    marked.push_str(&escaped(&body[at..]));
    for paragraph in marked.split("\n\n").filter(|p| !p.trim().is_empty()) {
        out.push_str(&format!("<p dir=\"auto\">{}</p>\n", paragraph.trim()));
    }
}
