//! Places: finding their names, and telling which place of that name is meant.
//!
//! [`scan`] finds whatever the [`gazetteer`] knows, by [`walk`]s through its names; [`evidence`] tells from the words around it
//! whether it is a place or part of another name; [`resolve`] weighs the meanings of all names of an article against each other. A
//! name with little around it that speaks for a place is one only if it is well known.

mod bearers;
mod called;
mod civic;
mod contain;
mod corroborated;
mod cues;
mod dateline;
mod evidence;
mod foreign;
pub mod gazetteer;
mod homes;
pub mod key;
mod known_as;
mod known_for;
mod lands;
mod lists;
mod map;
mod near;
mod otherwise;
mod parties;
mod reach;
mod resolve;
mod saints;
mod scan;
mod shadow;
mod stated;
mod strays;
mod teams;
#[cfg(test)]
mod tests;
mod unplaced;
mod walk;
mod which;

pub(super) use homes::is_told as is_home;
pub use known_as::{filed_as, known_as};
pub(super) use teams::{is_position, is_team};

use super::names::{Names, WordMap, is_ordinary};
use super::page::{Page, Shape, look};
use crate::article::{Article, Place, PlaceMention};
use evidence::{Evidence, Taken};
use gazetteer::{DEMONYM, Gazetteer, Kind, PlaceId, Posting, WEAK};
use resolve::Name;
use scan::Found;
use std::ops::Range;

/// How much a name that may be none counts for others.
const TRUST: f32 = 0.3;
/// And how much more for what speaks for it.
const TRUST_PER_WEIGHT: f32 = 0.25;
/// What a tenfold population says for a name being a place.
const SIZE: f32 = 0.32;
/// What the context of its best meaning says for it.
const NEIGHBOURS: f32 = 0.97;
/// What speaks against a place whose name is a word.
const WORD: f32 = 3.38;
/// From here on it is a place.
const ENOUGH: f32 = 0.77;

/// How much the land counts whose language an article has.
const OF_A_LANGUAGE: f32 = 1.5;

/// What speaks for a name with words right beside it that leave no doubt.
const SURE: f32 = 4.0;

/// From here on the words beside a name leave little doubt: a preposition that tells where.
const TOLD: f32 = 1.0;

/// What every mention that does as persons do says against a place.
const ACTS: f32 = 1.25;

/// How much a state counts for others by whose name a body is called.
const OF_A_BODY: f32 = 0.6;

/// Even a well-known place is none if so little speaks for it: every mention is held for a person, say.
const DOUBT: f32 = -1.3;

/// A name met in the text, with what speaks for it.
struct Candidate {
    found: Found,
    evidence: Evidence,
    /// Its meanings are only those that fit what stands behind it: `Paris, Texas`.
    contained: bool,
}

