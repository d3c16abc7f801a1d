//! Hits as people read them on a terminal.

use super::{Screen, marked, safe, wrapped};
use crate::archive::{Answer, ArticleHit, Clause, Folding, QuoteHit};
use crate::article::{Notes, QuoteKind, Speaker, SpeakerClass, cited, paged};
use crate::error::{Result, shell};

/// Prints a hit: a line of what it is, the words, and where it came from.
///
/// # Errors
///
/// When nobody reads it any more.
pub fn print(screen: &Screen, answer: &Answer) -> Result<()> {
    explained(screen, answer, &[], false)
}

/// As [`print()`], with why it was found, and whether its score counts by how sure the speaker is.
///
/// # Errors
///
/// When nobody reads it any more.
pub fn explained(screen: &Screen, answer: &Answer, why: &[Clause], by_surety: bool) -> Result<()> {
    match answer {
        Answer::Article(hit) => article(screen, hit)?,
        Answer::Quote(hit) => quote(screen, hit)?,
    }
    if !why.is_empty() {
        let surety = match answer {
            Answer::Quote(hit) if by_surety => Some(hit.confidence),
            _ => None,
        };
        screen.line(wrapped(&reasons(why, answer.score(), surety), screen.width(), "  "))?;
    }
    screen.line("")
}

/// Which clause matched where, and what it counts: `why: flood 5.12 (title 1, body 3: flood, flooding) · barrier 3.01 …`
fn reasons(why: &[Clause], score: f32, surety: Option<f32>) -> String {
    let mut parts: Vec<String> = Vec::new();
    for clause in why {
        let name = safe(&clause.clause);
        if clause.common {
            parts.push(format!("{name} common"));
            continue;
        }
        if !clause.holds {
            parts.push(format!("{name} no"));
            continue;
        }
        let places: Vec<String> = clause.places.iter().map(|(field, n)| format!("{field} {n}")).collect();
        let words = if clause.words.is_empty() { String::new() } else { format!(": {}", safe(&clause.words.join(", "))) };
        let where_ = if places.is_empty() { String::new() } else { format!(" ({}{words})", places.join(", ")) };
        let counts = if clause.score > 0.0 { format!(" {:.2}", clause.score) } else { String::new() };
        parts.push(format!("{name}{counts}{where_}"));
    }
    let whole = surety.filter(|sure| *sure > 0.0).map_or(score, |sure| score / sure);
    let rest = whole - why.iter().map(|c| c.score).sum::<f32>();
    // Confidence counts in whole percent.
    let slack = if surety.is_some() { 0.02 } else { 0.01 };
    if score > 0.0 && rest.abs() > slack * whole {
        parts.push(format!("related words and date {rest:+.2}"));
    }
    parts.extend(surety.map(|sure| format!("times confidence {sure:.2}")));
    format!("why: {}", parts.join(" · "))
}

/// The day of publication in ten columns.
pub fn day(published: Option<&str>) -> &str {
    published.and_then(|d| d.get(..10)).unwrap_or("no date   ")
}

fn article(screen: &Screen, hit: &ArticleHit) -> Result<()> {
    let title = match &hit.title {
        Some(title) => screen.strong(marked(screen, title, &hit.title_marks)),
        None => screen.faint("(no title)"),
    };
    let partial = if hit.partial { screen.bad("  partial") } else { String::new() };
    screen.line(format!("{}  {title}{partial}", screen.faint(day(hit.published.as_deref()))))?;
    let mut about: Vec<String> = hit.source.iter().map(|s| safe(s)).collect();
    about.extend(hit.page.as_deref().map(|page| safe(&paged(page))));
    if !hit.byline.is_empty() {
        about.push(safe(&hit.byline.join(", ")));
    }
    if hit.quotes > 0 {
        about.push(super::count(hit.quotes as u64, "quote", "quotes"));
    }
    if !hit.version.is_empty() {
        about.push(hit.version.join(", "));
    }
    if !about.is_empty() {
        screen.line(format!("            {}", about.join(" · ")))?;
    }
    if let Some(own) = hit.notes.as_ref().map(own).filter(|own| !own.is_empty()) {
        screen.line(wrapped(&own, screen.width(), "            "))?;
    }
    if let Some(folded) = &hit.folded {
        let more = super::count(folded.hits, "copy", "copies");
        screen.line(format!(
            "            +{more}{} · {}",
            first(&hit.id, folded),
            screen.faint(format!("morgue search {}", asked("cluster", &hit.cluster)))
        ))?;
    }
    for snippet in &hit.snippets {
        screen.line(wrapped(&marked(screen, &snippet.text, &snippet.marks), screen.width(), "  "))?;
    }
    origin(screen, &hit.path, &hit.id)
}

