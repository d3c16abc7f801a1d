//! Reuters-21578: the newswire of 1987 in 22 files of SGML, a thousand `<REUTERS>` elements each.
//!
//! The files are no XML (no root, references to control characters, one file with bytes of no charset), so they are scanned by hand.
//! Every `<REUTERS>` is an article, `reuters-NEWID`. Of its lists, the topics become tags as they are, the others with the name of
//! their list before them: `places:usa`, `people:reagan`, `orgs:ec`, `exchanges:nyse`, `companies:…`.
//!
//! # What it does not read
//!
//! The teletype header (`UNKNOWN`), the known-bad filler of `TYPE="BRIEF"` ("Blah blah blah.") and the unmarked text of
//! `TYPE="UNPROC"` beyond its first line, which is taken as the headline: these 2,535 of the 21,578 articles have an empty body. The splits
//! for classifiers (`LEWISSPLIT` and the like) are left out.

use crate::article::{Article, DateOrigin, Dateline};
use crate::error::Result;
use crate::ingest::{Format, Input, Problem, Sink, Sureness, date, text};

/// The format; see the [module](self).
pub struct Reuters;

impl Format for Reuters {
    fn name(&self) -> &'static str {
        "reuters"
    }

    fn recognises(&self, _path: &str, head: &[u8]) -> Sureness {
        let begins = head.get(..2000.min(head.len())).unwrap_or(head);
        if memchr::memmem::find(begins, b"<REUTERS ").is_some() && memchr::memmem::find(begins, b"NEWID=").is_some() {
            Sureness::Sure
        } else {
            Sureness::No
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let path = input.path.clone();
        let decoded = text::decode(&input.whole()?, None);
        for (i, element) in elements(&decoded.text).enumerate() {
            let place = format!("{path}#{}", i + 1);
            if !element.contains("</REUTERS>") {
                sink.problem(Problem::doubt(&place, "the end of the article is missing"));
            }
            if opening(element).contains("UNPROC") {
                sink.problem(Problem::doubt(&place, "its text is not marked up and was not read beyond the first line"));
            }
            sink.article(article(place, element))?;
        }
        Ok(())
    }
}

/// The `<REUTERS …>…` stretches of a file.
fn elements(text: &str) -> impl Iterator<Item = &str> {
    text.split("<REUTERS").skip(1)
}

fn article(path: String, element: &str) -> Article {
    let head = element.split('>').next().unwrap_or("");
    let content = inside(element, "TEXT").unwrap_or("");
    let (dateline, cut) = inside(content, "DATELINE").map_or((None, String::new()), |d| split_dateline(&clean(d)));
    let mut body = inside(content, "BODY").map(clean).unwrap_or_default();
    if !cut.is_empty() && !body.is_empty() {
        // A word broken at the hyphen where the dateline was cut off grows together again.
        let broken = cut.ends_with('-') && !cut.ends_with(" -");
        body = format!("{cut}{}{body}", if broken { "" } else { " " });
    }
    let title = match inside(content, "TITLE") {
        Some(title) => Some(clean(title)),
        None if opening(element).contains("UNPROC") => clean(content).lines().find(|l| !l.trim().is_empty()).map(str::to_owned),
        None => None,
    };
    let published =
        inside(element, "DATE").and_then(|d| date::parse(clean(d).lines().next().unwrap_or("").split('\t').next().unwrap_or("")));
    Article {
        has_own_id: attribute(head, "NEWID").is_some(),
        id: attribute(head, "NEWID").map(|id| format!("reuters-{id}")).unwrap_or_default(),
        path,
        // The collection counts its records: one without a word is still one.
        title: Some(title.map(|t| text::one_line(&t)).unwrap_or_default()),
        byline: inside(content, "AUTHOR").map(|a| vec![clean(a).trim().to_owned()]).unwrap_or_default(),
        source: Some("Reuters".into()),
        language: Some("en".into()),
        published_from: published.is_some().then_some(DateOrigin::Field),
        published,
        dateline,
        tags: tags(element),
        body: unwrap(without_end_mark(&body)),
        ..Article::default()
    }
}

/// The attributes of `TEXT`, which say what kind of text it is.
fn opening(element: &str) -> &str {
    between(element, "<TEXT", ">").unwrap_or("")
}

/// What stands between `<name>` and `</name>`.
fn inside<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let start = text.find(&format!("<{name}>")).or_else(|| text.find(&format!("<{name} ")))?;
    let after = text.get(start..)?.split_once('>')?.1;
    Some(after.split(format!("</{name}>").as_str()).next().unwrap_or(after))
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split(to).next()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    between(tag, &format!(" {name}=\""), "\"").filter(|v| !v.is_empty()).map(str::to_owned)
}

/// References replaced, control characters of the teletype dropped.
fn clean(text: &str) -> String {
    text::decode_entities(text).chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect()
}

