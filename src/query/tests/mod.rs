//! Laws and examples of the query language.
// A table of examples is as long as it is.
#![allow(clippy::too_many_lines)]

mod dialects;
mod elsewhere;
mod fielded;
mod laws;
mod matching;
mod oracle;
mod parsing;
mod reading;

use super::{Context, Parsed, Saved, Severity, Target, parse};

/// Noon of a Wednesday, in a zone two hours east of Greenwich.
pub(super) fn now() -> jiff::ZonedDateTime {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::Offset::constant(2));
    jiff::civil::date(2024, 5, 15).at(12, 0, 0, 0).to_zoned_datetime(zone).unwrap()
}

/// Saved queries that refer to each other, one of them to itself.
pub(super) fn saved(name: &str) -> Option<Saved> {
    let text = match name {
        "ministers" => "role:(minister OR secretary)",
        "storms" => "flood OR storm # both",
        "loop" => "a @pool",
        "pool" => "b @loop",
        "broken" => "titel:x",
        "desk" => "source:\"the desk\" @storms",
        "about" => {
            let params = vec![("x".to_owned(), None), ("since".to_owned(), Some("1990".to_owned()))];
            return Some(Saved { text: "(person:$x OR title:\"$x\") since:$since".to_owned(), params, of_quotes: false });
        }
        _ => return None,
    };
    Some(Saved::from(text.to_owned()))
}

pub(super) fn read(text: &str, target: Target) -> Parsed {
    parse(text, &Context { saved: &saved, now: now().into(), ..Context::new(target) })
}

/// The problems, one a line: `!` errors, `-` notes, with the text they speak of.
pub(super) fn problems(text: &str, parsed: &Parsed) -> String {
    let line = |p: &super::Problem| {
        let sign = if p.severity == Severity::Error { '!' } else { '-' };
        let suggestion = p.suggestion.as_ref().map(|s| format!(" → {s}")).unwrap_or_default();
        format!("\n{sign} {:?} {}{suggestion}", &text[p.span.clone()], p.message)
    };
    parsed.problems.iter().map(line).collect()
}
