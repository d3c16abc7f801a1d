//! Clauses around a quote that is said in another: those that lead up to it (`When Ito said the pier was “gone,” the crowd cheered`),
//! are over before it, stand between two parts of it, or hold the one it stands in.

use super::closed::{
    is_auxiliary, is_be, is_body, is_determiner, is_joint, is_past, is_person_noun, is_possessive, is_preposition, is_present, is_relative,
    is_service,
};
use super::cue::{Form, Trust};
use super::direct::{Link, link, words};
use super::event::{Event, Tie};
use super::outline::{Outline, Unit};
use super::phrase::{Phrase, Sort, is_pronoun};
use super::speaker::is_somebody;
use super::statement::Rule;
use super::whose;
use crate::extract::page::Shape;
use std::ops::Range;

/// `With its plan for an “open pier,” Ito noted that many would come`: a few words of what leads up to a clause with words of its own.
pub(super) fn leads_in(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize, found: &Link) -> bool {
    let low = unit.items.start;
    let few = words(o, q).split_whitespace().nth(4).is_none() && !words(o, q).starts_with(char::is_uppercase);
    let Some(event) = found.event.map(|n| &events[n]).filter(|_| found.rule == Rule::Tail && few && q > low + 1) else { return false };
    let opens = super::closed::opens_aside(&o.low(low)) && !events.iter().any(|e| e.verb < q && e.trust == Trust::Strong);
    let plain = (low..q).all(|k| o.text(k) != "," && !is_auxiliary(&o.low(k)) && !super::phrase::is_pronoun(&o.low(k)));
    let next = event.cue.end;
    let end = unit.items.end;
    let that = (next..end.min(next + 9)).any(|k| &*o.low(k) == "that");
    let object = next < end && o.shape(next) != Shape::Mark && !is_preposition(&o.low(next)) && !o.adverb(next) && !is_joint(&o.low(next));
    opens && plain && (that || object)
}

/// `When Ito said the pier was “gone,” the crowd cheered`: the quote ends a clause that leads up to the next, and has its own cue.
pub(super) fn in_aside(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize, h: &Link) -> bool {
    let Some(event) = h.event.map(|n| &events[n]) else { return false };
    event.trust == Trust::Strong
        && leads_to_main_clause(o, unit, event.verb)
        && h.phrase.items.start > o.clause_start(unit.items.start, event.verb)
        && o.comma_in(event.verb, q).is_none()
        && (words(o, q).ends_with(',') || q + 1 < unit.items.end && matches!(o.text(q + 1), "-" | "--" | "–" | "—"))
}

/// Whether the verb at item `verb` is that of a clause that leads up to the main clause: `When Ito said`, not `When he came, Ito said`.
pub(super) fn leads_to_main_clause(o: &Outline<'_>, unit: &Unit, verb: usize) -> bool {
    let from = o.clause_start(unit.items.start, verb);
    const LEADS: [&str; 12] = ["but", "and", "even", "yet", "so", "just", "only", "shortly", "soon", "hours", "days", "weeks"];
    let first = from + (from..verb).take_while(|k| LEADS.contains(&&*o.low(*k))).count();
    let opens = matches!(&*o.low(first), "when" | "as" | "although" | "though" | "while" | "after" | "because" | "since");
    opens && o.comma_in(first, verb).is_none()
}

/// `said that in talks with voters`, `that if they win`, `that Ana Ito`: whether what stands before a comma only opens a clause, which goes on
/// behind it.
pub(super) fn opens_only(o: &Outline<'_>, items: Range<usize>) -> bool {
    let Some(that) = items.clone().take(14).find(|k| &*o.low(*k) == "that") else { return false };
    let rest = that + 1..items.end;
    let first = o.low(that + 1);
    let opening = is_preposition(&first) || matches!(&*first, "if" | "when" | "because" | "while" | "although" | "unless" | "once" | "as");
    let named = !rest.is_empty() && rest.len() <= 5 && rest.into_iter().all(|k| o.shape(k).is_capital());
    (opening || named) && o.comma_in(that + 1, items.end).is_none()
}

