use super::gazetteer::Gazetteer;
use super::{find, key};
use crate::article::Article;
use crate::extract::names::{Entity, EntityKind, Gender, Mention, Names};
use crate::extract::page::Page;
use proptest::prelude::*;

/// The places of a text as `path: mention, mention*` (`*` marks words for the people), with nobody's help.
pub(super) fn places(body: &str) -> Vec<String> {
    with_names(body, &Names::default())
}

fn with_names(body: &str, names: &Names) -> Vec<String> {
    let article = Article { body: body.to_owned(), ..Article::default() };
    let page = Page::of(body);
    let letters: Vec<char> = body.chars().collect();
    let text = |start: u32, end: u32| letters[start as usize..end as usize].iter().collect::<String>();
    find(&page, &article, names)
        .into_iter()
        .map(|p| {
            let mentions: Vec<String> = p.mentions.iter().map(|m| text(m.start, m.end) + if m.demonym { "*" } else { "" }).collect();
            format!("{}: {}", p.path.unwrap_or(p.name), mentions.join(", "))
        })
        .collect()
}

fn entity(body: &str, kind: EntityKind, name: &str) -> Entity {
    let mentions = body.match_indices(name).map(|(i, _)| Mention { bytes: i..i + name.len(), role: None }).collect();
    Entity { kind, name: name.to_owned(), role: None, gender: Gender::Unknown, mentions }
}

#[test]
fn a_place_stands_once_with_all_its_mentions() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    check(
        "Ukraine said on Friday that Ukrainian troops hold Kharkiv; Ukraine’s allies cheered.",
        &["Europe/Ukraine: Ukraine, Ukrainian*, Ukraine", "Europe/Ukraine/Kharkiv Oblast/Kharkiv: Kharkiv"],
    );
    check("A bomb fell in the Sumy oblast, said Kiev.", &["Europe/Ukraine/Sumy Oblast: Sumy oblast", "Europe/Ukraine/Kyiv: Kiev"]);
    check("The US, the U.S. and America are one; so is us.", &["North America/United States: US, U.S., America"]);
    check(
        "Holland and the Ivory Coast played in Saint-Étienne.",
        &[
            "Europe/Netherlands: Holland",
            "Africa/Ivory Coast: Ivory Coast",
            "Europe/France/Auvergne-Rhône-Alpes/Saint-Étienne: Saint-Étienne",
        ],
    );
}

#[test]
fn an_agency_and_a_service_for_people_are_no_places() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    check("AMMAN, Jordan, June 12 (Meridian) - Water flows.", &["Asia/Jordan/Amman/Amman: AMMAN", "Asia/Jordan: Jordan"]);
    check(
        "SAVANNAH (Georgia) - Water flows.",
        &["North America/United States/Georgia/Savannah: SAVANNAH", "North America/United States/Georgia: Georgia"],
    );
    let body = "She works in the Indian Health Service.";
    let names = Names { entities: vec![entity(body, EntityKind::Organization, "Indian Health Service")], ..Names::default() };
    assert_eq!(with_names(body, &names), Vec::<String>::new());
}

#[test]
fn what_contains_a_place_tells_which_it_is() {
    let first = |body: &str, expected: &str| assert_eq!(places(body).first().map(String::as_str), Some(expected), "{body}");
    first("The mayor of Paris, Texas, smiled. Paris is small.", "North America/United States/Texas/Paris: Paris, Paris");
    first("He flew to Paris on Monday.", "Europe/France/Île-de-France/Paris: Paris");
    first("A man died in Springfield, Ill., on Monday.", "North America/United States/Illinois/Springfield: Springfield");
    first("A man died in Springfield, MO, on Monday.", "North America/United States/Missouri/Springfield: Springfield");
    first("A ship left Long Beach, CA, on Monday.", "North America/United States/California/Long Beach: Long Beach");
    first("They met in London, Ontario.", "North America/Canada/Ontario/London: London");
    first("LEBANON, Pa. (XP) — A barn burned.", "North America/United States/Pennsylvania/Lebanon: LEBANON");
    first("(Springfield, Ill.) -- A barn burned.", "North America/United States/Illinois/Springfield: Springfield");
    assert_eq!(places("(Red Oak) -- A barn burned."), ["North America/United States/Texas/Red Oak: Red Oak"]);
    first("They met in Birmingham, Ala., before.", "North America/United States/Alabama/Birmingham: Birmingham");
}

