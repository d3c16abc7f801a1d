//! The words of a quote as they may be cited: nothing that the article says in between is passed over in silence.

use super::{Clipping, Quote, QuoteKind};

/// What stands between two pieces of speech that only goes on: closing mark, blank line, opening mark, and a space to spare.
const BREATH: u32 = 5;

/// Words of a quote that stand together in the article. Offsets are code points of the quote's text, `end` exclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The article says something else before it: who speaks, mostly.
    pub broken: bool,
}

impl Piece {
    /// These words of `text`.
    pub fn of(&self, text: &str) -> String {
        text.chars().skip(self.start as usize).take((self.end - self.start) as usize).collect()
    }

    /// Those of `marks` on the text that lie in these words, counted from their beginning.
    pub fn marks(&self, marks: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let own = marks.iter().filter(|(start, end)| self.start <= *start && *end <= self.end);
        own.map(|(start, end)| (start - self.start, end - self.start)).collect()
    }
}

/// The pieces of which `text` is put together: as long as the places in the body where they stand, with a space between. One
/// piece where the two do not fit.
pub fn pieces(text: &str, spans: &[(u32, u32)]) -> Vec<Piece> {
    let n = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let whole = vec![Piece { start: 0, end: n, broken: false }];
    let mut all: Vec<Piece> = Vec::new();
    let mut at = 0;
    for (i, (start, end)) in spans.iter().enumerate() {
        let piece =
            Piece { start: at, end: at + end.saturating_sub(*start), broken: i > 0 && start.saturating_sub(spans[i - 1].1) > BREATH };
        at = piece.end + 1;
        match all.last_mut().filter(|_| !piece.broken) {
            Some(last) => last.end = piece.end,
            None => all.push(piece),
        }
    }
    if at == n + 1 { all } else { whole }
}

impl Quote {
    /// Its words as they may be cited, see [`cited()`].
    pub fn cited(&self) -> String {
        let spans: Vec<(u32, u32)> = self.spans.iter().map(|span| (span.start, span.end)).collect();
        cited(self.kind, &self.text, &spans, |piece| piece.of(&self.text))
    }
}

/// The id of quote `number` (from 0) of `article`: that of the article, `#q`, and its number from 1.
pub fn quote_id(article: &str, number: usize) -> String {
    format!("{article}#q{}", number + 1)
}

/// The article's id, and the number (from 0) of a quote of it, where `id` is the id of one.
///
/// ```
/// use morgue::article::{quote_id, split_id};
/// assert_eq!(split_id(&quote_id("a#1", 2)), ("a#1", Some(2)));
/// assert_eq!([split_id("a"), split_id("a#q0"), split_id("a#quay")], [("a", None), ("a#q0", None), ("a#quay", None)]);
/// ```
pub fn split_id(id: &str) -> (&str, Option<usize>) {
    let quote = id.rsplit_once("#q").and_then(|(article, n)| Some((article, n.parse::<usize>().ok()?.checked_sub(1)?)));
    quote.map_or((id, None), |(article, number)| (article, Some(number)))
}

impl Clipping {
    /// What quote `number` (from 0) was before one of the article was marked as none, where it is another one now: whoever cited it by
    /// that number meant that.
    pub fn renumbered(&self, number: usize) -> Option<String> {
        let then = self.as_found.as_deref()?.quotes.get(number)?;
        let now = &self.annotations.quotes;
        if now.get(number).is_some_and(|quote| quote.spans == then.spans) {
            return None;
        }
        let became = match now.iter().position(|quote| quote.spans == then.spans) {
            Some(place) => format!("is #q{} now", place + 1),
            None => "was marked as no quote".to_owned(),
        };
        Some(format!("as found, #q{} was: {}, which {became}", number + 1, then.cited()))
    }
}

/// The words of a quote, each piece in quotation marks if they are the speaker's own, `[…]` where the article says something
/// else in between; `write` writes a piece.
///
/// # Example
///
/// ```
/// use morgue::article::{Piece, QuoteKind, cited};
/// let text = "It holds, It will.";
/// let words = cited(QuoteKind::Direct, text, &[(1, 10), (23, 31)], |piece: &Piece| piece.of(text));
/// assert_eq!(words, "“It holds,” […] “It will.”");
/// ```
pub fn cited(kind: QuoteKind, text: &str, spans: &[(u32, u32)], write: impl Fn(&Piece) -> String) -> String {
    let words = pieces(text, spans).iter().map(write).collect::<Vec<_>>();
    match kind {
        QuoteKind::Direct => format!("“{}”", words.join("” […] “")),
        QuoteKind::Indirect | QuoteKind::Mixed => words.join(" […] "),
    }
}
