//! Who speaks where no reporting verb stands: behind a dash, before a colon, as the owner of a noun for something said, as the
//! subject of the sentence, or before a verb nobody lists.

use super::asides::later_clause;
use super::closed::{is_auxiliary, is_determiner, is_joint, is_paper, is_person_noun, is_possessive, is_preposition, is_saying_noun};
use super::cue::Form;
use super::direct::{Link, is_short, words};
use super::outline::{Outline, Unit};
use super::phrase::{Phrase, Sort};
use super::speaker::is_somebody;
use super::statement::Rule;
use crate::extract::names::is_furniture;
use crate::extract::page::Shape;

/// `“…” — Ana Ito`
pub(super) fn dash(o: &Outline<'_>, unit: &Unit, q: usize) -> Option<Link> {
    let d = q + 1;
    let phrase = name_behind_dash(o, d, unit.items.end).or_else(|| told_behind_dash(o, q, unit.items.end))?;
    // `“… will come.” - Reuters`: who sent the article.
    let last = &o.page.body[o.start(phrase.items.start)..o.end(phrase.head)];
    if matches!(last, "Reuters" | "AP" | "AFP" | "UPI" | "DPA" | "dpa" | "ANI" | "PTI" | "Bernama" | "Xinhua" | "TASS" | "Kyodo" | "Yonhap")
    {
        return None;
    }
    Some(Link { phrase, cue: Some(d..d + 1), event: None, rule: Rule::Dash })
}

/// `“… for years.” — Ana Ito to the Harbor Post`: the name behind a dash and to whom or where it was said, behind a whole sentence.
fn told_behind_dash(o: &Outline<'_>, q: usize, end: usize) -> Option<Phrase> {
    let (d, whole) = (q + 1, matches!(words(o, q).chars().next_back(), Some('.' | '!' | '?')));
    if d + 2 >= end || !whole || !matches!(o.text(d), "--" | "–" | "—" | "―") {
        return None;
    }
    let (range, e) = o.person(d + 1).filter(|(range, _)| range.start == d + 1 && range.end < end)?;
    let told = matches!(&*o.low(range.end), "to" | "on" | "in" | "at" | "during" | "via");
    let verb = (range.end..end).any(|k| o.shape(k) == Shape::Lower && (is_auxiliary(&o.low(k)) || o.low(k).verb().is_some()));
    (told && !verb).then(|| Phrase { head: range.end - 1, items: range, sort: Sort::Entity(e) })
}

/// The name on a line of its own that signs the quote above: `— Ana Ito, Oslo`.
pub(super) fn signature(o: &Outline<'_>, unit: &Unit) -> Option<Phrase> {
    let dashed = name_behind_dash(o, unit.items.start, unit.items.end).or_else(|| described_behind_dash(o, unit));
    dashed.or_else(|| signed(o, unit).filter(|_| unit.items.len() <= 16))
}

/// `— Former Gov. Ana Ito, on “Harbor Sunday,” when asked about the pier`: whom a line names that begins with a dash.
fn described_behind_dash(o: &Outline<'_>, unit: &Unit) -> Option<Phrase> {
    let first = unit.items.start + 1;
    if first >= unit.items.end || !matches!(o.text(first - 1), "--" | "–" | "—" | "―") {
        return None;
    }
    let named = (first..unit.items.end.min(first + 12)).find_map(|k| o.person(k))?;
    let (name, e) = named;
    let stop = name.end >= unit.items.end
        || matches!(o.text(name.end), "," | "." | "(")
        || is_preposition(&o.low(name.end))
        || o.is_quote(name.end);
    (stop && titles_only(o, first, name.start)).then(|| Phrase { head: name.end - 1, items: name, sort: Sort::Entity(e) })
}

