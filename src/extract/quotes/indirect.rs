//! What is reported without quotation marks: `Ito said the bridge was safe`, `the bridge is safe, Ito said`, `according to Ito`.

use super::asides::{behind_aside, holds_clause, leads_to_main_clause, opens_only, turns};
use super::closed::{is_auxiliary, is_calling, is_determiner, is_paper, is_preposition, is_relative, is_saying_noun};
use super::cue::{Form, Trust};
use super::event::{Event, Tie};
use super::outline::{Outline, Unit};
use super::phrase::{Phrase, Sort, is_pronoun, is_span, is_time};
use super::speaker::is_somebody;
use super::whom::{is_measure, tells_somebody, told, with_owner};
use super::whose;
use crate::extract::page::Shape;
use std::ops::Range;

#[cfg(test)]
mod tests;

/// Reported words and who said them.
pub(super) struct Reported {
    /// The words that name the speaker.
    pub phrase: Phrase,
    /// Items of the cue.
    pub cue: Range<usize>,
    /// Bytes of the reported words; `None` where a speaker speaks but not what is said stands there.
    pub content: Option<Range<usize>>,
    /// Bytes of the rest of them, where the speaker is named in between: `The pier, Ito said, was gone`.
    pub rest: Option<Range<usize>>,
}

/// Most items of the words that name a speaker: what is longer is a clause.
const LONGEST: usize = 20;

/// Whether somebody is said to have said something: not that he did not, might, wants to or should.
fn happens(o: &Outline<'_>, unit: &Unit, event: &Event) -> bool {
    let low = unit.items.start;
    let before = |i: usize| (low..i).rev().find(|k| !o.adverb(*k));
    let w = |k: Option<usize>| k.map(|k| o.low(k));
    let helpers = (low..event.verb).rev().take(4).take_while(|k| is_auxiliary(&o.low(*k)) || o.adverb(*k) || &*o.low(*k) == "not");
    let denied = |k: usize| {
        let w = o.low(k);
        w.ends_with("n't")
            || w.ends_with("n’t")
            || event.form == Form::Base && matches!(&*w, "'d" | "’d")
            || matches!(&*w, "not" | "never" | "hardly" | "may" | "might" | "could" | "should" | "would" | "can" | "must" | "cannot")
    };
    if helpers.into_iter().any(denied) {
        return false;
    }
    match (event.tie, event.form) {
        // `went on to say`; not `declined to say`
        (Tie::Clause, Form::Base) => {
            let governs = event.verb.checked_sub(2).filter(|k| *k >= low);
            w(governs).is_some_and(|w| matches!(&*w, "on" | "continued" | "proceeded" | "quick" | "hastened"))
        }
        // `…, saying`, `a note saying`, `Ito saying`, `by saying`; not `without saying`
        (Tie::Clause, Form::Gerund) => before(event.verb).is_some_and(|k| {
            let w = o.low(k);
            o.text(k) == ","
                || o.person(k).is_some()
                || is_paper(&w)
                || is_saying_noun(&w)
                || matches!(&*w, "by" | "while" | "after" | "before" | "in" | "and")
        }),
        _ => true,
    }
}

/// Whether `phrase` is the subject of a clause of time behind the beginning of its sentence: `left hours after Ito said`.
pub(super) fn within_time(o: &Outline<'_>, unit: &Unit, phrase: &Phrase) -> bool {
    let before = phrase.items.start.checked_sub(1).filter(|k| *k > unit.items.start);
    before.is_some_and(|k| matches!(&*o.low(k), "after" | "before" | "until" | "since" | "as" | "when" | "while"))
}

/// Finds what is reported in a unit without quotes: what a clause of time or one that leads up to the main clause reports only where nothing else does, and somebody who
/// speaks without a word of what only where nobody is reported.
pub(super) fn find(o: &Outline<'_>, unit: &Unit, events: &[Event]) -> Option<Reported> {
    let (mut in_time, mut wordless) = (None, None);
    // `“Why now?” Ito, the mayor, asked last year, according to the Post.`
    let beside = unit.items.start > 0 && o.is_quote(unit.items.start - 1);
    // `After Ito said she would go, Diaz wrote:`, and then the quote.
    let last = events.len().checked_sub(1).filter(|n| events[*n].cue.end + 1 == unit.items.end && o.text(events[*n].cue.end) == ":");
    if let Some(found) = last.and_then(|n| report_of(o, unit, events, n)).filter(|found| found.content.is_none()) {
        return Some(found);
    }
    for (found, strong) in (0..events.len()).filter_map(|n| Some((report_of(o, unit, events, n)?, events[n].trust == Trust::Strong))) {
        let opens = found.phrase.items.start == unit.items.start + 1 && leads_to_main_clause(o, unit, found.cue.start);
        match (&found.content, opens || within_time(o, unit, &found.phrase)) {
            (Some(_), false) if in_time.is_none() || strong => return Some(found),
            (Some(_), false) => {}
            (None, false) if beside => return Some(found),
            (Some(_), true) => in_time = in_time.or(Some(found)),
            (None, _) => wordless = wordless.or(Some(found)),
        }
    }
    in_time.or(wordless)
}

