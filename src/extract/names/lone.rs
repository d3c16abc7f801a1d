//! Whom does a word alone mean where very many may be meant by it? A list of a thousand people of one family names them all, and then
//! `Ito` again and again: not all of them are weighed each time, but of those that differ in nothing else only the one named last.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is weighed before who was named last: how well the word fits, whether somebody is more than a relative, the gender, how often
/// somebody is named in full, whether it is the son.
pub type Class = (u32, bool, u8, usize, bool);

/// Persons by number whom one word may mean, in each class in the order in which they were named last.
#[derive(Debug, Default)]
struct Ranked {
    classes: BTreeMap<Class, BTreeSet<(usize, Reverse<usize>)>>,
    at: HashMap<usize, (Class, usize)>,
}

impl Ranked {
    fn put(&mut self, person: usize, class: Class, last: usize) {
        if let Some((class, last)) = self.at.insert(person, (class, last))
            && let Some(before) = self.classes.get_mut(&class)
        {
            before.remove(&(last, Reverse(person)));
        }
        self.classes.entry(class).or_default().insert((last, Reverse(person)));
    }
}

/// Those for each word that may mean very many.
#[derive(Debug, Default)]
pub struct Lone {
    words: Vec<(String, Ranked)>,
    numbers: HashMap<String, usize>,
    /// Under which words each person is.
    under: HashMap<usize, Vec<usize>>,
    /// Mentions up to this one are known.
    told: usize,
}

impl Lone {
    /// Whether a word has its list.
    pub fn has(&self, word: &str) -> bool {
        self.numbers.contains_key(word)
    }

    /// Makes the list of a word: persons with their class and the number of the mention behind their last one.
    pub fn list(&mut self, word: &str, persons: impl Iterator<Item = (usize, Class, usize)>) {
        let number = self.words.len();
        let mut ranked = Ranked::default();
        for (person, class, last) in persons {
            ranked.put(person, class, last);
            self.under.entry(person).or_default().push(number);
        }
        self.words.push((word.to_owned(), ranked));
        self.numbers.insert(word.to_owned(), number);
    }

    /// Puts a new person under all words that fit; `class` tells how.
    pub fn add(&mut self, person: usize, class: impl Fn(&String) -> Option<Class>) {
        for (number, (word, ranked)) in self.words.iter_mut().enumerate() {
            if let Some(class) = class(word) {
                ranked.put(person, class, 0);
                self.under.entry(person).or_default().push(number);
            }
        }
    }

    /// The mentions from the last one that was told up to mention `n`.
    pub fn untold(&mut self, n: usize) -> std::ops::Range<usize> {
        let from = self.told;
        self.told = n.max(from);
        from..self.told
    }

    /// Notes that a person was named by the mention before `last`; `class` tells how a word fits.
    pub fn named(&mut self, person: usize, last: usize, class: impl Fn(&String) -> Option<Class>) {
        for number in self.under.get(&person).into_iter().flatten() {
            let (word, ranked) = &mut self.words[*number];
            if let Some(class) = class(word) {
                ranked.put(person, class, last);
            }
        }
    }

    /// Of each class under a word the one named last, and those of `near` that are there.
    pub fn choice(&self, word: &str, near: impl Iterator<Item = usize>) -> Vec<usize> {
        let Some((_, ranked)) = self.numbers.get(word).map(|number| &self.words[*number]) else { return Vec::new() };
        let firsts = ranked.classes.values().filter_map(BTreeSet::last).map(|(_, Reverse(person))| *person);
        firsts.chain(near.filter(|person| ranked.at.contains_key(person))).collect()
    }
}
