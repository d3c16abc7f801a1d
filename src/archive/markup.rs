//! Text as it may stand in HTML and in XML 1.0.

/// Whether XML 1.0 has a place for `c`; control characters that it only discourages are left out with the others.
pub fn in_xml(c: char) -> bool {
    matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// `text` with its marks escaped, also for a value in quotation marks, and without what has no place there.
///
/// ```
/// assert_eq!(morgue::archive::escaped("a < \"b\"\u{7}\u{ffff}"), "a &lt; &quot;b&quot;");
/// ```
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| in_xml(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
