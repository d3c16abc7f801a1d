//! What the words around a name say: whether it is a place at all, and how surely.

use super::called::{CALLED_SO, is_called_so};
use super::dateline::in_dateline;
use super::gazetteer::{DEMONYM, Gazetteer, Kind, NONE, Posting, WEAK};
use super::lists::{In, is_facility, lists, lists_of};
use super::scan::Found;
use super::{civic, homes, otherwise, parties};
use crate::extract::names::{EntityKind, Mention, Names, is_of_body};
use crate::extract::page::{Page, Shape};
use std::ops::Range;

/// What the tagger says for a place.
const TAGGED: f32 = 1.5;
/// What it says against one by holding it for an organization.
const ORGANIZATION: f32 = 0.26;
/// So many bytes behind a name the other half of a double one ends.
const FARTHEST: usize = 200;
/// What it says against one by holding it for a person never named more fully.
const BARE: f32 = 0.96;

/// What is known of one mention before its meaning is chosen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// It is part of another name, or a person's: no place, whatever its meaning.
    pub vetoed: bool,
    /// It stands in the place line at the head of a story.
    pub dateline: bool,
    /// The tagger holds it for a place.
    pub tagged: bool,
    /// The tagger holds it for an organization of exactly this name.
    pub organization: bool,
    /// How much the words around speak for a place.
    pub weight: f32,
    /// It is held for a person named more fully elsewhere: no place, unless what follows contains it.
    pub person: bool,
    /// It ends the name of a person of several words.
    pub surname: bool,
    /// It does what persons do: `said Ann`.
    pub acts: bool,
}

/// The stretches of persons and organizations, for quick overlap.
pub struct Taken {
    persons: Vec<Person>,
    organizations: Vec<Range<usize>>,
    places: Vec<Range<usize>>,
}

/// A mention of a person.
struct Person {
    bytes: Range<usize>,
    /// The article names this person nowhere more fully, so that it may be a place after all.
    bare: bool,
}

impl Taken {
    /// Those the names room found.
    pub fn of(names: &Names) -> Taken {
        let of_kind = |kind: EntityKind| names.entities.iter().filter(move |e| e.kind == kind);
        let persons = of_kind(EntityKind::Person).flat_map(|e| {
            let words = e.name.split_whitespace().count();
            let longest = e.mentions.iter().map(|m| m.bytes.len()).max().unwrap_or(0);
            let alone = move |m: &Mention| m.bytes.len() == longest && (words == 1 || m.bytes.len() + 1 >= e.name.len());
            e.mentions.iter().map(move |m| Person { bytes: m.bytes.clone(), bare: alone(m) })
        });
        let mut persons: Vec<Person> = persons.collect();
        persons.sort_by_key(|p| p.bytes.start);
        let organizations = of_kind(EntityKind::Organization).flat_map(|e| e.mentions.iter().map(|m| m.bytes.clone()));
        Taken { persons, organizations: sorted(organizations.collect()), places: sorted(names.place_like.clone()) }
    }

    /// The stretches the tagger holds for places.
    pub fn places(&self) -> &[Range<usize>] {
        &self.places
    }

    /// Whether a stretch overlaps the name of an organization.
    pub fn is_organization(&self, with: &Range<usize>) -> bool {
        overlapping(&self.organizations, with).is_some()
    }

    /// Whether a stretch overlaps the name of a person.
    pub fn is_person(&self, with: &Range<usize>) -> bool {
        self.person(with).is_some()
    }

    fn person(&self, with: &Range<usize>) -> Option<&Person> {
        let first = self.persons.partition_point(|p| p.bytes.end <= with.start);
        self.persons.get(first).filter(|p| p.bytes.start < with.end)
    }
}

fn sorted(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|r| (r.start, r.end));
    ranges
}

fn overlapping<'a>(ranges: &'a [Range<usize>], with: &Range<usize>) -> Option<&'a Range<usize>> {
    let first = ranges.partition_point(|r| r.end <= with.start);
    ranges.get(first).filter(|r| r.start < with.end)
}

