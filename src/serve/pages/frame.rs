//! What every page has: the masthead with its search box, the way to the other pages, the line at the foot.

use super::help::KEYS;
use super::view::View;
use crate::archive::counted_name;
pub use crate::archive::{count as plural, number};
use crate::query::Target;
use crate::serve::assets::{ICON, SCRIPTS, STYLE};
use crate::serve::state::Shared;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The pages of the masthead: address, name.
pub const PAGES: [(&str, &str); 6] = [
    ("/saved", "Saved"),
    ("/compare", "Compare"),
    ("/coverage", "Coverage"),
    ("/names", "Names"),
    ("/ingest", "Ingest"),
    ("/help", "Help"),
];

/// A page.
pub struct Page<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its path, to show where one is.
    pub path: &'a str,
    /// What the search box holds.
    pub view: &'a View,
    /// Links past the masthead: target, name.
    pub skips: &'a [(&'a str, &'a str)],
}

impl Page<'_> {
    /// The page around `body`.
    pub fn around(&self, shared: &Shared, body: Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · morgue" }
                    link rel="stylesheet" href=(STYLE.address);
                    link rel="icon" href=(ICON.address) type="image/svg+xml";
                    @for script in &*SCRIPTS { script src=(script.address) defer {} }
                }
                body {
                    nav.skips aria-label="Skip" {
                        @for (target, name) in self.skips { a href=(target) { "Skip to " (name) } }
                    }
                    (self.masthead(shared))
                    (body)
                    footer.foot {
                        p { "morgue " (env!("CARGO_PKG_VERSION")) " · " a href="/help" { "how to ask" } " · " a href="/help#keys" { "keys" } " · " a href="/openapi.json" { "API" } }
                    }
                    p #said .sr role="status" aria-live="polite" {}
                    (palette())
                }
            }
        }
    }

    fn masthead(&self, shared: &Shared) -> Markup {
        let name = shared.home.root.file_name().map_or_else(|| "archive".into(), |n| n.to_string_lossy().into_owned());
        html! {
            header.masthead {
                div.plate {
                    a.brand href="/" { "morgue" }
                    span.of { bdi { (name) } }
                    nav.pages aria-label="Pages" {
                        @for (path, name) in PAGES {
                            a href=(path) aria-current=[(path == self.path).then_some("page")] { (name) }
                        }
                    }
                }
                (self.search())
            }
        }
    }

    /// The search box. What is chosen beside it goes along, what is open does not.
    fn search(&self) -> Markup {
        let view = self.view.with(|_| ());
        html! {
            form.ask role="search" action="/" method="get" {
                label.sr for="q" { "Search the archive" }
                input #q type="search" name="q" value=(view.q) placeholder="who said what, where and when" autocomplete="off" spellcheck="false" enterkeyhint="search" aria-describedby="reading";
                // Enter presses the first button of a form: what was looked for is looked for again.
                button.sr type="submit" name="what" value=(counted_name(view.what)) tabindex="-1" aria-hidden="true" { "Search" }
                @for (name, value) in view.parameters() {
                    @if name != "q" && name != "what" { input type="hidden" name=(name) value=(value); }
                }
                div.kinds role="group" aria-label="Look for" {
                    button type="submit" name="what" value="articles" aria-pressed=(view.what == Target::Articles) { "Articles" }
                    button type="submit" name="what" value="quotes" aria-pressed=(view.what == Target::Quotes) { "Quotes" }
                }
            }
        }
    }
}

/// What can be done from anywhere, for the script to open on Ctrl-K; a dialog that is not opened is not there.
fn palette() -> Markup {
    html! {
        dialog #palette aria-label="Commands" {
            input type="text" role="combobox" aria-expanded="true" aria-controls="commands" aria-autocomplete="list" aria-label="Command" placeholder="go to, or do" autocomplete="off";
            ul #commands role="listbox" aria-label="Commands" {
                @for (i, (path, name)) in PAGES.iter().enumerate() { li #{ "go" (i) } role="option" data-go=(path) { (name) } }
                @for key in KEYS.iter().filter(|k| !k.action.is_empty()) { li #{ "do-" (key.action) } role="option" data-do=(key.action) { (key.does) " " kbd { (key.key) } } }
            }
        }
    }
}

/// `n things`, or `1 thing`.
pub fn count(n: u64, one: &str) -> String {
    plural(n, one, &format!("{one}s"))
}

/// `words` as a sentence begins.
pub fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// `text` with its `marks` (code points, sorted) marked; everything else of it escaped.
pub fn marked(text: &str, marks: &[(u32, u32)]) -> Markup {
    let offsets = crate::article::Offsets::of(text);
    let mut at = 0;
    let mut out = String::new();
    for (start, end) in marks {
        let (start, end) = (offsets.byte(*start), offsets.byte(*end));
        if start < at || end > text.len() {
            continue;
        }
        let (before, hit) = (&text[at..start], &text[start..end]);
        out.push_str(&html! { (before) mark { (hit) } }.into_string());
        at = end;
    }
    let rest = &text[at..];
    out.push_str(&html! { (rest) }.into_string());
    PreEscaped(out)
}

/// A reading (`articles in which *flood* occurs`) with what stands between asterisks emphasised, and patterns between backticks as
/// they are.
pub fn reading(text: &str) -> Markup {
    let emphasised = |text: &str| {
        html! { @for (i, part) in text.split('*').enumerate() { @if i % 2 == 1 && !part.is_empty() { em { (part) } } @else { (part) } } }
    };
    html! { @for (i, part) in text.split('`').enumerate() { @if i % 2 == 1 { code { (part) } } @else { (emphasised(part)) } } }
}

/// Day of a date, for people: `24 Mar 2010`; as it stands when it is no day.
pub fn day(published: Option<&str>) -> String {
    let Some(text) = published else { return "no date".to_owned() };
    let parsed = text.get(..10).and_then(|d| d.parse::<jiff::civil::Date>().ok());
    parsed.map_or_else(|| text.to_owned(), |d| d.strftime("%-d %b %Y").to_string())
}

/// Hidden inputs that carry a view along in a form.
pub fn carried(view: &View) -> Markup {
    html! { @for (name, value) in view.parameters() { input type="hidden" name=(name) value=(value); } }
}

/// The hidden input that shows a form to be ours.
pub fn key(shared: &Shared) -> Markup {
    html! { input type="hidden" name="key" value=(shared.secret); }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_pattern_keeps_its_asterisks() {
        let html = super::reading("articles in which *flood* occurs, from `*fox*`").into_string();
        assert_eq!(html, "articles in which <em>flood</em> occurs, from <code>*fox*</code>");
    }
}
