use super::check;
use expect_test::expect;

#[test]
fn who_is_told_to_be_a_town_is_nobody() {
    check(
        "He came to the small town of Bir Ghanam by night. Bir Ghanam has a school. Rio Tolvar, a village near the coast, was dark. Kuta Dahl is an island in the north.",
        expect![""],
    );
    check(
        "The town of Halden hired Ana Ito, the city planner. Bo Varr, a village elder, left.",
        expect![[r#"
            P Ana Ito: Ana Ito
            P Bo Varr: Bo Varr
        "#]],
    );
}

#[test]
fn ways_are_nobody() {
    check(
        "A man fell on Otto du Varr Drive. The strip runs between Strickland and North avenues. A pipe broke at First and Herman streets. The fire is near Crabb, Owens and Harris roads. They met in the 200 block of Joanne Lane and at 4 Tolvarskaya Ulitsa.",
        expect![[""]],
    );
    check(
        "Bo Dahl of 19 St Varr's Drive was fined.",
        expect![[r#"
        P Bo Dahl: Bo Dahl
    "#]],
    );
    check("Downtown Halden is full of shops. They love Downtown Halden.", expect![]);
    check(
        "Officer Thomas Lane held him. Owens and Harris said so.",
        expect![[r#"
            P Thomas Lane (Officer): Thomas Lane
            P Owens: Owens
            P Harris: Harris
        "#]],
    );
}

#[test]
fn what_goes_by_somebody_is_a_house_or_nobody() {
    check(
        "They robbed Fleming's Steakhouse on Monday. It bought Frank's Nursery and Crafts. Murphy's Law holds, and Crohn's disease is no joke. Ana Ito's book sells.",
        expect![[r#"
            P Ana Ito: Ana Ito
            O Fleming's Steakhouse: Fleming's Steakhouse
            O Frank's Nursery and Crafts: Frank's Nursery and Crafts
        "#]],
    );
}

#[test]
fn bodies_are_told_by_panels_numbers_and_governments() {
    check(
        "The Intergovernmental Panel on Harbor Dredging met for some days this spring. What they said was on Channel 12 later. The Group of 7 left early. They were told that the Norwegian Government paid for all of this. It was the National Pilot Service Director Odo Quill who told them so. The NGO Fundación Ana Ito closed its doors for good.",
        expect![[r#"
            P Odo Quill (National Pilot Service Director): Odo Quill
            O Intergovernmental Panel on Harbor Dredging: Intergovernmental Panel on Harbor Dredging
            O Channel 12: Channel 12
            O Group of 7: Group of 7
            O Norwegian Government: Norwegian Government
            O National Pilot Service: National Pilot Service
            O Fundación Ana Ito: Fundación Ana Ito
        "#]],
    );
    check(
        "Ana Ito served in the Administration of President Dahl.",
        expect![[r#"
            P Ana Ito: Ana Ito
            P Dahl (President): Dahl
        "#]],
    );
}

#[test]
fn a_firm_is_meant_by_its_first_or_second_word() {
    check(
        "A mill will be built by Great Lakes Timber Ltd in May. Great Lakes said it would cost much. Samuel Montagu and Co Ltd warned of it. “Be careful,” Montagu said.",
        expect![[r#"
            O Great Lakes Timber Ltd: Great Lakes Timber Ltd
            O Great Lakes: Great Lakes
            O Samuel Montagu and Co Ltd: Samuel Montagu and Co Ltd, Montagu
        "#]],
    );
}

#[test]
fn a_firm_is_one_by_its_own_word() {
    check(
        "Hartwell Groep BV bought a mill. Hartwell said so, and Varr's Investors Inc agreed. Varr's paid, said Bo Dahl, the MEC for Finance Ana Ito and the Association for the Care of the Thai Constitution.",
        expect![[r#"
            P Bo Dahl: Bo Dahl
            P Ana Ito: Ana Ito
            O Hartwell Groep BV: Hartwell Groep BV, Hartwell
            O Varr's Investors Inc: Varr's Investors Inc
            O Varr: Varr
            O Association for the Care of the Thai Constitution: Association for the Care of the Thai Constitution
        "#]],
    );
    check(
        "She chairs the United\nNations and met the Credit\nSuisse chief.",
        expect![[r#"
        O United Nations: United
        Nations
        O Credit Suisse: Credit
        Suisse
    "#]],
    );
}

#[test]
fn who_is_named_beside_the_president_is_not_him() {
    check(
        "She praised what Kathleen Ito, the President, and many others did.",
        expect![[r#"
            P Kathleen Ito: Kathleen Ito
        "#]],
    );
}

#[test]
fn a_palace_of_two_words_is_nobody() {
    check(
        "The Al Torvik palace was built in 1972. He was held in Bir Tolvar prison. The Ana Quill palace is of hers.",
        expect![[r#"
        P Ana Quill: Ana Quill
    "#]],
    );
    check(
        "Ana Ito went to Kesrim Tolvay, capital of a province.",
        expect![[r#"
        P Ana Ito: Ana Ito
    "#]],
    );
}

#[test]
fn towns_have_policemen_and_mayors() {
    check("Paris firefighters came fast. Four S.E. Paris Policemen and Paris Firefighters helped.", expect![]);
    check(
        "It passes the city of Monroe. “It is big,” said Monroe Mayor Bo Dahl. They serve Trenton and Monroe.",
        expect![[r#"
        P Bo Dahl (Monroe Mayor): Bo Dahl
    "#]],
    );
    check("It could be Madison Twp., or Varr Twp., he thinks.", expect![]);
    check(
        "She was a doctor at the Queen Street Practice in town. Customers of Ernie's Place love it.",
        expect![[r#"
        O Ernie's Place: Ernie's Place
    "#]],
    );
}
