//! Who speaks at an event: the subject of its verb, before it or behind it, or whoever the clause around it is of.

use super::asides::leads_to_main_clause;
use super::closed::{is_auxiliary, is_be, is_determiner, is_joint, is_preposition};
use super::cue::{Form, Trust};
use super::event::{Event, Tie, quoting};
use super::outline::{Outline, Unit};
use super::phrase::{Phrase, Sort};
use super::works::of_a_work;
use crate::extract::page::Shape;

/// Who speaks at event `n`, and whether the name stands behind the verb.
pub(super) fn speaker(o: &Outline<'_>, unit: &Unit, events: &[Event], n: usize) -> Option<(Phrase, bool)> {
    let event = &events[n];
    let (low, end) = (unit.items.start, unit.items.end);
    match event.tie {
        Tie::According => o.right_subject(event.verb, end).map(|p| (p, true)),
        Tie::Agent => {
            let by = (event.verb + 1..end.min(event.verb + 12)).find(|k| &*o.low(*k) == "by")?;
            o.right_subject(by, end).map(|p| (p, true))
        }
        Tie::Quoted => {
            // `Ito was quoted as saying`, `the agency quoted Ito as saying`
            let quoted = quoting(o, low, event.verb)?;
            let passive = (low..quoted).rev().take(3).find(|k| is_be(&o.low(*k)));
            match passive {
                Some(be) => o.left_subject(low, be).map(|p| (p, false)),
                None => object_pronoun(o, quoted + 1).or_else(|| o.right_subject(quoted, event.verb)).map(|p| (p, false)),
            }
        }
        Tie::Subject => finite(o, unit, events, n),
        Tie::Clause => {
            // `footage of Ito saying`, `a clip of actor Ana Ito saying`
            let before = (low..event.verb).rev().find(|k| !o.adverb(*k));
            if let Some((range, e)) = before.and_then(|k| o.person(k))
                && let Some(of) = o.with_titles(low, range.start).checked_sub(1).filter(|k| *k >= low)
                && matches!(&*o.low(of), "of" | "with" | "from" | "showing" | "shows" | "by")
            {
                // `Secretary of State Ana Ito saying`
                let start = o.office_of(low, range.start).unwrap_or(of + 1);
                return Some((Phrase { head: range.end - 1, items: start..range.end, sort: Sort::Entity(e) }, false));
            }
            // `held up a sign saying “…”`
            let sign = |k: usize| {
                matches!(
                    &*o.low(k),
                    "sign" | "signs" | "poster" | "posters" | "banner" | "banners" | "placard" | "placards" | "hat" | "shirt" | "billboard"
                )
            };
            let first = (low..event.verb).rev().skip(1).take(6).find(|k| is_determiner(&o.low(*k)));
            let one =
                |a: &usize| (*a..event.verb).all(|k| !is_preposition(&o.low(k)) && !is_joint(&o.low(k)) && !o.low(k).ends_with("ing"));
            if let Some(first) = first.filter(one).filter(|_| sign(event.verb - 1) && event.form == Form::Gerund) {
                let head = event.verb - 1;
                return Some((Phrase { items: first..event.verb, head, sort: Sort::Described }, false));
            }
            // `with Ito shouting and asking`
            let joined = n > 0 && event.verb > low && &*o.low(event.verb - 1) == "and" && events[n - 1].tie == Tie::Clause;
            if joined && let Some(found) = speaker(o, unit, events, n - 1) {
                return Some(found);
            }
            if let Some(phrase) = accompanied(o, low, event) {
                return Some((phrase, false));
            }
            if let Some(phrase) = wants_to(o, low, event.verb).or_else(|| of_last_clause(o, low, event)) {
                return Some((phrase, false));
            }
            // The event before in the same clause chain, or else the head of the clause.
            let led = |e: &usize| event.form == Form::Gerund && behind_aside(o, unit, events[*e].verb, event.verb);
            for e in (0..n).rev().filter(|e| matches!(events[*e].tie, Tie::Subject | Tie::Quoted) && !led(e)) {
                match speaker(o, unit, events, e) {
                    Some((p, _)) if !matches!(p.sort, Sort::Relative(_)) || p.items.end + 8 > event.verb => return Some((p, false)),
                    _ => {}
                }
            }
            let subject = o.main_subject(low, event.verb).or_else(|| o.subject_of_all(low, event.verb));
            subject.filter(|p| !is_expletive(o, p)).map(|p| (p, false))
        }
    }
}