fn tags(element: &str) -> Vec<String> {
    let lists = [
        ("TOPICS", ""),
        ("PLACES", "places:"),
        ("PEOPLE", "people:"),
        ("ORGS", "orgs:"),
        ("EXCHANGES", "exchanges:"),
        ("COMPANIES", "companies:"),
    ];
    let mut tags = Vec::new();
    for (list, prefix) in lists {
        // `TOPICS` is also an attribute, `<TOPICS>` only the list.
        for item in inside(element, list).unwrap_or("").split("<D>").skip(1) {
            let item = clean(item.split("</D>").next().unwrap_or(""));
            tags.push(format!("{prefix}{}", item.trim()));
        }
    }
    tags
}

/// The dateline, and what of the first sentence went into it: whoever marked up the text cut it at the last dash of the line.
fn split_dateline(line: &str) -> (Option<Dateline>, String) {
    let line = text::one_line(line);
    let (head, rest) = line.split_once(" -").unwrap_or((line.trim_end_matches('-'), ""));
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim();
    match dateline_place(head) {
        Some(place) => (Some(Dateline { text: head.trim().to_owned(), place: Some(place) }), rest.to_owned()),
        None => (None, line),
    }
}

/// The town of `COSTA MESA, Calif., Feb 26`, if that is a place and a date.
fn dateline_place(head: &str) -> Option<String> {
    let (place, day) = head.rsplit_once(',')?;
    let month = day.trim().get(..3)?;
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let known = MONTHS.iter().any(|m| m.eq_ignore_ascii_case(month)) && day.contains(|c: char| c.is_ascii_digit());
    let named = place.trim().starts_with(|c: char| c.is_alphabetic()) && place.len() <= 60;
    let town = place.split(',').next().unwrap_or(place).trim();
    (known && named).then(|| date::ordinary_capitals(town))
}

fn without_end_mark(body: &str) -> &str {
    let body = body.trim_end();
    let without = ["Reuter", "REUTER", "reuter", "Reuters", "REUTERS"].iter().find_map(|mark| body.strip_suffix(mark));
    without.filter(|b| b.is_empty() || b.ends_with(char::is_whitespace)).map_or(body, str::trim_end)
}

/// Lines indented by four or more begin a paragraph, by fewer are rows of a table; all others go on with the line before.
fn unwrap(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    for line in body.lines() {
        let indent = line.len() - line.trim_start().len();
        let words = line.trim();
        if words.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str(match indent {
                0 => " ",
                1..=3 => "\n",
                _ => "\n\n",
            });
        }
        out.push_str(words);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{article, split_dateline, unwrap};

    #[test]
    fn datelines() {
        let (line, rest) = split_dateline("    PORT LOUIS, March 3 - ");
        let line = line.unwrap();
        assert_eq!((line.text.as_str(), line.place.as_deref(), rest.as_str()), ("PORT LOUIS, March 3", Some("Port Louis"), ""));
        let (line, rest) = split_dateline(" ORANGE GROVE, Calif., June 2 - The town's anti- ");
        assert_eq!((line.unwrap().place.as_deref(), rest.as_str()), (Some("Orange Grove"), "The town's anti-"));
        assert_eq!(split_dateline(" Mar   --- ---").0, None);
    }

    #[test]
    fn paragraphs() {
        assert_eq!(unwrap("One goes\non here.\n    Two begins\nanew.\n a  1\n b  2"), "One goes on here.\n\nTwo begins anew.\na  1\nb  2");
    }

    #[test]
    fn a_whole_article() {
        let element = concat!(
            " TOPICS=\"YES\" OLDID=\"9\" NEWID=\"77\">\n<DATE> 3-MAR-1987 09:18:23.67</DATE>\n<TOPICS><D>tin</D></TOPICS>\n",
            "<PLACES><D>bolivia</D></PLACES><PEOPLE></PEOPLE>\n<TEXT>&#2;\n<TITLE>MINE &lt;TIN.X> REOPENS\n</TITLE>\n",
            "<AUTHOR>    By Ada Kling, Reuters</AUTHOR>\n<DATELINE>    ORURO, March 3 - A long-</DATELINE><BODY>closed mine reopened.\n",
            "    It will hire.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>"
        );
        let a = article("x.sgm#1".into(), element);
        assert_eq!((a.id.as_str(), a.title.as_deref()), ("reuters-77", Some("MINE <TIN.X> REOPENS")));
        assert_eq!((a.byline, a.tags), (vec!["By Ada Kling, Reuters".to_owned()], vec!["tin".to_owned(), "places:bolivia".to_owned()]));
        assert_eq!(a.body, "A long-closed mine reopened.\n\nIt will hire.");
        assert_eq!(a.published.as_deref(), Some("1987-03-03T09:18:23"));
    }
}
