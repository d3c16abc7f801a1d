//! Records as JSON Lines: articles as `morgue extract` prints them, so that an export can be indexed again; quotes as
//! `morgue quotes --json` prints them.

use super::{Exporter, Source};

pub(super) struct JsonLines;

impl Exporter for JsonLines {
    fn item(&mut self, source: &Source<'_>, out: &mut String) {
        let line = match source.quote {
            Some(_) => serde_json::to_string(source.hit),
            None => serde_json::to_string(source.clipping),
        };
        // Plain data with names for keys always has a form in JSON.
        out.push_str(&line.unwrap_or_default());
        out.push('\n');
    }
}
