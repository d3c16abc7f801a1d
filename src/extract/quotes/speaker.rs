//! Whom do the words that name a speaker mean? A person, an organization, somebody without a name, or nobody we can tell.

use super::bodies;
use super::closed::{is_body, is_determiner, is_paper, is_person_noun, is_possessive, means_one_named, noun_is_female};
use super::coreference::{Guess, Traces, gender_of};
use super::outline::Outline;
use super::phrase::{Phrase, Sort};
use crate::article::SpeakerClass;
use crate::extract::names::{EntityKind, Gender, alike, is_given_name, is_known_body, is_ordinary};
use crate::extract::page::Shape;
use std::borrow::Cow;
use std::ops::Range;

/// A speaker told apart as far as the article allows.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    /// The entity, if it is one.
    pub entity: Option<usize>,
    /// The full name, if there is one.
    pub name: Option<String>,
    /// What kind of speaker.
    pub class: SpeakerClass,
    /// The bytes of the words that name the speaker.
    pub bytes: Range<usize>,
    /// How sure the name is, 0 to 1.
    pub sure: f32,
}

/// Whom `phrase` means.
pub(super) fn resolve(o: &Outline<'_>, traces: &mut Traces, phrase: &Phrase) -> Resolved {
    let bytes = o.start(phrase.items.start)..o.end(phrase.items.end - 1);
    match phrase.sort {
        Sort::Entity(e) => entity(o, traces, e, bytes, 0.97),
        Sort::Relative(Some(e)) => entity(o, traces, e, bytes, 0.9),
        Sort::Relative(None) => nobody(bytes, SpeakerClass::Anonymous, 0.6),
        Sort::Pronoun => pronoun(o, traces, phrase.head, bytes),
        Sort::Capitals => capitals(o, traces, phrase, bytes),
        Sort::Described => described(o, traces, phrase, bytes),
    }
}

/// The entity `e` as a speaker.
pub(super) fn entity(o: &Outline<'_>, traces: &Traces, e: usize, bytes: Range<usize>, sure: f32) -> Resolved {
    let Some(one) = o.names.entities.get(e) else {
        let name = traces.stranger_name(o, e).map(str::to_owned);
        let class = if name.is_some() { SpeakerClass::Person } else { SpeakerClass::Anonymous };
        return Resolved { entity: Some(e), name, class, bytes, sure: sure * 0.8 };
    };
    let class = match one.kind {
        EntityKind::Person => SpeakerClass::Person,
        EntityKind::Organization => SpeakerClass::Organization,
    };
    Resolved { entity: Some(e), name: Some(one.name.clone()), class, bytes, sure }
}

pub(super) fn nobody(bytes: Range<usize>, class: SpeakerClass, sure: f32) -> Resolved {
    Resolved { entity: None, name: None, class, bytes, sure }
}

pub(super) fn guessed(o: &Outline<'_>, traces: &Traces, guess: Option<Guess>, bytes: Range<usize>) -> Resolved {
    match guess {
        Some(g) => entity(o, traces, g.entity, bytes, g.sure),
        None => nobody(bytes, SpeakerClass::Unresolved, 0.5),
    }
}

fn pronoun(o: &Outline<'_>, traces: &mut Traces, item: usize, bytes: Range<usize>) -> Resolved {
    let w = o.low(item);
    match &*w {
        "he" | "she" | "him" | "his" | "her" => {
            let guess = traces.answer(item);
            guessed(o, traces, guess, bytes)
        }
        // `it read`: a paper
        "it" if item + 1 < o.items.len() && matches!(&*o.low(item + 1), "read" | "reads") => nobody(bytes, SpeakerClass::Unresolved, 0.5),
        "it" | "they" | "their" => {
            if let Some(body) = spoken_body(traces, &bytes) {
                return body;
            }
            if &*w == "they" && traces.nameless_spoke() {
                return nobody(bytes, SpeakerClass::Anonymous, 0.5);
            }
            let guess =
                traces.speaking_organization(o).or_else(|| if &*w == "it" { traces.resolve_organization(o, bytes.start) } else { None });
            guessed(o, traces, guess.map(|g| Guess { sure: g.sure * 0.7, ..g }), bytes)
        }
        "i" => match o.author {
            Some(name) => Resolved { entity: None, name: Some(name.to_owned()), class: SpeakerClass::Person, bytes, sure: 0.8 },
            None => nobody(bytes, SpeakerClass::Unresolved, 0.5),
        },
        _ => nobody(bytes, SpeakerClass::Unresolved, 0.5),
    }
}

