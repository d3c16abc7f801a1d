//! Who owns which id: settles, article by article, whether it is new, changed, known or moved.
//!
//! Rules. A record's own id stays; an id that another living file already has gets `~2`, `~3` … so that no article is lost. A record that
//! says all that another of its file says, under the same id, is that one over again and is not filed twice.
//! An article of a file that vanished from its place keeps its id where it turns up again: a moved file is not news. A file
//! of one article keeps the article's id when its text is edited. So does an article whose file is not where the archive says,
//! since the archive was put elsewhere or restored from a backup, when it is found as it was, or at the end of the same path.

use super::Home;
use super::gone::Gone;
use super::manifest::FileRow;
use crate::article::Article;
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What to do with an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Never seen: extract it and put it in.
    New,
    /// Seen with another content: extract it and put it in again.
    Changed,
    /// Seen as it is: nothing to do.
    Known,
    /// Seen as it is, in another place: only its path changes.
    Moved,
    /// The same record stands in the same file before: it is filed already.
    Twice,
}

/// An article's id and verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The id it is filed under.
    pub id: String,
    /// Hash of its content, see [`content_hash`].
    pub hash: u64,
    /// What to do.
    pub verdict: Verdict,
    /// Another article had the id, so this one got a suffix: whether that one says the same to the letter.
    pub collided: Option<bool>,
}

/// Id → the file it is of, and the hash of the content.
type Owners = FxHashMap<String, (Arc<str>, u64)>;

/// Ids, their owners and their hashes, before and during a run.
#[derive(Debug, Default)]
pub struct Ledger {
    /// From before the run.
    known: Owners,
    /// Claimed in this run.
    claimed: Owners,
    /// Files that are no longer there.
    vanished: HashSet<String>,
    /// Files that may only be out of sight: others take over what they gave, else it stays.
    kept: HashSet<String>,
    /// Where the archive is, to see whether an owner is there.
    home: Option<Home>,
    /// Owners that were looked for, and whether they are away.
    away: HashMap<String, bool>,
}

impl Ledger {
    /// The ledger at the start of a run in which some of the `files` of the archive at `home` are `gone`.
    pub fn new(files: HashMap<String, FileRow>, gone: &Gone, home: &Home) -> Ledger {
        let set = |paths: &[String]| paths.iter().cloned().collect();
        let (vanished, kept) = (set(&gone.vanished), set(&gone.kept));
        let mut ledger = Ledger { vanished, kept, home: Some(home.clone()), ..Ledger::default() };
        // Files that are gone come first: where a run was cut short, a living file may have taken over an id already.
        ledger.known.reserve(files.values().map(|row| row.articles.len()).sum());
        let (gone, living): (Vec<_>, Vec<_>) = files.into_values().partition(|row| ledger.is_gone(&row.path));
        for row in gone.into_iter().chain(living) {
            let file: Arc<str> = row.path.as_str().into();
            for (id, hash) in row.articles {
                let is_taken = ledger.known.get(&id).is_some_and(|(owner, _)| !ledger.is_gone(owner));
                if !is_taken || !ledger.is_away(&row.path) {
                    ledger.known.insert(id, (Arc::clone(&file), hash));
                }
            }
        }
        ledger
    }

    fn is_gone(&self, file: &str) -> bool {
        self.vanished.contains(file) || self.kept.contains(file)
    }

    /// Whether a file the archive knows is not where it should be, though it lies under none of the paths of this run.
    fn is_away(&mut self, file: &str) -> bool {
        let Some(home) = &self.home else { return false };
        *self.away.entry(file.to_owned()).or_insert_with(|| !home.file(file).exists())
    }

