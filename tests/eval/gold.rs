//! What is true of each article of the sample corpus, as noted by hand in `gold/`: one file per article.
//!
//! Nothing is noted by offset. An *anchor* is a text, or a text and its number (`["Okafor", 2]`: the second place where it stands
//! alone, from the beginning of the body; `["Vienna", 1, "left Vienna on"]`: the first within these words). White space is as good as any other white space, so line breaks do not matter.

use super::score::{Case, PlaceWanted, QuoteWanted, Who};
use morgue::article::{Annotations, Article, Organization, Person, Place, PlaceMention, Quote, QuoteKind, Span, Speaker, SpeakerClass};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// One article's truth.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    /// File in the corpus; of a container, the container.
    pub file: String,
    pub title: Option<String>,
    /// The first words behind a date line: with `file`, they tell which article is meant.
    pub begins: String,
    /// `None` where the file does not say.
    pub source: Option<String>,
    pub byline: Vec<String>,
    /// Day of publication; `None` when the article names none, or none that can be believed.
    pub date: Option<String>,
    pub language: String,
    persons: Vec<Entity>,
    organizations: Vec<Entity>,
    places: Vec<PlaceNoted>,
    quotes: Vec<QuoteNoted>,
    /// Lines that belong to the page and not to the article; nothing found in them counts for or against.
    #[serde(default)]
    leftovers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entity {
    name: String,
    mentions: Vec<Anchor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceNoted {
    name: String,
    path: String,
    lat: f64,
    lon: f64,
    #[serde(default)]
    mentions: Vec<Anchor>,
    #[serde(default)]
    demonyms: Vec<Anchor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteNoted {
    kind: QuoteKind,
    pieces: Vec<Anchor>,
    speaker: Option<String>,
    class: SpeakerClass,
    words: Option<Anchor>,
    cue: Option<Anchor>,
    /// Given without quotation marks, as in a transcript.
    #[serde(default)]
    unmarked: bool,
}

/// A text and which of its occurrences is meant.
#[derive(Deserialize)]
#[serde(untagged)]
enum Anchor {
    First(String),
    Nth(String, usize),
    Within(String, usize, String),
}

impl Gold {
    /// All of them, in order of their names.
    pub fn all() -> Vec<Gold> {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eval/gold");
        let entries = std::fs::read_dir(directory).expect("the gold is there");
        let mut files: Vec<_> = entries.map(|entry| entry.expect("its files can be listed").path()).collect();
        files.sort();
        let read = |file: &PathBuf| {
            let bytes = std::fs::read(file).expect("a gold file can be read");
            serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
        };
        files.iter().map(read).collect()
    }

    /// Whether `article` is the one meant.
    pub fn is_about(&self, article: &Article) -> bool {
        article.path.replace('\\', "/").contains(&self.file) && plain(&article.body).contains(&plain(&self.begins))
    }

    /// The truth in offsets of `body`, and the anchors that are not to be found in it.
    pub fn resolve(&self, body: &str) -> (Case, Vec<String>) {
        let mut text = Body::of(body);
        let mut case = Case { persons: Some(self.persons.iter().map(|p| p.name.clone()).collect()), ..Case::default() };
        case.organizations = Some(self.organizations.iter().map(|o| o.name.clone()).collect());
        for entity in self.persons.iter().chain(&self.organizations) {
            let found = entity.mentions.iter().filter_map(|anchor| text.find(anchor));
            case.not_places.extend(found.collect::<Vec<_>>());
        }
        let (mut places, mut quotes, mut demonyms) = (Vec::new(), Vec::new(), Vec::new());
        for place in &self.places {
            let wanted = |span| PlaceWanted { span, at: Some((place.lat, place.lon)), path: Some(place.path.clone()) };
            places.extend(place.mentions.iter().filter_map(|anchor| text.find(anchor)).map(wanted));
            demonyms.extend(place.demonyms.iter().filter_map(|anchor| text.find(anchor)));
        }
        for quote in &self.quotes {
            let words: Vec<_> = quote.words.iter().filter_map(|anchor| text.find(anchor)).collect();
            let _ = quote.cue.as_ref().and_then(|anchor| text.find(anchor));
            for span in quote.pieces.iter().filter_map(|anchor| text.find(anchor)).collect::<Vec<_>>() {
                quotes.push(QuoteWanted { span, kind: quote.kind, marked: !quote.unmarked, who: Some(quote.who()), words: words.clone() });
            }
        }
        (case.places, case.quotes, case.demonyms) = (Some(places), Some(quotes), Some(demonyms));
        case.leftovers = self.leftovers.iter().filter_map(|line| text.seek(&plain(line), 1)).collect();
        (case, text.missed)
    }

    /// The annotations a perfect extractor would make.
    pub fn perfect(&self, body: &str) -> Annotations {
        let mut text = Body::of(body);
        let mut all = Annotations::default();
        for entity in &self.persons {
            let mentions = entity.mentions.iter().filter_map(|anchor| text.find(anchor)).collect();
            all.persons.push(Person { name: entity.name.clone(), role: None, mentions });
        }
        for entity in &self.organizations {
            let mentions = entity.mentions.iter().filter_map(|anchor| text.find(anchor)).collect();
            all.organizations.push(Organization { name: entity.name.clone(), mentions });
        }
        for place in &self.places {
            let kinds = place.mentions.iter().map(|a| (a, false)).chain(place.demonyms.iter().map(|a| (a, true)));
            let mentions =
                kinds.filter_map(|(anchor, demonym)| text.find(anchor).map(|s| PlaceMention { start: s.start, end: s.end, demonym }));
            let (lat, lon, path) = (Some(place.lat), Some(place.lon), Some(place.path.clone()));
            all.places.push(Place { name: place.name.clone(), path, lat, lon, mentions: mentions.collect(), ..Place::default() });
        }
        for quote in &self.quotes {
            let words = quote.words.as_ref().and_then(|anchor| text.find(anchor));
            let (start, end) = (words.map(|s| s.start), words.map(|s| s.end));
            let speaker = Some(Speaker { name: quote.speaker.clone(), class: quote.class, start, end, ..Speaker::default() });
            let spans = quote.pieces.iter().filter_map(|anchor| text.find(anchor)).collect();
            all.quotes.push(Quote { spans, kind: quote.kind, speaker, ..Quote::default() });
        }
        all
    }
}

impl QuoteNoted {
    fn who(&self) -> Who {
        match (self.class, &self.speaker) {
            (SpeakerClass::Person, Some(name)) => Who::Person(vec![name.clone()]),
            (SpeakerClass::Organization, Some(name)) => Who::Organization(name.clone()),
            _ => Who::NoPerson,
        }
    }
}

/// `text` with every stretch of white space as one blank.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A body in which anchors are looked up.
struct Body {
    /// The characters, white space put together, each with its place in the body.
    chars: Vec<(char, u32)>,
    missed: Vec<String>,
}

impl Body {
    fn of(body: &str) -> Body {
        let mut chars: Vec<(char, u32)> = Vec::new();
        for (at, c) in body.chars().enumerate() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if c != ' ' || chars.last().is_some_and(|(last, _)| *last != ' ') {
                chars.push((c, at as u32));
            }
        }
        Body { chars, missed: Vec::new() }
    }

    fn find(&mut self, anchor: &Anchor) -> Option<Span> {
        let (text, number, around) = match anchor {
            Anchor::First(text) => (plain(text), 1, None),
            Anchor::Nth(text, number) => (plain(text), *number, None),
            Anchor::Within(text, number, around) => (plain(text), *number, Some(plain(around))),
        };
        let found = match around {
            Some(around) => self.seek(&around, 1).and_then(|room| self.seek_from(&text, number, room.start)),
            None => self.seek(&text, number),
        };
        if found.is_none() {
            self.missed.push(format!("`{text}` no. {number}"));
        }
        found
    }

    /// Where `text` stands alone (no letter or digit beside it) for the `number`th time.
    fn seek(&self, text: &str, number: usize) -> Option<Span> {
        self.seek_from(text, number, 0)
    }

    fn seek_from(&self, text: &str, number: usize, from: u32) -> Option<Span> {
        let want: Vec<char> = text.chars().collect();
        let alone = |at: usize| at.checked_sub(1).is_none_or(|before| self.ends_word(before)) && self.ends_word(at + want.len());
        let fits = |at: &usize| self.chars[*at..*at + want.len()].iter().map(|(c, _)| c).eq(&want) && alone(*at);
        let last = (self.chars.len() + 1).checked_sub(want.len().max(1))?;
        let at = (0..last).filter(|at| self.chars[*at].1 >= from).filter(fits).nth(number - 1)?;
        Some(Span::new(self.chars[at].1, self.chars[at + want.len() - 1].1 + 1))
    }

    fn ends_word(&self, at: usize) -> bool {
        self.chars.get(at).is_none_or(|(c, _)| !c.is_alphanumeric())
    }
}
