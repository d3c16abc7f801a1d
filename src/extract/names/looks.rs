//! What do the words around a name that no list knows say of its kind?

use super::lexicon::{Lexicon, Traits};
use super::served::is_led;
use super::sight::{Shown, Sight};
use super::tagging::Tagged;
use crate::extract::page::{Page, Shape, hash_small};
use std::ops::Range;

/// What stands before a team, firm or university that is called like a town.
const BEFORE_TEAMS: &[&str] = &[
    "Vice",
    "against",
    "and",
    "at",
    "band",
    "beat",
    "beats",
    "by",
    "champions",
    "club",
    "company",
    "defeated",
    "firm",
    "for",
    "group",
    "network",
    "over",
    "paper",
    "professor",
    "side",
    "team",
    "v",
    "versus",
    "vs",
    "with",
];

/// What stands behind it.
const BEHIND_TEAMS: &[&str] = &[
    "College",
    "Law",
    "University",
    "alumni",
    "article",
    "beat",
    "boss",
    "captain",
    "champions",
    "coach",
    "company",
    "cover",
    "defender",
    "executives",
    "fans",
    "forward",
    "goalkeeper",
    "graduate",
    "has",
    "have",
    "keeper",
    "magazine",
    "manager",
    "midfielder",
    "player",
    "players",
    "plc",
    "poll",
    "polls",
    "pollster",
    "professor",
    "quarterback",
    "reporter",
    "shares",
    "side",
    "squad",
    "staff",
    "striker",
    "student",
    "students",
    "supporters",
    "survey",
    "team",
    "winger",
    "won",
    "writer",
];

/// Who belongs to somebody and not to a firm or team.
const OF_SOMEBODY: &[&str] = &[
    "envoy",
    "lawyer",
    "attorney",
    "aide",
    "adviser",
    "advisor",
    "wife",
    "husband",
    "girlfriend",
    "boyfriend",
    "fiancee",
    "physician",
    "doctor",
    "bodyguard",
    "chauffeur",
    "driver",
    "biographer",
    "publicist",
    "mentor",
    "friend",
    "running-mate",
    "brother",
    "sister",
    "son",
    "daughter",
    "father",
    "mother",
    "secretary",
    "butler",
    "nanny",
    "therapist",
    "confidant",
    "fixer",
    "speechwriter",
    "ghostwriter",
];

/// A name of unlisted words behind `in`, or one that begins like a town.
pub fn looks_like_place(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let start = name.tokens.start;
    let listed = name.tokens.clone().any(|i| sight.traits(i).is_given() || sight.traits(i).any(Traits::FAMILY));
    let before = start.checked_sub(1).map_or("", |i| sight.text(i));
    let behind_in = matches!(before, "in" | "In" | "near" | "outside" | "at")
        && name.tokens.clone().all(|i| sight.tokens[i].shown & (Shown::TITLED | Shown::SPEAKING) == 0);
    let town = name.tokens.len() > 1
        && matches!(
            sight.text(start),
            "San" | "Santa" | "Los" | "Las" | "Port" | "Fort" | "Mount" | "Lake" | "New" | "Umm" | "Tel" | "Deir"
        );
    (!listed && behind_in) || (town && !before.ends_with('.'))
}

/// Words for bodies, right before the name of one or in what is said of it.
const BODIES: &[&str] = &[
    "agency",
    "airline",
    "bank",
    "broadcaster",
    "channel",
    "chain",
    "charity",
    "club",
    "company",
    "daily",
    "firm",
    "giant",
    "group",
    "lender",
    "maker",
    "magazine",
    "NGO",
    "newspaper",
    "nonprofit",
    "organisation",
    "organization",
    "outlet",
    "paper",
    "platform",
    "portal",
    "producer",
    "retailer",
    "startup",
    "start-up",
    "station",
    "subsidiary",
    "think-tank",
    "tabloid",
    "union",
    "website",
    "weekly",
];

/// `the newspaper El Vigía`, `Odo, an NGO that …`: unlisted words beside a word for bodies.
pub fn looks_like_firm(sight: &Sight<'_, '_>, name: &Tagged) -> bool {
    let (start, end) = (name.tokens.start, name.tokens.end);
    let article = |i: usize| matches!(sight.text(i), "El" | "La" | "Al" | "Le" | "Los" | "Las" | "Die" | "Der" | "Das");
    let own = |i: usize| sight.traits(i).is_given() || sight.traits(i).any(Traits::FAMILY | Traits::PLACE);
    if name.tokens.clone().any(|i| !article(i) && own(i)) {
        return false;
    }
    let before = start.checked_sub(1).map_or("", |i| sight.text(i));
    let said = sight.text(end) == "," && matches!(sight.text(end + 1), "a" | "an" | "the");
    let reach = (end + 2..end + 6).take_while(|i| sight.page.tokens.get(*i).is_some_and(|t| t.shape == Shape::Lower || *i == end + 2));
    let led = is_led(sight, start) && !sight.is_capital(end) && !matches!(sight.text(end), "'s" | "’s");
    led || BODIES.contains(&before) || said && reach.into_iter().any(|i| BODIES.contains(&sight.text(i)))
}

