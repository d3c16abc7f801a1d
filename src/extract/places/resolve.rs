//! Which place of a name is meant: by size and rank, by what is said to contain it, and by what else the article names.
//!
//! Every name carries its meanings with a prior. A meaning gains from every other name of the article that has a likely
//! meaning in the same state or country, or near by; after two rounds of this the best meaning of each name stands for
//! all its mentions (one sense per discourse, Gale, Church and Yarowsky 1992), unless a mention says otherwise (`Paris, Texas`).

use super::gazetteer::{ALIAS, DEMONYM, Gazetteer, Kind, PlaceId, Posting};
use super::known_for::{KNOWN_FOR, is_known_for};
use super::near::{distance_gain, kilometres, nearness};
use super::reach::{Here, LIKELY, Reach};
use super::shadow::{self, Shadow};
use crate::extract::page::look;
use std::cell::RefCell;

/// Prior of a country of one inhabitant.
const COUNTRY: f32 = 6.2;
/// Prior of seas, rivers and regions.
const REGION: f32 = 6.4;
/// Prior of counties.
const COUNTY: f32 = 5.5;
/// What a capital has above a town of its size.
const CAPITAL: f32 = 1.0;
/// The most the names of an article can add to a meaning.
const CONTEXT: f32 = 4.0;
/// No more than that, however it is rounded.
const MOST: f32 = CONTEXT + 0.01;
/// How quickly what they add nears that.
const CONTEXT_SCALE: f32 = 2.25;
/// Weight of an unlikely meaning of another name that lies beside this one: two names that both may mean places of one neighbourhood seldom do so by chance.
const BESIDE: f32 = 0.32;
/// Weight of a neighbour for a namesake of a famous place, which has nothing else to go by.
const NAMESAKE: f32 = 1.4;
/// Gain of a town from the county it lies in, named by its own name: `Paris` beside `Henry County`.
const IN_COUNTY: f32 = 4.4;
/// And more if the article names its county, and no place in the land of the famous one of its name: `London` beside `Laurel County`.
const APART: f32 = 2.5;
/// How far a town lies from the middle of its county, in kilometres.
const COUNTY_SIZE: f32 = 30.0;
/// From this prior on a town is known everywhere.
const FAMOUS: f32 = 7.2;
/// No more meanings of a name than this are weighed: those with the highest prior.
const SENSES: usize = 48;

/// No more names before it, and none farther behind it, are weighed with a name: what names more is a list, not a story.
const AROUND: usize = 400;

/// A name with what it may mean.
#[derive(Clone, Debug)]
pub struct Name {
    /// Meanings with their score.
    pub senses: Vec<Sense>,
    /// How many mentions it has.
    pub mentions: usize,
    /// How likely it is a place at all, 0 to 1: how much it counts for others.
    pub trust: f32,
    /// It is not named in the text: the country by its words, the home of the publication. It counts apart from the names.
    pub home: bool,
    /// It counts for what lies in the same state alone.
    pub inside: bool,
    /// Its one meaning stands, whatever else the article names.
    pub settled: bool,
}

/// One meaning of a name.
#[derive(Clone, Copy, Debug)]
pub struct Sense {
    /// The place.
    pub place: PlaceId,
    /// Flags of the posting.
    pub flags: u8,
    /// Score from rank and size.
    pub prior: f32,
    /// What the rest of the article adds.
    pub context: f32,
    /// Probability among the meanings of the name.
    pub share: f32,
    /// The country it lies in; `NOWHERE` if in none.
    pub country: PlaceId,
    /// The state or province it lies in; `NOWHERE` if in none.
    pub(super) state: PlaceId,
    /// Degrees north and east.
    pub position: (f32, f32),
    /// Its kind.
    pub kind: Kind,
    /// It lies in a country whose divisions every reader of English knows.
    pub anglo: bool,
    /// News means it by its name, see [`is_known_for`].
    pub known_for: bool,
}

pub(super) const NOWHERE: PlaceId = PlaceId::MAX;

thread_local! {
    /// Meanings as they are before the article is looked at: places come back. One may push another out.
    static MET: RefCell<Vec<Option<Sense>>> = RefCell::new(vec![None; 1 << 10]);
}

impl Sense {
    /// [`Sense::of`] one that may have been met before.
    fn met(gazetteer: &Gazetteer, posting: Posting, met: &mut [Option<Sense>]) -> Sense {
        let n = met.len();
        let slot = &mut met[posting.place as usize % n];
        match slot {
            Some(sense) if sense.place == posting.place && sense.flags == posting.flags => *sense,
            _ => *slot.insert(Sense::of(gazetteer, posting)),
        }
    }

