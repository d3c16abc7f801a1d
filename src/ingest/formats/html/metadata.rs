//! The particulars of a page: who, when, where published, under what address.

use super::page::{Page, has_word};
use super::{json_ld, title};
use crate::article::{Article, DateOrigin, Version, VersionKind};
use crate::ingest::date;
use crate::ingest::text::{decode_entities, one_line, one_line_of_html};
use dom_query::{Document, NodeRef};

/// Fills the particulars of `article` from what the page says.
pub(super) fn fill(article: &mut Article, page: &Page<'_>, document: &Document) {
    article.url = url(page);
    article.source = source(page);
    article.title = title::of(page, document, article.source.as_deref());
    article.byline = authors(page, document);
    article.section = page
        .meta(&["article:section", "parsely-section", "prism.section", "section"])
        .map(one_line_of_html)
        .or_else(|| page.ld_text("articleSection"));
    article.tags = tags(page);
    article.language = language(page, document);
    if let Some((published, origin)) = published(page, document, article.url.as_deref()) {
        article.published_conflict = stated(page).into_iter().find(|other| date::far_apart(&published, other));
        article.published = Some(published);
        article.published_from = Some(origin);
    }
    let updated = page
        .ld_text("dateModified")
        .or_else(|| page.meta(&["article:modified_time", "og:updated_time", "last-modified"]).map(str::to_owned));
    article.updated = updated.as_deref().and_then(readable);
    article.version = correction(page, document);
}

/// What the page says was wrong in it: as data, or in an element called so, which may stand outside the text.
fn correction(page: &Page<'_>, document: &Document) -> Option<Version> {
    let stated = page.ld("correction").map(|value| value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice));
    let given = stated.unwrap_or_default().iter().find_map(|value| {
        let text = value.get("text").or_else(|| value.get("description")).or(Some(value)).and_then(serde_json::Value::as_str);
        text.map(one_line_of_html).filter(|t| !t.is_empty())
    });
    let shown = || {
        if !page.has("correction") {
            return None;
        }
        let is_marked = |node: &NodeRef<'_>| has_part(node, "class", "correction") || has_part(node, "id", "correction");
        let root = document.root();
        let mut texts = root.descendants_it().filter(is_marked).map(|node| one_line(&node.text()));
        // A link to the page of all corrections is none.
        let says =
            |t: &String| (30..1200).contains(&t.len()) && ["orrect", "amended", "earlier version", "error"].iter().any(|w| t.contains(w));
        texts.find(says)
    };
    let note = given.or_else(shown)?;
    Some(Version { kind: Some(VersionKind::Correction), note: Some(note), ..Version::default() })
}

/// A date in ISO form, if it is one that can be true.
fn readable(text: &str) -> Option<String> {
    date::parse(&one_line(text)).filter(|d| date::plausible(d))
}

/// Dates that a page states as those of its publication beyond doubt.
fn stated(page: &Page<'_>) -> Vec<String> {
    let ld = page.ld_text("datePublished");
    let meta =
        ["article:published_time", "datepublished", "parsely-pub-date", "sailthru.date"].iter().map(|n| page.meta(&[n]).map(str::to_owned));
    std::iter::once(ld).chain(meta).flatten().filter_map(|d| readable(&d)).collect()
}

fn published(page: &Page<'_>, document: &Document, url: Option<&str>) -> Option<(String, DateOrigin)> {
    let ld =
        || ["datePublished", "dateCreated", "uploadDate"].iter().find_map(|p| readable(&page.ld_text(p)?)).map(|d| (d, DateOrigin::JsonLd));
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "article:published",
        "og:published_time",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "cxenseparse:recs:publishtime",
        "dcterms.created",
        "dc.date.issued",
        "dcterms.date",
        "dcterms.issued",
        "dc.date",
        "pubdate",
        "pub_date",
        "publishdate",
        "publish-date",
        "publication_date",
        "publication-date",
        "date_published",
        "datecreated",
        "originalpublicationdate",
        "article.published",
        "published-date",
        "prism.publicationdate",
        "citation_publication_date",
        "displaydate",
        "ptime",
        "date",
        "article_date_original",
        "rnews:datepublished",
    ];
    let meta = || NAMES.iter().find_map(|n| readable(page.meta(&[n])?)).map(|d| (d, DateOrigin::Meta));
    let marked = || {
        let date_of = |node: NodeRef<'_>| {
            let said = ["content", "datetime", "title"].iter().find_map(|a| readable(&node.attr(a)?));
            said.or_else(|| readable(&node.text())).map(|d| (d, DateOrigin::Meta))
        };
        let is_there = |(word, _): &&(&str, Marks)| page.has(word);
        DATES.iter().filter(is_there).find_map(|(_, marks)| document.root().descendants_it().find(marks).and_then(date_of))
    };
    ld().or_else(meta).or_else(marked).or_else(|| if url.and_then(date::from_url).is_some() { None } else { visible_date(document) })
}

