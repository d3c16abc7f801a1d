//! What a request asks for: its parameters, decoded strictly, and what is read from them.

use super::error::{Answered, Refusal};
use crate::field::{self, Field};
use crate::query::{Sort, Target};
use axum::http::{HeaderMap, Uri, header};

/// Hits on a page when nothing else is asked for.
pub const USUAL: usize = 20;
/// Most hits of one page; more come page by page.
pub const MOST: usize = 1000;
/// Parameters that may have several values.
const SEVERAL: [&str; 5] = ["f", "by", "and", "facets", "to"];

/// In which form an answer of the API is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One object.
    Json,
    /// One object a line.
    Lines,
    /// A table.
    Csv,
}

/// The parameters of a request, in order, repeated ones kept.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The path as it was sent.
    pub path: String,
    parameters: Vec<(String, String)>,
    /// The form wanted.
    pub form: Form,
}

impl Ask {
    /// Reads a request's address and what it accepts.
    ///
    /// # Errors
    ///
    /// When the address is not well-formed percent-encoding of UTF-8.
    pub fn read(uri: &Uri, headers: &HeaderMap) -> Answered<Ask> {
        decoded(uri.path(), false)?;
        let parameters = parameters(uri.query().unwrap_or_default())?;
        let mut ask = Ask { path: uri.path().to_owned(), parameters, form: form(headers) };
        ask.form = match ask.get("as") {
            None => ask.form,
            Some("json") => Form::Json,
            Some("ndjson") => Form::Lines,
            Some("csv") => Form::Csv,
            Some(other) => return Err(Refusal::bad(format!("`as={other}` is none of `json`, `ndjson` and `csv`"))),
        };
        Ok(ask)
    }

    /// The parameters alone, as a form sends them.
    ///
    /// # Errors
    ///
    /// As [`Ask::read`].
    pub fn of_form(text: &str) -> Answered<Ask> {
        Ok(Ask { path: String::new(), parameters: parameters(text)?, form: Form::Json })
    }

