//! Invented news for the trainer: sentences of `words/templates.txt` filled with names put together from the word lists and
//! from syllables, so that the model meets names that stand in no list.

use super::{Document, Mark};
use crate::extract::names::model::label;

/// A source of chance with a fixed seed (xorshift, Marsaglia 2003).
pub struct Chance(pub u64);

impl Chance {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

/// Invents names.
pub struct Inventor {
    chance: Chance,
    templates: Vec<&'static str>,
    given: Vec<&'static str>,
    family: Vec<&'static str>,
    countries: Vec<&'static str>,
    towns: Vec<&'static str>,
    peoples: Vec<&'static str>,
    organizations: Vec<&'static str>,
    acronyms: Vec<&'static str>,
    heads: Vec<&'static str>,
}

const SYLLABLES: &[&str] = &[
    "ba", "be", "bo", "ka", "ke", "ko", "ku", "da", "do", "du", "fa", "ga", "gu", "ha", "hi", "ja", "ji", "la", "le", "li", "lo", "ma",
    "me", "mi", "mo", "mu", "na", "ne", "ni", "no", "pa", "pe", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "su", "ta", "te", "ti",
    "to", "va", "vi", "wa", "ya", "yo", "za", "ze", "shi", "cha", "tsu", "kwa", "mba", "nga", "ndo", "sta", "tri", "gra", "bren", "lor",
    "mar", "ten", "dal", "gor", "ver", "kar", "bel", "ron", "sel", "wen",
];
const ENDS: &[&str] = &[
    "", "", "n", "s", "r", "l", "ski", "ov", "ez", "sen", "son", "ian", "oğlu", "man", "mann", "ti", "ni", "wala", "dze", "ko", "ić", "ng",
    "th",
];
const MATTERS: &[&str] = &[
    "Health",
    "Education",
    "Justice",
    "Finance",
    "Defense",
    "Defence",
    "Labor",
    "Agriculture",
    "Energy",
    "Transport",
    "Foreign Affairs",
    "Trade",
    "Culture",
    "Science",
    "Environment",
    "Economy",
    "Interior",
    "Housing",
    "Water",
    "Tourism",
    "Election",
    "Human Rights",
    "Medicine",
    "Technology",
    "Football",
    "Statistics",
    "Development",
];
const EVENTS: &[&str] = &[
    "World Cup",
    "Summer Games",
    "Book Fair",
    "Film Festival",
    "Peace Prize",
    "Grand Prix",
    "Climate Summit",
    "Independence Day",
    "Open",
    "Clean Air Act",
    "Bill of Rights",
];
const NATIONAL: &[&str] = &[
    "National",
    "Federal",
    "Central",
    "International",
    "Supreme",
    "Royal",
    "European",
    "African",
    "American",
    "Public",
    "Independent",
    "General",
];

fn line(text: &'static str, key: &str) -> Vec<&'static str> {
    let separator = if text.contains('|') && matches!(key, "k" | "c" | "t") { '|' } else { ' ' };
    let lines = text.lines().filter_map(|l| l.strip_prefix(key)).filter(|l| l.starts_with(' '));
    lines.flat_map(|l| l.trim().split(separator)).map(|w| w.trim_end_matches('?')).filter(|w| !w.is_empty()).collect()
}

impl Inventor {
    /// An inventor with the lists of the tagger.
    pub fn new(seed: u64) -> Inventor {
        let given = include_str!("../words/given.txt");
        let organizations = include_str!("../words/organizations.txt");
        let places = include_str!("../words/places.txt");
        let lines = |text: &'static str| text.lines().filter(|l| !l.starts_with('#'));
        Inventor {
            chance: Chance(seed),
            templates: lines(include_str!("../words/templates.txt")).collect(),
            given: [line(given, "f"), line(given, "m"), line(given, "u")].concat(),
            family: lines(include_str!("../words/family.txt")).flat_map(|l| l.split(' ')).map(|w| w.trim_end_matches('?')).collect(),
            countries: line(places, "c"),
            towns: line(places, "t"),
            peoples: line(places, "d"),
            organizations: line(organizations, "k"),
            acronyms: line(organizations, "x"),
            heads: line(organizations, "h"),
        }
    }

    fn coined(&mut self, syllables: usize) -> String {
        let mut word: String = (0..syllables).map(|_| *self.chance.pick(SYLLABLES)).collect();
        let end: &&str = self.chance.pick(ENDS);
        word.push_str(end);
        let mut letters = word.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    fn family(&mut self) -> String {
        match self.chance.below(10) {
            0..=4 => (*self.chance.pick(&self.family)).to_owned(),
            5 => format!("{}-{}", self.chance.pick(&self.family), self.chance.pick(&self.family)),
            6 => format!("al-{}", self.coined(2)),
            _ => {
                let syllables = 2 + self.chance.below(2);
                self.coined(syllables)
            }
        }
    }

    /// A full name: given name, family name, family name alone.
    pub fn person(&mut self) -> (String, String, String) {
        let given = if self.chance.below(3) > 0 { (*self.chance.pick(&self.given)).to_owned() } else { self.coined(2) };
        let family = self.family();
        let full = match self.chance.below(14) {
            0 => format!("{given} {}. {family}", (b'A' + self.chance.below(26) as u8) as char),
            1 => format!("{given} {} {family}", self.chance.pick(&self.given)),
            2 => format!("{given} {} {family}", self.chance.pick(&["de", "van", "von", "bin", "de la", "van der", "el", "al", "da"])),
            3 => format!("{given} {family} Jr."),
            4 => format!("{family} {given}"),
            _ => format!("{given} {family}"),
        };
        (full, given, family)
    }

    /// A town or country.
    pub fn place(&mut self, country: bool) -> String {
        match (self.chance.below(4), country) {
            (0, _) => self.coined(2),
            (_, true) => (*self.chance.pick(&self.countries)).to_owned(),
            _ => (*self.chance.pick(&self.towns)).to_owned(),
        }
    }

    /// An organization's full name.
    pub fn organization(&mut self) -> String {
        let matter = *self.chance.pick(MATTERS);
        let head = *self.chance.pick(&self.heads);
        match self.chance.below(12) {
            0 => format!("Ministry of {matter}"),
            1 => format!("{matter} Ministry"),
            2 => format!("{} {matter} {head}", self.chance.pick(NATIONAL)),
            3 => format!("{} {head}", self.place(false)),
            4 => format!("University of {}", self.place(false)),
            5 => format!("{} {head}", self.family()),
            6 => format!("{} & {}", self.family(), self.family()),
            7 => format!("{} {}", self.coined(2), self.chance.pick(&["Inc.", "Corp.", "Ltd", "Group", "Holdings", "plc", "AG", "S.A."])),
            8 => format!("{} {head} of {}", self.chance.pick(NATIONAL), self.place(true)),
            9 => format!(
                "{} {} Party",
                self.place(true),
                self.chance.pick(&["Democratic", "People's", "Liberal", "National", "Socialist", "Green"])
            ),
            10 => format!("{head} for {matter}"),
            _ => (*self.chance.pick(&self.organizations)).to_owned(),
        }
    }

    fn acronym(&mut self) -> String {
        if self.chance.below(2) == 0 {
            return (*self.chance.pick(&self.acronyms)).to_owned();
        }
        (0..3 + self.chance.below(2)).map(|_| (b'A' + self.chance.below(26) as u8) as char).collect()
    }

    fn company(&mut self) -> String {
        if self.chance.below(3) == 0 { self.coined(2) } else { (*self.chance.pick(&self.organizations)).to_owned() }
    }

    /// An article of some sentences about the same few people.
    pub fn document(&mut self) -> Document {
        let mut document = Document::default();
        let (first, second) = (self.person(), self.person());
        for _ in 0..4 + self.chance.below(6) {
            let template = *self.chance.pick(&self.templates);
            let mut rest = template;
            while let Some(open) = rest.find('{') {
                document.text.push_str(&self.numbers(&rest[..open]));
                let (name, kind) = match rest.as_bytes()[open + 1] {
                    b'P' => (first.0.clone(), label::PERSON),
                    b'F' => (first.1.clone(), label::PERSON),
                    b'L' => (first.2.clone(), label::PERSON),
                    b'Q' => (second.0.clone(), label::PERSON),
                    b'M' => (second.2.clone(), label::PERSON),
                    b'O' => (self.organization(), label::ORGANIZATION),
                    b'X' => (self.acronym(), label::ORGANIZATION),
                    b'A' => (self.company(), label::ORGANIZATION),
                    b'C' => (self.place(true), label::PLACE),
                    b'T' => (self.place(false), label::PLACE),
                    b'W' => ((*self.chance.pick(EVENTS)).to_owned(), label::OTHER),
                    _ => ((*self.chance.pick(&self.peoples)).to_owned(), label::OUTSIDE),
                };
                let start = document.text.len();
                document.text.push_str(&name);
                if kind != label::OUTSIDE {
                    document.marks.push(Mark { start, end: document.text.len(), kind });
                }
                rest = &rest[open + 3..];
            }
            document.text.push_str(&self.numbers(rest));
            document.text.push_str("\n\n");
        }
        document
    }

    fn numbers(&mut self, text: &str) -> String {
        let is_number = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()) == "N";
        if !text.contains('N') {
            return text.to_owned();
        }
        text.split(' ')
            .map(|w| if is_number(w) { w.replace('N', &(1 + self.chance.below(90)).to_string()) } else { w.to_owned() })
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// `document` with most of its persons and some of its places given other names.
    pub fn renamed(&mut self, document: &Document) -> Document {
        let mut out = Document::default();
        let mut given: std::collections::HashMap<String, String> = std::collections::HashMap::new();
        let mut at = 0;
        for mark in &document.marks {
            out.text.push_str(&document.text[at..mark.start]);
            let old = &document.text[mark.start..mark.end];
            let words = old.split(' ').count();
            let swaps = match mark.kind {
                label::PERSON => words <= 3 && self.chance.below(10) < 7,
                label::PLACE => words == 1 && self.chance.below(10) < 3,
                label::ORGANIZATION => words > 1 && self.chance.below(10) < 3,
                _ => false,
            };
            let new = match given.get(old) {
                Some(new) => new.clone(),
                None if swaps => {
                    let (full, first, family) = self.person();
                    let new = match mark.kind {
                        label::PLACE => self.place(false),
                        label::ORGANIZATION => self.organization(),
                        _ if words > 1 => {
                            let mut parts = old.split(' ');
                            given.insert(parts.next().unwrap_or_default().to_owned(), first);
                            given.insert(parts.next_back().unwrap_or_default().to_owned(), family);
                            full
                        }
                        _ => first,
                    };
                    given.insert(old.to_owned(), new.clone());
                    new
                }
                None => old.to_owned(),
            };
            let start = out.text.len();
            out.text.push_str(&new);
            out.marks.push(Mark { start, end: out.text.len(), kind: mark.kind });
            at = mark.end;
        }
        out.text.push_str(&document.text[at..]);
        out
    }
}
