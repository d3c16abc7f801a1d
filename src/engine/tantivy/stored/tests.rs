//! What is packed comes out as it was.

use super::*;

fn sample() -> Clipping {
    let body = "“Žofie is late,” Ann Cole said in Kyiv. “Very.” He left.";
    let article = Article { id: "a".into(), body: body.into(), ..Article::default() };
    let ann = || Some("Ann Cole".into());
    let speaker = Speaker { name: ann(), class: SpeakerClass::Person, start: Some(17), end: Some(25), text: ann(), ..Speaker::default() };
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
    let with = vec!["Bo Dunn".to_owned(), "Ann Cole".to_owned()];
    let together = Quote { speaker: Some(Speaker { with, ..speaker.clone() }), ..quote.clone() };
    let nowhere = Quote { speaker: Some(Speaker { start: None, end: None, ..speaker }), ..quote.clone() };
    let place = Place {
        name: "Kyiv".into(),
        path: Some("Europe/Ukraine/Kyiv".into()),
        lat: Some(50.455),
        mentions: vec![PlaceMention { start: 34, end: 38, demonym: true }, PlaceMention { start: 1, end: 6, demonym: false }],
        ..Place::default()
    };
    let persons = vec![Person { name: "Ann Cole".into(), role: None, mentions: vec![Span::new(17, 25)] }];
    let annotations = Annotations { persons, organizations: Vec::new(), places: vec![place], quotes: vec![quote, odd, together, nowhere] };
    let as_found = Some(Box::new(Annotations { persons: Vec::new(), ..annotations.clone() }));
    Clipping { article, annotations, filed: Filed { first: 1, revision: 2, added: 3 }, as_found, ..Clipping::default() }
}

#[test]
fn what_is_packed_comes_out_as_it_was() {
    let clipping = sample();
    assert_eq!(unpack(&pack(&clipping).unwrap()), Some(clipping));
}

#[test]
fn words_of_the_body_are_not_written_twice() {
    let bytes = String::from_utf8_lossy(&pack(&Clipping { as_found: None, ..sample() }).unwrap()).into_owned();
    assert_eq!(bytes.matches("Žofie is late").count(), 1, "{bytes}");
}