/// `Ana Ito, The Harbor Post`, `Editorial Board, The Harbor Post`: a line of capitals and commas without a stop.
fn signed(o: &Outline<'_>, unit: &Unit) -> Option<Phrase> {
    let items = unit.items.clone();
    let small = |k: usize| matches!(o.text(k), "," | "&" | "-" | "'s" | "’s" | "the" | "of" | "and" | "for" | "at" | "in");
    let capital = |k: usize| o.shape(k).is_capital();
    let comma = items.clone().find(|k| o.text(*k) == ",")?;
    if comma + 1 >= items.end || !items.clone().all(|k| capital(k) || small(k)) || !capital(items.end - 1) {
        return None;
    }
    if let Some((range, e)) = o.person(items.start).filter(|(range, _)| range.end == comma) {
        return Some(Phrase { head: range.end - 1, items: range, sort: Sort::Entity(e) });
    }
    let (range, e) = o.mention(items.end - 1).filter(|_| matches!(o.text(items.start), "Editorial" | "Editors" | "Editor"))?;
    Some(Phrase { head: range.end - 1, items: range, sort: Sort::Entity(e) })
}

fn name_behind_dash(o: &Outline<'_>, d: usize, end: usize) -> Option<Phrase> {
    if d + 1 >= end || !matches!(o.text(d), "-" | "--" | "–" | "—" | "―" | "~") {
        return None;
    }
    let a = d + 1;
    let stop = (a..end).find(|k| matches!(o.text(*k), "," | "." | "(") || o.is_quote(*k)).unwrap_or(end);
    let of_name =
        |k: usize| o.shape(k).is_capital() || o.mention(k).is_some() || matches!(o.text(k), "de" | "van" | "von" | "-" | "’" | "'");
    if stop == a || stop - a > 7 || !(a..stop).all(of_name) {
        return None;
    }
    let sort = match o.mention(stop - 1).or_else(|| o.mention(a)) {
        Some((_, e)) => Sort::Entity(e),
        None => Sort::Capitals,
    };
    Some(Phrase { items: a..stop, head: stop - 1, sort })
}

/// A name and a verb that is no reporting verb, behind a quote that leaves its sentence open: `“…,” Ito began`.
pub(super) fn unknown_verb(o: &Outline<'_>, unit: &Unit, q: usize) -> Option<Link> {
    let a = q + 1;
    if a + 1 >= unit.items.end || !matches!(words(o, q).chars().next_back(), Some(',' | '?' | '!')) {
        return None;
    }
    let w = o.low(a);
    // `“…,” remembered Ito, a teacher`
    if o.shape(a) == Shape::Lower
        && w.ends_with("ed")
        && let Some(phrase) = o.right_subject(a, unit.items.end).filter(|p| matches!(p.sort, Sort::Entity(_)))
    {
        return Some(Link { phrase, cue: Some(a..a + 1), event: None, rule: Rule::Colon });
    }
    let phrase = if matches!(&*w, "he" | "she" | "they" | "i" | "we") {
        Phrase { items: a..a + 1, head: a, sort: Sort::Pronoun }
    } else if o.shape(a) == Shape::Mark || is_preposition(&w) || is_joint(&w) {
        return None;
    } else {
        o.leading_phrase(a, unit.items.end)?
    };
    let verb = phrase.items.end;
    // `After saying her foot was “so swollen,” she was brought …`
    let speaks_before = (unit.items.start..q).any(|k| o.low(k).verb().is_some_and(|v| v.form == Form::Gerund));
    let past = verb < unit.items.end
        && o.shape(verb) == Shape::Lower
        && (!is_auxiliary(&o.low(verb)) || speaks_before)
        && (o.low(verb).ends_with("ed") || o.low(verb).ends_with('s'));
    // `“…,” Ito faced down the crowd`: a verb with an object.
    let object = verb + 1 < unit.items.end
        && o.shape(verb + 1) == Shape::Lower
        && !is_preposition(&o.low(verb + 1))
        && !o.adverb(verb + 1)
        && !is_joint(&o.low(verb + 1))
        && !matches!(&*o.low(verb + 1), "at" | "his" | "her" | "their" | "its" | "off" | "up" | "out" | "back" | "on" | "away");
    let past = past && (!object || speaks_before);
    (past && phrase.items.start == a && is_somebody(o, &phrase)).then(|| Link {
        phrase,
        cue: Some(verb..verb + 1),
        event: None,
        rule: Rule::Colon,
    })
}

