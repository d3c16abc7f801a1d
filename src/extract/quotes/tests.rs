use crate::article::{Article, Offsets};
use crate::extract::names::{self, Entity, EntityKind, Gender, Mention, Names};
use crate::extract::page::Page;
use expect_test::{Expect, expect};
use proptest::prelude::*;

/// Names as a perfect tagger would find them: `people` are full names; the last word alone is a mention too.
pub(super) fn names_in(body: &str, people: &[(&str, Gender)], organizations: &[&str]) -> Names {
    let occurrences = |text: &str| -> Vec<std::ops::Range<usize>> {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        body.match_indices(text)
            .map(|(i, m)| i..i + m.len())
            .filter(|r| edge(body[..r.start].chars().next_back()) && edge(body[r.end..].chars().next()))
            .collect()
    };
    let mut entities = Vec::new();
    let kinds = people.iter().map(|(n, g)| (*n, *g, EntityKind::Person));
    for (name, gender, kind) in kinds.chain(organizations.iter().map(|n| (*n, Gender::Unknown, EntityKind::Organization))) {
        let mut found = occurrences(name);
        if let Some((_, last)) = name.rsplit_once(' ').filter(|_| kind == EntityKind::Person) {
            let more: Vec<_> =
                occurrences(last).into_iter().filter(|r| !found.iter().any(|f| f.start <= r.start && r.end <= f.end)).collect();
            found.extend(more);
        }
        found.sort_by_key(|r| r.start);
        let mentions = found.into_iter().map(|bytes| Mention { bytes, role: None }).collect();
        entities.push(Entity { kind, name: name.to_owned(), role: None, gender, mentions });
    }
    Names { entities, place_like: Vec::new() }
}

/// One line a quote: kind, words, name, class, words that name the speaker, cue.
pub(super) fn render(body: &str, names: &Names, language: Option<&str>) -> String {
    let page = Page::of(body);
    let article = Article { language: language.map(str::to_owned), ..Article::default() };
    let mut lines = String::new();
    for q in super::find(&page, &article, names) {
        let s = q.speaker.unwrap_or_default();
        let cue = q.cue.map_or(String::new(), |c| format!(" ({})", c.text));
        let names = s.names().collect::<Vec<_>>().join(" + ");
        let (name, text) = (if names.is_empty() { "-" } else { &names }, s.text.as_deref().unwrap_or("-"));
        lines += &format!("{} | {} | {name}, {} [{text}]{cue}\n", q.kind.name(), q.text, s.class.name());
    }
    lines
}

pub(super) const PEOPLE: &[(&str, Gender)] = &[
    ("Ana Ito", Gender::Female),
    ("Paul Diaz", Gender::Male),
    ("Mira Olsen", Gender::Female),
    ("Karl Weber", Gender::Male),
    ("Tom Reyes", Gender::Male),
];

fn check(body: &str, expected: Expect) {
    let names = names_in(body, PEOPLE, &["Harbor Council", "Port Authority"]);
    expected.assert_eq(&render(body, &names, None));
}

