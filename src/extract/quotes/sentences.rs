//! Longer sentences: clauses that are over, lead up to others or go on; who is asked, who goes on, and names that look like no names.

use super::cases::check_tagged;
use expect_test::expect;

#[test]
fn a_name_may_be_a_small_word_and_a_helper_a_short_one() {
    check_tagged(
        "Paul From, a strategist, was there. Many saw the harbor as “a machine of the past,” From said. “We had to change it.”",
        expect![[r#"
        direct | a machine of the past, We had to change it. | Paul From, person [From] (said)
    "#]],
    );
    check_tagged(
        "Marta Okafor wrote the plan. She's said the same thing at every stop: “It is about all of us.”",
        expect![[r#"
        direct | It is about all of us. | Marta Okafor, person [She] (said)
    "#]],
    );
    check_tagged(
        "Asked if she's felt well in Halden, Marta Okafor smiled. “I may not be known here, but I will be.”",
        expect![[r#"
        direct | I may not be known here, but I will be. | Marta Okafor, person [Marta Okafor]
    "#]],
    );
    check_tagged(
        "“Not one tree falls without a permit,” a voice over says as the harbor is shown.",
        expect![[r#"
        direct | Not one tree falls without a permit, | -, anonymous [a voice over] (says)
    "#]],
    );
}

#[test]
fn the_title_of_a_work_parts_no_author_from_the_verb() {
    check_tagged(
        "Charles Okafor, author of “The Long Pier,” said that “nobody asked the town.”",
        expect![[r#"
        mixed | nobody asked the town. | Charles Okafor, person [Charles Okafor] (said)
    "#]],
    );
    check_tagged(
        "Charles Okafor, the author of “The Long Pier,” says the town was “never asked.”",
        expect![[r#"
        mixed | the town was never asked. | Charles Okafor, person [Charles Okafor] (says)
    "#]],
    );
}

#[test]
fn a_verb_in_a_clause_that_is_over_does_not_report_what_follows() {
    check_tagged(
        "Marta Lindqvist said the campaign’s message, which some have argued was meant to mislead, was an “insult” to the “hundreds and maybe thousands” of helpers.",
        expect![[r#"
        mixed | the campaign’s message insult hundreds and maybe thousands | Marta Lindqvist, person [Marta Lindqvist] (said)
    "#]],
    );
    check_tagged(
        "Paul Win, a member of the board, said on Tuesday that according to its own count, the party has won, but “we are still counting the seats.”",
        expect![[r#"
        mixed | according to its own count, the party has won, but we are still counting the seats. | Paul Win, person [Paul Win] (said)
    "#]],
    );
    check_tagged(
        "Tom Reid said both men were “nobodies in the harbor,” but he gave Brown a compliment: “You never have to guess where he is.”",
        expect![[r#"
        mixed | men were nobodies in the harbor, but he gave Brown a compliment | Tom Reid, person [Tom Reid] (said)
        direct | You never have to guess where he is. | Tom Reid, person [he] (:)
    "#]],
    );
    check_tagged(
        "Tom Okafor said he voted against the plan because “they put needless stuff in that bill,” including parts he said would close the harbor.",
        expect![[r#"
        mixed | he voted against the plan because they put needless stuff in that bill, including parts he said would close the harbor | Tom Okafor, person [Tom Okafor] (said)
    "#]],
    );
    check_tagged(
        "Marta Lindqvist won, noting that sailors feel “we’ve got to find a place that is safe.”",
        expect![[r#"
        mixed | sailors feel we’ve got to find a place that is safe. | Marta Lindqvist, person [Marta Lindqvist] (noting)
    "#]],
    );
}

#[test]
fn who_says_in_ing_is_the_subject_of_the_clause_before_it() {
    check_tagged(
        "Although Tom Okafor thanked the town, he sounded a note of doubt, saying, “I'm not sure I deserve it.”",
        expect![[r#"
        direct | I'm not sure I deserve it. | Tom Okafor, person [he] (saying)
    "#]],
    );
    check_tagged(
        "Tom Okafor said he was misread, but Marta Lindqvist made it clear that she was not, saying flatly, “Everybody heard it.”",
        expect![[r#"
        direct | Everybody heard it. | Marta Lindqvist, person [she] (saying)
    "#]],
    );
    check_tagged(
        "Marta Lindqvist called for calm, though in a radio talk last week she used stronger words, saying the pier “must be destroyed.”",
        expect![[r#"
        mixed | the pier must be destroyed. | Marta Lindqvist, person [she] (saying)
    "#]],
    );
    check_tagged(
        "Standing beside Joe Brown, the harbor's sheriff and a hard-liner, Tom Okafor launched into a lament for the “countless people who lost their homes.”",
        expect![[r#"
        mixed | countless people who lost their homes. | Tom Okafor, person [Tom Okafor]
    "#]],
    );
    check_tagged(
        "Paul Brown’s ministry shortly after the storm called for “calm on all sides of the border.”",
        expect![[r#"
            mixed | calm on all sides of the border. | Paul Brown’s ministry, organization [Paul Brown’s ministry] (called)
        "#]],
    );
}

#[test]
fn a_name_before_the_colon_is_the_source() {
    check_tagged(
        "THE TOWN CARES MORE ABOUT FERRIES THAN PIERS - Frank Newton and Jim Harter: “We found that ferries matter most to those who live there.”",
        expect![[r#"
            direct | We found that ferries matter most to those who live there. | Frank Newton + Jim Harter, person [Frank Newton] (:)
        "#]],
    );
    check_tagged(
        "But polls did predict the harbor vote - HarborPollster: “While the vote was a surprise, it was not one to us.”",
        expect![[r#"
        direct | While the vote was a surprise, it was not one to us. | HarborPollster, organization [HarborPollster] (:)
    "#]],
    );
    check_tagged(
        "About four in 10 Halden voters say that an important thing in a mayor is that they “share my values.”",
        expect![[r#"
        mixed | an important thing in a mayor is that they share my values. | -, anonymous [four in 10 Halden voters] (say)
    "#]],
    );
}

#[test]
fn what_stands_between_two_quotes_may_say_who_goes_on() {
    check_tagged(
        "“It is cold,” Marta Lindqvist says. Lindqvist supports the pier. “I have two children and a loan to pay.”",
        expect![[r#"
        direct | It is cold, | Marta Lindqvist, person [Marta Lindqvist] (says)
        direct | I have two children and a loan to pay. | Marta Lindqvist, person [Lindqvist]
    "#]],
    );
    check_tagged(
        "“Tell her I promised you a boat,” Ann Ebel said, and her husband cut in. “Don't forget the picture of Tom.”",
        expect![[r#"
        direct | Tell her I promised you a boat, | Ann Ebel, person [Ann Ebel] (said)
        direct | Don't forget the picture of Tom. | -, unresolved [her husband] (cut in)
    "#]],
    );
    check_tagged(
        "Tom Okafor sold water on the pier. Why was he out in the heat? “My mother says I have to save up for a boat.”",
        expect![[r#"
            direct | My mother says I have to save up for a boat. | Tom Okafor, person [he]
        "#]],
    );
    check_tagged(
        "“I don't think the common wisdom” -- that the mayor is a nanny -- “is going to last,” Paul Brown says.",
        expect![[r#"
        direct | I don't think the common wisdom | Paul Brown, person [Paul Brown] (says)
        direct | is going to last, | Paul Brown, person [Paul Brown] (says)
    "#]],
    );
}

#[test]
fn whoever_is_asked_answers() {
    check_tagged(
        "Another sailor asked Marta Lindqvist after the speech why the pier was late.\n\n“The fight is to frame the town,” she said.",
        expect![[r#"
        direct | The fight is to frame the town, | Marta Lindqvist, person [she] (said)
    "#]],
    );
    check_tagged(
        "Tom Okafor asked Paul Brown about the pier.\n\n“It was late,” he said.",
        expect![[r#"
        direct | It was late, | Paul Brown, person [he] (said)
    "#]],
    );
    check_tagged(
        "Tom Okafor asked Paul Brown to leave the pier.\n\n“It was late,” he said.",
        expect![[r#"
        direct | It was late, | Tom Okafor, person [he] (said)
    "#]],
    );
    check_tagged(
        "Paul Brown, a surrogate for Ito, left. “It is gone,” one surrogate said. The surrogate said the pier was late.",
        expect![[r#"
        direct | It is gone, | -, anonymous [one surrogate] (said)
        indirect | the pier was late | -, anonymous [The surrogate] (said)
    "#]],
    );
}

#[test]
fn the_main_clause_is_reported_before_the_one_that_leads_up_to_it() {
    check_tagged(
        "While sailors said the pier was late, Marta Lindqvist said that it would open in May.",
        expect![[r#"
        indirect | it would open in May | Marta Lindqvist, person [Marta Lindqvist] (said)
    "#]],
    );
    check_tagged(
        "After the vote Tom Okafor told the Post he was surprised, and later he said it was over.",
        expect![[r#"
        indirect | he was surprised | Tom Okafor, person [Tom Okafor] (told)
    "#]],
    );
}

#[test]
fn a_pronoun_nobody_near_fits_may_be_the_only_one_of_the_article() {
    check_tagged(
        "Sen. Marta Okafor sent a letter to the board on Friday demanding he investigates the pier.\n\n“In response it proved unable to say,” she said.",
        expect![[r#"
        direct | In response it proved unable to say, | Marta Okafor, person [she] (said)
    "#]],
    );
    check_tagged(
        "Marta Okafor opened the pier in May.\n\nThe town had waited for years.\n\nThe ferry was late.\n\nThe harbor was full of ice.\n\nNobody came.\n\n“It was my first real pier,” she said.",
        expect![[r#"
        direct | It was my first real pier, | Marta Okafor, person [she] (said)
    "#]],
    );
    check_tagged(
        "Rep. James Herrera Beutler said those who come should be welcomed.\n\n“The harbor is not a jobs program,” she said.",
        expect![[r#"
        indirect | those who come should be welcomed | James Herrera Beutler, person [Rep. James Herrera Beutler] (said)
        direct | The harbor is not a jobs program, | James Herrera Beutler, person [she] (said)
    "#]],
    );
    check_tagged(
        "Mr. James Beutler said those who come should be welcomed.\n\n“The harbor is not a jobs program,” she said.",
        expect![[r#"
        indirect | those who come should be welcomed | James Beutler, person [Mr. James Beutler] (said)
        direct | The harbor is not a jobs program, | -, unresolved [she] (said)
    "#]],
    );
}

#[test]
fn who_somebody_is_behind_the_name_is_nobody_else() {
    check_tagged(
        "As Jennifer Okafor, an officer for the Harbor Consortium, says, many teachers are late.\n\n“What we’re seeing does not reflect what we can do,” she says.",
        expect![[r#"
        direct | What we’re seeing does not reflect what we can do, | Jennifer Okafor, person [she] (says)
    "#]],
    );
    check_tagged(
        "But Mr. Okafor said it was a pretext. In televised comments, the Norwegian leader said others had piers.\n\n“Now it seems they believe it,” he said.",
        expect![[r#"
        indirect | it was a pretext | Okafor, person [Mr. Okafor] (said)
        indirect | others had piers | Okafor, person [the Norwegian leader] (said)
        direct | Now it seems they believe it, | Okafor, person [he] (said)
    "#]],
    );
    check_tagged(
        "That is why Tom Okafor, a pollster in Halden, warned that sailors should not wait.",
        expect![[r#"
        indirect | sailors should not wait | Tom Okafor, person [Tom Okafor] (warned)
    "#]],
    );
}

#[test]
fn a_time_is_no_speaker_and_an_address_tells_who_is_he() {
    check_tagged(
        "The next month, Marta Okafor wrote to the staff in Halden saying she was “mystified.”",
        expect![[r#"
        mixed | she was mystified. | Marta Okafor, person [Marta Okafor] (saying)
    "#]],
    );
    check_tagged(
        "Marta Okafor took aim at Tom Brown last week, after the vote, warning that the pier “is gone.”",
        expect![[r#"
        mixed | the pier is gone. | Marta Okafor, person [Marta Okafor] (warning)
    "#]],
    );
    check_tagged(
        "Mr. Okafor told the reporter she was late.\n\n“We did not speak of it,” he said. Meanwhile Mr. Brown told the Post: “Nobody did.”",
        expect![[r#"
            indirect | she was late | Okafor, person [Mr. Okafor] (told)
            direct | We did not speak of it, | Okafor, person [he] (said)
            direct | Nobody did. | Brown, person [Mr. Brown] (told)
        "#]],
    );
}

#[test]
fn who_took_the_picture_and_the_vice_president_are_somebody_else() {
    check_tagged(
        "Tom Okafor told a hearing it was bad. The pier is seen in Halden on Friday. Kevin Brown/Pool via REUTERS\n\n“Frankly it scares me,” he said.",
        expect![[r#"
            indirect | it was bad | Tom Okafor, person [Tom Okafor] (told)
            direct | Frankly it scares me, | Tom Okafor, person [he] (said)
        "#]],
    );
    check_tagged(
        "Donald Brown, the president, left. Joe Okafor is in Halden. “It did not have to be this way,” the 77-year-old former vice president said.",
        expect![[r#"
            direct | It did not have to be this way, | Joe Okafor, person [the 77-year-old former vice president] (said)
        "#]],
    );
}

#[test]
fn a_second_noun_phrase_ends_the_first() {
    check_tagged(
        "The speaker put the matter in stark terms: “The pier is gone.”",
        expect![[r#"
        direct | The pier is gone. | -, anonymous [The speaker] (:)
    "#]],
    );
    check_tagged(
        "It's just as President Marta Okafor famously said, “The pier is gone for all of us.”",
        expect![[r#"
        direct | The pier is gone for all of us. | Marta Okafor, person [President Marta Okafor] (said)
    "#]],
    );
    check_tagged(
        "The banter was light until his partner turned to him and said, “Camera on.”",
        expect![[r#"
        direct | Camera on. | -, unresolved [his partner] (said)
    "#]],
    );
    check_tagged(
        "Marta Okafor spoke. She slammed the plan as too late, while standing firm in claiming it is a true “harbor for all of us.”",
        expect![[r#"
            mixed | harbor for all of us. | Marta Okafor, person [She] (claiming)
        "#]],
    );
}

#[test]
fn a_plain_past_ends_the_subject() {
    check_tagged(
        "The Harbor Council met Paul Dahl. The Harbor Council went on to say, “Over a thousand sailors are waiting.”",
        expect![[r#"
            direct | Over a thousand sailors are waiting. | Harbor Council, organization [Harbor Council] (say)
        "#]],
    );
    check_tagged(
        "A few sailors stood outside the port shouting “No pier, no peace at all.”",
        expect![[r#"
        direct | No pier, no peace at all. | -, anonymous [A few sailors] (shouting)
    "#]],
    );
}

#[test]
fn who_serves_somebody_is_somebody_else() {
    check_tagged(
        "A lawyer representing Paul Dahl previously has said “harbor tapes” were taken.",
        expect![[r#"
        direct | harbor tapes | -, anonymous [A lawyer representing Paul Dahl] (said)
    "#]],
    );
    check_tagged(
        "Paul Dahl, Marta Okafor more recently said, is “doing a fine job in the harbor.”",
        expect![[r#"
        mixed | doing a fine job in the harbor. | Marta Okafor, person [Marta Okafor] (said)
    "#]],
    );
    check_tagged(
        "By signing up, you agree to our terms.\n\n“Do not worry, my boat will carry all of us.”",
        expect![[r#"
        direct | Do not worry, my boat will carry all of us. | -, unresolved [-]
    "#]],
    );
    check_tagged("They passed, along with an expanded reading of “general welfare” rules, a law on piers.", expect![[""]]);
}