    /// The last value of a parameter, unless it is empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let last = self.parameters.iter().rev().find(|(n, _)| n == name);
        last.map(|(_, v)| v.as_str()).filter(|v| !v.trim().is_empty())
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a str> {
        self.parameters.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Whether a parameter says yes; one that is not there says no.
    ///
    /// # Errors
    ///
    /// When it says neither.
    pub fn flag(&self, name: &str) -> Answered<bool> {
        match self.get(name) {
            None | Some("0" | "false" | "no") => Ok(false),
            Some("1" | "true" | "yes") => Ok(true),
            Some(other) => Err(Refusal::bad(format!("`{name}={other}` is neither `true` nor `false`"))),
        }
    }

    /// Refuses what would be passed over: a parameter that means nothing here, and a second value where one alone is taken.
    /// `names` are those that mean something; `*` at the end of one stands for a number.
    ///
    /// # Errors
    ///
    /// When there is such a parameter.
    pub fn only(&self, names: &[&str]) -> Answered<()> {
        let is = |known: &&str, name: &str| match known.strip_suffix('*') {
            Some(stem) => name.strip_prefix(stem).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())),
            None => *known == name,
        };
        for (i, (name, value)) in self.parameters.iter().enumerate() {
            if !names.iter().any(|known| is(known, name)) {
                let refusal = Refusal::bad(format!("there is no parameter `{name}` here"));
                return Err(if names.is_empty() { refusal } else { refusal.with_hint(format!("there are {}", names.join(", "))) });
            }
            if !SEVERAL.contains(&name.as_str()) && self.parameters[..i].iter().any(|(before, said)| before == name && said != value) {
                return Err(Refusal::bad(format!("the parameter `{name}` is there twice, with two values")));
            }
        }
        Ok(())
    }

    /// The same without a parameter.
    pub fn without(&self, name: &str) -> Ask {
        Ask { parameters: self.parameters.iter().filter(|(n, _)| n != name).cloned().collect(), ..self.clone() }
    }

    /// The address that was asked, with one of its parameters said otherwise.
    pub fn with(&self, name: &str, value: &str) -> String {
        let others = self.without(name).parameters;
        let all: Vec<String> = others
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .chain([(name, value)])
            .map(|(n, v)| format!("{}={}", encoded(n), encoded(v)))
            .collect();
        format!("{}?{}", self.path, all.join("&"))
    }

    /// What follows `prefix` in the path, decoded.
    ///
    /// # Errors
    ///
    /// When nothing follows.
    pub fn rest(&self, prefix: &str) -> Answered<String> {
        let rest = self.path.strip_prefix(prefix).unwrap_or_default();
        let rest = decoded(rest, false)?;
        if rest.is_empty() { Err(Refusal::bad(format!("nothing follows `{prefix}`"))) } else { Ok(rest) }
    }

    /// A parameter that must be there.
    ///
    /// # Errors
    ///
    /// When it is not.
    pub fn need(&self, name: &str) -> Answered<&str> {
        self.get(name).ok_or_else(|| Refusal::bad(format!("the parameter `{name}` is missing")))
    }

    /// A number of things, at most [`MOST`].
    ///
    /// # Errors
    ///
    /// When it is none, or too great.
    pub fn limit(&self, name: &str, usual: usize) -> Answered<usize> {
        self.at_most(name, usual, "the command line prints more, with `-n`")
    }

    /// As [`Ask::limit`]; `more` says how to come by what is beyond.
    fn at_most(&self, name: &str, usual: usize, more: &str) -> Answered<usize> {
        let Some(text) = self.get(name) else { return Ok(usual) };
        let n: usize = text.parse().map_err(|_| Refusal::bad(format!("`{name}={text}` is not a number")))?;
        if n > MOST {
            return Err(Refusal::bad(format!("`{name}={n}` is more than {MOST}")).with_hint(more));
        }
        Ok(n)
    }

    /// How many hits or lines a page has, where there are further pages.
    ///
    /// # Errors
    ///
    /// As [`Ask::limit`].
    pub fn page(&self, usual: usize) -> Answered<usize> {
        self.at_most("n", usual, "go on page by page with `cursor`")
    }

    /// A whole number of up to 32 bits, to which others can be added.
    ///
    /// # Errors
    ///
    /// When it is none, or greater.
    pub fn number(&self, name: &str, usual: usize) -> Answered<usize> {
        let Some(text) = self.get(name) else { return Ok(usual) };
        let wrong = || Refusal::bad(format!("`{name}={text}` is not a number")).with_hint(format!("it may be from 0 to {}", u32::MAX));
        text.parse::<u32>().map(|n| n as usize).map_err(|_| wrong())
    }

    /// The order of hits.
    ///
    /// # Errors
    ///
    /// When there is no such order.
    pub fn sort(&self) -> Answered<Sort> {
        Ok(Sort::named(self.get("sort").unwrap_or("relevance"))?)
    }

    /// Whether copies of a story come as one hit, where `collapse` says so.
    ///
    /// # Errors
    ///
    /// When it says neither.
    pub fn collapse(&self) -> Answered<Option<bool>> {
        match self.get("collapse") {
            None => Ok(None),
            Some("story") => Ok(Some(true)),
            Some("none") => Ok(Some(false)),
            Some(other) => Err(Refusal::bad(format!("`collapse={other}` is neither `story` nor `none`"))),
        }
    }

    /// Articles or quotes, as `what` says.
    ///
    /// # Errors
    ///
    /// When it says something else.
    pub fn what(&self) -> Answered<Target> {
        match self.get("what").unwrap_or("articles") {
            "articles" => Ok(Target::Articles),
            "quotes" => Ok(Target::Quotes),
            other => Err(Refusal::bad(format!("`what={other}` is neither `articles` nor `quotes`"))),
        }
    }

    /// The fields named in a parameter: `speaker,place`.
    ///
    /// # Errors
    ///
    /// When one cannot be counted.
    pub fn facets(&self, name: &str) -> Answered<Vec<&'static Field>> {
        let named = self.all(name).flat_map(|v| v.split(',')).map(str::trim).filter(|v| !v.is_empty());
        Ok(named.map(field::facet).collect::<Result<_, _>>()?)
    }
}

