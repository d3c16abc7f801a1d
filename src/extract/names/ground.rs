//! Somebody or ground? Persons and bodies that were found over the same words as a place: `Jordan's bank`, `the town of Rio Lindo`, `voters in
//! Quill, Ohio`, `Marta Quill`.

use super::lexicon::{Known, Lexicon, Traits};
use super::looks::acts;
use super::{Entity, EntityKind, Mention, Names};
use crate::article::{Place, PlaceMention};
use crate::extract::page::Page;
use crate::extract::places;
use rustc_hash::{FxHashMap, FxHashSet};

/// What parts the members of a list, the longest first.
const JOINTS: [&str; 3] = [", and ", " and ", ", "];

/// Where places were found.
struct Ground<'p> {
    page: &'p Page<'p>,
    /// Where those stand that are no word for people, in order, and whether the article names a county without the word.
    taken: Vec<((u32, u32), bool)>,
    /// Where those begin that lie outside the United States, whose universities are called like towns: `at Cornell`.
    abroad: FxHashSet<u32>,
    /// Where words for people begin and end.
    demonyms: FxHashMap<u32, u32>,
}

impl<'p> Ground<'p> {
    fn of(page: &'p Page<'p>, places: &[Place]) -> Ground<'p> {
        let mut ground = Ground { page, taken: Vec::new(), abroad: FxHashSet::default(), demonyms: FxHashMap::default() };
        for place in places {
            let abroad = place.path.as_ref().is_some_and(|path| !path.starts_with("North America/United States"));
            let county = place.name.strip_suffix(" County").map(|name| name.chars().count());
            for mention in &place.mentions {
                if mention.demonym {
                    ground.demonyms.insert(mention.start, mention.end);
                    continue;
                }
                let bare = county.is_some_and(|letters| (mention.end - mention.start) as usize <= letters);
                ground.taken.push(((mention.start, mention.end), bare));
                if abroad {
                    ground.abroad.insert(mention.start);
                }
            }
        }
        ground.taken.sort_unstable();
        ground
    }

    /// `Kitts` of `Saint Kitts`: whether a mention is the end of a longer name of a place.
    fn ends_longer(&self, m: &Mention) -> bool {
        let (start, end) = self.at(m);
        let before = self.taken.partition_point(|(place, _)| place.0 < start);
        before > 0 && self.taken[before - 1].0.1 >= end
    }

    /// Whether a place begins at a code point.
    fn begins(&self, start: u32) -> bool {
        let next = self.taken.partition_point(|(place, _)| place.0 < start);
        self.taken.get(next).is_some_and(|(place, _)| place.0 == start)
    }

    /// The place over the same words, and whether it is a county named without the word.
    fn over(&self, m: &Mention) -> Option<bool> {
        let at = self.at(m);
        self.taken.binary_search_by_key(&at, |(place, _)| *place).ok().map(|n| self.taken[n].1)
    }

    fn at(&self, m: &Mention) -> (u32, u32) {
        let span = self.page.span(m.bytes.clone());
        (span.start, span.end)
    }

    /// Whether a place was found over the same words.
    fn holds(&self, m: &Mention) -> bool {
        self.over(m).is_some()
    }

    /// `in Halden`, `near Halden`
    fn is_located(&self, m: &Mention) -> bool {
        let before = self.page.body[..m.bytes.start].trim_end();
        [" in", "In", " near", "Near", " outside"].iter().any(|word| before.ends_with(word))
    }

    /// `She moved to Halden`
    fn is_reached(&self, m: &Mention) -> bool {
        const WAYS: [&str; 14] = [
            "back",
            "came",
            "drove",
            "east",
            "flew",
            "home",
            "moved",
            "moving",
            "north",
            "relocated",
            "south",
            "travelled",
            "traveled",
            "west",
        ];
        let Some(before) = self.page.body[..m.bytes.start].strip_suffix(" to ") else { return false };
        WAYS.contains(&before.rsplit([' ', '\n']).next().unwrap_or(""))
    }

    /// `at Halden`, `from Halden`, of a town abroad.
    fn is_on_the_way(&self, m: &Mention) -> bool {
        let before = self.page.body[..m.bytes.start].trim_end();
        let told = [" at", " from", " between", "From", "Between"].iter().any(|word| before.ends_with(word));
        told && self.abroad.contains(&self.at(m).0)
    }

    /// `Halden, N.Y.`
    fn before_state(&self, m: &Mention) -> bool {
        self.page.body[m.bytes.end..].starts_with(", ") && self.begins(self.at(m).1 + 2)
    }

    /// `in Halden and Varr`, `in Halden, a town of`: behind `in`, before another place or where its sentence or clause ends. Not `an ally in
    /// Halden, who`.
    fn closes(&self, m: &Mention) -> bool {
        let behind = &self.page.body[m.bytes.end..];
        let listed = behind.starts_with(" and ") && self.begins(self.at(m).1 + 5);
        let ends = behind.starts_with([',', '.', ')', ';']) && !behind.starts_with(", who");
        self.is_located(m) && (listed || ends)
    }

    /// `Halden, Varr and Quill`: one of three or more in a list, of which the two nearest are places.
    fn is_listed(&self, m: &Mention) -> bool {
        let left = self.left_of(m.bytes.start);
        let right = self.right_of(m.bytes.end);
        match (left, right) {
            (Some(_), Some(_)) => true,
            (Some(left), None) => self.left_of(left).is_some(),
            (None, Some(right)) => self.right_of(right).is_some(),
            (None, None) => false,
        }
    }

    /// Where the place begins that stands in a list right before this byte.
    fn left_of(&self, start: usize) -> Option<usize> {
        let head = &self.page.body[..start];
        let head = JOINTS.iter().find_map(|joint| head.strip_suffix(joint))?;
        let end = self.page.span(head.len()..head.len()).start;
        let at = self.taken.partition_point(|(place, _)| place.1 < end);
        let place = self.taken.get(at).filter(|(place, _)| place.1 == end)?.0;
        head.char_indices().rev().nth((place.1 - place.0) as usize - 1).map(|(byte, _)| byte)
    }

    /// Where the place ends that stands in a list right behind this byte.
    fn right_of(&self, end: usize) -> Option<usize> {
        let joint = JOINTS.iter().find(|joint| self.page.body[end..].starts_with(**joint))?;
        let first = end + joint.len();
        let start = self.page.span(first..first).start;
        let at = self.taken.partition_point(|(place, _)| place.0 < start);
        let place = self.taken.get(at).filter(|(place, _)| place.0 == start)?.0;
        let letters = (place.1 - place.0) as usize;
        self.page.body[first..].char_indices().nth(letters).map(|(byte, _)| first + byte)
    }

    /// Whether the words around a mention tell of a town or land: `Halden residents`, `the city of Halden`, `Quill and Varr counties`.
    fn is_told(&self, m: &Mention) -> bool {
        let county = self.over(m) == Some(true);
        self.is_located(m) || self.before_state(m) || county || places::is_told(self.page, &m.bytes)
    }
}

