use super::{EntityKind, Gender, Names, find};
use crate::article::Article;
use crate::extract::page::Page;
use expect_test::{Expect, expect};
use proptest::prelude::*;

mod bodies;
mod called;
mod edges;
mod human;
mod lands;
mod misread;
mod ordinary;
mod posing;
mod roles;
mod terrain;
mod things;

pub(super) fn found(body: &str) -> Names {
    find(&Page::of(body), &Article { body: body.to_owned(), ..Article::default() })
}

/// One line per entity: kind, name, role, mentions.
pub(super) fn check(body: &str, expected: Expect) {
    let mut out = String::new();
    for entity in found(body).entities {
        let kind = if entity.kind == EntityKind::Person { 'P' } else { 'O' };
        let mentions: Vec<&str> = entity.mentions.iter().map(|m| &body[m.bytes.clone()]).collect();
        let role = entity.role.map(|r| format!(" ({r})")).unwrap_or_default();
        out.push_str(&format!("{kind} {}{role}: {}\n", entity.name, mentions.join(", ")));
    }
    expected.assert_eq(&out);
}

#[test]
fn a_person_is_listed_once_under_the_fullest_name() {
    check(
        "Harbour chief Marta Lindqvist resigned on Monday. “I am tired,” Lindqvist said. Ms. Lindqvist’s deputy, Tom Okafor, takes over. Okafor declined to comment.",
        expect![[r#"
            P Marta Lindqvist (Harbour chief): Marta Lindqvist, Lindqvist, Lindqvist
            P Tom Okafor (deputy): Tom Okafor, Okafor
        "#]],
    );
    check(
        "John P. Whitaker Jr. met Jack Whitaker’s sister. Mr. Whitaker smiled.",
        expect![[r#"
            P John P. Whitaker Jr.: John P. Whitaker Jr., Jack Whitaker, Whitaker
        "#]],
    );
}

#[test]
fn accounts_and_cases_are_nobody() {
    check(
        "Marta Lindqvist (@realLindqvist) wrote: “@OkaforNews lies.” She would overturn Doe v. Sands, the ruling of 1973. Sands v Roe fell too, as did Roe V. Wade. John V. Brandt sued.",
        expect![[r#"
            P Marta Lindqvist: Marta Lindqvist
            P John V. Brandt: John V. Brandt
        "#]],
    );
}

#[test]
fn party_and_state_behind_a_member_are_nobody() {
    check(
        "Rep. Marta Lindqvist (D-MA) and Sen. Tom Okafor, R-TX, met. Lindqvist, a South Carolina Republican, left, as did Virginia Democrat Ada Brandt.",
        expect![[r#"
            P Marta Lindqvist (Rep.): Marta Lindqvist, Lindqvist
            P Tom Okafor (Sen.): Tom Okafor
            P Ada Brandt (Virginia Democrat): Ada Brandt
        "#]],
    );
}

#[test]
fn a_body_is_taken_whole_and_a_chamber_without_its_party() {
    check(
        "Tom Okafor left the House Oversight and Government Reform Committee. He ran Customs and Border Protection. A Republican Senate leader and a GOP House candidate sued the Centers for Medicare and Medicaid Services.",
        expect![[r#"
            P Tom Okafor: Tom Okafor
            O House Oversight and Government Reform Committee: House Oversight and Government Reform Committee
            O Customs and Border Protection: Customs and Border Protection
            O Senate: Senate
            O Centers for Medicare and Medicaid Services: Centers for Medicare and Medicaid Services
        "#]],
    );
    check(
        "The merger of Hartwell Mills and Brenton Bakeries failed.",
        expect![[r#"
        O Hartwell Mills: Hartwell Mills
        O Brenton Bakeries: Brenton Bakeries
    "#]],
    );
}

#[test]
fn words_of_a_phrase_are_nobody() {
    check(
        "In his State of the Union address, and later on Meet the Press, Tom Okafor spoke of Ebola and of Watergate. On Morning Joe he praised Right to Life.",
        expect![[r#"
            P Tom Okafor: Tom Okafor
        "#]],
    );
}

#[test]
fn firms_go_by_their_owners() {
    check(
        "Bear Ito and Co Inc sold shares, Moody’s and Standard & Poor's said. McDonald's did not. Kohl's profit fell.",
        expect![[r#"
            O Bear Ito and Co Inc: Bear Ito and Co Inc
            O Moody’s: Moody’s
            O Standard & Poor's: Standard & Poor's
            O McDonald's: McDonald's
            O Kohl's: Kohl's
        "#]],
    );
    check(
        "Helmut Kohl spoke. Kohl's party won. Wendy's boat sank, and Wendy swam. The Chancellor of the Exchequer Nigel Lawson did not.",
        expect![[r#"
            P Helmut Kohl: Helmut Kohl, Kohl
            P Wendy: Wendy, Wendy
            P Nigel Lawson (Chancellor of the Exchequer): Nigel Lawson
        "#]],
    );
}

#[test]
fn a_small_article_belongs_to_the_name() {
    check(
        "Fighters of al Qaeda met on Monday. An Al Qaeda-linked group denied it, and al Shabaab did not.",
        expect![[r#"
        O Al Qaeda: al Qaeda, Al Qaeda
        O Al Shabaab: al Shabaab
    "#]],
    );
}

#[test]
fn two_of_one_family_stay_apart() {
    check(
        "Paul Ferrante and his wife, Judith Ferrante, arrived. Mrs. Ferrante spoke first. Mr. Ferrante said nothing.",
        expect![[r#"
            P Paul Ferrante: Paul Ferrante, Ferrante
            P Judith Ferrante: Judith Ferrante, Ferrante
        "#]],
    );
}

#[test]
fn roles_are_read_before_and_behind() {
    check(
        "Kenyan President Amos Wekesa met Lena Brandt, Norway’s envoy to the talks in Nairobi, on Friday.",
        expect![[r#"
            P Amos Wekesa (Kenyan President): Amos Wekesa
            P Lena Brandt (Norway’s envoy to the talks in Nairobi): Lena Brandt
        "#]],
    );
    check(
        "Secretary of State Carla Nunez and Rep. Bo Tran agreed. Ivo Petrov, 52, a farmer from Varna, did not.",
        expect![[r#"
            P Carla Nunez (Secretary of State): Carla Nunez
            P Bo Tran (Rep.): Bo Tran
            P Ivo Petrov (farmer from Varna): Ivo Petrov
        "#]],
    );
}

#[test]
fn particles_hyphens_and_nicknames_belong_to_the_name() {
    check(
        "Ursula van der Berg and Omar al-Rashid spoke. “No,” said van der Berg. Al-Rashid left with Robert “Bobby” Castellano. Castellano laughed.",
        expect![[r#"
            P Ursula van der Berg: Ursula van der Berg, van der Berg
            P Omar al-Rashid: Omar al-Rashid, Al-Rashid
            P Robert “Bobby” Castellano: Robert “Bobby” Castellano, Castellano
        "#]],
    );
}

#[test]
fn capitals_throughout_are_put_into_ordinary_ones() {
    check(
        "By MARTA DIAZ\n\nMarta Diaz met OTTO KRAUSE.",
        expect![[r#"
        P Marta Diaz: MARTA DIAZ, Marta Diaz
        P Otto Krause: OTTO KRAUSE
    "#]],
    );
}

#[test]
fn a_misspelled_name_joins_the_right_one() {
    check(
        "Vladimir Sorokin spoke in Minsk. Later Vladmir Sorokin left.",
        expect![[r#"
            P Vladimir Sorokin: Vladimir Sorokin, Vladmir Sorokin
        "#]],
    );
}

#[test]
fn places_and_pronouns_are_no_persons() {
    check("Washington said it would not sell grain to Moscow. He said so at the White House on Monday.", expect![[""]]);
}

#[test]
fn organizations_meet_their_acronyms() {
    check(
        "The Northern Fisheries Council (NFC) met in Bergen. The NFC said quotas would fall. Halden Shipping Inc. objected.",
        expect![[r#"
            O Northern Fisheries Council: Northern Fisheries Council, NFC, NFC
            O Halden Shipping Inc.: Halden Shipping Inc.
        "#]],
    );
}

#[test]
fn gender_comes_from_titles_names_and_pronouns() {
    let check = |body: &str, expected: Gender| assert_eq!(found(body).entities.first().map(|e| e.gender), Some(expected), "{body}");
    check("Mr. Lindqvist spoke.", Gender::Male);
    check("Judith Ferrante spoke.", Gender::Female);
    check("Mayor Quorra Vantessel resigned. She said she was tired.", Gender::Female);
    check("Mayor Quorra Vantessel resigned.", Gender::Unknown);
}

const WORDS: &[&str] = &[
    "Ada",
    "Brown",
    "Mr.",
    "Sen.",
    "President",
    "of",
    "the",
    "and",
    "&",
    "van",
    "der",
    "Berg",
    "Ministry",
    "Bank",
    "Inc.",
    "(",
    ")",
    "“",
    "”",
    "\"",
    ",",
    ".",
    "said",
    "J.",
    "Jr.",
    "NATO",
    "Kyiv",
    "’s",
    "in",
    "The",
    "He",
    "she",
    "52",
    "al-Rashid",
    "État",
    "é",
    "-",
    "Club",
    "wife",
    "who",
    "Monday",
    "II",
    "\n\n",
    "ÅÄÖ",
    "漢字",
    "'",
    "State",
];

#[test]
fn whoever_has_a_former_envoy_is_a_person() {
    check(
        "The plan was signed by Brandreth's former envoy and Quillmark's longtime aide. Holloway’s then-wife stayed. Toyota's former chairman left.",
        expect![[r#"
            P Brandreth: Brandreth
            P Quillmark: Quillmark
            P Holloway: Holloway
            O Toyota: Toyota
        "#]],
    );
}

#[test]
fn speakers_of_a_transcript_are_written_in_ordinary_capitals() {
    check(
        "Adaeze Quillon gave evidence.\n\nCHAIR: Will it be finished?\n\nADAEZE QUILLON: I said it was the plan.\n\nRHONA MCDORAN: And the money?\n\nQ: Yes?\n\nA: No.\n\nRHONA MCDORAN: Who knew?\n\nMS. ABERNATHY: Objection. I have said so before.",
        expect![[r#"
            P Adaeze Quillon: Adaeze Quillon, ADAEZE QUILLON
            P Rhona McDoran: RHONA MCDORAN, RHONA MCDORAN
            P Abernathy: ABERNATHY
        "#]],
    );
    check(
        "LAWYER SAMUEL SINGH WINS CASE\n\nThe court agreed with him.",
        expect![[r#"
        P Samuel Singh (LAWYER): SAMUEL SINGH
    "#]],
    );
}

#[test]
fn bodies_of_many_are_taken_whole_and_pairs_of_towns_are_none() {
    check(
        "They wrote to the Coburn Inshore Fishermen’s Guild and asked the Theatre of the Silver Thread for money. “Hull and Grimsby would be dry,” she said.",
        expect![[r#"
            O Coburn Inshore Fishermen’s Guild: Coburn Inshore Fishermen’s Guild
            O Theatre of the Silver Thread: Theatre of the Silver Thread
        "#]],
    );
    check(
        "QUILLMOUTH, March 3 (Tidings) — The quay was closed by the Harbour Board.",
        expect![[r#"
        O Harbour Board: Harbour Board
    "#]],
    );
}

#[test]
fn what_a_page_leaves_beside_a_name_is_no_part_of_it() {
    check(
        "Speaker Rhona Quillon Rhona Mary QuillonHouse delivers the bill. President Abara Obed John AbaraMore on this told them no.",
        expect![[r#"
            P Rhona Quillon (Speaker): Rhona Quillon
            P Abara (President): Abara
        "#]],
    );
    check(
        "JUST WATCHED Quillon speaks. Hide Caption. Mayor Rhona Quillon said so.",
        expect![[r#"
        P Rhona Quillon (Mayor): Quillon, Rhona Quillon
    "#]],
    );
}

proptest! {
    #[test]
    fn any_text_is_read_and_mentions_lie_in_it(picks in prop::collection::vec((0..WORDS.len(), any::<bool>()), 0..60)) {
        let body: String = picks.iter().map(|(n, space)| format!("{}{}", WORDS[*n], if *space { " " } else { "" })).collect();
        let names = found(&body);
        for entity in &names.entities {
            prop_assert!(!entity.name.is_empty() && !entity.mentions.is_empty());
            let mut last = 0;
            for mention in &entity.mentions {
                prop_assert!(mention.bytes.start >= last && mention.bytes.end > mention.bytes.start);
                prop_assert!(body.get(mention.bytes.clone()).is_some());
                last = mention.bytes.end;
            }
        }
    }

    #[test]
    fn a_person_with_title_and_full_name_is_found(given in "(Ada|Carlos|Mehmet|Yuki|Olga|Kwame)", family in "[BDGKLMNPRTV][aeiou][lmnrst][aeiou][vzb][aeiou]k", verb in "(said|told reporters)") {
        let body = format!("Mayor {given} {family} {verb} that the bridge was closed. “It is safe,” {family} said.");
        let names = found(&body);
        let full = format!("{given} {family}");
        prop_assert!(names.entities.iter().any(|e| e.name == full && e.mentions.len() == 2), "{:?}", names.entities);
    }
}

proptest! {
    #[test]
    fn variants_in_spelling_are_looked_up_together(word in "[A-Z][a-eß]{3,7}", at in 0..9usize, with in "[a-e]", edit in 0..4u8) {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at % letters.len();
        match edit {
            0 => letters[at] = with.chars().next().unwrap_or('a'),
            1 => letters.insert(at, with.chars().next().unwrap_or('a')),
            2 => drop(letters.remove(at)),
            _ => letters.swap(at, word.chars().count().min(at + 2) - 1),
        }
        let variant: String = letters.into_iter().collect();
        let mut known = super::by_word::ByWord::of(2);
        known.add(&["Ada".to_owned(), word.clone()], 7);
        if super::people::alike(&word, &variant) {
            prop_assert_eq!(known.spelled_alike(&[variant]).next(), Some(7));
        }
        prop_assert_eq!(known.sharing(&["Bo".to_owned(), word]).next(), Some(7));
    }
}
