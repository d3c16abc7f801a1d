//! How to ask, and which keys there are: made from the tables of operators and fields.

use super::frame::Page;
use super::view::View;
use crate::field::FIELDS;
use crate::query::OPERATORS;
use crate::serve::ask::Ask;
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};

/// A key and what it does.
pub struct Key {
    /// What the script calls it; empty where it is no single key, which cannot be laid elsewhere.
    pub action: &'static str,
    /// The key.
    pub key: &'static str,
    /// What it does.
    pub does: &'static str,
}

const fn key(action: &'static str, key: &'static str, does: &'static str) -> Key {
    Key { action, key, does }
}

/// The keys that `keys.js` listens to.
pub static KEYS: [Key; 30] = [
    key("search", "/", "to the search box"),
    key("next", "j", "next hit (or ↓ in the list)"),
    key("previous", "k", "hit before (or ↑ in the list)"),
    key("open", "o", "open in the reader (or Enter); in the reader, the whole page"),
    key("close", "u", "back to the hits, close the reader (or Esc)"),
    key("match", "n", "next match in the reader"),
    key("match-before", "N", "match before"),
    key("quote", "e", "next quote in the reader"),
    key("quote-before", "E", "quote before"),
    key("select", "x", "select a hit, or no longer"),
    key("copy", "c", "copy the quote or article with its source; what is selected, if anything is"),
    key("tag", "s", "tag the article in the reader, or write a note on it"),
    key("seen", "m", "mark the article in the reader as seen; else take what a saved search has found for seen"),
    key("facets", "f", "to the facets"),
    key("exclude", "-", "on a value: exclude it"),
    key("timeline", "t", "to the timeline: arrows move, Shift and arrows widen, Enter narrows"),
    key("page-before", "[", "page before"),
    key("page-next", "]", "next page"),
    key("save", "S", "save this search"),
    key("alert", "A", "be told of what this search finds"),
    key("last-saved", ".", "the search saved last"),
    key("help", "?", "the keys"),
    key("", "g then a, q, p", "articles, quotes, the person who speaks"),
    key("", "g then s, c, n", "saved, coverage, names"),
    key("", "Ctrl-K, ⌘-K", "all commands, by their words"),
    key("", "Ctrl-/, ⌘-/", "in the search box: the fields"),
    key("", "↓, ↑, Enter", "in the search box: choose what is offered"),
    key("", "Alt-↑, Alt-↓", "in the search box: what was asked before"),
    key("", "Ctrl-Enter, ⌘-Enter", "search"),
    key("", "y, n, u, z", "on a pair of names: they are one, are two, unsure; undo"),
];

/// A text with what stands between backticks as code.
pub fn ticks(text: &str) -> Markup {
    html! { @for (i, part) in text.split('`').enumerate() { @if i % 2 == 1 { code { (part) } } @else { (part) } } }
}

pub fn page(shared: &Shared, _: &Ask) -> Answered<Markup> {
    let view = View::all();
    let body = html! {
        main #main .help {
            h1 { "How to ask" }
            p.lead { "Words must all occur. Words in small letters find their inflections; words with a capital or in quotation marks are as they stand." }
            h2 #operators { "Operators" }
            table.operators {
                thead { tr { th scope="col" { "write" } th scope="col" { "meaning" } } }
                tbody { @for o in OPERATORS { tr { td { code { (o.example) } } td { (ticks(o.meaning)) } } } }
            }
            h2 #fields { "Fields" }
            div.scroll tabindex="0" role="region" aria-label="Fields" {
                table.operators {
                    thead { tr { th scope="col" { "field" } th scope="col" { "example" } th scope="col" { "finds" } th scope="col" { "also" } } }
                    tbody { @for f in FIELDS { tr { th scope="row" { code { (f.name) } } td { code { (f.example) } } td { (ticks(f.help)) } td.faint { (f.aliases.join(" ")) } } } }
                }
            }
            h2 #keys { "Keys" }
            p { "Single keys are off while you type. " span.js { "Each can be laid on another key, here and for this browser." } }
            form.js.keys {
                label { input type="checkbox" #nokeys; " No single keys at all" }
                label { input type="checkbox" #brackets; " Brackets around matches, beside their colour" }
                button #usual type="button" { "All keys as they were" }
            }
            table.operators {
                thead { tr { th scope="col" { "key" } th scope="col" { "does" } } }
                tbody { @for k in &KEYS { tr { td { kbd data-action=[(!k.action.is_empty()).then_some(k.action)] { (k.key) } } td { (k.does) } } } }
            }
            h2 #api { "For programs" }
            p { "Everything here is an API too: " code { "/api/v1/search?q=flood" } ", the same for " code { "quotes" } ", " code { "facets" } ", " code { "timeline" } " and more, as JSON, JSON Lines or CSV by " code { "Accept" } ". It is described at " a href="/openapi.json" { "/openapi.json" } "." }
        }
    };
    Ok(Page { title: "How to ask", path: "/help", view: &view, skips: &[("#main", "the tables")] }.around(shared, body))
}
