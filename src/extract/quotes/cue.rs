//! Which words tie a quote to its speaker: reporting verbs with all their forms, and how far each can be trusted.
//!
//! The table stands in `words/verbs.txt`. Forms are made from the lemmas by the rules of English spelling, so that the
//! table stays readable; irregular ones are written out.

use std::collections::HashMap;

/// A form of a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verb {
    /// How far the verb can be trusted to report speech.
    pub trust: Trust,
    /// Which form of it.
    pub form: Form,
    /// Whether it may govern a clause without `that`.
    pub bare: bool,
}

/// How far a verb can be trusted to report speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// A way to sound or look: only beside a whole quoted sentence.
    Manner,
    /// Reports speech beside words in quotation marks or before `that`.
    Weak,
    /// Reports speech whatever stands around it.
    Strong,
}

/// Form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `say`: plural present, or after `to` and modals.
    Base,
    /// `says`
    Present,
    /// `said`, also as a participle.
    Past,
    /// `written`: a participle only.
    Participle,
    /// `saying`
    Gerund,
}

/// Every form of every reporting verb, in small letters.
pub(super) fn forms() -> impl Iterator<Item = (Box<str>, Verb)> {
    table(include_str!("words/verbs.txt")).into_iter().filter(|(form, _)| (3..=16).contains(&form.len()))
}

type Table = HashMap<Box<str>, Verb>;

fn table(text: &str) -> Table {
    let mut forms = Table::default();
    let (mut trust, mut bare) = (Trust::Weak, false);
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix('[') {
            trust = if heading.starts_with("strong") {
                Trust::Strong
            } else if heading.starts_with("manner") {
                Trust::Manner
            } else {
                Trust::Weak
            };
            bare = heading.contains("bare");
            continue;
        }
        let mut words = line.split_whitespace();
        let Some(lemma) = words.next().filter(|l| !l.starts_with('#')) else { continue };
        let past = words.next().map_or_else(|| past(lemma), str::to_owned);
        let participle = words.next().map(str::to_owned);
        let all = [(lemma.to_owned(), Form::Base), (third(lemma), Form::Present), (gerund(lemma, &past), Form::Gerund), (past, Form::Past)];
        for (form, kind) in all.into_iter().chain(participle.map(|p| (p, Form::Participle))) {
            let verb = Verb { trust, form: kind, bare };
            // A word that is also the past of its lemma ("put", "read") counts as the past, which news writes.
            let slot = forms.entry(form.into_boxed_str()).or_insert(verb);
            if trust > slot.trust || kind == Form::Past && slot.form == Form::Base {
                *slot = Verb { trust: trust.max(slot.trust), ..verb };
            }
        }
    }
    forms
}

fn vowel(c: Option<char>) -> bool {
    c.is_some_and(|c| "aeiou".contains(c))
}

/// `cries`, `pushes`, `says`.
fn third(lemma: &str) -> String {
    let before_last = lemma.chars().rev().nth(1);
    match lemma.strip_suffix('y') {
        Some(stem) if !vowel(before_last) => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh", "go"].iter().any(|e| lemma.ends_with(e)) => format!("{lemma}es"),
        _ => format!("{lemma}s"),
    }
}

/// `cried`, `noted`, `added`.
fn past(lemma: &str) -> String {
    let before_last = lemma.chars().rev().nth(1);
    match lemma.strip_suffix('y') {
        Some(stem) if !vowel(before_last) => format!("{stem}ied"),
        _ if lemma.ends_with('e') => format!("{lemma}d"),
        _ => format!("{lemma}ed"),
    }
}

/// `noting`, `adding`; doubles the consonant where the past does (`quipping`).
fn gerund(lemma: &str, past: &str) -> String {
    let last = lemma.chars().next_back().unwrap_or('e');
    if last == 'e' && !lemma.ends_with("ee") {
        return format!("{}ing", &lemma[..lemma.len() - 1]);
    }
    if past.len() > lemma.len() + 2 && past.strip_suffix("ed").is_some_and(|p| p.len() == lemma.len() + 1 && p.ends_with(last)) {
        return format!("{lemma}{last}ing");
    }
    match lemma {
        "begin" | "put" | "hit" | "swim" => format!("{lemma}{last}ing"),
        _ => format!("{lemma}ing"),
    }
}
