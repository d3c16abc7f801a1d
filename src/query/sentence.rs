//! Questions as people say them: what did X say about Y?

mod words;

use super::dates;
use super::spell::quoted;
use words::{ANYBODY, HELPING, LEADING, PARTIES, PLAIN, POINTING, REQUESTED, SAYING, SLIGHT, TELLING, is_in};

/// The query for quotes that answers the question `text`, if that is one: who is asked about as `speaker:`, what it is about as
/// words and phrases. A query with anything else is none; what stands in brackets at its beginning is looked at alone.
/// `n_titles` tells how many of the words of a name are no part of it: `mayor` in `mayor lunde`.
///
/// # Example
///
/// ```
/// use morgue::query::sentence;
/// let no_titles = |_: &[&str]| 0;
/// assert_eq!(sentence("What did Okafor say about the barrier?", &no_titles).as_deref(), Some("speaker:okafor barrier"));
/// assert_eq!(sentence("okafor barrier", &no_titles), None);
/// ```
pub fn sentence(text: &str, n_titles: &dyn Fn(&[&str]) -> usize) -> Option<String> {
    if let Some((inner, rest)) = text.strip_prefix('(').and_then(|text| text.split_once(')')) {
        return sentence(inner, n_titles).map(|asked| format!("({asked}){rest}"));
    }
    let words = words_of(text.trim().trim_end_matches(['?', '.', ' ']))?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (words, mut date) = dated(&words);
    let (speaker, verb, matter) = asked(words)?;
    let mut clauses = Vec::new();
    clauses.extend(who(speaker, n_titles)?);
    clauses.extend(cues(verb).map(|cues| format!("cue:{cues}")));
    let mut matter = matter.as_slice();
    if let Some(at) = matter.iter().position(|word| is_in(LEADING, word)) {
        date = date.or_else(|| dated(&matter[..at]).1);
        matter = &matter[at + 1..];
    }
    clauses.extend(matter.iter().filter(|word| !is_in(SLIGHT, word)).map(|word| (*word).to_owned()));
    clauses.extend(date);
    (!clauses.is_empty()).then(|| clauses.join(" "))
}

/// Who is asked about, the verb, and what follows.
type Asked<'a, 'b> = (&'a [&'b str], &'b str, Vec<&'b str>);

/// The parts of a question, or of a request: `quotes by X about Y`.
fn asked<'a, 'b>(words: &'a [&'b str]) -> Option<Asked<'a, 'b>> {
    match words {
        ["who", rest @ ..] => {
            let (helping, rest) = rest.split_first().filter(|(first, _)| is_in(HELPING, first)).map_or(("", rest), |(h, rest)| (*h, rest));
            let (verb, matter) = rest.split_first().filter(|(verb, _)| is_verb(verb) && !is_passive(helping, verb))?;
            Some((&[], *verb, matter.to_vec()))
        }
        ["what" | "what's" | "what’s" | "when" | "where" | "why" | "how", rest @ ..] => {
            let (speaker, verb, matter) = parted(rest)?;
            let by = Some(matter).filter(|_| speaker.is_empty()).and_then(|matter| matter.iter().position(|word| *word == "by"));
            let Some(by) = by else { return Some((speaker, verb, matter.to_vec())) };
            // `was said by X about Y`, `was said about Y by X`.
            let (before, speaker) = (&matter[..by], &matter[by + 1..]);
            let end = speaker.iter().position(|word| is_in(LEADING, word)).unwrap_or(speaker.len());
            Some((&speaker[..end], verb, [before, &speaker[end..]].concat()))
        }
        [what, "by" | "from", rest @ ..] if is_in(REQUESTED, what) => {
            let at = rest.iter().position(|word| *word == "on" || is_in(LEADING, word)).unwrap_or(rest.len());
            Some((&rest[..at], "said", rest[at..].to_vec())).filter(|_| at > 0)
        }
        [first, ..] if is_in(HELPING, first) => {
            let (speaker, verb, matter) = parted(words).filter(|(speaker, ..)| !speaker.is_empty())?;
            Some((speaker, verb, matter.to_vec()))
        }
        _ => None,
    }
}

