//! What is read in the source of a page, without its tree.

use memchr::memmem;
use std::borrow::Cow;

/// The page without the toolbar that the Wayback Machine puts in.
pub(super) fn without_toolbar(html: &str) -> Cow<'_, str> {
    let find = |mark: &str| memmem::find(html.as_bytes(), mark.as_bytes());
    match (find("<!-- BEGIN WAYBACK TOOLBAR INSERT -->"), find("<!-- END WAYBACK TOOLBAR INSERT -->")) {
        (Some(start), Some(end)) if start < end => Cow::Owned(format!("{}{}", &html[..start], &html[end..])),
        _ => Cow::Borrowed(html),
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
