//! How a file of text is written, which no format need know: a byte order mark is taken off, UTF-16 becomes UTF-8, and lines that end as
//! on the first Macintosh, with a carriage return alone, end with a line feed.

use super::Input;
use super::text::utf16;
use crate::error::Result;
use encoding_rs::{CoderResult, Decoder, Encoding};
use std::cell::Cell;
use std::io::{BufRead, Read};
use std::rc::Rc;

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What the beginning of a file shows.
pub(super) struct Written {
    wide: Option<&'static Encoding>,
    is_marked: bool,
    has_returns: bool,
    /// The beginning as it is after [`Written::put_right`], where that is not as it stands.
    head: Option<Vec<u8>>,
}

impl Written {
    /// Looks at `head`.
    pub(super) fn of(head: &[u8]) -> Written {
        let wide = utf16(head);
        let (encoding, mut shown) = match &wide {
            Some((encoding, text)) => (Some(*encoding), Some(text.as_bytes().to_vec())),
            None => (None, head.strip_prefix(MARK).map(<[u8]>::to_vec)),
        };
        let text = shown.as_deref().unwrap_or(head);
        let has_returns = memchr::memchr(b'\r', text).is_some() && memchr::memchr2(b'\n', 0, text).is_none();
        if has_returns {
            shown = Some(text.iter().map(|b| if *b == b'\r' { b'\n' } else { *b }).collect());
        }
        Written { wide: encoding, is_marked: Encoding::for_bom(head).is_some(), has_returns, head: shown }
    }

    /// What was seen of the file, as a format of text is to see it; `None` where it is as it stands.
    pub(super) fn head(&self) -> Option<&[u8]> {
        self.head.as_deref()
    }

    /// Whether it is UTF-16 and only its zero bytes say so.
    pub(super) fn is_unmarked(&self) -> bool {
        self.wide.is_some() && !self.is_marked
    }

    /// The file as a format of text is to read it.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(super) fn put_right<'a>(&self, input: Input<'a>) -> Result<(Input<'a>, Loss)> {
        let loss = Loss { encoding: self.wide.map_or("", Encoding::name), is_one: Rc::default() };
        if self.head.is_none() {
            return Ok((input, loss));
        }
        let (wide, has_returns, seen) = (self.wide, self.has_returns, Rc::clone(&loss.is_one));
        let skipped = if wide.is_none() && self.is_marked { MARK.len() } else { 0 };
        let input = input.rewritten(|mut bytes| -> Box<dyn Read + 'a> {
            bytes.consume(skipped);
            let bytes: Box<dyn Read + 'a> = match wide {
                Some(encoding) => {
                    Box::new(Narrowed { inner: bytes, decoder: encoding.new_decoder_with_bom_removal(), is_done: false, seen })
                }
                None => Box::new(bytes),
            };
            if has_returns { Box::new(Fed { inner: bytes, after_return: false }) } else { bytes }
        })?;
        Ok((input, loss))
    }
}

/// Whether characters were lost on the way, which is known when the file was read.
#[derive(Default)]
pub(super) struct Loss {
    encoding: &'static str,
    is_one: Rc<Cell<bool>>,
}

impl Loss {
    /// What is to be said of it, if anything.
    pub(super) fn told(&self) -> Option<String> {
        self.is_one.get().then(|| format!("some characters are no {} and were replaced", self.encoding))
    }
}

/// Text of another encoding, in UTF-8.
struct Narrowed<R> {
    inner: R,
    decoder: Decoder,
    is_done: bool,
    /// Set when something meant nothing.
    seen: Rc<Cell<bool>>,
}

impl<R: BufRead> Read for Narrowed<R> {
    /// `buffer` must have room for a character, as that of any buffered reader has.
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while !self.is_done {
            let bytes = self.inner.fill_buf()?;
            let is_last = bytes.is_empty();
            let (result, taken, given, had_errors) = self.decoder.decode_to_utf8(bytes, buffer, is_last);
            self.inner.consume(taken);
            self.seen.set(self.seen.get() || had_errors);
            self.is_done = is_last && result == CoderResult::InputEmpty;
            match (given, result) {
                (0, CoderResult::OutputFull) => return Err(std::io::Error::other("there is no room for a character")),
                (0, CoderResult::InputEmpty) => {}
                _ => return Ok(given),
            }
        }
        Ok(0)
    }
}

/// Text whose carriage returns are line feeds.
struct Fed<R> {
    inner: R,
    after_return: bool,
}

impl<R: Read> Read for Fed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let got = self.inner.read(buffer)?;
            let mut kept = 0;
            for at in 0..got {
                let byte = buffer[at];
                // Farther on lines may end with both.
                if !(byte == b'\n' && self.after_return) {
                    buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
                self.after_return = byte == b'\r';
            }
            if kept > 0 || got == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put_right(bytes: &[u8]) -> (String, Option<String>) {
        let input = Input::new("a.txt", None, 0, bytes).unwrap();
        let written = Written::of(input.head());
        let seen = written.head().map(<[u8]>::to_vec);
        let (input, loss) = written.put_right(input).unwrap();
        if let Some(seen) = seen {
            let n = seen.len().min(1000);
            assert_eq!(seen[..n], input.head()[..n], "what formats are told by is what they read");
        }
        (String::from_utf8(input.whole().unwrap()).unwrap(), loss.told())
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn texts_come_in_one_form() {
        let long = "The pier “held” 😀.\n".repeat(9000);
        for text in ["", "a", "\n", "The pier “held”.\n\nSo they say.\n", "\u{feff}", &long] {
            assert_eq!(put_right(text.as_bytes()).0, text.trim_start_matches('\u{feff}'));
            assert_eq!(
                put_right(format!("\u{feff}{text}").as_bytes()).0.trim_start_matches('\u{feff}'),
                text.trim_start_matches('\u{feff}')
            );
        }
        assert_eq!(put_right(&wide(&format!("\u{feff}{long}"))), (long.clone(), None));
        assert_eq!(put_right(&wide(&long)), (long.clone(), None));
        assert_eq!(put_right(&wide(&format!("\u{feff}{}", long.replace('\n', "\r")))), (long.clone(), None));
        assert_eq!(put_right(long.replace('\n', "\r").as_bytes()).0, long);
        assert_eq!(put_right(long.replace('\n', "\r\n").as_bytes()).0, long.replace('\n', "\r\n"), "both stay");
        let (first, then) = ("a\r".repeat(40_000), "b\r\n".repeat(4));
        assert_eq!(put_right(format!("{first}{then}").as_bytes()).0, "a\n".repeat(40_000) + &"b\n".repeat(4));
    }

    #[test]
    fn what_is_lost_is_told() {
        let sentence = "The pier held, and so did the wall behind it. ";
        let torn = [wide(&format!("\u{feff}{sentence}")), vec![0x00, 0xD8, b'x', 0, b'y']].concat();
        let told = "some characters are no UTF-16LE and were replaced";
        assert_eq!(put_right(&torn), (format!("{sentence}\u{fffd}x\u{fffd}"), Some(told.to_owned())));
    }
}
