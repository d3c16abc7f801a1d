//! What a header says behind its value: `; name="a; b.txt"; charset=utf-8` (RFC 2045), also in several pieces and in other
//! characters, `filename*0*=utf-8''caf%C3%A9` (RFC 2231).

use crate::ingest::text::{decode, percent_decoded};

/// The parameter called `name` of a header's value; what is written in other characters goes before what stands in for it.
pub(super) fn parameter(header: &str, name: &str) -> Option<String> {
    let all = parameters(header);
    let called = |key: &str| all.iter().find(|(other, _)| *other == key).map(|(_, value)| value.as_str());
    if let Some(value) = called(&format!("{name}*")) {
        return Some(coded(&[(value, true)]));
    }
    let piece = |n: usize| {
        let is_coded = called(&format!("{name}*{n}*")).map(|value| (value, true));
        is_coded.or_else(|| Some((called(&format!("{name}*{n}"))?, false)))
    };
    let pieces: Vec<(&str, bool)> = (0..all.len()).map_while(piece).collect();
    if pieces.is_empty() { called(name).map(str::to_owned) } else { Some(coded(&pieces)) }
}

/// All parameters, names in lower case.
fn parameters(header: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut rest = header;
    while let Some((_, behind)) = rest.split_once(';') {
        let Some(end) = behind.find(['=', ';']).filter(|end| behind[*end..].starts_with('=')) else {
            rest = behind;
            continue;
        };
        let key = behind[..end].trim().to_ascii_lowercase();
        let given = behind[end + 1..].trim_start();
        let (value, after) = quoted(given).unwrap_or_else(|| plain(given));
        all.push((key, value));
        rest = after;
    }
    all
}

/// A value between quotation marks that are closed, and what follows.
fn quoted(given: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = given.strip_prefix('"')?.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, &given[at + 2..])),
            // In the names of files of Windows it stands for itself.
            '\\' if chars.as_str().starts_with(['"', '\\']) => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    None
}

/// A value up to the next parameter, without a remark behind it.
fn plain(given: &str) -> (String, &str) {
    let (value, after) = given.split_at(given.find(';').unwrap_or(given.len()));
    let value = value.find(" (").filter(|_| value.trim_end().ends_with(')')).map_or(value, |at| &value[..at]);
    (value.trim().trim_matches('"').to_owned(), after)
}

/// Pieces of a value, those that are coded as `charset'language'percent%20coded`: the first of them names the characters.
fn coded(pieces: &[(&str, bool)]) -> String {
    let (mut bytes, mut charset) = (Vec::new(), None);
    for (n, (piece, is_coded)) in pieces.iter().enumerate() {
        let mut parts = piece.splitn(3, '\'');
        let text = match (n, is_coded, parts.next(), parts.next(), parts.next()) {
            (0, true, Some(named), Some(_), Some(text)) => {
                charset = Some(named);
                text
            }
            _ => piece,
        };
        if *is_coded { bytes.extend(percent_decoded(text)) } else { bytes.extend(text.bytes()) }
    }
    decode(&bytes, charset).text
}

#[cfg(test)]
mod tests {
    use super::parameter;

    #[test]
    fn parameters_are_read_as_mailers_write_them() {
        let check = |header: &str, name: &str, value: Option<&str>| assert_eq!(parameter(header, name).as_deref(), value, "{header}");
        check("text/plain; charset=utf-8", "charset", Some("utf-8"));
        check("text/plain; Charset = \"utf-8\" ; format=flowed", "charset", Some("utf-8"));
        check("text/plain; charset=us-ascii (plain text)", "charset", Some("us-ascii"));
        check("text/plain; charset=\"utf-8", "charset", Some("utf-8"));
        check("multipart/mixed; boundary=\"a;b=c\"; type=x", "boundary", Some("a;b=c"));
        check("attachment; filename=\"a \\\"b\\\"; c.txt\"; size=3", "filename", Some("a \"b\"; c.txt"));
        check("attachment; filename=\"C:\\new\\pier.txt\"", "filename", Some("C:\\new\\pier.txt"));
        check("attachment; filename=pier (1).txt", "filename", Some("pier (1).txt"));
        check("attachment; filename=\"caf_.txt\"; filename*=utf-8'fr'caf%C3%A9.txt", "filename", Some("café.txt"));
        check("attachment; filename*0*=iso-8859-1''caf%E9%20; filename*1=\"100%25.txt\"", "filename", Some("café 100%25.txt"));
        check("attachment; filename*0=\"a lo\"; filename*1=\"ng name\"", "filename", Some("a long name"));
        check("attachment; filename", "filename", None);
        check("text/plain", "charset", None);
        check("text/plain; ; =; charset=", "charset", Some(""));
    }
}
