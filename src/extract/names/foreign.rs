//! Names in articles of other languages: only what lists and titles vouch for, because the tagger knows English and, in German,
//! every noun has a capital.
//!
//! A person is a known given name with a family name behind it, or what stands behind a form of address (`Mme Fontanel`) or an office
//! (`alcalde Rodrigo Salvatierra`); then the family name alone. Organizations are those the lists name, and firms by their legal form.

use super::lexicon::{Known, Traits, WordMap};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::extract::page::Shape;
use std::ops::Range;

/// Forms of address: a name follows.
const ADDRESS: &[&str] = &[
    "Herr", "Herrn", "Frau", "M.", "MM.", "Mme", "Mmes", "Mlle", "Monsieur", "Madame", "señor", "señora", "Sr.", "Sra.", "don", "doña",
    "Don", "Doña", "signor", "signora", "Signor", "Signora", "dott.", "senhor", "senhora", "Sr", "Sra", "meneer", "mevrouw", "dhr.",
    "mevr.", "fru", "herr", "pan", "pani", "Dr.", "Prof.",
];

/// Offices, in small letters: a whole name follows. Feminine and plural endings are taken off before.
const OFFICES: &[&str] = &[
    "präsident",
    "kanzler",
    "minister",
    "bürgermeister",
    "sprecher",
    "sprecherin",
    "direktor",
    "trainer",
    "vorsitzender",
    "vorsitzende",
    "chef",
    "richter",
    "könig",
    "papst",
    "hydrologe",
    "forscher",
    "anwalt",
    "président",
    "présidente",
    "ministre",
    "maire",
    "directeur",
    "directrice",
    "porte-parole",
    "procureur",
    "juge",
    "général",
    "avocat",
    "avocate",
    "chercheur",
    "chercheuse",
    "écrivain",
    "presidente",
    "presidenta",
    "ministro",
    "ministra",
    "alcalde",
    "alcaldesa",
    "portavoz",
    "director",
    "directora",
    "gobernador",
    "gobernadora",
    "juez",
    "entrenador",
    "sindaco",
    "sindaca",
    "premier",
    "portavoce",
    "direttore",
    "direttrice",
    "giudice",
    "governatore",
    "assessore",
    "governador",
    "governadora",
    "prefeito",
    "prefeita",
    "porta-voz",
    "diretor",
    "diretora",
    "deputado",
    "deputada",
    "burgemeester",
    "wethouder",
    "woordvoerder",
    "voorzitter",
    "directeur",
    "ondernemer",
    "statsminister",
    "sekreterare",
    "talsperson",
    "borgmester",
    "ordförande",
    "formand",
    "leder",
    "prezydent",
    "premier",
    "minister",
    "burmistrz",
    "rzecznik",
    "rzeczniczka",
    "dyrektor",
];

/// Particles inside a name.
const PARTICLES: &[&str] = &[
    "de", "la", "del", "der", "den", "von", "van", "da", "dos", "das", "do", "di", "du", "le", "ter", "ten", "zu", "zum", "af", "av", "el",
    "al",
];

/// Words before a name that say nothing of a person: articles, prepositions, conjunctions.
const SMALL: &[&str] = &[
    "en", "de", "del", "la", "el", "los", "las", "a", "al", "à", "au", "aux", "le", "les", "du", "des", "da", "do", "dos", "das", "em",
    "no", "na", "nos", "nas", "in", "il", "lo", "gli", "i", "di", "della", "dello", "dei", "delle", "nel", "nella", "y", "e", "et", "och",
    "og", "het", "een", "van", "te", "op", "uit", "naar", "con", "com", "avec", "met", "med", "para", "pour", "por", "par", "per", "sur",
    "sobre", "entre", "tra", "fra", "tussen", "mellan", "w", "z", "na", "do", "od", "ze", "ett", "en", "un", "une", "una", "um", "uma",
];

