//! Whom something is told: `told reporters he would go`, `the pier was gone, Ito told reporters on Monday`.

use super::closed::{is_auxiliary, is_determiner, is_person_noun, is_preposition, is_relative};
use super::event::{Event, Tie};
use super::outline::Outline;
use super::phrase::{Phrase, Sort, is_pronoun};
use crate::extract::page::Shape;
use std::ops::Range;

/// `…, Ito told reporters here on Monday`: whether nothing but a few words for whom it is told stands behind the verb, before what tells
/// where or when.
pub(super) fn tells_somebody(o: &Outline<'_>, event: &Event, behind: Range<usize>) -> bool {
    let tells = matches!(&*o.low(event.verb), "told" | "tells");
    let closes = |k: usize| k >= behind.end || o.text(k) == "," || is_preposition(&o.low(k)) || &*o.low(k) == "here" || o.adverb(k);
    let whom = |k: usize| {
        let w = o.low(k);
        let clause = is_auxiliary(&w) || is_pronoun(&w) || is_relative(&w) || matches!(&*w, "that" | "to" | "not" | "how");
        !clause && (o.shape(k) == Shape::Lower || o.shape(k).is_capital())
    };
    let end = (behind.start..behind.start + 5).find(|k| closes(*k));
    tells && end.is_some_and(|end| end > behind.start && (behind.start..end).all(whom))
}

/// `told reporters he would go`: where the clause begins behind a short object.
pub(super) fn told(o: &Outline<'_>, event: &Event, end: usize) -> Option<usize> {
    let tells = matches!(&*o.low(event.verb), "told" | "tells" | "tell" | "telling");
    let object = |k: usize| o.shape(k) != Shape::Mark && !is_preposition(&o.low(k)) && !is_auxiliary(&o.low(k));
    let near = (event.verb + 2..end.min(event.verb + 6)).take_while(|k| object(k - 1));
    let clause = |k: &usize| is_pronoun(&o.low(*k)) || matches!(&*o.low(*k), "there" | "his" | "their");
    near.filter(|_| tells).find(clause)
}

/// `built according to high standards`: by what something is done, and nobody who says so.
pub(super) fn is_measure(o: &Outline<'_>, event: &Event, phrase: &Phrase) -> bool {
    const MEASURES: [&str; 16] = [
        "standards",
        "plan",
        "schedule",
        "custom",
        "tradition",
        "need",
        "needs",
        "age",
        "size",
        "ability",
        "merit",
        "taste",
        "law",
        "rules",
        "procedure",
        "protocol",
    ];
    let next = phrase.items.start + 1;
    let owned = next < phrase.items.end && o.is_possessive(next);
    let bare = !is_determiner(&o.low(phrase.items.start)) && !owned;
    event.tie == Tie::According && bare && MEASURES.contains(&&*o.low(phrase.head))
}

/// `…, the council's Ana Ito said`: where the words begin that say whose she is, of the name at item `first`.
pub(super) fn with_owner(o: &Outline<'_>, low: usize, first: usize) -> usize {
    if first < low + 3 || !o.is_possessive(first - 1) {
        return first;
    }
    let owner = o.mention(first - 2).map_or(first - 2, |(name, _)| name.start.max(low));
    if owner > low && is_determiner(&o.low(owner - 1)) { owner - 1 } else { owner }
}

impl Outline<'_> {
    /// `The pier is gone, Ana Ito, director of ports at Torvik Steel said`: who has the function `near`, without a comma behind it; nobody where it
    /// has an article (`In a talk with Ana Ito, the director said`).
    pub(super) fn apposed_to(&self, low: usize, near: &Phrase) -> Option<Phrase> {
        let comma = near.items.start.checked_sub(1).filter(|k| *k > low && self.text(*k) == ",")?;
        let (name, entity) = self.person(comma - 1).filter(|(name, _)| name.end == comma)?;
        let start = self.with_titles(low, name.start);
        let opens = start == low || self.text(start - 1) == ",";
        let function = (near.items.clone()).find(|k| is_person_noun(&self.low(*k)));
        let function = function.filter(|k| !self.low(*k).ends_with('s') && self.shape(near.items.start) == Shape::Lower);
        let own = opens && !is_determiner(&self.low(near.items.start)) && function.is_some_and(|k| k + 1 < near.items.end);
        own.then(|| Phrase { items: start..name.end, head: name.end - 1, sort: Sort::Entity(entity) })
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::quotes::cases::check_tagged;
    use expect_test::expect;

    #[test]
    fn where_and_to_whom_it_is_said_is_none_of_what_is_said() {
        check_tagged(
            "The ferry would not sail again, the council’s Marta Lindqvist said here on Monday.",
            expect![[r#"
            indirect | The ferry would not sail again | Marta Lindqvist, person [Marta Lindqvist] (said)
        "#]],
        );
        check_tagged(
            "The pier was closed for good last week, Mayor Tom Okafor told reporters here on Monday.",
            expect![[r#"
                indirect | The pier was closed for good last week | Tom Okafor, person [Mayor Tom Okafor] (told)
            "#]],
        );
        check_tagged(
            "Tom Okafor told the court that the pier was gone, and Marta Lindqvist told reporters the ferry was late.",
            expect![[r#"
            indirect | the pier was gone | Tom Okafor, person [Tom Okafor] (told)
        "#]],
        );
    }

    #[test]
    fn by_what_something_is_done_says_nothing() {
        check_tagged(
            "The new quay was built in May, according to high standards. The pier fell according to plan, the mayor said. Rent is due, according to the plan.",
            expect![[r#"
                indirect | The pier fell according to plan | -, anonymous [the mayor] (said)
                indirect | Rent is due | -, anonymous [the plan] (according to)
            "#]],
        );
        check_tagged("It fell according to law", expect![[""]]);
        check_tagged(
            "Marta Lindqvist said little about the pier. Tom Okafor said little children swim there.",
            expect![[r#"
            indirect | little children swim there | Tom Okafor, person [Tom Okafor] (said)
        "#]],
        );
    }

    #[test]
    fn a_function_without_a_comma_behind_it_is_of_the_name_before_it() {
        check_tagged(
            "Prices of timber would be hard to beat, Marta Lindqvist, vice president of sales at Torvik Steel Association said.",
            expect![[r#"
                indirect | Prices of timber would be hard to beat | Marta Lindqvist, person [Marta Lindqvist] (said)
            "#]],
        );
        check_tagged(
            "In a talk with Marta Lindqvist, the director of the port said prices would fall.",
            expect![[r#"
            indirect | prices would fall | Marta Lindqvist, person [the director of the port] (said)
        "#]],
        );
    }

    #[test]
    fn what_is_said_ends_before_another_says_something() {
        check_tagged(
            "The tax agency has said it does not have the tools to look for the notes, but the city’s chief counsel, Tom Okafor, insisted in a letter that the agency would try.",
            expect![[r#"
                indirect | it does not have the tools to look for the notes | -, anonymous [The tax agency] (said)
            "#]],
        );
    }
}
