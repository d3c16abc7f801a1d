use crate::extract::quotes::tests::{PEOPLE, names_in, render};
use expect_test::{Expect, expect};

fn check(language: &str, body: &str, expected: Expect) {
    let names = names_in(body, PEOPLE, &["Harbor Council"]);
    expected.assert_eq(&render(body, &names, Some(language)));
}

#[test]
fn a_name_beside_the_verb_speaks() {
    check(
        "de",
        "„Die Brücke ist zu“, sagte die Lehrerin Ana Ito. „Wir schwimmen.“",
        expect![[r#"
        direct | Die Brücke ist zu Wir schwimmen. | Ana Ito, person [die Lehrerin Ana Ito] (sagte)
    "#]],
    );
    check(
        "es",
        "«El puente está cerrado», explicó Ana Ito, vecina del barrio.",
        expect![[r#"
        direct | El puente está cerrado | Ana Ito, person [Ana Ito] (explicó)
    "#]],
    );
    check(
        "fr",
        "« Le pont est fermé », a déclaré la maire de la ville, Ana Ito.",
        expect![[r#"
        direct | Le pont est fermé | Ana Ito, person [la maire de la ville, Ana Ito] (a déclaré)
    "#]],
    );
    check(
        "it",
        "Paul Diaz, un maestro, ha detto: «Il ponte è chiuso da ieri.»",
        expect![[r#"
        direct | Il ponte è chiuso da ieri. | Paul Diaz, person [Paul Diaz] (ha detto)
    "#]],
    );
    check(
        "pt-BR",
        "“A ponte está fechada”, segundo Paul Diaz.",
        expect![[r#"
        direct | A ponte está fechada | Paul Diaz, person [Paul Diaz] (segundo)
    "#]],
    );
    check(
        "nl",
        "“De brug is dicht”, aldus Ana Ito.",
        expect![[r#"
        direct | De brug is dicht | Ana Ito, person [Ana Ito] (aldus)
    "#]],
    );
}

#[test]
fn reported_words_need_the_name_too() {
    check(
        "es",
        "La maestra, Ana Ito, aseguró que el puente está cerrado.",
        expect![[r#"
        indirect | el puente está cerrado | Ana Ito, person [Ana Ito] (aseguró)
    "#]],
    );
    check(
        "fr",
        "Selon Paul Diaz, le pont restera fermé.",
        expect![[r#"
        indirect | le pont restera fermé | Paul Diaz, person [Paul Diaz] (Selon)
    "#]],
    );
    check("de", "Es hieß, dass die Brücke zu ist.", expect![[""]]);
}

#[test]
fn a_pronoun_stands_for_the_only_one_named_before_it() {
    check(
        "fr",
        "Ana Ito est venue. « Le pont est fermé », a-t-elle dit.",
        expect![[r#"
        direct | Le pont est fermé | Ana Ito, person [a-t-elle] (a-t-elle dit)
    "#]],
    );
    check(
        "de",
        "Karl Weber und Paul Diaz kamen. „Die Brücke ist zu“, sagte er.",
        expect![[r#"
        direct | Die Brücke ist zu | -, unresolved [er] (sagte)
    "#]],
    );
}

#[test]
fn nobody_is_invented() {
    check(
        "de",
        "Ana Ito kam. „Die Brücke ist seit gestern zu“, hieß es. Das Stück „Die Räuber“ lief.",
        expect![[r#"
        direct | Die Brücke ist seit gestern zu | -, unresolved [-]
    "#]],
    );
    check(
        "sv",
        "”Bron har varit stängd sedan igår”, sade Ana Ito.",
        expect![[r#"
        direct | Bron har varit stängd sedan igår | -, unresolved [-]
    "#]],
    );
}
