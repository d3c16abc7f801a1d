//! What does the rest of the article say about a name? The same words are the same kind of name throughout; words of a known
//! person's name are that person; a lone word needs some evidence to be a person.

use super::called::{Called, speaks};
use super::lexicon::{Known, Traits, WordMap};
use super::looks::{before_state, has_people, looks_like_firm, looks_like_place};
use super::sight::{Shown, Sight};
use super::tagging::{Kind, Tagged};
use crate::article::Article;
use crate::extract::page::{Shape, WordSet};

/// Makes the names of the page agree with each other.
pub fn settle(sight: &Sight<'_, '_>, mut names: Vec<Tagged>, article: &Article) -> Vec<Tagged> {
    acronyms(sight, &mut names);
    agree(sight, &mut names);
    let called = Called::of_headline(article.title.as_deref().unwrap_or(""));
    let headed = called.families();
    spread(sight, &mut names, called);
    who_answers(sight, &mut names);
    lone_words(sight, &mut names, headed);
    names
}

/// `World Health Organization (WHO)`: the acronym is what the name before it is, here and everywhere.
fn acronyms(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let mut known: WordMap<&str, Kind> = WordMap::default();
    for name in names.iter().filter(|n| n.tokens.len() > 1 && n.kind != Kind::Person) {
        if let Some(at) = sight.in_brackets(name.tokens.end) {
            let first = |i: usize| sight.text(i).chars().next();
            let letters: Vec<char> = sight.text(at).chars().filter(|c| c.is_uppercase()).collect();
            let initials: Vec<char> = name.tokens.clone().filter_map(first).filter(|c| c.is_uppercase()).collect();
            if letters.len() > 1 && (initials.contains(&letters[0]) || initials.starts_with(&letters[..1])) {
                known.insert(sight.text(at), name.kind);
            }
        }
    }
    if known.is_empty() {
        return;
    }
    names.retain(|n| n.tokens.len() > 1 || !known.contains_key(sight.text(n.tokens.start)));
    let mut taken = vec![false; sight.tokens.len()];
    for name in names.iter() {
        taken[name.tokens.clone()].fill(true);
    }
    let found = sight.capitals.iter().copied().filter(|i| !taken[*i]);
    let found: Vec<Tagged> = found.filter_map(|i| known.get(sight.text(i)).map(|kind| Tagged { tokens: i..i + 1, kind: *kind })).collect();
    names.extend(found);
    names.sort_by_key(|n| n.tokens.start);
}

/// The same words are the same kind of name all through the article, by the majority of their places.
fn agree(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let words: Vec<u64> = names.iter().map(|name| sight.page.hash_of(name.tokens.clone())).collect();
    let mut votes: WordMap<u64, [u32; 4]> = WordMap::with_capacity_and_hasher(names.len() / 2, Default::default());
    for (name, words) in names.iter().zip(&words) {
        let weight = if sight.tokens[name.tokens.start].headline { 1 } else { 2 };
        let count = votes.entry(*words).or_default();
        count[name.kind as usize] += weight;
        if name.kind == Kind::Person && looks_like_place(sight, name) {
            count[Kind::Place as usize] += weight + 1;
        }
        if matches!(name.kind, Kind::Person | Kind::Place) && looks_like_firm(sight, name) {
            count[Kind::Organization as usize] += weight + 2;
        }
    }
    // A word that is the last of a full name votes for a person.
    let mut parts: WordMap<u64, u32> = WordMap::with_capacity_and_hasher(names.len() / 2, Default::default());
    for name in names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        *parts.entry(sight.page.hash(name.tokens.end - 1)).or_default() += 4;
    }
    for (name, words) in names.iter_mut().zip(&words) {
        let Some(count) = votes.get(words) else { continue };
        let mut count = *count;
        if name.tokens.len() == 1 && !sight.traits(name.tokens.start).any(Traits::PLACE | Traits::ACRONYM) {
            count[0] += parts.get(words).copied().unwrap_or(0) + 2 * u32::from(sight.traits(name.tokens.start).any(Traits::FAMILY));
        }
        let best =
            [Kind::Person, Kind::Organization, Kind::Place, Kind::Other].into_iter().max_by_key(|k| (count[*k as usize], *k == name.kind));
        name.kind = best.unwrap_or(name.kind);
    }
}

