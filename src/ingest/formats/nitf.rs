//! NITF, the News Industry Text Format (IPTC), versions 2 to 3.6: one story a file, also inside NewsML-G2.
//!
//! Of the dates, `date.issue` comes first, then `pubdata`, then the date beside the dateline; where one of them has a `norm` in ISO form that
//! counts, since the text beside it is known to be wrong with some agencies. The archive of the New York Times repeats the lead in a block of its own, which is
//! left out.
//!
//! # What it does not read
//!
//! Media with their captions, notes to editors, rights, revision history. Stories whose `management-status` is canceled or withheld are skipped.
//! `xml:lang` counts as the language, nothing is concluded from the country.

use super::reading::{Reading, doubt_about_body, is_withdrawn, withdrawn};
use super::xml::{self, Element};
use crate::article::{Article, DateOrigin, Dateline, Version, VersionKind};
use crate::error::Result;
use crate::ingest::{Format, Input, Sink, Sureness, date, revision, text};

/// The format; see the [module](self).
pub struct Nitf;

impl Format for Nitf {
    fn name(&self) -> &'static str {
        "nitf"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        let begins = head.get(..4096.min(head.len())).unwrap_or(head);
        // Cut out of a NewsML-G2 item, it stands in what held it.
        let inside = xml::begins_with(begins, &["contentSet", "inlineXML"]) && memchr::memmem::find(begins, b"<nitf").is_some();
        if inside || xml::begins_with(begins, &["nitf"]) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let text = text::decode(&input.whole()?, None).told(&path, sink);
        let tree = xml::parse(&text).told(&path, sink);
        let stories = tree.root.within(&["nitf"]);
        for (i, nitf) in stories.iter().enumerate() {
            let place = if stories.len() == 1 { path.clone() } else { format!("{path}#{}", i + 1) };
            read(nitf).hand_over(place, sink)?;
        }
        Ok(())
    }
}

/// Reads a `nitf` element.
pub fn read(nitf: &Element<'_>) -> Reading {
    if let Some(status) = nitf.at("head/docdata").and_then(|d| d.attr("management-status")).filter(|s| is_withdrawn(s)) {
        return withdrawn(&status);
    }
    let mut doubts = Vec::new();
    let mut body = content(nitf);
    if body.is_empty() {
        body = nitf.at("body/body.head/abstract").map(|a| xml::blocks(a, &[])).unwrap_or_default();
        doubts.push(doubt_about_body(!body.is_empty()));
    }
    let title =
        ["body/body.head/hedline/hl1", "head/title", "body/body.head/headline", "body/body.head/hedline", "body/body.head/hedline/hl2"];
    let title = title.iter().find_map(|path| nitf.text_at(path));
    if body.is_empty() && title.is_none() {
        return Reading::Failed("the story has neither text nor headline".into());
    }
    let published = published(nitf);
    let id = nitf.all("head/docdata/doc-id").into_iter().find_map(|d| d.filled("id-string"));
    let article = Article {
        has_own_id: id.is_some(),
        id: id.unwrap_or_default(),
        title,
        byline: authors(nitf),
        source: source(nitf),
        section: section(nitf),
        page: nitf.all("head/pubdata").into_iter().find_map(|p| p.filled("position.sequence")),
        edition: nitf.all("head/pubdata").into_iter().find_map(|p| p.filled("edition.name")),
        language: [Some(nitf), nitf.child("body"), nitf.at("body/body.content")].into_iter().flatten().find_map(|e| e.filled("lang")),
        url: nitf.all("head/pubdata").into_iter().find_map(|p| p.filled("ex-ref")).filter(|u| u.contains("://")),
        published_from: published.is_some().then_some(DateOrigin::Field),
        published,
        dateline: dateline(nitf),
        tags: tags(nitf),
        version: version(nitf),
        body,
        ..Article::default()
    };
    Reading::settled(article, None, doubts)
}

/// What the story says of its version: the key of the day's stories and their updates (`du-key`), what it corrects, and the message of
/// its editors.
fn version(nitf: &Element<'_>) -> Option<Version> {
    let docdata = nitf.at("head/docdata")?;
    let mut version = Version::default();
    if let Some(key) = docdata.child("du-key") {
        // Keys are made anew each day, and by each agency.
        let day = published(nitf).and_then(|p| p.get(..10).map(str::to_owned));
        let agency = docdata.all("doc-id").into_iter().find_map(|d| d.filled("regsrc")).or_else(|| source(nitf)).unwrap_or_default();
        version.number = key.filled("version").and_then(|n| n.parse().ok());
        let named = key.filled("key").zip(day).filter(|_| version.number.is_some());
        version.of = named.map(|(key, day)| format!("{agency}:{day}:{key}"));
    }
    let take =
        nitf.all("head/meta").into_iter().find(|m| m.attr("name").as_deref() == Some("anpa-takekey")).and_then(|m| m.filled("content"));
    if let Some((kind, number)) = take.and_then(|take| revision::flag(&take)) {
        version.kind = Some(kind);
        version.number = version.number.or(number);
    }
    for correction in docdata.all("correction") {
        version.kind = Some(VersionKind::Correction);
        version.replaces.extend(correction.filled("id-string"));
        version.note = version.note.or_else(|| correction.filled("info"));
    }
    version.note = version.note.or_else(|| docdata.all("ed-msg").into_iter().find_map(|m| m.filled("info")));
    Some(version).filter(|v| !v.is_empty())
}