    fn of(gazetteer: &Gazetteer, posting: Posting) -> Sense {
        let place = posting.place;
        let (lat, lon) = gazetteer.position(place);
        let (mut country, mut state) = (NOWHERE, NOWHERE);
        for above in gazetteer.upwards(place) {
            match gazetteer.kind(above) {
                Kind::Country if country == NOWHERE => country = above,
                Kind::State if state == NOWHERE => state = above,
                _ => {}
            }
        }
        let kind = gazetteer.kind(place);
        let known_for = is_known_for(gazetteer, place);
        let prior = prior(gazetteer, posting, kind, country) + if known_for { KNOWN_FOR } else { 0.0 };
        let (position, anglo) = ((lat as f32, lon as f32), is_anglo(gazetteer, country));
        Sense { place, flags: posting.flags, prior, context: 0.0, share: 0.0, country, state, position, kind, anglo, known_for }
    }

    /// Prior and context together.
    pub fn score(&self) -> f32 {
        self.prior + self.context
    }
}

/// How likely a name means this place when nothing else is known: about the logarithm of its size, higher for high ranks.
fn prior(gazetteer: &Gazetteer, posting: Posting, kind: Kind, country: PlaceId) -> f32 {
    let size = (gazetteer.population(posting.place).max(100.0).log10()) as f32;
    let rank = match kind {
        Kind::Continent => 8.0,
        Kind::Country => COUNTRY + 0.25 * size,
        Kind::Region => REGION,
        Kind::State if is_anglo(gazetteer, country) => 4.4 + 0.3 * size,
        Kind::State => 0.85 * size,
        Kind::County => COUNTY,
        Kind::Capital => size + CAPITAL,
        Kind::Seat => size + 0.3,
        Kind::Town => size,
        Kind::Quarter => size - 0.5,
    };
    // `Washington` alone is the city: a state that shares the name of one needs its own words.
    let alias = if kind == Kind::State { 1.2 } else { 0.4 };
    rank - if posting.flags & ALIAS != 0 { alias } else { 0.0 }
}

/// Whether a division belongs to a country whose divisions every reader of English knows.
pub fn anglo(gazetteer: &Gazetteer, place: PlaceId) -> bool {
    gazetteer.country(place).is_some_and(|c| is_anglo(gazetteer, c))
}

fn is_anglo(gazetteer: &Gazetteer, country: PlaceId) -> bool {
    country != NOWHERE && matches!(gazetteer.name(country), "United States" | "Canada" | "Australia" | "United Kingdom")
}

impl Name {
    /// A name with these meanings.
    pub fn of(gazetteer: &Gazetteer, postings: &[Posting], mentions: usize, trust: f32) -> Name {
        let mut senses: Vec<Sense> = MET.with_borrow_mut(|met| postings.iter().map(|p| Sense::met(gazetteer, *p, met)).collect());
        senses.sort_by(|a, b| b.prior.total_cmp(&a.prior));
        senses.truncate(SENSES);
        let mut name = Name { senses, mentions, trust, home: false, inside: false, settled: false };
        name.share();
        name
    }

    /// Turns scores into probabilities.
    fn share(&mut self) {
        if let [only] = &mut self.senses[..] {
            only.share = 1.0;
            return;
        }
        let best = self.senses.iter().map(Sense::score).fold(f32::MIN, f32::max);
        let sum: f32 = self.senses.iter().map(|s| ((s.score() - best) * 2.0).exp()).sum();
        for sense in &mut self.senses {
            sense.share = ((sense.score() - best) * 2.0).exp() / sum;
        }
    }

    /// The meaning everybody thinks of first, a country or a metropolis: a namesake needs neighbours to be meant, not only its country.
    fn famous(&self) -> Option<PlaceId> {
        let first = self.senses.iter().max_by(|a, b| a.prior.total_cmp(&b.prior))?;
        (first.kind == Kind::Country || first.prior >= FAMOUS).then_some(first.place)
    }

    /// Whether what else the article names can still say something for it.
    fn is_open(&self) -> bool {
        !self.home && !self.settled
    }

    /// The best meaning.
    pub fn best(&self) -> Option<&Sense> {
        self.senses.iter().max_by(|a, b| a.score().total_cmp(&b.score()))
    }
}

