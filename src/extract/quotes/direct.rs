//! Which event of its sentence does a quote belong to?
//!
//! A cue right behind the quote wins when the quote leaves its sentence open (`“…,” she said`); else the nearest cue before
//! it, where verbs that report beat verbs that only name; else a cue that closes the sentence.

use super::asides::{in_aside, is_closed, later_clause, leads_in, leads_to_main_clause, outermost};
use super::closed::{
    is_auxiliary, is_calling, is_determiner, is_joint, is_person_noun, is_possessive, is_preposition, is_relative, is_saying_noun,
};
use super::cue::{Form, Trust};
use super::event::{self, Event, Tie};
use super::outline::{Outline, Unit};
use super::phrase::{Phrase, Sort};
use super::speaker::is_somebody;
use super::statement::Rule;
use super::whose;
use super::wordless::{cheered, dash, name_behind, source_before_colon, unknown_verb, without_event};
use super::works::is_title;
use crate::extract::page::Shape;
use std::ops::Range;

#[cfg(test)]
mod tests;

/// The tie between a quote and the words that name its speaker.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// The words that name the speaker.
    pub phrase: Phrase,
    /// Items of the cue, if it is a word.
    pub cue: Option<Range<usize>>,
    /// Number of the event, if there is one.
    pub event: Option<usize>,
    /// How the tie was found.
    pub rule: Rule,
}

/// The words of the quote at item `q`.
pub(super) fn words<'a>(o: &Outline<'a>, q: usize) -> &'a str {
    o.words(q)
}

/// Whether the quote at item `q` has no more than two words, which are often held at arm's length, not said.
pub(super) fn is_short(o: &Outline<'_>, q: usize) -> bool {
    words(o, q).split_whitespace().nth(2).is_none()
}

/// Whether the quote leaves its sentence open: it ends in a comma, a question, a dash.
fn ends_open(o: &Outline<'_>, q: usize) -> bool {
    matches!(words(o, q).chars().next_back(), Some(',' | '?' | '!' | '…' | '-' | '–' | '—' | '.'))
}

/// Finds the tie of the quote at item `q` within its unit; none for the title of a work.
pub(super) fn link(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize) -> Option<Link> {
    let found = any_link(o, unit, events, q)?;
    let writes = |k: usize| matches!(&*o.low(k), "wrote" | "written" | "writes" | "write" | "writing");
    let written = |n: usize| writes(events[n].verb) || writes(q - 1);
    let bare_head = found.rule == Rule::Head && o.shape(q - 1) != Shape::Mark;
    let sign = found.event.is_some_and(|n| matches!(&*o.low(events[n].verb), "read" | "reads" | "reading"))
        && matches!(found.phrase.sort, Sort::Described | Sort::Relative(None));
    let beside = bare_head && !sign && found.event.is_none_or(|n| events[n].trust != Trust::Strong || written(n));
    let slogan = found.rule == Rule::Noun && found.phrase.sort == Sort::Pronoun;
    let loose = beside || slogan || matches!(found.rule, Rule::Fragment | Rule::Named | Rule::Subject | Rule::Same | Rule::Fronted);
    let far = found.event.is_none_or(|n| q.abs_diff(events[n].verb) > 3 && !calls(o, events[n].verb, q));
    if leads_in(o, unit, events, q, &found) {
        return None;
    }
    let scare = far && matches!(found.rule, Rule::Named | Rule::Fronted | Rule::Subject) && is_short(o, q);
    if scare {
        return None;
    }
    if loose && is_title(words(o, q)) { None } else { Some(found) }
}

/// `called the union's demands “fantasy economics”`: between the verb and the quote stands what is called so, and nothing else.
fn calls(o: &Outline<'_>, verb: usize, q: usize) -> bool {
    let object = |k: usize| o.is_possessive(k) || o.shape(k) != Shape::Mark && !is_joint(&o.low(k)) && !is_auxiliary(&o.low(k));
    let calls = is_calling(&o.low(verb)) && verb < q && q - verb <= 9;
    calls && !is_preposition(&o.low(verb + 1)) && !matches!(&*o.low(verb + 1), "out" | "off" | "up") && (verb + 1..q).all(object)
}

