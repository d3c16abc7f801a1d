//! Makes the table of stories from the sketches of all living articles.
//!
//! Memory at a million articles with twelve quotes each: about 100 bytes an article and 40 a quote, half a gigabyte, for the
//! seconds it takes.

use super::schema::{Columns, NUMBER, QUOTES, SKETCH};
use super::stories::{Draft, Group, Of, Stories};
use crate::error::{Context, Kind, Result};
use crate::story::{Articles, Quotes, Sketches, firsts, sketch};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

/// The sketches of an article and of its quotes, as they are kept in one column: each behind its length.
pub(super) fn joined(clipping: &crate::article::Clipping) -> Vec<u8> {
    let article = &clipping.article;
    let mut all = Vec::new();
    let mut push = |sketch: &[u8]| {
        all.push(sketch.len() as u8);
        all.extend_from_slice(sketch);
    };
    push(&sketch::article(article.title.as_deref().unwrap_or_default(), &article.body));
    for quote in &clipping.annotations.quotes {
        push(&sketch::quote(&quote.text, quote.speaker.as_ref().and_then(|s| s.name.as_deref())));
    }
    all
}

fn parted(mut all: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = all.split_first()?;
        let sketch = rest.get(..usize::from(*length))?;
        all = &rest[sketch.len()..];
        Some(sketch)
    })
}

/// Makes the table anew and writes it into `dir`. `numbers` is how many numbers articles and quotes have been given.
pub(super) fn retell(dir: &Path, searcher: &Searcher, columns: &Columns, numbers: (u64, u64), stamp: u64) -> Result<()> {
    let failed = || "cannot read the sketches in the index".to_owned();
    let (mut articles, mut quotes) = (Sketches::default(), Sketches::default());
    for reader in searcher.segment_readers() {
        gather(reader, &mut articles, &mut quotes).context(Kind::Engine, failed)?;
    }
    let (told, said) = std::thread::scope(|scope| {
        let said = scope.spawn(|| draft(&quotes, &firsts(&Quotes(&quotes)), numbers.1));
        let told = draft(&articles, &firsts(&Articles(&articles)), numbers.0);
        // A panic is the engine's, and met where those of the engine are.
        (told, said.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let versions = super::revised::draft(searcher, columns, &told.firsts, numbers.0).context(Kind::Engine, failed)?;
    let mut drafts = [told, said, versions];
    let names = names(searcher, columns.id, &articles, &quotes, &drafts).context(Kind::Engine, failed)?;
    for (draft, of) in drafts.iter_mut().zip([Of::Articles, Of::Quotes, Of::Versions]) {
        for group in &mut draft.groups {
            group.name = names.get(&(of == Of::Quotes, group.first)).cloned().unwrap_or_default();
        }
    }
    Stories::write(dir, stamp, &drafts)
}

fn gather(reader: &SegmentReader, articles: &mut Sketches, quotes: &mut Sketches) -> tantivy::Result<()> {
    let fast = reader.fast_fields();
    let Some(sketches) = fast.bytes(SKETCH)? else { return Ok(()) };
    let (numbers, quotes_from, ties, dates) = (fast.u64(NUMBER)?, fast.u64(QUOTES)?, fast.u64("_tie")?, fast.i64("date")?);
    // Sketches are read in their own order, which is quicker than one by one.
    let mut docs: Vec<(u64, DocId)> = Vec::new();
    for doc in reader.doc_ids_alive() {
        docs.extend(sketches.term_ords(doc).map(|ord| (ord, doc)));
    }
    docs.sort_unstable();
    let mut stream = sketches.dictionary().stream()?;
    let mut docs = docs.into_iter().peekable();
    while stream.advance() {
        while let Some((_, doc)) = docs.next_if(|(ord, _)| *ord == stream.term_ord()) {
            let (Some(number), Some(from)) = (numbers.first(doc), quotes_from.first(doc)) else { continue };
            let (when, tie) = (dates.first(doc).unwrap_or(i64::MAX), ties.first(doc).unwrap_or(0));
            for (i, sketch) in parted(stream.key()).enumerate() {
                match i.checked_sub(1) {
                    None => articles.push(sketch, (when, tie), number as u32, number as u32),
                    Some(i) => quotes.push(sketch, (when, tie.wrapping_add(i as u64)), from as u32 + i as u32, number as u32),
                }
            }
        }
    }
    Ok(())
}

fn draft(sketches: &Sketches, firsts: &[u32], n_numbers: u64) -> Draft {
    let mut draft = Draft { firsts: (0..n_numbers as u32).collect(), groups: Vec::new() };
    let mut members: Vec<(u32, u32)> = Vec::new();
    for (n, first) in firsts.iter().enumerate() {
        if *first as usize != n {
            let head = *first as usize;
            draft.firsts[sketches.numbers[n] as usize] = sketches.numbers[head];
            members.push((sketches.numbers[head], sketches.articles[head]));
            members.push((sketches.numbers[head], sketches.articles[n]));
        }
    }
    members.sort_unstable();
    members.dedup();
    for same in members.chunk_by(|a, b| a.0 == b.0) {
        draft.groups.push(Group { first: same[0].0, articles: same.len() as u32, name: String::new() });
    }
    draft
}

/// The names of the firsts of all groups: ids of articles, and of quotes `ID#q3`. The key says whether it is a quote.
type Names = HashMap<(bool, u32), String>;

fn names(
    searcher: &Searcher,
    id: tantivy::schema::Field,
    articles: &Sketches,
    quotes: &Sketches,
    [told, said, versions]: &[Draft; 3],
) -> tantivy::Result<Names> {
    let articles_named = told.groups.iter().chain(&versions.groups);
    let mut wanted: HashMap<u32, Vec<(bool, u32)>> = articles_named.map(|g| (g.first, vec![(false, g.first)])).collect();
    let firsts: HashSet<u32> = said.groups.iter().map(|g| g.first).collect();
    for (number, article) in quotes.numbers.iter().zip(&quotes.articles).filter(|(number, _)| firsts.contains(number)) {
        wanted.entry(*article).or_default().push((true, *number));
    }
    let mut names = Names::new();
    if articles.numbers.is_empty() {
        return Ok(names);
    }
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(id)?;
        let (numbers, from) = (reader.fast_fields().u64(NUMBER)?, reader.fast_fields().u64(QUOTES)?);
        let mut terms = inverted.terms().stream()?;
        while terms.advance() {
            let mut postings = inverted.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                let number = numbers.first(doc).filter(|_| !reader.is_deleted(doc));
                for (quote, first) in number.and_then(|number| wanted.get(&(number as u32))).into_iter().flatten() {
                    let mut name = String::from_utf8_lossy(terms.key()).into_owned();
                    if *quote {
                        name.push_str(&format!("#q{}", u64::from(*first) - from.first(doc).unwrap_or(0) + 1));
                    }
                    names.insert((*quote, *first), name);
                }
                doc = postings.advance();
            }
        }
    }
    Ok(names)
}