/// Whether a clause with a verb of its own stands in `items` between commas: not only `In a long talk with the Post`, `Though the mayor had
/// come`, `Ana Ito, a Republican who had run before`. A participle alone is no proof where `behind` tells that a clause follows.
pub(super) fn holds_clause(o: &Outline<'_>, items: &Range<usize>, behind: bool) -> bool {
    let mut start = items.start;
    for k in items.clone() {
        let last = k + 1 == items.end;
        if o.text(k) == "," || last || o.is_quote(k) && o.words(k).ends_with(',') {
            let chunk = start..k + usize::from(o.text(k) != ",");
            if is_main_clause(o, chunk, start > items.start, behind) {
                return true;
            }
            start = k + 1;
        }
    }
    false
}

/// Whether the words between two commas are a clause that hangs on no other, or the rest of one: `the pier, a wooden one, fell`.
fn is_main_clause(o: &Outline<'_>, chunk: Range<usize>, rest: bool, behind: bool) -> bool {
    let leads = |k: &usize| matches!(&*o.low(*k), "and" | "but" | "then" | "yet" | "so" | "or" | "that") || o.shape(*k) == Shape::Mark;
    let a = chunk.start + chunk.clone().take_while(leads).count();
    if a >= chunk.end {
        return false;
    }
    let first = o.low(a);
    let aside = is_preposition(&first);
    if is_relative(&first) || is_joint(&first) && &*first != "what" && &*first != "how" {
        return false;
    }
    // What a relative clause needs for a verb.
    let mut needed = 1;
    for k in a..chunk.end {
        let w = o.low(k);
        let behind_noun = k > a && o.shape(k - 1) != Shape::Mark && !is_preposition(&o.low(k - 1));
        if k > a && (is_relative(&w) || &*w == "that" && behind_noun && !(k + 1 < chunk.end && is_be(&o.low(k + 1)))) {
            needed += 1;
        } else if governs(o, &chunk, k, k > a || rest, behind && aside) {
            needed -= 1;
            if needed == 0 {
                return true;
            }
        }
    }
    false
}

/// Whether item `k` may be the verb of its clause, or a pronoun that is its subject; `inside` tells whether a subject may stand before it.
/// Participles are none where a clause follows and a preposition leads.
fn governs(o: &Outline<'_>, chunk: &Range<usize>, k: usize, inside: bool, no_participle: bool) -> bool {
    let w = o.low(k);
    let before = if k > chunk.start { o.low(k - 1) } else { o.low(k) };
    let short =
        matches!(o.text(k), "'s" | "’s" | "'re" | "’re" | "'m" | "’m") && matches!(&*before, "that" | "there" | "this" | "what" | "here");
    let pronoun = matches!(&*w, "he" | "she" | "they" | "we" | "i" | "it" | "you");
    let helps = is_auxiliary(&w) && !matches!(&*w, "be" | "been" | "being" | "not" | "having") || w.ends_with("n't") || w.ends_with("n’t");
    if short || pronoun || helps || is_past(&w) || w.verb().is_some_and(|v| v.form == Form::Past && !w.ends_with("ed")) {
        return true;
    }
    if o.shape(k) != Shape::Lower || !inside {
        return false;
    }
    if w.len() > 3 && w.ends_with("ed") && !matches!(&*w, "need" | "indeed" | "speed" | "breed" | "seed" | "feed" | "greed" | "hundred") {
        // `the pier, a wooden one, collapsed in May`; not `in a long, heated talk`
        let next = (k + 1 < chunk.end).then(|| o.low(k + 1));
        let verb = next.is_some_and(|n| is_determiner(&n) || is_preposition(&n) || o.shape(k + 1) != Shape::Lower);
        return !no_participle && (k > chunk.start || verb);
    }
    let many = before.len() > 2 && before.ends_with('s') && !is_possessive(&before) && !before.ends_with("ss")
        || matches!(
            &*before,
            "people" | "percent" | "men" | "women" | "children" | "police" | "most" | "many" | "some" | "both" | "half" | "all"
        )
        || o.adverb(k - 1);
    if many && (is_present(&w) || w.verb().is_some_and(|v| v.form == Form::Base)) {
        return true;
    }
    // `the plan costs the town`: not `three states`, `weeks after`, `other plans,`
    let time = matches!(
        &*w,
        "days" | "weeks" | "months" | "years" | "hours" | "minutes" | "times" | "ones" | "this" | "its" | "his" | "as" | "us"
    );
    let noun = is_determiner(&before) && !matches!(&*before, "this" | "that" | "each" | "one")
        || is_preposition(&before)
        || o.is_possessive(k - 1)
        || o.shape(k - 1) == Shape::Number;
    let goes_on = k + 1 < chunk.end && !matches!(&*o.low(k + 1), "of" | "and" | "or" | "who" | "that");
    let reports = w.verb().is_some_and(|v| v.form == Form::Present);
    w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") && !time && !noun && (goes_on || reports) && !is_preposition(&w) && !o.adverb(k)
}

