//! Questions as people say them: what did X say about Y?

use super::dates;
use super::spell::quoted;

/// Verbs of saying, by which such a question is known.
const SAYING: &[&str] = &[
    "say",
    "says",
    "said",
    "saying",
    "tell",
    "tells",
    "told",
    "telling",
    "talk",
    "talks",
    "talked",
    "talking",
    "speak",
    "speaks",
    "spoke",
    "spoken",
    "speaking",
    "think",
    "thinks",
    "thought",
    "thinking",
    "mention",
    "mentions",
    "mentioned",
    "comment",
    "comments",
    "commented",
    "remark",
    "remarked",
    "state",
    "stated",
    "claim",
    "claims",
    "claimed",
    "announce",
    "announced",
    "argue",
    "argues",
    "argued",
    "explain",
    "explained",
];

/// Those of them that are nothing else.
const PLAIN: &[&str] = &["say", "says", "said", "saying", "tell", "tells", "told", "thinks"];

/// Verbs that say how something was said, those of one meaning together, and the cues that are asked for.
const TELLING: &[(&[&str], &str)] = &[
    (&["promise", "vow", "pledge"], "promis*,vow*,pledg*"),
    (&["deny"], "deny*,denie*"),
    (&["admit", "concede", "acknowledge"], "admit*,conced*,acknowledg*"),
    (&["warn", "caution"], "warn*,caution*"),
    (&["criticize", "criticise", "condemn", "denounce", "slam"], "critici*,condemn*,denounc*,slam*,blast*"),
    (&["praise", "applaud"], "prais*,applaud*,hail*"),
    (&["accuse", "blame"], "accus*,blam*"),
    (&["defend"], "defend*"),
    (&["reject", "dismiss"], "reject*,dismiss*"),
    (&["urge"], "urg*"),
    (&["demand"], "demand*"),
    (&["predict"], "predict*"),
    (&["threaten"], "threaten*"),
    (&["complain"], "complain*"),
    (&["apologize", "apologise"], "apologi*"),
    (&["confirm"], "confirm*"),
];

const HELPING: &[&str] = &["did", "does", "do", "has", "have", "had", "is", "are", "was", "were", "would", "will", "could", "can"];

/// What a question leads its matter in with.
const LEADING: &[&str] = &["about", "regarding", "concerning"];

/// Whoever is meant by these is known only where the words stand.
const POINTING: &[&str] = &["he", "she", "it", "they", "you", "we", "i", "him", "her", "them", "this", "that", "these", "those", "not"];

/// Anybody at all.
const ANYBODY: &[&str] = &["people", "anyone", "anybody", "everyone", "everybody", "someone", "somebody", "politicians", "experts"];

/// Words on which the matter of a question does not depend.
const SLIGHT: &[&str] = &[
    "what",
    "the",
    "a",
    "an",
    "of",
    "to",
    "in",
    "at",
    "on",
    "for",
    "with",
    "by",
    "from",
    "and",
    "or",
    "as",
    "that",
    "this",
    "these",
    "those",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "your",
    "anything",
    "something",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "it",
    "so",
];

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
    let is_in = |list: &[&str], word: &str| list.contains(&word);
    let (speaker, verb, matter) = match words.as_slice() {
        ["who", rest @ ..] => {
            let (helping, rest) = rest.split_first().filter(|(first, _)| is_in(HELPING, first)).map_or(("", rest), |(h, rest)| (*h, rest));
            let (verb, matter) = rest.split_first().filter(|(verb, _)| is_verb(verb) && !is_passive(helping, verb))?;
            (&[][..], *verb, matter)
        }
        ["what" | "what's" | "what’s" | "when" | "where" | "why" | "how", rest @ ..] => parted(rest)?,
        [first, ..] if is_in(HELPING, first) => parted(&words).filter(|(speaker, ..)| !speaker.is_empty())?,
        _ => return None,
    };
    let (speaker, is_described) = match speaker {
        ["the" | "a" | "an", speaker @ ..] => (speaker, true),
        speaker => (&speaker[n_titles(speaker)..], false),
    };
    if speaker.iter().any(|word| is_in(POINTING, word)) || speaker.len() > 1 && speaker.iter().any(|word| word.starts_with('"')) {
        return None;
    }
    let mut clauses = Vec::new();
    match speaker {
        [] => {}
        [anybody] if is_in(ANYBODY, anybody) => {}
        name => {
            let name = value(&name.join(" "));
            clauses.push(if is_described { format!("(speaker:{name} OR role:{name})") } else { format!("speaker:{name}") });
        }
    }
    clauses.extend(cues(verb).map(|cues| format!("cue:{cues}")));
    let (matter, date) = dated(matter);
    let matter = matter.iter().position(|word| is_in(LEADING, word)).map_or(matter, |at| &matter[at + 1..]);
    clauses.extend(matter.iter().filter(|word| !is_in(SLIGHT, word)).map(|word| (*word).to_owned()));
    clauses.extend(date);
    (!clauses.is_empty()).then(|| clauses.join(" "))
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
    SAYING.contains(&word) || cues(word).is_some()
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
    if !PLAIN.contains(&words[verb]) && !speaker.iter().any(|word| HELPING.contains(word)) {
        return None;
    }
    if let Some((_, rest)) = speaker.split_first().filter(|(first, _)| HELPING.contains(first)) {
        speaker = rest;
    }
    if let Some((_, rest)) = speaker.split_last().filter(|(last, _)| HELPING.contains(last)) {
        speaker = rest;
    }
    (speaker.len() <= 10).then_some((speaker, words[verb], matter))
}

/// A date at the end of a question, as the clause that says it: `in March 2024`, `since 2024`.
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
    (1..=3).rev().find_map(clause).unwrap_or((words, None))
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
            "",
        ] {
            assert_eq!(sentence(words, &mayors), None, "{words}");
        }
    }
}
