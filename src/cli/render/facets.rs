//! Counts as people read them: a line a facet beside hits, a table with bars on its own.

use super::{Screen, number, safe};
use crate::error::Result;
use crate::query::{Bucket, FacetCounts};
use std::cmp::Reverse;

/// Prints one line a facet: `speaker  Ann Cole 12 · Bo Okafor 7 · +31 more`.
///
/// # Errors
///
/// When nobody reads it any more.
pub fn lines(screen: &Screen, facets: &[FacetCounts]) -> Result<()> {
    for facet in facets.iter().filter(|f| !f.counts.is_empty()) {
        let mut cells: Vec<String> = facet.counts.iter().map(|c| format!("{} {}", safe(&c.value), screen.faint(number(c.count)))).collect();
        let more = facet.distinct.saturating_sub(facet.counts.len() as u64);
        if more > 0 {
            cells.push(screen.faint(format!("+{} more", number(more))));
        }
        let text = super::wrapped(&cells.join(" · "), screen.width(), "          ");
        screen.line(format!("{:<10}{}", facet.field.name, text.trim_start()))?;
    }
    Ok(())
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
