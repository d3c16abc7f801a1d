//! One entry of a feed as an article.

use crate::article::{Article, DateOrigin};
use crate::ingest::formats::json::{is_html, one_line, plain};
use crate::ingest::formats::reading::{Reading, doubt_about_body};
use crate::ingest::formats::xml::{self, Element};
use crate::ingest::{date, text};

/// Shortest text that is more than a teaser, in characters.
const TEASER: usize = 200;
/// Prefixes of vocabularies whose `title`, `content` and the like are not those of the entry.
const FOREIGN: &[&str] = &[
    "media",
    "itunes",
    "podcast",
    "psc",
    "googleplay",
    "georss",
    "geo",
    "gml",
    "yt",
    "slash",
    "sy",
    "thr",
    "cc",
    "creativecommons",
    "feedburner",
    "wp",
    "excerpt",
    "admin",
    "l",
    "foaf",
];
/// Kinds of posts in an export of WordPress that are written to be read.
const POSTS: &[&str] = &["post", "page", "article", "news", "story"];

/// What a feed says for all its entries.
pub struct Feed {
    title: Option<String>,
    language: Option<String>,
    authors: Vec<String>,
    /// Names to log in with, and those of their bearers: exports of WordPress.
    logins: Vec<(String, String)>,
}

/// Whether an element belongs to one of the vocabularies feeds are embellished with.
pub fn is_foreign(element: &Element<'_>) -> bool {
    FOREIGN.iter().any(|p| element.prefix().eq_ignore_ascii_case(p))
}

impl Feed {
    /// Reads what stands above the entries.
    pub fn of(root: &Element<'_>) -> Feed {
        let top = root.within(&["channel", "feed"]).into_iter().next();
        let language = top.and_then(|t| own(t, "language").and_then(|l| l.text()));
        let marked = || root.children().chain(top).find_map(|e| e.filled("lang"));
        Feed {
            title: top.and_then(|t| own(t, "title")).and_then(line),
            language: language.or_else(marked),
            logins: top.map(logins).unwrap_or_default(),
            authors: top
                .map(|t| t.children().filter(|c| c.is("author") && c.child("name").is_some()).filter_map(|a| a.text_at("name")).collect())
                .unwrap_or_default(),
        }
    }

    /// Reads an `item` or `entry`.
    pub fn read(&self, entry: &Element<'_>) -> Reading {
        let kind = entry.child("post_type").and_then(Element::text).unwrap_or_else(|| "post".into());
        let status = entry.child("status").filter(|s| s.prefix() == "wp").and_then(Element::text).unwrap_or_else(|| "publish".into());
        if !POSTS.contains(&kind.as_str()) || status != "publish" {
            return Reading::Skipped(format!("no published text: a `{kind}` with the status `{status}`"));
        }
        let title = own(entry, "title").and_then(line).or_else(|| entry.filled("title"));
        let (body, is_summary) = body(entry);
        if title.is_none() && body.is_empty() {
            return Reading::Failed("the entry has neither text nor headline".into());
        }
        let body = if entry.child("post_type").is_some() { without_shortcodes(&body) } else { body };
        let mut doubts = Vec::new();
        if body.is_empty() || is_summary && body.chars().count() < TEASER {
            doubts.push(doubt_about_body(!body.is_empty()));
        }
        let url = link(entry);
        let day =
            |names: &[&str]| names.iter().find_map(|n| entry.children().filter(|c| c.is(n)).find_map(|c| c.text().filter(|t| is_date(t))));
        let updated = day(&["updated", "modified", "post_modified_gmt", "lastBuildDate"]);
        let published =
            day(&["pubDate", "published", "issued", "date", "post_date_gmt", "created", "post_date"]).or_else(|| updated.clone());
        let unread = || entry.children().find(|c| c.is("pubDate") || c.is("published")).and_then(Element::text);
        let published = published.or_else(unread);
        let id = id(entry);
        let article = Article {
            has_own_id: id.is_some(),
            id: id.unwrap_or_default(),
            title,
            byline: self.authors(entry),
            source: own(entry, "source").and_then(|s| s.text_at("title").or_else(|| s.text())).or_else(|| self.title.clone()),
            section: entry.children().find(|c| c.is("category") && c.attr("domain").as_deref() == Some("category")).and_then(line),
            language: entry.filled("lang").or_else(|| own(entry, "language").and_then(|l| l.text())).or_else(|| self.language.clone()),
            url,
            updated: updated.filter(|u| Some(u) != published.as_ref()),
            published_from: published.is_some().then_some(DateOrigin::Field),
            published,
            tags: tags(entry),
            body,
            ..Article::default()
        };
        Reading::settled(article, None, doubts)
    }

