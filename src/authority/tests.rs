//! What the file may say, and what comes of it.

use super::*;
use crate::article::{Annotations, Article, Clipping, Person, Place, PlaceMention, Quote, Span, Speaker, SpeakerClass};

const FILE: &str = "\
format = 1

[[person]] # the president
name = \"Volodymyr Zelenskyy\"
also = [
  \"Volodymyr Zelensky\",
  \"Zelenskiy\", # as some write
]

[[person]]
name = \"John Smith (footballer)\"
split = \"John Smith\"
when = \"section:sport\"

[[organization]]
name = \"NATO\"
also = [\"North Atlantic Treaty Organization\"]

[hide]
persons = [\"Breaking News\"]
";

fn authority(text: &str) -> Authority {
    Authority::parse(text, "names.toml").unwrap()
}

fn person(name: &str, at: u32) -> Person {
    Person { name: name.into(), role: None, mentions: vec![Span::new(at, at + 3)] }
}

fn clipping(section: &str, persons: Vec<Person>, speaker: &str) -> Clipping {
    let speaker = Speaker { name: Some(speaker.into()), class: SpeakerClass::Person, text: Some("he".into()), ..Speaker::default() };
    let quotes = vec![Quote { text: "x".into(), speaker: Some(speaker), ..Quote::default() }];
    let article = Article { section: Some(section.into()), ..Article::default() };
    Clipping { article, annotations: Annotations { persons, quotes, ..Annotations::default() }, ..Clipping::default() }
}

fn settled(file: &str, clipping: &Clipping) -> String {
    let found = authority(file).settled(clipping);
    let persons: Vec<String> = found.persons.iter().map(|p| format!("{}:{}", p.name, p.mentions.len())).collect();
    let speaker = found.quotes[0].speaker.as_ref().unwrap();
    format!("{} | {}", persons.join(", "), speaker.name.as_deref().unwrap_or(speaker.class.name()))
}

#[test]
fn forms_are_merged_with_their_mentions() {
    let found =
        clipping("world", vec![person("ZELENSKIY", 9), person("Ann Cole", 1), person("Volodymyr Zelensky", 2)], "Volodymyr Zelensky");
    assert_eq!(settled(FILE, &found), "Volodymyr Zelenskyy:2, Ann Cole:1 | Volodymyr Zelenskyy");
}

fn place(name: &str, path: Option<&str>, at: u32) -> Place {
    let mentions = vec![PlaceMention { start: at, end: at + 3, ..PlaceMention::default() }];
    Place { name: name.into(), path: path.map(str::to_owned), mentions, ..Place::default() }
}

fn places(file: &str, places: Vec<Place>) -> Vec<String> {
    let mut found = clipping("world", Vec::new(), "x");
    found.annotations.places = places;
    let told = |p: Place| format!("{} {} {}", p.name, p.path.unwrap_or_default(), p.mentions.len());
    authority(file).settled(&found).places.into_iter().map(told).collect()
}

#[test]
fn two_places_of_one_name_stay_two() {
    let (state, town) = ("America/New York", "America/New York/New York");
    let both = vec![place("New York", Some(state), 1), place("New York", Some(town), 9), place("New York", Some(state), 20)];
    assert_eq!(places(FILE, both), ["New York America/New York 2", "New York America/New York/New York 1"]);
}

#[test]
fn a_place_is_found_by_the_name_it_is_filed_under() {
    let file = "[[place]]\nname = \"Great Wexby\"\nalso = [\"Wexby\"]\n";
    let both = || vec![place("Great Wexby", None, 1), place("Wexby", Some("Europe/Norland/Wexby"), 9)];
    assert_eq!(places(file, both()), ["Great Wexby Europe/Norland/Great Wexby 2"]);
    assert_eq!(places(file, both().into_iter().rev().collect()), ["Great Wexby Europe/Norland/Great Wexby 2"]);
    let inside = vec![place("Mill Lane", Some("Europe/Norland/Wexby/Mill Lane"), 1), place("Old Wexby", Some("Europe/Old Wexby"), 9)];
    assert_eq!(places(file, inside), ["Mill Lane Europe/Norland/Great Wexby/Mill Lane 1", "Old Wexby Europe/Old Wexby 1"]);
}

#[test]
fn a_split_asks_the_article() {
    let found = |section| clipping(section, vec![person("John Smith", 1)], "John Smith");
    assert_eq!(settled(FILE, &found("sport")), "John Smith (footballer):1 | John Smith (footballer)");
    assert_eq!(settled(FILE, &found("business")), "John Smith:1 | John Smith");
}

#[test]
fn who_spoke_under_a_hidden_name_is_unresolved() {
    let found = clipping("world", vec![person("Breaking News", 1), person("Ann Cole", 5)], "Breaking News");
    assert_eq!(settled(FILE, &found), "Ann Cole:1 | unresolved");
}

#[test]
fn forms_of_forms_go_all_the_way() {
    let file = "[[person]]\nname = 'A'\nalso = ['B']\n[[person]]\nname = 'B'\nalso = ['C']\n[[person]]\nname = 'C'\nalso = ['D']\n";
    assert_eq!(settled(file, &clipping("", vec![person("D", 1)], "C")), "A:1 | A");
    let hidden = format!("{file}[hide]\npersons = ['A']\n");
    assert_eq!(settled(&hidden, &clipping("", vec![person("D", 1)], "C")), " | unresolved", "where the last form is hidden, all are");
}

#[test]
fn lines_are_the_evidence() {
    let authority = authority(FILE);
    let nothing = Clipping::default();
    assert_eq!(authority.ruling(NameKind::Person, "zelenskiy", &nothing), Ruling::As("Volodymyr Zelenskyy", 7));
    assert_eq!(authority.ruling(NameKind::Person, "Breaking News", &nothing), Ruling::Hide(20));
    assert_eq!(authority.ruling(NameKind::Organization, "Zelenskiy", &nothing), Ruling::Keep);
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    let wrong = |text: &str| Authority::parse(text, "names.toml").err().unwrap().to_string();
    for (text, message) in [
        ("[[persn]]\nname = 'A'", "line 1: there is no `persn` here"),
        ("[person]\nname = 'A'", "write `[[person]]`"),
        ("[[person]]\nname = 'A'\nalias = ['B']", "line 3: there is no `alias`"),
        ("[[person]]\nname = 'A'\nalso = 'B'", "`also` is a list"),
        ("[[person]]\nalso = ['B']", "an entry needs a `name`"),
        ("[[person]]\nname = 'A'\nalso = ['B']\n[[person]]\nname = 'C'\nalso = ['b']", "`b` is ruled on twice, in lines 3 and 6"),
        ("[[person]]\nname = 'A'\nalso = ['B']\n[[person]]\nname = 'B'\nalso = ['A']", "filed under itself"),
        ("[[person]]\nname = 'A'\nalso = ['B']\n[hide]\npersons = ['B']", "a form in line 3 and hidden in line 5"),
        ("[[person]]\nname = 'A'\nsplit = 'B'", "belong together"),
        ("[[person]]\nname = 'A'\nsplit = 'B'\nwhen = 'nofield:x'", "cannot read `when`"),
        ("format = 2", "reads format 1"),
    ] {
        assert!(wrong(text).contains(message), "{text:?} gave {:?}", wrong(text));
    }
}

#[test]
fn the_version_follows_the_rules_not_the_comments() {
    let same = FILE.replace("# the president", "# somebody else").replace("# as some write", "");
    assert_eq!(authority(FILE).version(), authority(&same).version());
    assert_ne!(authority(FILE).version(), authority(&FILE.replace("Zelenskiy", "Zelenski")).version());
    assert_eq!(authority("format = 1\n").version(), "");
}

#[test]
fn edits_leave_the_rest_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("names.toml");
    std::fs::write(&path, FILE).unwrap();
    let mut file = AuthorityFile::open(&path).unwrap();
    file.merge(NameKind::Person, &["V. Zelensky".into()], "Volodymyr Zelenskyy").unwrap();
    file.merge(NameKind::Person, &["Bob Dole".into()], "Robert Dole").unwrap();
    file.hide(NameKind::Organization, &["Read More".into()]).unwrap();
    file.write().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    for line in FILE.lines() {
        assert!(text.contains(line), "{line:?} is gone from\n{text}");
    }
    let rules = Authority::read(&path).unwrap();
    let ruling = |kind, name| rules.ruling(kind, name, &Clipping::default());
    assert!(matches!(ruling(NameKind::Person, "V. Zelensky"), Ruling::As("Volodymyr Zelenskyy", _)));
    assert!(matches!(ruling(NameKind::Person, "Bob Dole"), Ruling::As("Robert Dole", _)));
    assert!(matches!(ruling(NameKind::Organization, "Read More"), Ruling::Hide(_)));
    // A form that moves to another entry leaves the old one.
    file.merge(NameKind::Person, &["Bob Dole".into()], "Bobby Dole").unwrap();
    assert!(!file.text().contains("Robert Dole"), "{}", file.text());
    file.forget(NameKind::Person, &["bob dole".into()]);
    assert!(!file.text().contains("Dole"), "{}", file.text());
}

#[test]
fn a_change_tells_which_names_it_touches() {
    let changed = FILE.replace("\"Zelenskiy\", # as some write", "");
    let touched = |old: &str, new: &str| authority(old).touched(&authority(new)).map(|t| t.into_iter().map(|(_, n)| n).collect::<Vec<_>>());
    assert_eq!(touched(FILE, FILE), Some(Vec::new()));
    assert_eq!(touched(FILE, &changed), Some(vec!["Volodymyr Zelenskyy".to_owned()]), "it is filed there until now");
    assert_eq!(touched(&changed, FILE), Some(vec!["zelenskiy".to_owned()]), "it stands as it was found until now");
    assert_eq!(touched(FILE, &FILE.replace("Breaking News", "Broken News")), None, "what was hidden can be found by nothing");
}

#[test]
fn pairs_that_are_not_made_one_are_written_down_and_change_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("names.toml");
    std::fs::write(&path, FILE).unwrap();
    let before = Authority::read(&path).unwrap();
    let mut file = AuthorityFile::open(&path).unwrap();
    file.decide(NameKind::Person, Verdict::Unsure, "J. Smith", "John Smith").unwrap();
    file.decide(NameKind::Person, Verdict::Apart, "john smith", "J. SMITH").unwrap();
    file.decide(NameKind::Person, Verdict::Unsure, "Ann Cole", "Anne Cole").unwrap();
    file.write().unwrap();
    let after = Authority::read(&path).unwrap();
    let verdict = |authority: &Authority, a, b| authority.verdict(NameKind::Person, a, b);
    assert_eq!(verdict(&after, "J. Smith", "John Smith"), Some(Verdict::Apart), "the later word counts");
    assert_eq!(verdict(&after, "Anne Cole", "Ann Cole"), Some(Verdict::Unsure));
    assert_eq!(after.pairs().len(), 2);
    assert_eq!(after.version(), before.version(), "no article need be looked at for it");
    // Whoever is merged is no longer told apart.
    file.merge(NameKind::Person, &["Anne Cole".to_owned()], "Ann Cole").unwrap();
    file.forget(NameKind::Person, &["J. Smith".to_owned()]);
    assert!(Authority::parse(&file.text(), "names.toml").unwrap().pairs().is_empty(), "{}", file.text());
    for wrong in ["[apart]\npersons = [\"a\"]", "[apart]\npersons = [[\"a\"]]", "[unsure]\npeople = []", "apart = 1"] {
        assert!(Authority::parse(wrong, "names.toml").is_err(), "{wrong}");
    }
}

