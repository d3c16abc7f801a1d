//! One JSON object as an article: the record morgue itself writes, and whatever scrapers, interfaces and archives write.

use super::aliases::ALIASES;
use super::lookup::Keys;
use super::{given, lookup};
use crate::article::{Article, DateOrigin, Dateline, Version, VersionKind};
use crate::ingest::formats::reading::{Reading, doubt_about_body};
use crate::ingest::{FieldMap, date, text};
use serde_json::Value;

/// A value looked at as a record.
pub struct Record<'v> {
    value: &'v Value,
    /// The value as it stood, around the record.
    outer: &'v Value,
    map: Option<&'v FieldMap>,
    /// Whether it is a row of a table, whose cells are never taken to the letter.
    row: bool,
    /// The keys of the record.
    keys: Keys,
}

impl<'v> Record<'v> {
    /// Looks at `value`; paths of `map` come before the usual ones.
    pub fn new(value: &'v Value, map: Option<&'v FieldMap>) -> Record<'v> {
        // Elasticsearch keeps the record one step down, AP and others call it `item`.
        let inside = ["_source", "item", "article", "data.item", "data.article"];
        let inside = inside.iter().find_map(|path| lookup::at(value, path).into_iter().find(|v| v.is_object()));
        let whole = ["body", "text", "content"].iter().all(|key| lookup::get(value, key).is_none());
        let inner = inside.filter(|_| whole && map.is_none()).unwrap_or(value);
        Record { value: inner, outer: value, map, row: false, keys: Keys::of(inner) }
    }

    /// Looks at a row of a table, an object of texts.
    pub fn of_row(value: &'v Value, map: Option<&'v FieldMap>) -> Record<'v> {
        Record { value, outer: value, map, row: true, keys: Keys::of(value) }
    }

    /// The value looked at.
    pub fn value(&self) -> &'v Value {
        self.value
    }

    /// The values at the first path of `field` that has any text.
    fn values(&self, field: &str) -> Vec<&'v Value> {
        let given = self.map.map_or(&[][..], |m| m.paths(field)).iter().map(String::as_str);
        let usual = ALIASES.iter().filter(|(name, _)| *name == field).flat_map(|(_, paths)| paths.iter().copied());
        let mut paths = given.chain(usual);
        let in_value = |value: &'v Value, path: &str| Some(lookup::at(value, path)).filter(|found| found.iter().any(|v| has_text(v)));
        let inside = paths.clone().filter(|path| self.keys.may_have(path)).find_map(|path| in_value(self.value, path));
        let outer = Some(self.outer).filter(|outer| !std::ptr::eq(self.value, *outer));
        inside.or_else(|| outer.and_then(|outer| paths.find_map(|path| in_value(outer, path)))).unwrap_or_default()
    }

    /// The texts of `field`, one for each item of a list.
    pub fn texts(&self, field: &str) -> Vec<String> {
        let mut out = Vec::new();
        for value in self.values(field) {
            gather(value, &mut out);
        }
        out
    }

    /// The first text of `field`, on one line.
    pub fn line(&self, field: &str) -> Option<String> {
        self.texts(field).iter().map(|t| one_line(t)).find(|t| !t.is_empty())
    }

    /// A date, from a text or from seconds or milliseconds since 1970; for want of one the first text, for the report.
    fn date(&self, field: &str) -> Option<String> {
        let texts = self.texts(field);
        // With strokes it is left as it stands: which of day and month comes first is told by the other dates of the file.
        let read = |text: &String| date_of(text).map(|date| if text.contains('/') { text.clone() } else { date });
        texts.iter().find_map(read).or_else(|| texts.into_iter().next())
    }

    /// Whether there is a text of its own, not just a summary.
    pub fn has_body(&self) -> bool {
        !self.values("body").is_empty()
    }

    /// Whether the record is of morgue's own shape, whose body is taken to the letter.
    fn is_own(&self) -> bool {
        let text = |key| self.value.get(key).is_some_and(Value::is_string);
        !self.row
            && self.map.is_none_or(|m| m.paths("body").is_empty())
            && text("body")
            && (self.value.get("id").is_some() || text("title"))
    }

    /// Reads the record.
    pub fn read(&self) -> Reading {
        if !self.value.is_object() {
            return Reading::Failed("the record is no object".into());
        }
        if self.value.get("properties").is_some_and(Value::is_object) && self.value.get("$schema").is_some() {
            return Reading::Skipped("a JSON schema".into());
        }
        if let Some(status) = lookup::get(self.value, "status")
            .and_then(Value::as_str)
            .filter(|s| ["draft", "private", "trash", "pending", "auto-draft"].contains(s))
        {
            return Reading::Skipped(format!("not published: its status is `{status}`"));
        }
        let mut doubts = Vec::new();
        let own = self.is_own();
        let body = if own { self.value.get("body").and_then(Value::as_str).unwrap_or("").to_owned() } else { self.body(&mut doubts) };
        let title = if own { self.own_title() } else { self.line("title") };
        if body.trim().is_empty() && title.is_none() {
            return self.nothing();
        }
        let published = self.date("published");
        let signed = [&published, &self.line("url"), &self.line("byline"), &self.line("source")].iter().any(|f| f.is_some());
        if !self.has_body() && !signed {
            return self.nothing();
        }
        let (id, has_own_id) = self.id(own);
        let mut article = Article {
            id,
            has_own_id,
            title,
            byline: self.texts("byline"),
            source: self.line("source").map(|s| host(&s)),
            section: self.line("section"),
            page: self.line("page"),
            edition: self.line("edition"),
            language: self.line("language"),
            url: self.texts("url").into_iter().find(|u| own || u.contains("://")),
            published_from: published.is_some().then(|| self.published_from()),
            published,
            updated: self.date("updated"),
            dateline: self.dateline(),
            tags: self.tags(),
            version: self.version(own),
            body,
            ..Article::default()
        };
        if own {
            given::take(self.value, &mut article, &mut doubts);
        }
        if own { Reading::Article(Box::new(article), doubts) } else { Reading::settled(article, None, doubts) }
    }

    /// What is said of an object without text: one with nothing of an article in it was never meant to be one.
    fn nothing(&self) -> Reading {
        let article = ["title", "byline", "published", "url"].iter().any(|field| !self.values(field).is_empty());
        if article {
            Reading::Failed("the record has no text: no `body`, `text`, `content` or the like".into())
        } else {
            Reading::Skipped("no article: neither text nor headline, author, date or address".into())
        }
    }

    fn own_title(&self) -> Option<String> {
        self.value.get("title").and_then(Value::as_str).map(str::to_owned).filter(|t| !t.trim().is_empty())
    }

    /// The body, or for want of one the summary.
    fn body(&self, doubts: &mut Vec<String>) -> String {
        let mut parts = self.texts("body");
        if parts.is_empty() {
            parts = self.texts("teaser");
            doubts.push(doubt_about_body(!parts.is_empty()));
            parts.truncate(1);
        }
        let mut body = parts.iter().map(|p| plain(p)).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n");
        // NewsAPI ends what it cuts off with `[+1234 chars]`.
        if body.trim_end().ends_with(" chars]")
            && let Some((start, count)) = body.rsplit_once("[+")
            && let Some(count) = count.trim_end().strip_suffix(" chars]")
        {
            doubts.push(format!("the text is cut off: {count} characters are missing"));
            body.truncate(start.trim_end().len());
        }
        body
    }

    /// Its name. Numbers of foreign databases begin at 1 in every one of them, so they name nothing here.
    fn id(&self, own: bool) -> (String, bool) {
        let id = match (own, self.value.get("id")) {
            (true, Some(Value::String(id))) => Some(id.clone()),
            (true, Some(Value::Number(id))) => Some(id.to_string()),
            _ => self.foreign_id(),
        };
        let id = id.filter(|id| !id.trim().is_empty());
        (id.clone().unwrap_or_default(), id.is_some())
    }

    /// The first text among the usual places that is more than a number.
    fn foreign_id(&self) -> Option<String> {
        let given = self.map.map_or(&[][..], |m| m.paths("id")).iter().map(String::as_str);
        let usual = ALIASES.iter().filter(|(name, _)| *name == "id").flat_map(|(_, paths)| paths.iter().copied());
        let paths: Vec<&str> = given.chain(usual).collect();
        let values = [self.value, self.outer].into_iter().flat_map(|value| paths.iter().flat_map(move |path| lookup::at(value, path)));
        let is_name = |id: &&str| !is_nothing(id) && id.parse::<u64>().is_err();
        values.filter_map(Value::as_str).find(is_name).map(str::to_owned)
    }

    fn published_from(&self) -> DateOrigin {
        let own = self.value.get("published_from").and_then(|v| serde_json::from_value(v.clone()).ok());
        own.unwrap_or(DateOrigin::Field)
    }

    fn dateline(&self) -> Option<Dateline> {
        let text = self.line("dateline")?;
        let place = lookup::at(self.value, "dateline.place").first().and_then(|v| v.as_str()).map(str::to_owned);
        Some(Dateline { text, place })
    }

    /// What the record says of its version: an object in morgue's own shape, else what it corrects or replaces.
    fn version(&self, own: bool) -> Option<Version> {
        if let Some(version) = self.value.get("version").filter(|v| own && v.is_object()) {
            return serde_json::from_value(version.clone()).ok();
        }
        let (corrects, note) = (self.texts("corrects"), self.line("correction"));
        let kind = (!corrects.is_empty() || note.is_some()).then_some(VersionKind::Correction);
        let replaces = corrects.into_iter().chain(self.texts("replaces")).collect();
        Some(Version { kind, replaces, note, ..Version::default() }).filter(|version| !version.is_empty())
    }

    fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        let lists = self.texts("tags");
        let single = lists.len() == 1;
        for tag in lists.iter().flat_map(|t| if single { t.split([',', ';', '|']).collect() } else { vec![t.as_str()] }) {
            let tag = one_line(tag);
            if !tag.is_empty() && tag.parse::<f64>().is_err() && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }
}

