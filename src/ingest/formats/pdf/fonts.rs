//! What the bytes a page shows mean: a font's own table (`ToUnicode`), else its encoding and the names of its signs.

use super::objects::Objects;
use super::signs::{STANDARD, sign};
use super::values::{Reader, Value};
use std::collections::HashMap;

/// A font.
pub(super) struct Font {
    /// Texts by code, from the font's own table.
    table: HashMap<u32, String>,
    /// Texts of codes of one byte.
    simple: Option<Vec<String>>,
    /// Whether codes have two bytes.
    is_wide: bool,
    widths: HashMap<u32, f64>,
    usual_width: f64,
}

/// Most entries of a table that are looked at.
const MOST: usize = 200_000;

impl Font {
    pub(super) fn of(objects: &Objects<'_>, font: &Value) -> Font {
        let kind = objects.get(font, "Subtype").and_then(Value::name).unwrap_or("");
        let is_wide = kind == "Type0";
        let table = match objects.resolve(font) {
            Value::Map(map) => match map.get("ToUnicode") {
                Some(Value::Other(number)) => objects.stream(*number).map(|(_, data)| own_table(&data)).unwrap_or_default(),
                _ => HashMap::new(),
            },
            _ => HashMap::new(),
        };
        let simple = (!is_wide).then(|| encoding(objects, font));
        let (widths, usual_width) = if is_wide { wide_widths(objects, font) } else { widths(objects, font) };
        Font { table, simple, is_wide, widths, usual_width }
    }

    /// The text of some bytes, its width in thousandths of the size, and how many codes nothing is known of.
    pub(super) fn read(&self, bytes: &[u8], text: &mut String) -> (f64, usize) {
        let (mut width, mut unknown) = (0.0, 0);
        for chunk in bytes.chunks(if self.is_wide { 2 } else { 1 }) {
            let code = chunk.iter().fold(0u32, |all, b| all << 8 | u32::from(*b));
            width += self.widths.get(&code).copied().unwrap_or(self.usual_width);
            // A table may have nothing for a code, and say so.
            let own = self.table.get(&code).filter(|text| !text.is_empty());
            let known = own.or_else(|| self.simple.as_ref()?.get(code as usize).filter(|text| !text.is_empty()));
            match known {
                Some(known) => text.push_str(known),
                None => unknown += 1,
            }
        }
        (width, unknown)
    }
}

/// The table a font brings along (a CMap): `<01> <0041>`, and ranges.
fn own_table(data: &[u8]) -> HashMap<u32, String> {
    let mut table = HashMap::new();
    let mut left = MOST;
    let mut reader = Reader::new(data, 0);
    let mut before: Vec<Value> = Vec::new();
    while reader.at < data.len() && left > 0 {
        let Some(value) = reader.value(0) else {
            reader.at += 1;
            continue;
        };
        match &value {
            Value::Word(word) if word == "endbfchar" => {
                for pair in before.chunks(2) {
                    if let [Value::Text(code), Value::Text(text)] = pair {
                        left = left.saturating_sub(1);
                        table.insert(number(code), utf16(text));
                    }
                }
            }
            Value::Word(word) if word == "endbfrange" => {
                for three in before.chunks(3) {
                    if let [Value::Text(from), Value::Text(to), target] = three {
                        range(&mut table, number(from), number(to), target, &mut left);
                    }
                }
            }
            Value::Word(_) => before.clear(),
            _ => {
                before.push(value);
                continue;
            }
        }
        before.clear();
    }
    table
}

fn range(table: &mut HashMap<u32, String>, from: u32, to: u32, target: &Value, left: &mut usize) {
    for (step, code) in (from..=to.min(from.saturating_add(0xFFFF))).enumerate() {
        *left = left.saturating_sub(1);
        if *left == 0 {
            return;
        }
        match target {
            Value::Text(first) => {
                let mut units: Vec<u8> = first.clone();
                if let Some(last) = units.len().checked_sub(2) {
                    let unit = u16::from_be_bytes([units[last], units[last + 1]]).wrapping_add(step as u16);
                    units[last..].copy_from_slice(&unit.to_be_bytes());
                }
                table.insert(code, utf16(&units));
            }
            Value::List(all) => {
                if let Some(Value::Text(text)) = all.get(step) {
                    table.insert(code, utf16(text));
                }
            }
            _ => return,
        }
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |all, b| all << 8 | u32::from(*b))
}

