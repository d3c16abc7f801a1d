//! What scrapers and page savers leave around an article: its title again, share buttons, tag lists, invitations.

/// Lines that are no part of an article when they stand alone at its end, lower case, without punctuation at their end.
const LEFTOVER_LINES: &[&str] = &[
    "tags",
    "tag",
    "topics",
    "related topics",
    "share",
    "share this",
    "share this article",
    "share this story",
    "share on facebook",
    "share on twitter",
    "tweet",
    "email",
    "print",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "reddit",
    "pinterest",
    "copy link",
    "read more",
    "read next",
    "related",
    "related articles",
    "related stories",
    "related posts",
    "related news",
    "related content",
    "related coverage",
    "more on this story",
    "more from this author",
    "recommended",
    "recommended for you",
    "you may also like",
    "you might also like",
    "most popular",
    "most read",
    "trending",
    "trending now",
    "advertisement",
    "advert",
    "ad",
    "sponsored",
    "promoted",
    "story continues below advertisement",
    "article continues below advertisement",
    "comments",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "view comments",
    "join the conversation",
    "subscribe",
    "subscribe now",
    "sign up",
    "newsletter",
    "follow us",
    "follow",
    "loading",
    "close",
    "menu",
    "back to top",
    "like this",
    "like loading",
    "next article",
    "previous article",
    "next",
    "previous",
    "see also",
    "don't miss",
    "editor's picks",
    "unsubscribe",
    "manage preferences",
    "update your preferences",
    "update preferences",
    "email preferences",
    "privacy policy",
    "view in browser",
    "view this email in your browser",
    "forward to a friend",
    "section menu | main menu",
    "| section menu | main menu",
    "report a typo",
    "save",
    "reprints",
    "-30-",
    "30",
    "###",
    "#",
    "ends",
    "end",
    "* * *",
];

/// Beginnings of such lines, lower case; the line must be short.
const LEFTOVER_STARTS: &[&str] = &[
    "sign up for ",
    "sign up to ",
    "subscribe to ",
    "subscribe for ",
    "share this",
    "share on ",
    "follow us on ",
    "follow @",
    "read more:",
    "read more at ",
    "read also:",
    "also read:",
    "related:",
    "related stories:",
    "read next:",
    "see also:",
    "tags:",
    "tagged:",
    "topics:",
    "filed under:",
    "advertisement",
    "click here to ",
    "get the latest ",
    "download our app",
    "download the ",
    "like us on ",
    "join our ",
    "this article was originally published on ",
    "copyright ©",
    "copyright (c)",
    "© ",
    "all rights reserved",
    "leave a comment",
    "enter your email",
    "thank you for reading",
    "photo credit",
    "image credit",
    "watch:",
    "unsubscribe ",
    "this article was downloaded by calibre",
    "you are receiving this email because ",
    "you received this email because ",
    "you're receiving this email because ",
    "more:",
];

/// Longest line a [`LEFTOVER_STARTS`] beginning condemns.
const SHORT: usize = 160;

/// `body` without its title repeated as its first paragraphs and without leftover lines at its end; `body` must be in the
/// form [`super::paragraphs`] gives.
///
/// # Example
///
/// ```
/// use morgue::ingest::text::strip_leftovers;
/// assert_eq!(strip_leftovers(Some("Rain"), "Rain\n\nRain\n\nIt rained.\n\nTags"), "It rained.");
/// ```
pub fn strip_leftovers(title: Option<&str>, body: &str) -> String {
    without_end(without_title(title, body)).trim().to_owned()
}

fn without_title<'a>(title: Option<&str>, body: &'a str) -> &'a str {
    let Some(title) = title.map(letters).filter(|t| !t.is_empty()) else { return body };
    let mut rest = body;
    loop {
        let (first, behind) = rest.split_once("\n\n").unwrap_or((rest, ""));
        // A body that is nothing but its title stays.
        if behind.is_empty() || !each_letter(first).eq(title.chars()) {
            return rest;
        }
        rest = behind;
    }
}

fn without_end(body: &str) -> &str {
    let mut rest = body.trim_end();
    loop {
        let (before, last) = rest.rsplit_once("\n\n").unwrap_or(("", rest));
        if before.is_empty() || !is_leftover(last) {
            return rest;
        }
        rest = before.trim_end();
    }
}

/// Whether a paragraph is no part of an article when it stands at the end or between others.
pub(in crate::ingest) fn is_leftover(paragraph: &str) -> bool {
    if paragraph.len() > SHORT {
        return false;
    }
    let low = paragraph.trim().to_lowercase().replace('’', "'");
    let bare = low.trim_end_matches(['.', ':', '!', '…', '»', '>', '|', ' ']);
    if bare.is_empty() || !bare.chars().any(char::is_alphanumeric) {
        return true;
    }
    if (low.contains('©') || low.contains("(c) 20") || low.contains("(c) 19"))
        && low.contains(|c: char| c.is_ascii_digit())
        && !low.contains(['"', '“'])
    {
        return true;
    }
    // How an agency signs off: `==Kyodo`.
    if low.starts_with("==") && low.split_whitespace().count() <= 3 {
        return true;
    }
    // The beginnings are whole sentences of their own; an article that ends so in running text goes on after them.
    (low.starts_with("the post ") && low.contains("appeared first on"))
        || LEFTOVER_LINES.contains(&bare)
        || LEFTOVER_STARTS.iter().any(|s| low.starts_with(s))
}

/// The letters and digits of a line in lower case: how two spellings of a title are compared.
pub(in crate::ingest) fn letters(line: &str) -> String {
    each_letter(line).collect()
}

fn each_letter(line: &str) -> impl Iterator<Item = char> {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
