//! Who is who: which mentions of persons in one article mean the same person.
//!
//! Full names come first, wherever they stand; then each shorter mention goes to the person it fits: by family name, given
//! name, or another part; by the gender its title tells; to the one named last where several fit.

use super::by_word::{ByWord, MANY};
use super::lexicon::{Lexicon, WordMap};
use super::lone::{Class, Lone};
use super::{Entity, EntityKind, Gender, Mention, gender};
use crate::extract::page::look;
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

#[cfg(test)]
mod tests;

/// A person's mention, taken apart.
#[derive(Clone, Debug)]
pub struct Named {
    /// Bytes in the body.
    pub bytes: std::ops::Range<usize>,
    /// The words of the name, without periods, in ordinary capitals.
    pub words: Vec<String>,
    /// What a form of address before it tells.
    pub gender: Gender,
    /// Title or function at the mention.
    pub role: Option<String>,
    /// The name as it is written.
    pub text: String,
    /// Which pronoun follows in the sentence before anybody else is named: a hint, no proof.
    pub hint: Gender,
    /// Whether it is introduced as somebody's husband, wife or child.
    pub kin: bool,
    /// Whether it opens its sentence or a verb of saying follows.
    pub subject: bool,
}

impl Named {
    /// Whether it is that of somebody called like his father.
    fn is_junior(&self) -> bool {
        self.text.ends_with(" Jr.") || self.text.ends_with(" Jr")
    }
}

struct Person {
    words: Vec<String>,
    gender: Gender,
    /// Whether the first full mention says whose husband, wife or child that is.
    kin: bool,
    /// Whether the first mention says that the father is called the same, where the article names both.
    junior: bool,
    /// Mentions in the order in which they were told: those of several words in order, then those of one word in order.
    mentions: Vec<usize>,
    /// How many of the mentions have several words.
    full: usize,
}

impl Person {
    /// The number of the mention that follows the last one before mention `n`; 0 if there is none.
    fn last_before(&self, n: usize) -> usize {
        let (full, short) = self.mentions.split_at(self.full);
        let last = |part: &[usize]| part.partition_point(|m| *m < n).checked_sub(1).map_or(0, |i| part[i] + 1);
        last(full).max(last(short))
    }

    fn add(&mut self, n: usize, mention: &Named) {
        self.mentions.push(n);
        self.full += usize::from(mention.words.len() > 1);
    }

    /// What of a [`Fit`] one word tells, whoever was named last, and what rules it out; `None` where the word fits nothing.
    fn class(&self, word: &String) -> Option<Class> {
        let fit = fit(&self.words, std::slice::from_ref(word));
        let (head, often) = if fit == FAMILY { (!self.kin, self.full.min(2)) } else { (true, 0) };
        (fit > 0).then_some((fit, head, self.gender as u8, often, self.junior))
    }
}

/// How many mentions of anybody a subject is remembered for.
const NEAR: usize = 4;

/// All mentions, and the person each means as far as that is told.
struct Told<'n> {
    named: &'n [Named],
    meant: Vec<Option<usize>>,
}

impl Told<'_> {
    /// The mentions as a subject just before mention `n`, the last first, and whom they mean.
    fn subjects(&self, n: usize) -> impl Iterator<Item = (usize, usize)> {
        (n.saturating_sub(NEAR)..n).rev().filter(|m| self.named[*m].subject).filter_map(|m| Some((m, self.meant[m]?)))
    }

    /// Like [`Person::last_before`], of mentions as a subject just before, while the story is on whoever that was.
    fn last_subject_before(&self, person: usize, n: usize) -> usize {
        self.subjects(n).find(|(_, meant)| *meant == person).map_or(0, |(m, _)| m + 1)
    }
}

/// Groups the mentions.
pub fn group(named: Vec<Named>) -> Vec<Entity> {
    group_with(named, MANY)
}

