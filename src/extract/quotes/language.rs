//! How other languages report: a small table of verbs and the words around them, for each language that has one.

use std::sync::LazyLock;

/// What a word does where somebody is said to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A finite verb that reports: `sagte`.
    Say,
    /// A participle that reports behind [`Part::Has`]: `déclaré`.
    Done,
    /// The helping verb of a participle.
    Has,
    /// `According to`: `según`.
    Per,
    /// Opens a reported clause: `dass`.
    That,
    /// Stands for a man.
    He,
    /// Stands for a woman.
    She,
}

/// The names of the parts in the table.
const PARTS: [(&str, Part); 7] = [
    ("say", Part::Say),
    ("done", Part::Done),
    ("has", Part::Has),
    ("per", Part::Per),
    ("that", Part::That),
    ("he", Part::He),
    ("she", Part::She),
];

/// The reporting words of one language.
#[derive(Debug, Default)]
pub(super) struct Language {
    code: &'static str,
    words: Vec<(&'static str, Part)>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let mut all: Vec<Language> = Vec::new();
    for line in include_str!("words/languages.txt").lines().filter(|l| !l.starts_with('#')) {
        if let Some(code) = line.strip_prefix('[') {
            all.push(Language { code: code.trim_end_matches(']'), words: Vec::new() });
            continue;
        }
        let (Some((name, words)), Some(language)) = (line.split_once(':'), all.last_mut()) else { continue };
        if let Some((_, part)) = PARTS.iter().find(|(n, _)| *n == name) {
            language.words.extend(words.split_whitespace().map(|w| (w, *part)));
        }
    }
    all.iter_mut().for_each(|l| l.words.sort_unstable_by_key(|(w, _)| *w));
    all
});

impl Language {
    /// The table for a tag like `de` or `pt-BR`.
    pub fn of(tag: &str) -> Option<&'static Language> {
        let code = tag.split(['-', '_']).next()?;
        LANGUAGES.iter().find(|l| l.code.eq_ignore_ascii_case(code))
    }

    /// Whether `word`, in small letters, can be `part`.
    pub fn is(&self, word: &str, part: Part) -> bool {
        let first = self.words.partition_point(|(w, _)| *w < word);
        self.words[first..].iter().take_while(|(w, _)| *w == word).any(|(_, p)| *p == part)
    }

    /// The gender of a pronoun that can be a subject: `true` for a woman.
    pub fn female(&self, word: &str) -> Option<bool> {
        if self.is(word, Part::He) { Some(false) } else { self.is(word, Part::She).then_some(true) }
    }
}
