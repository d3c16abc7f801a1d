//! Hits as people and programs see them: one type for the terminal, `--json` and the HTTP API.

use super::snippet::{Snippet, marks_within, snippets};
use crate::article::{Clipping, Cue, DateOrigin, Notes, Offsets, QuoteKind, Span, Speaker, VersionKind, quote_id};
use crate::query::{Hit, Matcher, Target};
use schemars::JsonSchema;
use serde::Serialize;

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ArticleHit {
    /// Its id.
    pub id: String,
    /// How well it fits; comparable within one answer only.
    #[serde(skip_serializing_if = "is_zero")]
    pub score: f32,
    /// It has not all of the words asked for.
    #[serde(skip_serializing_if = "is_false")]
    pub partial: bool,
    /// Headline.
    pub title: Option<String>,
    /// Matches in the headline, in code points.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title_marks: Vec<(u32, u32)>,
    /// Authors.
    pub byline: Vec<String>,
    /// Publication.
    pub source: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// Page of the paper, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Edition of the paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Date of publication.
    pub published: Option<String>,
    /// Where that date came from.
    pub published_from: Option<DateOrigin>,
    /// Place line.
    pub dateline: Option<String>,
    /// Language.
    pub language: Option<String>,
    /// Words in the body.
    pub words: u32,
    /// File.
    pub path: String,
    /// Address.
    pub url: Option<String>,
    /// What it is among its versions, where that matters: `correction`, `update`, `superseded`; words that `version:` takes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub version: Vec<&'static str>,
    /// What people wrote on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<Notes>,
    /// Number of quotes in it.
    pub quotes: usize,
    /// The story it tells: the id of the article that told it first. All of them are found by `cluster:ID`.
    pub cluster: String,
    /// How many other articles of the archive tell it.
    pub copies: u32,
    /// Other hits folded into this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folded: Option<Folding>,
    /// Sentences with matches.
    pub snippets: Vec<Snippet>,
}

/// A quote that was found.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct QuoteHit {
    /// The article's id, `#q` and the number of the quote in it, from 1.
    pub id: String,
    /// The article's id.
    pub article: String,
    /// How well it fits; comparable within one answer only.
    #[serde(skip_serializing_if = "is_zero")]
    pub score: f32,
    /// It has not all of the words asked for.
    #[serde(skip_serializing_if = "is_false")]
    pub partial: bool,
    /// The words.
    pub text: String,
    /// Matches in them, in code points.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<(u32, u32)>,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// How likely speaker and extent are right, 0 to 1.
    pub confidence: f32,
    /// Who says it.
    pub speaker: Option<Speaker>,
    /// The word that ties the two.
    pub cue: Option<Cue>,
    /// Where the words stand in the body, in code points.
    pub spans: Vec<(u32, u32)>,
    /// Number of the paragraph they begin in, from 1.
    pub paragraph: usize,
    /// Persons and organizations named inside.
    pub about: Vec<String>,
    /// Headline of the article.
    pub title: Option<String>,
    /// Its publication.
    pub source: Option<String>,
    /// Page of the paper, as printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Edition of the paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Its date.
    pub published: Option<String>,
    /// Its file.
    pub path: String,
    /// Its address.
    pub url: Option<String>,
    /// The first of the quotes that say the same: its id. All of them are found by `echo:ID`.
    pub echo: String,
    /// How many other articles of the archive have them.
    pub copies: u32,
    /// Other hits folded into this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folded: Option<Folding>,
}

/// Hits that tell the same as another, and are not listed by themselves.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Folding {
    /// How many hits.
    pub hits: u64,
    /// How many articles have them, that of the hit itself among them.
    pub articles: u64,
    /// The id of the oldest of all.
    pub first: String,
    /// Its date.
    pub published: Option<String>,
    /// Its publication.
    pub source: Option<String>,
}

impl Folding {
    fn of(hit: &Hit) -> Option<Folding> {
        let folded = hit.folded.as_ref()?;
        let (article, quote) = &folded.first;
        let first = quote.map_or_else(|| article.clone(), |number| quote_id(article, number));
        let (published, source) = (folded.published.clone(), folded.source.clone());
        Some(Folding { hits: folded.hits, articles: folded.articles, first, published, source })
    }
}