/// `“…,” Ana Ito, a spokeswoman for the harbor.`: the verb is missing.
pub(super) fn name_behind(o: &Outline<'_>, unit: &Unit, q: usize) -> Option<Link> {
    let text = words(o, q);
    if q + 1 >= unit.items.end || !text.ends_with(',') || text.split_whitespace().nth(4).is_none() {
        return None;
    }
    let phrase = o.leading_phrase(q + 1, unit.items.end)?;
    let Sort::Entity(e) = phrase.sort else { return None };
    let end = phrase.items.end;
    let closes = end >= unit.items.end || o.text(end) == "," || matches!(&*o.low(end), "in" | "at" | "on" | "of");
    let person = o.person(phrase.head).is_some_and(|(_, one)| one == e);
    (person && closes).then_some(Link { phrase, cue: None, event: None, rule: Rule::Colon })
}

/// A tie without a verb: a colon, a noun for something said, or the subject of the sentence.
pub(super) fn without_event(o: &Outline<'_>, unit: &Unit, q: usize) -> Option<Link> {
    let low = unit.items.start;
    let from = o.clause_start(low, q.saturating_sub(1).max(low));
    let noun = (from..q).rev().take(20).find(|k| is_saying_noun(&o.low(*k)));
    if let Some(found) = noun_behind(o, unit, q).or_else(|| chanted(o, low, q)) {
        return Some(found);
    }
    // `played down Ito's comments as “…”`: what another calls them.
    let judged = |k: usize| q > k + 1 && &*o.low(q - 1) == "as";
    // `the case for his “travel ban”`: a word or two held at arm's length.
    let few = is_short(o, q);
    let near = |k: usize, p: &Phrase| p.sort != Sort::Pronoun || !few || k + 2 >= q;
    let owned = noun.filter(|k| !judged(*k)).and_then(|k| Some((k, owner(o, from, k)?)));
    if let Some((k, phrase)) = owned.filter(|(k, p)| near(*k, p)) {
        return Some(Link { phrase, cue: Some(k..k + 1), event: None, rule: Rule::Noun });
    }
    if q == low {
        return None;
    }
    let colon = o.text(q - 1) == ":";
    if colon && leads_elsewhere(o, low, q) {
        return None;
    }
    // `HARBOR MASTER ANA ITO SAYING: “…”`, in the list of shots that comes with a film.
    if colon
        && q > low + 2
        && o.text(q - 2) == "SAYING"
        && let Some((range, e)) = o.person(q - 3)
    {
        let phrase = Phrase { head: range.end - 1, items: range, sort: Sort::Entity(e) };
        return Some(Link { phrase, cue: Some(q - 2..q - 1), event: None, rule: Rule::Head });
    }
    if colon
        && q >= low + 2
        && let Some((range, e)) = o.mention(q - 2)
        && (titles_only(o, behind_caption(o, low, range.start), range.start)
            || matches!(o.text(range.start - 1), "-" | "--" | "–" | "—" | "•" | "·" | "*" | "from" | "From"))
    {
        let phrase = Phrase { head: range.end - 1, items: range, sort: Sort::Entity(e) };
        return Some(Link { phrase, cue: Some(q - 1..q), event: None, rule: Rule::Head });
    }
    if colon && let Some(phrase) = before_colon(o, low, q - 1) {
        return Some(Link { phrase, cue: Some(q - 1..q), event: None, rule: Rule::Head });
    }
    let phrase = later_clause(o, low, q).or_else(|| o.main_subject(low, if colon { q - 1 } else { q }))?;
    let person = match phrase.sort {
        Sort::Entity(_) => true,
        Sort::Pronoun => matches!(&*o.low(phrase.head), "he" | "she"),
        Sort::Described if colon && is_somebody(o, &phrase) => true,
        Sort::Described => is_person_noun(&o.low(phrase.head)) && is_determiner(&o.low(phrase.items.start)),
        // `12:20 p.m.: ‘Harbor closed’`
        _ => colon && o.shape(phrase.items.start) != Shape::Number,
    };
    if !person || !colon && is_short(o, q) {
        return None;
    }
    Some(Link { phrase, cue: colon.then(|| q - 1..q), event: None, rule: if colon { Rule::Colon } else { Rule::Subject } })
}

