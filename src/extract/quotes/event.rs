//! Where in a sentence something is reported: the verbs that do, leaving out nouns, passives and participles that look alike.

use super::closed::{Word, is_auxiliary, is_be, is_calling, is_determiner, is_possessive, is_preposition, may_report};
use super::cue::{Form, Trust};
use super::outline::{Outline, Unit};
use crate::extract::page::Shape;
use std::ops::Range;

/// A place in a sentence where something is reported.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// The item of the verb.
    pub verb: usize,
    /// The items of the cue.
    pub cue: Range<usize>,
    /// How far the verb can be trusted.
    pub trust: Trust,
    /// Which form the verb has.
    pub form: Form,
    /// Whether it may govern a clause without `that`.
    pub bare: bool,
    /// How the speaker is tied to it.
    pub tie: Tie,
}

/// How a speaker is tied to a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// As its subject.
    Subject,
    /// As the subject of the clause it hangs on: `saying`, `to say`.
    Clause,
    /// Behind `by`: `was told by Ito`.
    Agent,
    /// As the subject of the passive before: `was quoted as saying`.
    Quoted,
    /// Behind `according to`.
    According,
}

/// Appends the events of `unit`, in order.
pub(super) fn find(o: &Outline<'_>, unit: &Unit, events: &mut Vec<Event>) {
    let first = events.len();
    for i in o.reports(&unit.items) {
        let w = o.low(i);
        // A word that turned out to be a name is listed still.
        if !may_report(&w) {
            continue;
        }
        match o.shape(i) {
            Shape::Lower => {}
            Shape::Capital if i == unit.items.start || o.is_quote(i - 1) || matches!(o.text(i), "Tweeted" | "Retweeted") => {}
            _ => continue,
        }
        if &*w == "according" && i + 1 < unit.items.end && &*o.low(i + 1) == "to" {
            events.push(Event { verb: i + 1, cue: i..i + 2, trust: Trust::Strong, form: Form::Past, bare: false, tie: Tie::According });
            continue;
        }
        if i > unit.items.start && goes_with_next(o, unit, i) {
            events.push(Event { verb: i, cue: i..i + 2, trust: Trust::Strong, form: Form::Past, bare: false, tie: Tie::Subject });
            continue;
        }
        // `in the words of Ito`, `per Ito`
        let named = |k: usize| k < unit.items.end && (o.shape(k).is_capital() || is_determiner(&o.low(k)));
        if &*w == "words" && i + 1 < unit.items.end && &*o.low(i + 1) == "of" && named(i + 2) {
            events.push(Event { verb: i + 1, cue: i..i + 2, trust: Trust::Strong, form: Form::Past, bare: false, tie: Tie::According });
            continue;
        }
        let Some(verb) = w.verb() else { continue };
        if o.mention(i).is_some() {
            continue;
        }
        if let Some(tie) = tie(o, unit, i, verb.form) {
            if tie == Tie::Quoted {
                let quoted = quoting(o, unit.items.start, i);
                let own = events[first..].iter().position(|e| Some(e.verb) == quoted);
                own.map(|n| events.remove(first + n)); // the agency only quotes
            }
            events.push(Event { verb: i, cue: i..i + 1, trust: verb.trust, form: verb.form, bare: verb.bare, tie });
        }
    }
}

/// Whether the word at `i` reports with the word behind it: `as Ito put it`, `Ito went on`, `Ito shot back`.
fn goes_with_next(o: &Outline<'_>, unit: &Unit, i: usize) -> bool {
    let w = o.low(i);
    let next = if i + 1 < unit.items.end { o.low(i + 1) } else { w };
    let closes = || i + 2 >= unit.items.end || o.shape(i + 2) == Shape::Mark;
    match &*next {
        "it" => matches!(&*w, "put" | "puts"),
        "on" => matches!(&*w, "went" | "goes") && (closes() || &*o.low(i + 2) == "about"),
        "back" => {
            let shot = matches!(&*w, "shot" | "shoots" | "fired" | "fires" | "hit" | "hits" | "snapped" | "wrote" | "writes" | "called");
            shot && (closes() || is_preposition(&o.low(i + 2)) || o.adverb(i + 2))
        }
        "in" => matches!(&*w, "cut" | "cuts" | "chimed" | "chimes" | "broke" | "jumped" | "butted") && closes(),
        "up" => matches!(&*w, "followed" | "follows") && closes(),
        "out" => matches!(&*w, "shouted" | "called") && closes(),
        _ => false,
    }
}