/// `the plan, which some have argued was late, was a “mess”`: whether the verb is that of a clause between commas that is over
/// before the quote.
pub(super) fn is_closed(o: &Outline<'_>, unit: &Unit, verb: usize, q: usize) -> bool {
    let Some(comma) = o.comma_in(verb + 1, q) else { return false };
    let closes = comma + 2 < q && (is_be(&o.low(comma + 1)) || matches!(&*o.low(comma + 1), "has" | "have" | "had"));
    let opens = |k: &usize| is_relative(&o.low(*k)) && *k > unit.items.start && o.text(k - 1) == ",";
    closes && (unit.items.start..verb).rev().take(14).take_while(|k| o.text(*k) != ",").any(|k| opens(&k))
}

/// `Ito said both were late, but she had one hope: “…”`: the subject of the clause between the verb and the colon before the quote.
pub(super) fn later_clause(o: &Outline<'_>, verb: usize, q: usize) -> Option<Phrase> {
    if q <= verb + 3 || o.text(q - 1) != ":" {
        return None;
    }
    let ends = |k: usize| o.text(k) == "," || o.is_quote(k) && o.words(k).ends_with(',');
    let joint = (verb + 1..q).rev().find(|k| ends(*k) && matches!(&*o.low(k + 1), "but" | "and" | "yet"))? + 1;
    if matches!(&*o.low(joint + 1), "he" | "she" | "they") {
        return Some(Phrase { items: joint + 1..joint + 2, head: joint + 1, sort: Sort::Pronoun });
    }
    let phrase = o.leading_phrase(joint + 1, q - 1)?;
    let person = matches!(phrase.sort, Sort::Entity(_)) && o.person(phrase.head).is_some();
    (person && phrase.items.end < q - 1 && o.shape(phrase.items.end) == Shape::Lower).then_some(phrase)
}

/// `“I think the pier” -- and the town with it -- “will fall,” he said`, `“In the pier,” a wooden one, “there was a hole,” he said`: whether
/// the quote that begins the unit goes on behind dashes or commas.
pub(super) fn is_broken_off(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize) -> bool {
    let is_dash = |k: usize| matches!(o.text(k), "-" | "--" | "–" | "—");
    let end = unit.items.end;
    if q > unit.items.start || q + 3 >= end {
        return false;
    }
    let comma = words(o, q).ends_with(',') && is_determiner(&o.low(q + 1));
    if !comma && (!is_dash(q + 1) || words(o, q).ends_with(|c: char| c.is_ascii_punctuation())) {
        return false;
    }
    let next = (q + 2..end).find(|k| o.is_quote(*k));
    let closed = |k: usize| if comma { o.text(k - 1) == "," } else { is_dash(k - 1) };
    let next = next.filter(|k| closed(*k) && words(o, *k).starts_with(char::is_lowercase) && words(o, *k).ends_with([',', '?', '!']));
    let own = |k: usize| comma && events.iter().any(|e| (q..k).contains(&e.verb));
    let tied = next.filter(|k| !own(*k)).and_then(|k| link(o, unit, events, k));
    tied.is_some_and(|link| matches!(link.rule, Rule::Tail | Rule::Inverted))
}

