//! Who said what: quotes in an article, each with the words, the speaker and the cue that ties them.
//!
//! [`marks`] pairs quotation marks; [`outline`] sees the article with its quotes folded up, [`listed`] notes its words; [`event`] finds
//! where something is reported and [`whose`] by whom, in the words that [`phrase`], [`clause`] and [`inverted`] cut out; [`direct`],
//! [`wordless`] and [`indirect`] tie words to events; [`salience`], [`coreference`], [`holders`] and [`speaker`] tell who is meant;
//! [`assemble`] walks through it all and hands on who spoke last, [`alone`] where a quote's own sentence does not say.
//!
//! That is for English. [`foreign`] reads other languages with a small table of verbs for some of them ([`language`]): a
//! speaker is whose name stands right beside the verb; nobody is guessed.

mod alone;
mod asides;
mod assemble;
mod bodies;
#[cfg(test)]
mod cases;
mod clause;
mod closed;
mod coreference;
mod cue;
mod direct;
mod event;
mod foreign;
mod holders;
#[cfg(test)]
mod impersonal;
mod indirect;
mod inverted;
mod language;
mod listed;
mod marks;
mod outline;
mod pairs;
mod paragraphs;
mod parted;
mod phrase;
mod salience;
#[cfg(test)]
mod sentences;
mod signed;
mod speaker;
mod statement;
mod states;
#[cfg(test)]
mod subjects;
#[cfg(test)]
mod tests;
mod titles;
mod transcript;
mod tweets;
#[cfg(test)]
mod usage;
mod whom;
mod whose;
mod wordless;
mod works;

use super::names::{EntityKind, Names};
use super::page::{Page, Shape};
use crate::article::{Article, Quote};
use assemble::Assembler;
use marks::Marked;
use outline::Outline;

/// Finds all quotes of an article, in reading order.
pub fn find(page: &Page<'_>, article: &Article, names: &Names) -> Vec<Quote> {
    let paragraphs = page.paragraphs.iter().map(|p| page.tokens[p.start].start as usize..page.tokens[p.end - 1].end as usize);
    let mut marked = marks::pair(page.body, paragraphs, |at| page.is_beside(at));
    drop_nicknames(page, &mut marked, names);
    let author = match article.byline.as_slice() {
        [one] => Some(one.as_str()),
        [] => signed::author(page, names),
        _ => None,
    };
    let small = page.body.to_ascii_lowercase();
    let outline = Outline::of(page, &small, names, &marked, author);
    let statements = match article.language.as_deref().filter(|l| !l.starts_with("en")) {
        Some(tag) => foreign::statements(&outline, tag),
        None => {
            let mut assembler = Assembler::new(&outline);
            assembler.run();
            assembler.statements
        }
    };
    let mut quotes: Vec<Quote> = statements.into_iter().map(|s| s.into_quote(&outline)).collect();
    quotes.sort_by_key(|q| q.spans.first().map_or(0, |s| s.start));
    quotes
}

/// `Ana “Ace” Ito`: what stands inside a name is part of it, and so is a short word between two in capitals.
fn drop_nicknames(page: &Page<'_>, marked: &mut Vec<Marked>, names: &Names) {
    let persons = names.entities.iter().filter(|e| e.kind == EntityKind::Person);
    let mut inside: Vec<_> = persons.flat_map(|e| &e.mentions).map(|m| m.bytes.clone()).collect();
    inside.sort_by_key(|b| b.start);
    marked.retain(|m| {
        let n = inside.partition_point(|b| b.end <= m.outer.start);
        let in_name = inside.get(n).is_some_and(|b| b.start < m.outer.start && m.outer.end < b.end);
        !(in_name || m.closed && m.inner.len() <= 16 && between_capitals(page, m))
    });
}

fn between_capitals(page: &Page<'_>, m: &Marked) -> bool {
    let first = page.tokens.partition_point(|t| (t.start as usize) < m.outer.start);
    let end = page.tokens.partition_point(|t| (t.start as usize) < m.outer.end);
    let capital = |i: usize| page.tokens.get(i).is_some_and(|t| t.shape == Shape::Capital);
    let nickname = (first + 1..end.saturating_sub(1)).all(capital) && end - first <= 5;
    let apart = first.checked_sub(1).is_some_and(|b| capital(b) && (page.tokens[b].end as usize) < m.outer.start);
    nickname
        && apart
        && capital(end)
        && page.tokens[end].start as usize > m.outer.end
        && page.sentence_of(first - 1) == page.sentence_of(end)
}
