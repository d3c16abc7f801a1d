//! What clings to names.

use super::check;
use expect_test::expect;

#[test]
fn half_a_pair_of_marks_ends_a_name_or_goes_on() {
    check(
        "“It is late,” says Juan Carlos “J.C.” Brandt, a lawyer. Mr. Brandt left. Tom Okafor “Ferrygate was hard on him.",
        expect![[r#"
            P Juan Carlos “J.C.” Brandt (lawyer): Juan Carlos “J.C.” Brandt, Brandt
            P Tom Okafor: Tom Okafor
        "#]],
    );
}

#[test]
fn ranks_and_letters_are_no_part_of_what_somebody_goes_by() {
    check(
        "Tom Okafor QC said so. Mr Okafor spoke, as did Marta Lindqvist KC and Peter Brandt MP. SP Ada Ferrante left. DSP Paul Dahl and the PPRO, ASP Ida Holm, stayed.",
        expect![[r#"
            P Tom Okafor: Tom Okafor QC, Okafor
            P Marta Lindqvist: Marta Lindqvist KC
            P Peter Brandt: Peter Brandt MP
            P Ada Ferrante: Ada Ferrante
            P Paul Dahl: Paul Dahl
            P Ida Holm: Ida Holm
        "#]],
    );
    check(
        "The parade honored Martin Luther King Jr. on Monday. King was 39.",
        expect![[r#"
            P Martin Luther King Jr.: Martin Luther King Jr., King
        "#]],
    );
}

#[test]
fn two_names_held_for_one_body_are_two() {
    check(
        "The Harbor Council President Marta Lindqvist spoke. Sailors for Okafor cheered. The University of Oslo Peter Brandt left, and the Center for Ports stayed. Speaker of the House of Representatives Tom Okafor and Department of Justice Inspector General Ada Ferrante met.",
        expect![[r#"
            P Marta Lindqvist (Harbor Council President): Marta Lindqvist
            P Tom Okafor: Okafor, Tom Okafor
            P Peter Brandt: Peter Brandt
            P Ada Ferrante (Inspector General): Ada Ferrante
            O Harbor Council: Harbor Council
            O University of Oslo: University of Oslo
            O Center for Ports: Center for Ports
            O House of Representatives: House of Representatives
        "#]],
    );
}

#[test]
fn titles_and_fields_are_nobody() {
    check(
        "The Crown Prince met the Pope and the Interior Minister. Environment Minister Marta Lindqvist left with the Minister for Roads and Highways, Tom Okafor, a Member of Parliament.",
        expect![[r#"
            P Marta Lindqvist (Environment Minister): Marta Lindqvist
            P Tom Okafor: Tom Okafor
        "#]],
    );
    check("He paid USD105,000, Dh3,200 and KD 3,000 for CCTV.", expect![""]);
    check(
        "CLOSE Mayor Marta Lindqvist opened the pier. The Harbor Council met. The Council voted.",
        expect![[r#"
            P Marta Lindqvist (Mayor): Marta Lindqvist
            O Harbor Council: Harbor Council
        "#]],
    );
}

#[test]
fn what_somebody_is_and_where_is_no_part_of_the_name() {
    check(
        "State Auditor Marta Lindqvist left. The harbor union's Senior Adviser Peter Brandt and Astronaut Ida Holm stayed.",
        expect![[r#"
            P Marta Lindqvist (State Auditor): Marta Lindqvist
            P Peter Brandt (Senior Adviser): Peter Brandt
            P Ida Holm (Astronaut): Ida Holm
        "#]],
    );
    check(
        "The ambassador to Mexico Paul Okafor spoke to the prime minister of the Netherlands Peter Brandt.",
        expect![[r#"
        P Paul Okafor: Paul Okafor
        P Peter Brandt (prime minister of the Netherlands): Peter Brandt
    "#]],
    );
    check(
        "Gov. Nathan Deal vetoed it. Deal left.",
        expect![[r#"
        P Nathan Deal (Gov.): Nathan Deal, Deal
    "#]],
    );
    check(
        "Donald Varr spoke. The point of labeling Varr a fool is lost on many. They chose to impeach him. Impeach Varr now!",
        expect![[r#"
            P Donald Varr: Donald Varr, Varr, Varr
        "#]],
    );
}

#[test]
fn who_answers_is_a_person_though_a_country_is_called_so() {
    check(
        "The head of the lab, Gregory Poland, met us in Poland. “It is safe,” Poland said. “It is late,” said Poland.",
        expect![[r#"
        P Gregory Poland (head of the lab): Gregory Poland, Poland, Poland
    "#]],
    );
}

#[test]
fn what_a_headline_says_of_somebody_is_no_part_of_the_name() {
    check(
        "Donald Trump spoke. Mayor Trump Outlines Plan. They bought Trump steaks: the Trump Steaks of the fair. Tiffany Trump came.",
        expect![[r#"
            P Donald Trump (Mayor): Donald Trump, Trump, Trump, Trump
            P Tiffany Trump: Tiffany Trump
        "#]],
    );
    check(
        "The letter from Marta Lindqvist to Tom Okafor was short. They liken Ada Ferrante to Okafor.",
        expect![[r#"
        P Marta Lindqvist: Marta Lindqvist
        P Tom Okafor: Tom Okafor, Okafor
        P Ada Ferrante: Ada Ferrante
    "#]],
    );
}

#[test]
fn a_body_ends_before_its_seat() {
    check(
        "She teaches at Harbor University in Denver. He led the Department of Ports in the Okafor administration. He met the Foundation for Excellence in Education.",
        expect![[r#"
            O Harbor University: Harbor University
            O Department of Ports: Department of Ports
            O Foundation for Excellence in Education: Foundation for Excellence in Education
        "#]],
    );
}

#[test]
fn a_thing_that_goes_by_a_name_is_nobody() {
    check(
        "Paul Okafor smiled. That was the end of the Okafor Presidency, and of the runaway Okafor Train. They rode under the Lone Gull, a flag with a gull.",
        expect![[r#"
            P Paul Okafor: Paul Okafor, Okafor, Okafor
        "#]],
    );
    check(
        "He heard of the late Wu Shoal and the Glenn Harbor case. The famous Ada Train sang.",
        expect![[r#"
        P Wu Shoal: Wu Shoal
    "#]],
    );
}

#[test]
fn an_adverb_or_a_helper_before_a_name_is_no_part_of_it() {
    check(
        "Many were for Trump. Certainly Trump had hoped so. Couldn’t Trump have won? His rivals said Trump lost.",
        expect![[r#"
            P Donald Trump: Trump, Trump, Trump, Trump
        "#]],
    );
}

#[test]
fn an_office_inside_a_name_parts_it_from_what_somebody_heads() {
    check(
        "A memo came from Bloom Holm Editor-in-Chief Paul Moreau on Monday. Paul Dahl and Trooper Alex Moss were there.",
        expect![[r#"
        P Paul Moreau: Paul Moreau
        P Paul Dahl: Paul Dahl
        P Alex Moss (Trooper): Alex Moss
    "#]],
    );
}

#[test]
fn two_persons_and_what_stands_around_a_name() {
    check(
        "Both Peter Brandt and Marta Lindqvist lost. Team Brandt was glad, and so was the Lindqvist White House’s staff. Longtime Brandt adviser Tom Okafor left.",
        expect![[r#"
            P Peter Brandt: Peter Brandt, Brandt, Brandt
            P Marta Lindqvist: Marta Lindqvist
            P Tom Okafor (Longtime Brandt adviser): Tom Okafor
        "#]],
    );
    check(
        "Sen. Tom Okafor Thomas (Tom) OkaforHere are the senators that vote for the dam and those that do not MORE Jr. (D) said so.",
        expect![[r#"
            P Tom Okafor (Sen.): Tom Okafor
        "#]],
    );
}

#[test]
fn a_second_family_name_is_no_given_name() {
    check(
        "Governor Marta Clinton ran against Tom Okafor in May. When Clinton and Ada Ferrante met, Carl and Paul Brandt were there.",
        expect![[r#"
            P Marta Clinton (Governor): Marta Clinton, Clinton
            P Tom Okafor: Tom Okafor
            P Ada Ferrante: Ada Ferrante
            P Carl Brandt: Carl
            P Paul Brandt: Paul Brandt
        "#]],
    );
}

#[test]
fn two_ministries_are_two_and_a_town_keeps_its_state() {
    check(
        "A study by the Council of Economic Advisers and the Department of Energy came out. The House and Senate voted. Tom Okafor spoke in Galesburg, Ill. Okafor left. With reporting by Marta Lindqvist/Saginaw.",
        expect![[r#"
            P Tom Okafor: Tom Okafor, Okafor
            P Marta Lindqvist: Marta Lindqvist
            O Council of Economic Advisers: Council of Economic Advisers
            O Department of Energy: Department of Energy
            O House: House
            O Senate: Senate
        "#]],
    );
    check(
        "New Jersey Gov. Marta Lindqvist and Special Counsel Tom Okafor met.",
        expect![[r#"
        P Marta Lindqvist (New Jersey Gov.): Marta Lindqvist
        P Tom Okafor (Special Counsel): Tom Okafor
    "#]],
    );
}

#[test]
fn a_zoo_is_nobody_and_a_country_no_person() {
    check(
        "The Frank Buck Zoo opened. The Sharon Statement was read. The Philippine President left.",
        expect![[r#"
        P Frank Buck: Frank Buck
    "#]],
    );
}

#[test]
fn one_name_however_it_is_written() {
    check(
        "Kim Jong-un met Ada Ferrante. Kim Jong Un left. Mr. Kim said so. His sister, Kim Yo-jong, stayed. Yo-jong is young.",
        expect![[r#"
            P Kim Jong-un: Kim Jong-un, Kim Jong Un, Kim
            P Ada Ferrante: Ada Ferrante
            P Kim Yo-jong: Kim Yo-jong, Yo-jong
        "#]],
    );
    check(
        "The scientist Henry I. Brandt spoke. After World War I. Germany was poor. So said Tom Okafor and I. Then he left.",
        expect![[r#"
            P Henry I. Brandt (scientist): Henry I. Brandt
            P Tom Okafor: Tom Okafor
        "#]],
    );
    check(
        "He told the St. Louis Post-Dispatch so, after a Washington Post-ABC News poll of which Ada Ferrante spoke.",
        expect![[r#"
            P Ada Ferrante: Ada Ferrante
            O St. Louis Post-Dispatch: St. Louis Post-Dispatch
            O Washington Post: Washington Post
            O ABC News: ABC News
        "#]],
    );
}
