//! `compare`: two questions side by side, as `morgue compare --json` prints them.

use super::Payload;
use crate::archive::{CONTRASTS, Compared, Comparing, ContrastRow};
use crate::serve::ask::{Ask, Form};
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use schemars::JsonSchema;
use serde::Serialize;

/// Two questions side by side.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Contrasted {
    /// Revision of the archive.
    pub revision: u64,
    /// The two as a whole.
    #[serde(flatten)]
    pub head: Compared,
    /// Field by field, then words: the values that say most.
    pub values: Vec<ContrastRow>,
}

/// A line of `--json`: first the two as a whole, then value by value.
#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Head(Compared),
    Value(ContrastRow),
}

pub fn compare(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let (archive, target) = (shared.archive()?, ask.what()?);
    let (a, b) = (archive.question(ask.need("a")?, target)?, archive.question(ask.need("b")?, target)?);
    let named = ask.facets("by")?;
    let comparing = Comparing {
        target,
        fields: if named.is_empty() { Comparing::usual(target) } else { named },
        least: ask.number("least", 3)?.max(1) as u64,
        words: ask.get("words").is_none() || ask.flag("words")?,
        newest: 0,
    };
    let compared = archive.compare([&a.query, &b.query], &comparing)?;
    let (head, values) = (compared.head(), compared.rows(Some(ask.limit("n", 5)?)));
    if ask.form != Form::Json {
        let lines: Vec<Line> = std::iter::once(Line::Head(head)).chain(values.into_iter().map(Line::Value)).collect();
        return Payload::rows(ask.form, &lines, &CONTRASTS, |line| match line {
            Line::Head(head) => head.cells(),
            Line::Value(row) => row.cells(),
        });
    }
    let whole = Contrasted { revision: archive.note.revision, head, values };
    Payload::object(&whole, &whole)
}
