//! Where does a token begin and end? One pass over the bytes; only characters beyond ASCII are decoded.
//!
//! A word keeps its inner apostrophes and hyphens (`O'Brien`, `al-Assad`, `don't`), an acronym its periods (`U.S.`), an
//! initial and an abbreviation the one that ends them (`J.`, `Sen.`). A possessive `'s` is a token of its own, and so is what
//! is drawn together with a pronoun (`she|'d`, `they|'re`). A compound is cut where only one side is a name: `pro-|Trump`,
//! `Paris|-based`, `U.S.|-Russia`; the hyphen is then a mark.

use super::Shape;
use super::compounds::{PARTICLES, TAILS};
use super::gathered::{Gathered, LONGEST_ABBREVIATION};
use super::sentences::STARTERS;
use memchr::memchr;

/// Abbreviations that keep their period; those before a name never end a sentence.
pub(super) const TITLE_ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs", "Gen", "Lt", "Col", "Sgt", "Capt", "Cpl", "Maj", "Cmdr",
    "Adm", "Rev", "Hon", "Pres", "Supt", "Sec", "Atty", "Det", "Pvt", "Pfc", "Fr", "Msgr", "St", "Ste", "Mt", "Ft", "Messrs", "Mme",
    "Mlle", "Insp", "Ald", "Del", "vs", "v", "Vol", "Nos", "Fig", "Comdr", "Spc", "Amb", "Cllr", "Asst", "Brig", "MR", "MRS", "MS", "DR",
    "MESSRS", "PROF", "SEN", "REP", "GOV", "GEN", "Jos", "Thos", "Chas", "Wm",
];

/// Abbreviations that keep their period and may also stand at the end of a sentence.
pub(super) const OTHER_ABBREVIATIONS: &[&str] = &[
    "Jr", "Sr", "Inc", "Corp", "Co", "Cos", "Ltd", "Bros", "Jan", "Feb", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Ala", "Ariz", "Ark",
    "Calif", "Colo", "Conn", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev",
    "Okla", "Ore", "Pa", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis", "Wyo", "etc", "Ave", "Blvd", "Rd", "Dept", "Assn", "Univ", "approx",
    "Esq", "Bhd", "Pty",
];

const ENDINGS: &[&str] = &["com", "org", "net", "gov", "edu", "co", "uk", "us", "ca", "io", "tv", "info", "ru", "de", "fr"];

/// Cuts `body` into tokens.
pub(super) fn cut(body: &str) -> Gathered<'_> {
    let mut cutter = Cutter { body, bytes: body.as_bytes(), cut: Gathered::new(body) };
    let mut at = 0;
    while at < body.len() {
        // One space between two plain words is what most steps are.
        let plain = match cutter.bytes[at] {
            b' ' => Some(at + 1),
            byte if byte.is_ascii_alphabetic() => cutter.cut.plain_word(at),
            _ => cutter.cut.plain_mark(at),
        };
        at = plain.unwrap_or_else(|| cutter.next(at));
    }
    cutter.cut
}

struct Cutter<'a> {
    body: &'a str,
    bytes: &'a [u8],
    cut: Gathered<'a>,
}

/// What a character is to the cutter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Space,
    Upper,
    Lower,
    Digit,
    Other,
}

/// The sort of each ASCII character.
static ASCII: [Sort; 128] = {
    let mut table = [Sort::Other; 128];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'a'..=b'z' => Sort::Lower,
            b'A'..=b'Z' => Sort::Upper,
            b'0'..=b'9' => Sort::Digit,
            b if b.is_ascii_whitespace() || b.is_ascii_control() => Sort::Space,
            _ => Sort::Other,
        };
        byte += 1;
    }
    table
};

fn sort_of(c: char) -> Sort {
    match c {
        c if c.is_ascii() => ASCII[c as usize & 127],
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{ad}' => Sort::Space,
        '\u{2010}'..='\u{2027}' => Sort::Other, // dashes and quotation marks: most characters beyond ASCII
        c if c.is_whitespace() => Sort::Space,
        c if c.is_uppercase() => Sort::Upper,
        c if c.is_numeric() => Sort::Digit,
        // Combining marks belong to the letter before them.
        c if c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) => Sort::Lower,
        _ => Sort::Other,
    }
}

