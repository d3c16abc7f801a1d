//! Mail: single messages (`.eml`, the files of a Maildir) and mailboxes (mbox), each message an article. Newsletters and releases come so.
//! Attached documents are told apart and read like any file; messages sent on as attachments are articles of their own, and of a message
//! or a part that lies inside its S/MIME signature what was signed is read.
//!
//! # What it does not read
//!
//! Encrypted parts; whether signatures are good; attachments that are no documents (pictures, signatures, calendars, patches).

mod mime;
mod parameters;
mod signed;
#[cfg(test)]
mod tests;

use crate::article::{Article, DateOrigin};
use crate::error::{Context, Kind, Result};
use crate::ingest::text::{html_to_text, one_line, paragraphs, strip_leftovers};
use crate::ingest::{Format, Input, Limits, Problem, Sink, Sureness, date};
use mime::{Attached, Part};
use std::collections::HashMap;
use std::io::BufRead;

/// Messages and mailboxes.
pub struct Mail;

/// Bytes of a line that are read at a time.
const PIECE: u64 = 1 << 20;

impl Format for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        const SURE: &[&str] = &["message-id", "received", "mime-version", "return-path", "delivered-to", "x-received"];
        const LIKELY: &[&str] = &["from", "to", "subject", "date"];
        let (head, in_box) = match head.strip_prefix(b"From ") {
            Some(rest) => (rest.splitn(2, |b| *b == b'\n').nth(1).unwrap_or(&[]), true),
            None => (head.trim_ascii_start(), false),
        };
        let headers = mime::split(head).0;
        let count = |names: &[&str]| names.iter().filter(|n| mime::header(&headers, n).is_some()).count();
        // Drafts and what old programs saved have no more than these, and their name or a media type.
        let named = path.get(path.len().saturating_sub(4)..).is_some_and(|ending| ending.eq_ignore_ascii_case(".eml"));
        let typed = mime::header(&headers, "content-type").is_some_and(|kind| kind.contains('/'));
        let (sure, likely) = (count(SURE) + usize::from(typed), count(LIKELY));
        let is_mail = sure + likely >= 3 && likely > 0 && (in_box || sure > 0) || named && likely >= 2;
        if is_mail { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, level) = (input.path.clone(), Level { depth: input.depth, limits: input.limits });
        if !input.head().starts_with(b"From ") {
            let whole = input.whole()?;
            return message(path, &whole, level, sink);
        }
        let mut bytes = input.stream();
        let (mut current, mut number, mut after_blank) = (Vec::new(), 0usize, true);
        let mut line = Vec::new();
        // A line may be longer than memory: it is taken in pieces, of which only the first begins it.
        let mut begins = true;
        loop {
            line.clear();
            let piece = std::io::Read::take(&mut bytes, PIECE).read_until(b'\n', &mut line);
            let got = piece.context(Kind::Input, || format!("cannot read `{path}`"))?;
            if got == 0 || (begins && after_blank && line.starts_with(b"From ")) {
                if !current.is_empty() {
                    number += 1;
                    message(format!("{path}#{number}"), &current, level, sink)?;
                    current.clear();
                }
                if got == 0 {
                    return Ok(());
                }
            } else if current.len() as u64 <= level.limits.document() {
                // `>From` at the beginning of a line was `From` when it was sent.
                let quoted = line
                    .strip_prefix(b">")
                    .filter(|_| begins)
                    .filter(|l| l.trim_ascii_start().starts_with(b"From ") || l.starts_with(b">From "));
                current.extend_from_slice(quoted.unwrap_or(&line));
            }
            after_blank = begins && line.iter().all(u8::is_ascii_whitespace);
            begins = line.ends_with(b"\n");
        }
    }
}

/// How deep a message lies, and what is read of it.
#[derive(Clone, Copy)]
struct Level {
    depth: u8,
    limits: Limits,
}

