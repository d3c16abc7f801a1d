//! The reader: one article, opened at the match or the quote, its quotes underlined, the evidence for each on demand.

use super::frame::{Page, capital, count, day};
use super::hits::{confidence, speaker, speaker_text, story};
use super::quoted::{Of, Said, citation, words};
use super::view::View;
use crate::archive::{Archive, Evidence, own_version};
use crate::article::{Clipping, DateOrigin, Offsets, Quote, QuoteKind, Span, Speaker, paged};
use crate::authority::Authority;
use crate::query::{Matcher, Query, Target, exactly};
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// The reader beside hits; `around` are the hits before and after the one that is open.
pub fn pane(shared: &Shared, archive: &Archive, view: &View, query: &Query, around: [Option<&str>; 2]) -> Answered<Markup> {
    let (clipping, quote) = archive.named(&view.open)?;
    let close = View { open: String::new(), ..view.clone() };
    Ok(html! {
        section.reader #reader aria-label="Reader" tabindex="-1" {
            nav.bar aria-label="Reader" {
                a.close href=(close.url()) { "Close" }
                @for (id, rel, name) in [(around[0], "prev", "‹ Hit before"), (around[1], "next", "Next hit ›")] {
                    @if let Some(id) = id { a rel=(rel) href={ (view.opening(id).url()) "#reader" } { (name) } }
                }
                a href=(page_address(&view.open, &view.q, view.what)) { "Whole page" }
                button.js type="button" data-step="match" { "Next match" }
                button.js type="button" data-step="quote" { "Next quote" }
            }
            (notice(archive, &clipping)?)
            (clipping_of(shared, &Opened { clipping: &clipping, query, target: view.what, chosen: quote, authority: &archive.authority()?, here: view.url() }))
        }
    })
}

/// The address of the article on a page of its own.
pub fn page_address(id: &str, q: &str, what: Target) -> String {
    let query = if q.is_empty() { String::new() } else { format!("&q={}", encoded(q)) };
    let what = if what == Target::Quotes && !q.is_empty() { "&what=quotes" } else { "" };
    format!("/article?id={}{query}{what}", encoded(id))
}

/// `/article`: one article, whole, as it is printed.
pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let (clipping, quote) = archive.named(ask.need("id")?)?;
    let view = View::of(ask)?;
    let posed = view.pose(&archive)?;
    let title = clipping.article.title.clone().unwrap_or_else(|| "(no title)".to_owned());
    let query = if view.q.is_empty() { Query::Nothing } else { posed.query };
    let authority = archive.authority()?;
    let here = page_address(ask.need("id")?, &view.q, view.what);
    let opened = Opened { clipping: &clipping, query: &query, target: view.what, chosen: quote, authority: &authority, here };
    let body = html! { main #main .alone { h1.sr { "Clipping" } (notice(&archive, &clipping)?) (clipping_of(shared, &opened)) } };
    Ok(Page { title: &title, path: "/article", view: &view, skips: &[("#main", "the article")] }.around(shared, body))
}

/// What the article corrects or updates, and what corrects or updates it: before the text, where nobody can miss it.
fn notice(archive: &Archive, clipping: &Clipping) -> Answered<Markup> {
    let others = archive.other_versions(clipping)?;
    let (own, version) = (own_version(clipping), clipping.article.version.as_ref());
    Ok(html! {
        @if own.is_some() || !others.is_empty() {
            aside.versions aria-label="Versions of this article" {
                @if let Some(own) = own { p { "This is marked: " b { (own) } } }
                @if let Some(note) = version.and_then(|v| v.note.as_ref()) { blockquote dir="auto" { (note) } }
                @if !others.is_empty() {
                    ul { @for other in &others { li {
                        (capital(other.relation)) ": " a href=(page_address(&other.id, "", Target::Articles)) { bdi { (other.title.as_deref().unwrap_or("(no title)")) } }
                        @if let Some(dated) = &other.dated { " " time datetime=(dated) { (day(Some(dated))) } }
                        @if other.is_latest { " " b { "the latest" } }
                    } } }
                }
            }
        }
    })
}

/// A clipping that is open.
struct Opened<'a> {
    clipping: &'a Clipping,
    /// What was asked, to be marked.
    query: &'a Query,
    target: Target,
    /// The quote at which it is open, from 0.
    chosen: Option<usize>,
    authority: &'a Authority,
    /// The address of the page it stands on: whoever tags or corrects something is led back to it.
    here: String,
}

