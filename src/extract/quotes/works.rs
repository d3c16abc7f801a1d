//! Titles of works in quotation marks, which nobody says: `the author of “A Short Walk,”`, `the song “Winter Light”`.

use super::direct::words;
use super::outline::Outline;
use crate::extract::page::Shape;

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
            _ => return false,
        }
    }
    capitals >= 2
}

/// `the author of “A Short Walk,”`, `the song “Winter Light”`: what stands in marks is the title of a work.
pub(super) fn of_a_work(o: &Outline<'_>, low: usize, q: usize) -> bool {
    let maker = |k: usize| {
        matches!(
            &*o.low(k),
            "author" | "co-author" | "coauthor" | "editor" | "director" | "host" | "co-host" | "star" | "creator" | "producer" | "writer"
        )
    };
    let work = |k: usize| {
        matches!(
            &*o.low(k),
            "book"
                | "novel"
                | "song"
                | "film"
                | "movie"
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
    };
    let of = q >= low + 2 && matches!(&*o.low(q - 1), "of" | "on") && maker(q - 2);
    let titled = q > low && (matches!(&*o.low(q - 1), "titled" | "entitled") || work(q - 1));
    // `in a piece in 2015 (“Fewer Boats?”; May 21)`
    let bracketed =
        q > low && o.text(q - 1) == "(" && words(o, q).split_whitespace().nth(6).is_none() && is_title(words(o, q).trim_end_matches('?'));
    of || bracketed
        || titled && is_title(words(o, q))
        || on_the_air(o, low, q)
        || q >= low + 2 && o.text(q - 1) == "," && work(q - 2) && is_named(o, q)
}

/// Whether the words are a title, but for the stop or comma that closes the sentence.
fn is_named(o: &Outline<'_>, q: usize) -> bool {
    let text = words(o, q).trim_end_matches(['.', ',']);
    text.split_whitespace().nth(11).is_none() && is_title(&text.replace(':', ""))
}

/// `told NBC's “Harbor Today.”`, `said on “Harbor Today”`: a programme.
fn on_the_air(o: &Outline<'_>, low: usize, q: usize) -> bool {
    if q < low + 2 || !is_named(o, q) {
        return false;
    }
    let station = |k: usize| o.shape(k) == Shape::Upper || o.text(k) == "News";
    let of_station = o.is_possessive(q - 1) && station(q - 2);
    &*o.low(q - 1) == "on" && o.shape(q - 2) != Shape::Mark || of_station || station(q - 1)
}