fn any_link(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize) -> Option<Link> {
    if let Some(found) = cheered(o, unit, q) {
        return Some(found);
    }
    if let Some(phrase) = source_before_colon(o, unit.items.start, q) {
        return Some(Link { phrase, cue: Some(q - 1..q), event: None, rule: Rule::Head });
    }
    let head = head(o, unit, events, q);
    // `insisted that it was “still the first.” -- Ana Ito`: who signs the article.
    let within = head.as_ref().is_some_and(|h| h.rule == Rule::Fragment) && words(o, q).starts_with(char::is_lowercase);
    if let Some(found) = dash(o, unit, q).filter(|_| !within) {
        return Some(found);
    }
    let tail = tail(o, unit, events, q);
    let comma_behind = q + 1 < unit.items.end && o.text(q + 1) == ",";
    match (tail, head) {
        // `“…,” Ito said: “…”`: the cue belongs to what follows.
        (Some(t), Some(h)) if t.event.is_some_and(|n| events[n].cue.end < unit.items.end && o.text(events[n].cue.end) == ":") => Some(h),
        // `Ito asked Diaz, “Why now?” Diaz replied, “It is late.”`
        (Some(t), Some(h)) if h.rule == Rule::Head && !words(o, q).ends_with(',') && of_the_next(o, unit, events, &t) => Some(h),
        // `… telling her, “You won!” She replied that …`: a new sentence.
        (Some(t), Some(h)) if t.phrase.sort == Sort::Pronoun && o.shape(t.phrase.head) == Shape::Capital && h.rule == Rule::Head => Some(h),
        (Some(_), Some(h)) if in_aside(o, unit, events, q, &h) => Some(h),
        (Some(t), Some(h)) => Some(if ends_open(o, q) || comma_behind && h.rule != Rule::Named { t } else { h }),
        (Some(t), None) => Some(t),
        (None, Some(h)) => Some(h),
        (None, None) => {
            unknown_verb(o, unit, q).or_else(|| fronted(o, unit, events, q)).or_else(|| name_behind(o, unit, q)).or_else(|| {
                match without_event(o, unit, q) {
                    Some(subject) if subject.rule == Rule::Subject => whoever(o, unit, events, q).or(Some(subject)),
                    None => whoever(o, unit, events, q),
                    found => found,
                }
            })
        }
    }
}

/// Whether the cue of `t` leads up to a quote behind it.
fn of_the_next(o: &Outline<'_>, unit: &Unit, events: &[Event], t: &Link) -> bool {
    let Some(end) = t.event.map(|n| events[n].cue.end) else { return false };
    let quote = if end < unit.items.end && matches!(o.text(end), "," | ":") { end + 1 } else { end };
    t.rule == Rule::Tail && quote < unit.items.end && o.is_quote(quote)
}

/// `those who say the pier is “beyond repair”`: nobody in particular, and still whose words they are.
fn whoever(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize) -> Option<Link> {
    let n = events.iter().rposition(|e| e.verb < q && q - e.verb <= 14 && e.trust == Trust::Strong && e.tie == Tie::Subject)?;
    let (phrase, _) = whose::speaker(o, unit, events, n)?;
    let open = (events[n].verb..q).all(|k| !o.is_quote(k) && o.text(k) != ";");
    let nobody = phrase.sort == Sort::Relative(None) && !is_short(o, q);
    (open && nobody).then(|| Link { phrase, cue: Some(events[n].cue.clone()), event: Some(n), rule: Rule::Named })
}

/// A cue right behind the quote.
fn tail(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize) -> Option<Link> {
    let behind = (0..events.len()).filter(|n| events[*n].verb > q);
    behind.take(3).find_map(|n| tail_of(o, unit, events, n, q))
}

