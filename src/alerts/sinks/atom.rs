//! An Atom feed (RFC 4287): one entry for each thing that is new. Entries that are there already stay as they are, so that a
//! message given twice changes nothing.

use crate::alerts::digest::{Digest, News, Section};
use crate::archive::escaped;
use crate::article::is_of_the_web;
use crate::disk;
use crate::error::{Error, Kind, Result};
use crate::saved::{Reason, short_hash, write_whole};
use std::fmt::Write;
use std::path::Path;

/// What every feed of ours has in it.
const GENERATOR: &str = "<generator>morgue</generator>";

pub(super) fn add(path: &Path, digest: &Digest, keep: usize) -> Result<()> {
    let before = disk::text(path)?;
    if !before.is_empty() && !before.contains(GENERATOR) {
        return Err(Error::new(Kind::Input, format!("`{}` is no feed of morgue, and is left as it is", path.display()))
            .with_hint("give the sink another `path` in queries.toml"));
    }
    let old: Vec<&str> = before.split("<entry>").skip(1).filter_map(|rest| rest.split("</entry>").next()).collect();
    let known: Vec<&str> = old.iter().filter_map(|entry| id_of(entry)).collect();
    let mut entries: Vec<String> = Vec::new();
    for broken in &digest.broken {
        let id = format!("{}:broken:{}:{:x}", digest.archive, broken.query, short_hash(broken.error.as_bytes()));
        entries.push(entry(&id, &format!("BROKEN: {}", broken.query), &digest.at, None, &broken.error));
    }
    for section in &digest.sections {
        entries.extend(section.news.iter().map(|news| news_entry(digest, section, news)));
        if section.more > 0 {
            let only = Digest { sections: vec![Section { news: Vec::new(), ..section.clone() }], broken: Vec::new(), ..digest.clone() };
            let id = format!("{}:more:{}:{}-{}", digest.archive, section.query, section.since, section.until);
            entries.push(entry(&id, &format!("{}: {} more", section.title, section.more), &digest.at, None, &only.text()));
        }
    }
    entries.retain(|e| id_of(e).is_none_or(|id| !known.contains(&id)));
    // What this message tells is all there, or nobody would ever see the rest of it.
    let least = entries.len();
    entries.extend(old.into_iter().map(str::to_owned));
    entries.truncate(keep.max(least));
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let title = match digest.sections.as_slice() {
        [one] if digest.id.ends_with(&format!("-{}", one.query)) => one.title.clone(),
        _ => name.clone().into_owned(),
    };
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>{}</id>\n<title>{}</title>\n\
         <updated>{}</updated>\n<author><name>morgue</name></author>\n{GENERATOR}\n",
        escaped(&format!("urn:morgue:{}:feed:{name}", digest.archive)),
        escaped(&title),
        digest.at
    );
    for entry in &entries {
        let _ = writeln!(feed, "<entry>{entry}</entry>");
    }
    feed.push_str("</feed>\n");
    write_whole(path, feed.as_bytes())
}

fn id_of(entry: &str) -> Option<&str> {
    entry.split_once("<id>")?.1.split_once("</id>").map(|(id, _)| id)
}

fn news_entry(digest: &Digest, section: &Section, news: &News) -> String {
    // An article told of again because its text was edited, or because it is gone, is another entry.
    let is_first = matches!(news.reason, Reason::New | Reason::Late);
    let edition = if is_first { String::new() } else { format!(":{}", section.until) };
    let id = format!("{}:{}:{}{edition}", digest.archive, section.query, news.item);
    let text = format!("{}\n{}\n{}", news.line(), news.remark(), news.found.id);
    entry(
        &id,
        &format!("{}: {}", section.title, news.line()),
        &digest.at,
        news.found.url.as_deref().filter(|url| is_of_the_web(url)),
        &text,
    )
}

fn entry(id: &str, title: &str, at: &str, url: Option<&str>, text: &str) -> String {
    let link = url.map_or(String::new(), |url| format!("<link href=\"{}\"/>", escaped(url)));
    format!(
        "<id>{}</id><title>{}</title><updated>{at}</updated>{link}<content type=\"text\">{}</content>",
        escaped(&format!("urn:morgue:{}", in_an_address(id))),
        escaped(title),
        escaped(text)
    )
}

/// An id as it may stand in an address.
fn in_an_address(id: &str) -> String {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"-._~:/#!".contains(b);
    id.as_bytes().iter().map(|b| if plain(b) { char::from(*b).to_string() } else { format!("%{b:02X}") }).collect()
}