/// Words some programs write where there is nothing.
pub fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || ["none", "null", "nan", "n/a", "nat", "undefined", "[]", "{}"].iter().any(|n| text.eq_ignore_ascii_case(n))
}

fn has_text(value: &Value) -> bool {
    match value {
        Value::String(s) => !is_nothing(s),
        Value::Number(_) => true,
        Value::Array(items) => items.iter().any(has_text),
        Value::Object(_) => inner_text(value).is_some(),
        _ => false,
    }
}

/// The words of an object that stands where a text was expected.
fn inner_text(value: &Value) -> Option<&str> {
    ["name", "text", "value", "content", "rendered", "#text", "$date", "$t", "title"]
        .iter()
        .find_map(|k| value.get(k)?.as_str())
        .filter(|s| !is_nothing(s))
}

fn gather(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(s) if !is_nothing(s) => out.push(python_list(s).map_or_else(|| s.clone(), |items| items.join("; "))),
        Value::Number(n) => out.push(n.to_string()),
        Value::Array(items) => items.iter().for_each(|i| gather(i, out)),
        Value::Object(_) => out.extend(inner_text(value).map(str::to_owned)),
        _ => {}
    }
}

/// `['Ada Kling', 'Tom Abe']`, which is what tables written by Python hold.
fn python_list(text: &str) -> Option<Vec<String>> {
    let inside = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let quoted = inside.trim_start().starts_with(['\'', '"']) && inside.trim_end().ends_with(['\'', '"']);
    quoted.then(|| inside.split(['\'', '"']).map(str::trim).filter(|p| !p.is_empty() && *p != ",").map(str::to_owned).collect())
}