/// `It is worth noting that the pier is old`, `it's no lie to say so`: nobody in particular says it.
fn is_expletive(o: &Outline<'_>, phrase: &Phrase) -> bool {
    let next = phrase.items.end;
    let be = next < o.items.len() && (is_be(&o.low(next)) || o.is_possessive(next) || matches!(&*o.low(next), "would" | "might" | "may"));
    phrase.sort == Sort::Pronoun && &*o.low(phrase.head) == "it" && be
}

/// `because they wanted to say`: whoever wants to, in the clause that has the verb.
fn wants_to(o: &Outline<'_>, low: usize, verb: usize) -> Option<Phrase> {
    if verb < low + 3 || &*o.low(verb - 1) != "to" || o.shape(verb - 2) != Shape::Lower || is_preposition(&o.low(verb - 2)) {
        return None;
    }
    const WANT: [&str; 16] = [
        "wanted",
        "wants",
        "tried",
        "tries",
        "hoped",
        "hopes",
        "planned",
        "plans",
        "sought",
        "promised",
        "continued",
        "began",
        "had",
        "has",
        "hastened",
        "decided",
    ];
    let subject = (low..verb - 2).rev().find(|k| !o.adverb(*k)).filter(|_| WANT.contains(&&*o.low(verb - 2)))?;
    if matches!(&*o.low(subject), "he" | "she" | "they") {
        return Some(Phrase { items: subject..subject + 1, head: subject, sort: Sort::Pronoun });
    }
    let (range, e) = o.person(subject).filter(|(range, _)| range.end == subject + 1)?;
    let items = o.with_titles(low, range.start)..range.end;
    Some(Phrase { items, head: subject, sort: Sort::Entity(e) })
}

/// `Ito called for calm, though last week she used stronger words, saying`: the subject of a clause with `but` or `though` right
/// before the comma.
fn of_last_clause(o: &Outline<'_>, low: usize, event: &Event) -> Option<Phrase> {
    let comma = event.verb.checked_sub(1).filter(|k| *k > low && o.text(*k) == "," && event.form == Form::Gerund)?;
    let first = (low..comma).rev().take(24).find(|k| o.text(*k) == "," || o.is_quote(*k))? + 1;
    if !matches!(&*o.low(first), "but" | "though" | "although" | "and" | "yet") {
        return None;
    }
    let small = |k: &usize| is_preposition(&o.low(*k)) || is_determiner(&o.low(*k)) || o.shape(*k) != Shape::Lower || o.adverb(*k);
    let subject = (first + 1..comma).find(|k| matches!(&*o.low(*k), "he" | "she" | "they"))?;
    let opens = subject == first + 1 || small(&(first + 1));
    opens.then(|| Phrase { items: subject..subject + 1, head: subject, sort: Sort::Pronoun })
}

/// `Although he thanked them, he …, saying`: whether `verb` is that of a clause that leads up to the one of the verb at `later`.
fn behind_aside(o: &Outline<'_>, unit: &Unit, verb: usize, later: usize) -> bool {
    o.comma_in(verb, later).is_some() && (verb..later).all(|k| o.text(k) != "(") && leads_to_main_clause(o, unit, verb)
}

/// `with Ito shouting`, `leading Ito to say`: whoever stands between the two.
fn accompanied(o: &Outline<'_>, low: usize, event: &Event) -> Option<Phrase> {
    let opens = |k: usize| match event.form {
        Form::Gerund => matches!(&*o.low(k), "with"),
        _ => matches!(&*o.low(k), "leading" | "led" | "prompting" | "prompted" | "forcing" | "forced" | "causing"),
    };
    let k = (low..event.verb).rev().take(10).find(|k| opens(*k))?;
    let mut last = event.verb - 1;
    while last > k && (o.adverb(last) || &*o.low(last) == "to") {
        last -= 1;
    }
    let open = (k + 1..=last).all(|i| !o.is_quote(i) && (o.shape(i) != Shape::Mark || o.is_possessive(i) || o.text(i) == "-"));
    if last == k || !open || (k + 1..=last).any(|i| o.low(i).verb().is_some_and(|v| v.form == Form::Gerund)) {
        return None;
    }
    o.phrase_in(k + 1, last)
        .filter(|p| super::speaker::is_somebody(o, p) || p.sort == Sort::Described && is_determiner(&o.low(p.items.start)))
}

