//! What stands at a name and is no part of it: offices with what they are of, titles and functions before it, party and state behind.

use super::closed::{is_body, is_determiner, is_joint, is_office, is_person_noun, is_preposition};
use super::outline::Outline;
use crate::extract::names::{EntityKind, is_furniture};
use crate::extract::page::Shape;

impl Outline<'_> {
    /// `Secretary of Health and Human Services Ana Ito`, `ambassador to Peru Ana Ito`, `Department of Ports spokesman Bo Dahl`: where an
    /// office or a body with what it is of begins before the person whose name begins at `name`. Not `the chief of President Ito's
    /// guard`.
    pub(super) fn office_of(&self, low: usize, name: usize) -> Option<usize> {
        let capital = |k: usize| self.shape(k).is_capital();
        let of_what = |k: usize| matches!(&*self.low(k), "of" | "for" | "to");
        let inside = |k: &usize| capital(*k) || of_what(*k) || matches!(&*self.low(*k), "the" | "and") || is_office(&self.low(*k));
        // What the person is there: `spokesman`.
        let serves = name > low && is_person_noun(&self.low(name - 1));
        let end = (low..name).rev().take(3).take_while(|k| !capital(*k) && is_person_noun(&self.low(*k))).last().unwrap_or(name);
        let mut of = None;
        for k in (low..end).rev().take(9).take_while(inside) {
            if of_what(k) {
                of = Some(k);
                continue;
            }
            let body = serves && capital(k) && is_body(&self.low(k));
            if of == Some(k + 1) && (body || is_office(&self.low(k))) {
                let first = if &*self.low(k + 2) == "the" { k + 3 } else { k + 2 };
                let hangs = first >= end
                    || !body && is_person_noun(&self.low(first))
                    || matches!(self.text(first), "Prime" | "Vice")
                    || self.text(first).ends_with('.')
                        && self.low(first).len() < 5
                        && !matches!(self.text(first), "U.N." | "U.S." | "E.U.")
                    || !(first..end).any(capital);
                let start = (low..k).rev().take(4).take_while(|i| capital(*i) && !is_determiner(&self.low(*i))).last().unwrap_or(k);
                return (!hangs && self.person(name).is_some()).then_some(start);
            }
        }
        None
    }

    /// The comma before a party and state that end at item `end`: `Ana Ito, D-N.Y. said`.
    pub(super) fn party_before(&self, low: usize, end: usize) -> Option<usize> {
        let comma = (low..end).rev().take(6).find(|k| self.text(*k) == ",").filter(|k| *k > low && k + 1 < end)?;
        let text = &self.page.body[self.start(comma + 1)..self.end(end - 1)];
        (party_note(text) == text.len()).then_some(comma)
    }

    /// `Harbor Chamber of Commerce President Ana Ito`: where the body begins whose office stands before the person whose name begins at
    /// `name`.
    pub(super) fn body_before(&self, low: usize, name: usize) -> Option<usize> {
        let last = (low..name).rev().take(4).find(|k| self.mention(*k).is_some())?;
        let (range, e) = self.mention(last)?;
        let body = self.names.entities[e].kind == EntityKind::Organization && range.len() > 1 && range.start >= low;
        let title = |k: usize| self.shape(k).is_capital() && !is_determiner(&self.low(k)) || is_person_noun(&self.low(k));
        (body && range.end == last + 1 && range.end < name && (range.end..name).all(title)).then(|| self.with_titles(low, range.start))
    }

    /// `start` moved left over titles and functions before a name: `Sen.`, `campaign manager`.
    pub(super) fn with_titles(&self, from: usize, mut start: usize) -> usize {
        while start > from {
            let k = start - 1;
            let w = self.low(k);
            let title = match self.shape(k) {
                Shape::Capital | Shape::Upper => {
                    !is_preposition(&w) && !is_determiner(&w) && !is_joint(&w) && !self.adverb(k) && !is_furniture(self.text(k))
                }
                Shape::Lower => is_person_noun(&w) || matches!(&*w, "former" | "then" | "campaign" | "vice" | "press" | "running" | "mate"),
                _ => false,
            };
            if !title {
                break;
            }
            start = k;
        }
        start
    }
}

/// How many bytes of `text` are a party and state at its beginning: `D-N.Y.`; none where it begins otherwise.
pub(super) fn party_note(text: &str) -> usize {
    let mut letters = text.chars();
    let party = matches!(letters.next(), Some('R' | 'D' | 'I')) && matches!(letters.next(), Some('-' | '–'));
    let state = letters.as_str();
    if !party || !state.starts_with(char::is_uppercase) {
        return 0;
    }
    let behind = state.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(state.len());
    text.len() - state.len() + behind
}