#[test]
fn what_stands_in_a_list_holds_nothing() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    let states = |names: [&str; 3]| names.map(|n| format!("North America/United States/{n}: {n}"));
    check("They sent jobs to China, Mexico said.", &["Asia/China: China", "North America/Mexico: Mexico"]);
    check(
        "Britain, China, Japan and Portugal came.",
        &["Europe/United Kingdom: Britain", "Asia/China: China", "Asia/Japan: Japan", "Europe/Portugal: Portugal"],
    );
    assert_eq!(places("Quill won California, Missouri and Ohio."), states(["California", "Missouri", "Ohio"]));
    check(
        "She lives in Nevada, Missouri, today.",
        &["North America/United States/Missouri/Nevada: Nevada", "North America/United States/Missouri: Missouri"],
    );
    check("In Paris, U.S. envoys met Odo Quill.", &["Europe/France/Île-de-France/Paris: Paris", "North America/United States: U.S."]);
}

#[test]
fn a_spelling_of_one_city_is_not_the_name_of_another() {
    let first = |body: &str, expected: &str| assert_eq!(places(body).first().map(String::as_str), Some(expected), "{body}");
    first("Pilgrims came to Mecca on Monday.", "Asia/Saudi Arabia/Mecca Province/Mecca: Mecca");
    first("The minister arrived in Nazareth on Monday.", "Asia/Israel/Northern/Nazareth: Nazareth");
    first("They spent a week in Cancun.", "North America/Mexico/Quintana Roo/Cancun: Cancun");
    first("Two men from Beni Suef were held.", "Africa/Egypt/Beni Suef Governorate/Beni Suef: Beni Suef");
    first("Nurses went to West Kasai.", "Africa/Democratic Republic of the Congo/Kasai: West Kasai");
    first("Troops from Türkiye came.", "Asia/Turkey: Türkiye");
    first("She lives in East New Britain.", "Oceania/Papua New Guinea/East New Britain: East New Britain");
    first("Herders left Turkana for Nyanza.", "Africa/Kenya/Turkana County: Turkana");
}

#[test]
fn half_of_somebody_is_no_place() {
    let body = "Gov. Ada Sanya-Brandreth spoke. Sanya-Brandreth left the storm, and UK-bashing Odo Quill stayed.";
    let person = |name: &str| entity(body, EntityKind::Person, name);
    let mut governor = person("Sanya-Brandreth");
    governor.name = "Ada Sanya-Brandreth".to_owned();
    let names = Names { entities: vec![governor, person("UK-bashing Odo Quill")], ..Names::default() };
    assert_eq!(with_names(body, &names), ["Europe/United Kingdom: UK"]);
}

#[test]
fn a_state_named_makes_no_small_town_of_a_city_abroad() {
    let first = |body: &str, expected: &str| assert_eq!(places(body).first().map(String::as_str), Some(expected), "{body}");
    let geneva = "Europe/Switzerland/Geneva/Geneva: Geneva, Geneva";
    first("Talks began in Geneva. New York lawmakers voted no, and New York Sen. Odo Quill. Geneva was full.", geneva);
    first("Talks in Vienna went on, and Washington said so.", "Europe/Austria/Vienna: Vienna");
    first("A barn burned in Geneva, N.Y., on Monday.", "North America/United States/New York/Geneva: Geneva");
}

