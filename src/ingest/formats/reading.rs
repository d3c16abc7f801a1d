//! What came of one record, and how it is handed on: the same for every format whose files hold many.

use crate::article::{Article, Dateline};
use crate::error::Result;
use crate::ingest::{Problem, Sink, date, text};

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
    /// An article whose body is text somebody laid out for readers: its title repeated, a byline at its beginning and what sites leave at
    /// its end are taken off. `located` is the place an item is filed from; it counts when there is no dateline, beside the text
    /// or in it, since agencies fill it with the seat of their desk.
    pub fn settled(mut article: Article, located: Option<String>, doubts: Vec<String>) -> Reading {
        article.body = text::strip_leftovers(article.title.as_deref(), &article.body);
        if let Some((line, rest)) = byline_of(&article.body) {
            if article.byline.is_empty() {
                article.byline.push(line.to_owned());
            }
            article.body = rest.to_owned();
        }
        if let Some(located) = located.filter(|_| article.dateline.is_none())
            && date::opening(&article.body).is_none_or(|o| o.dateline.is_none())
        {
            article.dateline = dateline(&located);
        }
        Reading::Article(Box::new(article), doubts)
    }

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

/// The first paragraph, when it is nothing but `By Jane Roe`, and what follows it.
fn byline_of(body: &str) -> Option<(&str, &str)> {
    let (line, rest) = body.split_once("\n\n")?;
    let names = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "))?;
    let words: Vec<&str> = names.split_whitespace().collect();
    let small = ["and", "of", "in", "for", "the", "de", "van", "von", "der", "al", "bin"];
    let name = |w: &&str| w.starts_with(|c: char| c.is_uppercase() || c == '(') || small.contains(w);
    let fits = (2..=12).contains(&words.len()) && words.iter().all(name) && !line.ends_with(['.', ':', '?', '!']);
    (fits && !rest.trim().is_empty()).then_some((line, rest))
}

/// The dateline an item gives beside its text: `STOCKHOLM, Aug 29 (AFP) -`. What is only a date or a clock is none.
pub fn dateline(line: &str) -> Option<Dateline> {
    let line = text::one_line(line);
    let line = line.trim_end_matches([' ', '-', '–', '—', ',']);
    if !line.starts_with(char::is_alphabetic) || date::is_day_and_month(line) {
        return None;
    }
    let place = line.split([',', '(']).next().map(|p| date::ordinary_capitals(p.trim())).filter(|p| !p.is_empty());
    Some(Dateline { text: line.to_owned(), place })
}

#[cfg(test)]
mod tests {
    use super::dateline;

    #[test]
    fn a_date_or_a_clock_is_no_place() {
        assert_eq!(dateline("STOCKHOLM, Aug 29 (AFP) -").unwrap().place.as_deref(), Some("Stockholm"));
        for none in ["January 21", "21 January 2019", "10:45", ""] {
            assert_eq!(dateline(none), None, "{none}");
        }
    }
}
