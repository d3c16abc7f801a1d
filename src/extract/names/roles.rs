//! What is somebody, in the words of the article? Read from the title before a name (`Ukrainian President Volodymyr
//! Zelenskyy`) and from the apposition behind it (`Mikhail Ulyanov, Russia's envoy to … in Vienna,`).

use super::Gender;
use super::lexicon::{Traits, hash};
use super::sight::Sight;
use crate::extract::page::{Shape, WordSet};
use std::ops::Range;
use std::sync::OnceLock;

/// Words in lower case that may stand inside a title before a name.
const INSIDE: &str = "former then acting interim incoming outgoing late longtime veteran retired current deputy vice assistant \
    associate senior junior chief lead top prime foreign finance defense defence interior justice health presidential \
    vice-presidential gubernatorial congressional senatorial mayoral opposition majority minority party campaign running executive \
    general managing national state city county district police fire press communications policy security political economic \
    economics law history science legal military army navy air force media news sports music film television talk show radio \
    conservative liberal progressive independent real estate tech technology business billionaire celebrity longshot ex co first \
    lady head high school university college team club company right-wing left-wing far-right anti-corruption human rights civil gun \
    field study principal special federal personal presumptive retiring freshman ranking budget trade energy education social \
    primary intelligence investigative freelance evangelical basketball football public regional ministry affairs committee fund \
    bank criminal constitutional union board magazine moderate resources relations operations marketing sales three-term two-term";

/// Words that begin a sentence or clause and are no part of what somebody is: `But Mayor Ana Ito`, `Added Mayor Ana Ito`.
const BINDS: &[&str] = &[
    "Added", "After", "And", "As", "Because", "Before", "But", "For", "I", "If", "Or", "Since", "That", "Though", "When", "While", "With",
];

/// Whether the word with this hash is one of [`INSIDE`].
fn is_inside(word: u64) -> bool {
    static ALL: OnceLock<WordSet> = OnceLock::new();
    ALL.get_or_init(|| INSIDE.split(' ').map(hash).collect()).contains(&word)
}

/// Verbs that say that a sentence goes on: what stands before them is its subject.
fn is_finite(word: &str) -> bool {
    matches!(
        word,
        "are"
            | "can"
            | "could"
            | "did"
            | "do"
            | "does"
            | "had"
            | "has"
            | "have"
            | "is"
            | "must"
            | "should"
            | "was"
            | "were"
            | "will"
            | "would"
    )
}

/// The title in front of the name that starts at token `start`.
pub fn before(sight: &Sight<'_, '_>, start: usize) -> Option<Range<usize>> {
    let sentence = sight.page.sentences.get(sight.page.sentence_of(start))?.start;
    let address = Traits::MISTER | Traits::MISSUS;
    let is_role = |i: usize| {
        let t = sight.traits(i);
        // `House of Representatives Ana Ito`
        if sight.text(i) == "Representatives" {
            return false;
        }
        // `State Auditor Ana Ito`
        let written_large = || sight.is_capital(i) && !t.is_given() && super::looks::tells_what(sight, i);
        t.any(Traits::OFFICE | Traits::ROLE)
            || t.any(Traits::TITLE) && !matches!(sight.text(i), "Dr." | "Dr" | "Prof." | "Mx." | "Hon.")
            || !t.any(Traits::COMMON | Traits::SPEECH | Traits::PLACE | Traits::CALENDAR) && written_large()
    };
    // `Harbor College president Dr. Ana Ito`
    let addressed = |i: usize| sight.traits(i).any(address) || matches!(sight.text(i), "Dr." | "Dr" | "Prof." | "Hon.");
    let mut end = start;
    while end > sentence && addressed(end - 1) && !is_role(end - 1) {
        end -= 1;
    }
    let last = end.checked_sub(1).filter(|i| *i >= sentence)?;
    // `Secretary of State John Kerry`: the office may lie behind an `of`.
    if !sight.is_capital(last) && !is_role(last) {
        return None;
    }
    let head = if is_role(last) {
        last
    } else {
        (sentence.max(last.saturating_sub(4))..last).rev().find(|i| is_role(*i) && sight.text(i + 1) == "of")?
    };
    let of_capitals = (head + 1..last + 1).all(|i| sight.is_capital(i) || matches!(sight.text(i), "of" | "the" | "for" | "and"));
    if !of_capitals {
        return None;
    }
    let mut first = beginning(sight, sentence, head, start);
    // `Harbor Chamber of Commerce President Ana Ito`: what the body is of is no part of it.
    if first > sentence && first < head && sight.text(first - 1) == "of" {
        first = (first + 1..head).find(|i| is_role(*i)).unwrap_or(head);
    }
    while first < end && !(sight.is_capital(first) || sight.page.tokens[first].shape == Shape::Lower) {
        first += 1;
    }
    // `I judge Ana Ito by it`, `to guard Ana Ito`
    let verb = first + 1 == end && sight.page.tokens[first].shape == Shape::Lower && sight.text(first.saturating_sub(1)) == "to";
    let verb = verb && matches!(sight.text(first), "guard" | "judge" | "host" | "coach" | "captain" | "partner" | "pilot" | "champion");
    (first < end && !verb && sight.text(first.saturating_sub(1)) != "I").then_some(first..end)
}

