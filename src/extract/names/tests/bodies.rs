//! Bodies, firms, and what is nobody.

use super::check;
use expect_test::expect;

#[test]
fn storms_and_offices_are_nobody() {
    check(
        "Hurricanes Ada, Bea and Carl hit the coast, and after Ada many left. Hurricane Judith followed. Judith Ferrante said so to the Secretary of Defense.",
        expect![[r#"
            P Judith Ferrante: Judith Ferrante
        "#]],
    );
}

#[test]
fn an_office_and_its_field_are_no_part_of_the_name() {
    check(
        "Minister of Economic Affairs Wang Mei-hua met Speaker of the House Tom Okafor, Sen Ted Brandt and Chief Justice Marta Lindqvist. Justice Lindqvist spoke.",
        expect![[r#"
            P Wang Mei-hua (Minister of Economic Affairs): Wang Mei-hua
            P Tom Okafor (Speaker of the House): Tom Okafor
            P Ted Brandt (Sen): Ted Brandt
            P Marta Lindqvist (Chief Justice): Marta Lindqvist, Lindqvist
        "#]],
    );
}

#[test]
fn a_word_for_a_body_named_before_is_no_name() {
    check(
        "On Monday the Northern Fisheries Council met in Bergen. “The Council will vote,” she said, and the Embassy did not object. A party of the Committee left.",
        expect![[r#"
            O Northern Fisheries Council: Northern Fisheries Council
        "#]],
    );
}

#[test]
fn firms_are_found_by_their_forms() {
    check(
        "Shares of Quill, Varr and Co fell, and those of Hartwell, Inc. rose. Phillips Petroleum Co cut its budget, and Phillips said it would pay. A merger of Hartwell Mills Inc and Hartwell Bakeries Inc failed.",
        expect![[r#"
            O Quill, Varr and Co: Quill, Varr and Co
            O Hartwell, Inc.: Hartwell, Inc.
            O Phillips Petroleum Co: Phillips Petroleum Co, Phillips
            O Hartwell Mills Inc: Hartwell Mills Inc
            O Hartwell Bakeries Inc: Hartwell Bakeries Inc
        "#]],
    );
    check(
        "He told the newspaper El Vigía that Tolvar, an NGO, and the Banco Quilmes would pay. They asked EcoGo and the Lok Sabha.",
        expect![[r#"
            O El Vigía: El Vigía
            O Tolvar: Tolvar
            O Banco Quilmes: Banco Quilmes
            O EcoGo: EcoGo
            O Lok Sabha: Lok Sabha
        "#]],
    );
}

#[test]
fn fields_of_a_body_are_listed_with_commas() {
    check(
        "Agents of the Bureau of Quays, Buoys and Beacons met. The chair of the Senate Harbours, Quays, Buoys and Beacons Committee did not come.",
        expect![[r#"
            O Bureau of Quays, Buoys and Beacons: Bureau of Quays, Buoys and Beacons
            O Senate Harbours, Quays, Buoys and Beacons Committee: Senate Harbours, Quays, Buoys and Beacons Committee
        "#]],
    );
}

#[test]
fn somebody_is_somebody_throughout() {
    check(
        "Officials of the Brandt administration met. The Brandt tax cuts were praised by Samantha Power, as not even the Brandt administration knew.",
        expect![[r#"
            P Brandt: Brandt, Brandt, Brandt
            P Samantha Power: Samantha Power
        "#]],
    );
    check(
        "Speaker Paul Varr Paul David Varr Retirees should say no to cuts. They settled in Niger and Chad.",
        expect![[r#"
            P Paul Varr (Speaker): Paul Varr
        "#]],
    );
}

#[test]
fn names_from_all_over_the_world_are_taken_whole() {
    check(
        "President William Kipkorir arap Koech flew to Eldoret. Arap Koech said he would not resign. He met HRH Oba Rilwan Adeyemo and Ratu Epeli Vakabua. The Inspector-General of Police, Usman Bello-Garba, left with the Partai Demokrat Perjuangan. In Gdańsk the Gazeta Nadmorska asked K.T. Ramachandran Rao.",
        expect![[r#"
            P William Kipkorir arap Koech (President): William Kipkorir arap Koech, Koech
            P Rilwan Adeyemo (HRH): Rilwan Adeyemo
            P Epeli Vakabua (Ratu): Epeli Vakabua
            P Usman Bello-Garba (Inspector-General of Police): Usman Bello-Garba
            P K.T. Ramachandran Rao: K.T. Ramachandran Rao
            O Partai Demokrat Perjuangan: Partai Demokrat Perjuangan
            O Gazeta Nadmorska: Gazeta Nadmorska
        "#]],
    );
}

#[test]
fn a_government_is_a_body_but_not_with_its_head() {
    check(
        "She praised the Government of the Netherlands and the Government of Mongolia.",
        expect![[r#"
        O Government of the Netherlands: Government of the Netherlands
        O Government of Mongolia: Government of Mongolia
    "#]],
    );
    check(
        "The Government of President Marta Lindqvist fell.",
        expect![[r#"
        P Marta Lindqvist (President): Marta Lindqvist
    "#]],
    );
}

#[test]
fn what_has_a_founder_or_a_spokesman_is_a_body() {
    check(
        "Odo Quill, founder of Lunaria, met Ana Ito, the chief executive of Brennmark & Tolvar, and a spokeswoman for Skyrrand. The president of Voices of Harvest came too.",
        expect![[r#"
            P Odo Quill (founder of Lunaria): Odo Quill
            P Ana Ito (chief executive of Brennmark & Tolvar): Ana Ito
            O Lunaria: Lunaria
            O Brennmark & Tolvar: Brennmark & Tolvar
            O Skyrrand: Skyrrand
            O Voices of Harvest: Voices of Harvest
        "#]],
    );
    check(
        "The founder of Mormonism met the owner of Marta's Tavern and a spokesman for President Ana Ito.",
        expect![[r#"
            P Ana Ito (President): Ana Ito
            O Marta's Tavern: Marta's Tavern
        "#]],
    );
}

#[test]
fn a_noun_beside_a_name_tells_of_a_body() {
    check(
        "The charity Velsong said so. The brewery Quill Oaks closed. Norvex Data, a third-party research firm, counted ships. Bo Dahl left Norvex Data. The CEO of Deep Tolvar Quarries, a Republican mining firm, was late. Yaminta leader Ana Ito spoke of Yaminta.",
        expect![[r#"
            P Bo Dahl: Bo Dahl
            P Ana Ito (Yaminta leader): Ana Ito
            O Velsong: Velsong
            O Quill Oaks: Quill Oaks
            O Norvex Data: Norvex Data, Norvex Data
            O Deep Tolvar Quarries: Deep Tolvar Quarries
            O Yaminta: Yaminta, Yaminta
        "#]],
    );
    check(
        "Shares in Delta Noord, the Dutch company that builds gates, fell.",
        expect![[r#"
        O Delta Noord: Delta Noord
    "#]],
    );
    check(
        "Ana Ito, a lawyer at the firm, and Bo Dahl, the company spokesman, met in Oslo.",
        expect![[r#"
        P Ana Ito (lawyer at the firm): Ana Ito
        P Bo Dahl (company spokesman): Bo Dahl
    "#]],
    );
}

#[test]
fn an_office_or_court_is_taken_with_whose_it_is() {
    check(
        "The clerk who was asked wrote to the Halden Magistrate's Court about what the Attorney General's Office had told the Varr County Sheriff's Office there. People left the Torvik Management Office and the Oval Office later.",
        expect![[r#"
            O Halden Magistrate's Court: Halden Magistrate's Court
            O Attorney General's Office: Attorney General's Office
            O Varr County Sheriff's Office: Varr County Sheriff's Office
            O Torvik Management Office: Torvik Management Office
        "#]],
    );
}

#[test]
fn letters_in_brackets_are_the_body_before_them() {
    check(
        "The law is like the Committee on Foreign Ships in the United States (Cfsus) to stop deals. He asked the Quarry Workers of Oslo Association (Qwoa) in Bergen.",
        expect![[r#"
            O Committee on Foreign Ships in the United States: Committee on Foreign Ships in the United States
            O Cfsus: Cfsus
            O Quarry Workers of Oslo Association: Quarry Workers of Oslo Association
            O Qwoa: Qwoa
        "#]],
    );
}