#[test]
fn a_cue_behind_or_before_names_the_speaker() {
    check(
        "“The bridge is safe,” Ana Ito said.",
        expect![[r#"
        direct | The bridge is safe, | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "“The bridge is safe,” said Ana Ito, an engineer from Bergen.",
        expect![[r#"
        direct | The bridge is safe, | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "Ana Ito told reporters on Monday: \"The bridge is safe.\"",
        expect![[r#"
        direct | The bridge is safe. | Ana Ito, person [Ana Ito] (told)
    "#]],
    );
    check(
        "“Is it safe?” Ito asked.",
        expect![[r#"
        direct | Is it safe? | Ana Ito, person [Ito] (asked)
    "#]],
    );
    check(
        "According to Paul Diaz, “nobody has looked at the cables in years.”",
        expect![[r#"
        direct | nobody has looked at the cables in years. | Paul Diaz, person [Paul Diaz] (According to)
    "#]],
    );
    check(
        "Diaz was quoted as saying “it was never the cables.”",
        expect![[r#"
        direct | it was never the cables. | Paul Diaz, person [Diaz] (saying)
    "#]],
    );
}

#[test]
fn a_quote_split_by_its_cue_is_one() {
    check(
        "“The bridge,” Ito said, “is safe.”",
        expect![[r#"
        direct | The bridge, is safe. | Ana Ito, person [Ito] (said)
    "#]],
    );
    check(
        "“It is safe,” Ito said. “Go and see.”",
        expect![[r#"
        direct | It is safe, Go and see. | Ana Ito, person [Ito] (said)
    "#]],
    );
}

#[test]
fn appositions_and_relative_clauses_are_stepped_over() {
    check(
        "“It is late,” Ana Ito, an engineer who met Paul Diaz in Oslo, said.",
        expect![[r#"
        direct | It is late, | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "Ito's deputy, Paul Diaz, said the ferry would run “until the last passenger.”",
        expect![[r#"
        mixed | the ferry would run until the last passenger. | Paul Diaz, person [Paul Diaz] (said)
    "#]],
    );
    check(
        "Diaz blamed Ana Ito, who called the plan “a gift to the ferry.”",
        expect![[r#"
        mixed | a gift to the ferry. | Ana Ito, person [who] (called)
    "#]],
    );
    check(
        "“We will rebuild it,” a spokesman for Paul Diaz said.",
        expect![[r#"
        direct | We will rebuild it, | -, anonymous [a spokesman for Paul Diaz] (said)
    "#]],
    );
}

#[test]
fn ways_to_sound_count_beside_a_whole_sentence_only() {
    check(
        "“Not again,” she sighed. Ana Ito had waited for an hour.",
        expect![[r#"
        direct | Not again, | -, unresolved [she] (sighed)
    "#]],
    );
    check(
        "Ana Ito had waited for an hour. “Not again,” she sighed.",
        expect![[r#"
        direct | Not again, | Ana Ito, person [she] (sighed)
    "#]],
    );
    check("Ito smiled at the “Ferry of the Year” sign.", expect![[""]]);
}

#[test]
fn a_quote_runs_over_paragraphs_that_open_again() {
    check(
        "“The first winter was hard,” Ito said. “We had no light.\n\n“The second was worse.\n\n“The third we left.”",
        expect![[r#"
        direct | The first winter was hard, We had no light. The second was worse. The third we left. | Ana Ito, person [Ito] (said)
    "#]],
    );
}

#[test]
fn a_quote_without_a_cue_follows_the_one_before() {
    check(
        "“No,” Paul Diaz said.\n\n“Not in my lifetime.”",
        expect![[r#"
        direct | No, | Paul Diaz, person [Paul Diaz] (said)
        direct | Not in my lifetime. | Paul Diaz, person [Paul Diaz] (said)
    "#]],
    );
    check(
        "“One. Two.” “Three,” Ito said.",
        expect![[r#"
        direct | One. Two. Three, | Ana Ito, person [Ito] (said)
    "#]],
    );
    check(
        "Ito shook her head. “There is no money for it.”",
        expect![[r#"
        direct | There is no money for it. | Ana Ito, person [Ito]
    "#]],
    );
}

#[test]
fn titles_slogans_and_nicknames_are_no_quotes() {
    check("Ana Ito wrote the song “Winter Light” in a boat.", expect![[""]]);
    check("The “free” ferry cost Oslo a million.\n\nWhere: the pier.\n\nWhen: Monday.", expect![[""]]);
    let body = "Karl “Ace” Weber won. “I trained for this,” Weber said.";
    let mut names = names_in(body, PEOPLE, &[]);
    let weber = names.entities.iter_mut().find(|e| e.name == "Karl Weber").expect("listed");
    weber.mentions.insert(0, Mention { bytes: 0.."Karl “Ace” Weber".len(), role: None });
    weber.mentions.retain(|m| m.bytes.start != "Karl “Ace” ".len());
    expect![[r#"
        direct | I trained for this, | Karl Weber, person [Weber] (said)
    "#]]
    .assert_eq(&render(body, &names, None));
}

#[test]
fn reported_words_without_marks_are_indirect() {
    check(
        "Paul Diaz said the bridge would stay closed.",
        expect![[r#"
        indirect | the bridge would stay closed | Paul Diaz, person [Paul Diaz] (said)
    "#]],
    );
    check(
        "The bridge will stay closed, said Paul Diaz.",
        expect![[r#"
        indirect | The bridge will stay closed | Paul Diaz, person [Paul Diaz] (said)
    "#]],
    );
    check(
        "The Harbor Council announced on Friday that the ferry will be free.",
        expect![[r#"
        indirect | the ferry will be free | Harbor Council, organization [Harbor Council] (announced)
    "#]],
    );
    check(
        "Officials said the bridge would stay closed.",
        expect![[r#"
        indirect | the bridge would stay closed | -, anonymous [Officials] (said)
    "#]],
    );
    check("Paul Diaz said nothing.", expect![[""]]);
}

#[test]
fn a_pronoun_stands_for_the_last_subject_that_fits() {
    check(
        "Ana Ito met Paul Diaz at the pier. “We agreed,” she said.",
        expect![[r#"
        direct | We agreed, | Ana Ito, person [she] (said)
    "#]],
    );
    check(
        "Karl Weber spoke first.\n\nTom Reyes followed him on stage.\n\n“I am tired,” he said.",
        expect![[r#"
        direct | I am tired, | Tom Reyes, person [he] (said)
    "#]],
    );
    check(
        "Ana Ito left the room.\n\n“I am tired,” he said.",
        expect![[r#"
        direct | I am tired, | -, unresolved [he] (said)
    "#]],
    );
}

#[test]
fn a_pronoun_nobody_near_fits_stays_open() {
    let body =
        "Karl Weber and Tom Reyes were in town.\n\nThe river rose in the night.\n\nThe pier was closed.\n\n“We have to give,” he said.";
    check(
        body,
        expect![[r#"
        direct | We have to give, | -, unresolved [he] (said)
    "#]],
    );
}

#[test]
fn transcripts_are_read_by_their_labels() {
    check(
        "ITO: Good evening.\n\nDIAZ: Good evening to you.\n\nITO: Shall we begin?",
        expect![[r#"
        direct | Good evening. | Ana Ito, person [ITO]
        direct | Good evening to you. | Paul Diaz, person [DIAZ]
        direct | Shall we begin? | Ana Ito, person [ITO]
    "#]],
    );
    check(
        "“A long night.” — Ana Ito",
        expect![[r#"
        direct | A long night. | Ana Ito, person [Ana Ito] (—)
    "#]],
    );
}

#[test]
fn marks_of_other_languages_pair_and_invent_nobody() {
    check(
        "«Il ponte sul fiume è chiuso», ha detto Ana Ito.",
        expect![[r#"
        direct | Il ponte sul fiume è chiuso | -, unresolved [-]
    "#]],
    );
    check("„Die Brücke ist zu“, sagte Ana Ito.", expect![[""]]);
    check(
        "‘The bridge is shut,’ Ito said. ‘The workers’ boats are not.’",
        expect![[r#"
        direct | The bridge is shut, The workers’ boats are not. | Ana Ito, person [Ito] (said)
    "#]],
    );
}

#[test]
fn names_and_quotes_work_together() {
    let body = "Harriet Lindqvist, the mayor of Lund, said on Monday that the library would stay open.\n\n“Nobody asked me,” she added.";
    let page = Page::of(body);
    let names = names::find(&page, &Article::default());
    expect![[r#"
        indirect | the library would stay open | Harriet Lindqvist, person [Harriet Lindqvist] (said)
        direct | Nobody asked me, | Harriet Lindqvist, person [she] (added)
    "#]]
    .assert_eq(&render(body, &names, None));
}

#[test]
fn marks_pair_as_papers_use_them() {
    let check = |body: &str, expected: &[&str]| {
        let page = Page::of(body);
        let paragraphs = page.paragraphs.iter().map(|p| page.tokens[p.start].start as usize..page.tokens[p.end - 1].end as usize);
        let found: Vec<_> = super::marks::pair(body, paragraphs, |_| false).into_iter().map(|m| body[m.inner].to_owned()).collect();
        assert_eq!(found, expected, "{body}");
    };
    check("\"One\" and \"two\".", &["One", "two"]);
    check("''One'' and ``two''.", &["One", "two"]);
    check("“One “two” three” four", &["One “two” three"]);
    check("”One,” he said.", &["One,"]);
    check("“One” „zwei“ «trois» »vier« ‘five’ 'six' 「七」", &["One", "zwei", "trois", "vier", "five", "six", "七"]);
    check("“Open to the end\n\nNext “closed”.", &["Open to the end", "closed"]);
    check("“Never closed, he said. “Two.”", &["Never closed, he said.", "Two."]);
    check("The dogs' owner didn't say 'yes' to Ito's plan.", &["yes"]);
    check("a 6'2\" man said \"no\"", &["no"]);
    check("stray ” marks", &[]);
}

#[test]
fn verbs_are_known_in_all_forms() {
    use super::{closed::Word, cue::Form};
    let check = |word: &str, form: Form| assert_eq!(Word::of(word).verb().map(|v| v.form), Some(form), "{word}");
    check("says", Form::Present);
    check("replied", Form::Past);
    check("admitted", Form::Past);
    check("quipping", Form::Gerund);
    check("noting", Form::Gerund);
    check("written", Form::Participle);
    check("cries", Form::Present);
    assert_eq!(Word::of("walked").verb(), None);
}

#[test]
fn lead_ins_blocks_and_agencies() {
    check(
        "Ito said in a statement:\n\nWe are sorry for what has happened on the ferry.",
        expect![[r#"
        direct | We are sorry for what has happened on the ferry. | Ana Ito, person [Ito] (said)
    "#]],
    );
    check(
        "The wire service quoted Paul Diaz as saying the bridge was “a heap of rust.”",
        expect![[r#"
        mixed | the bridge was a heap of rust. | Paul Diaz, person [Paul Diaz] (saying)
    "#]],
    );
    check(
        "“It is over,” the agency quoted Diaz as saying.",
        expect![[r#"
        direct | It is over, | Paul Diaz, person [Diaz] (saying)
    "#]],
    );
    check(
        "The Harbor Council met. The council said the pier “was never safe.”",
        expect![[r#"
        mixed | the pier was never safe. | Harbor Council, organization [The council] (said)
    "#]],
    );
    check(
        "Olsen took the stage and called the plan “rotten to the core.”",
        expect![[r#"
        mixed | rotten to the core. | Mira Olsen, person [Olsen] (called)
    "#]],
    );
}

proptest! {
    #[test]
    fn every_span_lies_in_the_body_and_in_order(body in "(Ana Ito|said|[a-z]{1,6}|[“”\"'‘’«»„.,?:\n—-]|he|that|told| ){0,60}") {
        let page = Page::of(&body);
        let names = names_in(&body, PEOPLE, &[]);
        let offsets = Offsets::of(&body);
        for q in super::find(&page, &Article::default(), &names) {
            let pieces: Vec<&str> = q.spans.iter().map(|s| offsets.slice(&body, *s).trim()).collect();
            prop_assert_eq!(pieces.join(" "), q.text);
            prop_assert!(q.spans.windows(2).all(|w| w[0].end <= w[1].start));
            prop_assert!((0.0..=1.0).contains(&q.confidence));
        }
    }
}
