//! A message to one sink: what is new for each of its queries, what was left out and how to see it, what is broken.

use super::ask::Found;
use crate::saved::Reason;
use crate::words::one_line;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Digest {
    /// The same for the same message, however often it is sent.
    pub id: String,
    /// Id of the archive.
    pub archive: String,
    /// Directory of the archive.
    pub place: String,
    /// Name of the sink.
    pub sink: String,
    /// When it was made, in UTC.
    pub at: String,
    /// What is new, by query.
    pub sections: Vec<Section>,
    /// Queries that could not be read.
    pub broken: Vec<Broken>,
}

/// What is new for one query.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Name of the query.
    pub query: String,
    /// Its title.
    pub title: String,
    /// `articles` or `quotes`.
    pub what: String,
    /// The sink was told up to this revision before.
    pub since: u64,
    /// It is told up to this one now.
    pub until: u64,
    /// How much is new: stories, or quotes however often repeated.
    pub total: u64,
    /// Copies of what was told before.
    pub copies: u64,
    /// Those that are listed.
    pub news: Vec<News>,
    /// So many are not listed.
    pub more: u64,
    /// The command that shows all.
    pub command: String,
    /// Much more than ever: a summary stands for a list.
    pub flood: bool,
    /// Counts by day, source and speaker, where not all are listed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub summary: Option<Summary>,
}

/// One line of news.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct News {
    /// Why it is new.
    pub reason: Reason,
    /// The article or quote.
    #[serde(flatten)]
    pub found: Found,
    /// The stable id.
    pub item: String,
    /// So many others say the same.
    pub copies: u64,
}

/// What there is much of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// By day of publication, in order.
    pub days: Vec<(String, u64)>,
    /// By source, most first.
    pub sources: Vec<(String, u64)>,
    /// By speaker, most first.
    pub speakers: Vec<(String, u64)>,
}

/// A query that cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Its name.
    pub query: String,
    /// Why.
    pub error: String,
}

/// Values of a summary: so many of each are told.
const MOST: usize = 8;

impl Summary {
    /// Counts what is found.
    pub(super) fn of(found: &[&Found]) -> Summary {
        let count = |value: &dyn Fn(&Found) -> Option<String>| {
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            found.iter().filter_map(|f| value(f)).for_each(|v| *counts.entry(v).or_default() += 1);
            counts.into_iter().collect::<Vec<_>>()
        };
        let top = |mut counts: Vec<(String, u64)>| {
            counts.sort_by_key(|c| std::cmp::Reverse(c.1));
            counts.truncate(MOST);
            counts
        };
        let mut days = count(&|f| f.published.as_deref().and_then(|d| d.get(..10)).map(str::to_owned));
        if days.len() > MOST {
            days = count(&|f| f.published.as_deref().and_then(|d| d.get(..7)).map(str::to_owned));
        }
        if days.len() > MOST {
            days = count(&|f| f.published.as_deref().and_then(|d| d.get(..4)).map(str::to_owned));
        }
        Summary { days, sources: top(count(&|f| f.source.clone())), speakers: top(count(&|f| f.speaker.clone())) }
    }
}

impl Section {
    /// `3 new articles, 6 copies of what was told before`
    pub fn headline(&self) -> String {
        let what = if self.total == 1 { self.what.trim_end_matches('s') } else { &self.what };
        let mut line = match self.total {
            0 => "nothing new".to_owned(),
            n => format!("{n} {what}"),
        };
        if self.copies > 0 {
            let _ = write!(
                line,
                ", and {} of what was told before",
                if self.copies == 1 { "a copy".to_owned() } else { format!("{} copies", self.copies) }
            );
        }
        line
    }
}

impl News {
    /// The words of a quote with its speaker, or the headline.
    pub fn line(&self) -> String {
        // A message that was made by an earlier version has the bare words.
        let bare = || self.found.text.as_ref().map(|said| format!("“{said}”"));
        match self.found.cited.clone().or_else(bare) {
            Some(said) => format!("{}: {}", self.found.speaker.as_deref().unwrap_or("(nobody named)"), one_line(&said)),
            None => self.found.title.as_deref().map_or_else(|| "(no title)".to_owned(), one_line),
        }
    }

    /// `new article · The Courier · and 6 copies`
    pub fn remark(&self) -> String {
        let mut parts = vec![self.reason.words().to_owned()];
        parts.extend(self.found.source.clone());
        if self.found.text.is_some() {
            parts.extend(self.found.title.clone());
        }
        if self.copies > 0 {
            parts.push(if self.copies == 1 { "and a copy".to_owned() } else { format!("and {} copies", self.copies) });
        }
        parts.join(" · ")
    }
}

