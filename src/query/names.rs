//! Which field a word in front of `:`, `=` or `(` names, and which one was probably meant.

use crate::field::{self, FIELDS, Field};

/// What a name in front of a value can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Named {
    /// A row of the table of fields.
    Field(&'static Field),
    /// Title and lead.
    HeadLead,
    /// Whatever the words around mean: `re:/…/`.
    Here,
    /// Dates, with the start or end included or not.
    Date(Edge),
    /// A circle on the map.
    Within,
    /// A text as it is written.
    Exact,
    /// A saved query.
    Saved,
    /// That the field named has a value.
    Exists,
    /// A code that another system has.
    Code,
    /// `stem:off`
    Stem,
    /// `sort:date`, which is no part of a query and is handed on.
    Sort,
}

/// Which edge of the time asked for a date is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Edge {
    /// Starts with it.
    Since,
    /// Ends with it.
    Until,
    /// Starts behind it.
    After,
    /// Ends before it.
    Before,
}

/// Names that are no rows of the table.
const OTHERS: &[(&str, Named)] = &[
    ("hlead", Named::HeadLead),
    ("hlp", Named::HeadLead),
    ("since", Named::Date(Edge::Since)),
    ("until", Named::Date(Edge::Until)),
    ("after", Named::Date(Edge::After)),
    ("before", Named::Date(Edge::Before)),
    ("within", Named::Within),
    ("exact", Named::Exact),
    ("query", Named::Saved),
    ("stem", Named::Stem),
    ("sort", Named::Sort),
];

/// What other systems and people call a field, and its name here: suggested, never taken for it in silence.
const SYNONYMS: &[(&str, &str)] = &[
    ("agency", "source"),
    ("bbox", "within"),
    ("category", "section"),
    ("city", "place"),
    ("content", "body"),
    ("contenttype", "format"),
    ("dir", "path"),
    ("directory", "path"),
    ("entity", "person"),
    ("ext", "format"),
    ("extension", "format"),
    ("file", "path"),
    ("filename", "path"),
    ("folder", "path"),
    ("from", "since"),
    ("journalist", "byline"),
    ("keywords", "tag"),
    ("mime", "format"),
    ("mimetype", "format"),
    ("name", "person"),
    ("named_entity", "person"),
    ("near", "within"),
    ("newspaper", "source"),
    ("paper", "source"),
    ("pubdate", "date"),
    ("published_at", "date"),
    ("publishedat", "date"),
    ("publisher", "source"),
    ("quote", "said"),
    ("quotes", "said"),
    ("reporter", "byline"),
    ("rubric", "section"),
    ("to", "until"),
    ("topic", "tag"),
    ("topics", "tag"),
    ("town", "place"),
    ("writer", "byline"),
];

/// What `name` means in front of a value.
pub(super) fn resolve(name: &str) -> Option<Named> {
    field::by_name(name)
        .map(Named::Field)
        .or_else(|| OTHERS.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, named)| *named))
}

/// The field of that name in the table, which is known to be there.
pub(super) fn table(name: &str) -> &'static Field {
    // The table is never empty, and a test holds that every name asked for here is in it.
    field::by_name(name).unwrap_or(&FIELDS[0])
}

/// The name of the field that is called `name` elsewhere.
pub(super) fn synonym(name: &str) -> Option<&'static str> {
    SYNONYMS.iter().find(|(synonym, _)| synonym.eq_ignore_ascii_case(name)).map(|(_, field)| *field)
}

/// The name of a field that is spelled most like `name`, if one is spelled much like it.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let most = match name.chars().count() {
        0..=2 => return None,
        3..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let names = FIELDS.iter().flat_map(|f| std::iter::once((f.name, f.name)).chain(f.aliases.iter().map(|a| (*a, f.name))));
    let others = OTHERS.iter().map(|(n, _)| (*n, *n));
    // Short aliases are a letter away from anything.
    names
        .chain(others)
        .filter(|(spelled, _)| spelled.len() > 2)
        .map(|(spelled, canonical)| (strsim::osa_distance(&name, spelled), canonical))
        .filter(|(d, _)| *d <= most)
        .min_by_key(|(d, _)| *d)
        .map(|(_, canonical)| canonical)
}
