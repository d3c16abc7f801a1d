//! Which comes first in `05/03/2024`: what a file proves by another of its dates, or its reader says, else the month, with doubt.

/// The custom of one file, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ingest) struct Order {
    /// Somebody said that the day comes first.
    day_is_first: bool,
    /// What the dates that can be read in one way only have shown.
    shown: Option<bool>,
    /// A date was read with the month first though it might be otherwise.
    is_told: bool,
}

impl Order {
    /// The custom of a file of which somebody may have said that the day comes first.
    pub fn given(day_is_first: bool) -> Order {
        Order { day_is_first, ..Order::default() }
    }

    /// Brings `date` into an order that is read rightly. Returns what there is to doubt, once for each reason.
    pub fn settle(&mut self, date: &mut Option<String>) -> Option<String> {
        let text = date.as_deref()?;
        let (start, first, second, rest) = slashed(text)?;
        match (first > 12, second > 12) {
            (true, false) => {
                let is_late = self.is_told && self.shown.is_none();
                self.shown = self.shown.or(Some(true));
                return is_late.then(|| {
                    format!("`{text}` has the day first; dates above that can be read either way were read with the month first: say `day_first = true` in a map (--map)")
                });
            }
            (false, true) => {
                self.shown = self.shown.or(Some(false));
                return None;
            }
            _ if first == second || first > 12 => return None,
            _ => {}
        }
        if self.day_is_first || self.shown == Some(true) {
            let turned = format!("{start}{second:02}/{first:02}/{rest}");
            *date = Some(turned);
            return None;
        }
        let is_new = self.shown.is_none() && !std::mem::replace(&mut self.is_told, true);
        is_new.then(|| format!("`{text}` is read with the month first, as are others like it; if the day comes first, say `day_first = true` in a map (--map)"))
    }
}

/// What stands before `05/03/2024`, day and month as they come, and what stands behind the second stroke.
fn slashed(text: &str) -> Option<(&str, u8, u8, &str)> {
    let (before, behind) = text.split_once('/')?;
    let (second, rest) = behind.split_once('/')?;
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = |digits: &str| digits.parse::<u8>().ok().filter(|n| (1..=31).contains(n) && digits.len() <= 2);
    let has_year = rest.len() >= 4 && rest.bytes().take(4).all(|b| b.is_ascii_digit());
    has_year.then(|| Some((start, number(&before[start.len()..])?, number(second)?, rest)))?
}

#[cfg(test)]
mod tests {
    use super::Order;
    use crate::ingest::date::parse;

    /// Each date as it is read, with `?` where there is something to doubt.
    fn read(day_is_first: bool, dates: &[&str]) -> String {
        let mut order = Order::given(day_is_first);
        let one = |date: &&str| {
            let mut date = Some((*date).to_owned());
            let doubt = order.settle(&mut date).map_or("", |_| "?");
            format!("{}{doubt}", date.and_then(|d| parse(&d)).unwrap_or_default())
        };
        dates.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_file_shows_which_comes_first() {
        assert_eq!(read(false, &["25/03/2024", "05/03/2024"]), "2024-03-25 2024-03-05");
        assert_eq!(read(false, &["03/25/2024", "05/03/2024"]), "2024-03-25 2024-05-03");
        assert_eq!(read(false, &["05/03/2024", "06/03/2024", "25/03/2024", "06/03/2024"]), "2024-05-03? 2024-06-03 2024-03-25? 2024-03-06");
        assert_eq!(read(true, &["05/03/2024 10:15", "Tue 5/3/2024", "5/5/2024"]), "2024-03-05T10:15:00 2024-03-05 2024-05-05");
        assert_eq!(read(false, &["2024/03/05", "5.3.2024", "5 March 2024", "1/2", ""]), "2024-03-05 2024-03-05 2024-03-05  ");
    }
}
