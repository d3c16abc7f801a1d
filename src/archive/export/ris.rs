//! RIS, the tagged form of Research Information Systems that Zotero, EndNote, Mendeley and Citavi read. A quote is a
//! reference to its article with the words as a note; what people noted is another.

use super::citation::{Author, day, lead, said, speaker};
use super::{Exporter, Source};
use crate::words::one_line;

pub(super) struct Ris;

impl Exporter for Ris {
    fn item(&mut self, source: &Source<'_>, out: &mut String) {
        let article = &source.clipping.article;
        let mut tag = |name: &str, value: &str| {
            let value = one_line(value);
            if !value.is_empty() {
                out.push_str(&format!("{name}  - {value}\r\n"));
            }
        };
        tag("TY", "NEWS");
        tag("ID", source.hit.id());
        article.byline.iter().for_each(|name| tag("AU", &inverted(Author::of(name, article))));
        tag("TI", article.title.as_deref().unwrap_or_default());
        tag("T2", article.source.as_deref().unwrap_or_default());
        tag("SE", article.section.as_deref().unwrap_or_default());
        tag("ET", article.edition.as_deref().unwrap_or_default());
        tag("SP", article.page.as_deref().unwrap_or_default());
        if let Some(day) = day(article) {
            tag("PY", &format!("{:04}", day.year()));
            tag("DA", &day.strftime("%Y/%m/%d").to_string());
        }
        tag("UR", article.url.as_deref().unwrap_or_default());
        tag("LA", article.language.as_deref().unwrap_or_default());
        source.clipping.tags().for_each(|word| tag("KW", word));
        match source.quote {
            Some(quote) => tag("N1", &format!("{} ({}, {})", said(quote), speaker(quote), quote.kind.name())),
            None => tag("AB", lead(article)),
        }
        tag("N1", source.clipping.note().unwrap_or_default());
        out.push_str("ER  - \r\n\r\n");
    }
}

/// `Cole, Ann` or `Cole, Ann, Jr.`: the family name first, as RIS asks.
fn inverted(author: Author<'_>) -> String {
    match author {
        Author::Person(given, family, None) => format!("{family}, {}", given.join(" ")),
        Author::Person(given, family, Some(suffix)) => format!("{family}, {}, {suffix}", given.join(" ")),
        Author::Whole(name) | Author::Unknown(name) => name.to_owned(),
    }
}
