//! Tweets as pages embed them, and what pages put between the paragraphs of an article: `ADVERTISEMENT`.

use super::assemble::Assembler;
use super::outline::Outline;
use super::speaker::Resolved;
use super::statement::{Rule, Statement};
use crate::article::{QuoteKind, SpeakerClass};
use memchr::memchr;
use std::ops::Range;

/// Most bytes of a name and of a date in the line that signs a tweet.
const LONGEST: usize = 60;

/// The signature of a tweet, `— Ana Ito (@ito) August 16, 2018`, at the end of a paragraph.
struct Signature {
    /// Bytes of the words before it; none where it is a paragraph of its own.
    words: Range<usize>,
    /// Bytes of the name.
    name: Range<usize>,
}

/// The signature that ends the paragraph with this number.
fn signature(o: &Outline<'_>, paragraph: usize) -> Option<Signature> {
    let bytes = o.paragraph(paragraph);
    let text = &o.page.body[bytes.clone()];
    memchr(b'@', text.as_bytes())?; // most paragraphs have none
    let handle = text.rfind(" (@")?;
    let (_, date) = text[handle..].split_once(')')?;
    let dash = text[..handle].rfind(['—', '–', '―'])?;
    let name = text[dash..handle].trim_start_matches(['—', '–', '―']).trim_start();
    let start = handle - name.len();
    let fits = !name.is_empty() && name.len() <= LONGEST && date.len() <= LONGEST && (date.trim().is_empty() || date.contains("20"));
    let words = text[..dash].trim_end().len();
    fits.then(|| Signature { words: bytes.start..bytes.start + words, name: bytes.start + start..bytes.start + handle })
}

/// The text of a tweet without the links to pictures and pages at its end.
fn without_links(mut text: &str) -> &str {
    while let Some((before, last)) = text.rsplit_once(char::is_whitespace)
        && (last.starts_with("pic.twitter.com/") || last.starts_with("https://t.co/") || last.starts_with("http://t.co/"))
    {
        text = before.trim_end();
    }
    text
}

/// Whether a paragraph belongs to the page, not to the article, so that a quote before it goes on behind it.
pub(super) fn is_insert(o: &Outline<'_>, paragraph: usize) -> bool {
    const WHOLE: [&str; 8] = [
        "advertisement",
        "story continued below",
        "story continues below",
        "article continued below",
        "article continues below",
        "story continues below advertisement",
        "continue reading",
        "continue reading the main story",
    ];
    const OPENINGS: [&str; 9] = [
        "facebook twitter pinterest",
        "see also:",
        "read more:",
        "related:",
        "just watched",
        "replay more videos",
        "must watch",
        "read also:",
        "more on this",
    ];
    if o.page.paragraphs[paragraph].len() > 24 {
        return false;
    }
    let text = o.page.body[o.paragraph(paragraph)].to_ascii_lowercase();
    // A link with the headline of another article: `Pier gone for good, says mayor Read more`
    let link = text.ends_with(" read more") && !text.ends_with(". read more");
    link || WHOLE.contains(&text.trim_end_matches([':', '.'])) || OPENINGS.iter().any(|opening| text.starts_with(opening))
}

impl Assembler<'_, '_> {
    /// Makes a quote of a paragraph that is a tweet, or of the one before where the signature stands alone.
    pub(super) fn tweet(&mut self, n: usize, paragraph: usize) -> bool {
        let Some(Signature { mut words, name }) = signature(self.o, paragraph) else { return false };
        if words.is_empty() {
            let told = self.last.is_some_and(|(_, at)| self.o.units[at].paragraph + 1 >= paragraph);
            let Some(before) = paragraph.checked_sub(1).filter(|_| !told) else { return false };
            words = self.o.paragraph(before);
        }
        let text = without_links(&self.o.page.body[words.clone()]).trim_matches(['"', '“', '”']);
        if text.split_whitespace().nth(2).is_none() {
            return false;
        }
        let first = words.start + self.o.page.body[words.clone()].find(text).unwrap_or(0);
        let said = first..first + text.len();
        let covers = |e: &crate::extract::names::Entity| e.mentions.iter().any(|m| m.bytes.start < name.end && name.start < m.bytes.end);
        let entity = self.o.names.entities.iter().position(covers);
        let known = entity.map(|e| &self.o.names.entities[e]);
        // `The Lantern`: people sign without an article.
        let body = known.is_none() && self.o.page.body[name.clone()].starts_with("The ");
        let class = match known.map(|e| e.kind) {
            Some(crate::extract::names::EntityKind::Organization) => SpeakerClass::Organization,
            _ if body => SpeakerClass::Organization,
            _ => SpeakerClass::Person,
        };
        let called = known.map_or_else(|| self.o.page.body[name.clone()].to_owned(), |e| e.name.clone());
        let speaker = Resolved { entity, name: Some(called), class, bytes: name, sure: 0.95 };
        self.statements.push(Statement {
            pieces: vec![said],
            kind: QuoteKind::Direct,
            speaker: Some(speaker),
            cue: None,
            rule: Rule::Dash,
        });
        self.last = Some((self.statements.len() - 1, n));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::extract::Extractor;

    #[track_caller]
    fn check(body: &str, expected: &[(&str, &str)]) {
        let found = Extractor::built_in().extract(&Article { body: body.into(), ..Article::default() });
        let name = |q: &crate::article::Quote| q.speaker.as_ref().and_then(|s| s.name.clone()).unwrap_or_default();
        let quotes: Vec<(String, String)> = found.quotes.iter().map(|q| (q.text.clone(), name(q))).collect();
        let quotes: Vec<(&str, &str)> = quotes.iter().map(|(text, name)| (text.as_str(), name.as_str())).collect();
        assert_eq!(quotes, expected, "{body}");
    }

    #[test]
    fn a_tweet_is_said_by_whoever_signs_it() {
        check(
            "The mayor left on Friday.\n\nTHE PIER IS OPEN AGAIN. Thanks to all who helped! pic.twitter.com/x1 — Marta Lindqvist (@mlind) August 16, 2018\n\nOthers stayed at home.",
            &[("THE PIER IS OPEN AGAIN. Thanks to all who helped!", "Marta Lindqvist")],
        );
        check(
            "The mayor tweeted about it:\n\nThe pier is open again, and so is the market. — Marta Lindqvist (@mlind) August 16, 2018",
            &[("The pier is open again, and so is the market.", "Marta Lindqvist")],
        );
        check("The office, run by Marta Lindqvist (@mlind), opened in 2018. It was late — very late.", &[]);
    }

    #[test]
    fn who_signs_with_an_article_is_no_person() {
        let body = "The pier is open again, and so is the market. — The Quayside (@quay) August 16, 2018";
        let found = Extractor::built_in().extract(&Article { body: body.into(), ..Article::default() });
        let speaker = found.quotes[0].speaker.clone().unwrap_or_default();
        assert_eq!((speaker.name.as_deref(), speaker.class), (Some("The Quayside"), SpeakerClass::Organization));
    }

    #[test]
    fn what_a_page_puts_between_paragraphs_parts_no_quote_from_its_speaker() {
        check(
            "“The pier is open,” Marta Lindqvist said. “Come and see.”\n\nADVERTISEMENT\n\n“It took a year,” she said.",
            &[("The pier is open, Come and see.", "Marta Lindqvist"), ("It took a year,", "Marta Lindqvist")],
        );
    }
}
