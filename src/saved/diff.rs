//! How two runs of a query differ, and why: a new article and one that came late, an edited text, another extraction, other
//! names, another query, an article that is gone.

use super::runs::{FoundItem, RunRecord};
use crate::field::printed_seconds;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// An article published more than so many days before the newest one the archive had is a late arrival.
const LATE_DAYS: i64 = 2;

/// Why something is in one run and not, or not so, in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The article came into the archive in between.
    New,
    /// So it did, and was published long before the newest article there.
    Late,
    /// What its file says was edited.
    TextChanged,
    /// The text is the same; more or other things were found in it.
    ReExtracted,
    /// `names.toml` calls somebody otherwise.
    NamesChanged,
    /// Somebody corrected a quote, or tagged an article.
    Settled,
    /// The saved query was edited.
    QueryChanged,
    /// The query has days that move with the calendar, such as `last-7d`.
    TimePassed,
    /// The article is in the archive no longer.
    Withdrawn,
}

impl Reason {
    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Reason::New => "new article",
            Reason::Late => "late arrival",
            Reason::TextChanged => "text changed",
            Reason::ReExtracted => "re-extracted",
            Reason::NamesChanged => "names changed",
            Reason::Settled => "corrected or tagged",
            Reason::QueryChanged => "query changed",
            Reason::TimePassed => "time passed",
            Reason::Withdrawn => "article withdrawn",
        }
    }

    /// Whether the world changed, rather than how morgue looks at it.
    pub fn is_news(self) -> bool {
        matches!(self, Reason::New | Reason::Late | Reason::TextChanged)
    }
}

/// A difference between two runs.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Change {
    /// `+` came, `~` its text changed, `±` only what was extracted changed, `-` went.
    pub sign: char,
    /// Why.
    pub reason: Reason,
    /// What: as the later run has it, or the earlier where it is gone.
    #[serde(flatten)]
    pub item: Shown,
}

/// A thing found, as a change shows it.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Shown {
    /// The article's id.
    pub article: String,
    /// The stable id: that of the article, or of the quote.
    pub id: String,
    /// The id to show it by, `a1` or `a1#q3`, as the article is now; absent where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
    /// Date and headline, or date and words.
    pub label: String,
}

/// What the archive knows of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Revision that first had it.
    pub first: u64,
    /// Revision that last changed it.
    pub revision: u64,
    /// When it was published.
    pub published: Option<String>,
}

impl Facts {
    /// Whether the article came long after it was published, to an archive whose newest day was `newest`.
    pub fn is_late(&self, newest: Option<&str>) -> bool {
        let day = |text: Option<&str>| text.and_then(printed_seconds).map(|s| s.div_euclid(86_400));
        day(self.published.as_deref()).zip(day(newest)).is_some_and(|(published, newest)| published + LATE_DAYS < newest)
    }

    /// Why an article that is not as it was at `revision` is so: `None` when its file says what it said.
    pub fn since(&self, revision: u64, newest: Option<&str>) -> Option<Reason> {
        match () {
            () if self.first > revision && self.is_late(newest) => Some(Reason::Late),
            () if self.first > revision => Some(Reason::New),
            () if self.revision > revision => Some(Reason::TextChanged),
            () => None,
        }
    }
}

/// What of two runs `changes` compares: the record and the set.
pub type Side<'r> = (&'r RunRecord, &'r [FoundItem]);

