//! What the signs of a font are, by their names (Adobe Glyph List) and by Adobe's standard encoding.

/// Names of signs that are not letters or digits, and what they are.
const SIGNS: &[(&str, &str)] = &[
    ("space", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("underscore", "_"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotesinglbase", "‚"),
    ("quotedblbase", "„"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("germandbls", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("sterling", "£"),
    ("Euro", "€"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("degree", "°"),
    ("section", "§"),
    ("paragraph", "¶"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("periodcentered", "·"),
    ("nbspace", " "),
    ("nonbreakingspace", " "),
    ("dotlessi", "ı"),
    ("eth", "ð"),
    ("thorn", "þ"),
    ("Eth", "Ð"),
    ("Thorn", "Þ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("lslash", "ł"),
    ("Lslash", "Ł"),
    ("dcroat", "đ"),
    ("Dcroat", "Đ"),
    ("Idotaccent", "İ"),
    ("exclamdown", "¡"),
    ("questiondown", "¿"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("perthousand", "‰"),
    ("cent", "¢"),
    ("yen", "¥"),
    ("florin", "ƒ"),
    ("currency", "¤"),
    ("ordfeminine", "ª"),
    ("ordmasculine", "º"),
    ("onesuperior", "¹"),
    ("twosuperior", "²"),
    ("threesuperior", "³"),
    ("onehalf", "½"),
    ("onequarter", "¼"),
    ("threequarters", "¾"),
    ("fraction", "⁄"),
    ("multiply", "×"),
    ("divide", "÷"),
    ("plusminus", "±"),
    ("mu", "µ"),
    ("logicalnot", "¬"),
    ("bar", "|"),
    ("brokenbar", "¦"),
    ("braceleft", "{"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("asciicircum", "^"),
    ("acute", "´"),
    ("grave", "`"),
    ("dieresis", "¨"),
    ("macron", "¯"),
    ("cedilla", "¸"),
];

/// What Type 1 fonts have at the codes above ASCII when nothing is said (Adobe's standard encoding).
pub(super) const STANDARD: &[(u8, &str)] = &[
    (0xA1, "¡"),
    (0xA2, "¢"),
    (0xA3, "£"),
    (0xA4, "⁄"),
    (0xA5, "¥"),
    (0xA6, "ƒ"),
    (0xA7, "§"),
    (0xA8, "¤"),
    (0xA9, "'"),
    (0xAA, "“"),
    (0xAB, "«"),
    (0xAC, "‹"),
    (0xAD, "›"),
    (0xAE, "fi"),
    (0xAF, "fl"),
    (0xB1, "–"),
    (0xB2, "†"),
    (0xB3, "‡"),
    (0xB4, "·"),
    (0xB6, "¶"),
    (0xB7, "•"),
    (0xB8, "‚"),
    (0xB9, "„"),
    (0xBA, "”"),
    (0xBB, "»"),
    (0xBC, "…"),
    (0xBD, "‰"),
    (0xBF, "¿"),
    (0xD0, "—"),
    (0xE1, "Æ"),
    (0xE3, "ª"),
    (0xE8, "Ł"),
    (0xE9, "Ø"),
    (0xEA, "Œ"),
    (0xEB, "º"),
    (0xF1, "æ"),
    (0xF5, "ı"),
    (0xF8, "ł"),
    (0xF9, "ø"),
    (0xFA, "œ"),
    (0xFB, "ß"),
];

/// Marks over letters: `eacute` is `e` with a mark.
const MARKS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circumflex", '\u{302}'),
    ("dieresis", '\u{308}'),
    ("tilde", '\u{303}'),
    ("cedilla", '\u{327}'),
    ("ring", '\u{30A}'),
    ("caron", '\u{30C}'),
    ("macron", '\u{304}'),
    ("ogonek", '\u{328}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("hungarumlaut", '\u{30B}'),
    ("slash", '\u{338}'),
];

/// The text of a sign by its name; empty when that says nothing.
pub(super) fn sign(name: &str) -> String {
    let name = name.split('.').next().unwrap_or(name);
    // Signs drawn as one: `f_i`.
    if name.contains('_') {
        let parts: Vec<String> = name.split('_').map(sign).collect();
        return if parts.iter().any(String::is_empty) { String::new() } else { parts.concat() };
    }
    if let Some((_, text)) = SIGNS.iter().find(|(n, _)| *n == name) {
        return (*text).to_owned();
    }
    let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u')).filter(|h| h.len() >= 4);
    if let Some(c) = hex.and_then(|h| u32::from_str_radix(h.get(..4.max(h.len().min(6)))?, 16).ok()).and_then(char::from_u32) {
        return c.to_string();
    }
    let mut chars = name.chars();
    let (Some(letter), rest) = (chars.next(), chars.as_str()) else { return String::new() };
    match MARKS.iter().find(|(n, _)| *n == rest) {
        Some((_, mark)) if letter.is_ascii_alphabetic() => format!("{letter}{mark}"),
        _ if rest.is_empty() => letter.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::sign;

    #[test]
    fn signs_are_known_by_name() {
        let named = ["a", "eacute", "lslash", "f_f_i", "T_h", "uni0416", "u1F600", "one.oldstyle", "quotedblleft", "oe"].map(sign);
        assert_eq!(named.join(" "), "a e\u{301} ł ffi Th Ж 😀 1 “ œ");
        assert_eq!(["g12", "cid_9", ".notdef", ""].map(sign), ["", "", "", ""]);
    }
}
