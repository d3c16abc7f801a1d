//! A scanner for one date in a short text: the text is cut into numbers, words and marks, in which shapes are looked for.

use jiff::civil::{Date, Time};
use std::fmt;

/// A date, perhaps with a time, perhaps with an offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    date: Date,
    time: Option<Time>,
    /// Minutes east of Greenwich.
    offset: Option<i32>,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        // Programs that know only a day write midnight.
        if time == Time::midnight() && self.offset.is_none() {
            return Ok(());
        }
        write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        match self.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(m) => write!(f, "{}{:02}:{:02}", if m < 0 { '-' } else { '+' }, m.abs() / 60, m.abs() % 60),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// Its value, and how many digits it was written with.
    Number(i64, usize),
    /// Lower case.
    Word(String),
    Mark(char),
}

/// A text cut into tokens.
pub(super) struct Scan {
    tokens: Vec<Token>,
}

/// Longest text in which a date is looked for.
const LONGEST: usize = 160;

impl Scan {
    /// `None` when the text is too long to be a date, or empty.
    pub(super) fn of(text: &str) -> Option<Scan> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let mut tokens = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c.is_ascii_digit() {
                let mut digits = String::from(c);
                while let Some(d) = chars.next_if(char::is_ascii_digit) {
                    digits.push(d);
                }
                tokens.push(Token::Number(digits.parse().ok()?, digits.len()));
            } else if matches!(c, '年' | '月' | '日' | '년' | '월' | '일') {
                tokens.push(Token::Mark('.'));
            } else if c.is_alphabetic() {
                let mut word: String = c.to_lowercase().collect();
                while let Some(d) = chars.next_if(|d| d.is_alphabetic() && !matches!(d, '年' | '月' | '日' | '년' | '월' | '일')) {
                    word.extend(d.to_lowercase());
                }
                tokens.push(Token::Word(word));
            } else if matches!(c, '–' | '—' | '−') {
                tokens.push(Token::Mark('-'));
            } else if !c.is_whitespace() {
                tokens.push(Token::Mark(c));
            }
        }
        Some(Scan { tokens })
    }

    /// The date the text says.
    pub(super) fn read(&self) -> Option<Moment> {
        if let Some(moment) = self.single_number() {
            return Some(moment);
        }
        let (date, from, to) = self.date()?;
        let time = self.time(to, self.tokens.len()).or_else(|| self.time(0, from));
        let (time, offset) = time.map_or((None, None), |(t, o)| (Some(t), o));
        Some(Moment { date, time, offset })
    }

    /// Whether the text is such as `3/5/2024`.
    pub(super) fn is_ambiguous(&self) -> bool {
        (0..self.tokens.len()).any(|i| match (self.number(i, 2), self.mark(i + 1), self.number(i + 2, 2), self.mark(i + 3)) {
            (Some(a), Some('/'), Some(b), Some('/')) => {
                (1..=12).contains(&a) && (1..=12).contains(&b) && a != b && self.number(i + 4, 4).is_some()
            }
            _ => false,
        })
    }

    /// `1709648000`, `1709648000123`, `20240305`, `20240305143000`, with or without decimals.
    fn single_number(&self) -> Option<Moment> {
        let (value, digits) = match self.tokens.as_slice() {
            [Token::Number(v, d)] | [Token::Number(v, d), Token::Mark('.'), Token::Number(..)] => (*v, *d),
            _ => return None,
        };
        let compact = |date: i64, time: i64| Some(Moment { date: compact_date(date)?, time: compact_time(time, 6), offset: None });
        match digits {
            8 => Some(Moment { date: compact_date(value)?, time: None, offset: None }),
            12 => compact(value / 10_000, value % 10_000 * 100),
            14 => compact(value / 1_000_000, value % 1_000_000),
            9 | 10 => epoch(value),
            13 => epoch(value / 1000),
            16 => epoch(value / 1_000_000),
            _ => None,
        }
    }

    /// The date, and the tokens from and to which it stands.
    fn date(&self) -> Option<(Date, usize, usize)> {
        let n = self.tokens.len();
        let strict = (0..n).find_map(|i| {
            let found =
                self.year_first(i).or_else(|| self.day_month_name(i)).or_else(|| self.month_name_day(i)).or_else(|| self.numeric(i))?;
            Some((found.0, i, found.1))
        });
        strict.or_else(|| (0..n).find_map(|i| self.year_last(i)))
    }

    /// `2024-03-05`, `2024/3/5`, `2024. 3. 5.`, `2024-Mar-05`, `20240305T…`.
    fn year_first(&self, i: usize) -> Option<(Date, usize)> {
        if let Some(Token::Number(value, 8)) = self.tokens.get(i) {
            return Some((compact_date(*value)?, i + 1));
        }
        let Some(Token::Number(year, 4)) = self.tokens.get(i) else { return None };
        let j = self.skip_marks(i + 1, &['-', '/', '.']);
        let (month, j) = match self.tokens.get(j)? {
            Token::Number(m, 1 | 2) if j > i + 1 => (*m as i8, j + 1),
            Token::Word(w) => (super::month(w)?, j + 1),
            _ => return None,
        };
        let k = self.skip_marks(j, &['-', '/', '.']);
        let day = self.number(k, 2)?;
        Some((date(*year, month, day)?, k + 1))
    }

    /// `5 March 2024`, `5. März 2024`, `5-MAR-1987`, `5th of March, 2024`, `5 de marzo de 2024`.
    fn day_month_name(&self, i: usize) -> Option<(Date, usize)> {
        let day = self.number(i, 2)?;
        let j = self.skip(i + 1, &['.', '-', '/', 'º', ','], &["st", "nd", "rd", "th", "er", "o", "de", "of", "e"]);
        let month = self.month(j)?;
        let k = self.skip(j + 1, &['.', '-', '/', ',', '\''], &["de", "del", "of"]);
        let year = self.year(k)?;
        Some((date(year, month, day)?, k + 1))
    }

    /// `March 5, 2024`, `Mar. 5th 2024`.
    fn month_name_day(&self, i: usize) -> Option<(Date, usize)> {
        let month = self.month(i)?;
        let j = self.skip_marks(i + 1, &['.', '-', '/']);
        let day = self.number(j, 2)?;
        let k = self.skip(j + 1, &['.', '-', '/', ',', '\''], &["st", "nd", "rd", "th"]);
        let year = self.year(k)?;
        Some((date(year, month, day)?, k + 1))
    }

    /// `5.3.2024`, `05.03.24`, `3/5/2024`, `13-3-2024`.
    fn numeric(&self, i: usize) -> Option<(Date, usize)> {
        let (a, b) = (self.number(i, 2)?, self.number(i + 2, 2)?);
        let mark = self.mark(i + 1)?;
        if self.mark(i + 3)? != mark || !matches!(mark, '.' | '/' | '-') {
            return None;
        }
        let year = self.year(i + 4)?;
        let month_first = mark == '/' && a <= 12 || b > 12;
        let (day, month) = if month_first { (b, a) } else { (a, b) };
        Some((date(year, month as i8, day)?, i + 5))
    }

    /// `Tue Mar 5 14:30:00 GMT 2024`, `14:30, 5 March` with the year further on.
    fn year_last(&self, i: usize) -> Option<(Date, usize, usize)> {
        let month = self.month(i)?;
        let after = self.skip_marks(i + 1, &['.']);
        let day = self.number(after, 2)?;
        let year = (after + 1..self.tokens.len()).find_map(|j| match (self.tokens.get(j), self.mark(j.wrapping_sub(1))) {
            (Some(Token::Number(_, 4)), Some('+' | '-' | ':')) => None,
            (Some(Token::Number(y, 4)), _) => Some(*y),
            _ => None,
        })?;
        Some((date(year, month, day)?, i, after + 1))
    }

    /// The first time of day between two tokens.
    fn time(&self, from: usize, to: usize) -> Option<(Time, Option<i32>)> {
        (from..to).find_map(|i| {
            let (hour, minute, second, end) = self.clock(i)?;
            let (hour, end) = self.half_day(hour, end)?;
            let time = Time::new(hour, minute, second, 0).ok()?;
            Some((time, self.offset(end)))
        })
    }

    /// `14:30`, `14:30:00.12`, `14h30`, `14.30`, `T143000`, `1430 GMT`, `8 pm`.
    fn clock(&self, i: usize) -> Option<(i8, i8, i8, usize)> {
        if let Some(Token::Number(value, digits @ (4 | 6))) = self.tokens.get(i) {
            let marked = self.word(i.wrapping_sub(1)) == Some("t") || self.word(i + 1).is_some_and(|w| zone(w).is_some());
            let time = compact_time(*value, *digits).filter(|_| marked)?;
            return Some((time.hour(), time.minute(), time.second(), i + 1));
        }
        let hour = self.number(i, 2)? as i8;
        let joined = matches!(self.tokens.get(i + 1), Some(Token::Mark(':' | '.'))) || matches!(self.word(i + 1), Some("h" | "u" | "uhr"));
        let Some(Token::Number(minute, 2)) = self.tokens.get(i + 2).filter(|_| joined) else {
            // `8 pm`.
            return self.half_day_mark(i + 1).map(|_| (hour, 0, 0, i + 1));
        };
        let mut end = i + 3;
        let mut second = 0;
        if let (Some(':'), Some(Token::Number(s, 2))) = (self.mark(end), self.tokens.get(end + 1)) {
            second = (*s).min(59) as i8;
            end += 2;
            if let (Some('.' | ','), Some(Token::Number(..))) = (self.mark(end), self.tokens.get(end + 1)) {
                end += 2;
            }
        } else if self.mark(i + 1) == Some('.') && self.mark(end) == Some('.') {
            return None;
        }
        Some((hour, *minute as i8, second, end))
    }

    /// Takes `am` and `pm` into account.
    fn half_day(&self, hour: i8, at: usize) -> Option<(i8, usize)> {
        match self.half_day_mark(at) {
            Some((_, _)) if !(1..=12).contains(&hour) => Some((hour, at)),
            Some((true, end)) => Some((hour % 12 + 12, end)),
            Some((false, end)) => Some((hour % 12, end)),
            None => (hour < 24).then_some((hour, at)),
        }
    }

    /// Whether `pm` (true) or `am` (false) stands here, and where it ends.
    fn half_day_mark(&self, at: usize) -> Option<(bool, usize)> {
        match self.word(at)? {
            "pm" => Some((true, at + 1)),
            "am" => Some((false, at + 1)),
            half @ ("p" | "a") if self.mark(at + 1) == Some('.') && self.word(at + 2) == Some("m") => {
                Some((half == "p", at + 3 + usize::from(self.mark(at + 3) == Some('.'))))
            }
            _ => None,
        }
    }

    /// `Z`, `GMT`, `+01:00`, `-0500`, `UTC+2`, `(EST)`.
    fn offset(&self, at: usize) -> Option<i32> {
        let at = self.skip_marks(at, &['(', '.', ',']);
        if let Some(word) = self.word(at) {
            let named = zone(word)?;
            return if named == 0 { self.signed_offset(at + 1).or(Some(0)) } else { Some(named) };
        }
        self.signed_offset(at)
    }

    fn signed_offset(&self, at: usize) -> Option<i32> {
        let sign = match self.mark(at)? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        let minutes = match (self.tokens.get(at + 1)?, self.mark(at + 2), self.tokens.get(at + 3)) {
            (Token::Number(h, 2), Some(':'), Some(Token::Number(m, 2))) => h * 60 + m,
            (Token::Number(hm, 4), _, _) => hm / 100 * 60 + hm % 100,
            (Token::Number(h, 1 | 2), None, None) => h * 60,
            _ => return None,
        };
        (minutes <= 14 * 60).then_some(sign * minutes as i32)
    }

    fn year(&self, i: usize) -> Option<i64> {
        match self.tokens.get(i)? {
            Token::Number(y, 4) => Some(*y),
            Token::Number(y, 2) if !matches!(self.mark(i + 1), Some(':')) => Some(full_year(*y)),
            _ => None,
        }
    }

    fn month(&self, i: usize) -> Option<i8> {
        super::month(self.word(i)?)
    }

    /// A number of at most `digits` digits; of exactly four when four are asked.
    fn number(&self, i: usize, digits: usize) -> Option<i64> {
        match self.tokens.get(i)? {
            Token::Number(v, d) if *d == digits || (*d < digits && digits < 4) => Some(*v),
            _ => None,
        }
    }

    fn word(&self, i: usize) -> Option<&str> {
        match self.tokens.get(i)? {
            Token::Word(w) => Some(w),
            _ => None,
        }
    }

    fn mark(&self, i: usize) -> Option<char> {
        match self.tokens.get(i)? {
            Token::Mark(c) => Some(*c),
            _ => None,
        }
    }

    fn skip_marks(&self, i: usize, marks: &[char]) -> usize {
        self.skip(i, marks, &[])
    }

    /// The first token from `i` that is none of these; at most three are skipped.
    fn skip(&self, i: usize, marks: &[char], words: &[&str]) -> usize {
        let skippable = |t: &Token| match t {
            Token::Mark(c) => marks.contains(c),
            Token::Word(w) => words.contains(&w.as_str()),
            Token::Number(..) => false,
        };
        i + self.tokens.iter().skip(i).take(3).take_while(|t| skippable(t)).count()
    }
}