/// The clause that asks for these speakers, `None` within where anybody will do; no question at all where it cannot be told who is
/// meant.
#[allow(clippy::option_option)]
fn who(speaker: &[&str], n_titles: &dyn Fn(&[&str]) -> usize) -> Option<Option<String>> {
    if speaker.iter().any(|word| is_in(POINTING, word)) || speaker.len() > 1 && speaker.iter().any(|word| word.starts_with('"')) {
        return None;
    }
    let is_anybody = |words: &[&str]| matches!(words, [] | [_]) && words.iter().all(|word| is_in(ANYBODY, word));
    if is_anybody(speaker) {
        return Some(None);
    }
    let (mut names, mut described) = (Vec::new(), Vec::new());
    for name in each_of(speaker) {
        let is_party = name.last().is_some_and(|last| is_in(PARTIES, last));
        match name {
            ["the" | "a" | "an", name @ ..] => described.push(value(&name.join(" "))),
            name if is_party => described.push(value(&name.join(" "))),
            name => names.push(value(&name[n_titles(name)..].join(" "))),
        }
    }
    let mut clauses: Vec<String> = Vec::new();
    clauses.extend((!names.is_empty()).then(|| format!("speaker:{}", names.join(","))));
    clauses.extend(described.iter().map(|name| format!("speaker:{name} OR role:{name}")));
    let clause = clauses.join(" OR ");
    Some(Some(if clause.contains(" OR ") { format!("({clause})") } else { clause }))
}

/// Speakers with `and` between them, one by one: not where the first has an article alone, as `the department of health and human
/// services`.
fn each_of<'a, 'b>(speaker: &'a [&'b str]) -> Vec<&'a [&'b str]> {
    let has_article = |name: &[&str]| matches!(name.first(), Some(&("the" | "a" | "an")));
    let each: Vec<&[&str]> = speaker.split(|word| matches!(*word, "and" | "or")).collect();
    let are_several = each.iter().all(|name| !name.is_empty()) && (!has_article(each[0]) || each.iter().all(|name| has_article(name)));
    if are_several { each } else { vec![speaker] }
}

/// The words of a sentence, and its phrases in their quotation marks; `None` when anything in it means more in a query.
fn words_of(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut is_phrase = false;
    for piece in text.split(['"', '“', '”']) {
        if is_phrase {
            words.push(quoted(piece));
        } else {
            let piece = piece.strip_prefix(',').unwrap_or(piece);
            words.append(&mut piece.split_whitespace().map(plain).collect::<Option<_>>()?);
        }
        is_phrase = !is_phrase;
    }
    // A phrase that is not closed is none.
    is_phrase.then_some(words)
}

/// A word of a sentence in small letters, without the comma behind it; `None` for whatever means more in a query.
fn plain(word: &str) -> Option<String> {
    let word = word.trim_end_matches(',');
    let is_plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.')) && !word.starts_with('-');
    (is_plain && !word.is_empty() && !matches!(word, "AND" | "OR" | "NOT")).then(|| word.to_lowercase())
}

/// The cues a question asks for by a verb that says how something was said.
fn cues(verb: &str) -> Option<&'static str> {
    let is_form = |base: &&str| {
        let stem = base.trim_end_matches(['e', 'y']);
        let ending =
            verb.strip_prefix(stem).map(|rest| rest.strip_prefix(['t', 'm']).filter(|r| matches!(*r, "ed" | "ing")).unwrap_or(rest));
        ending.is_some_and(|rest| matches!(rest, "" | "e" | "y" | "s" | "es" | "ies" | "ed" | "ied" | "ing" | "ying"))
    };
    TELLING.iter().find(|(verbs, _)| verbs.iter().any(is_form)).map(|(_, cues)| *cues)
}

fn is_verb(word: &str) -> bool {
    is_in(SAYING, word) || cues(word).is_some()
}

/// `was accused`: others said it. `was said` asks for what was.
fn is_passive(helping: &str, verb: &str) -> bool {
    matches!(helping, "is" | "are" | "was" | "were") && cues(verb).is_some() && !verb.ends_with("ing")
}