/// Groups the mentions; of more than `many` whom one word may mean, a few are weighed.
fn group_with(mut named: Vec<Named>, many: usize) -> Vec<Entity> {
    let mut persons: Vec<Person> = Vec::new();
    let mut by_word = ByWord::of(named.len());
    let (mut order, short): (Vec<usize>, Vec<usize>) = (0..named.len()).partition(|n| named[*n].words.len() > 1);
    order.extend(short);
    let both = fathers_and_sons(&named);
    let of_both = |n: usize| named[n].words.iter().any(|w| both.contains(w));
    let junior: Vec<bool> = (0..named.len()).map(|n| named[n].is_junior() && of_both(n)).collect();
    let leanings = leanings(&named);
    let mut told = Told { named: &named, meant: vec![None; named.len()] };
    let mut lone = Lone::default();
    for n in order {
        let mention = &named[n];
        let apart = of_both(n).then(|| junior[n]);
        if persons.len() == MANY && !by_word.has_pairs() {
            by_word.pair(persons.iter().map(|p| p.words.as_slice()));
        }
        let leaning = mention.words.last().and_then(|word| leanings.get(word.as_str())).copied().unwrap_or_default();
        let few = few(&persons, &by_word, &told, (&mut lone, many), n);
        let fit = best_fit(&persons, (&by_word, few), &told, (apart, leaning), n);
        told.meant[n] = Some(fit.unwrap_or(persons.len()));
        match fit {
            Some(p) => {
                let person = &mut persons[p];
                if mention.words.len() > person.words.len() {
                    person.words.clone_from(&mention.words);
                    by_word.add(&mention.words, p);
                }
                if person.gender == Gender::Unknown {
                    person.gender = mention.gender;
                }
                person.add(n, mention);
            }
            None => {
                let gender = if mention.gender == Gender::Unknown {
                    gender::by_words(mention.words.iter().map(String::as_str))
                } else {
                    mention.gender
                };
                by_word.add(&mention.words, persons.len());
                let (words, junior) = (mention.words.clone(), junior[n]);
                let mut person = Person { words, gender, kin: mention.kin, junior, mentions: Vec::new(), full: 0 };
                person.add(n, mention);
                lone.add(persons.len(), |word| person.class(word));
                persons.push(person);
            }
        }
    }
    for person in &mut persons {
        person.mentions.sort_unstable();
    }
    persons.sort_by_key(|p| p.mentions.first().copied());
    persons.into_iter().map(|p| entity(p, &mut named)).collect()
}

/// How well a mention fits a person, first things first: the words; whether the person is more than the relative of another;
/// whether the pronoun behind it agrees, or those behind the other mentions by that word; who was the subject last; who was named in
/// full more often; who was named last.
type Fit = (u32, bool, bool, bool, usize, usize, usize, Reverse<usize>);

/// Which gender most pronouns show behind mentions by one word, for each word: `Ito said she`, of Ana and Paul Ito.
fn leanings(named: &[Named]) -> WordMap<&str, Gender> {
    let mut counts: WordMap<&str, (usize, usize)> = WordMap::default();
    for mention in named.iter().filter(|m| m.words.len() == 1 && m.gender == Gender::Unknown && m.hint != Gender::Unknown) {
        let (he, she) = counts.entry(&mention.words[0]).or_default();
        *he += usize::from(mention.hint == Gender::Male);
        *she += usize::from(mention.hint == Gender::Female);
    }
    let leaning = |(he, she): (usize, usize)| match (he, she) {
        _ if he > 1 && he > 2 * she => Gender::Male,
        _ if she > 1 && she > 2 * he => Gender::Female,
        _ => Gender::Unknown,
    };
    counts.into_iter().map(|(word, count)| (word, leaning(count))).collect()
}

/// Words of the names of fathers and sons called alike whom the article tells apart: it names both in full, and the son as `Ito Jr.`
/// or as a son.
fn fathers_and_sons(named: &[Named]) -> HashSet<String> {
    let sons: Vec<&Named> = named.iter().filter(|m| m.is_junior()).collect();
    let mut fathers: HashMap<&str, Vec<&Named>> = HashMap::new();
    if sons.iter().any(|son| son.words.len() > 1) {
        for father in named.iter().filter(|m| !m.is_junior() && m.words.len() > 1) {
            father.words.iter().for_each(|word| fathers.entry(word).or_default().push(father));
        }
    }
    let told = |son: &&&Named| son.words.len() == 1 || son.kin;
    let has_father = |son: &&&Named| {
        let alike = son.words.last().and_then(|word| fathers.get(word.as_str()));
        alike.into_iter().flatten().any(|father| son.words.iter().all(|w| father.words.contains(w)))
    };
    sons.iter().filter(told).filter(has_father).flat_map(|son| son.words.iter().cloned()).collect()
}