/// How the verb at `i` is tied to its speaker; `None` if it is no report.
fn tie(o: &Outline<'_>, unit: &Unit, i: usize, form: Form) -> Option<Tie> {
    let low = unit.items.start;
    let before = if i > low { o.low(i - 1) } else { Word::default() };
    let after = if i + 1 < unit.items.end { o.low(i + 1) } else { o.low(i) };
    let noun = matches!(&*before, "the" | "a" | "an" | "this" | "these" | "no" | "any" | "every" | "each")
        || is_possessive(&before)
        || i > low && o.is_possessive(i - 1) && !o.has_done(low, i);
    let report = matches!(form, Form::Gerund | Form::Past) && &*o.low(i) != "reading";
    if &*after == "of" && !report {
        return None;
    }
    if is_particle_verb(o, i, &after) {
        return None;
    }
    match form {
        Form::Gerund if noun => None,
        Form::Gerund => {
            if &*before == "as" && quoting(o, low, i).is_some() || &*before == "quoted" {
                return Some(Tie::Quoted);
            }
            // `Ito can be heard asking`
            let sensed = i > low + 1 && matches!(&*before, "heard" | "seen" | "shown") && is_be(&o.low(i - 2));
            if sensed {
                return Some(Tie::Subject);
            }
            let helped = (low..i).rev().take(3).find(|k| !o.adverb(*k));
            Some(if helped.is_some_and(|k| is_be(&o.low(k)) || matches!(o.text(k), "'s" | "’s" | "'re" | "’re" | "'m" | "’m")) {
                Tie::Subject
            } else {
                Tie::Clause
            })
        }
        Form::Base => base_tie(o, low, i, &before, noun),
        Form::Present => present_tie(o, unit, i, &before, noun),
        Form::Past | Form::Participle => {
            // `when asked`, `as reported`: nobody is said to do it.
            if noun
                || is_preposition(&before)
                || matches!(&*before, "when" | "if" | "while" | "though" | "unless" | "than" | "until")
                || &*before == "once" && !did_once(o, low, i)
            {
                return None;
            }
            let helper = (low..i).rev().take(4).find(|k| !o.adverb(*k) && &*o.low(*k) != "not");
            // `we're told`
            let told = |k: usize| ["'re", "’re", "'m", "’m"].iter().any(|end| o.text(k).ends_with(end));
            let passive = helper.is_some_and(|k| is_be(&o.low(k)) || told(k));
            let by_doing = &*after == "by" && i + 2 < unit.items.end && is_means(&o.low(i + 2));
            // `she said by telephone`
            let active = super::phrase::is_pronoun(&before) || i > low && o.person(i - 1).is_some();
            if passive || &*after == "by" && !by_doing && !active {
                let agent = (i + 1..unit.items.end.min(i + 12)).find(|k| &*o.low(*k) == "by");
                return agent.map(|_| Tie::Agent);
            }
            let never = (low..i).rev().take(3).take_while(|k| o.adverb(*k)).any(|k| &*o.low(k) == "never");
            if never || helper.is_some_and(|k| o.low(k).ends_with("n't") || o.low(k).ends_with("n’t")) {
                return None; // what somebody has not said
            }
            let has = helper.is_some_and(|k| is_auxiliary(&o.low(k)) || o.has_done(low, k + 1));
            if form == Form::Participle && !has { None } else { Some(Tie::Subject) }
        }
    }
}

/// `as Ito once wrote`; not `once reported`.
fn did_once(o: &Outline<'_>, low: usize, i: usize) -> bool {
    i > low + 1 && (o.person(i - 2).is_some() || super::phrase::is_pronoun(&o.low(i - 2)))
}