/// The names of a page in another language, in order, none overlapping.
pub fn tag(sight: &Sight<'_, '_>, language: &str) -> Vec<Tagged> {
    let nouns_are_small = !matches!(language.get(..2), Some("de" | "lb"));
    let mut all: Vec<Tagged> = Vec::new();
    let mut i = 0;
    while i < sight.tokens.len() {
        match sight.is_capital(i).then(|| name_at(sight, i, nouns_are_small)).flatten() {
            Some(name) => {
                i = name.tokens.end;
                all.push(name);
            }
            None => i += 1,
        }
    }
    all.extend(family_names(sight, &all));
    all.sort_by_key(|n| n.tokens.start);
    all
}

fn name_at(sight: &Sight<'_, '_>, i: usize, nouns_are_small: bool) -> Option<Tagged> {
    organization(sight, i).map(|tokens| Tagged { tokens, kind: Kind::Organization }).or_else(|| {
        let tokens = person(sight, i, nouns_are_small)?;
        Some(Tagged { tokens, kind: Kind::Person })
    })
}

fn organization(sight: &Sight<'_, '_>, i: usize) -> Option<Range<usize>> {
    let known = |end: &usize| *end <= sight.tokens.len() && sight.is_capital(*end - 1) && sight.known(i..*end) == Some(Known::Organization);
    if let Some(end) = (i + 2..=i + 5).rev().find(known) {
        return Some(i..end);
    }
    let end = run(sight, i).end;
    if let Some(form) = (i + 1..end.min(i + 4)).find(|j| sight.traits(*j).any(Traits::ORG_FORM)) {
        return Some(i..form + 1);
    }
    let t = sight.traits(i);
    let acronym = t.any(Traits::ACRONYM) && sight.page.tokens[i].shape == Shape::Upper;
    let known = t.any(Traits::ORG) && !t.is_given() && !t.any(Traits::FAMILY | Traits::WEAK_FAMILY | Traits::PLACE | Traits::COMMON);
    (acronym || known && !sight.tokens[i].initial).then_some(i..i + 1)
}

/// The run of capitals that begins at `i`, with particles between them.
fn run(sight: &Sight<'_, '_>, i: usize) -> Range<usize> {
    let sentence = sight.page.sentences.get(sight.page.sentence_of(i)).map_or(i + 1, |s| s.end);
    let mut end = i + 1;
    loop {
        let mut next = end;
        while next < sentence && next < end + 3 && PARTICLES.contains(&sight.text(next)) {
            next += 1;
        }
        let glued = next < sentence && sight.is_capital(next) && sight.page.tokens[next - 1].end < sight.page.tokens[next].start;
        if !glued {
            return i..end;
        }
        end = next + 1;
    }
}

fn person(sight: &Sight<'_, '_>, i: usize, nouns_are_small: bool) -> Option<Range<usize>> {
    let t = sight.traits(i);
    if sight.tokens[i].headline || t.any(Traits::CALENDAR) {
        return None;
    }
    let run = run(sight, i);
    let words = run.clone().filter(|j| sight.is_capital(*j)).count();
    let before = i.checked_sub(1).map_or("", |j| sight.text(j));
    if ADDRESS.contains(&before) && words <= 3 {
        return Some(run);
    }
    // The family name: the word behind given names and initials; a second one may follow (`García Márquez`).
    let first = (i + 1..run.end).find(|j| sight.is_capital(*j) && !sight.is_initial(*j))?;
    let last = sight.traits(first);
    let strong = t.is_given() && !t.any(Traits::WEAK_GIVEN);
    let other = Traits::PLACE | Traits::ORG | Traits::ORG_HEAD | Traits::ORG_FORM | Traits::ACRONYM | Traits::CALENDAR | Traits::DEMONYM;
    let plain = !last.any(other) && sight.tokens[first].shown & Shown::LOWER == 0;
    let listed = strong && (plain || last.any(Traits::FAMILY)) || t.is_given() && last.any(Traits::FAMILY);
    let unlisted = nouns_are_small && !t.any(other | Traits::COMMON) && plain && words <= 3 && stands_as_person(sight, &run);
    // `Prezydent Warszawy Rafał Wrona`: of what the office is, stands before the name.
    let given = |j: &usize| sight.traits(*j).is_given() && !sight.traits(*j).any(Traits::WEAK_GIVEN);
    let of_what = !t.is_given() && (i + 1..run.end.saturating_sub(1)).any(|j| given(&j));
    let titled = is_office(before) && plain && !t.any(other) && sight.tokens[i].shown & Shown::LOWER == 0 && words <= 3 && !of_what;
    if !listed && !titled && !unlisted {
        return None;
    }
    // No more than three names behind the given one, and none of them an ordinary word elsewhere.
    let fits = |j: &usize| !sight.is_capital(*j) || sight.tokens[*j].shown & Shown::LOWER == 0 && !sight.tokens[*j].headline;
    let end = (first + 1..run.end).take_while(fits).last().map_or(first + 1, |j| j + 1);
    let end = (first + 1..=end).rev().find(|e| sight.is_capital(*e - 1)).unwrap_or(first + 1);
    (words <= 4).then_some(i..end)
}