/// `quoted her as saying`
fn object_pronoun(o: &Outline<'_>, i: usize) -> Option<Phrase> {
    matches!(&*o.low(i), "him" | "her").then(|| Phrase { items: i..i + 1, head: i, sort: Sort::Pronoun })
}

fn finite(o: &Outline<'_>, unit: &Unit, events: &[Event], n: usize) -> Option<(Phrase, bool)> {
    let event = &events[n];
    let (low, end) = (unit.items.start, unit.items.end);
    let v = event.verb;
    let behind_quote = v > low && o.is_quote(v - 1) && !of_a_work(o, low, v - 1)
        || v == low
        || v > low + 1 && matches!(o.text(v - 1), "," | "-" | "--" | "–" | "—") && o.is_quote(v - 2);
    if let Some(p) = o.right_subject(v, end).filter(|_| behind_quote) {
        return Some((p, true));
    }
    let coordinated = v > low && matches!(&*o.low(skip_adverbs(o, low, v)), "and" | "but" | "then" | "or");
    if coordinated {
        let earlier = events[..n].iter().rposition(|e| e.tie == Tie::Subject && o.comma_in(e.verb, v).is_none());
        if let Some(found) = earlier.and_then(|e| speaker(o, unit, events, e)) {
            return Some((found.0, false));
        }
    }
    let left = o.left_subject(low, v);
    // `The bridge is gone, said Ito`: reported words, a comma, the verb, a name.
    let comma = v > low && o.text(v - 1) == ",";
    if comma && event.trust == Trust::Strong {
        let right =
            o.right_subject(v, end).filter(|p| matches!(p.sort, Sort::Entity(_) | Sort::Capitals) || is_determiner(&o.low(p.items.start)));
        let closes = right.as_ref().is_some_and(|p| {
            let next = p.items.end;
            let more = event.form == Form::Past && next < end && (&*o.low(next) == "and" || super::closed::is_relative(&o.low(next)));
            next >= end || more || matches!(o.text(next), "." | "," | "(" | ":") || is_preposition(&o.low(next)) || o.is_here(next)
        });
        // `The report, written in May, said the effects of the storm would last`: a clause behind the verb.
        let clause = right.as_ref().is_some_and(|p| {
            let opens = |k: &usize| o.text(*k) == "," || super::closed::is_relative(&o.low(*k)) || &*o.low(*k) == "that" || o.is_quote(*k);
            p.sort == Sort::Described && left.is_some() && (p.items.end..end).take_while(|k| !opens(k)).any(|k| is_auxiliary(&o.low(k)))
        });
        let object = matches!(&*o.low(v), "told" | "tells" | "tell" | "asked" | "informed" | "asks");
        if closes
            && !clause
            && !object
            && !matches!(left, Some(Phrase { sort: Sort::Entity(_), .. }) if v + 1 < end && o.shape(v + 1) == Shape::Mark)
        {
            let apposed = left.as_ref().is_some_and(|p| {
                matches!(p.sort, Sort::Entity(_) | Sort::Relative(_)) && right.as_ref().is_some_and(|r| r.sort == Sort::Described)
            });
            if !apposed {
                return right.map(|p| (p, true));
            }
        }
    }
    left.map(|p| (p, false))
}

/// The last item before `v` that is no adverb or helper; `low` if there is none.
fn skip_adverbs(o: &Outline<'_>, low: usize, v: usize) -> usize {
    (low..v).rev().find(|k| !(o.adverb(*k) || is_auxiliary(&o.low(*k)))).unwrap_or(low)
}
