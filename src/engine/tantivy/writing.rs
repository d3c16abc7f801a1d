//! The writing side of the index: what a run holds while it writes, and how it ends.

use super::merging::{Bounded, Taken};
use super::news::Gone;
use super::payload::Payload;
use super::retell::Drawn;
use super::schema::{NUMBER, QUOTES};
use super::stories::Stories;
use super::values::ValuesWriter;
use super::{Packer, Tantivy, census, news, retell, search};
use crate::article::{Clipping, Quote};
use crate::error::{Context, Error, Kind, Result, caught};
use std::path::Path;
use std::sync::{Arc, PoisonError};
use tantivy::{DocAddress, Index, IndexWriter};

/// Up to so many articles, stories are told anew at each commit; beyond, when so many parts of all are new, and at the end.
pub(super) const RETOLD_AT_ONCE: u64 = 20_000;
pub(super) const RETOLD_PARTS: u64 = 2;

/// What a run holds while it writes.
pub(super) struct Writing {
    /// `None` only while the engine is being closed.
    pub writer: Option<IndexWriter>,
    pub values: ValuesWriter,
    pub packer: Packer,
    /// How many numbers articles and quotes have been given.
    pub numbers: (u64, u64),
    /// How many had been given to articles when their stories were last told.
    pub told: u64,
    /// How many had been given to articles before this run.
    pub began: u64,
    /// How many articles and quotes this run has put.
    pub written: u64,
    /// What was taken out since stories were last told; `None` where that is not known, or too much: then all are told anew.
    pub gone: Option<Gone>,
    /// What is merged.
    pub taken: Taken,
}

impl Writing {
    pub fn open(dir: &Path, writer: IndexWriter, payload: &Payload) -> Result<Writing> {
        let values = ValuesWriter::open(dir, payload.values, payload.values_sum)?;
        let packer = Packer::open(dir, payload.dictionary)?;
        let numbers = (payload.articles, payload.quotes);
        let taken = Taken::default();
        writer.set_merge_policy(Box::new(Bounded::new(&taken)));
        let mut writing =
            Writing { writer: Some(writer), values, packer, numbers, told: 0, began: numbers.0, written: 0, gone: None, taken };
        writing.tell();
        Ok(writing)
    }

    /// Stories are told. Who fills an archive tells all.
    fn tell(&mut self) {
        (self.told, self.gone) = (self.numbers.0, (self.began > 0).then(Gone::new));
    }

    /// Whether stories may be others than those told last.
    fn is_untold(&self) -> bool {
        self.numbers.0 > self.told || self.gone.as_ref().is_none_or(|gone| !gone.is_empty())
    }

    pub fn writer(&mut self) -> Result<&mut IndexWriter> {
        self.writer.as_mut().ok_or_else(|| Error::new(Kind::Engine, "the index is closed"))
    }
}

impl Tantivy {
    /// A table of stories older than the last commit, left by a killed run, is made anew by the next writer.
    pub(super) fn catch_up(&self, index: &Index) -> Result<()> {
        if let Some(writing) = &self.writing {
            let stamp = index.load_metas().context(Kind::Engine, || "cannot read the index's list of files".to_owned())?.opstamp;
            let mut writing = writing.lock().unwrap_or_else(PoisonError::into_inner);
            if writing.numbers.0 > 0 && stamp != self.stories().stamp {
                writing.gone = None;
                self.retell(&mut writing, stamp)?;
            }
        }
        Ok(())
    }