/// The differences between two runs, news first, then in order of label. `facts` tells what the archive has of an article,
/// `held` whether something answers the query of the earlier run today.
pub fn changes(
    (before, old): Side<'_>,
    (after, new): Side<'_>,
    facts: &dyn Fn(&str) -> Option<Facts>,
    held: &dyn Fn(&FoundItem) -> Option<bool>,
) -> Vec<Change> {
    let olds: BTreeMap<&str, &FoundItem> = old.iter().map(|i| (i.id.as_str(), i)).collect();
    let news: BTreeMap<&str, &FoundItem> = new.iter().map(|i| (i.id.as_str(), i)).collect();
    let newest = before.newest.as_deref();
    let looked_at = Look { before, after, held };
    let mut all = Vec::new();
    let mut came = Vec::new();
    for (id, item) in &news {
        match olds.get(id) {
            None => {
                let since = facts(item.article()).and_then(|f| f.since(before.revision, newest));
                came.push((*item, since.unwrap_or_else(|| looked_at.cause(item, true))));
            }
            Some(was) if was.text != item.text && item.said == 0 => all.push(change('~', Reason::TextChanged, item)),
            Some(was) if was.said != item.said => {
                let reason = if was.text != item.text { Reason::TextChanged } else { looked_at.extraction() };
                all.push(change(if reason == Reason::TextChanged { '~' } else { '±' }, reason, item));
            }
            Some(_) => {}
        }
    }
    let mut went = Vec::new();
    for (_, item) in olds.iter().filter(|(id, _)| !news.contains_key(*id)) {
        let reason = match facts(item.article()) {
            None => Reason::Withdrawn,
            Some(f) if f.revision > before.revision => Reason::TextChanged,
            Some(_) => looked_at.cause(item, false),
        };
        went.push((*item, reason));
    }
    let paired = edited_quotes(&came, &went);
    let (edited, instead): (HashSet<usize>, HashSet<usize>) = paired.into_iter().unzip();
    for (number, (item, reason)) in came.iter().enumerate() {
        let sign = match reason {
            Reason::TextChanged if edited.contains(&number) => '~',
            _ if edited.contains(&number) => '±',
            Reason::QueryChanged | Reason::TimePassed => '+',
            _ if reason.is_news() => '+',
            _ => '±',
        };
        all.push(change(sign, *reason, item));
    }
    let gone = went.iter().enumerate().filter(|(number, _)| !instead.contains(number));
    all.extend(gone.map(|(_, (item, reason))| change('-', *reason, item)));
    let order = |sign: char| ['+', '~', '±', '-'].iter().position(|s| *s == sign);
    all.sort_by(|a, b| (order(a.sign), &a.item.label, &a.item.id).cmp(&(order(b.sign), &b.item.label, &b.item.id)));
    all
}

fn change(sign: char, reason: Reason, item: &FoundItem) -> Change {
    let item = Shown { article: item.article().to_owned(), id: item.id.clone(), show: None, label: item.label.clone() };
    Change { sign, reason, item }
}

struct Look<'r> {
    before: &'r RunRecord,
    after: &'r RunRecord,
    held: &'r dyn Fn(&FoundItem) -> Option<bool>,
}

impl Look<'_> {
    /// What made other things be found in a text that is the same.
    fn extraction(&self) -> Reason {
        match () {
            () if self.before.extractor != self.after.extractor => Reason::ReExtracted,
            () if self.before.names != self.after.names => Reason::NamesChanged,
            () if self.before.settled != self.after.settled => Reason::Settled,
            () => Reason::ReExtracted,
        }
    }

    /// Why something came or went although its text is the same.
    fn cause(&self, item: &FoundItem, came: bool) -> Reason {
        let asked = match () {
            () if self.before.hash != self.after.hash => Some(Reason::QueryChanged),
            () if self.before.query != self.after.query => Some(Reason::TimePassed),
            () => None,
        };
        // Where query and extraction both may be the cause, the earlier query decides: what it finds today as it did then is
        // there, or is missing, on account of the query.
        let same = || (self.held)(item).is_none_or(|holds| holds != came);
        asked.filter(|_| same()).unwrap_or_else(|| self.extraction())
    }
}

