//! Transcripts: paragraphs that begin with the speaker's name and a colon (`ITO: Good evening.`), with or without marks.
//!
//! A label counts when it is in capitals or a person the article names, and only when labels come back: at least three
//! labelled paragraphs, one of the labels twice. So `Where: town hall` in a list of dates is no speaker.

use super::outline::Outline;
use super::speaker::Resolved;
use crate::article::SpeakerClass;
use crate::extract::names::{EntityKind, as_signed};
use crate::extract::page::Shape;
use std::collections::HashMap;
use std::ops::Range;

#[cfg(test)]
mod tests;

/// Words in capitals before a colon that name no speaker.
const NO_NAMES: &[&str] = &[
    "MYTH",
    "ISSUE",
    "ISSUES",
    "POSITION",
    "FACT",
    "FACTS",
    "CLAIM",
    "TRUTH",
    "TRUE",
    "FALSE",
    "RATING",
    "VERDICT",
    "NOTE",
    "UPDATE",
    "WATCH",
    "RELATED",
    "READ",
    "READ MORE",
    "BREAKING",
    "EXCLUSIVE",
    "VIDEO",
    "PHOTO",
    "PHOTOS",
    "GALLERY",
    "GRAPHIC",
    "INTERACTIVE",
    "TIMELINE",
    "STORY",
    "STORIES",
    "COLUMN",
    "EDITORIAL",
    "POLL",
    "LIVE",
    "DATE",
    "TIME",
    "PLACE",
    "LOCATION",
    "TARGET",
    "ATTACKER",
    "ATTACKERS",
    "VICTIM",
    "VICTIMS",
    "SUSPECT",
    "SUSPECTS",
    "CORRECTION",
    "ANALYSIS",
    "OPINION",
    "SOURCE",
    "TIP",
    "STEP",
    "PRO",
    "CON",
    "WHERE",
    "WHEN",
    "WHO",
    "WHAT",
    "WHY",
    "HOW",
    "MORE",
    "ALSO",
    "P.S.",
    "PS",
    "RESULT",
    "BACKGROUND",
    "CONTEXT",
    "THE FACTS",
    "THE CLAIM",
    "WHAT HE SAID",
    "WHAT SHE SAID",
    "SEE ALSO",
    "JUST IN",
    "SEE RELATED",
    "CLICK HERE",
    "FILE PHOTO",
    "ANALYSIS/OPINION",
    "DEVELOPING",
    "EDITOR'S NOTE",
    "EDITOR’S NOTE",
];

/// Tokens of a label and its colon: `ANA ITO (D), CANDIDATE FOR MAYOR:`
const LONGEST: usize = 11;

/// The label of a paragraph. Offsets are bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The words before the colon.
    pub name: Range<usize>,
    /// Where the words spoken begin.
    pub words: usize,
}

/// The labels of all paragraphs, by number of the paragraph; empty if this is no transcript.
pub(super) fn labels(o: &Outline<'_>) -> HashMap<usize, Label> {
    let mut all = HashMap::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (n, paragraph) in o.page.paragraphs.iter().enumerate() {
        if let Some(label) = label(o, paragraph.clone()) {
            *seen.entry(&o.page.body[label.name.clone()]).or_default() += 1;
            all.insert(n, label);
        }
    }
    if all.len() < 3 || seen.len() < 2 || seen.values().all(|n| *n < 2) {
        all.clear();
    }
    all
}

fn label(o: &Outline<'_>, paragraph: Range<usize>) -> Option<Label> {
    let page = o.page;
    let opens = matches!(page.text(paragraph.start), "\"" | "“" | "”" | "'" | "‘");
    let first = paragraph.start + usize::from(opens);
    let colon = (first..paragraph.end.min(first + LONGEST)).find(|i| page.text(*i) == ":")?;
    // `(PHOTOS: Senators up for election)` leads elsewhere.
    if colon == first || colon + 2 >= paragraph.end || matches!(page.text(first), "(" | "[") {
        return None;
    }
    let capital =
        |i: usize| matches!(page.tokens[i].shape, Shape::Upper) || page.text(i) == "." || page.text(i).chars().all(|c| !c.is_lowercase());
    let name = page.tokens[first].start as usize..page.tokens[colon - 1].end as usize;
    let upper = (first..colon).all(capital) && page.body[name.clone()].chars().any(char::is_alphabetic);
    // `ITO (247): Kent (12), …` counts votes.
    let counts = || (first + 1..colon).any(|i| page.text(i - 1) == "(" && page.tokens[i].shape == Shape::Number);
    // `WHAT THEY PLAN:`, `THE COUNCIL'S POSITION:` are headings.
    let text = &page.body[name.clone()];
    let heading = ["WHAT ", "HOW ", "WHY ", "WHERE ", "WHEN ", "ON ", "IN "].iter().any(|word| text.starts_with(word))
        || ["'S ", "’S "].iter().any(|owner| text.contains(owner));
    if NO_NAMES.contains(&text) || heading || counts() {
        return None;
    }
    let known = || o.mentions.binary_search_by_key(&first, |(r, _)| r.start).is_ok_and(|n| o.mentions[n].0.end == colon);
    (upper || known()).then(|| Label { name, words: page.tokens[colon + 1].start as usize })
}

