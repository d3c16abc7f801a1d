//! NewsML-G2 (IPTC): news items alone or in messages, with XHTML, NITF or plain text inside.
//!
//! Every `newsItem` of class text is an article, in a file with several `#n`. Names of subjects given elsewhere in the item (`assert`) are put in
//! their places. `published` is the date of the content, else of the first version; `updated` the last change.
//!
//! # What it does not read
//!
//! Packages, concepts, events, plans, knowledge items and news items of pictures, sound and film: skipped, as are items with the status
//! canceled or withheld. Of links only those to what an item corrects, updates or replaces are followed up. Text that lies in another file (`remoteContent`) and content in other vocabularies (SportsML, EventsML) are not read.

use super::nitf;
use super::reading::{Reading, dateline, doubt_about_body, is_withdrawn, withdrawn};
use super::xml::{self, Element};
use crate::article::{Article, DateOrigin, Dateline, Version, VersionKind};
use crate::error::Result;
use crate::ingest::formats::json::plain;
use crate::ingest::{Format, Input, Problem, Sink, Sureness, date, text};

/// Elements that are items, in the words of the standard.
const ITEMS: &[&str] = &["newsItem", "packageItem", "conceptItem", "planningItem", "knowledgeItem", "catalogItem"];

/// The format; see the [module](self).
pub struct NewsmlG2;

impl Format for NewsmlG2 {
    fn name(&self) -> &'static str {
        "newsml-g2"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        if xml::begins_with(head, ITEMS) || xml::begins_with(head, &["newsMessage"]) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let text = text::decode(&input.whole()?, None).told(&path, sink);
        let tree = xml::parse(&text).told(&path, sink);
        let items = tree.root.within(ITEMS);
        if items.is_empty() {
            sink.problem(Problem::skipped(&path, "a message without items"));
        }
        for (i, item) in items.iter().enumerate() {
            let place = if items.len() == 1 { path.clone() } else { format!("{path}#{}", i + 1) };
            let reading = if item.is("newsItem") { read(item) } else { Reading::Skipped(format!("no text: a `{}`", item.name())) };
            reading.hand_over(place, sink)?;
        }
        Ok(())
    }
}

fn read(item: &Element<'_>) -> Reading {
    let status = item.at("itemMeta/pubStatus").and_then(code);
    if let Some(status) = status.filter(|s| is_withdrawn(s)) {
        return withdrawn(&status);
    }
    let class = item.at("itemMeta/itemClass").and_then(code).unwrap_or_else(|| "text".into());
    let content = Content::of(item);
    if !matches!(class.as_str(), "text" | "composite") && content.body.is_empty() {
        return Reading::Skipped(format!("no text: a news item of class `{class}`"));
    }
    if ["picture", "photo", "graphic", "video", "audio", "animation"].contains(&class.as_str()) {
        return Reading::Skipped(format!("no text: a news item of class `{class}`"));
    }
    let title = headline(item).or_else(|| item.text_at("itemMeta/title")).or(content.title);
    let (mut body, mut doubts) = (content.body, Vec::new());
    if body.is_empty() {
        body = item.all("contentMeta/description").into_iter().map(|d| plain(&d.raw())).find(|d| !d.is_empty()).unwrap_or_default();
        doubts.push(doubt_about_body(!body.is_empty()));
        if !item.all("contentSet/remoteContent").is_empty() {
            doubts.push("the text lies in another file".into());
        }
    }
    if title.is_none() && body.is_empty() {
        return Reading::Failed("the news item has neither text nor headline".into());
    }
    let day = |path: &str| item.text_at(path).filter(|d| date::parse(d).is_some());
    let published = day("contentMeta/contentCreated").or_else(|| day("itemMeta/firstCreated")).or_else(|| day("itemMeta/versionCreated"));
    let published = published.or(content.published);
    let updated = day("contentMeta/contentModified").or_else(|| day("itemMeta/versionCreated"));
    let (line, located) = lines(item);
    let id = item.filled("guid");
    let article = Article {
        has_own_id: id.is_some(),
        id: id.unwrap_or_default(),
        title,
        byline: authors(item).unwrap_or(content.authors),
        source: source(item),
        section: item.text_at("itemMeta/memberOf/name"),
        language: language(item),
        updated: updated.filter(|u| Some(u) != published.as_ref()),
        published_from: published.is_some().then_some(DateOrigin::Field),
        published,
        dateline: line.and_then(|l| dateline(&l)).or(content.dateline),
        tags: tags(item),
        version: version(item),
        body,
        ..Article::default()
    };
    Reading::settled(article, located, doubts)
}

