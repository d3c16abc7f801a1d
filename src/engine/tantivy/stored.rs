//! A clipping as bytes in the index: what can be read off the body again is not written twice.
//!
//! The words of a quote, of its cue and of its speaker's mention stand in the body; of them only the places are kept, unless a
//! record brought along others. Places are kept as distance from the one before and length, because small numbers pack well.

use crate::article::{
    Annotations, Article, Clipping, Cue, Filed, Offsets, Organization, Person, Place, PlaceMention, Quote, QuoteKind, Span, Speaker,
    SpeakerClass,
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    a: Cow<'a, Article>,
    f: Filed,
    n: PackedNotes,
    /// What was found before names and quotes were put right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x: Option<PackedNotes>,
}

#[derive(Serialize, Deserialize)]
struct PackedNotes {
    p: Vec<(String, Option<String>, Vec<u32>)>,
    o: Vec<(String, Vec<u32>)>,
    l: Vec<PackedPlace>,
    q: Vec<PackedQuote>,
}

#[derive(Serialize, Deserialize)]
struct PackedPlace(String, Option<String>, Option<u32>, Option<f64>, Option<f64>, Vec<u32>);

/// Spans, kind, confidence, speaker, cue, and the words where they are not those of the spans.
#[derive(Serialize, Deserialize)]
struct PackedQuote(Vec<u32>, QuoteKind, f32, Option<PackedSpeaker>, Option<(u32, u32, Option<String>)>, Option<String>);

/// Name, class, role, place of the mention, and its words where they are not those of the place.
#[derive(Serialize, Deserialize)]
struct PackedSpeaker(Option<String>, SpeakerClass, Option<String>, Option<u32>, Option<u32>, Option<String>);

/// The bytes of a clipping.
pub(super) fn pack(clipping: &Clipping) -> serde_json::Result<Vec<u8>> {
    let body = Body { text: &clipping.article.body, offsets: Offsets::of(&clipping.article.body) };
    serde_json::to_vec(&Packed {
        a: Cow::Borrowed(&clipping.article),
        f: clipping.filed,
        n: body.pack(&clipping.annotations),
        x: clipping.as_found.as_deref().map(|found| body.pack(found)),
    })
}

/// The clipping of some bytes.
pub(super) fn unpack(bytes: &[u8]) -> serde_json::Result<Clipping> {
    let packed: Packed<'_> = serde_json::from_slice(bytes)?;
    let article = packed.a.into_owned();
    let body = Body { text: &article.body, offsets: Offsets::of(&article.body) };
    let annotations = body.unpack(packed.n);
    let as_found = packed.x.map(|found| Box::new(body.unpack(found)));
    Ok(Clipping { annotations, article, filed: packed.f, as_found })
}

/// Spans as distances and lengths; a span that goes back wraps around.
fn steps(spans: impl Iterator<Item = Span>) -> Vec<u32> {
    let mut at = 0u32;
    let mut steps = Vec::new();
    for span in spans {
        steps.extend([span.start.wrapping_sub(at), span.end.wrapping_sub(span.start)]);
        at = span.end;
    }
    steps
}

fn spans(steps: &[u32]) -> impl Iterator<Item = Span> + '_ {
    steps.chunks_exact(2).scan(0u32, |at, step| {
        let start = at.wrapping_add(step[0]);
        *at = start.wrapping_add(step[1]);
        Some(Span { start, end: *at })
    })
}

fn pack_place(place: &Place) -> PackedPlace {
    let mut mentions = steps(place.mentions.iter().map(|m| Span { start: m.start, end: m.end }));
    // Whether it is a demonym goes into the lowest bit of the length.
    for (length, m) in mentions.iter_mut().skip(1).step_by(2).zip(&place.mentions) {
        *length = length.wrapping_shl(1) | u32::from(m.demonym);
    }
    PackedPlace(place.name.clone(), place.path.clone(), place.geonames, place.lat, place.lon, mentions)
}