/// The clipping: head, text, evidence, particulars.
fn clipping_of(shared: &Shared, opened: &Opened) -> Markup {
    let Opened { clipping, query, target, chosen, here, .. } = opened;
    let (target, chosen) = (*target, *chosen);
    let article = &clipping.article;
    let offsets = Offsets::of(&article.body);
    let matched = match (query, target) {
        (Query::Nothing | Query::All, _) | (_, Target::Quotes) => Vec::new(),
        _ => Matcher::new(query, target).article(clipping).map(|m| m.spans).unwrap_or_default(),
    };
    let of = |name: &str| matched.iter().filter(|(f, _)| f.name == name).map(|(_, r)| r.clone()).collect::<Vec<_>>();
    let marks: Vec<Span> = of("body").into_iter().map(|r| offsets.span(r.start, r.end)).collect();
    let title = article.title.as_deref().unwrap_or("(no title)");
    let title_offsets = Offsets::of(title);
    let title_marks: Vec<(u32, u32)> =
        of("title").into_iter().map(|r| title_offsets.span(r.start, r.end)).map(|s| (s.start, s.end)).collect();
    html! {
        article.clipping {
            header {
                h2 lang=[article.language.as_deref()] dir="auto" { (super::frame::marked(title, &title_marks)) }
                (source_line(clipping))
                @if clipping.story.as_ref().is_some_and(|s| s.articles > 1) { p.line.noprint { a.copies href=(story(clipping.story_id())) { "also told by " (count(u64::from(clipping.story.as_ref().map_or(0, |s| s.articles.saturating_sub(1))), "other article")) } } }
                button.copy.js type="button" data-copy=(cite(clipping, None)) { "Copy citation" }
            }
            (super::notes::offer(shared, clipping, here))
            div.text lang=[article.language.as_deref()] dir="auto" { (text(clipping, &offsets, &marks, chosen)) }
            @if !clipping.annotations.quotes.is_empty() || chosen.is_some() { (evidence(shared, opened)) }
            (names(clipping))
            (particulars(clipping))
        }
    }
}

/// The article, or a quote of it, with everything needed to cite it.
fn cite(clipping: &Clipping, quote: Option<&Quote>) -> String {
    let article = &clipping.article;
    let stands = quote.map(spans).unwrap_or_default();
    let said = quote.map(|q| Said { kind: q.kind, text: &q.text, spans: &stands, speaker: q.speaker.as_ref() });
    let (title, source, published) = (article.title.as_deref(), article.source.as_deref(), article.published.as_deref());
    let byline = if said.is_some() { &[][..] } else { &article.byline };
    let printed = [article.edition.as_deref(), article.page.as_deref()];
    citation(said.as_ref(), &Of { title, source, published, printed, byline, place: article.url.as_deref().unwrap_or(&article.path) })
}

/// Where a quote stands in the body.
fn spans(quote: &Quote) -> Vec<(u32, u32)> {
    quote.spans.iter().map(|s| (s.start, s.end)).collect()
}

/// Where and when it stood, by whom: the line a clipping is cited by.
fn source_line(clipping: &Clipping) -> Markup {
    let article = &clipping.article;
    html! {
        p.line {
            @if let Some(source) = &article.source { b.source { bdi { (source) } } }
            @if let Some(section) = &article.section { span { bdi { (section) } } }
            @if let Some(date) = &article.published { time datetime=(date) { (day(Some(date))) } @if let Some(from) = article.published_from { span.from { "date from " (origin(from)) } } }
            @else { span { "no date" } }
            @if let Some(edition) = &article.edition { span { bdi { (edition) } } }
            @if let Some(page) = &article.page { span { bdi { (paged(page)) } } }
            @if !article.byline.is_empty() { span { "By " bdi { (article.byline.join(", ")) } } }
            @if let Some(place) = &article.dateline { span.dateline { bdi { (place.text) } } }
        }
    }
}

fn origin(from: DateOrigin) -> &'static str {
    match from {
        DateOrigin::Meta => "the page's head",
        DateOrigin::JsonLd => "the page's data",
        DateOrigin::Field => "the record",
        DateOrigin::Dateline => "the place line",
        DateOrigin::Url => "the address",
        DateOrigin::Path => "the file's name",
        DateOrigin::Text => "the text",
        DateOrigin::File => "the file's time stamp",
    }
}

