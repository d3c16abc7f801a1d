//! A story: every article that tells it, the first one first, and what each tells otherwise.

use super::frame::{Page, count, day, number};
use super::reader::page_address;
use super::view::View;
use crate::article::{Article, Clipping};
use crate::query::{Search, Sort, Target};
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use crate::words::fold;
use axum::http::StatusCode;
use maud::{Markup, html};
use std::collections::HashSet;

/// Tellings on the page.
const SHOWN: usize = 100;

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let id = ask.need("id")?;
    // Not `cluster:=`, which the first telling alone goes by.
    let asked = format!("cluster:\"{}\"", id.replace('"', " "));
    let query = archive.question(&asked, Target::Articles)?.query;
    let search = Search { sort: Sort::DateUp, limit: Some(SHOWN), mark: false, ..Search::articles(query) };
    let found = archive.search(&search)?;
    let members: Vec<Clipping> = found.hits.into_iter().filter_map(|h| h.clipping).collect();
    let Some(first) = members.first() else {
        return Err(Refusal::new(StatusCode::NOT_FOUND, format!("there is no story `{id}`")));
    };
    let view = View::all();
    let title = first.article.title.as_deref().unwrap_or("(no title)");
    let told = sentences(&first.article);
    let body = html! {
        main #main .story {
            h1 dir="auto" { (title) }
            p.lead { @if found.total == 1 { "Only this article tells it. " } @else { (count(found.total, "article")) " tell this story. " }
                @if found.total > 1 { a href=(View::search(&asked, Target::Articles).url()) { "Search in them" } }
                @else { a href={ "/similar?id=" (encoded(&first.article.id)) } { "What is like it" } } }
            h2.sr { "Its tellings" }
            ol.tellings {
                @for (i, member) in members.iter().enumerate() {
                    li {
                        article.hit {
                            h3 dir="auto" { a href=(page_address(&member.article.id, "", Target::Articles)) { (member.article.title.as_deref().unwrap_or("(no title)")) } }
                            p.line {
                                @if i == 0 { b { "first" } }
                                time datetime=[member.article.published.as_deref()] { (day(member.article.published.as_deref())) }
                                @if let Some(source) = &member.article.source { span { bdi { (source) } } }
                                @if !member.article.byline.is_empty() { span { "By " bdi { (member.article.byline.join(", ")) } } }
                                span { (number(u64::from(member.article.words))) " words" }
                            }
                            @if i > 0 { (difference(&told, &member.article)) }
                        }
                    }
                }
            }
            @if found.total as usize > members.len() { p { (number(found.total - members.len() as u64)) " more are not shown here." } }
        }
    };
    Ok(Page { title, path: "/story", view: &view, skips: &[("#main", "the story")] }.around(shared, body))
}

/// The sentences of a body, as they stand.
fn sentences(article: &Article) -> Vec<String> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
    let all = article.body.split_inclusive(ends).map(str::trim).filter(|s| s.chars().filter(|c| c.is_alphanumeric()).count() > 3);
    all.map(str::to_owned).collect()
}

/// Letters and figures alone: typography does not make another sentence.
fn bare(sentence: &str) -> String {
    fold(sentence).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What `article` says that the first telling does not, and how much of that it leaves out.
fn difference(first: &[String], article: &Article) -> Markup {
    let own = sentences(article);
    let known: HashSet<String> = first.iter().map(|s| bare(s)).collect();
    let here: HashSet<String> = own.iter().map(|s| bare(s)).collect();
    let new: Vec<&String> = own.iter().filter(|s| !known.contains(&bare(s))).collect();
    let left_out: Vec<&String> = first.iter().filter(|s| !here.contains(&bare(s))).collect();
    html! {
        @if new.is_empty() && left_out.is_empty() { p.faint { "Says the same, sentence by sentence." } }
        @else {
            details {
                summary {
                    @if new.is_empty() { (count(left_out.len() as u64, "sentence")) " left out, nothing otherwise" }
                    @else { (count(new.len() as u64, "sentence")) " otherwise, " (number(left_out.len() as u64)) " left out" }
                }
                @if !new.is_empty() { h4 { "Only here" } ul.said { @for s in &new { li dir="auto" { ins { (s) } } } } }
                @if !left_out.is_empty() { h4 { "Only in the first" } ul.said { @for s in &left_out { li dir="auto" { del { (s) } } } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_makes_no_difference_and_words_do() {
        let article = |body: &str| Article { body: body.into(), ..Article::default() };
        let first = sentences(&article("“The gate holds,” she said. It rained.\n\nNobody was hurt."));
        let same = difference(&first, &article("\"The gate holds,\" she said. It rained. Nobody was hurt.")).into_string();
        assert!(same.contains("Says the same"), "{same}");
        let other = difference(&first, &article("The gate holds, she said. Two were hurt.")).into_string();
        assert!(other.contains("1 sentence otherwise, 2 left out") && other.contains("<ins>Two were hurt.</ins>"), "{other}");
    }
}