/// Where the words begin that belong to the title at token `head`, before the name that starts at token `start`.
pub fn beginning(sight: &Sight<'_, '_>, sentence: usize, head: usize, start: usize) -> usize {
    let address = Traits::MISTER | Traits::MISSUS;
    let mut first = head;
    while first > sentence && head - first < 6 {
        let (i, word) = (first - 1, sight.text(first - 1));
        // `Former Mayor Ana Ito` at the head of a sentence.
        let led = || sight.tokens[i].initial && is_inside(sight.tokens[i].lower);
        // `Health and Human Services Secretary Ana Ito`
        let both = i > sentence
            && matches!((sight.text(i - 1), sight.text(first)), ("Housing", "Urban") | ("Health", "Human") | ("Ways", "Means"));
        let fits = match sight.page.tokens[i].shape {
            Shape::Capital if led() => true,
            Shape::Lower if word == "and" && both => true,
            Shape::Lower => is_inside(sight.page.hash(i)) || sight.traits(i).any(Traits::ROLE),
            // `New Jersey Gov. Ana Ito`, `Special Counsel Ana Ito`
            Shape::Capital if i + 1 < start && sight.is_capital(i + 1) && matches!(word, "New" | "Special") => true,
            Shape::Capital | Shape::Upper => {
                let opens = sight.tokens[i].initial || sight.tokens[i].headline || matches!(word, "The" | "A" | "An");
                let other =
                    sight.traits(i).any(Traits::SPEECH | Traits::CALENDAR | address) || opens && sight.traits(i).any(Traits::COMMON);
                !other && !BINDS.contains(&word) && !super::edges::is_furniture(word)
            }
            Shape::Mark => word == "-" && i > sentence,
            Shape::Number => false,
        };
        if !fits {
            break;
        }
        first -= 1;
    }
    first
}