/// A stretch with the words beside it.
pub struct Beside<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// The stretch.
    pub found: &'a Found,
    /// The lists in which the tokens right before and behind it stand.
    listed: (In, In),
}

impl<'a> Beside<'a> {
    fn of(page: &'a Page<'a>, found: &'a Found) -> Beside<'a> {
        let lists_at = |i: usize| if i < page.tokens.len() { lists_of(page.hash(i)) } else { In::default() };
        let before = found.tokens.start.checked_sub(1).map_or(In::default(), lists_at);
        Beside { page, found, listed: (before, lists_at(found.tokens.end)) }
    }

    /// The `n`th token before, counted from 1.
    pub fn before(&self, n: usize) -> &'a str {
        self.found.tokens.start.checked_sub(n).map_or("", |i| self.page.text(i))
    }

    /// The lists in which the token before the one right before it stands.
    fn listed_before(&self) -> In {
        self.found.tokens.start.checked_sub(2).map_or(In::default(), |i| lists_of(self.page.hash(i)))
    }

    /// Whether a word beside it is what persons do: `said Ann`.
    fn acts(&self) -> bool {
        self.listed.1.has(In::ACTS) || self.listed.0.has(In::ACTS)
    }

    /// The `n`th token behind, counted from 0.
    pub fn after(&self, n: usize) -> &'a str {
        let i = self.found.tokens.end + n;
        if i < self.page.tokens.len() { self.page.text(i) } else { "" }
    }
}

/// How much the words around a stretch without meanings speak for a place, and whether it does what persons do.
pub fn around(page: &Page<'_>, bytes: &Range<usize>) -> (f32, bool) {
    let first = page.tokens.partition_point(|t| t.end as usize <= bytes.start);
    let end = page.tokens.partition_point(|t| (t.start as usize) < bytes.end).max(first + 1);
    let found = Found { tokens: first..end, bytes: bytes.clone(), offset: 0, senses: Vec::new(), sure: false };
    let beside = Beside::of(page, &found);
    (neighbours(&beside), beside.acts())
}

/// The evidence for one stretch.
pub fn weigh(page: &Page<'_>, gazetteer: &Gazetteer, found: &Found, taken: &Taken) -> Evidence {
    let beside = Beside::of(page, found);
    let mut evidence = Evidence { dateline: in_dateline(page, found), ..Evidence::default() };
    let organization = overlapping(&taken.organizations, &found.bytes);
    evidence.organization = organization.is_some_and(|o| o.end <= found.bytes.end && o.start >= found.bytes.start);
    evidence.tagged = overlapping(&taken.places, &found.bytes).is_some();
    evidence.weight = neighbours(&beside);
    evidence.acts = beside.acts() && !homes::is_of_somebody(page, found.tokens.start);
    if evidence.tagged {
        evidence.weight += TAGGED;
    }
    if is_called_so(&beside, gazetteer) {
        evidence.weight -= CALLED_SO;
    }
    if evidence.organization {
        evidence.weight -= ORGANIZATION;
    }
    let party = page.body[..found.bytes.start].ends_with("D-") || page.body[..found.bytes.start].ends_with("R-");
    let person = taken.person(&found.bytes);
    let somebody = person.is_some_and(|p| p.bytes == found.bytes);
    if party {
        evidence.weight += 2.0;
    } else if let Some(person) = person {
        evidence.surname = person.bytes.start < found.bytes.start && person.bytes.end <= found.bytes.end;
        match whose(person, &beside) {
            Some(against) => evidence.weight -= against,
            None => evidence.person = true,
        }
    }
    // `St. Paul's Church`, `at St. Paul's`: a town goes before its state, or behind `in`.
    let text = &page.body[found.bytes.clone()];
    let owned = text.starts_with("St") && text.ends_with('s') && text.trim_end_matches('s').ends_with(['\'', '’']);
    let in_state = beside.after(0) == "," && beside.after(1).starts_with(char::is_uppercase);
    evidence.vetoed |= owned && !in_state && !matches!(beside.before(1), "in" | "In" | "near" | "outside");
    let money = matches!(beside.after(0), "dollar" | "dollars" | "$" | "Dollar");
    let other_name = organization.is_some_and(|o| !evidence.organization && !party && !own_body(o, &beside, gazetteer));
    evidence.vetoed |= other_name || money || is_case(&beside, gazetteer) || beside.listed.0.has(In::TITLES) || part_of_name(&beside);
    if is_agency(&beside, gazetteer) {
        evidence.vetoed = true;
    } else if evidence.dateline {
        evidence.vetoed = false;
        evidence.person = false;
        evidence.weight += 3.0;
    }
    evidence.vetoed |= otherwise::is_none(&beside, gazetteer, somebody);
    evidence
}