/// The third person reports with a subject before it, or behind a quote: nouns in the plural look the same.
fn present_tie(o: &Outline<'_>, unit: &Unit, i: usize, before: &Word<'_>, noun: bool) -> Option<Tie> {
    let low = unit.items.start;
    let after = if i + 1 < unit.items.end { o.low(i + 1) } else { o.low(i) };
    // Not `as Ito tweeted, “…,” reports the Post`.
    let quiet = || (low..i - 1).all(|k| o.low(k).verb().is_none());
    // `“…,” notes Ana Ito`, `“…,” states the website`
    let inverted = i > low
        && o.is_quote(i - 1)
        && i + 1 < unit.items.end
        && (o.mention(i + 1).is_some() || named_soon(o, unit, i) || is_determiner(&after) && o.words(i - 1).ends_with(',') && quiet());
    let noun = noun
        || is_preposition(before) && (super::closed::is_noun_too(&o.low(i)) || &**before == "to")
        || is_auxiliary(before)
        || matches!(&*after, "from" | "against" | "about" if &**before != "who")
        // `The special counsels are`, `Rust Belt states that have voted`
        || super::closed::is_noun_too(&o.low(i)) && are_many(o, if &*after == "that" { i + 2 } else { i + 1 }, unit.items.end)
        || i > low && o.text(i - 1) == "," && matches!(&*after, "that" | "with" | "which") && super::closed::is_noun_too(&o.low(i));
    let verb = || match &*o.low(i) {
        "states" => subject_ends_at(o, low, i) && !are_lands(o, low, i),
        _ => subject_ends_at(o, low, i) || &*after == "to" && o.shape(i - 1) == Shape::Lower,
    };
    (!noun && (inverted || !super::closed::is_noun_too(&o.low(i)) || i > low && verb())).then_some(Tie::Subject)
}

/// `other caucus states`, `three states`, `Arab states will`, `states such as Ohio`: whether the `states` at `i` are parts of a country. A
/// body that states something has an article.
fn are_lands(o: &Outline<'_>, low: usize, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|k| *k >= low) else { return false };
    let of_body = super::closed::is_body(&o.low(before));
    let article = (low..before).rev().take(4).any(|k| matches!(&*o.low(k), "the" | "a" | "this" | "its" | "our" | "their"));
    let next = if i + 1 < o.items.len() { o.low(i + 1) } else { Word::default() };
    // What many do, or which they are.
    let many = is_auxiliary(&next) || matches!(&*next, "such" | "like" | "and" | "or" | "with" | "where") || next.ends_with("ed");
    of_body && !article || many || matches!(&*o.low(before), "one" | "both") || crate::extract::names::is_for_people(o.text(before))
}

/// `“…,” reports Gallup analyst Ana Ito`: a name behind the verb at `i` and what somebody is.
fn named_soon(o: &Outline<'_>, unit: &Unit, i: usize) -> bool {
    let plain = |k: &usize| o.shape(*k).is_capital() || super::closed::is_person_noun(&o.low(*k));
    let name = (i + 1..unit.items.end.min(i + 6)).find(|k| o.person(*k).is_some());
    o.words(i - 1).ends_with(',') && name.is_some_and(|name| (i + 1..name).all(|k| plain(&k)))
}

/// Whether the verb at `i` is one of many things: what stands before it is no verb then.
fn are_many(o: &Outline<'_>, i: usize, end: usize) -> bool {
    i < end && matches!(&*o.low(i), "are" | "were" | "have")
}

/// `called off the vote`, `related to that leak`: a verb that reports nothing with the word behind it.
fn is_particle_verb(o: &Outline<'_>, i: usize, after: &str) -> bool {
    // `the storm claimed the lives of two`
    let lives = |k: usize| matches!(&*o.low(k), "life" | "lives" | "victims");
    let takes = matches!(&*o.low(i), "claim" | "claims" | "claimed" | "claiming") && (i + 1..o.items.len().min(i + 5)).any(lives);
    // `started that debate`
    let begins = matches!(&*o.low(i), "start" | "starts" | "started" | "begin" | "begins" | "began") && after == "that";
    takes
        || begins
        || is_calling(&o.low(i)) && matches!(after, "off" | "up")
        || &*o.low(i) == "related" && matches!(after, "to" | "costs" | "issues")
}

