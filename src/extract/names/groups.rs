//! Which mentions of organizations in one article mean the same organization: the same words, or an acronym of them.

use super::{Entity, EntityKind, Gender, Mention};

/// Groups mentions given as bytes and text.
pub fn group(mentions: Vec<(std::ops::Range<usize>, String)>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    for (bytes, text) in mentions {
        let fit = entities.iter().position(|e| same(&e.name, &text));
        let mention = Mention { bytes, role: None };
        match fit {
            Some(n) => {
                if text.len() > entities[n].name.len() {
                    entities[n].name = text;
                }
                entities[n].mentions.push(mention);
            }
            None => entities.push(Entity {
                kind: EntityKind::Organization,
                name: text,
                role: None,
                gender: Gender::Unknown,
                mentions: vec![mention],
            }),
        }
    }
    entities
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || is_acronym(a, b) || is_acronym(b, a)
}

/// Whether `short` is made of the first letters of the words of `full`.
fn is_acronym(short: &str, full: &str) -> bool {
    let letters: Vec<char> = short.chars().filter(|c| *c != '.').collect();
    if letters.len() < 2 || !letters.iter().all(|c| c.is_uppercase()) || !full.contains(' ') {
        return false;
    }
    let words = || full.split([' ', '-']).filter_map(|w| w.chars().next());
    let capitals: Vec<char> = words().filter(|c| c.is_uppercase()).collect();
    let all: Vec<char> = words().flat_map(char::to_uppercase).collect();
    letters == capitals || letters == all
}