/// Event `n` as the cue right behind the quote.
fn tail_of(o: &Outline<'_>, unit: &Unit, events: &[Event], n: usize, q: usize) -> Option<Link> {
    let event = &events[n];
    if event.tie == Tie::Clause || event.tie == Tie::Agent || (q + 1..event.verb).any(|k| o.is_speech(k)) {
        return None;
    }
    if event.trust == Trust::Manner && !ends_open(o, q) {
        return None;
    }
    let (mut phrase, inverted) = whose::speaker(o, unit, events, n)?;
    // `“…,” the mayor and former teacher said`: one person, named by the first of two nouns.
    let start = phrase.items.start;
    if !inverted
        && phrase.sort == Sort::Described
        && start > q + 2
        && &*o.low(start - 1) == "and"
        && is_person_noun(&o.low(start - 2))
        && !is_determiner(&o.low(start))
        && let Some(first) = o.phrase_ending_at(q + 1, start - 2)
    {
        phrase = Phrase { items: first.items.start..phrase.items.end, ..first };
    }
    let agency = || event::quoting(o, q + 1, event.verb).and_then(|v| o.left_subject(q + 1, v)).map(|p| p.items.start);
    let first = match event.tie {
        Tie::Quoted => agency().unwrap_or(phrase.items.start),
        _ if inverted => event.cue.start,
        _ => phrase.items.start,
    };
    // `“…,” described the pier as …`; not `“…,” read a banner`.
    let verb = o.low(event.verb);
    let reads = event.trust == Trust::Strong || matches!(&*verb, "read" | "reads" | "went" | "goes");
    let names_a_thing = inverted && !reads && phrase.sort == Sort::Described && phrase.items.len() > 1 && !is_somebody(o, &phrase);
    if first <= q || names_a_thing {
        return None;
    }
    let free = if inverted {
        (q + 1..first).all(|k| parts(o, k) || o.adverb(k))
    } else {
        // `“…,” her son, Diaz, quoted Ito as saying`: whoever quotes may have an apposition.
        event.tie == Tie::Quoted || leads_up(o, q + 1, first, &phrase)
    };
    let relative = matches!(phrase.sort, Sort::Relative(_));
    // `“write-in” came in solidly red states`: small words right behind a quote that are nobody.
    let first_word = o.low(phrase.items.start);
    let small = phrase.sort == Sort::Described
        && o.shape(phrase.items.start) == Shape::Lower
        && !is_determiner(&first_word)
        && !matches!(&*first_word, "hundreds" | "thousands" | "dozens" | "scores" | "lots" | "someone" | "somebody")
        && !matches!(
            &*o.low(phrase.head),
            "authorities" | "deputies" | "families" | "allies" | "police" | "troops" | "someone" | "somebody"
        )
        && !is_somebody(o, &phrase);
    if small {
        return None;
    }
    (free && !relative && believable(o, &phrase)).then(|| Link {
        phrase,
        cue: Some(event.cue.clone()),
        event: Some(n),
        rule: if inverted { Rule::Inverted } else { Rule::Tail },
    })
}

/// Marks that may stand between a quote and its cue.
fn parts(o: &Outline<'_>, k: usize) -> bool {
    matches!(o.text(k), "," | "-" | "--" | "–" | "—" | "." | "…" | "...")
}