/// The form that a client likes best; of two it likes as well the one it names first, JSON where it does not care.
fn form(headers: &HeaderMap) -> Form {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(','));
    let mut best = (Form::Json, 0.0);
    for kind in accepted {
        let mut parts = kind.split(';').map(str::trim);
        let form = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "application/x-ndjson" | "application/ndjson" | "application/jsonl" => Form::Lines,
            "text/csv" => Form::Csv,
            "application/json" | "application/*" | "*/*" => Form::Json,
            _ => continue,
        };
        let liked = parts.find_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q="))).map_or(Ok(1.0), str::parse::<f32>);
        if let Ok(liked) = liked.map(|q| q.clamp(0.0, 1.0))
            && liked > best.1
        {
            best = (form, liked);
        }
    }
    best.0
}

fn parameters(text: &str) -> Answered<Vec<(String, String)>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decoded(name, true)?, decoded(value, true)?))
        })
        .collect()
}

/// Percent-encoded text as it was meant. In parameters `+` is a space.
fn decoded(text: &str, form: bool) -> Answered<String> {
    let wrong = || Refusal::bad("the address is not well-formed percent-encoding").with_hint("write `%` itself as `%25`");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || rest.next().and_then(|d| char::from(d).to_digit(16)).ok_or_else(wrong);
                (digit()? * 16 + digit()?) as u8
            }
            b'+' if form => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| Refusal::bad("the address is not UTF-8"))
}

/// `text` as it stands in an address.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted_best_is_sent() {
        let check = |accept: &str, expected: Form| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().unwrap());
            assert_eq!(form(&headers), expected, "{accept}");
        };
        check("text/csv", Form::Csv);
        check("TEXT/CSV; charset=utf-8", Form::Csv);
        check("text/csv;q=0.1", Form::Csv);
        check("text/csv;q=0.1, application/json", Form::Json);
        check("text/csv;q=0.1, */*", Form::Json);
        check("application/json;q=0.2, application/x-ndjson;q=0.9, text/csv;q=0.5", Form::Lines);
        check("text/csv;q=0", Form::Json);
        check("text/csv;q=zero", Form::Json);
        check("text/csv, application/json", Form::Csv);
        check("text/html, */*;q=0.8", Form::Json);
    }

    #[test]
    fn what_would_be_passed_over_is_refused() {
        let only = |text: &str| Ask::of_form(text).unwrap().only(&["q", "f", "way*"]).map_err(|refusal| refusal.message);
        assert_eq!(only("q=a&f=b&f=c&way0=d&way12=e&q=a"), Ok(()));
        assert_eq!(only("sinse=2020"), Err("there is no parameter `sinse` here".to_owned()));
        assert_eq!(only("way=x"), Err("there is no parameter `way` here".to_owned()));
        assert_eq!(only("q=a&q=b"), Err("the parameter `q` is there twice, with two values".to_owned()));
        assert!(Ask::of_form("any=perhaps").unwrap().flag("any").is_err());
    }

    #[test]
    fn addresses_are_read_strictly_and_round_trip() {
        let ask = Ask::of_form("q=%C5%BDofie+%26+%25&n=3&f=a&f=b&e=").unwrap();
        assert_eq!(ask.get("q"), Some("Žofie & %"));
        assert_eq!(ask.all("f").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((ask.get("e"), ask.limit("n", 20).unwrap()), (None, 3));
        for bad in ["q=%", "q=%4", "q=%ZZ", "q=%FF", "%zz=1"] {
            assert_eq!(Ask::of_form(bad).unwrap_err().status, 400, "{bad}");
        }
        for text in ["a b+c", "“quoted” & 100 %", "x/y?z=1#q2", ""] {
            assert_eq!(Ask::of_form(&format!("q={}", encoded(text))).unwrap().all("q").next(), Some(text));
        }
    }
}