/// Finds the words of known names where the model saw nothing.
fn spread<'a>(sight: &Sight<'_, 'a>, names: &mut Vec<Tagged>, mut called: Called<'a>) {
    let mut known: WordMap<u64, Kind> = WordMap::with_capacity_and_hasher(names.len(), Default::default());
    for name in names.iter() {
        match name.kind {
            Kind::Person => {
                for i in [name.tokens.end - 1, name.tokens.start] {
                    let traits = sight.traits(i);
                    let doubtful = Traits::PLACE | Traits::COMMON | Traits::CALENDAR | Traits::DEMONYM | Traits::OFFICE;
                    let sure = sight.tokens[i].shown & Shown::LOWER == 0 && !traits.any(doubtful);
                    if sure && sight.text(i).len() > 2 {
                        known.insert(sight.page.hash(i), Kind::Person);
                    } else if traits.any(Traits::CALENDAR) && name.tokens.len() > 1 {
                        called.add_day(sight.text(i), i + 1 == name.tokens.end);
                    } else if !traits.any(doubtful) && i > name.tokens.start && sight.traits(name.tokens.start).is_given() {
                        called.add_word(sight.text(i));
                    } else if i > name.tokens.start {
                        called.add_land(sight, i);
                    }
                }
            }
            Kind::Organization if name.tokens.len() == 1 && sight.page.tokens[name.tokens.start].shape == Shape::Upper => {
                known.entry(sight.page.hash(name.tokens.start)).or_insert(Kind::Organization);
            }
            _ => {}
        }
    }
    let mut taken = vec![false; sight.tokens.len()];
    for name in names.iter() {
        taken[name.tokens.clone()].fill(true);
    }
    let found: Vec<Tagged> = sight
        .capitals
        .iter()
        .copied()
        .filter(|i| !taken[*i])
        .filter_map(|i| {
            let somebody = || called.is_somebody(sight, i).then_some(Kind::Person);
            let kind = known.get(&sight.page.hash(i)).copied().or_else(somebody)?;
            Some(Tagged { tokens: i..i + 1, kind })
        })
        .collect();
    names.extend(found);
    names.sort_by_key(|n| n.tokens.start);
    merge_neighbours(sight, names);
    take_in_particles(sight, names);
}

/// Two persons without a word between them are one: the second half of a name was known from elsewhere.
fn merge_neighbours(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>) {
    let mut merged: Vec<Tagged> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        let sentence_opens = || sight.page.sentences.binary_search_by_key(&name.tokens.start, |s| s.start).is_ok();
        match merged.last_mut() {
            Some(last)
                if last.kind == Kind::Person
                    && name.kind == Kind::Person
                    && last.tokens.end == name.tokens.start
                    && last.tokens.len() + name.tokens.len() < 5
                    && (!sight.tokens[name.tokens.start].headline || shouted_pair(sight, last, &name))
                    && !sentence_opens() =>
            {
                last.tokens.end = name.tokens.end;
            }
            _ => merged.push(name),
        }
    }
    *names = merged;
}

/// `DAVINDER SINGH` in a headline of capitals: a family name behind a given one or a word in no list.
fn shouted_pair(sight: &Sight<'_, '_>, first: &Tagged, second: &Tagged) -> bool {
    let (given, family) = (sight.traits(first.tokens.start), sight.traits(second.tokens.start));
    let upper = |i: usize| sight.page.tokens[i].shape == Shape::Upper;
    let sure = (given == Traits::default() || given.is_given() && !given.any(Traits::WEAK_GIVEN))
        && family.any(Traits::FAMILY | Traits::WEAK_FAMILY);
    first.tokens.len() == 1 && second.tokens.len() == 1 && sure && upper(first.tokens.start) && upper(second.tokens.start)
}

/// `van der Berg` where the article has an `Ursula van der Berg`.
fn take_in_particles(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    const PARTICLES: [&str; 18] =
        ["De", "van", "von", "der", "den", "de", "la", "del", "bin", "ibn", "al", "el", "da", "dos", "di", "du", "ter", "zu"];
    let particle = |i: usize| PARTICLES.contains(&sight.text(i));
    let full: Vec<Tagged> =
        names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 2 && particle(n.tokens.end - 2)).cloned().collect();
    for name in names.iter_mut().filter(|n| n.kind == Kind::Person && n.tokens.len() == 1) {
        let end = name.tokens.end;
        for other in full.iter().filter(|o| sight.text(o.tokens.end - 1) == sight.text(end - 1)) {
            let count = (1..other.tokens.len() - 1).take_while(|k| particle(other.tokens.end - 1 - k)).count();
            if count < end && (1..=count).all(|k| sight.text(end - 1 - k).eq_ignore_ascii_case(sight.text(other.tokens.end - 1 - k))) {
                name.tokens.start = end - 1 - count;
                break;
            }
        }
    }
}

