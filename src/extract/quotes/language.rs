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
    /// A finite verb that gives something a name: `qualifie`.
    Call,
    /// `According to`: `según`; several words are tied by `_`.
    Per,
    /// Opens a reported clause: `dass`.
    That,
    /// Stands between a quote and its verb: `diye`.
    Link,
    /// A verb form that is for reported speech alone: `sei`.
    Mood,
    /// An article before a noun.
    The,
    /// Stands for a man.
    He,
    /// Stands for a woman.
    She,
    /// Whether the subject may be left out (`yes`): `ha aggiunto`.
    Drops,
}

/// The names of the parts in the table.
const PARTS: [(&str, Part); 12] = [
    ("say", Part::Say),
    ("done", Part::Done),
    ("has", Part::Has),
    ("call", Part::Call),
    ("per", Part::Per),
    ("that", Part::That),
    ("link", Part::Link),
    ("mood", Part::Mood),
    ("the", Part::The),
    ("he", Part::He),
    ("she", Part::She),
    ("drops", Part::Drops),
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

    /// How many words of a text mean `according to`; `word` gives its words in small letters, from 0 on.
    pub fn per(&self, word: impl Fn(usize) -> String) -> Option<usize> {
        let first = word(0);
        let begins = |w: &&str| !first.is_empty() && w.strip_prefix(&*first).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
        let all = self.words.iter().filter(|(_, p)| *p == Part::Per).map(|(w, _)| *w).filter(begins);
        all.filter(|w| w.split('_').enumerate().all(|(n, part)| word(n) == part)).map(|w| w.split('_').count()).max()
    }

    /// Whether a verb may stand without its subject.
    pub fn drops(&self) -> bool {
        self.is("yes", Part::Drops)
    }

    /// The gender of a pronoun that can be a subject: `true` for a woman.
    pub fn female(&self, word: &str) -> Option<bool> {
        if self.is(word, Part::He) { Some(false) } else { self.is(word, Part::She).then_some(true) }
    }
}

#[test]
fn every_word_of_the_table_is_one_form_in_small_letters() {
    for language in &*LANGUAGES {
        for (word, part) in &language.words {
            assert_eq!(*word, word.to_lowercase(), "[{}]", language.code);
            assert!(*part == Part::Per || !word.contains('_'), "`{word}` of [{}]", language.code);
        }
        assert!(language.words.windows(2).all(|pair| pair[0] != pair[1]), "[{}] has a word twice as the same part", language.code);
        for part in [Part::Say, Part::That] {
            assert!(language.words.iter().any(|(_, p)| *p == part), "[{}] has no {part:?}", language.code);
        }
    }
}
