//! What the words around a name say: whether it is a place at all, and how surely.

use super::scan::Found;
use crate::extract::names::{EntityKind, Names};
use crate::extract::page::{Page, Shape};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

/// The word lists, each a set.
struct Lists {
    after: HashSet<&'static str>,
    before_of: HashSet<&'static str>,
    prepositions: HashSet<&'static str>,
    kinds: HashSet<&'static str>,
    titles: HashSet<&'static str>,
    municipal: HashSet<&'static str>,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    let set = |text: &'static str| text.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect();
    LISTS.get_or_init(|| Lists {
        after: set(include_str!("words/after.txt")),
        before_of: set(include_str!("words/before_of.txt")),
        prepositions: set(include_str!("words/prepositions.txt")),
        kinds: set(include_str!("words/kinds.txt")),
        titles: set(include_str!("words/titles.txt")),
        municipal: set(include_str!("words/municipal.txt")),
    })
}

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
    /// How much the words around speak for a place; below 0: against.
    pub weight: f32,
}

/// The stretches of persons and organizations, for quick overlap.
pub struct Taken {
    persons: Vec<Range<usize>>,
    organizations: Vec<Range<usize>>,
    places: Vec<Range<usize>>,
}

impl Taken {
    /// Those the names room found.
    pub fn of(names: &Names) -> Taken {
        let of_kind = |kind: EntityKind| {
            let entities = names.entities.iter().filter(|e| e.kind == kind);
            sorted(entities.flat_map(|e| e.mentions.iter().map(|m| m.bytes.clone())).collect())
        };
        Taken {
            persons: of_kind(EntityKind::Person),
            organizations: of_kind(EntityKind::Organization),
            places: sorted(names.place_like.clone()),
        }
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

/// The evidence for one stretch.
pub fn weigh(page: &Page<'_>, found: &Found, taken: &Taken) -> Evidence {
    let mut evidence = Evidence { dateline: in_dateline(page, found), ..Evidence::default() };
    let before = |n: usize| found.tokens.start.checked_sub(n).map_or("", |i| page.text(i));
    let after = |n: usize| if found.tokens.end + n < page.tokens.len() { page.text(found.tokens.end + n) } else { "" };
    let organization = overlapping(&taken.organizations, &found.bytes);
    evidence.organization = organization.is_some_and(|o| o.end <= found.bytes.end && o.start >= found.bytes.start);
    evidence.tagged = overlapping(&taken.places, &found.bytes).is_some();
    evidence.vetoed = overlapping(&taken.persons, &found.bytes).is_some()
        || organization.is_some() && !evidence.organization && !lists().municipal.contains(after(0))
        || lists().titles.contains(before(1))
        || part_of_name(page, found);
    if evidence.dateline {
        evidence.vetoed = false;
        evidence.weight += 3.0;
    }
    let l = lists();
    if l.prepositions.contains(before(1)) || before(1) == "In" || before(1) == "Near" || before(1) == "From" {
        evidence.weight += if matches!(before(1), "in" | "In" | "near" | "Near") { 1.5 } else { 0.8 };
    }
    if before(1) == "of"
        && (l.kinds.contains(before(2))
            || matches!(
                before(2),
                "City"
                    | "Town"
                    | "Village"
                    | "south"
                    | "north"
                    | "east"
                    | "west"
                    | "outside"
                    | "people"
                    | "outskirts"
                    | "resident"
                    | "residents"
                    | "mayor"
            ))
    {
        evidence.weight += 2.0;
    }
    if l.kinds.contains(after(0)) || l.kinds.contains(before(1)) {
        evidence.weight += 1.5;
    }
    if after(0) == "-" && matches!(after(1), "based" | "area" | "born") {
        evidence.weight += 2.0;
    }
    if matches!(after(0), "'s" | "’s") {
        evidence.weight += 0.3;
    }
    if matches!(after(0), "residents" | "resident" | "police" | "area" | "mayor" | "officials" | "native" | "authorities" | "man" | "woman")
    {
        evidence.weight += 1.0;
    }
    if evidence.tagged {
        evidence.weight += 1.5;
    }
    evidence
}

/// Whether a neighbour in capitals makes it part of a longer name: `Denzel Washington`, `Kennedy Airport`, `Bank of England`.
fn part_of_name(page: &Page<'_>, found: &Found) -> bool {
    let l = lists();
    let (first, end) = (found.tokens.start, found.tokens.end);
    let word = |i: usize| page.tokens.get(i).map_or("", |_| page.text(i));
    let together = |i: usize| {
        page.tokens[i].end == page.tokens[i + 1].start
            || page.body[page.tokens[i].end as usize..page.tokens[i + 1].start as usize].trim_matches(' ').is_empty()
    };
    if end < page.tokens.len()
        && together(end - 1)
        && l.after.contains(word(end))
        && !l.municipal.contains(word(end))
        && page.tokens[end].shape != Shape::Lower
    {
        return true;
    }
    if first >= 2
        && matches!(word(first - 1), "of")
        && l.before_of.contains(word(first - 2))
        && page.tokens[first - 2].shape == Shape::Capital
    {
        return true;
    }
    end + 1 < page.tokens.len() && word(end) == "&" && page.tokens[end + 1].shape == Shape::Capital
}

/// Whether the stretch opens a paragraph as agencies do: `KYIV, Aug 18 (Reuters) -`.
fn in_dateline(page: &Page<'_>, found: &Found) -> bool {
    let paragraph = page.paragraph_of(found.tokens.start);
    let start = page.paragraphs.get(paragraph).map_or(0, |p| p.start);
    if paragraph > 3 || found.tokens.start > start + 6 {
        return false;
    }
    let stop = (start + 16).min(page.paragraphs[paragraph].end);
    let mut dash = None;
    for i in found.tokens.end..stop {
        match page.text(i) {
            "-" | "–" | "—" | "--" => {
                dash = Some(i);
                break;
            }
            "." | "?" | "!" | ";" | "\"" | "“" | "said" | "has" | "have" | "is" | "was" | "the" => break,
            _ => {}
        }
    }
    let Some(dash) = dash else { return false };
    let open = page.tokens[dash].start > page.tokens[dash - 1].end || matches!(page.text(dash), "—" | "--") || page.text(dash - 1) == ")";
    let lower = (start..dash).filter(|i| page.tokens[*i].shape == Shape::Lower).count();
    open && lower <= 1
}