    /// The authors of the entry, else of the feed.
    fn authors(&self, entry: &Element<'_>) -> Vec<String> {
        let creators = entry.children().filter(|c| c.is("creator") && !is_foreign(c)).filter_map(Element::text);
        let called = |login: String| self.logins.iter().find(|(l, _)| *l == login).map_or(login.clone(), |(_, name)| name.clone());
        let creators = creators.map(called);
        let authors = entry.children().filter(|c| c.is("author") && !is_foreign(c));
        let authors = authors.filter_map(|a| if a.child("name").is_some() { a.text_at("name") } else { a.text().map(|t| addressed(&t)) });
        let all: Vec<String> = creators.chain(authors).collect();
        if all.is_empty() { self.authors.clone() } else { all }
    }
}

/// WordPress writes 30 November of the year -1 where there is no date.
fn is_date(text: &str) -> bool {
    date::parse(text).is_some_and(|d| date::plausible(&d))
}

/// The `wp:author` elements, each with the name its bearer goes by.
fn logins(top: &Element<'_>) -> Vec<(String, String)> {
    let authors = top.children().filter(|c| c.is("author") && c.prefix() == "wp");
    authors.filter_map(|a| Some((a.text_at("author_login")?, a.text_at("author_display_name")?))).collect()
}

/// RSS writes `jane@example.org (Jane Doe)`.
fn addressed(author: &str) -> String {
    match author.split_once('(') {
        Some((address, name)) if address.contains('@') => name.trim_end_matches([')', ' ']).to_owned(),
        _ => author.to_owned(),
    }
}

/// The first child called `name` that is the entry's own.
fn own<'e, 'a>(element: &'e Element<'a>, name: &str) -> Option<&'e Element<'a>> {
    let mut all = element.children().filter(|c| c.is(name) && !is_foreign(c));
    let first = all.next()?;
    // `title` goes before `dc:title`.
    Some(if first.prefix() == "dc" { all.find(|c| c.prefix() != "dc").unwrap_or(first) } else { first })
}

/// A headline, which may be text, escaped HTML or XHTML.
fn line(element: &Element<'_>) -> Option<String> {
    let markup = element.attr("type").is_some_and(|t| t.contains("html"));
    let raw = element.raw();
    let line = if markup && element.children().next().is_none() { text::one_line_of_html(&raw) } else { one_line(&raw) };
    Some(line).filter(|l| !l.is_empty())
}

/// The text, and whether it is only a description.
fn body(entry: &Element<'_>) -> (String, bool) {
    let full = entry
        .children()
        .filter(|c| ["encoded", "content", "body", "fulltext", "full-text", "fullitem"].iter().any(|n| c.is(n)) && !is_foreign(c))
        .map(words);
    let full = full.max_by_key(|t| t.len()).unwrap_or_default();
    let summaries =
        entry.children().filter(|c| ["description", "summary", "abstract", "tagline"].iter().any(|n| c.is(n)) && !is_foreign(c)).map(words);
    let summary = summaries.max_by_key(|t| t.len()).unwrap_or_default();
    let is_summary = full.len() < summary.len();
    (if is_summary { summary } else { full }, is_summary)
}

