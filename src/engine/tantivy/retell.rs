//! Makes the table of stories from the sketches of all living articles.
//!
//! Memory at a million articles with twelve quotes each: about 100 bytes an article and 40 a quote, half a gigabyte, for the
//! seconds it takes.

use super::draft::Draft;
use super::ids::Ids;
use super::schema::{Columns, NUMBER, QUOTES, SKETCH};
use super::stories::{Of, Stories};
use crate::article::quote_id;
use crate::error::{Context, Kind, Result};
use crate::story::{self, Articles, Quotes, Sketches, Telling, firsts, sketch};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use tantivy::columnar::{BytesColumn, Column};
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, SegmentReader};

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

pub(super) fn parted(mut all: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (length, rest) = all.split_first()?;
        let sketch = rest.get(..usize::from(*length))?;
        all = &rest[sketch.len()..];
        Some(sketch)
    })
}

/// An article by its sketches and those of its quotes.
#[derive(Clone, Debug)]
pub(super) struct Sketched<'a> {
    all: Cow<'a, [u8]>,
    when: i64,
    tie: u64,
    /// Its number, and that of its first quote.
    pub article: u32,
    quotes: u32,
}

impl Sketched<'_> {
    /// Calls `each` with the article and with each of its quotes.
    pub fn each<'s>(&'s self, mut each: impl FnMut(Of, Telling<'s>)) {
        for (i, sketch) in (0u32..).zip(parted(&self.all)) {
            let telling = |order, number| Telling { sketch, order, number, article: self.article };
            match i.checked_sub(1) {
                None => each(Of::Articles, telling((self.when, self.tie), self.article)),
                Some(i) => each(Of::Quotes, telling((self.when, self.tie.wrapping_add(u64::from(i))), self.quotes + i)),
            }
        }
    }
}

/// The columns of a segment that say by what stories are told.
pub(super) struct Drawn {
    pub sketches: BytesColumn,
    pub numbers: Column<u64>,
    quotes: Column<u64>,
    ties: Column<u64>,
    dates: Column<i64>,
}

impl Drawn {
    /// `None` where no article is in the segment.
    pub fn open(reader: &SegmentReader) -> tantivy::Result<Option<Drawn>> {
        let fast = reader.fast_fields();
        let Some(sketches) = fast.bytes(SKETCH)? else { return Ok(None) };
        let (numbers, quotes, ties, dates) = (fast.u64(NUMBER)?, fast.u64(QUOTES)?, fast.u64("_tie")?, fast.i64("date")?);
        Ok(Some(Drawn { sketches, numbers, quotes, ties, dates }))
    }

    /// An article with its sketches, which are `all`; `None` for a quote.
    pub fn sketched<'a>(&self, doc: DocId, all: impl Into<Cow<'a, [u8]>>) -> Option<Sketched<'a>> {
        let (article, quotes) = (self.numbers.first(doc)? as u32, self.quotes.first(doc)? as u32);
        let (when, tie) = (self.dates.first(doc).unwrap_or(i64::MAX), self.ties.first(doc).unwrap_or(0));
        Some(Sketched { all: all.into(), when, tie, article, quotes })
    }

    /// An article with its sketches.
    pub fn of(&self, doc: DocId) -> tantivy::Result<Option<Sketched<'static>>> {
        let Some(ord) = self.sketches.term_ords(doc).next() else { return Ok(None) };
        let mut all = Vec::new();
        self.sketches.ord_to_bytes(ord, &mut all)?;
        Ok(self.sketched(doc, all))
    }
}