/// Who speaks, the verb, and what about: `did X say Y`, `X said Y`, `was said Y`.
fn parted<'a, 'b>(words: &'a [&'b str]) -> Option<(&'a [&'b str], &'b str, &'a [&'b str])> {
    // `the state department`: behind an article, none of them is a verb.
    let is_noun = |at: usize| at > 0 && matches!(words[at - 1], "the" | "a" | "an");
    let verb = (0..words.len()).find(|at| is_verb(words[*at]) && !is_noun(*at))?;
    let (mut speaker, matter) = (&words[..verb], &words[verb + 1..]);
    if speaker.iter().any(|helping| is_passive(helping, words[verb])) {
        return None;
    }
    // `food for thought`: many of these verbs are nouns, too.
    if !is_in(PLAIN, words[verb]) && !speaker.iter().any(|word| is_in(HELPING, word)) {
        return None;
    }
    if let Some((_, rest)) = speaker.split_first().filter(|(first, _)| is_in(HELPING, first)) {
        speaker = rest;
    }
    if let Some((_, rest)) = speaker.split_last().filter(|(last, _)| is_in(HELPING, last)) {
        speaker = rest;
    }
    (speaker.len() <= 10).then_some((speaker, words[verb], matter))
}

/// A date at the end of a question, as the clause that says it: `in March 2024`, `since 2024`, `last year`, `over the past 30 days`,
/// `between 2012 and 2014`.
fn dated<'a, 'b>(words: &'a [&'b str]) -> (&'a [&'b str], Option<String>) {
    let clause = |n: usize| {
        let (before, date) = words.split_at_checked(words.len().checked_sub(n)?)?;
        let (preposition, before) = before.split_last()?;
        let name = match *preposition {
            "in" | "on" | "during" => "date",
            name @ ("since" | "until" | "before" | "after") => name,
            _ => return None,
        };
        let date = date.join(" ");
        dates::is_literal(&date).then(|| (before, Some(format!("{name}:{}", value(&date)))))
    };
    (1..=3).rev().find_map(clause).or_else(|| between(words)).or_else(|| lately(words)).unwrap_or((words, None))
}

/// A stretch with both ends at the end of a question.
fn between<'a, 'b>(words: &'a [&'b str]) -> Option<(&'a [&'b str], Option<String>)> {
    let at = words.iter().rposition(|word| matches!(*word, "between" | "from"))?;
    let tie = if words[at] == "between" { "and" } else { "to" };
    let end = words.iter().rposition(|word| *word == tie).filter(|end| *end > at)?;
    let (first, last) = (words[at + 1..end].join(" "), words[end + 1..].join(" "));
    let are_dates = dates::is_literal(&first) && dates::is_literal(&last);
    are_dates.then(|| (&words[..at], Some(format!("since:{} until:{}", value(&first), value(&last)))))
}

/// A stretch up to now at the end of a question.
fn lately<'a, 'b>(words: &'a [&'b str]) -> Option<(&'a [&'b str], Option<String>)> {
    let (before, date) = match words {
        [before @ .., "in" | "over" | "during" | "within", "the", "last" | "past", n, of] => {
            let n: u16 = n.parse().ok()?;
            (before, format!("last-{n}{}", unit_of_time(of)?))
        }
        [before @ .., "in" | "over" | "during" | "within", "the", "last" | "past", of] => (before, format!("last-1{}", unit_of_time(of)?)),
        [before @ .., which @ ("last" | "this"), of @ ("week" | "month" | "year")] => (before, format!("{which}-{of}")),
        [before @ .., day @ ("today" | "yesterday")] => (before, (*day).to_owned()),
        _ => return None,
    };
    Some((before, Some(format!("date:{date}"))))
}

/// `d` of `days`, as it stands in `last-30d`.
fn unit_of_time(word: &str) -> Option<char> {
    let unit = word.strip_suffix('s').unwrap_or(word);
    matches!(unit, "day" | "week" | "month" | "year").then(|| unit.chars().next())?
}

