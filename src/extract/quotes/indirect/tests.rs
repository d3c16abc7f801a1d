use crate::extract::quotes::cases::check_tagged;
use crate::extract::quotes::tests::{PEOPLE, names_in, render};
use expect_test::{Expect, expect};

fn check(body: &str, expected: Expect) {
    expected.assert_eq(&render(body, &names_in(body, PEOPLE, &["Harbor Council"]), None));
}

#[test]
fn whoever_closes_the_sentence_speaks() {
    check(
        "A boat sank off Oslo, the fire service said on Wednesday.",
        expect![[r#"
        indirect | A boat sank off Oslo | -, anonymous [the fire service] (said)
    "#]],
    );
    check(
        "The talks are close to an end, a person familiar with them said.",
        expect![[r#"
        indirect | The talks are close to an end | -, anonymous [a person familiar with them] (said)
    "#]],
    );
    check("The fire service said on Wednesday.", expect![[""]]);
}

#[test]
fn a_clause_may_begin_with_no_or_behind_an_object() {
    check(
        "Ana Ito said no one was missing.",
        expect![[r#"
        indirect | no one was missing | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check("Ana Ito said no.", expect![[""]]);
    check(
        "Paul Diaz told reporters he expected to win.",
        expect![[r#"
        indirect | he expected to win | Paul Diaz, person [Paul Diaz] (told)
    "#]],
    );
    check("Paul Diaz told his story to the reporters.", expect![[""]]);
}

#[test]
fn marks_around_a_title_do_not_hide_what_is_reported() {
    check(
        "Ana Ito said she had written ‘A. Ito’ on the form.",
        expect![[r#"
        indirect | she had written ‘A. Ito’ on the form | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
}

#[test]
fn functions_are_told_from_the_sentence_and_from_roles() {
    check(
        "Ana Ito won a third term as mayor.\n\n“It is a landslide,” the mayor said.",
        expect![[r#"
        direct | It is a landslide, | Ana Ito, person [the mayor] (said)
    "#]],
    );
    check(
        "Ana Ito drew it.\n\n“It moves,” her son, Tom Reyes, quoted her as saying.",
        expect![[r#"
        direct | It moves, | Ana Ito, person [her] (saying)
    "#]],
    );
}

#[test]
fn a_paragraph_of_its_own_may_be_of_whom_the_sentence_before_speaks() {
    check(
        "Karl Weber is full of hope.\n\n“It can only get better from here.”\n\nThe river rose.",
        expect![[r#"
        direct | It can only get better from here. | Karl Weber, person [Karl Weber]
    "#]],
    );
    check(
        "The river rose.\n\n“It can only get better from here.”",
        expect![[r#"
        direct | It can only get better from here. | -, unresolved [-]
    "#]],
    );
}

#[test]
fn many_of_one_body_say() {
    check(
        "Analysts at Harbor Council estimate that the bill will grow.",
        expect![[r#"
        indirect | the bill will grow | -, anonymous [Analysts at Harbor Council] (estimate)
    "#]],
    );
}

#[test]
fn what_is_not_said_is_not_reported() {
    for body in [
        "Paul Diaz did not say that the pier was closed.",
        "Paul Diaz might believe that the pier is closed.",
        "Paul Diaz declined to say that the pier was closed.",
        "It is not enough to say that the pier is closed.",
        "The case went to the court without a judge agreeing that the pier was closed.",
        "Paul Diaz took time to tweet about a storm in Norway that has hit the ferry.",
        "Paul Diaz proposed an amendment that would have closed the pier.",
        "There was a group called Friends of Ana Ito that wants you to close the pier.",
        "The rule stands, as Ana Ito explained on that decision day in May.",
        "Ana Ito took office in a crisis, issues that helped shape her six years.",
    ] {
        check(body, expect![[""]]);
    }
}

#[test]
fn what_is_said_begins_where_it_is_said() {
    check(
        "OSLO — The bridge will stay closed, Paul Diaz said on Monday.",
        expect![[r#"
            indirect | The bridge will stay closed | Paul Diaz, person [Paul Diaz] (said)
        "#]],
    );
    check(
        "Paul Diaz said in a letter to the council that the bridge was old; nobody answered.",
        expect![[r#"
            indirect | the bridge was old | Paul Diaz, person [Paul Diaz] (said)
        "#]],
    );
    check(
        "Paul Diaz said that would be a mistake.",
        expect![[r#"
            indirect | that would be a mistake | Paul Diaz, person [Paul Diaz] (said)
        "#]],
    );
    check(
        "After the storm, Paul Diaz said the pier, the bridge and the ferry were gone.",
        expect![[r#"
            indirect | the pier, the bridge and the ferry were gone | Paul Diaz, person [Paul Diaz] (said)
        "#]],
    );
    check(
        "When Paul Diaz said the pier was open, Ana Ito applauded.",
        expect![[r#"
            indirect | the pier was open | Paul Diaz, person [Paul Diaz] (said)
        "#]],
    );
    check(
        "Paul Diaz warned the towns along the coast that the storm was near.",
        expect![[r#"
            indirect | the storm was near | Paul Diaz, person [Paul Diaz] (warned)
        "#]],
    );
}

#[test]
fn works_and_headings_are_no_quotes() {
    check("Ana Ito, the author of “A blueprint for the sea,” left Oslo.", expect![[""]]);
    check(
        "Paul Diaz, who says he lost his job, stands outside his home.\n\n“Equal dignity for all”\n\nThe court sat in May.",
        expect![[r#"
        indirect | he lost his job, stands outside his home | Paul Diaz, person [who] (says)
    "#]],
    );
}

#[test]
fn times_before_a_clause_are_no_part_of_it() {
    check(
        "Paul Diaz said earlier this month they would not attend.",
        expect![[r#"
        indirect | they would not attend | Paul Diaz, person [Paul Diaz] (said)
    "#]],
    );
    check(
        "Paul Diaz said earlier the boats would sail.",
        expect![[r#"
        indirect | the boats would sail | Paul Diaz, person [Paul Diaz] (said)
    "#]],
    );
}

#[test]
fn that_belongs_to_what_is_called_something() {
    check(
        "Ana Ito called that decision unfair.",
        expect![[r#"
        indirect | that decision unfair | Ana Ito, person [Ana Ito] (called)
    "#]],
    );
}

#[test]
fn what_leads_up_to_a_clause_is_not_what_is_reported() {
    check_tagged("In a long, heated talk with the Harbor Post last week, Marta Lindqvist vowed to open the books.", expect![""]);
    check_tagged(
        "Though the town has threatened to sue over the pier for years, Tom Okafor told Harbor Radio he's still hopeful.",
        expect![[r#"
            indirect | he's still hopeful | Tom Okafor, person [Tom Okafor] (told)
        "#]],
    );
    check_tagged(
        "Mayor Marta Lindqvist of Halden, the only declared candidate for the harbor board, said Wednesday that she had no doubts.",
        expect![[r#"
            indirect | she had no doubts | Marta Lindqvist, person [Mayor Marta Lindqvist] (said)
        "#]],
    );
    check_tagged(
        "Sen. Paul Brown, a Halden Democrat who recently left the race for the board, said her husband, Tom Okafor, was well.",
        expect![""],
    );
    check_tagged(
        "After the first tests of the new crane had been done on Friday, Marta Lindqvist said the pier was sound.",
        expect![[r#"
            indirect | the pier was sound | Marta Lindqvist, person [Marta Lindqvist] (said)
        "#]],
    );
}

#[test]
fn a_clause_before_its_speaker_is_reported() {
    check_tagged(
        "In April house prices in the old town fell, the ministry said.",
        expect![[r#"
            indirect | In April house prices in the old town fell | -, unresolved [the ministry] (said)
        "#]],
    );
    check_tagged(
        "In Halden, the mayor has left, Tom Okafor said.",
        expect![[r#"
        indirect | In Halden, the mayor has left | Tom Okafor, person [Tom Okafor] (said)
    "#]],
    );
    check_tagged(
        "The pier needs new planks, Marta Lindqvist said.",
        expect![[r#"
            indirect | The pier needs new planks | Marta Lindqvist, person [Marta Lindqvist] (said)
        "#]],
    );
    check_tagged(
        "If elected, she would build a new pier, Marta Lindqvist said.",
        expect![[r#"
            indirect | If elected, she would build a new pier | Marta Lindqvist, person [Marta Lindqvist] (said)
        "#]],
    );
    check_tagged(
        "Critics say the pier is ugly, Tom Okafor noted.",
        expect![[r#"
            indirect | Critics say the pier is ugly | Tom Okafor, person [Tom Okafor] (noted)
        "#]],
    );
}

#[test]
fn the_verb_before_the_colon_leads_to_the_quote() {
    check_tagged(
        "In January, after Marta Lindqvist announced she was leaving, Tom Okafor tweeted:\n\n\"Good riddance to the worst mayor the town has had!\"",
        expect![[r#"
            direct | Good riddance to the worst mayor the town has had! | Tom Okafor, person [Tom Okafor] (tweeted)
        "#]],
    );
}

#[test]
fn what_leads_up_or_points_back_is_not_what_is_said() {
    check_tagged(
        "Speaking as she left for Halden, Marta Lindqvist said Tom Okafor would build the pier.",
        expect![[r#"
        indirect | Tom Okafor would build the pier | Marta Lindqvist, person [Marta Lindqvist] (said)
    "#]],
    );
    check_tagged("Tom Okafor reiterated that position Sunday morning and dismissed the rest.", expect![[r#""#]]);
    check_tagged(
        "(CNN) – No pier is perfect, Marta Lindqvist admitted Thursday.",
        expect![[r#"
        indirect | No pier is perfect | Marta Lindqvist, person [Marta Lindqvist] (admitted)
    "#]],
    );
}

#[test]
fn what_opens_a_clause_is_not_all_of_it() {
    check(
        "Ana Ito said that in talks with the owners, Paul Diaz said little about the pier.",
        expect![[r#"
        indirect | in talks with the owners, Paul Diaz said little about the pier | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "Ana Ito told reporters that Paul Diaz, the owner, would sell the pier.",
        expect![[r#"
        indirect | Paul Diaz, the owner, would sell the pier | Ana Ito, person [Ana Ito] (told)
    "#]],
    );
    check(
        "Ana Ito said that if the pier falls, Paul Diaz said the town would pay.",
        expect![[r#"
        indirect | if the pier falls, Paul Diaz said the town would pay | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
}

#[test]
fn that_may_be_what_is_spoken_of_and_a_day_whose_it_is() {
    check(
        "Ana Ito says that’s not enough.",
        expect![[r#"
        indirect | that’s not enough | Ana Ito, person [Ana Ito] (says)
    "#]],
    );
    check(
        "Ana Ito said Monday's storm was the worst in years.",
        expect![[r#"
        indirect | Monday's storm was the worst in years | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "Ana Ito said Monday she would go.",
        expect![[r#"
        indirect | she would go | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
}

#[test]
fn a_time_alone_is_nothing_that_is_said() {
    check(
        "The pier would be sold in the spring, Ana Ito said this week.",
        expect![[r#"
        indirect | The pier would be sold in the spring | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "The pier would be sold in the spring, Ana Ito said late last year.",
        expect![[r#"
        indirect | The pier would be sold in the spring | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check("Ana Ito said this week.", expect![[""]]);
    check(
        "Ana Ito said this year was the worst.",
        expect![[r#"
        indirect | this year was the worst | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
    check(
        "Ana Ito said this week the pier would be sold.",
        expect![[r#"
        indirect | the pier would be sold | Ana Ito, person [Ana Ito] (said)
    "#]],
    );
}

#[test]
fn half_of_a_clause_is_no_report() {
    check("Ana Ito, whom Paul Diaz has said he admires, will lead the council.", expect![[""]]);
}

#[test]
fn a_tally_is_a_noun() {
    check(
        "Half of the seats are empty, according to a tally from Ana Ito.",
        expect![[r#"
            indirect | Half of the seats are empty | Ana Ito, person [a tally] (according to)
        "#]],
    );
}

#[test]
fn who_answers_reports_has_not_made_them() {
    check("Ana Ito responded to reports that Paul Diaz would leave the council in May.", expect![[""]]);
}

#[test]
fn data_are_of_who_compiled_them() {
    check(
        "Half of the seats are empty, according to data compiled by the Harbor Council.",
        expect![[r#"
        indirect | Half of the seats are empty | Harbor Council, organization [data] (according to)
    "#]],
    );
}

#[test]
fn who_somebody_is_is_none_of_what_is_said() {
    check(
        "According to Ana Ito, a lawyer in Oslo, the pier is gone. According to the Harbor Council, the pier, the quay and the ferry are gone. According to Paul Diaz, who runs the pier, ships are late.",
        expect![[r#"
            indirect | the pier is gone | Ana Ito, person [Ana Ito] (According to)
            indirect | the pier, the quay and the ferry are gone | Harbor Council, organization [the Harbor Council] (According to)
            indirect | ships are late | Paul Diaz, person [Paul Diaz] (According to)
        "#]],
    );
}
