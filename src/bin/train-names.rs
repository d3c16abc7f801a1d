//! Makes the weights of the name tagger from open training data: `train-names TRAINING_DIR [OUT]`.
//!
//! `TRAINING_DIR` holds `ner-wikigold/`, `ner-uner-ewt/` and `gum/` as published. The seed is fixed: the same data gives the
//! same file. Every tenth document is held out and scored; `--all` trains on those too.

use morgue::extract::names::training::{self, Document, Mark};
use std::fs;
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = arguments.iter().any(|a| a == "--all");
    let mut paths = arguments.iter().filter(|a| !a.starts_with("--"));
    let Some(directory) = paths.next() else {
        eprintln!("usage: train-names [--all] TRAINING_DIR [OUT]");
        std::process::exit(2);
    };
    let out = paths.next().map_or("src/extract/names/weights.bin", String::as_str);
    let documents = read_all(Path::new(directory));
    let tokens: usize = documents.iter().map(|d| d.text.split_whitespace().count()).sum();
    println!("{} documents, {tokens} words, {} names", documents.len(), documents.iter().map(|d| d.marks.len()).sum::<usize>());
    let weights = training::train(&documents, if all { 0 } else { 10 });
    if let Err(error) = fs::write(out, &weights) {
        eprintln!("error: cannot write `{out}`: {error}");
        std::process::exit(2);
    }
    println!("{out}: {} bytes", weights.len());
}

fn read_all(directory: &Path) -> Vec<Document> {
    let mut documents = Vec::new();
    let read = |path: &Path| {
        fs::read_to_string(path).unwrap_or_else(|error| {
            eprintln!("error: cannot read `{}`: {error}", path.display());
            std::process::exit(2);
        })
    };
    documents.extend(wikigold(&read(&directory.join("ner-wikigold/CONLL-format/data/wikigold.conll.txt"))));
    for name in ["train_from_commit_0c7ce0d/en_ewt-ud-train.iob2", "en_ewt-ud-dev.iob2", "en_ewt-ud-test.iob2"] {
        documents.extend(ewt(&read(&directory.join("ner-uner-ewt").join(name))));
    }
    let mut files: Vec<_> = fs::read_dir(directory.join("gum/dep")).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    for file in files {
        documents.push(gum(&read(&file)));
    }
    documents
}

/// Puts a document together word by word.
#[derive(Default)]
struct Builder {
    document: Document,
    open: Option<(usize, u8)>,
    glue: bool,
}

impl Builder {
    fn word(&mut self, word: &str, begins: bool, kind: Option<u8>, space_follows: bool) {
        if begins || self.open.is_some_and(|(_, open)| Some(open) != kind) || kind.is_none() {
            self.close();
        }
        let text = &mut self.document.text;
        if !self.glue && !text.is_empty() && !text.ends_with('\n') {
            text.push(' ');
        }
        if let (Some(kind), None) = (kind, self.open) {
            self.open = Some((text.len(), kind));
        }
        text.push_str(word);
        self.glue = !space_follows;
    }

    fn close(&mut self) {
        if let Some((start, kind)) = self.open.take() {
            self.document.marks.push(Mark { start, end: self.document.text.len(), kind });
        }
    }

    fn sentence_ends(&mut self) {
        self.close();
        self.document.text.push_str("\n\n");
        self.glue = true;
    }
}

fn kind_of(label: &str) -> Option<u8> {
    match label {
        "PER" | "person" => Some(1),
        "ORG" | "organization" => Some(3),
        "LOC" | "place" => Some(5),
        "MISC" | "event" | "abstract" | "object" => Some(7),
        _ => None,
    }
}

/// Whether a space stands before or behind a word in files that do not say.
fn glue(word: &str, next: Option<&str>) -> bool {
    matches!(word, "(" | "[" | "$" | "``")
        || next.is_some_and(|n| {
            matches!(n, "." | "," | ";" | ":" | "?" | "!" | ")" | "]" | "'s" | "’s" | "n't" | "'" | "''" | "%") || n.starts_with('\'')
        })
}

