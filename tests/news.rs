//! Made-up news with a fixed seed: Zipf words, real-looking names, places and quotes. For benches and random tests.

use std::io::Write;
use std::path::Path;

const FIRST: &[&str] = &[
    "Ann", "Boris", "Chidi", "Dolores", "Elif", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Katya", "Luis", "Mina", "Nils", "Olga", "Pedro",
];
const LAST: &[&str] = &[
    "Cole",
    "Okafor",
    "Marsh",
    "Lindqvist",
    "Haddad",
    "Moreau",
    "Novak",
    "Tanaka",
    "Alvarez",
    "Brandt",
    "Sorokin",
    "Mbeki",
    "Weiss",
    "Duarte",
];
const PLACES: &[&str] = &["Hull", "Kyiv", "Paris", "Lagos", "Chicago", "Hamburg", "Tokyo", "Lima", "Oslo", "Ankara", "Toronto", "Vienna"];
const SOURCES: &[&str] = &["Harrow Courier", "Meridian Wire", "Prairie Sentinel", "Kyiv Ledger", "Humber Mail"];
const WORDS: &str = "the of to and a in that is for on with as at by from it was are this be have an not but they which had will would their more \
    about after over when there out up new people government water city report council harbour bridge barrier flood price market oil bank trade \
    health care school police court vote party leader minister company workers union strike storm river energy plan cost budget tax cut talks deal \
    border army war peace security guarantee treaty summit crisis growth export wheat cocoa coffee sugar gold rate loan debt fund stock share profit";

/// Numbers from a seed (splitmix64, Steele, Lea and Flood 2014).
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same for a seed.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    /// One of `some`.
    pub fn pick<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.below(some.len())]
    }

    /// One of the first of `n` much more often than one of the last.
    fn zipf(&mut self, n: usize) -> usize {
        let at = (n as f64).powf(self.below(1_000_000) as f64 / 1e6) - 1.0;
        (at as usize).min(n - 1)
    }
}

/// Every word the texts are made of, commonest first.
pub fn words() -> Vec<&'static str> {
    WORDS.split_whitespace().collect()
}

fn sentence(dice: &mut Dice, words: &[&str]) -> String {
    let mut text = String::new();
    for i in 0..8 + dice.below(14) {
        // Rare words make up most of a vocabulary.
        let word = match dice.below(12) {
            0 => format!("x{}", dice.zipf(50_000)),
            _ => words[dice.zipf(words.len())].to_owned(),
        };
        if i == 0 {
            text.push_str(&word[..1].to_uppercase());
            text.push_str(&word[1..]);
        } else {
            text.push(' ');
            text.push_str(&word);
        }
    }
    text.push('.');
    text
}

/// One article as a JSON record.
pub fn article(dice: &mut Dice, number: usize) -> serde_json::Value {
    let words = words();
    let mut body = String::new();
    for p in 0..4 + dice.below(8) {
        let mut name = format!("{} {}", dice.pick(FIRST), dice.pick(LAST));
        // Now and then two speak together.
        if (number + p).is_multiple_of(9) {
            name = format!("{name} and {} {}", FIRST[number % FIRST.len()], LAST[p % LAST.len()]);
        }
        match dice.below(4) {
            0 => body.push_str(&format!(
                "“{}” {name} said in {}. {}",
                sentence(dice, &words).replace('.', ","),
                dice.pick(PLACES),
                sentence(dice, &words)
            )),
            1 => body.push_str(&format!("{name} told reporters that {} {}", sentence(dice, &words).to_lowercase(), sentence(dice, &words))),
            _ => body.push_str(&format!("{} {} {}", sentence(dice, &words), sentence(dice, &words), sentence(dice, &words))),
        }
        if p < 11 {
            body.push_str("\n\n");
        }
    }
    let day = format!("20{:02}-{:02}-{:02}", 8 + dice.below(17), 1 + dice.below(12), 1 + dice.below(28));
    let title = sentence(dice, &words);
    let mut record = serde_json::json!({ "id": format!("n{number}"), "title": title.trim_end_matches('.'), "body": body.trim_end(), "source": dice.pick(SOURCES) });
    if dice.below(20) > 0 {
        record["published"] = day.into();
    }
    record
}

/// Writes `n` articles as JSON Lines.
pub fn write(file: &Path, n: usize, seed: u64) {
    let mut dice = Dice::new(seed);
    let mut out = std::io::BufWriter::new(std::fs::File::create(file).unwrap());
    for number in 0..n {
        serde_json::to_writer(&mut out, &article(&mut dice, number)).unwrap();
        out.write_all(b"\n").unwrap();
    }
    out.flush().unwrap();
}

/// A made-up standing query: names, two or three words, a choice of words with a place, a phrase, closeness, quotes of a
/// speaker. Words are drawn from rare and common ones alike, as people watch both.
#[allow(dead_code, reason = "not every test and bench asks")]
pub fn query(dice: &mut Dice) -> String {
    let common = words();
    let word = |dice: &mut Dice| match dice.below(10) {
        0..=6 => format!("x{}", dice.zipf(50_000)),
        // `not` is an operator in a query.
        _ => common[20 + dice.zipf(common.len() - 20)].replace("not", "nor"),
    };
    let rare = |dice: &mut Dice| format!("x{}", 20 + dice.below(49_980));
    let name = |dice: &mut Dice| format!("\"{} {}\"", dice.pick(FIRST), dice.pick(LAST));
    match dice.below(100) {
        0..=14 => format!("person:{} {}", name(dice), rare(dice)),
        15..=29 => format!("{} {}", name(dice), rare(dice)),
        30..=59 => format!("{} {} {}", word(dice), rare(dice), if dice.below(2) == 0 { word(dice) } else { String::new() }),
        60..=74 => format!("({} OR {} OR {}) {} place:{}", rare(dice), rare(dice), rare(dice), word(dice), dice.pick(PLACES)),
        75..=84 => format!("\"{} {}\" -{}", word(dice), rare(dice), word(dice)),
        85..=89 => format!("source:\"{}\" {} {}*", dice.pick(SOURCES), rare(dice), rare(dice)),
        90..=94 => format!("{} NEAR/5 {}", word(dice), rare(dice)),
        95..=97 => format!("quote{{speaker:{} {}}}", dice.pick(LAST), rare(dice)),
        _ => (0..8).map(|_| rare(dice)).collect::<Vec<_>>().join(" OR "),
    }
}
