//! NewsML 1 (IPTC, 2000–2008), as AFP, ANA and others sent it, and still do.
//!
//! # What it does not read
//!
//! Pictures and other media among the components; items whose status is canceled or withheld are skipped. Of several texts in one
//! language (versions, style sheets, a headline by itself) the longest is read; texts in several languages are an article each.

use super::nitf;
use super::reading::{Reading, dateline, doubt_about_body, is_withdrawn, withdrawn};
use super::xml::{self, Element};
use crate::article::{Article, DateOrigin, Version, VersionKind};
use crate::error::Result;
use crate::ingest::formats::json::plain;
use crate::ingest::{Format, Input, Problem, Sink, Sureness, date, text};

/// The format; see the [module](self).
pub struct Newsml;

impl Format for Newsml {
    fn name(&self) -> &'static str {
        "newsml"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        if xml::begins_with(head, &["NewsML"]) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let text = text::decode(&input.whole()?, None).told(&path, sink);
        let tree = xml::parse(&text).told(&path, sink);
        let items = tree.root.within(&["NewsItem"]);
        if items.is_empty() {
            sink.problem(Problem::skipped(&path, "a message without items"));
        }
        for (i, item) in items.iter().enumerate() {
            let place = if items.len() == 1 { path.clone() } else { format!("{path}#{}", i + 1) };
            let scopes = languages(item);
            for (n, scope) in scopes.iter().enumerate() {
                let place = if scopes.len() == 1 { place.clone() } else { format!("{place}#{}", n + 1) };
                let apart = (n > 0).then(|| scope.attr("lang")).flatten();
                read(item, scope, apart.as_deref(), &tree.root).hand_over(place, sink)?;
            }
        }
        Ok(())
    }
}

