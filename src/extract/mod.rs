//! Article in, annotations out: who is in it, where it plays, who said what. Pure, and cannot fail.
//!
//! Stages, each a room of its own: [`page`] cuts the body into paragraphs, sentences and tokens; [`names`] finds persons
//! and organizations and tells who is who; [`places`] finds and resolves places; [`quotes`] finds quotes and their speakers.

#[cfg(test)]
mod complaints;
#[cfg(test)]
mod hostile;
pub mod names;
pub mod page;
pub mod places;
pub mod quotes;
mod unseen;

use crate::article::{Annotations, Article, Clipping, Given};
use page::Page;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Finds what there is to note on an article. Holds nothing that changes: one serves all threads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extractor;

impl Extractor {
    /// Number of the extraction's version; grows whenever its findings change.
    pub const VERSION: u32 = 19;

    /// The extractor with what the program carries: weights, gazetteer, word lists.
    pub fn built_in() -> Extractor {
        Extractor
    }

    /// What is found in `article`.
    pub fn extract(&self, article: &Article) -> Annotations {
        let seen = unseen::Seen::of(article);
        let (kept, article) = (article, seen.article.as_ref());
        let page = Page::of(&article.body);
        let mut names = names::find(&page, article);
        let mut places = places::find(&page, article, &names);
        names.leave_to(&page, &mut places);
        let quotes = quotes::find(&page, article, &names);
        let (persons, organizations) = names.into_annotations(&page);
        let mut found = Annotations { persons, organizations, places, quotes };
        seen.put_back(&kept.body, &mut found);
        level_letters(&mut found);
        found
    }

    /// The article with its annotations: those its record brought along, and for the rest those found in it. Which these were can still be seen
    /// in `given`, whose lists are empty then.
    pub fn clip(&self, mut article: Article) -> Clipping {
        let annotations = self.annotate(&article);
        article.given = article.given.marks();
        Clipping { article, annotations, ..Clipping::default() }
    }

    /// The annotations the article's record brought along, and for the rest those found in it.
    pub fn annotate(&self, article: &Article) -> Annotations {
        let Given { persons, organizations, places, quotes } = &article.given;
        let all_given = persons.is_some() && organizations.is_some() && places.is_some() && quotes.is_some();
        let mut annotations = if all_given { Annotations::default() } else { self.extract(article) };
        if let Some(persons) = persons {
            annotations.persons.clone_from(persons);
        }
        if let Some(organizations) = organizations {
            annotations.organizations.clone_from(organizations);
        }
        if let Some(places) = places {
            annotations.places.clone_from(places);
        }
        if let Some(quotes) = quotes {
            annotations.quotes.clone_from(quotes);
        }
        annotations
    }
}

/// Names are kept with straight apostrophes and composed letters: `O’Malley` and `O'Malley` are one person, however a paper sets its type, and so is
/// `José` of one letter more, which a body that is kept to the letter may have.
fn level_letters(found: &mut Annotations) {
    let speakers = found.quotes.iter_mut().filter_map(|q| q.speaker.as_mut()?.name.as_mut());
    let persons = found.persons.iter_mut().map(|p| &mut p.name);
    let organizations = found.organizations.iter_mut().map(|o| &mut o.name);
    for name in persons.chain(organizations).chain(speakers).filter(|name| !name.is_ascii()) {
        if name.contains(['’', '‘', 'ʼ']) {
            *name = name.replace(['’', '‘', 'ʼ'], "'");
        }
        if !is_nfc(name) {
            *name = name.nfc().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes_are_typography() {
        let body = "Gov. Martin O’Malley spoke on Monday. “We are ready,” O’Malley said.";
        let found = Extractor::built_in().extract(&Article { body: body.into(), ..Article::default() });
        assert_eq!(found.persons[0].name, "Martin O'Malley");
        assert_eq!(found.quotes[0].speaker.as_ref().and_then(|s| s.name.as_deref()), Some("Martin O'Malley"));
    }

    #[test]
    fn composed_letters_and_others_are_one_name() {
        let body = "Gov. Jose\u{301} Garci\u{301}a spoke on Monday. “We are ready,” Garci\u{301}a said.";
        let found = Extractor::built_in().extract(&Article { body: body.into(), ..Article::default() });
        assert_eq!(found.persons[0].name, "Jos\u{e9} Garc\u{ed}a");
        assert_eq!(found.quotes[0].speaker.as_ref().and_then(|s| s.name.as_deref()), Some("Jos\u{e9} Garc\u{ed}a"));
        assert_eq!(found.persons[0].mentions.len(), 2);
    }
}