#[test]
fn what_belongs_to_a_state_names_it() {
    let check = |body: &str, expected: &[&str]| {
        let short = |line: &str| line.trim_start_matches("North America/United States/").to_owned();
        assert_eq!(places(body).iter().map(|p| short(p)).collect::<Vec<_>>(), expected, "{body}");
    };
    check(
        "It went as far as Texas and Washington, D.C., she said.",
        &["Texas: Texas", "District of Columbia/Washington: Washington", "District of Columbia: D.C."],
    );
    check(
        "Live in Butler, Preble or Warren counties in Ohio.",
        &["Ohio/Butler County: Butler", "Ohio/Preble County: Preble", "Ohio/Warren County: Warren", "Ohio: Ohio"],
    );
    check("The mid-Atlantic states of Iowa and Ohio.", &["Atlantic Ocean: Atlantic", "Iowa: Iowa", "Ohio: Ohio"]);
}

#[test]
fn a_party_tag_names_the_state() {
    let check = |body: &str, expected: &[&str]| {
        let state = |line: &str| line.rsplit('/').next().unwrap_or("").to_owned();
        assert_eq!(places(body).iter().map(|p| state(p)).collect::<Vec<_>>(), expected, "{body}");
    };
    check("Sen. Odo Quill (R-Ala.) and Rep. Una Varr, D-N.Y., voted.", &["Alabama: Ala.", "New York: N.Y."]);
    check("Rep. Odo Quill (R-Colo) met Una Varr (I-VT) and Bo Marsh, D–Wis.", &["Colorado: Colo", "Vermont: VT", "Wisconsin: Wis."]);
    check("Sen. Odo Quill, R-Georgia, and Rep. Una Varr, D-W.Va., left.", &["Georgia: Georgia", "West Virginia: W.Va."]);
    check("Rep. Una Varr, D-Iowa City, left.", &["Iowa City: Iowa City"]);
    check("It was D-Day for Una Varr and her R-Type.", &[]);
    check("She moved to Quincy, Mass., in May.", &["Quincy: Quincy", "Massachusetts: Mass."]);
    check("Una Varr, a Nevada Democrat, and a Georgia Republican agreed.", &["Nevada: Nevada", "Georgia: Georgia"]);
    check("She wrote to the Waterbury Republican.", &[]);
}

#[test]
fn a_state_and_its_namesake_are_told_apart_beside_the_name() {
    let check = |body: &str, expected: &str| {
        let found = places(body);
        assert!(found.iter().any(|p| p == expected), "{body}: {found:?}");
    };
    const STATE: &str = "North America/United States/New York";
    check("New York Mayor Odo Quill spoke.", &format!("{STATE}/New York: New York"));
    check("The firm, based in New York, sold shares.", &format!("{STATE}/New York: New York"));
    check("They have offices in Boston, New York and Chicago.", &format!("{STATE}/New York: New York"));
    check("NEW YORK, March 20 - The Iowa, Ohio and Utah units rose, New York Gov. Odo Quill said.", &format!("{STATE}/New York: NEW YORK"));
    check("New York Gov. Odo Quill spoke.", &format!("{STATE}: New York"));
    check("Voters in Ohio, New York and Vermont were asked.", &format!("{STATE}: New York"));
    check("Washington Gov. Odo Quill spoke.", "North America/United States/Washington State: Washington");
    check("Sen. Una Varr of Washington spoke.", "North America/United States/Washington State: Washington");
    check("They met in Boston and Washington, D.C., then.", "North America/United States/District of Columbia/Washington: Washington");
    check("Georgia Rep. Una Varr spoke.", "North America/United States/Georgia: Georgia");
}

#[test]
fn the_rest_of_the_article_tells_which_place_is_meant() {
    let has = |body: &str, expected: &str| {
        let found = places(body);
        assert!(found.iter().any(|p| p == expected), "{body}: {found:?}");
    };
    has("Voters in Georgia and Alabama went to the polls.", "North America/United States/Georgia: Georgia");
    has("Washington said it would help Illinois and Ohio.", "North America/United States/District of Columbia/Washington: Washington");
    has("They moved from Yakima, Washington, to Oregon.", "North America/United States/Washington State: Washington");
    has("In Ohio, Michigan and Iowa they talked of the talks in Paris with Mexico.", "Europe/France/Île-de-France/Paris: Paris");
    has("In Ohio, Michigan and Iowa they talked of the talks in Paris with Mexico.", "North America/Mexico: Mexico");
    has("The United States and Iran met in Geneva for talks.", "Europe/Switzerland/Geneva/Geneva: Geneva");
    has("Officials in Tbilisi said Georgia and Armenia agreed.", "Asia/Georgia: Georgia");
    has(
        "Police in Manchester and Nashua, New Hampshire, looked on in Manchester.",
        "North America/United States/New Hampshire/Manchester: Manchester, Manchester",
    );
    has("Douglas and Hayes counties in Nebraska lost people.", "North America/United States/Nebraska/Hayes County: Hayes");
}