/// What people wrote on an article: `[checked] [budget] seen 2024-03-02 · The ministry has another figure.`
pub fn own(notes: &Notes) -> String {
    let tags: Vec<String> = notes.tags.iter().map(|tag| format!("[{tag}]")).collect();
    let seen = notes.seen.as_deref().map(|seen| format!("seen {}", day(Some(seen)).trim_end()));
    let parts = [Some(tags.join(" ")).filter(|t| !t.is_empty()), seen, notes.note.clone()];
    safe(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// Which of the folded hits was first, when it is not the one shown: ` · first 2013-10-01 Harrow Courier`.
fn first(shown: &str, folded: &Folding) -> String {
    if folded.first == shown {
        return " · this is the first".to_owned();
    }
    let source = folded.source.as_deref().map(|s| format!(" {}", safe(s))).unwrap_or_default();
    format!(" · first {}{source}", day(folded.published.as_deref()).trim_end())
}

/// A clause as it is typed in a shell.
fn asked(field: &str, value: &str) -> String {
    let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#' | '~'));
    if plain { format!("{field}:{value}") } else { shell(&format!("{field}:\"{}\"", safe(value))) }
}

/// File and id: on one line where there is room.
fn origin(screen: &Screen, path: &str, id: &str) -> Result<()> {
    let (path, id) = (safe(path), safe(id));
    if path.chars().count() + id.chars().count() + 4 <= screen.width() {
        return screen.line(format!("  {}", screen.faint(format!("{path}  {id}"))));
    }
    screen.line(format!("  {}", screen.faint(path)))?;
    screen.line(format!("  {}", screen.faint(id)))
}

/// A speaker as one says it: `Ann Cole, mayor`, `a source (anonymous)`, `he (unresolved)`.
pub fn speaker(speaker: Option<&Speaker>) -> String {
    let Some(speaker) = speaker else { return "(nobody named)".to_owned() };
    let words = speaker.text.as_deref().unwrap_or("?");
    match (speaker.titled(), speaker.class) {
        (Some(titled), _) => titled,
        (None, SpeakerClass::Anonymous) => format!("{words} (anonymous)"),
        (None, _) => format!("{words} (unresolved)"),
    }
}

/// The words of a quote as they may be cited, matches marked.
pub fn said(screen: &Screen, hit: &QuoteHit) -> String {
    cited(hit.kind, &hit.text, &hit.spans, |piece| marked(screen, &piece.of(&hit.text), &piece.marks(&hit.marks)))
}

fn quote(screen: &Screen, hit: &QuoteHit) -> Result<()> {
    let mut head = format!("{}  {}", screen.faint(day(hit.published.as_deref())), screen.strong(safe(&speaker(hit.speaker.as_ref()))));
    if let Some(cue) = &hit.cue {
        head.push_str(&format!("  {}", safe(&cue.text)));
    }
    if hit.partial {
        head.push_str(&screen.bad("  partial"));
    }
    screen.line(head)?;
    screen.line(wrapped(&said(screen, hit), screen.width(), if hit.kind == QuoteKind::Direct { "  " } else { "  │ " }))?;
    let mut about = vec![hit.kind.name().to_owned(), format!("confidence {:.2}", hit.confidence)];
    about.extend(hit.source.iter().map(|s| safe(s)));
    about.extend(hit.page.as_deref().map(|page| safe(&paged(page))));
    about.extend(hit.title.iter().map(|t| safe(t)));
    screen.line(wrapped(&about.join(" · "), screen.width(), "  "))?;
    if let Some(folded) = &hit.folded {
        let articles = super::count(folded.articles, "article", "articles");
        let command = screen.faint(format!("morgue quotes {}", asked("echo", &hit.echo)));
        screen.line(format!("  in {articles}{} · {command}", first(&hit.id, folded)))?;
    }
    origin(screen, &hit.path, &format!("¶{}  {}", hit.paragraph, hit.id))
}