/// Makes the table anew and writes it into `dir`. `numbers` is how many numbers articles and quotes have been given.
pub(super) fn retell(dir: &Path, searcher: &Searcher, columns: &Columns, numbers: (u64, u64), stamp: u64) -> Result<()> {
    let failed = || "cannot read the sketches in the index".to_owned();
    let (mut articles, mut quotes) = (Sketches::default(), Sketches::default());
    for reader in searcher.segment_readers() {
        gather(reader, &mut articles, &mut quotes).context(Kind::Engine, failed)?;
    }
    let (told, said) = std::thread::scope(|scope| {
        let said = scope.spawn(|| draft(&quotes, numbers.1));
        let told = draft(&articles, numbers.0);
        // A panic is the engine's, and met where those of the engine are.
        (told, said.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    write(dir, (searcher, columns), [told, said], (&Stories::default(), &quotes), stamp)
}

/// Writes the table of stories `told` of articles and quotes: with the versions, and the names of the firsts of all groups. Those
/// that are in the table `before` keep their names; the others are of the articles of `quotes`.
pub(super) fn write(
    dir: &Path,
    (searcher, columns): (&Searcher, &Columns),
    [told, said]: [Draft; 2],
    (before, quotes): (&Stories, &Sketches<Quotes>),
    stamp: u64,
) -> Result<()> {
    let failed = || "cannot read the sketches in the index".to_owned();
    let versions = super::revised::draft(searcher, columns, &told.firsts).context(Kind::Engine, failed)?;
    let mut drafts = [told, said, versions];
    for (draft, of) in drafts.iter_mut().zip([Of::Articles, Of::Quotes, Of::Versions]) {
        for group in &mut draft.groups {
            group.name = before.group(of, group.first).map(|group| group.name).unwrap_or_default();
        }
    }
    name(searcher, columns.id, &mut drafts, quotes).context(Kind::Engine, failed)?;
    Stories::write(dir, stamp, &drafts)
}

/// Names the groups that have no name yet by their firsts, whose articles `quotes` knows.
fn name(searcher: &Searcher, id: Field, drafts: &mut [Draft; 3], quotes: &Sketches<Quotes>) -> tantivy::Result<()> {
    // By the number of the article: the side, the group of it, and its first.
    let mut wanted: HashMap<u32, Vec<(usize, usize, u32)>> = HashMap::new();
    let mut said: HashMap<u32, usize> = HashMap::new();
    for (side, draft) in drafts.iter().enumerate() {
        for (n, group) in draft.groups.iter().enumerate().filter(|(_, group)| group.name.is_empty()) {
            if side == Of::Quotes as usize {
                said.insert(group.first, n);
            } else {
                wanted.entry(group.first).or_default().push((side, n, group.first));
            }
        }
    }
    for (number, article) in quotes.numbers.iter().zip(&quotes.articles) {
        if let Some(n) = said.get(number) {
            wanted.entry(*article).or_default().push((Of::Quotes as usize, *n, *number));
        }
    }
    for reader in searcher.segment_readers().iter().filter(|_| !wanted.is_empty()) {
        let Some(drawn) = Drawn::open(reader)? else { continue };
        let mut ids = None;
        for doc in reader.doc_ids_alive() {
            let Some(all) = drawn.numbers.first(doc).and_then(|number| wanted.get(&(number as u32))) else { continue };
            let ids = match &ids {
                Some(ids) => ids,
                None => ids.insert(Ids::read(reader, id)?),
            };
            let (Some(id), Some(from)) = (ids.of(doc), drawn.quotes.first(doc)) else { continue };
            for (side, n, number) in all {
                let is_quote = *side == Of::Quotes as usize;
                drafts[*side].groups[*n].name = if is_quote { quote_id(id, (*number - from as u32) as usize) } else { id.to_owned() };
            }
        }
    }
    Ok(())
}

/// All tellings of a kind under their firsts.
fn draft<K: story::Kind>(sketches: &Sketches<K>, n_numbers: u64) -> Draft {
    let mut draft = Draft::alone(n_numbers);
    draft.tell(sketches, &firsts(sketches));
    draft
}

fn gather(reader: &SegmentReader, articles: &mut Sketches<Articles>, quotes: &mut Sketches<Quotes>) -> tantivy::Result<()> {
    let Some(drawn) = Drawn::open(reader)? else { return Ok(()) };
    // Sketches are read in their own order, which is quicker than one by one.
    let mut docs: Vec<(u64, DocId)> = Vec::new();
    for doc in reader.doc_ids_alive() {
        docs.extend(drawn.sketches.term_ords(doc).map(|ord| (ord, doc)));
    }
    docs.sort_unstable();
    let mut stream = drawn.sketches.dictionary().stream()?;
    let mut docs = docs.into_iter().peekable();
    while stream.advance() {
        while let Some((_, doc)) = docs.next_if(|(ord, _)| *ord == stream.term_ord()) {
            let Some(sketched) = drawn.sketched(doc, stream.key()) else { continue };
            sketched.each(|of, telling| if of == Of::Articles { articles.push(telling) } else { quotes.push(telling) });
        }
    }
    Ok(())
}
