//! What came of one record, and how it is handed on: the same for every format whose files hold many.

use crate::article::Article;
use crate::error::Result;
use crate::ingest::{Problem, Sink};

/// What became of a record.
pub enum Reading {
    /// An article, and what is in doubt about it.
    Article(Box<Article>, Vec<String>),
    /// It is no article, or one not meant to be read, and why.
    Skipped(String),
    /// It should be one but cannot be read, and why.
    Failed(String),
}

impl Reading {
    /// Hands an article to `sink` as the one at `place`, or says why there is none.
    ///
    /// # Errors
    ///
    /// When the sink wants no more.
    pub fn hand_over(self, place: String, sink: &mut dyn Sink) -> Result<()> {
        match self {
            Reading::Article(mut article, doubts) => {
                doubts.into_iter().for_each(|doubt| sink.problem(Problem::doubt(&place, doubt)));
                article.path = place;
                return sink.article(*article);
            }
            Reading::Skipped(why) => sink.problem(Problem::skipped(place, why)),
            Reading::Failed(why) => sink.problem(Problem::failed(place, why)),
        }
        Ok(())
    }
}

/// What is said of an article whose text is missing or only a summary.
pub fn doubt_about_body(has_summary: bool) -> String {
    if has_summary { "there is no text, only a summary" } else { "there is a headline only" }.to_owned()
}

/// Whether the status an agency gives says that its item must not be used.
pub fn is_withdrawn(status: &str) -> bool {
    let status = status.rsplit([':', '/']).next().unwrap_or(status);
    ["canceled", "cancelled", "withheld", "killed"].iter().any(|s| status.eq_ignore_ascii_case(s))
}

/// What is said of an item with such a status.
pub fn withdrawn(status: &str) -> Reading {
    Reading::Skipped(format!("withdrawn by its agency: its status is `{status}`"))
}
