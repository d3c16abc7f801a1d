//! Titles of works in quotation marks, which nobody says: `the author of “A Short Walk,”`, `the song “Winter Light”`.

use super::direct::words;
use super::outline::Outline;
use crate::extract::page::Shape;

#[cfg(test)]
mod tests;

/// Whether the words look like a title: most of them in capitals, and no mark at the end.
pub(super) fn is_title(text: &str) -> bool {
    let small =
        |w: &str| matches!(w, "a" | "an" | "the" | "of" | "and" | "in" | "on" | "for" | "to" | "at" | "with" | "from" | "by" | "or");
    let open = text.trim_end_matches([',', '\'', '’']);
    if open.ends_with(['.', '!', '?', '…', ':', ';']) {
        return false;
    }
    let mut capitals = 0;
    for word in open.split_whitespace() {
        let first = word.chars().find(|c| c.is_alphanumeric());
        match first {
            Some(c) if c.is_uppercase() || c.is_numeric() => capitals += 1,
            Some(_) if small(word) => {}
            None if word == "&" => {}
            _ => return false,
        }
    }
    capitals >= 2
}

/// Whether a word is what somebody is to a work: `author`.
fn is_maker(word: &str) -> bool {
    matches!(
        word,
        "author"
            | "co-author"
            | "coauthor"
            | "editor"
            | "director"
            | "host"
            | "co-host"
            | "star"
            | "creator"
            | "producer"
            | "co-producer"
            | "writer"
    )
}

/// Whether a word is a kind of work: `book`.
fn is_work(word: &str) -> bool {
    matches!(
        word,
        "book"
            | "novel"
            | "memoir"
            | "autobiography"
            | "biography"
            | "song"
            | "film"
            | "movie"
            | "musical"
            | "album"
            | "show"
            | "series"
            | "documentary"
            | "podcast"
            | "play"
            | "sitcom"
            | "blockbuster"
            | "bestseller"
    )
}

/// `the author of “A Short Walk,”`, `the song “Winter Light”`: what stands in marks is the title of a work.
pub(super) fn of_a_work(o: &Outline<'_>, low: usize, q: usize) -> bool {
    if is_hosted(o, q) {
        return true;
    }
    // `“Winter” tells the story of a pier`
    let tells = q + 1 < o.items.len() && matches!(&*o.low(q + 1), "tells" | "follows" | "stars" | "depicts" | "chronicles" | "recounts");
    if tells && words(o, q).split_whitespace().nth(5).is_none() && words(o, q).starts_with(char::is_uppercase) {
        return true;
    }
    if q == low {
        return false;
    }
    let before = o.low(q - 1);
    let maker = q >= low + 2 && is_maker(&o.low(q - 2));
    let of = maker && (matches!(&*before, "of" | "on") || &*before == "for" && is_named(o, q));
    let titled = matches!(&*before, "titled" | "entitled") || is_work(&before);
    // `in a piece in 2015 (“Fewer Boats?”; May 21)`
    let bracketed = o.text(q - 1) == "(" && words(o, q).split_whitespace().nth(6).is_none() && is_title(words(o, q).trim_end_matches('?'));
    of || bracketed
        || titled && (is_title(words(o, q)) || is_named(o, q))
        || on_the_air(o, low, q)
        || in_a_work(o, low, q)
        || is_listed(o, low, q)
        || q >= low + 2 && o.text(q - 1) == "," && is_work(&o.low(q - 2)) && is_named(o, q)
}

/// `“Harbor Prime” host Ana Ito said`
fn is_hosted(o: &Outline<'_>, q: usize) -> bool {
    let makes = |k: usize| matches!(&*o.low(k), "host" | "co-host" | "anchor" | "author" | "star" | "creator" | "producer" | "director");
    q + 1 < o.items.len() && makes(q + 1) && !words(o, q).ends_with(',') && is_title(words(o, q))
}

/// `In “A Short Walk,” Ana Ito says`, `Ana Ito’s “Short Walk,”`: where something stands, and whose it is.
fn in_a_work(o: &Outline<'_>, low: usize, q: usize) -> bool {
    let opens = &*o.low(q - 1) == "in" && (q == low + 1 || q == low + 2 && matches!(&*o.low(low), "but" | "and"));
    let owned = q >= low + 2 && o.is_possessive(q - 1) && o.person(q - 2).is_some();
    (opens || owned) && is_named(o, q)
}

/// `Her books include “A Short Walk,” “Cold Salt” and “Winter Light.”`: a list of titles behind a word that no speech follows.
fn is_listed(o: &Outline<'_>, low: usize, q: usize) -> bool {
    if !is_named(o, q) {
        return false;
    }
    let mut first = q;
    loop {
        let joints = (low..first).rev().take_while(|k| matches!(&*o.low(*k), "and" | "," | "or")).count();
        match (first - joints).checked_sub(1).filter(|k| *k >= low && o.is_quote(*k) && is_named(o, *k)) {
            Some(before) => first = before,
            None => break,
        }
    }
    let opens = |k: usize| matches!(&*o.low(k), "include" | "includes" | "included" | "including" | "are" | "were" | "like" | "as" | ":");
    first > low && first < q && opens(first - 1)
}

/// Whether the words are a title, but for the stop or comma that closes the sentence.
fn is_named(o: &Outline<'_>, q: usize) -> bool {
    let text = words(o, q).trim_end_matches(['.', ',', '?']);
    text.split_whitespace().nth(11).is_none() && is_title(&text.replace(':', ""))
}

/// `told NBC's “Harbor Today.”`, `said on “Harbor Today”`, `an interview with “Harbor Today”`: a programme.
fn on_the_air(o: &Outline<'_>, low: usize, q: usize) -> bool {
    if q < low + 2 {
        return &*o.low(q - 1) == "on" && q == low + 1 && words(o, q).ends_with(',') && is_named(o, q);
    }
    let station = |k: usize| o.shape(k) == Shape::Upper || o.text(k) == "News";
    let of_station = o.is_possessive(q - 1) && station(q - 2);
    let interview = matches!(&*o.low(q - 1), "with" | "to") && &*o.low(q - 2) == "interview";
    // `told “Harbor News Sunday”`
    let told = matches!(&*o.low(q - 1), "told" | "tells" | "telling");
    let called = &*o.low(q - 1) == "into" && matches!(&*o.low(q - 2), "called" | "call" | "calls" | "calling");
    let on = &*o.low(q - 1) == "on" && o.shape(q - 2) != Shape::Mark;
    (on || interview || told || called || of_station || station(q - 1)) && is_named(o, q)
}
