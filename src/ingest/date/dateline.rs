//! The line an agency story opens with: `KYIV, Aug 18 (Reuters) -`.

use crate::article::Dateline;

/// What stands before the first sentence of an agency story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// The place line, if there is one.
    pub dateline: Option<Dateline>,
    /// The agency: `Reuters`.
    pub agency: Option<String>,
    /// The date, if it is there with its year.
    pub date: Option<String>,
    /// Bytes from the beginning of the body to the first word of the story.
    pub len: usize,
}

/// Agencies as they sign, and how they are called.
const AGENCIES: &[(&str, &str)] = &[
    ("ap", "AP"),
    ("the associated press", "AP"),
    ("associated press", "AP"),
    ("reuters", "Reuters"),
    ("reuters life!", "Reuters"),
    ("thomson reuters foundation", "Thomson Reuters Foundation"),
    ("afp", "AFP"),
    ("agence france-presse", "AFP"),
    ("upi", "UPI"),
    ("dpa", "dpa"),
    ("efe", "EFE"),
    ("ansa", "ANSA"),
    ("pa", "PA"),
    ("pa media", "PA"),
    ("press association", "PA"),
    ("xinhua", "Xinhua"),
    ("tass", "TASS"),
    ("itar-tass", "TASS"),
    ("interfax", "Interfax"),
    ("ria novosti", "RIA Novosti"),
    ("sputnik", "Sputnik"),
    ("bloomberg", "Bloomberg"),
    ("cnn", "CNN"),
    ("cnn business", "CNN"),
    ("aap", "AAP"),
    ("kyodo", "Kyodo"),
    ("yonhap", "Yonhap"),
    ("ians", "IANS"),
    ("pti", "PTI"),
    ("ani", "ANI"),
    ("apa", "APA"),
    ("ats", "ATS"),
    ("sid", "SID"),
    ("anp", "ANP"),
    ("ntb", "NTB"),
    ("tt", "TT"),
    ("stt", "STT"),
    ("ritzau", "Ritzau"),
    ("belga", "Belga"),
    ("lusa", "Lusa"),
    ("mti", "MTI"),
    ("pap", "PAP"),
    ("ctk", "CTK"),
    ("aa", "Anadolu"),
    ("anadolu", "Anadolu"),
    ("cp", "The Canadian Press"),
    ("the canadian press", "The Canadian Press"),
    ("canadian press", "The Canadian Press"),
    ("ips", "IPS"),
    ("irin", "IRIN"),
    ("ukrinform", "Ukrinform"),
    ("wam", "WAM"),
    ("kuna", "KUNA"),
    ("sana", "SANA"),
    ("irna", "IRNA"),
    ("antara", "Antara"),
    ("bernama", "Bernama"),
    ("kcna", "KCNA"),
    ("app", "APP"),
    ("pna", "PNA"),
    ("petra", "Petra"),
    ("montsame", "MONTSAME"),
    ("spa", "SPA"),
    ("qna", "QNA"),
    ("isna", "ISNA"),
    ("uni", "UNI"),
    ("gna", "GNA"),
    ("business wire", "Business Wire"),
    ("pr newswire", "PR Newswire"),
    ("prnewswire", "PR Newswire"),
    ("prnewswire-usnewswire", "PR Newswire"),
    ("globe newswire", "GlobeNewswire"),
    ("globenewswire", "GlobeNewswire"),
    ("interfax-ukraine", "Interfax-Ukraine"),
    ("unian", "UNIAN"),
    ("cnw", "CNW"),
    ("jiji", "Jiji"),
    ("sda", "SDA"),
    ("keystone-sda", "SDA"),
    ("marketwatch", "MarketWatch"),
];

