use super::{beginnings, pair};

fn check(body: &str, expected: &[&str]) {
    let found = pair(body, std::iter::once(0..body.len()), |_| false);
    let words: Vec<&str> = found.iter().map(|m| &body[m.inner.clone()]).collect();
    assert_eq!(words, expected, "{body}");
}

#[test]
fn straight_marks_hold_curly_ones() {
    check("\"It is no “law” at all.\" Well.", &["It is no “law” at all."]);
    check("\"It is no “law” at all.", &["It is no “law” at all."]);
    check("\"It is bad,” she said. “It is late.”", &["It is bad,", "It is late."]);
}

#[test]
fn what_converters_make_of_straight_marks_pairs_as_they_do() {
    check("“It builds a thousand homes,″ she said of a “plan.”", &["It builds a thousand homes,", "plan."]);
    check("He said ″it is late″ and left.", &["it is late"]);
    check("A man of 4′11″ said “no.”", &["no."]);
}

#[test]
fn every_byte_that_may_begin_a_mark_is_met_once_and_in_order() {
    for text in ["", "a", "it's “so” `late` «now» 「then」 \"well\"", "é’‘ª«»ꯍ`'\"", "\u{3001}\u{a0}''``"] {
        let plain: Vec<usize> = (0..text.len()).filter(|i| b"\"'`\xC2\xE2\xE3".contains(&text.as_bytes()[*i])).collect();
        assert_eq!(beginnings(text.as_bytes()).collect::<Vec<_>>(), plain, "{text}");
    }
}
