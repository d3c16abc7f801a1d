//! Corrections and updates as agencies and papers mark them for readers: in the headline (`CORRECTED-`, `UPDATE 2-`), in brackets before
//! the text (`(Adds quotes)`), in a notice above or below it. What a format has fields for is read there; this is for the rest.
//!
//! # What it does not read
//!
//! Marks in other words or languages than those of the tables below, and notices in the middle of a text. A roundup, a repeat and an
//! analysis are no versions.

use super::text;
use crate::article::{Article, VersionKind};

use VersionKind::{Correction, Update};

/// Words before a `-` or `:` at the beginning of a headline, in capitals or not.
const CORRECTED: &[&str] = &[
    "correction",
    "corrections",
    "corrected",
    "corrects",
    "corrected-(official)",
    "refile",
    "clarification",
    "korrektur",
    "berichtigung",
    "rectificatif",
    "corrección",
    "correzione",
    "correção",
    "correctie",
    "rättelse",
    "rettelse",
    "sprostowanie",
    "erratum",
];

/// The same, in capitals only: software has updates, too.
const UPDATED: &[&str] =
    &["UPDATE", "UPDATED", "WRAPUP", "LEAD", "WRITETHRU", "NEUFASSUNG", "AKTUALISIERUNG", "ACTUALIZACIÓN", "AGGIORNAMENTO"];

/// How a paragraph begins that says what was wrong. `{it}` is any word of [`ITSELF`].
const CORRECTIONS: &[&str] = &[
    "correction:",
    "corrections:",
    "correction (",
    "correction,",
    "correction –",
    "correction —",
    "correction -",
    "correction to this {it}",
    "clarification:",
    "corrected:",
    "due to an editing error, an earlier version of this {it}",
    "because of an editing error, an earlier version of this {it}",
    "corrects ",
    "this {it} was amended",
    "this {it} has been amended",
    "this {it} was corrected",
    "this {it} has been corrected",
    "this {it} was updated to correct",
    "this {it} has been updated to correct",
    "this {it} corrects",
    "this version corrects",
    "this version of the {it} corrects",
    "an earlier version of this {it}",
    "a previous version of this {it}",
    "a previous version of the {it}",
    "corrections & amplifications",
    "an earlier version of the {it}",
    "korrektur:",
    "korrekturhinweis",
    "berichtigung:",
    "in einer früheren version",
    "in einer vorherigen version",
    "in einer ersten version",
    "in einer älteren version",
    "rectificatif",
    "erratum",
    "une version antérieure de cet article",
    "une version précédente de cet article",
    "une première version de cet article",
    "corrección:",
    "fe de errores",
    "fe de erratas",
    "una versión anterior de est",
    "errata corrige",
    "correção:",
    "correctie:",
    "in een eerdere versie",
    "rättelse:",
    "rettelse:",
    "sprostowanie:",
];

/// How a paragraph begins that says there is more in this version.
const UPDATES: &[&str] = &[
    "this {it} has been updated",
    "this {it} was updated",
    "dieser artikel wurde aktualisiert",
    "cet article a été mis à jour",
    "esta noticia ha sido actualizada",
];

/// The same in the brackets and notes agencies put before a text.
const WIRE_UPDATES: &[&str] = &["adds ", "updates ", "updates with", "recasts", "updated ", "update "];
const WIRE_CORRECTIONS: &[&str] = &["corrects", "corrected", "correcting", "refiles", "fixes", "removes"];

/// What a text calls itself.
const ITSELF: &[&str] = &[
    "article",
    "story",
    "post",
    "report",
    "piece",
    "column",
    "headline",
    "dispatch",
    "item",
    "review",
    "obituary",
    "editorial",
    "interview",
];

/// Words that stand before a notice.
const OPENINGS: &[&str] = &[
    "editor's note:",
    "editors' note:",
    "editors note:",
    "note:",
    "update:",
    "eds:",
    "anmerkung der redaktion:",
    "hinweis der redaktion:",
    "a.d.r.:",
];

/// Paragraphs looked at from the beginning and from the end, and how long a notice may be (bytes).
const FIRST: usize = 3;
const LAST: usize = 6;
const LONGEST: usize = 1200;

/// Notes on `article` what its headline and its notices say of its version, where its file has not said so already.
pub(super) fn note(article: &mut Article) {
    let headline = article.title.as_deref().and_then(marks);
    let notice = notice(&article.body);
    let said = article.version.as_ref().and_then(|version| version.note.as_deref());
    let from_note = said.and_then(|note| opening(note, true));
    let found = [headline.map(|(kind, _)| kind), notice.as_ref().map(|(kind, _)| *kind), from_note];
    if found.iter().any(Option::is_some) {
        let kind = if found.contains(&Some(Correction)) { Correction } else { Update };
        let version = article.version.get_or_insert_default();
        version.kind.get_or_insert(kind);
        version.number = version.number.or(headline.and_then(|(_, number)| number));
        if let Some((_, text)) = notice {
            version.note.get_or_insert(text);
        }
    }
    if let Some(version) = &mut article.version {
        version.replaces.retain(|name| !name.trim().is_empty());
        version.note = version.note.take().map(|note| text::one_line(&note)).filter(|note| !note.is_empty());
        if version.is_empty() {
            article.version = None;
        }
    }
}

