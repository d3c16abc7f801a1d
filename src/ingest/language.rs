//! In what language a text is: what its source declares, checked against the text itself.

/// Languages with their codes: ISO 639-1, ISO 639-3 (and other three-letter codes), name in English.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("af", "afr", "afrikaans"),
    ("am", "amh", "amharic"),
    ("ar", "ara arb", "arabic"),
    ("az", "aze", "azerbaijani"),
    ("be", "bel", "belarusian"),
    ("bg", "bul", "bulgarian"),
    ("bn", "ben", "bengali"),
    ("bs", "bos", "bosnian"),
    ("ca", "cat", "catalan"),
    ("cs", "ces cze", "czech"),
    ("cy", "cym wel", "welsh"),
    ("da", "dan", "danish"),
    ("de", "deu ger", "german"),
    ("el", "ell gre", "greek"),
    ("en", "eng", "english"),
    ("eo", "epo", "esperanto"),
    ("es", "spa", "spanish"),
    ("et", "est", "estonian"),
    ("eu", "eus baq", "basque"),
    ("fa", "fas per pes", "persian"),
    ("fi", "fin", "finnish"),
    ("fr", "fra fre", "french"),
    ("ga", "gle", "irish"),
    ("gl", "glg", "galician"),
    ("gu", "guj", "gujarati"),
    ("he", "heb", "hebrew"),
    ("hi", "hin", "hindi"),
    ("hr", "hrv", "croatian"),
    ("hu", "hun", "hungarian"),
    ("hy", "hye arm", "armenian"),
    ("id", "ind", "indonesian"),
    ("is", "isl ice", "icelandic"),
    ("it", "ita", "italian"),
    ("ja", "jpn", "japanese"),
    ("jv", "jav", "javanese"),
    ("ka", "kat geo", "georgian"),
    ("kk", "kaz", "kazakh"),
    ("km", "khm", "khmer"),
    ("kn", "kan", "kannada"),
    ("ko", "kor", "korean"),
    ("la", "lat", "latin"),
    ("lt", "lit", "lithuanian"),
    ("lv", "lav", "latvian"),
    ("mk", "mkd mac", "macedonian"),
    ("ml", "mal", "malayalam"),
    ("mr", "mar", "marathi"),
    ("ms", "msa may", "malay"),
    ("my", "mya bur", "burmese"),
    ("ne", "nep", "nepali"),
    ("nl", "nld dut", "dutch"),
    ("no", "nor nob nno", "norwegian"),
    ("or", "ori", "oriya"),
    ("pa", "pan", "punjabi"),
    ("pl", "pol", "polish"),
    ("ps", "pus", "pashto"),
    ("pt", "por", "portuguese"),
    ("ro", "ron rum", "romanian"),
    ("ru", "rus", "russian"),
    ("si", "sin", "sinhala"),
    ("sk", "slk slo", "slovak"),
    ("sl", "slv", "slovenian"),
    ("sn", "sna", "shona"),
    ("so", "som", "somali"),
    ("sq", "sqi alb", "albanian"),
    ("sr", "srp", "serbian"),
    ("sv", "swe", "swedish"),
    ("sw", "swa", "swahili"),
    ("ta", "tam", "tamil"),
    ("te", "tel", "telugu"),
    ("th", "tha", "thai"),
    ("tk", "tuk", "turkmen"),
    ("tl", "tgl", "tagalog"),
    ("tr", "tur", "turkish"),
    ("uk", "ukr", "ukrainian"),
    ("ur", "urd", "urdu"),
    ("uz", "uzb", "uzbek"),
    ("vi", "vie", "vietnamese"),
    ("yi", "yid", "yiddish"),
    ("zh", "zho chi cmn", "chinese"),
    ("zu", "zul", "zulu"),
    ("ak", "aka", "akan"),
];

/// How much of a text is looked at.
const SAMPLE: usize = 1200;

/// The ISO 639-1 code that `declared` means: `en-US`, `eng`, `English` are `en`.
pub fn code(declared: &str) -> Option<&'static str> {
    let low = declared.trim().to_lowercase();
    let short = low.split(['-', '_', ' ', ',', ';']).next().unwrap_or("");
    let short = if matches!(short, "nb" | "nn") { "no" } else { short };
    let fits = |(two, three, name): &&(&str, &str, &str)| {
        *two == short || (short.len() == 3 && three.split(' ').any(|t| t == short)) || *name == short
    };
    LANGUAGES.iter().find(fits).map(|l| l.0)
}

/// The language of `body`: what is declared, unless the text reliably says otherwise; `None` when neither says anything.
pub fn of(body: &str, declared: Option<&str>) -> Option<&'static str> {
    let declared = declared.and_then(code);
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
    let found = code(seen.lang().code());
    match declared {
        // Close relatives are easily taken for one another.
        Some(d) if found.is_some_and(|f| are_close(d, f)) => Some(d),
        _ => found.or(declared),
    }
}

fn sample(body: &str) -> &str {
    match body.char_indices().find(|(i, _)| *i >= SAMPLE) {
        Some((end, _)) => &body[..end],
        None => body,
    }
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
