//! What a page shows, as its address says it: every view is an address, and every link another view.

use crate::archive::Archive;
use crate::field::{self, Field};
use crate::query::{self, Query, Target, ValueMatch};
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::{Answered, Refusal};

/// The parameters of the address of a view.
pub const PARAMETERS: [&str; 12] = ["q", "what", "f", "since", "until", "sort", "copies", "vs", "scale", "rank", "offset", "open"];

/// A value chosen in a facet.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// The field.
    pub field: &'static Field,
    /// The value, letter by letter.
    pub value: String,
    /// Whether it must not be there.
    pub not: bool,
}

impl Filter {
    /// Whether it is about this value of this field.
    pub fn is(&self, field: &Field, value: &str) -> bool {
        self.field == field && field.key(&self.value) == field.key(value)
    }
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// What was typed.
    pub q: String,
    /// Articles or quotes.
    pub what: Target,
    /// Chosen values.
    pub filters: Vec<Filter>,
    /// First date.
    pub since: String,
    /// Last date.
    pub until: String,
    /// Order, as typed; empty is by relevance.
    pub sort: String,
    /// Copies of a story are hits each; else they come as one.
    pub each: bool,
    /// What is drawn over the timeline: a second query, or `*` for the whole archive.
    pub beside: String,
    /// The timeline shows shares of the archive rather than counts.
    pub percent: bool,
    /// Values of facets stand in the order of how unusual they are, not of how many have them.
    pub unusual: bool,
    /// Hits left out at the start.
    pub offset: usize,
    /// The article, or quote in it, that is open in the reader.
    pub open: String,
}

/// The question a view poses.
pub struct Posed {
    /// All of it.
    pub query: Query,
    /// Without its dates.
    pub timeless: Query,
    /// In canonical spelling.
    pub canonical: String,
    /// As one sentence.
    pub reading: String,
    /// What there is to note.
    pub notes: Vec<String>,
}

impl View {
    /// The view an address asks for.
    ///
    /// # Errors
    ///
    /// When a part of it means nothing.
    pub fn of(ask: &Ask) -> Answered<View> {
        let text = |name: &str| ask.get(name).unwrap_or_default().trim().to_owned();
        let filters: Answered<Vec<Filter>> = ask.all("f").filter(|f| !f.is_empty()).map(filter).collect();
        Ok(View {
            q: text("q"),
            what: ask.what()?,
            filters: filters?,
            since: date(&text("since"))?,
            until: date(&text("until"))?,
            sort: text("sort"),
            each: one_of(ask, "copies", "each")?,
            beside: text("vs"),
            percent: one_of(ask, "scale", "percent")?,
            unusual: one_of(ask, "rank", "unusual")?,
            offset: ask.number("offset", 0)?,
            open: text("open"),
        })
    }

    /// A search for `q`.
    pub fn search(q: &str, what: Target) -> View {
        let none = String::new;
        View {
            q: q.to_owned(),
            what,
            filters: Vec::new(),
            since: none(),
            until: none(),
            sort: none(),
            each: false,
            beside: none(),
            percent: false,
            unusual: false,
            offset: 0,
            open: none(),
        }
    }

    /// Everything in the archive.
    pub fn all() -> View {
        View::search("", Target::Articles)
    }

