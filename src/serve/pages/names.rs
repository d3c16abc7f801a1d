//! Names: pairs that may be one, to be decided with the evidence beside them; what is ruled; what is corrected.

use super::frame::{Page, count, key, number};
use super::view::View;
use crate::archive::{self, Archive, Progress, Suggestion};
use crate::authority::{AuthorityFile, NameKind, Verdict as Ruled};
use crate::corrections::{Correction, CorrectionsFile, Verdict, meant};
use crate::serve::ask::{Ask, encoded};
use crate::serve::error::{Answered, Refusal};
use crate::serve::state::Shared;
use crate::words::fold;
use axum::http::StatusCode;
use maud::{Markup, html};

/// Pairs looked at, and shown.
const LOOKED_AT: usize = 60;
const SHOWN: usize = 25;

pub fn page(shared: &Shared, ask: &Ask) -> Answered<Markup> {
    let archive = shared.archive()?;
    let about = ask.get("about");
    let suggested = archive.suggest_names(about, LOOKED_AT)?;
    let authority = archive.authority()?;
    let corrections = CorrectionsFile::open(&shared.home.corrections())?.list();
    let view = View::all();
    let body = html! {
        main #main .names {
            h1 { "Names" }
            p.lead { "Whoever is written in several ways is one. What is decided here stands in " code { "names.toml" } " beside the archive, can be edited there by hand, and is taken back with Undo." }
            @if let Some(did) = ask.get("did") { p.notice role="status" { (did) } }
            form.find action="/names" method="get" {
                label { "Only names with " input type="search" name="about" value=[about]; }
                button type="submit" { "Find" }
                a href="#rulings" { "What is ruled" }
            }
            @if !shared.read_only { (merge_form(shared)) }
            section #queue aria-label="Pairs that may be one" {
                h2 { "May be one" }
                @if suggested.pairs.is_empty() { p { "No two names are alike enough to ask." } }
                ol.queue { @for pair in suggested.pairs.iter().take(SHOWN) { li { (self::pair(shared, pair)) } } }
                @if suggested.pairs.len() > SHOWN { p.faint { (number((suggested.pairs.len() - SHOWN) as u64)) " more follow as soon as some of these are decided." } }
                @if suggested.candidates > suggested.looked_at { p.faint { (number((suggested.candidates - suggested.looked_at) as u64)) " further pairs were not looked at: narrow by a name." } }
            }
            section #rulings {
                h2 { "What is ruled" }
                @if authority.is_empty() && authority.pairs().is_empty() { p { "Nothing yet." } }
                @if !shared.read_only { form action="/names" method="post" { (key(shared)) button type="submit" name="do" value="undo" { "Undo the last change" } } }
                table { tbody {
                    @for entry in authority.entries() {
                        tr {
                            th scope="row" { bdi { (entry.name.name) } span.faint { " " (entry.kind.one()) } }
                            td {
                                @for form in &entry.also { span.form { bdi { (form.name) } (forget(shared, entry.kind, &form.name)) } }
                                @if let Some((of, when)) = &entry.split { "instead of " bdi { (of.name) } " where " code { (when) } }
                            }
                        }
                    }
                    @for two in authority.pairs() {
                        @let [a, b] = &two.names;
                        tr { th scope="row" { bdi { (a.name) } } td { @if two.verdict == Ruled::Apart { "is not " } @else { "may be " } bdi { (b.name) } " " (forget(shared, two.kind, &a.name)) } }
                    }
                    @for (kind, form) in authority.hidden() { tr { th scope="row" { bdi { (form.name) } } td { "is no " (kind.one()) " " (forget(shared, *kind, &form.name)) } } }
                } }
            }
            (corrected(shared, &archive, &corrections))
        }
    };
    Ok(Page { title: "Names", path: "/names", view: &view, skips: &[("#queue", "the pairs"), ("#rulings", "what is ruled")] }
        .around(shared, body))
}

