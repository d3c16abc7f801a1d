//! Hands a message to its sink. A sink that gets the same message twice, after a crash, shows it once where it can look
//! back (files, feeds), and is given its id where it cannot (webhooks, mail, programs).

mod atom;
mod exec;
mod file;
mod mail;
mod smtp;
mod trust;
mod webhook;

use super::digest::Digest;
use crate::error::{Error, Kind, Result};
use crate::saved::{Secret, Sink, SinkKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What sinks need to know.
pub struct Delivery<'d> {
    /// The directory of the archive, from which paths begin and in which programs run.
    pub root: &'d Path,
    /// Whether programs may be started.
    pub allow_exec: bool,
    /// How long to wait before a webhook is tried again; twice as long each time.
    pub backoff: Duration,
    /// Where standard output goes.
    pub print: &'d dyn Fn(&str) -> Result<()>,
}

/// Hands `digest` to `sink`.
///
/// # Errors
///
/// When it did not take it.
pub fn deliver(sink: &Sink, digest: &Digest, delivery: &Delivery<'_>) -> Result<()> {
    match &sink.kind {
        SinkKind::Stdout => (delivery.print)(&digest.text()),
        SinkKind::File { path } => each(path, digest, delivery.root, file::append),
        SinkKind::Atom { path, keep } => each(path, digest, delivery.root, |path, digest| atom::add(path, digest, *keep as usize)),
        SinkKind::Webhook { url, tries } => webhook::post(&reveal(sink, url)?, digest, *tries, delivery.backoff),
        SinkKind::Smtp { url, from, rcpt } => mail::send(&reveal(sink, url)?, from, rcpt, digest),
        SinkKind::Exec { argv, timeout } if delivery.allow_exec => exec::run(argv, *timeout, delivery.root, digest),
        SinkKind::Exec { .. } => {
            let error = Error::new(Kind::Usage, format!("the sink `{}` starts a program, which is not allowed", sink.name));
            Err(error.with_hint("allow it with `--allow-exec`"))
        }
    }
}

fn reveal(sink: &Sink, secret: &Secret) -> Result<String> {
    secret.reveal().map_err(|name| {
        let error = Error::new(Kind::Config, format!("the address of the sink `{}` is in ${name}, which is not set", sink.name));
        error.with_hint("set it in the environment of morgue")
    })
}

/// Gives the whole message to one file, or each query's part to its own where the path has `{name}` in it.
fn each(path: &str, digest: &Digest, root: &Path, give: impl Fn(&Path, &Digest) -> Result<()>) -> Result<()> {
    let place = |path: &str| -> PathBuf { root.join(path) };
    if !path.contains("{name}") {
        return give(&place(path), digest);
    }
    digest.pieces().iter().try_for_each(|(name, piece)| give(&place(&path.replace("{name}", name)), piece))
}
