//! How well annotations agree with what is true, in the counts that matter to somebody who looks things up.

use super::names::{same_organization, same_person, shares_a_word};
use super::reliability::Reliability;
use morgue::article::{Annotations, Article, Place, Quote, QuoteKind, Span, Speaker, SpeakerClass};
use std::collections::BTreeMap;
use std::fmt::Display;

/// What is true of one article.
#[derive(Default)]
pub struct Case {
    /// The persons, if they are known.
    pub persons: Option<Vec<String>>,
    /// The organizations, if they are known.
    pub organizations: Option<Vec<String>>,
    /// The pieces of all quotes, if they are known.
    pub quotes: Option<Vec<QuoteWanted>>,
    /// Mentions of places, demonyms apart, if they are known.
    pub places: Option<Vec<PlaceWanted>>,
    /// Words for people and properties; where they are not known (`None`), what is found of them is neither right nor wrong.
    pub demonyms: Option<Vec<Span>>,
    /// Stretches that are part of other names: a place found in them is neither right nor wrong.
    pub not_places: Vec<Span>,
    /// Every name in the text with its kind, if they are known: `person`, `organization`, `place` and others.
    pub names: Option<Vec<(String, Span)>>,
    /// Passages that count neither for nor against.
    pub leftovers: Vec<Span>,
}

/// One piece of a quote.
pub struct QuoteWanted {
    pub span: Span,
    pub kind: QuoteKind,
    /// Whether it stands in quotation marks.
    pub marked: bool,
    /// Who said it, if that is known.
    pub who: Option<Who>,
    /// The words that name the speaker.
    pub words: Vec<Span>,
}

/// Who said something.
pub enum Who {
    /// One of these.
    Person(Vec<String>),
    Organization(String),
    /// Somebody without a name.
    NoPerson,
    /// Nobody: the words are attributed to no one.
    Nobody,
}

/// One mention of a place.
pub struct PlaceWanted {
    pub span: Span,
    /// Degrees north and east.
    pub at: Option<(f64, f64)>,
    pub path: Option<String>,
}

/// Counts of what was right out of how much, by the name of the figure.
#[derive(Default)]
pub struct Score {
    counts: BTreeMap<&'static str, (usize, usize)>,
    /// How far the confidence of quotes can be trusted.
    pub reliability: Reliability,
    /// What was wrong, for somebody who wants to make it right.
    misses: Vec<String>,
    /// The article being scored: its path and its characters.
    article: (String, Vec<char>),
}

impl Score {
    /// Counts one more for `figure`; `what` is shown with the misses.
    pub fn note(&mut self, figure: &'static str, right: bool, what: impl Display) {
        if !right {
            let article = &self.article.0;
            self.misses.push(format!("{figure}: {what}  {article}").trim_end().to_owned());
        }
        let count = self.counts.entry(figure).or_default();
        *count = (count.0 + usize::from(right), count.1 + 1);
    }

    /// Prints every miss when `MORGUE_MISSES` is set.
    pub fn print_misses(&self) {
        if std::env::var_os("MORGUE_MISSES").is_some() {
            self.misses.iter().for_each(|miss| println!("   - {miss}"));
        }
    }

