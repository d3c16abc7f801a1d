//! A clipping as bytes in the index: what can be read off the body again is not written twice.
//!
//! First the body as it stands, then the rest of the article as JSON (so that a field added to it needs nothing here), then
//! the annotations in numbers and texts of [`super::wire`]. The words of a quote, of its cue and of its speaker's mention stand
//! in the body, as a rule also a person's or organization's name; of them only the places are kept, unless a record brought
//! along others. Places are kept as distance from the one before and length, because small numbers pack well.

use super::wire::{In, Out};
use crate::article::{
    Annotations, Article, Clipping, Cue, Filed, Given, Notes, Offsets, Organization, Person, Place, PlaceMention, Quote, QuoteKind, Span,
    Speaker, SpeakerClass,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Stands first, and changes when the rest does.
const VERSION: u8 = 2;

const KINDS: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Indirect, QuoteKind::Mixed];
const CLASSES: [SpeakerClass; 4] = [SpeakerClass::Person, SpeakerClass::Organization, SpeakerClass::Anonymous, SpeakerClass::Unresolved];

#[derive(Serialize, Deserialize)]
struct Head<'a> {
    /// Without its body.
    a: Cow<'a, Article>,
    f: Filed,
    /// Which of the four lists of annotations the record brought along, one bit each: they are kept when everything else is found anew.
    #[serde(default, skip_serializing_if = "is_zero")]
    g: u8,
    /// What people wrote on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<Cow<'a, Notes>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(n: &u8) -> bool {
    *n == 0
}

/// Which lists a record brought along, as bits.
fn bits(given: &Given) -> u8 {
    let lists = [given.persons.is_some(), given.organizations.is_some(), given.places.is_some(), given.quotes.is_some()];
    lists.iter().rev().fold(0, |bits, is| bits << 1 | u8::from(*is))
}

fn given(bits: u8) -> Given {
    let is = |n: u8| bits >> n & 1 == 1;
    Given { persons: is(0).then(Vec::new), organizations: is(1).then(Vec::new), places: is(2).then(Vec::new), quotes: is(3).then(Vec::new) }
}

/// The bytes of a clipping.
pub(super) fn pack(clipping: &Clipping) -> serde_json::Result<Vec<u8>> {
    let Clipping { article, annotations, filed, as_found, notes, .. } = clipping;
    let mut out = Out(Vec::with_capacity(article.body.len() * 5 / 4 + 256));
    out.0.push(VERSION);
    out.text(&article.body);
    let mut bare = article.clone();
    bare.body = String::new();
    let head =
        serde_json::to_vec(&Head { a: Cow::Borrowed(&bare), f: *filed, g: bits(&article.given), n: notes.as_ref().map(Cow::Borrowed) })?;
    out.number(head.len() as u64);
    out.0.extend_from_slice(&head);
    let body = Body { text: &article.body, offsets: Offsets::of(&article.body) };
    body.pack(&mut out, annotations);
    out.0.push(u8::from(as_found.is_some()));
    as_found.iter().for_each(|found| body.pack(&mut out, found));
    Ok(out.0)
}

/// The clipping of some bytes; `None` when they are not those of a clipping.
pub(super) fn unpack(bytes: &[u8]) -> Option<Clipping> {
    let mut read = In(bytes);
    if read.byte()? != VERSION {
        return None;
    }
    let text = read.text()?;
    let head = read.count()?;
    let Head { a, f: filed, g, n } = serde_json::from_slice(read.bytes(head)?).ok()?;
    let mut article = a.into_owned();
    article.body = text.to_owned();
    article.given = given(g);
    let body = Body { text, offsets: Offsets::of(text) };
    let annotations = body.unpack(&mut read)?;
    let as_found = if read.byte()? == 0 { None } else { Some(Box::new(body.unpack(&mut read)?)) };
    let notes = n.map(Cow::into_owned);
    Some(Clipping { article, annotations, filed, as_found, notes, ..Clipping::default() })
}

