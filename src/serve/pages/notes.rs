//! What people write on an article themselves, offered in the reader.

use super::frame::key;
use crate::archive::{Progress, annotate, now};
use crate::article::{Clipping, Notes};
use crate::serve::ask::Ask;
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use maud::{Markup, html};

/// Most characters of a note that the page takes; a form has a limit of its own.
const LONGEST: usize = 10_000;

/// What is written on the article, and the form to change it; `here` is where one comes back to.
pub fn offer(shared: &Shared, clipping: &Clipping, here: &str) -> Markup {
    let nothing = Notes::default();
    let notes = clipping.notes.as_ref().unwrap_or(&nothing);
    let id = &clipping.article.id;
    html! {
        section.notes aria-label="Your notes" {
            @if !notes.is_empty() { div.own { (badges(notes)) @if let Some(note) = &notes.note { @for line in note.lines() { p dir="auto" { (line) } } } } }
            @if !shared.read_only {
                form.inline.noprint action="/notes" method="post" {
                    (key(shared))
                    input type="hidden" name="article" value=(id);
                    input type="hidden" name="back" value=(here);
                    @if notes.seen.is_none() { button.see type="submit" name="do" value="seen" { "Mark as seen" } }
                    @else { button.see type="submit" name="do" value="unseen" { "Not seen" } }
                }
                details.write.noprint {
                    summary { @if notes.is_empty() { "Tag, or write a note" } @else { "Change tags or note" } }
                    form action="/notes" method="post" {
                        (key(shared))
                        input type="hidden" name="article" value=(id);
                        input type="hidden" name="back" value=(here);
                        label { "Your tags, with commas between " input type="text" name="tags" maxlength="500" value=(notes.tags.join(", ")) autocomplete="off"; }
                        label { "Your note " textarea name="note" rows="3" maxlength=(LONGEST) dir="auto" { (notes.note.as_deref().unwrap_or_default()) } }
                        input type="hidden" name="do" value="write";
                        button type="submit" { "Keep" }
                    }
                }
            }
        }
    }
}

/// Tags, and whether it was seen, in one line.
pub fn badges(notes: &Notes) -> Markup {
    html! {
        @for tag in &notes.tags { span.badge.tag { bdi { (tag) } } " " }
        @if let Some(seen) = &notes.seen { span.badge { "seen " time datetime=(seen) { (super::frame::day(Some(seen))) } } }
    }
}

/// Writes down what was written.
pub fn deed(shared: &Shared, ask: &Ask) -> Answered<String> {
    let article = ask.need("article")?.to_owned();
    let change: Box<dyn Fn(&mut Notes)> = match ask.need("do")? {
        "seen" => Box::new(|notes| notes.seen = Some(now())),
        "unseen" => Box::new(|notes| notes.seen = None),
        "write" => {
            let note = ask.get("note").map(|n| n.trim().replace("\r\n", "\n")).filter(|n| !n.is_empty());
            if note.as_ref().is_some_and(|n| n.chars().count() > LONGEST) {
                return Err(Refusal::bad(format!("a note may have {LONGEST} characters here; `notes.toml` takes longer ones")));
            }
            let tags: Vec<String> =
                ask.get("tags").unwrap_or_default().split(',').map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
            Box::new(move |notes| {
                notes.note.clone_from(&note);
                notes.tags.clear();
                for tag in &tags {
                    notes.tag(tag);
                }
            })
        }
        _ => return Err(Refusal::bad("that is nothing to do")),
    };
    let to = super::back(ask, &article);
    annotate(&shared.home, &[article], &Progress::default(), change)?;
    Ok(to)
}
