//! How the values of fields are said in English: `by *merkel*`, ``from `fox*` ``, `that are copies of one before`.

use super::{Target, ValueMatch, WordForm, print};
use crate::field::Field;

/// What has this value of `field`, as it follows "articles" or "quotes".
pub(super) fn is(field: &Field, value: &ValueMatch, target: Target) -> String {
    let (quotes, said) = (target == Target::Quotes, noun(field, value));
    let of_quote = |clause: String| if quotes { clause } else { format!("with a quote {clause}") };
    match field.name {
        "person" => format!("that name {said}"),
        "org" => format!("that name the organization {said}"),
        "place" => format!("with a place in {said}"),
        "about-person" => format!("about the person {said}"),
        "about-place" => format!("about a place in {said}"),
        "speaker" => of_quote(format!("by {said}")),
        "about" => of_quote(format!("about {said}")),
        "role" => format!("with a speaker who is {said}"),
        "cue" => of_quote(format!("with the cue {said}")),
        "qtype" => of_quote(format!("of the kind {said}")),
        "echo" if quotes => format!("that repeat {said}"),
        "echo" => format!("with a quote that repeats {said}"),
        "source" => format!("from {said}"),
        "byline" => format!("written by {said}"),
        "section" => format!("in the section {said}"),
        "page" => format!("on page {said}"),
        "edition" => format!("in the edition {said}"),
        "dateline" => format!("filed from {said}"),
        "tag" => format!("tagged {said}"),
        "lang" => format!("in the language {said}"),
        "dated" if said == "*conflict*" => "with two dates that lie apart".to_owned(),
        "dated" => format!("with a date that comes from {said}"),
        "year" | "month" => format!("published in {said}"),
        "is" if said == "*noted*" => "that you wrote a note on".to_owned(),
        "is" => format!("that you marked as {said}"),
        "cluster" => format!("that tell the story of {said}"),
        "versions" => format!("that are versions of {said}"),
        "dup" if said == "*copy*" => "that are copies of one before".to_owned(),
        "dup" if said == "*original*" => "that are no copies".to_owned(),
        "dup" => format!("that are {said} (copy or original)"),
        "version" => format!("of the version {said}"),
        "format" => format!("in the format {said}"),
        "path" => format!("from the file {said}"),
        "url" => format!("at the address {said}"),
        "id" => format!("with the id {said}"),
        name => format!("with {said} as {name}"),
    }
}

/// A value as it stands in a sentence; a pattern as it is typed, which is plainer than any words for it.
fn noun(field: &Field, value: &ValueMatch) -> String {
    let word = |form: &WordForm| if let WordForm::Exact(form) = form { Some(form.clone()) } else { None };
    match value {
        ValueMatch::Words(forms) => match forms.iter().map(word).collect::<Option<Vec<String>>>() {
            Some(words) => format!("*{}*", words.join(" ")),
            None => format!("`{}`", print::value_text(field, value)),
        },
        ValueMatch::Whole(text) => format!("exactly *{text}*"),
        ValueMatch::Regex(_) => format!("`{}`", print::value_text(field, value)),
    }
}

/// A value of the field, whichever: `a headline`, `an address`.
pub(super) fn any(field: &Field) -> String {
    let label = match field.name {
        "org" => "organization",
        "lang" => "language",
        "qtype" => "kind of quote",
        "title" => "headline",
        "body" => "text",
        "said" => "quote",
        "about" => "quote about somebody",
        "about-person" => "person it is about",
        "about-place" => "place it is about",
        "is" => "mark of yours",
        "seen" => "day you saw it",
        "dated" => "known source of its date",
        "added" => "day of arrival",
        "updated" => "date of change",
        "cluster" => "story",
        "dup" => "word whether it is a copy",
        "versions" => "version",
        "echo" => "repetition",
        "url" => "address",
        "path" => "file",
        "words" => "number of words",
        "qlen" => "number of words said",
        "conf" => "confidence",
        name => name,
    };
    let article = if label.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {label}")
}