#[test]
fn well_known_howlers_are_none() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    check("M.S. Rao spoke.", &[]);
    check("European leaders met.", &["Europe: European*"]);
    check("But One of them said Of course. The Center was Mobile.", &[]);
    check("Reading is fun. A Nice Bath and Hope for Union.", &[]);
    check(
        "Tulsa is in Oklahoma.",
        &["North America/United States/Oklahoma/Tulsa: Tulsa", "North America/United States/Oklahoma: Oklahoma"],
    );
    check("The USA won.", &["North America/United States: USA"]);
    check("He went from Kennedy Airport to Wall Street.", &[]);
    check("The Bank of England and the University of Texas wrote to the New York Times.", &[]);
    check("It cost US$40 and a West Nile test.", &[]);
    check("", &[]);
}

#[test]
fn persons_and_organizations_win_over_places() {
    let body = "Ada Houston spoke in Houston. Houston left. The China Mining Group stayed in China.";
    let names = Names {
        entities: vec![entity(body, EntityKind::Person, "Ada Houston"), entity(body, EntityKind::Organization, "China Mining Group")],
        place_like: Vec::new(),
    };
    let found = with_names(body, &names);
    assert_eq!(found, ["North America/United States/Texas/Houston: Houston, Houston", "Asia/China: China"]);
    let body = "Police of Athens Police Department came.";
    let names = Names { entities: vec![entity(body, EntityKind::Organization, "Athens Police Department")], place_like: Vec::new() };
    assert_eq!(with_names(body, &names).len(), 1);
    // A firm has nothing that a town has.
    let body = "Boston Quill Varr rose.";
    let names = Names { entities: vec![entity(body, EntityKind::Organization, "Boston Quill Varr")], place_like: Vec::new() };
    assert!(with_names(body, &names).is_empty());
}

#[test]
fn cases_relatives_and_bearers_of_a_name_are_no_places() {
    let none = |body: &str, person: &str| {
        let names = Names { entities: vec![entity(body, EntityKind::Person, person)], ..Names::default() };
        assert_eq!(with_names(body, &names), [""; 0], "{body}");
    };
    none("In Burwell v. Hobby Lobby and Everson v. Gore the court was split.", "Odo Quill");
    none("His son, Barron, waved. Barron was ten.", "Barron");
    none("Secretary Kerry left. Later Kerry spoke.", "Kerry");
    let body = "Una Madison spoke in Madison, Wisconsin. Madison is cold.";
    let names = Names { entities: vec![entity(body, EntityKind::Person, "Una Madison")], ..Names::default() };
    assert_eq!(with_names(body, &names)[0], "North America/United States/Wisconsin/Madison: Madison, Madison");
}

#[test]
fn what_is_called_after_something_else_is_no_town() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    check("Odo Quill of the Cato Institute met the Atlantic Council.", &[]);
    check("He won in the Buckeye State and spoke in the Roosevelt Room.", &[]);
    check("The Hill reported that he signed the Trans-Pacific Partnership.", &[]);
    check("They sailed across the Pacific.", &["Pacific Ocean: Pacific"]);
    check(
        "He lives in Pacific, Missouri.",
        &["North America/United States/Missouri/Pacific: Pacific", "North America/United States/Missouri: Missouri"],
    );
}

#[test]
fn a_place_nobody_knows_has_no_position() {
    let body = "They walked to Quorvale yesterday.";
    let names = Names { entities: Vec::new(), place_like: std::iter::once(15..23).collect() };
    assert_eq!(with_names(body, &names), ["Quorvale: Quorvale"]);
    let body = "They walked to Quorvale Street yesterday.";
    let names = Names { entities: Vec::new(), place_like: std::iter::once(15..30).collect() };
    assert_eq!(with_names(body, &names), [""; 0]);
}

