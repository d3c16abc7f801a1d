//! What commands print with: results on standard output, everything else on standard error, colour only where wanted.

pub mod csv;
pub mod facets;
pub mod hits;
pub mod progress;
pub mod template;

pub use crate::archive::{count, number};
use crate::archive::{counted_name, counted_one};
use crate::error::{Context, Kind, Result};
use crate::query::Target;
use anstream::{AutoStream, ColorChoice};
use std::cell::RefCell;
use std::fmt::Display;
use std::io::{BufWriter, IsTerminal, Write};

/// Standard output and standard error.
pub struct Screen {
    out: RefCell<BufWriter<AutoStream<std::io::Stdout>>>,
    /// The way of what never has a colour: JSON need not be searched for escape sequences. Of the two one at most holds anything.
    bare: RefCell<BufWriter<std::io::Stdout>>,
    /// Room for one record.
    record: RefCell<Vec<u8>>,
    choice: ColorChoice,
    /// Whether drawing is to be left out.
    pub plain: bool,
    /// Whether a person reads standard output.
    pub terminal: bool,
    /// Whether standard output has colours: a terminal may be told to have none.
    coloured: bool,
}

impl Screen {
    /// A screen that colours by `choice`.
    pub fn new(choice: ColorChoice, plain: bool) -> Screen {
        let stdout = std::io::stdout();
        let terminal = stdout.is_terminal() && !plain;
        let bare = RefCell::new(BufWriter::new(std::io::stdout()));
        let chosen = if choice == ColorChoice::Auto { AutoStream::choice(&stdout) } else { choice };
        Screen {
            out: RefCell::new(BufWriter::new(AutoStream::new(stdout, choice))),
            bare,
            record: RefCell::default(),
            choice,
            plain,
            terminal,
            coloured: chosen != ColorChoice::Never,
        }
    }

    /// Writes one line of result.
    ///
    /// # Errors
    ///
    /// When nobody reads it any more.
    pub fn line(&self, text: impl Display) -> Result<()> {
        let bare = self.bare.borrow_mut().flush();
        bare.and_then(|()| writeln!(self.out.borrow_mut(), "{text}")).context(Kind::Io, || "cannot write the results".to_owned())
    }

    /// Writes a piece of result that is not a line.
    ///
    /// # Errors
    ///
    /// As [`Screen::line`].
    pub fn part(&self, text: &str) -> Result<()> {
        let bare = self.bare.borrow_mut().flush();
        bare.and_then(|()| write!(self.out.borrow_mut(), "{text}")).context(Kind::Io, || "cannot write the results".to_owned())
    }

    /// Writes a piece of result as it is, zero bytes too, which the way of [`Screen::part`] takes out.
    ///
    /// # Errors
    ///
    /// As [`Screen::line`].
    pub fn raw(&self, bytes: &[u8]) -> Result<()> {
        let out = self.out.borrow_mut().flush();
        out.and_then(|()| self.bare.borrow_mut().write_all(bytes)).context(Kind::Io, || "cannot write the results".to_owned())
    }

    /// Makes sure all lines are out.
    ///
    /// # Errors
    ///
    /// As [`Screen::line`].
    pub fn flush(&self) -> Result<()> {
        let out = self.out.borrow_mut().flush();
        out.and_then(|()| self.bare.borrow_mut().flush()).context(Kind::Io, || "cannot write the results".to_owned())
    }

    /// Writes one line of value as JSON.
    ///
    /// # Errors
    ///
    /// As [`Screen::line`].
    pub fn json(&self, value: &impl serde::Serialize) -> Result<()> {
        let mut line = self.record.borrow_mut();
        line.clear();
        serde_json::to_writer(&mut *line, value).context(Kind::Io, || "cannot write JSON".to_owned())?;
        line.push(b'\n');
        self.raw(&line)
    }

    /// Says something beside the results, on standard error. That nobody listens there is no error.
    pub fn note(&self, text: &str) {
        let _ = writeln!(AutoStream::new(std::io::stderr(), self.choice), "{text}");
    }

    /// How wide lines should be.
    pub fn width(&self) -> usize {
        let asked = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = asked.or_else(|| terminal_size::terminal_size().map(|(w, _)| usize::from(w.0)));
        width.unwrap_or(100).clamp(40, 140)
    }

    /// Of note.
    pub fn strong(&self, text: impl Display) -> String {
        paint(anstyle::Style::new().bold(), text)
    }

    /// In the background.
    pub fn faint(&self, text: impl Display) -> String {
        paint(anstyle::Style::new().dimmed(), text)
    }

    /// Wrong.
    pub fn bad(&self, text: impl Display) -> String {
        paint(anstyle::AnsiColor::Red.on_default().bold(), text)
    }

