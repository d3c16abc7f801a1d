use super::{Page, Shape};
use proptest::prelude::*;

fn tokens(body: &str) -> String {
    let page = Page::of(body);
    (0..page.tokens.len()).map(|i| page.text(i)).collect::<Vec<_>>().join("|")
}

fn sentences(body: &str) -> Vec<String> {
    let page = Page::of(body);
    page.sentences.iter().map(|s| page.slice(s.clone()).replace('\n', " ")).collect()
}

#[test]
fn tokens_are_words_and_marks() {
    let check = |body: &str, expected: &str| assert_eq!(tokens(body), expected);
    check("Mayor O'Brien didn't say.", "Mayor|O'Brien|didn't|say|.");
    check("The U.S. Senate's vote", "The|U.S.|Senate|'s|vote");
    check("the mayor’s “own” words", "the|mayor|’s|“|own|”|words");
    check("J.K. Olsen and R. B. Diaz", "J.K.|Olsen|and|R.|B.|Diaz");
    check("Mr. Ito, Sen. Ruiz, Acme Inc.", "Mr.|Ito|,|Sen.|Ruiz|,|Acme|Inc.");
    check("1,000 of 3.5 -- or 2nd...", "1,000|of|3.5|--|or|2nd|...");
    check("Hafez al-Assad, pro-Ito, Oslo-based", "Hafez|al-Assad|,|pro|-|Ito|,|Oslo|-|based");
    check("U.S.-Iran talks, AT&T", "U.S.|-|Iran|talks|,|AT&T");
    check("see https://example.org/a?b=1, Example.com", "see|https://example.org/a?b=1|,|Example.com");
    check("the Smiths' house; a 5-year-old", "the|Smiths|'|house|;|a|5-year-old");
    check("She'd said they’re late; I'd go. Don't!", "She|'d|said|they|’re|late|;|I|'d|go|.|Don't|!");
    check("Žofie said «ano».", "Žofie|said|«|ano|»|.");
    check("", "");
}

#[test]
fn abbreviations_keep_their_period() {
    let all = super::tokens::TITLE_ABBREVIATIONS.iter().chain(super::tokens::OTHER_ABBREVIATIONS);
    for word in all.filter(|w| w.len() < 7) {
        assert_eq!(tokens(&format!("Ito {word}. Diaz")), format!("Ito|{word}.|Diaz"));
    }
}

#[test]
fn shapes_tell_how_a_word_is_written() {
    let check = |word: &str, expected: Shape| assert_eq!(Page::of(word).tokens[0].shape, expected, "{word}");
    check("mayor", Shape::Lower);
    check("McCain", Shape::Capital);
    check("al-Assad", Shape::Capital);
    check("A", Shape::Capital);
    check("NATO", Shape::Upper);
    check("U.S.", Shape::Upper);
    check("2nd", Shape::Number);
    check("$", Shape::Mark);
}

#[test]
fn sentences_end_where_a_reader_stops() {
    let check = |body: &str, expected: &[&str]| assert_eq!(sentences(body), expected, "{body}");
    check("He left. She stayed.", &["He left.", "She stayed."]);
    check("“He left.” She stayed.", &["“He left.”", "She stayed."]);
    check("Mr. Ito met Sen. R. Diaz in the U.S. Senate. All left.", &["Mr. Ito met Sen. R. Diaz in the U.S. Senate.", "All left."]);
    check("He lives in the U.S. The rest left.", &["He lives in the U.S.", "The rest left."]);
    check("She works for Acme Inc. But not now.", &["She works for Acme Inc.", "But not now."]);
    check("“Why?” Ito asked. Then left.", &["“Why?” Ito asked.", "Then left."]);
    check("\"Why?\" he asked. \"It is late.\" He left.", &["\"Why?\" he asked.", "\"It is late.\"", "He left."]);
    check("It rose 3.5 percent... and fell.", &["It rose 3.5 percent... and fell."]);
    check("On Nov. 5 he left at 5 p.m. on foot.", &["On Nov. 5 he left at 5 p.m. on foot."]);
    check("A forgotten space.The next.", &["A forgotten space.", "The next."]);
}

#[test]
fn paragraphs_end_at_line_breaks_unless_wrapped_by_hand() {
    let check = |body: &str, expected: usize| assert_eq!(Page::of(body).paragraphs.len(), expected, "{body}");
    check("One.\n\nTwo.", 2);
    check("A headline\nOne.\nTwo.", 3);
    check("One line, \nand on.", 1);
    let wrapped = "The council of the little town met on Monday to talk about\nthe bridge, which had been closed since the flood of\n\
                   Saturday night, and about who should pay for what the water\nhad carried away, which nobody in the hall wanted to be\nthe first to say.\n\nTwo.";
    check(wrapped, 2);
}

proptest! {
    #[test]
    fn a_page_covers_its_body(body in "[a-zA-Z0-9éЖ漢'’“”\"\\-.,!?() \n]{0,200}") {
        let page = Page::of(&body);
        let mut last = 0;
        for token in &page.tokens {
            prop_assert!(token.start >= last && token.end > token.start);
            prop_assert!(body[last as usize..token.start as usize].trim().is_empty());
            last = token.end;
        }
        prop_assert!(body[last as usize..].trim().is_empty());
        let mut next = 0;
        for s in &page.sentences {
            prop_assert!(s.start == next && s.end > s.start);
            next = s.end;
        }
        prop_assert_eq!(next, page.tokens.len());
        for p in &page.paragraphs {
            prop_assert!(page.sentences.iter().any(|s| s.start == p.start));
        }
    }
}
