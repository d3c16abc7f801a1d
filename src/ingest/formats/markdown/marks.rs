//! Markdown without its marks.

use crate::ingest::text::html_to_text;

/// The first heading, if the text begins with one, and the rest.
pub(super) fn heading(text: &str) -> (Option<String>, &str) {
    let trimmed = text.trim_start();
    let (line, rest) = trimmed.split_once('\n').unwrap_or((trimmed, ""));
    if let Some(heading) = line.strip_prefix("# ") {
        return (Some(inline(heading.trim().trim_end_matches('#').trim())), rest);
    }
    // Underlined with `=`.
    let (under, behind) = rest.split_once('\n').unwrap_or((rest, ""));
    if under.len() >= 3 && under.trim_end().bytes().all(|b| b == b'=') && !line.trim().is_empty() {
        return (Some(inline(line.trim())), behind);
    }
    (None, text)
}

/// The text of a source: blocks apart by blank lines, without marks.
pub(super) fn plain(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut fence: Option<&str> = None;
    for line in source.lines() {
        let trimmed = line.trim();
        let mark = ["```", "~~~"].into_iter().find(|f| trimmed.starts_with(f));
        match (fence, mark) {
            (None, Some(f)) => fence = Some(f),
            (Some(open), Some(f)) if open == f => fence = None,
            (Some(_), _) => {}
            (None, None) => push_line(&mut out, trimmed),
        }
        if mark.is_some() {
            out.push('\n');
        }
    }
    if out.contains('<') { inline_html(&out) } else { out }
}

fn push_line(out: &mut String, line: &str) {
    let is_rule = line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | ' ')) && line.chars().any(|c| c != ' ');
    let is_reference = line.starts_with('[') && line.contains("]: ") && !line.starts_with("[^");
    let is_table_rule = line.starts_with('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    if line.is_empty() || is_rule || is_reference || is_table_rule {
        out.push('\n');
        return;
    }
    let bare = line.trim_start_matches(['>', ' ']);
    let heading = bare.starts_with('#') && bare.trim_start_matches('#').starts_with(' ');
    let text = if heading { bare.trim_matches('#').trim() } else { bare };
    let item = without_bullet(text);
    if heading || item.is_some() {
        out.push('\n');
    }
    out.push_str(&inline(item.unwrap_or(text)));
    out.push('\n');
    if heading {
        out.push('\n');
    }
}

fn without_bullet(line: &str) -> Option<&str> {
    let bullet = ["- ", "* ", "+ "].iter().find_map(|b| line.strip_prefix(b));
    bullet.or_else(|| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&digits).then(|| line[digits..].strip_prefix(". ").or_else(|| line[digits..].strip_prefix(") "))).flatten()
    })
}

/// A line without marks of emphasis, code, links and pictures.
pub(super) fn inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['*', '_', '`', '[', '!', '\\', '<', '~']) {
        out.push_str(&rest[..at]);
        let before = out.chars().next_back();
        rest = &rest[at..];
        let len = match rest.as_bytes() {
            [b'\\', b, ..] if b.is_ascii_punctuation() => {
                out.push(char::from(*b));
                2
            }
            [b'!', b'[', ..] => link(&rest[1..]).map_or_else(|| literal(&mut out, rest), |(_, len)| len + 1),
            [b'[', ..] => match link(rest) {
                Some((text, len)) => {
                    out.push_str(&inline(text));
                    len
                }
                None => literal(&mut out, rest),
            },
            [b'<', ..] => match near(rest, b'>').filter(|end| rest[1..*end].contains("://") && !rest[1..*end].contains(' ')) {
                Some(end) => {
                    out.push_str(&rest[1..end]);
                    end + 1
                }
                None => literal(&mut out, rest),
            },
            [b'~', b'~', ..] => 2,
            [b'`', ..] => 1,
            [b'*', ..] => emphasis(rest, before, &mut out),
            // `_` inside words is no mark.
            [b'_', next @ ..] if !(before.is_some_and(char::is_alphanumeric) && next.first().is_some_and(u8::is_ascii_alphanumeric)) => {
                emphasis(rest, before, &mut out)
            }
            _ => literal(&mut out, rest),
        };
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

fn literal(out: &mut String, rest: &str) -> usize {
    let Some(c) = rest.chars().next() else { return 0 };
    out.push(c);
    c.len_utf8()
}

/// Marks of emphasis touch a word on one side; alone between spaces they are themselves.
fn emphasis(rest: &str, before: Option<char>, out: &mut String) -> usize {
    let mark = rest.as_bytes()[0];
    let len = rest.bytes().take_while(|b| *b == mark).count();
    let open = rest[len..].chars().next().is_some_and(|c| !c.is_whitespace());
    let close = before.is_some_and(|c| !c.is_whitespace());
    if !open && !close {
        out.push_str(&rest[..len]);
    }
    len
}

/// `[text](address)` or `[text][name]`: its text, and the length of all.
fn link(rest: &str) -> Option<(&str, usize)> {
    let mut depth = 0usize;
    let end = rest.char_indices().take(2000).find_map(|(i, c)| {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(i)
    })?;
    let text = rest.get(1..end)?;
    let behind = &rest[end + 1..];
    let close = match behind.as_bytes().first() {
        Some(b'(') => near(behind, b')')?,
        Some(b'[') => near(behind, b']')?,
        _ if text.starts_with('^') => return Some(("", end + 1)),
        _ => return None,
    };
    Some((text, end + 1 + close + 1))
}

/// Where a mark is, if within the longest address there may be.
fn near(text: &str, mark: u8) -> Option<usize> {
    memchr::memchr(mark, &text.as_bytes()[..text.len().min(4000)])
}

/// The text of what HTML a source holds; its line ends are kept.
fn inline_html(text: &str) -> String {
    let blocks: Vec<String> =
        text.split("\n\n").map(|block| if block.contains('<') { html_to_text(block) } else { block.to_owned() }).collect();
    blocks.join("\n\n")
}