/// Words in capitals that open a story without naming a place.
const NO_PLACES: &[&str] = &[
    "BREAKING",
    "UPDATE",
    "UPDATED",
    "EXCLUSIVE",
    "WATCH",
    "VIDEO",
    "LIVE",
    "OPINION",
    "ANALYSIS",
    "REVIEW",
    "NEW",
    "NEWS",
    "CORRECTION",
    "RELATED",
    "ADVERTISEMENT",
    "PHOTOS",
    "PHOTO",
    "READ",
    "MORE",
    "INTERVIEW",
    "FEATURE",
    "FACTBOX",
    "TIMELINE",
    "BRIEF",
    "EDITORIAL",
    "COLUMN",
    "URGENT",
    "ALERT",
    "NOTE",
    "EDITOR",
    "SPOILER",
    "WARNING",
    "PODCAST",
    "LISTEN",
    "STORY",
    "TOP",
    "DEVELOPING",
    "JUST IN",
    "THE",
    "THIS",
    "WHAT",
    "WHO",
    "WHY",
    "HOW",
];

/// Small words inside names of places.
const SMALL: &[&str] = &[
    "de", "la", "le", "les", "du", "des", "del", "sur", "of", "and", "the", "au", "aux", "en", "el", "al", "am", "an", "der", "upon", "on",
    "e", "do", "da", "dos",
];

/// Longest place line, in bytes.
const LONGEST: usize = 110;

/// Reads what stands before the first sentence of `body`; the body is not changed. `None` when it opens like any other text.
///
/// # Example
///
/// ```
/// let opening = morgue::ingest::date::opening("KYIV, Aug 18 (Reuters) - A bridge was opened.").unwrap();
/// assert_eq!(opening.dateline.unwrap().place.as_deref(), Some("Kyiv"));
/// assert_eq!(opening.agency.as_deref(), Some("Reuters"));
/// ```
pub fn opening(body: &str) -> Option<Opening> {
    let start = body.len() - body.trim_start().len();
    let line = body[start..].split('\n').next()?;
    let (head, dash_end, strong) = signed(line).or_else(|| before_dash(line)).or_else(|| before_stop(line))?;
    let len = start + dash_end;
    let (head, agency) = split_agency(head.trim());
    let (place, date, dated) = split_date(head);
    let place = place.trim_end_matches([',', ' ', ':']);
    if place.is_empty() {
        return agency.map(|a| Opening { dateline: None, agency: Some(a), date, len });
    }
    let sure = agency.is_some() || dated;
    if !is_place(place, sure, strong) {
        return None;
    }
    let name = place.split([',', '/', ';']).next().map(|p| ordinary_capitals(p.trim())).filter(|p| !p.is_empty());
    Some(Opening { dateline: Some(Dateline { text: place.to_owned(), place: name }), agency, date, len })
}

/// What stands before the story where an agency has signed and no dash follows: `Washington (CNN) The`, `MOSCOW, May 2. /TASS/. The`.
fn signed(line: &str) -> Option<(&str, usize, bool)> {
    let end = line.char_indices().map(|(i, c)| i + c.len_utf8()).take_while(|i| *i <= LONGEST).last()?;
    let (open, close) = [('(', ')'), ('/', '/')].into_iter().filter_map(|(o, c)| Some((line[..end].find(o)?, c))).min()?;
    let name_end = open + 1 + line[open + 1..end].find(close)?;
    let name = line[open + 1..name_end].to_lowercase();
    let behind = line[name_end + 1..].trim_start_matches(['.', '-', '–', '—', ' ']);
    let begins = behind.starts_with(|c: char| c.is_uppercase() || "\"“«„'‘".contains(c));
    let known = AGENCIES.iter().any(|(agency, _)| *agency == name);
    // What has small letters may be any words with a body's abbreviation behind: `The Associated Press (AP) President`.
    let place = split_date(line[..open].trim_end_matches([' ', '.', ':'])).0.split(',').next().unwrap_or_default();
    let plain = !place.starts_with("The ") && (place.split_whitespace().count() <= 2 || !place.chars().any(char::is_lowercase));
    (known && begins && plain).then(|| (&line[..=name_end], line.len() - behind.len(), true))
}

