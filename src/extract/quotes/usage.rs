//! How American papers write: offices, programmes, days and telephones around the words that name a speaker.

use super::cases::check_tagged;
use expect_test::expect;

#[test]
fn an_office_with_what_it_is_of_stands_before_the_name() {
    check_tagged(
        "“All is open,” Secretary of State Marta Lindqvist said. “It is time,” said Director of Public Works Tom Okafor in a note.",
        expect![[r#"
        direct | All is open, | Marta Lindqvist, person [Secretary of State Marta Lindqvist] (said)
        direct | It is time, | Tom Okafor, person [Director of Public Works Tom Okafor] (said)
    "#]],
    );
    check_tagged(
        "“It is safe,” Secretary of Health and Human Services Marta Lindqvist said.",
        expect![[r#"
        direct | It is safe, | Marta Lindqvist, person [Secretary of Health and Human Services Marta Lindqvist] (said)
    "#]],
    );
    check_tagged(
        "“We will do it,” Speaker of the House Paul Brown, R-Ohio, said. Marta Lindqvist, D-N.Y. said she would not.",
        expect![[r#"
            direct | We will do it, | Paul Brown, person [Speaker of the House Paul Brown] (said)
            indirect | she would not | Marta Lindqvist, person [Marta Lindqvist] (said)
        "#]],
    );
    check_tagged(
        "“It was long,” a spokesman for Mayor Marta Lindqvist said. “It was short,” the chief of Governor Okafor’s guard said.",
        expect![[r#"
        direct | It was long, | -, anonymous [a spokesman for Mayor Marta Lindqvist] (said)
        direct | It was short, | -, anonymous [the chief of Governor Okafor’s guard] (said)
    "#]],
    );
    check_tagged(
        "Tom Okafor, a deputy minister under Ms. Lindqvist, said the pier was gone.",
        expect![[r#"
        indirect | the pier was gone | Tom Okafor, person [Tom Okafor] (said)
    "#]],
    );
}

#[test]
fn what_leads_up_to_the_clause_is_not_what_was_said() {
    check_tagged(
        "After a year of repairs at the pier, Marta Lindqvist said on Monday that the market would open.",
        expect![[r#"
        indirect | the market would open | Marta Lindqvist, person [Marta Lindqvist] (said)
    "#]],
    );
    check_tagged(
        "The council’s oldest member, Marta Lindqvist, told reporters that the pier was gone.",
        expect![[r#"
        indirect | the pier was gone | Marta Lindqvist, person [Marta Lindqvist] (told)
    "#]],
    );
    check_tagged(
        "With its new policy on “open piers,” Lindqvist noted that many would come.",
        expect![[r#"
        indirect | many would come | Lindqvist, person [Lindqvist] (noted)
    "#]],
    );
    check_tagged(
        "After saying the pier was “so rotten I could see the water,” she was sent home. Marta Lindqvist had built it.",
        expect![[r#"
        direct | so rotten I could see the water, | -, unresolved [she] (was)
    "#]],
    );
}

#[test]
fn programmes_and_books_are_titles() {
    check_tagged(
        "“It is over,” Marta Lindqvist told NBC’s “Harbor Today.” Tom Okafor said it on “Face the Sea.”",
        expect![[r#"
        direct | It is over, | Marta Lindqvist, person [Marta Lindqvist] (told)
        indirect | it on “Face the Sea.” | Tom Okafor, person [Tom Okafor] (said)
    "#]],
    );
    check_tagged("Tom Okafor writes of it in his 2016 book, “The Long Pier: A Life.”", expect![[""]]);
}

#[test]
fn a_day_a_telephone_and_a_plural_verb_do_not_hide_the_speaker() {
    check_tagged(
        "The harbor office on Tuesday said it would pay. “It is over,” Marta Lindqvist, a broker in Boston, said by phone today.",
        expect![[r#"
            indirect | it would pay | -, anonymous [The harbor office] (said)
            direct | It is over, | Marta Lindqvist, person [Marta Lindqvist] (said)
        "#]],
    );
    check_tagged(
        "“When it is dark, they swim,” notes Marta Lindqvist, a broker. “So it is,” that official said.",
        expect![[r#"
        direct | When it is dark, they swim, | Marta Lindqvist, person [Marta Lindqvist] (notes)
        direct | So it is, | -, anonymous [that official] (said)
    "#]],
    );
    check_tagged(
        "“We have a plan,” the No. 2 officer, Marta Lindqvist, told reporters. “We came,” said then-Mayor Tom Okafor.",
        expect![[r#"
        mixed | We have a plan, | Marta Lindqvist, person [Marta Lindqvist] (told)
        direct | We came, | Tom Okafor, person [Mayor Tom Okafor] (said)
    "#]],
    );
    check_tagged(
        "Tom Okafor, whose sister, Marta Lindqvist, was hurt, told the court it was “a long night at the pier.”",
        expect![[r#"
        mixed | it was a long night at the pier. | Tom Okafor, person [Tom Okafor] (told)
    "#]],
    );
    check_tagged(
        "The mayor’s lawyer, Marta Lindqvist, welcomed the news, saying the fine was too high.",
        expect![[r#"
        indirect | the fine was too high | Marta Lindqvist, person [Marta Lindqvist] (saying)
    "#]],
    );
}

#[test]
fn a_line_of_name_and_paper_signs_what_stands_above_it() {
    check_tagged(
        "Papers differ.\n\n“The pier is gone and nobody will build it again in our time.”\n\nTom Okafor, The Harbor Post\n\n“The pier will stand for a hundred years, whatever they say.”\n\nMarta Lindqvist, Daily Sea",
        expect![[r#"
            direct | The pier is gone and nobody will build it again in our time. | Tom Okafor, person [Tom Okafor]
            direct | The pier will stand for a hundred years, whatever they say. | Marta Lindqvist, person [Marta Lindqvist]
        "#]],
    );
    check_tagged(
        "“Ito is gone,” said Tom Okafor, a clerk. Both live in Halden. “They left on a Sunday and have not come back.”",
        expect![[r#"
        direct | Ito is gone, | Tom Okafor, person [Tom Okafor] (said)
        direct | They left on a Sunday and have not come back. | Tom Okafor, person [Tom Okafor] (said)
    "#]],
    );
}

#[test]
fn the_speaker_stands_between_subject_and_verb_of_what_was_said() {
    check_tagged(
        "The ferry office, she said, is just as blind as those who work in it. The pier, Marta Lindqvist said, would close.",
        expect![[r#"
        indirect | The ferry office is just as blind as those who work in it | -, unresolved [she] (said)
        indirect | The pier would close | Marta Lindqvist, person [Marta Lindqvist] (said)
    "#]],
    );
    check_tagged(
        "The pier is safe, Marta Lindqvist said, and the market was closed.",
        expect![[r#"
        indirect | The pier is safe | Marta Lindqvist, person [Marta Lindqvist] (said)
    "#]],
    );
}

#[test]
fn names_that_are_ordinary_words_speak() {
    check_tagged(
        "“We will wait,” Theresa May told the crowd. “It is late,” May said. The fair is in May.",
        expect![[r#"
        direct | We will wait, | Theresa May, person [Theresa May] (told)
        direct | It is late, | Theresa May, person [May] (said)
    "#]],
    );
    check_tagged(
        "Lindqvist’s spokesman Michael Steel told reporters that the talks were over. “We have two jobs,” he said.",
        expect![[r#"
        indirect | the talks were over | Michael Steel, person [spokesman Michael Steel] (told)
        direct | We have two jobs, | Michael Steel, person [he] (said)
    "#]],
    );
}

#[test]
fn headings_are_no_speakers_and_two_single_marks_are_one_double() {
    check_tagged(
        "ISSUE: The tax on fuel has gone up.\n\nTHE MAYOR’S POSITION: She would cut it by a half.\n\nWHAT COMES NEXT: They vote on it soon.\n\nISSUE: The pier is gone for good.",
        expect![[""]],
    );
    check_tagged(
        "“It is not based on process,’’ Marta Lindqvist says. She left at once.",
        expect![[r#"
        direct | It is not based on process, | Marta Lindqvist, person [Marta Lindqvist] (says)
    "#]],
    );
}

#[test]
fn capitals_at_the_beginning_of_a_sentence_are_nobody_by_name() {
    check_tagged(
        "Only a third of the voters said they would go. People said it was late, as people do.",
        expect![[r#"
        indirect | it was late, as people do | -, anonymous [People] (said)
    "#]],
    );
    check_tagged(
        "The White House said it would not pay. HarborWatch.org said the pier was gone. “I’ve said it was late,” she went on.",
        expect![[r#"
            indirect | it would not pay | White House, organization [White House] (said)
            indirect | the pier was gone | HarborWatch.org, organization [HarborWatch.org] (said)
            direct | I’ve said it was late, | -, unresolved [she] (went on)
        "#]],
    );
}

#[test]
fn what_is_called_for_is_said_and_called_off_is_no_cue() {
    check_tagged(
        "Marta Lindqvist called on the council not to “give in to fear of the sea.” She called off the “walk along the pier.”",
        expect![[r#"
        mixed | give in to fear of the sea. | Marta Lindqvist, person [Marta Lindqvist] (called)
        mixed | walk along the pier. | Marta Lindqvist, person [She]
    "#]],
    );
}

#[test]
fn who_speaks_where_marks_are_missing_or_many() {
    check_tagged(
        "Tom Okafor earlier this year said the pier was “half gone.” Marta Lindqvist last week said it would “never open.”",
        expect![[r#"
            mixed | the pier was half gone. | Tom Okafor, person [Tom Okafor] (said)
            mixed | it would never open. | Marta Lindqvist, person [Marta Lindqvist] (said)
        "#]],
    );
    check_tagged(
        "In an interview on Monday, Capt. Tom Okafor, a former harbor captain told the Post that the pier is “gone.”",
        expect![[r#"
            mixed | the pier is gone. | Tom Okafor, person [Capt. Tom Okafor] (told)
        "#]],
    );
    check_tagged(
        "Another ally of the mayor – Tom Okafor – said on Sunday that “it is all about the pier.”",
        expect![[r#"
            mixed | it is all about the pier. | Tom Okafor, person [Tom Okafor] (said)
        "#]],
    );
    check_tagged(
        "As Marta Lindqvist once wrote, “A pier is a promise to the sea.”\n\n• Okafor: “Well, we never said that it would last.” That was Tom Okafor in May.",
        expect![[r#"
            direct | A pier is a promise to the sea. | Marta Lindqvist, person [Marta Lindqvist] (wrote)
            direct | Well, we never said that it would last. | Tom Okafor, person [Okafor] (:)
        "#]],
    );
    check_tagged(
        "“Walk and let walk is the way,” states the union website.\n\nMAYOR MARTA LINDQVIST SAYING: “We ask them to stay home.”",
        expect![[r#"
            direct | Walk and let walk is the way, | -, anonymous [the union website] (states)
            direct | We ask them to stay home. | Marta Lindqvist, person [MARTA LINDQVIST] (SAYING)
        "#]],
    );
    check_tagged(
        "“Piers are a sticky business for all of us.” — Tom Okafor to Harbor Weekly",
        expect![[r#"
            direct | Piers are a sticky business for all of us. | Tom Okafor, person [Tom Okafor] (—)
        "#]],
    );
    check_tagged(
        "The special counsels are “picked by the court” alone. “We need it,” Peter Brandt MP said.",
        expect![[r#"
            direct | We need it, | Peter Brandt, person [Peter Brandt MP] (said)
        "#]],
    );
}

#[test]
fn a_time_stands_on_either_side_of_the_verb() {
    check_tagged(
        "“It is late,” said Tom Okafor last week. “It is not,” said Mayor Marta Lindqvist Monday morning. Tom Okafor on Tuesday night said the pier was “gone.”",
        expect![[r#"
            direct | It is late, | Tom Okafor, person [Tom Okafor] (said)
            direct | It is not, | Marta Lindqvist, person [Mayor Marta Lindqvist] (said)
            mixed | the pier was gone. | Tom Okafor, person [Tom Okafor] (said)
        "#]],
    );
    check_tagged(
        "“It is late,” said Tom Okafor a former captain of the harbor. “It is not,” Ambassador to the U.N. Marta Lindqvist said.",
        expect![[r#"
            direct | It is late, | Tom Okafor, person [Tom Okafor] (said)
            direct | It is not, | Marta Lindqvist, person [Ambassador to the U.N. Marta Lindqvist] (said)
        "#]],
    );
}

#[test]
fn a_body_in_capitals_is_no_pronoun() {
    check_tagged(
        "“Masks help a great deal in closed rooms,” the WHO said. The World Health Organization (WHO) met in May. WHO says the pier is safe.",
        expect![[r#"
            direct | Masks help a great deal in closed rooms, | World Health Organization, organization [WHO] (said)
            indirect | the pier is safe | World Health Organization, organization [WHO] (says)
        "#]],
    );
}

#[test]
fn a_quote_goes_on_behind_an_apposition() {
    check_tagged(
        "“In March, when the port was part of the accord,” the old accord with Denmark, “there was nobody who minded,” Ida Holm says. “It is a start,” the mayor said, “and no more.”",
        expect![[r#"
            direct | In March, when the port was part of the accord, | Ida Holm, person [Ida Holm] (says)
            direct | there was nobody who minded, | Ida Holm, person [Ida Holm] (says)
            direct | It is a start, and no more. | -, anonymous [the mayor] (said)
        "#]],
    );
}

#[test]
fn what_stands_behind_the_speaker_is_not_the_speaker() {
    check_tagged(
        "“We saw it in the spring,” said Harbor Patrol Agent Marta Lindqvist speaking as president of the union. “It is shut,” said authorities in the town, who met late.",
        expect![[r#"
            direct | We saw it in the spring, | Marta Lindqvist, person [Harbor Patrol Agent Marta Lindqvist] (said)
            direct | It is shut, | -, anonymous [authorities] (said)
        "#]],
    );
    check_tagged(
        "“It is shut,” said Harbor University polling director Tom Okafor.",
        expect![[r#"
        direct | It is shut, | Tom Okafor, person [Harbor University polling director Tom Okafor] (said)
    "#]],
    );
    check_tagged(
        "People briefed on the plan said the pier would be sold.",
        expect![[r#"
        indirect | the pier would be sold | -, anonymous [People briefed on the plan] (said)
    "#]],
    );
}

#[test]
fn many_things_that_are_so_say_nothing() {
    check_tagged(
        "The Harbor Union states that have lost members know it. The Harbor Union reports that were lost are back. The Harbor Union states that the pier is safe.",
        expect![[r#"
            indirect | the pier is safe | Harbor Union, organization [Harbor Union] (states)
        "#]],
    );
}

#[test]
fn a_word_for_a_people_names_no_body_alone() {
    check_tagged(
        "“It is shut,” the Norwegian military said. A Norwegian trade group said the pier was sold. Then the court said it was safe. The office of Senator Marta Lindqvist said the pier was cheap. “It is open,” the Lanternist noted.",
        expect![[r#"
            direct | It is shut, | Norwegian military, organization [the Norwegian military] (said)
            indirect | the pier was sold | -, anonymous [A Norwegian trade group] (said)
            indirect | it was safe | -, anonymous [Then the court] (said)
            indirect | the pier was cheap | office of Senator Marta Lindqvist, organization [The office of Senator Marta Lindqvist] (said)
            direct | It is open, | Lanternist, organization [Lanternist] (noted)
        "#]],
    );
}

#[test]
fn who_speaks_right_behind_a_quote_needs_no_article() {
    check_tagged(
        "“We will not come out for that,” police told a sailor. “It was late by then,” said someone who had a boat. “Leave the harbor at once,” about 200 sailors chanted. “We pay all who help us well,” the application states.",
        expect![[r#"
            direct | We will not come out for that, | -, anonymous [police] (told)
            direct | It was late by then, | -, anonymous [someone] (said)
            direct | Leave the harbor at once, | -, anonymous [200 sailors] (chanted)
            direct | We pay all who help us well, | -, anonymous [the application] (states)
        "#]],
    );
}