/// The text; a lead given apart from the full text is in it already.
pub fn content(nitf: &Element<'_>) -> String {
    let parts = nitf.all("body/body.content");
    let full: Vec<&Element<'_>> =
        parts.iter().flat_map(|c| c.children()).filter(|b| b.attr("class").as_deref() == Some("full_text")).collect();
    let chosen = if full.is_empty() { parts } else { full };
    chosen.into_iter().map(|c| xml::blocks(c, &[])).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Bylines as printed; without the functions marked as such.
pub fn authors(nitf: &Element<'_>) -> Vec<String> {
    let lines = nitf.all("body/body.head/byline");
    let persons: Vec<String> = lines.iter().flat_map(|l| l.within(&["person"])).filter_map(Element::text).collect();
    if !persons.is_empty() {
        return persons;
    }
    // `gr/bp` are the initials of editors.
    let initials = |l: &str| l.len() < 8 && !l.chars().any(char::is_uppercase);
    lines.into_iter().map(|l| xml::blocks(l, &["byttl", "virtloc", "location"])).filter(|l| !l.is_empty() && !initials(l)).collect()
}

/// The place line.
pub fn dateline(nitf: &Element<'_>) -> Option<Dateline> {
    let line = nitf.at("body/body.head/dateline")?;
    let place = line.within(&["city"]).first().and_then(|c| c.text()).or_else(|| line.child("location").and_then(Element::text));
    let text = text::one_line(&xml::blocks(line, &["story.date"]));
    let text = text.trim_end_matches([',', ' ', '-', '–', '—']).to_owned();
    let place = place.or_else(|| Some(text.split([',', '(']).next()?.trim().to_owned())).filter(|p| !p.is_empty());
    (!text.is_empty()).then(|| Dateline { text, place: place.map(|p| date::ordinary_capitals(&p)) })
}

/// When it was published.
pub fn published(nitf: &Element<'_>) -> Option<String> {
    let places = [
        ("head/docdata/date.issue", "norm"),
        ("head/pubdata", "date.publication"),
        ("head/docdata/date.release", "norm"),
        ("body/body.head/dateline/story.date", "norm"),
    ];
    let norm = |(path, attribute): &(&str, &str)| nitf.all(path).into_iter().find_map(|e| date::parse(&e.filled(attribute)?));
    let written = |(path, _): &(&str, &str)| date::parse(&nitf.text_at(path)?);
    places.iter().find_map(norm).or_else(|| places.iter().find_map(written))
}

fn source(nitf: &Element<'_>) -> Option<String> {
    let attribute = |path: &str, name: &str| nitf.all(path).into_iter().find_map(|e| e.filled(name));
    nitf.text_at("body/body.head/distributor/org")
        .or_else(|| nitf.text_at("body/body.head/distributor"))
        .or_else(|| attribute("head/pubdata", "name"))
        .or_else(|| attribute("head/docdata/doc-id", "regsrc"))
        .or_else(|| attribute("head/docdata/doc.copyright", "holder"))
        .or_else(|| nitf.text_at("body/body.head/rights/rights.owner"))
}

fn section(nitf: &Element<'_>) -> Option<String> {
    let meta =
        |name: &str| nitf.all("head/meta").into_iter().find(|m| m.attr("name").as_deref() == Some(name)).and_then(|m| m.filled("content"));
    let position = nitf.all("head/pubdata").into_iter().find_map(|p| p.filled("position.section"));
    meta("online_sections").or_else(|| meta("dsk")).or_else(|| meta("section")).or(position)
}

fn tags(nitf: &Element<'_>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let mut add = |tag: Option<String>| tags.extend(tag);
    for docdata in nitf.all("head/docdata") {
        docdata.all("key-list/keyword").into_iter().for_each(|k| add(k.filled("key")));
        for content in docdata.all("identified-content") {
            content.all("classifier").into_iter().for_each(|c| add(c.text().or_else(|| c.filled("value"))));
            content.all("object.title").into_iter().for_each(|c| add(c.text()));
        }
    }
    for subject in nitf.all("head/tobject/tobject.subject") {
        for attribute in ["tobject.subject.type", "tobject.subject.matter", "tobject.subject.detail"] {
            add(subject.filled(attribute));
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::{Reading, read};
    use crate::article::Article;
    use crate::ingest::formats::xml;

    fn article(inside: &str) -> Article {
        let markup = format!("<nitf>{inside}</nitf>");
        match read(xml::parse(&markup).root.child("nitf").unwrap()) {
            Reading::Article(article, _) => *article,
            Reading::Skipped(why) | Reading::Failed(why) => panic!("{why}"),
        }
    }

    #[test]
    fn the_lead_is_not_doubled() {
        let a = article(concat!(
            "<body><body.content><block class='lead_paragraph'><p>One.</p></block>",
            "<block class='full_text'><p>One.</p><p>Two.</p></block></body.content></body>"
        ));
        assert_eq!(a.body, "One.\n\nTwo.");
    }

    #[test]
    fn the_norm_of_a_date_counts() {
        let a = article(concat!(
            "<body><body.head><hedline><hl1>X</hl1></hedline><dateline><location>BREN</location>",
            "<story.date norm='20240305T143000+0000'>1 January 1999</story.date></dateline></body.head></body>"
        ));
        assert_eq!(a.published.as_deref(), Some("2024-03-05T14:30:00Z"));
        assert_eq!(a.dateline.unwrap().place.as_deref(), Some("Bren"));
    }
}