    /// Claims an id for `article`, which stands in `file`; `before` are the ids this file gave when it was last read.
    pub fn claim(&mut self, article: &Article, file: &str, before: &[(String, u64)]) -> Claim {
        let hash = content_hash(article);
        let wanted = match before {
            [(only, _)] if is_from_text(&article.id) && article.path == file && is_from_text(only) => only.clone(),
            _ => article.id.clone(),
        };
        let mut id = wanted.clone();
        let (mut copy, mut is_same) = (1, false);
        while !self.is_free(&id, file, hash, before) {
            if self.claimed.get(&id).is_some_and(|(owner, claimed)| **owner == *file && *claimed == hash) {
                return Claim { id, hash, verdict: Verdict::Twice, collided: None };
            }
            let taken = self.claimed.get(&id).or_else(|| self.known.get(&id));
            is_same |= taken.is_some_and(|(_, taken)| *taken == hash);
            copy += 1;
            id = format!("{wanted}~{copy}");
        }
        if !self.known.contains_key(&id) && copy == 1 {
            id = self.left_behind(&wanted, file, hash).unwrap_or(id);
        }
        let verdict = match self.known.get(&id) {
            None => Verdict::New,
            Some((owner, known)) if *known == hash && **owner == *file => Verdict::Known,
            Some((_, known)) if *known == hash => Verdict::Moved,
            Some(_) => Verdict::Changed,
        };
        self.claimed.insert(id.clone(), (file.into(), hash));
        Claim { id, hash, verdict, collided: (copy > 1).then_some(is_same) }
    }

    /// The id with `~2`, `~3` … under which this file, or one that is gone, gave the same: though nobody has the plain one any more, it
    /// is no new article.
    fn left_behind(&mut self, wanted: &str, file: &str, hash: u64) -> Option<String> {
        let copies = (2..).map(|n| format!("{wanted}~{n}"));
        let known = copies.map_while(|id| self.known.get(&id).map(|(owner, known)| (id, owner.clone(), *known)));
        let same: Vec<_> = known.filter(|(id, _, known)| *known == hash && !self.claimed.contains_key(id)).collect();
        let mut free = same.into_iter().filter(|(_, owner, _)| **owner == *file || self.is_gone(owner) || self.is_away(owner));
        free.next().map(|(id, ..)| id)
    }

    /// Whether nobody else has `id`. A file may take its own ids once, and those of files that are gone.
    fn is_free(&mut self, id: &str, file: &str, hash: u64, before: &[(String, u64)]) -> bool {
        if self.claimed.contains_key(id) {
            return false;
        }
        match self.known.get(id) {
            None => true,
            Some((owner, _)) if **owner == *file => {
                // Two records of one file share an id: the one whose content is known keeps the place it had.
                let same = |(other, known): &&(String, u64)| *known == hash && other != id && is_copy_of(other, id);
                !before.iter().any(|b| same(&b) && !self.claimed.contains_key(&b.0) && self.known.get(id).is_some_and(|(_, h)| *h != hash))
            }
            Some((owner, _)) if self.is_gone(owner) => true,
            Some((owner, known)) => {
                let is_it = *known == hash || ends_so(file, owner) || ends_so(owner, file);
                let owner = owner.clone();
                is_it && self.is_away(&owner)
            }
        }
    }

    /// Ids whose file is gone and that no living file has taken over: their articles are gone too.
    pub fn orphans(&self) -> Vec<String> {
        let gone = |(id, (owner, _)): &(&String, &(Arc<str>, u64))| self.vanished.contains(&**owner) && !self.claimed.contains_key(*id);
        let mut ids: Vec<String> = self.known.iter().filter(gone).map(|(id, _)| id.clone()).collect();
        ids.sort();
        ids
    }

    /// How many files vanished of which no article turned up in another: the others were moved.
    pub fn gone(&self) -> u64 {
        let turned_up = self.known.iter().filter(|(id, (owner, _))| self.vanished.contains(&**owner) && self.claimed.contains_key(*id));
        let moved: HashSet<&str> = turned_up.map(|(_, (owner, _))| &**owner).collect();
        (self.vanished.len() - moved.len()) as u64
    }

    /// What is left of files that are away, or kept, and of which other files took something over: their rows with the articles that stay.
    pub fn taken_over(&self) -> Vec<FileRow> {
        let is_away = |owner: &str| self.kept.contains(owner) || self.away.get(owner) == Some(&true);
        let mut rows: HashMap<&str, (bool, FileRow)> = HashMap::new();
        for (id, (owner, hash)) in self.known.iter().filter(|(_, (owner, _))| is_away(owner)) {
            let row = || (false, FileRow { path: owner.to_string(), ..FileRow::default() });
            let (is_taken, row) = rows.entry(owner).or_insert_with(row);
            match self.claimed.contains_key(id) {
                true => *is_taken = true,
                false => row.articles.push((id.clone(), *hash)),
            }
        }
        let mut rows: Vec<FileRow> = rows.into_values().filter(|(is_taken, _)| *is_taken).map(|(_, row)| row).collect();
        rows.iter_mut().for_each(|row| row.articles.sort());
        rows.sort_by(|a, b| a.path.cmp(&b.path));
        rows
    }