/// `Ito said she recalled thinking “…”`: the report that holds the others, whose subject is a name.
pub(super) fn outermost(o: &Outline<'_>, unit: &Unit, events: &[Event], link: Link) -> Link {
    // `Ito warned that the council would respond by “…”`: what may come has not been said.
    let may = |k: usize| matches!(&*o.low(k), "would" | "will" | "could" | "might");
    let may = |n: usize| (unit.items.start..events[n].verb).rev().take(2).any(may);
    if link.phrase.sort != Sort::Pronoun && !link.event.is_some_and(may) {
        return link;
    }
    let head = link.phrase.head;
    let before = events
        .iter()
        .rposition(|e| e.verb < head && head - e.verb <= 14 && e.trust == Trust::Strong && matches!(e.tie, Tie::Subject | Tie::Clause));
    let Some(n) = before else { return link };
    // Further off, only what stands in a clause with `that`.
    let that = (events[n].verb + 1..head).any(|k| &*o.low(k) == "that");
    let bound = |k: usize| match o.shape(k) {
        Shape::Mark => that && o.text(k) == ",",
        _ => !matches!(&*o.low(k), "and" | "but" | "which" | "who" | "although" | "though" | "while" | "because"),
    };
    // `Although Ito affirmed that it was gone, she said “…”`
    let behind_aside = o.text(head - 1) == "," && leads_to_main_clause(o, unit, events[n].verb);
    let open = !behind_aside && (that || head - events[n].verb <= 4) && (events[n].verb + 1..head).all(|k| !o.is_quote(k) && bound(k));
    match whose::speaker(o, unit, events, n) {
        Some((phrase, false)) if open && is_somebody(o, &phrase) => {
            outermost(o, unit, events, Link { phrase, cue: Some(events[n].cue.clone()), event: Some(n), rule: link.rule })
        }
        _ => link,
    }
}

impl Outline<'_> {
    /// Whether the small word at `k` hangs a name behind it on the noun before: `of`; not the `after` that opens a clause.
    pub(super) fn hangs_on(&self, k: usize) -> bool {
        let serves = || k > 0 && is_service(&self.low(k)) && self.shape(k - 1) == Shape::Lower && !is_preposition(&self.low(k - 1));
        is_preposition(&self.low(k)) && !self.opens_subject(k) || serves()
    }

    /// Where what belongs to the verb at `verb` begins: helpers, adverbs, times.
    pub(super) fn behind_subject(&self, low: usize, verb: usize) -> usize {
        let mut i = verb;
        while i > low {
            let w = self.low(i - 1);
            let sensed = i > low + 1 && matches!(&*w, "heard" | "seen" | "shown") && is_auxiliary(&self.low(i - 2));
            // `the mayor on Monday said`
            let day =
                i < verb && matches!(&*w, "on" | "late" | "early") && (self.adverb(i) || matches!(&*self.low(i), "on" | "late" | "early"));
            let time = self.time_before(low, i);
            if time > 0 {
                i -= time;
            } else if self.adverb(i - 1)
                || is_auxiliary(&w)
                || matches!(&*w, "more" | "most") && i < verb && self.adverb(i)
                || sensed
                || day && i > low + 1
                || self.has_done(low, i)
            {
                i -= 1;
            } else {
                break;
            }
        }
        i
    }

    /// Whether the word at `k` opens a clause, so that its subject stands behind: `fell after the council said`, `as Ito put it`,
    /// `claiming the network said`.
    pub(super) fn opens_subject(&self, k: usize) -> bool {
        let w = self.low(k);
        let behind = |i: usize| self.mention(i).is_some() || is_determiner(&self.low(i)) && !matches!(&*self.low(i), "a" | "an");
        match &*w {
            "after" | "before" | "until" | "since" => !self.follows_subject(k),
            "as" => behind(k + 1) && !matches!(&*self.low(k.saturating_sub(1)), "such" | "known" | "well" | "described" | "regarded"),
            // `at which point the crowd chanted`
            "point" | "then" | "time" | "moment" | "now" => &*self.low(k + 1) == "the",
            _ => self.shape(k) == Shape::Lower && w.verb().is_some_and(|v| v.bare) && is_determiner(&self.low(k + 1)),
        }
    }

    /// `The ministry shortly after the storm said`: whether what stands before the small word at `k` is a name or a noun for who
    /// speaks, and no verb, so that it opens no clause.
    fn follows_subject(&self, k: usize) -> bool {
        const HOW_LONG: [&str; 8] = ["shortly", "soon", "immediately", "hours", "minutes", "days", "weeks", "months"];
        let time = k > 0 && HOW_LONG.contains(&&*self.low(k - 1));
        let Some(last) = (k - usize::from(time)).checked_sub(1) else { return false };
        let noun = is_person_noun(&self.low(last)) || is_body(&self.low(last)) || self.mention(last).is_some();
        let opens = |i: &usize| !matches!(self.text(*i), "." | "," | ":" | ";") && !self.is_quote(*i);
        let from = (0..=last).rev().take(10).take_while(opens).last().unwrap_or(last);
        // `Ito beat the mayor days after Diaz said`: a second noun phrase, and so a verb before it.
        let second = |i: usize| is_determiner(&self.low(i)) || self.starts_mention(i);
        let verb =
            |i: usize| self.low(i).verb().is_some() || is_auxiliary(&self.low(i)) || is_pronoun(&self.low(i)) || is_joint(&self.low(i));
        let one = !(from + 1..=last).any(|i| second(i) && !(is_determiner(&self.low(i - 1)) && i == from + 1));
        time && noun && one && !(from..last).any(verb)
    }
}

