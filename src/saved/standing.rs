//! Ten thousands of queries held against each article that comes: a few that could match are found by what they cannot do
//! without, and those are asked.
//!
//! Each query stands under the rarest [atoms](super::atoms) it requires (an AND under its rarest part, an OR under all of
//! its parts, a phrase under its rarest word), as percolators and Lucene's monitor do; the words of an article are looked
//! up there. Queries that come up and lack something else they require are dropped, the others are verified by the
//! evaluator every front door uses. So the answer is that of running each query.
//!
//! Measured with `cargo bench --bench alerts` on one core: 0.08 ms an article of 290 words for 1,000 queries, 0.09 for 10,000,
//! 0.15 for 100,000, at some 800 bytes a query; running 100,000 on an index of the articles takes 11 ms an article.

use super::atoms::{AtomMap, AtomSet, Atoms, Filter, Wanted};
use super::needs::Needs;
use crate::article::Clipping;
use crate::query::{Desk, Matchers, Query, Target};
use std::cell::RefCell;

/// How many clippings of a sample have what: so that a query stands under what is rare.
#[derive(Default)]
pub struct Frequencies(AtomMap<u32>);

impl Frequencies {
    /// Counts over a sample.
    pub fn of<'c>(sample: impl Iterator<Item = &'c Clipping>) -> Frequencies {
        let (mut counts, mut atoms) = (AtomMap::<u32>::default(), Atoms::default());
        for clipping in sample {
            atoms.read(&Desk::new(clipping));
            atoms.set.iter().for_each(|atom| *counts.entry(*atom).or_default() += 1);
        }
        Frequencies(counts)
    }
}

/// Queries that stand ready for what comes.
pub struct Standing {
    matchers: Matchers,
    /// Where the queries of an atom stand in `queries`.
    places: AtomMap<(u32, u32)>,
    /// The atoms that are looked for.
    filter: Filter,
    /// What besides the words of texts there are such atoms of.
    wanted: Wanted,
    queries: Vec<u32>,
    /// What each query requires besides, as stretches of `lists`.
    also: Vec<(u32, u32)>,
    /// Stretches of `atoms`, of each of which one must be there.
    lists: Vec<(u32, u32)>,
    atoms: Vec<u64>,
    /// Those that require nothing that can be named.
    always: Vec<u32>,
}

/// A query that an article answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of the query.
    pub query: usize,
    /// The quotes that answer it, in a query for quotes.
    pub quotes: Vec<usize>,
}

impl Standing {
    /// Makes `queries` ready.
    pub fn new(queries: Vec<(Query, Target)>, frequencies: &Frequencies) -> Standing {
        let frequency = |atom: u64| frequencies.0.get(&atom).map_or(0, |n| u64::from(*n));
        let needs = Needs { frequency: &frequency, wanted: RefCell::default() };
        let (mut pairs, mut always) = (Vec::new(), Vec::new());
        let (mut also, mut lists, mut atoms) = (Vec::with_capacity(queries.len()), Vec::new(), Vec::new());
        for (number, (query, target)) in queries.iter().enumerate() {
            let first = lists.len() as u32;
            match needs.of(query, *target) {
                Some(required) => {
                    pairs.extend(required.any.into_iter().map(|atom| (atom, number as u32)));
                    for list in required.also {
                        let start = atoms.len() as u32;
                        atoms.extend(list);
                        lists.push((start, atoms.len() as u32));
                    }
                }
                None => always.push(number as u32),
            }
            also.push((first, lists.len() as u32));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut places = AtomMap::<(u32, u32)>::default();
        for (at, (atom, _)) in pairs.iter().enumerate() {
            let place = places.entry(*atom).or_insert((at as u32, at as u32));
            place.1 = at as u32 + 1;
        }
        let mut looked_for: Vec<u64> = places.keys().chain(&atoms).copied().collect();
        looked_for.sort_unstable();
        looked_for.dedup();
        let filter = Filter::of(looked_for.into_iter());
        let numbers = pairs.iter().map(|(_, query)| *query).collect();
        let wanted = needs.wanted.into_inner();
        Standing { matchers: Matchers::new(queries), places, filter, wanted, queries: numbers, also, lists, atoms, always }
    }

    /// How many queries must be asked of every article, since they require nothing that can be named.
    pub fn always(&self) -> usize {
        self.always.len()
    }

    /// Whether a clipping with the atoms `there` has one of each list that `query` requires besides.
    fn may_answer(&self, query: u32, there: &AtomSet) -> bool {
        let (from, to) = self.also[query as usize];
        let mut lists = self.lists[from as usize..to as usize].iter();
        lists.all(|(from, to)| self.atoms[*from as usize..*to as usize].iter().any(|atom| there.contains(atom)))
    }

    /// Something to read articles with; each thread has its own.
    pub fn reader(&self) -> Reader<'_> {
        let atoms = Atoms::through(&self.filter, &self.wanted);
        Reader { standing: self, atoms, seen: vec![0; self.matchers.queries().len()], turn: 0, candidates: 0 }
    }
}