/// What a headline says before it begins: `UPDATE 2-`, `CORRECTED-UPDATE 1-`, `Correction:`; with the number of the version, where the
/// first update is the second version.
pub(super) fn marks(headline: &str) -> Option<(VersionKind, Option<u32>)> {
    let mut rest = headline.trim_start();
    let mut found: Option<(VersionKind, Option<u32>)> = None;
    while let Some((mark, behind)) = rest.split_once(['-', ':', '–', '—']) {
        let Some((kind, number)) = mark_of(mark.trim_matches(['(', ')', '[', ']', '*', ' '])) else { break };
        let before = found.unwrap_or((Update, None));
        found = Some((if before.0 == Correction { Correction } else { kind }, before.1.or(number)));
        rest = behind.trim_start();
    }
    found.or_else(|| {
        let end = headline.trim_end().to_lowercase();
        let ends = |word: &str| end.ends_with(&format!("({word})")) || end.ends_with(&format!("[{word}]"));
        if ends("corrected") || ends("correction") {
            Some((Correction, None))
        } else {
            (ends("updated") || ends("update")).then_some((Update, None))
        }
    })
}

/// One mark: `UPDATE 2`, `CORRECTED`, `1st Ld`, `LEAD 3`.
fn mark_of(mark: &str) -> Option<(VersionKind, Option<u32>)> {
    if mark.is_empty() || mark.len() > 40 {
        return None;
    }
    let words: Vec<&str> = mark.split_whitespace().collect();
    let number = words.iter().find_map(|w| ordinal(w)).map(|n| n + 1);
    let plain: Vec<&&str> = words.iter().filter(|w| ordinal(w).is_none()).collect();
    let [word] = plain.as_slice() else { return None };
    if CORRECTED.contains(&word.to_lowercase().as_str()) {
        return Some((Correction, number));
    }
    let lead = number.is_some() && ["ld", "lead"].contains(&word.to_lowercase().as_str());
    // `LEAD` by itself may be the metal.
    let updated = UPDATED.contains(word) && (**word != "LEAD" || number.is_some());
    (updated || lead).then_some((Update, number))
}

/// `2`, `1st`, `3RD`, `4.` as a number.
fn ordinal(word: &str) -> Option<u32> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, ending) = word.split_at(digits);
    let known = ["", ".", "st", "nd", "rd", "th"].iter().any(|e| ending.eq_ignore_ascii_case(e));
    digits.parse().ok().filter(|n| known && (1..100).contains(n))
}

/// What agencies' slugs say: `1st Ld-Writethru`, `3rd Ld`, `Correction`.
pub(super) fn flag(words: &str) -> Option<(VersionKind, Option<u32>)> {
    let letters: String = words.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let has = |some: &[&str]| words.iter().any(|w| some.contains(w));
    let number = words.iter().find_map(|w| ordinal(w)).map(|n| n + 1);
    if has(&["correction", "corrected", "corrective", "correx"]) {
        return Some((Correction, number));
    }
    has(&["ld", "lead", "writethru", "update", "updates"])
        .then_some((Update, number.or(Some(2)).filter(|_| has(&["ld", "lead"]) || number.is_some())))
}

/// The first notice, corrections before updates.
fn notice(body: &str) -> Option<(VersionKind, String)> {
    let mut found: Option<(VersionKind, &str)> = None;
    let paragraphs: Vec<&str> = ends(body);
    let n = paragraphs.len();
    for (i, paragraph) in paragraphs.into_iter().enumerate().filter(|(_, p)| p.len() <= LONGEST) {
        let is_wire = i < FIRST.min(n) && (paragraph.starts_with(['(', '[']) || is_desk(paragraph));
        let kind = opening(paragraph, is_wire);
        if kind == Some(Correction) || found.is_none() {
            found = kind.map(|kind| (kind, paragraph)).or(found);
        }
        if matches!(found, Some((Correction, _))) {
            break;
        }
    }
    found.map(|(kind, paragraph)| (kind, paragraph.to_owned()))
}

/// `Eds: adds quotes`
fn is_desk(paragraph: &str) -> bool {
    paragraph.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("eds:"))
}

/// The first and last paragraphs of a text; a text is not gone through for them.
fn ends(body: &str) -> Vec<&str> {
    let mut first: Vec<&str> = Vec::new();
    let mut rest = body;
    while first.len() < FIRST {
        match rest.split_once("\n\n") {
            Some((paragraph, behind)) => {
                first.push(paragraph);
                rest = behind;
            }
            None => {
                first.push(rest);
                return first;
            }
        }
    }
    let last: Vec<&str> = rest.rsplit("\n\n").take(LAST).collect();
    first.extend(last.into_iter().rev());
    first
}

