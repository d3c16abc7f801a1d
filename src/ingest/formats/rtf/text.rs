//! The text of an RTF file, one paragraph a line (Microsoft, Rich Text Format Specification 1.9.1), read as tolerantly as programs write it.

use super::page::Page;
use std::collections::HashMap;

/// How deep groups may lie in groups.
const DEEPEST: usize = 1000;

/// The number of no font.
const NO_FONT: i32 = -1;

/// What was read.
pub(super) struct Read {
    pub(super) text: String,
    pub(super) doubt: Option<String>,
}

/// Groups whose text is no text of the document.
const DESTINATIONS: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "listtable",
    "listoverridetable",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "generator",
    "xe",
    "tc",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
    "private",
    "revtbl",
    "rsidtbl",
    "filetbl",
    "xmlnstbl",
    "mmathPr",
    "pgdsctbl",
    "listtext",
    "pntext",
    "atnid",
    "atnauthor",
    "atrfstart",
    "atrfend",
    "template",
    "userprops",
    "docvar",
    "upr",
];

#[derive(Clone)]
struct State {
    skip: bool,
    /// Font number, for its code page.
    font: i32,
    /// Characters that stand for a `\u` character and are passed over.
    fallback: i32,
    hidden: bool,
    fonts: bool,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    state: State,
    stack: Vec<State>,
    out: String,
    /// Bytes of a code page, not yet decoded.
    pending: Vec<u8>,
    page: Page,
    charsets: HashMap<i32, Page>,
    /// The font of text that names none.
    usual_font: i32,
    /// Fallback characters still to be passed over.
    passing: i32,
    high: Option<u16>,
    doubt: Option<String>,
}

/// Reads a file. Never fails: what is no RTF is text.
pub(super) fn read(bytes: &[u8]) -> Read {
    let state = State { skip: false, font: NO_FONT, fallback: 1, hidden: false, fonts: false };
    let mut reader = Reader {
        bytes,
        at: 0,
        state,
        stack: Vec::new(),
        out: String::with_capacity(bytes.len() / 2),
        pending: Vec::new(),
        page: Page::WESTERN,
        charsets: HashMap::new(),
        usual_font: NO_FONT,
        passing: 0,
        high: None,
        doubt: None,
    };
    reader.run();
    Read { text: reader.out, doubt: reader.doubt }
}