/// Weighs all names of an article, in the order they come, against each other; those that are not named in it stand behind.
pub fn weigh(names: &mut [Name]) {
    let weights: Vec<f32> = names.iter().map(|n| n.trust * (1.0 + (n.mentions as f32).ln()).min(2.5)).collect();
    let mut reaches: Vec<Reach> = names.iter().map(|name| Reach::of(&name.senses)).collect();
    for round in 0..2 {
        // The first round is there for the shares, of which a single meaning has all; the second for the names of the text.
        let weighed = |i: &usize| if round == 0 { names[*i].senses.len() > 1 } else { names[*i].is_open() };
        reaches.iter_mut().zip(names.iter()).for_each(|(reach, name)| reach.weigh(&name.senses));
        let contexts: Vec<Option<Vec<f32>>> =
            (0..names.len()).map(|i| Some(i).filter(weighed).and_then(|i| contexts(names, &reaches, &weights, i, round == 1))).collect();
        for (name, contexts) in names.iter_mut().zip(contexts) {
            let Some(contexts) = contexts else { continue };
            name.senses.iter_mut().zip(contexts).for_each(|(sense, context)| sense.context = context);
            if round == 0 {
                name.share();
            }
        }
    }
}

/// What the other names of an article add to each meaning of name `i`; `None` where there is nothing to choose among very many. `best`: only
/// that of the best is asked, and what cannot become it gets nothing.
fn contexts(names: &[Name], reaches: &[Reach], weights: &[f32], i: usize, best: bool) -> Option<Vec<f32>> {
    let name = &names[i];
    if name.senses.len() < 2 && names.len() > 60 {
        return None;
    }
    let famous = name.famous();
    let n_named = names.partition_point(|n| !n.home);
    let around = i.saturating_sub(AROUND)..n_named.min(i + AROUND + 1);
    let known = name.senses.iter().max_by(|a, b| a.prior.total_cmp(&b.prior));
    // The numbers of the others whose meanings pass, and these.
    let others = |home: bool| {
        let all = if home { n_named..names.len() } else { around.clone() };
        if n_named > AROUND {
            look(all.len());
        }
        all.clone().zip(&reaches[all]).filter(|(j, _)| *j != i)
    };
    // `reached`: what the best of the meanings so far has; those with the highest prior come first.
    let context = |sense: &Sense, reached: f32| {
        let here = Here::of(sense);
        if sense.kind > Kind::State && famous.is_some_and(|f| f != sense.place) {
            if sense.prior + MOST + APART < reached {
                return 0.0;
            }
            let near = || others(false).filter(|(_, reach)| reach.is_near(&here)).map(|(j, reach)| (&names[j], reach));
            let sum = near().map(|(o, reach)| beside(sense, o, reach.beside(&here))).sum();
            let held = || near().any(|(o, _)| o.senses.iter().any(|t| t.share > 0.5 && is_in_county(sense, t)));
            // Where nothing is near no county is.
            let held = sum > 0.0 && sense.kind > Kind::County && held();
            let apart = held && known.is_some_and(|k| !others(false).any(|(j, _)| is_of(&names[j], k, sense)));
            return saturate(sum) + if apart { APART } else { 0.0 };
        }
        let shadow = known.map_or(Shadow::None, |k| shadow::of(sense, k, name.mentions == 1));
        // There is a California in Pennsylvania.
        let namesake = known.is_some_and(|k| k.kind == Kind::State && k.place != sense.place);
        let sum = |home| {
            others(home)
                .filter(|(j, reach)| reach.matters(&here) && !(namesake && names[*j].inside))
                .map(|(j, reach)| gain(sense, &names[j], reach.around(&here), if home { Shadow::None } else { shadow }) * weights[j])
                .sum::<f32>()
        };
        let of_homes = sum(true);
        let hopeless = sense.prior + MOST + of_homes < reached;
        if hopeless { 0.0 } else { saturate(sum(false)) + of_homes }
    };
    let mut reached = f32::MIN;
    let of_sense = |sense: &Sense| {
        let context = context(sense, if best { reached } else { f32::MIN });
        reached = reached.max(sense.prior + context);
        context
    };
    Some(name.senses.iter().map(of_sense).collect())
}

fn saturate(sum: f32) -> f32 {
    CONTEXT * (1.0 - (-sum / CONTEXT_SCALE).exp())
}

/// What another name adds to a meaning, before its own weight: how near its likely meanings are, of those in `reach`.
#[inline]
fn gain(sense: &Sense, other: &Name, reach: impl Iterator<Item = usize>, shadow: Shadow) -> f32 {
    let (mut near, mut beside) = (0.0, 0.0f32);
    for t in reach.map(|n| &other.senses[n]).filter(|t| t.place != sense.place || other.home) {
        if t.share < LIKELY && (t.position.0 - sense.position.0).abs() > 1.1 {
            continue;
        }
        let nearness = match shadow {
            Shadow::None if other.inside && sense.state != t.state => 0.0,
            Shadow::None => nearness(sense, t),
            Shadow::Country if t.kind == Kind::Country => 0.0,
            Shadow::Country => nearness(sense, t),
            Shadow::State if t.kind <= Kind::State => 0.0,
            Shadow::State => distance_gain(sense, t),
        };
        near += t.share * nearness;
        if nearness >= 1.1 {
            beside = beside.max(nearness);
        }
    }
    near + BESIDE * beside
}