fn message(path: String, bytes: &[u8], level: Level, sink: &mut dyn Sink) -> Result<()> {
    if bytes.len() as u64 > level.limits.document() {
        sink.problem(Problem::failed(path, level.limits.too_large("the message")));
        return Ok(());
    }
    let (part, passed_over) = Part::read(bytes.trim_ascii_start());
    passed_over.into_iter().for_each(|reason| sink.problem(Problem::failed(&path, reason)));
    let header = |name: &str| part.header(name).map(|v| one_line(&mime::words(v))).filter(|v| !v.is_empty());
    let mut article = Article { path: path.clone(), title: header("subject"), published: sent(&part), ..Article::default() };
    article.published_from = article.published.as_ref().map(|_| DateOrigin::Field);
    article.byline = header("from").as_deref().and_then(name).into_iter().collect();
    article.source = header("list-id")
        .as_deref()
        .and_then(|l| l.split('<').next())
        .map(|l| l.trim().trim_matches('"').to_owned())
        .filter(|l| !l.is_empty());
    if let Some(id) = part.header("message-id").map(|i| i.trim().trim_matches(['<', '>'])).filter(|i| !i.is_empty()) {
        article.id = id.to_owned();
        article.has_own_id = true;
    }
    let plain = part.texts("text/plain").map(|t| paragraphs(&t)).unwrap_or_default();
    // Some senders put nothing but "view this in a browser" into the plain part.
    let html = if plain.chars().count() < 200 { part.texts("text/html").map(|t| html_to_text(&t)) } else { None };
    let body = html.filter(|h| h.chars().count() > plain.chars().count()).unwrap_or(plain);
    article.body = strip_leftovers(article.title.as_deref(), without_signature(&body));
    let attached = told_apart(part.attached());
    if let (true, Some(sealed)) = (article.body.is_empty(), part.sealed()) {
        sink.problem(Problem::failed(article.path, sealed));
    } else if !article.body.is_empty() || attached.is_empty() {
        sink.article(article)?;
    }
    attached.into_iter().try_for_each(|file| attachment(&path, file, level, sink))
}

/// Files that were sent along, those of the same name told apart by a number: `report.pdf`, `report (2).pdf`.
fn told_apart(mut attached: Vec<Attached>) -> Vec<Attached> {
    // How often each name was given.
    let mut given: HashMap<String, usize> = HashMap::new();
    for (name, ..) in &mut attached {
        let (stem, ending) = name.rfind('.').filter(|at| *at > 0).map_or((name.as_str(), ""), |at| name.split_at(at));
        let mut free = name.clone();
        while let Some(n) = given.get(&free).copied() {
            given.insert(free, n + 1);
            free = format!("{stem} ({}){ending}", n + 1);
        }
        given.insert(free.clone(), 1);
        *name = free;
    }
    attached
}

/// Hands on a file that was sent along, if it may be a document.
fn attachment(path: &str, (name, kind, bytes): Attached, level: Level, sink: &mut dyn Sink) -> Result<()> {
    const NONE: &[&str] =
        &["image/", "audio/", "video/", "font/", "application/pgp", "application/pkcs7", "application/x-pkcs7", "text/calendar"];
    if NONE.iter().any(|n| kind.starts_with(n)) || bytes.is_empty() {
        return Ok(());
    }
    if kind == "message/rfc822" {
        let place = format!("{path}!/{name}");
        return match u64::from(level.depth) < level.limits.containers {
            true => message(place, &bytes, Level { depth: level.depth + 1, ..level }, sink),
            false => {
                sink.problem(Problem::failed(place, level.limits.too_deep()));
                Ok(())
            }
        };
    }
    let mut inner = Input::member(path, &name, None, level.depth, bytes.as_slice())?;
    inner.is_attached = true;
    sink.file(inner)
}

/// When the message was sent; where its own date cannot be read, when the last server took it.
fn sent(part: &Part<'_>) -> Option<String> {
    let good = |d: &str| date::parse(d).is_some_and(|d| date::plausible(&d));
    let own = part.header("date").map(|d| one_line(&mime::words(d))).filter(|d| !d.is_empty());
    let taken = || part.header("received").and_then(|r| r.rsplit(';').next()).map(one_line).filter(|d| good(d));
    own.clone().filter(|d| good(d)).or_else(taken).or(own)
}

/// The name in `Jane Roe <jane@paper.example>`.
fn name(from: &str) -> Option<String> {
    let name = from.split('<').next().unwrap_or("").trim().trim_matches('"').trim();
    let bracketed = || from.split_once('(').and_then(|(_, rest)| rest.split(')').next()).map(str::trim);
    let name = if name.is_empty() || name.contains('@') { bracketed()? } else { name };
    (!name.is_empty() && !name.contains('@')).then(|| name.to_owned())
}

/// What follows `-- ` on a line is who sent it.
fn without_signature(body: &str) -> &str {
    body.find("\n\n--\n\n").map_or(body, |at| &body[..at])
}
