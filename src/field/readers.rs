//! What rows of the table share, and how values are read off a clipping where it takes more than a line.

use super::{Field, FieldKind, Read, Value, printed_seconds};
use crate::article::{Clipping, Quote, SpeakerClass, quote_id};

/// A row with no other names, which is no facet.
pub(super) const BARE: Field =
    Field { name: "", aliases: &[], kind: FieldKind::Keyword, facet: false, help: "", example: "", read: Read::Article(|_, _| {}) };

/// One text, if it is there.
pub(super) fn each(value: &Option<String>, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(text) = value.as_deref() {
        f(Value::Text(text));
    }
}

/// Speakers are found by name, each of several who speak together, or by class when they have none.
pub(super) fn speaker(_: &Clipping, quote: &Quote, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(s) = &quote.speaker {
        f(Value::Text(s.name.as_deref().unwrap_or(s.class.name())));
        s.with.iter().for_each(|name| f(Value::Text(name)));
    }
}

/// The title or function of who speaks; of somebody without a name, the words that stand for them: `two officials`.
pub(super) fn role(_: &Clipping, quote: &Quote, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(s) = &quote.speaker {
        each(&s.role, f);
        if s.class == SpeakerClass::Anonymous {
            each(&s.text, f);
        }
    }
}

/// The word that ties a quote to its speaker, in small letters.
pub(super) fn cue(_: &Clipping, quote: &Quote, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(c) = &quote.cue {
        f(Value::Text(&c.text.to_lowercase()));
    }
}

/// The name of what a quote repeats: its own where it is the first, or stands alone.
pub(super) fn echo(clipping: &Clipping, quote: Option<usize>, f: &mut dyn FnMut(Value<'_>)) {
    let all = 0..clipping.annotations.quotes.len();
    for number in all.filter(|number| quote.is_none_or(|quote| quote == *number)) {
        match clipping.echo(number) {
            Some(kin) => f(Value::Text(&kin.first)),
            None => f(Value::Text(&quote_id(&clipping.article.id, number))),
        }
    }
}

/// Where the date comes from, and whether there are two.
pub(super) fn dated(clipping: &Clipping, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(origin) = clipping.article.published_from {
        f(Value::Text(origin.name()));
    }
    if clipping.article.published_conflict.is_some() {
        f(Value::Text("conflict"));
    }
}

/// The number of a version, what it does to the one before, and whether it is the last.
pub(super) fn version(clipping: &Clipping, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(version) = &clipping.article.version {
        if let Some(number) = version.number {
            f(Value::Text(&number.to_string()));
        }
        if let Some(kind) = version.kind {
            f(Value::Text(kind.name()));
        }
    }
    let is_latest = clipping.latest_version() == clipping.article.id;
    f(Value::Text(if is_latest { "latest" } else { "superseded" }));
}

/// The tags of the file, and those of people.
pub(super) fn tags(clipping: &Clipping, f: &mut dyn FnMut(Value<'_>)) {
    clipping.tags().for_each(|tag| f(Value::Text(tag)));
}

/// What people did with it.
pub(super) fn is(clipping: &Clipping, f: &mut dyn FnMut(Value<'_>)) {
    let Some(notes) = &clipping.notes else { return };
    let all = [("seen", notes.seen.is_some()), ("tagged", !notes.tags.is_empty()), ("noted", notes.note.is_some())];
    all.into_iter().filter(|(_, is)| *is).for_each(|(word, _)| f(Value::Text(word)));
}

/// A date as seconds.
pub(super) fn date(value: &Option<String>, f: &mut dyn FnMut(Value<'_>)) {
    if let Some(seconds) = value.as_deref().and_then(printed_seconds) {
        f(Value::Number(seconds));
    }
}