    /// Each figure as `(name, value, right, of)`; where there are `… P` and `… R`, their `… F1` follows.
    pub fn figures(&self) -> Vec<(String, f64, usize, usize)> {
        let ratio = |&(right, of): &(usize, usize)| right as f64 / of.max(1) as f64;
        let mut all = Vec::new();
        for (name, count) in &self.counts {
            all.push((name.to_string(), ratio(count), count.0, count.1));
            let Some(stem) = name.strip_suffix(" R") else { continue };
            let (p, r) = (self.counts.get(format!("{stem} P").as_str()).map_or(0.0, ratio), ratio(count));
            let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
            all.push((format!("{stem} F1"), f1, count.0, count.1));
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    /// Adds the agreement of what was `found` in `article` with `case`.
    pub fn add(&mut self, article: &Article, case: &Case, found: &Annotations) {
        let path = article.path.split("sample_corpus/").last().filter(|path| !path.is_empty()).unwrap_or(&article.id);
        self.article = (path.to_owned(), article.body.chars().collect());
        if let Some(wanted) = &case.quotes {
            self.quotes(wanted, found);
            self.false_quotes(wanted, case, found);
        }
        if let Some(wanted) = &case.places {
            self.places(wanted, case, found);
        }
        if let Some(wanted) = &case.names {
            let persons = found.persons.iter().flat_map(|p| p.mentions.clone()).collect();
            let organizations = found.organizations.iter().flat_map(|o| o.mentions.clone()).collect();
            let places = found.places.iter().flat_map(|p| &p.mentions).filter(|m| !m.demonym).map(|m| Span::new(m.start, m.end)).collect();
            self.mentions(("person mentions P", "person mentions R"), wanted, "person", &["misc"], persons);
            self.mentions(
                ("organization mentions P", "organization mentions R"),
                wanted,
                "organization",
                &["facility", "misc", "norp"],
                organizations,
            );
            self.mentions(("place mentions P", "place mentions R"), wanted, "place", &["facility", "norp"], places);
        }
        if let Some(wanted) = &case.persons {
            let names = found.persons.iter().map(|p| p.name.as_str()).collect();
            self.set(("persons P", "persons R"), wanted, names, same_person);
        }
        if let Some(wanted) = &case.organizations {
            let outside = |spans: &[Span]| spans.is_empty() || !spans.iter().all(|s| case.leftovers.iter().any(|l| l.contains(*s)));
            let names = found.organizations.iter().filter(|o| outside(&o.mentions)).map(|o| o.name.as_str()).collect();
            self.set(("organizations P", "organizations R"), wanted, names, same_organization);
        }
    }

    /// The words of the article at `span`.
    fn words(&self, span: Span) -> String {
        let end = (span.end as usize).min(self.article.1.len());
        self.article.1[(span.start as usize).min(end)..end].iter().collect()
    }

    fn is_pronoun(&self, words: &[Span]) -> bool {
        let text = words.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(" ").to_lowercase();
        ["he", "she", "they", "i", "we", "him", "her", "who"].contains(&text.trim())
    }

    /// Sets of names: each wanted name may be met once, everything left over is wrong.
    fn set(&mut self, (p, r): (&'static str, &'static str), wanted: &[String], mut found: Vec<&str>, same: fn(&str, &str) -> bool) {
        for want in wanted {
            let hit = found.iter().position(|name| same(want, name));
            hit.map(|at| found.swap_remove(at));
            self.note(r, hit.is_some(), want);
            if hit.is_some() {
                self.note(p, true, want);
            }
        }
        found.iter().for_each(|name| self.note(p, false, name));
    }

    /// Mentions of one kind; those that meet a name of a `soft` kind only are neither right nor wrong.
    fn mentions(&mut self, (p, r): (&'static str, &'static str), wanted: &[(String, Span)], kind: &str, soft: &[&str], found: Vec<Span>) {
        let of = |kinds: &[&str]| wanted.iter().filter(|(k, _)| kinds.contains(&k.as_str())).map(|(_, span)| *span).collect::<Vec<_>>();
        let (wanted, neutral) = (of(&[kind]), of(soft));
        for span in &found {
            let right = wanted.iter().any(|w| w.overlaps(*span));
            if right || !neutral.iter().any(|n| n.overlaps(*span)) {
                self.note(p, right, self.words(*span));
            }
        }
        for span in wanted {
            self.note(r, found.iter().any(|f| f.overlaps(span)), self.words(span));
        }
    }

    fn quotes(&mut self, wanted: &[QuoteWanted], found: &Annotations) {
        for want in wanted.iter().filter(|q| !matches!(q.who, Some(Who::Nobody))) {
            let (direct, what) = (want.kind == QuoteKind::Direct, self.words(want.span));
            let fits = |q: &&Quote| !direct || q.kind != QuoteKind::Indirect;
            let covers = |q: &Quote| q.spans.iter().map(|s| shared(*s, want.span)).max().unwrap_or(0);
            let best = found.quotes.iter().filter(fits).max_by_key(|q| covers(q)).filter(|q| covers(q) * 2 >= length(want.span));
            let speaker = best.and_then(|q| q.speaker.as_ref());
            let got = |s: &Speaker| format!("{} [{}]", s.name.as_deref().unwrap_or("-"), s.text.as_deref().unwrap_or(""));
            let what = format!("«{what}» got {}", speaker.map_or("nobody".to_owned(), got));
            let named = want.who.as_ref().map(|who| best.is_some() && who.is(speaker));
            if !direct {
                self.note("reported speech: found", best.is_some(), &what);
                named.into_iter().for_each(|ok| self.note("reported speech: speaker", ok, &what));
            } else if !want.marked {
                self.note("transcript: found", best.is_some(), &what);
                named.into_iter().for_each(|ok| self.note("transcript: speaker", ok, &what));
            } else {
                self.note("quote: found", best.is_some(), &what);
                best.into_iter().for_each(|q| self.note("quote: kind, of found", q.kind == want.kind, &what));
                let words = speaker.and_then(|s| Some(Span::new(s.start?, s.end?)));
                self.note("quote: mention", words.is_some_and(|s| want.words.iter().any(|w| w.overlaps(s))), &what);
                named.into_iter().for_each(|ok| self.note("quote: speaker", ok, &what));
                let right = named.unwrap_or_else(|| words.is_some_and(|s| want.words.iter().any(|w| w.overlaps(s))));
                best.into_iter().for_each(|q| self.trust(q, right, &what));
                let figure = if self.is_pronoun(&want.words) { "quote: speaker, pronoun" } else { "quote: speaker, named" };
                let person = named.filter(|_| matches!(want.who, Some(Who::Person(_))));
                person.into_iter().for_each(|ok| self.note(figure, ok, &what));
            }
        }
    }

    /// Counts a quote by its confidence.
    fn trust(&mut self, quote: &Quote, right: bool, what: &str) {
        self.reliability.add(quote.confidence, right);
        if quote.confidence >= 0.9 {
            self.note("quote: right, of those at 0.9", right, what);
        }
    }

    /// Predicted pieces of direct quotes with a speaker that are no quotes; those in reported speech are left out.
    fn false_quotes(&mut self, wanted: &[QuoteWanted], case: &Case, found: &Annotations) {
        let spoken = |s: &Speaker| s.name.is_some() || s.text.is_some() || s.start.is_some();
        for quote in found.quotes.iter().filter(|q| q.kind != QuoteKind::Indirect && q.speaker.as_ref().is_some_and(spoken)) {
            for span in &quote.spans {
                let said = |w: &&QuoteWanted| w.kind == QuoteKind::Direct && !matches!(w.who, Some(Who::Nobody));
                let right = wanted.iter().filter(said).any(|w| shared(*span, w.span) * 2 >= length(*span));
                let reported = wanted.iter().any(|w| w.kind != QuoteKind::Direct && w.span.overlaps(*span));
                let left = case.leftovers.iter().any(|l| l.overlaps(*span));
                if right || !(reported || left) {
                    self.note("quote: precision", right, self.words(*span));
                    if !right {
                        self.trust(quote, false, &self.words(*span));
                    }
                }
            }
        }
    }

    fn places(&mut self, wanted: &[PlaceWanted], case: &Case, found: &Annotations) {
        let mentions = || found.places.iter().flat_map(|p| p.mentions.iter().map(move |m| (Span::new(m.start, m.end), m.demonym, p)));
        for want in wanted {
            let hits: Vec<_> = mentions().filter(|(span, ..)| span.overlaps(want.span)).map(|(.., place)| place).collect();
            let what = self.words(want.span);
            self.note("places R", !hits.is_empty(), &what);
            if let Some(at) = want.at {
                // A country has no one point: the same path is the same place.
                let same = |p: &&Place| want.path.is_some() && p.path == want.path;
                let close = |p: &&Place| p.lat.zip(p.lon).is_some_and(|there| kilometres(at, there) <= 161.0);
                let near = hits.iter().any(|p| close(p) || same(p));
                self.note(
                    "places: within 161 km, of all",
                    near,
                    format!("{what} got {:?}", hits.iter().map(|p| p.path.as_deref()).collect::<Vec<_>>()),
                );
            }
            let country = |p: &str| p.split('/').nth(1).map(str::to_owned);
            if let (Some(country_wanted), Some(first)) = (want.path.as_deref().and_then(country), hits.first()) {
                let found = first.path.as_deref().and_then(country);
                self.note("places: country, of found", found.as_ref() == Some(&country_wanted), format!("{what} got {:?}", first.path));
            }
        }
        for (span, demonym, _) in mentions() {
            let right = wanted.iter().any(|w| w.span.overlaps(span));
            let sets = [case.demonyms.as_deref().unwrap_or(&[]), &case.not_places, &case.leftovers];
            let neutral = (demonym && case.demonyms.is_none()) || sets.iter().any(|set| set.iter().any(|s| s.overlaps(span)));
            if right || !neutral {
                self.note("places P", right, self.words(span));
            }
        }
        for want in case.demonyms.iter().flatten() {
            self.note("places: demonyms found", mentions().any(|(span, demonym, _)| demonym && span.overlaps(*want)), self.words(*want));
        }
    }
}

impl Who {
    fn is(&self, speaker: Option<&Speaker>) -> bool {
        let name = speaker.and_then(|s| s.name.as_deref());
        match self {
            Who::Person(names) => name.is_some_and(|name| names.iter().any(|want| same_person(want, name))),
            Who::Organization(want) => name.is_some_and(|name| shares_a_word(want, name)),
            Who::NoPerson | Who::Nobody => name.is_none() || speaker.is_some_and(|s| s.class != SpeakerClass::Person),
        }
    }
}

fn length(span: Span) -> u32 {
    span.end - span.start
}

fn shared(a: Span, b: Span) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Great-circle distance between two places in degrees, by the haversine formula.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (north, east) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (north / 2.0).sin().powi(2) + a.0.to_radians().cos() * b.0.to_radians().cos() * (east / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().asin()
}

#[test]
fn figures_are_what_they_say() {
    let mut score = Score::default();
    score.set(("x P", "x R"), &["Ana Lopes".into(), "Bo Ek".into()], vec!["Ana Lopes", "Cy Dunn", "Ana Lopes"], same_person);
    let figures: Vec<_> = score.figures().into_iter().map(|(name, value, ..)| format!("{name} {value:.2}")).collect();
    assert_eq!(figures, ["x F1 0.40", "x P 0.33", "x R 0.50"]);
    assert_eq!(kilometres((51.5, -0.12), (48.86, 2.35)).round(), 342.0);
}