fn unpack_place(PackedPlace(name, path, geonames, lat, lon, mut mentions): PackedPlace) -> Place {
    let demonyms: Vec<bool> = mentions.iter().skip(1).step_by(2).map(|length| length & 1 == 1).collect();
    mentions.iter_mut().skip(1).step_by(2).for_each(|length| *length >>= 1);
    let mentions = spans(&mentions).zip(demonyms).map(|(s, demonym)| PlaceMention { start: s.start, end: s.end, demonym }).collect();
    Place { name, path, geonames, lat, lon, mentions }
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

    fn joined(&self, spans: &[Span]) -> String {
        spans.iter().map(|s| self.words(*s)).collect::<Vec<_>>().join(" ")
    }

    /// `text`, unless it is what stands at `span`.
    fn unless_there(&self, text: Option<&str>, span: Option<Span>) -> Option<String> {
        text.filter(|text| span.is_none_or(|span| self.words(span) != *text)).map(str::to_owned)
    }

    fn pack(&self, found: &Annotations) -> PackedNotes {
        PackedNotes {
            p: found.persons.iter().map(|p| (p.name.clone(), p.role.clone(), steps(p.mentions.iter().copied()))).collect(),
            o: found.organizations.iter().map(|o| (o.name.clone(), steps(o.mentions.iter().copied()))).collect(),
            l: found.places.iter().map(pack_place).collect(),
            q: found.quotes.iter().map(|q| self.pack_quote(q)).collect(),
        }
    }

    fn unpack(&self, packed: PackedNotes) -> Annotations {
        Annotations {
            persons: packed.p.into_iter().map(|(name, role, m)| Person { name, role, mentions: spans(&m).collect() }).collect(),
            organizations: packed.o.into_iter().map(|(name, m)| Organization { name, mentions: spans(&m).collect() }).collect(),
            places: packed.l.into_iter().map(unpack_place).collect(),
            quotes: packed.q.into_iter().map(|q| self.unpack_quote(q)).collect(),
        }
    }

    fn pack_quote(&self, quote: &Quote) -> PackedQuote {
        let speaker = quote.speaker.as_ref().map(|s| {
            let span = s.start.zip(s.end).map(|(start, end)| Span { start, end });
            // A place without words, or words without a place, cannot be read off.
            let text = if s.text.is_none() && span.is_some() { Some(String::new()) } else { self.unless_there(s.text.as_deref(), span) };
            PackedSpeaker(s.name.clone(), s.class, s.role.clone(), s.start, s.end, text)
        });
        let cue = quote.cue.as_ref().map(|c| {
            let text = self.unless_there(Some(&c.text), Some(Span { start: c.start, end: c.end }));
            (c.start, c.end, text)
        });
        let text = Some(&quote.text).filter(|text| self.joined(&quote.spans) != **text).cloned();
        PackedQuote(steps(quote.spans.iter().copied()), quote.kind, quote.confidence, speaker, cue, text)
    }

    fn unpack_quote(&self, PackedQuote(steps, kind, confidence, speaker, cue, text): PackedQuote) -> Quote {
        let spans: Vec<Span> = spans(&steps).collect();
        let speaker = speaker.map(|PackedSpeaker(name, class, role, start, end, text)| {
            let there = || start.zip(end).map(|(start, end)| self.words(Span { start, end }).to_owned());
            let text = match text {
                Some(text) if text.is_empty() => None,
                Some(text) => Some(text),
                None => there(),
            };
            Speaker { name, class, role, start, end, text }
        });
        let cue = cue.map(|(start, end, text)| {
            let text = text.unwrap_or_else(|| self.words(Span { start, end }).to_owned());
            Cue { start, end, text }
        });
        let text = text.unwrap_or_else(|| self.joined(&spans));
        Quote { spans, text, kind, confidence, speaker, cue }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Clipping {
        let body = "“Žofie is late,” Ann Cole said in Kyiv. “Very.” He left.";
        let article = Article { id: "a".into(), body: body.into(), ..Article::default() };
        let speaker = Speaker {
            name: Some("Ann Cole".into()),
            class: SpeakerClass::Person,
            start: Some(17),
            end: Some(25),
            text: Some("Ann Cole".into()),
            role: None,
        };
        let quote = Quote {
            spans: vec![Span::new(1, 15), Span::new(41, 46)],
            text: "Žofie is late, Very.".into(),
            kind: QuoteKind::Direct,
            confidence: 0.94,
            speaker: Some(speaker.clone()),
            cue: Some(Cue { start: 26, end: 30, text: "said".into() }),
        };
        let odd = Quote {
            text: "not in the body".into(),
            speaker: Some(Speaker { text: None, ..speaker.clone() }),
            cue: Some(Cue { start: 0, end: 0, text: "elsewhere".into() }),
            ..quote.clone()
        };
        let nowhere = Quote { speaker: Some(Speaker { start: None, end: None, ..speaker }), ..quote.clone() };
        let place = Place {
            name: "Kyiv".into(),
            path: Some("Europe/Ukraine/Kyiv".into()),
            lat: Some(50.455),
            mentions: vec![PlaceMention { start: 34, end: 38, demonym: true }, PlaceMention { start: 1, end: 6, demonym: false }],
            ..Place::default()
        };
        let persons = vec![Person { name: "Ann Cole".into(), role: None, mentions: vec![Span::new(17, 25)] }];
        let annotations = Annotations { persons, organizations: Vec::new(), places: vec![place], quotes: vec![quote, odd, nowhere] };
        let as_found = Some(Box::new(Annotations { persons: Vec::new(), ..annotations.clone() }));
        Clipping { article, annotations, filed: Filed { first: 1, revision: 2, added: 3 }, as_found }
    }

    #[test]
    fn what_is_packed_comes_out_as_it_was() {
        let clipping = sample();
        assert_eq!(unpack(&pack(&clipping).unwrap()).unwrap(), clipping);
    }

    #[test]
    fn words_of_the_body_are_not_written_twice() {
        let bytes = String::from_utf8(pack(&Clipping { as_found: None, ..sample() }).unwrap()).unwrap();
        assert_eq!(bytes.matches("Žofie is late").count(), 1, "{bytes}");
    }
}