/// The apposition behind the name that ends before token `end`.
pub fn behind(sight: &Sight<'_, '_>, end: usize) -> Option<Range<usize>> {
    let limit = sight.page.sentences.get(sight.page.sentence_of(end.checked_sub(1)?))?.end;
    let mut first = end + 1;
    if sight.text(end) != "," || first >= limit {
        return None;
    }
    // `, 52,` stands between name and function.
    if sight.page.tokens[first].shape == Shape::Number && sight.text(first + 1) == "," {
        first += 2;
    }
    let stop = (first..limit.min(first + 24))
        .find(|i| matches!(sight.text(*i), "," | "." | ";" | "--" | "—" | "–" | ":" | "!" | "?" | "”" | "\"" | "(" | ")"))?;
    let article = matches!(sight.text(first), "a" | "an" | "the" | "one" | "another" | "his" | "her" | "their");
    // `one of the mayor's lawyers` is somebody, `of the mayor's lawyers` nobody.
    let one_of = sight.text(first) == "one" && sight.text(first + 1) == "of";
    let start = first + usize::from(article && !one_of);
    let role = (start..stop.min(start + 9)).find(|i| sight.traits(*i).any(Traits::ROLE | Traits::OFFICE))?;
    let verb = |i: usize| {
        sight.traits(i).any(Traits::SPEECH)
            || matches!(sight.text(i), "who" | "which" | "is" | "was" | "has" | "had" | "are" | "were" | "will" | "would")
    };
    let opens = article
        || sight.page.tokens[start].shape == Shape::Lower && (is_inside(sight.page.hash(start)) || start == role)
        || (sight.is_capital(start) && possessive_or_office(sight, start, role));
    // `Bo Dahl, Detective Inspector Ana Ito said`: the office is hers.
    let office = |i: &usize| sight.is_capital(*i) && (sight.traits(*i).any(Traits::ROLE | Traits::OFFICE) || sight.traits(*i).is_title());
    let name = (role..stop).find(|i| !office(i)).unwrap_or(stop);
    // `President Ana Ito's aide` is somebody's.
    let owns = (name..stop).any(|i| matches!(sight.text(i), "'s" | "’s"));
    let listed = name > role && sight.traits(name).is_given() && sight.is_capital(name) && !owns;
    // `Tom Okafor, senior journalist Abed Brandt`: that is what the next one is.
    let other = Traits::CALENDAR | Traits::ROLE | Traits::OFFICE | Traits::ORG | Traits::ACRONYM;
    let last = !(role + 1..stop).any(|i| sight.traits(i).any(Traits::ROLE | Traits::OFFICE));
    let next = sight.is_capital(role + 1) && !sight.traits(role + 1).any(other);
    // `what Ana Ito, the President, and many others did`
    let third = sight.is_capital(role) && role + 1 == stop && role == first + 1 && sight.text(stop + 1) == "and";
    // `Rose, 28, his small son and his wife came out`
    let kin =
        matches!(sight.text(first), "his" | "her" | "their") && sight.text(role + 1) == "and" && sight.text(role + 2) == sight.text(first);
    let listed = listed || third || kin || last && next && sight.page.tokens[role].shape == Shape::Lower;
    // Before the word for the role stands no verb and no relative clause; behind it a clause may be cut off.
    if !opens || listed || (start..role).any(verb) {
        return None;
    }
    let says = |i: &usize| {
        let word = sight.text(*i);
        let spoke = sight.page.tokens[*i].shape == Shape::Lower && sight.traits(*i).any(Traits::SPEECH) && word.ends_with("ed");
        spoke || matches!(word, "who" | "whose" | "said" | "says" | "told" | "wrote")
    };
    let cut = (role + 1..stop).find(says).unwrap_or(stop);
    let cut = goes_on(sight, start, role + 1..cut).unwrap_or(cut);
    // `On Ito, the mayor did not say much`: that is another. `Ito, a spokesman for the harbor would not comment`: a comma is left out.
    let own = sight.page.tokens[first].shape == Shape::Lower && !matches!(sight.text(first), "the" | "his" | "her" | "their");
    if cut < stop && is_predicate(sight, cut) && !(own && cut > role + 1) {
        return None;
    }
    // `professor at Harbor College and author of “Seas”`: not half of a title.
    let title = (role + 1..cut).find(|i| sight.text(*i) == "“");
    let before = |mark| (role + 1..mark).rev().find(|i| matches!(sight.text(*i), "and" | "of" | "known" | "called")).unwrap_or(role + 1);
    let mut cut = title.map_or(cut, before);
    // `Ana Ito, the harbour master, Mr. Diaz, and others`: that is what the next one is.
    if cut == stop && sight.text(stop) == "," && sight.traits(stop + 1).any(Traits::MISTER | Traits::MISSUS) && sight.is_capital(stop + 2) {
        return None;
    }
    // `a judge by profession and who had been ill`
    while cut > role + 1 && matches!(sight.text(cut - 1), "and" | "or" | "but") {
        cut -= 1;
    }
    (start < cut).then_some(start..cut)
}