/// Whether names in no list stand as persons do: `la présidente du réseau, Solenne Kerbrat`, `explicó Remedios Aznárez, vecina de …`
fn stands_as_person(sight: &Sight<'_, '_>, run: &Range<usize>) -> bool {
    let page = sight.page;
    let lower = |i: usize| page.tokens.get(i).is_some_and(|t| t.shape == Shape::Lower);
    let Some(before) = run.start.checked_sub(1) else { return false };
    let sentence = page.sentences.get(page.sentence_of(run.start)).map_or(0, |s| s.start);
    let presented = sight.text(before) == "," && (sentence.max(before.saturating_sub(5))..before).any(|i| is_office(sight.text(i)));
    let apposed = sight.text(run.end) == "," && lower(run.end + 1) && lower(before) && !SMALL.contains(&sight.text(before));
    run.clone().all(|i| !sight.is_capital(i) || sight.tokens[i].shown & Shown::LOWER == 0) && (presented || apposed)
}

/// `Oberbürgermeisterin` as `bürgermeister`: offices are told by their last part, with endings of number and gender taken off.
pub(in crate::extract) fn is_office(word: &str) -> bool {
    let lower = word.to_lowercase();
    let bare = ["innen", "in", "en", "s", "n"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    let ends = |w: &str| OFFICES.iter().any(|o| w == *o || o.len() > 5 && w.ends_with(o));
    lower.len() > 3 && (ends(&lower) || ends(bare))
}

/// Where the family name of somebody named in full stands alone.
fn family_names(sight: &Sight<'_, '_>, named: &[Tagged]) -> Vec<Tagged> {
    let mut families: WordMap<&str, usize> = WordMap::default();
    for name in named.iter().filter(|n| n.kind == Kind::Person) {
        let last = name.tokens.end - 1;
        let doubtful = sight.tokens[last].shown & Shown::LOWER != 0 || sight.traits(last).any(Traits::CALENDAR);
        if !doubtful && sight.text(last).len() > 2 {
            let particles = name.tokens.clone().rev().skip(1).take_while(|j| PARTICLES.contains(&sight.text(*j))).count();
            families.insert(sight.text(last), particles);
        }
    }
    let mut taken = vec![false; sight.tokens.len()];
    named.iter().for_each(|n| taken[n.tokens.clone()].fill(true));
    let alone = sight.capitals.iter().copied().filter(|i| !taken[*i]);
    alone
        .filter_map(|i| {
            let particles = *families.get(sight.text(i))?;
            let small = |j: usize| PARTICLES.contains(&sight.text(j).to_lowercase().as_str());
            let start = (i.saturating_sub(particles)..i).rev().take_while(|j| small(*j) && !taken[*j]).last().unwrap_or(i);
            Some(Tagged { tokens: start..i + 1, kind: Kind::Person })
        })
        .collect()
}