    /// A match; where there is no colour, between asterisks.
    pub fn mark(&self, text: impl Display) -> String {
        if self.coloured { paint(anstyle::AnsiColor::Yellow.on_default().bold(), text) } else { format!("**{text}**") }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.flush();
    }
}

fn paint(style: anstyle::Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// An amount of text in a unit that leaves it a number one can read.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => count(bytes, "byte", "bytes"),
        1_000..999_500 => format!("{:.0} kB", bytes as f64 / 1e3),
        999_500..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

/// So many articles, or quotes, as were asked for.
pub fn hits_of(n: u64, target: Target) -> String {
    count(n, counted_one(target), counted_name(target))
}

/// Lines of at most `width` characters, cut between words; `indent` stands before each.
pub fn wrapped(text: &str, width: usize, indent: &str) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = visible(word);
        if column > 0 && column + 1 + length > width.saturating_sub(indent.len()) {
            lines.push('\n');
            column = 0;
        }
        if column == 0 {
            lines.push_str(indent);
        } else {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
    }
    lines
}

/// Columns that `text` takes on a terminal: wide characters two, combining ones none.
pub fn seen(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

/// `text` in exactly `width` columns: padded, or cut with `…` at the end.
pub fn fitted(text: &str, width: usize) -> String {
    let n = seen(text);
    if n <= width {
        return format!("{text}{:1$}", "", width - n);
    }
    let (mut kept, mut room) = (String::new(), width.saturating_sub(1));
    for c in text.chars() {
        let wide = unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if wide > room {
            break;
        }
        room -= wide;
        kept.push(c);
    }
    format!("{kept}…{:room$}", "")
}

/// Columns of `text` that are seen: escape sequences take no room.
fn visible(text: &str) -> usize {
    let mut n = 0;
    let mut escape = false;
    for c in text.chars() {
        match (escape, c) {
            (true, 'm') => escape = false,
            (true, _) => {}
            (false, '\u{1b}') => escape = true,
            (false, c) => n += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0),
        }
    }
    n
}

/// `text` with its `marks` (code points, sorted) painted.
pub fn marked(screen: &Screen, text: &str, marks: &[(u32, u32)]) -> String {
    let mut out = String::with_capacity(text.len() + marks.len() * 16);
    let offsets = crate::article::Offsets::of(text);
    let mut at = 0;
    for (start, end) in marks {
        let (start, end) = (offsets.byte(*start), offsets.byte(*end));
        if start < at || end > text.len() {
            continue;
        }
        out.push_str(&safe(&text[at..start]));
        // Painted word by word, so that wrapped lines stay whole.
        let words: Vec<String> = text[start..end].split(' ').map(|w| screen.mark(safe(w))).collect();
        out.push_str(&words.join(" "));
        at = end;
    }
    out.push_str(&safe(&text[at..]));
    out
}

/// Text of a file without anything a terminal would obey: control characters, and the overrides of direction that would show
/// the rest of a line backwards (Unicode Standard Annex 9).
pub fn safe(text: &str) -> String {
    let obeyed = |c: char| c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202d}' | '\u{202e}');
    text.chars().map(|c| if obeyed(c) { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_given_nothing_to_obey() {
        assert_eq!(safe("pier\u{1b}[31m \u{202e}evil\tשלום\n"), "pier\u{fffd}[31m \u{fffd}evil\tשלום\n");
    }

    #[test]
    fn sizes_have_a_unit_that_shows_them() {
        let shown = [0, 1, 999, 41_234, 999_499, 999_500, 72_000_000, 3_456_000_000].map(size);
        assert_eq!(shown, ["0 bytes", "1 byte", "999 bytes", "41 kB", "999 kB", "1.0 MB", "72.0 MB", "3.46 GB"]);
    }

    #[test]
    fn without_colour_a_match_is_marked_by_asterisks_on_a_terminal_too() {
        let marked = |choice| {
            let mut screen = Screen::new(choice, false);
            screen.terminal = true;
            screen.mark("pier")
        };
        assert_eq!(marked(ColorChoice::Never), "**pier**");
        assert!(marked(ColorChoice::Always).contains("\u{1b}["));
    }

    #[test]
    fn columns_are_those_of_a_terminal() {
        assert_eq!([fitted("Žižkov", 8), fitted("東京都知事", 6), fitted("e\u{301}t\u{e9}", 3)], ["Žižkov  ", "東京… ", "e\u{301}té"]);
        assert!(["a", "東京都", "Žižkov and more"].iter().all(|t| seen(&fitted(t, 5)) == 5));
    }

    #[test]
    fn lines_wrap_between_words_whatever_their_colour() {
        assert_eq!(wrapped("a bb \u{1b}[1mccc\u{1b}[0m dd", 8, "  "), "  a bb\n  \u{1b}[1mccc\u{1b}[0m dd");
        assert_eq!(safe("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
    }
}
