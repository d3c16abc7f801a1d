//! What lies in what: `Paris, Texas` is a town, `China, Mexico` a list.

use super::Candidate;
use super::gazetteer::{Gazetteer, Kind, PlaceId, Posting};
use super::resolve::{self, Name};
use crate::article::kilometres;
use crate::extract::page::{Page, Shape};

/// How far a town may lie from the middle of a region it is said to be in, in kilometres.
const REGION: f64 = 400.0;

/// Keeps of each name only the meanings that lie in what follows it (`Paris, Texas`, `Kharkiv, Ukraine`), and of that only what contains them.
pub fn settle(page: &Page<'_>, gazetteer: &Gazetteer, candidates: &mut [Candidate]) {
    for i in (0..candidates.len().saturating_sub(1)).rev() {
        let (left, right) = candidates.split_at_mut(i + 1);
        let (left_of, inner) = left.split_at_mut(i);
        let (outer, right) = right.split_at_mut(1);
        let (inner, outer) = (&mut inner[0], &mut outer[0]);
        let gap = inner.found.tokens.end..outer.found.tokens.start;
        let joined = match gap.len() {
            0 => true,
            1 => matches!(page.text(gap.start), "," | "("),
            _ => false,
        };
        // `Odo Quill` in a line of his own, over the name of his newspaper.
        let parted = page.body.get(inner.found.bytes.end..outer.found.bytes.start).is_some_and(|g| gap.is_empty() && g.contains('\n'));
        if !joined
            || parted
            || inner.evidence.surname
            || leads_office(page, inner, outer)
            || outer.found.sure
            || outer.found.senses.iter().all(|s| resolve::is_demonym(s.flags))
        {
            continue;
        }
        let holds = |outer: &Posting, inner: &Posting| {
            let wide = matches!(gazetteer.kind(outer.place), Kind::State | Kind::Country | Kind::County | Kind::Region);
            wide && !resolve::is_demonym(outer.flags | inner.flags)
                && inner.place != outer.place
                && gazetteer.is_in(inner.place, outer.place)
        };
        let within = |holds: &dyn Fn(&Posting, &Posting) -> bool| -> Vec<Posting> {
            inner.found.senses.iter().filter(|s| outer.found.senses.iter().any(|o| holds(o, s))).copied().collect()
        };
        let mut inside = within(&holds);
        let about = |outer: &Posting, inner: &Posting| {
            !resolve::is_demonym(outer.flags | inner.flags) && is_about(gazetteer, outer.place, inner.place)
        };
        let by_region = inside.is_empty() && !gap.is_empty();
        if by_region {
            inside = within(&about);
        }
        let holds = |outer: &Posting, inner: &Posting| if by_region { about(outer, inner) } else { holds(outer, inner) };
        let beside = [i.checked_sub(1).map(|j| &left_of[j]), right.first()];
        if inside.is_empty() && is_elsewhere(page, gazetteer, inner, outer) {
            inner.evidence.vetoed = true;
            continue;
        }
        if inside.is_empty() || is_list(page, gazetteer, &inside, inner, outer, beside) {
            continue;
        }
        outer.found.senses.retain(|o| inside.iter().any(|s| holds(o, s)));
        outer.contained = true;
        inner.found.senses = inside;
        inner.contained = true;
        inner.evidence.weight += 3.0;
        outer.evidence.weight += 2.0;
    }
}

/// `at a base in Andrews, Maryland, on Monday`: whether what stands behind the comma is a state in which no place of that name is known, so
/// that a small one of another state is not meant.
fn is_elsewhere(page: &Page<'_>, gazetteer: &Gazetteer, inner: &Candidate, outer: &Candidate) -> bool {
    let comma = outer.found.tokens.start == inner.found.tokens.end + 1 && page.text(inner.found.tokens.end) == ",";
    let before = inner.found.tokens.start.checked_sub(1).map_or("", |i| page.text(i));
    let next = page.tokens.get(outer.found.tokens.end).map_or(".", |_| page.text(outer.found.tokens.end));
    let state = |s: &Posting| gazetteer.kind(s.place) == Kind::State && resolve::anglo(gazetteer, s.place);
    let town = |s: &Posting| gazetteer.kind(s.place) >= Kind::Seat && gazetteer.population(s.place) < 100_000.0;
    comma
        && matches!(before, "in" | "In" | "near" | "from" | "of" | "outside")
        && matches!(next, "," | "." | ";" | ")" | "-" | "–" | "—" | "--")
        && outer.found.senses.iter().all(state)
        && inner.found.senses.iter().all(town)
}

