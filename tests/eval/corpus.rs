//! The sample corpus, read through the library as a user's files would be.

use super::gold::Gold;
use morgue::article::Article;
use morgue::error::Result;
use morgue::ingest::{Options, Problem, Receiver, read, walk};
use std::path::Path;

/// Everything in `sample_corpus/`.
#[derive(Default)]
pub struct Corpus {
    pub articles: Vec<Article>,
    pub problems: Vec<Problem>,
}

impl Receiver for Corpus {
    fn article(&mut self, article: Article) -> Result<()> {
        self.articles.push(article);
        Ok(())
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

impl Corpus {
    pub fn read() -> Corpus {
        let mut corpus = Corpus::default();
        for found in walk(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_corpus")]) {
            let found = found.expect("the sample corpus can be walked");
            read(&found.path, &found.shown, &Options::default(), &mut corpus).expect("nothing stops a run");
        }
        corpus
    }

    /// The article `gold` is about.
    pub fn article(&self, gold: &Gold) -> Option<&Article> {
        self.articles.iter().find(|article| gold.is_about(article))
    }

    /// What is true of an article beside the article, where it was found.
    pub fn pairs<'a>(&'a self, golds: &'a [Gold]) -> impl Iterator<Item = (&'a Gold, &'a Article)> {
        golds.iter().filter_map(|gold| Some((gold, self.article(gold)?)))
    }
}
