//! In what language a text is: what its source declares, checked against the text itself.

use crate::words;

/// How much of a text is looked at.
const SAMPLE: usize = 1200;

/// The language of `body`: what is declared, unless the text reliably says otherwise; `None` when neither says anything.
pub fn of(body: &str, declared: Option<&str>) -> Option<&'static str> {
    let declared = declared.and_then(words::language);
    let sample = sample(body);
    if declared.is_none_or(|d| d == "en") && is_plainly_english(sample) {
        return Some("en");
    }
    // Short texts are full of names and say little against what is declared.
    if declared.is_some() && sample.len() < 300 {
        return declared;
    }
    let seen = whatlang::detect(sample).filter(whatlang::Info::is_reliable);
    let Some(seen) = seen else { return declared };
    let found = words::language(seen.lang().code());
    match declared {
        // Close relatives are easily taken for one another.
        Some(d) if found.is_some_and(|f| are_close(d, f)) => Some(d),
        _ => found.or(declared),
    }
}

fn sample(body: &str) -> &str {
    let end = (SAMPLE..body.len()).find(|end| body.is_char_boundary(*end));
    end.map_or(body, |end| &body[..end])
}

fn are_close(a: &str, b: &str) -> bool {
    const CLOSE: &[&[&str]] = &[
        &["no", "da", "sv"],
        &["hr", "sr", "bs", "sl"],
        &["cs", "sk"],
        &["id", "ms", "jv"],
        &["es", "gl", "ca", "pt"],
        &["ru", "uk", "be", "bg", "mk", "sr"],
        &["nl", "af"],
        &["tr", "az", "tk"],
        &["hi", "mr", "ne"],
        &["ar", "fa", "ur"],
    ];
    a == b || CLOSE.iter().any(|group| group.contains(&a) && group.contains(&b))
}

/// Most archives are in English, and statistics cost more than reading; these five words together are in no other language.
fn is_plainly_english(text: &str) -> bool {
    let (mut words, mut the, mut small) = (0usize, 0usize, 0usize);
    for word in text.split_ascii_whitespace() {
        words += 1;
        match word {
            "the" | "The" => the += 1,
            "of" | "and" | "to" | "in" | "that" => small += 1,
            _ => {}
        }
    }
    words >= 10 && the > 0 && small > 0 && the * 40 >= words && small * 20 >= words
}
