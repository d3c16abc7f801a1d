//! Zip archives, packed web crawls (WACZ) and books (EPUB) too: each member is told apart and read like any file. Of a book, its chapters are read,
//! which are the articles where a paper or magazine comes as one.
//!
//! # What it does not read
//!
//! Encrypted members, and methods other than stored and deflated; documents and programs that are zip archives inside
//! (`.xlsx`, `.jar` …).

use super::mets;
use super::xml::{self, Element};
use super::{opendocument, word};
use crate::error::{Context, Error, Kind, Result};
use crate::ingest::input::{Inside, Issue};
use crate::ingest::limits::Ratio;
use crate::ingest::text::decode;
use crate::ingest::walk::is_hidden;
use crate::ingest::{Format, Input, Limits, Problem, Sink, Sureness, date};
use std::cell::{Cell, RefCell};
use std::io::{Read, Seek};
use std::rc::Rc;

/// Zip archives.
pub struct Zip;

/// Zip archives inside, but no archives of articles.
const NOT_ARCHIVES: &[&str] =
    &[".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".jar", ".apk", ".pages", ".numbers", ".key", ".idml", ".indd", ".xpi"];

impl Format for Zip {
    fn name(&self) -> &'static str {
        "zip"
    }

    fn is_container(&self) -> bool {
        true
    }

    fn recognises(&self, path: &str, head: &[u8]) -> Sureness {
        let low = path.to_ascii_lowercase();
        match head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            true if NOT_ARCHIVES.iter().any(|e| low.ends_with(e)) || word::is_office(head) || opendocument::is_document(head) => {
                Sureness::No
            }
            true => Sureness::Sure,
            false => Sureness::No,
        }
    }

    fn read(&self, input: Input<'_>, sink: &mut dyn Sink) -> Result<()> {
        let (path, depth, limits) = (input.path.clone(), input.depth, input.limits);
        // A packed web crawl holds lists of its pages beside the crawl itself.
        let low = path.to_ascii_lowercase();
        let (is_wacz, is_book) = (low.ends_with(".wacz"), low.ends_with(".epub"));
        let mut archive =
            zip::ZipArchive::new(input.seekable()?).context(Kind::Input, || "the zip archive is damaged or cut off".to_owned())?;
        let described: Rc<[String]> = archive.file_names().flatten().filter(|n| mets::is_called(n)).map(|n| n.into_owned()).collect();
        let is_paper = is_book && archive.file_names().flatten().any(|n| n.contains("/article_"));
        let issue = if is_book { issue(&mut archive, &limits).map(Rc::new) } else { None };
        for index in 0..archive.len() {
            let member = match archive.by_index(index) {
                Ok(member) => member,
                Err(e) => {
                    sink.problem(Problem::failed(format!("{path}!/#{}", index + 1), format!("cannot unpack the member: {e}")));
                    continue;
                }
            };
            let name = String::from_utf8_lossy(member.name_raw()).into_owned();
            let passed_over = is_wacz && !name.starts_with("archive/") || is_book && !is_chapter(&name, is_paper);
            if !member.is_file() || is_hidden(&name) || passed_over {
                continue;
            }
            if member.enclosed_name().is_none() || name.len() > 4096 {
                sink.problem(Problem::unread(format!("{path}!/{}", shortened(&name)), "its name leads out of the archive, or is too long"));
                continue;
            }
            let packed = Rc::new(Cell::new(member.compressed_size()));
            // Scanned papers are spread over files that speak of each other.
            if !described.is_empty() && name.ends_with(".xml") && member.size() <= limits.document() {
                let mut whole = Vec::new();
                let read = Ratio::new(member, packed, &limits).take(limits.document()).read_to_end(&mut whole);
                if let Err(e) = read {
                    sink.problem(Problem::failed(format!("{path}!/{name}"), format!("cannot unpack the member: {e}")));
                    continue;
                }
                let mut inner = Input::member(&path, &name, None, depth, whole.as_slice())?;
                let inside = RefCell::new(&mut archive);
                inner.beside =
                    Some(Rc::new(Inside::of(&name, Rc::clone(&described), |name| unpacked(&mut inside.borrow_mut(), name, &limits))));
                sink.file(inner)?;
                continue;
            }
            match Input::member(&path, &name, None, depth, Ratio::new(member, packed, &limits)) {
                Ok(mut inner) => {
                    inner.issue.clone_from(&issue);
                    sink.file(inner)?;
                }
                Err(e) => sink.problem(Problem::failed(format!("{path}!/{name}"), e.to_string())),
            }
        }
        if archive.is_empty() {
            return Err(Error::new(Kind::Input, "the zip archive is empty"));
        }
        Ok(())
    }
}

/// What the description of a book says of all its chapters: the paper, where its title is one, and the day.
fn issue<R: Read + Seek>(archive: &mut zip::ZipArchive<R>, limits: &Limits) -> Option<Issue> {
    let name = archive.file_names().flatten().find(|n| n.to_ascii_lowercase().ends_with(".opf"))?.into_owned();
    let decoded = decode(&unpacked(archive, &name, limits)?, None);
    let tree = xml::parse(&decoded.text);
    let first = |name: &str| tree.root.within(&["metadata"]).first().and_then(|m| m.child(name)).and_then(Element::text);
    // `Harrow Courier [Tue, 05 Mar 2024]`.
    let title = first("title");
    let bracketed = title.as_deref().and_then(|t| t.split_once('[')?.1.split(']').next()?.split_once(", ").map(|(_, d)| d.to_owned()));
    let good = |d: &String| date::parse(d).is_some_and(|d| date::plausible(&d));
    Some(Issue {
        published: first("date").or(bracketed).filter(good),
        source: title.map(|t| t.split(" [").next().unwrap_or(&t).trim().to_owned()).filter(|t| !t.is_empty()),
        language: first("language"),
    })
}

/// Whether a member of a book is one of its chapters; of a paper made into a book only its articles are, not the lists of them.
fn is_chapter(name: &str, is_paper: bool) -> bool {
    if is_paper && !name.contains("/article_") {
        return false;
    }
    let low = name.to_ascii_lowercase();
    let file = low.rsplit('/').next().unwrap_or(&low);
    let other = ["nav", "toc", "cover", "titlepage", "title_page", "copyright", "colophon"].iter().any(|o| file.starts_with(o));
    !other && [".xhtml", ".html", ".htm"].iter().any(|e| file.ends_with(e))
}

/// The member called `name`; `None` when there is none, or it is more than one document may be.
fn unpacked<R: Read + Seek>(archive: &mut zip::ZipArchive<R>, name: &str, limits: &Limits) -> Option<Vec<u8>> {
    let member = archive.by_name(name).ok().filter(|member| member.size() <= limits.document())?;
    let packed = Rc::new(Cell::new(member.compressed_size()));
    let mut whole = Vec::new();
    Ratio::new(member, packed, limits).take(limits.document()).read_to_end(&mut whole).ok()?;
    Some(whole)
}

fn shortened(name: &str) -> String {
    name.chars().take(200).collect()
}