/// Whether what follows `by` is no agent: `by doing so`, `by telephone`.
fn is_means(w: &str) -> bool {
    w.ends_with("ing") || matches!(w, "phone" | "telephone" | "email" | "e-mail" | "text" | "video" | "satellite" | "fax" | "way")
}

/// The `quoted` of a `quoted … as saying` whose `saying` stands at `i`.
pub(super) fn quoting(o: &Outline<'_>, low: usize, i: usize) -> Option<usize> {
    (low..i).rev().take(12).find(|k| matches!(&*o.low(*k), "quoted" | "cited" | "reported" | "heard" | "quotes" | "cites"))
}

/// Whether something that can be a subject ends right before the verb at `i`.
fn subject_ends_at(o: &Outline<'_>, low: usize, i: usize) -> bool {
    let Some(k) = (low..i).rev().find(|k| !o.adverb(*k)) else { return false };
    let w = o.low(k);
    match o.shape(k) {
        Shape::Capital | Shape::Upper => true,
        Shape::Lower => {
            super::closed::is_person_noun(&w)
                || super::closed::is_body(&w)
                || super::closed::is_paper(&w)
                || matches!(&*w, "he" | "she" | "it" | "who" | "which" | "that" | "one")
        }
        Shape::Mark => matches!(o.text(k), "," | ")" | "—" | "–" | "--"),
        Shape::Number => false,
    }
}

/// The plain form reports after `to` and helpers, and with a plural subject.
fn base_tie(o: &Outline<'_>, low: usize, i: usize, before: &str, noun: bool) -> Option<Tie> {
    if noun || i == low {
        return None;
    }
    // `“…,” say Ana Ito and Bo Dahl`
    let behind = i + 1 < o.items.len() && (o.mention(i + 1).is_some() || is_determiner(&o.low(i + 1)) || o.shape(i + 1) == Shape::Capital);
    if behind && o.is_speech(i - 1) && matches!(&*o.low(i), "say" | "write" | "argue" | "ask" | "agree") {
        return Some(Tie::Subject);
    }
    if before == "to" {
        return Some(Tie::Clause);
    }
    let k = (low..i).rev().take(4).find(|k| !o.adverb(*k));
    // `The two lawmakers, however, argue`
    let aside = k
        .filter(|k| o.text(*k) == "," && *k >= low + 3 && o.text(*k - 2) == "," && matches!(&*o.low(*k - 1), "however" | "though" | "too"));
    let k = aside.map(|k| k - 3).or(k)?;
    let w = o.low(k);
    let plural = matches!(
        &*w,
        "they" | "we" | "i" | "you" | "who" | "people" | "some" | "many" | "others" | "two" | "three" | "four" | "both" | "pair"
    ) || o.shape(k) == Shape::Lower && w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") && !is_preposition(&w)
        || matches!(&*w, "democrats" | "republicans")
        || o.shape(k) == Shape::Capital && w.len() > 4 && w.ends_with('s') && k > low && &*o.low(k - 1) == "the" && o.person(k).is_none();
    // `Ito and Diaz say`
    // `The authors, Ana Ito and Bo Dahl, say`
    let name = if o.text(k) == "," && k > low { k - 1 } else { k };
    let pair = o.mention(name).is_some_and(|(r, _)| (low..r.start).rev().take(4).any(|j| &*o.low(j) == "and"));
    // `Analysts at the Harbor Council say`
    let many = || {
        let start = o.mention(k).map(|(r, _)| r.start)?;
        let noun = start.checked_sub(2).filter(|n| *n >= low && is_preposition(&o.low(start - 1)))?;
        o.low(noun).singular().filter(super::closed::is_person_noun).map(|_| ())
    };
    (plural || many().is_some() || pair || is_auxiliary(&w) && !is_be(&w)).then_some(Tie::Subject)
}