/// What event `n` of a unit without quotes reports.
fn report_of(o: &Outline<'_>, unit: &Unit, events: &[Event], n: usize) -> Option<Reported> {
    let event = &events[n];
    if event.trust == Trust::Manner || !happens(o, unit, event) {
        return None;
    }
    let (phrase, inverted) = whose::speaker(o, unit, events, n)?;
    if phrase.items.len() > LONGEST && !o.are_several(&phrase) {
        return None;
    }
    // `If the court concludes that …`: nobody has concluded it. `Ito, whom Diaz has said he admires`: half of a clause.
    let before = |n: usize| phrase.items.start.checked_sub(n).filter(|k| *k >= unit.items.start).map(|k| o.low(k));
    let opened = before(1).filter(|w| !is_determiner(w)).or_else(|| before(2));
    if !inverted && opened.is_some_and(|w| matches!(&*w, "if" | "unless" | "whether" | "whom")) {
        return None;
    }
    let somebody = is_somebody(o, &phrase);
    // What closes a sentence behind a comma speaks, whatever it is: `…, the fire service said`.
    if !(somebody || phrase.sort == Sort::Described) || is_measure(o, event, &phrase) || matches!(&*o.low(phrase.head), "i" | "we" | "you")
    {
        return None;
    }
    let first = if inverted { event.cue.start } else { phrase.items.start };
    let last = if inverted { phrase.items.end } else { event.verb + 1 };
    // `After the vote, Ito said on Monday that …`: what he said stands behind.
    let that = |items: &Range<usize>| &*o.low(items.start - 1) == "that" || begins_at_once(o, event, items);
    let behind = (event.tie == Tie::Subject && !inverted).then(|| content_behind(o, unit, events, n)).flatten();
    let turns = event.tie == Tie::According && turns(o, unit, &event.cue, &phrase);
    let before =
        if turns || behind.as_ref().is_some_and(that) { None } else { content_before(o, unit, event, first..last, behind.is_some()) };
    let cue = event.cue.clone();
    if let Some(content) = before {
        let rest = rest_behind(o, unit, event, &phrase, last);
        return Some(Reported { phrase, cue, content: Some(content), rest });
    }
    if !somebody {
        return None;
    }
    if !inverted || event.tie == Tie::According {
        let items = match event.tie {
            Tie::Subject => behind,
            Tie::According => behind_according(o, unit, &phrase, turns),
            _ => content_behind(o, unit, events, n),
        };
        if let Some(items) = items {
            return Some(Reported { phrase, cue, content: bytes(o, items), rest: None });
        }
    }
    (event.trust == Trust::Strong && !inverted).then_some(Reported { phrase, cue, content: None, rest: None })
}

/// `In Oslo, the minister, Ito, said Norway had paid`: whether a name that is the subject of a clause stands right behind the verb.
fn begins_at_once(o: &Outline<'_>, event: &Event, items: &Range<usize>) -> bool {
    let named = items.start == event.verb + 1 && o.shape(items.start).is_capital();
    named && (items.start + 1..items.end.min(items.start + 4)).any(|k| is_auxiliary(&o.low(k)))
}