/// Without the `[gallery ids="1"]` and `[b]…[/b]` that WordPress turns into markup when it shows a post; captions go altogether.
fn without_shortcodes(text: &str) -> String {
    // Every bracket is looked for to the end of the text; no post has thousands.
    if memchr::memchr_iter(b'[', text.as_bytes()).count() > 2000 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        rest = after;
        let code = after.split_once(']').and_then(|(code, behind)| Some((shortcode(code)?, code, behind)));
        let Some((name, code, behind)) = code.filter(|(name, code, _)| !name.is_empty() && !code.contains('[')) else {
            out.push('[');
            continue;
        };
        let end = format!("[/{name}]");
        if let Some((_, behind)) = behind.split_once(&end).filter(|_| name == "caption") {
            rest = behind;
        } else if code.starts_with('/') || code.contains('=') || behind.contains(&end) || matches!(name, "gallery" | "more" | "embed") {
            rest = behind;
        } else {
            out.push('[');
        }
    }
    out.push_str(rest);
    text::paragraphs(&out)
}

/// The name of the shortcode `[name …]` or `[/name]`.
fn shortcode(code: &str) -> Option<&str> {
    let name = code.trim_start_matches('/').split([' ', '\n', '/']).next()?;
    name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-').then_some(name)
}

/// Text, escaped HTML or XHTML in paragraphs.
fn words(element: &Element<'_>) -> String {
    let kind = element.attr("type").unwrap_or_default().to_lowercase();
    let binary = element.attr("mode").as_deref() == Some("base64")
        || ["image/", "audio/", "video/", "application/pdf"].iter().any(|k| kind.starts_with(k));
    if binary {
        return String::new();
    }
    if element.children().next().is_some() {
        return xml::blocks(element, &[]);
    }
    let raw = element.raw();
    if kind.contains("html") && !is_html(&raw) { text::html_to_text(&raw) } else { plain(&raw) }
}

fn link(entry: &Element<'_>) -> Option<String> {
    let original = entry.children().find(|c| c.is("origLink")).and_then(Element::text);
    let rel = |c: &Element<'_>| c.attr("rel").unwrap_or_else(|| "alternate".into());
    let mut links = entry.children().filter(|c| c.is("link") && !is_foreign(c));
    let guid = || entry.child("guid").filter(|g| g.attr("isPermaLink").as_deref() != Some("false")).and_then(Element::text);
    let about = || entry.filled("about");
    let href = |c: &Element<'_>| c.filled("href").filter(|_| rel(c) == "alternate").or_else(|| c.text());
    let all = [original, links.find_map(href), entry.filled("href"), guid(), about()];
    all.into_iter().flatten().find(|u| u.starts_with("http://") || u.starts_with("https://"))
}

/// The name the feed gives the entry; bare numbers are unique only in their own system and are no name here.
fn id(entry: &Element<'_>) -> Option<String> {
    let given = ["guid", "id"].iter().find_map(|n| own(entry, n).and_then(|g| g.text())).or_else(|| entry.filled("about"));
    given.filter(|id| id.parse::<u64>().is_err())
}

fn tags(entry: &Element<'_>) -> Vec<String> {
    let mut tags = Vec::new();
    for element in entry.children().filter(|c| !is_foreign(c)) {
        if element.is("category") {
            tags.extend(element.filled("label").or_else(|| element.filled("term")).or_else(|| line(element)));
        } else if element.is("subject") {
            tags.extend(line(element));
        } else if element.is("keywords") {
            tags.extend(line(element).iter().flat_map(|l| l.split(',').map(str::to_owned)));
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::without_shortcodes;

    #[test]
    fn shortcodes() {
        let text = "[drop]A[/drop] mill [sic] stood.\n\n[caption id=\"x\"]Photo[/caption]\n\n[gallery ids=\"1,2\"]It [B] fell [away";
        assert_eq!(without_shortcodes(text), "A mill [sic] stood.\n\nIt [B] fell [away");
    }
}