    /// Tells the stories of all committed articles as they are now: those of what is new, or of all, or only that they are as they were.
    pub(super) fn retell(&self, writing: &mut Writing, stamp: u64) -> Result<()> {
        if writing.is_untold() || !Stories::confirm(&self.dir, stamp)? {
            let is_told = match &writing.gone {
                // What is damaged is not built upon.
                Some(gone) if Stories::check(&self.dir).is_ok() => news::tell(self, writing, gone, stamp)?,
                _ => false,
            };
            if !is_told {
                retell::retell(&self.dir, &self.searcher(), &self.columns, writing.numbers, stamp)?;
            }
            writing.tell();
        }
        *self.stories.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Stories::open(&self.dir)?);
        Ok(())
    }

    /// The article at the last commit that what is put with this id takes the place of; not looked for by who fills an archive.
    pub(super) fn before(&self, writing: &Writing, id: &str) -> Result<Option<DocAddress>> {
        if writing.began == 0 { Ok(None) } else { search::find(self, &self.searcher(), id) }
    }

    /// Notes that an article is taken out.
    pub(super) fn takes_out(&self, writing: &mut Writing, article: DocAddress) -> Result<()> {
        let Some(gone) = &mut writing.gone else { return Ok(()) };
        let failed = || "cannot read the article that is taken out".to_owned();
        if let Some(drawn) = Drawn::open(self.searcher().segment_reader(article.segment_ord)).context(Kind::Engine, failed)? {
            gone.extend(drawn.of(article.doc_id).context(Kind::Engine, failed)?.map(|sketched| (sketched.article, sketched)));
        }
        if !news::are_few(gone.len(), writing.told as usize) {
            writing.gone = None;
        }
        Ok(())
    }

    /// The numbers that `clipping` and its first quote keep: those of the article it takes the place of, where nothing that stories are
    /// told by is another. Whoever writes a note on an article, or tags it, changes none.
    pub(super) fn kept_numbers(&self, clipping: &Clipping, before: DocAddress) -> Result<Option<(u64, u64)>> {
        let searcher = self.searcher();
        let failed = || "cannot read the article that is replaced".to_owned();
        let Some(told) = self.shelf.clipping(&searcher, before, self.columns.clipping).context(Kind::Engine, failed)? else {
            return Ok(None);
        };
        let said_before = told.annotations.quotes.iter().map(said);
        if told.article != clipping.article || !said_before.eq(clipping.annotations.quotes.iter().map(said)) {
            return Ok(None);
        }
        let reader = searcher.segment_reader(before.segment_ord);
        let number = |name| Ok::<_, Error>(self.drawers.naturals(reader, name).context(Kind::Engine, failed)?.first(before.doc_id));
        Ok(number(NUMBER)?.zip(number(QUOTES)?))
    }

    /// Lets merges that are under way finish, so that a bulk load leaves few segments behind, and takes the census where more articles
    /// have been put than `census_from`. What fails here is made up for by the next writer.
    pub(super) fn close(&self, mut writing: Writing, census_from: u64) {
        // Only the stamp is held: files of segments named by a list of segments that is held are not cleared away when a merge
        // ends meanwhile.
        let stamp = self.reader.searcher().index().load_metas().map(|metas| metas.opstamp);
        if let Ok(stamp) = stamp
            && stamp != self.stories().stamp
            && writing.numbers.0 > 0
        {
            // Whoever drops an index because it is damaged must not be hit by that once more.
            let _ = caught(|| self.retell(&mut writing, stamp));
        }
        if let Some(mut writer) = writing.writer {
            let written = writing.written;
            writer.set_merge_policy(Box::new(Bounded::last(&writing.taken, written)));
            let small = writer.index().searchable_segment_metas().ok().and_then(|segments| writing.taken.settled(&segments, written));
            drop(small.map(|small| writer.merge(&small)));
            let _ = writer.wait_merging_threads();
        }
        if writing.numbers.0 > census_from {
            let _ = caught(|| {
                self.reader.reload().context(Kind::Engine, || "cannot read the index".to_owned())?;
                census::take(self, &self.searcher())
            });
        }
    }
}

/// What of a quote stories are told by, and who said it.
fn said(quote: &Quote) -> (&str, Option<&str>) {
    (&quote.text, quote.speaker.as_ref().and_then(|s| s.name.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::super::stories::tests::bare;
    use super::*;
    use crate::article::{Annotations, Article, Speaker};
    use crate::engine::Access;

    fn put(dir: &Path, clippings: &[Clipping]) {
        let engine = super::super::open(dir, Access::Write).unwrap().engine;
        engine.put(clippings).unwrap();
        engine.commit("").unwrap();
    }

    fn get(dir: &Path, id: &str) -> Clipping {
        super::super::open(dir, Access::Read).unwrap().engine.get(id).unwrap().unwrap()
    }

    #[test]
    fn a_note_makes_no_other_story_and_another_text_or_speaker_does() {
        let dir = tempfile::tempdir().unwrap();
        let words = |from: usize| (from..from + 200).map(|n| format!("word{n} ")).collect::<String>();
        let article = |id: &str, from: usize| Article { id: id.to_owned(), body: words(from), ..Article::default() };
        let quote = Quote { text: words(0), ..Quote::default() };
        let filed = |id: &str, from: usize| Clipping {
            article: article(id, from),
            annotations: Annotations { quotes: vec![quote.clone()], ..Annotations::default() },
            ..Clipping::default()
        };
        put(dir.path(), &[filed("a", 0), filed("b", 0), filed("c", 900)]);
        let told = bare(dir.path());
        let told_with = |id: &str| get(dir.path(), id).story.map_or(1, |story| story.articles);
        assert_eq!(["a", "b", "c"].map(told_with), [2, 2, 1]);
        let note = crate::article::Notes { note: Some("Look again".into()), ..Default::default() };
        let mut noted = get(dir.path(), "a");
        noted.notes = Some(note.clone());
        put(dir.path(), &[noted.clone()]);
        assert_eq!(bare(dir.path()), told);
        assert_eq!((get(dir.path(), "a").notes, ["a", "b", "c"].map(told_with)), (Some(note), [2, 2, 1]));
        let mut said = noted.clone();
        said.annotations.quotes[0].speaker = Some(Speaker { name: Some("Ana Ito".into()), ..Speaker::default() });
        put(dir.path(), &[said]);
        let told_by_another = bare(dir.path());
        assert_ne!(told_by_another, told);
        let mut other = noted;
        other.article = article("a", 1_800);
        put(dir.path(), &[other]);
        assert_ne!(bare(dir.path()), told_by_another);
        assert_eq!(["a", "b", "c"].map(told_with), [1, 1, 1]);
    }
}
