//! Counts as people read them: a line a facet beside hits, a table with bars on its own.

use super::{Screen, number, safe};
use crate::error::Result;
use crate::field::{Field, FieldKind};
use crate::query::{Bucket, FacetCount, FacetCounts};
use std::cmp::Reverse;

/// Values on the line of a facet.
const SHOWN: usize = 5;

/// How many values of `field` its line is chosen from: of places some say no more than a place inside them.
pub fn to_count(field: &Field) -> usize {
    if field.kind == FieldKind::Path { 3 * SHOWN } else { SHOWN }
}

/// Prints one line a facet: `speaker  Ann Cole 12 · Bo Okafor 7 · +31 more`. Of a place its own name is shown, not those around it.
///
/// # Errors
///
/// When nobody reads it any more.
pub fn lines(screen: &Screen, facets: &[FacetCounts]) -> Result<()> {
    for facet in facets.iter().filter(|f| !f.counts.is_empty()) {
        let named = told(facet);
        let mut cells: Vec<String> = named.iter().map(|(name, n)| format!("{} {}", safe(name), screen.faint(number(*n)))).collect();
        let more = facet.distinct.saturating_sub(cells.len() as u64);
        if more > 0 {
            cells.push(screen.faint(format!("+{} more", number(more))));
        }
        let text = super::wrapped(&cells.join(" · "), screen.width(), "          ");
        screen.line(format!("{:<10}{}", facet.field.name, text.trim_start()))?;
    }
    Ok(())
}

/// The values that a line has room for, as they are named there. A place that all hits have for one and the same place inside it,
/// the continent around the country, is left to that.
fn told(facet: &FacetCounts) -> Vec<(&str, u64)> {
    let inside = |c: &FacetCount, other: &FacetCount| other.value.strip_prefix(c.value.as_str()).is_some_and(|rest| rest.starts_with('/'));
    let is_path = facet.field.kind == FieldKind::Path;
    let telling = |c: &&FacetCount| !is_path || !facet.counts.iter().any(|other| other.count == c.count && inside(c, other));
    let shown: Vec<&FacetCount> = facet.counts.iter().filter(telling).take(SHOWN).collect();
    let values: Vec<&str> = shown.iter().map(|c| c.value.as_str()).collect();
    facet.field.names(&values).into_iter().zip(shown.iter().map(|c| c.count)).collect()
}

/// Prints hits by month as one line: `month     2012-06 ▁▂▅█▃ 2020-07, most in 2016-11: 41`.
///
/// # Errors
///
/// When nobody reads it any more.
pub fn months(screen: &Screen, timeline: &[(i64, u64)]) -> Result<()> {
    let filled = Bucket::Month.filled(timeline);
    let (Some((first, _)), Some((last, _))) = (filled.first(), filled.last()) else { return Ok(()) };
    let Some((peak, most)) = filled.iter().copied().max_by_key(|(start, n)| (*n, Reverse(*start))) else { return Ok(()) };
    let label = |start: i64| Bucket::Month.label(start);
    // Several months share a column where there is no room for each.
    let each = filled.len().div_ceil(screen.width().saturating_sub(60).max(20));
    let columns: Vec<u64> = filled.chunks(each).map(|some| some.iter().map(|(_, n)| n).sum()).collect();
    let tallest = columns.iter().copied().max().unwrap_or(1).max(1);
    let level =
        |n: u64| if n == 0 { ' ' } else { ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'][((n - 1) * 8 / tallest) as usize] };
    let picture: String = if screen.plain { "to".to_owned() } else { columns.into_iter().map(level).collect() };
    screen.line(format!("month     {} {picture} {}, most in {}: {}", label(*first), label(*last), label(peak), number(most)))
}

/// Prints a table with a bar for each count.
///
/// # Errors
///
/// When nobody reads it any more.
pub fn table(screen: &Screen, facet: &FacetCounts) -> Result<()> {
    let names: Vec<String> = facet
        .counts
        .iter()
        .map(|c| match &c.by {
            Some(by) => format!("{} · {}", safe(&c.value), safe(by)),
            None => safe(&c.value),
        })
        .collect();
    let rows: Vec<(String, u64)> = names.into_iter().zip(facet.counts.iter().map(|c| c.count)).collect();
    bars(screen, &rows)
}

/// Prints names, counts and bars.
///
/// # Errors
///
/// When nobody reads it any more.
pub fn bars(screen: &Screen, rows: &[(String, u64)]) -> Result<()> {
    let widest = rows.iter().map(|(name, _)| super::seen(name)).max().unwrap_or(0).min(48);
    let most = rows.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let digits = number(most).len();
    let room = screen.width().saturating_sub(widest + digits + 4).min(40) as u64;
    for (name, n) in rows {
        // Longer names push their number to the right rather than lose their end.
        let pad = widest.saturating_sub(super::seen(name));
        let bar = if screen.plain { String::new() } else { "█".repeat((n * room / most) as usize) };
        screen.line(format!("{name}{:pad$}  {:>digits$}  {}", "", number(*n), bar).trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field;

    fn facet(field: &str, counts: &[(&str, u64)]) -> FacetCounts {
        let count = |(value, count): &(&str, u64)| FacetCount { value: (*value).to_owned(), by: None, count: *count };
        let counts: Vec<FacetCount> = counts.iter().map(count).collect();
        let field = field::by_name(field).unwrap();
        FacetCounts { field, by: None, distinct: counts.len() as u64, counts, missing: 0 }
    }

    #[test]
    fn places_have_their_own_names_and_the_continent_is_left_to_the_country() {
        let places = [
            ("Europe", 9),
            ("Europe/Georgia", 9),
            ("North America", 7),
            ("North America/United States", 6),
            ("North America/United States/Georgia", 3),
            ("Asia", 2),
            ("Asia/Japan", 2),
        ];
        let told_of = facet("place", &places);
        let shown: Vec<String> = told(&told_of).iter().map(|(name, n)| format!("{name} {n}")).collect();
        assert_eq!(shown, ["Europe/Georgia 9", "North America 7", "United States 6", "United States/Georgia 3", "Japan 2"]);
        let others = facet("source", &[("AP/Reuters", 2), ("AP", 2)]);
        assert_eq!(told(&others), [("AP/Reuters", 2), ("AP", 2)]);
    }
}