/// The body, paragraph by paragraph. It is cut wherever a quote, a speaker or a match begins or ends.
fn text(clipping: &Clipping, offsets: &Offsets, marks: &[Span], chosen: Option<usize>) -> Markup {
    let body = clipping.article.body.as_str();
    let quotes = &clipping.annotations.quotes;
    let speakers = speaker_numbers(quotes);
    let mut at = 0usize;
    let paragraphs: Vec<(usize, &str)> = body
        .split("\n\n")
        .map(|p| {
            let start = at;
            at += p.len() + 2;
            (start, p)
        })
        .filter(|(_, p)| !p.trim().is_empty())
        .collect();
    html! {
        @for (number, (start, paragraph)) in paragraphs.iter().enumerate() {
            @let span = offsets.span(*start, start + paragraph.len());
            @let near: Vec<(usize, &Quote)> = quotes.iter().enumerate().filter(|(_, q)| q.spans.iter().any(|s| s.overlaps(span))).collect();
            @let refs: Vec<(usize, u32)> = near.iter().filter_map(|(i, q)| Some((*i, closed(offsets, body, q.spans.last()?.end, span)))).collect();
            p #{ "p" (number + 1) } dir="auto" {
                @for piece in pieces(span, &near, &refs, marks) {
                    @let inside = near.iter().find(|(_, q)| q.spans.iter().any(|s| s.contains(piece)));
                    @let first = |q: &Quote| q.spans.first().is_some_and(|s| s.start == piece.start);
                    @let mark = marks.iter().position(|m| m.contains(piece));
                    @let words = offsets.slice(body, piece);
                    @match inside {
                        Some((i, quote)) => {
                            span class=(class_of(quote, speakers[*i], chosen == Some(*i))) id=[first(quote).then(|| format!("q{}", i + 1))] {
                                (piece_of(words, mark, marks, piece))
                            }
                        }
                        None => (piece_of(words, mark, marks, piece)),
                    }
                    @for (i, _) in refs.iter().filter(|(_, at)| *at == piece.end) {
                        a.qref href={ "#e" (i + 1) } aria-label={ "q" (i + 1) ": " (speaker_text(quotes[*i].speaker.as_ref())) } { "q" (i + 1) }
                    }
                }
            }
        }
    }
}

/// How a quote looks: a line of its speaker's, dotted where it is reported.
fn class_of(quote: &Quote, speaker: usize, chosen: bool) -> String {
    let reported = if quote.kind == QuoteKind::Direct { "" } else { " reported" };
    format!("q s{}{reported}{}", speaker % 6, if chosen { " chosen" } else { "" })
}

fn piece_of(words: &str, mark: Option<usize>, marks: &[Span], piece: Span) -> Markup {
    html! {
        @match mark {
            Some(m) => mark id=[(marks[m].start == piece.start).then(|| format!("m{}", m + 1))] { (words) },
            None => (words),
        }
    }
}

/// Where the number of a quote that ends at `end` stands: behind the marks and the stop that close it, within the paragraph.
fn closed(offsets: &Offsets, body: &str, end: u32, paragraph: Span) -> u32 {
    let behind = if end < paragraph.end { offsets.slice(body, Span::new(end, paragraph.end)) } else { "" };
    let marks = behind.chars().take_while(|c| "\"”’»“״'.,;:!?".contains(*c)).take(3).count();
    end + marks as u32
}

/// `span` cut at every beginning and end within, and where numbers of quotes stand.
fn pieces(span: Span, quotes: &[(usize, &Quote)], refs: &[(usize, u32)], marks: &[Span]) -> Vec<Span> {
    let mut cuts = BTreeSet::from([span.start, span.end]);
    cuts.extend(refs.iter().map(|(_, at)| *at).filter(|at| (span.start..=span.end).contains(at)));
    let all = quotes.iter().flat_map(|(_, q)| q.spans.iter()).chain(marks);
    for s in all.filter(|s| s.overlaps(span)) {
        cuts.extend([s.start, s.end].into_iter().filter(|c| (span.start..=span.end).contains(c)));
    }
    let cuts: Vec<u32> = cuts.into_iter().collect();
    cuts.windows(2).map(|w| Span::new(w[0], w[1])).collect()
}

/// A number for each quote's speaker, so that the same speaker has the same line under the words.
fn speaker_numbers(quotes: &[Quote]) -> Vec<usize> {
    let mut known: Vec<String> = Vec::new();
    quotes
        .iter()
        .map(|q| {
            let name = q.speaker.as_ref().and_then(Speaker::called).unwrap_or_default();
            known.iter().position(|k| *k == name).unwrap_or_else(|| {
                known.push(name);
                known.len() - 1
            })
        })
        .collect()
}