/// The verb in `behind` with which the sentence goes on, where the apposition begins at `start`; one of a clause that tells who is meant (`whom he had met`) is none.
fn goes_on(sight: &Sight<'_, '_>, start: usize, behind: Range<usize>) -> Option<usize> {
    let tells = |word: &str| {
        matches!(word, "that" | "which" | "whom" | "whose" | "when" | "where" | "what" | "everyone" | "he" | "she" | "they" | "it")
    };
    let clause = (start..behind.end).find(|i| tells(sight.text(*i))).unwrap_or(behind.end);
    (behind.start..clause).find(|i| is_predicate(sight, *i))
}

/// `is`, `has`; `issued a statement`: a verb of the past before what it is about. Not `backed by`, `charged with`.
fn is_predicate(sight: &Sight<'_, '_>, i: usize) -> bool {
    let word = sight.text(i);
    let about = || matches!(sight.text(i + 1), "a" | "an" | "the" | "his" | "her" | "its" | "their");
    let past = word.len() > 4 && word.ends_with("ed") && sight.page.tokens[i].shape == Shape::Lower;
    let went = matches!(word, "spoke" | "came" | "went" | "gave" | "took" | "became" | "knew" | "stood" | "rose" | "fell");
    is_finite(word) || went || past && about()
}

/// What stands before a comma and the name `start..end`: `The mayor of Halden, Ana Ito, said`, `his spokesman, Paul Diaz.`
pub fn ahead(sight: &Sight<'_, '_>, start: usize, end: usize) -> Option<Range<usize>> {
    let sentence = sight.page.sentences.get(sight.page.sentence_of(start))?.start;
    // `the harbour master, Mr. Ito,`
    let address = |i: usize| sight.traits(i).any(Traits::MISTER | Traits::MISSUS);
    let addressed = start.checked_sub(1).filter(|i| *i > sentence && address(*i));
    let comma = addressed.unwrap_or(start).checked_sub(1).filter(|i| *i > sentence && sight.text(*i) == ",")?;
    let next = end + usize::from(sight.text(end) == ",");
    let closes = next > end || matches!(sight.text(end), "." | ";" | ")" | "”" | "who") || sight.traits(end).any(Traits::SPEECH);
    // `the mayor, Ana Ito, and Paul Diaz`: three, perhaps.
    let listed = next > end && (sight.is_capital(next) || matches!(sight.text(next), "and" | "or" | "the" | "a" | "an"));
    if !closes || listed {
        return None;
    }
    let opens = |i: &usize| {
        let own = matches!(sight.text(*i), "'s" | "’s");
        let article = ["the", "a", "an", "his", "her", "its", "their"].iter().any(|w| sight.text(*i).eq_ignore_ascii_case(w));
        own || article
    };
    let inside = |i: &usize| sight.page.tokens[*i].shape != Shape::Mark || matches!(sight.text(*i), "'s" | "’s" | "-" | "&");
    let near = (sentence.max(comma.saturating_sub(12))..comma).rev().take_while(inside);
    let (opening, role) = near.filter(opens).find_map(|i| Some((i, headed(sight, i + 1..comma)?)))?;
    // `Paul Diaz, the mayor, Ana Ito, the governor`: that is what the one before is.
    let before = |n: usize| opening.checked_sub(n).filter(|i| *i >= sentence);
    if addressed.is_none() && before(1).is_some_and(|i| matches!(sight.text(i), "," | "is" | "was" | "as" | "became")) {
        return None;
    }
    // `Norway's envoy`
    let owner = before(1).filter(|i| matches!(sight.text(opening), "'s" | "’s") && sight.is_capital(*i) && !opens(i));
    let owner = owner.filter(|i| sight.traits(*i).any(Traits::PLACE | Traits::ORG | Traits::ACRONYM));
    let white_house = |i: usize| usize::from(i > sentence && (sight.text(i - 1), sight.text(i)) == ("White", "House"));
    Some(owner.map_or(role.start, |i| i - white_house(i))..role.end)
}