/// What the item says of its version: its number, what its links say it replaces, and the note of its editors.
fn version(item: &Element<'_>) -> Option<Version> {
    let mut version =
        Version { number: item.filled("version").and_then(|n| n.parse().ok()), of: item.filled("guid"), ..Version::default() };
    for signal in item.all("itemMeta/signal").into_iter().filter_map(code) {
        version.kind = match signal.as_str() {
            "correction" | "corrected" => Some(VersionKind::Correction),
            "update" if version.kind.is_none() => Some(VersionKind::Update),
            _ => version.kind,
        };
    }
    for link in item.all("itemMeta/link") {
        let relation = link.filled("rel").or_else(|| link.filled("reluri")).unwrap_or_default();
        let kind = replacing(relation.rsplit([':', '/', '#']).next().unwrap_or_default());
        let target = link.filled("residref").or_else(|| link.filled("href"));
        if let (Some(kind), Some(target)) = (kind, target) {
            version.kind = version.kind.or(kind);
            version.replaces.extend(Some(target).filter(|target| Some(target) != version.of.as_ref()));
        }
    }
    if version.number.is_some_and(|n| n > 1) || version.kind.is_some() {
        version.note = item.text_at("itemMeta/edNote").filter(|_| version.kind.is_some());
    }
    // A name that only a first version has tells nothing, unless a later one comes.
    Some(version).filter(|v| v.number.is_some() || v.kind.is_some() || !v.replaces.is_empty())
}

/// Whether a link with this relation leads to what the item replaces, and how.
fn replacing(relation: &str) -> Option<Option<VersionKind>> {
    match relation.to_lowercase().as_str() {
        "corrects" | "corrected" | "iscorrectionof" | "correctionof" | "correction" => Some(Some(VersionKind::Correction)),
        "updates" | "isupdateof" | "updateof" | "evolvedfrom" => Some(Some(VersionKind::Update)),
        "previousversion" | "replaces" | "supersedes" => Some(None),
        _ => None,
    }
}

/// The last part of a code: `stat:usable` and `http://cv.iptc.org/newscodes/pubstatusg2/usable` are `usable`.
fn code(element: &Element<'_>) -> Option<String> {
    let code = element.filled("qcode").or_else(|| element.filled("uri")).or_else(|| element.filled("literal"))?;
    code.rsplit([':', '/']).next().map(str::to_lowercase)
}

/// The words of an item, and what the document they stand in says.
#[derive(Default)]
struct Content {
    body: String,
    title: Option<String>,
    authors: Vec<String>,
    dateline: Option<Dateline>,
    published: Option<String>,
}

impl Content {
    /// The first content that has text.
    fn of(item: &Element<'_>) -> Content {
        let inline = item
            .all("contentSet")
            .into_iter()
            .flat_map(|set| set.children().filter(|c| c.is("inlineXML") || c.is("inlineData")).collect::<Vec<_>>());
        let mut read = inline.map(|c| if c.is("inlineXML") { Content::of_xml(c) } else { Content::of_data(c) });
        read.find(|c| !c.body.is_empty()).unwrap_or_default()
    }

    fn of_xml(inline: &Element<'_>) -> Content {
        if let Some(story) = inline.within(&["nitf"]).first() {
            return Content {
                body: nitf::content(story),
                title: story.text_at("body/body.head/hedline/hl1"),
                authors: nitf::authors(story),
                dateline: nitf::dateline(story),
                published: nitf::published(story),
            };
        }
        // Other vocabularies (sports results, events) have no body and no paragraphs.
        let body = match inline.within(&["body"]).first() {
            Some(body) => {
                // Some agencies repeat subjects and dates in a header of the page.
                let main = xml::blocks(body, &["header", "footer", "time"]);
                if main.is_empty() { xml::blocks(body, &[]) } else { main }
            }
            None if !inline.within(&["p"]).is_empty() => xml::blocks(inline, &[]),
            // Markup that was escaped once more than it should have been.
            None if inline.children().next().is_none() => plain(&inline.raw()),
            None => String::new(),
        };
        Content { body, title: inline.within(&["title"]).first().and_then(|t| t.text()), ..Content::default() }
    }