/// Finds all places of an article.
pub fn find(page: &Page<'_>, article: &Article, names: &Names) -> Vec<Place> {
    let Some(gazetteer) = Gazetteer::built_in() else { return Vec::new() };
    let taken = Taken::of(names);
    let english = article.is_english();
    let mut candidates = candidates(page, gazetteer, &taken, english);
    let mut parts = if english { trailing(page, &mut candidates) } else { Vec::new() };
    // `Agua Bonita`, which the tagger holds for a place as a whole, may be one still.
    parts.retain(|part| !taken.places().iter().any(|t| t.start < part.start && t.end >= part.end));
    bearers::settle(page, gazetteer, names, &mut candidates);
    contain::settle(page, gazetteer, &mut candidates);
    if english {
        corroborated::between(page, &mut candidates);
    }
    if english {
        teams::settle(page, gazetteer, &mut candidates);
    }
    let states = if english { states_of_bodies(gazetteer, &taken, &candidates) } else { Vec::new() };
    // `Green Bay Packers`: the tagger's `Green Bay` is none either.
    let mut of_names: Vec<Range<usize>> = candidates.iter().filter(|c| c.evidence.vetoed).map(|c| c.found.bytes.clone()).collect();
    of_names.sort_by_key(|bytes| bytes.start);
    candidates.retain(|c| !c.evidence.vetoed && (c.contained || !c.evidence.person));
    let mut known: Vec<Range<usize>> = candidates.iter().map(|c| c.found.bytes.clone()).chain(parts).collect();
    known.sort_by_key(|bytes| bytes.start);
    let mut homes = homes(gazetteer, article);
    if english {
        homes.extend(cues::countries(page, gazetteer));
        homes.extend(states);
    }
    let at_home = strays::countries(&homes);
    let mut chosen = choose(page, gazetteer, &candidates, homes, english);
    if english {
        let strays = strays::take_back(gazetteer, &at_home, &candidates, &mut chosen);
        known.retain(|bytes| strays.binary_search_by_key(&bytes.start, |stray| stray.start).is_err());
    }
    let outer = candidates.iter().zip(&chosen).filter_map(|(c, sense)| Some((c.found.tokens.clone(), (*sense)?)));
    let outer: Vec<(Range<usize>, PlaceId)> =
        outer.filter(|(_, sense)| !resolve::is_demonym(sense.flags)).map(|(tokens, sense)| (tokens, sense.place)).collect();
    let accepted = candidates.iter().zip(&chosen).filter(|(_, sense)| sense.is_some());
    let accepted: Vec<Range<usize>> = accepted.map(|(c, _)| c.found.bytes.clone()).collect();
    let mut places: Vec<(PlaceId, Vec<PlaceMention>)> = Vec::new();
    let mut at: WordMap<PlaceId, usize> = WordMap::with_capacity_and_hasher(candidates.len(), Default::default());
    for (candidate, sense) in candidates.iter().zip(chosen) {
        let Some(sense) = sense else { continue };
        let span = page.span(candidate.found.bytes.clone());
        let mention = PlaceMention { start: span.start, end: span.end, demonym: resolve::is_demonym(sense.flags) };
        let slot = *at.entry(sense.place).or_insert(places.len());
        match places.get_mut(slot) {
            Some((_, mentions)) => mentions.push(mention),
            None => places.push((sense.place, vec![mention])),
        }
    }
    let mut places: Vec<Place> = places.into_iter().map(|(place, mentions)| record(gazetteer, place, mentions)).collect();
    if english {
        let stated = stated::find(page, gazetteer, &taken, &accepted, &outer);
        let told = |p: &Place| !stated.iter().any(|s| s.name == p.name);
        places.extend(unplaced::find(page, &taken, &known, &of_names, header(page)).into_iter().filter(told));
        places.extend(stated);
    }
    places.sort_by_key(|p| p.mentions.first().map_or(0, |m| m.start));
    places
}

/// Whether the words right beside a stretch tell of a town or land: `Halden residents`, `the city of Halden`.
pub(super) fn is_told(page: &Page<'_>, bytes: &Range<usize>) -> bool {
    // `the Halden church`: of somebody called so, perhaps.
    let article = [" the ", "The "].iter().any(|article| page.body[..bytes.start].ends_with(article));
    let (weight, acts) = evidence::around(page, bytes);
    weight >= TOLD && !acts && !article
}

/// The place as it stands in a record.
fn record(gazetteer: &Gazetteer, place: PlaceId, mentions: Vec<PlaceMention>) -> Place {
    let (lat, lon) = gazetteer.position(place);
    Place {
        name: gazetteer.name(place).to_owned(),
        path: Some(gazetteer.path(place)),
        geonames: gazetteer.geonames(place),
        lat: Some(lat),
        lon: Some(lon),
        mentions,
    }
}

/// Where the prose begins: a first line that ends in a web address is a headline with its link, which the title says already.
fn header(page: &Page<'_>) -> usize {
    let line = page.body.lines().next().unwrap_or("");
    let last = line.split_whitespace().next_back().unwrap_or("");
    if last.contains("://") { line.len() } else { 0 }
}

fn candidates(page: &Page<'_>, gazetteer: &Gazetteer, taken: &Taken, english: bool) -> Vec<Candidate> {
    let header = header(page);
    let mut found = if english { scan::scan(page, gazetteer) } else { foreign::scan(page, gazetteer) };
    if english {
        lands::settle(page, gazetteer, &mut found);
        which::settle(page, gazetteer, &mut found);
        civic::settle(page, gazetteer, &mut found);
    }
    let mut all = Vec::with_capacity(found.len());
    for found in found {
        if found.bytes.start < header {
            continue;
        }
        if found.sure {
            all.push(Candidate { found, evidence: Evidence { weight: SURE, ..Evidence::default() }, contained: false });
            continue;
        }
        let mut evidence = evidence::weigh(page, gazetteer, &found, taken);
        if !english {
            evidence.weight = foreign::weight(page, &found, evidence.dateline);
        }
        if !evidence.dateline && otherwise::shouted_acronym(page, gazetteer, &found) {
            evidence.vetoed = true;
        }
        all.push(Candidate { found, evidence, contained: false });
    }
    all
}