/// A given name of somebody, which few places begin with.
fn leads_name(e: &Entity) -> bool {
    const OF_PLACES: [&str; 12] = ["Al", "Ben", "Del", "El", "La", "Le", "Mae", "Ras", "San", "St", "St.", "Van"];
    let word = e.name.split(' ').next().unwrap_or("");
    let first = Lexicon::get().traits(word);
    !OF_PLACES.contains(&word) && first.is_given() && !first.any(Traits::WEAK_GIVEN | Traits::PLACE)
}

impl Names {
    /// Leaves to the places who is named nowhere but where a place is found, without a function and as towns are, and what was held
    /// for a body and is named where places are: `in Halden`, `Halden, N.Y.`, `Nepalis`. Takes from the places the names of persons.
    pub fn leave_to(&mut self, page: &Page<'_>, places: &mut Vec<Place>) {
        if places.is_empty() {
            return;
        }
        let mut ground = Ground::of(page, places);
        let n_places = places.len();
        places.extend(self.entities.iter().filter(|e| stands_among(&ground, e)).map(|e| Place {
            name: e.name.clone(),
            mentions: e.mentions.iter().map(|m| ground.at(m)).map(|(start, end)| PlaceMention { start, end, demonym: false }).collect(),
            ..Place::default()
        }));
        places.sort_by_key(|p| p.mentions.first().map_or(0, |m| m.start));
        if places.len() > n_places {
            ground = Ground::of(page, places);
        }
        let (gone, kept): (Vec<Entity>, Vec<Entity>) =
            std::mem::take(&mut self.entities).into_iter().partition(|e| is_place(&ground, e) || is_ground(&ground, e));
        self.entities = kept;
        self.place_like.extend(gone.into_iter().flat_map(|e| e.mentions).map(|m| m.bytes));
        let mut persons: FxHashSet<(u32, u32)> = FxHashSet::default();
        for e in self.entities.iter_mut().filter(|e| e.kind == EntityKind::Person && e.mentions.iter().any(|m| ground.holds(m))) {
            let known = Lexicon::get().traits(&e.name).any(Traits::PLACE);
            // Who is named in full besides is meant by `in Kerry` too, but not by `in Kerry, Ohio`.
            let full = e.mentions.iter().any(|m| !ground.holds(m));
            // `Rio Lindo`, held for somebody elsewhere too.
            let plain = e.role.is_none() && !leads_name(e);
            let whole = |m: &Mention| plain && page.body[m.bytes.clone()].contains(' ');
            let town = |m: &Mention| m.role.is_none() && ground.holds(m) && (ground.before_state(m) || ground.closes(m) || whole(m));
            e.mentions.retain(|m| !(full && town(m)));
            let told = |m: &Mention| if full { town(m) } else { ground.is_told(m) };
            let own = |m: &Mention| ground.holds(m) && !told(m) && !is_known(page, m);
            let somebody = e.role.is_some() || e.name.contains(' ') && (full || leads_name(e));
            if somebody && !known {
                persons.extend(e.mentions.iter().filter(|m| own(m)).map(|m| ground.at(m)));
            }
        }
        self.leave_bodies(page, &ground, places);
        let somebody = |name: &str| self.entities.iter().any(|e| e.kind == EntityKind::Person && e.name == name && leads_name(e));
        places.retain(|place| place.path.is_some() || !place.name.contains(' ') || !somebody(&place.name));
        if !persons.is_empty() {
            for place in places.iter_mut() {
                place.mentions.retain(|m| m.demonym || !persons.contains(&(m.start, m.end)));
            }
        }
        places.retain(|place| !place.mentions.is_empty());
    }

