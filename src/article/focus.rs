//! Whom is an article about, and where does it play, as against whom and what does it only name? After the *focus* of CLIFF-CLAVIN (D'Ignazio, Bhargava,
//! Zuckerman and Beck, NewsKDD 2014): mentions are counted up the tree of places, those of headline and lead more.

use super::{Clipping, Offsets, Place, Span, lead};
use std::collections::BTreeMap;

/// The least share for a person: there are more of them in an article than places.
const SHARE_OF_PERSONS: f32 = 0.2;
/// The least that is counted for a person in focus: named in the headline, or in the lead and once more.
const LEAST_OF_PERSONS: f32 = 3.0;
/// What a mention counts in the first two paragraphs.
const LEAD: f32 = 2.0;
/// What a headline adds that names the place.
const HEADLINE: f32 = 3.0;
/// What a word for the people counts of a mention: `Ukrainian cities`.
const DEMONYM: f32 = 0.6;
/// Share of everything counted that a place in focus has.
const SHARE: f32 = 0.3;
/// The least that is counted for a place in focus: named twice, or once at the beginning.
const LEAST: f32 = 2.0;

impl Clipping {
    /// The places the article is about, as paths from the continent down; none when it only names places in passing.
    ///
    /// A place counts for all that contains it: six towns of Texas put Texas in focus. Of places inside each other only the
    /// narrowest in focus is told; continents are in focus only where they are named.
    ///
    /// ```
    /// use morgue::article::{Article, Clipping};
    /// use morgue::extract::Extractor;
    /// let body = "Floods hit Kharkiv on Monday.\n\nThe mayor of Kharkiv spoke.\n\nHelp had come from Poland.";
    /// let article = Article { body: body.to_owned(), ..Article::default() };
    /// assert_eq!(Extractor::built_in().clip(article).about_places(), ["Europe/Ukraine/Kharkiv Oblast/Kharkiv"]);
    /// ```
    pub fn about_places(&self) -> Vec<&str> {
        if self.annotations.places.is_empty() {
            return Vec::new();
        }
        let body = &self.article.body;
        let offsets = Offsets::of(body);
        let lead = offsets.code_point(lead(body).len());
        let title = self.article.title.as_deref().unwrap_or("");
        let mut own: BTreeMap<&str, f32> = BTreeMap::new();
        for place in &self.annotations.places {
            let mut weight: f32 = 0.0;
            for mention in &place.mentions {
                let kind = if mention.demonym { DEMONYM } else { 1.0 };
                weight += kind * if mention.start < lead { LEAD } else { 1.0 };
            }
            weight += headline(title, place, |span| offsets.slice(body, span));
            *own.entry(place.path.as_deref().unwrap_or(&place.name)).or_default() += weight;
        }
        let total: f32 = own.values().sum();
        let mut counted: BTreeMap<&str, f32> = BTreeMap::new();
        for (path, weight) in &own {
            for step in steps(path) {
                *counted.entry(step).or_default() += weight;
            }
        }
        let continent = |path: &str| !path.contains('/');
        counted.retain(|path, weight| *weight >= LEAST && *weight >= SHARE * total && (!continent(path) || own.contains_key(path)));
        let mut focus: Vec<(&str, f32)> = counted.iter().map(|(path, weight)| (*path, *weight)).collect();
        focus.retain(|(path, _)| !counted.keys().any(|other| other.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))));
        focus.sort_by(|a, b| b.1.total_cmp(&a.1));
        focus.into_iter().map(|(path, _)| path).collect()
    }
}

impl Clipping {
    /// The persons the article is about, those it is about most first: named in the headline, or more often than others,
    /// mentions in the first two paragraphs counting twice.
    ///
    /// ```
    /// use morgue::article::{Article, Clipping};
    /// use morgue::extract::Extractor;
    /// let body = "Ann Cole, the mayor, resigned on Monday.\n\nCole had led the town for ten years.\n\n\
    ///             Boris Marsh, a fisherman, welcomed it.\n\nCole will leave in May.";
    /// let article = Article { title: Some("Mayor Cole resigns".to_owned()), body: body.to_owned(), ..Article::default() };
    /// assert_eq!(Extractor::built_in().clip(article).about_persons(), ["Ann Cole"]);
    /// ```
    pub fn about_persons(&self) -> Vec<&str> {
        let persons = &self.annotations.persons;
        if persons.is_empty() {
            return Vec::new();
        }
        let body = &self.article.body;
        let offsets = Offsets::of(body);
        let lead = offsets.code_point(lead(body).len());
        let title = self.article.title.as_deref().unwrap_or("");
        let mut focus: Vec<(&str, f32)> = Vec::with_capacity(persons.len());
        for person in persons {
            let mentions: f32 = person.mentions.iter().map(|m| if m.start < lead { LEAD } else { 1.0 }).sum();
            let called = person.mentions.iter().map(|span| offsets.slice(body, *span));
            let in_headline = !title.is_empty() && names_any(title, std::iter::once(person.name.as_str()).chain(called));
            focus.push((&person.name, mentions + if in_headline { HEADLINE } else { 0.0 }));
        }
        let total: f32 = focus.iter().map(|(_, weight)| weight).sum();
        focus.retain(|(_, weight)| *weight >= LEAST_OF_PERSONS && *weight >= SHARE_OF_PERSONS * total);
        focus.sort_by(|a, b| b.1.total_cmp(&a.1));
        focus.into_iter().map(|(name, _)| name).collect()
    }
}