/// `K.`, `K.T.`: letters with periods that are no abbreviation of a place or body.
pub fn is_initials(sight: &Sight<'_, '_>, i: usize) -> bool {
    let word = sight.text(i);
    if !word.ends_with('.') {
        return false; // most
    }
    let letters = word.split_terminator('.').all(|letter| letter.chars().count() == 1 && letter.chars().all(char::is_uppercase));
    let known =
        matches!(word, "U.S." | "U.K." | "U.N." | "E.U." | "D.C." | "L.A." | "N.Y." | "N.J." | "N.C." | "S.C." | "N.M." | "N.H." | "R.I.");
    word.len() < 7 && letters && !known && sight.traits(i) == Traits::default()
}

/// `Astronaut Ana Ito`: a word for what somebody is that stands with a capital.
pub fn tells_what(sight: &Sight<'_, '_>, i: usize) -> bool {
    let word = sight.text(i);
    matches!(word, "Teenager" | "Official" | "Supervisor" | "Meteorologist" | "Climatologist" | "YouTuber" | "Monsignor" | "Operator")
        || Lexicon::get().traits_of(hash_small(word)).any(Traits::ROLE)
}

/// `Archbishop of Halden Ana Ito`, `the ambassador to Norway Ana Ito`: the place behind an office.
pub fn is_where(sight: &Sight<'_, '_>, i: usize) -> bool {
    sight.traits(i).any(Traits::PLACE) && i > 0 && matches!(sight.text(i - 1), "of" | "to" | "from" | "for" | "the" | "North" | "South")
}

/// Small words that part a name from what stands behind it: `Ana Ito of Halden`, `Ana Ito to Paul Diaz`.
pub fn is_between(word: &str) -> bool {
    matches!(word, "of" | "in" | "on" | "at" | "for" | "from" | "to" | "with" | "by" | "as")
}

/// Words of the names of newspapers and magazines.
const PRESS: &[&str] = &[
    "Times",
    "Post",
    "Journal",
    "Tribune",
    "Herald",
    "Chronicle",
    "Globe",
    "News",
    "Press",
    "Gazette",
    "Courant",
    "Courier",
    "Inquirer",
    "Register",
    "Star",
    "Sun",
    "Mail",
    "Guardian",
    "Telegraph",
    "Independent",
    "Observer",
    "Examiner",
    "Record",
    "Review",
    "Monitor",
    "Today",
    "Express",
    "Standard",
    "Mirror",
    "Magazine",
    "Week",
    "Weekly",
    "Bee",
    "Sentinel",
    "Dispatch",
    "Enquirer",
    "Ledger",
    "Advertiser",
    "Daily",
    "Zeitung",
    "Monde",
    "Figaro",
    "País",
    "Repubblica",
    "Spiegel",
    "Stern",
    "Bild",
    "Asahi",
    "Economist",
    "Forbes",
    "Fortune",
    "Newsweek",
    "Politico",
    "Atlantic",
    "Yorker",
    "Hill",
    "Nation",
    "Lantern",
    "Citizen",
    "Argus",
    "Echo",
    "Bulletin",
    "Eagle",
    "Republic",
    "Plain",
    "Leader",
    "Messenger",
    "Mercury",
    "Democrat",
    "Union",
];

/// Whether an organization has the name of a newspaper or magazine.
pub fn is_press(name: &str) -> bool {
    name.split([' ', '-']).any(|word| PRESS.contains(&word))
}

/// `Herald-Leader`: both halves of a word are names of newspapers.
pub fn is_joint_press(word: &str) -> bool {
    word.split_once('-').is_some_and(|(first, second)| is_press(first) && is_press(second))
}

/// `Trump's former envoy`, `Castellane's ex-lawyer`: whom only persons have.
pub fn has_people(sight: &Sight<'_, '_>, i: usize) -> bool {
    // `the Ito administration`
    if matches!(sight.text(i + 1), "administration" | "presidency") && i > 0 && matches!(sight.text(i - 1), "the" | "The") {
        return true;
    }
    let word = sight.text(i + 2);
    let earlier = matches!(word, "former" | "then" | "ex" | "late" | "longtime" | "estranged" | "personal" | "own" | "elder" | "younger");
    let joined = word.strip_prefix("then-").or_else(|| word.strip_prefix("ex-"));
    let who = joined.unwrap_or_else(|| if earlier { sight.text(i + 3 + usize::from(sight.text(i + 3) == "-")) } else { word });
    matches!(sight.text(i + 1), "'s" | "’s") && (earlier || joined.is_some()) && OF_SOMEBODY.contains(&who)
}

/// 1 for the town in `Everett, Wash.`
pub fn before_state(sight: &Sight<'_, '_>, i: usize) -> i32 {
    let state = sight.traits(i + 2);
    i32::from(sight.text(i + 1) == "," && state.any(Traits::PLACE) && !state.is_given())
}

/// `Halden said`, `over Halden`, `(Halden)`, `Halden striker`: where bodies, teams and universities stand.
pub fn acts(page: &Page<'_>, bytes: &Range<usize>) -> bool {
    let (head, tail) = (&page.body[..bytes.start], &page.body[bytes.end..]);
    let before = head.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let mut behind = tail.trim_start().split(|c: char| !c.is_alphanumeric());
    let behind = behind.next().unwrap_or("");
    let bracketed = head.ends_with('(') && tail.starts_with(')');
    bracketed || BEFORE_TEAMS.contains(&before) || BEHIND_TEAMS.contains(&behind) || Lexicon::get().traits(behind).any(Traits::SPEECH)
}
