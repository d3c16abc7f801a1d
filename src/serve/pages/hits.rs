//! Hits in the middle of the screen: articles with the sentences that match, quotes as cards.

use super::frame::{count, day, marked, plural};
use super::quoted::{Of, Said, citation, words};
use super::view::View;
use crate::archive::{Answer, ArticleHit, Folding, QuoteHit, Snippet};
use crate::article::{QuoteKind, Speaker, SpeakerClass};
use crate::field;
use crate::query::Target;
use crate::serve::ask::encoded;
use maud::{Markup, html};

/// A page of hits, numbered from `view.offset`.
pub fn list(view: &View, hits: &[Answer], total: u64) -> Markup {
    html! {
        ol.hits start=(view.offset + 1) {
            @for (i, hit) in hits.iter().enumerate() {
                li {
                    @let place = view.offset + i + 1;
                    @match hit {
                        Answer::Article(hit) => (article(view, hit, place, total)),
                        Answer::Quote(hit) => (quote(view, hit, place, total)),
                    }
                }
            }
        }
    }
}

fn article(view: &View, hit: &ArticleHit, place: usize, total: u64) -> Markup {
    let open = view.open.split("#q").next() == Some(hit.id.as_str());
    html! {
        article.hit .open[open] aria-posinset=(place) aria-setsize=(total) tabindex="-1" {
            h3 lang=[hit.language.as_deref()] dir="auto" {
                a.open-it href={ (view.opening(&hit.id).url()) "#reader" } {
                    @match &hit.title { Some(title) => (marked(title, &hit.title_marks)), None => "(no title)" }
                }
            }
            p.line {
                (origin(view, hit.published.as_deref(), hit.source.as_deref()))
                @if !hit.byline.is_empty() { span { "By " bdi { (few(&hit.byline)) } } }
                @if let Some(place) = &hit.dateline { span.dateline { bdi { (place) } } }
                @if hit.quotes > 0 { span { (count(hit.quotes as u64, "quote")) } }
                @if hit.copies > 0 { a.copies href=(story(&hit.cluster)) { (copies(hit.folded.as_ref(), hit.copies)) } }
                @if let Some(first) = first(&hit.id, hit.folded.as_ref()) { span { (first) } }
                @for word in &hit.version { span.badge { (word) } }
                @if let Some(notes) = &hit.notes { (super::notes::badges(notes)) @if notes.note.is_some() { span.badge { "note" } } }
                @if hit.partial { span.badge { "has some of the words" } }
                button.copy.js type="button" data-copy=(cite_article(hit)) { "Cite" span.sr { " " (hit.title.as_deref().unwrap_or("(no title)")) } }
            }
            @for snippet in &hit.snippets {
                @let (before, behind) = cut_off(snippet);
                p.snippet lang=[hit.language.as_deref()] dir="auto" { @if before { "… " } (marked(&snippet.text, &snippet.marks)) @if behind { " …" } }
            }
        }
    }
}

/// Whether a snippet begins and ends in the middle of a sentence.
fn cut_off(snippet: &Snippet) -> (bool, bool) {
    // A short one without a stop is a headline or an item of a list, and whole.
    const LONG: usize = 200;
    let begins = snippet.start > 0 && snippet.text.starts_with(char::is_lowercase);
    let whole = snippet.text.ends_with(['.', '!', '?', '…', ':', '"', '”', '’', '»', ')', ']']);
    (begins, !whole && snippet.text.len() > LONG)
}

/// The first authors of many.
fn few(byline: &[String]) -> String {
    match byline.len() {
        0..=3 => byline.join(", "),
        n => format!("{} and {} more", byline[..2].join(", "), n - 2),
    }
}

/// The page of a story.
pub fn story(id: &str) -> String {
    format!("/story?id={}", encoded(id))
}

/// How many others tell the same: of those that were found, where they are folded; else in the whole archive.
fn copies(folded: Option<&Folding>, copies: u32) -> String {
    match folded {
        Some(folded) => format!("+{}", plural(folded.hits, "copy", "copies")),
        None => format!("{} elsewhere", plural(u64::from(copies), "copy", "copies")),
    }
}

/// Where it was first, when that is not the hit that stands for all.
fn first(shown: &str, folded: Option<&Folding>) -> Option<Markup> {
    let folded = folded.filter(|f| f.first != shown)?;
    Some(html! { "first " (day(folded.published.as_deref())) @if let Some(source) = &folded.source { ", " bdi { (source) } } })
}

/// Date and source, each a way to more of it.
fn origin(view: &View, published: Option<&str>, source: Option<&str>) -> Markup {
    html! {
        @if let Some(date) = published { time datetime=(date) { (day(Some(date))) } } @else { span { "no date" } }
        @if let Some(source) = source {
            @if let Some(field) = field::by_name("source") {
                a.source href=(view.choosing(field, source, Some(false)).url()) { bdi { (source) } }
            }
        }
    }
}

