//! The objects of a PDF file (ISO 32000-1), found by looking through the whole file, so that damaged tables of contents do not matter.

use super::values::{Reader, Value, is_space};
use crate::ingest::Limits;
use std::cell::Cell;
use std::collections::HashMap;
use std::io::Read;

/// Most objects of a file.
const MOST: usize = 1_000_000;

/// An object: its value, and where its stream begins if it has one.
#[derive(Clone)]
struct Object {
    value: Value,
    stream: Option<usize>,
}

/// The objects of a file by number.
pub(super) struct Objects<'a> {
    bytes: &'a [u8],
    limits: Limits,
    all: HashMap<u32, Object>,
    /// Bytes that may still be looked at: files that point at the same bytes again and again are not followed for ever.
    left: Cell<u64>,
    /// Whether there was more to look at.
    pub(super) is_cut: Cell<bool>,
    /// Maps at the end of the file, which name the first page and say whether it is encrypted.
    pub(super) trailers: Vec<HashMap<String, Value>>,
}

impl<'a> Objects<'a> {
    pub(super) fn of(bytes: &'a [u8], limits: Limits) -> Objects<'a> {
        let left = Cell::new((bytes.len() as u64).saturating_mul(32).saturating_add(limits.document()));
        let mut objects = Objects { bytes, limits, all: HashMap::new(), left, is_cut: Cell::default(), trailers: Vec::new() };
        for (n, at) in memchr::memmem::find_iter(bytes, b" obj").enumerate() {
            if n == MOST {
                objects.is_cut.set(true);
            }
            if objects.is_cut.get() {
                break;
            }
            if let Some(number) = number_before(bytes, at) {
                let mut reader = Reader::new(bytes, at + 4);
                let value = reader.value(0);
                let Some(value) = value.filter(|_| objects.spend(reader.at - at)) else { continue };
                reader.skip_space();
                let rest = bytes.get(reader.at..).unwrap_or(&[]);
                let stream = rest.strip_prefix(b"stream").map(|r| {
                    let line = if r.starts_with(b"\r\n") { 2 } else { usize::from(r.starts_with(b"\n") || r.starts_with(b"\r")) };
                    reader.at + 6 + line
                });
                if stream.is_some()
                    && let Value::Map(map) = &value
                    && map.get("Type").and_then(Value::name) == Some("XRef")
                {
                    objects.trailers.push(map.clone());
                }
                objects.all.insert(number, Object { value, stream });
            }
        }
        for at in memchr::memmem::find_iter(bytes, b"trailer").take(1000) {
            if let Some(Value::Map(map)) = Reader::new(bytes, at + 7).value(0) {
                objects.trailers.push(map);
            }
        }
        objects.unpack();
        objects
    }

    /// Counts bytes looked at; `false` when there were too many.
    fn spend(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes as u64);
        self.left.set(left.unwrap_or(0));
        self.is_cut.set(self.is_cut.get() || left.is_none());
        left.is_some()
    }

    /// Adds the objects that lie packed in streams.
    fn unpack(&mut self) {
        let packed = |o: &Object| matches!(&o.value, Value::Map(m) if m.get("Type").and_then(Value::name) == Some("ObjStm"));
        let mut streams: Vec<u32> = self.all.iter().filter(|(_, o)| packed(o)).map(|(n, _)| *n).collect();
        streams.sort_unstable();
        for number in streams {
            let Some((map, data)) = self.stream(number) else { continue };
            let whole = |key: &str| map.get(key).and_then(|v| self.number(v)).unwrap_or(0.0).max(0.0) as usize;
            let (count, first) = (whole("N").min(MOST), whole("First"));
            let mut head = Reader::new(&data, 0);
            for _ in 0..count {
                let (Some(Value::Number(number)), Some(Value::Number(offset))) = (head.value(0), head.value(0)) else { break };
                let start = first.saturating_add(offset.max(0.0) as usize);
                let mut reader = Reader::new(&data, start);
                let value = reader.value(0);
                if let Some(value) = value.filter(|_| self.spend(reader.at - start)) {
                    self.all.entry(number as u32).or_insert(Object { value, stream: None });
                }
            }
        }
    }

