//! Which mentions of organizations in one article mean the same organization: the same words, or an acronym of them.

use super::lexicon::WordMap;
use super::{Entity, EntityKind, Gender, Mention};

/// Organizations, by number, under what another mention of them may look like.
#[derive(Debug, Default)]
struct ByName {
    /// Under their name without regard to case.
    whole: WordMap<String, Vec<usize>>,
    /// Acronyms, under their letters.
    acronyms: WordMap<String, Vec<usize>>,
    /// Full names, under the letters of their acronyms.
    initials: WordMap<String, Vec<usize>>,
}

impl ByName {
    fn add(&mut self, name: &str, n: usize) {
        self.whole.entry(name.to_ascii_lowercase()).or_default().push(n);
        if let Some(letters) = letters(name) {
            self.acronyms.entry(letters).or_default().push(n);
        }
        for initials in initials(name).into_iter().flatten() {
            self.initials.entry(initials).or_default().push(n);
        }
    }

    /// Everybody who may be the same as `text`.
    fn like(&self, text: &str) -> impl Iterator<Item = usize> {
        let whole = self.whole.get(&text.to_ascii_lowercase());
        let full = letters(text).and_then(|l| self.initials.get(&l));
        let short = initials(text).into_iter().flatten().filter_map(|l| self.acronyms.get(&l));
        whole.into_iter().chain(full).chain(short).flatten().copied()
    }
}

/// Groups mentions given as bytes and text.
pub fn group(mentions: Vec<(std::ops::Range<usize>, String)>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut by_name = ByName::default();
    for (bytes, text) in mentions {
        let fit = by_name.like(&text).filter(|n| same(&entities[*n].name, &text)).min();
        let mention = Mention { bytes, role: None };
        match fit {
            Some(n) => {
                if text.len() > entities[n].name.len() {
                    by_name.add(&text, n);
                    entities[n].name = text;
                }
                entities[n].mentions.push(mention);
            }
            None => {
                by_name.add(&text, entities.len());
                entities.push(Entity {
                    kind: EntityKind::Organization,
                    name: text,
                    role: None,
                    gender: Gender::Unknown,
                    mentions: vec![mention],
                });
            }
        }
    }
    entities
}

fn same(a: &str, b: &str) -> bool {
    let acronym = |short: &str, full: &str| letters(short).is_some_and(|l| initials(full).into_iter().flatten().any(|i| i == l));
    a.eq_ignore_ascii_case(b) || acronym(a, b) || acronym(b, a)
}

/// The letters of what may be an acronym.
fn letters(short: &str) -> Option<String> {
    let letters: String = short.chars().filter(|c| *c != '.').collect();
    (letters.chars().count() > 1 && letters.chars().all(char::is_uppercase)).then_some(letters)
}

/// The first letters of the words of a full name: of those with a capital, and of all.
fn initials(full: &str) -> [Option<String>; 2] {
    if !full.contains(' ') {
        return [None, None];
    }
    let first = || full.split([' ', '-']).filter_map(|w| w.chars().next());
    let capitals: String = first().filter(|c| c.is_uppercase()).collect();
    let all: String = first().flat_map(char::to_uppercase).collect();
    [Some(capitals), Some(all)]
}