/// The body without an entity that spoke last, for `it` and `the statement`: the White House.
pub(super) fn spoken_body(traces: &Traces, bytes: &Range<usize>) -> Option<Resolved> {
    let name = traces.body.clone()?;
    Some(Resolved { entity: None, name: Some(name), class: SpeakerClass::Organization, bytes: bytes.clone(), sure: 0.56 })
}

/// A name no entity covers: a country that speaks, or a person the tagger missed.
fn capitals(o: &Outline<'_>, traces: &mut Traces, phrase: &Phrase, bytes: Range<usize>) -> Resolved {
    // `the President tweeted`: a function in capitals.
    let first = phrase.items.start;
    if is_person_noun(&o.low(phrase.head)) && first > 0 && &*o.low(first - 1) == "the" {
        let phrase = Phrase { items: first - 1..phrase.items.end, head: phrase.head, sort: Sort::Described };
        return described(o, traces, &phrase, o.start(first - 1)..bytes.end);
    }
    let text = o.page.body[bytes.clone()].trim_start_matches("the ").trim_start_matches("The ");
    if matches!(text, "PM" | "CM") {
        let guess = minister(o, traces, text);
        return if guess.is_some() { guessed(o, traces, guess, bytes) } else { nobody(bytes, SpeakerClass::Anonymous, 0.6) };
    }
    let place = o.is_place(&bytes);
    let head = o.low(phrase.head);
    let one_of_many = head.singular().is_some_and(|one| is_person_noun(&one) || is_body(&one));
    let group = head.ends_with('s') && head.len() > 5;
    if is_person_noun(&head) || one_of_many || phrase.head == phrase.items.start && group {
        return nobody(bytes, SpeakerClass::Anonymous, 0.6);
    }
    let acronym = o.shape(phrase.head) == Shape::Upper;
    // `the White House`, `the Harbor Office`
    let body = is_body(&head) && phrase.head > phrase.items.start;
    let whole = |e: &usize| o.names.entities[*e].kind == EntityKind::Organization && o.names.entities[*e].name == text;
    let whole = || (0..o.names.entities.len()).find(whole);
    if let Some(e) = organization_in_short(o, text).filter(|_| !body).or_else(whole).filter(|_| !place) {
        return self::entity(o, traces, e, bytes, 0.75);
    }
    let somebody = |e: &crate::extract::names::Entity| e.kind == EntityKind::Person && e.name.split(' ').any(|w| w == text);
    let known = is_known_body(text) && !o.names.entities.iter().any(somebody);
    let class = if place || acronym || body || known || is_outlet(text) { SpeakerClass::Organization } else { SpeakerClass::Person };
    if let Some(e) = by_small_word(o, phrase, text).filter(|_| class == SpeakerClass::Person) {
        return self::entity(o, traces, e, bytes, 0.8);
    }
    // `a Somali`, `an Oslo-born Quill`
    let one_of_many = ["a ", "an ", "A ", "An "].iter().any(|article| text.starts_with(article));
    let marked = text.starts_with(|c: char| !c.is_alphanumeric());
    if class == SpeakerClass::Person && (one_of_many || marked || is_no_person(o, phrase, text)) {
        return nobody(bytes, SpeakerClass::Anonymous, 0.6);
    }
    // `the Lantern noted`: people go without an article. A page is no person: `OpenHarbor.org`.
    let behind_the = o.page.body[bytes.clone()].len() > text.len() || first > 0 && matches!(o.text(first - 1), "the" | "The");
    let article = behind_the && &*head != "lady" && class == SpeakerClass::Person;
    let page = || [".com", ".org", ".net"].iter().any(|end| text.ends_with(end));
    let class = if article || page() { SpeakerClass::Organization } else { class };
    // A name spelled wrong that the article spells right elsewhere.
    if class == SpeakerClass::Person
        && let Some(e) = spelled_otherwise(o, text)
    {
        return self::entity(o, traces, e, bytes, 0.8);
    }
    let called = (class == SpeakerClass::Person || article).then(|| traces.stranger(o, text));
    let name = called.and_then(|e| traces.stranger_name(o, e)).unwrap_or(text).to_owned();
    let entity = called.filter(|_| class == SpeakerClass::Person);
    Resolved { entity, name: Some(name), class, sure: 0.7, bytes }
}

