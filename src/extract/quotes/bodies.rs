//! Which body or paper is meant: `Ito's campaign`, `a Treasury memo`, `the commission`, `the paper`.

use super::closed::{is_auxiliary, is_body, is_determiner};
use super::coreference::{Guess, Traces};
use super::outline::Outline;
use super::phrase::Phrase;
use super::speaker::{Resolved, entity, guessed, nobody, spoken_body};
use crate::article::SpeakerClass;
use crate::extract::names::{EntityKind, is_for_people, is_forum_name, is_ordinary, is_press};
use crate::extract::page::Shape;
use std::ops::Range;

/// `Ito's campaign`, `a Treasury memo`, `the commission`, `the ruling`.
pub(super) fn described(o: &Outline<'_>, traces: &Traces, phrase: &Phrase, bytes: Range<usize>, definite: bool) -> Resolved {
    let head = o.low(phrase.head);
    let body = is_body(&head);
    if let Some(found) = named_body(o, traces, phrase, &bytes, body) {
        return found;
    }
    if definite && body {
        let guess = body_named_before(o, traces, phrase);
        // `the finance ministry`, which is named nowhere: that says who it is, as `the company` does not.
        let told = guess.is_none() && phrase.head > phrase.items.start + 1;
        return if told { nobody(bytes, SpeakerClass::Anonymous, 0.7) } else { guessed(o, traces, guess, bytes) };
    }
    if definite {
        // `The statement went on`: that of the body that speaks; `the ruling`: the court's.
        let court = matches!(&*head, "ruling" | "opinion" | "decision").then(|| traces.organization_called("court")).flatten();
        let known = court.or_else(|| traces.publisher(&head));
        // Whose paper it is nobody has said. Who spoke last tells of a letter that somebody else has sent.
        let is_sent = matches!(&*head, "letter" | "email" | "e-mail" | "lawsuit" | "suit" | "complaint");
        let spoke = || traces.speaking_organization(o).filter(|_| !is_sent).map(|guess| Guess { sure: 0.7, ..guess });
        let guess = known.map(|entity| Guess { entity, sure: 0.8 }).or_else(spoke);
        if guess.is_some() {
            return guessed(o, traces, guess, bytes);
        }
        if let Some(body) = spoken_body(traces, &bytes).filter(|_| &*head == "statement") {
            return body;
        }
    }
    nobody(bytes, SpeakerClass::Anonymous, 0.7)
}

/// What stands between a paper and the body that made it: `data compiled by`.
fn is_made_by(w: &str) -> bool {
    matches!(w, "from" | "by" | "issued" | "compiled" | "collected" | "gathered" | "released" | "published" | "provided")
}

/// Words of a body that goes by somebody's name.
const LONGEST_BODY: usize = 10;

/// A body or paper with the name of an organization in it (`a Treasury memo`), or one that goes by somebody's name (`Ito's campaign`).
fn named_body(o: &Outline<'_>, traces: &Traces, phrase: &Phrase, bytes: &Range<usize>, body: bool) -> Option<Resolved> {
    let (mut person, head) = (false, o.low(phrase.head));
    for i in phrase.items.clone() {
        if let Some((_, e)) = o.mention(i) {
            // `a YouTube video by Bo Dahl` is not YouTube's.
            let posted = || matches!(&*head, "video" | "post" | "page" | "message" | "thread" | "account" | "posting");
            if posted() && is_forum_name(&o.names.entities[e].name) {
                continue;
            }
            if o.names.entities[e].kind == EntityKind::Organization {
                return Some(entity(o, traces, e, bytes.clone(), 0.75));
            }
            // `a page on the Ito campaign's site`
            if !body && i + 1 < phrase.items.end && is_body(&o.low(i + 1)) {
                let name = Some(o.page.body[o.start(i)..o.end(i + 1)].to_owned());
                return Some(Resolved { entity: None, name, class: SpeakerClass::Organization, bytes: bytes.clone(), sure: 0.7 });
            }
            // `Ito's letter`
            if !body && i + 1 < phrase.items.end && o.is_possessive(i + 1) {
                return Some(entity(o, traces, e, bytes.clone(), 0.7));
            }
            person = true;
        }
    }
    // `a statement from the Harbor Council`
    let from = phrase.items.end;
    if !body && from + 2 < o.items.len() && is_made_by(&o.low(from)) {
        let near = from + 1..(from + 4).min(o.items.len());
        let mut passed = near.take_while(|k| o.mention(*k).is_some() || matches!(&*o.low(*k), "the" | "by"));
        if let Some((_, e)) = passed.find_map(|k| o.mention(k)) {
            return Some(entity(o, traces, e, bytes.clone(), 0.75));
        }
    }
    if !person && let Some(found) = body_in_capitals(o, phrase, body) {
        let name = Some(found?);
        return Some(Resolved { entity: None, name, class: SpeakerClass::Organization, bytes: bytes.clone(), sure: 0.6 });
    }
    // A longer one, or one with a verb in it, is a sentence read wrongly.
    let clause = || phrase.items.clone().any(|i| o.low(i).verb().is_some() || is_auxiliary(&o.low(i)));
    if !person || !body || phrase.items.len() > LONGEST_BODY || clause() {
        return None;
    }
    // `Ito's campaign in a statement said`, `the office of Senator Ito`
    let behind = (phrase.head + 1..phrase.items.end).rfind(|i| o.person(*i).is_some());
    let text = &o.page.body[bytes.start..o.end(behind.unwrap_or(phrase.head))];
    let name = text.strip_prefix("the ").or_else(|| text.strip_prefix("The ")).unwrap_or(text);
    Some(Resolved { entity: None, name: Some(name.to_owned()), class: SpeakerClass::Organization, bytes: bytes.clone(), sure: 0.75 })
}

