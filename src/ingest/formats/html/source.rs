//! What is read in the source of a page, without its tree.

use memchr::memmem;
use std::borrow::Cow;

/// The page without the toolbar that the Wayback Machine puts in.
pub(super) fn without_toolbar(html: &str) -> Cow<'_, str> {
    let find = |html: &str, mark: &str| memmem::find(html.as_bytes(), mark.as_bytes());
    let toolbar = find(html, "<!-- BEGIN WAYBACK TOOLBAR INSERT -->").map(|start| html.split_at(start));
    match toolbar.and_then(|(before, rest)| Some((before, &rest[find(rest, "<!-- END WAYBACK TOOLBAR INSERT -->")?..]))) {
        Some((before, behind)) => Cow::Owned(format!("{before}{behind}")),
        None => Cow::Borrowed(html),
    }
}

/// What stands between the end of the tag `open` (`<title`) and `close`, case aside.
pub(super) fn between<'a>(html: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let low = html.to_ascii_lowercase();
    let start = low.find(open)?;
    let start = start + low[start..].find('>')? + 1;
    let end = start + low[start..].find(close)?;
    html.get(start..end)
}