/// Labels inside a paragraph that opens with one: `… Why not? DIAZ: Because …`
pub(super) fn inner_labels(o: &Outline<'_>, paragraph: Range<usize>) -> Vec<Label> {
    let page = o.page;
    let mut found = Vec::new();
    for i in paragraph.start + 2..paragraph.end.saturating_sub(2) {
        let ends = matches!(page.text(i - 1), "." | "?" | "!" | "…" | "..." | "”" | "\"" | ")" | "—" | "–" | "--" | "-" | "]");
        let name = page.tokens[i].shape == Shape::Upper && page.text(i).len() > 2;
        if ends && name && page.text(i + 1) == ":" && !NO_NAMES.contains(&page.text(i)) {
            let words = page.tokens[i + 2].start as usize;
            found.push(Label { name: page.tokens[i].start as usize..page.tokens[i].end as usize, words });
        }
    }
    found
}

/// Whom a label means.
pub(super) fn speaker(o: &Outline<'_>, label: &Label, cast: &HashMap<String, usize>) -> Resolved {
    // `ANA ITO, HOST:`, `ANA ITO (D):`
    let text = &o.page.body[label.name.clone()];
    let text = text.split([',', '(']).next().map_or(text, str::trim_end);
    let last = text.rsplit([' ', '.']).find(|w| !w.is_empty()).unwrap_or(text);
    if let Some(e) = cast.get(&last.to_uppercase()) {
        let name = Some(o.names.entities[*e].name.clone());
        return Resolved { entity: Some(*e), name, class: SpeakerClass::Person, bytes: label.name.clone(), sure: 0.97 };
    }
    if let ("Q", Some(author), true) = (text, o.author, cast.contains_key("A")) {
        let name = Some(author.to_owned());
        return Resolved { entity: None, name, class: SpeakerClass::Person, bytes: label.name.clone(), sure: 0.8 };
    }
    let initials = |name: &&str| (2..=3).contains(&text.len()) && initials(name) == text;
    if let Some(author) = o.author.filter(initials) {
        return Resolved { entity: None, name: Some(author.to_owned()), class: SpeakerClass::Person, bytes: label.name.clone(), sure: 0.8 };
    }
    let body = |n: usize| o.mentions[n].0 == label.name && o.names.entities[o.mentions[n].1].kind == EntityKind::Organization;
    if let Some(n) = o.mentions.binary_search_by_key(&label.name.start, |(r, _)| r.start).ok().filter(|n| body(*n)) {
        let e = o.mentions[n].1;
        let name = Some(o.names.entities[e].name.clone());
        return Resolved { entity: Some(e), name, class: SpeakerClass::Organization, bytes: label.name.clone(), sure: 0.8 };
    }
    let nobody = matches!(
        last,
        "Q" | "QUESTION"
            | "MEMBER"
            | "GROUP"
            | "MAN"
            | "WOMAN"
            | "REPORTER"
            | "MODERATOR"
            | "UNIDENTIFIED"
            | "MALE"
            | "FEMALE"
            | "AUDIENCE"
            | "ANNOUNCER"
            | "SPEAKER"
            | "A"
    );
    let (name, class) = if nobody { (None, SpeakerClass::Anonymous) } else { (Some(as_signed(text)), SpeakerClass::Person) };
    Resolved { entity: None, name, class, bytes: label.name.clone(), sure: 0.8 }
}

/// `MK` of `Mary Kahn`.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// Who stands behind the labels: persons by surname in capitals, by their initials, by a function the article gives them (`The chair is
/// Ana Ito` … `CHAIR:`), and behind `Q` and `A` the author and the one person introduced before the first question.
pub(super) fn cast(o: &Outline<'_>, labels: &HashMap<usize, Label>) -> HashMap<String, usize> {
    let persons = o.names.entities.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Person);
    let mut cast: HashMap<String, usize> =
        persons.rev().filter_map(|(n, e)| Some((e.name.split_whitespace().next_back()?.to_uppercase(), n))).collect();
    let Some(first) = labels.keys().min() else { return cast };
    let said: Vec<&str> = labels.values().map(|l| &o.page.body[l.name.clone()]).collect();
    let opening = o.page.paragraphs.get(*first).map_or(0, |p| p.start);
    let introduced =
        |(range, entity): &&(Range<usize>, usize)| range.end <= opening && o.names.entities[*entity].kind == EntityKind::Person;
    for (range, entity) in o.mentions.iter().filter(introduced) {
        // `The chair is Ana Ito`, `chair Ana Ito`, `the chair, Ana Ito`
        let function = (range.start.saturating_sub(3)..range.start).rev().map(|k| o.page.text(k).to_uppercase());
        if let Some(label) = function.into_iter().find(|w| said.contains(&w.as_str())) {
            cast.entry(label).or_insert(*entity);
        }
    }
    // `MK: Good morning.`, of one person with these initials.
    for label in said.iter().filter(|l| (2..=3).contains(&l.len())) {
        let mut persons = o.names.entities.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Person && initials(&e.name) == **label);
        if let (Some((one, _)), None) = (persons.next(), persons.next()) {
            cast.entry((*label).to_owned()).or_insert(one);
        }
    }
    if said.contains(&"Q") && said.contains(&"A") {
        let author = |e: usize| o.author.is_some_and(|a| a == o.names.entities[e].name);
        let mut others = o.mentions.iter().filter(introduced).map(|(_, e)| *e).filter(|e| !author(*e));
        if let Some(one) = others.next().filter(|e| others.all(|other| other == *e)) {
            cast.insert("A".to_owned(), one);
        }
    }
    cast
}
