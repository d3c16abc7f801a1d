//! Several who speak together: `Ana Ito and Bo Dahl said`, `the Harbor Council, the pilots' union and Varr Inc. said`.

use super::closed::{is_determiner, is_preposition};
use super::outline::Outline;
use super::phrase::{Phrase, Sort, is_span};
use super::titles::party_note;
use crate::extract::names::EntityKind;
use crate::extract::page::Shape;
use std::ops::Range;

/// Most who speak together.
const MOST: usize = 5;

impl Outline<'_> {
    /// The words for all of them, by the first; `last` is the last one. What stands before the first opens the clause.
    pub(super) fn all_of(&self, low: usize, last: &Phrase) -> Option<Phrase> {
        let Sort::Entity(one) = last.sort else { return None };
        let mut start = last.items.start;
        let mut found = None;
        for n in 0..MOST {
            let article = usize::from(start > low && is_determiner(&self.low(start - 1)));
            let Some(joint) = start.checked_sub(1 + article).filter(|k| *k > low) else { break };
            let joins = &*self.low(joint) == "and" || n > 0 && self.text(joint) == ",";
            if !joins {
                break;
            }
            let end = self.before_origin(low, joint);
            let Some((range, entity)) = self.mention(end - 1).filter(|(range, _)| range.end == end && range.start >= low) else { break };
            // `the House and Senate Judiciary Committees`
            let chamber = self.text(end - 1) == "House";
            if chamber || entity == one || self.kind_of(entity) != self.kind_of(one) {
                break;
            }
            start = self.with_titles(low, range.start);
            let first = if start > low && is_determiner(&self.low(start - 1)) { start - 1 } else { start };
            let both = first > low && &*self.low(first - 1) == "both";
            let first = first - usize::from(both);
            let opens = first == low || self.is_quote(first - 1) || matches!(self.text(first - 1), "," | ":" | ";" | "—" | "–" | "--");
            if opens {
                found = Some(Phrase { items: first..last.items.end, head: range.end - 1, sort: Sort::Entity(entity) });
            }
            if first == low {
                break;
            }
        }
        found
    }

    /// `Sens. Ana Ito of Oregon and Bo Dahl of Maine said`, `Ana Ito, D-Ore., and Bo Dahl, R-Maine, said`: several of whom each is said where
    /// they are from, before item `end`.
    pub(super) fn all_with_origins(&self, low: usize, end: usize) -> Option<Phrase> {
        let name = self.before_origin(low, end);
        let (range, entity) = self.mention(name - 1).filter(|(range, _)| range.end == name && name < end && range.start >= low)?;
        let end = end - usize::from(self.text(end - 1) == ",");
        let last = Phrase { items: self.with_titles(low, range.start)..end, head: name - 1, sort: Sort::Entity(entity) };
        self.all_of(low, &last)
    }

    /// Where what is said of somebody's place, party or years begins that ends before item `end`: `of Oregon`, `, D-Ore.,`, `(R)`, `, 34,`;
    /// `end` where nothing is.
    fn before_origin(&self, low: usize, end: usize) -> usize {
        if end < low + 2 {
            return end;
        }
        let comma = self.text(end - 1) == ",";
        let last = end - 1 - usize::from(comma);
        if comma && last > low + 1 && self.shape(last) == Shape::Number && self.text(last - 1) == "," {
            return last - 1;
        }
        if !comma && matches!(self.text(last), ")" | "]") {
            let inside = (low + 1..last).rev().take(8);
            return inside.take_while(|k| !self.is_quote(*k)).find(|k| matches!(self.text(*k), "(" | "[")).unwrap_or(end);
        }
        if let Some(start) = self.party_before(low, last + 1) {
            return start;
        }
        let capital = |k: &usize| self.shape(*k).is_capital() || is_determiner(&self.low(*k));
        let of = (low + 1..end).rev().take(5).find(|k| !capital(k));
        of.filter(|k| !comma && k + 1 < end && matches!(&*self.low(*k), "of" | "from")).unwrap_or(end)
    }

    /// The item behind what is said of somebody's place, party or years at item `at`: see `before_origin`.
    fn behind_origin(&self, at: usize) -> usize {
        let all = self.items.len();
        let text = |k: usize| if k < all { self.text(k) } else { "" };
        match text(at) {
            "(" => (at..all.min(at + 8)).find(|k| self.text(*k) == ")").map_or(at, |close| close + 1),
            "," if at + 1 < all && self.shape(at + 1) == Shape::Number && text(at + 2) == "," => at + 3,
            "," if at + 1 < all => {
                let first = self.start(at + 1);
                let end = first + party_note(&self.page.body[first..]);
                let note = (at + 1..all).take_while(|k| self.start(*k) < end).count();
                if note > 0 { at + 1 + note + usize::from(text(at + 1 + note) == ",") } else { at }
            }
            "of" | "from" => {
                let the = at + 1 + usize::from(at + 1 < all && is_determiner(&self.low(at + 1)));
                let capital = |k: &usize| self.shape(*k).is_capital();
                let end = the + (the..all.min(the + 4)).take_while(capital).count();
                if end > the { end } else { at }
            }
            _ => at,
        }
    }

    /// Who speaks with the entity `first`, which the words at the bytes `words` name: `Ana Ito and Bo Dahl said`, where they are among
    /// the words; `said Ana Ito, Cy Eames and Bo Dahl.`, where they stand behind. Not `said Ana Ito, and Bo Dahl left`.
    pub(super) fn companions(&self, first: usize, words: &Range<usize>) -> Vec<usize> {
        let start = self.items.partition_point(|item| self.page.tokens[item.token as usize].start < words.start as u32);
        let within = (start..self.items.len()).take_while(|k| self.start(*k) < words.end);
        let Some(range) = within.filter_map(|k| self.mention(k)).find(|(_, e)| *e == first).map(|(range, _)| range) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut at = self.behind_origin(range.end);
        while found.len() + 1 < MOST
            && let Some((range, entity, last)) = self.joined(at, self.kind_of(first), found.is_empty())
            && entity != first
            && !found.contains(&entity)
        {
            found.push(entity);
            at = self.behind_origin(range.end);
            let among = (self.end(range.end - 1)..=self.end(at - 1)).contains(&words.end);
            if last && (among || self.closes(at)) {
                return found;
            }
        }
        Vec::new()
    }

    /// Whether `phrase` has several who speak together, which may be many words.
    pub(super) fn are_several(&self, phrase: &Phrase) -> bool {
        let words = self.start(phrase.items.start)..self.end(phrase.items.end - 1);
        matches!(phrase.sort, Sort::Entity(first) if !self.companions(first, &words).is_empty())
    }

    fn kind_of(&self, entity: usize) -> Option<EntityKind> {
        self.names.entities.get(entity).map(|e| e.kind)
    }

    /// The name of this kind that a comma or `and` at item `at` joins to the one before: its items, its entity, and whether it is the
    /// last. Of `two` no comma stands between.
    fn joined(&self, at: usize, kind: Option<EntityKind>, two: bool) -> Option<(Range<usize>, usize, bool)> {
        let is = |k: usize, word: &str| k < self.items.len() && &*self.low(k) == word;
        let comma = usize::from(at < self.items.len() && self.text(at) == ",");
        let and = usize::from(is(at + comma, "and"));
        if comma + and == 0 || two && comma + and == 2 {
            return None;
        }
        let from = at + comma + and;
        let from = from + usize::from(from < self.items.len() && is_determiner(&self.low(from)));
        // Titles before a name may have the name of a body in them.
        let names = (from..self.items.len().min(from + 8)).filter_map(|k| self.mention(k).filter(|(range, _)| range.start == k));
        let mut names = names.filter(|(_, entity)| self.kind_of(*entity) == kind);
        names.find(|(range, _)| self.with_titles(from, range.start) == from).map(|(range, e)| (range, e, and == 1))
    }

    /// Whether nothing at item `at` goes on as a clause of its own.
    fn closes(&self, at: usize) -> bool {
        let time = || is_span(&self.low(at)) || matches!(&*self.low(at), "as" | "this" | "last");
        at == self.items.len()
            || self.is_quote(at)
            || self.text(at - 1).ends_with('.') // `R-Me.`
            || self.shape(at) == Shape::Mark && !self.is_possessive(at)
            || is_preposition(&self.low(at))
            || self.adverb(at)
            || time()
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases::check_tagged;
    use expect_test::expect;

    #[test]
    fn who_speaks_with_the_first_stands_among_the_words_or_behind_them() {
        check_tagged(
            "“We wait,” said Ana Ito and Bo Dahl. “Not now,” said Ana Ito, Bo Dahl and Marta Quill of the Harbor Council. The pier is old, according to a report by the council. It will be rebuilt, according to Ana Ito and Bo Dahl. “Too late,” said Sens. Ana Ito (D-Ore.) and Bo Dahl (R-Maine).",
            expect![[r#"
                direct | We wait, | Ana Ito + Bo Dahl, person [Ana Ito] (said)
                direct | Not now, | Ana Ito + Bo Dahl + Marta Quill, person [Ana Ito] (said)
                indirect | The pier is old | -, anonymous [a report] (according to)
                indirect | It will be rebuilt | Ana Ito + Bo Dahl, person [Ana Ito] (according to)
                direct | Too late, | Ana Ito + Bo Dahl, person [Sens. Ana Ito] (said)
            "#]],
        );
        check_tagged(
            "“It is late,” Mayor Ana Ito and her deputy Bo Dahl said. “It is old,” Ana Ito and Harbor Council President Bo Dahl said Monday.",
            expect![[r#"
                direct | It is late, | Ana Ito + Bo Dahl, person [Mayor Ana Ito and her deputy Bo Dahl] (said)
                direct | It is old, | Ana Ito + Bo Dahl, person [Ana Ito and Harbor Council President Bo Dahl] (said)
            "#]],
        );
        check_tagged(
            "Ana Ito and Bo Dahl, the authors, said that it was late. She said it was old.",
            expect![[r#"
            indirect | it was late | Ana Ito + Bo Dahl, person [Ana Ito and Bo Dahl] (said)
            indirect | it was old | Ana Ito, person [She] (said)
        "#]],
        );
    }

    #[test]
    fn where_each_of_them_is_from_parts_nobody() {
        check_tagged(
            "“We wait,” Sens. Ana Ito of Oregon and Bo Dahl of Maine said. “We go,” Reps. Ana Ito, D-Ore., and Bo Dahl, R-Maine, said in a statement. “We stay,” said Sens. Ana Ito of Oregon and Bo Dahl of New Jersey.\n\n“We run,” said Sens. Ana Ito, D-Ore., and Bo Dahl, R-Maine.\n\nAna Ito (D), Bo Dahl (R) and Marta Quill of Maine said that it was late. Reps. Ana Ito (D-Ore.), Marta Quill (D-Calif.) and Bo Dahl (D-Mass.) also said Monday that they would go. “We eat,” Ana Ito, 34, and Bo Dahl, 41, told reporters.",
            expect![[r#"
                direct | We wait, | Ana Ito + Bo Dahl, person [Sens. Ana Ito of Oregon and Bo Dahl of Maine] (said)
                direct | We go, | Ana Ito + Bo Dahl, person [Reps. Ana Ito, D-Ore., and Bo Dahl, R-Maine] (said)
                direct | We stay, | Ana Ito + Bo Dahl, person [Sens. Ana Ito] (said)
                direct | We run, | Ana Ito + Bo Dahl, person [Sens. Ana Ito] (said)
                indirect | it was late | Ana Ito + Bo Dahl + Marta Quill, person [Ana Ito (D), Bo Dahl (R) and Marta Quill of Maine] (said)
                indirect | they would go | Ana Ito + Marta Quill + Bo Dahl, person [Reps. Ana Ito (D-Ore.), Marta Quill (D-Calif.) and Bo Dahl (D-Mass.)] (said)
                direct | We eat, | Ana Ito + Bo Dahl, person [Ana Ito, 34, and Bo Dahl, 41] (told)
            "#]],
        );
        check_tagged(
            "The mayor of Halden and Ana Ito said that it was late. “We know,” Ana Ito, of the council, and others said. “We sleep,” said the brother of Ana Ito of Oregon and Bo Dahl left.",
            expect![[r#"
                indirect | it was late | Ana Ito, person [mayor of Halden and Ana Ito] (said)
                direct | We sleep, | -, anonymous [the brother] (said)
            "#]],
        );
    }

    #[test]
    fn who_is_named_behind_and_says_nothing_of_it_does_not_speak() {
        check_tagged(
            "“We wait,” said Ana Ito, and Bo Dahl left. “We go,” said Ana Ito and Bo Dahl agreed. “We stay,” said Ana Ito, Bo Dahl’s deputy and a friend.",
            expect![[r#"
                direct | We wait, | Ana Ito, person [Ana Ito] (said)
                direct | We go, | Ana Ito, person [Ana Ito] (said)
                direct | We stay, | Ana Ito, person [Ana Ito] (said)
            "#]],
        );
        check_tagged(
            "“We wait,” Ana Ito told Bo Dahl and Marta Quill. “We go,” she said, and Bo Dahl left. Bo Dahl and the Harbor Council said that it was late.",
            expect![[r#"
                direct | We wait, | Ana Ito, person [Ana Ito] (told)
                direct | We go, | Ana Ito, person [she] (said)
                indirect | it was late | Harbor Council, organization [Harbor Council] (said)
            "#]],
        );
    }
}
