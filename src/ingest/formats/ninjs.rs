//! ninjs, the JSON of news agencies (IPTC), versions 1.0 to 3.1: `headline` and `body_text`, or `headlines` and `bodies`.
//!
//! Items come alone, in arrays, one a line, or wrapped as agencies' interfaces do; [`Json`](super::json::Json) reads them all and hands
//! each item that looks like ninjs to this reader. The row here gives the format its name.
//!
//! The marked-up body is preferred to the plain one, which often has lost its paragraphs. `published` is the date of the first version, `updated`
//! that of this version.
//!
//! # What it does not read
//!
//! Pictures, sound, film, events and packages without a text of their own are skipped, as are items an agency has withdrawn (`pubstatus`
//! canceled or withheld). Associations, renditions, rights and trust indicators are left out. An older version of an item does not
//! give way to a newer one here; that is done by the id.

use super::json::{date_of, has_key, is_html, lookup, one_line, plain, read_records};
use super::reading::{Reading, doubt_about_body, is_withdrawn, withdrawn};
use super::xml;
use crate::article::{Article, DateOrigin, Version, VersionKind};
use crate::error::Result;
use crate::ingest::{Format, Input, Sink, Sureness, text};
use serde_json::Value;

/// The format; see the [module](self).
pub struct Ninjs;

impl Format for Ninjs {
    fn name(&self) -> &'static str {
        "ninjs"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        let start = head.trim_ascii_start();
        if !matches!(start.first(), Some(b'{' | b'[')) {
            return Sureness::No;
        }
        let has = |word: &str| memchr::memmem::find(head, word.as_bytes()).is_some();
        let named = has("\"uri\"") || has("\"guid\"");
        let lower = has("\"versioncreated\"") || has("\"pubstatus\"");
        let camel = has("\"versionCreated\"") || has("\"pubStatus\"");
        if named && (lower || camel) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        read_records(input, sink)
    }
}

/// Whether a JSON object is a ninjs item.
pub fn is(value: &Value) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|k| has_key(value, k));
    any(&["uri", "guid"]) && any(&["versioncreated", "pubstatus", "bodies", "headlines", "body_xhtml", "$standard"]) && !any(&["body"])
}

/// Reads an item.
pub fn read(item: &Value) -> Reading {
    let text = |key: &str| lookup::get(item, key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty());
    if let Some(status) = text("pubstatus").filter(|s| is_withdrawn(s)) {
        return withdrawn(status);
    }
    let body = body(item);
    let kind = text("type").unwrap_or("text").to_lowercase();
    let mute = ["picture", "photo", "graphic", "audio", "video", "animation", "event", "planning", "component"].contains(&kind.as_str());
    if mute || body.is_none() && kind == "composite" {
        return Reading::Skipped(format!("no text: an item of type `{kind}`"));
    }
    let mut doubts = Vec::new();
    let title = variants(item, "headline").or_else(|| text("title").map(str::to_owned)).or_else(|| text("name").map(str::to_owned));
    let body = body.unwrap_or_else(|| {
        let teaser = variants(item, "description");
        doubts.push(doubt_about_body(teaser.is_some()));
        teaser.map(|t| plain(&t)).unwrap_or_default()
    });
    if title.is_none() && body.is_empty() {
        return Reading::Failed("the item has neither text nor headline".into());
    }
    let day = |key: &str| text(key).and_then(date_of);
    let version = day("versioncreated");
    let published = day("firstcreated").or_else(|| day("contentcreated")).or_else(|| version.clone());
    for key in ["embargoed", "embargoeduntil"] {
        let until = text(key).and_then(|t| t.parse::<jiff::Timestamp>().ok());
        if until.is_some_and(|t| t > jiff::Timestamp::now()) {
            doubts.push(format!("embargoed until {}", text(key).unwrap_or("")));
        }
    }
    let id = text("uri").or_else(|| text("guid")).map(|uri| uri.split("?qt=").next().unwrap_or(uri).to_owned());
    let article = Article {
        has_own_id: id.is_some(),
        id: id.unwrap_or_default(),
        title: title.map(|t| one_line(&t)),
        byline: text("byline").or_else(|| text("by")).map(|b| vec![b.to_owned()]).unwrap_or_default(),
        source: source(item),
        section: named(item, "service").into_iter().next(),
        language: text("language").map(str::to_owned),
        url: text("link").or_else(|| text("url")).filter(|u| u.contains("://")).map(str::to_owned),
        updated: version.filter(|v| Some(v) != published.as_ref()),
        published_from: published.is_some().then_some(DateOrigin::Field),
        published,
        tags: tags(item),
        version: version_of(item),
        body,
        ..Article::default()
    };
    Reading::settled(article, text("located").map(str::to_owned), doubts)
}

