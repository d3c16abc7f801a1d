//! Numbers and texts as bytes: small numbers take one byte (LEB128), texts follow their length.

use crate::article::Span;

/// Bytes being written.
#[derive(Default)]
pub(super) struct Out(pub Vec<u8>);

impl Out {
    pub fn number(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n as u8);
    }

    /// A number that may be below zero: the sign goes into the lowest bit.
    pub fn signed(&mut self, n: i64) {
        self.number((n << 1 ^ n >> 63) as u64);
    }

    pub fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A text that may be missing.
    pub fn maybe(&mut self, text: Option<&str>) {
        self.number(text.map_or(0, |t| t.len() as u64 + 1));
        self.0.extend_from_slice(text.unwrap_or("").as_bytes());
    }

    /// A span as its distance from `from` and its length.
    pub fn span(&mut self, from: u32, span: Span) {
        self.signed(i64::from(span.start) - i64::from(from));
        self.signed(i64::from(span.end) - i64::from(span.start));
    }
}

/// Bytes being read; `None` wherever they end too early or make no sense.
pub(super) struct In<'a>(pub &'a [u8]);

impl<'a> In<'a> {
    pub fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    pub fn number(&mut self) -> Option<u64> {
        let mut n = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    /// How many things follow: never more than there are bytes left.
    pub fn count(&mut self) -> Option<usize> {
        self.number().map(|n| n as usize).filter(|n| *n <= self.0.len())
    }

    pub fn signed(&mut self) -> Option<i64> {
        self.number().map(|n| (n >> 1) as i64 ^ -((n & 1) as i64))
    }

    pub fn bytes(&mut self, n: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(bytes)
    }

    pub fn text(&mut self) -> Option<&'a str> {
        let n = self.count()?;
        std::str::from_utf8(self.bytes(n)?).ok()
    }

    pub fn maybe(&mut self) -> Option<Option<&'a str>> {
        match self.number()? {
            0 => Some(None),
            n => std::str::from_utf8(self.bytes(n as usize - 1)?).ok().map(Some),
        }
    }

    pub fn span(&mut self, from: u32) -> Option<Span> {
        let start = u32::try_from(i64::from(from) + self.signed()?).ok()?;
        let end = u32::try_from(i64::from(start) + self.signed()?).ok()?;
        Some(Span { start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read(n: u64, s: i64, text in "\\PC{0,9}", maybe: Option<String>, from: u32, start: u32, end: u32) {
            let mut out = Out::default();
            out.number(n);
            out.signed(s);
            out.text(&text);
            out.maybe(maybe.as_deref());
            out.span(from, Span { start, end });
            let mut read = In(&out.0);
            assert_eq!(read.number(), Some(n));
            assert_eq!(read.signed(), Some(s));
            assert_eq!(read.text(), Some(text.as_str()));
            assert_eq!(read.maybe(), Some(maybe.as_deref()));
            assert_eq!(read.span(from), Some(Span { start, end }));
            assert_eq!(read.byte(), None);
        }

        #[test]
        fn garbage_is_no_number(bytes: Vec<u8>) {
            let mut read = In(&bytes);
            while read.text().is_some() && read.span(7).is_some() && !read.0.is_empty() {}
        }
    }
}