/// Where mention `n` is a word that may mean very many, those of them among whom whoever fits best is.
fn few(persons: &[Person], by_word: &ByWord, told: &Told<'_>, (lone, many): (&mut Lone, usize), n: usize) -> Option<Vec<usize>> {
    let [word] = told.named[n].words.as_slice() else { return None };
    if persons.len() <= many {
        return None;
    }
    for m in lone.untold(n) {
        if let Some(person) = told.meant[m] {
            lone.named(person, m + 1, |word| persons[person].class(word));
        }
    }
    if !lone.has(word) {
        let words = std::slice::from_ref(word);
        let alike = || by_word.sharing(words).chain(by_word.spelled_alike(words));
        alike().nth(many)?;
        let all: BTreeSet<usize> = alike().collect();
        lone.list(word, all.into_iter().filter_map(|p| Some((p, persons[p].class(word)?, persons[p].last_before(n)))));
    }
    Some(lone.choice(word, told.subjects(n).map(|(_, person)| person)))
}

/// The person mention `n` fits best, among a `few` if these are told; `apart` tells, of a name that father and son bear, whether it is the
/// son's, and `leaning` which gender the article shows of whom it calls so.
fn best_fit(
    persons: &[Person],
    (by_word, few): (&ByWord, Option<Vec<usize>>),
    told: &Told<'_>,
    (apart, leaning): (Option<bool>, Gender),
    n: usize,
) -> Option<usize> {
    let mention = &told.named[n];
    let mut best: Option<Fit> = None;
    let weigh = |p: usize, best: &mut Option<Fit>| {
        let person = &persons[p];
        if apart.is_some_and(|junior| junior != person.junior) {
            return;
        }
        if mention.gender != Gender::Unknown && person.gender != Gender::Unknown && mention.gender != person.gender {
            return;
        }
        let fit = fit(&person.words, &mention.words);
        if fit > 0 && best.is_none_or(|b| fit >= b.0) {
            let hinted = mention.hint == Gender::Unknown || person.gender == Gender::Unknown || mention.hint == person.gender;
            let leans = [leaning, person.gender].contains(&Gender::Unknown) || mention.hint != Gender::Unknown || person.gender == leaning;
            // Of several who share a family name, papers call relatives and bystanders by their given names.
            let family = mention.words.len() == 1 && fit == FAMILY;
            let (head, subject, often) =
                if family { (!person.kin, told.last_subject_before(p, n), person.full.min(2)) } else { (true, 0, 0) };
            let found = Some((fit, head, hinted || !family, leans || !family, subject, often, person.last_before(n), Reverse(p)));
            *best = found.max(*best);
        }
    };
    if let Some(few) = few {
        few.into_iter().for_each(|p| weigh(p, &mut best));
        return best.map(|b| b.7.0);
    }
    if mention.words.len() > 1 && by_word.has_pairs() {
        by_word.fitting(&mention.words).into_iter().for_each(|p| weigh(p, &mut best));
        return best.map(|b| b.7.0);
    }
    by_word.sharing(&mention.words).for_each(|p| weigh(p, &mut best));
    // A variant in spelling fits less than any word that is the same.
    if best.is_none_or(|b| b.0 <= 5) {
        by_word.spelled_alike(&mention.words).for_each(|p| weigh(p, &mut best));
    }
    best.map(|b| b.7.0)
}

/// How well a family name fits.
const FAMILY: u32 = 8;

/// How well a mention fits a person's name: 0 not at all.
fn fit(full: &[String], part: &[String]) -> u32 {
    look(1);
    if full == part {
        return 9;
    }
    let (longer, shorter) = if full.len() >= part.len() { (full, part) } else { (part, full) };
    // A mention of nothing but titles and initials fits nobody.
    if shorter.is_empty() {
        return 0;
    }
    if shorter.len() == 1 {
        if longer.len() == 1 {
            return u32::from(alike(&longer[0], &shorter[0])) * 4;
        }
        let word = &shorter[0];
        let end = longer.len() - 1;
        return if same(&longer[end], word) {
            FAMILY
        } else if same(&longer[0], word) {
            6
        } else if longer[1..end].iter().any(|w| same(w, word) && w.len() > 2) {
            5
        } else {
            u32::from(alike(&longer[end], word)) * 3
        };
    }
    let (long_end, short_end) = (longer.len() - 1, shorter.len() - 1);
    let runs = |a: &[String]| a.iter().zip(shorter).all(|(x, y)| same(x, y));
    if runs(&longer[longer.len() - shorter.len()..]) || runs(longer) {
        return 8;
    }
    let last = same(&longer[long_end], &shorter[short_end]);
    let first = given_fits(&longer[0], &shorter[0]);
    match (first, last) {
        (true, true) => 7,
        (true, false) if same(&longer[0], &shorter[0]) && alike(&longer[long_end], &shorter[short_end]) => 5,
        (false, true) if alike(&longer[0], &shorter[0]) => 5,
        _ => 0,
    }
}

