//! A text as a few bytes from which its likeness to another can be told.
//!
//! An article's sketch is a one-permutation MinHash (Li, Owen and Zhang 2012) of its runs of four words, with empty slots
//! filled from others (Shrivastava 2017), of which the lowest eight bits a slot are kept (b-bit minwise hashing, Li and König
//! 2010): 96 bytes, and one more for the length. Of a short text a hash of all its words is kept, so only the very same words make a copy. A quote's
//! sketch is a MinHash of its runs of three words, ten slots of twelve bits.
//!
//! Case, punctuation and line breaks do not count. In scripts without spaces each character is a word.

/// Slots of an article's sketch, one byte each; the length of the text follows them.
pub const SLOTS: usize = 96;
const FULL: usize = SLOTS + 1;
/// Words to one step of that length, and steps below which a text is brief.
const STEP: usize = 10;
const BRIEF: u8 = 15;
/// Slots of a quote's sketch, twelve bits each.
pub const QUOTE_SLOTS: usize = 10;
/// Words in a run, in articles and quotes.
const RUN: usize = 4;
const QUOTE_RUN: usize = 3;
/// Below so many words a text is told by all of its words, below so many by nothing.
const FEW: usize = 50;
const TOO_FEW: usize = 10;
const QUOTE_FEW: usize = 8;
const QUOTE_TOO_FEW: usize = 3;
/// Bytes of a hash that stands for all words.
const WHOLE: usize = 8;

/// The sketch of an article: empty for one that has hardly any words, 8 bytes for a short one, else [`SLOTS`] bytes
/// and its length.
///
/// ```
/// use morgue::story::sketch::{alike, article};
/// let text = (0..200).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
/// assert_eq!(alike(&article("", &text), &article("", &text.to_uppercase())), 1.0);
/// assert_eq!(alike(&article("", &text), &article("", &text.replace("word", "other"))), 0.0);
/// ```
pub fn article(title: &str, body: &str) -> Vec<u8> {
    let words = hashes(body);
    match words.len() {
        0..TOO_FEW => Vec::new(),
        TOO_FEW..FEW => whole(hashes(title).into_iter().chain(words)).to_vec(),
        n => {
            let mut sketch = slots(&words).to_vec();
            sketch.push((n / STEP).min(255) as u8);
            sketch
        }
    }
}

/// Whether either is a brief text: those of one kind (a bond issue, a quarter's figures) are made of the same turns of phrase,
/// and tell the same story only when they have more of them in common.
pub fn is_brief(a: &[u8], b: &[u8]) -> bool {
    [a, b].iter().any(|sketch| sketch.len() == FULL && sketch[SLOTS] < BRIEF)
}

/// The slots of band `band`, three of them; `None` for a text that is told by all of its words.
pub fn band(sketch: &[u8], band: usize) -> Option<u64> {
    let slots = sketch.get(3 * band..3 * band + 3).filter(|_| sketch.len() == FULL)?;
    Some(slots.iter().fold(0, |key, slot| key << 8 | u64::from(*slot)))
}

/// The sketch of a quote: empty, 8 bytes for the very words of a speaker, or 15 bytes of slots.
pub fn quote(text: &str, speaker: Option<&str>) -> Vec<u8> {
    let words = hashes(text);
    match words.len() {
        0..QUOTE_TOO_FEW => Vec::new(),
        QUOTE_TOO_FEW..QUOTE_FEW => whole(hashes(speaker.unwrap_or_default()).into_iter().chain(words)).to_vec(),
        _ => quote_slots(&words),
    }
}

/// How alike two articles are by their sketches: an estimate of the share of runs of words they have in common (Jaccard).
pub fn alike(a: &[u8], b: &[u8]) -> f32 {
    if a.len() != FULL || b.len() != FULL {
        return if a.is_empty() || a != b { 0.0 } else { 1.0 };
    }
    let same = a.iter().zip(b).take(SLOTS).filter(|(x, y)| x == y).count() as f32 / SLOTS as f32;
    // One slot in 256 is equal by chance.
    ((same - 1.0 / 256.0) / (1.0 - 1.0 / 256.0)).max(0.0)
}

/// Slot `n` of a quote's sketch.
pub fn quote_slot(sketch: &[u8], n: usize) -> u16 {
    let at = n * 3 / 2;
    match n % 2 {
        0 => u16::from(sketch[at]) | u16::from(sketch[at + 1] & 15) << 8,
        _ => u16::from(sketch[at] >> 4) | u16::from(sketch[at + 1]) << 4,
    }
}

/// How many of the [`QUOTE_SLOTS`] slots of two quotes are equal; all of them for the very same short quote.
pub fn quotes_alike(a: &[u8], b: &[u8]) -> usize {
    if a.len() <= WHOLE || b.len() <= WHOLE {
        return if a.is_empty() || a != b { 0 } else { QUOTE_SLOTS };
    }
    (0..QUOTE_SLOTS).filter(|n| quote_slot(a, *n) == quote_slot(b, *n)).count()
}