impl Reader<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' => self.open(),
                b'}' => {
                    self.flush();
                    self.passing = 0;
                    match self.stack.pop() {
                        Some(state) => self.state = state,
                        None => return,
                    }
                    // What follows the outermost group is none of the document's.
                    if self.stack.is_empty() {
                        return;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' | 0 => {}
                _ => self.byte(byte),
            }
        }
        self.flush();
        if !self.stack.is_empty() {
            self.doubt.get_or_insert_with(|| "the end of the file is missing".to_owned());
        }
    }

    fn open(&mut self) {
        self.flush();
        self.passing = 0;
        if self.stack.len() >= DEEPEST {
            self.doubt.get_or_insert_with(|| format!("groups are nested more than {DEEPEST} deep; the rest is not read"));
            self.at = self.bytes.len();
            return;
        }
        self.stack.push(self.state.clone());
    }

    /// One byte of text.
    fn byte(&mut self, byte: u8) {
        if self.passing > 0 {
            self.passing -= 1;
        } else if !self.state.skip && !self.state.hidden {
            self.high = None;
            self.pending.push(byte);
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let named = self.charsets.get(&self.state.font).copied();
            // That of western letters says nothing where no font is named: the file's own page goes before it.
            let usual = || self.charsets.get(&self.usual_font).copied().filter(|page| self.state.font == NO_FONT && *page != Page::WESTERN);
            let page = named.or_else(usual).unwrap_or(self.page);
            self.out.push_str(&page.decode(&self.pending));
            self.pending.clear();
        }
    }

    fn put(&mut self, text: &str) {
        self.flush();
        if self.passing > 0 {
            self.passing -= 1;
        } else if !self.state.skip && !self.state.hidden {
            self.out.push_str(text);
        }
    }

    fn control(&mut self) {
        let Some(first) = self.bytes.get(self.at).copied() else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => {
                    let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
                    if let (Some(a), Some(b)) = (digit(self.bytes.get(self.at)), digit(self.bytes.get(self.at + 1))) {
                        self.at += 2;
                        self.byte((a << 4 | b) as u8);
                    }
                }
                b'*' => self.state.skip = true,
                b'~' => self.put(" "),
                b'_' => self.put("-"),
                b'{' | b'}' | b'\\' => self.byte(first),
                b'\r' | b'\n' => self.put("\n"),
                // An optional hyphen is no character, and other marks are for indexes.
                _ => {}
            }
            return;
        }
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let letters = rest.iter().take(40).take_while(|b| b.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(rest.get(..letters).unwrap_or(&[])).into_owned();
        let digits = rest.get(letters..).unwrap_or(&[]);
        let minus = usize::from(digits.first() == Some(&b'-'));
        let count = minus + digits.get(minus..).unwrap_or(&[]).iter().take(11).take_while(|b| b.is_ascii_digit()).count();
        let number = std::str::from_utf8(digits.get(..count).unwrap_or(&[])).ok().and_then(|d| d.parse::<i32>().ok());
        self.at += letters + count;
        // One space ends a control word and belongs to it.
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.word(&word, number);
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" | "page" | "row" | "line" | "column" => self.put("\n"),
            "cell" | "nestcell" => self.put("\n"),
            "tab" => self.put("\t"),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            "emspace" | "enspace" | "qmspace" => self.put(" "),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => self.state.fallback = number.unwrap_or(1).clamp(0, 64),
            "bin" => self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)),
            "ansicpg" => match number.and_then(Page::numbered) {
                Some(page) => self.page = page,
                None => {
                    let doubt = || format!("its code page {} is not known, so some letters may be wrong", number.unwrap_or(0));
                    self.doubt.get_or_insert_with(doubt);
                }
            },
            "mac" => self.page = Page::MACINTOSH,
            // What DOS had in the United States, and in western Europe.
            "pc" => self.page = Page::Dos(437),
            "pca" => self.page = Page::Dos(850),
            "fonttbl" => {
                self.state.fonts = true;
                self.state.skip = true;
            }
            "f" => {
                self.flush();
                self.state.font = number.unwrap_or(0);
            }
            "fcharset" if self.state.fonts => {
                if let Some(page) = number.and_then(Page::of_charset) {
                    self.charsets.insert(self.state.font, page);
                }
            }
            "deff" => self.usual_font = number.unwrap_or(NO_FONT),
            "plain" => {
                self.hide(false);
                self.state.font = NO_FONT;
            }
            "v" | "deleted" => self.hide(number != Some(0)),
            // The result of a field is text, whatever group it stands in.
            "fldrslt" => self.state.skip = self.stack.last().is_some_and(|s| s.skip),
            // Text given twice: the second time in Unicode.
            "ud" => self.state.skip = false,
            "shptxt" => self.state.skip = self.stack.first().is_some_and(|s| s.skip),
            _ if DESTINATIONS.contains(&word) => self.state.skip = true,
            _ => {}
        }
    }

    fn hide(&mut self, hidden: bool) {
        self.flush();
        self.state.hidden = hidden;
    }

    /// `\u8220`: a UTF-16 unit, negative beyond 32767; what stands for it in old programs follows.
    fn unicode(&mut self, number: i32) {
        self.flush();
        let unit = number as u16;
        let skipped = self.state.skip || self.state.hidden;
        match (self.high.take(), unit) {
            _ if skipped => {}
            (_, 0xD800..=0xDBFF) => self.high = Some(unit),
            (high, unit) => {
                let units: Vec<u16> = high.into_iter().chain([unit]).collect();
                self.out.extend(char::decode_utf16(units).filter_map(Result::ok).filter(|c| *c != '\0'));
            }
        }
        self.passing = self.state.fallback;
    }
}