/// `“…,” Poland said`, where the article has a `Gregory Poland`: that person, and no country.
fn who_answers(sight: &Sight<'_, '_>, names: &mut [Tagged]) {
    let called = |n: &&Tagged| n.kind == Kind::Person && n.tokens.len() > 1 && sight.traits(n.tokens.end - 1).any(Traits::PLACE);
    let called = names.iter().filter(called).filter(|n| sight.traits(n.tokens.start).is_given());
    let families: WordSet = called.map(|n| sight.page.hash(n.tokens.end - 1)).collect();
    if families.is_empty() {
        return;
    }
    let lone = |n: &&mut Tagged| n.tokens.len() == 1 && matches!(n.kind, Kind::Place | Kind::Organization);
    for name in names.iter_mut().filter(lone) {
        let at = name.tokens.start;
        if families.contains(&sight.page.hash(at)) && (answers(sight, at) || speaks(sight, at)) {
            name.kind = Kind::Person;
        }
    }
}

/// A person named by one word that stands in no full name of the article must show that it is a person.
fn lone_words(sight: &Sight<'_, '_>, names: &mut Vec<Tagged>, mut parts: WordSet) {
    for name in names.iter().filter(|n| n.kind == Kind::Person && n.tokens.len() > 1) {
        for i in name.tokens.clone() {
            parts.insert(sight.page.hash(i));
        }
    }
    names.retain_mut(|name| {
        let i = name.tokens.start;
        if name.kind != Kind::Person || name.tokens.len() > 1 {
            let known =
                sight.traits(i).any(Traits::PLACE | Traits::ORG | Traits::ACRONYM | Traits::ORG_HEAD | Traits::ORG_HINT | Traits::COMMON);
            if name.tokens.len() == 1 && sight.traits(i).any(Traits::FAMILY) && !known && lone_word(sight, i) == Some(Kind::Person) {
                name.kind = Kind::Person;
            }
            if name.tokens.len() == 1
                && name.kind == Kind::Organization
                && sight.traits(i).any(Traits::PLACE)
                && !sight.traits(i).any(Traits::ORG | Traits::ACRONYM)
            {
                name.kind = Kind::Place;
            }
            // `from NBC to the papers`
            let letters = sight.traits(i).any(Traits::ACRONYM) && !sight.traits(i).any(Traits::PLACE);
            if name.tokens.len() == 1 && name.kind == Kind::Place && letters {
                name.kind = Kind::Organization;
            }
            if name.tokens.len() == 1 && name.kind == Kind::Organization && opens_dateline(sight, i) {
                name.kind = Kind::Place;
            }
            let doubtful = Traits::PLACE | Traits::ORG | Traits::ACRONYM | Traits::ORG_HEAD | Traits::DEMONYM | Traits::COMMON;
            if name.tokens.len() == 1 && !sight.traits(i).any(doubtful) && has_people(sight, i) {
                name.kind = Kind::Person;
            }
            let seen = sight.tokens[i];
            let shaky = name.tokens.len() == 1
                && name.kind == Kind::Organization
                && seen.initial
                && seen.shown & (Shown::INSIDE | Shown::REPEATED) == 0;
            if shaky
                && sight.page.tokens[i].shape != Shape::Upper
                && !seen.traits.any(Traits::ORG)
                && sight.page.tokens.get(i + 1).is_some_and(|t| t.shape == Shape::Lower)
            {
                return false;
            }
            return !(is_no_name(sight, name) || name.tokens.len() == 1 && sight.traits(i).any(Traits::DEMONYM | Traits::CALENDAR));
        }
        if parts.contains(&sight.page.hash(i)) {
            return !sight.is_initial(i);
        }
        match lone_word(sight, i) {
            Some(kind) => name.kind = kind,
            None => return false,
        }
        true
    });
}

/// `“…,” Hull said`, `“…,” said Hull`: whoever is said to speak right behind a quote that its sentence goes on from.
fn answers(sight: &Sight<'_, '_>, i: usize) -> bool {
    let says = |k: usize| matches!(sight.text(k), "said" | "says" | "added" | "wrote" | "asked" | "replied" | "explained" | "tweeted");
    let verb = if says(i + 1) { i } else { i.saturating_sub(1) };
    let marked = |k: usize| k > 1 && matches!(sight.text(k - 1), "”" | "\"") && matches!(sight.text(k - 2), "," | "?" | "!");
    (says(i + 1) || i > 0 && says(i - 1)) && marked(verb)
}

/// 1 for `Chad` in `Niger and Chad`: what is a given name of few, in a list of places.
fn among_places(sight: &Sight<'_, '_>, i: usize) -> i32 {
    let t = sight.traits(i);
    let joint = |j: usize| matches!(sight.text(j), "," | "and");
    let before = i > 1 && joint(i - 1) && sight.traits(i - 2).any(Traits::PLACE);
    let behind = joint(i + 1) && sight.traits(i + 2).any(Traits::PLACE);
    i32::from(t.any(Traits::WEAK_GIVEN) && !t.any(Traits::FAMILY) && sight.tokens[i].shown & Shown::TITLED == 0 && (before || behind))
}