/// What was set right in quotes, to be taken back.
fn corrected(shared: &Shared, archive: &Archive, corrections: &[Correction]) -> Markup {
    html! {
        section #corrections {
            h2 { "Corrected quotes" }
            @if corrections.is_empty() { p { "None. Open a quote in the reader to say whose words they are, or that they are nobody's." } }
            @else {
                p { "They stand in " code { "corrections.toml" } " and outlive every re-reading of the articles." }
                ul.corrected {
                    @for c in corrections {
                        li {
                            blockquote.words { "“" (c.text) "”" }
                            p.line {
                                @match &c.verdict { Verdict::Speaker(name) => b { bdi { (name) } }, Verdict::NoQuote => b { "no quote" } }
                                a href={ "/article?id=" (encoded(&c.article)) } { "article" }
                                @if is_idle(archive, c) { span.badge { "finds no such quote" } }
                                @if !shared.read_only { form action="/corrections" method="post" { (key(shared)) input type="hidden" name="article" value=(c.article); input type="hidden" name="text" value=(c.text); button type="submit" name="do" value="undo" { "Take back" } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Whether a correction finds nothing to correct.
fn is_idle(archive: &Archive, correction: &Correction) -> bool {
    let Ok(clipping) = archive.clipping(&correction.article) else { return true };
    let found = clipping.as_found.as_deref().unwrap_or(&clipping.annotations);
    meant(&found.quotes, &correction.text).is_none()
}

fn pair(shared: &Shared, pair: &Suggestion) -> Markup {
    let address = |name: &str| match pair.kind {
        NameKind::Person => format!("/person?name={}", encoded(name)),
        kind => format!("/?q={}", encoded(&format!("{}:=\"{}\"", kind.field(), name.replace('"', "\\\"")))),
    };
    let named = |name: &str, n: u64| html! { a href=(address(name)) { bdi { (name) } } span.n { " " (number(n)) } };
    html! {
        article.pair-card tabindex="-1" {
            @if pair.unsure { p.faint { "Looked at, and left open" } }
            h3 { (named(&pair.name, pair.articles)) " and " (named(&pair.form, pair.form_articles)) }
            p.line {
                span { (pair.because) }
                span { "spelled alike " (format!("{:.0} %", pair.spelling * 100.0)) }
                span { "same company " (format!("{:.0} %", pair.company * 100.0)) }
                span { @if pair.both == 0 { "never in one article" } @else { "together in " (count(pair.both, "article")) } }
            }
            @if !pair.beside.is_empty() { p.faint { "Beside both: " bdi { (pair.beside.join(" · ")) } } }
            @if !shared.read_only {
                form action="/names" method="post" {
                    (key(shared))
                    input type="hidden" name="kind" value=(pair.kind.one());
                    input type="hidden" name="form" value=(pair.form);
                    input type="hidden" name="into" value=(pair.name);
                    button type="submit" name="do" value="merge" { "They are one" span.sr { ": " (pair.form) " is " (pair.name) } }
                    button type="submit" name="do" value="turn" { "One, called " bdi { (pair.form) } }
                    button type="submit" name="do" value="apart" { "They are two" span.sr { ": " (pair.form) " and " (pair.name) } }
                    @if !pair.unsure { button type="submit" name="do" value="unsure" { "Unsure" span.sr { " about " (pair.form) " and " (pair.name) } } }
                    // What differs in capitals alone would be hidden with it.
                    @if fold(&pair.form) != fold(&pair.name) { button type="submit" name="do" value="hide" { bdi { (pair.form) } " is no name" } }
                }
            }
        }
    }
}

fn merge_form(shared: &Shared) -> Markup {
    html! {
        details.save {
            summary { "Merge two names" }
            form action="/names" method="post" {
                (key(shared))
                label { "File " input type="text" name="form" required maxlength="200"; }
                label { "under " input type="text" name="into" required maxlength="200"; }
                label { "They are " select name="kind" { option value="person" { "persons" } option value="organization" { "organizations" } option value="place" { "places" } } }
                button type="submit" name="do" value="merge" { "Merge" }
            }
        }
    }
}

fn forget(shared: &Shared, kind: NameKind, form: &str) -> Markup {
    html! {
        @if !shared.read_only {
            form.inline action="/names" method="post" {
                (key(shared))
                input type="hidden" name="kind" value=(kind.one());
                input type="hidden" name="form" value=(form);
                button type="submit" name="do" value="forget" { "Forget" span.sr { " " (form) } }
            }
        }
    }
}

/// Does what a form of the page asks.
pub fn deed(shared: &Shared, ask: &Ask) -> Answered<String> {
    let progress = Progress::default();
    let home = &shared.home;
    let kind = match ask.get("kind") {
        None => NameKind::Person,
        Some(kind) => NameKind::ALL
            .into_iter()
            .find(|k| k.one() == kind)
            .ok_or_else(|| Refusal::new(StatusCode::BAD_REQUEST, format!("`kind` is `person`, `organization` or `place`, not `{kind}`")))?,
    };
    let (did, renamed) = match ask.need("do")? {
        "undo" => archive::undo_names(home, &progress).map(|(did, renamed)| (format!("took back: {did}"), renamed))?,
        "forget" => {
            let form = ask.need("form")?.to_owned();
            let did = format!("forget {form}");
            let renamed = archive::edit_names(
                home,
                &did,
                |file: &mut AuthorityFile| {
                    file.forget(kind, &[form]);
                    Ok(())
                },
                &progress,
            )?;
            (did, renamed)
        }
        "hide" => {
            let form = known(shared, kind, ask.need("form")?)?;
            let did = format!("hide {form}");
            let renamed = archive::edit_names(home, &did, |file| file.hide(kind, &[form]), &progress)?;
            (did, renamed)
        }
        verdict @ ("apart" | "unsure") => {
            let (form, into) = (known(shared, kind, ask.need("form")?.trim())?, known(shared, kind, ask.need("into")?.trim())?);
            let verdict = if verdict == "apart" { Ruled::Apart } else { Ruled::Unsure };
            let did = format!("{} {form}, {into}", verdict.table());
            let renamed = archive::edit_names(home, &did, |file| file.decide(kind, verdict, &form, &into), &progress)?;
            (did, renamed)
        }
        turn @ ("merge" | "turn") => {
            let (form, into) = (ask.need("form")?.trim(), ask.need("into")?.trim());
            let (form, into) = if turn == "turn" { (into, form) } else { (form, into) };
            let form = known(shared, kind, form)?;
            let did = format!("merge {form} into {into}");
            let renamed = archive::edit_names(home, &did, |file| file.merge(kind, &[form], into), &progress)?;
            (did, renamed)
        }
        _ => return Err(Refusal::bad("that is nothing to do")),
    };
    let said = format!("{did}: {} annotated anew, revision {}", count(renamed.changed, "article"), renamed.revision);
    Ok(format!("/names?did={}", encoded(&said)))
}

/// A name as the archive writes it.
fn known(shared: &Shared, kind: NameKind, name: &str) -> Answered<String> {
    Ok(shared.archive()?.as_written(kind, name)?)
}
