//! `-T '{date} {title}'`: a hit as one's own line.

use crate::archive::{self, Answer};
use crate::error::{Error, Kind, Result};
use crate::query::Target;
use crate::words;

/// A line with places for what a hit has.
#[derive(Clone, Debug)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Text(String),
    /// A column of the table of hits.
    Column(usize),
    /// The file, each of whose spaces counts.
    Path,
    /// The day of publication.
    Day,
    Score,
    /// The sentences that match.
    Snippet,
}

impl Template {
    /// Reads a template: `{name}` is a column of `--csv`, `{date}`, `{score}` or `{snippet}`; `\t`, `\n` and `\0` are a tab, a
    /// new line and a zero byte, `{{` a brace.
    ///
    /// # Errors
    ///
    /// When it names what hits do not have.
    pub fn read(text: &str, target: Target) -> Result<Template> {
        let columns: &[&str] = if target == Target::Quotes { &archive::QUOTES } else { &archive::ARTICLES };
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '\\' => {
                    let next = rest.chars().next();
                    rest = &rest[next.map_or(0, char::len_utf8)..];
                    plain.extend(match next {
                        Some('t') => Some('\t'),
                        Some('n') => Some('\n'),
                        Some('0') => Some('\0'),
                        other => other.or(Some('\\')),
                    });
                }
                '{' if rest.starts_with('{') => {
                    rest = &rest[1..];
                    plain.push('{');
                }
                '{' => {
                    let Some((name, behind)) = rest.split_once('}') else {
                        return Err(Error::new(Kind::Usage, format!("`{{{rest}` is never closed")));
                    };
                    rest = behind;
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                    parts.push(part(name.trim(), columns)?);
                }
                c => plain.push(c),
            }
        }
        parts.push(Part::Text(plain));
        Ok(Template { parts })
    }

    /// The line of a hit.
    pub fn line(&self, answer: &Answer) -> String {
        let cells = archive::cells(answer);
        let mut line = String::new();
        for part in &self.parts {
            match (part, answer) {
                (Part::Text(text), _) => line.push_str(text),
                (Part::Column(at), _) => line.push_str(&one_line(cells.get(*at).map_or("", String::as_str))),
                (Part::Path, _) => line.push_str(&super::safe(answer.path()).replace('\n', "\u{fffd}")),
                (Part::Day, _) => line.push_str(cells.get(1).map_or("", |d| d.get(..10).unwrap_or(d))),
                (Part::Score, Answer::Article(hit)) => line.push_str(&format!("{:.3}", hit.score)),
                (Part::Score, Answer::Quote(hit)) => line.push_str(&format!("{:.3}", hit.score)),
                (Part::Snippet, Answer::Article(hit)) => {
                    let texts: Vec<&str> = hit.snippets.iter().map(|s| s.text.as_str()).collect();
                    line.push_str(&one_line(&texts.join(" … ")));
                }
                (Part::Snippet, Answer::Quote(hit)) => line.push_str(&one_line(&hit.text)),
            }
        }
        line
    }
}

fn part(name: &str, columns: &[&str]) -> Result<Part> {
    match name {
        "date" => return Ok(Part::Day),
        "path" => return Ok(Part::Path),
        "score" => return Ok(Part::Score),
        "snippet" => return Ok(Part::Snippet),
        _ => {}
    }
    columns.iter().position(|c| *c == name).map(Part::Column).ok_or_else(|| {
        Error::new(Kind::Usage, format!("hits have no `{name}`"))
            .with_hint(format!("a template may name date, score, snippet, {}", columns.join(", ")))
    })
}

fn one_line(text: &str) -> String {
    super::safe(&words::one_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hits_do_not_have_is_named() {
        assert!(Template::read("{date}\\t{{{title}}", Target::Articles).is_ok());
        let error = Template::read("{headline}", Target::Articles).unwrap_err();
        assert!(error.to_string().contains("`headline`") && error.hint().unwrap().contains("title"), "{error}");
        assert!(Template::read("{title", Target::Articles).is_err());
    }
}