/// `BBC Africa`, `Afro Nation Ghana`, `Health Canada`: a place that ends a name which begins with no place. Not so behind what says where
/// in it (`Old Delhi`, `West Texas`), what tells of it (`Soviet Russia`), a title, or a building (`British Embassy Tokyo`).
fn trailing(page: &Page<'_>, candidates: &mut [Candidate]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    // The last sentence that was looked at, and whether it is a headline: it may have many places.
    let mut seen = (usize::MAX, false);
    for i in 0..candidates.len() {
        let first = candidates[i].found.tokens.start;
        let sentence = page.sentence_of(first);
        let opens = page.sentences.get(sentence).is_none_or(|s| first < s.start + 2);
        let beside_place = i > 0 && candidates[i - 1].found.tokens.end == first;
        let ends = candidates[i].found.tokens.end;
        let followed = page.is_capital(ends);
        if opens || beside_place || followed || candidates[i].found.sure || candidates[i].evidence.dateline {
            continue;
        }
        let before = page.tokens[first - 1];
        let glued = page.body.get(before.end as usize..candidates[i].found.bytes.start) == Some(" ");
        let word = page.text(first - 1);
        let named =
            before.shape == Shape::Capital && word.len() > 2 || before.shape == Shape::Upper && word.len() > 2 && !word.contains('.');
        if glued && named && !lists::may_precede(word) && !is_ordinary(word) {
            if seen.0 != sentence {
                seen = (sentence, headline(page, sentence));
            }
            if seen.1 {
                continue;
            }
            candidates[i].evidence.vetoed = true;
            parts.push(candidates[i].found.bytes.clone());
        }
    }
    parts
}

/// Whether nearly all words of a sentence have capitals.
fn headline(page: &Page<'_>, sentence: usize) -> bool {
    let Some(tokens) = page.sentences.get(sentence) else { return false };
    look(tokens.len());
    let words = page.tokens[tokens.clone()].iter().filter(|t| t.end - t.start > 3 && !matches!(t.shape, Shape::Mark | Shape::Number));
    let (capitals, all) = words.fold((0, 0), |(c, n), t| (c + usize::from(t.shape != Shape::Lower), n + 1));
    capitals * 4 >= all * 3
}

/// The places the publication's own name and the place line give.
fn homes(gazetteer: &Gazetteer, article: &Article) -> Vec<Name> {
    let source = article.source.as_deref().unwrap_or("");
    let line = article.dateline.as_ref().and_then(|d| d.place.as_deref()).unwrap_or("");
    let mut homes = Vec::new();
    let land = article.language.as_deref().map_or("", foreign::land);
    for (text, trust) in [(source, 1.5), (line, 2.0), (land, OF_A_LANGUAGE)].into_iter().filter(|(text, _)| !text.is_empty()) {
        for found in scan::scan(&Page::of(text), gazetteer) {
            homes.push(Name { home: true, ..Name::of(gazetteer, &found.senses, 1, trust) });
        }
    }
    homes
}

/// The states that bodies are called after: `the Georgia Bureau of Investigation` is no mention of Georgia, and yet it tells where a
/// story plays. Not so where a city goes by the name of a state (`Washington Post`).
fn states_of_bodies(gazetteer: &Gazetteer, taken: &Taken, candidates: &[Candidate]) -> Vec<Name> {
    let mut told: Vec<u64> = Vec::new();
    let mut states = Vec::new();
    for c in candidates.iter().filter(|c| c.evidence.vetoed && taken.is_organization(&c.found.bytes)) {
        if c.found
            .senses
            .iter()
            .any(|p| matches!(gazetteer.kind(p.place), Kind::Capital | Kind::Seat | Kind::Town) && well_known(gazetteer, p.place))
        {
            continue;
        }
        let state = |p: &&Posting| gazetteer.kind(p.place) == Kind::State && resolve::anglo(gazetteer, p.place) && p.flags & DEMONYM == 0;
        let senses: Vec<Posting> = c.found.senses.iter().filter(state).copied().collect();
        if !senses.is_empty() && !told.contains(&c.found.offset) {
            told.push(c.found.offset);
            states.push(Name { home: true, inside: true, ..Name::of(gazetteer, &senses, 1, OF_A_BODY) });
        }
    }
    states
}

