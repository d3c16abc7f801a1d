//! ANPA 1312, the frame of American agencies (AP): a slug, heads that begin with `^`, paragraphs that begin with a tab, and a
//! time stamp `AP-WF-11-13-13 1509GMT` behind the text.
//!
//! # What it does not read
//!
//! Priority and selector codes; picture numbers and notes to editors among the heads; how tables are set: their rows
//! become lines with the semicolons they came with.

use super::{first_heading, full_year, hand_over};
use crate::article::{Article, DateOrigin, Version};
use crate::error::Result;
use crate::ingest::formats::reading::Reading;
use crate::ingest::text::{one_line, paragraphs};
use crate::ingest::{Format, Input, Sink, Sureness, date, revision};

/// The format; see the [module](self).
pub struct Anpa;

/// Categories of the standard that mean the same wherever they are used.
const CATEGORIES: &[(&str, &str)] = &[
    ("a", "domestic"),
    ("e", "entertainment"),
    ("f", "financial"),
    ("i", "international"),
    ("l", "lifestyle"),
    ("n", "state and regional"),
    ("o", "weather"),
    ("p", "politics"),
    ("s", "sports"),
    ("t", "travel"),
    ("v", "advisories"),
    ("w", "washington"),
];

impl Format for Anpa {
    fn name(&self) -> &'static str {
        "anpa"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        let Some(heading) = first_heading(head) else { return Sureness::No };
        // A unit separator stands between number and selector; synchronous idles go before.
        let marked = heading.iter().take(40).any(|b| *b == 0x1F) || head.iter().take(4).any(|b| *b == 0x16);
        if marked { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        hand_over(input, sink, read)
    }
}

fn read(message: &super::Message<'_>) -> Reading {
    let mut article = Article::default();
    let category = message.heading.lines().nth(1).and_then(|l| l.split_whitespace().nth(1)).map(|w| w.trim_matches(char::is_control));
    let category = category.and_then(|c| CATEGORIES.iter().find(|(code, _)| c.eq_ignore_ascii_case(code)));
    article.section = category.map(|(_, name)| (*name).to_owned());
    let (heads, rest) = split(message.text);
    let rest = settle(&mut article, &heads, rest);
    article.body = paragraphs(&rest);
    if let Some((agency, stamp)) = stamp(message.trailer) {
        article.published = Some(stamp);
        article.published_from = Some(DateOrigin::Field);
        article.source = Some(agency);
    }
    article.version = version(&heads, &article);
    if article.body.is_empty() && article.title.is_none() {
        return Reading::Failed("the message has neither text nor headline".into());
    }
    Reading::settled(article, None, Vec::new())
}

/// A line before the text, without its marks.
struct Head {
    line: String,
    /// Whether it is centred, as bylines are (`=` at its end).
    centred: bool,
}

/// The lines before the text, and the text with one paragraph a line.
fn split(text: &str) -> (Vec<Head>, Vec<String>) {
    let (mut heads, mut lines): (Vec<Head>, Vec<String>) = (Vec::new(), Vec::new());
    for raw in text.lines().filter(|l| !l.trim().is_empty()) {
        let is_head = raw.starts_with('^') && lines.is_empty();
        let line = typography(raw);
        let bare = line.trim_end_matches(['<', '=', ' ']).to_owned();
        match is_head {
            _ if bare.is_empty() => {}
            true => heads.push(Head { line: bare, centred: line.trim_end().ends_with('=') }),
            false => lines.push(bare),
        }
    }
    (heads, lines)
}

/// Wires have no dashes and no curved quotation marks of their own.
fn typography(line: &str) -> String {
    // The slug may stand behind a number that closes with `<`.
    let line = line.rsplit_once("< ^").map_or(line, |(_, behind)| behind);
    let line = one_line(line.trim_start_matches(['^', '\t', ' ', '\u{8}']));
    line.replace("``", "“").replace("''", "”").replace(" _ ", " — ")
}

/// Fills title and byline from the heads; gives the text, with the heads in it where there is nothing else.
fn settle(article: &mut Article, heads: &[Head], lines: Vec<String>) -> String {
    let is_note = |l: &str| {
        let low = l.trim_start_matches('(').to_lowercase();
        ["ap photo", "ap video", "ap graphic", "ap audio", "eds:", "eds.", "editor's note", "editor’s note", "with ap "]
            .iter()
            .any(|n| low.starts_with(n))
    };
    let slug = heads.first().map(|h| slug(&h.line));
    let mut rest: Vec<&Head> = heads.iter().skip(1).filter(|h| !is_note(&h.line)).collect();
    if let Some(at) = rest.iter().position(|h| h.line.to_lowercase().starts_with("by ")) {
        article.byline.push(rest.remove(at).line.clone());
        // Below the name stands whom it writes for.
        if rest.get(at).is_some_and(|h| h.centred) {
            rest.remove(at);
        }
    }
    let title = if rest.is_empty() { None } else { Some(rest.remove(0).line.clone()) };
    article.title = title.or(slug);
    let mut text: Vec<String> = Vec::new();
    if lines.is_empty() {
        text.extend(rest.iter().map(|h| h.line.clone()));
    }
    text.extend(lines);
    text.join("\n\n")
}

/// `BC-LT--Argentina-Cancer Beauty,466` without the mark of the cycle and the number of words.
fn slug(line: &str) -> String {
    let line = line.strip_prefix("BC-").or_else(|| line.strip_prefix("AM-")).or_else(|| line.strip_prefix("PM-")).unwrap_or(line);
    let words = line.rsplit_once(',').filter(|(_, n)| n.trim().bytes().all(|b| b.is_ascii_digit()));
    words.map_or(line, |(slug, _)| slug).trim_end_matches([',', ' ']).to_owned()
}

/// What the slug says of the version (`BC-US--Ferry, 2nd Ld-Writethru,250`): stories of an agency with one slug on one day are versions of
/// each other.
fn version(heads: &[Head], article: &Article) -> Option<Version> {
    let whole = slug(&heads.first()?.line);
    let (slug, flags) = whole.split_once(',').unwrap_or((&whole, ""));
    let flag = revision::flag(flags);
    let day = article.published.as_deref().and_then(|p| p.get(..10));
    let of = day.zip(article.source.as_deref()).map(|(day, agency)| format!("{agency}:{day}:{}", slug.trim()));
    let note = heads.iter().map(|h| h.line.as_str()).find(|l| l.to_lowercase().starts_with("eds:")).map(str::to_owned);
    let (kind, number) = flag.unzip();
    let version = Version { kind, number: number.unwrap_or(Some(1)), of, note: note.filter(|_| kind.is_some()), ..Version::default() };
    (slug.split(['-', ' ']).filter(|w| !w.is_empty()).count() > 1).then_some(version)
}

/// The agency and the moment of `AP-WF-11-13-13 1509GMT`.
fn stamp(trailer: &str) -> Option<(String, String)> {
    let mut words = trailer.split_whitespace();
    let parts: Vec<&str> = words.next()?.split('-').collect();
    let [agency, .., month, day, year] = parts.as_slice() else { return None };
    let time = words.next()?.trim_end_matches(['<', '\u{c}']);
    let (clock, zone) = time.split_at_checked(4)?;
    let moment = format!("{}-{month}-{day} {}:{} {zone}", full_year(year)?, clock.get(..2)?, clock.get(2..)?);
    Some(((*agency).to_owned(), date::parse(&moment)?))
}