/// `RELATED: ‘Ito Will Not Pay’`, `ITO SLAMS COUNCIL OVER PIER: ‘WHO PAYS?’`: a label, or a headline all in capitals, of another article.
fn leads_elsewhere(o: &Outline<'_>, low: usize, q: usize) -> bool {
    if q < low + 2 {
        return false;
    }
    let shouted = |text: &str| !text.contains(char::is_lowercase);
    let headline = || q >= low + 5 && shouted(&o.page.body[o.start(low)..o.end(q - 2)]) && shouted(words(o, q));
    is_furniture(o.text(q - 2)) || headline()
}

/// Whose words the noun at item `noun` means: `Ito's claim`, `the senator's answer`, `her claim`.
fn owner(o: &Outline<'_>, from: usize, noun: usize) -> Option<Phrase> {
    let k = (from..noun).rev().take(6).find(|i| o.is_possessive(*i) || is_possessive(&o.low(*i)))?;
    if !o.is_possessive(k) {
        let of_somebody = matches!(&*o.low(k), "his" | "her" | "their");
        return of_somebody.then(|| Phrase { items: k..k + 1, head: k, sort: Sort::Pronoun });
    }
    let last = k.checked_sub(1).filter(|i| *i >= from)?;
    if let Some((items, e)) = o.mention(last) {
        return Some(Phrase { head: items.end - 1, items, sort: Sort::Entity(e) });
    }
    o.phrase_ending_at(from, last).filter(|p| is_somebody(o, p)).or_else(|| {
        let capital = |i: &usize| o.shape(*i).is_capital() && !is_determiner(&o.low(*i));
        let first = (from..=last).rev().take(5).take_while(capital).last()?;
        Some(Phrase { items: first..last + 1, head: last, sort: Sort::Capitals })
    })
}

/// `Ito's “you can keep it” promise`: the noun stands behind the quote.
fn noun_behind(o: &Outline<'_>, unit: &Unit, q: usize) -> Option<Link> {
    let next = q + 1;
    if next >= unit.items.end {
        return None;
    }
    if is_saying_noun(&o.low(next)) && q > unit.items.start && (o.is_possessive(q - 1) || is_possessive(&o.low(q - 1))) {
        let phrase = owner(o, unit.items.start, q)?;
        return Some(Link { phrase, cue: Some(next..next + 1), event: None, rule: Rule::Noun });
    }
    // `“This is a failure” of the whole board, in Ito's view`
    let view = (next + 2..unit.items.end).find(|k| matches!(&*o.low(*k), "view" | "words" | "opinion" | "telling"))?;
    let inside = (next..view).rev().take(7).find(|k| &*o.low(*k) == "in")?;
    let phrase = owner(o, inside + 1, view).filter(|p| p.items.start == inside + 1)?;
    Some(Link { phrase, cue: Some(view..view + 1), event: None, rule: Rule::Noun })
}

/// The item of `chants` in `chants of “…”`, behind item `low`.
fn noun_before_of(o: &Outline<'_>, low: usize, q: usize) -> Option<usize> {
    q.checked_sub(2).filter(|k| *k > low && &*o.low(q - 1) == "of")
}

/// `joined in a chant of “Go home!”`: those at the head of the clause.
fn chanted(o: &Outline<'_>, low: usize, q: usize) -> Option<Link> {
    let noun = noun_before_of(o, low, q)?;
    if !matches!(&*o.low(noun), "chant" | "chants" | "cry" | "cries" | "shout" | "shouts" | "chorus") {
        return None;
    }
    let phrase = owner(o, low, noun).or_else(|| o.main_subject(low, noun)).filter(|p| !matches!(p.sort, Sort::Relative(_)))?;
    Some(Link { phrase, cue: Some(noun..noun + 1), event: None, rule: Rule::Noun })
}