/// Whether between a quote and the words for its speaker there is nothing but what belongs to them: `“…,” retired police chief Ito
/// said`; not `“…,” including parts he said …`, `“…,” a claim Ito said …`.
fn leads_up(o: &Outline<'_>, from: usize, to: usize, phrase: &Phrase) -> bool {
    let mut k = from;
    while k < to
        && (parts(o, k)
            || o.is_possessive(k)
            || matches!(o.text(k), "”" | "\"")
            || o.adverb(k)
            || matches!(&*o.low(k), "as" | "is" | "was" | "how" | "has"))
    {
        k += 1;
    }
    if phrase.sort == Sort::Pronoun {
        return k == to;
    }
    // `“…,” about 200 sailors chanted`
    let count = |i: usize| o.shape(i) == Shape::Number || is_determiner(&o.low(i));
    if k < to && matches!(&*o.low(k), "about" | "around" | "nearly" | "over") && (k + 1 == to || count(k + 1)) {
        k += 1;
    }
    let last = to.saturating_sub(1);
    let said_of = to > k
        && (to == k + 1 || is_determiner(&o.low(k)))
        && (is_saying_noun(&o.low(last)) || matches!(&*o.low(last), "something" | "what"));
    to - k <= 8
        && !said_of
        && &*o.low(k) != "including"
        && (k..to).all(|k| {
            let w = o.low(k);
            let word = o.shape(k) != Shape::Mark || o.is_possessive(k) || matches!(o.text(k), "-" | "." | "&" | "/");
            // `“…,” experts Ito and Diaz wrote`
            let one = k > from && (o.person(k - 1).is_some() || is_person_noun(&o.low(k - 1)));
            // `“…,” Ports and Harbors Secretary Ito said`
            let capital = |i: usize| o.shape(i).is_capital();
            let titled = k > from && capital(k - 1) && capital(k + 1);
            let joins = &*w == "and" && (one || titled || o.text(k - 1) == ",") && (k + 1..to).len() < 5;
            word && !is_preposition(&w)
                && !is_auxiliary(&w)
                && (joins || !is_joint(&w))
                && !is_relative(&w)
                && !matches!(&*w, "he" | "she" | "they" | "it" | "i" | "we")
        })
}

/// Phrases that can speak.
fn believable(o: &Outline<'_>, phrase: &Phrase) -> bool {
    match phrase.sort {
        Sort::Described => {
            let head = o.low(phrase.head);
            let last = phrase.items.end - 1;
            !(head.is_empty() && o.shape(phrase.head) == Shape::Mark) && o.shape(last) != Shape::Mark
        }
        _ => true,
    }
}

/// The nearest cue before the quote.
fn head(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize) -> Option<Link> {
    let mut weak: Option<Link> = None;
    for n in (0..events.len()).rev().filter(|n| events[*n].verb < q) {
        let event = &events[n];
        let gap = q - event.verb;
        let opened = matches!(o.text(q - 1), "," | ":" | "-" | "--" | "–" | "—") || gap == 1;
        // `said that according to its count “…”`: whose report it is has been said.
        let within = event.tie == Tie::According && n > 0 && matches!(&*o.low(event.cue.start.max(1) - 1), "that" | "said" | "says");
        if within && events[n - 1].trust == Trust::Strong || is_closed(o, unit, event.verb, q) || later_clause(o, event.verb, q).is_some() {
            continue;
        }
        let parted = event.trust != Trust::Strong || event.tie == Tie::Agent;
        if parted && o.semicolon_in(event.verb, q).is_some() {
            continue;
        }
        let aside = event.trust != Trust::Strong
            && gap > 2
            && gap <= 25
            && o.comma_in(event.verb + 1, q - 1).is_some()
            && leads_to_main_clause(o, unit, event.verb);
        if aside {
            continue;
        }
        let only_starts = event.form == Form::Gerund && matches!(&*o.low(event.verb.max(1) - 1), "start" | "begin" | "stop" | "keep");
        if event.trust == Trust::Manner && !opened || only_starts || goes_on(o, event.verb, q) {
            continue;
        }
        let Some((phrase, inverted)) = whose::speaker(o, unit, events, n) else { continue };
        // `“…,” Ito said. “…” Diaz`: a cue tied to an earlier quote still governs what follows in its sentence.
        if !believable(o, &phrase) || inverted && event.tie == Tie::Subject && phrase.items.end > q {
            continue;
        }
        let somebody = is_somebody(o, &phrase);
        if !somebody && gap > 2 && matches!(phrase.sort, Sort::Relative(None)) {
            continue; // `lawyers who say`: nobody in particular
        }
        let direct = opened && gap <= 14;
        let rule = match (event.trust, direct) {
            (Trust::Strong, true) => Rule::Head,
            (Trust::Strong, false) => Rule::Fragment,
            (_, true) if gap == 1 || o.text(q - 1) == ":" => Rule::Head,
            _ => Rule::Named,
        };
        let colon = o.text(q - 1) == ":" && gap <= 4; // `Article 33 affirms: “…”`
        let thing = (colon || gap <= 6 && is_thing(o, &phrase)) && !is_short(o, q);
        let link = Link { phrase, cue: Some(event.cue.clone()), event: Some(n), rule };
        // `noting that sailors feel “…”`: what they feel is what somebody says.
        let felt =
            event.trust != Trust::Strong && link.phrase.sort == Sort::Described && &*o.low(link.phrase.items.start.max(1) - 1) == "that";
        if event.trust == Trust::Strong || gap == 1 && somebody && !felt {
            // A verb that only names, between the report and the quote, wins if somebody of its own does it.
            return Some(match weak {
                // `Ito said, “…” as the crowd chanted “…”`: each has its own.
                Some(w) if w.event.is_some_and(|n| (event.verb..events[n].verb).any(|k| o.is_speech(k))) => w,
                Some(w) if wins(events, &w, &link, is_short(o, q)) => w,
                _ => outermost(o, unit, events, link),
            });
        }
        if weak.is_none() && gap <= 25 && (somebody || thing || event.form == Form::Gerund) {
            weak = Some(link);
        }
    }
    weak
}