fn pack_spans(out: &mut Out, spans: &[Span]) {
    out.number(spans.len() as u64);
    let mut at = 0;
    for span in spans {
        out.span(at, *span);
        at = span.end;
    }
}

fn unpack_spans(read: &mut In<'_>) -> Option<Vec<Span>> {
    let mut at = 0;
    let spans = (0..read.count()?).map(|_| {
        let span = read.span(at)?;
        at = span.end;
        Some(span)
    });
    spans.collect()
}

fn pack_place(out: &mut Out, place: &Place) {
    let Place { name, path, geonames, lat, lon, mentions } = place;
    out.number(mentions.len() as u64);
    let mut at = 0;
    for PlaceMention { start, end, demonym } in mentions {
        out.span(at, Span { start: *start, end: *end });
        out.0.push(u8::from(*demonym));
        at = *end;
    }
    out.text(name);
    out.maybe(path.as_deref());
    out.number(geonames.map_or(0, |n| u64::from(n) + 1));
    degrees(out, *lat);
    degrees(out, *lon);
}

fn unpack_place(read: &mut In<'_>) -> Option<Place> {
    let mut at = 0;
    let mentions = (0..read.count()?).map(|_| {
        let Span { start, end } = read.span(at)?;
        at = end;
        Some(PlaceMention { start, end, demonym: read.byte()? != 0 })
    });
    let mentions: Option<Vec<PlaceMention>> = mentions.collect();
    let mentions = mentions?;
    let name = read.text()?.to_owned();
    let path = read.maybe()?.map(str::to_owned);
    let geonames = read.number()?.checked_sub(1).map(|n| n as u32);
    Some(Place { name, path, geonames, lat: read_degrees(read)?, lon: read_degrees(read)?, mentions })
}

/// Degrees are as a rule whole in some decimal place; others are kept as they are.
fn degrees(out: &mut Out, degrees: Option<f64>) {
    match degrees {
        None => out.0.push(0),
        Some(d) if (d * 1e5).round() / 1e5 == d && d.abs() < 1e6 => {
            out.0.push(1);
            out.signed((d * 1e5).round() as i64);
        }
        Some(d) => {
            out.0.push(2);
            out.0.extend_from_slice(&d.to_le_bytes());
        }
    }
}

fn read_degrees(read: &mut In<'_>) -> Option<Option<f64>> {
    Some(match read.byte()? {
        0 => None,
        1 => Some(read.signed()? as f64 / 1e5),
        _ => Some(f64::from_le_bytes(read.bytes(8)?.try_into().ok()?)),
    })
}

/// Names an article has, by number: persons first.
struct Names<'a> {
    persons: &'a [Person],
    organizations: &'a [Organization],
}

impl Names<'_> {
    fn all(&self) -> impl Iterator<Item = &str> {
        self.persons.iter().map(|p| p.name.as_str()).chain(self.organizations.iter().map(|o| o.name.as_str()))
    }

    fn pack(&self, out: &mut Out, name: &str) {
        match self.all().position(|n| n == name) {
            Some(at) => out.number(at as u64 + 1),
            None => {
                out.number(0);
                out.text(name);
            }
        }
    }

    fn unpack(&self, read: &mut In<'_>) -> Option<String> {
        Some(match read.number()?.checked_sub(1) {
            Some(number) => self.all().nth(number as usize)?.to_owned(),
            None => read.text()?.to_owned(),
        })
    }
}

/// The body, from which words are read off.
struct Body<'a> {
    text: &'a str,
    offsets: Offsets,
}

