//! What nobody in particular says, and who is meant by a word for a paper or by `I`.

use super::cases::check_tagged;
use expect_test::expect;

#[test]
fn it_is_worth_noting_is_said_by_nobody() {
    check_tagged(
        "The Harbor Council met on Monday. It’s worth noting that the pier is “old and half gone.” It is absolutely unhelpful to say that nobody cares. It said that the pier was safe.",
        expect![[r#"
            indirect | the pier was safe | -, unresolved [It] (said)
        "#]],
    );
}

#[test]
fn states_that_are_lands_state_nothing() {
    check_tagged(
        "The Arab states will play a role in this so-called “new and open harbor.” Trust was broken between Arab states and Tom Okafor, once seen as an “independent and quiet man.” Marta Lindqvist said that states ignored the rules.",
        expect![[r#"
            indirect | states ignored the rules | Marta Lindqvist, person [Marta Lindqvist] (said)
        "#]],
    );
    check_tagged(
        "The report also states that the pier is safe. “It is very old indeed,” the petition states.",
        expect![[r#"
        indirect | the pier is safe | -, anonymous [The report] (states)
        direct | It is very old indeed, | -, anonymous [the petition] (states)
    "#]],
    );
}

#[test]
fn a_verb_may_be_drawn_together_with_its_pronoun() {
    check_tagged(
        "Marta Lindqvist runs the pier. She’d said that it would close. “I am tired of all this,” she’d say. Critics argue, and they’re saying the pier is lost. They've said they want to pay.",
        expect![[r#"
            indirect | it would close | Marta Lindqvist, person [She] (said)
            direct | I am tired of all this, | Marta Lindqvist, person [she] (say)
            indirect | the pier is lost | -, unresolved [they] (saying)
            indirect | they want to pay | -, unresolved [They] (said)
        "#]],
    );
}

#[test]
fn the_paper_is_the_one_of_the_press_that_was_named_last() {
    check_tagged(
        "The New York Times met with Oslo Shipping Inc. on Monday. The company said that it was late. The paper reported that the pier was gone. The 2019 paper said it had sunk.",
        expect![[r#"
            indirect | it was late | Oslo Shipping Inc., organization [The company] (said)
            indirect | the pier was gone | New York Times, organization [The paper] (reported)
            indirect | it had sunk | -, anonymous [The 2019 paper] (said)
        "#]],
    );
}

#[test]
fn who_signs_below_says_i() {
    check_tagged(
        "The pier is old.\n\n“It will fall and be built again,” I said.\n\nMarta Lindqvist is a former mayor of Halden.",
        expect![[r#"
        direct | It will fall and be built again, | Marta Lindqvist, person [I] (said)
    "#]],
    );
    check_tagged(
        "The pier is old.\n\n“It will fall and be built again,” I said.\n\nMarta Lindqvist is not at home.",
        expect![[r#"
        direct | It will fall and be built again, | -, unresolved [I] (said)
    "#]],
    );
}

#[test]
fn what_somebody_may_conclude_has_not_been_concluded() {
    check_tagged(
        "If the court concludes that the pier is safe, it opens. If Ito says it is late, we go. If, as Marta Lindqvist says, the pier is gone, we pay.",
        expect![[""]],
    );
    check_tagged(
        "Three times Israel concluded that it had to look after its own.",
        expect![[r#"
        indirect | it had to look after its own | Israel, organization [Israel] (concluded)
    "#]],
    );
}

#[test]
fn they_are_those_without_a_name_who_spoke_last() {
    check_tagged(
        "Banking sources said that the rate would rise. They said it was late. Marta Lindqvist denied it. They argue that it is wrong.",
        expect![[r#"
            indirect | the rate would rise | -, anonymous [Banking sources] (said)
            indirect | it was late | -, anonymous [They] (said)
            indirect | it is wrong | -, unresolved [They] (argue)
        "#]],
    );
    check_tagged(
        "“It’s over,” said someone close to the campaign.",
        expect![[r#"
        direct | It’s over, | -, anonymous [someone close] (said)
    "#]],
    );
}

#[test]
fn a_word_of_manner_is_nobody_and_an_outlet_is_no_person() {
    check_tagged(
        "Justly dubbed a “failed and costly experiment,” the pier sank. The ferry is late, according to HarborPulse. Gulf News reported that the crew had left.",
        expect![[r#"
            indirect | The ferry is late | HarborPulse, organization [HarborPulse] (according to)
            indirect | the crew had left | Gulf News, organization [Gulf News] (reported)
        "#]],
    );
}

#[test]
fn those_who_speak_together_go_by_the_first() {
    check_tagged(
        "“We wait,” Ana Ito and Bo Dahl said. The Harbor Council and the Pilots Union said that it was late. “Not now,” Ana Ito, Bo Dahl and Marta Quill wrote. The council spoke to Ana Ito and Bo Dahl said no. Both Bo Dahl and Ana Ito agreed that it was over.",
        expect![[r#"
            direct | We wait, | Ana Ito + Bo Dahl, person [Ana Ito and Bo Dahl] (said)
            indirect | it was late | Harbor Council + Pilots Union, organization [The Harbor Council and the Pilots Union] (said)
            direct | Not now, | Ana Ito + Bo Dahl + Marta Quill, person [Ana Ito, Bo Dahl and Marta Quill] (wrote)
            indirect | it was over | Bo Dahl + Ana Ito, person [Both Bo Dahl and Ana Ito] (agreed)
        "#]],
    );
}

#[test]
fn one_of_many_is_no_name_and_a_debate_is_not_reported() {
    check_tagged(
        "Last week a Somali ran through the hall, bellowing “go home now” at them. Marta Quill started that debate after she had left.",
        expect![[""]],
    );
    check_tagged(
        "We then saw a clip of actor Bo Dahl saying, “Hold the rope and wait.”",
        expect![[r#"
        direct | Hold the rope and wait. | Bo Dahl, person [actor Bo Dahl] (saying)
    "#]],
    );
    check_tagged(
        "We spoke of the day when Bo Dahl, unprompted, said, “You will never sail again.”",
        expect![[r#"
        direct | You will never sail again. | Bo Dahl, person [Bo Dahl] (said)
    "#]],
    );
}

#[test]
fn where_people_write_is_not_who_writes() {
    check_tagged(
        "Oslo Shipping Inc. posted a list on Facebook on Monday. The company said that it was late. A YouTube video by Bo Dahl argues that the pier is lost.",
        expect![[r#"
            indirect | it was late | Oslo Shipping Inc., organization [The company] (said)
            indirect | the pier is lost | -, anonymous [A YouTube video by Bo Dahl] (argues)
        "#]],
    );
}

#[test]
fn what_signs_say_is_said_by_the_signs() {
    check_tagged(
        "Two men held signs that said “No more ships for us.” The company that said “we will never sell” sold.",
        expect![[r#"
            direct | No more ships for us. | -, anonymous [signs] (said)
            direct | we will never sell | -, unresolved [The company] (said)
        "#]],
    );
}

#[test]
fn it_is_no_body_that_is_named_later() {
    check_tagged(
        "The letters were read in the Harbor Council on Monday. It said they had been found by the Pilots Union.",
        expect![[r#"
        indirect | they had been found by the Pilots Union | Harbor Council, organization [It] (said)
    "#]],
    );
}