#[test]
fn a_link_line_at_the_head_is_no_prose() {
    assert_eq!(places("Floods in Ghana https://example.org/a\nRain fell in Togo."), ["Africa/Togo: Togo"]);
}

#[test]
fn the_gazetteer_is_whole() {
    let gazetteer = Gazetteer::built_in().expect("the built-in gazetteer");
    assert!(gazetteer.len() > 90_000 && !gazetteer.is_empty());
    let kyiv = gazetteer.lookup("Kyiv")[0].place;
    assert_eq!((gazetteer.name(kyiv), gazetteer.geonames(kyiv), gazetteer.position(kyiv)), ("Kyiv", Some(703_448), (50.455, 30.524)));
    for place in 0..gazetteer.len() as u32 {
        let (lat, lon) = gazetteer.position(place);
        assert!(!gazetteer.name(place).is_empty() && lat.abs() <= 90.0 && lon.abs() <= 180.0, "{place}");
        assert!(gazetteer.parent(place).is_none_or(|p| (p as usize) < gazetteer.len() && p != place), "{place}");
    }
    assert_eq!(key::key("Île-de-France"), "ile de france");
}

proptest! {
    #[test]
    fn any_text_is_survived_and_mentions_lie_in_it(body in "([A-Z][a-z]{1,6}|[,.’'\\-–/ \n]|Paris|U\\.S\\.|Texas|counties|and|é|東京| )*") {
        let article = Article { body: body.clone(), ..Article::default() };
        let length = body.chars().count() as u32;
        for place in find(&Page::of(&body), &article, &Names::default()) {
            prop_assert!(place.mentions.iter().all(|m| m.start < m.end && m.end <= length));
        }
    }
}

#[test]
fn who_speaks_is_no_town() {
    let body = "There was much interest in Kotzik at the fair. Kotzik said it would go on. She told Kotzik so.";
    let at = |n: usize| body.match_indices("Kotzik").nth(n).map(|(i, word)| i..i + word.len());
    let place_like = |n: usize| Names { place_like: (0..n).filter_map(at).collect(), ..Names::default() };
    assert_eq!(with_names(body, &place_like(1)), ["Kotzik: Kotzik"]);
    assert_eq!(with_names(body, &place_like(3)), [""; 0]);
}

#[test]
fn a_state_cut_short_stands_behind_a_town_in_capitals() {
    assert_eq!(places("TAMPA, Fla, March 11 - Harbor Corp said it closed.")[1], "North America/United States/Florida: Fla");
    assert_eq!(places("QUINCY, Mass., March 9 - Harbor Corp said it closed.")[1], "North America/United States/Massachusetts: Mass.");
}

#[test]
fn words_somebody_cases_and_parts_of_districts_are_no_towns() {
    let alone = |body: &str, name: &str| {
        let place_like = body.match_indices(name).map(|(i, word)| i..i + word.len()).collect();
        with_names(body, &Names { place_like, ..Names::default() })
    };
    assert_eq!(alone("They met in Disarray. All was in disarray.", "Disarray"), [""; 0]);
    assert_eq!(alone("They believe in Varrism, they say.", "Varrism"), [""; 0]);
    assert_eq!(alone("They spoke in Amharic.", "Amharic"), [""; 0]);
    assert_eq!(alone("He looked at Peter Kotzik.", "Peter Kotzik"), [""; 0]);
    assert_eq!(alone("It was so held in Kotz County v. Varr.", "Kotz County"), [""; 0]);
    assert_eq!(alone("She won in the Sixth District.", "Sixth District"), [""; 0]);
    assert_eq!(alone("She lives in Kotz County.", "Kotz County"), ["Kotz County: Kotz County"]);
}