/// Quotes whose words were edited are gone under one id and there under another: pairs of the two, by place in the lists.
/// They belong to one article and share most of their words.
fn edited_quotes(came: &[(&FoundItem, Reason)], went: &[(&FoundItem, Reason)]) -> Vec<(usize, usize)> {
    let words = |item: &FoundItem| item.label.split_whitespace().skip(1).map(str::to_lowercase).collect::<HashSet<String>>();
    // By article: a new extraction may change hundred thousands of quotes at once.
    let mut left: HashMap<&str, Vec<(usize, HashSet<String>)>> = HashMap::new();
    for (o, (old, _)) in went.iter().enumerate().filter(|(_, (old, _))| old.said != 0) {
        left.entry(old.article()).or_default().push((o, words(old)));
    }
    let mut pairs = Vec::new();
    for (n, (new, reason)) in
        came.iter().enumerate().filter(|(_, (item, reason))| item.said != 0 && !matches!(reason, Reason::New | Reason::Late))
    {
        let Some(olds) = left.get_mut(new.article()) else { continue };
        let mine = words(new);
        let is_alike = |theirs: &HashSet<String>| 2 * mine.intersection(theirs).count() > mine.len().max(theirs.len());
        if let Some(at) = olds.iter().position(|(o, theirs)| went[*o].1 == *reason && is_alike(theirs)) {
            pairs.push((n, olds.remove(at).0));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str, text: u64, said: u64, label: &str) -> FoundItem {
        FoundItem { id: id.into(), text, said, label: label.into(), ..FoundItem::default() }
    }

    fn run(revision: u64, hash: &str, names: &str) -> RunRecord {
        let (names, newest) = (Some(names.to_owned()), Some("2026-11-20".to_owned()));
        RunRecord { revision, hash: hash.into(), query: hash.into(), names, newest, ..RunRecord::default() }
    }

    /// What stands in the archive at revision 9: id, first, revision, published.
    const ARCHIVE: &[(&str, u64, u64, &str)] = &[
        ("a", 1, 1, "2026-11-01"),
        ("b", 1, 8, "2026-11-02"),
        ("new", 7, 7, "2026-11-19"),
        ("late", 7, 7, "2026-11-03"),
        ("c", 2, 2, "2026-11-04"),
    ];

    #[track_caller]
    fn check(old: &[FoundItem], new: &[FoundItem], (before, after): (RunRecord, RunRecord), held: Option<bool>, expected: &[&str]) {
        let facts = |id: &str| {
            let row = ARCHIVE.iter().find(|row| row.0 == id)?;
            Some(Facts { first: row.1, revision: row.2, published: Some(row.3.to_owned()) })
        };
        let found = changes((&before, old), (&after, new), &facts, &|_| held);
        let found: Vec<String> = found.iter().map(|c| format!("{} {} {}", c.sign, c.item.id, c.reason.words())).collect();
        assert_eq!(found, expected);
    }

    fn same() -> (RunRecord, RunRecord) {
        (run(5, "q", "n"), run(9, "q", "n"))
    }

    #[test]
    fn every_difference_has_its_reason() {
        let old = [item("a", 1, 0, ""), item("b", 1, 0, ""), item("away", 1, 0, "")];
        let new = [item("a", 1, 0, ""), item("b", 2, 0, ""), item("new", 1, 0, "1"), item("late", 1, 0, "2")];
        check(&old, &new, same(), None, &["+ new new article", "+ late late arrival", "~ b text changed", "- away article withdrawn"]);
    }

    #[test]
    fn another_extraction_or_other_names_are_no_news() {
        let (old, new) = ([item("a#1", 1, 5, "")], [item("a#1", 1, 6, ""), item("c#2", 1, 6, "")]);
        check(&old, &new, same(), None, &["± a#1 re-extracted", "± c#2 re-extracted"]);
        check(&old, &new, (run(5, "q", "n"), run(9, "q", "m")), None, &["± a#1 names changed", "± c#2 names changed"]);
        check(&new, &old, same(), None, &["± a#1 re-extracted", "- c#2 re-extracted"]);
        let mut corrected = same();
        corrected.1.settled = Some("1/2".into());
        check(&old, &new, corrected, None, &["± a#1 corrected or tagged", "± c#2 corrected or tagged"]);
    }

    #[test]
    fn another_query_is_told_from_another_extraction_by_asking_the_old_one() {
        let (old, new) = ([item("a", 1, 0, "")], [item("c", 1, 0, "")]);
        let edited = || (run(5, "q", "n"), run(9, "r", "n"));
        check(&old, &new, edited(), None, &["+ c query changed", "- a query changed"]);
        check(&[], &new, edited(), Some(true), &["± c re-extracted"]);
        check(&[], &new, edited(), Some(false), &["+ c query changed"]);
        check(&old, &[], edited(), Some(true), &["- a query changed"]);
        check(&old, &[], edited(), Some(false), &["- a re-extracted"]);
        let mut moved = same();
        moved.1.query = "q later".into();
        check(&old, &[], moved, None, &["- a time passed"]);
    }

    #[test]
    fn an_edited_quote_is_one_change() {
        let old = [item("b#1", 1, 5, "2026 we shall not cut taxes"), item("b#2", 1, 7, "2026 the levy stands")];
        let new = [item("b#3", 2, 6, "2026 we shall never cut taxes"), item("b#2", 2, 7, "2026 the levy stands")];
        check(&old, &new, same(), None, &["~ b#3 text changed"]);
        // As many as there are new words for, and none of another article.
        let twice = [item("b#1", 1, 5, "2026 we shall not cut taxes"), item("c#4", 1, 5, "2026 we shall not cut taxes")];
        check(&twice, &new[..1], same(), None, &["~ b#3 text changed", "- c#4 re-extracted"]);
    }

    #[test]
    fn hundred_thousand_edited_quotes_are_paired() {
        // Were each compared with each, this would not come to its end.
        let all = |text: u64| -> Vec<FoundItem> {
            (0..100_000).map(|n| item(&format!("x{n}#{text}"), text, text, &format!("2026 we shall cut tax number {n}"))).collect()
        };
        let (before, after) = same();
        let facts = |_: &str| Some(Facts { first: 1, revision: 8, published: None });
        let found = changes((&before, &all(1)), (&after, &all(2)), &facts, &|_| None);
        assert_eq!((found.len(), found[0].sign), (100_000, '~'));
    }
}