    /// `Halden said` of a `Halden Mills Corp`, `She went to Halden` of a university that a list has: no town, unless that is told.
    fn leave_bodies(&self, page: &Page<'_>, ground: &Ground<'_>, places: &mut [Place]) {
        let mut bodies: FxHashSet<(u32, u32)> = FxHashSet::default();
        for e in self.entities.iter().filter(|e| e.kind == EntityKind::Organization && e.mentions.iter().any(|m| ground.holds(m))) {
            let longer = |m: &Mention| m.bytes.len() + 1 < e.name.len() && e.name.contains(' ');
            let listed = |m: &Mention| {
                let words = &page.body[m.bytes.clone()];
                Lexicon::get().known(words) == Some(Known::Organization) || Lexicon::get().traits(words).any(Traits::ORG)
            };
            let body = |m: &&Mention| ground.holds(m) && !is_known(page, m) && (longer(m) || listed(m)) && !ground.is_told(m);
            bodies.extend(e.mentions.iter().filter(body).map(|m| ground.at(m)));
        }
        // A land may be a body too; a river is none: `River Plate`.
        let river = |place: &Place| place.name.starts_with("Rio ");
        let town = |place: &&mut Place| river(place) || place.path.as_ref().is_some_and(|path| path.split('/').count() > 2);
        for place in places.iter_mut().filter(town) {
            place.mentions.retain(|m| m.demonym || !bodies.contains(&(m.start, m.end)));
        }
    }
}

