//! Languages as sources and people name them.

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

/// The ISO 639-1 code of the language that `declared` names.
///
/// ```
/// use morgue::words::language;
/// assert_eq!(["en-US", "eng", "English"].map(language), [Some("en"); 3]);
/// assert_eq!(language("nb_NO"), Some("no"));
/// assert_eq!(language("xx"), None);
/// ```
pub fn language(declared: &str) -> Option<&'static str> {
    let low = declared.trim().to_lowercase();
    let short = low.split(['-', '_', ' ', ',', ';']).next().unwrap_or("");
    let short = if matches!(short, "nb" | "nn") { "no" } else { short };
    let fits = |(two, three, name): &&(&str, &str, &str)| {
        *two == short || (short.len() == 3 && three.split(' ').any(|t| t == short)) || *name == short
    };
    LANGUAGES.iter().find(fits).map(|l| l.0)
}