/// `The bridge is safe, Ito said.`: the bytes before the items that name speaker and verb; `behind` tells whether a clause stands behind them.
fn content_before(o: &Outline<'_>, unit: &Unit, event: &Event, who: Range<usize>, behind: bool) -> Option<Range<usize>> {
    let (first, last) = (with_owner(o, unit.items.start, who.start), who.end);
    if event.trust != Trust::Strong || !matches!(event.tie, Tie::Subject | Tie::According) || event.form == Form::Gerund {
        return None;
    }
    // `The pier, Ito said, was gone`: what is short goes on behind.
    let short = last + 1 < unit.items.end && o.text(last) == "," && is_auxiliary(&o.low(last + 1));
    let least = if short { 1 } else { 3 };
    let comma = first > unit.items.start + least && o.text(first - 1) == ",";
    let according = event.tie == Tie::According && first > unit.items.start + 3;
    let closes = last >= unit.items.end
        || matches!(o.text(last), "." | ",")
        || is_preposition(&o.low(last))
        || event.tie == Tie::According && o.low(last).ends_with("ed")
        || o.adverb(last)
        || o.is_here(last)
        || tells_somebody(o, event, last..body_end(o, unit))
        || event.form == Form::Past && first + 1 < last && (&*o.low(last) == "and" || is_relative(&o.low(last)))
        || matches!(o.shape(last), Shape::Capital)
        || is_time(o, last..body_end(o, unit));
    if !(comma || according) || !closes || &*o.low(last.min(unit.items.end - 1)) == "that" {
        return None;
    }
    // `When the storm came, Ito said …` is a clause of time, not what Ito said.
    let leads = |k: &usize| matches!(&*o.low(*k), "and" | "but" | "then" | "yet" | "so") || o.text(*k) == ",";
    let opens = unit.items.start + (unit.items.start..first).take_while(leads).count();
    let parted = (opens + 1..first - 1).any(|k| o.text(k) == ",");
    if super::closed::opens_aside(&o.low(opens)) && o.mention(opens).is_none() && first < opens + 9 && !parted {
        return None;
    }
    // `Speaking as he left for Halden, Ito said …`
    let lead = o.low(opens);
    if behind && !parted && lead.len() > 5 && lead.ends_with("ing") && o.mention(opens).is_none() {
        return None;
    }
    // `Nobody wrote; Us, they said, and US, they meant`: one word between semicolon and comma is not what was said.
    if comma && first >= unit.items.start + 3 && o.text(first - 3) == ";" {
        return None;
    }
    let items = o.behind_dateline(unit.items.start, first)..if comma { first - 1 } else { first };
    // `In a long talk with the Post, a paper, Ito said …`, `Ana Ito, a Harbor Republican, said her boat …`
    if (!short || parted) && !holds_clause(o, &items, behind) {
        return None;
    }
    bytes(o, items)
}

/// `The pier, Ito said, was gone`: the bytes from the verb on, behind the item `last` where what names the speaker ends.
fn rest_behind(o: &Outline<'_>, unit: &Unit, event: &Event, phrase: &Phrase, last: usize) -> Option<Range<usize>> {
    let first = phrase.items.start;
    let subject = unit.items.start..first.saturating_sub(1);
    let open = subject.len() <= 14 && subject.clone().all(|k| !is_auxiliary(&o.low(k)) && o.text(k) != ",");
    let goes_on = last + 2 < unit.items.end && o.text(last) == "," && is_auxiliary(&o.low(last + 1));
    (event.tie == Tie::Subject && open && goes_on).then(|| bytes(o, last + 1..body_end(o, unit))).flatten()
}

/// `According to Ito, the bridge is safe.`
fn behind_according(o: &Outline<'_>, unit: &Unit, phrase: &Phrase, turns: bool) -> Option<Range<usize>> {
    if phrase.items.start > unit.items.start + 4 && !turns {
        return None;
    }
    let comma = (phrase.items.end..unit.items.end).find(|k| o.text(*k) == ",")?;
    let comma = behind_aside(o, comma, unit.items.end).unwrap_or(comma);
    // `According to Ito, the pier is gone, the Harbor Post reports.`
    let end = body_end(o, unit);
    let told = (comma + 2..end).rev().take(7).find(|k| o.text(*k) == ",");
    let told = told.filter(|k| matches!(&*o.low(end - 1), "reports" | "reported" | "says" | "said") && k + 6 >= end);
    let range = comma + 1..told.unwrap_or(end);
    (range.len() > 2).then_some(range)
}