/// `AMMAN, June 12 (Agency) —`: a word in capitals that opens a paragraph, with a dash soon behind it.
fn opens_dateline(sight: &Sight<'_, '_>, i: usize) -> bool {
    let page = sight.page;
    let Some(paragraph) = page.paragraphs.get(page.paragraph_of(i)).filter(|p| p.start == i) else { return false };
    let known = sight.traits(i).any(Traits::ORG | Traits::ACRONYM);
    let shouted = page.tokens[i].shape == Shape::Upper && sight.text(i).chars().count() > 3;
    let dash = (i + 1..paragraph.end.min(i + 14)).find(|j| matches!(sight.text(*j), "-" | "–" | "—" | "--"));
    shouted && !known && dash.is_some_and(|d| (i + 1..d).all(|j| page.tokens[j].shape != Shape::Lower))
}

/// Buildings that stand for nobody, and words that are titles or pronouns.
fn is_no_name(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let lone = name.tokens.len() == 1
        && sight.traits(name.tokens.start).any(Traits::OFFICE | Traits::TITLE | Traits::MISTER | Traits::MISSUS | Traits::SPEECH);
    lone || sight.known(name.tokens.clone()) == Some(Known::Nobody)
}

/// The kind of a lone word the model takes for a person; `None` if it is no name at all.
fn lone_word(sight: &Sight<'_, '_>, i: usize) -> Option<Kind> {
    let (seen, word) = (sight.tokens[i], sight.text(i));
    let t = seen.traits;
    let shown = |bit: u16| i32::from(seen.shown & bit != 0);
    if t.any(
        Traits::MISTER
            | Traits::MISSUS
            | Traits::TITLE
            | Traits::OFFICE
            | Traits::DEMONYM
            | Traits::CALENDAR
            | Traits::SPEECH
            | Traits::COMMON,
    ) || word.ends_with('.')
    {
        return (t.is_given() && shown(Shown::TITLED) == 1).then_some(Kind::Person);
    }
    if t.any(Traits::THING | Traits::PLACE_TAIL | Traits::ORG_HEAD | Traits::HEAD) && !t.is_of_person() {
        return None;
    }
    let plural_acronym = word.len() > 2 && word.ends_with('s') && word[..word.len() - 1].bytes().all(|b| b.is_ascii_uppercase());
    if plural_acronym || word.contains(['\'', '’']) && word.len() < 5 {
        return None;
    }
    let certain = Shown::TITLED | Shown::AGED | Shown::SURNAMED;
    let listed = (t.is_given() && !t.any(Traits::WEAK_GIVEN)) || t.any(Traits::FAMILY | Traits::WEAK_FAMILY);
    if seen.shown & (Shown::INSIDE | certain) == 0 && !listed && (shown(Shown::SPEAKING) == 0 || seen.headline || word.ends_with('s')) {
        return None;
    }
    // `Key races`, of an article with a key
    let given = t.is_given() && !t.any(Traits::WEAK_GIVEN);
    let weak = t.any(Traits::WEAK_FAMILY) && !t.any(Traits::FAMILY) && !given;
    if weak && shown(Shown::LOWER) == 1 && seen.shown & (certain | Shown::SPEAKING | Shown::OWNS) == 0 {
        return None;
    }
    let name = i32::from(t.any(Traits::FAMILY) || given);
    let upper = i32::from(sight.page.tokens[i].shape == Shape::Upper && !seen.headline);
    let evidence = 4 * shown(Shown::TITLED)
        + 4 * shown(Shown::AGED)
        + shown(Shown::SPEAKING)
        + 3 * name
        + shown(Shown::OWNS)
        + i32::from(t.any(Traits::WEAK_FAMILY | Traits::WEAK_GIVEN))
        + 3 * shown(Shown::SURNAMED)
        - 2 * shown(Shown::THE) * (1 - name)
        - 4 * before_state(sight, i)
        - 2 * shown(Shown::LOCATED)
        - 2 * shown(Shown::ORG)
        - 2 * shown(Shown::LOWER)
        - 2 * shown(Shown::BRACKETED)
        - 2 * upper
        - 3 * i32::from(t.any(Traits::PLACE | Traits::ORG | Traits::ACRONYM))
        - 4 * among_places(sight, i);
    if evidence + 3 * i32::from(has_people(sight, i)) > 0 {
        return Some(Kind::Person);
    }
    let placed = shown(Shown::LOCATED) == 1 && shown(Shown::THE) == 0 || among_places(sight, i) > 0;
    (evidence < 0 || seen.shown & Shown::INSIDE != 0).then_some(if placed { Kind::Place } else { Kind::Organization })
}