    /// A value, or the object it stands for.
    pub(super) fn resolve<'v>(&'v self, mut value: &'v Value) -> &'v Value {
        for _ in 0..8 {
            let Value::Other(number) = value else { return value };
            let Some(object) = self.all.get(number) else { return value };
            value = &object.value;
        }
        value
    }

    pub(super) fn number(&self, value: &Value) -> Option<f64> {
        self.resolve(value).number()
    }

    /// The value of `key` in a map, or in the object that stands for one.
    pub(super) fn get<'v>(&'v self, value: &'v Value, key: &str) -> Option<&'v Value> {
        match self.resolve(value) {
            Value::Map(map) => map.get(key).map(|v| self.resolve(v)),
            _ => None,
        }
    }

    /// The map and the unpacked stream of an object.
    pub(super) fn stream(&self, number: u32) -> Option<(&HashMap<String, Value>, Vec<u8>)> {
        let object = self.all.get(&number)?;
        let Value::Map(map) = &object.value else { return None };
        let start = object.stream?;
        let rest = self.bytes.get(start..)?;
        let said = map.get("Length").and_then(|l| self.number(l)).map(|n| n.max(0.0) as usize);
        let fits = |n: &usize| rest.get(*n..).is_some_and(|r| r.trim_ascii_start().starts_with(b"endstream"));
        let length = said.filter(fits).or_else(|| memchr::memmem::find(rest, b"endstream")).unwrap_or(rest.len());
        if !self.spend(length) {
            return None;
        }
        let mut data = rest.get(..length)?.to_vec();
        let filters = match map.get("Filter").map(|f| self.resolve(f)) {
            Some(Value::List(all)) => all.iter().filter_map(|f| self.resolve(f).name()).collect(),
            Some(Value::Name(one)) => vec![one.as_str()],
            _ => Vec::new(),
        };
        for filter in filters {
            data = match filter {
                "FlateDecode" | "Fl" => self.inflate(&data),
                "ASCIIHexDecode" | "AHx" => Reader::new(&[b"<", data.as_slice()].concat(), 0).hex(),
                "ASCII85Decode" | "A85" => ascii85(&data),
                _ => return None,
            };
            if !self.spend(data.len()) {
                return None;
            }
        }
        Some((map, data))
    }

    /// What can be had of a packed stream, also of one that is damaged.
    fn inflate(&self, data: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let most = self.limits.document().min((data.len() as u64).saturating_mul(self.limits.ratio).max(1 << 20));
        let _ = flate2::read::ZlibDecoder::new(data).take(most).read_to_end(&mut out);
        out
    }

    /// Every object that is a map of this type, in the order of their numbers.
    pub(super) fn of_type(&self, kind: &str) -> Vec<u32> {
        let is = |o: &Object| matches!(&o.value, Value::Map(m) if m.get("Type").and_then(|t| self.resolve(t).name()) == Some(kind));
        let mut found: Vec<u32> = self.all.iter().filter(|(_, o)| is(o)).map(|(n, _)| *n).collect();
        found.sort_unstable();
        found
    }

    pub(super) fn object(&self, number: u32) -> Option<&Value> {
        self.all.get(&number).map(|o| &o.value)
    }
}

/// The number of the object of which ` obj` stands at `at`: `12 0 obj`.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    let before = bytes.get(at.saturating_sub(24)..at)?;
    let text: Vec<&[u8]> = before.split(|b| is_space(*b)).filter(|w| !w.is_empty()).collect();
    let [.., number, _generation] = text.as_slice() else { return None };
    let digits = number.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(number.get(number.len() - digits..)?).ok()?.parse().ok()
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let (mut out, mut group) = (Vec::new(), Vec::new());
    for byte in data {
        match byte {
            b'z' if group.is_empty() => out.extend([0; 4]),
            b'!'..=b'u' => group.push(u32::from(byte - b'!')),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            let value = group.iter().fold(0u32, |all, d| all.wrapping_mul(85).wrapping_add(*d));
            out.extend(value.to_be_bytes());
            group.clear();
        }
    }
    if group.len() > 1 {
        let kept = group.len() - 1;
        group.resize(5, 84);
        let value = group.iter().fold(0u32, |all, d| all.wrapping_mul(85).wrapping_add(*d));
        out.extend(&value.to_be_bytes()[..kept]);
    }
    out
}
