//! JSON as programs write it that do not know JSON: made readable again.

/// A record made readable.
#[derive(Debug, PartialEq, Eq)]
pub struct Mended {
    /// The JSON.
    pub text: String,
    /// Whether characters were lost by it.
    pub lost: bool,
}

/// Puts right what strict readers refuse: control characters in strings, halves of surrogate pairs (which become U+FFFD), `NaN` and
/// `Infinity` (which become null), unknown escapes and commas before a closing bracket.
pub fn mend(json: &str) -> Mended {
    let mut out = Mended { text: String::with_capacity(json.len() + 16), lost: false };
    let mut rest = json;
    while let Some(at) = rest.find(['"', 'N', 'I', '-', ',']) {
        out.text.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = match rest.as_bytes().first() {
            Some(b'"') => string(rest, &mut out),
            Some(b',') => {
                let after = rest[1..].trim_start();
                if !after.starts_with(['}', ']']) {
                    out.text.push(',');
                }
                &rest[1..]
            }
            _ => match ["-Infinity", "Infinity", "NaN"].iter().find_map(|w| rest.strip_prefix(w)) {
                Some(after) => {
                    out.text.push_str("null");
                    after
                }
                None => {
                    out.text.push_str(&rest[..1]);
                    &rest[1..]
                }
            },
        };
    }
    out.text.push_str(rest);
    out
}

/// Copies the string `text` begins with; returns what follows it.
fn string<'a>(text: &'a str, out: &mut Mended) -> &'a str {
    out.text.push('"');
    let mut rest = &text[1..];
    while let Some(c) = rest.chars().next() {
        match c {
            '"' => {
                out.text.push('"');
                return &rest[1..];
            }
            '\\' => rest = escape(rest, out),
            c => {
                match c {
                    '\n' => out.text.push_str("\\n"),
                    '\r' => out.text.push_str("\\r"),
                    '\t' => out.text.push_str("\\t"),
                    c if c < ' ' => out.text.push(' '),
                    c => out.text.push(c),
                }
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    rest
}

/// Copies the escape `text` begins with; returns what follows it.
fn escape<'a>(text: &'a str, out: &mut Mended) -> &'a str {
    let unit = |t: &str| t.strip_prefix("\\u").and_then(|t| t.get(..4)).and_then(|hex| u16::from_str_radix(hex, 16).ok());
    match (text.as_bytes().get(1), unit(text)) {
        (Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't'), _) => {
            out.text.push_str(&text[..2]);
            &text[2..]
        }
        (Some(b'u'), Some(high @ 0xD800..=0xDBFF)) if text.get(6..).and_then(unit).is_some_and(|low| (0xDC00..=0xDFFF).contains(&low)) => {
            let _ = high;
            out.text.push_str(&text[..12]);
            &text[12..]
        }
        (Some(b'u'), Some(0xD800..=0xDFFF)) => {
            out.lost = true;
            out.text.push_str("\\ufffd");
            &text[6..]
        }
        (Some(b'u'), Some(_)) => {
            out.text.push_str(&text[..6]);
            &text[6..]
        }
        // `\'` is an apostrophe, `\x` is a backslash and an x.
        (Some(b'\''), _) => &text[1..],
        _ => {
            out.text.push_str("\\\\");
            &text[1..]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[track_caller]
    fn check(json: &str, expected: serde_json::Value, lost: bool) {
        let mended = mend(json);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&mended.text).unwrap(), expected);
        assert_eq!(mended.lost, lost);
    }

    #[test]
    fn what_strict_readers_refuse() {
        use serde_json::json;
        check("{\"a\": \"one\ntwo\tthree\u{1}\"}", json!({"a": "one\ntwo\tthree "}), false);
        check(r#"{"a": NaN, "b": -Infinity, "c": "NaN, ]"}"#, json!({"a": null, "b": null, "c": "NaN, ]"}), false);
        check(r#"["\ud83d\ude00", "\ud83d!", "\udc00"]"#, json!(["😀", "\u{fffd}!", "\u{fffd}"]), true);
        check(r#"{"a": "it\'s \x41", "b": [1, -2,], }"#, json!({"a": "it's \\x41", "b": [1, -2]}), false);
    }
}