/// `Ito told the crowd, to cheers of “Open it!”`: those who cheer, named behind the quote or not at all.
pub(super) fn cheered(o: &Outline<'_>, unit: &Unit, q: usize) -> Option<Link> {
    let noun = noun_before_of(o, unit.items.start, q)?;
    let amid = matches!(&*o.low(noun - 1), "to" | "amid") || o.adverb(noun - 1) && &*o.low(noun.max(2) - 2) == "to";
    if !amid || !matches!(&*o.low(noun), "chants" | "cheers" | "cries" | "shouts" | "jeers" | "boos" | "yells" | "screams") {
        return None;
    }
    let by = (q + 1 < unit.items.end && matches!(&*o.low(q + 1), "from" | "by")).then(|| o.right_subject(q + 1, unit.items.end)).flatten();
    let phrase = by.unwrap_or(Phrase { items: noun..noun + 1, head: noun, sort: Sort::Described });
    Some(Link { phrase, cue: Some(noun..noun + 1), event: None, rule: Rule::Noun })
}

/// `Media caption Ana Ito: “…”`: where the text begins behind what the page says of a picture.
fn behind_caption(o: &Outline<'_>, low: usize, name: usize) -> usize {
    (low..name).rev().take(8).find(|k| *k > low && &*o.low(*k) == "caption").map_or(low, |k| k + 1)
}

/// Whether there is nothing before the name at item `name` but what somebody is: `Former harbor master Ana Ito: “…”`.
fn titles_only(o: &Outline<'_>, low: usize, name: usize) -> bool {
    let word = |k: usize| {
        o.shape(k) != Shape::Mark
            && o.low(k).verb().is_none_or(|v| v.form == Form::Base)
            && !is_auxiliary(&o.low(k))
            && o.person(k).is_none()
    };
    name == low || name - low <= 7 && (low..name).all(word) && (low..name).any(|k| is_person_noun(&o.low(k)))
}

/// `COSTS OF THE PIER - Ana Ito and Bo Dahl: “…”`: a name, or two, between a dash and the colon before the quote.
pub(super) fn source_before_colon(o: &Outline<'_>, low: usize, q: usize) -> Option<Phrase> {
    let last = q.checked_sub(2).filter(|k| *k > low && o.text(q - 1) == ":")?;
    let capital = |k: &usize| o.shape(*k).is_capital();
    let run = |end: usize| (low..end).rev().take(4).take_while(capital).last();
    let mut first = run(last + 1)?;
    let mut end = last + 1;
    if first > low + 1 && &*o.low(first - 1) == "and" {
        end = first - 1;
        first = run(end)?;
    }
    if first <= low + 1 || !matches!(o.text(first - 1), "-" | "--" | "–" | "—") || o.end(first - 2) == o.start(first - 1) {
        return None;
    }
    let sort = match o.mention(first).filter(|(range, _)| *range == (first..end)) {
        Some((_, e)) => Sort::Entity(e),
        None => Sort::Capitals,
    };
    Some(Phrase { items: first..end, head: end - 1, sort })
}

/// `- Harbor Watch: “…”`, `From the report: “…”`: what stands before a colon at item `colon`, behind a dash or `from`.
fn before_colon(o: &Outline<'_>, low: usize, colon: usize) -> Option<Phrase> {
    let last = colon.checked_sub(1).filter(|k| *k > low)?;
    let capital = |k: &usize| o.shape(*k).is_capital();
    let first = (low..colon).rev().take(4).take_while(capital).last();
    let dashed = |k: usize| k > low && matches!(o.text(k - 1), "-" | "--" | "–" | "—");
    if let Some(first) = first.filter(|k| dashed(*k)) {
        return Some(Phrase { items: first..colon, head: last, sort: Sort::Capitals });
    }
    let from = (low..last).rev().take(6).find(|k| &*o.low(*k) == "from")?;
    is_paper(&o.low(last)).then(|| o.phrase_in(from + 1, last)).flatten()
}
