//! The bytes of the gazetteer; the layout is told where it is read, in `extract::places::gazetteer`.

use crate::build::{Build, Place};
use crate::sources::Result;
use morgue::extract::places::gazetteer::{LAST, MAGIC, NONE, PER_DEGREE, PLACE_SIZE};
use std::collections::HashMap;

/// The file for what was built.
pub fn encode(build: &Build) -> Result<Vec<u8>> {
    let (places, strings) = places(&build.places)?;
    let mut postings: Vec<u8> = Vec::new();
    let mut map = fst::MapBuilder::memory();
    let mut known: HashMap<Vec<u32>, u64> = HashMap::new();
    for (key, list) in &build.names {
        let last = list.len() - 1;
        let entry =
            |(i, (place, flags)): (usize, &(usize, u8))| *place as u32 | u32::from(if i == last { flags | LAST } else { *flags }) << 24;
        let entries: Vec<u32> = list.iter().enumerate().map(entry).collect();
        let offset = *known.entry(entries.clone()).or_insert_with(|| {
            let offset = postings.len() as u64;
            entries.iter().for_each(|e| postings.extend_from_slice(&e.to_le_bytes()));
            offset
        });
        map.insert(key, offset)?;
    }
    let map = map.into_inner()?;
    let mut bytes = MAGIC.to_vec();
    for size in [build.places.len(), strings.len(), postings.len(), map.len()] {
        bytes.extend_from_slice(&u32::try_from(size)?.to_le_bytes());
    }
    eprintln!("places {} strings {} postings {} map {}", places.len(), strings.len(), postings.len(), map.len());
    for part in [places, strings, postings, map] {
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

fn places(all: &[Place]) -> Result<(Vec<u8>, Vec<u8>)> {
    let (mut places, mut strings) = (Vec::with_capacity(all.len() * PLACE_SIZE), Vec::new());
    let mut offsets: HashMap<&str, u32> = HashMap::new();
    for place in all {
        let offset = *offsets.entry(&place.name).or_insert_with(|| {
            let offset = strings.len() as u32;
            let name = &place.name.as_bytes()[..place.name.len().min(255)];
            strings.push(name.len() as u8);
            strings.extend_from_slice(name);
            offset
        });
        let degrees = |d: f64| (d * PER_DEGREE).round() as i32 as u32 & 0xff_ffff;
        let size = if place.population == 0 { 0 } else { (place.population as f64).log2().mul_add(8.0, 0.5) as u8 };
        let parent = place.parent.map_or(NONE, |p| p as u32);
        for number in [offset, parent, place.geonames.unwrap_or(NONE), degrees(place.position.0), degrees(place.position.1)] {
            places.extend_from_slice(&number.to_le_bytes()[..3]);
        }
        places.extend_from_slice(&[place.kind as u8, size]);
    }
    Ok((places, strings))
}
