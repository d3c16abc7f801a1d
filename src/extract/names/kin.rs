//! Relatives who are named without their family: `Bo Dahl and his wife, Ana` are Bo and Ana Dahl.

use super::Gender;
use super::lexicon::Lexicon;
use super::people::Named;
use crate::extract::page::Page;

/// Relatives of whom most share the name.
const SHARING: &[&str] = &["wife", "husband", "son", "daughter", "widow"];

/// Gives a relative the family name of whom the article calls the other right before, unless it names the relative in full itself.
pub fn complete(page: &Page<'_>, named: &mut [Named]) {
    for n in 1..named.len() {
        if let Some(family) = family(page, named, n) {
            let one = &mut named[n];
            one.text = format!("{} {family}", one.text);
            one.words.push(family);
        }
    }
}

/// The family name of mention `n`, if it is a given name behind a word for a relative of whoever was named just before.
fn family(page: &Page<'_>, named: &[Named], n: usize) -> Option<String> {
    let (one, owner) = (&named[n], &named[n - 1]);
    let [given] = one.words.as_slice() else { return None };
    if !one.kin || !Lexicon::get().traits(given).is_given() {
        return None;
    }
    let at = page.tokens.partition_point(|t| (t.start as usize) < one.bytes.start);
    let before = |k: usize| at.checked_sub(k).map_or("", |i| page.text(i));
    let comma = usize::from(before(1) == ",");
    if !SHARING.contains(&before(1 + comma)) {
        return None;
    }
    let whose = at.checked_sub(2 + comma)?;
    let same = page.sentence_of(whose) == page.sentence_of(page.tokens.partition_point(|t| (t.start as usize) < owner.bytes.start));
    let owns = match page.text(whose) {
        "'s" | "’s" => page.tokens[whose].start as usize == owner.bytes.end,
        "his" => same && owner.gender != Gender::Female,
        "her" => same && owner.gender != Gender::Male,
        _ => false,
    };
    // Somebody in full, here or elsewhere, and no relative of another.
    let family = owner.words.last()?;
    let full = |m: &Named| m.words.len() > 1 && m.words.last() == Some(family);
    let known = named.iter().any(|m| full(m) && Lexicon::get().traits(&m.words[0]).is_given());
    let own = named.iter().any(|m| m.words.len() > 1 && m.words[0] == *given);
    (owns && known && !own && !owner.kin && family != given).then(|| family.clone())
}