/// `Halden, Al Mirfa, Varr and Quill`: who is named nowhere but in lists of places, and has no given name, is a place that no list knows.
fn stands_among(ground: &Ground<'_>, e: &Entity) -> bool {
    let somebody = || e.name.split(' ').any(|word| Lexicon::get().traits(word).any(Traits::FAMILY));
    e.kind == EntityKind::Person
        && e.role.is_none()
        && e.name.contains(' ')
        && !leads_name(e)
        && e.mentions.iter().all(|m| !ground.holds(m) && ground.left_of(m.bytes.start).is_some() && ground.right_of(m.bytes.end).is_some())
        && !somebody()
}

/// Whether the words of a mention are a land or town that many know.
fn is_known(page: &Page<'_>, m: &Mention) -> bool {
    let words = &page.body[m.bytes.clone()];
    Lexicon::get().known(words) == Some(Known::Place) || Lexicon::get().traits(words).any(Traits::PLACE)
}

/// Whether somebody is a place: one word that a list knows or that stands where towns do, or several that begin with no given name.
fn is_place(ground: &Ground<'_>, e: &Entity) -> bool {
    if e.kind != EntityKind::Person || e.role.is_some() {
        return false;
    }
    let listed = e.name.contains(' ') && Lexicon::get().known(&e.name) == Some(Known::Place);
    if listed && e.mentions.iter().any(|m| ground.holds(m)) || e.mentions.iter().all(|m| ground.ends_longer(m)) {
        return true;
    }
    if !e.mentions.iter().all(|m| ground.holds(m)) {
        return false;
    }
    if e.name.contains(' ') {
        return !leads_name(e) || e.mentions.iter().any(|m| ground.is_told(m));
    }
    let t = Lexicon::get().traits(&e.name);
    let told = |m: &Mention| ground.is_told(m) || ground.is_listed(m) || ground.is_reached(m);
    t.any(Traits::PLACE) && !t.any(Traits::FAMILY) || e.mentions.iter().any(told)
}

/// A name of capitals alone.
fn shouted(name: &str) -> Option<String> {
    (!name.bytes().any(|b| b.is_ascii_lowercase())).then(|| name.to_owned())
}

/// Whether a body is a place or a people.
fn is_ground(ground: &Ground<'_>, e: &Entity) -> bool {
    let own = || e.name.split(' ').any(|word| Lexicon::get().traits(word).any(Traits::ORG | Traits::ACRONYM));
    if e.kind != EntityKind::Organization || own() {
        return false;
    }
    // `NEW YORK, March 2`
    let listed = Lexicon::get().known(&e.name).or_else(|| Lexicon::get().known(&super::ordinary_capitals(shouted(&e.name)?)));
    if listed == Some(Known::Organization) {
        return false;
    }
    // `Barbuda` of `Antigua and Barbuda`
    if e.mentions.iter().all(|m| ground.ends_longer(m)) {
        return true;
    }
    let demonym = |m: &Mention| ground.demonyms.get(&ground.at(m).0);
    // Not `The New Yorker`.
    let many = ["s", "African", "Eastern", "American", "Asian"].iter().any(|end| e.name.ends_with(end));
    let head = || e.name.split(' ').any(|word| Lexicon::get().traits(word).any(Traits::HEAD | Traits::ORG_HEAD));
    let cue = |m: &Mention| ground.is_located(m) || ground.is_on_the_way(m) && !head() || ground.before_state(m) || ground.is_listed(m);
    // `the Burkinabe architect`
    let noun =
        |m: &Mention| ground.page.body[m.bytes.end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_lowercase()));
    let paper = |m: &Mention| ground.page.body[..m.bytes.start].ends_with("The ");
    let people =
        |m: &Mention| demonym(m).is_some_and(|end| many || *end == ground.at(m).1 && noun(m) && !paper(m) && !acts(ground.page, &m.bytes));
    let plain = |m: &Mention| ground.holds(m) && !acts(ground.page, &m.bytes) && !head();
    let upper = || e.name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    e.mentions.iter().all(people)
        || e.mentions.iter().all(plain) && !upper()
        || e.mentions.iter().all(|m| ground.holds(m)) && (listed == Some(Known::Place) || e.mentions.iter().any(cue))
}