    /// Ids that `file` gave when it was last read and does not give any more.
    pub fn dropped(&mut self, file: &str, before: &[(String, u64)]) -> Vec<String> {
        let ids: Vec<String> =
            before.iter().map(|(id, _)| id).filter(|id| self.claimed.get(*id).is_none_or(|(owner, _)| **owner != *file)).cloned().collect();
        // They are settled, wherever the file was before.
        for id in &ids {
            self.claimed.entry(id.clone()).or_insert_with(|| (file.into(), 0));
        }
        ids
    }
}

/// Whether `whole` ends with the steps of `end`.
fn ends_so(whole: &str, end: &str) -> bool {
    whole.strip_suffix(end).is_some_and(|before| before.ends_with('/'))
}

fn is_copy_of(copy: &str, id: &str) -> bool {
    copy.strip_prefix(id).is_some_and(|rest| rest.starts_with('~'))
}

/// Whether an id was made from the text, so that an edit would change it: `t` and 13 characters, `~2` behind that of a copy.
fn is_from_text(id: &str) -> bool {
    let (made, copy) = id.split_once('~').unwrap_or((id, "2"));
    made.len() == 14 && made.starts_with('t') && !copy.is_empty() && copy.bytes().all(|b| b.is_ascii_digit())
}

/// Hash of all that a file says of an article, but not of where the file is.
pub fn content_hash(article: &Article) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let mut field = |text: Option<&str>| {
        hasher.update(&[u8::from(text.is_some())]);
        hasher.update(&(text.map_or(0, str::len) as u64).to_le_bytes());
        hasher.update(text.unwrap_or("").as_bytes());
    };
    for text in [&article.title, &article.source, &article.section, &article.language, &article.url, &article.published, &article.updated] {
        field(text.as_deref());
    }
    field(article.dateline.as_ref().map(|d| d.text.as_str()));
    for text in article.byline.iter().chain(&article.tags) {
        field(Some(text));
    }
    field(Some(&article.body));
    if let Some(version) = &article.version {
        field(Some(&format!("{version:?}")));
    }
    let given = &article.given;
    let lists = (given.persons.is_some(), given.organizations.is_some(), given.places.is_some(), given.quotes.is_some());
    if lists != (false, false, false, false) {
        field(Some(&format!("{given:?}")));
    }
    crate::disk::first_bits(&hasher.finalize())
}

#[cfg(test)]
mod tests {
    use super::super::manifest::Manifest;
    use super::*;

    fn article(id: &str, path: &str, body: &str) -> Article {
        Article { id: id.into(), path: path.into(), body: body.into(), ..Article::default() }
    }

    fn manifest(rows: &[(&str, &[&Article])]) -> Manifest {
        let mut manifest = Manifest::default();
        for (path, articles) in rows {
            let articles = articles.iter().map(|a| (a.id.clone(), content_hash(a))).collect();
            manifest.files.insert((*path).into(), FileRow { path: (*path).into(), articles, done: true, ..FileRow::default() });
        }
        manifest
    }

    /// A ledger of an archive whose files are all there but for `vanished`.
    fn ledger_of(manifest: &Manifest, vanished: &[&str]) -> Ledger {
        let gone = Gone { vanished: vanished.iter().map(|&path| path.to_owned()).collect(), kept: Vec::new() };
        let mut ledger = Ledger::new(manifest.files.clone(), &gone, &Home { root: std::env::temp_dir() });
        ledger.home = None;
        ledger
    }

    #[test]
    fn a_moved_file_is_not_news() {
        let a = article("t0123456789abc", "old.txt", "text");
        let mut ledger = ledger_of(&manifest(&[("old.txt", &[&a])]), &["old.txt"]);
        let claim = ledger.claim(&article("t0123456789abc", "new.txt", "text"), "new.txt", &[]);
        assert_eq!((claim.id.as_str(), claim.verdict), ("t0123456789abc", Verdict::Moved));
        assert!(ledger.orphans().is_empty());
    }

