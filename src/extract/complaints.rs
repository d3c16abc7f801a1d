//! Extraction as a whole: what readers of such tools complain of, and articles in other languages.

use super::Extractor;
use crate::article::{Annotations, Article, Place, Quote};

fn extract(body: &str, language: Option<&str>) -> Annotations {
    let language = language.map(str::to_owned);
    Extractor::built_in().extract(&Article { body: body.to_owned(), language, ..Article::default() })
}

/// The paths of the places of a text, names where there is none.
fn paths(places: &[Place]) -> Vec<&str> {
    places.iter().map(|p| p.path.as_deref().unwrap_or(&p.name)).collect()
}

/// Places of `body`, persons and organizations known.
fn check(body: &str, expected: &[&str]) {
    assert_eq!(paths(&extract(body, None).places), expected, "{body}");
}

/// What The Hill shows over a name stands in the sentence once a scraper was there.
#[test]
fn boxes_over_names_are_not_read() {
    let body = "Sen. Ana Ito Ana Maria ItoHarbour vote slips in Kent Diaz: 'I will never pay' Five boats to watch MORE (D-Kent) said that \
                “the vote” by Paul Diaz Pablo (Paul) DiazMORE’s friends was lost.";
    let found = extract(body, None);
    let persons: Vec<_> = found.persons.iter().map(|p| (p.name.as_str(), p.mentions.len())).collect();
    assert_eq!(persons, [("Ana Ito", 1), ("Paul Diaz", 1)]);
    let [quote] = found.quotes.as_slice() else { panic!("{:?}", found.quotes) };
    assert_eq!(quote.text, "the vote by Paul Diaz’s friends was lost");
    let said =
        |span: &crate::article::Span| body.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect::<String>();
    assert_eq!(quote.spans.iter().map(said).collect::<Vec<_>>(), ["the vote", "by Paul Diaz", "’s friends was lost"]);
}

/// Without a mark or an end of line: no name, and no wait either (minutes, where each word was compared with each other).
#[test]
fn a_list_that_nothing_parts_is_read_quickly() {
    let found = extract(&"Ana Ito ".repeat(20_000), None);
    assert_eq!((found.persons.len(), found.organizations.len()), (0, 0));
}

/// The geocoding howlers of CLIFF-CLAVIN, Mordecai and others, as their users reported them.
#[test]
fn howlers_of_others_are_none_here() {
    const US: &str = "North America/United States";
    let us = |rest: &str| format!("{US}/{rest}");
    check("The governor of Oklahoma signed the bill on Friday.", &[&us("Oklahoma")]);
    check("European leaders met on Monday to discuss the budget.", &["Europe"]);
    check("The report was written by M.S. Rao, a lawyer.", &[]);
    check("The USA beat Brazil in the final.", &[US, "South America/Brazil"]);
    check("A ship left Long Beach, CA, on Monday.", &[&us("California/Long Beach"), &us("California")]);
    check("A fire broke out in Long Beach, Calif., police said.", &[&us("California/Long Beach"), &us("California")]);
    check("The mayor of Paris, Texas, smiled.", &[&us("Texas/Paris"), &us("Texas")]);
    check("Denzel Washington won the award. Washington thanked his wife.", &[]);
    check("Washington said Tuesday it would send more aid to Kenya.", &[&us("District of Columbia/Washington"), "Africa/Kenya"]);
    check("But nobody came. One of the guests left. As for Taylor, she sang. Of course she did.", &[]);
    check("Taylor Swift sang. Swift smiled.", &[]);
    check("Jordan Peele directed it, Chelsea Clinton said, and Paris Hilton agreed.", &[]);
    check("She is a professor at Lincoln University. He bought a Ford Focus at Victoria Station.", &[]);
    check("Mobile phones and Nice weather: Reading is fun, and Hope is Bath.", &[]);
    check("@Gillette answered. Mario Diaz-Balart, a congressman, spoke.", &[]);
}

