//! How to ask, and which keys there are: made from the tables of operators and fields.

use super::frame::Page;
use super::view::View;
use crate::field::FIELDS;
use crate::query::OPERATORS;
use crate::serve::ask::Ask;
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use maud::{Markup, html};

/// The keys that `morgue.js` listens to.
pub const KEYS: [(&str, &str); 17] = [
    ("/", "to the search box"),
    ("j or ↓", "next hit"),
    ("k or ↑", "hit before"),
    ("Enter or o", "open in the reader; in the reader, the whole page"),
    ("u or Esc", "back to the hits, close the reader"),
    ("n, N", "next match, match before"),
    ("e, E", "next quote, quote before"),
    ("c", "copy the quote with its source"),
    ("f", "to the facets"),
    ("- on a value", "exclude it"),
    ("t", "to the timeline: arrows move, Shift and arrows widen, Enter narrows"),
    ("[, ]", "page before, next page"),
    ("g then a, q, s, c, n", "articles, quotes, saved, coverage, names"),
    ("S", "save this search"),
    (".", "the search saved last"),
    ("Ctrl-Enter, ⌘-Enter", "search"),
    ("?", "this page"),
];

pub fn page(shared: &Shared, _: &Ask) -> Answered<Markup> {
    let view = View::all();
    let body = html! {
        main #main .help {
            h1 { "How to ask" }
            p.lead { "Words must all occur. Words in small letters find their inflections; words with a capital or in quotation marks are as they stand." }
            h2 #operators { "Operators" }
            table.operators {
                thead { tr { th scope="col" { "write" } th scope="col" { "meaning" } } }
                tbody { @for o in OPERATORS { tr { td { code { (o.example) } } td { (o.meaning) } } } }
            }
            h2 #fields { "Fields" }
            div.scroll tabindex="0" role="region" aria-label="Fields" {
                table.operators {
                    thead { tr { th scope="col" { "field" } th scope="col" { "example" } th scope="col" { "finds" } th scope="col" { "also" } } }
                    tbody { @for f in FIELDS { tr { th scope="row" { code { (f.name) } } td { code { (f.example) } } td { (f.help) } td.faint { (f.aliases.join(" ")) } } } }
                }
            }
            h2 #keys { "Keys" }
            p { "Single keys are off while you type." }
            form.js.keys { label { input type="checkbox" #nokeys; " No single keys at all" } }
            table.operators {
                thead { tr { th scope="col" { "key" } th scope="col" { "does" } } }
                tbody { @for (key, does) in KEYS { tr { td { kbd { (key) } } td { (does) } } } }
            }
            h2 #api { "For programs" }
            p { "Everything here is an API too: " code { "/api/v1/search?q=flood" } ", the same for " code { "quotes" } ", " code { "facets" } ", " code { "timeline" } " and more, as JSON, JSON Lines or CSV by " code { "Accept" } ". It is described at " a href="/openapi.json" { "/openapi.json" } "." }
        }
    };
    Ok(Page { title: "How to ask", path: "/help", view: &view, skips: &[("#main", "the tables")] }.around(shared, body))
}