/// The apostrophes that may stand inside a word.
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`' | '‘')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

impl Cutter<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        match self.bytes.get(at) {
            Some(b) if b.is_ascii() => Some(*b as char),
            Some(_) => self.body.get(at..)?.chars().next(),
            None => None,
        }
    }

    fn sort_at(&self, at: usize) -> Sort {
        self.char_at(at).map_or(Sort::Space, sort_of)
    }

    fn is_word(&self, at: usize) -> bool {
        matches!(self.sort_at(at), Sort::Upper | Sort::Lower | Sort::Digit)
    }

    fn push(&mut self, start: usize, end: usize, shape: Shape) -> usize {
        self.cut.push(start, end, shape);
        end
    }

    /// Cuts the token at `at`, or steps over white space; returns where to go on.
    fn next(&mut self, at: usize) -> usize {
        let Some(c) = self.char_at(at) else { return at + 1 };
        match sort_of(c) {
            Sort::Space => at + c.len_utf8(),
            Sort::Digit => self.number(at),
            Sort::Upper | Sort::Lower => self.word(at),
            Sort::Other => self.mark(at, c),
        }
    }

    fn mark(&mut self, at: usize, c: char) -> usize {
        let mut end = at + c.len_utf8();
        // A possessive that follows no word directly ("the “Voice”'s") is cut like the others.
        if is_apostrophe(c) && self.cut.tokens.last().is_some_and(|t| t.end as usize == at) && self.is_possessive(end) {
            return self.push(at, end + 1, Shape::Lower);
        }
        if matches!(c, '.' | '-') {
            while self.bytes.get(end) == Some(&(c as u8)) {
                end += 1;
            }
        }
        self.push(at, end, Shape::Mark)
    }

    /// Whether an `s` that ends a word stands at `at`, just behind an apostrophe.
    fn is_possessive(&self, at: usize) -> bool {
        matches!(self.bytes.get(at), Some(b's' | b'S')) && !self.is_word(at + 1)
    }

    fn number(&mut self, start: usize) -> usize {
        let mut at = start;
        while let Some(c) = self.char_at(at) {
            let next = at + c.len_utf8();
            let inner = match c {
                '.' | ',' | ':' => self.sort_at(next) == Sort::Digit && self.sort_at(at - 1) == Sort::Digit,
                c if is_hyphen(c) => self.is_word(next),
                _ => matches!(sort_of(c), Sort::Digit | Sort::Lower | Sort::Upper),
            };
            if !inner {
                break;
            }
            at = next;
        }
        self.push(start, at, Shape::Number)
    }

    fn word(&mut self, start: usize) -> usize {
        if let Some(end) = self.address(start) {
            return self.push(start, end, Shape::Mark);
        }
        if let Some(end) = self.acronym(start) {
            return self.push(start, end, Shape::Upper);
        }
        let mut at = self.letters(start);
        while let Some(c) = self.char_at(at) {
            let next = at + c.len_utf8();
            if is_hyphen(c) {
                if !self.is_word(next) || self.parts_at_hyphen(start, at, next) {
                    break;
                }
            } else if c == '&' {
                if self.sort_at(next) != Sort::Upper || self.sort_at(at - 1) != Sort::Upper {
                    break;
                }
            } else if is_apostrophe(c) {
                if !matches!(self.sort_at(next), Sort::Lower | Sort::Upper) || self.is_clitic(start, at, next) {
                    break;
                }
            } else if c == '.' && self.continues_address(next) {
            } else {
                break;
            }
            at = self.letters(next);
        }
        if self.bytes.get(at) == Some(&b'.') && self.keeps_period(start, at) {
            at += 1;
        }
        self.push(start, at, shape_of(&self.body[start..at]));
        if let Some(c) = self.char_at(at).filter(|c| is_apostrophe(*c)) {
            let next = at + c.len_utf8();
            if self.is_clitic(start, at, next) {
                return self.push(at, self.letters(next), Shape::Lower);
            }
        }
        at
    }

    /// Whether the letters at `next`, behind the apostrophe at `at`, are a token of their own: a possessive, or a verb drawn together
    /// with the pronoun that begins at `start`.
    fn is_clitic(&self, start: usize, at: usize, next: usize) -> bool {
        const PRONOUNS: [&str; 8] = ["he", "she", "they", "we", "I", "you", "it", "who"];
        let drawn = || matches!(self.body.get(next..self.letters(next)), Some("d" | "ll" | "m" | "re" | "ve"));
        let pronoun = at - start <= 4 && PRONOUNS.iter().any(|w| w.eq_ignore_ascii_case(&self.body[start..at]));
        self.is_possessive(next) || pronoun && drawn()
    }

    fn letters(&self, mut at: usize) -> usize {
        loop {
            match self.bytes.get(at) {
                Some(b) if b.is_ascii_alphanumeric() => at += 1,
                Some(b) if b.is_ascii() => return at,
                Some(_) if self.is_word(at) => at += self.char_at(at).map_or(1, char::len_utf8),
                _ => return at,
            }
        }
    }

    /// The end of a web or mail address that starts here.
    fn address(&self, start: usize) -> Option<usize> {
        let rest = &self.bytes[start..];
        if !matches!(rest.first(), Some(b'h' | b'w')) {
            return None;
        }
        let plain = rest.starts_with(b"http://") || rest.starts_with(b"https://") || rest.starts_with(b"www.");
        if !plain {
            return None;
        }
        let len = rest.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"')).unwrap_or(rest.len());
        let trimmed = rest[..len].iter().rposition(|b| !matches!(b, b'.' | b',' | b')' | b';' | b'\''))? + 1;
        self.body.is_char_boundary(start + trimmed).then_some(start + trimmed)
    }

    /// Whether what follows a period makes it one inside a domain name.
    fn continues_address(&self, next: usize) -> bool {
        if self.sort_at(next) != Sort::Lower {
            return false;
        }
        let end = self.letters(next);
        self.body.get(next..end).is_some_and(|word| ENDINGS.contains(&word))
    }

    /// `U.S.`, `J.K.`, `Ph.D.`, `a.m.`, `J.`: letters one by one, each with its period.
    fn acronym(&self, start: usize) -> Option<usize> {
        let mut at = start;
        let mut letters = 0;
        while let Some(c) = self.char_at(at) {
            if !matches!(sort_of(c), Sort::Upper | Sort::Lower) {
                break;
            }
            let mut next = at + c.len_utf8();
            if letters == 0
                && self.bytes.get(next) == Some(&b'h')
                && self.bytes.get(next + 1) == Some(&b'.')
                && self.sort_at(next + 2) == Sort::Upper
            {
                next += 1;
            }
            if self.bytes.get(next) != Some(&b'.') {
                break;
            }
            letters += 1;
            at = next + 1;
        }
        let first = self.char_at(start)?;
        let is_initial = letters == 1 && sort_of(first) == Sort::Upper && (first != 'I' || self.is_inside_name(at));
        // `U.S` without the second period, `said.a` and the like stay what they are.
        let ends = !self.is_word(at) || (letters == 1 && is_initial && self.sort_at(at) == Sort::Upper);
        ((letters >= 2 || is_initial) && ends).then_some(at)
    }

    /// `Henry I. Miller`, behind the `I.`: not `World War I. Germany`, `Henry and I. Then`.
    fn is_inside_name(&self, at: usize) -> bool {
        const NUMBERED: [&str; 10] = ["War", "Part", "Type", "Phase", "Chapter", "Title", "Class", "Division", "Article", "Volume"];
        let before = self.cut.tokens.last().filter(|t| t.shape == Shape::Capital && t.end as usize + 3 == at);
        let named = before.is_some_and(|t| !NUMBERED.contains(&&self.body[t.start as usize..t.end as usize]));
        let next = self.body.get(at + 1..self.letters(at + 1)).unwrap_or("");
        let capital = self.bytes.get(at) == Some(&b' ') && shape_of(next) == Shape::Capital && self.sort_at(at + 1) == Sort::Upper;
        named && capital && !STARTERS.contains(&next)
    }

    fn keeps_period(&self, start: usize, at: usize) -> bool {
        let len = at - start;
        if !(1..=LONGEST_ABBREVIATION).contains(&len) {
            return false;
        }
        let word = &self.body[start..at];
        // Of words in small letters these are all.
        if !word.starts_with(char::is_uppercase) {
            return matches!(word, "v" | "vs" | "etc" | "approx"); // plain words are longer, or none of them
        }
        // `the No. 2 Democrat`
        let numbers = matches!(word, "No" | "Nos") && self.bytes.get(at + 1) == Some(&b' ') && self.sort_at(at + 2) == Sort::Digit;
        numbers || TITLE_ABBREVIATIONS.contains(&word) || OTHER_ABBREVIATIONS.contains(&word)
    }

    /// Whether the hyphen between `start..at` and `next..` parts two tokens.
    fn parts_at_hyphen(&self, start: usize, at: usize, next: usize) -> bool {
        let (first, second) = (&self.body[start..at], &self.body[next..self.letters(next)]);
        let is_name = |s: &str| s.chars().next().is_some_and(char::is_uppercase);
        match (is_name(first), is_name(second)) {
            (true, false) => TAILS.contains(&second),
            (false, true) => !PARTICLES.contains(&first) && !first.contains(['-', '\'']) && second.len() > 1,
            (true, true) => matches!(first, "US" | "UK" | "EU" | "UN" | "Anti" | "Pro" | "Non" | "Post" | "Pre" | "Ex"),
            (false, false) => false,
        }
    }
}

fn shape_of(word: &str) -> Shape {
    let (mut upper, mut lower) = (0, 0);
    for c in word.chars() {
        match sort_of(c) {
            Sort::Upper => upper += 1,
            Sort::Lower => lower += 1,
            _ => {}
        }
    }
    match (upper, lower) {
        (0, _) => Shape::Lower,
        (2.., 0) => Shape::Upper,
        (1, 0) if word.len() > 1 && memchr(b'.', word.as_bytes()).is_none() => Shape::Upper,
        _ => Shape::Capital,
    }
}