/// `St. John's, Newfoundland`: whether a town lies in a region of its own country, which no list says of towns, as near as regions are wide.
fn is_about(gazetteer: &Gazetteer, region: PlaceId, town: PlaceId) -> bool {
    let ((north, east), (n, e)) = (gazetteer.position(region), gazetteer.position(town));
    gazetteer.kind(region) == Kind::Region
        && gazetteer.kind(town) >= Kind::Capital
        && gazetteer.parent(region).is_some_and(|land| gazetteer.country(town) == Some(land))
        && kilometres((north, east), (n, e)) < REGION
}

/// `Ito, U.S. Trade Representative Odo Quill and others`: somebody of the article, and behind the comma whose office the next one holds.
fn leads_office(page: &Page<'_>, inner: &Candidate, outer: &Candidate) -> bool {
    let next = outer.found.tokens.end;
    inner.evidence.person && page.tokens.get(next).is_some_and(|t| t.shape == Shape::Capital)
}

/// Whether a name and the one behind it, which could hold a lesser namesake of it, stand in a list, or side by side by chance:
/// `China, Mexico`, `in California, Missouri and Ohio`, `In Paris, U.S. envoys …`
fn is_list(
    page: &Page<'_>,
    gazetteer: &Gazetteer,
    inside: &[Posting],
    inner: &Candidate,
    outer: &Candidate,
    beside: [Option<&Candidate>; 2],
) -> bool {
    let comma = outer.found.tokens.start == inner.found.tokens.end + 1 && page.text(inner.found.tokens.end) == ",";
    let Some(best) = Name::of(gazetteer, &inner.found.senses, 1, 1.0).best().copied() else { return false };
    if !comma || inner.evidence.dateline || inside.iter().any(|s| s.place == best.place) {
        return false;
    }
    let Some(whole) = Name::of(gazetteer, &outer.found.senses, 1, 1.0).best().copied() else { return false };
    let (part, whole) = (gazetteer.kind(best.place), gazetteer.kind(whole.place));
    let next = page.tokens.get(outer.found.tokens.end).map_or(".", |_| page.text(outer.found.tokens.end));
    let closed = matches!(next, "," | "." | ";" | ":" | ")" | "-" | "–" | "—" | "--");
    let joined = |a: &Candidate, b: &Candidate| {
        let gap = page.body.get(a.found.bytes.end..b.found.bytes.start).unwrap_or("");
        matches!(gap, ", " | " and " | ", and " | " or " | ", or " | " & ")
    };
    let peer = |c: &Candidate| {
        !c.contained && Name::of(gazetteer, &c.found.senses, 1, 1.0).best().is_some_and(|b| gazetteer.kind(b.place) == whole)
    };
    let listed = beside[0].is_some_and(|b| peer(b) && joined(b, inner)) || beside[1].is_some_and(|b| peer(b) && joined(outer, b));
    match part {
        Kind::Continent | Kind::Country if whole == Kind::Country => true,
        Kind::Continent | Kind::Country => listed,
        // `Indiana, Pa.`, `in Nevada, Missouri,`
        Kind::State if resolve::anglo(gazetteer, best.place) => {
            let short = page.slice(outer.found.tokens.clone()).ends_with('.');
            let before = inner.found.tokens.start.checked_sub(1).map_or("", |i| page.text(i));
            listed || !(short || closed && matches!(before, "in" | "near" | "from" | "of"))
        }
        _ if gazetteer.population(best.place) < 400_000.0 && part != Kind::Capital => false,
        _ if whole == Kind::Country => listed || !closed,
        _ => listed,
    }
}
