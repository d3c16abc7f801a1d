//! What is marked is what matched: a thousand random hits, each mark cut out of the text and held against the query anew.

use super::archive::Scratch;
use crate::news::{self, Dice};
use morgue::archive::{Answer, Archive};
use morgue::query::{Search, Target};
use morgue::words::{fold, stem, words};

/// One thing asked for, and how a marked text is told to be it.
enum Asked {
    Word(String),
    Exact(String),
    Beginning(String),
    Phrase(Vec<String>),
}

impl Asked {
    fn of(kind: usize, row: &[String]) -> Asked {
        match kind {
            0 => Asked::Word(row[0].clone()),
            1 => Asked::Exact(row[0].clone()),
            2 => Asked::Beginning(row[0].chars().take(4).collect()),
            _ => Asked::Phrase(row.to_vec()),
        }
    }

    fn typed(&self) -> String {
        match self {
            Asked::Word(word) => word.clone(),
            Asked::Exact(word) => format!("={word}"),
            Asked::Beginning(word) => format!("{word}*"),
            Asked::Phrase(words) => format!("\"{}\"", words.join(" ")),
        }
    }

    fn is(&self, forms: &[String]) -> bool {
        match (self, forms) {
            (Asked::Word(word), [form]) => stem("en", word) == stem("en", form),
            (Asked::Exact(word), [form]) => word == form,
            (Asked::Beginning(word), [form]) => form.starts_with(word),
            (Asked::Phrase(words), forms) => words == forms,
            _ => false,
        }
    }
}

/// Whether every word of a mark belongs to something asked for: what overlaps is one mark.
fn is_asked(marked: &str, asked: &[Asked]) -> bool {
    let forms: Vec<String> = words(marked).into_iter().map(|w| w.3).collect();
    let stands = |from: usize, to: usize| asked.iter().any(|a| a.is(&forms[from..to]));
    !forms.is_empty() && (0..forms.len()).all(|at| (0..=at).any(|from| (at + 1..=forms.len()).any(|to| stands(from, to))))
}

/// The marks of one text: in order, apart, and each one of the things asked for.
fn check(text: &str, marks: &[(u32, u32)], asked: &[Asked], place: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let mut last = 0;
    for (start, end) in marks {
        assert!(last <= *start && start < end && *end as usize <= chars.len(), "{place}: {start}..{end} of {text}");
        last = *end;
        let marked: String = chars[*start as usize..*end as usize].iter().collect();
        assert!(is_asked(&marked, asked), "{place}: `{marked}` is marked in {text}");
    }
    marks.len()
}

/// Asks a random question of the words of some article, and checks every hit; how many there were.
fn ask(archive: &Archive, bodies: &[(String, String)], dice: &mut Dice, target: Target) -> usize {
    let (_, body) = &bodies[dice.below(bodies.len())];
    let all: Vec<(usize, usize, u32, String)> = words(body);
    let asked: Vec<Asked> = (0..1 + dice.below(3))
        .map(|_| {
            let at = dice.below(all.len() - 3);
            // Words in a row with nothing but a space between.
            let row: Vec<String> = (at..at + 2)
                .filter(|i| body[all[at].0..all[*i].1].chars().all(|c| c.is_alphanumeric() || c == ' '))
                .map(|i| all[i].3.clone())
                .collect();
            if row.len() < 2 || all[at].3 != fold(&body[all[at].0..all[at].1]) {
                Asked::Exact("council".to_owned())
            } else {
                Asked::of(dice.below(4), &row)
            }
        })
        .collect();
    let tie = [" ", " OR ", " NEAR/8 ", " /s "][dice.below(4)];
    let text = asked.iter().map(Asked::typed).collect::<Vec<_>>().join(tie);
    let question = archive.question(&text, target).unwrap_or_else(|e| panic!("{text}: {e}"));
    let search = Search { target, limit: Some(25), mark: true, ..Search::articles(question.query) };
    let answered = archive.answer(&search).unwrap();
    if answered.partial {
        return 0;
    }
    for hit in &answered.hits {
        let place = format!("{text} in {}", hit.id());
        let body = &bodies.iter().find(|(id, _)| hit.id().split('#').next() == Some(id)).unwrap().1;
        let n_marks = match hit {
            Answer::Article(hit) => {
                let mut n = check(hit.title.as_deref().unwrap_or(""), &hit.title_marks, &asked, &place);
                for snippet in &hit.snippets {
                    let stands: String =
                        body.chars().skip(snippet.start as usize).take(snippet.text.trim_end_matches('…').chars().count()).collect();
                    assert_eq!(stands.replace(char::is_whitespace, " "), snippet.text.trim_end_matches('…'), "{place}");
                    n += check(&snippet.text, &snippet.marks, &asked, &place);
                }
                n
            }
            Answer::Quote(hit) => check(&hit.text, &hit.marks, &asked, &place),
        };
        assert!(n_marks > 0, "{place}: nothing is marked");
    }
    answered.hits.len()
}

#[test]
fn what_is_marked_is_what_matched() {
    let scratch = Scratch::new();
    news::write(&scratch.files().join("news.jsonl"), 400, 11);
    scratch.index();
    let archive = scratch.open();
    let everything = archive.search(&Search { limit: None, ..Search::articles(morgue::query::Query::All) }).unwrap();
    let bodies: Vec<(String, String)> = everything.hits.into_iter().map(|h| (h.id, h.clipping.unwrap().article.body)).collect();
    let mut dice = Dice::new(5);
    for target in [Target::Articles, Target::Quotes] {
        let (mut n_hits, mut n_questions) = (0, 0);
        while n_hits < 1_000 {
            n_hits += ask(&archive, &bodies, &mut dice, target);
            n_questions += 1;
            assert!(n_questions < 5_000, "only {n_hits} hits");
        }
        println!("{n_hits} hits of {n_questions} questions");
    }
}