/// What a paragraph says by how it begins; `is_wire` for a note of an agency's.
fn opening(paragraph: &str, is_wire: bool) -> Option<VersionKind> {
    let start = match paragraph.get(..160.min(paragraph.len())).filter(|start| start.is_ascii()) {
        Some(start) => start.to_ascii_lowercase(),
        None => {
            let mut start = String::with_capacity(192);
            for c in paragraph.chars().take(160) {
                match c {
                    '’' => start.push('\''),
                    c if c.is_ascii() => start.push(c.to_ascii_lowercase()),
                    c => start.extend(c.to_lowercase()),
                }
            }
            start
        }
    };
    let mut start = start.trim_start_matches(['(', '[', '*', '•', '_', '|', '–', '—', '-', ' ']);
    for word in OPENINGS {
        start = start.strip_prefix(word).map_or(start, str::trim_start);
    }
    let start = start.trim_start_matches(['(', ' ']);
    let begins = |some: &[&str]| some.iter().any(|pattern| begins(start, pattern));
    if begins(CORRECTIONS) {
        return Some(Correction);
    }
    if is_wire {
        // `In Jan. 3 story, corrects last paragraph`.
        let behind = start.strip_prefix("in ").and_then(|s| s.split_once(',')).map(|(_, behind)| behind.trim_start());
        let starts = |some: &[&str]| some.iter().any(|w| start.starts_with(w) || behind.is_some_and(|b| b.starts_with(w)));
        let changed = start.contains(" story, corrects") || start.contains("story corrects") || start.contains(" corrects ");
        if starts(WIRE_CORRECTIONS) || changed {
            return Some(Correction);
        }
        if starts(WIRE_UPDATES) {
            return Some(Update);
        }
    }
    begins(UPDATES).then_some(Update)
}

fn begins(start: &str, pattern: &str) -> bool {
    if start.as_bytes().first() != pattern.as_bytes().first() {
        return false; // most pairs
    }
    let same = start.bytes().zip(pattern.bytes()).take_while(|(a, b)| a == b).count();
    match pattern.get(same..).and_then(|rest| rest.strip_prefix("{it}")) {
        None => same == pattern.len(),
        Some(behind) => ITSELF.iter().any(|it| start[same..].strip_prefix(it).is_some_and(|rest| rest.starts_with(behind))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_say_what_they_are() {
        let cases = [
            ("CORRECTED-Ferry to stay, says council", Some((Correction, None))),
            ("UPDATE 2-Ferry to stay", Some((Update, Some(3)))),
            ("CORRECTED-UPDATE 1-Ferry to stay", Some((Correction, Some(2)))),
            ("CORRECTED-(OFFICIAL)-Ferry to stay", Some((Correction, None))),
            ("Correction: Ferry story", Some((Correction, None))),
            ("KORREKTUR: Fähre bleibt", Some((Correction, None))),
            ("2nd Lead: Ferry to stay", Some((Update, Some(3)))),
            ("LEAD 1: Fähre bleibt", Some((Update, Some(2)))),
            ("Ferry to stay (Updated)", Some((Update, None))),
            ("Update: phones get a new system", None),
            ("LEAD: pipes poison town", None),
            ("Market correction: what to do", None),
            ("Soccer-Results of the Turkish league", None),
        ];
        for (headline, wanted) in cases {
            assert_eq!(marks(headline), wanted, "{headline}");
        }
    }

    #[test]
    fn notices_are_told_from_news() {
        let long = "A paragraph.\n\n".repeat(20);
        let cases = [
            ("(In Jan. 3 story, corrects last paragraph to say capacity)\n\nText.", Some(Correction)),
            ("(Adds quotes, background)\n\nText.", Some(Update)),
            ("Text.\n\nThis article was amended on 5 March 2024: the ferry is older.", Some(Correction)),
            ("Text.\n\nAn earlier version of this story misspelled a name.", Some(Correction)),
            ("Text.\n\nEditor’s note: This story has been updated with the vote.", Some(Update)),
            ("Text.\n\nAnmerkung der Redaktion: In einer früheren Version stand ein falscher Name.", Some(Correction)),
            ("Text.\n\nUPDATE: This article has been updated with the vote.", Some(Update)),
            ("Text.\n\nA version of this article appears in print on page 3.", None),
            ("Text.\n\nAn earlier version of this phone had a button.", None),
            ("Adds quotes and more was all she said of it.\n\nText.", None),
            (long.as_str(), None),
        ];
        for (body, wanted) in cases {
            assert_eq!(notice(body).map(|(kind, _)| kind), wanted, "{body}");
        }
    }

    #[test]
    fn slugs_are_numbered() {
        assert_eq!(flag("BC-US--Ferry, 1st Ld-Writethru"), Some((Update, Some(2))));
        assert_eq!(flag("BC-US--Ferry, 3rd Ld"), Some((Update, Some(4))));
        assert_eq!(flag("BC-US--Ferry, CORRECTION"), Some((Correction, None)));
        assert_eq!(flag("BC-US--Ferry"), None);
    }
}
