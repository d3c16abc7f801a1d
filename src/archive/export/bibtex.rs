//! BibTeX: an `@article` for each article, or for the article of each quote, with a key that is readable and used once.

use super::citation::{Author, day, said, speaker};
use super::{Exporter, Source};
use crate::words::{fold, one_line};
use std::collections::HashMap;

#[derive(Default)]
pub(super) struct Bibtex {
    /// How often each key was wanted.
    keys: HashMap<String, u32>,
}

impl Exporter for Bibtex {
    fn item(&mut self, source: &Source<'_>, out: &mut String) {
        let article = &source.clipping.article;
        let day = day(article);
        let mut key = key(article, day.map(jiff::civil::Date::year));
        let wanted = self.keys.entry(key.clone()).or_default();
        *wanted += 1;
        if *wanted > 1 {
            // A digit would read as part of the year.
            key.push_str(&format!("-{wanted}"));
        }
        out.push_str(&format!("@article{{{key},\n"));
        let mut field = |name: &str, value: String| {
            if !value.is_empty() {
                out.push_str(&format!("  {name} = {{{value}}},\n"));
            }
        };
        field("author", article.byline.iter().map(|name| author(name, article)).collect::<Vec<_>>().join(" and "));
        // Braces twice: the capitals of a headline are its own.
        field("title", article.title.as_deref().map(|t| format!("{{{}}}", escaped(t))).unwrap_or_default());
        field("journal", article.source.as_deref().map(escaped).unwrap_or_default());
        if let Some(day) = day {
            field("year", format!("{:04}", day.year()));
            field("month", day.month().to_string());
            field("day", day.day().to_string());
        }
        field("edition", article.edition.as_deref().map(escaped).unwrap_or_default());
        field("pages", article.page.as_deref().map(escaped).unwrap_or_default());
        field("url", article.url.as_deref().map(address).unwrap_or_default());
        field("language", article.language.as_deref().map(escaped).unwrap_or_default());
        field("keywords", escaped(&source.clipping.tags().collect::<Vec<_>>().join(", ")));
        let quote = source.quote.map(|quote| format!("{} ({}, {})", said(quote), speaker(quote), quote.kind.name()));
        let noted: Vec<String> = quote.into_iter().chain(source.clipping.note().map(str::to_owned)).collect();
        field("annote", escaped(&noted.join(" — ")));
        field("note", escaped(&format!("morgue {}", source.hit.id())));
        out.push_str("}\n\n");
    }
}

/// `cole2016flood`: family name of the first author or name of the paper, year, first telling word of the headline.
fn key(article: &crate::article::Article, year: Option<i16>) -> String {
    let plain = |text: &str| fold(text).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let family = |name: &String| match Author::of(name, article) {
        Author::Person(_, family, _) => plain(family),
        Author::Whole(name) | Author::Unknown(name) => name.split_whitespace().next_back().map(plain).unwrap_or_default(),
    };
    let name = article.byline.first().map(family).filter(|n| !n.is_empty());
    let name = name.or_else(|| article.source.as_deref().map(plain)).filter(|n| !n.is_empty()).unwrap_or_else(|| "article".to_owned());
    let word = article.title.iter().flat_map(|t| t.split_whitespace()).map(plain).find(|w| w.len() > 3).unwrap_or_default();
    format!("{name}{}{word}", year.map(|y| y.to_string()).unwrap_or_default())
}

/// A name; one that BibTeX would take apart wrongly is kept together.
fn author(name: &str, article: &crate::article::Article) -> String {
    let is_torn = name.split_whitespace().any(|w| w.eq_ignore_ascii_case("and") || w.eq_ignore_ascii_case("others"));
    match Author::of(name, article) {
        Author::Person(given, family, Some(suffix)) if !is_torn => {
            format!("{}, {}, {}", escaped(family), escaped(suffix), escaped(&given.join(" ")))
        }
        Author::Person(..) | Author::Unknown(_) if !is_torn => escaped(name),
        _ => format!("{{{}}}", escaped(name)),
    }
}

/// Text without anything TeX would obey.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            // BibTeX counts braces whether or not a backslash stands before them: one alone would swallow the fields behind it.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// An address as the `url` field has it: as it is, but for what would end the field.
fn address(url: &str) -> String {
    one_line(url).replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D").replace(' ', "%20")
}