/// Whether an organization is a body of the town or state its name begins with: `Athens Police Department`, `Kentucky
/// Home Guard`. The place is meant too, then; not so in firms, newspapers and universities, and not for countries.
fn own_body(organization: &Range<usize>, beside: &Beside<'_>, gazetteer: &Gazetteer) -> bool {
    // `Indian Health Service`: a word for people names an organization's concern, not its seat.
    if beside.found.senses.iter().all(|s| s.flags & DEMONYM != 0) {
        return beside.after(0) == "Government";
    }
    if beside.listed.1.has(In::MUNICIPAL) || beside.before(1) == "in" || beside.before(2) == "in" && beside.before(1) == "the" {
        return true;
    }
    let article = usize::from(beside.before(1) == "the"); // `Government of the Netherlands`
    let body = beside.before(2 + article);
    if beside.before(1 + article) == "of"
        && (body == "Government" || ["City", "Town", "Village", "County", "Borough", "Township"].contains(&body))
    {
        return true;
    }
    // `British Embassy Tokyo`, `Courthouse Ballyjamesduff`: what stands there is called after where it stands.
    let housed = matches!(
        beside.before(1),
        "Embassy" | "Consulate" | "Courthouse" | "Airport" | "Hospital" | "Prison" | "Campus" | "Park" | "Marriott" | "Hilton" | "Hyatt"
    );
    if housed && organization.end <= beside.found.bytes.end {
        return true;
    }
    let wide = |s: &Posting| matches!(gazetteer.kind(s.place), Kind::Country | Kind::Continent | Kind::Region) || s.flags & DEMONYM != 0;
    if organization.start != beside.found.bytes.start || beside.found.senses.iter().any(wide) {
        return false;
    }
    if beside.found.senses.iter().any(|s| gazetteer.kind(s.place) == Kind::County) {
        return true;
    }
    let rest = beside.page.body.get(beside.found.bytes.end..organization.end).unwrap_or("");
    // `Ohio State` is a university, and `Archer Daniels Midland` has nothing that a town has.
    let word = beside.found.senses.iter().all(|s| s.flags & WEAK != 0);
    let own = !word && rest != " State" && (rest.starts_with(" of ") || rest.split_whitespace().any(is_of_body));
    own && !rest.split_whitespace().any(|w| lists(w).has(In::AFTER) && !lists(w).has(In::MUNICIPAL))
}

/// `Quill v. Varr`, the name of a case, of a state too; countries play football.
fn is_case(beside: &Beside<'_>, gazetteer: &Gazetteer) -> bool {
    let versus =
        matches!(beside.after(0), "v." | "v") && beside.after(1).starts_with(char::is_uppercase) || matches!(beside.before(1), "v." | "v");
    versus && !beside.found.senses.iter().any(|s| gazetteer.kind(s.place) == Kind::Country)
}

