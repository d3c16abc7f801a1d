//! Dates in addresses and in names of files and folders.

use jiff::civil::Date;

/// The date an address holds: `…/2024/03/05/…`, `…/2024/mar/05/…`, `…-2024-03-05`, `…/20240305/…`.
///
/// # Example
///
/// ```
/// use morgue::ingest::date::from_url;
/// assert_eq!(from_url("https://paper.example/world/2024/mar/05/vote").as_deref(), Some("2024-03-05"));
/// ```
pub fn from_url(url: &str) -> Option<String> {
    let behind = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = behind.split_once('/').map(|(_, path)| path)?;
    let path = path.split(['?', '#']).next()?;
    find(path, true)
}

/// The date a path holds: `2024/03/05/a.html`, `paper-2024-03-05.txt`, `20240305.xml`.
pub fn from_path(path: &str) -> Option<String> {
    find(path, false)
}

fn find(path: &str, strict: bool) -> Option<String> {
    let date = separated(path)
        .or_else(|| if strict { None } else { by_day(path) })
        .or_else(|| path.split('/').find_map(|segment| compact(segment, strict)))?;
    super::is_plausible(date).then(|| date.to_string())
}

/// `2024/03/05`, `2024-3-5`, `2024_03_05`, `2024/mar/05`.
fn separated(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split(['/', '-', '_', '.', ' ']).collect();
    parts.windows(3).find_map(|w| {
        let digits = |t: &str, n: std::ops::RangeInclusive<usize>| {
            Some(t).filter(|t| n.contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit()))?.parse::<i16>().ok()
        };
        let year = digits(w[0], 4..=4)?;
        let month = digits(w[1], 1..=2).map(|m| m as i8).or_else(|| super::month(&w[1].to_lowercase()))?;
        let day = digits(w[2], 1..=2).or_else(|| digits(w[2].get(..2)?, 2..=2).filter(|_| w[2].as_bytes().get(2) == Some(&b'T')))?;
        Date::new(year, month, day as i8).ok().filter(|d| d.year() >= 1600)
    })
}

/// `1855/0922/`: folders of scanned papers, a year and a day.
fn by_day(path: &str) -> Option<Date> {
    let steps: Vec<&str> = path.split('/').collect();
    let digits = |t: &str| t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit());
    steps.windows(2).filter(|w| digits(w[0]) && digits(w[1])).find_map(|w| {
        let (year, day) = (w[0].parse().ok().filter(|y| (1600..2200).contains(y))?, w[1].parse::<i16>().ok()?);
        Date::new(year, (day / 100) as i8, (day % 100) as i8).ok()
    })
}

/// `20240305` as a whole, or at the beginning, of one step; in file names anywhere. Numbers inside addresses are rather
/// numbers of articles.
fn compact(segment: &str, strict: bool) -> Option<Date> {
    let read = |digits: &str| {
        let year: i16 = digits.get(..4)?.parse().ok().filter(|y| (1800..2200).contains(y))?;
        Date::new(year, digits.get(4..6)?.parse().ok()?, digits.get(6..8)?.parse().ok()?).ok()
    };
    let runs = segment.split(|c: char| !c.is_ascii_digit());
    let fits = |run: &&str| run.len() == 8 || (run.len() == 14 && !strict);
    if strict {
        return runs.take(1).find(|r| fits(r)).and_then(read);
    }
    runs.filter(fits).find_map(read)
}
