//! Whose verb it is: sentences with clauses of time, predicates, appositions and two persons around the words that name a speaker.

use super::cases::check_tagged;
use expect_test::expect;

#[test]
fn a_clause_of_time_has_a_subject_of_its_own() {
    check_tagged(
        "She fired back at night after Mr. Okafor told a committee that the pier was “a trap for all of us.”",
        expect![[r#"
            mixed | the pier was a trap for all of us. | Okafor, person [Mr. Okafor] (told)
        "#]],
    );
    check_tagged(
        "Yet even as Marta Lindqvist argues that talks “deserve more time and effort,” the others left.",
        expect![[r#"
            mixed | talks deserve more time and effort, | Marta Lindqvist, person [Marta Lindqvist] (argues)
        "#]],
    );
    check_tagged(
        "The mayor changed her mind when, a day after her lawyers told the judges that it was over, Marta Lindqvist said she wanted a vote.",
        expect![[r#"
            indirect | she wanted a vote | Marta Lindqvist, person [Marta Lindqvist] (said)
        "#]],
    );
    check_tagged(
        "Tom Okafor was calm in the note, written hours before Paul Brown announced that he would go.\n\n“My wish is to join you all,” he wrote.",
        expect![[r#"
            indirect | he would go | Paul Brown, person [Paul Brown] (announced)
            direct | My wish is to join you all, | Tom Okafor, person [he] (wrote)
        "#]],
    );
    check_tagged("We’re told that the pier needs people to “make the town grow.”", expect![[""]]);
}

#[test]
fn the_person_at_the_head_of_a_sentence_speaks_not_the_words_behind_the_name() {
    check_tagged(
        "Mayor Marta Lindqvist made a long appeal on Friday, telling the town that “it is time we built a pier.”",
        expect![[r#"
            mixed | it is time we built a pier. | Marta Lindqvist, person [Mayor Marta Lindqvist] (telling)
        "#]],
    );
    check_tagged(
        "Mayor Marta Lindqvist took to the radio on Friday saying, “It shows how broken the pier is.”",
        expect![[r#"
            direct | It shows how broken the pier is. | Marta Lindqvist, person [Mayor Marta Lindqvist] (saying)
        "#]],
    );
    check_tagged(
        "Speaking at night, Marta Lindqvist said she felt good about the vote, then remarked, “On to Halden.”",
        expect![[r#"
            direct | On to Halden. | Marta Lindqvist, person [Marta Lindqvist] (remarked)
        "#]],
    );
    check_tagged(
        "In a long film, Marta Lindqvist, an early friend of the harbor, praised her work on many conservative issues, promising “to work hard and well.”",
        expect![[r#"
            direct | to work hard and well. | Marta Lindqvist, person [Marta Lindqvist] (promising)
        "#]],
    );
    check_tagged(
        "On Friday, the Lindqvist campaign sued the Post, claiming the paper had lied by stating the campaign “sank the pier on purpose.”",
        expect![[r#"
            mixed | sank the pier on purpose. | Lindqvist, organization [the Lindqvist campaign] (stating)
        "#]],
    );
    check_tagged(
        "He called Okafor a “friend of nobody”, condemned him for the pier and said “he sank it himself”.",
        expect![[r#"
            mixed | friend of nobody | -, unresolved [He] (called)
            direct | he sank it himself | -, unresolved [He] (said)
        "#]],
    );
}

#[test]
fn an_apposition_may_lack_its_second_comma() {
    check_tagged(
        "“They can pay for it,” Marta Lindqvist, the council’s spokeswoman said in a note. “We can,” Tom Okafor, who is chairman of Harbor Watch said.",
        expect![[r#"
            direct | They can pay for it, | Marta Lindqvist, person [Marta Lindqvist] (said)
            direct | We can, | Tom Okafor, person [Tom Okafor] (said)
        "#]],
    );
    check_tagged(
        "“He stood by us,” Tom Okafor, director of the fishing group Harbor Watch said Tuesday.",
        expect![[r#"
            direct | He stood by us, | Tom Okafor, person [Tom Okafor] (said)
        "#]],
    );
    check_tagged(
        "Marta Lindqvist, a spokesman said, was not at home.",
        expect![[r#"
            indirect | Marta Lindqvist was not at home | -, anonymous [a spokesman] (said)
        "#]],
    );
}

#[test]
fn two_persons_speak_as_one() {
    check_tagged(
        "“Work is rare,” the authors, Marta Lindqvist and Tom Okafor, say in their report. “It is,” say Tom Okafor of Oslo and Ana Ruiz.",
        expect![[r#"
            mixed | Work is rare, | Marta Lindqvist + Tom Okafor, person [Marta Lindqvist and Tom Okafor] (say)
            direct | It is, | Tom Okafor + Ana Ruiz, person [Tom Okafor] (say)
        "#]],
    );
    check_tagged(
        "“It can float for years,” two experts, Marta Lindqvist and Tom Okafor of the city’s Institute for Ports and Harbors, wrote.",
        expect![[r#"
            mixed | It can float for years, | Marta Lindqvist + Tom Okafor, person [Marta Lindqvist and Tom Okafor] (wrote)
        "#]],
    );
    check_tagged(
        "Marta Lindqvist and Tom Okafor, both clerks, complained that the pier was gone.",
        expect![[r#"
            indirect | the pier was gone | Marta Lindqvist + Tom Okafor, person [Marta Lindqvist and Tom Okafor] (complained)
        "#]],
    );
}

#[test]
fn bodies_and_offices_lead_up_to_a_name() {
    check_tagged(
        "Department of Justice spokeswoman Marta Lindqvist said it was “glad of what the court found.”",
        expect![[r#"
            mixed | it was glad of what the court found. | Marta Lindqvist, person [Department of Justice spokeswoman Marta Lindqvist] (said)
        "#]],
    );
    check_tagged(
        "“It is against the law,” EU ambassador to Cuba Marta Lindqvist said. “So it is,” former Ambassador to Mexico Ana Ruiz told us.",
        expect![[r#"
            direct | It is against the law, | Marta Lindqvist, person [EU ambassador to Cuba Marta Lindqvist] (said)
            direct | So it is, | Ana Ruiz, person [Ambassador to Mexico Ana Ruiz] (told)
        "#]],
    );
    check_tagged(
        "“We move on,” Health and Human Services Secretary Marta Lindqvist said. “It must be,” dozens of fishermen said in a letter.",
        expect![[r#"
            direct | We move on, | Marta Lindqvist, person [Human Services Secretary Marta Lindqvist] (said)
            direct | It must be, | -, anonymous [dozens of fishermen] (said)
        "#]],
    );
}

#[test]
fn a_name_behind_a_quote_signs_it() {
    check_tagged(
        "Papers differ. “The pier is gone and nobody will build it again in our time.” Tom Okafor, Harbor Post",
        expect![[r#"
        direct | The pier is gone and nobody will build it again in our time. | Tom Okafor, person [Tom Okafor]
    "#]],
    );
    check_tagged(
        "She left.\n\n“Listen, it was a deep hole that they dug.”\n\n— Former Mayor Marta Lindqvist on “Harbor Today” when asked why the pier had sunk so fast after all that.",
        expect![[r#"
            direct | Listen, it was a deep hole that they dug. | Marta Lindqvist, person [Marta Lindqvist]
        "#]],
    );
    check_tagged(
        "“We will not have any comment,” Marta Lindqvist, a spokeswoman for the pier.\n\nMedia caption Passenger Tom Okafor: “We have been given boots”",
        expect![[r#"
            direct | We will not have any comment, | Marta Lindqvist, person [Marta Lindqvist]
            direct | We have been given boots | Passenger Tom Okafor, person [Passenger Tom Okafor] (:)
        "#]],
    );
}

#[test]
fn each_quote_of_a_sentence_has_its_own_cue() {
    check_tagged(
        "Marta Lindqvist said, “Tom Okafor will build the pier” - at which point the crowd chanted “Build the pier!”",
        expect![[r#"
            direct | Tom Okafor will build the pier | Marta Lindqvist, person [Marta Lindqvist] (said)
            direct | Build the pier! | -, anonymous [the crowd] (chanted)
        "#]],
    );
    check_tagged(
        "“They see it for themselves,” Tom Okafor followed up. “It is fine,” he rattled off in Oslo.",
        expect![[r#"
            direct | They see it for themselves, | Tom Okafor, person [Tom Okafor] (followed up)
            direct | It is fine, | Tom Okafor, person [he] (rattled)
        "#]],
    );
}

#[test]
fn what_closes_a_sentence_behind_a_comma_may_be_two_or_have_a_clause() {
    check_tagged(
        "They pay for their boats in coin, said an official and a clerk at the bank. He also spoke of the sea, said a captain who was there.",
        expect![[r#"
            indirect | They pay for their boats in coin | -, anonymous [an official] (said)
            indirect | He also spoke of the sea | -, anonymous [a captain] (said)
        "#]],
    );
    check_tagged(
        "It landed in Oslo, where it sat for what Marta Lindqvist thinks was an hour, according to the harbor office.",
        expect![[r#"
            indirect | It landed in Oslo, where it sat for what Marta Lindqvist thinks was an hour | -, anonymous [the harbor office] (according to)
        "#]],
    );
}

#[test]
fn a_body_that_spoke_is_it_and_its_statement() {
    check_tagged(
        "The White House said in a note that Okafor was “a victim of the sea.” It said that the fine was too high. “He has paid,” said the statement.",
        expect![[r#"
            mixed | Okafor was a victim of the sea. | White House, organization [White House] (said)
            indirect | the fine was too high | White House, organization [It] (said)
            direct | He has paid, | White House, organization [the statement] (said)
        "#]],
    );
}

#[test]
fn whoever_is_named_behind_a_subject_is_somebody_else() {
    check_tagged(
        "Tom Okafor met Paul Brown on Friday. Okafor spoke first and longest. He even defended Brown over the wreck. “I take him at his word,” he said.",
        expect![[r#"
            direct | I take him at his word, | Tom Okafor, person [he] (said)
        "#]],
    );
}

#[test]
fn what_may_be_said_has_not_been_said() {
    check_tagged(
        "Tom Okafor leads the fishermen. He warned in a note that the council would respond by “forcing the boats to leave the bay”.",
        expect![[r#"
            mixed | the council would respond by forcing the boats to leave the bay | Tom Okafor, person [He] (warned)
        "#]],
    );
    check_tagged(
        "The report, written with the help of a dozen clerks, said the effects of the storm would harm the town.",
        expect![[r#"
        indirect | the effects of the storm would harm the town | -, anonymous [The report] (said)
    "#]],
    );
    check_tagged(
        "At a press conference called in a hurry late at night in Oslo, the foreign minister, Tom Okafor, said Norway had asked for less.",
        expect![[r#"
            indirect | Norway had asked for less | Tom Okafor, person [Tom Okafor] (said)
        "#]],
    );
    check_tagged(
        "Chief Medical Officer for England Prof. Marta Lindqvist said it would save lives.",
        expect![[r#"
        indirect | it would save lives | Marta Lindqvist, person [Chief Medical Officer for England Prof. Marta Lindqvist] (said)
    "#]],
    );
}

#[test]
fn links_to_other_articles_are_no_quotes_of_this_one() {
    check_tagged(
        "The pier is gone.\n\nCouncil should ‘go away and shut up’, says harbor secretary Read more\n\nIt was old.",
        expect![[""]],
    );
}

#[test]
fn a_pronoun_is_none_of_those_named_in_what_it_reports() {
    check_tagged(
        "Lt. Paul Brown said that the search was over. Tom Okafor also carried a knife and a rope, he said.",
        expect![[r#"
            indirect | the search was over | Paul Brown, person [Lt. Paul Brown] (said)
            indirect | Tom Okafor also carried a knife and a rope | Paul Brown, person [he] (said)
        "#]],
    );
    check_tagged(
        "“We are done,” said Minister Paul Brown. Marta Lindqvist has no time for Tom Okafor. “Tom Okafor is a fool,” he said.",
        expect![[r#"
            direct | We are done, | Paul Brown, person [Minister Paul Brown] (said)
            direct | Tom Okafor is a fool, | Paul Brown, person [he] (said)
        "#]],
    );
}

#[test]
fn one_may_speak_of_oneself() {
    check_tagged(
        "Tom Okafor said that the term was over. Okafor passed all tests at once, he said. “I am Captain Tom Okafor,” he said.",
        expect![[r#"
            indirect | the term was over | Tom Okafor, person [Tom Okafor] (said)
            indirect | Okafor passed all tests at once | Tom Okafor, person [he] (said)
            direct | I am Captain Tom Okafor, | Tom Okafor, person [he] (said)
        "#]],
    );
}

#[test]
fn a_name_in_a_relative_clause_does_not_speak() {
    check_tagged(
        "Rep. Paul Brown, who spoke for the family and their aunt, Marta Lindqvist, said he was done with the port.",
        expect![[r#"
            indirect | he was done with the port | Paul Brown, person [Rep. Paul Brown] (said)
        "#]],
    );
}

#[test]
fn lands_are_no_verb_and_an_agency_is_no_speaker() {
    check_tagged("Prices fell in Halden and in ports far away, one of the first states to have a ferry.", expect![[""]]);
    check_tagged("The rule came into force for other caucus states that have no ferry.", expect![[""]]);
    check_tagged(
        "“It may be a serious mistake in the long run.” - Reuters",
        expect![[r#"
        direct | It may be a serious mistake in the long run. | -, unresolved [-]
    "#]],
    );
    check_tagged("12:20 p.m.: ‘HARBOR OPEN’ signs come down\n\nThe harbor office will take them away.", expect![[""]]);
}

#[test]
fn the_company_is_the_one_that_spoke_and_a_paper_one_of_the_press() {
    check_tagged(
        "Lindqvist Shipping Inc said the sale of its stake in Okafor Mills Inc had been put off. The company said that it would go on with its talks.",
        expect![[r#"
            indirect | the sale of its stake in Okafor Mills Inc had been put off | Lindqvist Shipping Inc, organization [Lindqvist Shipping Inc] (said)
            indirect | it would go on with its talks | Lindqvist Shipping Inc, organization [The company] (said)
        "#]],
    );
}

#[test]
fn a_function_stands_before_the_name_behind_the_verb() {
    check_tagged(
        "“Voters are unsure,” reports Harbor Watch analyst Tom Okafor.",
        expect![[r#"
        direct | Voters are unsure, | Tom Okafor, person [Harbor Watch analyst Tom Okafor] (reports)
    "#]],
    );
    check_tagged("The storm claimed the lives of two “brave” sailors.", expect![[""]]);
}
