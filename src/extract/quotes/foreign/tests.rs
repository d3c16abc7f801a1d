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
        "fi",
        "”Silta on ollut kiinni eilisestä asti”, sanoi Ana Ito.",
        expect![[r#"
        direct | Silta on ollut kiinni eilisestä asti | -, unresolved [-]
    "#]],
    );
}

#[test]
fn each_table_knows_how_its_language_reports() {
    check(
        "sv",
        "”Bron är stängd sedan igår”, säger Ana Ito (M).",
        expect![[r#"
        direct | Bron är stängd sedan igår | Ana Ito, person [Ana Ito] (säger)
    "#]],
    );
    check(
        "da",
        "”Broen er lukket siden i går”, siger borgmester Ana Ito.",
        expect![[r#"
        direct | Broen er lukket siden i går | Ana Ito, person [borgmester Ana Ito] (siger)
    "#]],
    );
    check(
        "no",
        "Ana Ito sier at broen er stengt.",
        expect![[r#"
        indirect | broen er stengt | Ana Ito, person [Ana Ito] (sier)
    "#]],
    );
    check(
        "pl",
        "„Most jest zamknięty od wczoraj” – powiedziała Ana Ito.",
        expect![[r#"
        direct | Most jest zamknięty od wczoraj | Ana Ito, person [Ana Ito] (powiedziała)
    "#]],
    );
    check(
        "cs",
        "„Most je zavřený od včerejška,“ řekla Ana Ito.",
        expect![[r#"
        direct | Most je zavřený od včerejška, | Ana Ito, person [Ana Ito] (řekla)
    "#]],
    );
    check(
        "ro",
        "„Podul este închis de ieri”, a declarat Paul Diaz.",
        expect![[r#"
        direct | Podul este închis de ieri | Paul Diaz, person [Paul Diaz] (a declarat)
    "#]],
    );
}

#[test]
fn tables_of_farther_languages_know_it_too() {
    check(
        "id",
        "“Jembatan itu ditutup sejak kemarin,” kata Paul Diaz.",
        expect![[r#"
        direct | Jembatan itu ditutup sejak kemarin, | Paul Diaz, person [Paul Diaz] (kata)
    "#]],
    );
    check(
        "tr",
        "Paul Diaz, \"Köprü dünden beri kapalı\" dedi.",
        expect![[r#"
        direct | Köprü dünden beri kapalı | Paul Diaz, person [Paul Diaz] (dedi)
    "#]],
    );
    check(
        "tr",
        "\"Köprü dünden beri kapalı\" diye ekledi Paul Diaz.",
        expect![[r#"
        direct | Köprü dünden beri kapalı | Paul Diaz, person [Paul Diaz] (ekledi)
    "#]],
    );
}

#[test]
fn a_quote_inside_what_is_reported_is_mixed() {
    check(
        "es",
        "El alcalde Paul Diaz aseguró que \"el puente está cerrado\" desde ayer.",
        expect![[r#"
        mixed | el puente está cerrado desde ayer | Paul Diaz, person [Paul Diaz] (aseguró)
    "#]],
    );
    check(
        "fr",
        "Ana Ito précise que « personne n'est venu ». La ville se tait.",
        expect![[r#"
        mixed | personne n'est venu | Ana Ito, person [Ana Ito] (précise)
    "#]],
    );
    check(
        "de",
        "Paul Diaz nannte den Plan „einen schlechten Witz“.",
        expect![[r#"
        mixed | einen schlechten Witz | Paul Diaz, person [Paul Diaz] (nannte)
    "#]],
    );
}

#[test]
fn a_verb_without_its_subject_goes_on() {
    check(
        "it",
        "«Il ponte è chiuso», ha detto Paul Diaz. «Non ci fermeremo», ha poi aggiunto.",
        expect![[r#"
        direct | Il ponte è chiuso | Paul Diaz, person [Paul Diaz] (ha detto)
        direct | Non ci fermeremo | Paul Diaz, person [ha poi aggiunto] (ha poi aggiunto)
    "#]],
    );
    check(
        "pl",
        "Most odwiedził Paul Diaz. „Zaczynamy w przyszłym roku” – dodał.",
        expect![[r#"
        direct | Zaczynamy w przyszłym roku | Paul Diaz, person [dodał] (dodał)
    "#]],
    );
    check(
        "it",
        "Ana Ito e Paul Diaz sono venuti. «Il ponte è chiuso», ha detto.",
        expect![[r#"
        direct | Il ponte è chiuso | -, unresolved [ha detto] (ha detto)
    "#]],
    );
    // German has a subject.
    check(
        "de",
        "Paul Diaz kam. „Die Brücke ist zu“, sagte am Abend die Zeitung.",
        expect![[r#"
        direct | Die Brücke ist zu | -, unresolved [-]
    "#]],
    );
}

#[test]
fn an_office_is_whoever_was_introduced_with_it() {
    check(
        "pt",
        "O prefeito da cidade, Paul Diaz, chegou com Ana Ito. “A ponte está fechada”, disse o prefeito.",
        expect![[r#"
        direct | A ponte está fechada | Paul Diaz, person [o prefeito] (disse)
    "#]],
    );
    check(
        "es",
        "Llegaron el alcalde Paul Diaz y Ana Ito.\n\n«El puente está cerrado», explicó una vecina.",
        expect![[r#"
        direct | El puente está cerrado | -, anonymous [una vecina] (explicó)
    "#]],
    );
}

#[test]
fn a_pronoun_may_look_back_over_a_paragraph_that_names_nobody() {
    check(
        "de",
        "Ana Ito widersprach: „Das ist Beton von gestern.“\n\n„Wir werden klagen“, kündigte sie an.",
        expect![[r#"
        direct | Das ist Beton von gestern. | Ana Ito, person [Ana Ito] (widersprach)
        direct | Wir werden klagen | Ana Ito, person [sie] (kündigte)
    "#]],
    );
    check(
        "de",
        "Ana Ito und Mira Olsen kamen.\n\n„Wir werden klagen“, kündigte sie an.",
        expect![[r#"
        direct | Wir werden klagen | -, unresolved [sie] (kündigte)
    "#]],
    );
}

#[test]
fn lines_of_a_dialogue_begin_with_a_dash() {
    check(
        "pl",
        "– Nie stać nas na to – uważa Ana Ito. – Czekamy od roku.",
        expect![[r#"
        direct | Nie stać nas na to Czekamy od roku. | Ana Ito, person [Ana Ito] (uważa)
    "#]],
    );
    check(
        "es",
        "—¿Y qué hará ahora? —preguntó Paul Diaz.",
        expect![[r#"
        direct | ¿Y qué hará ahora? | Paul Diaz, person [Paul Diaz] (preguntó)
    "#]],
    );
    check(
        "fr",
        "– Nous partons demain, a dit Ana Ito.",
        expect![[r#"
        direct | Nous partons demain | Ana Ito, person [Ana Ito] (a dit)
    "#]],
    );
    check("fr", "– un pont, long de deux kilomètres", expect![[""]]);
}

#[test]
fn german_tells_by_its_mood() {
    check(
        "de",
        "Paul Diaz sagte, die Brücke sei seit gestern zu.",
        expect![[r#"
        indirect | die Brücke sei seit gestern zu | Paul Diaz, person [Paul Diaz] (sagte)
    "#]],
    );
    check("de", "Paul Diaz sagte, die Brücke ist zu.", expect![[""]]);
    check(
        "de",
        "Nach Angaben von Ana Ito ist die Brücke zu.",
        expect![[r#"
        indirect | ist die Brücke zu | Ana Ito, person [Ana Ito] (Nach Angaben von)
    "#]],
    );
}

#[test]
fn a_report_may_stand_between_the_marks_of_its_quote() {
    check(
        "fr",
        "« Le pont est fermé, explique Ana Ito, présidente du comité. On attend. »",
        expect![[r#"
        direct | Le pont est fermé On attend. | Ana Ito, person [Ana Ito] (explique)
    "#]],
    );
    check(
        "fr",
        "Paul Diaz est venu. « Le pont est fermé, dit-il, et la ville se tait. »",
        expect![[r#"
        direct | Le pont est fermé et la ville se tait. | Paul Diaz, person [dit-il] (dit-il)
    "#]],
    );
    check(
        "fr",
        "« Le pont, la route, la ville : tout est fermé. »",
        expect![[r#"
        direct | Le pont, la route, la ville : tout est fermé. | -, unresolved [-]
    "#]],
    );
    check(
        "fr",
        "« Il viendra, a dit Paul Diaz, je le crois », assure Ana Ito.",
        expect![[r#"
        direct | Il viendra, a dit Paul Diaz, je le crois | Ana Ito, person [Ana Ito] (assure)
    "#]],
    );
}
