//! Every operator, one row each: help, README and the reference page follow from [`OPERATORS`].

/// An operator of the query language.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    /// What it does, in two or three words.
    pub name: &'static str,
    /// All its spellings, the canonical one first.
    pub forms: &'static str,
    /// One line for help.
    pub meaning: &'static str,
    /// An example that reads without a problem.
    pub example: &'static str,
}

const fn operator(name: &'static str, forms: &'static str, meaning: &'static str, example: &'static str) -> Operator {
    Operator { name, forms, meaning, example }
}

/// The operators, in the order in which one learns them.
pub static OPERATORS: &[Operator] = &[
    operator(
        "all words",
        "a b · a AND b · a && b · +a +b",
        "articles with all of these; a word in small letters matches its inflections",
        "flood insurance",
    ),
    operator("any word", "a OR b · a | b · a || b", "articles with any of these; AND binds tighter than OR", "flood OR storm"),
    operator("not", "NOT a · -a · !a", "articles without it", "jaguar NOT car"),
    operator("group", "( )", "what is inside is read first", "(flood OR storm) insurance"),
    operator("phrase", "\"a b\"", "these words in a row, as they stand; `*` is any one word, `(a|b)` either", "\"prime * minister\""),
    operator("window", "\"a b\"~n", "these words in any order with at most n others between them", "\"climate change\"~3"),
    operator("exact word", "=a · Capital", "the word as it stands, without its inflections", "=banks Banks"),
    operator(
        "pattern",
        "a* · a! · a?b · a$2",
        "`*` any letters, `?` one letter, `!` any ending, `$2` up to two letters more",
        "recycl! wom?n tax$2",
    ),
    operator("alike", "a~ · a~1 · a~2", "words one or two letters away", "merkle~"),
    operator("expression", "re:/…/ · field:/…/", "a regular expression over one whole word or value", "re:/colou?rs?/"),
    operator(
        "near",
        "a NEAR/n b · w/n · /n · nearN · AROUND(n)",
        "at most n words apart, in any order; neighbours are 1 apart",
        "mayor NEAR/5 corrupt*",
    ),
    operator("before", "a PRE/n b · +n · adjN · ONEAR/n", "the first at most n words before the second", "prime PRE/1 minister"),
    operator("same sentence", "a /s b · w/s · SENTENCE · +s (in order)", "both in one sentence", "bribe /s mayor"),
    operator("same paragraph", "a /p b · w/p · SAME · PARAGRAPH · +p (in order)", "both in one paragraph", "bribe /p mayor"),
    operator(
        "not near",
        "a NOT NEAR/n b · NOT w/n · NOT /s · NOT /p",
        "the first somewhere without the second close to it",
        "rico NOT NEAR/5 puerto",
    ),
    operator("at least", "ATLEASTn(a)", "n or more times", "ATLEAST3(flood* OR storm*)"),
    operator("first words", "FIRST/n(a)", "within the first n words", "FIRST/50(mayor)"),
    operator("capitals", "CAPS(a) · ALLCAPS(a) · NOCAPS(a)", "written with a capital, all in capitals, without capitals", "ALLCAPS(rico)"),
    operator("name", "NAME(given family)", "the ways to write a name: middle name, initial, family name first", "NAME(john smith)"),
    operator("field", "f:a · f=a · f(a)", "a value of one field", "title:flood source=reuters"),
    operator("list", "f:a,b", "any of these values", "source:reuters,ap"),
    operator(
        "whole value",
        "f:=\"A b\"",
        "exactly this value, letter by letter; capitals aside in source, section, edition and tag",
        "person:=\"Angela Merkel\"",
    ),
    operator("has", "f:* · -f:*", "has a value, has none", "byline:* -dateline:*"),
    operator(
        "range",
        "f:a..b · f:[a TO b] · f:{a TO b} · f:>a",
        "between two values, both included except with `{ }`, `>` and `<`",
        "words:500..800",
    ),
    operator(
        "date",
        "date:2008 · 2008-09 · 2008Q3 · last-7d · today",
        "what is not written of a date is taken widely",
        "date:2008-09..2009",
    ),
    operator(
        "since, until",
        "since:d until:d · after:d before:d",
        "the date itself included; with after and before excluded",
        "since:2008 until:2009-06",
    ),
    operator("headline or lead", "hlead:a", "in the headline or the first two paragraphs", "hlead:(mayor NEAR/5 corrupt*)"),
    operator("circle", "within:lat,lon,km", "a place named that lies in the circle", "within:50.85,4.35,20km"),
    operator("one quote", "quote{ }", "one single quote has all of this", "quote{speaker:merkel refugees}"),
    operator("its article", "article{ }", "in a search for quotes: the article has all of this", "article{title:summit flood}"),
    operator("weight", "a^2", "counts so many times as much for the order of hits", "flood^2 storm"),
    operator("saved query", "@name · query:name · @name(a, b=c)", "a saved query inside a query", "@ministers tax"),
];
