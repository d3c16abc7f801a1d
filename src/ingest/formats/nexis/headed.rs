//! The newer exports: headline, paper, date, particulars, `Body`, the text, perhaps `Classification`, `End of Document`.

use super::fields::{is_copyright, particular, set, set_date};
use crate::article::{Article, VersionKind};
use crate::ingest::date;

/// The paragraph that ends an article.
pub(in crate::ingest::formats) const END: &str = "End of Document";

/// What stands behind the headline, and above the particulars, where a paper corrected the article.
const CORRECTED: &str = "Correction Appended";

/// Headings under which no text stands.
const TAIL: &[&str] = &["Classification", "Graphic", "Notes", "Bibliography"];

/// The articles of an export, paragraph by paragraph.
pub(in crate::ingest::formats) fn articles(paragraphs: &[String]) -> Vec<Article> {
    let filled: Vec<&str> = paragraphs.iter().map(|p| p.trim()).filter(|p| !p.is_empty()).collect();
    filled.split(|p| *p == END).filter_map(article).collect()
}

fn article(section: &[&str]) -> Option<Article> {
    let start = section.iter().position(|p| *p == "Body");
    let mut article = Article::default();
    let head = &section[..start.unwrap_or(section.len())];
    // The cover list stands before the first article: the date next to the text is its own.
    let dated = head.iter().rposition(|p| p.len() <= 80 && particular(p).is_none() && date::parse(p).is_some());
    // Without a text it is an article only when it has a headline, a paper and a date.
    if start.is_none() && dated.is_none_or(|at| at < 2) {
        return None;
    }
    let (named, rest) = head.split_at(dated.unwrap_or(head.len().min(2)));
    let title = named.len().checked_sub(2).and_then(|at| named.get(at)).or(named.first());
    article.title = title.map(|t| t.strip_suffix(CORRECTED).map_or(*t, |t| t.trim_end().trim_end_matches('-').trim_end()).to_owned());
    if head.iter().any(|p| p.ends_with(CORRECTED)) {
        article.version.get_or_insert_default().kind = Some(VersionKind::Correction);
    }
    article.source = named.last().filter(|_| named.len() >= 2).map(|s| s.trim_end_matches('.').to_owned());
    for paragraph in rest {
        match particular(paragraph) {
            Some((name, value)) => set(&mut article, &name, value),
            None => {
                set_date(&mut article, paragraph);
            }
        }
    }
    let mut body: Vec<&str> = Vec::new();
    let mut in_tail = false;
    for paragraph in section.get(head.len() + 1..).unwrap_or_default() {
        in_tail |= TAIL.contains(paragraph);
        match particular(paragraph) {
            Some((name, value)) if in_tail || name == "load-date" => {
                in_tail = true;
                set(&mut article, &name, value);
            }
            _ if in_tail || is_copyright(paragraph) => {}
            _ => body.push(paragraph),
        }
    }
    // Some papers are sent with a summary before the text.
    let is = |p: &&str, heading: &str| p.eq_ignore_ascii_case(heading);
    if body.first().is_some_and(|p| is(p, "abstract"))
        && let Some(at) = body.iter().position(|p| is(p, "full text"))
    {
        body.drain(..=at);
    }
    // The address of the page often is the last line.
    if let Some(last) = body.pop_if(|l| l.starts_with("http") && !l.contains(' ')) {
        article.url.get_or_insert_with(|| last.to_owned());
    }
    article.body = crate::ingest::text::paragraphs(&body.join("\n\n"));
    Some(article)
}
