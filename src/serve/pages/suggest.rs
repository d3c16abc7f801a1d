//! What may be meant by what is being typed: fields, then their values, names, and saved searches. For the list under the box.

use super::facets::FACETS;
use super::frame::number;
use crate::archive::Archive;
use crate::field::{self, FIELDS, Field, FieldKind};
use crate::query::{FacetRequest, Query, Search, exactly};
use crate::saved::SavedQuery;
use crate::serve::ask::Ask;
use crate::serve::error::Answered;
use crate::serve::state::Shared;
use crate::words::fold;
use maud::{Markup, html};

/// Values of one field that are offered.
const VALUES: usize = 8;
/// Names of each kind that are offered for bare letters.
const NAMES: usize = 3;
/// Kinds of names that are offered for bare letters.
const KINDS: [&str; 4] = ["person", "place", "org", "source"];

/// What may be put in place of what is being typed.
struct Offer {
    put: String,
    shows: String,
    note: String,
}

/// `/suggest?token=…`: the items of a list box.
pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let token = ask.all("token").next_back().unwrap_or_default();
    let offers = match (token.split_once(':'), token.strip_prefix('@')) {
        (Some((name, letters)), _) => match field::by_name(name) {
            Some(field) if field.facet => {
                values(&shared.archive()?, field, letters.trim_start_matches('=').trim_matches(['"', '“', '”']), VALUES)?
            }
            _ => Vec::new(),
        },
        (None, Some(letters)) => saved(&shared.saved(), letters),
        (None, None) => {
            let mut offers = fields(token);
            if token.chars().count() > 1 && token.chars().all(|c| c.is_alphanumeric() || c == '\'' || c == '-') {
                let archive = shared.archive()?;
                for field in KINDS.iter().filter_map(|name| field::by_name(name)) {
                    offers.extend(values(&archive, field, token, NAMES)?);
                }
            }
            offers
        }
    };
    Ok(html! {
        @for (i, offer) in offers.iter().enumerate() {
            li #{ "offer" (i) } role="option" data-put=(offer.put) { b { bdi { (offer.shows) } } " " span.note { (offer.note) } }
        }
    })
}

/// Fields whose name begins so; all of them for nothing.
fn fields(letters: &str) -> Vec<Offer> {
    let all = FIELDS.iter().filter(|f| f.name.starts_with(&letters.to_lowercase()));
    all.map(|f| Offer { put: format!("{}:", f.name), shows: format!("{}:", f.name), note: f.help.to_owned() }).collect()
}

fn saved(queries: &[SavedQuery], letters: &str) -> Vec<Offer> {
    let all = queries.iter().filter(|q| fold(&q.name).contains(fold(letters).as_ref()));
    all.take(VALUES).map(|q| Offer { put: format!("@{}", q.name), shows: format!("@{}", q.name), note: q.query.clone() }).collect()
}

/// Values of a field one of whose words begins so, the most frequent first.
fn values(archive: &Archive, field: &'static Field, letters: &str, most: usize) -> Answered<Vec<Offer>> {
    let facets = vec![FacetRequest { field, limit: None, by: None }];
    let found = archive.search(&Search { limit: Some(0), facets, ..Search::articles(Query::All) })?;
    let wanted = fold(letters).into_owned();
    let path = field.kind == FieldKind::Path;
    let last = |value: &str| field.own_name(value).to_owned();
    let begins = |value: &str| {
        let folded = fold(value);
        folded.match_indices(wanted.as_str()).any(|(at, _)| !folded[..at].ends_with(char::is_alphanumeric))
    };
    let counts = found.facets.into_iter().flat_map(|f| f.counts).filter(|c| begins(&last(&c.value)));
    let title = FACETS.iter().find(|(name, _)| *name == field.name).map_or(field.name, |(_, title)| *title).to_lowercase();
    let offer = |value: String, n: u64| {
        let note = format!("{title} · {}{}", number(n), if path { format!(" · {}", value.replace('/', " › ")) } else { String::new() });
        let put = if path { exactly(field.name, &value) } else { format!("{}:\"{}\"", field.name, value.replace('"', " ")) };
        Offer { put, shows: last(&value), note }
    };
    Ok(counts.take(most).map(|c| offer(c.value, c.count)).collect())
}