pub(super) fn utf16(bytes: &[u8]) -> String {
    // Some programs write one byte where two are asked for.
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).filter_map(Result::ok).filter(|c| *c != '\0').collect()
}

/// The texts of the 256 codes of a font whose codes have one byte.
fn encoding(objects: &Objects<'_>, font: &Value) -> Vec<String> {
    let encoding = objects.get(font, "Encoding");
    let base = encoding.and_then(|e| e.name().or_else(|| objects.get(e, "BaseEncoding")?.name())).unwrap_or("");
    let page = if base == "MacRomanEncoding" { encoding_rs::MACINTOSH } else { encoding_rs::WINDOWS_1252 };
    let mut texts: Vec<String> =
        (0..=255u8).map(|b| if b < 32 { String::new() } else { page.decode_without_bom_handling(&[b]).0.into_owned() }).collect();
    if base.is_empty() {
        // The encoding that fonts have when nothing is said.
        texts[0x27] = "’".to_owned();
        texts[0x60] = "‘".to_owned();
        if matches!(objects.get(font, "Subtype").and_then(Value::name), Some("Type1" | "MMType1")) {
            STANDARD.iter().for_each(|(code, text)| texts[usize::from(*code)] = (*text).to_owned());
        }
    }
    let mut code = 0usize;
    for value in encoding.and_then(|e| objects.get(e, "Differences")).map(Value::list).unwrap_or(&[]) {
        match objects.resolve(value) {
            Value::Number(n) => code = n.max(0.0) as usize,
            Value::Name(name) => {
                if let Some(slot) = texts.get_mut(code) {
                    *slot = sign(name);
                }
                code += 1;
            }
            _ => {}
        }
    }
    texts
}

fn widths(objects: &Objects<'_>, font: &Value) -> (HashMap<u32, f64>, f64) {
    let first = objects.get(font, "FirstChar").and_then(Value::number).unwrap_or(0.0).max(0.0) as u32;
    let list = objects.get(font, "Widths").map(Value::list).unwrap_or(&[]);
    let widths = list.iter().take(256).enumerate().filter_map(|(i, w)| Some((first.saturating_add(i as u32), objects.number(w)?)));
    (widths.collect(), 500.0)
}

fn wide_widths(objects: &Objects<'_>, font: &Value) -> (HashMap<u32, f64>, f64) {
    let below = objects.get(font, "DescendantFonts").and_then(|d| d.list().first());
    let Some(below) = below else { return (HashMap::new(), 1000.0) };
    let usual = objects.get(below, "DW").and_then(Value::number).unwrap_or(1000.0);
    let list = objects.get(below, "W").map(Value::list).unwrap_or(&[]);
    let mut widths = HashMap::new();
    let (mut at, mut left) = (0, MOST);
    while let Some(from) = list.get(at).and_then(|v| objects.number(v)).map(|n| n.max(0.0) as u32).filter(|_| left > 0) {
        match list.get(at + 1).map(|v| objects.resolve(v)) {
            Some(Value::List(each)) => {
                left = left.saturating_sub(each.len());
                widths.extend(
                    each.iter().take(70_000).enumerate().filter_map(|(i, w)| Some((from.saturating_add(i as u32), objects.number(w)?))),
                );
                at += 2;
            }
            Some(Value::Number(to)) => {
                let width = list.get(at + 2).and_then(|v| objects.number(v)).unwrap_or(usual);
                let to = (to.max(0.0) as u32).min(from.saturating_add(70_000));
                left = left.saturating_sub(to.saturating_sub(from) as usize + 1);
                widths.extend((from..=to).map(|code| (code, width)));
                at += 3;
            }
            _ => break,
        }
    }
    (widths, usual)
}