/// The meaning of each candidate; `None` where it is no place after all.
fn choose(page: &Page<'_>, gazetteer: &Gazetteer, candidates: &[Candidate], homes: Vec<Name>, english: bool) -> Vec<Option<Posting>> {
    let mut groups: WordMap<u64, usize> = WordMap::with_capacity_and_hasher(candidates.len(), Default::default());
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (i, candidate) in candidates.iter().enumerate() {
        let group = *groups.entry(candidate.found.offset).or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        members[group].push(i);
    }
    let mut names: Vec<Name> = members.iter().map(|m| name_of(gazetteer, candidates, m)).collect();
    names.extend(homes);
    resolve::weigh(&mut names);
    let mut chosen = vec![None; candidates.len()];
    for (member, name) in members.iter().zip(&names) {
        let Some(best) = name.best() else { continue };
        let mut support = support(candidates, member);
        if english && best.flags & WEAK != 0 && corroborated::both(page, candidates, member) {
            support += corroborated::BOTH;
        }
        let accepted = if english { accepted(gazetteer, best, support, member.len()) } else { foreign::accepted(gazetteer, best, support) };
        if !accepted {
            continue;
        }
        for i in member {
            let own = candidates[*i].contained.then(|| Name::of(gazetteer, &candidates[*i].found.senses, 1, 1.0));
            let own = own.and_then(|n| n.best().map(|s| Posting { place: s.place, flags: s.flags }));
            chosen[*i] = Some(own.unwrap_or(Posting { place: best.place, flags: best.flags }));
        }
    }
    chosen
}

/// What the words around its mentions say for a name: the best of them, less for every mention that does what persons do.
fn support(candidates: &[Candidate], member: &[usize]) -> f32 {
    let best = member.iter().map(|i| candidates[*i].evidence.weight).fold(f32::MIN, f32::max);
    let acts = member.iter().filter(|i| candidates[**i].evidence.acts).count();
    best - ACTS * (acts as f32).min(3.0)
}

/// The name a group of mentions stands for: its meanings are those of the first mention that says what contains it.
fn name_of(gazetteer: &Gazetteer, candidates: &[Candidate], member: &[usize]) -> Name {
    let first = member.iter().find(|i| candidates[**i].contained).unwrap_or(&member[0]);
    let support = support(candidates, member);
    let senses = &candidates[*first].found.senses;
    let mut name = Name::of(gazetteer, senses, member.len(), 1.0);
    let sure = name.best().is_some_and(|b| well_known(gazetteer, b.place) && b.flags & WEAK == 0);
    name.settled = sure && name.senses.len() == 1;
    name.trust = if sure || candidates[*first].contained { 1.0 } else { (TRUST + TRUST_PER_WEIGHT * support).clamp(0.05, 1.0) };
    name
}

fn well_known(gazetteer: &Gazetteer, place: PlaceId) -> bool {
    match gazetteer.kind(place) {
        Kind::Continent | Kind::Country | Kind::Region | Kind::Capital | Kind::County => true,
        Kind::State if resolve::anglo(gazetteer, place) => true,
        _ => gazetteer.population(place) >= 400_000.0,
    }
}

/// Whether enough speaks for a place.
fn accepted(gazetteer: &Gazetteer, best: &resolve::Sense, support: f32, mentions: usize) -> bool {
    let weak = best.flags & WEAK != 0;
    if well_known(gazetteer, best.place) && !weak {
        return support > DOUBT;
    }
    let size = gazetteer.population(best.place).max(100.0).log10() as f32 - 5.0;
    let repeated = (mentions as f32).ln().min(1.0) * 0.3;
    support + size * SIZE + best.context.min(2.5) * NEIGHBOURS + repeated - if weak { WORD } else { 0.0 } >= ENOUGH
}
