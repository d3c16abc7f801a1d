//! The frames in which agencies sent stories over teleprinter lines, and still do: ANPA 1312 and IPTC 7901.
//!
//! Both put control characters around a message: start of heading, start of text, end of text, end of transmission. A file
//! may hold any number of messages. [`Anpa`] and [`Iptc7901`] tell what stands between them.

mod anpa;
mod iptc7901;
#[cfg(test)]
mod tests;

pub use anpa::Anpa;
pub use iptc7901::Iptc7901;

use super::reading::Reading;
use crate::error::Result;
use crate::ingest::text::decode;
use crate::ingest::{Input, Problem, Sink};

/// Start of heading.
const SOH: char = '\u{1}';
/// Start of text.
const STX: char = '\u{2}';
/// End of text.
const ETX: char = '\u{3}';
/// End of transmission.
const EOT: char = '\u{4}';

/// One message: what stands before its text, the text, what stands behind it.
struct Message<'a> {
    heading: &'a str,
    text: &'a str,
    trailer: &'a str,
    /// Whether its text has an end.
    is_whole: bool,
}

/// The messages of a file, in order; what is not between the marks of a message is passed over.
fn messages(text: &str) -> Vec<Message<'_>> {
    let pieces = text.split(SOH).skip(1).map(|piece| piece.split(EOT).next().unwrap_or(piece));
    pieces
        .filter_map(|piece| {
            let (heading, rest) = piece.split_once(STX)?;
            let ended = rest.split_once(ETX);
            let (text, trailer) = ended.unwrap_or((rest, ""));
            Some(Message { heading, text, trailer, is_whole: ended.is_some() })
        })
        .collect()
}

/// Hands over the messages of a file, each as `read` understands it.
fn hand_over(input: Input<'_>, sink: &mut dyn Sink, read: impl Fn(&Message<'_>) -> Reading) -> Result<()> {
    let path = input.path.clone();
    let text = decode(&input.whole()?, None).told(&path, sink);
    let headings = text.split(SOH).skip(1).filter(|piece| piece.contains(char::is_alphanumeric)).count();
    let messages = messages(&text);
    if messages.is_empty() {
        let problem = format!("no message begins and ends in it, though a heading does ({headings} of them)");
        sink.problem(Problem::failed(&path, problem));
    } else if messages.len() < headings {
        sink.problem(Problem::doubt(&path, format!("{} of its {headings} headings have no text behind them", headings - messages.len())));
    }
    for (number, message) in messages.iter().enumerate() {
        let place = if messages.len() == 1 { path.clone() } else { format!("{path}#{}", number + 1) };
        if !message.is_whole {
            sink.problem(Problem::doubt(&place, "no mark ends its text: it may be cut off"));
        }
        read(message).hand_over(place, sink)?;
    }
    Ok(())
}

/// The first heading in `head`, when this may be a message: nothing but idle characters and a few words stand before it. Programs and
/// fonts have the same two bytes somewhere near their beginning, and zeros between them.
fn first_heading(head: &[u8]) -> Option<&[u8]> {
    let start = head.iter().take(80).position(|b| *b == 1)?;
    let rest = head.get(start + 1..)?;
    let end = rest.iter().take(1000).position(|b| *b == 2)?;
    rest.get(..end).filter(|heading| !heading.contains(&0))
}

/// `13`, `1` as years of this century or the last.
fn full_year(short: &str) -> Option<String> {
    let year: i16 = short.parse().ok().filter(|_| short.len() == 2)?;
    let this = jiff::Timestamp::now().strftime("%y").to_string().parse::<i16>().ok()?;
    Some(format!("{}", if year <= this + 1 { 2000 + year } else { 1900 + year }))
}

/// Whether a line only says where an update or a picture belongs: nothing a reader needs.
fn is_flag(line: &str) -> bool {
    const FLAGS: &[&str] = &[
        "refile",
        "lead",
        "ld",
        "urgent",
        "update",
        "writethru",
        "correction",
        "achtung",
        "attention",
        "embargo",
        "repeat",
        "roundup",
        "eds",
        "newsalert",
        "advisory",
        "1st",
        "2nd",
        "3rd",
        "4th",
        "5th",
        "6th",
        "7th",
        "8th",
        "9th",
        "10th",
        "corrected",
        "recasts",
        "extra",
        "and",
    ];
    let letters: String = line.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let mut words = letters.split_whitespace().peekable();
    words.peek().is_some() && words.all(|w| FLAGS.contains(&w) || w.bytes().all(|b| b.is_ascii_digit()))
}