#[test]
fn each_of_many_names_has_its_line() {
    let mut text: String = (0..20_000).map(|n| format!("[[person]]\nname = \"Ann Cole {n}\"\nalso = [\"A. Cole {n}\"]\n")).collect();
    assert_eq!(Authority::parse(&text, "names.toml").unwrap().entries.last().unwrap().name.line, 59_999);
    text.push_str("[[person]]\nname = \"Ann\"\nalso = [\"a. cole 9\"]\n");
    let error = Authority::parse(&text, "names.toml").map(drop).unwrap_err().to_string();
    assert!(error.contains("in lines 30 and 60003"), "{error}");
}

#[test]
fn those_who_speak_together_are_filed_each_and_once() {
    let together = |name: &str, with: &[&str]| {
        let mut found = clipping("world", Vec::new(), name);
        let speaker = found.annotations.quotes[0].speaker.as_mut().unwrap();
        speaker.role = Some("envoy".to_owned());
        speaker.with = with.iter().map(|name| (*name).to_owned()).collect();
        let filed = authority(FILE).settled(&found).quotes[0].speaker.clone().unwrap();
        (filed.titled().unwrap_or_default(), filed.class)
    };
    let person = SpeakerClass::Person;
    assert_eq!(together("Ann Cole", &["ZELENSKIY"]), ("Ann Cole, envoy, and Volodymyr Zelenskyy".to_owned(), person));
    assert_eq!(together("ZELENSKIY", &["Ann Cole", "Volodymyr Zelensky"]), ("Volodymyr Zelenskyy, envoy, and Ann Cole".to_owned(), person));
    assert_eq!(
        together("Breaking News", &["Ann Cole", "Bo Dunn"]),
        ("Ann Cole and Bo Dunn".to_owned(), person),
        "whose role it was is hidden"
    );
    assert_eq!(together("Breaking News", &["Breaking News"]), (String::new(), SpeakerClass::Unresolved));
}
