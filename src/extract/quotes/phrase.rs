//! Which words around a reporting verb name the speaker: the noun phrase before it, behind it, or at the head of its clause.
//!
//! There is no parser here. A phrase is found from its ends: the verb at one, punctuation, joints and quotes at the
//! other; what a known name covers is taken as that name. Phrases between commas in front of the verb (`Ito, who left in
//! 2010, said`) are read from the verb outwards until one is a name of its own.

use super::closed::{Word, is_auxiliary, is_determiner, is_joint, is_person_noun, is_preposition, is_relative, is_service};
use super::cue::Form;
use super::outline::Outline;
use super::works::of_a_work;
use crate::extract::page::Shape;
use std::ops::Range;

/// The words that name a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Its items.
    pub items: Range<usize>,
    /// The item that says who it is.
    pub head: usize,
    /// What sort of words it is.
    pub sort: Sort,
}

/// What sort of words name a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A mention of this entity.
    Entity(usize),
    /// Words in capitals that no entity covers.
    Capitals,
    /// `he`, `it`, `I`.
    Pronoun,
    /// `who`, `which`: stands for the entity, if there is one, right before it.
    Relative(Option<usize>),
    /// `a spokesman for the city`.
    Described,
}

/// Numbers written out, as shares are given in.
fn is_numeral(w: &str) -> bool {
    matches!(w, "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "half")
}

/// Nouns for a stretch of time.
pub(super) fn is_span(w: &str) -> bool {
    matches!(w, "week" | "month" | "year" | "day" | "night" | "morning" | "evening" | "afternoon" | "weekend")
        || matches!(w, "spring" | "summer" | "fall" | "autumn" | "winter")
}

/// `this week`, `late last year`: nothing but a time.
pub(super) fn is_time(o: &Outline<'_>, items: Range<usize>) -> bool {
    let first = items.start + usize::from(items.len() > 2 && matches!(&*o.low(items.start), "late" | "early" | "earlier" | "later"));
    items.end == first + 2 && matches!(&*o.low(first), "this" | "last") && is_span(&o.low(first + 1))
}

/// Pronouns that can be a subject.
pub(super) fn is_pronoun(w: &str) -> bool {
    matches!(w, "he" | "she" | "they" | "it" | "i" | "we" | "you")
}

impl Outline<'_> {
    /// Whether `'s` stands for `has` before the participle at `verb`: `she's said`. Not `she's told`, which may mean `is`.
    pub(super) fn has_done(&self, low: usize, verb: usize) -> bool {
        let pronoun = verb >= low + 2 && matches!(&*self.low(verb - 2), "he" | "she" | "who");
        if !pronoun || !self.is_possessive(verb - 1) || matches!(&*self.low(verb), "told" | "asked" | "called" | "quoted") {
            return false;
        }
        // `if she's felt well`, `for what he's saying`; `he's estimated to have won`
        let asked = verb > low + 2 && matches!(&*self.low(verb - 3), "if" | "whether" | "what" | "how" | "why" | "way");
        let next = |n: usize| if verb + n < self.items.len() { self.low(verb + n) } else { self.low(verb) };
        let done_to = match &*next(1) {
            "to" => matches!(&*next(2), "be" | "have"),
            w => matches!(w, "by" | "as"),
        };
        !asked && !done_to
    }

    /// The subject of the finite verb at `verb`, to its left but not left of `low`.
    pub fn left_subject(&self, low: usize, verb: usize) -> Option<Phrase> {
        let i = self.behind_subject(low, verb);
        if i == low {
            return None;
        }
        // `has in the past described`: what stands between a helper and its verb.
        let helper = (low..i).rev().take(6).find(|k| is_auxiliary(&self.low(*k)));
        if let Some(k) = helper.filter(|k| i - k > 2 && is_preposition(&self.low(k + 1)))
            && (k + 1..i).all(|m| self.shape(m) == Shape::Lower && !is_relative(&self.low(m)))
        {
            return self.left_subject(low, k);
        }
        let j = i - 1;
        let w = self.low(j);
        if self.is_quote(j) {
            return self.behind_work(low, j);
        }
        if is_pronoun(&w) {
            return Some(Phrase { items: j..j + 1, head: j, sort: Sort::Pronoun });
        }
        if is_relative(&w) || &*w == "that" {
            return Some(self.relative(low, j));
        }
        if let Some(all) = self.all_with_origins(low, i) {
            return Some(all);
        }
        match &*w {
            "to" | "and" | "then" | "but" | "or" => return self.nearest_pronoun(low, j).or_else(|| self.main_subject(low, j)),
            _ => {}
        }
        match self.text(j) {
            "," => self.behind_apposition(low, j),
            ")" | "]" => self.before_bracket(low, j).and_then(|k| self.phrase_ending_at(low, k)),
            "-" | "--" | "–" | "—" => self.around_dashes(low, j),
            _ if self.shape(j) == Shape::Mark && !self.is_possessive(j) => None,
            _ if let Some(comma) = self.party_before(low, i) => self.behind_apposition(low, comma),
            _ => {
                // `a former captain who sailed for years said`: the subject stands before the relative clause.
                let near = self.phrase_ending_at(low, j)?;
                let who = near.items.start.checked_sub(1).filter(|k| *k > low && &*self.low(*k) == "who");
                // `who earlier said`
                if let Some(k) = who.filter(|_| near.items.len() == 1 && self.shape(j) == Shape::Lower) {
                    return Some(self.relative(low, k));
                }
                let relative = who.filter(|k| near.items.start < j && !self.starts_mention(k + 1));
                let before = relative.and_then(|k| match self.text(k - 1) {
                    "," => self.behind_apposition(low, k - 1),
                    _ => self.phrase_ending_at(low, k - 1),
                });
                before
                    .or_else(|| self.apposed_to(low, &near).or_else(|| self.left_open(low, &near, verb)))
                    .or_else(|| Some(near).filter(|p| !self.is_predicate(p)))
            }
        }
    }

    /// How many items before item `i` tell a time between the subject and its verb: `Ito earlier this year said`, `Ito on Monday morning
    /// said`.
    pub(super) fn time_before(&self, low: usize, i: usize) -> usize {
        if i <= low + 2 || !is_span(&self.low(i - 1)) {
            return 0;
        }
        // `who last week said`, `as recently as this week`
        let clause = |w: &Word<'_>| is_preposition(w) || is_relative(w) || w.ends_with("ed") || &**w == "as";
        let day = self.shape(i - 2) == Shape::Capital && self.adverb(i - 2);
        if day && i > low + 3 && &*self.low(i - 3) == "on" {
            return 3;
        }
        let span = day || matches!(&*self.low(i - 2), "this" | "last" | "that" | "next");
        if span && !clause(&self.low(i - 3)) { 2 } else { 0 }
    }

    /// The subject before what stands between dashes, the last of them at item `j`; a name between them, where it is all there is:
    /// `another ally of hers – Ana Ito – said`.
    fn around_dashes(&self, low: usize, j: usize) -> Option<Phrase> {
        let open = (low..j).rev().find(|k| matches!(self.text(*k), "-" | "--" | "–" | "—")).filter(|k| *k > low)?;
        if let Some((range, e)) = self.person(j - 1).filter(|(range, _)| range.end == j && range.start > open)
            && self.with_titles(open + 1, range.start) == open + 1
            && self.end(open - 1) < self.start(open)
        {
            return Some(Phrase { items: open + 1..j, head: j - 1, sort: Sort::Entity(e) });
        }
        self.phrase_ending_at(low, open - 1)
    }

    /// `Ana Ito, author of “A Short Walk,” said`, `the star of “Winter Light” said`: the subject before the title of a work at item `q`.
    fn behind_work(&self, low: usize, q: usize) -> Option<Phrase> {
        if q <= low + 1 || !of_a_work(self, low, q) {
            return None;
        }
        match self.words(q).ends_with(',') {
            true => self.behind_apposition(low, q + 1),
            false => self.phrase_ending_at(low, q - 1).filter(|p| p.sort == Sort::Described),
        }
    }

    /// `touted her plans`, `served in combat`: a verb with what belongs to it, and no subject.
    fn is_predicate(&self, phrase: &Phrase) -> bool {
        let a = phrase.items.clone().find(|k| !self.adverb(*k)).unwrap_or(phrase.items.start);
        let (first, next) = (self.low(a), a + 1);
        let past = first.ends_with("ed") || first.verb().is_some_and(|v| matches!(v.form, Form::Past | Form::Participle | Form::Gerund));
        let verb = self.shape(a) == Shape::Lower && first.len() > 4 && past;
        let small = |k: usize| is_determiner(&self.low(k)) || is_preposition(&self.low(k)) || self.low(k).ends_with("self");
        verb && next < phrase.items.end && small(next)
    }

    fn relative(&self, low: usize, j: usize) -> Phrase {
        let mut k = j;
        while k > low && matches!(self.text(k - 1), "," | ")" | "-" | "--" | "–" | "—") {
            k = if self.text(k - 1) == ")" { self.before_bracket(low, k - 1).map_or(low, |b| b + 1) } else { k - 1 };
        }
        if &*self.low(j) == "who"
            && k > low
            && let Some(entity) = self.person_before(low, k)
        {
            return Phrase { items: j..j + 1, head: j, sort: Sort::Relative(Some(entity)) };
        }
        let antecedent = (k > low).then(|| self.phrase_ending_at(low, k - 1)).flatten();
        let entity = antecedent.and_then(|p| match p.sort {
            Sort::Entity(e) => Some(e),
            _ => None,
        });
        // `Scott Reed, the chamber's strategist, who added`: the name stands before the apposition.
        let entity = entity.or_else(|| {
            let p = if k < j && &*self.low(j) != "that" { self.behind_apposition(low, k)? } else { return None };
            match p.sort {
                Sort::Entity(e) => Some(e),
                _ => None,
            }
        });
        // `signs that said`
        if entity.is_none() && k == j && j > low && matches!(&*self.low(j), "that" | "which") {
            let thing = self.phrase_ending_at(low, j - 1).filter(|p| p.sort == Sort::Described);
            if let Some(p) = thing {
                let named = p.head > p.items.start && is_determiner(&self.low(p.head - 1));
                return Phrase { items: p.head - usize::from(named)..p.head + 1, ..p };
            }
        }
        Phrase { items: j..j + 1, head: j, sort: Sort::Relative(entity) }
    }

    /// The person whose name ends before item `k`, or before a name that hangs on it: `Ito of the Harbor Council, who`.
    fn person_before(&self, low: usize, k: usize) -> Option<usize> {
        if let Some((range, entity)) = self.person(k - 1) {
            return Some(entity).filter(|_| range.end == k);
        }
        let hangs = (low + 1..k).rev().take(6).find(|i| matches!(&*self.low(*i), "of" | "in" | "from"))?;
        let named = (hangs + 1..k).all(|i| self.shape(i).is_capital() || is_determiner(&self.low(i)));
        let (range, entity) = self.person(hangs - 1)?;
        (named && range.end == hangs).then_some(entity)
    }

    /// `when he came and later said`: the subject of the clause in which a verb goes on with another.
    fn nearest_pronoun(&self, low: usize, j: usize) -> Option<Phrase> {
        if &*self.low(j) != "and" {
            return None;
        }
        let opens = |k: &usize| matches!(&*self.low(*k), "when" | "because" | "after" | "while" | "if" | "although" | "though" | "until");
        let k = (low..j).rev().take(12).take_while(|k| self.text(*k) != "," && !self.is_quote(*k)).find(opens)?;
        if is_pronoun(&self.low(k + 1)) {
            return Some(Phrase { items: k + 1..k + 2, head: k + 1, sort: Sort::Pronoun });
        }
        // `until his partner turned and said`: somebody with a verb behind.
        let subject = self.leading_phrase(k + 1, j).filter(|p| p.items.start == k + 1 && p.items.end < j)?;
        let somebody = matches!(subject.sort, Sort::Entity(_)) || is_person_noun(&self.low(subject.head));
        (somebody && self.shape(subject.items.end) == Shape::Lower && !is_preposition(&self.low(subject.items.end))).then_some(subject)
    }

    /// The item before the bracket that closes at `j`.
    fn before_bracket(&self, low: usize, j: usize) -> Option<usize> {
        let open = (low..j).rev().take(30).find(|k| matches!(self.text(*k), "(" | "["))?;
        open.checked_sub(1).filter(|k| *k >= low)
    }

    /// The noun phrase whose last item is `j`.
    pub fn phrase_ending_at(&self, low: usize, j: usize) -> Option<Phrase> {
        if self.is_quote(j) || j < low {
            return None;
        }
        let from = self.phrase_start(low, j);
        if let Some((range, entity)) = self.mention(j)
            && range.end == j + 1
        {
            let start = self.with_titles(from, range.start.max(from));
            // `Ito of the Harbor Council`: the name hangs on another by a preposition.
            let mut before = if start > from && is_determiner(&self.low(start - 1)) { start - 1 } else { start };
            // `of Oslo's Harbor Council`
            if before > from + 1 && self.is_possessive(before - 1) {
                before = self.mention(before - 2).map_or(before - 2, |(range, _)| range.start);
            }
            let named = |start: usize| Phrase { items: start..j + 1, head: j, sort: Sort::Entity(entity) };
            if let Some(office) = self.office_of(low, range.start) {
                return Some(named(office));
            }
            let body = self.body_before(low, range.start);
            if body.is_some() || !(before > from + 1 && self.hangs_on(before - 1)) {
                let one = named(body.unwrap_or(start));
                return Some(self.all_of(low, &one).unwrap_or(one));
            }
        }
        self.phrase_in(from, j)
    }

    /// Where the phrase that ends at `j` begins at the earliest.
    fn phrase_start(&self, low: usize, j: usize) -> usize {
        let mut from = j;
        while from > low && j - from < 30 {
            let k = from - 1;
            if self.is_quote(k) {
                break;
            }
            // A name is passed as a whole: `Institute for Ports and Harbors`.
            if let Some((range, _)) = self.mention(k).filter(|(range, _)| range.start < k && range.start >= low) {
                from = range.start;
                continue;
            }
            let text = self.text(k);
            if text == ")" {
                match self.before_bracket(low, k) {
                    Some(b) => {
                        from = b;
                        continue;
                    }
                    None => break,
                }
            }
            let stops = match self.shape(k) {
                // A hyphen belongs to the phrase, a dash does not.
                Shape::Mark if text == "-" => k == low || self.end(k - 1) != self.start(k),
                Shape::Mark => !matches!(text, "'s" | "’s" | "'" | "’" | "&" | "/" | "." | "$" | "%"),
                _ => {
                    let w = self.low(k);
                    // `“…,” that official said`
                    if &*w == "that" && is_person_noun(&self.low(j)) && (k == low || self.is_quote(k - 1)) {
                        return k;
                    }
                    (is_joint(&w) && &*w != "as") || is_auxiliary(&w) || is_relative(&w) || k > low && self.opens_subject(k)
                }
            };
            if stops {
                break;
            }
            from -= 1;
        }
        from
    }

    /// The phrase within `from..=j`, by what stands before its first preposition.
    pub(super) fn phrase_in(&self, mut from: usize, j: usize) -> Option<Phrase> {
        if matches!(&*self.low(from), "as" | "like") {
            from += 1; // `As the daily reported`
        }
        // `About four in 10 voters`
        let about = from < j && matches!(&*self.low(from), "about" | "around" | "over" | "under");
        if about && (self.shape(from + 1) == Shape::Number || is_numeral(&self.low(from + 1))) {
            from += 1;
        }
        if from > j {
            return None;
        }
        // `he in a statement said`; not `he made his case in an all-caps tweet`
        if is_pronoun(&self.low(from)) && from < j {
            let said = is_preposition(&self.low(from + 1));
            // `It's just as Ito said`
            if let Some(k) = (from + 2..j).rev().find(|k| &*self.low(*k) == "as") {
                return self.phrase_in(k + 1, j);
            }
            return said.then(|| Phrase { items: from..from + 1, head: from, sort: Sort::Pronoun });
        }
        if is_preposition(&self.low(from)) {
            // `In a statement Monday the union`: the phrase begins at the last determiner or at the last name.
            let next = (from + 1..=j).rev().find(|k| is_determiner(&self.low(*k)) || self.starts_mention(*k))?;
            if is_preposition(&self.low(next - 1)) {
                return None;
            }
            from = next;
        }
        let cut = (from + 1..=j).find(|k| {
            let w = self.low(*k);
            is_preposition(&w)
                || is_service(&w)
                || matches!(&*w, "named" | "called" | "based" | "familiar" | "close" | "involved" | "briefed" | "whose")
                || self.text(*k) == "("
        });
        let mut head = cut.map_or(j, |c| c - 1);
        // `a tally from the mayor`
        let noun = |k: usize| is_determiner(&self.low(k - 1)) && self.low(k).ends_with("ly");
        while head > from && self.adverb(head) && !noun(head) {
            head -= 1;
        }
        if let Some((range, entity)) = self.mention(head)
            && range.end == head + 1
        {
            // `That is why Ito`: no part of the name.
            let clause = (from..range.start).any(|k| is_auxiliary(&self.low(k)));
            let from = if clause { self.with_titles(from, range.start) } else { from };
            return Some(Phrase { items: from..j + 1, head, sort: Sort::Entity(entity) });
        }
        let w = self.low(head);
        // `the ministry shortly after the storm`: when it spoke is no part of who.
        let time = cut.is_some_and(|c| matches!(&*self.low(c), "after" | "before" | "during" | "since" | "until"));
        let j = if time && head > from { head } else { j };
        match self.shape(head) {
            Shape::Capital | Shape::Upper if !(is_determiner(&w) || head == from && w.len() > 4 && w.ends_with("ing")) => {
                let run = (from..=head).rev().take_while(|k| self.shape(*k).is_capital()).last().unwrap_or(head);
                let from = if is_determiner(&self.low(run)) { run + 1 } else { run };
                let described = self.is_possessive(run.saturating_sub(1)) && run > from;
                let sort = if described { Sort::Described } else { Sort::Capitals };
                Some(Phrase { items: from.min(head)..j + 1, head, sort })
            }
            Shape::Lower if !is_preposition(&w) && !is_determiner(&w) => Some(Phrase { items: from..j + 1, head, sort: Sort::Described }),
            Shape::Number => Some(Phrase { items: from..j + 1, head, sort: Sort::Described }),
            _ if is_determiner(&w) => Some(Phrase { items: head..j + 1, head, sort: Sort::Described }),
            _ => None,
        }
    }

    pub(super) fn starts_mention(&self, i: usize) -> bool {
        self.mention(i).is_some_and(|(r, _)| r.start == i)
    }
}
