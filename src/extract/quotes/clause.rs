//! The subject at the head of a clause, and the one before phrases between commas.
//!
//! A clause is read in chunks between commas: from the verb outwards for a subject with appositions behind it, from the
//! beginning for the subject of a verb that is not the first of its clause.

use super::closed::{
    is_adverb, is_auxiliary, is_body, is_determiner, is_joint, is_office, is_paper, is_person_noun, is_possessive, is_preposition,
    is_relative, opens_aside,
};
use super::outline::Outline;
use super::phrase::{Phrase, Sort, is_pronoun};
use crate::extract::names::EntityKind;
use crate::extract::page::Shape;
use std::ops::Range;

/// Pasts that do not end in `ed` and are no nouns: `the council went on to say`, `the mayor took the floor, saying`.
fn is_plain_past(w: &str) -> bool {
    matches!(w, "went" | "goes" | "took" | "came" | "gave" | "got" | "sat" | "stood" | "began" | "flew" | "knew" | "threw" | "wore")
}

impl Outline<'_> {
    /// The subject before phrases between commas, the last of which ends at item `comma`.
    pub(super) fn behind_apposition(&self, low: usize, comma: usize) -> Option<Phrase> {
        let chunks = self.chunks(self.clause_start(low, comma), comma);
        let mut fallback = None;
        for (n, chunk) in chunks.iter().enumerate().rev().take(8) {
            // `Ana Ito, whose sister, Mia Diaz, was hurt, said`
            if n > 0 && n + 1 < chunks.len() && &*self.low(chunks[n - 1].start) == "whose" {
                continue;
            }
            // `Ana Ito, who lives with her sister, Mia Diaz, said`
            let named = |c: &Range<usize>| self.person(c.end - 1).is_some_and(|(name, _)| name.end == c.end);
            if n > 1 && named(chunk) && is_relative(&self.low(chunks[n - 1].start)) && named(&chunks[n - 2]) {
                continue;
            }
            let opens = matches!(&*self.low(chunk.start), "and" | "but" | "so" | "or" | "as" | "when" | "while" | "because");
            let a = chunk.start + usize::from(opens);
            if a >= chunk.end {
                continue;
            }
            let w = self.low(a);
            if is_pronoun(&w) && a + 1 == chunk.end {
                return Some(Phrase { items: a..a + 1, head: a, sort: Sort::Pronoun });
            }
            if is_relative(&w) || is_preposition(&w) {
                continue;
            }
            match self.name_in(a, chunk.end) {
                Some(p) if matches!(p.sort, Sort::Entity(e) if self.names.entities[e].kind == EntityKind::Person) => return Some(p),
                Some(p) if matches!(p.sort, Sort::Entity(_)) => fallback = Some(p),
                Some(_) => {}
                None => {
                    if let Some(p) = self.subject_of_clause(chunk) {
                        return Some(p);
                    }
                }
            }
        }
        if fallback.is_some() {
            return fallback;
        }
        // No name: a name nobody knows, or the first phrase that describes somebody.
        let unknown = chunks.iter().rev().find(|c| {
            let behind_quote = c.start > 0 && self.is_quote(c.start - 1);
            (c.len() >= 2 || behind_quote)
                && c.len() <= 5
                && (c.start..c.end).all(|k| self.shape(k).is_capital() && !is_determiner(&self.low(k)))
        });
        if let Some(c) = unknown.filter(|c| self.mention(c.start).is_none() && !opens_aside(&self.low(c.start))) {
            return Some(Phrase { items: c.clone(), head: c.end - 1, sort: Sort::Capitals });
        }
        let first = chunks.iter().find(|c| !opens_aside(&self.low(c.start)) || is_determiner(&self.low(c.start)))?;
        if is_pronoun(&self.low(first.start)) {
            return Some(Phrase { items: first.start..first.start + 1, head: first.start, sort: Sort::Pronoun });
        }
        // `The man who signed it, …, said`
        let verb = |k: usize| self.is_quote(k) || self.shape(k) == Shape::Lower && self.low(k).verb().is_some();
        let clause = (first.start + 1..first.end).any(verb);
        let leading = clause.then(|| self.leading_phrase(first.start, first.end)).flatten();
        leading.or_else(|| self.phrase_in(first.start, first.end - 1))
    }

    /// `the day when Ana Ito, unprompted, said`: the name that ends a chunk, right behind a word that opens a clause.
    fn subject_of_clause(&self, chunk: &Range<usize>) -> Option<Phrase> {
        let (name, entity) = self.person(chunk.end - 1).filter(|(name, _)| name.end == chunk.end && name.start > chunk.start)?;
        let start = self.with_titles(chunk.start, name.start);
        // Not `Ito, appearing after Ana Diaz, said`.
        let time = matches!(&*self.low(start.max(1) - 1), "after" | "before") && !self.low(chunk.start).ends_with("ing");
        let opens = start > chunk.start && (time || matches!(&*self.low(start - 1), "when" | "because" | "while" | "that"));
        opens.then(|| Phrase { items: start..chunk.end, head: chunk.end - 1, sort: Sort::Entity(entity) })
    }

    /// `Ana Ito, the harbor's spokeswoman said`, `Ana Ito, who runs the pier said`: the name at the head of the clause, where the
    /// comma behind what is added to it is missing. `near` is the phrase before the verb at item `verb`.
    pub(super) fn left_open(&self, low: usize, near: &Phrase, verb: usize) -> Option<Phrase> {
        let first = near.items.start;
        let comma = (low + 1..first).rev().take(10).find(|k| self.text(*k) == ",")?;
        let clause = |k: usize| is_joint(&self.low(k)) || is_relative(&self.low(k)) || self.low(k).verb().is_some() || self.is_quote(k);
        let serves = |k: usize| is_person_noun(&self.low(k)) && is_preposition(&self.low(k + 1));
        let plain = match near.sort {
            Sort::Described => comma + 1 == first && is_person_noun(&self.low(near.head)),
            // `Ana Ito, director of the Harbor Watch said`
            Sort::Entity(_) => (comma + 1..first).any(serves) && !(comma + 1..first).any(clause),
            _ => false,
        };
        let who = &*self.low(comma + 1) == "who" && first > comma + 2 && !(comma + 2..first).any(clause);
        let parenthesis = verb + 1 < self.items.len() && self.text(verb + 1) == ",";
        let (range, e) = self.person(comma - 1).filter(|(range, _)| range.end == comma && (plain || who) && !parenthesis)?;
        let start = self.with_titles(low, range.start);
        // `In an interview on Monday, Ana Ito, a former captain told`
        let behind_aside = || {
            let one = self.text(start - 1) == "," && is_preposition(&self.low(low)) && !self.is_possessive(start - 2);
            one && !is_determiner(&self.low(start - 2)) && matches!(&*self.low(first), "a" | "an") && start > low + 2
        };
        let opens = start == low || self.is_quote(start - 1) || matches!(&*self.low(start - 1), "that" | "but") || behind_aside();
        opens.then_some(Phrase { items: start..comma, head: comma - 1, sort: Sort::Entity(e) })
    }

    /// A name that is the head of `a..end`: only titles before it, and nothing but phrases that hang on it behind.
    fn name_in(&self, a: usize, end: usize) -> Option<Phrase> {
        let mut k = a;
        // `Speaker of the House Ana Ito`
        let mut of_office = false;
        let mut first: Option<(Range<usize>, usize)> = None;
        while k < end && k - a < 12 {
            if let Some((range, entity)) = self.mention(k) {
                let stop = range.end.min(end);
                let w = if stop < end { self.low(stop) } else { self.low(a) };
                if stop == end
                    || is_preposition(&w)
                    || is_relative(&w)
                    || is_auxiliary(&w)
                    || self.with_titles(a, k) == a && (w.verb().is_some() || w.ends_with("ed")) && self.verb_behind(stop)
                    || matches!(self.text(stop), "(" | "-" | "--" | "—" | "–")
                {
                    let office = self.office_of(a, k);
                    if of_office && office.is_none() {
                        return None;
                    }
                    let titles = office.unwrap_or_else(|| self.with_titles(a, k));
                    // `Ana Ito and Bo Dahl, the authors, said`
                    let pair = first.filter(|(one, _)| titles == one.end + 1 && &*self.low(one.end) == "and");
                    return Some(match pair {
                        Some((one, e)) => Phrase { items: self.with_titles(a, one.start)..stop, head: one.end - 1, sort: Sort::Entity(e) },
                        None => Phrase { items: titles..stop, head: stop - 1, sort: Sort::Entity(entity) },
                    });
                }
                first = first.or(Some((range, entity)));
                k = stop;
                continue;
            }
            let w = self.low(k);
            of_office |= matches!(&*w, "of" | "for" | "to") && k > a && is_office(&self.low(k - 1));
            if is_preposition(&w) && !of_office || is_relative(&w) || is_auxiliary(&w) {
                return None;
            }
            k += 1;
        }
        None
    }

    /// The subject at the head of the clause that holds item `v`: for verbs that are not the first of their clause.
    pub fn main_subject(&self, low: usize, v: usize) -> Option<Phrase> {
        self.subject_behind(self.clause_start(low, v).max(self.behind_dateline(low, v)), v)
    }

    /// The subject at the head of the unit, where all quotes before item `v` are words of its sentence:
    /// `The council wanted no “gift from the port,” saying …`.
    pub fn subject_of_all(&self, low: usize, v: usize) -> Option<Phrase> {
        let whole = |k: usize| self.is_quote(k) && self.words(k).starts_with(char::is_uppercase) || matches!(self.text(k), ";" | ":");
        if (low..v).any(whole) { None } else { self.subject_behind(self.behind_dateline(low, v), v) }
    }

    fn subject_behind(&self, start: usize, v: usize) -> Option<Phrase> {
        let chunks = self.chunks(start, v);
        let last = chunks.len().checked_sub(1)?;
        for (n, chunk) in chunks.iter().enumerate() {
            let mut a = chunk.start;
            while a + 1 < chunk.end && matches!(&*self.low(a), "and" | "but" | "so" | "then" | "yet" | "or" | "that") {
                a += 1;
            }
            let w = self.low(a);
            if is_pronoun(&w) {
                return Some(Phrase { items: a..a + 1, head: a, sort: Sort::Pronoun });
            }
            let many = a + 1 == chunk.end && w.singular().is_some_and(|one| is_person_noun(&one));
            let place = n < last
                && !many
                && !is_determiner(&w)
                && (a..chunk.end).all(|k| self.shape(k).is_capital())
                && (chunk.len() < 3 || self.is_place(&(self.start(a)..self.end(chunk.end - 1))))
                && (a..chunk.end).all(|k| self.person(k).is_none());
            let end = self.low(chunk.end - 1);
            let later = matches!(&*end, "later" | "ago" | "earlier" | "before" | "afterward" | "afterwards");
            // `The next month, Ito said`; not `Ito hit out at Diaz last week, saying`
            let span = is_determiner(&w) && chunk.len() <= 4 && matches!(&*end, "day" | "week" | "month" | "year" | "morning" | "night");
            let time = n < last && (later || span);
            if is_relative(&w) || place || time || n < last && opens_aside(&w) && !self.starts_mention(a) {
                continue;
            }
            if let Some(p) = self.leading_phrase(a, chunk.end) {
                // `For Ana Ito – head of the union, the plaintiff – it was …`
                let dash = |k: usize| matches!(self.text(k), "–" | "—" | "--");
                let inside = n > 0 && p.items.end < chunk.end && dash(p.items.end) && (chunks[0].start..a).any(dash);
                if inside && p.sort == Sort::Described {
                    return None;
                }
                let of_aside = n > 0 && n < last && p.sort == Sort::Described && self.person(chunks[n - 1].end - 1).is_some();
                if let Some(named) = chunks.get(n + 1).filter(|_| of_aside).and_then(|next| self.named_subject(next)) {
                    return Some(named);
                }
                return Some(self.apposed(&p, chunks.get(n + 1)).unwrap_or(p));
            }
        }
        None
    }

    /// `Beside Bo Dahl, the sheriff, Ana Ito spoke of …`: the person with whose name and a verb behind it the clause `chunk` begins.
    fn named_subject(&self, chunk: &Range<usize>) -> Option<Phrase> {
        let p = self.leading_phrase(chunk.start, chunk.end)?;
        let person = matches!(p.sort, Sort::Entity(_)) && self.person(p.head).is_some();
        (person && p.items.end < chunk.end && self.verb_behind(p.items.end)).then_some(p)
    }

    /// `the mayor's lawyer, Ana Ito, welcomed it`: the name between commas behind somebody described.
    fn apposed(&self, described: &Phrase, next: Option<&Range<usize>>) -> Option<Phrase> {
        let next = next.filter(|next| described.sort == Sort::Described && described.items.end + 1 == next.start)?;
        let (name, entity) = self.person(next.end - 1)?;
        let titles = self.with_titles(next.start, name.start) == next.start;
        (is_person_noun(&self.low(described.head)) && name.end == next.end && titles).then(|| Phrase {
            items: next.clone(),
            head: next.end - 1,
            sort: Sort::Entity(entity),
        })
    }

    /// Where the text begins behind a dateline (`OSLO (AP) — `, `(CNN) — `, `KARACHI: `) at the head of a unit; `low` if there is none.
    pub(super) fn behind_dateline(&self, low: usize, v: usize) -> usize {
        let dash = |k: usize| matches!(self.text(k), "-" | "--" | "–" | "—" | "―" | "_");
        let signed = |k: usize| k + 4 < v && self.text(k) == "(" && self.shape(k + 1).is_capital() && self.text(k + 2) == ")";
        if signed(low) && (self.shape(low + 1) == Shape::Upper || dash(low + 3)) {
            return low + 3 + usize::from(dash(low + 3));
        }
        let shouted = low < v && self.shape(low) == Shape::Upper;
        let place = low < v && self.shape(low).is_capital() && self.is_place(&(self.start(low)..self.end(low)));
        if !shouted && !place {
            return low;
        }
        let Some(mark) = (low + 1..v.min(low + 12)).find(|k| dash(*k) || self.text(*k) == ":") else { return low };
        let small = |k: usize| self.shape(k) == Shape::Lower || self.is_quote(k);
        let parts = if dash(mark) { shouted || self.end(mark) < self.start(mark + 1) } else { place };
        match parts && (shouted && dash(mark) || !(low + 1..mark).any(small)) {
            true if signed(mark + 1) => mark + 4,
            true => mark + 1,
            false => low,
        }
    }

    /// `Ito Diaz took the stage`: the number of items of a name that ends where small letters begin. One word alone counts
    /// only where it could not have its capital from the beginning of a sentence.
    fn capitals_before_verb(&self, a: usize, end: usize) -> Option<usize> {
        let run = (a..end).take_while(|i| self.shape(*i).is_capital()).count();
        let w = self.low(a);
        let begins = a == 0 || self.is_quote(a - 1) || matches!(self.text(a - 1), "." | "!" | "?" | "”" | ":");
        let goes_on = run == 1 && a + 2 < self.items.len() && matches!(&*self.low(a + 1), "went" | "goes") && &*self.low(a + 2) == "on";
        let fits = (run > usize::from(begins) || goes_on) && run < end - a && !is_determiner(&w) && !opens_aside(&w);
        if !fits || self.shape(a + run) != Shape::Lower {
            return None;
        }
        let next = self.low(a + run);
        (!is_person_noun(&next) && !is_body(&next)).then_some(run)
    }

    /// Whether the item behind a name can be its verb: a small word that is no noun for people or bodies.
    fn verb_behind(&self, k: usize) -> bool {
        let w = self.low(k);
        let noun = is_person_noun(&w) || w.singular().is_some_and(|one| is_person_noun(&one)) || is_body(&w) || is_paper(&w);
        self.shape(k) == Shape::Lower && !noun && !is_joint(&w) && !self.is_possessive(k)
    }

    /// Whether item `k` cannot belong to the noun phrase that begins at `a`.
    fn ends_noun_phrase(&self, a: usize, k: usize) -> bool {
        let w = self.low(k);
        let verb = k > a
            && self.shape(k) == Shape::Lower
            && (w.verb().is_some() || is_plain_past(&w) || w.ends_with("ed") && self.text(k - 1) != "-" || w.ends_with("ing") && k > a + 1);
        let small = is_preposition(&w) || is_relative(&w) || is_auxiliary(&w) || is_adverb(&w) || is_joint(&w) || is_pronoun(&w);
        let mark = self.shape(k) == Shape::Mark && !self.is_possessive(k) && !matches!(self.text(k), "-" | "." | "&" | "/");
        verb || small || mark || self.is_quote(k)
    }

    /// The noun phrase that begins at `a`.
    pub fn leading_phrase(&self, a: usize, end: usize) -> Option<Phrase> {
        let first = self.low(a);
        let verbal = first.ends_with("ing") || first.ends_with("ed") && self.shape(a) == Shape::Lower;
        let verbal = verbal && (first.len() > 4 || first.len() == 4 && !first.ends_with("eed"));
        if verbal && self.mention(a).is_none() {
            return None;
        }
        let mut k = a;
        let mut named = None;
        while k < end && k - a < 12 {
            if let Some((range, entity)) = self.mention(k) {
                named = Some((range.clone(), entity));
                k = range.end.max(k + 1);
                continue;
            }
            if self.ends_noun_phrase(a, k) {
                break;
            }
            // `The mayor put the matter so`: a second noun phrase, and so a verb before it.
            let second = matches!(&*self.low(k), "the" | "a" | "an" | "his" | "her" | "its" | "their");
            if second && named.is_none() && k > a + 2 && self.shape(k - 1) == Shape::Lower && is_determiner(&first) {
                // `put out a statement`
                k -= if matches!(&*self.low(k - 1), "out" | "up" | "off" | "down" | "back") { 2 } else { 1 };
                break;
            }
            k += 1;
        }
        if k == a {
            return None;
        }
        // `Hundreds of fishermen`
        let many = matches!(&*first, "hundreds" | "thousands" | "dozens" | "scores" | "crowds" | "tens" | "millions" | "members" | "some");
        if many && k == a + 1 && k + 1 < end && &*self.low(k) == "of" {
            let stop = (k + 1..end).find(|i| self.ends_noun_phrase(k + 1, *i)).unwrap_or(end);
            return Some(Phrase { items: a..stop, head: stop - 1, sort: Sort::Described });
        }
        if let Some((range, entity)) = named.clone() {
            // A name that ends the phrase, or one that a verb follows: a small word that is no noun for people or bodies.
            let verb = range.end < end && self.verb_behind(range.end) && self.with_titles(a, range.start) == a;
            if range.end == k || verb {
                return Some(Phrase {
                    items: self.with_titles(a, range.start)..range.end,
                    head: range.end - 1,
                    sort: Sort::Entity(entity),
                });
            }
        }
        if named.is_none()
            && let Some(run) = self.capitals_before_verb(a, k)
        {
            return Some(Phrase { items: a..a + run, head: a + run - 1, sort: Sort::Capitals });
        }
        self.nominal(a..k, named.is_some())
    }

    /// A noun phrase without a name at its end, by its last word; `named` says whether a name stands in it.
    fn nominal(&self, items: Range<usize>, named: bool) -> Option<Phrase> {
        let (a, k) = (items.start, items.end);
        let w = self.low(a);
        let head = k - 1;
        match self.shape(head) {
            Shape::Capital | Shape::Upper
                if !opens_aside(&w)
                    && (w.singular().is_some_and(|one| is_person_noun(&one))
                        || w.len() > 4 && w.ends_with('s') && k < self.items.len() && matches!(&*self.low(k), "are" | "were" | "have")
                        || k - a >= 2
                        || a > 0 && !self.is_quote(a - 1) && !matches!(self.text(a - 1), "." | "!" | "?" | ":")) =>
            {
                Some(Phrase {
                    items: a..k,
                    head,
                    sort: if self.shape(a) == Shape::Lower && !is_determiner(&w) { Sort::Described } else { Sort::Capitals },
                })
            }
            // A verb: `…, opposes “…”`.
            Shape::Lower if k == a + 1 && k < self.items.len() && self.is_quote(k) => None,
            Shape::Lower
                if is_determiner(&w)
                    || is_possessive(&w)
                    || named
                    || self.low(head).ends_with('s') && !(a..k).any(|i| is_determiner(&self.low(i))) =>
            {
                Some(Phrase { items: a..k, head, sort: Sort::Described })
            }
            _ => None,
        }
    }
}