    fn of_data(inline: &Element<'_>) -> Content {
        let kind = inline.attr("contenttype").unwrap_or_default().to_lowercase();
        let encoded = inline.filled("encoding").is_some();
        if encoded || !(kind.is_empty() || kind.contains("text") || kind.contains("html")) {
            return Content::default();
        }
        Content { body: plain(&inline.raw()), ..Content::default() }
    }
}

/// The language of the content, else of the item.
fn language(item: &Element<'_>) -> Option<String> {
    item.at("contentMeta/language").and_then(|l| l.filled("tag")).or_else(|| item.filled("lang"))
}

/// Of what an item gives in several languages, that in its own; all, where none is.
fn in_own_language<'e, 'x>(item: &Element<'_>, all: Vec<&'e Element<'x>>) -> Vec<&'e Element<'x>> {
    let first = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let Some(own) = language(item).map(|tag| first(&tag)) else { return all };
    let fit: Vec<&Element<'x>> = all.iter().copied().filter(|e| e.filled("lang").is_none_or(|tag| first(&tag) == own)).collect();
    if fit.is_empty() { all } else { fit }
}

fn headline(item: &Element<'_>) -> Option<String> {
    let all = in_own_language(item, item.all("contentMeta/headline"));
    let minor = |e: &&&Element<'_>| e.attr("role").is_some_and(|r| r.to_lowercase().contains("sub"));
    let main = all.iter().find(|h| !minor(h) && h.text().is_some()).or(all.first());
    main.and_then(|h| h.text())
}

/// Who wrote it: the line, else persons among the creators.
fn authors(item: &Element<'_>) -> Option<Vec<String>> {
    let by: Vec<String> = in_own_language(item, item.all("contentMeta/by")).into_iter().filter_map(Element::text).collect();
    if !by.is_empty() {
        return Some(by);
    }
    let person = |e: &&Element<'_>| {
        let word = |name: &str| e.attr(name).unwrap_or_default().to_lowercase();
        word("type").contains("person") || word("role").contains("author") || word("role").contains("journalist")
    };
    let named = |e: &Element<'_>| e.text_at("name").or_else(|| e.filled("literal"));
    let creators = item.all("contentMeta/creator").into_iter().chain(item.all("contentMeta/contributor"));
    let names: Vec<String> = creators.filter(person).filter_map(named).collect();
    (!names.is_empty()).then_some(names)
}

fn source(item: &Element<'_>) -> Option<String> {
    let named = |path: &str| item.all(path).into_iter().find_map(|e| e.text_at("name").or_else(|| e.filled("literal")));
    let coded = |path: &str| item.all(path).into_iter().find_map(|e| e.filled("qcode")?.rsplit(':').next().map(str::to_owned));
    named("contentMeta/infoSource")
        .or_else(|| named("itemMeta/provider"))
        .or_else(|| coded("itemMeta/provider"))
        .or_else(|| item.text_at("contentMeta/creditline"))
}

/// The line and the place an item gives apart from its text.
fn lines(item: &Element<'_>) -> (Option<String>, Option<String>) {
    let located = item.all("contentMeta/located").into_iter().find_map(|l| l.text_at("name").or_else(|| l.filled("literal")));
    (item.text_at("contentMeta/dateline"), located)
}

/// Keywords, and the subjects that have a name, in the language of the item if there is a choice.
fn tags(item: &Element<'_>) -> Vec<String> {
    let own = |e: &Element<'_>| in_own_language(item, e.all("name")).into_iter().find_map(Element::text);
    let asserted = |subject: &Element<'_>| {
        let key = subject.filled("qcode").or_else(|| subject.filled("literal"))?;
        let same = |a: &&Element<'_>| a.attr("qcode").as_deref() == Some(&*key) || a.attr("literal").as_deref() == Some(&*key);
        item.all("assert").into_iter().find(same).and_then(own)
    };
    let subjects = item.all("contentMeta/subject").into_iter().filter_map(|s| own(s).or_else(|| asserted(s)));
    item.texts_at("contentMeta/keyword").into_iter().chain(subjects).collect()
}
