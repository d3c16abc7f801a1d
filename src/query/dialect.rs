//! The query languages of other systems: what is different in each, one row a language.
//!
//! There is one parser. A row of [`DIALECTS`] says where its habits differ: which operators are read in small letters, what
//! two words side by side mean, what binds first, what `*` stands for, how far `w/5` reaches and in which order, which words
//! name a field, and which fields have no counterpart here. What is read lowers to the same algebra and is printed in the
//! default language; what cannot be kept is a `Loss`.
//!
//! Sources: the systems' own help pages as summed up for the translator; those of ProQuest and dtSearch are less certain.

use super::names::{Named, table};

/// A language in which a query is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The language of this program.
    #[default]
    Morgue,
    /// Nexis, Lexis+.
    Nexis,
    /// Factiva, in its classic search form.
    Factiva,
    /// ProQuest.
    Proquest,
    /// Lucene's classic query parser, Solr, Elasticsearch.
    Lucene,
    /// Google.
    Google,
    /// dtSearch, in a boolean request.
    Dtsearch,
}

/// What two words side by side mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Adjacent {
    /// Both.
    Both,
    /// One behind the other.
    Phrase,
    /// Either, unless one is marked with `+`.
    Either,
}

/// What `*` stands for in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Star {
    /// Any characters.
    Any,
    /// One or more.
    Some,
    /// Exactly one.
    One,
}

/// In which order operators of closeness are read when no parentheses say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// From left to right.
    Left,
    /// The smallest distance first, then sentences, then paragraphs.
    Smallest,
}

/// Where a language differs.
#[derive(Debug)]
pub(super) struct Habits {
    pub dialect: Dialect,
    pub name: &'static str,
    /// `and`, `or` and `not` in small letters are operators.
    pub small_operators: bool,
    /// OR binds tighter than closeness and AND.
    pub or_first: bool,
    pub adjacent: Adjacent,
    pub star: Star,
    pub order: Order,
    /// `w/5` is in order.
    pub within_is_ordered: bool,
    /// Words are met as they stand, without inflections.
    pub exact: bool,
    /// A capital says that a word is met as it stands.
    pub capital_is_exact: bool,
    /// `after:2019` takes in 2019.
    pub after_takes_in: bool,
    /// Further operators of closeness: a spelling before or around a number, and whether it is in order.
    pub near: &'static [(&'static str, &'static str, bool)],
    /// How far `NEAR` and `PRE` reach without a number; 0 where they are words.
    pub near_alone: u32,
    /// Whether `same` is an operator.
    pub same: bool,
    /// Names of fields, before the table's own.
    pub fields: &'static [(&'static str, Means)],
    /// A space may stand between the name of a field, or a function, and its parentheses.
    pub spaced: bool,
}

/// What a name in front of a value means in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// A field of the table.
    Field(&'static str),
    /// Headline and lead.
    HeadLead,
    /// Any text.
    Text,
    /// That there is a value of the field named.
    Exists,
    /// A code that exists in that system alone.
    Code,
}

use Means::{Code, Field, HeadLead, Text};

const OURS: Habits = Habits {
    dialect: Dialect::Morgue,
    name: "morgue",
    small_operators: false,
    or_first: false,
    adjacent: Adjacent::Both,
    star: Star::Any,
    order: Order::Left,
    within_is_ordered: false,
    exact: false,
    capital_is_exact: true,
    after_takes_in: false,
    near: &[],
    near_alone: 0,
    same: false,
    fields: &[],
    spaced: false,
};

