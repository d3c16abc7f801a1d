use crate::extract::names::Gender;
use crate::extract::quotes::tests::{PEOPLE, names_in, render};
use expect_test::{Expect, expect};

fn check(body: &str, expected: Expect) {
    let people: Vec<(&str, Gender)> = PEOPLE.iter().copied().chain([("Will From", Gender::Male)]).collect();
    expected.assert_eq(&render(body, &names_in(body, &people, &["Harbor Council"]), None));
}

#[test]
fn names_that_are_small_words_speak_too() {
    check(
        "“It is a costly trade,” said Will From, a fisherman. “We pay for it,” From said.",
        expect![[r#"
            direct | It is a costly trade, | Will From, person [Will From] (said)
            direct | We pay for it, | Will From, person [From] (said)
        "#]],
    );
}

#[test]
fn one_person_may_be_named_by_two_nouns() {
    check(
        "Sen. Paul Diaz spoke first.\n\n“I have warned of this,” the Oslo senator and former teacher said in a statement.",
        expect![[r#"
            direct | I have warned of this, | Paul Diaz, person [the Oslo senator and former teacher] (said)
        "#]],
    );
}

#[test]
fn marks_inside_an_apposition_hide_nobody() {
    check(
        "“The ferry is better,” Ana Ito, wearing a cap and “Vote Weber” pins, said.",
        expect![[r#"
            direct | The ferry is better, | Ana Ito, person [Ana Ito] (said)
        "#]],
    );
    check(
        "Paul Diaz visited “Harbor Days” to talk of his rival, Ana Ito, saying “on her worst day” she was better than most.",
        expect![[r#"
            direct | on her worst day | Paul Diaz, person [Paul Diaz] (saying)
        "#]],
    );
}

#[test]
fn whoever_stands_behind_with_speaks() {
    check(
        "Supporters of Ana Ito pushed a guest, with Paul Diaz loudly yelling: “Get him out of here!”",
        expect![[r#"
            direct | Get him out of here! | Paul Diaz, person [Paul Diaz] (yelling)
        "#]],
    );
}

#[test]
fn the_report_that_holds_the_others_counts() {
    check(
        "Paul Diaz told a reporter that for once he was feeling “a lot of emotion.”",
        expect![[r#"
            direct | a lot of emotion. | Paul Diaz, person [Paul Diaz] (told)
        "#]],
    );
    check(
        "Ana Ito said Paul Diaz would continue “to fight for the pier.”",
        expect![[r#"
            mixed | Paul Diaz would continue to fight for the pier. | Ana Ito, person [Ana Ito] (said)
        "#]],
    );
}

#[test]
fn time_and_the_passive_are_no_speakers() {
    check(
        "But a few days later, Paul Diaz turned round, telling the paper that the rules “are set, and we leave it so.”",
        expect![[r#"
            mixed | the rules are set, and we leave it so. | Paul Diaz, person [Paul Diaz] (telling)
        "#]],
    );
    check(
        "Ana Ito told the council when asked about the pier: “That is for others to say.”",
        expect![[r#"
            direct | That is for others to say. | Ana Ito, person [Ana Ito] (told)
        "#]],
    );
}

#[test]
fn a_semicolon_and_brackets_part_what_is_said() {
    check("The options are a union, suggested by Paul Diaz; and Karl Weber’s “common market.”", expect![[""]]);
    check("In a piece in May (“Fewer Boats?”; page 3), Ana Ito suggested a ferry.", expect![[""]]);
    check(
        "Others stalled for decades, said Paul Diaz, who likened the choice to “trolling.”",
        expect![[r#"
            mixed | trolling. | Paul Diaz, person [Paul Diaz] (said)
        "#]],
    );
    check(
        "Democrats, meanwhile, pushed Paul Diaz to bring the bill to the floor, saying it was “a good bill for all.”",
        expect![[r#"
            mixed | it was a good bill for all. | -, anonymous [Democrats] (saying)
        "#]],
    );
    check(
        "Sen. Paul Diaz came late.\n\n“They made it up,” the Senator tweeted.",
        expect![[r#"
        direct | They made it up, | Paul Diaz, person [the Senator] (tweeted)
    "#]],
    );
}

#[test]
fn whom_somebody_asks_is_no_clause() {
    check(
        "Ana Ito asked Paul Diaz about the pier. “Did you know it was closed?” Ito asked the former captain.",
        expect![[r#"
            direct | Did you know it was closed? | Ana Ito, person [Ito] (asked)
        "#]],
    );
}

#[test]
fn who_stands_for_the_person_before_it() {
    check(
        "The pier drew an answer from former mayor Ana Ito, who called the plan “unfit for boats” on Monday.",
        expect![[r#"
            mixed | unfit for boats | Ana Ito, person [who] (called)
        "#]],
    );
    check(
        "That is the view of captain Paul Diaz of Oslo, who mused on Friday that the ferry was “too slow by half.”",
        expect![[r#"
            mixed | the ferry was too slow by half. | Paul Diaz, person [who] (mused)
        "#]],
    );
    check(
        "That drew an answer from Karl Weber of the Harbor Council, who called it “a fine day out for no one.”",
        expect![[r#"
            mixed | a fine day out for no one. | Karl Weber, person [who] (called)
        "#]],
    );
    check(
        "Karl Weber - who earlier said he would “close the whole of it” - stood at the pier at noon.",
        expect![[r#"
            mixed | he would close the whole of it | Karl Weber, person [who] (said)
        "#]],
    );
    check(
        "The film has a stranger who promises that the council won’t “send you away from here” again.",
        expect![[r#"
            mixed | send you away from here | -, anonymous [who] (promises)
        "#]],
    );
    check(
        "Ana Ito, who thinks that the bill was “in the millions by now,” described the loss as small.",
        expect![[r#"
            mixed | in the millions by now, | Ana Ito, person [who] (thinks)
        "#]],
    );
}

#[test]
fn owners_of_words_speak() {
    check(
        "It was hard to square with Ana Ito. Her claim that she “never saw the other letter” was doubted.",
        expect![[r#"
            mixed | never saw the other letter | Ana Ito, person [Her] (claim)
        "#]],
    );
    check(
        "The mayor’s answer was that “the ferry is a thing of the past,” so the pier closed.",
        expect![[r#"
            mixed | the ferry is a thing of the past, | -, anonymous [The mayor] (answer)
        "#]],
    );
    check(
        "The prize went north because, in Brandt’s words, “they build what others draw.”",
        expect![[r#"
            mixed | they build what others draw. | Brandt, person [Brandt] (words)
        "#]],
    );
    check(
        "Ana Ito won with her “not a penny more for the pier” promise in May.",
        expect![[r#"
            mixed | not a penny more for the pier | Ana Ito, person [her] (promise)
        "#]],
    );
    check(
        "“It is a failure of the whole board” from first to last, in Paul Diaz’s view.",
        expect![[r#"
            direct | It is a failure of the whole board | Paul Diaz, person [Paul Diaz] (view)
        "#]],
    );
    check(
        "The crowd joined in a chant of “Open the pier now!” until noon.",
        expect![[r#"
            direct | Open the pier now! | -, anonymous [The crowd] (chant)
        "#]],
    );
    check(
        "Last year Ana Ito played down Paul Diaz’s comments as “just a part of the campaign.”",
        expect![[r#"
            mixed | just a part of the campaign. | Ana Ito, person [Ana Ito]
        "#]],
    );
}

#[test]
fn who_cheers_is_not_who_is_cheered() {
    check(
        "“We will be back,” Ana Ito told the crowd, to cheers of “Not one boat!”",
        expect![[r#"
            direct | We will be back, | Ana Ito, person [Ana Ito] (told)
            direct | Not one boat! | -, anonymous [cheers] (cheers)
        "#]],
    );
    check(
        "Paul Diaz left the hall to chants of “Not one boat!” from the fishermen.",
        expect![[r#"
        direct | Not one boat! | -, anonymous [the fishermen] (chants)
    "#]],
    );
}

#[test]
fn what_a_thing_is_called_is_said_however_short() {
    check(
        "Ana Ito had earlier called the union's demands “fantasy economics”, a phrase Paul Diaz declined to repeat.",
        expect![[r#"
        mixed | fantasy economics | Ana Ito, person [Ana Ito] (called)
    "#]],
    );
    check("Ana Ito called in the coast guard “very late”.", expect![""]);
}

#[test]
fn many_speak_at_once() {
    check(
        "Hundreds of fishermen marched through Oslo on Monday, chanting “No pier, no peace,” until noon.",
        expect![[r#"
            direct | No pier, no peace, | -, anonymous [Hundreds of fishermen] (chanting)
        "#]],
    );
    check(
        "The two lawmakers, however, argue that “there is a case for it,” in a letter.",
        expect![[r#"
            mixed | there is a case for it, in a letter | -, anonymous [The two lawmakers] (argue)
        "#]],
    );
    check(
        "Paul Diaz held up a sign saying “Ferries Yes, Bridges No” at the pier.",
        expect![[r#"
            direct | Ferries Yes, Bridges No | -, anonymous [a sign] (saying)
        "#]],
    );
}

#[test]
fn fragments_end_no_clause() {
    check(
        "The pier is “the worst of all plans” and “will not last long,” Ana Ito, the former mayor, told the crowd.",
        expect![[r#"
            direct | the worst of all plans | Ana Ito, person [Ana Ito] (told)
            direct | will not last long, | Ana Ito, person [Ana Ito] (told)
        "#]],
    );
    check(
        "The Harbor Council did not want to hear of “that ferry man,” telling the paper that it cares for “ending needless harm.”",
        expect![[r#"
            mixed | that ferry man, | Harbor Council, organization [Harbor Council]
            mixed | it cares for ending needless harm. | Harbor Council, organization [Harbor Council] (telling)
        "#]],
    );
    check(
        "Ana Ito, author of “A Long Walk,” about the coast, said the days when it had “a song for all” are gone.",
        expect![[r#"
            mixed | the days when it had a song for all are gone | Ana Ito, person [Ana Ito] (said)
        "#]],
    );
}

#[test]
fn asides_do_not_reach_behind_their_comma() {
    check(
        "When Ana Ito said she would “keep the pier open,” Paul Diaz applauded.",
        expect![[r#"
            mixed | she would keep the pier open, | Ana Ito, person [Ana Ito] (said)
        "#]],
    );
    check(
        "As Ana Ito spoke, Paul Diaz was at work, whipping the council against “any and all bridges.”",
        expect![[r#"
            mixed | any and all bridges. | Paul Diaz, person [Paul Diaz]
        "#]],
    );
    check(
        "Although Ana Ito said that the pier was lost, Paul Diaz announced, “We build it.”",
        expect![[r#"
            direct | We build it. | Paul Diaz, person [Paul Diaz] (announced)
        "#]],
    );
    check(
        "Ana Ito wrote to Karl Weber, telling him, “You are a fine sailor!” He replied that it was late.",
        expect![[r#"
            direct | You are a fine sailor! | Ana Ito, person [Ana Ito] (telling)
            indirect | it was late | Karl Weber, person [He] (replied)
        "#]],
    );
}

#[test]
fn helpers_and_asides_part_no_subject_from_its_verb() {
    check(
        "Ana Ito, who has in the past described the pier as “a ruin by the sea,” left.",
        expect![[r#"
            mixed | a ruin by the sea, | Ana Ito, person [who] (described)
        "#]],
    );
    check(
        "“Will you close the pier?” a reporter can be heard asking Paul Diaz.",
        expect![[r#"
            direct | Will you close the pier? | -, anonymous [a reporter] (asking)
        "#]],
    );
    check(
        "Mira Olsen, Karl Weber, 40, and others came. Tom Reyes, head of the Port Authority, tied the loss to the pier, saying it hurt “all who fish here.”",
        expect![[r#"
            mixed | it hurt all who fish here. | Tom Reyes, person [Tom Reyes] (saying)
        "#]],
    );
    check(
        "Fishers are asked to say: “When did you last go out?”",
        expect![[r#"
            direct | When did you last go out? | -, anonymous [Fishers] (say)
        "#]],
    );
}

#[test]
fn the_nearest_words_for_a_speaker_count() {
    check(
        "“It is late,” said Ana Ito, who thinks the pier “needs to be closed.”",
        expect![[r#"
            direct | It is late, | Ana Ito, person [Ana Ito] (said)
            mixed | needs to be closed. | Ana Ito, person [who] (thinks)
        "#]],
    );
    check(
        "The crew cheered when he came and later said, “It is not only us.” The words were Paul Diaz’s.",
        expect![[r#"
            direct | It is not only us. | -, unresolved [he] (said)
        "#]],
    );
    check(
        "Paul Diaz insisted that the pier was “still the longest of all.” -- Mira Olsen",
        expect![[r#"
            mixed | the pier was still the longest of all. | Paul Diaz, person [Paul Diaz] (insisted)
        "#]],
    );
    check(
        "Ana Ito asked Paul Diaz with a smile, “Why now of all days?” Diaz replied, “It is late.”",
        expect![[r#"
            direct | Why now of all days? | Ana Ito, person [Ana Ito] (asked)
            direct | It is late. | Paul Diaz, person [Diaz] (replied)
        "#]],
    );
    check(
        "“Those are small harbors,” Ana Ito said. They lie far off. “It is a hard stretch.”",
        expect![[r#"
            direct | Those are small harbors, | Ana Ito, person [Ana Ito] (said)
            direct | It is a hard stretch. | Ana Ito, person [Ana Ito] (said)
        "#]],
    );
}
