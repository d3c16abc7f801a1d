//! Who said what: quotes in an article, each with the words, the speaker and the cue that ties them.
//!
//! [`marks`] pairs quotation marks; [`outline`] sees the article with its quotes folded up; [`event`] finds where something
//! is reported and [`phrase`] by whom; [`direct`] and [`indirect`] tie words to events; [`coreference`] and [`speaker`]
//! tell who is meant; [`assemble`] walks through it all and hands on who spoke last.

mod assemble;
mod closed;
mod coreference;
mod cue;
mod direct;
mod event;
mod indirect;
mod marks;
mod outline;
mod phrase;
mod speaker;
mod statement;
mod transcript;

use super::names::{EntityKind, Names};
use super::page::Page;
use crate::article::{Article, Quote};
use assemble::Assembler;
use marks::Marked;
use outline::Outline;

/// Finds all quotes of an article, in reading order.
pub fn find(page: &Page<'_>, article: &Article, names: &Names) -> Vec<Quote> {
    let _ = article;
    let paragraphs = page.paragraphs.iter().map(|p| page.tokens[p.start].start as usize..page.tokens[p.end - 1].end as usize);
    let mut marked = marks::pair(page.body, paragraphs);
    drop_nicknames(&mut marked, names);
    let outline = Outline::of(page, names, &marked);
    let mut assembler = Assembler::new(&outline);
    assembler.run();
    let mut quotes: Vec<Quote> = assembler.statements.into_iter().map(|s| s.into_quote(page, names)).collect();
    quotes.sort_by_key(|q| q.spans.first().map_or(0, |s| s.start));
    quotes
}

/// `Ana “Ace” Ito`: what stands inside a name is part of it.
fn drop_nicknames(marked: &mut Vec<Marked>, names: &Names) {
    let mut inside: Vec<_> =
        names.entities.iter().filter(|e| e.kind == EntityKind::Person).flat_map(|e| &e.mentions).map(|m| m.bytes.clone()).collect();
    inside.sort_by_key(|b| b.start);
    marked.retain(|m| {
        let n = inside.partition_point(|b| b.end <= m.outer.start);
        inside.get(n).is_none_or(|b| !(b.start < m.outer.start && m.outer.end < b.end))
    });
}