/// What a headline says for a place it names, by its name or by a word of the text for it.
fn headline<'a>(title: &str, place: &Place, words: impl Fn(Span) -> &'a str) -> f32 {
    if title.is_empty() {
        return 0.0;
    }
    let called = |demonym: bool| place.mentions.iter().filter(move |m| m.demonym == demonym).map(|m| words(Span::new(m.start, m.end)));
    if names(title, &place.name) || names_any(title, called(false)) {
        HEADLINE
    } else if names_any(title, called(true)) {
        HEADLINE * DEMONYM
    } else {
        0.0
    }
}

/// The path and all that contains it.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(i, _)| &path[..i]).chain(std::iter::once(path))
}

/// Whether `title` has one of `all`, each of which is looked for once.
fn names_any<'a>(title: &str, mut all: impl Iterator<Item = &'a str>) -> bool {
    let mut tried: Vec<&str> = Vec::new();
    all.any(|name| {
        let is_new = !tried.contains(&name);
        if is_new {
            tried.push(name);
        }
        is_new && names(title, name)
    })
}

/// Whether `title` has the words of `name`, whole.
fn names(title: &str, name: &str) -> bool {
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    !name.is_empty()
        && title.match_indices(name).any(|(i, _)| edge(title[..i].chars().next_back()) && edge(title[i + name.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use crate::article::{Annotations, Article, Clipping, Person, Place, PlaceMention, Span};

    #[test]
    fn an_article_is_about_few_of_its_persons() {
        let person = |(name, at): &(&str, &[u32])| Person {
            name: (*name).to_owned(),
            mentions: at.iter().map(|start| Span::new(*start, *start + 1)).collect(),
            ..Person::default()
        };
        let body = format!("{}\n\n{}\n\n{}", "a".repeat(9), "b".repeat(9), "c".repeat(80));
        let check = |title: &str, persons: &[(&str, &[u32])], expected: &[&str]| {
            let clipping = Clipping {
                article: Article { title: Some(title.to_owned()), body: body.clone(), ..Article::default() },
                annotations: Annotations { persons: persons.iter().map(person).collect(), ..Annotations::default() },
                ..Clipping::default()
            };
            assert_eq!(clipping.about_persons(), expected, "{title} {persons:?}");
        };
        check("", &[], &[]);
        check("", &[("Ann Cole", &[50])], &[]);
        check("", &[("Ann Cole", &[5, 50])], &["Ann Cole"]);
        check("Ann Cole resigns", &[("Ann Cole", &[50]), ("Boris Marsh", &[60, 70])], &["Ann Cole"]);
        check("", &[("Ann Cole", &[50, 60, 70]), ("Boris Marsh", &[5, 6, 71])], &["Boris Marsh", "Ann Cole"]);
        let crowd: Vec<(&str, &[u32])> = ["A", "B", "C", "D", "E", "F"].iter().map(|n| (*n, &[5, 50][..])).collect();
        check("", &crowd, &[]);
    }

    /// Places as `path@first mention,…`; the lead ends at 20.
    fn check(title: &str, places: &[&str], expected: &[&str]) {
        let body = format!("{}\n\n{}\n\n{}", "a".repeat(9), "b".repeat(9), "c".repeat(80));
        let place = |text: &&str| {
            let (path, at) = text.split_once('@').expect("a place and its mentions");
            let mention = |start: u32| PlaceMention { start, end: start + 1, demonym: false };
            Place {
                name: path.rsplit('/').next().unwrap_or("").to_owned(),
                path: Some(path.to_owned()),
                mentions: at.split(',').map(|n| mention(n.parse().expect("a number"))).collect(),
                ..Place::default()
            }
        };
        let clipping = Clipping {
            article: Article { title: Some(title.to_owned()), body, ..Article::default() },
            annotations: Annotations { places: places.iter().map(place).collect(), ..Annotations::default() },
            ..Clipping::default()
        };
        assert_eq!(clipping.about_places(), expected, "{places:?}");
    }

    #[test]
    fn an_article_is_about_what_it_names_first_and_most() {
        check("", &[], &[]);
        check("", &["Europe/Spain@50"], &[]);
        check("", &["Europe/Spain@5"], &["Europe/Spain"]);
        check("Rain in Spain", &["Europe/Spain@50", "Europe/Italy@60"], &["Europe/Spain"]);
        check("Spaniards", &["Europe/Spain@50", "Europe/Italy@60"], &[]);
        check("", &["Europe/Spain/Bilbao@5,50,60", "Europe/Italy@70"], &["Europe/Spain/Bilbao"]);
        check("", &["A/US/Texas/Waco@5", "A/US/Texas/Paris@6", "A/US/Texas/Cisco@7", "A/US/Texas/Pharr@8"], &["A/US/Texas"]);
        check("", &["Europe/Spain@5,50", "Europe/Italy@6", "Asia/Iran@70"], &["Europe/Spain", "Europe/Italy"]);
        check("", &["Europe/Spain@5", "Europe/Italy@6", "Europe/France@7", "Europe/Malta@8"], &[]);
        check("", &["Europe@3,4", "Europe/Spain@5", "Europe/Italy@6", "Europe/France@7"], &["Europe"]);
    }
}
