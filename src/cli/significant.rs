//! `morgue facets --significant`: the values that a question's hits have more of than the rest of the archive.

use super::render::{Screen, count, csv, fitted, number, safe, seen};
use crate::archive::{Archive, Contrasts};
use crate::error::Result;
use crate::field::Field;
use crate::query::Search;

/// How a table is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    People,
    Json,
    Csv,
}

const COLUMNS: [&str; 7] = ["field", "value", "hits", "hits_percent", "archive", "archive_percent", "g2"];

/// Prints the table; returns how many hits there are.
pub fn print(
    archive: &Archive,
    screen: &Screen,
    search: &Search,
    fields: &[&'static Field],
    (limit, least): (Option<usize>, u64),
    form: Form,
) -> Result<u64> {
    let (found, n_hits, n_all) = archive.significant(search, fields, least.max(1))?;
    if form == Form::Csv {
        csv::row(screen, COLUMNS)?;
    }
    for (i, contrasts) in found.iter().enumerate() {
        let shown = contrasts.rows.iter().take(limit.unwrap_or(usize::MAX));
        if form != Form::People {
            for row in shown {
                let (all, percent) = (row.here + row.there, |n: u64, of: u64| 100.0 * n as f64 / of.max(1) as f64);
                let (of_hits, of_all) = (percent(row.here, n_hits), percent(all, n_all));
                let field = contrasts.field.map_or("", |f| f.name);
                if form == Form::Csv {
                    let numbers =
                        [row.here.to_string(), format!("{of_hits:.3}"), all.to_string(), format!("{of_all:.3}"), format!("{:.2}", row.g2)];
                    csv::row(screen, [field.to_owned(), row.value.clone()].into_iter().chain(numbers))?;
                } else {
                    let rounded = |x: f64| (x * 1000.0).round() / 1000.0;
                    screen.json(&serde_json::json!({
                        "field": field, "value": row.value, "hits": row.here, "hits_percent": rounded(of_hits),
                        "archive": all, "archive_percent": rounded(of_all), "g2": rounded(row.g2),
                        "statistic": "log-likelihood ratio (Dunning 1993)",
                    }))?;
                }
            }
            continue;
        }
        if i > 0 {
            screen.line("")?;
        }
        table(screen, contrasts, limit, n_hits, n_all)?;
        screen.flush()?;
        let hidden = contrasts.rows.len().saturating_sub(limit.unwrap_or(usize::MAX));
        let more = if hidden > 0 { format!(" · {} not shown (-n all)", number(hidden as u64)) } else { String::new() };
        let n_values = contrasts.rows.len();
        screen.note(&format!(
            "{} of {} {} more frequent in the {} than in the other {} of the archive{more}",
            count(n_values as u64, "value", "values"),
            contrasts.field.map_or("", |f| f.name),
            if n_values == 1 { "is" } else { "are" },
            count(n_hits, "hit", "hits"),
            number(n_all.saturating_sub(n_hits)),
        ));
    }
    if form == Form::People && n_hits == n_all && n_all > 0 {
        screen.note("note: everything there is is a hit, so there is nothing to hold it against: ask for something");
    } else if form == Form::People {
        screen.note(&format!(
            "G²: log-likelihood ratio (Dunning 1993); above 10.83 chance alone does so less than once in 1,000 · values of fewer than {least} hits are left out"
        ));
    }
    Ok(n_hits)
}

fn table(screen: &Screen, contrasts: &Contrasts, limit: Option<usize>, n_hits: u64, n_all: u64) -> Result<()> {
    let rows: Vec<_> = contrasts.rows.iter().take(limit.unwrap_or(usize::MAX)).collect();
    let widest = rows.iter().map(|r| seen(&r.value)).max().unwrap_or(0).clamp(16, 48);
    let head = fitted(contrasts.field.map_or("", |f| f.name), widest);
    let columns = format!("{:>8} {:>7}  {:>8} {:>7}  {:>6}  {:>9}", "hits", "%", "archive", "%", "times", "G²");
    screen.line(format!("{}  {}", screen.strong(head), screen.faint(columns)))?;
    for row in rows {
        let all = row.here + row.there;
        let share = |n: u64, of: u64| 100.0 * n as f64 / of.max(1) as f64;
        let (here, whole) = (share(row.here, n_hits), share(all, n_all));
        let times = here / whole.max(f64::MIN_POSITIVE);
        let value = fitted(&safe(&row.value), widest);
        let (n, n_archive) = (number(row.here), number(all));
        screen.line(format!("{value}  {n:>8} {here:>7.2}  {n_archive:>8} {whole:>7.2}  {times:>6.1}  {:>9.1}", row.g2))?;
    }
    Ok(())
}
