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
    /// Byte offset and length of every code point beyond ASCII.
    wide: Vec<(u32, u8)>,
    /// Code point offset of each of them.
    marks: Vec<u32>,
    bytes: usize,
}

/// Bytes that are looked at together.
const STRETCH: usize = 32;

impl Offsets {
    /// Reads `text` once.
    pub fn of(text: &str) -> Offsets {
        let mut wide = Vec::new();
        // Most of a text is ASCII: a stretch of it is passed over at once.
        for (n, stretch) in text.as_bytes().chunks(STRETCH).enumerate().filter(|(_, stretch)| !stretch.is_ascii()) {
            // The first byte of a code point beyond ASCII tells its length.
            let beyond = stretch.iter().enumerate().filter(|(_, b)| **b >= 0xc0);
            wide.extend(beyond.map(|(i, b)| ((n * STRETCH + i) as u32, 2 + u8::from(*b >= 0xe0) + u8::from(*b >= 0xf0))));
        }
        let mut marks = Vec::with_capacity(wide.len());
        let mut extra = 0u32;
        for (at, len) in &wide {
            marks.push(at - extra);
            extra += u32::from(*len) - 1;
        }
        Offsets { marks, wide, bytes: text.len() }
    }

    /// The code point at byte offset `byte`, which must be a character boundary.
    pub fn code_point(&self, byte: usize) -> u32 {
        let before = self.wide.partition_point(|(at, _)| (*at as usize) < byte);
        match before {
            0 => byte as u32,
            n => {
                let (at, len) = self.wide[n - 1];
                self.marks[n - 1] + 1 + (byte as u32 - (at + u32::from(len)))
            }
        }
    }

    /// The byte offset of code point `code_point`; the length of the text when it lies behind the end.
    pub fn byte(&self, code_point: u32) -> usize {
        let before = self.marks.partition_point(|mark| *mark < code_point);
        let byte = match before {
            0 => code_point as usize,
            n => {
                let (at, len) = self.wide[n - 1];
                at as usize + usize::from(len) + (code_point - self.marks[n - 1] - 1) as usize
            }
        };
        byte.min(self.bytes)
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
