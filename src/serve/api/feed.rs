//! `saved/{name}/feed.atom`: what a saved query finds, what came last first, to be followed in any feed reader (RFC 4287).

use super::Payload;
use crate::archive::in_xml;
use crate::article::{Clipping, Speaker, quote_id};
use crate::query::{Search, Sort, Target};
use crate::saved::SavedQueries;
use crate::serve::ask::Ask;
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use crate::words::one_line;
use axum::http::StatusCode;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::Write;

/// Entries of a feed.
const ENTRIES: usize = 50;

/// An entry, before it is written.
struct Entry {
    id: String,
    title: String,
    at: i64,
    link: Option<String>,
    text: String,
}

pub fn feed(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let name = ask.rest("/api/v1/saved/")?;
    let name = name.strip_suffix("/feed.atom").unwrap_or(&name);
    let queries = SavedQueries::read(&shared.home.queries())?;
    let saved = queries.get(name).ok_or_else(|| queries.unknown(name))?;
    let archive = shared.archive()?;
    let question = archive.question(&saved.asked(), saved.target())?;
    let search =
        Search { target: saved.target(), sort: Sort::Added, limit: Some(ENTRIES), mark: false, ..Search::articles(question.query) };
    let hits = archive.search(&search)?.hits;
    let entries: Vec<Entry> = hits.iter().filter_map(|hit| Some(entry(hit.clipping.as_ref()?, hit.quote, saved.target()))).collect();
    let id = format!("urn:morgue:{}:saved:{name}", archive.settings.id);
    let written = write(&id, saved.title.as_deref().unwrap_or(name), &entries);
    let text = written.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.ok_or_else(|| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "cannot write the feed"))?;
    Ok(Payload::document("application/atom+xml; charset=utf-8", text))
}

fn entry(clipping: &Clipping, quote: Option<usize>, target: Target) -> Entry {
    let article = &clipping.article;
    let title = article.title.clone().unwrap_or_else(|| "(no title)".to_owned());
    let link = article.web().map(str::to_owned);
    let quote = quote.filter(|_| target == Target::Quotes).and_then(|n| Some((n, clipping.annotations.quotes.get(n)?)));
    let (id, title, text) = match quote {
        Some((n, quote)) => {
            let speaker = quote.speaker.as_ref().and_then(Speaker::called).unwrap_or_else(|| "(nobody named)".to_owned());
            // Several quotes of one article are told apart by their words, as in the feeds of alerts.
            let said = one_line(&quote.cited());
            (quote_id(&article.id, n), format!("{speaker}: {said}"), format!("{}\n{title}", quote.cited()))
        }
        None => (article.id.clone(), title, crate::field::lead(&article.body).to_owned()),
    };
    Entry { id, title, at: clipping.filed.added, link, text }
}

/// When, as feeds write it.
fn time(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map_or_else(|_| "1970-01-01T00:00:00Z".to_owned(), |t| t.to_string())
}

fn write(id: &str, title: &str, entries: &[Entry]) -> std::io::Result<Vec<u8>> {
    let mut feed = Writer::new(Vec::new());
    let text = |feed: &mut Writer<Vec<u8>>, name: &str, text: &str| -> std::io::Result<()> {
        feed.create_element(name).write_text_content(BytesText::new(&allowed(text)))?;
        Ok(())
    };
    feed.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    feed.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom")).write_inner_content(|feed| {
        text(feed, "id", id)?;
        text(feed, "title", title)?;
        text(feed, "updated", &time(entries.iter().map(|e| e.at).max().unwrap_or(0)))?;
        feed.create_element("author").write_inner_content(|feed| text(feed, "name", "morgue"))?;
        for entry in entries {
            feed.create_element("entry").write_inner_content(|feed| {
                text(feed, "id", &format!("{id}:{}", crate::serve::ask::encoded(&entry.id)))?;
                text(feed, "title", &entry.title)?;
                text(feed, "updated", &time(entry.at))?;
                if let Some(link) = &entry.link {
                    feed.create_element("link").with_attribute(("href", allowed(link).as_str())).write_empty()?;
                }
                feed.create_element("content")
                    .with_attribute(("type", "text"))
                    .write_text_content(BytesText::new(&allowed(&entry.text)))?;
                Ok(())
            })?;
        }
        Ok(())
    })?;
    let mut bytes = feed.into_inner();
    bytes.write_all(b"\n")?;
    Ok(bytes)
}

/// Text without the characters that have no place in XML 1.0.
fn allowed(text: &str) -> String {
    text.chars().filter(|c| in_xml(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Quote, QuoteKind, Span};

    #[test]
    fn a_quote_that_is_nobodys_has_a_title_too() {
        let mut clipping = Clipping::default();
        let text = "The pier holds";
        let kind = QuoteKind::Direct;
        clipping.annotations.quotes =
            vec![Quote { spans: vec![Span::new(1, 15)], text: text.into(), kind, confidence: 0.5, speaker: None, cue: None }];
        assert_eq!(entry(&clipping, Some(0), Target::Quotes).title, "(nobody named): “The pier holds”");
    }
}