#[test]
fn a_place_no_list_knows_lies_where_the_article_says() {
    let found = extract("Dogs were taken from a farm in Wexby's Bridge, N.B., on Tuesday. Police came to Wexby's Bridge.", None).places;
    let bridge = found.iter().find(|p| p.name == "Wexby's Bridge").expect("the place");
    assert_eq!(bridge.path.as_deref(), Some("North America/Canada/New Brunswick/Wexby's Bridge"));
    assert!(bridge.lat.is_none() && bridge.geonames.is_none() && bridge.mentions.len() == 2, "{bridge:?}");
    check(
        "In April, Ukraine asked. On Monday, Texas voted. At Wexby High School, Texas, a bell rang.",
        &["Europe/Ukraine", "North America/United States/Texas"],
    );
}

/// An article of `languages.txt`.
struct Told<'t> {
    language: &'t str,
    body: &'t str,
    persons: Vec<&'t str>,
    organizations: Vec<&'t str>,
    places: Vec<&'t str>,
}

fn told() -> Vec<Told<'static>> {
    let blocks = include_str!("languages.txt").split("\n[").skip(1);
    let list = |block: &'static str, key: &str| {
        let line = block.lines().find_map(|l| l.strip_prefix(key)).expect("a list");
        line.split(" | ").map(str::trim).filter(|n| !n.is_empty()).collect()
    };
    blocks
        .map(|block| {
            let (language, rest) = block.split_once("]\n").expect("a language");
            let body = rest.split("\npersons:").next().expect("a body");
            let [persons, organizations, places] = ["persons:", "organizations:", "places:"].map(|key| list(rest, key));
            Told { language, body, persons, organizations, places }
        })
        .collect()
}

/// Nothing beyond what is told is found, and all of it without a `~`.
fn compare(told: &Told<'_>, kind: &str, wanted: &[&str], found: &[&str]) {
    let bare = |w: &&str| w.trim_start_matches('~').to_owned();
    let all: Vec<String> = wanted.iter().map(bare).collect();
    let invented: Vec<_> = found.iter().filter(|f| !all.iter().any(|w| w == *f)).collect();
    assert!(invented.is_empty(), "{}: invented {kind} {invented:?}", told.language);
    let missed: Vec<_> = wanted.iter().filter(|w| !w.starts_with('~') && !found.contains(w)).collect();
    assert!(missed.is_empty(), "{}: missed {kind} {missed:?} of {found:?}", told.language);
}

#[test]
fn in_other_languages_little_is_missed_and_nothing_invented() {
    for told in told() {
        let found = extract(told.body, Some(told.language));
        let persons: Vec<&str> = found.persons.iter().map(|p| p.name.as_str()).collect();
        let organizations: Vec<&str> = found.organizations.iter().map(|o| o.name.as_str()).collect();
        let places: Vec<&str> = found.places.iter().map(|p| p.name.as_str()).collect();
        compare(&told, "persons", &told.persons, &persons);
        compare(&told, "organizations", &told.organizations, &organizations);
        compare(&told, "places", &told.places, &places);
        let speaker = |q: &Quote| q.speaker.as_ref().and_then(|s| s.name.clone());
        let strangers: Vec<String> = found.quotes.iter().filter_map(speaker).filter(|n| !told.persons.contains(&n.as_str())).collect();
        assert!(strangers.is_empty(), "{}: {strangers:?} speak", told.language);
        assert!(!found.quotes.is_empty(), "{}: nobody speaks", told.language);
    }
}

#[test]
fn a_text_without_capitals_or_in_another_script_has_no_names() {
    for (language, body) in [
        ("ru", "Президент заявил в понедельник, что переговоры продолжатся. Встреча пройдёт в Женеве."),
        ("ar", "قال الرئيس يوم الاثنين إن المحادثات ستستمر في جنيف."),
        ("zh", "总统星期一表示，会谈将在日内瓦继续举行。"),
        ("de", "alles klein geschrieben, auch namen wie peter und städte wie köln."),
    ] {
        let found = extract(body, Some(language));
        assert!(found.persons.is_empty() && found.organizations.is_empty() && found.places.is_empty(), "{language}: {found:?}");
    }
}

