//! Whether a value of a field is what a query asks for, and where a quote's words stand in the body.

use super::vocabulary::Words;
use crate::article::{Clipping, Offsets, Quote, kilometres};
use crate::field::{Field, FieldKind, Value};
use crate::query::{ValueMatch, WordForm};
use crate::words::{fold, words};
use std::ops::Range;

/// Whether one value of `field` is as asked.
pub(super) fn is(asked: &Words, field: &Field, wanted: &ValueMatch, value: Value<'_>) -> bool {
    let Value::Text(text) = value else { return false };
    match (field.kind, wanted) {
        (FieldKind::Keyword, ValueMatch::Words(forms)) => match forms.as_slice() {
            [form] => asked.fits(form, &fold(text)),
            several => in_a_row(asked, several, text),
        },
        (FieldKind::Path, ValueMatch::Words(forms)) => text.split('/').any(|step| in_a_row(asked, forms, step)),
        (_, ValueMatch::Words(forms)) => in_a_row(asked, forms, text),
        (FieldKind::Path, ValueMatch::Whole(whole)) => steps(text).any(|steps| steps == whole),
        // Codes have no case.
        (FieldKind::Keyword, ValueMatch::Whole(whole)) => fold(text) == fold(whole),
        (_, ValueMatch::Whole(whole)) => field.key(text) == field.key(whole),
        (FieldKind::Path, ValueMatch::Regex(_)) => steps(text).any(|steps| regex(asked, wanted, steps)),
        (_, ValueMatch::Regex(_)) => regex(asked, wanted, text),
    }
}

/// One step of a path, or several in a row, as they stand.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    let starts = std::iter::once(0).chain(path.match_indices('/').map(|(i, _)| i + 1));
    starts.flat_map(move |start| {
        let ends = path.match_indices('/').map(|(i, _)| i).chain(std::iter::once(path.len()));
        ends.filter(move |end| *end > start).filter_map(move |end| path.get(start..end))
    })
}

fn regex(asked: &Words, wanted: &ValueMatch, text: &str) -> bool {
    let ValueMatch::Regex(expression) = wanted else { return false };
    asked.fits(&WordForm::Regex(expression.clone()), &fold(text))
}

/// Whether the words stand in a row in `text`.
fn in_a_row(asked: &Words, forms: &[WordForm], text: &str) -> bool {
    let found = words(text);
    let at = |position: u32, form: &WordForm| found.iter().filter(|w| w.2 == position).any(|w| asked.fits(form, &w.3));
    let last = found.last().map_or(0, |w| w.2 + 1);
    !forms.is_empty() && (0..last).any(|start| forms.iter().zip(start..).all(|(form, position)| at(position, form)))
}

/// Whether a number lies between two bounds.
pub(super) fn inside(from: Option<i64>, to: Option<i64>, value: Value<'_>) -> bool {
    let Value::Number(n) = value else { return false };
    from.is_none_or(|from| from <= n) && to.is_none_or(|to| n <= to)
}

/// Whether a place of the article lies within `km` kilometres of a point.
pub(super) fn within(clipping: &Clipping, point: (f64, f64), km: f64) -> bool {
    let places = clipping.annotations.places.iter();
    places.filter_map(|p| Some((p.lat?, p.lon?))).any(|place| kilometres(place, point) <= km)
}

/// Bytes of the words of a quote as bytes of the body; several where the quote is in pieces, none where body and quote disagree.
pub(super) fn in_body(body: &str, offsets: &Offsets, quote: &Quote, at: Range<usize>) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut ranges = Vec::new();
    for span in &quote.spans {
        let piece = offsets.slice(body, *span);
        let end = start + piece.len();
        if quote.text.get(start..end) != Some(piece) {
            return Vec::new();
        }
        let (from, to) = (at.start.max(start), at.end.min(end));
        if from < to {
            let base = offsets.byte(span.start);
            ranges.push(base + from - start..base + to - start);
        }
        // One space joins the pieces.
        start = end + 1;
    }
    ranges
}
