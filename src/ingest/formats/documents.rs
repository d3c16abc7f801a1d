//! What the text of a word processor's file is: an export of a press database with many articles, or one article. The same for Word, rich text,
//! OpenDocument and PDF, which differ only in how the paragraphs are found.

use super::{factiva, nexis, plain, proquest};
use crate::article::Article;
use crate::error::Result;
use crate::ingest::{Problem, Sink};

/// Hands the articles that `paragraphs` hold to `sink`.
///
/// # Errors
///
/// When the sink wants no more.
pub fn hand_over(path: String, paragraphs: &[String], sink: &mut dyn Sink) -> Result<()> {
    match exported(paragraphs) {
        Some(articles) => {
            number(&path, articles, sink)?;
            tell_of_rest(&path, paragraphs.iter().map(String::as_str), sink);
            Ok(())
        }
        None => sink.article(plain::article(path, &paragraphs.join("\n\n"))),
    }
}

/// The articles of an export of a press database; `None` when it is none.
pub fn exported(paragraphs: &[String]) -> Option<Vec<Article>> {
    let lines = || paragraphs.iter().map(|p| p.trim());
    if lines().any(|p| p == nexis::END) {
        return Some(nexis::headed_articles(paragraphs));
    }
    if nexis::is_counted(lines()) {
        return Some(nexis::counted_articles(&lines().filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n\n")));
    }
    if proquest::is_export(lines()) {
        return Some(proquest::articles(lines()));
    }
    factiva::is_export(lines()).then(|| factiva::articles(paragraphs))
}

/// Hands on articles that lie in one file, numbered.
///
/// # Errors
///
/// When the sink wants no more.
pub fn number(path: &str, articles: Vec<Article>, sink: &mut dyn Sink) -> Result<()> {
    for (number, mut article) in articles.into_iter().enumerate() {
        article.path = format!("{path}#{}", number + 1);
        sink.article(article)?;
    }
    Ok(())
}

/// Says where an export that counts its documents ends before the last of them.
pub fn tell_of_rest<'a>(path: &str, lines: impl Iterator<Item = &'a str>, sink: &mut dyn Sink) {
    if let Some((number, of)) = lines.filter_map(nexis::counter).last().filter(|(number, of)| number < of) {
        let message = format!("its last document is number {number} of {of}: the rest lies in another file, or this one was cut off");
        sink.problem(Problem::doubt(path, message));
    }
}