fn wikigold(text: &str) -> Vec<Document> {
    let mut documents = vec![Builder::default()];
    let lines: Vec<&str> = text.lines().collect();
    let mut previous = "O";
    for (n, line) in lines.iter().enumerate() {
        let mut parts = line.rsplitn(2, ' ');
        let (Some(label), Some(word)) = (parts.next(), parts.next()) else {
            if let Some(builder) = documents.last_mut() {
                builder.sentence_ends();
            }
            previous = "O";
            continue;
        };
        if word == "-DOCSTART-" {
            documents.push(Builder::default());
            continue;
        }
        let next = lines.get(n + 1).and_then(|l| l.split(' ').next());
        let kind = label.split_once('-').and_then(|(_, kind)| kind_of(kind));
        if let Some(builder) = documents.last_mut() {
            builder.word(word, label.starts_with('B') || label != previous, kind, !glue(word, next));
        }
        previous = label;
    }
    documents.into_iter().map(finish).filter(|d| !d.text.trim().is_empty()).collect()
}

fn ewt(text: &str) -> Vec<Document> {
    let mut documents = Vec::new();
    let mut builder = Builder::default();
    let lines: Vec<&str> = text.lines().collect();
    for (n, line) in lines.iter().enumerate() {
        if line.starts_with("# newdoc") {
            documents.push(finish(std::mem::take(&mut builder)));
        } else if line.is_empty() {
            builder.sentence_ends();
        } else if !line.starts_with('#') {
            let mut fields = line.split('\t');
            let (Some(word), Some(label)) = (fields.nth(1), fields.next()) else { continue };
            let next = lines.get(n + 1).and_then(|l| l.split('\t').nth(1));
            let kind = label.split_once('-').and_then(|(_, kind)| kind_of(kind));
            builder.word(word, label.starts_with('B'), kind, !glue(word, next));
        }
    }
    documents.push(finish(builder));
    documents.retain(|d| !d.text.trim().is_empty());
    documents
}

/// An entity that is open: its number, its first word, its kind.
type Open = (String, usize, Option<u8>);

/// GUM marks all mentions, nested; kept are the outermost of those that are written with proper nouns throughout.
fn gum(text: &str) -> Document {
    let mut builder = Builder::default();
    let mut words: Vec<(String, String, bool)> = Vec::new();
    let mut spans: Vec<(usize, usize, u8)> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut ends = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            ends.push(words.len());
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() < 10 || fields[0].contains(['-', '.']) {
            continue;
        }
        let at = words.len();
        words.push((fields[1].to_owned(), fields[4].to_owned(), !fields[9].contains("SpaceAfter=No")));
        let entity = fields[9].split('|').find_map(|f| f.strip_prefix("Entity=")).unwrap_or("");
        entities(entity, at, &mut open, &mut spans);
    }
    let proper =
        |i: usize| words[i].1.starts_with("NNP") || matches!(words[i].0.as_str(), "of" | "the" | "for" | "and" | "de" | "&" | "-" | "'s");
    spans.retain(|(start, end, _)| (*start..*end).all(proper) && words[*end - 1].1.starts_with("NNP"));
    for span in &mut spans {
        while span.0 < span.1 && !words[span.0].1.starts_with("NNP") {
            span.0 += 1;
        }
    }
    spans.sort_by_key(|(start, end, _)| (*start, usize::MAX - *end));
    let mut last = 0;
    spans.retain(|(start, end, _)| {
        *start >= last && {
            last = *end;
            true
        }
    });
    for (i, (word, _, space)) in words.iter().enumerate() {
        let inside = spans.iter().find(|(start, end, _)| (*start..*end).contains(&i));
        builder.word(word, inside.is_some_and(|s| s.0 == i), inside.map(|s| s.2), *space);
        if ends.contains(&(i + 1)) {
            builder.sentence_ends();
        }
    }
    finish(builder)
}

/// Reads one `Entity` field: `(8-person-new-…` opens, `8)` closes, `(8-person-…)` does both.
fn entities(field: &str, at: usize, open: &mut Vec<Open>, spans: &mut Vec<(usize, usize, u8)>) {
    let mut rest = field;
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix('(') {
            let len = tail.find(['(', ')']).unwrap_or(tail.len());
            let mut parts = tail[..len].split('-');
            let (id, kind) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
            open.push((id.to_owned(), at, kind_of(kind)));
            rest = &tail[len..];
            if let Some(behind) = rest.strip_prefix(')') {
                if let Some((_, start, Some(kind))) = open.pop() {
                    spans.push((start, at + 1, kind));
                }
                rest = behind;
            }
        } else {
            let len = rest.find(')').unwrap_or(rest.len());
            if let Some(n) = open.iter().rposition(|(id, ..)| id == &rest[..len])
                && let (_, start, Some(kind)) = open.remove(n)
            {
                spans.push((start, at + 1, kind));
            }
            rest = rest.get(len + 1..).unwrap_or("");
        }
    }
}

fn finish(mut builder: Builder) -> Document {
    builder.close();
    builder.document
}