/// `FiveThirtyEight`, `Gulf News`: a word with a capital inside, or one that ends the names of papers, sites and those who ask people.
fn is_outlet(text: &str) -> bool {
    const LAST: &str = "News Times Journal Magazine Gazette Herald Tribune Daily Zeitung Weather Data Research Info Media Events Wiki Report Reports \
        Online Analytics Insights Decisions Progress Business Politics Strategies Intelligence Review";
    let (first, last) = text.split_once(' ').map_or((text, ""), |(first, rest)| (first, rest.rsplit(' ').next().unwrap_or(rest)));
    let inner = |word: &str| word.char_indices().any(|(at, c)| at > 3 && c.is_uppercase()) && word.chars().all(char::is_alphabetic);
    let family = ["Fitz", "Vander"].iter().any(|start| first.starts_with(start));
    let named = LAST.split_whitespace().any(|word| word == last) && !is_given_name(first);
    named || last.is_empty() && inner(first) && !family && first.contains(char::is_lowercase)
}

/// The only person whose family name is also a small word: `From`.
fn by_small_word(o: &Outline<'_>, phrase: &Phrase, text: &str) -> Option<usize> {
    if phrase.items.len() > 1 || !o.low(phrase.head).is_empty() || o.shape(phrase.head) != Shape::Capital {
        return None;
    }
    let named = |e: &crate::extract::names::Entity| e.name.strip_suffix(text).is_some_and(|rest| rest.ends_with(' '));
    let mut persons =
        (0..o.names.entities.len()).filter(|e| o.names.entities[*e].kind == EntityKind::Person && named(&o.names.entities[*e]));
    persons.next().filter(|_| persons.next().is_none())
}

/// The only person whose family name differs from `text` by one letter, where the article has no other form of that name.
fn spelled_otherwise(o: &Outline<'_>, text: &str) -> Option<usize> {
    let last = text.rsplit(' ').next()?;
    let family = |e: &crate::extract::names::Entity| e.name.rsplit(' ').next().is_some_and(|w| alike(w, last));
    let persons = o.names.entities.iter().enumerate().filter(|(_, e)| e.kind == EntityKind::Person && e.name.contains(' ') && family(e));
    let mut persons = persons.map(|(n, _)| n);
    persons.next().filter(|_| persons.next().is_none())
}

/// Whether words in capitals that no entity covers are nobody's name: `Only a third of the voters`, `I've`, `People`, `Israeli`.
fn is_no_person(o: &Outline<'_>, phrase: &Phrase, text: &str) -> bool {
    let hangs = phrase.items.clone().any(|i| o.shape(i) == Shape::Lower && super::closed::is_preposition(&o.low(i)));
    let contracted = ["I'", "I’", "We'", "We’", "It'", "It’"].iter().any(|start| text.starts_with(start));
    // A word that the article writes small elsewhere has its capital from the beginning of the sentence.
    let small = || o.writes_small(&text.to_lowercase());
    let one = phrase.items.len() == 1;
    // `4:00 p.m. ET`
    text.starts_with(|c: char| c.is_ascii_digit()) || hangs || contracted || one && (is_ordinary(text) || small())
}

