//! Words in capitals are read off a list of their own: what it finds is what reading every text finds.

use super::archive::Scratch;
use super::counts::{check, everything};
use crate::news::Dice;
use morgue::query::Target;

/// What stands in the texts.
const PIECES: [&str; 30] = [
    "us",
    "US",
    "U.S.",
    "U.S.'s",
    "Us",
    "who",
    "WHO",
    "who",
    "it",
    "IT",
    "its",
    "NATO-led",
    "NATO's",
    "nato",
    "B-52",
    "a",
    "A",
    "I",
    "I’M",
    "i",
    "Ärzte",
    "ÄRZTE",
    "troops",
    "TROOPS",
    "Troops",
    "troop",
    "COVID-19",
    "the",
    "left. ",
    "stayed.\n\n",
];
/// What is asked for.
const WORDS: [&str; 13] = ["us", "who", "it", "nato", "natoled", "a", "i", "im", "ärzte", "troops", "covid", "b", "u.s."];

/// An article of such words, with quotes in it, and sometimes a headline all in capitals.
fn article(dice: &mut Dice, n: usize) -> serde_json::Value {
    let mut words = |n: usize| (0..n).map(|_| *dice.pick(&PIECES)).collect::<Vec<_>>().join(" ");
    let (title, said, more) = (words(4), words(6), words(25));
    let title = if n.is_multiple_of(3) { title.to_uppercase() } else { title };
    let body = format!("{}\n\n“We know {said} now,” said Ana Ito. {more}\n\n{}", words(8), words(12));
    serde_json::json!({ "id": format!("a{n}"), "title": title, "body": body, "published": format!("20{}-01-02", 20 + n % 4) })
}

fn question(dice: &mut Dice) -> String {
    let (one, other) = (*dice.pick(&WORDS), *dice.pick(&WORDS));
    let close = dice.pick(&["NEAR/3", "PRE/4", "NOT NEAR/2", "/s", "/p", "NOT /s", "AND", "OR"]);
    let asked = match dice.below(10) {
        0..=2 => format!("ALLCAPS({one})"),
        3 => format!("ALLCAPS({one}*)"),
        4 => format!("ALLCAPS(={one})"),
        5 => format!("ALLCAPS(\"{one} {other}\")"),
        6 => format!("ALLCAPS(\"{one} * {other}\")"),
        7 => format!("ALLCAPS(\"{one} {other}\"~3)"),
        8 => format!("ALLCAPS({one} {close} {other})"),
        _ => format!("CAPS(ALLCAPS({one}) OR {other})"),
    };
    match dice.below(12) {
        0..=2 => asked,
        3 => format!("{asked} {close} {other}"),
        4 => format!("{other} {close} {asked}"),
        5 => format!("{one} {close} {asked}"),
        6 => format!("ATLEAST2({asked})"),
        7 => format!("FIRST/9({asked})"),
        8 => format!("{}:({asked} {close} {other})", dice.pick(&["lead", "title", "body", "said"])),
        9 => format!("{}:{asked}", dice.pick(&["lead", "title", "body", "said"])),
        10 => format!("quote{{{asked}}}"),
        _ => format!("{one} -({asked})"),
    }
}

#[test]
fn words_in_capitals_are_found_where_reading_every_text_finds_them() {
    let (scratch, mut dice) = (Scratch::new(), Dice::new(19));
    for part in 0..3 {
        for n in 0..15 {
            scratch.write(&format!("{part}-{n}.json"), &article(&mut dice, part * 100 + n).to_string());
        }
        scratch.index();
    }
    let archive = scratch.open();
    let all = everything(&archive);
    assert!(all.len() == 45 && all.iter().all(|clipping| !clipping.annotations.quotes.is_empty()));
    for number in 0..600 {
        let target = if number % 3 == 0 { Target::Quotes } else { Target::Articles };
        check(&archive, &all, &question(&mut dice), target);
    }
}
