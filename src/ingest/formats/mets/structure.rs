//! What a METS file says: which files there are, which articles, and which blocks of which page belong to each.

use crate::ingest::date;
use crate::ingest::formats::xml::Element;
use crate::ingest::text::one_line;
use std::collections::HashMap;

/// Blocks of a page: the one called `begin`, or all from there to `end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) file: String,
    pub(super) begin: String,
    pub(super) end: Option<String>,
}

/// An article.
#[derive(Default)]
pub(super) struct Item {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) language: Option<String>,
    /// What kind of article it is, unless it is simply one.
    pub(super) section: Option<String>,
    pub(super) headings: Vec<Area>,
    pub(super) areas: Vec<Area>,
}

/// A whole issue.
#[derive(Default)]
pub(super) struct Structure {
    /// File names by id; only files that may be pages.
    pub(super) files: HashMap<String, String>,
    order: Vec<String>,
    /// Numbers of pages by the ids of their files.
    pub(super) numbers: HashMap<String, String>,
    pub(super) items: Vec<Item>,
    pub(super) paper: Option<String>,
    pub(super) day: Option<String>,
    pub(super) language: Option<String>,
}

/// Kinds of divisions that are articles.
const ARTICLES: &[&str] = &[
    "article",
    "advertisement",
    "advert",
    "ad",
    "advertisement_set",
    "obituary",
    "deathnotice",
    "death_notice",
    "birthnotice",
    "family_notice",
    "letter",
    "editorial",
    "poem",
    "serial",
    "review",
    "interview",
    "feuilleton",
    "weather",
    "announcement",
    "content-item",
    "contentitem",
    "correspondence",
    "table",
    "shipping",
    "commercial",
    "notice",
];
/// Kinds of divisions that are the heading of an article.
const HEADINGS: &[&str] = &["title", "heading", "headline", "main_title", "subheadline", "overline", "maintitle", "title_section"];
/// Kinds of divisions that are no text.
const PICTURES: &[&str] = &["illustration", "image", "graphic", "photo", "picture"];

impl Structure {
    pub(super) fn of(root: &Element<'_>) -> Structure {
        let mut structure = Structure::default();
        let described: HashMap<String, &Element<'_>> =
            root.within(&["dmdSec"]).into_iter().filter_map(|d| Some((d.filled("ID")?, d))).collect();
        structure.list_files(root);
        let maps = root.within(&["structMap"]);
        maps.iter().for_each(|map| structure.number_pages(map));
        let is_logical = |m: &&&Element<'_>| m.filled("TYPE").is_some_and(|t| t.to_ascii_lowercase().contains("logical"));
        let logical = maps.iter().find(is_logical).or_else(|| maps.iter().find(|m| !articles(m).is_empty()));
        let links = Links::of(root);
        if let Some(map) = logical {
            structure.describe_issue(map, &described);
            structure.items = articles(map).into_iter().map(|div| item(div, &described, &links)).collect();
        }
        if structure.day.is_none() {
            // In the order of the file: the issue is described before its articles.
            structure.day = root.within(&["dmdSec"]).into_iter().find_map(day);
        }
        structure
    }

    /// The ids of the pages, in order.
    pub(super) fn pages(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }

    fn list_files(&mut self, root: &Element<'_>) {
        for file in root.within(&["fileSec"]).into_iter().flat_map(|s| s.within(&["file"])) {
            let href = file.child("FLocat").and_then(|l| l.filled("href"));
            let (Some(id), Some(href)) = (file.filled("ID"), href) else { continue };
            if href.to_ascii_lowercase().ends_with(".xml") {
                self.order.push(id.clone());
                self.files.insert(id, href);
            }
        }
    }

    /// The numbers of pages, from the divisions that are pages.
    fn number_pages(&mut self, element: &Element<'_>) {
        for div in element.children().filter(|c| c.is("div")) {
            if let Some(number) = div.filled("ORDERLABEL").or_else(|| div.filled("ORDER")).filter(|_| kind(div) == "page") {
                let files = div.children().filter(|c| c.is("fptr")).filter_map(|f| f.filled("FILEID"));
                self.numbers.extend(files.map(|file| (file, number.clone())));
            }
            self.number_pages(div);
        }
    }

    /// Paper and day, from the outermost division that is described.
    fn describe_issue(&mut self, map: &Element<'_>, described: &HashMap<String, &Element<'_>>) {
        let mut outer = map.child("div");
        while let Some(div) = outer.filter(|d| !is_article(d)) {
            for section in descriptions(div, described) {
                self.paper = paper(section).or(self.paper.take());
                self.day = day(section).or(self.day.take());
                self.language = language(section).or(self.language.take());
            }
            outer = div.child("div");
        }
    }
}

fn kind(div: &Element<'_>) -> String {
    div.attr("TYPE").unwrap_or_default().to_ascii_lowercase().replace(' ', "_")
}

fn is_article(div: &Element<'_>) -> bool {
    ARTICLES.contains(&kind(div).as_str())
}

/// The outermost divisions that are articles.
fn articles<'e, 'a>(element: &'e Element<'a>) -> Vec<&'e Element<'a>> {
    let mut found = Vec::new();
    for div in element.children().filter(|c| c.is("div")) {
        match is_article(div) {
            true => found.push(div),
            false => found.extend(articles(div)),
        }
    }
    found
}

