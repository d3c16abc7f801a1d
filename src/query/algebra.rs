//! What can be asked: a small algebra to which every operator lowers.

use crate::field::Field;

/// A question about articles or about quotes.
///
/// Which of the two is asked for is not part of the query: it is the `Target` of the search. Fields of the article
/// (`source`, `date`, `person` …) mean the same in both; in a search for quotes they speak of the article around the quote.
#[derive(Clone, Debug, PartialEq)]
pub enum Query {
    /// Everything.
    All,
    /// Nothing.
    Nothing,
    /// Words in running text. With no field named: title, lead and body of an article, or the words of a quote.
    Text {
        /// The text fields searched; empty means the default ones of the target. Proximity never crosses fields.
        fields: Vec<&'static Field>,
        /// What to find there.
        expr: Expr,
    },
    /// A value of a `Name`, `Keyword` or `Path` field.
    Is {
        /// The field.
        field: &'static Field,
        /// What one of its values must be.
        value: ValueMatch,
    },
    /// A date or number between two bounds, both inclusive; `None` is open. Seconds for dates, as in `field::Value::Number`.
    Range {
        /// The field.
        field: &'static Field,
        /// Least value.
        from: Option<i64>,
        /// Greatest value.
        to: Option<i64>,
    },
    /// The field has some value.
    Has(&'static Field),
    /// A place of the article lies within `km` kilometres of a point.
    Within {
        /// Degrees north.
        lat: f64,
        /// Degrees east.
        lon: f64,
        /// Radius.
        km: f64,
    },
    /// One single quote of the article satisfies all of the inner query.
    Quote(Box<Query>),
    /// The article around the quote satisfies the inner query (in a search for articles: the article itself).
    Article(Box<Query>),
    /// All of these.
    And(Vec<Query>),
    /// Any of these.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
    /// The same, counting so many times as much for ranking.
    Boost(Box<Query>, f32),
}

impl Query {
    /// What must hold, one by one; of [`Query::All`] nothing.
    pub fn clauses(self) -> Vec<Query> {
        match self {
            Query::All => Vec::new(),
            Query::And(all) => all,
            other => vec![other],
        }
    }

    /// Whether a quote is wanted for who says it, or how: by speaker, role or cue.
    pub fn asks_who(&self) -> bool {
        match self {
            Query::Is { field, .. } | Query::Has(field) => matches!(field.name, "speaker" | "role" | "cue"),
            Query::And(all) | Query::Or(all) => all.iter().any(Query::asks_who),
            Query::Quote(inner) | Query::Boost(inner, _) => inner.asks_who(),
            Query::All | Query::Nothing | Query::Text { .. } | Query::Range { .. } | Query::Within { .. } => false,
            Query::Article(_) | Query::Not(_) => false,
        }
    }

    /// Whether one hit can fit better than another, since words are asked for.
    pub fn ranks(&self) -> bool {
        match self {
            Query::Text { .. } => true,
            Query::And(all) | Query::Or(all) => all.iter().any(Query::ranks),
            Query::Quote(inner) | Query::Article(inner) | Query::Boost(inner, _) => inner.ranks(),
            Query::All | Query::Nothing | Query::Is { .. } | Query::Has(_) | Query::Range { .. } | Query::Within { .. } => false,
            Query::Not(_) => false,
        }
    }

