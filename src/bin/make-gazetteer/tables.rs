//! The tables written for this program: rows of fields between `|`, lists between `;`, comments behind `#`.

const COUNTRIES: &str = include_str!("../../extract/places/tables/countries.txt");
const ADMIN1: &str = include_str!("../../extract/places/tables/admin1.txt");
const REGIONS: &str = include_str!("../../extract/places/tables/regions.txt");
const CITIES: &str = include_str!("../../extract/places/tables/cities.txt");
const NONE: &str = include_str!("../../extract/places/tables/none.txt");
const WORDS: &str = include_str!("../../extract/places/tables/words.txt");

/// A row of a table.
pub struct Row {
    /// Code, or name.
    pub code: &'static str,
    /// Degrees north and east, where given.
    pub position: Option<(f64, f64)>,
    /// Usual English name; empty: another source names it.
    pub name: &'static str,
    /// What it lies in.
    pub parent: &'static str,
    /// Other names.
    pub others: Vec<&'static str>,
    /// Words for the people, with plurals.
    pub demonyms: Vec<String>,
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(|l| l.split('|').collect())
}

fn list(field: &'static str) -> Vec<&'static str> {
    field.split(';').filter(|n| !n.is_empty()).collect()
}

fn position(lat: &str, lon: &str) -> Option<(f64, f64)> {
    Some((lat.parse().ok()?, lon.parse().ok()?))
}

/// Demonyms with their plurals.
fn people(field: &'static str) -> Vec<String> {
    let mut all = Vec::new();
    for name in list(field) {
        all.push(name.to_owned());
        if !["ese", "ish", "ch", "ss", "s", "men", "i-Kiribati"].iter().any(|end| name.ends_with(end)) {
            all.push(format!("{name}s"));
        }
    }
    all
}

/// Countries by ISO code.
pub fn countries() -> Vec<Row> {
    rows(COUNTRIES)
        .map(|f| Row { code: f[0], position: position(f[1], f[2]), name: f[3], parent: "", others: list(f[4]), demonyms: people(f[5]) })
        .collect()
}

/// First-level divisions by `country.code`.
pub fn admin1() -> Vec<Row> {
    rows(ADMIN1)
        .map(|f| Row { code: f[0], position: position(f[1], f[2]), name: f[3], parent: "", others: list(f[4]), demonyms: people(f[5]) })
        .collect()
}

/// Continents, seas, rivers, regions.
pub fn regions() -> Vec<Row> {
    rows(REGIONS)
        .map(|f| Row { code: f[0], position: position(f[1], f[2]), name: f[0], parent: f[3], others: list(f[4]), demonyms: people(f[5]) })
        .collect()
}

/// Usual names, other names and demonyms of cities; `parent` is the country.
pub fn cities() -> Vec<Row> {
    rows(CITIES)
        .map(|f| {
            let (name, country) = f[0].rsplit_once(',').unwrap_or((f[0], ""));
            Row { code: name, position: None, name: f[1], parent: country, others: list(f[2]), demonyms: people(f[3]) }
        })
        .collect()
}

/// Phrases that hold a name of a place and are none.
pub fn nowhere() -> impl Iterator<Item = &'static str> {
    NONE.lines().filter(|l| !l.starts_with('#') && !l.is_empty())
}

/// Keys of names that are English words or usual surnames first, and towns only with strong support.
pub fn weak_names() -> impl Iterator<Item = &'static str> {
    WORDS.lines().filter(|l| !l.starts_with('#')).flat_map(|l| l.split_whitespace())
}