/// Where what event `n` reports behind it ends at the latest.
fn content_end(o: &Outline<'_>, unit: &Unit, events: &[Event], n: usize) -> usize {
    let event = &events[n];
    let end = events[n + 1..].iter().find(|e| e.trust == Trust::Strong).and_then(|e| {
        // `…, and Diaz said` ends what is reported; `…, adding that` too.
        (event.verb + 1..e.verb).rev().take(12).find(|k| o.text(*k) == "," && !opens_only(o, event.verb + 1..*k))
    });
    let end = end.unwrap_or_else(|| body_end(o, unit));
    // `Ito said she would go, but the mayor, Diaz, said …`
    let subject = |k: usize| o.starts_mention(k) || matches!(&*o.low(k), "the" | "a" | "an");
    let but = |k: &usize| o.text(*k) == "," && &*o.low(k + 1) == "but" && subject(k + 2);
    let inside = event.verb + 2 < end && end < body_end(o, unit);
    let end = if inside { o.marks(&(event.verb + 2..end)).find(but).unwrap_or(end) } else { end };
    // `When Ito said she would go, Diaz stayed`
    let closes = |k: &usize| o.text(*k) == "," || o.is_quote(*k) && o.words(*k).ends_with(',');
    let closed = leads_to_main_clause(o, unit, event.verb).then(|| o.marks(&(event.verb + 3..end)).find(closes)).flatten();
    closed.map_or(end, |k| k + usize::from(o.is_quote(k)))
}

/// The items of what event `n` reports behind it: behind `that`, or at once where the verb allows it.
pub(super) fn content_behind(o: &Outline<'_>, unit: &Unit, events: &[Event], n: usize) -> Option<Range<usize>> {
    let (event, end) = (&events[n], content_end(o, unit, events, n));
    let limit = end.min(event.verb + 14);
    let that = (event.verb + 1..limit).find(|k| &*o.low(*k) == "that").filter(|k| reaches(o, event.verb + 1, *k));
    if let Some(k) = that
        && !opens_clause(o, event, k, end)
    {
        return None;
    }
    let start = match that {
        // `said that would be a mistake`, `said that's too much`, `called that decision unfair`
        Some(k)
            if k + 1 < end && (is_auxiliary(&o.low(k + 1)) || o.text(k + 1).starts_with(['\'', '’']))
                || k == event.verb + 1 && is_calling(&o.low(event.verb)) =>
        {
            k
        }
        Some(k) => k + 1,
        None if event.bare => {
            let mut k = event.verb + 1;
            // `said Monday he would go`, but `said Monday's storm was the worst`
            while k < end && (o.adverb(k) || o.is_here(k)) && o.mention(k).is_none() && !matches!(o.text(k + 1), "'s" | "’s") {
                k += 1;
            }
            // `said earlier this month they would go`, `said this week the pier would go`
            let begins = |i: usize| o.shape(i).is_capital() || is_pronoun(&o.low(i)) || is_determiner(&o.low(i));
            let goes = |i: usize| i < end && (k > event.verb + 1 || begins(i));
            if k + 1 < end && matches!(&*o.low(k), "this" | "last") && is_span(&o.low(k + 1)) && goes(k + 2) {
                k += 2;
            }
            let w = if k < end { o.low(k) } else { return None };
            if is_preposition(&w) && k > event.verb && o.mention(k).is_none() {
                // `said in an interview he would go`: the clause begins at its subject.
                k = (k + 2..end.min(k + 9)).find(|j| matches!(&*o.low(*j), "he" | "she" | "they" | "it" | "we" | "there"))?;
            }
            let w = o.low(k);
            if o.shape(k) == Shape::Mark && !o.is_quote(k)
                || is_auxiliary(&w)
                || &*w == "little" && k + 1 < end && (is_preposition(&o.low(k + 1)) || &*o.low(k + 1) == "else")
                || matches!(&*w, "nothing" | "so" | "goodbye" | "yes" | "and" | "but")
                || &*w == "no" && (k + 1 >= end || o.shape(k + 1) != Shape::Lower)
            {
                return None;
            }
            k
        }
        None => told(o, event, end)?,
    };
    // `Ito - who said she would go - won`
    let dash = |k: &usize| matches!(o.text(*k), "--" | "–" | "—") || o.text(*k) == "-" && o.end(*k) < o.start(*k + 1);
    let low = unit.items.start;
    let aside = (low..event.verb).rev().take(6).find(|k| is_relative(&o.low(*k))).is_some_and(|who| who > low && dash(&(who - 1)));
    let stops = |k: &usize| matches!(o.text(*k), ";" | ":") || aside && k + 1 < end && dash(k);
    let end = o.marks(&(start..end)).find(stops).unwrap_or(end);
    // A quote that ends its sentence; what stands behind it signs the article.
    let whole = |k: &usize| o.is_quote(*k) && o.words(*k).ends_with(['.', '!', '?']) && o.shape(k + 1) != Shape::Lower;
    let end = o.marks(&(start..end.saturating_sub(1))).find(whole).map_or(end, |k| k + 1);
    // `…, Ito said here on Monday`
    let where_only = start + 1 < end && &*o.low(start) == "here" && (is_preposition(&o.low(start + 1)) || o.adverb(start + 1));
    (end > start + 1 && !where_only && !is_time(o, start..end)).then_some(start..end)
}

