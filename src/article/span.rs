//! Where something stands in a body: offsets in Unicode code points, and the way to and from bytes.

use serde::{Deserialize, Serialize};

/// A stretch of an article's body: Unicode code points, `end` exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`.
    pub fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a code point.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Printed as `{"start": 0, "end": 9}` (the spans of a quote as pairs, see [`pairs`]); both forms are read.
impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut s = serializer.serialize_struct("Span", 2)?;
        s.serialize_field("start", &self.start)?;
        s.serialize_field("end", &self.end)?;
        s.end()
    }
}

impl schemars::JsonSchema for Span {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let offset = serde_json::json!({ "type": "integer", "minimum": 0 });
        schemars::json_schema!({ "type": "object", "required": ["start", "end"], "properties": { "start": offset, "end": offset } })
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Pair(u32, u32),
    Named { start: u32, end: u32 },
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
        Ok(match Written::deserialize(deserializer)? {
            Written::Pair(start, end) | Written::Named { start, end } => Span { start, end },
        })
    }
}

/// Serialises a list of spans as pairs (`[[10, 52], [70, 95]]`), for `#[serde(with)]`.
pub(super) mod pairs {
    use super::Span;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(spans: &[Span], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(spans.iter().map(|s| (s.start, s.end)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Span>, D::Error> {
        Vec::<Span>::deserialize(deserializer)
    }
}

/// The way between byte offsets (what Rust slices by) and code points (what a [`Span`] holds) of one text.
///
/// # Example
///
/// ```
/// use morgue::article::{Offsets, Span};
/// let body = "Žofie said “ano”.";
/// let offsets = Offsets::of(body);
/// let span = offsets.span(0, "Žofie".len());
/// assert_eq!(span, Span::new(0, 5));
/// assert_eq!(offsets.slice(body, span), "Žofie");
/// ```
pub struct Offsets {
    /// One for each [`STRETCH`] of bytes, and one that begins at the end of the text or before.
    stretches: Vec<Stretch>,
    bytes: usize,
}

/// Bytes that are looked at together.
const STRETCH: usize = 64;

#[derive(Clone, Copy)]
struct Stretch {
    /// A bit for each byte that begins no code point.
    inner: u64,
    /// How many code points begin before it.
    first: u32,
}

/// The bits of a stretch.
fn inner_of(bytes: &[u8]) -> u64 {
    let (eights, rest) = bytes.as_chunks();
    let last = rest.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte));
    let eights = eights.iter().map(|eight| u64::from_le_bytes(*eight)).chain(Some(last));
    eights.zip((0..STRETCH).step_by(8)).fold(0, |all, (eight, at)| all | inner(eight) << at)
}

/// A bit for each of eight bytes that begins no code point: those whose highest bits are 1 and 0.
fn inner(eight: u64) -> u64 {
    let found = (eight & !(eight << 1)) >> 7 & 0x0101_0101_0101_0101;
    found.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

impl Offsets {
    /// Reads `text` once.
    pub fn of(text: &str) -> Offsets {
        let mut stretches = Vec::with_capacity(text.len() / STRETCH + 1);
        let mut first = 0;
        for bytes in text.as_bytes().chunks(STRETCH) {
            // Most of a text is ASCII.
            let inner = if bytes.is_ascii() { 0 } else { inner_of(bytes) };
            stretches.push(Stretch { inner, first });
            first += bytes.len() as u32 - inner.count_ones();
        }
        if text.len().is_multiple_of(STRETCH) {
            stretches.push(Stretch { inner: 0, first });
        }
        Offsets { stretches, bytes: text.len() }
    }

    /// The code point at byte offset `byte`, which must be a character boundary.
    pub fn code_point(&self, byte: usize) -> u32 {
        let (Stretch { inner, first }, at) = (self.stretches[byte / STRETCH], byte % STRETCH);
        let before = if inner == 0 { 0 } else { (inner & ((1 << at) - 1)).count_ones() };
        first + at as u32 - before
    }

    /// The byte offset of code point `code_point`; the length of the text when it lies behind the end.
    pub fn byte(&self, code_point: u32) -> usize {
        let n = self.stretches.partition_point(|stretch| stretch.first <= code_point) - 1;
        let Stretch { inner, first } = self.stretches[n];
        let mut begin = (0..STRETCH).filter(|at| inner >> at & 1 == 0);
        begin.nth((code_point - first) as usize).map_or(self.bytes, |at| (n * STRETCH + at).min(self.bytes))
    }

    /// The span of the bytes `start..end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span { start: self.code_point(start), end: self.code_point(end) }
    }

    /// The words at `span`.
    pub fn slice<'a>(&self, text: &'a str, span: Span) -> &'a str {
        text.get(self.byte(span.start)..self.byte(span.end)).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::Offsets;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_and_code_points_are_told_apart(text in "[a-z é’漢😀]{0,200}|[a-z]{0,200}") {
            let offsets = Offsets::of(&text);
            let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (n, byte) in bytes.enumerate() {
                prop_assert_eq!(offsets.code_point(byte), n as u32, "{} of {:?}", byte, &text);
                prop_assert_eq!(offsets.byte(n as u32), byte, "{} of {:?}", n, &text);
            }
            prop_assert_eq!(offsets.byte(text.len() as u32 + 1), text.len());
        }
    }
}