/// Every quote with what it rests on.
fn evidence(shared: &Shared, opened: &Opened) -> Markup {
    let Opened { clipping, authority, chosen, here, .. } = opened;
    let language = clipping.article.language.as_deref();
    html! {
        section.evidence aria-label="Quotes in this article" {
            h3 { (count(clipping.annotations.quotes.len() as u64, "quote")) }
            @if let Some(then) = chosen.and_then(|number| clipping.renumbered(number)) { p.note { (capital(&then)) "." } }
            ol {
                @for (i, quote) in clipping.annotations.quotes.iter().enumerate() {
                    li #{ "e" (i + 1) } .chosen[*chosen == Some(i)] {
                        details open[*chosen == Some(i)] {
                            summary { (speaker_text(quote.speaker.as_ref())) " " span.kind { (quote.kind.name()) } }
                            div lang=[language] { (words(quote.kind, &quote.text, &spans(quote), &[])) }
                            p.line {
                                (speaker(quote.speaker.as_ref())) (confidence(quote.confidence)) a href={ "#q" (i + 1) } { "in the text" }
                                button.copy.js type="button" data-copy=(cite(clipping, Some(quote))) { "Copy with source" span.sr { ": q" (i + 1) } }
                            }
                            @let why = Evidence::of(clipping, i, authority);
                            p.chain { @if let Some(cue) = &quote.cue { "Cue “" (cue.text) "”" @if !why.cue.is_empty() { ", " (why.cue) } ". " } @else { "No cue. " } "Speaker, step by step:" }
                            ol.steps { @for step in &why.chain { li { (step) } } }
                            (super::corrections::offer(shared, clipping, i, here))
                        }
                    }
                }
            }
        }
    }
}

fn names(clipping: &Clipping) -> Markup {
    let found = &clipping.annotations;
    let search = |field: &str, value: &str| View::search(&exactly(field, value), Target::Articles).url();
    html! {
        @if !(found.persons.is_empty() && found.organizations.is_empty() && found.places.is_empty()) {
            section.names aria-label="Named in this article" {
                h3 { "Named here" }
                dl {
                    @if !found.persons.is_empty() {
                        dt { "Persons" }
                        dd { ul { @for p in &found.persons { li { a href={ "/person?name=" (encoded(&p.name)) } { bdi { (p.name) } } @if let Some(role) = &p.role { span.role { ", " bdi { (role) } } } } } } }
                    }
                    @if !found.organizations.is_empty() {
                        dt { "Organizations" }
                        dd { ul { @for o in &found.organizations { li { a href=(search("org", &o.name)) { bdi { (o.name) } } } } } }
                    }
                    @if !found.places.is_empty() {
                        dt { "Places" }
                        dd { ul { @for p in &found.places { li { a href=(search("place", p.path.as_deref().unwrap_or(&p.name))) { bdi { (p.path.as_deref().unwrap_or(&p.name).replace('/', " › ")) } } } } } }
                    }
                }
            }
        }
    }
}

fn particulars(clipping: &Clipping) -> Markup {
    let article = &clipping.article;
    html! {
        section.particulars aria-label="About this clipping" {
            h3 { "About this clipping" }
            dl {
                dt { "Id" } dd { code { (article.id) } }
                dt { "File" } dd { bdi { (article.path) } @if let Some(format) = &article.format { " (" (format) ")" } }
                @if let Some(url) = article.web() { dt { "Address" } dd { a href=(url) rel="noreferrer noopener external" { bdi { (url) } } } }
                @else if let Some(url) = &article.url { dt { "Address" } dd { bdi { (url) } } }
                @if let Some(updated) = &article.updated { dt { "Changed" } dd { (updated) } }
                dt { "Words" } dd { (super::frame::number(u64::from(article.words))) }
                @if !article.tags.is_empty() { dt { "Tags of the file" } dd { bdi { (article.tags.join(" · ")) } } }
                @if clipping.filed.first > 0 { dt { "Filed" } dd { "revision " (clipping.filed.first) @if clipping.filed.revision > clipping.filed.first { ", changed in " (clipping.filed.revision) } } }
            }
            p.noprint { a href={ "/api/v1/articles/" (encoded(&article.id)) } { "Record as JSON" } " · " a href={ "/similar?id=" (encoded(&article.id)) } { "What is like it" } }
        }
    }
}