/// A phrase of what somebody is: words that lead to a role or office, and behind it nothing or what it is of.
fn headed(sight: &Sight<'_, '_>, phrase: Range<usize>) -> Option<Range<usize>> {
    let chief = |i: usize| i > 0 && (sight.text(i - 1), sight.text(i)) == ("chief", "executive");
    let is_role = |i: &usize| sight.traits(*i).any(Traits::ROLE | Traits::OFFICE) || chief(*i);
    let joint = |i: usize| matches!(sight.text(i), "of" | "for" | "in" | "at" | "to" | "on");
    let start = phrase.start + usize::from(sight.text(phrase.start) == "own");
    let phrase = start..phrase.end;
    let role = phrase.clone().find(|i| is_role(i) && (i + 1 == phrase.end || joint(i + 1)))?;
    if is_kin(sight.text(role)) {
        return None;
    }
    let leads = |i: usize| {
        let t = sight.traits(i);
        let small =
            sight.page.tokens[i].shape == Shape::Lower && !joint(i) && !matches!(sight.text(i), "and" | "or" | "that" | "who" | "whose");
        !t.any(Traits::SPEECH) && (small || sight.is_capital(i) && !t.is_given())
    };
    let verb = |i: usize| sight.traits(i).any(Traits::SPEECH) || matches!(sight.text(i), "who" | "that" | "which" | "was" | "is" | "were");
    ((phrase.start..role).all(leads) && !(role + 1..phrase.end).any(verb)).then_some(phrase)
}

/// Whether a word says what somebody is to another, and tells nothing without that.
fn is_kin(word: &str) -> bool {
    const OTHERS: &str = "son-in-law daughter-in-law father-in-law mother-in-law brother-in-law sister-in-law fiance fiancee girlfriend boyfriend \
        friend colleague predecessor successor opponent rival boss neighbor neighbour victim";
    relative(word).is_some() || OTHERS.split_whitespace().any(|other| other == word)
}

/// Of which gender a relative is, if a word is one for a relative.
fn relative(word: &str) -> Option<Gender> {
    Some(match word {
        "wife" | "daughter" | "sister" | "mother" | "widow" | "niece" | "aunt" | "grandmother" | "granddaughter" => Gender::Female,
        "husband" | "son" | "brother" | "father" | "nephew" | "uncle" | "grandfather" | "grandson" | "widower" => Gender::Male,
        "spouse" | "partner" | "cousin" => Gender::Unknown,
        _ => return None,
    })
}

/// `Russia's envoy`, `President of Chile`, `Republican candidate`: capitals that lead to the role.
fn possessive_or_office(sight: &Sight<'_, '_>, start: usize, role: usize) -> bool {
    start == role
        || (start..role).any(|i| matches!(sight.text(i), "'s" | "’s"))
        || sight.traits(start).any(Traits::DEMONYM | Traits::PLACE | Traits::ORG | Traits::ACRONYM)
        || (start..role).all(|i| sight.is_capital(i))
}

/// Whether the name that starts at token `start` is introduced as somebody's relative (`his wife, Ana Ito`, `Ito's son Paul`),
/// and of which gender.
pub fn kin(sight: &Sight<'_, '_>, start: usize) -> Option<Gender> {
    let comma = start > 0 && sight.text(start - 1) == ",";
    let noun = start.checked_sub(1 + usize::from(comma)).filter(|i| *i > 0)?;
    let gender = relative(sight.text(noun))?;
    let before = (noun.saturating_sub(3)..noun).rev();
    let owned = |i: usize| matches!(sight.text(i), "his" | "her" | "their" | "whose" | "'s" | "’s" | "'" | "’");
    let near = |i: &usize| sight.page.tokens[*i].shape == Shape::Lower || owned(*i);
    before.take_while(near).any(owned).then_some(gender)
}
