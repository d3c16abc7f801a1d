//! The cases on which other systems are known to fail, one by one: attributions left unknown, appositions, nicknames, verbs of
//! manner, quotes over several paragraphs, and what stands in marks without being a quote.

use super::tests::{PEOPLE, names_in, render};
use crate::article::Article;
use crate::extract::names;
use crate::extract::page::Page;
use expect_test::{Expect, expect};

fn check(body: &str, expected: Expect) {
    expected.assert_eq(&render(body, &names_in(body, PEOPLE, &["Harbor Council"]), None));
}

/// With the names the tagger finds.
pub(super) fn check_tagged(body: &str, expected: Expect) {
    let names = names::find(&Page::of(body), &Article::default());
    expected.assert_eq(&render(body, &names, None));
}

#[test]
fn most_of_what_news_quotes_has_a_speaker() {
    check_tagged(
        "“We were told nothing,” said Marta Lindqvist, who has run the ferry office in Halden since 2009.\n\n“Not a word,” agreed her deputy, Tom Okafor.\n\nAsked about the costs, Lindqvist shrugged. “Ask the council.”",
        expect![[r#"
            direct | We were told nothing, | Marta Lindqvist, person [Marta Lindqvist] (said)
            direct | Not a word, | Tom Okafor, person [Tom Okafor] (agreed)
            direct | Ask the council. | Marta Lindqvist, person [Lindqvist]
        "#]],
    );
}

#[test]
fn an_apposition_between_name_and_verb() {
    check(
        "“It is done,” Ana Ito, the mayor’s deputy and a former judge, told reporters.",
        expect![[r#"
        direct | It is done, | Ana Ito, person [Ana Ito] (told)
    "#]],
    );
    check(
        "“It is done,” said the mayor’s deputy, Ana Ito.",
        expect![[r#"
        direct | It is done, | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "Paul Diaz, 52, a fisherman from Halden, said: “It is done.”",
        expect![[r#"
        direct | It is done. | Paul Diaz, person [Paul Diaz] (said)
    "#]],
    );
    check(
        "“It is done,” Paul Diaz (no relation to the mayor) said.",
        expect![[r#"
        direct | It is done, | Paul Diaz, person [Paul Diaz] (said)
    "#]],
    );
}

#[test]
fn nicknames_are_part_of_the_name() {
    check_tagged(
        "Robert “Bobby” Castellano closed the bar in May. “I was tired,” Castellano said.",
        expect![[r#"
        direct | I was tired, | Robert “Bobby” Castellano, person [Castellano] (said)
    "#]],
    );
}

#[test]
fn verbs_of_manner() {
    check(
        "Ana Ito put down the phone. “Never again,” she sighed.",
        expect![[r#"
        direct | Never again, | Ana Ito, person [she] (sighed)
    "#]],
    );
    check(
        "“Never again!” laughed Paul Diaz.",
        expect![[r#"
        direct | Never again! | Paul Diaz, person [Paul Diaz] (laughed)
    "#]],
    );
    check(
        "“Never again,” Mira Olsen said with a sigh.",
        expect![[r#"
        direct | Never again, | Mira Olsen, person [Mira Olsen] (said)
    "#]],
    );
}

#[test]
fn over_paragraphs() {
    check(
        "“We came in the night,” Ana Ito said.\n\n“There was no light, no heat.\n\n“And nobody had told us.”\n\nPaul Diaz disagreed: “They were told.”",
        expect![[r#"
            direct | We came in the night, | Ana Ito, person [Ana Ito] (said)
            direct | There was no light, no heat. And nobody had told us. | Ana Ito, person [Ana Ito] (said)
            direct | They were told. | Paul Diaz, person [Paul Diaz] (disagreed)
        "#]],
    );
    check(
        "“We came in the night. There was no light.\n\n“And nobody had told us,” Ana Ito said.",
        expect![[r#"
        direct | We came in the night. There was no light. And nobody had told us, | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
}

#[test]
fn split_and_nested() {
    check(
        "“We will go,” Ana Ito said, “when the council says ‘go,’ and not before.”",
        expect![[r#"
        direct | We will go, when the council says ‘go,’ and not before. | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "“He looked at me,” Ito said, adding: “Then he left.”",
        expect![[r#"
        direct | He looked at me, | Ana Ito, person [Ito] (said)
        direct | Then he left. | Ana Ito, person [Ito] (adding)
    "#]],
    );
    check(
        "“I asked him, ‘Why?’ and he said, ‘Because,’” Ana Ito recalled.",
        expect![[r#"
        direct | I asked him, ‘Why?’ and he said, ‘Because,’ | Ana Ito, person [Ana Ito] (recalled)
    "#]],
    );
}

#[test]
fn single_marks_as_in_britain() {
    check(
        "‘The council’s offer is an insult,’ Ana Ito told the BBC. ‘It’s the workers’ money.’",
        expect![[r#"
        direct | The council’s offer is an insult, It’s the workers’ money. | Ana Ito, person [Ana Ito] (told)
    "#]],
    );
    check(
        "'We don't know what'll happen,' said Paul Diaz, 'but we'll be here.'",
        expect![[r#"
        direct | We don't know what'll happen, but we'll be here. | Paul Diaz, person [Paul Diaz] (said)
    "#]],
    );
    check(
        "‘He said “never” and meant it,’ Ito said.",
        expect![[r#"
        direct | He said “never” and meant it, | Ana Ito, person [Ito] (said)
    "#]],
    );
}

#[test]
fn dashes_questions_and_answers() {
    check(
        "“A long night.” — Ana Ito, mayor of Halden",
        expect![[r#"
        direct | A long night. | Ana Ito, person [Ana Ito] (—)
    "#]],
    );
    check(
        "ITO: Will it rain?\n\nDIAZ: It will.\n\nITO: And snow?\n\nDIAZ: No.",
        expect![[r#"
        direct | Will it rain? | Ana Ito, person [ITO]
        direct | It will. | Paul Diaz, person [DIAZ]
        direct | And snow? | Ana Ito, person [ITO]
        direct | No. | Paul Diaz, person [DIAZ]
    "#]],
    );
    check(
        "Ana Ito: Will it rain?\n\nPaul Diaz: It will.\n\nAna Ito: And snow?",
        expect![[r#"
        direct | Will it rain? | Ana Ito, person [Ana Ito]
        direct | It will. | Paul Diaz, person [Paul Diaz]
        direct | And snow? | Ana Ito, person [Ana Ito]
    "#]],
    );
}

#[test]
fn tweets_and_statements() {
    check(
        "Ana Ito tweeted on Monday: “The bridge is open again.”",
        expect![[r#"
        direct | The bridge is open again. | Ana Ito, person [Ana Ito] (tweeted)
    "#]],
    );
    check(
        "In a statement, the Harbor Council said “the bridge is open again.”",
        expect![[r#"
        direct | the bridge is open again. | Harbor Council, organization [Harbor Council] (said)
    "#]],
    );
    check(
        "“The bridge is open again,” read a statement from the Harbor Council.",
        expect![[r#"
        direct | The bridge is open again, | Harbor Council, organization [a statement] (read)
    "#]],
    );
    check(
        "“The bridge is open again,” Ana Ito said by telephone from Oslo.",
        expect![[r#"
        direct | The bridge is open again, | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "“The bridge is open again,” the Harbor Council’s statement read.",
        expect![[r#"
        direct | The bridge is open again, | Harbor Council, organization [the Harbor Council’s statement] (read)
    "#]],
    );
}

#[test]
fn marks_that_quote_nobody() {
    check("Ana Ito starred in “The Long Winter” and “Ferry Tales” before she was mayor.", expect![[""]]);
    check("Paul Diaz wore a “Save the Ferry” shirt to the “town hall.”", expect![[""]]);
    check("The so-called “ghost ships” of Halden have been there since 1990.", expect![[""]]);
    check("The word “ferry” comes from the north.", expect![[""]]);
    check("Their slogan, “Boats Not Bridges,” hung above the pier.", expect![[""]]);
}

#[test]
fn unknown_stays_unknown() {
    check(
        "“Somebody has to pay,” a woman in the crowd said.",
        expect![[r#"
        direct | Somebody has to pay, | -, anonymous [a woman in the crowd] (said)
    "#]],
    );
    check(
        "“Somebody has to pay,” officials said.",
        expect![[r#"
        direct | Somebody has to pay, | -, anonymous [officials] (said)
    "#]],
    );
    check(
        "“Somebody has to pay,” according to a person familiar with the talks.",
        expect![[r#"
        direct | Somebody has to pay, | -, anonymous [a person familiar] (according to)
    "#]],
    );
    check(
        "Ana Ito met Mira Olsen. The two talked for an hour.\n\nThe pier was closed.\n\nA storm came.\n\n“I lost,” he said.",
        expect![[r#"
        direct | I lost, | -, unresolved [he] (said)
    "#]],
    );
}

#[test]
fn a_mark_left_alone_inside_a_name() {
    check_tagged(
        "“Too little,” Bo\"Lee told the paper. He added that it was late.",
        expect![[r#"
            direct | Lee told the paper. He added that it was late. | Bo, person [Bo]
        "#]],
    );
}

#[test]
fn whose_the_report_is_was_not_said() {
    let body = "“We will look again,” the Harbor Council said.\n\nThe report said, “The wall is unsafe for boats and people.” The lawsuit said, “The council has known it since May.”";
    let names = names_in(body, PEOPLE, &["Harbor Council"]);
    let quotes = crate::extract::quotes::find(&Page::of(body), &Article::default(), &names);
    let told: Vec<_> = quotes.iter().map(|q| (q.speaker.as_ref().and_then(|s| s.name.as_deref()), q.confidence > 0.8)).collect();
    let council = Some("Harbor Council");
    assert_eq!(told, [(council, true), (council, false), (None, false)], "the same body, and less sure; of a lawsuit nobody");
}