/// Holds articles against standing queries.
pub struct Reader<'s> {
    standing: &'s Standing,
    atoms: Atoms<'s>,
    /// For each query the turn in which it came up last.
    seen: Vec<u32>,
    turn: u32,
    /// How many queries were asked so far.
    pub candidates: u64,
}

impl Reader<'_> {
    /// The queries that `clipping` answers, in order.
    pub fn hits(&mut self, clipping: &Clipping) -> Vec<Hit> {
        let desk = Desk::new(clipping);
        self.atoms.read(&desk);
        self.turn += 1;
        let mut candidates: Vec<u32> = self.standing.always.clone();
        for atom in &self.atoms.set {
            let Some((from, to)) = self.standing.places.get(atom) else { continue };
            for query in &self.standing.queries[*from as usize..*to as usize] {
                let seen = &mut self.seen[*query as usize];
                if *seen != self.turn {
                    *seen = self.turn;
                    if self.standing.may_answer(*query, &self.atoms.set) {
                        candidates.push(*query);
                    }
                }
            }
        }
        self.candidates += candidates.len() as u64;
        candidates.sort_unstable();
        candidates.into_iter().filter_map(|query| self.ask(query as usize, &desk)).collect()
    }

    fn ask(&self, query: usize, desk: &Desk<'_>) -> Option<Hit> {
        let matchers = &self.standing.matchers;
        match matchers.queries()[query].1 {
            Target::Articles => matchers.article(query, desk).then(|| Hit { query, quotes: Vec::new() }),
            Target::Quotes => {
                let quotes = desk.clipping.annotations.quotes.iter().enumerate();
                let quotes: Vec<usize> = quotes.filter(|(_, q)| matchers.quote(query, desk, q)).map(|(n, _)| n).collect();
                (!quotes.is_empty()).then_some(Hit { query, quotes })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Context, parse};

    #[test]
    fn inflections_are_those_of_the_language_that_comes() {
        let queries: Vec<_> =
            ["haus", "rat", "rate"].iter().map(|q| (parse(q, &Context::new(Target::Articles)).query, Target::Articles)).collect();
        let standing = Standing::new(queries, &Frequencies::of(std::iter::empty()));
        let mut reader = standing.reader();
        let mut numbers = |language: &str, body: &str| {
            let mut clipping = Clipping::default();
            clipping.article.language = Some(language.to_owned());
            clipping.article.body = body.to_owned();
            reader.hits(&clipping).iter().map(|hit| hit.query).collect::<Vec<_>>()
        };
        assert_eq!(numbers("de", "Die Häuser und die Rate."), [0, 1, 2]);
        assert_eq!(numbers("en", "The rate of Mr Häuser."), [2]);
        assert_eq!(numbers("de", "Häuser."), [0]);
    }

    #[test]
    fn what_is_asked_for_in_capitals_is_looked_for_in_capitals() {
        let read = |text: &str, target| (parse(text, &Context::new(target)).query, target);
        let queries = vec![
            read("ALLCAPS(us)", Target::Articles),
            read("ALLCAPS(us NEAR/3 nat*)", Target::Articles),
            read("ALLCAPS(us)", Target::Quotes),
            read("title:ALLCAPS(us)", Target::Articles),
        ];
        let standing = Standing::new(queries, &Frequencies::of(std::iter::empty()));
        let mut reader = standing.reader();
        let mut asked = |title: &str, body: &str, said: &str| {
            let mut clipping = Clipping::default();
            (clipping.article.title, clipping.article.body) = (Some(title.to_owned()), body.to_owned());
            clipping.annotations.quotes.push(crate::article::Quote { text: said.to_owned(), ..Default::default() });
            let before = reader.candidates;
            let hits: Vec<_> = reader.hits(&clipping).iter().map(|hit| hit.query).collect();
            (hits, reader.candidates - before)
        };
        assert_eq!(asked("They told us", "It is about us and the nation.", "Give us time"), (vec![], 0), "nothing is looked at");
        assert_eq!(asked("They told us", "The US and NATO met.", "Give us time"), (vec![0, 1], 3));
        assert_eq!(asked("THEY", "The U.S.'s barge is with us.", "Ask the US."), (vec![0, 2], 3));
        assert_eq!(asked("US barge sinks", "It sank.", "It sank."), (vec![0, 3], 2));
    }
}
