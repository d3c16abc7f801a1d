//! What no reader sees in a body that is kept to the letter: soft hyphens and zero-width marks. A word is read without them
//! (`Lind\u{ad}qvist`), and what was found is told where it stands in the body as it is.

use crate::article::{Annotations, Article, Offsets, Span};
use memchr::memchr3_iter;
use std::borrow::Cow;

/// An article to be read, and where in it something was left out.
pub struct Seen<'a> {
    /// The article as a reader sees it.
    pub article: Cow<'a, Article>,
    /// How many code points stand before each thing left out, in the text without it; in order.
    gaps: Vec<u32>,
}

/// What a reader does not see.
const UNSEEN: [char; 3] = ['\u{ad}', '\u{200b}', '\u{feff}'];

/// Whether anything of it stands in `body`: its last bytes are looked for, few letters end so.
fn has_unseen(body: &str) -> bool {
    let [a, b, c] = UNSEEN.map(|mark| *mark.encode_utf8(&mut [0; 4]).as_bytes().last().unwrap_or(&0));
    memchr3_iter(a, b, c, body.as_bytes()).any(|last| body.get(..=last).is_some_and(|head| head.ends_with(UNSEEN)))
}

impl<'a> Seen<'a> {
    /// `article` as a reader sees it.
    pub fn of(article: &'a Article) -> Seen<'a> {
        let body = &article.body;
        if !has_unseen(body) {
            return Seen { article: Cow::Borrowed(article), gaps: Vec::new() };
        }
        let (mut seen, mut gaps, mut n) = (String::with_capacity(body.len()), Vec::new(), 0);
        for c in body.chars() {
            if UNSEEN.contains(&c) {
                gaps.push(n);
            } else {
                seen.push(c);
                n += 1;
            }
        }
        Seen { article: Cow::Owned(Article { body: seen, ..article.clone() }), gaps }
    }

    /// Tells where in `body`, the article's own, lies what was found in the text without what nobody sees.
    pub fn put_back(&self, body: &str, found: &mut Annotations) {
        if self.gaps.is_empty() {
            return;
        }
        let offsets = Offsets::of(body);
        // What is left out before a first letter lies outside, what is left out before the end inside.
        let start = |at: &mut u32| *at += self.gaps.partition_point(|gap| *gap <= *at) as u32;
        let end = |at: &mut u32| *at += self.gaps.partition_point(|gap| *gap < *at) as u32;
        let both = |span: &mut Span| {
            start(&mut span.start);
            end(&mut span.end);
        };
        let persons = found.persons.iter_mut().flat_map(|p| &mut p.mentions);
        persons.chain(found.organizations.iter_mut().flat_map(|o| &mut o.mentions)).for_each(both);
        for mention in found.places.iter_mut().flat_map(|p| &mut p.mentions) {
            start(&mut mention.start);
            end(&mut mention.end);
        }
        for quote in &mut found.quotes {
            quote.spans.iter_mut().for_each(both);
            let pieces: Vec<&str> = quote.spans.iter().map(|span| offsets.slice(body, *span)).collect();
            quote.text = pieces.join(" ");
            if let Some(speaker) = &mut quote.speaker
                && let (Some(first), Some(last)) = (&mut speaker.start, &mut speaker.end)
            {
                start(first);
                end(last);
                speaker.text = Some(offsets.slice(body, Span::new(*first, *last)).to_owned());
            }
            if let Some(cue) = &mut quote.cue {
                start(&mut cue.start);
                end(&mut cue.end);
                offsets.slice(body, Span::new(cue.start, cue.end)).clone_into(&mut cue.text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::extract::Extractor;

    #[test]
    fn marks_are_told_from_letters_that_end_like_them() {
        for mark in super::UNSEEN {
            assert!(super::has_unseen(&mark.to_string()) && super::has_unseen(&format!("Lind{mark}qvist")), "{mark:?}");
        }
        for letter in ["", "í", "ï", "Ë", "‹", "⁋", "中ﻋ", "Lindqvist"] {
            assert!(!super::has_unseen(letter), "{letter}");
        }
    }

    #[test]
    fn words_are_read_without_soft_hyphens_and_told_with_them() {
        let body = "Gov. Marta Lind\u{ad}qvist spoke in Bos\u{ad}ton on Mon\u{ad}day. “We wa\u{ad}it,” Lindqvist\u{200b} sa\u{ad}id.";
        let plain: String = body.chars().filter(|c| !super::UNSEEN.contains(c)).collect();
        let read = |body: &str| Extractor::built_in().extract(&Article { body: body.into(), ..Article::default() });
        let (found, expected) = (read(body), read(&plain));
        assert_eq!(found.persons[0].name, "Marta Lindqvist");
        assert_eq!(found.places[0].name, "Boston");
        let letters: Vec<char> = body.chars().collect();
        let words = |start: u32, end: u32| letters[start as usize..end as usize].iter().collect::<String>();
        let mention = found.persons[0].mentions[0];
        assert_eq!(words(mention.start, mention.end), "Marta Lind\u{ad}qvist");
        assert_eq!(found.persons[0].mentions.len(), expected.persons[0].mentions.len());
        let place = &found.places[0].mentions[0];
        assert_eq!(words(place.start, place.end), "Bos\u{ad}ton");
        let quote = &found.quotes[0];
        assert_eq!(quote.text, words(quote.spans[0].start, quote.spans[0].end));
        assert_eq!(quote.text, "We wa\u{ad}it,");
        let speaker = quote.speaker.as_ref().unwrap();
        assert_eq!((speaker.name.as_deref(), speaker.text.as_deref()), (Some("Marta Lindqvist"), Some("Lindqvist")));
        assert_eq!(quote.cue.as_ref().unwrap().text, "sa\u{ad}id");
    }
}