/// Text of a field that may hold HTML, in paragraphs.
pub fn plain(given: &str) -> String {
    if is_html(given) {
        // WordPress keeps paragraphs as blank lines between marked-up words.
        let blank = given.contains("\n\n") || given.contains("\r\n\r\n");
        if blank && !given.contains("<p>") && !given.contains("<p ") {
            return text::html_to_text(&given.replace("\r\n", "\n").replace("\n\n", "<p>"));
        }
        text::html_to_text(given)
    } else if has_entity(given) {
        text::paragraphs(&text::decode_entities(given))
    } else {
        text::paragraphs(given)
    }
}

/// Whether characters are written as entities somewhere: `&amp;`, `&#8217;`, `&apos;`.
fn has_entity(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let after = text.as_bytes().get(at + 1..).unwrap_or_default();
        let name = after.iter().take(10).take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
        name >= 2 && after.get(name) == Some(&b';')
    })
}

/// Whether a text is marked up: it has an end tag, a line break, a paragraph or a picture of HTML.
pub fn is_html(text: &str) -> bool {
    const SIGNS: &[&str] = &["p>", "p ", "br>", "br/", "br ", "hr>", "hr ", "img "];
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let after = text.get(at + 1..).unwrap_or("");
        let end_tag = after.strip_prefix('/').is_some_and(|a| a.starts_with(|c: char| c.is_ascii_alphabetic()));
        end_tag || SIGNS.iter().any(|s| after.get(..s.len()).is_some_and(|a| a.eq_ignore_ascii_case(s)))
    })
}

/// A text on one line, without markup.
pub fn one_line(given: &str) -> String {
    if given.contains('&') || is_html(given) { text::one_line_of_html(given) } else { text::one_line(given) }
}

/// A date from a text, or from seconds or milliseconds since 1970.
pub fn date_of(text: &str) -> Option<String> {
    let text = text.trim();
    match text.parse::<f64>() {
        // Fourteen digits are a date and a clock written together, thirteen are milliseconds.
        Ok(number) if (1e8..1e13).contains(&number) => {
            let millis = if number >= 1e11 { number } else { number * 1000.0 };
            let stamp = jiff::Timestamp::from_millisecond(millis as i64).ok()?;
            Some(stamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        }
        _ => date::parse(text),
    }
}

/// The site of an address; anything else as it is.
fn host(source: &str) -> String {
    let Some((_, rest)) = source.split_once("://") else { return source.to_owned() };
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// The first `most` characters of a text, for messages.
pub fn clipped(text: &str, most: usize) -> String {
    let mut out: String = text.chars().take(most).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
