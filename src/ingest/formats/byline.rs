//! Who wrote it, from the line that says so: `By ANNA KLING and Tom Abe, Staff Writers`.

/// Words before the names.
const OPENINGS: &[&str] = &["by ", "by: ", "from ", "von ", "par ", "por ", "di ", "av ", "af ", "door ", "written by ", "text by ", "story by "];
/// Words of segments that are functions or houses, not persons; lower case.
const NOT_PERSONS: &[&str] = &[
    "agencies", "agency", "analyst", "associated", "bureau", "chief", "columnist", "columnists", "contributor", "contributors", "correspondent",
    "correspondents", "critic", "desk", "editor", "editors", "editorial", "freelance", "inc", "journalist", "llc", "ltd", "magazine", "media", "news", "newspaper",
    "newspapers", "newsroom", "online", "photographer", "press", "producer", "redaktion", "reporter", "reporters", "reuters", "service", "services",
    "special", "staff", "team", "wire", "wires", "writer", "writers", "afp", "ap", "dpa", "pa", "upi", "ntb", "efe", "ansa", "aap", "phd", "md",
];
/// Names that say nobody is named.
const NOBODY: &[&str] = &["none", "null", "nan", "unknown", "n/a", "na", "anonymous", "admin", "-", "[]", "author"];

/// The authors a line names, without "By", functions, agencies and addresses.
pub fn names(line: &str) -> Vec<String> {
    let line = without_brackets(line);
    let mut line = line.trim();
    let opening = OPENINGS.iter().find(|o| line.get(..o.len()).is_some_and(|l| l.eq_ignore_ascii_case(o)));
    // "Di" and "Von" may begin a name; then there is something in lower case or nothing else before them.
    if let Some(opening) = opening {
        line = line.get(opening.len()..).unwrap_or(line).trim_start();
    }
    let mut names: Vec<String> = Vec::new();
    for (i, segment) in segments(line).into_iter().enumerate() {
        let name = segment.trim().trim_matches(|c: char| matches!(c, ',' | '.' | ':' | '-' | '–' | '—' | '"' | '*') && c != '.').trim();
        if is_person(name, i == 0) {
            let name = if is_capitals(name) { in_ordinary_capitals(name) } else { name.to_owned() };
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// `jane@example.org (Jane Doe)` and `Jane Doe <jane@example.org>` are Jane Doe; other brackets are remarks.
fn without_brackets(line: &str) -> String {
    let address = |t: &str| t.contains('@') || t.contains("://");
    if let Some((before, inside)) = line.split_once('(').map(|(b, i)| (b, i.trim_end().trim_end_matches(')')))
        && address(before)
        && !address(inside)
    {
        return inside.to_owned();
    }
    let mut depth = 0u32;
    let kept = line.chars().filter(|c| {
        let opens = matches!(c, '(' | '<' | '[');
        let closes = matches!(c, ')' | '>' | ']');
        depth += u32::from(opens);
        let keep = depth == 0 && !closes;
        depth = depth.saturating_sub(u32::from(closes));
        keep
    });
    kept.collect()
}

fn segments(line: &str) -> Vec<&str> {
    let mut parts = vec![line];
    for separator in [" and ", " AND ", " And ", " und ", " et ", " y ", " og ", " och ", " & ", " with ", ";", "|", " / ", " · ", ",", "\n", " - ", " – ", " — "] {
        parts = parts.into_iter().flat_map(|p| p.split(separator)).collect();
    }
    parts.retain(|p| !p.trim().is_empty());
    parts
}

fn is_person(name: &str, first: bool) -> bool {
    let words: Vec<String> = name.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()).collect();
    let count = words.len();
    let stranger = name.contains('@') || name.contains("://") || name.len() > 80 || count > 6 || !name.contains(char::is_alphabetic);
    if stranger || NOBODY.contains(&name.to_lowercase().as_str()) {
        return false;
    }
    let function = words.iter().any(|w| NOT_PERSONS.contains(&w.as_str()));
    let named = name.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase());
    // The first segment is whatever signs the story; what follows must look like a name of its own.
    if first { named || !function } else { !function && named && count >= 2 && !name.contains(|c: char| c.is_ascii_digit()) }
}

fn is_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_uppercase()).count() > 3 && !text.chars().any(char::is_lowercase)
}

/// `RIO DE JANEIRO` as `Rio de Janeiro`; words that are not all capitals stay as they are.
pub fn in_ordinary_capitals(text: &str) -> String {
    const SMALL: &[&str] = &["de", "del", "la", "las", "los", "el", "of", "the", "and", "al", "du", "des", "da", "do", "am", "an", "der", "den", "upon", "sur", "van", "von", "on"];
    const KEPT: &[&str] = &["DC", "D.C", "U.S", "US", "UN", "U.N", "UK", "U.K", "EU", "USA", "UAE", "BC", "B.C"];
    let word = |(i, word): (usize, &str)| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let plain = bare.chars().any(char::is_lowercase) || KEPT.contains(&bare);
        if plain {
            return word.to_owned();
        }
        let lower = word.to_lowercase();
        if i > 0 && SMALL.contains(&lower.as_str()) {
            return lower;
        }
        let mut out = String::with_capacity(word.len());
        let mut begins = true;
        for c in word.chars() {
            if begins { out.push(c) } else { out.extend(c.to_lowercase()) }
            begins = c == '-' || c == '\'' && out.chars().count() == 2 || c == '.' || begins && !c.is_alphanumeric();
        }
        // `MCDONALD`: no rule is right for all of them; the common ones begin so.
        match out.strip_prefix("Mc").and_then(|rest| rest.chars().next().map(|c| (c, rest))) {
            Some((c, rest)) => format!("Mc{}{}", c.to_uppercase(), rest.get(c.len_utf8()..).unwrap_or("")),
            None => out,
        }
    };
    text.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{in_ordinary_capitals, names};

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        assert_eq!(names(line), expected, "{line}");
    }

    #[test]
    fn bylines() {
        check("    By Ada Kling, Reuters", &["Ada Kling"]);
        check("By ADA KLING and TOM O'BRIEN", &["Ada Kling", "Tom O'Brien"]);
        check("Ada Kling, Tom Abe and R. J. Osei", &["Ada Kling", "Tom Abe", "R. J. Osei"]);
        check("Von Ada Kling, dpa", &["Ada Kling"]);
        check("ada@example.org (Ada Kling)", &["Ada Kling"]);
        check("Ada Kling <ada@example.org>; @tom", &["Ada Kling"]);
        check("Ada Kling, Associated Press Writer", &["Ada Kling"]);
        check("The Associated Press", &["The Associated Press"]);
        check("None", &[]);
        check("", &[]);
        check("山田太郎", &["山田太郎"]);
    }

    #[test]
    fn capitals() {
        assert_eq!(in_ordinary_capitals("RIO DE JANEIRO"), "Rio de Janeiro");
        assert_eq!(in_ordinary_capitals("WASHINGTON D.C."), "Washington D.C.");
        assert_eq!(in_ordinary_capitals("ST. JOHN'S, Newfoundland"), "St. John's, Newfoundland");
        assert_eq!(in_ordinary_capitals("AIX-EN-PROVENCE"), "Aix-En-Provence");
    }
}
