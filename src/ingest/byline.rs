//! Who wrote it: names out of what papers print as byline.

use super::text::one_line_of_html;

/// What stands before names.
const OPENERS: &[&str] = &[
    "by",
    "by:",
    "written by",
    "story by",
    "reporting by",
    "reported by",
    "posted by",
    "published by",
    "words by",
    "text by",
    "author:",
    "authors:",
    "byline:",
    "autor:",
    "autora:",
    "auteur:",
];

/// The same in other languages, where they may also begin a family name: taken off only before two words more.
const DOUBTFUL_OPENERS: &[&str] = &["from", "von", "par", "por", "di", "door", "av", "af"];

/// Words that mark a part of a byline as a post or a house, not a name; lower case.
const POSTS: &[&str] = &[
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "columnist",
    "contributor",
    "contributors",
    "staff",
    "bureau",
    "press",
    "news",
    "newspaper",
    "newspapers",
    "reuters",
    "times",
    "post",
    "magazine",
    "agency",
    "agencies",
    "service",
    "producer",
    "journalist",
    "desk",
    "redaktion",
    "redakteur",
    "correspondant",
    "redacción",
    "redazione",
    "team",
    "editorial",
    "chief",
    "analyst",
    "critic",
    "photographer",
    "ap",
    "afp",
    "upi",
    "cnn",
    "bbc",
    "dpa",
    "inc",
    "llc",
    "media",
    "wire",
    "wires",
    "online",
    "digital",
    "special",
    "web",
];

/// The authors that `printed` names, each as a name in ordinary capitals: `By JANE ROE and John Doe, Staff Writers` is
/// `Jane Roe`, `John Doe`. A byline that names only a house (`Staff`, `The Associated Press`) stays as it is.
pub fn authors(printed: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for entry in printed {
        let line = one_line_of_html(entry);
        let line: Vec<&str> = line.split(' ').filter(|w| !w.contains('@') && !w.contains("://") && !w.starts_with("www.")).collect();
        let line = line.join(" ");
        let line = without_opener(&line);
        if is_signature(line) {
            continue;
        }
        let mut parts = Vec::new();
        for piece in line.split([';', '|', '•', '·', '/']) {
            split_names(piece, &mut parts);
        }
        let people: Vec<&String> = parts.iter().filter(|p| is_name(p)).collect();
        let chosen = if people.is_empty() { parts.iter().take(1).collect() } else { people };
        for name in chosen {
            if is_remark(name) || is_nobody(name) || !name.chars().any(char::is_alphabetic) {
                continue;
            }
            if !names.iter().any(|n| n.eq_ignore_ascii_case(name)) {
                names.push(name.clone());
            }
        }
    }
    if names.iter().any(|n| is_name(n)) {
        names.retain(|n| is_name(n));
    }
    names
}

fn without_opener(line: &str) -> &str {
    let mut rest = line.trim();
    while let Some(opener) = OPENERS.iter().find(|o| starts_with_word(rest, o)) {
        rest = rest[opener.len()..].trim_start_matches([' ', ':']);
    }
    let doubtful = DOUBTFUL_OPENERS.iter().find(|o| starts_with_word(rest, o)).map(|o| rest[o.len()..].trim_start());
    doubtful.filter(|d| d.contains(' ') && d.starts_with(char::is_uppercase)).unwrap_or(rest)
}

fn starts_with_word(text: &str, word: &str) -> bool {
    let fits = text.get(..word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word));
    fits && text[word.len()..].chars().next().is_some_and(|c| c.is_whitespace() || word.ends_with(':') || c == ':')
}

/// What bodies end with that have `and` in their names.
const BODIES: &[&str] = &[
    "collective",
    "institute",
    "project",
    "foundation",
    "network",
    "alliance",
    "coalition",
    "association",
    "society",
    "center",
    "centre",
    "council",
    "committee",
    "group",
    "union",
    "partners",
    "trust",
];

/// Whether a piece is one body, `Bread and Roses Collective`: its first part is one word, and no house that writes with somebody.
fn is_body(piece: &str) -> bool {
    let first = [" and ", " AND ", " & "].iter().find_map(|and| Some(piece.split_once(and)?.0.trim()));
    let ends = piece.rsplit(' ').next().is_some_and(|last| BODIES.contains(&last.to_lowercase().as_str()));
    let alone = |first: &str| !first.contains([' ', ',']) && !POSTS.contains(&first.to_lowercase().as_str());
    ends && !piece.contains(',') && first.is_some_and(alone)
}

