//! The words of what two questions find: in how many texts of each side each stands, forms of one word together.

use super::compare::Counts;
use super::spelling::{plain_words, visit_values};
use crate::article::{Clipping, Quote};
use crate::query::{Query, WordForm, visit_words};
use crate::words::{for_each_word, inflections, stem};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap, HashSet};

/// All words that the queries ask for, in texts and in values.
pub(super) fn asked(queries: [&Query; 2]) -> HashSet<String> {
    let mut forms = HashSet::new();
    let mut take = |text: &str| {
        for_each_word(text, |word| {
            forms.insert(word.form.to_owned());
        });
    };
    for query in queries {
        visit_words(query, &mut |form| match form {
            WordForm::Inflected(word)
            | WordForm::Exact(word)
            | WordForm::Pattern { glob: word, .. }
            | WordForm::Fuzzy { form: word, .. } => {
                take(word);
            }
            WordForm::Regex(_) => {}
        });
        let mut values = Vec::new();
        visit_values(query, &mut values);
        values.into_iter().flat_map(|(_, value)| plain_words(value)).for_each(|word| take(&word));
    }
    forms
}

/// Words by their forms, each with the number of texts it stands in.
#[derive(Default)]
pub(super) struct Vocabulary {
    /// By the language whose inflections count.
    tongues: BTreeMap<&'static str, Tongue>,
    words: Vec<Word>,
    n_texts: u32,
}

/// The words of one language.
#[derive(Default)]
struct Tongue {
    forms: FxHashMap<String, Form>,
    stems: HashMap<String, u32>,
}

/// A form, of the word with a number, and how often it was met.
struct Form {
    word: u32,
    n: u64,
}

#[derive(Clone, Copy, Default)]
struct Word {
    /// On each side.
    texts: [u64; 2],
    /// The text it was met in last.
    last: u32,
}

impl Vocabulary {
    /// Reads a hit of side 0 or 1.
    pub fn add(&mut self, clipping: &Clipping, quote: Option<&Quote>, side: usize) {
        self.n_texts += 1;
        let language = inflections(clipping.article.language.as_deref());
        match quote {
            Some(quote) => self.read(language, &quote.text, side),
            None => {
                self.read(language, clipping.article.title.as_deref().unwrap_or_default(), side);
                self.read(language, &clipping.article.body, side);
            }
        }
    }

    fn read(&mut self, language: &'static str, text: &str, side: usize) {
        let tongue = self.tongues.entry(language).or_default();
        for_each_word(text, |word| {
            if word.form.len() < 2 || word.form.bytes().all(|b| b.is_ascii_digit()) {
                return;
            }
            // Nearly all forms were met before: what they are forms of is asked once.
            let number = match tongue.forms.get_mut(word.form) {
                Some(form) => {
                    form.n += 1;
                    form.word
                }
                None => {
                    let number = tongue.word(language, word.form, &mut self.words);
                    tongue.forms.insert(word.form.to_owned(), Form { word: number, n: 1 });
                    number
                }
            };
            let counted = &mut self.words[number as usize];
            if counted.last != self.n_texts {
                counted.last = self.n_texts;
                counted.texts[side] += 1;
            }
        });
    }

    /// How many texts of each side have each word, under the most usual of its forms, but for those of `own` forms.
    pub fn finish(self, own: &HashSet<String>) -> [Counts; 2] {
        let mut usual: Vec<Option<(u64, String)>> = vec![None; self.words.len()];
        for (language, tongue) in self.tongues {
            for (form, Form { word, n }) in tongue.forms {
                let most = &mut usual[word as usize];
                if most.as_ref().is_none_or(|(m, other)| n > *m || n == *m && form < *other) {
                    *most = Some((n, form));
                }
            }
            for number in own.iter().filter_map(|form| tongue.stems.get(&*stem(language, form))) {
                usual[*number as usize] = None;
            }
        }
        let (mut here, mut there) = (Counts::new(), Counts::new());
        for (word, (_, form)) in self.words.iter().zip(usual).filter_map(|(word, usual)| Some((word, usual?))) {
            for (counts, n) in [&mut here, &mut there].into_iter().zip(word.texts) {
                if n > 0 {
                    *counts.entry(form.clone()).or_default() += n;
                }
            }
        }
        [here, there]
    }
}

impl Tongue {
    /// The number of the word that `form` is a form of.
    fn word(&mut self, language: &str, form: &str, words: &mut Vec<Word>) -> u32 {
        let next = words.len() as u32;
        let number = *self.stems.entry(stem(language, form).into_owned()).or_insert(next);
        if number == next {
            words.push(Word::default());
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Target;

    #[test]
    fn words_of_the_questions_are_those_they_ask_for() {
        let read = |text: &str| crate::query::parse(text, &crate::query::Context::new(Target::Articles)).query;
        let forms = asked([&read("source:courier since:2016 ferr* NOT barge"), &read("quote{speaker:\"ann cole\" pier}")]);
        let mut forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        forms.sort_unstable();
        assert_eq!(forms, ["ann", "cole", "courier", "ferr", "pier"], "no `source`, no `speaker`, no `date`");
    }

    #[test]
    fn forms_of_a_word_count_once_a_text_under_the_most_usual() {
        let mut words = Vocabulary::default();
        let text = |body: &str| {
            let mut clipping = Clipping::default();
            clipping.article.body = body.to_owned();
            clipping
        };
        words.add(&text("Taxes, taxes and a tax in 2020."), None, 0);
        words.add(&text("No tax."), None, 0);
        words.add(&text("Taxing taxes."), None, 1);
        let [here, there] = words.finish(&["and".to_owned()].into());
        assert_eq!((here.get("taxes"), there.get("taxes"), here.get("and")), (Some(&2), Some(&1), None));
        assert!(!here.contains_key("2020") && there.len() == 1, "{here:?} {there:?}");
    }

    #[test]
    fn a_text_is_read_in_its_own_language() {
        let mut words = Vocabulary::default();
        let text = |language: &str, body: &str| {
            let mut clipping = Clipping::default();
            clipping.article.language = Some(language.to_owned());
            clipping.article.body = body.to_owned();
            clipping
        };
        words.add(&text("de", "Die Zeitungen, die Zeitung, ein Hafen."), None, 0);
        words.add(&text("de-AT", "Keine Zeitung."), None, 0);
        words.add(&text("en", "Die or dies, Hafen."), None, 1);
        words.add(&text("en", "It died."), None, 1);
        let [here, there] = words.finish(&["hafen".to_owned()].into());
        assert_eq!((here.get("zeitung"), here.get("zeitungen"), here.get("die")), (Some(&2), None, Some(&1)));
        assert_eq!((here.get("hafen"), there.get("hafen"), there.get("die")), (None, None, Some(&2)), "English forms of one word");
    }
}