/// The only organization whose name of several words begins or ends with the one word `text`: `Kaiser` for the Kaiser Family Foundation,
/// `the Journal` for the Harbor Street Journal.
fn organization_in_short(o: &Outline<'_>, text: &str) -> Option<usize> {
    let ends = |e: &crate::extract::names::Entity| {
        let mut words = e.name.split(' ').filter(|w| *w != "The");
        let first = words.next() == Some(text);
        let last = words.next_back();
        last.is_some() && (first || last == Some(text))
    };
    let among = |e: &crate::extract::names::Entity| e.kind == EntityKind::Organization && ends(e);
    let mut found = o.names.entities.iter().enumerate().filter(|(_, e)| among(e)).map(|(n, _)| n);
    let one = found.next()?;
    let person = o.names.entities.iter().any(|e| e.kind == EntityKind::Person && e.name.split(' ').any(|w| w == text));
    (found.next().is_none() && !person).then_some(one)
}

fn described(o: &Outline<'_>, traces: &mut Traces, phrase: &Phrase, bytes: Range<usize>) -> Resolved {
    let head = o.low(phrase.head);
    let first = o.low(phrase.items.start);
    let definite = matches!(&*first, "the" | "this" | "that" | "current" | "former");
    if is_body(&head) || is_paper(&head) {
        return bodies::described(o, traces, phrase, bytes, definite);
    }
    if is_person_noun(&head) && definite {
        let meant = person_meant(o, traces, phrase);
        let guess = super::states::settle(o, traces, phrase, meant.flatten());
        if meant.is_some() || guess.is_some() {
            return guessed(o, traces, guess, bytes);
        }
    }
    let kin = is_possessive(&first) || gender_of(&first).is_some();
    if let Some(known) = traces.relative(&head).filter(|_| kin) {
        return guessed(o, traces, Some(known), bytes);
    }
    let class = if kin { SpeakerClass::Unresolved } else { SpeakerClass::Anonymous };
    let entity = is_person_noun(&head).then(|| traces.nameless(o, &head, matches!(&*first, "a" | "an" | "another" | "one")));
    Resolved { entity, ..nobody(bytes, class, 0.7) }
}

/// Who is meant by `the senator`: whoever holds that function, else for some words whoever was named just before. The
/// outer `None` says that somebody is meant whom the article need not name (`the judge`).
fn person_meant(o: &Outline<'_>, traces: &mut Traces, phrase: &Phrase) -> Option<Option<Guess>> {
    let head = o.low(phrase.head);
    let modifiers: Vec<Cow<'_, str>> = (phrase.items.start + 1..phrase.head).map(|i| o.lowered(i)).filter(|w| w.len() > 2).collect();
    let modifiers: Vec<&str> = modifiers.iter().map(|w| &**w).collect();
    let holder = traces.holder(o, &head, &modifiers).filter(|g| !serves_another(o, phrase, g.entity));
    if let Some(g) = holder.or_else(|| head_of(o, phrase)) {
        if traces.called_later(o, &head, g.entity) {
            return None;
        }
        // `The candidate said`: of two, whoever the story is on just now.
        let plain = modifiers.is_empty() && matches!(&*head, "candidate" | "hopeful" | "contender" | "nominee" | "author" | "star");
        let near = (plain && traces.is_far(g.entity)).then(|| traces.resolve(o, Gender::Unknown)).flatten();
        return Some(near.map(|near| Guess { sure: near.sure * 0.6, ..near }).or(Some(g)));
    }
    let gender = match noun_is_female(&head) {
        Some(true) => Gender::Female,
        Some(false) => Gender::Male,
        None => Gender::Unknown,
    };
    let guess = || traces.resolve(o, gender).map(|g| Guess { sure: g.sure * 0.6, ..g });
    // `the 34-year-old mother of three`
    let aged = modifiers.iter().any(|m| m.ends_with("-year-old")) || modifiers.windows(2).any(|w| w[0] == "year" && w[1] == "old");
    // `the Russian leader`: only where nobody else has been named of late, and who is named behind it is somebody else.
    if matches!(&*head, "leader" | "lawmaker" | "legislator") {
        let behind =
            |e: usize| (phrase.items.end..o.items.len().min(phrase.items.end + 12)).any(|k| o.person(k).is_some_and(|(_, one)| one == e));
        return traces.resolve(o, gender).filter(|g| g.sure > 0.9 && !behind(g.entity)).map(|g| Some(Guess { sure: g.sure * 0.75, ..g }));
    }
    (means_one_named(&head) || aged).then(guess)
}