/// Every language, the default one first.
pub(super) static DIALECTS: &[Habits] = &[
    OURS,
    Habits {
        dialect: Dialect::Nexis,
        name: "nexis",
        small_operators: true,
        or_first: true,
        adjacent: Adjacent::Phrase,
        star: Star::One,
        order: Order::Smallest,
        capital_is_exact: false,
        near: &[("onear/", "", true)],
        spaced: true,
        fields: &[
            ("headline", Field("title")),
            ("head", Field("title")),
            ("hlead", HeadLead),
            ("lead", Field("lead")),
            ("lead-graph", Field("lead")),
            ("body", Field("body")),
            ("text", Text),
            ("fulltext", Text),
            ("plural", Text),
            ("singular", Text),
            ("byline", Field("byline")),
            ("author", Field("byline")),
            ("dateline", Field("dateline")),
            ("word-count", Field("words")),
            ("publication-type", Code),
            ("type", Code),
            ("document-type", Code),
            ("show", Code),
            ("publication", Field("source")),
            ("source", Field("source")),
            ("pub", Field("source")),
            ("section", Field("section")),
            ("language", Field("lang")),
            ("length", Field("words")),
            ("person", Field("person")),
            ("term", Code),
            ("terms", Code),
            ("company", Code),
            ("subject", Code),
            ("geographic", Code),
            ("industry", Code),
            ("ticker", Code),
            ("organization", Code),
            ("country", Code),
            ("city", Code),
            ("state", Code),
            ("publication-date", Field("date")),
            ("load-date", Field("added")),
            ("graphic", Code),
            ("cite", Code),
        ],
        ..OURS
    },
    Habits {
        dialect: Dialect::Factiva,
        name: "factiva",
        small_operators: true,
        adjacent: Adjacent::Phrase,
        star: Star::Some,
        within_is_ordered: true,
        exact: true,
        capital_is_exact: false,
        near: &[("/n", "/", false)],
        same: true,
        fields: &[
            ("hd", Field("title")),
            ("hl", Field("title")),
            ("hlp", HeadLead),
            ("lp", Field("lead")),
            ("td", Field("body")),
            ("by", Field("byline")),
            ("sn", Field("source")),
            ("se", Field("section")),
            ("la", Field("lang")),
            ("wc", Field("words")),
            ("pd", Field("date")),
            ("upd", Field("updated")),
            ("cr", Field("byline")),
            ("an", Field("id")),
            ("art", Code),
            ("rst", Field("source")),
            ("sc", Code),
            ("ns", Code),
            ("fds", Code),
            ("in", Code),
            ("re", Code),
            ("co", Code),
            ("pe", Code),
            ("pub", Code),
            ("ipd", Code),
            ("clm", Field("section")),
        ],
        ..OURS
    },
    Habits {
        dialect: Dialect::Proquest,
        name: "proquest",
        small_operators: true,
        exact: true,
        capital_is_exact: false,
        near: &[("n/", "", false), ("p/", "", true), ("n", "", false), ("p", "", true), ("pre", "", true)],
        near_alone: 4,
        spaced: true,
        fields: &[
            ("ti", Field("title")),
            ("title", Field("title")),
            ("ab", Field("lead")),
            ("abstract", Field("lead")),
            ("ft", Field("body")),
            ("all", Text),
            ("fulltext", Text),
            ("noft", Field("title")),
            ("au", Field("byline")),
            ("author", Field("byline")),
            ("pub", Field("source")),
            ("publication", Field("source")),
            ("pubtitle", Field("source")),
            ("pt", Field("source")),
            ("la", Field("lang")),
            ("pd", Field("date")),
            ("yr", Field("date")),
            ("sec", Field("section")),
            ("dl", Field("dateline")),
            ("lo", Field("place")),
            ("loc", Field("place")),
            ("location", Field("place")),
            ("pn", Field("person")),
            ("person", Field("person")),
            ("su", Code),
            ("subject", Code),
            ("mainsubject", Code),
            ("mjsub", Code),
            ("subt", Code),
            ("tag", Code),
            ("co", Code),
            ("company", Code),
            ("naics", Code),
            ("mesh", Code),
            ("if", Code),
            ("dtype", Code),
            ("issn", Code),
        ],
        ..OURS
    },
    Habits {
        dialect: Dialect::Lucene,
        name: "lucene",
        adjacent: Adjacent::Either,
        capital_is_exact: false,
        fields: &[("_exists_", Means::Exists)],
        ..OURS
    },
    Habits {
        dialect: Dialect::Google,
        name: "google",
        or_first: true,
        capital_is_exact: false,
        after_takes_in: true,
        fields: &[
            ("intitle", Field("title")),
            ("allintitle", Field("title")),
            ("intext", Field("body")),
            ("allintext", Field("body")),
            ("inurl", Field("url")),
            ("allinurl", Field("url")),
            ("when", Field("date")),
            ("site", Field("url")),
            ("source", Field("source")),
            ("location", Field("place")),
            ("lr", Field("lang")),
            ("related", Code),
            ("cache", Code),
            ("link", Code),
            ("inanchor", Code),
            ("allinanchor", Code),
            ("define", Code),
        ],
        ..OURS
    },
    Habits {
        dialect: Dialect::Dtsearch,
        name: "dtsearch",
        small_operators: true,
        adjacent: Adjacent::Phrase,
        exact: true,
        capital_is_exact: false,
        fields: &[],
        ..OURS
    },
];

impl Dialect {
    /// Every language, the default one first.
    ///
    /// ```
    /// use morgue::query::Dialect;
    /// assert!(Dialect::all().any(|d| d.name() == "nexis" && Dialect::by_name("Nexis") == Some(d)));
    /// ```
    pub fn all() -> impl Iterator<Item = Dialect> {
        DIALECTS.iter().map(|habits| habits.dialect)
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        self.habits().name
    }

    /// The language called so, case aside.
    pub fn by_name(name: &str) -> Option<Dialect> {
        DIALECTS.iter().find(|habits| habits.name.eq_ignore_ascii_case(name)).map(|habits| habits.dialect)
    }

    pub(super) fn habits(self) -> &'static Habits {
        DIALECTS.iter().find(|habits| habits.dialect == self).unwrap_or(&OURS)
    }
}

/// What to write here for a `name` that another language has in front of a value; `None` where none has it.
pub(super) fn elsewhere(name: &str) -> Option<String> {
    let mut all = DIALECTS.iter().flat_map(|habits| habits.fields.iter().map(move |row| (habits.name, row)));
    let (language, (_, means)) = all.find(|(_, (other, _))| other.eq_ignore_ascii_case(name))?;
    Some(match means {
        Field(field) => format!("it is a field of {language}: write `{field}:`, or read all of it with `--dialect {language}`"),
        HeadLead => format!("it is a field of {language}: write `hlead:`"),
        Text => format!("it is a field of {language}: leave it out, words are looked for in all of the text"),
        Means::Exists => format!("it is a field of {language}: write `field:*`"),
        Code => format!("it asks for codes of {language}, which files do not have; `tag:` asks for the keywords they give"),
    })
}

impl Habits {
    /// What `name` means in front of a value in this language alone; `None` leaves it to the table of fields.
    pub fn named(&self, name: &str) -> Option<Named> {
        let (_, means) = self.fields.iter().find(|(other, _)| other.eq_ignore_ascii_case(name))?;
        Some(match means {
            Field(field) => Named::Field(table(field)),
            HeadLead => Named::HeadLead,
            Text => Named::Here,
            Means::Exists => Named::Exists,
            Code => Named::Code,
        })
    }
}