/// Cuts `A, B and C`; `Roe, Jane` is turned round.
fn split_names(piece: &str, into: &mut Vec<String>) {
    if is_body(piece.trim()) {
        into.push(tidy(piece));
        return;
    }
    let joined = piece
        .replace(" and ", ", ")
        .replace(" AND ", ", ")
        .replace(" & ", ", ")
        .replace(" und ", ", ")
        .replace(" et ", ", ")
        .replace(" with ", ", ");
    let parts: Vec<String> = joined.split(',').map(tidy).filter(|p| !p.is_empty()).collect();
    if let [family, given] = parts.as_slice() {
        let single = |p: &str| !p.contains(' ') && p.chars().next().is_some_and(char::is_uppercase) && p.chars().any(char::is_lowercase);
        let initials = |p: &str| p.split(' ').all(|w| w.trim_end_matches('.').len() <= 2 || single(w));
        if joined == piece && single(family) && initials(given) && is_name(given) && is_name(family) {
            into.push(format!("{given} {family}"));
            return;
        }
    }
    for part in parts {
        match into.last_mut() {
            // `Martin King, Jr.` is one name.
            Some(last)
                if matches!(
                    part.trim_end_matches('.').to_lowercase().as_str(),
                    "jr" | "sr" | "ii" | "iii" | "md" | "m.d" | "phd" | "ph.d"
                ) =>
            {
                last.push(' ');
                last.push_str(&part);
            }
            _ => into.push(part),
        }
    }
}

/// A name without what stands in brackets.
fn tidy(part: &str) -> String {
    let part = part.split(['(', '[', '<']).next().unwrap_or(part);
    let name = part.trim_matches([' ', '-', '–', '—', '*', ':', '.', '"', '“', '”']);
    let name = without_opener(name);
    let name = name.split(" - ").next().unwrap_or(name);
    let name = name.split(" – ").next().unwrap_or(name);
    let name = without_place(name);
    if name.contains(' ') && !name.chars().any(char::is_lowercase) { super::date::ordinary_capitals(name) } else { name.to_owned() }
}

/// `Jane Roe in Brussels` without the place; what is a name without it has two words at least.
fn without_place(name: &str) -> &str {
    let cut = [" in ", " IN "].iter().find_map(|word| name.split_once(word));
    let fits = |(name, place): &(&str, &str)| name.contains(' ') && place.chars().next().is_some_and(char::is_uppercase);
    cut.filter(fits).map_or(name, |(name, _)| name.trim_end())
}

/// What systems write where nobody was named.
fn is_nobody(part: &str) -> bool {
    ["admin", "administrator", "webmaster", "editor", "anonymous", "unknown", "n/a", "none", "root", "wordpress"]
        .iter()
        .any(|w| part.eq_ignore_ascii_case(w))
}

/// Initials as agencies sign: `daa/mt/msr`.
fn is_signature(line: &str) -> bool {
    line.contains('/') && line.split('/').all(|part| (1..=4).contains(&part.trim().len()) && part.trim().chars().all(char::is_lowercase))
}

/// Degrees after a name, and dates.
fn is_remark(part: &str) -> bool {
    let degree = part.len() <= 5 && !part.contains(' ') && part.chars().all(|c| c.is_uppercase() || c == '.') && part.len() >= 2;
    let has_digits = part.chars().any(|c| c.is_ascii_digit());
    let words = part.split([' ', ',', '.']);
    (degree && !POSTS.contains(&part.to_lowercase().as_str()))
        || (has_digits && words.into_iter().any(|w| super::date::is_month(&w.to_lowercase())))
}

fn is_name(part: &str) -> bool {
    let words: Vec<&str> = part.split(' ').collect();
    let lower = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    words.len() <= 6
        && part.len() <= 60
        && part.chars().next().is_some_and(char::is_uppercase)
        && !part.chars().any(|c| c.is_ascii_digit())
        && !words.iter().any(|w| POSTS.contains(&lower(w).as_str()))
        && !matches!(lower(words[0]).as_str(), "the" | "in" | "at" | "from" | "for" | "updated" | "published" | "about")
}