    #[test]
    fn a_copy_that_moves_stays_what_it_was_when_the_first_is_gone() {
        let copy = article("t0123456789abc~2", "old/b.txt", "text");
        for (place, verdict) in [("new/b.txt", Verdict::Moved), ("old/b.txt", Verdict::Known)] {
            let mut ledger = ledger_of(&manifest(&[("old/b.txt", &[&copy])]), if place == "new/b.txt" { &["old/b.txt"] } else { &[] });
            let claim = ledger.claim(&article("t0123456789abc", place, "text"), place, &[]);
            assert_eq!((claim.id.as_str(), claim.verdict, claim.collided), ("t0123456789abc~2", verdict, None));
            assert!(ledger.orphans().is_empty());
        }
        // Of a file that is where it was, it is another article.
        let mut ledger = ledger_of(&manifest(&[("old/b.txt", &[&copy])]), &[]);
        let claim = ledger.claim(&article("t0123456789abc", "new/b.txt", "text"), "new/b.txt", &[]);
        assert_eq!((claim.id.as_str(), claim.verdict), ("t0123456789abc", Verdict::New));
    }

    #[test]
    fn an_edited_file_keeps_its_id() {
        let a = article("t0123456789abc", "a.txt", "text");
        let known = manifest(&[("a.txt", &[&a])]);
        let before = known.files["a.txt"].articles.clone();
        let mut ledger = ledger_of(&known, &[]);
        let claim = ledger.claim(&article("tzzzzzzzzzzzzz", "a.txt", "new text"), "a.txt", &before);
        assert_eq!((claim.id.as_str(), claim.verdict), ("t0123456789abc", Verdict::Changed));
    }

    #[test]
    fn an_edited_copy_keeps_its_id() {
        let (a, b) = (article("t0123456789abc", "a.txt", "text"), article("t0123456789abc~2", "b.txt", "text"));
        let known = manifest(&[("a.txt", &[&a]), ("b.txt", &[&b])]);
        let before = known.files["b.txt"].articles.clone();
        let mut ledger = ledger_of(&known, &[]);
        let claim = ledger.claim(&article("tzzzzzzzzzzzzz", "b.txt", "new text"), "b.txt", &before);
        assert_eq!((claim.id.as_str(), claim.verdict), ("t0123456789abc~2", Verdict::Changed));
        assert!(ledger.dropped("b.txt", &before).is_empty());
    }

    #[test]
    fn a_record_that_stands_twice_in_a_file_is_filed_once() {
        let (a, b) = (article("5", "x.jsonl#1", "one"), article("5", "x.jsonl#2", "one"));
        let mut ledger = Ledger::default();
        let claims: Vec<_> = [(&a, "x.jsonl"), (&b, "x.jsonl"), (&b, "y.jsonl")].map(|(x, file)| ledger.claim(x, file, &[])).into();
        let told: Vec<_> = claims.iter().map(|c| (c.id.as_str(), c.verdict.clone())).collect();
        assert_eq!(told, [("5", Verdict::New), ("5", Verdict::Twice), ("5~2", Verdict::New)]);
        assert_eq!(claims[2].collided, Some(true), "in another file it is another, which says the same");
    }

    #[test]
    fn two_records_of_one_id_are_both_kept_and_stay_put() {
        let (a, b) = (article("5", "x.jsonl#1", "one"), article("5", "x.jsonl#2", "two"));
        let mut ledger = Ledger::default();
        let ids: Vec<_> = [&a, &b].iter().map(|x| ledger.claim(x, "x.jsonl", &[])).collect();
        assert_eq!((ids[0].id.as_str(), ids[1].id.as_str(), ids[1].collided), ("5", "5~2", Some(false)));
        let mut known = Manifest::default();
        let articles: Vec<_> = ids.iter().map(|c| (c.id.clone(), c.hash)).collect();
        known.files.insert("x.jsonl".into(), FileRow { path: "x.jsonl".into(), articles: articles.clone(), ..FileRow::default() });
        let mut again = ledger_of(&known, &[]);
        // The second record alone: it is still known as `5~2`.
        let claim = again.claim(&b, "x.jsonl", &articles);
        assert_eq!((claim.id.as_str(), claim.verdict), ("5~2", Verdict::Known));
    }
}