/// What speaks against a place inside a stretch held for a person; `None`: it is the person's name.
fn whose(person: &Person, beside: &Beside<'_>) -> Option<f32> {
    let bytes = &beside.found.bytes;
    let whole = person.bytes.start >= bytes.start && person.bytes.end <= bytes.end;
    if whole {
        let located = matches!(beside.before(1), "in" | "In" | "near" | "Near") || is_second(beside);
        return (person.bare || located).then_some(BARE);
    }
    let leads = person.bytes.start == bytes.start && person.bytes.end > bytes.end;
    let next = beside.listed.1;
    if leads && (next.has(In::MUNICIPAL) || next.has(In::TITLES) || next.has(In::OFFICES)) {
        return Some(0.0);
    }
    // `Athens-Clarke`, but not `Sanya-Ogunleye`.
    let other = if leads { beside.page.body.get(bytes.end..person.bytes.end.min(bytes.end + FARTHEST)) } else { None };
    let other = other.and_then(|rest| rest.strip_prefix('-'));
    let named = |other: &str| other.starts_with(char::is_lowercase) || Gazetteer::built_in().is_some_and(|g| !g.lookup(other).is_empty());
    if other.and_then(|other| other.split(' ').next()).is_some_and(named) {
        return Some(0.0);
    }
    let trails = beside.before(1) == "of" && person.bytes.end <= bytes.end;
    trails.then_some(-1.0)
}

/// `plants in Findlay and Marion`: the second of two, of which the first stands behind `in` and is a place.
fn is_second(beside: &Beside<'_>) -> bool {
    let (and, first) = (beside.before(1), beside.before(2));
    let located = and == "and" && matches!(beside.before(3), "in" | "In" | "near" | "Near") && first.starts_with(char::is_uppercase);
    let closes = !beside.after(0).starts_with(char::is_uppercase) && !beside.acts();
    located && closes && Gazetteer::built_in().is_some_and(|g| !g.lookup(first).is_empty())
}

/// What the words beside a stretch say for a place.
fn neighbours(beside: &Beside<'_>) -> f32 {
    let (before, after) = (beside.before(1), beside.after(0));
    let (lists_before, lists_after) = (beside.listed.0, beside.listed.1);
    let mut weight = 0.0;
    if matches!(before, "in" | "In" | "near" | "Near") {
        weight += 1.5;
    } else if before == "and" && is_second(beside) {
        weight += 1.0;
    } else if lists_before.has(In::PREPOSITIONS) || matches!(before, "From" | "At") {
        weight += 0.8;
    }
    if before == "of" {
        let of = beside.listed_before();
        weight += if of.has(In::KINDS) || of.has(In::OF_PLACE) { 2.0 } else { 0.4 };
    }
    if lists_after.has(In::KINDS) || lists_before.has(In::KINDS) {
        weight += 1.5;
    }
    weight += homes::weight(beside.page, beside.found.tokens.start) + civic::weight(after, beside.after(1));
    if after == "-" && matches!(beside.after(1), "based" | "area" | "born") {
        weight += 2.0;
    }
    weight += if matches!(after, "'s" | "’s") { 0.3 } else { 0.0 };
    if lists_after.has(In::OF_TOWN) {
        weight += 1.0;
    }
    // `Percy French Hotel, Ballyjamesduff`
    let before2 = beside.before(2);
    if before == "," && before2.starts_with(char::is_uppercase) && is_facility(before2) {
        weight += 1.0;
    }
    // `the Amazon`, a region, with no name behind it.
    let region = |s: &Posting| s.place != NONE && Gazetteer::built_in().is_some_and(|g| g.kind(s.place) == Kind::Region);
    let named = beside.page.is_capital(beside.found.tokens.end);
    if matches!(before, "the" | "The") && !named && beside.found.senses.iter().any(region) {
        weight += 4.0;
    }
    weight
}