/// What marks an element.
type Marks = fn(&NodeRef<'_>) -> bool;

/// Elements that hold the date of publication, the surer first, and a word that is in the names of such an element.
const DATES: &[(&str, Marks)] = &[
    ("datepublished", |node| has_word(node, "itemprop", "datePublished")),
    ("<time", |node| node.has_name("time") && node.has_attr("pubdate")),
    ("datepublished", |node| node.attr("property").is_some_and(|property| &*property == "datePublished")),
    ("<time", |node| {
        let header = |above: &NodeRef<'_>| above.has_name("header") && is_in(above, |above| above.has_name("article"));
        node.has_name("time") && is_in(node, header)
    }),
    ("<time", |node| node.has_name("time") && is_in(node, |above| above.has_name("article"))),
    ("<time", |node| node.has_name("time") && node.has_attr("datetime")),
    ("published", |node| node.has_name("abbr") && has_word(node, "class", "published")),
];

/// Elements that hold the name of an author, the surer first, and words of which one is in the names of such an element.
const AUTHORS: &[(&[&str], Marks)] = &[
    (&["author"], |node| has_word(node, "itemprop", "name") && is_in(node, |above| has_word(above, "itemprop", "author"))),
    (&["author"], |node| has_word(node, "itemprop", "author")),
    (&["author"], |node| node.has_name("a") && has_word(node, "rel", "author")),
    (&["byline", "author-name"], |node| {
        let is_part = node.has_name("a") || has_word(node, "class", "author");
        has_word(node, "class", "author-name") || (is_part && is_in(node, |above| has_word(above, "class", "byline")))
    }),
    (&["byline"], |node| has_word(node, "class", "byline")),
    (&["author"], |node| has_word(node, "class", "author")),
];

fn is_in(node: &NodeRef<'_>, marks: impl Fn(&NodeRef<'_>) -> bool) -> bool {
    node.ancestors_it(None).any(|above| marks(&above))
}

/// Whether an attribute has `part` in it, in lower case.
fn has_part(node: &NodeRef<'_>, attribute: &str, part: &str) -> bool {
    node.attr(attribute).is_some_and(|value| value.contains(part))
}

/// A date that stands by itself in an element named for it.
fn visible_date(document: &Document) -> Option<(String, DateOrigin)> {
    let is_named = |node: &NodeRef<'_>| {
        let class = node.attr("class").map(|class| class.to_ascii_lowercase());
        node.has_name("time")
            || class.is_some_and(|class| ["date", "publish", "posted", "timestamp"].iter().any(|part| class.contains(part)))
            || ["byline", "meta", "submitted", "info"].iter().any(|word| has_word(node, "class", word))
            || node.attr("id").is_some_and(|id| id.to_ascii_lowercase().contains("date"))
    };
    let found = document.root().descendants_it().filter(is_named).take(40).find_map(|node| {
        let text = one_line(&node.text());
        (text.len() <= 120).then(|| readable(&text)).flatten()
    });
    found.or_else(|| bare_date(document)).map(|d| (d, DateOrigin::Text))
}

/// The first element after the headline that holds nothing but a date in words.
fn bare_date(document: &Document) -> Option<String> {
    let mut passed = false;
    document.root().descendants_it().find_map(|node| {
        let name = node.qual_name_ref()?.local.clone();
        if !matches!(&*name, "h1" | "p" | "span" | "em" | "i" | "b" | "div" | "td" | "font" | "small" | "li") {
            return None;
        }
        passed |= &*name == "h1";
        let text = if passed { one_line(&node.immediate_text()) } else { String::new() };
        let words = text.split(' ').count();
        let in_words = text.chars().any(char::is_alphabetic) && text.len() <= 40 && (2..=6).contains(&words);
        in_words.then(|| readable(&text)).flatten()
    })
}