/// What another name adds to a meaning by likely meanings in its neighbourhood alone, of those in `reach`.
fn beside(sense: &Sense, other: &Name, reach: impl Iterator<Item = usize> + Clone) -> f32 {
    // `Washington said so` makes no Vienna one of Virginia.
    let wide = |t: &Sense| matches!(t.kind, Kind::Country | Kind::Region | Kind::Capital);
    let near = |t: &Sense| if t.place == sense.place || wide(t) { 0.0 } else { distance_gain(sense, t) };
    let all = || reach.clone().map(|n| &other.senses[n]);
    let best = all().map(|t| near(t) * t.share.max(BESIDE)).fold(0.0, f32::max);
    let in_county = all().any(|t| is_in_county(sense, t));
    NAMESAKE * best * other.trust + if in_county { IN_COUNTY * other.trust } else { 0.0 }
}

/// Whether another name is that of a place in the country of a famous one; in its state, where both lie in one country.
fn is_of(other: &Name, famous: &Sense, lesser: &Sense) -> bool {
    let abroad = famous.country != lesser.country;
    let inside = |t: &Sense| if abroad { t.country == famous.country } else { t.state != NOWHERE && t.state == famous.state };
    other.senses.iter().any(|t| t.share > 0.5 && t.place != famous.place && t.place != lesser.place && inside(t))
}

/// Whether a town lies in a county, which the gazetteer does not tell: in the same state, and not far from its middle.
fn is_in_county(town: &Sense, county: &Sense) -> bool {
    county.kind == Kind::County
        && town.kind > Kind::County
        && town.state != NOWHERE
        && town.state == county.state
        && kilometres(town.position, county.position) < COUNTY_SIZE
}

/// Whether a posting is a word for the people.
pub fn is_demonym(flags: u8) -> bool {
    flags & DEMONYM != 0
}

#[cfg(test)]
mod tests {
    use super::{Name, Reach, contexts, weigh};
    use crate::extract::page::{Page, looked};
    use crate::extract::places::{gazetteer::Gazetteer, scan};

    #[test]
    fn a_list_of_places_is_weighed_in_the_time_of_its_length() {
        let gazetteer = Gazetteer::built_in().unwrap();
        let found = scan::scan(&Page::of("It was in Springfield."), gazetteer);
        let work = |n: usize| {
            let mut names = vec![Name::of(gazetteer, &found[0].senses[..2], 1, 1.0); n];
            let before = looked();
            weigh(&mut names);
            looked() - before
        };
        let (once, twice) = (work(1500), work(3000));
        assert!(once > 1500 && twice * 10 < once * 23, "{once}, then {twice}");
    }

    #[test]
    fn what_is_left_out_would_not_have_been_the_best() {
        let gazetteer = Gazetteer::built_in().unwrap();
        let text = "Ships left Springfield, Portland, Georgetown, London, Paris and Vienna. Trains met in Washington, Georgia, Ohio, \
                    Kentucky and France. Lexington, Cambridge, Manchester, Columbus and Birmingham waited; so did Laurel County.";
        let found = scan::scan(&Page::of(text), gazetteer);
        let mut left_out = 0;
        // Few of them, in which little is said, and all.
        for n in 2..=found.len() {
            let names: Vec<Name> = found[..n].iter().map(|f| Name::of(gazetteer, &f.senses, 1, 1.0)).collect();
            let mut reaches: Vec<Reach> = names.iter().map(|name| Reach::of(&name.senses)).collect();
            reaches.iter_mut().zip(&names).for_each(|(reach, name)| reach.weigh(&name.senses));
            for (i, name) in names.iter().enumerate() {
                let best = |asked: bool| {
                    let told = contexts(&names, &reaches, &vec![1.0; n], i, asked).unwrap();
                    let mut name = name.clone();
                    name.senses.iter_mut().zip(&told).for_each(|(sense, context)| sense.context = *context);
                    (name.best().map(|sense| (sense.place, sense.context)), told)
                };
                let ((all, told), (asked, less)) = (best(false), best(true));
                assert_eq!(all, asked);
                left_out += told.iter().zip(&less).filter(|(told, less)| told != less).count();
            }
        }
        assert!(left_out > 100, "{left_out}");
    }
}
