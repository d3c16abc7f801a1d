//! The older exports: `1 of 74 DOCUMENTS`, the paper, the date, the headline, particulars, the text, particulars.

use super::fields::{is_copyright, particular, set, set_date};
use crate::article::Article;

/// The longest line that counts, in bytes; it may stand in the middle of the page.
const LONGEST_COUNTER: usize = 200;

/// The articles of an export whose paragraphs are apart by blank lines.
pub(in crate::ingest::formats) fn articles(text: &str) -> Vec<Article> {
    let mut sections: Vec<Vec<&str>> = Vec::new();
    for paragraph in text.split("\n\n") {
        if is_counter(paragraph) {
            sections.push(Vec::new());
        } else if let Some(section) = sections.last_mut() {
            section.push(paragraph);
        }
    }
    sections.iter().map(|s| article(s)).collect()
}

/// `1 of 74 DOCUMENTS`, `Dokument 1 von 10`, `Document 1 de 10`.
pub(super) fn is_counter(paragraph: &str) -> bool {
    counter(paragraph).is_some()
}

/// Which document of how many such a line says that it begins.
pub(in crate::ingest::formats) fn counter(paragraph: &str) -> Option<(u32, u32)> {
    if paragraph.len() > LONGEST_COUNTER {
        return None;
    }
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let number = |w: &str| w.parse().ok().filter(|_| w.len() <= 6 && w.bytes().all(|b| b.is_ascii_digit()));
    match words.as_slice() {
        [a, "of" | "von" | "de" | "di" | "van", b, "DOCUMENTS" | "DOCUMENT" | "DOKUMENTE" | "DOKUMENTEN"]
        | ["Dokument" | "Document" | "Documento", a, "of" | "von" | "de" | "di" | "van", b] => Some((number(a)?, number(b)?)),
        _ => None,
    }
}

fn article(section: &[&str]) -> Article {
    let mut article = Article::default();
    let mut body: Vec<&str> = Vec::new();
    let mut place = Place::Paper;
    for paragraph in section.iter().filter(|p| !is_copyright(p)) {
        if let Some((name, value)) = particular(paragraph) {
            place = if matches!(place, Place::Text) || !body.is_empty() { Place::Tail } else { Place::Particulars };
            set(&mut article, &name, value);
            continue;
        }
        match place {
            Place::Paper if set_date(&mut article, paragraph) => place = Place::Headline,
            Place::Paper if article.source.is_none() => article.source = Some((*paragraph).to_owned()),
            // Between paper and date may stand a second line of the name.
            Place::Paper => {}
            Place::Headline if paragraph.to_lowercase().contains("edition") && paragraph.len() < 60 => {}
            Place::Headline if article.title.is_none() => article.title = Some((*paragraph).to_owned()),
            Place::Headline | Place::Tail => {}
            Place::Particulars | Place::Text => {
                place = Place::Text;
                body.push(paragraph);
            }
        }
    }
    article.body = body.join("\n\n");
    article
}

/// Where in a section we are.
enum Place {
    Paper,
    Headline,
    Particulars,
    Text,
    Tail,
}