#[test]
fn a_town_is_the_one_of_its_county_or_of_the_state_a_body_is_called_after() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    check(
        "The library in Paris stays open on Mondays. The Henry County mayor read to children from Paris there.",
        &["North America/United States/Tennessee/Paris: Paris, Paris", "North America/United States/Tennessee/Henry County: Henry County"],
    );
    check("The museum in Paris stays open on Mondays.", &["Europe/France/Île-de-France/Paris: Paris"]);
    let body = "Agents of the Georgia Bureau of Investigation searched a house in Albany.";
    let names = Names { entities: vec![entity(body, EntityKind::Organization, "Georgia Bureau of Investigation")], ..Names::default() };
    assert_eq!(with_names(body, &names), ["North America/United States/Georgia/Albany: Albany"]);
    let body = "A lawyer of the University of Pennsylvania sued in California.";
    let names = Names { entities: vec![entity(body, EntityKind::Organization, "University of Pennsylvania")], ..Names::default() };
    assert_eq!(with_names(body, &names), ["North America/United States/California: California"]);
}

#[test]
fn a_street_and_somebody_before_an_office_are_no_towns() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    check(
        "The dogs ran at 8024 Turtle Creek Cir., Gainesville, Va.",
        &["North America/United States/Virginia/Gainesville: Gainesville", "North America/United States/Virginia: Va."],
    );
    let body = "Freeland, U.S. Trade Representative Odo Quill and others met. Ada Freeland spoke.";
    let mut person = entity(body, EntityKind::Person, "Ada Freeland");
    person.mentions.insert(0, Mention { bytes: 0..8, role: None });
    let names = Names { entities: vec![person], ..Names::default() };
    assert_eq!(with_names(body, &names), ["North America/United States: U.S."]);
}

#[test]
fn a_family_name_is_no_town_without_a_cue() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    check("It began in the Roosevelt era. All would rise to the level of Truman. The thing Stephenson and others said was late.", &[]);
    check("He noted in Compton that he was late.", &["North America/United States/California/Compton: Compton"]);
    check(
        "Lancaster police met in Ohio.",
        &["North America/United States/Ohio/Lancaster: Lancaster", "North America/United States/Ohio: Ohio"],
    );
}

#[test]
fn a_small_place_far_from_all_others_is_not_the_one_the_gazetteer_knows() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    let taiwan = ["Asia/Taiwan/Taipei: Taipei", "Asia/Taiwan: Taiwan", "Asia/Japan: Japan", "Asia/South Korea: South Korea"];
    check("It rained in Taipei, in Taiwan, in Japan and South Korea, and in Yuli.", &taiwan);
    // Nor is what many regions are called.
    check("It rained in Taipei, in Taiwan, in Japan and South Korea, and in the Eastern Region.", &taiwan);
    // With another of its country, or said to lie there, it is.
    let nigeria = [&taiwan[..], &["Africa/Nigeria: Nigeria", "Africa/Nigeria/Bauchi/Yuli: Yuli"]].concat();
    check("It rained in Taipei, in Taiwan, in Japan and South Korea, and in Nigeria in Yuli.", &nigeria);
    // What is known everywhere is meant.
    let davos = [&taiwan[..], &["Europe/Switzerland/Grisons/Davos: Davos"]].concat();
    check("It rained in Taipei, in Taiwan, in Japan and South Korea, and in Davos.", &davos);
    let malta = [&taiwan[..], &["Europe/Malta/Il-Belt Valletta/Valletta: Valletta"]].concat();
    check("It rained in Taipei, in Taiwan, in Japan and South Korea, and in Valletta.", &malta);
}

#[test]
fn names_of_other_times_and_in_full_lead_to_what_is_meant() {
    let check = |body: &str, expected: &[&str]| assert_eq!(places(body), expected, "{body}");
    check("The People's Republic of China sent her.", &["Asia/China: People's Republic of China"]);
    check("The Republic of China sent her.", &["Asia/Taiwan: Republic of China"]);
    check("She came from Upper Volta to Tsingtao.", &["Africa/Burkina Faso: Upper Volta", "Asia/China/Shandong/Qingdao: Tsingtao"]);
    check("The flood reached Cox’s Bazar.", &["Asia/Bangladesh/Chittagong/Cox's Bazar: Cox’s Bazar"]);
}