fn authors(page: &Page<'_>, document: &Document) -> Vec<String> {
    let is_name = |t: &String| !t.contains("://") && !t.starts_with('/') && !t.starts_with('#') && !t.is_empty() && t.len() <= 200;
    for property in ["author", "creator"] {
        let names: Vec<String> = page.ld(property).map(json_ld::texts).unwrap_or_default().into_iter().filter(is_name).collect();
        if !names.is_empty() {
            return names;
        }
    }
    for name in [
        "author",
        "byl",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "article:author_name",
        "citation_author",
        "authors",
        "byline",
    ] {
        let names: Vec<String> = page.metas(name).iter().map(|n| one_line_of_html(n)).filter(is_name).collect();
        if !names.is_empty() {
            return names;
        }
    }
    for (_, marks) in AUTHORS.iter().filter(|(words, _)| words.iter().any(|word| page.has(word))) {
        let root = document.root();
        let marked = root.descendants_it().filter(marks).take(6);
        let names: Vec<String> = marked.map(|node| one_line(&node.text())).filter(|n| is_name(n) && n.len() <= 90).collect();
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

fn source(page: &Page<'_>) -> Option<String> {
    let site = page.meta(&["og:site_name"]).map(one_line_of_html);
    let named = |t: &String| !t.is_empty() && !t.contains("://") && t.len() <= 120;
    let publisher = || page.ld_text("publisher").map(|p| one_line_of_html(&p));
    let other = || page.meta(&["dc.publisher", "dcterms.publisher", "publisher", "application-name"]).map(one_line_of_html);
    // Some call a desk their site: `U.S.`, `News`; then the publisher says more.
    let site = site.filter(named).filter(|s| s.len() > 4 || publisher().is_none());
    site.or_else(|| publisher().filter(named)).or_else(|| other().filter(named).filter(|o| o.len() <= 60))
}

fn tags(page: &Page<'_>) -> Vec<String> {
    let listed = |text: &str| text.split([',', ';']).map(one_line_of_html).filter(|t| !t.is_empty()).collect::<Vec<_>>();
    let tags: Vec<String> = page.metas("article:tag").iter().flat_map(|t| listed(t)).collect();
    if !tags.is_empty() {
        return tags;
    }
    let keywords: Vec<String> = page.ld("keywords").map(json_ld::texts).unwrap_or_default().iter().flat_map(|k| listed(k)).collect();
    if !keywords.is_empty() {
        return keywords;
    }
    page.meta(&["news_keywords", "sailthru.tags", "parsely-tags", "keywords"]).map(listed).unwrap_or_default()
}

fn language(page: &Page<'_>, document: &Document) -> Option<String> {
    let root = document.select_single("html");
    let declared = root.attr("lang").or_else(|| root.attr("xml:lang")).map(|l| l.to_string()).filter(|l| !l.trim().is_empty());
    declared
        .or_else(|| page.ld_text("inLanguage"))
        .or_else(|| page.meta(&["og:locale", "content-language", "language", "dc.language"]).map(str::to_owned))
}

fn url(page: &Page<'_>) -> Option<String> {
    let social = || page.meta(&["og:url", "twitter:url"]).map(str::to_owned);
    let ld = || page.ld_text("url").or_else(|| page.ld_text("mainEntityOfPage"));
    let candidates = [page.canonical.clone(), social(), ld(), saved_from(page.html)];
    let addresses: Vec<String> = candidates.into_iter().flatten().filter_map(|c| original(&decode_entities(&c))).collect();
    // Some pages call the front page their canonical address.
    let proper = |u: &&String| u.split_once("://").and_then(|(_, r)| r.split_once('/')).is_some_and(|(_, path)| !path.is_empty());
    addresses.iter().find(proper).or(addresses.first()).cloned()
}

/// The address itself of one that the Wayback Machine made; `None` when it is not absolute.
fn original(url: &str) -> Option<String> {
    let url = url.trim();
    let archived = url.find("/web/").and_then(|at| {
        let rest = &url[at + 5..];
        let (stamp, rest) = rest.split_once('/')?;
        (stamp.len() >= 8 && stamp.as_bytes().iter().take(8).all(u8::is_ascii_digit)).then_some(rest)
    });
    let url = archived.unwrap_or(url);
    let absolute = url.starts_with("http://") || url.starts_with("https://");
    (absolute && url.len() <= 2000 && !url.contains(char::is_whitespace)).then(|| url.to_owned())
}

/// `<!-- saved from url=(0042)https://… -->` of browsers, `<!-- Mirrored from … by HTTrack` of mirrors, SingleFile's ` url: …`.
fn saved_from(html: &str) -> Option<String> {
    let end = html.char_indices().map(|(i, _)| i).take_while(|i| *i <= 4096).last().unwrap_or(0);
    let head = &html[..end];
    let ends = |c: char| c.is_whitespace() || c == '>' || c == '<';
    if let Some((_, rest)) = head.split_once("saved from url=") {
        let rest = rest.trim_start_matches(|c: char| c == '(' || c == ')' || c.is_ascii_digit());
        return rest.split(ends).next().map(str::to_owned);
    }
    if let Some((_, rest)) = head.split_once("Mirrored from ") {
        return rest.split(ends).next().map(|u| if u.contains("://") { u.to_owned() } else { format!("http://{u}") });
    }
    let (_, rest) = head.split_once("SingleFile").and_then(|(_, r)| r.split_once("url: "))?;
    rest.split(ends).next().map(str::to_owned)
}