/// Whether the `that` at item `k` opens what is said: not `on that day`, `endorsed a plan that would`, `a storm that hit us`.
fn opens_clause(o: &Outline<'_>, event: &Event, k: usize, end: usize) -> bool {
    let first = event.verb + 1;
    if k == first {
        return !points_back(o, event, k, end);
    }
    if is_preposition(&o.low(k - 1)) || k + 1 >= end {
        return false;
    }
    // `responded to reports that she would go`: what others had said.
    let others = matches!(&*o.low(k - 1), "reports" | "allegations" | "accusations" | "rumors" | "rumours" | "suggestions" | "claims");
    if others && &*o.low(first) == "to" {
        return false;
    }
    // A verb right behind it: it stands for the noun before.
    let next = o.low(k + 1);
    let object = |i: usize| {
        i < end
            && (is_pronoun(&o.low(i)) || is_determiner(&o.low(i)) || is_preposition(&o.low(i)) || o.low(i).len() == 2 && &*o.low(i) == "us")
    };
    let verb = is_auxiliary(&next) || o.shape(k + 1) == Shape::Lower && (next.ends_with("ed") || next.ends_with('s') && object(k + 2));
    if verb && !o.adverb(k - 1) {
        return false;
    }
    // Between a verb and its `that` stand time and place, or whom it is said to.
    let verb = o.low(event.verb);
    let tells = ["tell", "told", "warn", "inform", "remind", "assur", "advis", "promis", "convinc", "notif", "reassur"]
        .iter()
        .any(|stem| verb.starts_with(stem));
    let Some(a) = (first..k).find(|i| !o.adverb(*i) && !o.is_here(*i)) else { return true };
    let w = o.low(a);
    tells
        || is_preposition(&w) && !matches!(&*w, "about" | "of" | "for" | "against" | "over" | "like")
        || matches!(&*w, "this" | "last" | "earlier" | "late")
        || o.text(a) == ","
}

/// `repeated that claim on Sunday`: whether the `that` at item `k` points to something said before, behind a verb that takes it for its object.
fn points_back(o: &Outline<'_>, event: &Event, k: usize, end: usize) -> bool {
    const TAKES: [&str; 9] = ["reiterat", "repeat", "reject", "confirm", "echo", "dismiss", "voic", "question", "denied"];
    let verb = o.low(event.verb);
    if !TAKES.iter().any(|stem| verb.starts_with(stem)) || k + 2 >= end || o.shape(k + 1) != Shape::Lower {
        return false;
    }
    let behind = o.low(k + 2);
    let closes = matches!(&*behind, "and" | "or" | "on" | "in" | "at" | "during" | "last" | "this" | "by" | "to" | "when" | "again")
        || matches!(o.text(k + 2), "," | ".")
        || o.shape(k + 2) == Shape::Capital && o.text(k + 2).ends_with("day");
    let noun = !o.low(k + 1).ends_with('s') && !is_pronoun(&o.low(k + 1)) && !is_determiner(&o.low(k + 1)) && !o.adverb(k + 1);
    closes && noun
}

/// Whether only words that may stand between a verb and its `that` lie between: `told reporters on Monday that`.
fn reaches(o: &Outline<'_>, from: usize, to: usize) -> bool {
    let commas = (from..to).filter(|k| o.text(*k) == ",").count();
    commas != 1 && (from..to).all(|k| !o.is_quote(k) && !is_auxiliary(&o.low(k)) && !matches!(o.text(k), ";" | ":"))
}

/// The item behind the last one before the final mark of the unit.
fn body_end(o: &Outline<'_>, unit: &Unit) -> usize {
    let last = unit.items.end - 1;
    if matches!(o.text(last), "." | "!" | "?" | ":" | ";") { last } else { unit.items.end }
}

fn bytes(o: &Outline<'_>, mut items: Range<usize>) -> Option<Range<usize>> {
    // `said that, in May, she would go`
    items.start += items.clone().take_while(|k| o.text(*k) == ",").count();
    let words = items.clone().filter(|i| o.shape(*i) != Shape::Mark).count();
    (words >= 2).then(|| o.start(items.start)..o.end(items.end - 1))
}
