//! The particulars of an exported article: `BYLINE: Ann Poe`, `Section: Weather; Pg. 4`.

use crate::article::{Article, DateOrigin, VersionKind};
use crate::ingest::date;
use crate::ingest::formats::reading;

/// Names of particulars, lower case, in the languages the service speaks.
const KNOWN: &[&str] = &[
    "byline",
    "autor",
    "auteur",
    "section",
    "rubrik",
    "rubrique",
    "length",
    "länge",
    "longueur",
    "dateline",
    "ort",
    "highlight",
    "graphic",
    "grafik",
    "load-date",
    "update",
    "aktualisiert am",
    "language",
    "sprache",
    "langue",
    "publication-type",
    "publikationsart",
    "journal-code",
    "zeitungs-code",
    "series",
    "type",
    "subject",
    "themen",
    "correction",
    "correction-date",
    "url",
    "person",
    "company",
    "organization",
    "organisation",
    "geographic",
    "state",
    "country",
    "city",
    "ticker",
    "industry",
    "headline",
    "title",
    "source",
    "distribution",
    "contact",
    "category",
    "document-type",
    "notes",
    "note",
    "doc-id",
    "editor-note",
    "section-length",
    "pub-type",
    "category",
    "disclaimer",
    "enhancement",
    "end",
    "body",
];

/// A paragraph that is a particular: its name in lower case, and its value.
pub(super) fn particular(paragraph: &str) -> Option<(String, &str)> {
    let (name, value) = paragraph.split_once(':')?;
    let low = name.trim().to_lowercase();
    let first = name.trim().chars().next()?;
    (first.is_uppercase() && KNOWN.contains(&low.as_str())).then_some((low, value.trim()))
}

/// Writes a particular into `article`.
pub(super) fn set(article: &mut Article, name: &str, value: &str) {
    let first = value.split(';').next().unwrap_or(value).trim();
    if value.is_empty() {
        return;
    }
    match name {
        "byline" | "autor" | "auteur" => article.byline.push(first.to_owned()),
        "section" | "rubrik" | "rubrique" if article.section.is_none() => {
            article.section = Some(first.split(", Pg").next().unwrap_or(first).to_owned());
            article.page = value.split([';', ',']).map(str::trim).find(|part| part.starts_with("Pg")).map(str::to_owned);
        }
        "dateline" | "ort" => article.dateline = reading::dateline(value),
        "correction" => {
            let version = article.version.get_or_insert_default();
            version.kind = Some(VersionKind::Correction);
            version.note = Some(version.note.take().map_or_else(|| value.to_owned(), |note| format!("{note} {value}")));
        }
        "language" | "sprache" | "langue" => article.language = Some(first.to_owned()),
        "url" if article.url.is_none() => article.url = Some(value.to_owned()),
        "headline" | "title" if article.title.is_none() => article.title = Some(value.to_owned()),
        "subject" | "themen" => {
            article.tags.extend(value.split(';').map(|t| t.split(" (").next().unwrap_or(t).trim().to_owned()).filter(|t| !t.is_empty()))
        }
        _ => {}
    }
}

/// Takes `paragraph` as the date of publication, if it is one.
pub(super) fn set_date(article: &mut Article, paragraph: &str) -> bool {
    let read = date::parse(paragraph).filter(|d| paragraph.len() <= 80 && date::plausible(d));
    if read.is_some() && article.published.is_none() {
        article.published = read;
        article.published_from = Some(DateOrigin::Field);
        return true;
    }
    false
}

/// `Copyright 2010 The Paper`, `All Rights Reserved`.
pub(super) fn is_copyright(paragraph: &str) -> bool {
    let low = paragraph.to_lowercase();
    low.len() <= 400
        && (low.starts_with("copyright ") || low.starts_with("all rights reserved") || low.starts_with("alle rechte vorbehalten"))
}