impl Digest {
    /// One line that says what is in it; what failed comes first.
    pub fn subject(&self) -> String {
        let total: u64 = self.sections.iter().map(|s| s.total).sum();
        let mut parts = Vec::new();
        match self.broken.len() {
            0 => {}
            1 => parts.push("BROKEN: a saved query cannot be read".to_owned()),
            n => parts.push(format!("BROKEN: {n} saved queries cannot be read")),
        }
        let titles: Vec<&str> = self.sections.iter().filter(|s| s.total > 0).map(|s| s.title.as_str()).collect();
        match (total, titles.as_slice()) {
            (0, _) if parts.is_empty() => parts.push("nothing new".to_owned()),
            (0, _) => {}
            (n, [one]) => parts.push(format!("{n} {}: {one}", self.happened())),
            (n, [first, rest @ ..]) => parts.push(format!("{n} {}: {first} and {} more", self.happened(), rest.len())),
            (n, []) => parts.push(format!("{n} {}", self.happened())),
        }
        format!("morgue: {}", parts.join("; "))
    }

    /// What became of the things told of, as far as they are listed: an alert may also tell of edits and of what went.
    fn happened(&self) -> String {
        let is_told = |is: fn(&Reason) -> bool| self.sections.iter().flat_map(|section| &section.news).any(|news| is(&news.reason));
        let mut told = Vec::new();
        told.extend(is_told(|reason| !matches!(reason, Reason::TextChanged | Reason::Withdrawn)).then_some("new"));
        told.extend(is_told(|reason| *reason == Reason::TextChanged).then_some("changed"));
        told.extend(is_told(|reason| *reason == Reason::Withdrawn).then_some("gone"));
        match told.as_slice() {
            [] => "new".to_owned(),
            [one] => (*one).to_owned(),
            [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
        }
    }

    /// The message as plain text.
    pub fn text(&self) -> String {
        let mut out = format!("{}\n", self.subject());
        for broken in &self.broken {
            let _ = write!(out, "\nBROKEN  {}: it is kept, and what it would have found is told once it is mended\n", broken.query);
            for line in broken.error.lines() {
                let _ = writeln!(out, "        {line}");
            }
        }
        for section in &self.sections {
            let name = if section.title == section.query { String::new() } else { format!(" ({})", section.query) };
            let _ = write!(out, "\n{}{name}: {}\n", section.title, section.headline());
            if section.flood {
                let _ = writeln!(out, "  far more than usual, so here is what it is about and a few of them");
            }
            if let Some(summary) = &section.summary {
                for (label, counts) in [("when", &summary.days), ("sources", &summary.sources), ("speakers", &summary.speakers)] {
                    let counts: Vec<String> = counts.iter().map(|(value, n)| format!("{value} {n}")).collect();
                    if !counts.is_empty() {
                        let _ = writeln!(out, "  {label}: {}", counts.join(", "));
                    }
                }
            }
            for news in &section.news {
                let day = news.found.published.as_deref().and_then(|d| d.get(..10)).unwrap_or("no date   ");
                let _ = write!(out, "  {day}  {}\n              {}\n              {}\n", news.line(), news.remark(), news.found.id);
            }
            if section.more > 0 {
                let _ = writeln!(out, "  +{} more: {}", section.more, section.command);
            }
        }
        let _ = writeln!(out, "\n{}  {}", self.place, self.id);
        out
    }

    /// The message as one for each query, where a path has a place for its name; each with an id of its own.
    pub(super) fn pieces(&self) -> Vec<(String, Digest)> {
        let names: std::collections::BTreeSet<&str> =
            self.sections.iter().map(|s| s.query.as_str()).chain(self.broken.iter().map(|b| b.query.as_str())).collect();
        let piece = |name: &str| Digest {
            id: format!("{}-{name}", self.id),
            sections: self.sections.iter().filter(|s| s.query == name).cloned().collect(),
            broken: self.broken.iter().filter(|b| b.query == name).cloned().collect(),
            ..self.clone()
        };
        names.into_iter().map(|name| (name.to_owned(), piece(name))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_became_of_the_things_it_tells_of() {
        let said = |reasons: &[Reason]| {
            let news = |reason: &Reason| News { reason: *reason, found: Found::default(), item: String::new(), copies: 0 };
            let section = Section { total: 2, title: "Boats".into(), news: reasons.iter().map(news).collect(), ..Section::default() };
            Digest { sections: vec![section], ..Digest::default() }.subject()
        };
        let (new, changed, gone) = (Reason::New, Reason::TextChanged, Reason::Withdrawn);
        for (reasons, expected) in [
            (&[][..], "new"),
            (&[new], "new"),
            (&[gone], "gone"),
            (&[changed, new], "new or changed"),
            (&[gone, changed], "changed or gone"),
            (&[gone, new, changed, gone], "new, changed or gone"),
        ] {
            assert_eq!(said(reasons), format!("morgue: 2 {expected}: Boats"), "{reasons:?}");
        }
    }
}
