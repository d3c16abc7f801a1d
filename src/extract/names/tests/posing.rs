use super::check;
use expect_test::expect;

#[test]
fn for_whom_an_analyst_works_is_a_body() {
    check(
        "“Sales will fall,” said Ana Ito, an analyst at Harwick. Bo Dahl, an economist at Quill & Varr, agreed. Harwick pays well.",
        expect![[r#"
            P Ana Ito (analyst at Harwick): Ana Ito
            P Bo Dahl (economist at Quill & Varr): Bo Dahl
            O Harwick: Harwick, Harwick
            O Quill & Varr: Quill & Varr
        "#]],
    );
}

#[test]
fn forums_are_bodies_but_for_buttons() {
    check(
        "She wrote on Twitter that it was late. Share on Facebook. Follow us on Twitter",
        expect![[r#"
        O Twitter: Twitter
    "#]],
    );
}

#[test]
fn letters_before_an_officer_are_a_body() {
    check(
        "KQZ President and CEO Ana Ito said it would close. The US President Bo Dahl left.",
        expect![[r#"
        P Ana Ito (CEO): Ana Ito
        P Bo Dahl (US President): Bo Dahl
        O KQZ: KQZ
    "#]],
    );
    check(
        "“It will rise again,” said Ida Holm of Quillby. KQZ President and CEO Carl Varr said the line would not sell boats.",
        expect![[r#"
            P Ida Holm: Ida Holm
            P Carl Varr (CEO): Carl Varr
            O KQZ: KQZ
        "#]],
    );
}

#[test]
fn teams_stand_in_brackets_behind_players() {
    check(
        "Goals came from Erick Dahl (Motvik), Mario Ito (Enppilar) and Carlos Quill (Olimvik). The cast is Ana Varr (Anna).",
        expect![[r#"
            P Erick Dahl: Erick Dahl
            P Mario Ito: Mario Ito
            P Carlos Quill: Carlos Quill
            P Ana Varr: Ana Varr
            P Anna: Anna
            O Motvik: Motvik
            O Enppilar: Enppilar
            O Olimvik: Olimvik
        "#]],
    );
}

#[test]
fn who_plays_is_a_team() {
    check(
        "Chelsea beat Liverpool 2-1 on Sunday. The Liverpool striker wept. A cup was held in Liverpool. Serena beat Venus 6-1. Talented striker Bo Dahl laughed.",
        expect![[r#"
            P Serena: Serena
            P Bo Dahl (Talented striker): Bo Dahl
            O Chelsea: Chelsea
            O Liverpool: Liverpool, Liverpool
        "#]],
    );
}

#[test]
fn operations_and_papers_of_other_languages_are_nobody() {
    check(
        "Members of Operation Duvala marched. She wrote for El Correo and ate at La Banderita. Bo “El Lobo” Dahl fled, and El Lobo hid.",
        expect![[r#"
            P Bo “El Lobo” Dahl: Bo “El Lobo” Dahl
            P El Lobo: El Lobo
        "#]],
    );
}

#[test]
fn a_town_has_police_and_partners_are_two() {
    check(
        "“We found a boat,” Tyler police said. Dahl & Ito met. Ana Ito and Bo Dahl left.",
        expect![[r#"
        P Bo Dahl: Dahl, Bo Dahl
        P Ana Ito: Ito, Ana Ito
    "#]],
    );
}

#[test]
fn one_of_a_list_of_towns_is_none() {
    let found = super::super::super::Extractor.extract(&crate::article::Article {
        body: "Rain fell on parts of Victoria including Perth, Albany, Kalgoorlie and Esperance, all of Western Australia.".to_owned(),
        ..Default::default()
    });
    assert!(found.organizations.is_empty(), "{:?}", found.organizations);
}

#[test]
fn relatives_share_the_name_unless_they_have_their_own() {
    check(
        "Bo Dahl and his wife, Ana, left. Ana wept.",
        expect![[r#"
        P Bo Dahl: Bo Dahl
        P Ana Dahl: Ana, Ana
    "#]],
    );
    check(
        "Bo Dahl spoke. Dahl’s wife, Ana, left. Later Ana Quill wept.",
        expect![[r#"
        P Bo Dahl: Bo Dahl, Dahl
        P Ana Quill: Ana, Ana Quill
    "#]],
    );
    check(
        "Bo Dahl met Carl Ito. The town thanked her husband, Paul, at once.",
        expect![[r#"
        P Bo Dahl: Bo Dahl
        P Carl Ito: Carl Ito
        P Paul: Paul
    "#]],
    );
}

#[test]
fn a_title_in_quotation_marks_is_nobody() {
    check(
        "It is an episode of “Cod Tank.” This is a port, Ana.",
        expect![[r#"
        P Ana: Ana
    "#]],
    );
}

#[test]
fn a_firm_of_two_trades_is_one() {
    check(
        "Halstone Tire and Rubber Co said it would close. Halstone said no. It met Ana Ito and Quill Rubber Co.",
        expect![[r#"
            P Ana Ito: Ana Ito
            O Halstone Tire and Rubber Co: Halstone Tire and Rubber Co, Halstone
            O Quill Rubber Co.: Quill Rubber Co.
        "#]],
    );
}

#[test]
fn one_of_a_list_of_persons_is_somebody() {
    check(
        "The judges are Ana Ito, Kesrim Tolhye, Bo Dahl, Harbor Watch and Marta Quill.",
        expect![[r#"
        P Ana Ito: Ana Ito
        P Kesrim Tolhye: Kesrim Tolhye
        P Bo Dahl: Bo Dahl
        P Marta Quill: Marta Quill
        O Harbor Watch: Harbor Watch
    "#]],
    );
}

#[test]
fn a_park_called_after_somebody_is_nobody() {
    check(
        "Buses run to Carlo Ventura National Park. The Carlo Ventura National Park Authority met Ana Ito.",
        expect![[r#"
        P Ana Ito: Ana Ito
        O Carlo Ventura National Park Authority: Carlo Ventura National Park Authority
    "#]],
    );
}

#[test]
fn a_town_abroad_is_no_body_behind_at() {
    let organizations = |body: &str| {
        let article = crate::article::Article { body: body.to_owned(), ..Default::default() };
        crate::extract::Extractor.extract(&article).organizations.into_iter().map(|o| o.name).collect::<Vec<_>>()
    };
    assert!(organizations("He died the next day at Swakopmund in Namibia. A bus came from Swakopmund.").is_empty());
    assert_eq!(organizations("She is a sophomore at Tufts University in Medford, Mass."), ["Tufts University"]);
}

#[test]
fn rosters_name_teams() {
    check(
        "GOALKEEPERS: Paul Varr (Olimvia), Luis Quill (Real Espanja), Ana Ito (Olimvia), Bo Dahl (FC Torvik)\n\nThey were joined by Marta Lindqvist (Ohio) and Tom Okafor (W.Va.).",
        expect![[r#"
            P Paul Varr: Paul Varr
            P Luis Quill: Luis Quill
            P Ana Ito: Ana Ito
            P Bo Dahl: Bo Dahl
            P Marta Lindqvist: Marta Lindqvist
            P Tom Okafor: Tom Okafor
            O Olimvia: Olimvia, Olimvia
            O Real Espanja: Real Espanja
            O FC Torvik: FC Torvik
        "#]],
    );
}