/// One hash for each word.
fn hashes(text: &str) -> Vec<u64> {
    let mut all = Vec::with_capacity(text.len() / 6 + 1);
    let mut word = 0;
    let mut end = |word: &mut u64| {
        if *word != 0 {
            all.push(mixed(*word));
            *word = 0;
        }
    };
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => word = step(word, c),
            'A'..='Z' => word = step(word, c.to_ascii_lowercase()),
            // An apostrophe or soft hyphen inside a word is no gap.
            '\'' | '’' | '\u{ad}' => {}
            _ if c.is_ascii() => end(&mut word),
            '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' => {
                end(&mut word);
                word = step(word, c);
                end(&mut word);
            }
            _ if c.is_alphanumeric() => word = c.to_lowercase().fold(word, step),
            _ => end(&mut word),
        }
    }
    end(&mut word);
    all
}

/// FNV-1a over characters, never 0.
fn step(word: u64, c: char) -> u64 {
    let start = if word == 0 { 0xcbf2_9ce4_8422_2325 } else { word };
    ((start ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)).max(1)
}

/// MurmurHash3's finalizer.
fn mixed(mut h: u64) -> u64 {
    h = (h ^ h >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ h >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ h >> 33
}

fn run(words: &[u64]) -> u64 {
    mixed(words.iter().fold(0, |h: u64, word| h.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word))
}

fn whole(words: impl Iterator<Item = u64>) -> [u8; WHOLE] {
    mixed(words.fold(1, |h: u64, word| h.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word)).to_le_bytes()
}

fn slots(words: &[u64]) -> [u8; SLOTS] {
    let mut least = [u32::MAX; SLOTS];
    for words in words.windows(RUN) {
        let hash = run(words);
        let slot = (((hash >> 32) * SLOTS as u64) >> 32) as usize;
        least[slot] = least[slot].min(hash as u32);
    }
    let mut sketch = [0; SLOTS];
    for (n, byte) in sketch.iter_mut().enumerate() {
        // An empty slot takes the value of another, in an order that depends on the slot alone.
        let mut from = n;
        let mut tries = 0;
        while least[from] == u32::MAX && tries < 10_000 {
            tries += 1;
            from = (mixed((n as u64) << 32 | tries) % SLOTS as u64) as usize;
        }
        *byte = mixed(u64::from(least[from]) << 8 | (from as u64 & 0xff)) as u8;
    }
    sketch
}

fn quote_slots(words: &[u64]) -> Vec<u8> {
    let mut least = [u64::MAX; QUOTE_SLOTS];
    for words in words.windows(QUOTE_RUN) {
        let hash = run(words);
        for (n, least) in least.iter_mut().enumerate() {
            *least = (*least).min(mixed(hash ^ (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        }
    }
    least.chunks_exact(2).flat_map(|pair| [pair[0] as u8, (pair[0] >> 8 & 15) as u8 | (pair[1] as u8) << 4, (pair[1] >> 4) as u8]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(n: std::ops::Range<usize>) -> String {
        n.map(|n| format!("Word{n},")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn likeness_is_the_share_of_runs_in_common() {
        let a = article("", &text(0..600));
        for (other, share) in [(text(0..600), 1.0), (text(0..300), 0.5), (text(200..600), 0.67), (text(600..1200), 0.0)] {
            let likeness = alike(&a, &article("", &other));
            assert!((likeness - share).abs() < 0.12, "{likeness} should be {share}");
        }
    }

    #[test]
    fn short_texts_are_alike_only_when_they_are_the_same() {
        let (a, b) = (text(0..20), text(0..21));
        assert_eq!(alike(&article("A", &a), &article("a", &a.to_lowercase())), 1.0);
        assert_eq!(alike(&article("A", &a), &article("B", &a)), 0.0);
        assert_eq!(alike(&article("A", &a), &article("A", &b)), 0.0);
        assert_eq!(alike(&article("A", "blah blah blah"), &article("A", "blah blah blah")), 0.0);
    }

    #[test]
    fn quotes_with_small_variations_are_alike() {
        let first = quote("We will rebuild the pier before the winter storms, and nobody will have to leave the town", Some("Ann"));
        let varied = quote("we will rebuild the pier before the winter storms and nobody will have to leave", None);
        let other = quote("The harbour is our living and the council knows it well enough by now", Some("Ann"));
        assert_eq!(first.len(), 15);
        assert!(quotes_alike(&first, &varied) >= 5, "{}", quotes_alike(&first, &varied));
        assert!(quotes_alike(&first, &other) <= 1);
        assert_eq!(quotes_alike(&quote("We will see", Some("Ann")), &quote("we will see!", Some("Ann"))), QUOTE_SLOTS);
        assert_eq!(quotes_alike(&quote("We will see", Some("Ann")), &quote("we will see", Some("Bob"))), 0);
    }

    #[test]
    fn slots_of_quotes_are_read_as_they_were_written() {
        let words: Vec<u64> = (1..40).map(mixed).collect();
        let sketch = quote_slots(&words);
        let shifted = quote_slots(&words[1..]);
        let same = (0..QUOTE_SLOTS).filter(|n| quote_slot(&sketch, *n) == quote_slot(&shifted, *n)).count();
        assert!(same >= 7, "{same}");
        assert!((0..QUOTE_SLOTS).all(|n| quote_slot(&sketch, n) < 4096));
    }
}