/// `the bill`, `her plan for the harbor`: what can hold words, and no more than a few words for it.
fn is_thing(o: &Outline<'_>, phrase: &Phrase) -> bool {
    let first = o.low(phrase.items.start);
    let opens = is_possessive(&first) || matches!(&*first, "the" | "a" | "an" | "this" | "these");
    phrase.sort == Sort::Described && opens && phrase.items.len() <= 5
}

/// `will continue “to fight”`, `began “to see”`: what is done, not said.
fn goes_on(o: &Outline<'_>, verb: usize, q: usize) -> bool {
    let w = o.low(verb);
    let begins = ["continu", "beg", "start", "finish"].iter().any(|stem| w.starts_with(stem));
    begins && o.shape(q - 1) != Shape::Mark && words(o, q).starts_with(char::is_lowercase)
}

/// Whether a naming verb near the quote takes it from the reporting verb before.
fn wins(events: &[Event], weak: &Link, strong: &Link, short: bool) -> bool {
    // `said Ito, who thinks it is “late”`: the same person, by the nearer words.
    if matches!((weak.phrase.sort, strong.phrase.sort), (Sort::Relative(Some(one)), Sort::Entity(other)) if one == other) {
        return !short;
    }
    let own = match weak.phrase.sort {
        Sort::Entity(e) | Sort::Relative(Some(e)) => strong.phrase.sort != Sort::Entity(e),
        _ => false,
    };
    let would = weak.event.is_some_and(|n| events[n].form == Form::Base); // `that Ito would discuss it “soon”`
    own && !would && weak.phrase.head != strong.phrase.head
}

/// A cue at the end of the sentence: `The plan was “a mess” from the start, Ito said`.
fn fronted(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize) -> Option<Link> {
    let behind = (0..events.len()).filter(|n| events[*n].verb > q && events[*n].trust == Trust::Strong && events[*n].tie != Tie::Clause);
    behind.take(4).find_map(|n| {
        let event = &events[n];
        let (phrase, inverted) = whose::speaker(o, unit, events, n)?;
        let first = if inverted { event.cue.start } else { phrase.items.start };
        let comma = (q + 1..first).rev().find(|k| o.text(*k) == ",");
        let closes = comma.is_some_and(|k| leads_up(o, k + 1, first, &phrase) && (k + 1..first).all(|i| !is_joint(&o.low(i))))
            || event.tie == Tie::According;
        // A subject that holds the quote (`the man who shot “Bob” said`) is no report of the quote.
        let fits = closes && first > q && !matches!(phrase.sort, Sort::Relative(_)) && believable(o, &phrase);
        fits.then(|| Link { phrase, cue: Some(event.cue.clone()), event: Some(n), rule: Rule::Fronted })
    })
}
