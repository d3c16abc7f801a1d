//! Mail: single messages (`.eml`) and mailboxes (mbox), each message an article. Newsletters and releases come so.
//!
//! # What it does not read
//!
//! Attachments, encrypted parts, and messages forwarded as attachments.

mod mime;
#[cfg(test)]
mod tests;

use crate::article::{Article, DateOrigin};
use crate::error::{Context, Kind, Result};
use crate::ingest::text::{html_to_text, one_line, paragraphs, strip_leftovers};
use crate::ingest::{Format, Input, Problem, Sink, Sureness};
use mime::Part;
use std::io::BufRead;

/// Messages and mailboxes.
pub struct Mail;

impl Format for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        const SURE: &[&str] = &["message-id", "received", "mime-version", "return-path", "delivered-to", "x-received"];
        const LIKELY: &[&str] = &["from", "to", "subject", "date"];
        let (head, in_box) = match head.strip_prefix(b"From ") {
            Some(rest) => (rest.splitn(2, |b| *b == b'\n').nth(1).unwrap_or(&[]), true),
            None => (head, false),
        };
        let headers = mime::split(head).0;
        let count = |names: &[&str]| names.iter().filter(|n| mime::header(&headers, n).is_some()).count();
        let enough = count(SURE) + count(LIKELY) >= 3 && count(LIKELY) > 0;
        if enough && (in_box || count(SURE) > 0) { Sureness::Sure } else { Sureness::No }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        if !input.head().starts_with(b"From ") {
            let whole = input.whole()?;
            return message(path, &whole, sink);
        }
        let mut bytes = input.stream();
        let (mut current, mut number, mut after_blank) = (Vec::new(), 0usize, true);
        let mut line = Vec::new();
        loop {
            line.clear();
            let got = bytes.read_until(b'\n', &mut line).context(Kind::Input, || format!("cannot read `{path}`"))?;
            if got == 0 || (after_blank && line.starts_with(b"From ")) {
                if !current.is_empty() {
                    number += 1;
                    message(format!("{path}#{number}"), &current, sink)?;
                    current.clear();
                }
                if got == 0 {
                    return Ok(());
                }
            } else if current.len() as u64 <= Input::WHOLE {
                // `>From` at the beginning of a line was `From` when it was sent.
                let quoted = line.strip_prefix(b">").filter(|l| l.trim_ascii_start().starts_with(b"From ") || l.starts_with(b">From "));
                current.extend_from_slice(quoted.unwrap_or(&line));
            }
            after_blank = line.iter().all(u8::is_ascii_whitespace);
        }
    }
}

fn message(path: String, bytes: &[u8], sink: &mut dyn Sink) -> Result<()> {
    if bytes.len() as u64 > Input::WHOLE {
        sink.problem(Problem::failed(path, format!("the message is larger than {} MB, the most one document may be", Input::WHOLE >> 20)));
        return Ok(());
    }
    let part = Part::read(bytes);
    let header = |name: &str| part.header(name).map(|v| one_line(&mime::words(v))).filter(|v| !v.is_empty());
    let mut article = Article { path, title: header("subject"), published: header("date"), ..Article::default() };
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
    if article.body.is_empty() && part.is_sealed() {
        sink.problem(Problem::failed(article.path, "the message is encrypted"));
        return Ok(());
    }
    sink.article(article)
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
