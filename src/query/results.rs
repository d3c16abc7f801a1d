//! The shape of answers: plain data that every front door prints and every engine fills.

use super::Query;
use crate::article::{ArticleId, Clipping};
use crate::error::{Error, Kind, Result};
use crate::field::{self, Field};

/// What is looked for: articles, or single quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Target {
    /// Articles.
    #[default]
    Articles,
    /// Quotes.
    Quotes,
}

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Oldest first; undated last.
    DateUp,
    /// Newest first; undated last.
    DateDown,
    /// Latest arrival in the archive first.
    Added,
    /// Longest first.
    Length,
    /// As they lie in the archive, for whoever reads all of them: what was packed together is unpacked once.
    Stored,
}

impl Sort {
    /// The order as people and programs name it: `-date` is the oldest first.
    ///
    /// # Errors
    ///
    /// When none is called so; the hint has those there are.
    pub fn named(name: &str) -> Result<Sort> {
        Ok(match name {
            "relevance" => Sort::Relevance,
            "date" => Sort::DateDown,
            "-date" => Sort::DateUp,
            "added" => Sort::Added,
            "length" => Sort::Length,
            _ => {
                let error = Error::new(Kind::Usage, format!("`{name}` is no order"));
                return Err(error.with_hint("use relevance, date (newest first), -date, added or length"));
            }
        })
    }
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// One day.
    Day,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Bucket {
    /// Every one, narrowest first.
    pub const ALL: [Bucket; 4] = [Bucket::Day, Bucket::Week, Bucket::Month, Bucket::Year];

    /// What one is called.
    pub fn name(self) -> &'static str {
        match self {
            Bucket::Day => "day",
            Bucket::Week => "week",
            Bucket::Month => "month",
            Bucket::Year => "year",
        }
    }

    /// The one that is called so.
    ///
    /// # Errors
    ///
    /// When none is.
    pub fn named(name: &str) -> Result<Bucket> {
        let unknown = || Error::new(Kind::Usage, format!("`{name}` is no stretch of time")).with_hint("use day, week, month or year");
        Bucket::ALL.into_iter().find(|bucket| bucket.name() == name).ok_or_else(unknown)
    }

    /// The first second of the bucket that holds `seconds` (as printed, see `field::Value`).
    pub fn start(self, seconds: i64) -> Option<i64> {
        let date = civil(seconds)?;
        let first = match self {
            Bucket::Day => date,
            Bucket::Week => date.checked_sub(jiff::Span::new().days(date.weekday().to_monday_zero_offset())).ok()?,
            Bucket::Month => date.first_of_month(),
            Bucket::Year => date.first_of_year(),
        };
        jiff::tz::TimeZone::UTC.to_timestamp(first.to_datetime(jiff::civil::Time::midnight())).ok().map(|t| t.as_second())
    }

    /// The first second of the bucket after the one that begins at `start`.
    pub fn next(self, start: i64) -> Option<i64> {
        let days = match self {
            Bucket::Day => 1,
            Bucket::Week => 7,
            // Into the next month or year, whatever their length.
            Bucket::Month => 31,
            Bucket::Year => 366,
        };
        self.start(start + days * 86_400)
    }

    /// A timeline with its empty stretches, so that a silence shows.
    pub fn filled(self, timeline: &[(i64, u64)]) -> Vec<(i64, u64)> {
        let mut all: Vec<(i64, u64)> = Vec::with_capacity(timeline.len());
        for (start, n) in timeline {
            while let Some(next) = all.last().and_then(|(last, _)| self.next(*last)).filter(|next| next < start) {
                all.push((next, 0));
            }
            all.push((*start, *n));
        }
        all
    }

    /// How a bucket that begins at `start` is written: `2008-09-14`, `2008-W37`, `2008-09`, `2008`.
    pub fn label(self, start: i64) -> String {
        let Some(date) = civil(start) else { return String::new() };
        match self {
            Bucket::Day => date.to_string(),
            Bucket::Week => {
                let week = date.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Bucket::Month => format!("{:04}-{:02}", date.year(), date.month()),
            Bucket::Year => format!("{:04}", date.year()),
        }
    }
}

fn civil(seconds: i64) -> Option<jiff::civil::Date> {
    Some(jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::from_second(seconds).ok()?).date())
}

/// Where any word is enough, a word says nothing when one article in so many has it; it is passed over.
pub const COMMON: u64 = 4;

/// A question with everything that shapes its answer.
#[derive(Clone, Debug)]
pub struct Search {
    /// What is asked.
    pub query: Query,
    /// Articles or quotes.
    pub target: Target,
    /// Order of hits.
    pub sort: Sort,
    /// How many hits to leave out at the start.
    pub offset: usize,
    /// How many hits to return; `None` is all.
    pub limit: Option<usize>,
    /// Rank by any of the words instead of requiring all.
    pub any: bool,
    /// With `any`: whether words that the best hits share count for the order too.
    pub feedback: bool,
    /// Newer articles count more: days in which the extra halves.
    pub recent: Option<u32>,
    /// In a search for quotes that asks who speaks: whether hits count by how sure the speaker is, see [`Search::by_surety`].
    pub surety: bool,
    /// When to give up.
    pub deadline: Option<std::time::Instant>,
    /// Whether articles that tell one story, or quotes that repeat each other, come as one hit. Counts stay those of all.
    pub collapse: bool,
    /// Facets to count.
    pub facets: Vec<FacetRequest>,
    /// Fields whose facet is not counted among the hits but among those of another query: the same without what was chosen of
    /// the field, so that one sees what else could be chosen (*drill sideways*).
    pub sideways: Vec<(&'static Field, Query)>,
    /// Whether, and by what, to count hits over time.
    pub timeline: Option<Bucket>,
    /// Whether hits carry their clipping; without, only ids and scores are found.
    pub fetch: bool,
    /// Whether it is worked out where hits match, for marks and snippets.
    pub mark: bool,
}

impl Search {
    /// A search for articles: ten best, no facets.
    pub fn articles(query: Query) -> Search {
        Search {
            query,
            target: Target::Articles,
            sort: Sort::Relevance,
            offset: 0,
            limit: Some(10),
            any: false,
            feedback: true,
            recent: None,
            surety: true,
            deadline: None,
            collapse: false,
            facets: Vec::new(),
            sideways: Vec::new(),
            timeline: None,
            fetch: true,
            mark: true,
        }
    }

