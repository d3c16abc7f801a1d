//! Annotated news that does not belong to the project and need not be there: where it lies, and how it is read.

use super::score::{Case, PlaceWanted, QuoteWanted, Who};
use morgue::article::{Article, QuoteKind, Span};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The files that are scored: for quotes and persons, for places, for names of all kinds.
pub const SETS: &[&str] = &["quotes-polnear-dev", "places-geowebnews-dev", "places-lgl-dev", "places-geovirus-dev", "names-worldwide-dev"];

/// Kinds of place names in GeoWebNews that count neither for nor against.
const NEUTRAL: &[&str] =
    &["Demonym", "Language", "Homonym", "Non_Literal_Modifier", "Literal_Modifier", "Embedded_Non_Lit", "Embedded_Literal"];

/// The directory with the data: `eval/data` in `MORGUE_SHARED`, or in `shared` beside the project.
pub fn directory() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(|above| above.join("shared"));
    let shared = std::env::var_os("MORGUE_SHARED").map(PathBuf::from).or_else(beside)?;
    let data = shared.join("eval/data");
    SETS.iter().all(|set| data.join(format!("{set}.jsonl")).is_file()).then_some(data)
}

/// The articles of a set, each with what is true of it.
pub fn read(directory: &Path, set: &str) -> Vec<(Article, Case)> {
    let text = std::fs::read_to_string(directory.join(format!("{set}.jsonl"))).expect("the set can be read");
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect();
    let fine = rows.iter().any(|row| list(row, "places").any(|place| !place["kind"].is_null()));
    rows.iter().map(|row| (article(row), case(row, fine))).collect()
}

fn article(row: &Value) -> Article {
    let text = |key: &str| row[key].as_str().map(str::to_owned);
    Article { id: text("id").unwrap_or_default(), title: text("title"), body: text("body").unwrap_or_default(), ..Article::default() }
}

fn case(row: &Value, fine: bool) -> Case {
    let persons = row["persons"].as_array().map(|all| all.iter().filter_map(|name| Some(name.as_str()?.to_owned())).collect());
    let mut case = Case { persons, demonyms: (!fine).then(Vec::new), ..Case::default() };
    let quote = |quote: &Value| {
        let (words, who) = (list(quote, "source").map(span).collect(), quote["speaker"].as_str().map(who));
        QuoteWanted { span: span(quote), kind: QuoteKind::Direct, marked: true, who, words }
    };
    case.quotes = row["direct"].as_array().map(|all| all.iter().map(quote).collect());
    // Passages attributed in any way: what is found in them and is no direct quote counts neither for nor against.
    case.leftovers = list(row, "attributions").flat_map(|a| list(a, "content")).map(span).collect();
    let name = |name: &Value| (name["kind"].as_str().unwrap_or("").to_owned(), span(name));
    case.names = row["names"].as_array().map(|all| all.iter().map(name).collect());
    let mut places = Vec::new();
    for place in list(row, "places") {
        let soft = fine && place["kind"].as_str().is_some_and(|kind| NEUTRAL.contains(&kind));
        let at = place["lat"].as_f64().zip(place["lon"].as_f64());
        match soft {
            true => case.not_places.push(span(place)),
            false => places.push(PlaceWanted { span: span(place), at, path: None }),
        }
    }
    case.places = row["places"].is_array().then_some(places);
    case
}

fn who(speaker: &str) -> Who {
    match (speaker, speaker.strip_prefix("ORG:")) {
        ("NONE", _) => Who::Nobody,
        ("ANON", _) => Who::NoPerson,
        (_, Some(name)) => Who::Organization(name.to_owned()),
        _ => Who::Person(speaker.split(';').flat_map(|part| part.split(" / ")).map(|name| name.trim().to_owned()).collect()),
    }
}

fn list<'a>(row: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    row[key].as_array().into_iter().flatten()
}

/// `[10, 20]` or `{"start": 10, "end": 20}`.
fn span(value: &Value) -> Span {
    let number = |key: &str, at: usize| value.get(key).or_else(|| value.get(at)).and_then(Value::as_u64).unwrap_or(0) as u32;
    Span::new(number("start", 0), number("end", 1))
}