fn descriptions<'e, 'a>(div: &Element<'_>, described: &HashMap<String, &'e Element<'a>>) -> Vec<&'e Element<'a>> {
    let ids = div.attr("DMDID").unwrap_or_default();
    ids.split_whitespace().filter_map(|id| described.get(id).copied()).collect()
}

fn item(div: &Element<'_>, described: &HashMap<String, &Element<'_>>, links: &Links) -> Item {
    let mut item = Item::default();
    for section in descriptions(div, described) {
        item.title = item.title.or_else(|| title(section));
        item.language = item.language.or_else(|| language(section));
        if item.authors.is_empty() {
            item.authors = section
                .within(&["name"])
                .into_iter()
                .filter_map(|n| n.texts_at("namePart").into_iter().reduce(|a, b| format!("{a} {b}")))
                .collect();
            item.authors.extend(section.within(&["creator"]).into_iter().filter_map(Element::text));
        }
    }
    let generic =
        |l: &String| l.chars().all(|c| c.is_numeric() || c.is_whitespace()) || l.to_lowercase().starts_with("article") && l.len() < 14;
    item.title = item.title.or_else(|| div.filled("LABEL").map(|l| one_line(&l)).filter(|l| !generic(l)));
    let kind = kind(div);
    item.section = (kind != "article" && !kind.starts_with("content")).then(|| kind.replace('_', " "));
    gather(div, false, &mut item);
    if item.areas.is_empty() && item.headings.is_empty() {
        item.areas = div.filled("ID").map(|id| links.areas(&id)).unwrap_or_default();
    }
    item
}

/// The areas in an article, those of its headings apart.
fn gather(div: &Element<'_>, in_heading: bool, item: &mut Item) {
    for child in div.children() {
        if child.is("div") {
            let kind = kind(child);
            if !PICTURES.contains(&kind.as_str()) {
                gather(child, in_heading || HEADINGS.contains(&kind.as_str()), item);
            }
        } else if let Some(area) = area(child) {
            if in_heading { item.headings.push(area) } else { item.areas.push(area) }
        } else {
            gather(child, in_heading, item);
        }
    }
}

fn area(element: &Element<'_>) -> Option<Area> {
    let begin = if element.is("area") { element.filled("BEGIN") } else { None };
    Some(Area { file: element.filled("FILEID")?, begin: begin?, end: element.filled("END") })
}

/// Blocks tied to articles by links.
struct Links {
    /// What an id is tied to.
    tied: HashMap<String, Vec<String>>,
    /// Areas of divisions of the physical structure, by their id.
    places: HashMap<String, Vec<Area>>,
}

impl Links {
    fn of(root: &Element<'_>) -> Self {
        let mut tied: HashMap<String, Vec<String>> = HashMap::new();
        let target = |e: &Element<'_>, name: &str| e.filled(name).map(|t| t.trim_start_matches('#').to_owned());
        for link in root.within(&["structLink"]) {
            for one in link.within(&["smLink"]) {
                if let (Some(from), Some(to)) = (target(one, "from"), target(one, "to")) {
                    tied.entry(from).or_default().push(to);
                }
            }
            for group in link.within(&["smLinkGrp"]) {
                // Each locator gives an id a label, and arcs tie labels; in practice the first locator is the article.
                let ids: Vec<String> = group.within(&["smLocatorLink"]).into_iter().filter_map(|l| target(l, "href")).collect();
                if let Some((article, blocks)) = ids.split_first() {
                    tied.entry(article.clone()).or_default().extend(blocks.iter().cloned());
                }
            }
        }
        let mut places = HashMap::new();
        for map in root.within(&["structMap"]) {
            collect_places(map, &mut places);
        }
        Links { tied, places }
    }

    fn areas(&self, article: &str) -> Vec<Area> {
        self.tied.get(article).into_iter().flatten().filter_map(|id| self.places.get(id)).flatten().cloned().collect()
    }
}

fn collect_places(element: &Element<'_>, places: &mut HashMap<String, Vec<Area>>) {
    for div in element.children().filter(|c| c.is("div")) {
        let areas: Vec<Area> = div.children().filter(|c| c.is("fptr")).flat_map(|f| f.within(&["area"])).filter_map(area).collect();
        if let Some(id) = div.filled("ID").filter(|_| !areas.is_empty()) {
            places.insert(id, areas);
        }
        collect_places(div, places);
    }
}

fn title(section: &Element<'_>) -> Option<String> {
    let info = section.within(&["titleInfo"]).into_iter().find(|t| t.attr("type").is_none())?;
    let parts: Vec<String> = ["nonSort", "title", "subTitle"].iter().filter_map(|n| info.text_at(n)).collect();
    let joined = one_line(&parts.join(" "));
    (!joined.is_empty()).then_some(joined)
}

/// The name of the paper: its own title, or that of the series the issue belongs to.
fn paper(section: &Element<'_>) -> Option<String> {
    let dublin = || section.within(&["title"]).into_iter().find_map(Element::text);
    title(section).or_else(dublin).map(|t| t.trim_end_matches(['.', ' ', ',']).to_owned()).filter(|t| !t.is_empty())
}

fn day(section: &Element<'_>) -> Option<String> {
    section.within(&["dateIssued", "date", "temporal"]).into_iter().find_map(|d| date::parse(&d.text()?).filter(|d| date::plausible(d)))
}

fn language(section: &Element<'_>) -> Option<String> {
    section.within(&["languageTerm", "language"]).into_iter().find_map(Element::text).filter(|l| l.len() <= 20)
}
