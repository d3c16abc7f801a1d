//! Goes over the tags of a page and leaves out what only weighs. Tags are cut as the HTML standard says (13.2.5, tokenization), as
//! far as it matters here; where the walk cannot tell how a parser would go on, the rest of the page is left as it is.

use memchr::{memchr, memchr_iter, memmem};

/// Elements whose content is no markup.
pub(super) const RAW: &[&[u8]] = &[b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes", b"plaintext"];

/// Attributes that are asked for here or by Readability, or by which parsers go.
pub(super) const ASKED: &[&[u8]] = &[
    b"class",
    b"id",
    b"name",
    b"property",
    b"content",
    b"itemprop",
    b"rel",
    b"role",
    b"href",
    b"style",
    b"lang",
    b"xml:lang",
    b"dir",
    b"hidden",
    b"aria-hidden",
    b"aria-modal",
    b"type",
    b"title",
    b"datetime",
    b"pubdate",
    b"charset",
    b"http-equiv",
    b"summary",
    b"colspan",
    b"rowspan",
    b"datatable",
    b"data-readability-table",
    b"color",
    b"face",
    b"size",
    b"encoding",
];

/// Of the address of a link it only matters how it begins: with `#` and more, or with `javascript:`.
const SCRIPT: &str = "javascript:";

/// A place in the page, to which one can go back.
pub(super) struct Mark {
    at: usize,
    copied: usize,
    light: usize,
}

/// Whether a name is one of `names`, case aside.
pub(super) fn is_in(names: &[&[u8]], name: &[u8]) -> bool {
    names.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// The name of a tag, from behind `<` or `</`.
pub(super) fn name(tag: &[u8]) -> &[u8] {
    &tag[..tag.iter().take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>')).count()]
}

/// Whether `<` begins a document type, an instruction, or an end tag without a name: up to the next `>` that is no text.
pub(super) fn is_other(behind: &[u8]) -> bool {
    match behind {
        [b'!' | b'?', ..] => true,
        [b'/', next, ..] => !next.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Where the walk is, and what it has kept.
pub(super) struct Walk<'a> {
    html: &'a str,
    at: usize,
    /// Up to here the page is in `light`, or left out.
    copied: usize,
    /// Whether it can tell how a parser would go on.
    is_sure: bool,
    light: String,
}

impl<'a> Walk<'a> {
    /// At the beginning of a page.
    pub fn of(html: &'a str) -> Walk<'a> {
        Walk { html, at: 0, copied: 0, is_sure: true, light: String::with_capacity(html.len() / 2) }
    }

    /// Goes behind the next `<`; all that follows there. Of mere blanks before it one stays.
    pub fn next(&mut self) -> Option<&'a [u8]> {
        let text = memchr(b'<', &self.html.as_bytes()[self.at..])?;
        let start = self.at;
        self.at += text;
        if text > 1 && self.html.as_bytes()[start..self.at].iter().all(u8::is_ascii_whitespace) {
            self.leave_out(start..self.at - 1);
        }
        self.at += 1;
        Some(&self.html.as_bytes()[self.at..])
    }

    /// Behind `<`: the place before it.
    pub fn mark(&self) -> Mark {
        Mark { at: self.at - 1, copied: self.copied, light: self.light.len() }
    }

    /// Whether one of `words` stands in the page since `mark`.
    pub fn has_since(&self, mark: &Mark, words: &[&[u8]]) -> bool {
        let since = &self.html.as_bytes()[mark.at..self.at];
        words.iter().any(|word| since.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word)))
    }

    /// Leaves out all since `mark`, unless what stands before it could go on behind.
    pub fn leave_out_since(&mut self, mark: &Mark) {
        let before = match mark.copied < mark.at {
            true => self.html.as_bytes().get(mark.at - 1),
            false => self.light.as_bytes()[..mark.light].last(),
        };
        if self.is_sure && before.is_some_and(|b| b.is_ascii_whitespace() || *b == b'>') {
            self.light.truncate(mark.light);
            self.copied = mark.copied;
            self.leave_out(mark.at..self.at);
        }
    }

    /// The page without what was left out.
    pub fn finish(mut self) -> String {
        self.light.push_str(&self.html[self.copied..]);
        self.light
    }

    fn leave_out(&mut self, range: std::ops::Range<usize>) {
        if self.is_sure {
            self.light.push_str(&self.html[self.copied..range.start]);
            self.copied = range.end;
        }
    }

    /// Behind the tag of an element whose content is markup in a drawing and none elsewhere. Drawings that were not closed are left
    /// at some tags of pages.
    pub fn doubt(&mut self, name: &[u8]) {
        let rest = &self.html.as_bytes()[self.at..];
        let next = memchr(b'<', rest).map_or(rest, |at| &rest[at + 1..]);
        let is_closed = next.strip_prefix(b"/").and_then(|closed| closed.get(..name.len())).is_some_and(|n| n.eq_ignore_ascii_case(name));
        self.is_sure &= is_closed;
    }

    /// Behind `<`: goes behind a document type, an instruction, or an end tag without a name.
    pub fn other(&mut self) {
        let rest = &self.html.as_bytes()[self.at..];
        // In drawings this holds markup, elsewhere it ends with the first `>`.
        self.is_sure &= !rest.starts_with(b"![CDATA[");
        self.at += memchr(b'>', rest).map_or(rest.len(), |at| at + 1);
    }

    fn byte(&self) -> Option<u8> {
        self.html.as_bytes().get(self.at).copied()
    }

    /// Behind `<`: leaves out the words of a comment, which stays where it is as an empty one.
    pub fn comment(&mut self) {
        self.at += 3;
        let rest = &self.html.as_bytes()[self.at..];
        // `<!-->` and `<!--->` are whole.
        if let Some(end) = [&b">"[..], b"->"].iter().find(|end| rest.starts_with(end)) {
            self.at += end.len();
            return;
        }
        let words = |end: &usize| rest[..*end].strip_suffix(b"--").or_else(|| rest[..*end].strip_suffix(b"--!")).map(<[u8]>::len);
        match memchr_iter(b'>', rest).find_map(|end| Some((end, words(&end)?))) {
            Some((end, words)) => {
                self.leave_out(self.at..self.at + words);
                self.at += end + 1;
            }
            None => self.at = self.html.len(),
        }
    }

    /// Behind `<`: goes behind the tag, and leaves out attributes nobody asks for. The value of `type`.
    pub fn start_tag(&mut self, name: &[u8]) -> &'a str {
        self.at += name.len();
        self.attributes(name)
    }

    /// Behind `<`: goes behind the end tag.
    pub fn end_tag(&mut self, name: &[u8]) {
        self.at += 1 + name.len();
        self.attributes(name);
    }

    /// Goes from behind the name of a tag to behind its end, and leaves out attributes nobody asks for. The value of `type`.
    fn attributes(&mut self, tag: &[u8]) -> &'a str {
        let mut kind = "";
        loop {
            while self.byte().is_some_and(|b| b.is_ascii_whitespace() || b == b'/') {
                self.at += 1;
            }
            let start = self.at;
            match self.byte() {
                None => return kind,
                Some(b'>') => {
                    self.at += 1;
                    return kind;
                }
                // A name may begin with `=`, and holds none.
                Some(_) => self.at += 1,
            }
            while self.byte().is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'=')) {
                self.at += 1;
            }
            let name = &self.html.as_bytes()[start..self.at];
            let Some(value) = self.value() else { return kind };
            if name.eq_ignore_ascii_case(b"type") {
                kind = &self.html[value.clone()];
            }
            self.weigh(tag, start, name, value);
        }
    }

    /// Behind the name of an attribute: where its value stands, nowhere if it has none; goes behind it. `None` when the page ends in it.
    fn value(&mut self) -> Option<std::ops::Range<usize>> {
        let behind = self.at;
        let blank = |at: usize| self.html.as_bytes()[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let equals = behind + blank(behind);
        if self.html.as_bytes().get(equals) != Some(&b'=') {
            return Some(behind..behind);
        }
        let from = equals + 1 + blank(equals + 1);
        let rest = &self.html.as_bytes()[from..];
        let (start, length, close) = match rest.first()? {
            quote @ (b'"' | b'\'') => (from + 1, memchr(*quote, &rest[1..])?, 1),
            _ => (from, rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?, 0),
        };
        self.at = start + length + close;
        Some(start..start + length)
    }

    /// Leaves out the attribute from `start` to here, or most of its value, if nobody asks for it.
    fn weigh(&mut self, tag: &[u8], start: usize, name: &[u8], value: std::ops::Range<usize>) {
        let words = &self.html[value.clone()];
        let has = |word: &[u8]| words.as_bytes().windows(word.len()).any(|w| w.eq_ignore_ascii_case(word));
        if !is_in(ASKED, name) || (name.eq_ignore_ascii_case(b"style") && !has(b"none") && !has(b"hidden")) {
            let before = &self.html[..start];
            let bare = before.trim_end_matches(|c: char| c.is_ascii_whitespace());
            let ends = self.byte().is_some_and(|b| b.is_ascii_whitespace() || b == b'>');
            // `/x>` is no `/>`.
            if ends && !bare.ends_with('/') {
                self.leave_out(bare.len().max(self.copied)..self.at);
            } else if !before.ends_with('/') || self.byte() != Some(b'>') {
                self.leave_out(start..self.at);
            }
        } else if name.eq_ignore_ascii_case(b"href") && !tag.eq_ignore_ascii_case(b"link") && !tag.eq_ignore_ascii_case(b"base") {
            let length = if words.starts_with(SCRIPT) { SCRIPT.len() } else { 2 };
            let from = words.char_indices().map(|(at, _)| at).find(|at| *at >= length).unwrap_or(words.len());
            self.leave_out(value.start + from..value.end);
        }
    }

    /// Behind the tag of an element whose content is no markup: goes to its end tag, and leaves out what is for no reader.
    /// Whether it was.
    pub fn raw(&mut self, name: &[u8], kind: &str) -> bool {
        let rest = &self.html.as_bytes()[self.at..];
        let is_end = |at: &usize| {
            let behind = &rest[at + 2..];
            let is_named = behind.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
            is_named && behind.get(name.len()).is_some_and(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
        };
        let Some(end) = memmem::find_iter(rest, b"</").find(is_end) else {
            self.at = self.html.len();
            return false;
        };
        let is_script = name.eq_ignore_ascii_case(b"script");
        // In a comment in a script, a script has an end of its own.
        if is_script && memmem::find(&rest[..end], b"<!--").is_some_and(|at| memmem::find(&rest[at..end], b"<s").is_some()) {
            self.at = self.html.len();
            return false;
        }
        let is_read = !name.eq_ignore_ascii_case(b"style") && !is_script || kind.contains("ld+json");
        if !is_read {
            self.leave_out(self.at..self.at + end);
        }
        self.at += end;
        !is_read
    }
}
