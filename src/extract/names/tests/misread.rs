//! Bodies that looked like somebody, and what looked like a body.

use super::check;
use expect_test::expect;

#[test]
fn a_firm_known_as_a_whole_is_nobody() {
    check(
        "General Dynamics won, and Ernst & Young signed. A lawyer at Perkins Coie left. Merrill Lynch analyst Tom Okafor stayed.",
        expect![[r#"
            P Tom Okafor (Merrill Lynch analyst): Tom Okafor
            O General Dynamics: General Dynamics
            O Ernst & Young: Ernst & Young
            O Perkins Coie: Perkins Coie
            O Merrill Lynch: Merrill Lynch
        "#]],
    );
    check(
        "Shares of Hartley Brenton fell on Tuesday. Hartley Brenton Co. declined to comment.",
        expect![[r#"
        O Hartley Brenton Co.: Hartley Brenton, Hartley Brenton Co.
    "#]],
    );
    // Somebody with the name of a firm.
    check(
        "Mr. Philip Morris, 54, spoke. Philip Morris left.",
        expect![[r#"
        P Philip Morris: Philip Morris, Philip Morris
    "#]],
    );
}

#[test]
fn two_bodies_are_two_and_a_seat_is_none_of_one() {
    check(
        "She left the Department of Justice and the FBI. Tom Okafor spoke to Okafor and Congress. He sat before the House Ports Committee on Capitol Hill in Washington, and at the Center for Harbors and Quays in London.",
        expect![[r#"
            P Tom Okafor: Tom Okafor, Okafor
            O Department of Justice: Department of Justice
            O FBI: FBI
            O Congress: Congress
            O House Ports Committee: House Ports Committee
            O Center for Harbors and Quays: Center for Harbors and Quays
        "#]],
    );
}

#[test]
fn what_stands_beside_a_body_is_none_of_it() {
    check(
        "MUST WATCH Top Kremlin official speaks. White House Press Secretary Marta Lindqvist left. She read it on harborwatch.org and told Factwatch.org so.",
        expect![[r#"
            P Marta Lindqvist (White House Press Secretary): Marta Lindqvist
            O Kremlin: Kremlin
            O Factwatch.org: Factwatch.org
        "#]],
    );
}

#[test]
fn a_relative_a_town_before_its_state_and_a_headline_are_no_bodies() {
    check(
        "Tom Okafor and his son, Duduzo, left. The ferry in Brenton Quays, N.Y., sank. It won Republican Utah and the Buckeye State.\n\nOkafor Denies Claims Of Secret Deals",
        expect![[r#"
            P Tom Okafor: Tom Okafor, Okafor
            P Duduzo: Duduzo
        "#]],
    );
    check(
        "Marta Lindqvist Hide Caption 3 of 12 stayed.",
        expect![[r#"
        P Marta Lindqvist: Marta Lindqvist
    "#]],
    );
}

#[test]
fn who_speaks_or_has_a_function_is_somebody_whatever_the_family_name_ends() {
    check(
        "“No,” said Kristen Day, executive director of the Harbor Council. Angela Laws, 58, said she had no boat, and Day said so too. Strategist Jessica Post says it is late.",
        expect![[r#"
            P Kristen Day (executive director of the Harbor Council): Kristen Day, Day
            P Angela Laws: Angela Laws
            P Jessica Post (Strategist): Jessica Post
            O Harbor Council: Harbor Council
        "#]],
    );
}

#[test]
fn a_firm_with_a_given_name_speaks_too() {
    check(
        "Crews were on their way, the utility Laurent Energy said.",
        expect![[r#"
            O Laurent Energy: Laurent Energy
        "#]],
    );
}

#[test]
fn a_side_of_the_compass_and_furniture_are_no_bodies() {
    check(
        "The North’s army and the South met. Related Coverage Lindqvist says she will go. Sign up for Daily Newsletters. Marta Lindqvist left THE Sekunda Group. Luis De la Souza came. De la Souza left.",
        expect![[r#"
            P Marta Lindqvist: Lindqvist, Marta Lindqvist
            P Luis De la Souza: Luis De la Souza, De la Souza
            O Sekunda Group: Sekunda Group
        "#]],
    );
}

#[test]
fn who_speaks_in_capitals_is_who_is_named_in_small_letters() {
    check(
        "OKAFORD: We go.\n\nKARLSEN: When?\n\nOKAFORD: Now.\n\nMr. Okaford left, and Eva Karlsen stayed.",
        expect![[r#"
            P Okaford: OKAFORD, OKAFORD, Okaford
            P Eva Karlsen: KARLSEN, Eva Karlsen
        "#]],
    );
}

#[test]
fn letters_of_greek_are_a_sorority() {
    check(
        "She joined Psi Iota Xi in 1939. Alpha Phi Omega gave a dinner.",
        expect![[r#"
        O Psi Iota Xi: Psi Iota Xi
        O Alpha Phi Omega: Alpha Phi Omega
    "#]],
    );
}

#[test]
fn letters_behind_a_place_word_are_a_body() {
    check(
        "The book is getting attention from CNN for its advice.",
        expect![[r#"
        O CNN: CNN
    "#]],
    );
}

#[test]
fn the_first_words_of_an_article_may_be_in_capitals() {
    check("A LANDMARK hotel was sold. The hotel is old.", expect![]);
    check(
        "UNESCO said so. A UNICEF truck came.",
        expect![[r#"
        O UNESCO: UNESCO
        O UNICEF: UNICEF
    "#]],
    );
}

#[test]
fn a_news_agency_has_a_short_name() {
    check(
        "The king went home, the Jordan News Agency, Petra, reported. Petra added that he slept. So it was told by the Halden News Agency, Varra.",
        expect![[r#"
            O Jordan News Agency: Jordan News Agency
            O Petra: Petra, Petra
            O Halden News Agency: Halden News Agency
            O Varra: Varra
        "#]],
    );
}

#[test]
fn a_body_begins_where_its_letters_do() {
    check(
        "The National Council of Trade and Labour (NCTL) met. Labour was there.",
        expect![[r#"
        O National Council of Trade and Labour: National Council of Trade and Labour, NCTL
        O Labour: Labour
    "#]],
    );
}

#[test]
fn a_court_ends_before_whom_it_hears() {
    check(
        "He filed suit in Halden County Court against WPXI, its firm.",
        expect![[r#"
        O Halden County Court: Halden County Court
    "#]],
    );
}