fn date(year: i64, month: i8, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()
}

/// Two digits are a year from a hundred years ago to the next.
fn full_year(two: i64) -> i64 {
    let newest = i64::from(super::latest().year()) + 1;
    let year = newest / 100 * 100 + two;
    if year > newest { year - 100 } else { year }
}

/// `20240305`, if it can be a date of our time.
fn compact_date(value: i64) -> Option<Date> {
    let year = value / 10_000;
    (1600..=2199).contains(&year).then(|| date(year, (value / 100 % 100) as i8, value % 100)).flatten()
}

fn compact_time(value: i64, digits: usize) -> Option<Time> {
    let value = if digits == 4 { value * 100 } else { value };
    Time::new((value / 10_000) as i8, (value / 100 % 100) as i8, (value % 100) as i8, 0).ok()
}

fn epoch(seconds: i64) -> Option<Moment> {
    let civil = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?);
    Some(Moment { date: civil.date(), time: Some(civil.time()), offset: Some(0) })
}

/// Minutes east of Greenwich; only names that mean one thing.
fn zone(name: &str) -> Option<i32> {
    Some(match name {
        "z" | "gmt" | "utc" | "ut" => 0,
        "bst" | "cet" | "mez" | "wat" => 60,
        "cest" | "mesz" | "eet" | "sast" | "cat" => 120,
        "eest" | "msk" | "eat" => 180,
        "pkt" => 300,
        "wib" => 420,
        "hkt" | "sgt" | "awst" => 480,
        "jst" | "kst" => 540,
        "aest" => 600,
        "aedt" => 660,
        "nzst" => 720,
        "edt" => -240,
        "est" | "cdt" => -300,
        "cst" | "mdt" => -360,
        "mst" | "pdt" => -420,
        "pst" => -480,
        _ => return None,
    })
}
