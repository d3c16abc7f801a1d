use super::pair;

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