impl Body<'_> {
    fn words(&self, span: Span) -> &str {
        self.offsets.slice(self.text, span)
    }

    fn joined(&self, spans: &[Span]) -> Cow<'_, str> {
        match spans {
            [one] => Cow::Borrowed(self.words(*one)),
            some => Cow::Owned(some.iter().map(|s| self.words(*s)).collect::<Vec<_>>().join(" ")),
        }
    }

    fn pack(&self, out: &mut Out, found: &Annotations) {
        let Annotations { persons, organizations, places, quotes } = found;
        out.number(persons.len() as u64);
        for Person { name, role, mentions } in persons {
            self.pack_named(out, name, mentions);
            out.maybe(role.as_deref());
        }
        out.number(organizations.len() as u64);
        for Organization { name, mentions } in organizations {
            self.pack_named(out, name, mentions);
        }
        out.number(places.len() as u64);
        places.iter().for_each(|place| pack_place(out, place));
        let names = Names { persons, organizations };
        out.number(quotes.len() as u64);
        quotes.iter().for_each(|quote| self.pack_quote(out, quote, &names));
    }

    fn unpack(&self, read: &mut In<'_>) -> Option<Annotations> {
        let mut found = Annotations::default();
        for _ in 0..read.count()? {
            let (name, mentions) = self.unpack_named(read)?;
            found.persons.push(Person { name, role: read.maybe()?.map(str::to_owned), mentions });
        }
        for _ in 0..read.count()? {
            let (name, mentions) = self.unpack_named(read)?;
            found.organizations.push(Organization { name, mentions });
        }
        for _ in 0..read.count()? {
            found.places.push(unpack_place(read)?);
        }
        let names = Names { persons: &found.persons, organizations: &found.organizations };
        for _ in 0..read.count()? {
            found.quotes.push(self.unpack_quote(read, &names)?);
        }
        Some(found)
    }

    /// A name is kept as the number of the first mention that spells it out.
    fn pack_named(&self, out: &mut Out, name: &str, mentions: &[Span]) {
        pack_spans(out, mentions);
        match mentions.iter().position(|m| self.words(*m) == name) {
            Some(at) => out.number(at as u64 + 1),
            None => {
                out.number(0);
                out.text(name);
            }
        }
    }

    fn unpack_named(&self, read: &mut In<'_>) -> Option<(String, Vec<Span>)> {
        let mentions = unpack_spans(read)?;
        let name = match read.number()?.checked_sub(1) {
            Some(at) => self.words(*mentions.get(at as usize)?),
            None => read.text()?,
        };
        Some((name.to_owned(), mentions))
    }

    /// Writes `text`, or that it is what stands at `spans`.
    fn pack_words(&self, out: &mut Out, text: &str, spans: &[Span]) {
        out.maybe(Some(text).filter(|text| self.joined(spans) != **text));
    }

    fn unpack_words(&self, read: &mut In<'_>, spans: &[Span]) -> Option<String> {
        Some(match read.maybe()? {
            Some(text) => text.to_owned(),
            None => self.joined(spans).into_owned(),
        })
    }

    fn pack_quote(&self, out: &mut Out, quote: &Quote, names: &Names<'_>) {
        let Quote { spans, text, kind, confidence, speaker, cue } = quote;
        pack_spans(out, spans);
        let at = spans.last().map_or(0, |s| s.end);
        let kind = KINDS.iter().position(|k| k == kind).unwrap_or(0) as u8;
        out.0.push(kind | u8::from(speaker.is_some()) << 2 | u8::from(cue.is_some()) << 3);
        let percent = (confidence * 100.0).round();
        if (0.0..=100.0).contains(&percent) && percent / 100.0 == *confidence {
            out.0.push(percent as u8);
        } else {
            out.0.push(u8::MAX);
            out.0.extend_from_slice(&confidence.to_le_bytes());
        }
        self.pack_words(out, text, spans);
        if let Some(speaker) = speaker {
            self.pack_speaker(out, speaker, at, names);
        }
        if let Some(Cue { start, end, text }) = cue {
            let span = Span { start: *start, end: *end };
            out.span(at, span);
            self.pack_words(out, text, &[span]);
        }
    }

    fn unpack_quote(&self, read: &mut In<'_>, names: &Names<'_>) -> Option<Quote> {
        let spans = unpack_spans(read)?;
        let at = spans.last().map_or(0, |s| s.end);
        let flags = read.byte()?;
        let kind = *KINDS.get(usize::from(flags & 3))?;
        let confidence = match read.byte()? {
            u8::MAX => f32::from_le_bytes(read.bytes(4)?.try_into().ok()?),
            percent => f32::from(percent) / 100.0,
        };
        let text = self.unpack_words(read, &spans)?;
        let speaker = if flags & 4 == 0 { None } else { Some(self.unpack_speaker(read, at, names)?) };
        let cue = match flags & 8 {
            0 => None,
            _ => {
                let span = read.span(at)?;
                Some(Cue { start: span.start, end: span.end, text: self.unpack_words(read, &[span])? })
            }
        };
        Some(Quote { spans, text, kind, confidence, speaker, cue })
    }

    fn pack_speaker(&self, out: &mut Out, speaker: &Speaker, at: u32, names: &Names<'_>) {
        let Speaker { name, class, role, start, end, text, with } = speaker;
        let class = CLASSES.iter().position(|c| c == class).unwrap_or(0) as u8;
        let span = start.zip(*end).map(|(start, end)| Span { start, end });
        let bits = [name.is_some(), role.is_some(), start.is_some(), end.is_some(), text.is_some(), !with.is_empty()];
        out.0.push(class | bits.iter().enumerate().fold(0, |all, (i, bit)| all | u8::from(*bit) << (i + 2)));
        if let Some(name) = name {
            names.pack(out, name);
        }
        if let Some(role) = role {
            // As a rule the same as the person's.
            let known = names.persons.iter().find(|p| Some(&p.name) == name.as_ref()).and_then(|p| p.role.as_ref());
            out.maybe(Some(role.as_str()).filter(|_| known != Some(role)));
        }
        match span {
            Some(span) => out.span(at, span),
            None => [start, end].into_iter().flatten().for_each(|n| out.number(u64::from(*n))),
        }
        if let Some(text) = text {
            match span {
                Some(span) => self.pack_words(out, text, &[span]),
                None => out.text(text),
            }
        }
        if !with.is_empty() {
            out.number(with.len() as u64);
            with.iter().for_each(|name| names.pack(out, name));
        }
    }

    fn unpack_speaker(&self, read: &mut In<'_>, at: u32, names: &Names<'_>) -> Option<Speaker> {
        let flags = read.byte()?;
        let has = |bit: u32| flags >> (bit + 2) & 1 == 1;
        let class = *CLASSES.get(usize::from(flags & 3))?;
        let name = match has(0) {
            false => None,
            true => Some(names.unpack(read)?),
        };
        let role = match has(1) {
            false => None,
            true => Some(match read.maybe()? {
                Some(role) => role.to_owned(),
                None => names.persons.iter().find(|p| Some(&p.name) == name.as_ref())?.role.clone()?,
            }),
        };
        let span = if has(2) && has(3) { Some(read.span(at)?) } else { None };
        let mut half = |bit: u32| if has(bit) { read.number().map(|n| Some(n as u32)) } else { Some(None) };
        let (start, end) = match span {
            Some(span) => (Some(span.start), Some(span.end)),
            None => (half(2)?, half(3)?),
        };
        let text = match (has(4), span) {
            (false, _) => None,
            (true, Some(span)) => Some(self.unpack_words(read, &[span])?),
            (true, None) => Some(read.text()?.to_owned()),
        };
        let with: Option<Vec<String>> = match has(5) {
            false => Some(Vec::new()),
            true => (0..read.count()?).map(|_| names.unpack(read)).collect(),
        };
        Some(Speaker { name, class, role, start, end, text, with: with? })
    }
}

#[cfg(test)]
mod tests;