/// What an item says of its version: its number, what it evolved from or is a rewrite of, and the note of its editors.
fn version_of(item: &Value) -> Option<Version> {
    let text = |key: &str| lookup::get(item, key).and_then(Value::as_str).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let number = lookup::get(item, "version").and_then(|v| v.as_u64().or_else(|| v.as_str()?.trim().parse().ok()));
    // Some interfaces count in milliseconds.
    let number = number.and_then(|n| u32::try_from(n).ok()).filter(|n| (1..100_000).contains(n));
    let uri = text("uri").or_else(|| text("guid")).map(|uri| uri.split("?qt=").next().unwrap_or_default().to_owned());
    let replaces: Vec<String> =
        ["evolvedfrom", "rewriteof", "replaces"].into_iter().filter_map(text).filter(|other| Some(other) != uri.as_ref()).collect();
    let kind = (!replaces.is_empty()).then_some(VersionKind::Update);
    let corrected = ["corrected", "correction"].contains(&text("pubstatus").unwrap_or_default().to_lowercase().as_str());
    let kind = if corrected { Some(VersionKind::Correction) } else { kind };
    let note = text("ednote").map(|note| one_line(&note));
    Some(Version { kind, number, of: uri, replaces, note }).filter(|v| v.number.is_some() || v.kind.is_some())
}

/// `headline`, else a `headline_…`, else the main one of `headlines`.
fn variants(item: &Value, name: &str) -> Option<String> {
    let filled = |v: &Value| v.as_str().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let plural = lookup::get(item, &format!("{name}s")).and_then(Value::as_array);
    let role = |v: &Value| v.get("role").and_then(Value::as_str).unwrap_or("").to_lowercase();
    let main = plural.and_then(|all| all.iter().find(|v| ["main", "headline", "", "text"].contains(&role(v).as_str())).or(all.first()));
    lookup::get(item, name)
        .and_then(filled)
        .or_else(|| main.and_then(|v| v.get("value")).and_then(filled))
        .or_else(|| item.as_object()?.iter().filter(|(k, _)| k.starts_with(&format!("{name}_"))).find_map(|(_, v)| filled(v)))
}

/// The text, marked up if there is a choice.
fn body(item: &Value) -> Option<String> {
    let mut best: Option<(u8, String)> = None;
    let mut offer = |kind: &str, given: &str| {
        let kind = kind.to_lowercase();
        let rank = if kind.contains("html") {
            0
        } else if kind.contains("nitf") {
            1
        } else {
            2
        };
        let better = best.as_ref().is_none_or(|(before, _)| rank < *before);
        if better && !given.trim().is_empty() {
            let unmarked_html = kind.contains("html") && !is_html(given);
            let read = match kind.contains("nitf") {
                true => nitf(given),
                false if unmarked_html => text::html_to_text(given),
                false => plain(given),
            };
            if !read.is_empty() {
                best = Some((rank, read));
            }
        }
    };
    for (key, value) in item.as_object().into_iter().flatten() {
        if let (Some(kind), Some(given)) = (key.strip_prefix("body_"), value.as_str()) {
            offer(kind, given);
        }
    }
    for one in lookup::get(item, "bodies").and_then(Value::as_array).into_iter().flatten() {
        let word = |key: &str| lookup::get(one, key).and_then(Value::as_str).unwrap_or("");
        offer(&format!("{} {}", word("contenttype"), word("role")), word("value"));
    }
    best.map(|(_, text)| text)
}

fn nitf(markup: &str) -> String {
    let tree = xml::parse(markup);
    let content = tree.root.within(&["body.content"]);
    content.first().map_or_else(|| xml::blocks(&tree.root, &["body.head"]), |c| xml::blocks(c, &[]))
}

fn named(item: &Value, key: &str) -> Vec<String> {
    let list = lookup::get(item, key).map(|v| v.as_array().map(|a| a.iter().collect()).unwrap_or_else(|| vec![v])).unwrap_or_default();
    list.into_iter().filter_map(|v| v.as_str().or_else(|| v.get("name")?.as_str())).map(one_line).filter(|n| !n.is_empty()).collect()
}

fn source(item: &Value) -> Option<String> {
    let keys = ["source", "infosource", "infosources", "provider", "copyrightholder"];
    keys.iter().find_map(|key| named(item, key).into_iter().next())
}

fn tags(item: &Value) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in ["subject", "subjects", "keywords"].iter().flat_map(|key| named(item, key)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}
