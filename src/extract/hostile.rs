//! Texts that are one thing over and over: whatever is made of them, twice as much text is twice as much work. Work is counted and not
//! timed: [`look`](super::page::look) says where.

use super::Extractor;
use super::page::looked;
use crate::article::Article;

/// What is said again and again; each `%` is another word with a capital.
const SHAPES: &[&str] = &[
    "\"a\" ",
    "“a” ",
    "«a» ",
    "“a ",
    "a” ",
    "\" ",
    "\"\" ",
    "' ",
    "\"'a' ",
    "''a'' ",
    "“He said ‘she said “",
    "“‘a ",
    "«“ ",
    "“%,” he said. ",
    "“a.” “b.” ",
    "\"a\": ",
    "\"a\" told ",
    "\"A b c d\" says ",
    "\"a,\" Ana Ito said. ",
    "\"a,\" he said. ",
    "“a\n\n",
    "\"a\"\n— Ana Ito\n",
    "—dijo Ana Ito— ",
    "« a », a dit Ana Ito. ",
    "„a“, sagte Ana Ito. ",
    "Q: a?\nA: b.\n",
    "ANA ITO: We sail.\n",
    "%: We sail.\n",
    "Ana Ito, ",
    "Ana Ito said ",
    "Ana Ito said that ",
    "told Ana Ito that ",
    "% Ito and ",
    "% Ito met Ito. ",
    "Ito. % Ito. ",
    "Ana Ito sailed. Ito said so. ",
    "Mr. % ",
    "Dr. Prof. Rev. ",
    "President % ",
    "Mayor Ana Ito of ",
    "the Ana Ito's ",
    "Ana-Ito-",
    "al-Ana ",
    "J. R. R. ",
    "A.B.C.D. ",
    "AB ",
    "ANA ITO ",
    "McDonald's ",
    "Said % ",
    "%, Inc. ",
    "Bank of % of ",
    "University of % at ",
    "the % Council and the Council ",
    "% and % and ",
    "Sen. % Ito (D-Ohio) ",
    "(D-%) ",
    "[Ana Ito] ",
    "he ",
    "she said that he said that ",
    "said and ",
    "according to ",
    "the mayor of Hull said the ",
    "who said that ",
    "his wife % ",
    "Paris, Texas, ",
    "in Paris in London ",
    "in %, Texas. ",
    "in % Bridge, N.B. ",
    "Hayes and Hitchcock counties ",
    "% County, ",
    "HULL (Reuters) — \n",
    "May 5, 2019, ",
    "1. ",
    "• % Ito\n",
    "a\n",
    "a\n\n",
    "a ",
    "É ",
    ". . . ",
    "- ",
    "( ",
    "de Ana ",
    "Иван ",
    "http://a.b/c ",
    "@ana ",
    "Adam Schiff Adam Bennett SchiffSenate MORE ",
];

/// A word with a capital for each number.
fn word(mut n: usize) -> String {
    let mut word = String::new();
    n += 1;
    while n > 0 {
        word.extend([b"bcdfghjklmnprstvz"[n % 17], b"aeiou"[n / 17 % 5]].map(char::from));
        n /= 85;
    }
    word[..1].to_uppercase() + &word[1..]
}

/// `shape` over and over, up to `size` bytes.
fn text(shape: &str, size: usize) -> String {
    let (mut text, mut n) = (String::new(), 0);
    while text.len() < size {
        for c in shape.chars() {
            match c {
                '%' => {
                    text += &word(n);
                    n += 1;
                }
                c => text.push(c),
            }
        }
    }
    text
}

/// How often something is looked at in `size` bytes of a shape.
fn work(shape: &str, size: usize) -> usize {
    let article = Article { body: text(shape, size), ..Article::default() };
    let before = looked();
    Extractor::built_in().extract(&article);
    looked() - before
}

#[test]
fn twice_as_much_of_anything_is_twice_as_much_work() {
    const SIZE: usize = 8_000;
    let grown = |shape: &&str| {
        let (once, twice) = (work(shape, SIZE), work(shape, 2 * SIZE));
        (twice * 10 > once * 23).then(|| format!("{shape:?}: {once}, then {twice}"))
    };
    let grown: Vec<String> = SHAPES.iter().filter_map(grown).collect();
    assert!(grown.is_empty(), "{grown:#?}");
}