/// The parts of an item that tell it in different languages, each with a text; the item itself where there are not several.
fn languages<'e, 'x>(item: &'e Element<'x>) -> Vec<&'e Element<'x>> {
    let mut parts: Vec<(String, &Element<'x>)> = Vec::new();
    part(item, &mut parts);
    if parts.len() > 1 { parts.into_iter().map(|(_, part)| part).collect() } else { vec![item] }
}

fn part<'e, 'x>(whole: &'e Element<'x>, parts: &mut Vec<(String, &'e Element<'x>)>) {
    for component in whole.within(&["NewsComponent"]) {
        let mut named = Vec::new();
        spoken(component, &mut named);
        match named.as_slice() {
            [] => {}
            [one] if parts.iter().any(|(language, _)| language == one) => {}
            [one] if component.within(&["DataContent"]).into_iter().any(|c| !words(c).is_empty()) => parts.push((one.clone(), component)),
            [_] => {}
            _ => part(component, parts),
        }
    }
}

/// The languages of a component and of those in it.
fn spoken(component: &Element<'_>, named: &mut Vec<String>) {
    if let Some(language) = component.filled("lang").filter(|language| !named.contains(language)) {
        named.push(language);
    }
    component.within(&["NewsComponent"]).into_iter().for_each(|inner| spoken(inner, named));
}

/// Reads an item, or the part `scope` of it in one language; `apart` tells the other languages of an item from the first.
fn read(item: &Element<'_>, scope: &Element<'_>, apart: Option<&str>, root: &Element<'_>) -> Reading {
    let formal = |path: &str| item.at(path).and_then(|e| e.filled("FormalName"));
    if let Some(status) = formal("NewsManagement/Status").filter(|s| is_withdrawn(s)) {
        return withdrawn(&status);
    }
    let first = |name: &str| scope.within(&[name]).into_iter().chain(item.within(&[name])).find_map(Element::text);
    let title = first("HeadLine").or_else(|| first("hl1"));
    let mut body = longest(scope.within(&["DataContent"]).into_iter().map(words));
    let mut doubts = Vec::new();
    if body.is_empty() {
        let media = item.within(&["MediaType"]).into_iter().filter_map(|m| m.attr("FormalName")).any(|m| !m.eq_ignore_ascii_case("text"));
        if media {
            return Reading::Skipped("no text: an item of pictures or other media".into());
        }
        body = first("SubHeadLine").unwrap_or_default();
        doubts.push(doubt_about_body(!body.is_empty()));
    }
    if title.is_none() && body.is_empty() {
        return Reading::Failed("the item has neither text nor headline".into());
    }
    let day = |path: &str| item.text_at(path).filter(|d| date::parse(d).is_some());
    let published = day("NewsManagement/FirstCreated").or_else(|| day("Identification/NewsIdentifier/DateId"));
    let updated = day("NewsManagement/ThisRevisionCreated").filter(|u| Some(u) != published.as_ref());
    let published = published.or_else(|| updated.clone()).or_else(|| root.text_at("NewsML/NewsEnvelope/DateAndTime"));
    let mut version = version(item);
    // One without a number names the agency, not the item.
    let public = item.text_at("Identification/NewsIdentifier/PublicIdentifier").filter(|id| id.contains(|c: char| c.is_ascii_digit()));
    let named = || version.as_ref().and_then(|v| v.of.clone()).or_else(|| item.text_at("Identification/NewsIdentifier/NewsItemId"));
    let told = |id: String| match apart {
        Some(language) => format!("{id}-{language}"),
        None => id,
    };
    let id = public.or_else(named).map(told);
    if let Some(version) = &mut version {
        // A translation is no version of what it translates.
        version.of = version.of.take().map(told);
    }
    // A source may also be the firm that speaks: it is the agency where the text is credited to it. Creators may be authors.
    let credit = first("CreditLine").map(|credit| credit.to_lowercase());
    let party = |role: &str| {
        let roles = scope.within(&[role]).into_iter().chain(item.within(&[role]));
        roles.flat_map(|r| r.within(&["Party"])).collect::<Vec<_>>()
    };
    let name = |party: &Element<'_>| party.filled("FormalName");
    let credited = party("Source").into_iter().filter(|p| name(p).is_some_and(|name| Some(name.to_lowercase()) == credit));
    let creators = party("Creator").into_iter().filter(|p| p.attr("Topic").is_none_or(|topic| !topic.eq_ignore_ascii_case("author")));
    let provider = party("Provider").into_iter().chain(credited).chain(creators).find_map(name);
    let article = Article {
        has_own_id: id.is_some(),
        id: id.unwrap_or_default(),
        title,
        byline: bylines(scope).or_else(|| bylines(item)).unwrap_or_default(),
        source: provider.or_else(|| item.text_at("Identification/NewsIdentifier/ProviderId")),
        language: scope.within(&["Language"]).into_iter().find_map(|l| l.filled("FormalName")).or_else(|| scope.filled("lang")),
        updated,
        published_from: published.is_some().then_some(DateOrigin::Field),
        published,
        dateline: first("DateLine").and_then(|l| dateline(&l)),
        tags: tags(scope),
        version,
        body,
        ..Article::default()
    };
    Reading::settled(article, None, doubts)
}

/// Who wrote it, in the words of this part.
fn bylines(scope: &Element<'_>) -> Option<Vec<String>> {
    let all: Vec<String> = scope.within(&["ByLine"]).into_iter().filter_map(Element::text).collect();
    (!all.is_empty()).then_some(all)
}

/// What the item says of its version: its revision of the item it names, and what it is an update or correction of.
fn version(item: &Element<'_>) -> Option<Version> {
    let named = item.at("Identification/NewsIdentifier");
    let part = |name: &str| named.and_then(|n| n.child(name)).and_then(Element::text);
    let revision = named.and_then(|n| n.child("RevisionId"));
    let number = revision.and_then(|r| r.text()).and_then(|n| n.parse().ok());
    let of: Option<Vec<String>> = ["ProviderId", "DateId", "NewsItemId"].into_iter().map(part).collect();
    let mut version = Version { of: of.map(|parts| parts.join(":")), number, ..Version::default() };
    let formal = |path: &str| item.all(path).into_iter().filter_map(|e| e.filled("FormalName"));
    for instruction in formal("NewsManagement/Instruction").chain(formal("NewsManagement/Status")) {
        version.kind = match instruction.to_lowercase().as_str() {
            "correction" | "corrected" | "rectify" => Some(VersionKind::Correction),
            "update" | "updated" if version.kind.is_none() => Some(VersionKind::Update),
            _ => version.kind,
        };
    }
    let is_update = number.is_some_and(|n| n > 1) && revision.and_then(|r| r.attr("Update")).is_some_and(|u| u.eq_ignore_ascii_case("U"));
    version.kind = version.kind.or(is_update.then_some(VersionKind::Update));
    // What an item is derived from may also be a translation or a picture's story: only a new version replaces it.
    if version.kind.is_some() {
        version.replaces = item.all("NewsManagement/DerivedFrom").into_iter().filter_map(|d| d.filled("NewsItem")).collect();
    }
    Some(version).filter(|v| v.number.is_some() || v.kind.is_some())
}

/// The longest text, of equals the first.
fn longest(texts: impl Iterator<Item = String>) -> String {
    texts.reduce(|best, text| if text.len() > best.len() { text } else { best }).unwrap_or_default()
}

fn words(content: &Element<'_>) -> String {
    match content.within(&["nitf", "body.content", "body"]).first() {
        Some(story) if story.is("nitf") => nitf::content(story),
        Some(body) => xml::blocks(body, &[]),
        None if content.children().next().is_some() => xml::blocks(content, &[]),
        None => plain(&content.raw()),
    }
}

fn tags(item: &Element<'_>) -> Vec<String> {
    let words = item.within(&["KeywordLine"]).into_iter().filter_map(Element::text);
    let words = words.flat_map(|l| l.split([',', ';']).map(|w| w.trim().to_owned()).collect::<Vec<_>>());
    let slugs = item.within(&["SlugLine"]).into_iter().filter_map(Element::text);
    let properties = item.within(&["Property"]).into_iter().filter(|p| p.attr("FormalName").as_deref() == Some("Keyword"));
    slugs.chain(words).chain(properties.filter_map(|p| p.filled("Value"))).collect()
}