    /// A search for quotes: ten best, no facets.
    pub fn quotes(query: Query) -> Search {
        Search { target: Target::Quotes, ..Search::articles(query) }
    }

    /// The order hits come in: where none fits better than another and none is surer, the newest first.
    pub fn order(&self) -> Sort {
        let is_ranked = self.query.ranks() || self.by_surety() || self.limit == Some(0);
        if self.sort == Sort::Relevance && !is_ranked { Sort::DateDown } else { self.sort }
    }

    /// Whether the score of a hit is that of its words times the confidence of its attribution: where quotes are ranked and who
    /// speaks is part of the question. Of hits without a score the surest come first.
    pub fn by_surety(&self) -> bool {
        self.surety && self.target == Target::Quotes && self.sort == Sort::Relevance && self.query.asks_who()
    }
}

/// A facet to be counted.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetRequest {
    /// Which field.
    pub field: &'static Field,
    /// How many values; `None` is all.
    pub limit: Option<usize>,
    /// Also counted against this second field: a pivot. Of two fields of quotes, an article has the pairs that stand in one quote. Of one
    /// field named twice, pairs are two different values of one hit, each pair once.
    pub by: Option<&'static Field>,
}

impl FacetRequest {
    /// That of one field, or of two with a comma between: `place,year`.
    ///
    /// # Errors
    ///
    /// When one cannot be counted, or there are more than two.
    pub fn named(text: &str, limit: Option<usize>) -> Result<FacetRequest> {
        let mut names = text.split(',').map(str::trim);
        let field = field::facet(names.next().unwrap_or_default())?;
        let by = names.next().map(field::facet).transpose()?;
        if names.next().is_some() {
            return Err(Error::new(Kind::Usage, format!("`{text}` names more than two fields")).with_hint("name one or two: `place,year`"));
        }
        Ok(FacetRequest { field, limit, by })
    }

    /// Whether values of a field are counted against others of the same: who is named beside whom.
    pub fn is_of_one_field(&self) -> bool {
        self.by.is_some_and(|by| by.name == self.field.name)
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: u64,
    /// Distinct articles among them: `total` itself in a search for articles.
    pub articles: u64,
    /// Distinct stories (or distinct quotes) among them; `total` itself when none were to be folded.
    pub stories: u64,
    /// How many of them have no date.
    pub undated: u64,
    /// Counts, in the order asked for.
    pub facets: Vec<FacetCounts>,
    /// Hits over time, if asked for: `(first second, count)`, in order; stretches without hits are left out.
    pub timeline: Vec<(i64, u64)>,
}

/// One hit.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The article.
    pub id: ArticleId,
    /// Which of its quotes, in a search for quotes.
    pub quote: Option<usize>,
    /// How well it fits; comparable within one answer only.
    pub score: f32,
    /// What was folded into it; `None` when nothing was.
    pub folded: Option<Folded>,
    /// The article with its annotations, if asked for.
    pub clipping: Option<Clipping>,
}

/// Other hits that tell the same story, or quotes that say the same, folded into one.
#[derive(Clone, Debug, PartialEq)]
pub struct Folded {
    /// How many other hits there are.
    pub hits: u64,
    /// How many articles they and the hit itself stand in.
    pub articles: u64,
    /// The oldest of them all: the id of its article, and which of its quotes.
    pub first: (ArticleId, Option<usize>),
    /// When that was published, and where.
    pub published: Option<String>,
    /// Its publication.
    pub source: Option<String>,
}

/// How many hits have each value of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetCounts {
    /// The field.
    pub field: &'static Field,
    /// The second field of a pivot.
    pub by: Option<&'static Field>,
    /// Values with their counts: greatest first, equal ones by name.
    pub counts: Vec<FacetCount>,
    /// How many different values there are in all.
    pub distinct: u64,
    /// How many hits have no value; in a pivot, those without a value of either field, which are in no pair.
    pub missing: u64,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetCount {
    /// The value: for places the whole path.
    pub value: String,
    /// The value of the second field, in a pivot.
    pub by: Option<String>,
    /// How many hits have it.
    pub count: u64,
}

#[cfg(test)]
mod tests {
    use super::Bucket;

    #[test]
    fn empty_stretches_are_shown() {
        let at = |day: &str| crate::field::printed_seconds(day).unwrap_or_default();
        let table = Bucket::Month.filled(&[(at("2023-12-01"), 2), (at("2024-03-01"), 1)]);
        let table: Vec<_> = table.iter().map(|(s, n)| format!("{} {n}", Bucket::Month.label(*s))).collect();
        assert_eq!(table, ["2023-12 2", "2024-01 0", "2024-02 0", "2024-03 1"]);
        let years = Bucket::Year.filled(&[(at("2019-01-01"), 1), (at("2021-01-01"), 1)]);
        assert_eq!(years.len(), 3);
    }
}
