//! Words of a question that stand in no article, and the words that were probably meant.
//!
//! What is one edit away (Norvig's way: every insertion, deletion, replacement and swap) is looked up in the index; of what is
//! there, the word of most articles is taken.

use super::Archive;
use crate::error::Result;
use crate::query::{Query, WordForm, visit_words};

/// Most words looked at in one question.
const MOST: usize = 20;

/// A word that stands nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misspelt {
    /// As asked for, folded.
    pub word: String,
    /// A word one edit away, and in how many articles it is.
    pub meant: Option<(String, u64)>,
}

impl std::fmt::Display for Misspelt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` occurs in no article", self.word)?;
        match &self.meant {
            Some((word, 1)) => write!(f, "; `{word}` in 1"),
            Some((word, n)) => write!(f, "; `{word}` in {n}"),
            None => Ok(()),
        }
    }
}

impl Archive {
    /// The single words of `query` that stand in the text of no article.
    ///
    /// # Errors
    ///
    /// When the index fails.
    pub fn misspelt(&self, query: &Query) -> Result<Vec<Misspelt>> {
        let mut asked: Vec<WordForm> = Vec::new();
        visit_words(query, &mut |form| {
            if matches!(form, WordForm::Exact(_) | WordForm::Inflected(_)) && !asked.contains(form) && asked.len() < MOST {
                asked.push(form.clone());
            }
        });
        let (counts, _) = self.engine.rarity(&asked)?;
        let mut found = Vec::new();
        for (form, _) in asked.into_iter().zip(counts).filter(|(_, n)| *n == 0) {
            let (WordForm::Exact(word) | WordForm::Inflected(word)) = form else { continue };
            let near: Vec<WordForm> = edits(&word).into_iter().map(WordForm::Exact).collect();
            let (counts, _) = self.engine.rarity(&near)?;
            let best = near.into_iter().zip(counts).filter(|(_, n)| *n > 0).max_by_key(|(_, n)| *n);
            let meant = best.and_then(|(form, n)| if let WordForm::Exact(form) = form { Some((form, n)) } else { None });
            found.push(Misspelt { word, meant });
        }
        Ok(found)
    }
}

/// Every form one edit away.
fn edits(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut all = Vec::new();
    if !(3..=30).contains(&letters.len()) {
        return all;
    }
    let joined = |parts: [&[char]; 3]| parts.concat().into_iter().collect::<String>();
    for at in 0..=letters.len() {
        let (left, right) = letters.split_at(at);
        if let Some((_, rest)) = right.split_first() {
            all.push(joined([left, rest, &[]]));
        }
        if let [one, two, rest @ ..] = right {
            all.push(joined([left, &[*two, *one], rest]));
        }
        for c in 'a'..='z' {
            all.push(joined([left, &[c], right]));
            if let Some((_, rest)) = right.split_first() {
                all.push(joined([left, &[c], rest]));
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    all.retain(|other| other != word);
    all
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_one_edit_away() {
        let near = super::edits("merkle");
        for word in ["merkel", "merle", "merkley", "merkly"] {
            assert!(near.iter().any(|w| w == word), "{word}");
        }
        assert!(!near.iter().any(|w| w == "merkle") && super::edits("ab").is_empty());
    }
}
