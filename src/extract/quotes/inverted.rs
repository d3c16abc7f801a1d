//! The subject behind a reporting verb: `said Ito, a teacher`, `said the mayor's deputy, Ana Diaz`.

use super::closed::{is_auxiliary, is_determiner, is_joint, is_office, is_preposition, is_relative};
use super::outline::Outline;
use super::phrase::{Phrase, Sort, is_pronoun, is_span};
use crate::extract::page::Shape;
use std::ops::Range;

impl Outline<'_> {
    /// `said here on Friday`, as wires have it: where it was said. Not `said here was a man`.
    pub(super) fn is_here(&self, i: usize) -> bool {
        &*self.low(i) == "here" && (i + 1 >= self.items.len() || !is_auxiliary(&self.low(i + 1)))
    }

    /// The subject behind the verb at `verb` (`said Ito, a teacher`), before `end`.
    pub fn right_subject(&self, verb: usize, end: usize) -> Option<Phrase> {
        let mut a = verb + 1;
        while a < end && self.adverb(a) && self.mention(a).is_none() {
            a += 1;
        }
        // `said then-Mayor Ana Ito`
        if a > verb + 1 && a + 1 < end && self.text(a) == "-" && &*self.low(a - 1) == "then" {
            a += 1;
        }
        if a >= end || self.is_quote(a) {
            return None;
        }
        let w = self.low(a);
        if is_pronoun(&w) {
            return Some(Phrase { items: a..a + 1, head: a, sort: Sort::Pronoun });
        }
        let object = matches!(&*w, "him" | "them" | "us" | "me");
        if object || is_preposition(&w) || is_joint(&w) || is_auxiliary(&w) || self.shape(a) == Shape::Mark {
            return None;
        }
        let mut k = a;
        let mut named: Option<(Range<usize>, usize)> = None;
        while k < end && k - a < 24 {
            if let Some((range, entity)) = self.mention(k) {
                named = Some((range.clone(), entity));
                k = range.end.max(k + 1);
                continue;
            }
            let w = self.low(k);
            // `said Ito speaking for the harbor`
            let behind_name = k > a && self.person(k - 1).is_some_and(|(range, _)| range.end == k);
            if behind_name && self.shape(k) == Shape::Lower && (w.ends_with("ing") || self.is_here(k)) {
                break;
            }
            let mark = self.shape(k) == Shape::Mark && !self.is_possessive(k) && !matches!(self.text(k), "-" | "." | "&" | "/");
            if self.is_quote(k) || mark || is_preposition(&w) || is_relative(&w) || is_joint(&w) || is_auxiliary(&w) || self.text(k) == "."
            {
                break;
            }
            k += 1;
        }
        if k == a {
            return None;
        }
        if named.is_none() && k < end && is_preposition(&self.low(k)) {
            named = self.behind_title(a, k, end);
            k = named.as_ref().map_or(k, |(range, _)| range.end);
        }
        self.finish_right(a, k, named, end)
    }

    /// `said master of ceremonies Ana Ito`: the person whose name ends a title without an article that has a preposition in it.
    fn behind_title(&self, a: usize, preposition: usize, end: usize) -> Option<(Range<usize>, usize)> {
        let title = self.shape(a) == Shape::Lower && !is_determiner(&self.low(a)) || is_office(&self.low(preposition - 1));
        let near = (preposition + 1..end.min(preposition + 9)).take_while(|k| !self.is_quote(*k) && self.text(*k) != ",");
        let (range, e) = near.filter(|_| title).find_map(|k| self.person(k).filter(|(r, _)| r.start == k))?;
        let closes = range.end >= end
            || self.shape(range.end) == Shape::Mark && !self.is_possessive(range.end)
            || is_preposition(&self.low(range.end))
            || self.adverb(range.end)
            || self.is_here(range.end);
        let hangs = is_preposition(&self.low(range.start - 1)) || is_determiner(&self.low(range.start - 1));
        (closes && !hangs).then_some((range, e))
    }

    fn finish_right(&self, a: usize, k: usize, named: Option<(Range<usize>, usize)>, end: usize) -> Option<Phrase> {
        if let Some((range, entity)) = named {
            let behind: Vec<usize> = (range.end..k).collect();
            // `said Ito Monday`, `said Ito himself`; not `said Ito's lawyer`.
            let time = |b: usize| is_span(&self.low(b)) || matches!(&*self.low(b), "this" | "last" | "that" | "next" | "late" | "early");
            // `said Ito last week`, and for want of a comma `said Ito a former captain of the harbor`.
            let said_of = range.end < k && matches!(&*self.low(range.end), "a" | "an") && self.person(range.start).is_some();
            // Not `forced Ito last week to go`.
            let said_then = !(k < end && &*self.low(k) == "to") && behind.iter().all(|b| self.adverb(*b) || time(*b));
            if said_of || said_then || behind.iter().all(|b| self.adverb(*b)) {
                return Some(Phrase { items: a..range.end, head: range.end - 1, sort: Sort::Entity(entity) });
            }
        }
        // `said the mayor's deputy, Ana Diaz`, `said the mayor of the town of Halden, Ana Diaz`
        let mark = |i: &usize| self.is_quote(*i) || self.shape(*i) == Shape::Mark && !self.is_possessive(*i);
        let of = k < end && is_preposition(&self.low(k));
        let comma = if of { (k..end.min(k + 9)).find(mark).unwrap_or(k) } else { k };
        if comma + 1 < end && self.text(comma) == "," {
            let stop = (comma + 1..end).find(mark).unwrap_or(end);
            if let Some((range, entity)) = self.person(comma + 1).or_else(|| (comma + 2 < end).then(|| self.person(comma + 2)).flatten())
                && (range.end == stop || range.end + 1 < stop && &*self.low(range.end) == "and" && self.person(range.end + 1).is_some())
            {
                return Some(Phrase { items: range.clone(), head: range.end - 1, sort: Sort::Entity(entity) });
            }
        }
        let mut head = k - 1;
        // `according to a tally`
        let noun = |k: usize| is_determiner(&self.low(k - 1)) && self.low(k).ends_with("ly");
        // `according to data compiled by the council`
        let made = |k: usize| k + 2 < end && matches!(&*self.low(k + 1), "by" | "from") && self.low(k).ends_with("ed");
        while head > a && (self.adverb(head) && !noun(head) || made(head)) {
            head -= 1;
        }
        let capital = |i: usize| self.shape(i).is_capital();
        let sort = if capital(head) && !is_determiner(&self.low(head)) { Sort::Capitals } else { Sort::Described };
        let first = if sort == Sort::Capitals { (a..=head).rev().take_while(|i| capital(*i)).last().unwrap_or(head) } else { a };
        Some(Phrase { items: first..head + 1, head, sort })
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::quotes::cases::check_tagged;
    use expect_test::expect;

    #[test]
    fn wires_say_it_here() {
        check_tagged(
            "The pact is the best one, Minister Ana Dahl said here on Friday. Dahl said here that rates fell. It is closed, said Bo Varr here on Tuesday. He said here Monday he would go.",
            expect![[r#"
                indirect | The pact is the best one | Ana Dahl, person [Minister Ana Dahl] (said)
                indirect | rates fell | Ana Dahl, person [Dahl] (said)
                indirect | It is closed | Bo Varr, person [Bo Varr] (said)
                indirect | he would go | Bo Varr, person [He] (said)
            "#]],
        );
        check_tagged(
            "Bo Varr said here was a man to trust. “Rates fell,” said Bo Varr here on Monday.",
            expect![[r#"
            indirect | here was a man to trust | Bo Varr, person [Bo Varr] (said)
            direct | Rates fell, | Bo Varr, person [Bo Varr] (said)
        "#]],
        );
    }

    #[test]
    fn the_prime_minister_and_a_commander_of_another_navy() {
        check_tagged(
            "Prime Minister Ana Dahl came home. “We go,” added the PM. “We stay,” the CM said.",
            expect![[r#"
            direct | We go, | Ana Dahl, person [PM] (added)
            direct | We stay, | -, anonymous [CM] (said)
        "#]],
        );
        check_tagged(
            "PM Bo Varr came home. “We go,” added the PM. “We stay,” the CM said.",
            expect![[r#"
            direct | We go, | Bo Varr, person [PM] (added)
            direct | We stay, | -, anonymous [CM] (said)
        "#]],
        );
        check_tagged(
            "Alireza Varr, the commander of the Halden Navy, agreed. The commander of the Omani Navy added, “We wait.” The commander of the Halden Navy said, “We go.”",
            expect![[r#"
                direct | We wait. | -, anonymous [The commander of the Omani Navy] (added)
                direct | We go. | Alireza Varr, person [The commander of the Halden Navy] (said)
            "#]],
        );
    }

    #[test]
    fn a_dateline_is_none_of_what_is_said() {
        let body = "KARACHI: Prices fell on Monday, Minister Ana Dahl said.\n\n(Reuters) - Prices rose on Friday, Bo Varr said.\n\nOslo, Norway - Rain fell on Monday, Bo Varr said.";
        check_tagged(
            body,
            expect![[r#"
            indirect | Prices fell on Monday | Ana Dahl, person [Minister Ana Dahl] (said)
            indirect | Prices rose on Friday | Bo Varr, person [Bo Varr] (said)
            indirect | Rain fell on Monday | Bo Varr, person [Bo Varr] (said)
        "#]],
        );
    }

    #[test]
    fn a_clause_turns_to_what_somebody_says() {
        check_tagged(
            "The pier is old, but according to Bo Varr, it is safe. The pier is safe, according to Ana Dahl.",
            expect![[r#"
            indirect | it is safe | Bo Varr, person [Bo Varr] (according to)
            indirect | The pier is safe | Ana Dahl, person [Ana Dahl] (according to)
        "#]],
        );
    }
}
