//! The last thing done to every article, whatever format it came from: fields brought into one form, what follows from
//! others filled in, what cannot be true dropped and reported.

use super::{Problem, byline, date, language, revision, text};
use crate::article::{Article, DateOrigin};

/// Finishes `draft`; `None` (with a problem) when it has neither title nor body. A format that must not lose such a record,
/// because the collection counts it, gives it an empty title.
///
/// The body is never changed. Dates may come in any form [`date::parse`] reads, authors as printed, languages by any name;
/// an empty `id` is made from the address, else from the text.
pub fn finish(mut draft: Article, problems: &mut Vec<Problem>) -> Option<Article> {
    let stands_empty = draft.title.as_deref() == Some("");
    draft.title = draft.title.and_then(|t| value(&t));
    if draft.title.is_none() && draft.body.trim().is_empty() {
        if !stands_empty {
            problems.push(Problem::failed(&draft.path, "there is no text in it"));
            return None;
        }
        problems.push(Problem::doubt(&draft.path, "there is no text in it; it is filed with its date and number alone"));
    }
    draft.byline = byline::authors(&draft.byline);
    draft.source = draft.source.and_then(|s| value(&s));
    let source = draft.source.as_deref().map(text::letters);
    if draft.byline.len() > 1 {
        draft.byline.retain(|name| source.as_deref() != Some(text::letters(name).as_str()));
    }
    draft.section = draft.section.and_then(|s| value(&s)).filter(|s| !is_domain(s));
    draft.page = draft.page.and_then(|p| value(&p)).map(|p| printed_page(&p).to_owned()).filter(|p| !p.is_empty());
    draft.edition = draft.edition.and_then(|e| value(&e));
    draft.url = draft.url.map(|u| u.trim().to_owned()).filter(|u| !u.is_empty());
    tidy_tags(&mut draft.tags);
    draft.words = text::word_count(&draft.body);
    draft.language = language::of(&draft.body, draft.language.as_deref()).map(str::to_owned);
    finish_dates(&mut draft, problems);
    revision::note(&mut draft);
    if draft.id.trim().is_empty() {
        draft.has_own_id = false;
        draft.id = derived_id(&draft);
    }
    Some(draft)
}

fn value(raw: &str) -> Option<String> {
    let line = text::one_line(&text::decode_entities(raw));
    (!line.is_empty() && !matches!(line.as_str(), "None" | "null" | "NaN" | "nan")).then_some(line)
}

/// `Pg. A1` and `Page 3` as `A1` and `3`.
fn printed_page(text: &str) -> &str {
    let word = |w: &&str| text.get(..w.len()).is_some_and(|start| start.eq_ignore_ascii_case(w));
    let rest = ["pages", "page", "pgs", "pg", "p."].iter().find(|w| word(w)).map_or(text, |w| &text[w.len()..]);
    // A page may be called `Pegasus`.
    if rest.starts_with(char::is_alphabetic) && rest.len() < text.len() { text } else { rest.trim_matches([' ', '.', ':', ';', ',']) }
}

/// `paper.example`: pages put their own name where a section should be.
fn is_domain(text: &str) -> bool {
    let ending = text.rsplit_once('.').map(|(_, ending)| ending);
    !text.contains(' ') && ending.is_some_and(|e| e.len() >= 2 && e.chars().all(char::is_alphabetic))
}

fn tidy_tags(tags: &mut Vec<String>) {
    let mut seen = std::collections::HashSet::new();
    *tags = tags.iter().filter_map(|t| value(t)).filter(|t| seen.insert(t.to_lowercase())).collect();
}

fn finish_dates(draft: &mut Article, problems: &mut Vec<Problem>) {
    let mut checked = |raw: Option<String>, what: &str| {
        let raw = raw.filter(|r| !matches!(r.trim(), "" | "None" | "null" | "NaN" | "nan" | "NaT"))?;
        let read = date::parse(&raw);
        let good = read.clone().filter(|d| date::plausible(d));
        if good.is_none() {
            let shown: String = raw.trim().chars().take(60).collect();
            let message = match read {
                Some(_) => format!("the date of {what} `{shown}` cannot be true and was dropped"),
                None => format!("the date of {what} `{shown}` cannot be read and was dropped"),
            };
            problems.push(Problem::doubt(&draft.path, message));
        }
        good
    };
    draft.published = checked(draft.published.take(), "publication");
    draft.updated = checked(draft.updated.take(), "change");
    let opening = date::opening(&draft.body).unwrap_or_default();
    if draft.dateline.is_none() {
        draft.dateline = opening.dateline;
    }
    if let Some(place) = draft.dateline.as_mut().and_then(|d| d.place.as_mut())
        && let Some(comma) = place.find(',')
    {
        // The place is the town alone, whatever else the line says.
        place.truncate(comma);
    }
    if draft.source.is_none() {
        draft.source = opening.agency;
    }
    if let Some(published) = &draft.published {
        draft.published_from.get_or_insert(DateOrigin::Field);
        let other = || date::from_url(draft.url.as_deref()?).filter(|d| date::plausible(d));
        let conflict = draft.published_conflict.take().or_else(other).filter(|other| date::far_apart(published, other));
        if let Some(other) = &conflict {
            problems.push(Problem::doubt(
                &draft.path,
                format!("it gives two dates of publication: `{published}`, which was taken, and `{other}`"),
            ));
        }
        draft.published_conflict = conflict;
        return;
    }
    draft.published_conflict = None;
    let from_dateline = || Some((opening.date.filter(|d| date::plausible(d))?, DateOrigin::Dateline));
    let from_url = || Some((date::from_url(draft.url.as_deref()?)?, DateOrigin::Url));
    let from_path = || Some((date::from_path(&draft.path)?, DateOrigin::Path));
    let found = from_dateline().or_else(from_url).or_else(from_path);
    (draft.published, draft.published_from) = found.map_or((None, None), |(d, o)| (Some(d), Some(o)));
}

/// `u` and a hash of the address; without an address that could tell articles apart, `t` and a hash of title and body.
fn derived_id(article: &Article) -> String {
    match article.url.as_deref().and_then(address) {
        Some(address) => format!("u{}", hash(&[&address])),
        None => format!("t{}", hash(&[article.title.as_deref().unwrap_or(""), &article.body])),
    }
}

/// What of an address tells articles apart: without scheme, `www.`, fragment and the marks campaigns leave.
fn address(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let rest = rest.split('#').next()?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let mark = |p: &&str| p.starts_with("utm_") || ["fbclid=", "gclid=", "ref=", "cmpid=", "smid="].iter().any(|m| p.starts_with(m));
    let kept: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && !mark(p)).collect();
    let path = path.trim_end_matches('/');
    if path.is_empty() && kept.is_empty() {
        return None;
    }
    Some(format!("{host}/{path}?{}", kept.join("&")))
}

/// 65 bits of BLAKE3 in base 32, lower case.
fn hash(parts: &[&str]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(&[0]);
    }
    let digest = hasher.finalize();
    let mut bits = digest.as_bytes().iter().take(9).fold(0u128, |all, b| all << 8 | u128::from(*b));
    let mut name = String::with_capacity(13);
    for _ in 0..13 {
        name.push(char::from(LETTERS[(bits & 31) as usize]));
        bits >>= 5;
    }
    name
}