fn quote(view: &View, hit: &QuoteHit, place: usize, total: u64) -> Markup {
    let citation = cite(hit);
    html! {
        article.hit.card .open[view.open == hit.id] aria-posinset=(place) aria-setsize=(total) tabindex="-1" {
            h3.sr { "Quote " (place) ": " (speaker_text(hit.speaker.as_ref())) }
            (words(hit.kind, &hit.text, &hit.spans, &hit.marks))
            p.speaker { (speaker(hit.speaker.as_ref())) @if let Some(cue) = &hit.cue { span.cue { (cue.text) } } }
            p.line {
                (origin(view, hit.published.as_deref(), hit.source.as_deref()))
                span.kind { @match hit.kind { QuoteKind::Direct => "direct", QuoteKind::Indirect => "paraphrase", QuoteKind::Mixed => "partly paraphrase" } }
                (confidence(hit.confidence))
                @if hit.copies > 0 { a.copies href=(View::search(&format!("echo:\"{}\"", hit.echo.replace('"', " ")), Target::Quotes).url()) { (copies(hit.folded.as_ref(), hit.copies)) } }
                @if let Some(first) = first(&hit.id, hit.folded.as_ref()) { span { (first) } }
                @if hit.partial { span.badge { "has some of the words" } }
                button.copy.js type="button" data-copy=(citation) { "Copy with source" span.sr { ": quote " (place) } }
            }
            p.line {
                a.open-it href={ (view.opening(&hit.id).url()) "#reader" } { "in context, ¶" (hit.paragraph) ": " bdi { (hit.title.as_deref().unwrap_or("(no title)")) } }
            }
        }
    }
}

/// How sure the attribution is.
pub fn confidence(confidence: f32) -> Markup {
    let low = confidence < 0.6;
    html! { span.sure .low[low] title="how likely speaker and extent are right" { (format!("{:.0} % sure", confidence * 100.0)) @if low { ": check" } } }
}

/// A speaker as one says it, with a way to the person.
pub fn speaker(speaker: Option<&Speaker>) -> Markup {
    let Some(s) = speaker else { return html! { span.nobody { "nobody named" } } };
    let words = s.text.as_deref().unwrap_or_default();
    html! {
        @match (&s.name, s.class) {
            (Some(name), class) => (named(name, class)),
            (None, SpeakerClass::Anonymous) => span.name { bdi { (words) } " (anonymous)" },
            (None, _) => span.name { bdi { (words) } " (unresolved)" },
        }
        @if let Some(role) = &s.role { span.role { ", " bdi { (role) } } }
        @for (n, name) in s.with.iter().enumerate() {
            @if n + 1 < s.with.len() { ", " } @else if s.role.is_some() && n == 0 { ", and " } @else { " and " }
            (named(name, s.class))
        }
    }
}

fn named(name: &str, class: SpeakerClass) -> Markup {
    html! {
        @if class == SpeakerClass::Person { a.name href={ "/person?name=" (encoded(name)) } { bdi { (name) } } }
        @else { b.name { bdi { (name) } } }
    }
}

/// The same as plain text.
pub fn speaker_text(speaker: Option<&Speaker>) -> String {
    let Some(s) = speaker else { return "nobody named".to_owned() };
    let words = s.text.clone().unwrap_or_default();
    match (s.titled(), s.class) {
        (Some(titled), _) => titled,
        (None, SpeakerClass::Anonymous) => format!("{words} (anonymous)"),
        (None, _) => format!("{words} (unresolved)"),
    }
}

/// A quote with everything needed to cite it.
fn cite(hit: &QuoteHit) -> String {
    let said = Said { kind: hit.kind, text: &hit.text, spans: &hit.spans, speaker: hit.speaker.as_ref() };
    let of = Of {
        title: hit.title.as_deref(),
        source: hit.source.as_deref(),
        published: hit.published.as_deref(),
        printed: [hit.edition.as_deref(), hit.page.as_deref()],
        byline: &[],
        place: hit.url.as_deref().unwrap_or(&hit.path),
    };
    citation(Some(&said), &of)
}

fn cite_article(hit: &ArticleHit) -> String {
    let place = hit.url.as_deref().unwrap_or(&hit.path);
    let of = Of {
        title: hit.title.as_deref(),
        source: hit.source.as_deref(),
        published: hit.published.as_deref(),
        printed: [hit.edition.as_deref(), hit.page.as_deref()],
        byline: &hit.byline,
        place,
    };
    citation(None, &of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_shows_where_it_was_cut() {
        let long = "word ".repeat(50);
        let check = |start: u32, text: &str| cut_off(&Snippet { start, text: text.to_owned(), marks: Vec::new() });
        assert_eq!(check(0, "lower case at the start of the text"), (false, false));
        assert_eq!(check(9, &long), (true, true));
        assert_eq!(check(9, &format!("One {long}and no more.”")), (false, false));
    }

    #[test]
    fn who_speaks_together_leads_to_a_page_each() {
        let with = vec!["Bo Dunn".to_owned(), "Cy Eames".to_owned()];
        let (name, class) = (Some("Ann Cole".to_owned()), SpeakerClass::Person);
        let all = Speaker { name, class, role: Some("mayor".to_owned()), with, ..Speaker::default() };
        let shown = |speaker: &Speaker| {
            let shown = self::speaker(Some(speaker)).into_string();
            let bare: String = shown.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text).collect();
            (shown.matches("href=\"/person?name=").count(), bare)
        };
        assert_eq!(shown(&all), (3, "Ann Cole, mayor, Bo Dunn and Cy Eames".to_owned()));
        assert_eq!(speaker_text(Some(&all)), shown(&all).1);
        let two = Speaker { role: None, with: vec!["Bo Dunn".to_owned()], ..all };
        assert_eq!(shown(&two), (2, "Ann Cole and Bo Dunn".to_owned()));
    }
}
