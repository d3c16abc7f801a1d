//! Who signs an article whose record names nobody: `Ana Ito is the mayor of Halden.` at its end, of somebody not named before.

use super::closed::{Word, is_person_noun};
use crate::extract::names::{EntityKind, Names};
use crate::extract::page::Page;

/// Paragraphs at the end in which a signature may stand: a line about the paper may follow.
const LAST: usize = 2;

/// Most words between `is` and what somebody is.
const REACH: usize = 6;

/// Whose article it is, by what its last paragraphs say.
pub(super) fn author<'n>(page: &Page<'_>, names: &'n Names) -> Option<&'n str> {
    let first = page.paragraphs.len().checked_sub(LAST).filter(|n| *n > 0)?;
    page.paragraphs[first..].iter().rev().find_map(|paragraph| {
        let at = page.tokens[paragraph.start].start as usize;
        let opens = |e: &&crate::extract::names::Entity| {
            e.kind == EntityKind::Person && e.name.contains(' ') && e.mentions.first().is_some_and(|m| m.bytes.start == at)
        };
        let one = names.entities.iter().find(opens)?;
        let end = one.mentions.first()?.bytes.end;
        let is = (paragraph.start..paragraph.end).find(|i| page.tokens[*i].start as usize >= end)?;
        let what = (is + 1..paragraph.end.min(is + 1 + REACH)).any(|i| is_person_noun(&Word::of(page.text(i))) || page.text(i) == "fellow");
        (page.text(is) == "is" && what).then_some(one.name.as_str())
    })
}
