//! What a citation is made of.

use crate::article::{Article, paged};
use crate::words::one_line;
use jiff::civil::Date;

/// The day of publication.
pub(super) fn day(article: &Article) -> Option<Date> {
    article.published.as_deref()?.get(..10)?.parse().ok()
}

/// `9 November 2016`.
pub(super) fn written(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// One line in the manner of a footnote: `Ann Cole, “Title,” The Herald, 9 November 2016, Late City Final, p. A1, https://…`
pub(super) fn line(article: &Article) -> String {
    let mut parts = Vec::new();
    if !article.byline.is_empty() {
        parts.push(listed(&article.byline));
    }
    if let Some(title) = &article.title {
        let end = if title.ends_with(['?', '!', '.']) { "" } else { "," };
        parts.push(format!("“{}{end}”", one_line(title)));
    }
    parts.extend(article.source.clone());
    parts.extend(day(article).map(written));
    parts.extend(article.edition.clone());
    parts.extend(article.page.as_deref().map(paged));
    parts.extend(article.url.clone());
    if article.url.is_none() {
        parts.push(article.path.clone());
    }
    let mut line = String::new();
    for part in parts {
        let joined = if line.is_empty() {
            ""
        } else if line.ends_with('”') {
            " "
        } else {
            ", "
        };
        line.push_str(joined);
        line.push_str(&one_line(&part));
    }
    line
}

/// Last words of the names of bodies, which have no family name.
const BODIES: &str = "agencies agency association board bureau correspondent correspondents council department desk editor editors \
    foundation group institute magazine media network news newspapers office post press reporter reporters reports service services staff team times \
    union university wire wires writer writers";
/// Languages in which the family name comes first.
const FAMILY_FIRST: [&str; 5] = ["hu", "ja", "ko", "vi", "zh"];

/// The name of an author, as far as it can be taken apart.
pub(super) enum Author<'n> {
    /// Given names, family name, and what stands behind it (`Jr.`).
    Person(Vec<&'n str>, &'n str, Option<&'n str>),
    /// A body, or a name that is not to be turned round.
    Whole(&'n str),
    /// More than three words: it may be either.
    Unknown(&'n str),
}

impl<'n> Author<'n> {
    pub fn of(name: &'n str, article: &Article) -> Author<'n> {
        let mut words: Vec<&str> = name.split_whitespace().collect();
        let is_suffix = |word: &str| matches!(word.trim_end_matches('.').to_ascii_lowercase().as_str(), "jr" | "sr" | "ii" | "iii" | "iv");
        let suffix = words.pop_if(|word| is_suffix(word));
        if let (Some(last), Some(_)) = (words.last_mut(), suffix) {
            *last = last.trim_end_matches(',');
        }
        let language = article.language.as_deref().and_then(|tag| tag.split('-').next()).unwrap_or_default();
        let is_body = words.last().is_some_and(|last| BODIES.split(' ').any(|body| body.eq_ignore_ascii_case(last)));
        if is_body || FAMILY_FIRST.contains(&language) || words.iter().any(|word| word.contains(',')) {
            return Author::Whole(name);
        }
        match words.as_slice() {
            [given @ .., family] if (1..=2).contains(&given.len()) => Author::Person(given.to_vec(), family, suffix),
            _ => Author::Unknown(name),
        }
    }
}

/// `Ann Cole`, `Ann Cole and Bo Dunn`, `Ann Cole, Bo Dunn and Cy Eames`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The first paragraph.
pub(super) fn lead(article: &Article) -> &str {
    article.body.split("\n\n").map(str::trim).find(|p| !p.is_empty()).unwrap_or_default()
}

/// `Ann Cole, mayor`, or what the article calls who says it.
pub(super) fn speaker(quote: &crate::article::Quote) -> String {
    let Some(speaker) = &quote.speaker else { return "nobody named".to_owned() };
    speaker.titled().or_else(|| speaker.text.clone()).unwrap_or_else(|| "nobody named".to_owned())
}

/// The quote as it is printed: in quotation marks if its words are the speaker's, `[…]` where something else stands between.
pub(super) fn said(quote: &crate::article::Quote) -> String {
    let spans: Vec<(u32, u32)> = quote.spans.iter().map(|s| (s.start, s.end)).collect();
    crate::article::cited(quote.kind, &quote.text, &spans, |piece| one_line(&piece.of(&quote.text)))
}
