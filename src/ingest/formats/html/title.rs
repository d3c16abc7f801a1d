//! The headline of a page, without the name of the site.

use super::page::Page;
use crate::ingest::text::{letters, one_line, one_line_of_html};
use dom_query::Document;

/// What stands between a headline and the name of a site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " « ", " / ", " ‹ ", " > ", ": "];

/// The headline: the `h1` that the page's own titles confirm; else its title without the name of the site.
pub(super) fn of(page: &Page<'_>, document: &Document, site: Option<&str>) -> Option<String> {
    let element = document.select_single("title").text();
    let element = one_line(&element);
    let social = page
        .meta(&["og:title", "twitter:title", "sailthru.title", "parsely-title", "dc.title", "dcterms.title", "title"])
        .map(one_line_of_html);
    let headline = page.ld_text("headline").or_else(|| page.ld_text("name")).map(|h| one_line_of_html(&h));
    let claims: Vec<String> = [headline, social, Some(element)].into_iter().flatten().filter(|c| !c.is_empty()).collect();
    let headings: Vec<&String> = page.headings.iter().filter(|h| !h.is_empty() && h.len() <= 400).collect();
    let confirmed = headings.iter().filter(|h| letters(h).len() >= 8 || h.contains(' ')).find(|h| {
        let bare = letters(h);
        !bare.is_empty() && site.is_none_or(|s| letters(s) != bare) && claims.iter().any(|c| letters(c).contains(&bare))
    });
    if let Some(heading) = confirmed {
        return Some((*heading).clone());
    }
    let claimed = claims.iter().map(|c| without_site(c, site)).find(|c| !c.is_empty());
    let only = if headings.len() == 1 { headings.first().map(|h| (*h).clone()) } else { None };
    claimed.or(only)
}

/// The title as it stands above the text, where that is part of `title`: pages without `h1` print it so.
pub(super) fn confirmed_by(body: &str, title: String) -> String {
    let first = body.split("\n\n").next().unwrap_or("");
    let (whole, part) = (letters(&title), letters(first));
    let fits = first.len() < title.len() && part.len() * 2 >= whole.len() && whole.contains(&part);
    let cut = SEPARATORS.iter().any(|s| title.contains(s));
    if fits && cut && body.len() > first.len() { first.to_owned() } else { title }
}

/// `Bridge closed | The Paper` is `Bridge closed` when the site is called so, or when that part is short beside the rest.
fn without_site(title: &str, site: Option<&str>) -> String {
    let site = site.map(letters).unwrap_or_default();
    let mut rest = title;
    loop {
        let cut = SEPARATORS.iter().filter_map(|s| rest.rfind(s).map(|at| (at, *s))).filter(|(_, s)| *s != ": ").max_by_key(|(at, _)| *at);
        let Some((at, separator)) = cut else { break };
        let (before, after) = (&rest[..at], &rest[at + separator.len()..]);
        let name = letters(after);
        let is_site = !site.is_empty() && (site.contains(&name) || name.contains(&site));
        let is_short = separator == " | " && after.split(' ').count() <= 4 && before.split(' ').count() >= 3;
        if !is_site && !is_short {
            break;
        }
        rest = before;
    }
    if let Some((before, after)) = SEPARATORS.iter().find_map(|s| rest.split_once(s))
        && !site.is_empty()
        && letters(before) == site
        && rest == title
    {
        rest = after;
    }
    rest.trim().to_owned()
}
