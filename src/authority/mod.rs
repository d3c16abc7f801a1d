//! Under which name is somebody filed? The archive's *authority file* `names.toml`, as librarians call the list that gives each
//! person or body one preferred form: read here, edited in [`AuthorityFile`], applied to each clipping.
//!
//! ```toml
//! format = 1
//!
//! [[person]]                                  # merged: any of these is filed under the first
//! name = "Volodymyr Zelenskyy"
//! also = ["Volodymyr Zelensky", "Zelenskiy"]
//!
//! [[person]]                                  # split: where the query holds, "John Smith" is somebody else
//! name = "John Smith (footballer)"
//! split = "John Smith"
//! when = "section:sport"
//!
//! [hide]                                      # these are no names
//! persons = ["Breaking News"]
//!
//! [apart]                                     # alike, and two: not to be asked about again
//! persons = [["Jon Smith", "John Smith"]]
//!
//! [unsure]                                    # looked at, and left open
//! persons = [["J. Smith", "John Smith"]]
//! ```
//!
//! Names are compared without case and diacritics. Splits are tried first, in the order of the file; then forms are merged,
//! on through as many steps as there are; what is hidden is taken away, and who spoke under a hidden name is unresolved.
//! `[[organization]]` and `[[place]]` work as `[[person]]` does (a place keeps its path and coordinates, only its name changes).

mod apply;
mod edit;
mod read;
#[cfg(test)]
mod tests;

pub use edit::AuthorityFile;

use crate::query::Matcher;
use crate::words::fold;
use std::collections::HashMap;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// Somebody.
    Person,
    /// A company, agency, party, team.
    Organization,
    /// A place.
    Place,
}

impl NameKind {
    /// Every kind.
    pub const ALL: [NameKind; 3] = [NameKind::Person, NameKind::Organization, NameKind::Place];

    /// The word for one of them, which is its table in the file.
    pub fn one(self) -> &'static str {
        match self {
            NameKind::Person => "person",
            NameKind::Organization => "organization",
            NameKind::Place => "place",
        }
    }

    /// The word for many of them, which is its key under `[hide]`.
    pub fn many(self) -> &'static str {
        match self {
            NameKind::Person => "persons",
            NameKind::Organization => "organizations",
            NameKind::Place => "places",
        }
    }

    /// The field that finds it, as queries spell it.
    pub fn field(self) -> &'static str {
        match self {
            NameKind::Person => "person",
            NameKind::Organization => "org",
            NameKind::Place => "place",
        }
    }
}

/// A form of a name and where the file says so.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Form {
    /// The name.
    pub name: String,
    /// Line of the file, from 1.
    pub line: usize,
}

/// One table of the file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    /// What it is the name of.
    pub kind: NameKind,
    /// The preferred form.
    pub name: Form,
    /// Forms filed under it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Form>,
    /// The name whose bearers it tells apart, and the query that tells which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<(Form, String)>,
}

/// What is done with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling<'a> {
    /// It stays.
    Keep,
    /// It is filed under another form, which this line of the file says.
    As(&'a str, usize),
    /// It is no name.
    Hide(usize),
}

/// A split: bearers of `of` in articles where `when` holds are called `name`.
struct Split {
    kind: NameKind,
    of: String,
    name: Form,
    when: String,
    matcher: Matcher,
}

/// What was decided of two names that are alike, where they are not made one. It changes no annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// They are two.
    Apart,
    /// It cannot be told.
    Unsure,
}

impl Verdict {
    /// Both.
    pub const ALL: [Verdict; 2] = [Verdict::Apart, Verdict::Unsure];

    /// Its table in the file.
    pub fn table(self) -> &'static str {
        match self {
            Verdict::Apart => "apart",
            Verdict::Unsure => "unsure",
        }
    }
}

/// Two names that are alike, and what was decided of them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Pair {
    /// What they are names of.
    pub kind: NameKind,
    /// What was decided.
    pub verdict: Verdict,
    /// The two.
    pub names: [Form; 2],
}

impl Pair {
    /// The two, folded, in one order.
    fn key(kind: NameKind, a: &str, b: &str) -> (NameKind, [String; 2]) {
        let mut names = [a, b].map(|name| fold(name).into_owned());
        names.sort_unstable();
        (kind, names)
    }
}

/// What the file says, made ready to be applied.
#[derive(Default)]
pub struct Authority {
    entries: Vec<Entry>,
    hidden: Vec<(NameKind, Form)>,
    pairs: Vec<Pair>,
    /// What was decided of each of them; of one that stands there twice, the first.
    verdicts: HashMap<(NameKind, [String; 2]), Verdict>,
    splits: Vec<Split>,
    /// Kind and folded form → preferred form (`None`: hidden) and line.
    rules: HashMap<(NameKind, String), (Option<String>, usize)>,
    version: String,
}

impl Authority {
    /// The tables of the file, in its order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is hidden, in the order of the file.
    pub fn hidden(&self) -> &[(NameKind, Form)] {
        &self.hidden
    }

    /// Pairs that were decided on without being made one, in the order of the file.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// What was decided of these two names, in either order, without regard to case and diacritics.
    pub fn verdict(&self, kind: NameKind, a: &str, b: &str) -> Option<Verdict> {
        if self.verdicts.is_empty() { None } else { self.verdicts.get(&Pair::key(kind, a, b)).copied() }
    }

    /// The name under which the file has the one of these words, compared as words are in searches.
    pub fn filed(&self, kind: NameKind, asked: &[String]) -> Option<&str> {
        let is = |form: &str| crate::words::forms(form) == asked;
        let rules = self.rules.iter().filter(|((of, form), _)| *of == kind && is(form));
        rules.filter_map(|(_, (to, _))| to.as_deref()).find(|to| !is(to))
    }

    /// Whether the file rules on nothing.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.splits.is_empty()
    }

    /// A hash of what the file rules, 16 hexadecimal digits; empty when it rules on nothing. Comments and order of tables that
    /// do not matter do not change it.
    pub fn version(&self) -> &str {
        &self.version
    }
}