/// The comma that closes what is said of the speaker behind the one at `comma`: `According to Ito, a lawyer in Oslo, the bridge is safe`.
pub(super) fn behind_aside(o: &Outline<'_>, comma: usize, end: usize) -> Option<usize> {
    let close = (comma + 2..end.min(comma + 16)).find(|k| o.text(*k) == ",").filter(|k| k + 3 < end)?;
    let opens = o.low(comma + 1);
    let relative = matches!(&*opens, "who" | "which" | "whose");
    let mut words = (comma + 2..close).take_while(|k| !is_preposition(&o.low(*k)) && !is_relative(&o.low(*k)));
    let noun = matches!(&*opens, "a" | "an" | "the") && words.any(|k| is_person_noun(&o.low(k)) || is_body(&o.low(k)));
    let verb = (comma + 2..close).any(|k| is_auxiliary(&o.low(k)));
    (relative || noun && !verb).then_some(close)
}

/// `The pier is old, but according to Ito, it is safe`: what Ito says stands behind.
pub(super) fn turns(o: &Outline<'_>, unit: &Unit, cue: &Range<usize>, phrase: &Phrase) -> bool {
    let before = (unit.items.start..cue.start).rev().find(|k| o.text(*k) != ",");
    let joint = before.is_some_and(|k| matches!(&*o.low(k), "and" | "but" | "though" | "although" | "because" | "while" | "yet"));
    joint && phrase.items.end < unit.items.end && o.text(phrase.items.end) == ","
}

/// The stretches of `items` outside quotes that hold words, as bytes.
pub(super) fn outside(o: &Outline<'_>, items: Range<usize>, unit: &Unit) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let end = items.end.min(unit.items.end);
    let mut start = items.start;
    for i in items.start..=end {
        if i == end || o.is_quote(i) {
            let (mut a, mut z) = (start, i);
            while a < z && o.shape(a) == Shape::Mark {
                a += 1;
            }
            while z > a && matches!(o.text(z - 1), "," | "." | ":" | ";") {
                z -= 1;
            }
            if a < z {
                all.push(o.start(a)..o.end(z - 1));
            }
            start = i + 1;
        }
    }
    all
}
