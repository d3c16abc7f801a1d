//! `morgue show --why`: for each quote, on what the attribution stands.

use super::render::{Screen, hits, safe, wrapped};
use crate::archive::{Archive, Evidence};
use crate::article::Clipping;
use crate::error::Result;

/// Prints the evidence of the quotes of a clipping: of all, or of number `only` (from 0).
///
/// # Errors
///
/// When nobody reads it any more, or `names.toml` cannot be read.
pub fn print(screen: &Screen, archive: &Archive, clipping: &Clipping, only: Option<usize>) -> Result<()> {
    let authority = archive.authority()?;
    for (i, quote) in clipping.annotations.quotes.iter().enumerate() {
        if only.is_some_and(|n| n != i) {
            continue;
        }
        let evidence = Evidence::of(clipping, i, &authority);
        let head = format!("q{}  {}", i + 1, hits::speaker(quote.speaker.as_ref()));
        screen.line(screen.strong(safe(&head)))?;
        let row = |label: &str, text: &str| {
            screen.line(format!("  {label:<12}{}", wrapped(&safe(text), screen.width(), "              ").trim_start()))
        };
        row("words", &format!("{} ({}, ¶{})", quote.cited(), quote.kind.name(), evidence.paragraph))?;
        row("confidence", &format!("{:.2}", quote.confidence))?;
        match &quote.cue {
            Some(cue) => row("cue", &format!("“{}”, {}", cue.text, evidence.cue))?,
            None => row("cue", "none")?,
        }
        row("sentence", &evidence.sentence)?;
        for (n, step) in evidence.chain.iter().enumerate() {
            row(if n == 0 { "speaker" } else { "←" }, step)?;
        }
        screen.line("")?;
    }
    Ok(())
}