/// The name of a body or paper in capitals that no entity covers: `a Home Affairs memo`. The inner `None` says that they name nothing.
fn body_in_capitals(o: &Outline<'_>, phrase: &Phrase, body: bool) -> Option<Option<String>> {
    let capital = |i: &usize| o.shape(*i).is_capital() && !is_determiner(&o.low(*i));
    let a = phrase.items.clone().find(capital)?;
    let z = (a..phrase.items.end).take_while(capital).count() + a;
    let name = |last: usize| o.page.body[o.start(a)..o.end(last)].to_owned();
    // `the embassy in Oslo`
    if a > phrase.head && matches!(&*o.low(a - 1), "in" | "at" | "near") {
        return None;
    }
    // `Oslo police`, `Oslo's harbor ministry`
    let small = |i: usize| o.shape(i) == Shape::Lower && !is_determiner(&o.low(i)) || o.is_possessive(i);
    let own = z <= phrase.head && phrase.head < z + 4 && (z..phrase.head).all(small);
    if body && own && o.is_place(&(o.start(a)..o.end(z - 1))) {
        return Some(Some(name(phrase.head)));
    }
    if body && z - a == 1 && is_ordinary(o.text(a)) {
        let small = |i: usize| o.shape(i) == Shape::Lower && !is_determiner(&o.low(i));
        let together = z <= phrase.head && phrase.head < z + 3 && (z..phrase.head).all(small);
        // `the Israeli military`: a word for people is no name without what it tells of.
        if together && is_for_people(o.text(a)) {
            let one_of_many = matches!(&*o.low(phrase.items.start), "a" | "an" | "one");
            return Some((!one_of_many).then(|| name(phrase.head)));
        }
        // `Then the court`
        if !together {
            return Some(None);
        }
    }
    (z - a >= 2 || body).then(|| Some(name(z - 1)))
}

/// The organization meant by `the commission`: the last one so called, or for general words the one that spoke last, else the last one named.
fn body_named_before(o: &Outline<'_>, traces: &Traces, phrase: &Phrase) -> Option<Guess> {
    let before = o.start(phrase.items.start);
    let head = o.low(phrase.head);
    if let Some(e) = traces.organization_called(&head) {
        return Some(Guess { entity: e, sure: 0.8 });
    }
    let less = |g: Guess| Guess { sure: g.sure * 0.7, ..g };
    match &*head {
        "company" | "firm" | "group" | "agency" | "organization" | "organisation" | "union" | "association" | "bank" => {
            // `Ito Inc said Varr Inc had sold. The company said`: who spoke, unless another has been named since.
            let firm = !matches!(&*head, "agency" | "organization" | "organisation" | "bank");
            let fits = |e: usize| !firm || !is_public(&o.names.entities[e].name);
            let last = traces.resolve_organization(o, before).filter(|g| fits(g.entity));
            let since = |spoke: &Guess| last.is_none_or(|g| traces.last_unit(g.entity) <= traces.last_unit(spoke.entity));
            let spoke = traces.speaking_organization(o).filter(|spoke| fits(spoke.entity)).filter(since);
            let private = |e: usize| fits(e) && o.names.entities[e].name.contains(char::is_lowercase);
            let named = || traces.last_organization(o, private).filter(|_| firm).map(|entity| Guess { entity, sure: 0.7 });
            spoke.or(last).or_else(named).map(less)
        }
        "network" | "site" | "website" => traces.resolve_organization(o, before).map(less),
        // The one of the press that was named last, whatever other bodies the story is on. Not `the 2019 paper`.
        "newspaper" | "paper" | "magazine" | "outlet" => {
            let outlet = &*head == "outlet";
            let press = |e: usize| is_press(&o.names.entities[e].name) && (outlet || is_printed(&o.names.entities[e].name));
            let dated = phrase.items.clone().any(|k| o.shape(k) == Shape::Number);
            let last = traces.last_organization(o, press).filter(|_| !dated).map(|entity| Guess { entity, sure: 0.6 });
            last.or_else(|| traces.resolve_organization(o, before).filter(|_| outlet).map(less))
        }
        _ => None,
    }
}

/// Whether one of the press is printed: no agency, no station.
fn is_printed(name: &str) -> bool {
    const SENT: [&str; 6] = ["ABC", "CBS", "NBC", "CNN", "Fox", "Sky"];
    const AGENCIES: [&str; 4] = ["Associated Press", "Canadian Press", "Agence France-Presse", "Press Association"];
    !AGENCIES.iter().any(|agency| name.contains(agency))
        && !name.split(' ').any(|word| SENT.contains(&word) || word == "Radio" || word == "TV")
}

/// Whether a body is plainly no firm: a newspaper, or one of a state, a party or a school.
fn is_public(name: &str) -> bool {
    const PUBLIC: [&str; 24] = [
        "Administration",
        "Agency",
        "Army",
        "Assembly",
        "Bureau",
        "Commission",
        "Committee",
        "Congress",
        "Council",
        "Court",
        "Department",
        "House",
        "Justice",
        "Legislature",
        "Ministry",
        "Navy",
        "Parliament",
        "Party",
        "Pentagon",
        "Police",
        "Senate",
        "Treasury",
        "University",
        "Democrats",
    ];
    let listed =
        name.split(' ').next_back().is_some_and(|form| ["Inc", "Inc.", "Corp", "Corp.", "Co", "Co.", "Ltd", "PLC"].contains(&form));
    !listed && (is_press(name) || name.split(' ').any(|word| PUBLIC.contains(&word)))
}