/// What stands before the first dash, where the story begins, and whether the dash can be no hyphen.
fn before_dash(line: &str) -> Option<(&str, usize, bool)> {
    let end = line.char_indices().map(|(i, c)| i + c.len_utf8()).take_while(|i| *i <= LONGEST).last()?;
    let head = &line[..end];
    let dashes = [
        (" - ", true),
        (" -- ", true),
        ("--", true),
        (" — ", true),
        ("—", true),
        (" – ", true),
        ("–", true),
        (" _ ", true),
        (") -", true),
        ("): ", true),
        (" : ", false),
    ];
    let (at, dash, strong) =
        dashes.iter().filter_map(|(d, s)| head.find(d).map(|at| (at, *d, *s))).min_by_key(|(at, d, _)| (*at, usize::MAX - d.len()))?;
    let keep = usize::from(dash.starts_with(')'));
    let behind = &line[at + dash.len()..];
    let story = line.len() - behind.trim_start_matches([' ', '-', '—', '–']).len();
    Some((&line[..at + keep], story, strong))
}

/// What stands before the first stop behind a year, or colon behind a day, where no dash parts it from the story: `Hamburg, 3. April 2024. Die
/// Brücke`, `New Delhi, Jul 22: Prices`.
fn before_stop(line: &str) -> Option<(&str, usize, bool)> {
    let (at, _) = line.match_indices(['.', ':']).take_while(|(at, _)| *at <= LONGEST).find(|(at, _)| {
        let year = line[..*at].rsplit([' ', ',']).next().unwrap_or_default();
        let dated = || line[*at..].starts_with(':') && split_date(&line[..*at]).2;
        year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) || dated()
    })?;
    let behind = line[at + 1..].trim_start();
    let begins = behind.len() < line.len() - at - 1 && behind.starts_with(|c: char| c.is_uppercase() || "\"“«„'‘¿¡".contains(c));
    let (place, _, dated) = split_date(&line[..at]);
    (begins && dated && !place.is_empty()).then(|| (&line[..at], line.len() - behind.len(), true))
}

/// Takes `(Reuters)` or `/TASS/` off the end.
fn split_agency(head: &str) -> (&str, Option<String>) {
    let in_strokes =
        || head.strip_suffix('/').and_then(|h| h.rsplit_once('/')).filter(|(before, _)| before.ends_with([' ', '.']) || before.is_empty());
    let parted = head.strip_suffix(')').and_then(|h| h.rsplit_once('(')).or_else(in_strokes);
    if let Some((before, signed)) = parted {
        // `(AP/Reuters)`, `(dpa/lno)`: the first is enough.
        let first = signed.split(['/', ',']).next().unwrap_or(signed).trim().to_lowercase();
        return match AGENCIES.iter().find(|(name, _)| *name == first) {
            Some((_, agency)) => (before.trim_end(), Some((*agency).to_owned())),
            // Other houses sign so too, after a place in capitals.
            None if is_unknown_agency(before, signed) => (before.trim_end(), Some(signed.trim().to_owned())),
            None => (head, None),
        };
    }
    let after_comma = head.rsplit_once(", ").and_then(|(before, last)| {
        let agency = AGENCIES.iter().find(|(name, agency)| last == *agency && name.len() > 2)?;
        Some((before, Some(agency.1.to_owned())))
    });
    after_comma.unwrap_or((head, None))
}

fn is_unknown_agency(before: &str, signed: &str) -> bool {
    let place = before.split(',').next().unwrap_or(before).trim();
    let capitals = place.chars().filter(|c| c.is_uppercase()).count() >= 3 && !place.chars().any(char::is_lowercase);
    let words = signed.split_whitespace().count();
    capitals
        && (1..=4).contains(&words)
        && signed.len() <= 40
        && signed.trim().starts_with(char::is_uppercase)
        && signed.chars().all(|c| c.is_alphanumeric() || " .&-".contains(c))
}

