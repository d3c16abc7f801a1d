//! The map: the places of the hits as points on an outline of the land, and as a list.
//!
//! Equirectangular, so that a degree is a degree; the outline is Natural Earth's at 1:110 million.

use super::frame::{carried, count, number};
use super::view::View;
use crate::archive::counted_one;
use crate::extract::places::gazetteer::{Gazetteer, Kind};
use crate::query::FacetCounts;
use crate::serve::assets::WORLD;
use crate::serve::error::{Answered, Refusal};
use maud::{Markup, html};

/// Places on the map.
pub const MOST: usize = 150;

/// A place with its count.
struct Point<'a> {
    path: &'a str,
    n: u64,
    lat: f64,
    lon: f64,
}

/// Where a path of the gazetteer lies.
fn position(gazetteer: &Gazetteer, path: &str) -> Option<(f64, f64)> {
    let name = path.rsplit('/').next()?;
    let place = gazetteer.lookup(name).into_iter().find(|posting| gazetteer.path(posting.place) == path)?.place;
    // A continent has a middle, but nothing happens there.
    (gazetteer.kind(place) != Kind::Continent).then(|| gazetteer.position(place))
}

/// What an address asks to be near to, as a clause: a place by its name, or degrees north and east.
///
/// # Errors
///
/// When there is no such place, or the distance is none.
pub fn circle(near: &str, km: &str) -> Answered<String> {
    let degrees = near.split_once(',').and_then(|(lat, lon)| Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?)));
    let named = || {
        let gazetteer = Gazetteer::built_in()?;
        // Of several the one where most people live.
        let all = gazetteer.lookup(near.trim()).into_iter().map(|posting| posting.place);
        all.max_by(|a, b| gazetteer.population(*a).total_cmp(&gazetteer.population(*b))).map(|place| gazetteer.position(place))
    };
    let (lat, lon): (f64, f64) = degrees.or_else(named).ok_or_else(|| {
        Refusal::bad(format!("no place is called `{near}`")).with_hint("write its usual name, or degrees north and east: `50.85,4.35`")
    })?;
    let km: u32 = km.trim().parse().map_err(|_| Refusal::bad(format!("`{km}` is no distance")).with_hint("write whole kilometres"))?;
    Ok(format!("within:{lat:.2},{lon:.2},{km}km"))
}

/// The map of the places counted.
pub fn rail(view: &View, facets: &[FacetCounts]) -> Markup {
    let Some(places) = facets.iter().find(|f| f.field.name == "place") else { return html! {} };
    let Some(gazetteer) = Gazetteer::built_in() else { return html! {} };
    let points = places.counts.iter().filter_map(|c| {
        let (lat, lon) = position(gazetteer, &c.value)?;
        Some(Point { path: &c.value, n: c.count, lat, lon })
    });
    let points: Vec<Point> = points.collect();
    let most = points.iter().map(|p| p.n).max().unwrap_or(1).max(1) as f64;
    if points.is_empty() {
        return html! {};
    }
    let what = counted_one(view.what);
    let hidden = places.distinct.saturating_sub(places.counts.len() as u64);
    let label = |p: &Point| format!("{}: {}", p.path.rsplit('/').next().unwrap_or(p.path), count(p.n, what));
    html! {
        details.map #map {
            summary { "Map of places" }
            svg viewBox="-180 -84 360 142" role="group" aria-label="Places of the hits" {
                image href=(WORLD.address) x="-180" y="-90" width="360" height="180" preserveAspectRatio="none" aria-hidden="true" {}
                @for p in &points {
                    a href=(view.choosing(places.field, p.path, Some(false)).url()) aria-label=(label(p)) {
                        title { (label(p)) }
                        circle.point cx=(format!("{:.1}", p.lon)) cy=(format!("{:.1}", -p.lat)) r=(format!("{:.1}", 0.9 + 4.2 * (p.n as f64 / most).sqrt())) {}
                    }
                }
            }
            form.find #around action="/" method="get" {
                (carried(&view.with(|_| ())))
                label { "Within " input type="text" name="km" value="100" size="5" inputmode="numeric" pattern="[0-9]{1,5}" required; " km of " }
                label { span.sr { "Place, or degrees north and east" } input type="text" name="near" placeholder="a place, or 50.85,4.35" required; }
                button type="submit" { "Look there" }
                span.js.faint { "or draw a circle on the map" }
            }
            details {
                summary { "As a list" }
                ol.places {
                    @for p in &points { li { a href=(view.choosing(places.field, p.path, Some(false)).url()) { bdi { (p.path) } } span.n { (number(p.n)) } } }
                }
                @if hidden > 0 { p { (number(hidden)) " further places are not on the map; " a href=(view.at("/facet", &[("by", "place")])) { "all of them" } } }
            }
        }
    }
}