    /// All of `clauses` must hold.
    pub fn all(mut clauses: Vec<Query>) -> Query {
        match clauses.len() {
            0 => Query::All,
            1 => clauses.remove(0),
            _ => Query::And(clauses),
        }
    }
}

/// What to find in running text: each expression has *matches*, which are runs of word positions.
///
/// This is one interval family: `Or` takes the matches of either, `Near` the smallest runs that hold one match of each side,
/// and so on. Minimal-interval semantics follow Clarke, Cormack and Burkowski (1995), as Lucene's intervals do.
///
/// To be exact: `Or` and `And` give the matches of their sides as they are, larger ones beside smaller. `Near`, `Same` and
/// `Window` give the smallest runs only; the two matches of a pair never overlap, and a window has a place of its own for
/// each word. A match is close to itself never, so `a NOT NEAR/3 a` finds an `a` that stands alone; a match that overlaps
/// another is close to it. Case is asked of the words of an expression, not of what stands between them. `Matcher` is
/// the meaning; engines are tested against it.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// One word.
    Word(WordForm),
    /// Words in a row.
    Phrase(Vec<Part>),
    /// A match of any of these.
    Or(Vec<Expr>),
    /// All of these somewhere in the field; each match of each counts.
    And(Vec<Expr>),
    /// Two matches no more than `n` word positions apart (adjacent is 1).
    Near {
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
        /// Greatest distance between the nearest ends.
        n: u32,
        /// Whether left must come first.
        ordered: bool,
    },
    /// Two matches in the same sentence or paragraph.
    Same {
        /// Left operand.
        left: Box<Expr>,
        /// Right operand.
        right: Box<Expr>,
        /// Sentence or paragraph.
        unit: Unit,
        /// Whether left must come first.
        ordered: bool,
    },
    /// Matches of `left` that have no match of the same relation with `right`: `within` is a `Near` or `Same` of the two.
    NotNear {
        /// What is wanted.
        left: Box<Expr>,
        /// What must not be close.
        right: Box<Expr>,
        /// How close, in words; `None` when `unit` says it.
        n: Option<u32>,
        /// Sentence or paragraph; `None` when `n` says it.
        unit: Option<Unit>,
    },
    /// At least `n` matches that do not overlap. Alone in a `Text` of several fields, those of all fields count together; as
    /// part of a larger expression, those of one field.
    AtLeast {
        /// How many.
        n: u32,
        /// Of what.
        expr: Box<Expr>,
    },
    /// Matches that end within the first `n` words of the field. Where no field is named, that is the text, not the headline.
    First {
        /// How many words.
        n: u32,
        /// What.
        expr: Box<Expr>,
    },
    /// A window of at most `words.len() + slop` words that holds all of them, in any order: `"a b"~2`.
    Window {
        /// The words.
        words: Vec<WordForm>,
        /// Extra words allowed in the window.
        slop: u32,
    },
    /// The words of `text` in a row, where the article has that very text: letters, marks and stops as they are, curly marks
    /// and straight ones alike.
    Exact {
        /// What must stand there.
        text: String,
        /// Its words.
        parts: Vec<Part>,
    },
    /// Matches whose letters in the article are as asked.
    Case {
        /// How.
        case: Case,
        /// Of what.
        expr: Box<Expr>,
    },
}

/// Capitals asked of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Each word begins with a capital: `CAPS(x)`.
    Capital,
    /// All letters are capitals: `ALLCAPS(x)`.
    AllCapitals,
    /// No letter is a capital: `NOCAPS(x)`.
    None,
}

/// A unit of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Sentence.
    Sentence,
    /// Paragraph.
    Paragraph,
}

/// A place in a phrase.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// This word.
    Word(WordForm),
    /// Any of these words.
    AnyOf(Vec<WordForm>),
    /// Any one word (`*` in quotes).
    Gap,
}

/// One word as asked for. Forms are folded (`words::fold`) and hold no separators.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WordForm {
    /// This form and its inflections.
    Inflected(String),
    /// This form alone.
    Exact(String),
    /// A pattern: `*` any characters, `?` one character; `$n` at the end (at most n characters) is written as `Pattern` with `upto`.
    Pattern {
        /// The pattern, folded.
        glob: String,
        /// Up to so many characters may follow.
        upto: Option<u8>,
    },
    /// Within `edits` edits (insertions, deletions, replacements, swaps) of the form.
    Fuzzy {
        /// The form.
        form: String,
        /// 1 or 2.
        edits: u8,
    },
    /// A regular expression over the whole folded form.
    Regex(String),
}

/// What a value of a field must be.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueMatch {
    /// These words, in a row, inside one value: `person:"Angela Merkel"`, `source:guardian`. For `Path` fields: of one step
    /// of the path. For `Keyword` fields: the whole value, case aside, when there is no pattern.
    Words(Vec<WordForm>),
    /// Exactly this value, letter by letter: `person:="Angela Merkel"`, but for capitals where [`Field::ignores_case`]. For `Path` fields a step may be named by its path.
    Whole(String),
    /// A regular expression over the folded value.
    Regex(String),
}
