//! The values a PDF file is written in (ISO 32000-1, 7.3), read one after another.

use std::collections::HashMap;

/// How deep values may lie in values.
const DEEPEST: usize = 64;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    List(Vec<Value>),
    Map(HashMap<String, Value>),
    /// Another object, by its number.
    Other(u32),
    /// A keyword: `true`, `null`, or an operator of a page.
    Word(String),
}

impl Value {
    pub(super) fn number(&self) -> Option<f64> {
        if let Value::Number(n) = self { Some(*n) } else { None }
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Value::Name(n) = self { Some(n) } else { None }
    }

    pub(super) fn list(&self) -> &[Value] {
        if let Value::List(all) = self { all } else { &[] }
    }
}

/// Reads values one after another.
pub(super) struct Reader<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

pub(super) fn is_space(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_mark(b: u8) -> bool {
    b"()<>[]{}/%".contains(&b)
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Reader<'a> {
        Reader { bytes, at }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(b) = self.peek() {
            if b == b'%' {
                let rest = self.bytes.get(self.at..).unwrap_or(&[]);
                self.at += rest.iter().position(|b| matches!(b, 10 | 13)).unwrap_or(rest.len());
            } else if is_space(b) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// The next value; `None` at the end, or where a list or map ends.
    pub(super) fn value(&mut self, depth: usize) -> Option<Value> {
        self.skip_space();
        while self.peek().is_some_and(|b| b"{})".contains(&b)) {
            self.at += 1;
            self.skip_space();
        }
        let first = self.peek()?;
        match first {
            b'/' => {
                self.at += 1;
                Some(Value::Name(self.name()))
            }
            b'(' => Some(Value::Text(self.text())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Some(Value::Map(self.map(depth)))
            }
            b'<' => Some(Value::Text(self.hex())),
            b'[' => {
                self.at += 1;
                Some(Value::List(self.list(depth)))
            }
            b']' | b'>' => None,
            b'0'..=b'9' | b'+' | b'-' | b'.' => Some(self.number_or_other()),
            _ => Some(Value::Word(self.word())),
        }
    }

    fn word(&mut self) -> String {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let length = rest.iter().take_while(|b| !is_space(**b) && !is_mark(**b)).count().max(1);
        self.at += length;
        String::from_utf8_lossy(rest.get(..length).unwrap_or(&[])).into_owned()
    }

    fn name(&mut self) -> String {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let length = rest.iter().take_while(|b| !is_space(**b) && !is_mark(**b)).count();
        self.at += length;
        let raw = rest.get(..length).unwrap_or(&[]);
        let mut name = Vec::with_capacity(length);
        let mut i = 0;
        while let Some(b) = raw.get(i) {
            let hex = raw.get(i + 1..i + 3).filter(|_| *b == b'#').and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
            name.push(hex.unwrap_or(*b));
            i += if hex.is_some() { 3 } else { 1 };
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    /// A number, or `12 0 R`.
    fn number_or_other(&mut self) -> Value {
        let number = self.digits();
        let after = self.at;
        if number.fract() == 0.0 && (0.0..4e9).contains(&number) {
            self.skip_space();
            if self.peek().is_some_and(|b| b.is_ascii_digit()) && self.digits().fract() == 0.0 {
                self.skip_space();
                let ends = self.bytes.get(self.at + 1).is_none_or(|b| is_space(*b) || is_mark(*b));
                if self.peek() == Some(b'R') && ends {
                    self.at += 1;
                    return Value::Other(number as u32);
                }
            }
            self.at = after;
        }
        Value::Number(number)
    }

    fn digits(&mut self) -> f64 {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let length = rest.iter().take(40).take_while(|b| b.is_ascii_digit() || b"+-.".contains(b)).count().max(1);
        self.at += length;
        let text = std::str::from_utf8(rest.get(..length).unwrap_or(&[])).unwrap_or("");
        text.parse().ok().filter(|n: &f64| n.is_finite()).unwrap_or(0.0)
    }

    fn text(&mut self) -> Vec<u8> {
        self.at += 1;
        let (mut out, mut depth) = (Vec::new(), 1);
        while let Some(b) = self.peek() {
            self.at += 1;
            match b {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut out);
                    continue;
                }
                _ => {}
            }
            out.push(b);
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let Some(b) = self.peek() else { return };
        self.at += 1;
        match b {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' | b'f' => {}
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(b - b'0');
                for _ in 0..2 {
                    let Some(d) = self.peek().filter(|d| (b'0'..=b'7').contains(d)) else { break };
                    code = code * 8 + u32::from(d - b'0');
                    self.at += 1;
                }
                out.push(code as u8);
            }
            other => out.push(other),
        }
    }

    pub(super) fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let length = rest.iter().position(|b| *b == b'>').unwrap_or(rest.len());
        self.at += length + 1;
        let digits: Vec<u8> =
            rest.get(..length).unwrap_or(&[]).iter().filter_map(|b| char::from(*b).to_digit(16)).map(|d| d as u8).collect();
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
    }

    fn list(&mut self, depth: usize) -> Vec<Value> {
        let mut all = Vec::new();
        if depth < DEEPEST {
            while let Some(value) = self.value(depth + 1) {
                all.push(value);
            }
        }
        self.skip_space();
        self.at += usize::from(self.peek().is_some());
        all
    }

    fn map(&mut self, depth: usize) -> HashMap<String, Value> {
        let mut map = HashMap::new();
        if depth < DEEPEST {
            while let Some(key) = self.value(depth + 1) {
                let Value::Name(key) = key else { continue };
                let Some(value) = self.value(depth + 1) else { break };
                map.insert(key, value);
            }
        }
        self.skip_space();
        self.at += usize::from(self.peek() == Some(b'>'));
        self.at += usize::from(self.peek() == Some(b'>'));
        map
    }
}
