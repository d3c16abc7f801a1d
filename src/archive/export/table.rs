//! A table as CSV (RFC 4180), with no cell that a spreadsheet takes for a formula.

use super::{About, Exporter, Source};
use crate::archive::{ARTICLES, QUOTES, cells, csv_row};

pub(super) struct Table;

impl Exporter for Table {
    fn head(&mut self, about: &About, out: &mut String) {
        if about.quotes { row(QUOTES.map(str::to_owned).into(), out) } else { row(ARTICLES.map(str::to_owned).into(), out) }
    }

    fn item(&mut self, source: &Source<'_>, out: &mut String) {
        row(cells(source.hit), out);
    }
}

fn row(cells: Vec<String>, out: &mut String) {
    // Writing to memory does not fail.
    out.push_str(&csv_row(cells).unwrap_or_default());
    out.push('\n');
}