/// Equal but for case and an article (`al-`).
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (without_article(a), without_article(b));
    a == b || (a.len() == b.len() && a.eq_ignore_ascii_case(b)) || (!a.is_ascii() && a.to_lowercase() == b.to_lowercase())
}

/// `Assad` of `al-Assad`.
pub fn without_article(word: &str) -> &str {
    if word.as_bytes().get(2) != Some(&b'-') {
        return word; // most words
    }
    ["al-", "Al-", "el-", "El-", "ul-"].iter().find_map(|article| word.strip_prefix(article)).unwrap_or(word)
}

/// One given name may stand for the other: the same, an initial, a short form, a variant in spelling.
pub fn given_fits(a: &str, b: &str) -> bool {
    let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    let lexicon = Lexicon::get();
    let short = |x: &str, y: &str| lexicon.full_names(x).contains(&y);
    let shared = || lexicon.full_names(a).iter().any(|f| lexicon.full_names(b).contains(f));
    same(a, b) || initial(a, b) || initial(b, a) || short(a, b) || short(b, a) || shared()
}

/// A variant in spelling: one letter more, less, other or two exchanged, in words of five letters and more.
pub fn alike(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return are_variants(a.as_bytes(), b.as_bytes(), |x, y| x.eq_ignore_ascii_case(y));
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    are_variants(&a, &b, |x, y| x == y)
}

/// The same of the letters of two words, of which `same` tells whether two are.
fn are_variants<L>(a: &[L], b: &[L], same: impl Fn(&L, &L) -> bool) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if short.len() < 5 || long.len() - short.len() > 1 || !same(&long[0], &short[0]) {
        return false;
    }
    let head = long.iter().zip(short).take_while(|(x, y)| same(x, y)).count();
    let tail = long.iter().rev().zip(short.iter().rev()).take_while(|(x, y)| same(x, y)).count();
    let spared = head + tail;
    if long.len() > short.len() {
        return spared >= short.len();
    }
    spared + 1 >= long.len() || (spared + 2 == long.len() && same(&long[head], &short[head + 1]) && same(&long[head + 1], &short[head]))
}

fn entity(person: Person, named: &mut [Named]) -> Entity {
    // The fullest name: many words, a given name first; of equally full ones the most frequent.
    let mut best: Option<(usize, usize, usize)> = None;
    let mut counts: WordMap<&str, usize> = WordMap::default();
    if person.mentions.len() > 1 {
        counts.reserve(person.mentions.len());
        for m in &person.mentions {
            *counts.entry(named[*m].text.as_str()).or_default() += 1;
        }
    }
    for m in &person.mentions {
        let words = &named[*m].words;
        if words.is_empty() {
            continue;
        }
        let count = counts.get(named[*m].text.as_str()).copied().unwrap_or(1);
        let particle = matches!(words[0].as_str(), "Van" | "Von" | "De" | "Da" | "Di" | "La" | "El" | "Al" | "Bin");
        let given = words.len() > 1 && !particle && Lexicon::get().traits(&words[0]).is_given();
        let full = words.len() * 2
            + words.iter().filter(|w| w.chars().count() > 1).count()
            + 4 * usize::from(given)
            + 2 * usize::from(words.len() > 1);
        if best.is_none_or(|b| (full, count) > (b.0, b.1)) {
            best = Some((full, count, *m));
        }
    }
    let name = best.map_or_else(String::new, |b| named[b.2].text.clone());
    let role = person.mentions.iter().find_map(|m| named[*m].role.clone());
    let mentions = person.mentions.iter().map(|m| Mention { bytes: named[*m].bytes.clone(), role: named[*m].role.take() }).collect();
    Entity { kind: EntityKind::Person, name, role, gender: person.gender, mentions }
}