    /// The parameters of its address.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        let mut add = |name, value: &str| {
            if !value.is_empty() {
                all.push((name, value.to_owned()));
            }
        };
        add("q", &self.q);
        add("what", if self.what == Target::Quotes { "quotes" } else { "" });
        for f in &self.filters {
            add("f", &format!("{}{}:{}", if f.not { "-" } else { "" }, f.field.name, f.value));
        }
        add("since", &self.since);
        add("until", &self.until);
        add("sort", &self.sort);
        add("copies", if self.each { "each" } else { "" });
        add("vs", &self.beside);
        add("scale", if self.percent { "percent" } else { "" });
        add("rank", if self.unusual { "unusual" } else { "" });
        add("offset", &if self.offset > 0 { self.offset.to_string() } else { String::new() });
        add("open", &self.open);
        all
    }

    /// Its address on the page at `path`, with further parameters.
    pub fn at(&self, path: &str, more: &[(&str, &str)]) -> String {
        let own = self.parameters();
        let all = own.iter().map(|(n, v)| (*n, v.as_str())).chain(more.iter().copied());
        let query: Vec<String> = all.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    /// Its address.
    pub fn url(&self) -> String {
        self.at("/", &[])
    }

    /// The same, from its first hit and with nothing open, after `change`.
    pub fn with(&self, change: impl FnOnce(&mut View)) -> View {
        let mut view = View { offset: 0, open: String::new(), ..self.clone() };
        change(&mut view);
        view
    }

    /// The same with `id` open.
    pub fn opening(&self, id: &str) -> View {
        View { open: id.to_owned(), ..self.clone() }
    }

    /// The same without what is chosen of a value, then with it chosen so (`Some(true)`: it must not be there).
    pub fn choosing(&self, field: &'static Field, value: &str, not: Option<bool>) -> View {
        self.with(|v| {
            v.filters.retain(|f| !f.is(field, value));
            v.filters.extend(not.map(|not| Filter { field, value: value.to_owned(), not }));
        })
    }

    /// How a value is chosen: to be there, not to be there, or not at all.
    pub fn chosen(&self, field: &'static Field, value: &str) -> Option<bool> {
        self.filters.iter().find(|f| f.is(field, value)).map(|f| f.not)
    }

    /// Whether it narrows anything down.
    pub fn is_everything(&self) -> bool {
        self.q.is_empty() && self.filters.is_empty() && self.since.is_empty() && self.until.is_empty()
    }

    /// The question as one text to be kept: as it was typed where that says all, since canonical spelling fixes days that
    /// move, such as `last-7d`.
    pub fn to_keep(&self, posed: &Posed) -> String {
        let typed = self.filters.is_empty() && self.since.is_empty() && self.until.is_empty() && !self.q.is_empty();
        if typed { self.q.clone() } else { posed.canonical.clone() }
    }

    /// The view without the choice of values of `field`, if any is chosen; what is excluded stays so.
    pub fn without_choice(&self, field: &Field) -> Option<View> {
        let is_choice = |f: &Filter| !f.not && f.field == field;
        self.filters.iter().any(is_choice).then(|| self.with(|v| v.filters.retain(|f| !is_choice(f))))
    }

    /// The question it poses.
    ///
    /// # Errors
    ///
    /// When what was typed has no meaning.
    pub fn pose(&self, archive: &Archive) -> Answered<Posed> {
        let typed = archive.question(if self.q.is_empty() { "*" } else { &self.q }, self.what)?;
        let mut clauses = typed.query.clauses();
        for (i, f) in self.filters.iter().enumerate() {
            if f.not {
                clauses.push(Query::Not(Box::new(is(archive, f, self.what)?)));
            } else if !self.filters[..i].iter().any(|other| !other.not && other.field == f.field) {
                // Several values of one field: any of them.
                let same = self.filters.iter().filter(|o| !o.not && o.field == f.field).map(|f| is(archive, f, self.what));
                let mut same = same.collect::<Answered<Vec<Query>>>()?;
                clauses.push(if same.len() == 1 { same.remove(0) } else { Query::Or(same) });
            }
        }
        let timeless = Query::all(clauses.clone());
        let mut dates = Vec::new();
        if !self.since.is_empty() {
            dates.push(format!("since:{}", self.since));
        }
        if !self.until.is_empty() {
            dates.push(format!("until:{}", self.until));
        }
        if !dates.is_empty() {
            clauses.extend(archive.question(&dates.join(" "), self.what)?.query.clauses());
        }
        let query = Query::all(clauses);
        let (canonical, reading) = (query::print(&query), query::reading(&query, self.what));
        Ok(Posed { query, timeless, canonical, reading, notes: typed.notes })
    }
}

fn is(archive: &Archive, filter: &Filter, what: Target) -> Answered<Query> {
    if filter.field.is_figure() {
        // Stretches are named as a query writes them.
        return Ok(archive.question(&format!("{}:{}", filter.field.name, filter.value), what)?.query);
    }
    Ok(Query::Is { field: filter.field, value: ValueMatch::Whole(filter.value.clone()) })
}

fn filter(text: &str) -> Answered<Filter> {
    let (not, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (name, value) = rest.split_once(':').ok_or_else(|| Refusal::bad(format!("`{text}` is no choice of a value")))?;
    Ok(Filter { field: field::facet(name)?, value: value.to_owned(), not })
}

/// What is typed with a clause more.
pub fn also(q: &str, clause: &str) -> String {
    match q {
        "" => clause.to_owned(),
        q if q.contains(" OR ") || q.contains('|') => format!("({q}) {clause}"),
        q => format!("{q} {clause}"),
    }
}

/// Whether a parameter says `word`, the only thing it can say.
fn one_of(ask: &Ask, name: &str, word: &str) -> Answered<bool> {
    match ask.get(name) {
        None => Ok(false),
        Some(said) if said == word => Ok(true),
        Some(other) => Err(Refusal::bad(format!("`{name}={other}` is not `{name}={word}`"))),
    }
}

/// A date as forms send it: year, month or day.
fn date(text: &str) -> Answered<String> {
    if text.len() <= 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return Ok(text.to_owned());
    }
    Err(Refusal::bad(format!("`{text}` is no date")).with_hint("write `2008`, `2008-09` or `2008-09-14`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_round_trip() {
        let address = "/?q=flood%20%22x%26y%22&what=quotes&f=speaker%3AAnn%20Cole&f=-place%3AEurope%2FUkraine&since=2008&until=2010&sort=date&copies=each&vs=storm&scale=percent&rank=unusual&offset=20&open=a%2Fb%23q2";
        let ask = Ask::of_form(address.trim_start_matches("/?")).unwrap();
        assert!(ask.only(&PARAMETERS).is_ok() && PARAMETERS.iter().all(|name| ask.get(name).is_some()), "one of each is tried");
        let view = View::of(&ask).unwrap();
        assert_eq!(view.url(), address);
        assert_eq!(view.with(|_| ()).url(), address.trim_end_matches("&offset=20&open=a%2Fb%23q2"));
        let speaker = view.filters[0].field;
        assert_eq!(view.chosen(speaker, "Ann Cole"), Some(false));
        assert_eq!(view.choosing(speaker, "Ann Cole", Some(true)).chosen(speaker, "Ann Cole"), Some(true));
        // A section is chosen in whatever capitals it was called when the address was kept.
        let kept = View::of(&Ask::of_form("f=section%3AOPINION").unwrap()).unwrap();
        let section = kept.filters[0].field;
        assert_eq!((kept.chosen(section, "Opinion"), kept.choosing(section, "Opinion", None).filters.len()), (Some(false), 0));
        assert!(View::of(&Ask::of_form("f=nosuch%3Ax").unwrap()).is_err() && View::of(&Ask::of_form("since=%22x").unwrap()).is_err());
    }
}