/// Takes `, Aug 18` or `, 18 August 2024` off the end: place, full date, whether there was any date.
fn split_date(head: &str) -> (&str, Option<String>, bool) {
    for (at, _) in head.match_indices([',', ' ', ';']).collect::<Vec<_>>() {
        let rest = head[at + 1..].trim();
        if is_day_and_month(rest) {
            return (&head[..at], super::parse(rest), true);
        }
    }
    if is_day_and_month(head) { ("", super::parse(head), true) } else { (head, None, false) }
}

/// `Aug 18`, `Aug. 18`, `18 August`, `3 de abril de 2024`, with or without year.
pub(in crate::ingest) fn is_day_and_month(text: &str) -> bool {
    // `3 de abril de 2024`, `le 1er mai`, `den 3 mars`.
    let is_tie = |w: &&str| matches!(*w, "de" | "del" | "le" | "den" | "di" | "of");
    let words: Vec<&str> = text.split([' ', ',', '.']).filter(|w| !w.is_empty() && !is_tie(w)).collect();
    let words: Vec<&str> =
        words.into_iter().map(|w| w.strip_suffix("er").or(w.strip_suffix('º')).filter(|n| *n == "1").unwrap_or(w)).collect();
    let numbers = words.iter().filter(|w| w.parse::<u16>().is_ok()).count();
    let months = words.iter().filter(|w| super::month(&w.to_lowercase()).is_some()).count();
    let first_fits = words.first().is_some_and(|w| w.parse::<u8>().is_ok() || super::month(&w.to_lowercase()).is_some());
    months == 1 && (1..=2).contains(&numbers) && words.len() == months + numbers && first_fits
}

/// Whether `place` looks like one. Without agency or date it must be in capitals and nothing but a name.
fn is_place(place: &str, sure: bool, strong: bool) -> bool {
    let first = place.split([',', '/']).next().unwrap_or(place).trim();
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let small = first.chars().filter(|c| c.is_lowercase()).count();
    let allowed = place.chars().all(|c| c.is_alphabetic() || " .,'’-/()".contains(c));
    let words = first.split_whitespace().count();
    let capital = first.chars().next().is_some_and(char::is_uppercase);
    if letters < 3 || !allowed || !capital || words > 5 || place.len() > 60 {
        return false;
    }
    let opens_other = NO_PLACES.contains(&first) || first.split_whitespace().next().is_some_and(|w| w != "NEW" && NO_PLACES.contains(&w));
    if sure {
        return !opens_other && first.split_whitespace().all(|w| w.starts_with(char::is_uppercase) || SMALL.contains(&w));
    }
    // `McALLEN`, `PORT-au-PRINCE` have small letters too.
    strong && small * 4 <= letters && !opens_other && place.matches(',').count() <= 1
}

/// `NEW YORK` as `New York`; words already in ordinary capitals stay.
pub(in crate::ingest) fn ordinary_capitals(place: &str) -> String {
    let mut out = String::with_capacity(place.len());
    let mut word = String::new();
    let flush = |word: &mut String, out: &mut String| {
        let low = word.to_lowercase();
        if word.chars().any(char::is_lowercase) && !word.starts_with("Mc") {
            out.push_str(word);
        } else if !out.is_empty() && SMALL.contains(&low.as_str()) {
            out.push_str(&low);
        } else if let Some(rest) = low.strip_prefix("mc").filter(|r| r.len() > 2 && word.starts_with("Mc")) {
            out.push_str("Mc");
            push_capitalised(out, rest);
        } else {
            push_capitalised(out, &low);
        }
        word.clear();
    };
    for c in place.chars() {
        if c.is_alphabetic() {
            word.push(c);
        } else {
            flush(&mut word, &mut out);
            out.push(c);
        }
    }
    flush(&mut word, &mut out);
    out
}

fn push_capitalised(out: &mut String, word: &str) {
    let mut chars = word.chars();
    if let Some(first) = chars.next() {
        out.extend(first.to_uppercase());
        out.push_str(chars.as_str());
    }
}
