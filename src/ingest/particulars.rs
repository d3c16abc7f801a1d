//! Lines of particulars before a text: `Title: …`, `By: …`, `Date: …`, up to the first empty line.

use crate::article::{Article, DateOrigin, VersionKind};

/// Takes such lines off the top of `text` and into `article`; what remains is returned. They count only when at least two
/// keys are known ones, or the first is.
pub(super) fn take<'a>(text: &'a str, article: &mut Article) -> &'a str {
    let trimmed = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    let (mut known, mut fields, mut first_known) = (0, Vec::new(), false);
    let mut rest = trimmed;
    while let Some(line) = rest.split_inclusive('\n').next() {
        let Some((key, value)) = line.split_once(':').filter(|(k, _)| is_key(k)) else { break };
        let key = key.trim().to_lowercase();
        let is_known = set(&mut Article::default(), &key, "x");
        first_known |= is_known && fields.is_empty();
        known += usize::from(is_known);
        fields.push((key, value.trim()));
        rest = &rest[line.len()..];
    }
    let ended = rest.is_empty() || rest.starts_with(['\n', '\r']);
    let enough = known >= 2 || (known == 1 && first_known && fields.len() == 1 && ended);
    if !enough {
        return text;
    }
    for (key, value) in &fields {
        set(article, key, value);
    }
    rest
}

fn is_key(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= 24
        && key.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'))
        && key.split(' ').count() <= 3
}

/// Sets the field that `key` (lower case) names; `false` when it names none. The first value of a field stays.
pub(super) fn set(article: &mut Article, key: &str, value: &str) -> bool {
    let value = value.trim();
    let fill = |slot: &mut Option<String>| {
        if slot.is_none() && !value.is_empty() {
            *slot = Some(value.to_owned());
        }
    };
    match key {
        "title" | "headline" | "hed" | "head" | "heading" | "subject" | "titel" | "titre" | "título" => fill(&mut article.title),
        "by" | "byline" | "author" | "authors" | "writer" | "reporter" | "autor" | "auteur" if !value.is_empty() => {
            article.byline.push(value.to_owned())
        }
        "by" | "byline" | "author" | "authors" | "writer" | "reporter" | "autor" | "auteur" => {}
        "date" | "published" | "pubdate" | "publication date" | "publish date" | "date published" | "publish_date" | "published_at"
        | "datum" | "fecha" => {
            fill(&mut article.published);
            article.published_from = article.published.as_ref().map(|_| DateOrigin::Field);
        }
        "updated" | "modified" | "lastmod" | "last updated" | "last modified" => fill(&mut article.updated),
        "source" | "publication" | "publisher" | "newspaper" | "paper" | "journal" | "outlet" | "agency" | "quelle" => {
            fill(&mut article.source)
        }
        "section" | "desk" | "category" | "rubric" | "ressort" => fill(&mut article.section),
        "url" | "link" | "canonical" | "permalink" | "source url" | "source_url" => fill(&mut article.url),
        "language" | "lang" => fill(&mut article.language),
        "id" | "guid" if !value.is_empty() => {
            article.id = value.to_owned();
            article.has_own_id = true;
        }
        "tags" | "keywords" | "topics" => {
            article.tags.extend(value.split([',', ';']).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()))
        }
        "corrects" | "updates" | "replaces" | "supersedes" if !value.is_empty() => {
            let version = article.version.get_or_insert_default();
            version.kind = match key {
                "corrects" => Some(VersionKind::Correction),
                "updates" => Some(VersionKind::Update),
                _ => version.kind,
            };
            version.replaces.extend(value.split([',', ' ']).filter(|id| !id.is_empty()).map(str::to_owned));
        }
        "correction" if !value.is_empty() => {
            let version = article.version.get_or_insert_default();
            version.kind = Some(VersionKind::Correction);
            version.note.get_or_insert_with(|| value.to_owned());
        }
        _ => return false,
    }
    true
}
