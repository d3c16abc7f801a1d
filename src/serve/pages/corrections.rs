//! Corrections of a quote, offered where its evidence stands.

use super::frame::key;
use crate::archive::{Progress, correct};
use crate::article::Clipping;
use crate::corrections::{Correction, Verdict};
use crate::serve::ask::Ask;
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use maud::{Markup, html};

/// What can be said of a quote that is wrong; `here` is where one comes back to.
pub fn offer(shared: &Shared, clipping: &Clipping, number: usize, here: &str) -> Markup {
    let Some(quote) = clipping.annotations.quotes.get(number) else { return html! {} };
    let names = clipping.annotations.persons.iter().map(|p| &p.name).chain(clipping.annotations.organizations.iter().map(|o| &o.name));
    html! {
        @if !shared.read_only {
            details.mend {
                summary { "Wrong?" }
                form action="/corrections" method="post" {
                    (key(shared))
                    input type="hidden" name="article" value=(clipping.article.id);
                    input type="hidden" name="text" value=(quote.text);
                    input type="hidden" name="back" value=(here);
                    label { "The speaker is " input type="text" name="speaker" list={ "names" (number + 1) } maxlength="200" value=[quote.speaker.as_ref().and_then(|s| s.name.as_deref())]; }
                    datalist id={ "names" (number + 1) } { @for name in names { option value=(name) {} } }
                    button type="submit" name="do" value="speaker" { "Set right" }
                    button type="submit" name="do" value="not" { "Not a quote" }
                }
            }
        }
    }
}

/// Writes down or takes back a correction.
pub fn deed(shared: &Shared, ask: &Ask) -> Answered<String> {
    let (article, text) = (ask.need("article")?.to_owned(), ask.need("text")?.to_owned());
    let verdict = match ask.need("do")? {
        "speaker" => Some(Verdict::Speaker(ask.need("speaker")?.trim().to_owned())),
        "not" => Some(Verdict::NoQuote),
        "undo" => None,
        _ => return Err(Refusal::bad("that is nothing to do")),
    };
    let to = if verdict.is_some() { super::back(ask, &article) } else { "/names#corrections".to_owned() };
    correct(&shared.home, &article.clone(), &Progress::default(), |file| match verdict {
        Some(verdict) => file.add(&Correction { article, text, verdict }),
        None => file.remove(&article, &text),
    })?;
    Ok(to)
}