/// Whether a neighbour in capitals makes it part of a longer name: `Denzel Washington`, `Kennedy Airport`, `Bank of England`.
fn part_of_name(beside: &Beside<'_>) -> bool {
    let (page, found, behind) = (beside.page, beside.found, beside.listed.1);
    let (first, end) = (found.tokens.start, found.tokens.end);
    let word = |i: usize| page.tokens.get(i).map_or("", |_| page.text(i));
    let together = |i: usize| {
        page.tokens[i].end == page.tokens[i + 1].start
            || page.body[page.tokens[i].end as usize..page.tokens[i + 1].start as usize].trim_matches(' ').is_empty()
    };
    if end < page.tokens.len()
        && together(end - 1)
        && (behind.has(In::AFTER) || behind.has(In::NATURE))
        && !behind.has(In::MUNICIPAL)
        // `the envoy to Mongolia Dr. Ana Ito`
        && !(matches!(word(end), "Dr" | "Dr.") && page.tokens.get(end + 1).is_some_and(|t| t.shape == Shape::Capital))
        && !parties::of_party(found, word(end))
        && page.tokens[end].shape != Shape::Lower
    {
        return true;
    }
    if first >= 2
        && matches!(word(first - 1), "of")
        && lists(word(first - 2)).has(In::BEFORE_OF)
        && !(first >= 3 && word(first - 3) == "Crown")
        && page.tokens[first - 2].shape == Shape::Capital
    {
        return true;
    }
    if first >= 1
        && matches!(
            word(first - 1),
            "Lake" | "Mount" | "Mt." | "Fort" | "Ft." | "Port" | "Cape" | "Camp" | "Loch" | "San" | "Santa" | "Saint" | "St."
        )
    {
        return true;
    }
    if hyphenated(page, found) {
        return true;
    }
    let other = end + 1 + usize::from(word(end + 1) == "the");
    let land =
        |s: &Posting| Gazetteer::built_in().is_some_and(|g| s.place != NONE && s.flags & DEMONYM == 0 && g.kind(s.place) == Kind::Country);
    word(end) == "&" && !found.senses.iter().any(land) && page.tokens.get(other).is_some_and(|t| t.shape == Shape::Capital)
}

/// `Diaz-Balart`: half of a double name, of which the other half is no place. `Athens-Clarke` and `U.S.-Russia` name two.
fn hyphenated(page: &Page<'_>, found: &Found) -> bool {
    let (first, last) = (page.tokens[found.tokens.start], page.tokens[found.tokens.end - 1]);
    let head = page.body.get(first.start as usize..found.bytes.start).unwrap_or("").trim_end_matches('-');
    let tail = page.body.get(found.bytes.end..last.end as usize).unwrap_or("");
    let tail = tail.strip_prefix('-').unwrap_or("");
    let other = if head.is_empty() { tail } else { head };
    let Some(gazetteer) = Gazetteer::built_in() else { return false };
    // `IIT-Delhi`: an acronym of three letters and more is no adjective like `US-` or `EU-`.
    let acronym = !head.is_empty() && other.len() > 2 && other.chars().all(char::is_uppercase);
    let capital = other.chars().next().is_some_and(char::is_uppercase) && other.chars().skip(1).any(char::is_lowercase);
    if acronym && gazetteer.lookup(other).is_empty() {
        return true;
    }
    let large = |s: &Posting| {
        matches!(gazetteer.kind(s.place), Kind::Country | Kind::Continent | Kind::Region | Kind::Capital)
            || gazetteer.population(s.place) >= 400_000.0
    };
    capital && gazetteer.lookup(other).is_empty() && !found.senses.iter().any(large)
}

/// Whether a name is that of the agency in a place line: `MADRID, Nov 19 (Meridian) -`. A country or state may stand there too.
fn is_agency(beside: &Beside<'_>, gazetteer: &Gazetteer) -> bool {
    let dash = matches!(beside.after(1), "-" | "–" | "—" | "--" | "―");
    if beside.before(1) != "(" || beside.after(0) != ")" || !dash {
        return false;
    }
    let wide = |s: &Posting| matches!(gazetteer.kind(s.place), Kind::Country | Kind::State | Kind::Region);
    let first = beside.found.tokens.start;
    let opens = beside.page.paragraphs.get(beside.page.paragraph_of(first)).is_some_and(|p| {
        let line = &beside.page.tokens[p.start..first];
        (2..14).contains(&line.len()) && line.iter().all(|t| t.shape != Shape::Lower)
    });
    opens && !beside.found.senses.iter().any(wide)
}