/// A hit of either kind.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Answer {
    /// An article.
    Article(Box<ArticleHit>),
    /// A quote.
    Quote(Box<QuoteHit>),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(score: &f32) -> bool {
    *score == 0.0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Answer {
    /// What a hit shows; `None` for a hit without its clipping.
    pub fn of(hit: &Hit, target: Target, matcher: &Matcher, partial: bool) -> Option<Answer> {
        let clipping = hit.clipping.as_ref()?;
        Some(match (target, hit.quote) {
            (Target::Quotes, Some(number)) => Answer::Quote(Box::new(quote_hit(hit, clipping, number, matcher, partial)?)),
            _ => Answer::Article(Box::new(article_hit(hit, clipping, matcher, partial))),
        })
    }

    /// The hit's id.
    pub fn id(&self) -> &str {
        match self {
            Answer::Article(hit) => &hit.id,
            Answer::Quote(hit) => &hit.id,
        }
    }

    /// How well it fits.
    pub fn score(&self) -> f32 {
        match self {
            Answer::Article(hit) => hit.score,
            Answer::Quote(hit) => hit.score,
        }
    }

    /// Whether it lacks some of the words asked for.
    pub fn is_partial(&self) -> bool {
        match self {
            Answer::Article(hit) => hit.partial,
            Answer::Quote(hit) => hit.partial,
        }
    }

    /// The file the hit came from.
    pub fn path(&self) -> &str {
        match self {
            Answer::Article(hit) => &hit.path,
            Answer::Quote(hit) => &hit.path,
        }
    }
}

/// Whether it corrects or updates, and whether a later version stands in its place.
fn version(clipping: &Clipping) -> Vec<&'static str> {
    let kind = clipping.article.version.as_ref().and_then(|version| version.kind).map(VersionKind::name);
    let superseded = (clipping.latest_version() != clipping.article.id).then_some("superseded");
    kind.into_iter().chain(superseded).collect()
}

fn article_hit(hit: &Hit, clipping: &Clipping, matcher: &Matcher, partial: bool) -> ArticleHit {
    let article = &clipping.article;
    let matched = matcher.article(clipping).map(|m| m.spans).unwrap_or_default();
    let title = article.title.as_deref().unwrap_or_default();
    let body: Vec<_> = matched.iter().filter(|(f, _)| matches!(f.name, "body" | "lead")).map(|(_, range)| range.clone()).collect();
    ArticleHit {
        id: hit.id.clone(),
        score: hit.score,
        partial,
        title: article.title.clone(),
        title_marks: marks_within(title, &matched.iter().filter(|(f, _)| f.name == "title").map(|(_, r)| r.clone()).collect::<Vec<_>>()),
        byline: article.byline.clone(),
        source: article.source.clone(),
        section: article.section.clone(),
        page: article.page.clone(),
        edition: article.edition.clone(),
        version: version(clipping),
        notes: clipping.notes.clone(),
        published: article.published.clone(),
        published_from: article.published_from,
        dateline: article.dateline.as_ref().map(|d| d.text.clone()),
        language: article.language.clone(),
        words: article.words,
        path: article.path.clone(),
        url: article.url.clone(),
        quotes: clipping.annotations.quotes.len(),
        cluster: clipping.story_id().to_owned(),
        copies: clipping.story.as_ref().map_or(0, |kin| kin.articles.saturating_sub(1)),
        folded: Folding::of(hit),
        snippets: snippets(&article.body, &body),
    }
}

fn quote_hit(hit: &Hit, clipping: &Clipping, number: usize, matcher: &Matcher, partial: bool) -> Option<QuoteHit> {
    let article = &clipping.article;
    let quote = clipping.annotations.quotes.get(number)?;
    let matched = matcher.quote(clipping, quote).map(|m| m.spans).unwrap_or_default();
    let said: Vec<_> = matched.into_iter().filter(|(f, _)| f.name == "said").map(|(_, range)| range).collect();
    Some(QuoteHit {
        id: quote_id(&hit.id, number),
        article: hit.id.clone(),
        score: hit.score,
        partial,
        text: quote.text.clone(),
        marks: marks_within(&quote.text, &said),
        kind: quote.kind,
        confidence: quote.confidence,
        speaker: quote.speaker.clone(),
        cue: quote.cue.clone(),
        spans: quote.spans.iter().map(|s| (s.start, s.end)).collect(),
        paragraph: paragraph(&article.body, quote.spans.first().copied().unwrap_or_default()),
        about: clipping.about(quote).into_iter().map(str::to_owned).collect(),
        title: article.title.clone(),
        source: article.source.clone(),
        page: article.page.clone(),
        edition: article.edition.clone(),
        published: article.published.clone(),
        path: article.path.clone(),
        url: article.url.clone(),
        echo: clipping.echo(number).map_or_else(|| quote_id(&hit.id, number), |kin| kin.first.clone()),
        copies: clipping.echo(number).map_or(0, |kin| kin.articles.saturating_sub(1)),
        folded: Folding::of(hit),
    })
}

/// Number of the paragraph, from 1, in which `span` begins.
fn paragraph(body: &str, span: Span) -> usize {
    let byte = Offsets::of(body).byte(span.start);
    body.get(..byte).map_or(1, |before| before.matches("\n\n").count() + 1)
}
