//! On what does an attribution stand? The cue, the words that name the speaker, and the way from these to the name it is
//! filed under.

use crate::article::{Clipping, Offsets, Person, Quote, Span, Speaker, SpeakerClass};
use crate::authority::{Authority, NameKind, Ruling};
use crate::extract::page::Page;
use crate::words::one_line;
use serde::Serialize;

/// The evidence of one quote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Paragraph in which the quote begins, from 1.
    pub paragraph: usize,
    /// Where the cue stands: `before the words`, `after the words`, `between the words`.
    pub cue: String,
    /// The sentence with the cue, or with the words of the speaker, or in which the quote begins.
    pub sentence: String,
    /// From the words of the speaker to the name it is filed under, each step with its place.
    pub chain: Vec<String>,
}

impl Evidence {
    /// The evidence of quote `number` (from 0) of `clipping`, filed by `authority`.
    pub fn of(clipping: &Clipping, number: usize, authority: &Authority) -> Evidence {
        let body = &clipping.article.body;
        let Some(quote) = clipping.annotations.quotes.get(number) else { return Evidence::default() };
        let scene = Scene { clipping, offsets: Offsets::of(body), authority };
        let first = quote.spans.first().copied().unwrap_or_default();
        let anchor = quote.cue.as_ref().map(|c| c.start).or(quote.speaker.as_ref().and_then(|s| s.start)).unwrap_or(first.start);
        Evidence {
            paragraph: scene.paragraph(first.start),
            cue: side(quote).to_owned(),
            sentence: scene.sentence(anchor),
            chain: quote.speaker.as_ref().map_or_else(|| vec!["nobody is named".to_owned()], |s| scene.chain(quote, s)),
        }
    }
}

fn side(quote: &Quote) -> &'static str {
    let (Some(cue), Some(first), Some(last)) = (&quote.cue, quote.spans.first(), quote.spans.last()) else { return "" };
    match (cue.start < first.start, cue.start >= last.end) {
        (true, _) => "before the words",
        (_, true) => "after the words",
        _ => "between the words",
    }
}

struct Scene<'a> {
    clipping: &'a Clipping,
    offsets: Offsets,
    authority: &'a Authority,
}

impl Scene<'_> {
    fn paragraph(&self, at: u32) -> usize {
        let before = self.clipping.article.body.get(..self.offsets.byte(at));
        before.map_or(1, |before| before.matches("\n\n").count() + 1)
    }

    fn sentence(&self, at: u32) -> String {
        let body = &self.clipping.article.body;
        let byte = self.offsets.byte(at);
        let page = Page::of(body);
        let token = page.tokens.partition_point(|t| t.end as usize <= byte).min(page.tokens.len().saturating_sub(1));
        let text = page.sentences.get(page.sentence_of(token)).map_or("", |s| page.slice(s.clone()));
        one_line(text)
    }

    fn words(&self, span: Span) -> String {
        let words = self.offsets.slice(&self.clipping.article.body, span);
        format!("“{}” ¶{}", one_line(words), self.paragraph(span.start))
    }

    /// The steps, each said as a person would.
    fn chain(&self, quote: &Quote, speaker: &Speaker) -> Vec<String> {
        let mut chain = Vec::new();
        let own = speaker.start.zip(speaker.end).map(|(start, end)| Span { start, end });
        match (own, &speaker.text) {
            (Some(span), _) => chain.push(self.words(span)),
            (None, Some(text)) => chain.push(format!("“{text}”, which stands nowhere in the text")),
            (None, None) => chain.push("no words name the speaker".to_owned()),
        }
        let Some(name) = &speaker.name else {
            chain.push(match speaker.class {
                SpeakerClass::Anonymous => "somebody without a name".to_owned(),
                _ => "nobody in the article could be told to be meant".to_owned(),
            });
            return chain;
        };
        let mentions = self.mentions(name);
        if own.is_none_or(|own| !mentions.iter().any(|m| m.start < own.end && own.start < m.end)) {
            // A pronoun or a description: the nearest mention before it, else the first after it.
            let at = own.map_or(quote.spans.first().map_or(0, |s| s.start), |s| s.start);
            let nearest = mentions.iter().rev().find(|m| m.end <= at).or_else(|| mentions.first());
            chain.extend(nearest.map(|m| self.words(*m)));
        }
        let fullest = mentions.iter().max_by_key(|m| (m.end - m.start, std::cmp::Reverse(m.start)));
        if let Some(fullest) = fullest.map(|m| self.words(*m)).filter(|words| chain.last() != Some(words)) {
            chain.push(fullest);
        }
        chain.extend(self.lent(name, &mentions));
        // Numbers shift where one is marked as none: it is the one that stands there.
        let then = self.clipping.as_found.as_ref().and_then(|found| found.quotes.iter().find(|then| then.spans == quote.spans));
        let before = then.and_then(|then| then.speaker.as_ref()?.name.clone());
        let before = before.unwrap_or_else(|| name.clone());
        let filed = if before == *name { None } else { self.filed(&before, speaker.class) };
        let is = if chain.last().is_some_and(|last| last.starts_with(&format!("“{before}”"))) { None } else { Some(before.clone()) };
        chain.extend(is);
        chain.extend(filed);
        chain.extend(speaker.with.iter().map(|name| format!("together with {name}")));
        chain
    }

    /// From whom a relative has the family name that stands at no mention: `Bo Dahl and his wife, Ana`.
    fn lent(&self, name: &str, mentions: &[Span]) -> Option<String> {
        let (_, family) = name.rsplit_once(' ')?;
        let first = mentions.first()?;
        let has = |m: &Span| self.offsets.slice(&self.clipping.article.body, *m).contains(family);
        if mentions.iter().any(has) {
            return None;
        }
        let others = self.clipping.annotations.persons.iter().filter(|p| p.name != name && p.name.ends_with(family));
        let near = others.flat_map(|p| p.mentions.iter()).filter(|m| has(m)).min_by_key(|m| first.start.abs_diff(m.start))?;
        Some(format!("with the family name of {}", self.words(*near)))
    }

    /// What the authority file makes of the name as it was found.
    fn filed(&self, found: &str, class: SpeakerClass) -> Option<String> {
        let kind = if class == SpeakerClass::Organization { NameKind::Organization } else { NameKind::Person };
        let raw = Clipping {
            article: self.clipping.article.clone(),
            annotations: self.clipping.as_found.as_deref().cloned().unwrap_or_default(),
            ..Clipping::default()
        };
        match self.authority.ruling(kind, found, &raw) {
            Ruling::As(name, line) => Some(format!("{name} (names.toml line {line})")),
            Ruling::Keep | Ruling::Hide(_) => None,
        }
    }

    /// Where the one of this name is named, in order.
    fn mentions(&self, name: &str) -> Vec<Span> {
        let found = &self.clipping.annotations;
        let persons = found.persons.iter().filter(|p: &&Person| p.name == name).flat_map(|p| p.mentions.iter().copied());
        let bodies = found.organizations.iter().filter(|o| o.name == name).flat_map(|o| o.mentions.iter().copied());
        let mut all: Vec<Span> = persons.chain(bodies).collect();
        all.sort_by_key(|m| (m.start, m.end));
        all
    }
}