/// A value as it stands behind a colon.
fn value(text: &str) -> String {
    if text.contains(' ') && !text.starts_with('"') { quoted(text) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    fn mayors(words: &[&str]) -> usize {
        usize::from(words.first() == Some(&"mayor"))
    }

    #[test]
    fn questions_are_read() {
        for (question, query) in [
            ("what did Okafor say about the barrier", "speaker:okafor barrier"),
            ("What did Adaeze Okafor say about the cost of the barrier in 2024?", "speaker:\"adaeze okafor\" cost barrier date:2024"),
            (
                "what has the prime minister said on flood gates since 2023",
                "(speaker:\"prime minister\" OR role:\"prime minister\") flood gates since:2023",
            ),
            ("what did Okafor promise in March 2024", "speaker:okafor cue:promis*,vow*,pledg* date:\"march 2024\""),
            ("what has Okafor admitted about the cost", "speaker:okafor cue:admit*,conced*,acknowledg* cost"),
            ("did the state department deny the leak", "(speaker:\"state department\" OR role:\"state department\") cue:deny*,denie* leak"),
            ("who slammed the barrier", "cue:critici*,condemn*,denounc*,slam*,blast* barrier"),
            ("who warned about Hull in 2024?", "cue:warn*,caution* hull date:2024"),
            ("who is denying it", "cue:deny*,denie*"),
            ("what did Okafor say on 5 March, 2024", "speaker:okafor date:\"5 march 2024\""),
            ("what did Okafor say about 2029 before 2025", "speaker:okafor 2029 before:2025"),
            ("what Okafor said about it", "speaker:okafor"),
            ("what does Okafor think", "speaker:okafor"),
            ("what did Mayor Lunde say about Hull's barrier", "speaker:lunde hull's barrier"),
            ("what did \"Adaeze Okafor\" say about tea", "speaker:\"Adaeze Okafor\" tea"),
            ("what's Okafor saying about the barrier", "speaker:okafor barrier"),
            ("what did Okafor say about the “storm surge” in Hull?", "speaker:okafor \"storm surge\" hull"),
            ("did Okafor mention the Romans?", "speaker:okafor romans"),
            ("has Okafor said anything about delays", "speaker:okafor delays"),
            ("what did Okafor tell the committee about delays", "speaker:okafor delays"),
            ("who said the barrier is late", "barrier late"),
            ("who has talked about tea", "tea"),
            ("who said what about tea", "tea"),
            ("what was said about the barrier", "barrier"),
            ("what are people saying about Hull", "hull"),
            ("what did Obama and Romney say about jobs", "speaker:obama,romney jobs"),
            ("what did Barack Obama and Mayor Lunde say about jobs", "speaker:\"barack obama\",lunde jobs"),
            (
                "what did the mayor and the governor say about jobs",
                "(speaker:mayor OR role:mayor OR speaker:governor OR role:governor) jobs",
            ),
            (
                "what did the department of health and human services say",
                "(speaker:\"department of health and human services\" OR role:\"department of health and human services\")",
            ),
            ("what did officials say about ebola", "(speaker:officials OR role:officials) ebola"),
            ("what did Hull police say", "(speaker:\"hull police\" OR role:\"hull police\")"),
            ("what was said about the barrier by Okafor in 2024", "speaker:okafor barrier date:2024"),
            ("what was said by Okafor about the barrier", "speaker:okafor barrier"),
            ("what did Okafor say in 2024 about the barrier", "speaker:okafor barrier date:2024"),
            ("quotes by Okafor about the barrier", "speaker:okafor barrier"),
            ("statements from Adaeze Okafor on Hull since 2024", "speaker:\"adaeze okafor\" hull since:2024"),
            ("what did Okafor say about Hull last year", "speaker:okafor hull date:last-year"),
            ("what did Okafor say yesterday", "speaker:okafor date:yesterday"),
            ("what did Okafor say about tea in the last 30 days", "speaker:okafor tea date:last-30d"),
            ("what did Okafor say about tea over the past week", "speaker:okafor tea date:last-1w"),
            ("what did Okafor say about tea between 2012 and 2014", "speaker:okafor tea since:2012 until:2014"),
            ("what did Okafor say about tea from March 2012 to May 2014", "speaker:okafor tea since:\"march 2012\" until:\"may 2014\""),
            ("(what did Okafor say about the barrier) since:2024", "(speaker:okafor barrier) since:2024"),
        ] {
            assert_eq!(sentence(question, &mayors).as_deref(), Some(query), "{question}");
        }
    }

    #[test]
    fn words_are_no_question() {
        for words in [
            "okafor barrier",
            "who",
            "what",
            "\"what did Okafor say\"",
            "what did Ada \"Okafor\" say about the barrier",
            "what did Okafor say about the \"storm surge",
            "what did she say about the barrier",
            "did not say",
            "what* said",
            "speaker:okafor said",
            "what did Okafor say AND barrier",
            "the minister said",
            "what food for thought",
            "will tell",
            "who said what",
            "who was accused of fraud",
            "what was Okafor accused of",
            "who is who",
            "quotes by",
            "remarks of the day she spent",
            "",
        ] {
            assert_eq!(sentence(words, &mayors), None, "{words}");
        }
    }
}
