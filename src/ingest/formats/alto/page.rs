//! A page as a machine read it: lines of words in blocks, each with the ids by which METS files speak of them.

use crate::ingest::formats::xml::Element;
use crate::ingest::text::one_line;
use std::collections::HashMap;

/// A word, as read.
struct Word {
    id: String,
    content: String,
    /// The second half of a word that the first half gives whole.
    is_rest: bool,
}

/// A line of words.
struct Line {
    /// The ids of the line and of everything it lies in.
    within: Vec<String>,
    /// The number of its block.
    block: usize,
    words: Vec<Word>,
    /// Whether it ends inside a word, and the file does not say which.
    broken: bool,
}

/// The lines of a page, in the order of the file.
#[derive(Default)]
pub struct Page {
    /// Its number, as printed on it or as it was scanned.
    pub number: Option<String>,
    lines: Vec<Line>,
    /// Where a word stands: line, and place in it.
    places: HashMap<String, (usize, usize)>,
    /// Lines some article has taken, word by word.
    taken: Vec<Vec<bool>>,
}

impl Page {
    /// The page in `root`, an ALTO document of any version.
    pub fn of(root: &Element<'_>) -> Page {
        let mut page = Page::default();
        let first = root.within(&["Page"]).into_iter().next();
        page.number = first.and_then(|first| first.filled("PRINTED_IMG_NR").or_else(|| first.filled("PHYSICAL_IMG_NR")));
        page.collect(root, &mut Vec::new(), &mut 0);
        page.taken = page.lines.iter().map(|l| vec![false; l.words.len()]).collect();
        for (number, line) in page.lines.iter().enumerate() {
            for (at, word) in line.words.iter().enumerate() {
                page.places.insert(word.id.clone(), (number, at));
            }
        }
        page
    }

    fn collect(&mut self, element: &Element<'_>, within: &mut Vec<String>, blocks: &mut usize) {
        for child in element.children() {
            let id = child.filled("ID");
            within.extend(id.clone());
            if child.is("TextLine") {
                self.lines.push(line(child, within.clone(), *blocks));
            } else {
                self.collect(child, within, blocks);
            }
            *blocks += usize::from(child.is("TextBlock"));
            within.truncate(within.len() - usize::from(id.is_some()));
        }
    }

    /// The paragraphs of what lies in the element called `begin`, or between the words `begin` and `end`; it is noted as taken.
    pub fn take(&mut self, begin: &str, end: Option<&str>) -> Vec<String> {
        let first = self.places.get(begin).copied();
        let last = end.and_then(|e| self.places.get(e).copied()).or(first);
        let mut chosen: Vec<Vec<bool>> = Vec::with_capacity(self.lines.len());
        for (number, line) in self.lines.iter().enumerate() {
            let whole = line.within.iter().any(|w| w == begin);
            let inside = |at: usize| matches!((first, last), (Some(f), Some(l)) if f <= (number, at) && (number, at) <= l);
            chosen.push((0..line.words.len()).map(|at| whole || inside(at)).collect());
        }
        for (taken, chosen) in self.taken.iter_mut().flatten().zip(chosen.iter().flatten()) {
            *taken |= *chosen;
        }
        self.text(&chosen)
    }

    /// The paragraphs nothing was taken of, and all others' words that were left.
    pub fn rest(&self) -> Vec<String> {
        let left: Vec<Vec<bool>> = self.taken.iter().map(|l| l.iter().map(|t| !t).collect()).collect();
        self.text(&left)
    }

    /// The paragraphs of the chosen words: a block each.
    fn text(&self, chosen: &[Vec<bool>]) -> Vec<String> {
        let mut paragraphs: Vec<(usize, String)> = Vec::new();
        for (line, chosen) in self.lines.iter().zip(chosen) {
            let words: Vec<&Word> = line.words.iter().zip(chosen).filter(|(w, c)| **c && !w.is_rest).map(|(w, _)| w).collect();
            if words.is_empty() {
                continue;
            }
            if paragraphs.last().is_none_or(|(block, _)| *block != line.block) {
                paragraphs.push((line.block, String::new()));
            }
            let Some((_, text)) = paragraphs.last_mut() else { continue };
            for (number, word) in words.iter().enumerate() {
                push(text, &word.content, number == 0);
            }
            if line.broken && chosen.last() == Some(&true) && !text.ends_with('-') {
                text.push('-');
            }
        }
        paragraphs.into_iter().map(|(_, text)| one_line(&text)).filter(|t| !t.is_empty()).collect()
    }
}

fn line(element: &Element<'_>, within: Vec<String>, block: usize) -> Line {
    let part = |e: &Element<'_>| e.filled("SUBS_TYPE").unwrap_or_default().to_ascii_lowercase();
    let strings: Vec<&Element<'_>> = element.children().filter(|e| e.is("String")).collect();
    let told = strings.iter().any(|e| part(e) == "hyppart1");
    let words = strings.iter().map(|e| {
        let whole = if part(e) == "hyppart1" { e.filled("SUBS_CONTENT") } else { None };
        let content = whole.or_else(|| e.filled("CONTENT")).unwrap_or_default();
        Word { id: e.filled("ID").unwrap_or_default(), content, is_rest: part(e) == "hyppart2" }
    });
    Line { within, block, words: words.collect(), broken: !told && element.children().any(|e| e.is("HYP")) }
}

/// Adds a word; `first` in a line, it may be the rest of the word before.
fn push(text: &mut String, word: &str, first: bool) {
    if first && goes_on_inside_word(text, word) {
        text.pop();
    } else if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

/// Whether `text` ends with the first half of a word of which `next` begins with the second.
fn goes_on_inside_word(text: &str, next: &str) -> bool {
    let broken = text.ends_with(['-', '¬', '\u{ad}', '⸗']) && text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
    broken && next.starts_with(char::is_lowercase)
}

/// Blocks as paragraphs: one that goes on in small letters belongs to the one before, which was cut by a column or a page.
pub fn joined(blocks: Vec<String>) -> String {
    let mut out = String::new();
    for block in blocks {
        let ended = out.trim_end_matches(['"', '”', '’', ')']).ends_with(['.', '!', '?', ':', ';']);
        if goes_on_inside_word(&out, &block) {
            out.pop();
        } else if !out.is_empty() && !ended && block.starts_with(char::is_lowercase) {
            out.push(' ');
        } else if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&block);
    }
    out
}