/// What stands where places do and is found among them is no body.
#[test]
fn a_town_is_not_a_body_as_well() {
    let bodies = |body: &str| extract(body, None).organizations.into_iter().map(|o| o.name).collect::<Vec<_>>();
    assert_eq!(bodies("The raids began in White Plains, New York, on Monday. Nepalis and Mauritians met the United\nStates."), [""; 0]);
    assert_eq!(bodies("She reads The New Yorker in Stanford’s library."), ["New Yorker", "Stanford"]);
}

/// Who is found over the same words as a place is told apart by what stands around them.
#[test]
fn grounds_are_nobody_and_people_are_no_ground() {
    let persons = |body: &str| extract(body, None).persons.into_iter().map(|p| p.name).collect::<Vec<_>>();
    let none: [&str; 0] = [];
    assert_eq!(
        persons("Rain fell in Douglas, Sarpy and Lancaster counties in Nebraska. It came from the border town of La Joya, Texas."),
        none
    );
    assert_eq!(persons("The ferry waits in St. John's, Newfoundland, on Monday."), none);
    let mine = "After Vicente Guerrero fell, the pilots sailed. Vicente Guerrero had ruled them for a year. The dictator Ho Chi Minh never sailed.";
    assert_eq!(persons(mine), ["Vicente Guerrero", "Ho Chi Minh"]);
    check(mine, &[]);
    let dashed =
        "Marta Warner spoke on Monday.\n\nWarner -- who has moved to the left -- won. The talks resulted in Warner deciding to stay.";
    assert_eq!(persons(dashed), ["Marta Warner"]);
    check(dashed, &[]);
    // But a town is one, whoever is called like it.
    let both = "Marta Douglas met the mayor of Douglas, Arizona, on Monday. “Fine,” Douglas said.";
    assert_eq!(persons(both), ["Marta Douglas"]);
    check(both, &["North America/United States/Arizona/Douglas", "North America/United States/Arizona"]);
}

#[test]
fn countries_among_countries_are_no_towns() {
    check(
        "Votes came from Kuwait Laos Latvia Lebanon Lesotho Liberia.",
        &["Asia/Kuwait", "Asia/Laos", "Europe/Latvia", "Asia/Lebanon", "Africa/Lesotho", "Africa/Liberia"],
    );
    check(
        "The lawyer from Queens, New York, was ambassador to Jamaica.",
        &["North America/United States/New York/Queens", "North America/United States/New York", "North America/Jamaica"],
    );
    check("They waited at the Mexico-US border.", &["North America/Mexico", "North America/United States"]);
    check("She teaches at Michigan State.", &[]);
}

/// Half of a team's name is no place, nor is what somebody works for; a land is one before `&` and a title.
#[test]
fn parts_of_names_are_no_places() {
    check("He played for the Green Bay Packers and the San Diego Chargers. The Columbus Dispatch wrote of it.", &[]);
    check("“It is late,” said Marta Quill, an economist at Lunarex.", &[]);
    check("The envoy to Mongolia Dr. Marta Quill left.", &["Asia/Mongolia"]);
    check("They believe that Japan & South Korea will help.", &["Asia/Japan", "Asia/South Korea"]);
    check(
        "The sailor from St. Mary's, Ohio, prayed in front of St. John's Church.",
        &["North America/United States/Ohio/Saint Marys", "North America/United States/Ohio"],
    );
}

/// Newspapers that are called after where they are read.
#[test]
fn halves_of_a_word_are_no_places() {
    let places = |body: &str, language: &str| extract(body, Some(language)).places.into_iter().filter_map(|p| p.path).collect::<Vec<_>>();
    assert_eq!(
        places("« Nous attendons », a dit la pilote au journal Ouest-France, à Toulouse.", "fr"),
        ["Europe/France/Occitanie/Toulouse"]
    );
    assert_eq!(places("Der Flug Berlin-Hamburg fiel aus.", "de"), ["Europe/Germany/Berlin", "Europe/Germany/Hamburg"]);
}