/// `The head of the Harbor Council`: the only person whose function has that body in it.
fn head_of(o: &Outline<'_>, phrase: &Phrase) -> Option<Guess> {
    if !matches!(&*o.low(phrase.head), "head" | "boss" | "chief" | "leader") {
        return None;
    }
    let (_, body) = (phrase.head + 1..phrase.items.end).find_map(|k| o.mention(k))?;
    let name = &o.names.entities[body].name;
    let led = |e: &usize| o.names.entities[*e].role.as_deref().is_some_and(|r| r.contains(name.as_str()));
    let mut persons = (0..o.names.entities.len()).filter(|e| o.names.entities[*e].kind == EntityKind::Person).filter(led);
    let entity = persons.next()?;
    persons.next().is_none().then_some(Guess { entity, sure: 0.7 })
}

/// `the PM`, `the CM`: the prime minister or chief minister of the article.
fn minister(o: &Outline<'_>, traces: &Traces, letters: &str) -> Option<Guess> {
    let kind = if letters == "PM" { "prime" } else { "chief" };
    let holds = |g: &Guess| {
        let role = o.names.entities[g.entity].role.as_deref().unwrap_or("");
        role.contains(letters) || role.to_lowercase().contains(&format!("{kind} minister"))
    };
    traces.holder(o, "minister", &[kind]).filter(holds)
}

/// `the commander of the Omani Navy`, of somebody who is `commander of the IRGC Navy`: whether each function has a name that the other lacks.
fn serves_another(o: &Outline<'_>, phrase: &Phrase, holder: usize) -> bool {
    let serves = phrase.head + 2 < phrase.items.end && matches!(&*o.low(phrase.head + 1), "of" | "for" | "at");
    let role = o.names.entities[holder].role.as_deref().unwrap_or("");
    let Some((_, served)) = role.split_once(" of ").or_else(|| role.split_once(" for ")).or_else(|| role.split_once(" at ")) else {
        return false;
    };
    if !serves || !served.contains(char::is_uppercase) {
        return false;
    }
    let inside = phrase.head + 2..phrase.items.end;
    let said: Vec<&str> = inside.clone().filter(|k| o.shape(*k).is_capital()).map(|k| o.text(k)).collect();
    // By its letters or in full: `of the EPA`.
    let full = inside.filter_map(|k| o.mention(k)).flat_map(|(_, e)| o.names.entities[e].name.split(' '));
    let known: Vec<&str> = said.iter().copied().chain(full).collect();
    let alike = |a: &str, b: &str| a.get(..3).is_some_and(|head| b.starts_with(head)) || a == b;
    let named = |word: &&str| word.starts_with(char::is_uppercase);
    let lacks = |words: &[&str], word: &str| !words.iter().any(|other| alike(word, other));
    let of_role: Vec<&str> = role.split(|c: char| !c.is_alphanumeric()).filter(named).collect();
    let mut of_served = served.split(|c: char| !c.is_alphanumeric()).filter(named);
    said.iter().any(|word| lacks(&of_role, word)) && of_served.any(|word| lacks(&known, word))
}

/// Whether a phrase is worth a guess at all: it has a name, or is a pronoun or a definite person.
pub(super) fn is_somebody(o: &Outline<'_>, phrase: &Phrase) -> bool {
    match phrase.sort {
        Sort::Entity(_) | Sort::Relative(Some(_)) | Sort::Capitals => true,
        Sort::Relative(None) => false,
        Sort::Pronoun => gender_of(&o.low(phrase.head)).is_some() || matches!(&*o.low(phrase.head), "they" | "it" | "i" | "we"),
        Sort::Described => {
            let head = o.low(phrase.head);
            let known =
                is_person_noun(&head) || head.singular().is_some_and(|one| is_person_noun(&one)) || is_body(&head) || is_paper(&head);
            known && (is_determiner(&o.low(phrase.items.start)) || phrase.items.len() > 1 || head.ends_with('s'))
        }
    }
}
