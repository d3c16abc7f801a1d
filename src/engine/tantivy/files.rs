//! The files of an index by themselves, without opening it: which there are, whether their bytes are those that were written, what clippings are
//! stored in them, and a copy of them all at one moment.
//!
//! Nothing here goes through the index's own list of managed files or its columns, so it works on what is damaged or was made by
//! another version, as long as `meta.json` can be read and the store of a segment can be decoded.

use super::census::{self, Census};
use super::dictionary::{self, Reading};
use super::{Payload, unlocked};
use crate::article::Clipping;
use crate::engine::{Checked, Copied, Fault, Salvaged};
use crate::error::{Context, Error, Kind, Result, caught};
use serde::Deserialize;
use std::io::Read;
use std::path::Path;
use tantivy::directory::{Directory, FileSlice, MmapDirectory};
use tantivy::fastfield::AliveBitSet;
use tantivy::schema::{Field, Value};
use tantivy::store::StoreReader;
use tantivy::{HasLen, Index, TantivyDocument};

/// The list of what belongs to the last commit.
const META: &str = "meta.json";
/// The library's list of files it may remove.
const MANAGED: &str = ".managed.json";
/// The files every segment has.
const ENDINGS: &[&str] = &["idx", "pos", "term", "store", "fast", "fieldnorm"];
/// Marks the end of a file with a checksum.
const MAGIC: u32 = 1337;

#[derive(Deserialize)]
struct Meta {
    segments: Vec<Segment>,
    schema: Vec<Named>,
    payload: Option<String>,
}

#[derive(Deserialize)]
struct Segment {
    segment_id: String,
    max_doc: u32,
    deletes: Option<Deletes>,
}

#[derive(Deserialize)]
struct Deletes {
    num_deleted_docs: u32,
    opstamp: u64,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

impl Segment {
    fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.segment_id.replace('-', ""))
    }

    fn deleted(&self) -> Option<String> {
        self.deletes.as_ref().map(|d| self.file(&format!("{}.del", d.opstamp)))
    }

    fn files(&self) -> impl Iterator<Item = String> + '_ {
        ENDINGS.iter().map(|e| self.file(e)).chain(self.deleted())
    }
}

impl Meta {
    fn read(dir: &Path) -> Result<Meta> {
        let failed = || "the index's list of files (`meta.json`) cannot be read".to_owned();
        let text = std::fs::read(dir.join(META)).context(Kind::Engine, failed)?;
        serde_json::from_slice(&text).context(Kind::Engine, failed)
    }

    fn payload(&self) -> Result<Payload> {
        let payload: Option<Payload> = self
            .payload
            .as_deref()
            .map(serde_json::from_str)
            .transpose()
            .context(Kind::Engine, || "the note of the last commit cannot be read".to_owned())?;
        let payload = payload.unwrap_or_default();
        match payload.is_sound() {
            true => Ok(payload),
            false => Err(Error::new(Kind::Engine, "the note of the last commit is not as it was written")),
        }
    }
}

/// Looks at every file of the last commit against its checksum.
pub(in crate::engine) fn check(dir: &Path) -> Checked {
    let mut checked = Checked::default();
    let mut fault = |file: &str, message: String| checked.faults.push(Fault { file: file.to_owned(), message });
    if let Ok(list) = std::fs::read(dir.join(MANAGED))
        && serde_json::from_slice::<Vec<String>>(&list).is_err()
    {
        fault(MANAGED, "it cannot be read".to_owned());
    }
    let meta = match Meta::read(dir) {
        Ok(meta) => meta,
        Err(e) => {
            fault(META, e.to_string());
            return checked;
        }
    };
    if let Err(why) = reads_the_same(dir) {
        fault(META, why);
    }
    let payload = meta.payload().map_err(|e| fault(META, e.to_string())).unwrap_or_default();
    for file in meta.segments.iter().flat_map(Segment::files) {
        match sound(&dir.join(&file)) {
            Ok(bytes) => checked.bytes += bytes,
            Err(why) => fault(&file, why),
        }
        checked.files += 1;
    }
    for segment in &meta.segments {
        let (Some(file), Some(deletes)) = (segment.deleted(), &segment.deletes) else { continue };
        let alive = alive(dir, segment).map(|a| a.map_or(segment.max_doc as usize, |a| a.num_alive_docs()));
        if alive.is_ok_and(|alive| alive + deletes.num_deleted_docs as usize != segment.max_doc as usize) {
            fault(&file, "it and the index's list disagree about how many are deleted".to_owned());
        }
    }
    if let Err(e) = super::values::check(dir, payload.values, payload.values_sum) {
        fault("values.dat", e.to_string());
    }
    for file in dictionary::faults(dir, payload.dictionary) {
        fault(file, "it is not as it was written".to_owned());
    }
    checked.files += if payload.dictionary == 0 { 0 } else { dictionary::FILES.len() as u64 };
    if let Err((file, why)) = super::stories::Stories::check(dir) {
        fault(&file, why);
    }
    if let Err(why) = Census::check(dir) {
        fault(census::FILE, why);
    }
    checked.files += 2;
    checked.note = Some(payload.note).filter(|n| !n.is_empty());
    checked
}

/// Whether the library reads in the list of files all that stands in it, and the columns written today: one letter of a name that is
/// another, and it passes over what was named, or reads nothing at all.
fn reads_the_same(dir: &Path) -> std::result::Result<(), String> {
    let read = || {
        let mmap = MmapDirectory::open(dir).map_err(|e| e.to_string())?;
        let metas = Index::open(unlocked::for_reading(mmap)).and_then(|index| index.load_metas()).map_err(|e| brief(&e))?;
        if metas.schema != super::schema::Columns::new().schema {
            return Err("the columns it lists are not those this version of morgue writes".to_owned());
        }
        serde_json::to_value(metas).map_err(|e| e.to_string())
    };
    let read: serde_json::Value = caught(read)??;
    let text = std::fs::read(dir.join(META)).map_err(|e| e.to_string())?;
    let written: serde_json::Value = serde_json::from_slice(&text).map_err(|e| e.to_string())?;
    if holds(&read, &written) { Ok(()) } else { Err("it holds what the index does not know".to_owned()) }
}

/// Whether all of `part` stands in `whole`, which may have more: what a later version of the library adds.
fn holds(whole: &serde_json::Value, part: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Object};
    match (whole, part) {
        (Object(whole), Object(part)) => part.iter().all(|(name, value)| whole.get(name).is_some_and(|w| holds(w, value))),
        (Array(whole), Array(part)) => whole.len() == part.len() && whole.iter().zip(part).all(|(w, p)| holds(w, p)),
        _ => whole == part,
    }
}

/// What the library says of a failure, without the text of the file it failed on.
pub(super) fn brief(error: &tantivy::TantivyError) -> String {
    let said = error.to_string();
    let end = said.find(" Content: ").unwrap_or(said.len());
    said[..end].to_owned()
}

/// The length of a file whose bytes are those that were written; else what is wrong with it.
fn sound(path: &Path) -> std::result::Result<u64, String> {
    let mut file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    let size = file.metadata().map_err(|e| e.to_string())?.len();
    let mut hasher = crc32fast::Hasher::new();
    // The end of a file is a small JSON object with the checksum, its length, and a mark.
    let mut tail: Vec<u8> = Vec::new();
    let mut buffer = vec![0u8; 1 << 20];
    loop {
        let got = file.read(&mut buffer).map_err(|e| e.to_string())?;
        if got == 0 {
            break;
        }
        tail.extend_from_slice(&buffer[..got]);
        if let Some(ready) = tail.len().checked_sub(64 * 1024) {
            hasher.update(&tail[..ready]);
            tail.drain(..ready);
        }
    }
    let broken = || "its end is damaged".to_owned();
    let word = |from_end: usize| {
        let at = tail.len().checked_sub(from_end)?;
        Some(u32::from_le_bytes(tail.get(at..at + 4)?.try_into().ok()?))
    };
    let (length, magic) = (word(8).ok_or_else(broken)?, word(4).ok_or_else(broken)?);
    let json = tail.len().checked_sub(8 + length as usize).filter(|_| magic == MAGIC).ok_or_else(broken)?;
    let footer: serde_json::Value = serde_json::from_slice(&tail[json..tail.len() - 8]).map_err(|_| broken())?;
    let version = |key: &str| footer.get("version").and_then(|v| v.get(key)).and_then(serde_json::Value::as_u64);
    let known = ["major", "minor", "patch", "index_format_version"].map(version);
    if known.contains(&None) || known[3] != Some(u64::from(tantivy::INDEX_FORMAT_VERSION)) {
        return Err(broken());
    }
    hasher.update(&tail[..json]);
    match footer.get("crc").and_then(serde_json::Value::as_u64) == Some(u64::from(hasher.finalize())) {
        true => Ok(size),
        false => Err("its bytes are not those that were written".to_owned()),
    }
}

/// The part of a file before its checksum.
fn body(directory: &MmapDirectory, file: &str) -> Option<FileSlice> {
    let whole = directory.open_read(Path::new(file)).ok()?;
    let length = whole.slice_from(whole.len().checked_sub(8)?).read_bytes().ok()?;
    let length = u32::from_le_bytes(length.as_slice().get(..4)?.try_into().ok()?) as usize;
    Some(whole.slice_to(whole.len().checked_sub(8 + length)?))
}

/// Which documents of a segment are alive; `None` when nothing was ever deleted from it.
fn alive(dir: &Path, segment: &Segment) -> std::result::Result<Option<AliveBitSet>, String> {
    let Some(file) = segment.deleted() else { return Ok(None) };
    sound(&dir.join(&file))?;
    let directory = MmapDirectory::open(dir).map_err(|e| e.to_string())?;
    let bytes = body(&directory, &file).and_then(|b| b.read_bytes().ok()).ok_or("it cannot be read")?;
    caught(|| AliveBitSet::open(bytes)).map(Some)
}

/// Hands every clipping that is stored to `each`, in no order; what cannot be decoded is a fault in the answer.
///
/// Where the list of what was deleted is damaged, deleted clippings come along: see [`Salvaged::is_exact`].
pub(in crate::engine) fn salvage(dir: &Path, each: &mut dyn FnMut(Clipping, bool) -> Result<()>) -> Result<Salvaged> {
    let meta = Meta::read(dir)?;
    let mut salvaged =
        Salvaged { note: meta.payload().ok().map(|p| p.note).filter(|n| !n.is_empty()), is_exact: true, ..Salvaged::default() };
    let column = meta.schema.iter().position(|f| f.name == "_clipping").and_then(|at| u32::try_from(at).ok());
    let column = column.ok_or_else(|| Error::new(Kind::Engine, "the index says nothing of stored clippings"))?;
    let directory = MmapDirectory::open(dir).context(Kind::Engine, || "cannot open the index".to_owned())?;
    let reading = Reading::at(dir);
    for segment in &meta.segments {
        let alive = alive(dir, segment).unwrap_or_else(|why| {
            salvaged.is_exact = false;
            salvaged.faults.push(Fault { file: segment.deleted().unwrap_or_default(), message: why });
            None
        });
        let file = segment.file("store");
        let store = body(&directory, &file).ok_or("it cannot be read".to_owned());
        let store = store.and_then(|s| caught(|| StoreReader::open(s, 10)).and_then(|s| s.map_err(|e| e.to_string())));
        let store = match store {
            Ok(store) => store,
            Err(message) => {
                salvaged.faults.push(Fault { file, message: format!("its {} entries are lost: {message}", segment.max_doc) });
                continue;
            }
        };
        // A flipped bit need not keep a block from being unpacked: it may only change a letter.
        let is_sound = sound(&dir.join(&file)).is_ok();
        let mut lost = 0u32;
        for number in (0..segment.max_doc).filter(|n| alive.as_ref().is_none_or(|a| a.is_alive(*n))) {
            let read = caught(|| decode(&store, &reading, number, Field::from_field_id(column)));
            match read.unwrap_or(Err(())) {
                Ok(Some(clipping)) => each(clipping, is_sound)?,
                Ok(None) => {}
                Err(()) => lost += 1,
            }
        }
        if lost > 0 {
            salvaged.faults.push(Fault { file, message: format!("{lost} of its {} entries cannot be decoded", segment.max_doc) });
        }
    }
    Ok(salvaged)
}

/// The clipping of a document; `None` for a quote.
fn decode(store: &StoreReader, reading: &Reading, number: u32, column: Field) -> std::result::Result<Option<Clipping>, ()> {
    let document: TantivyDocument = store.get(number).map_err(drop)?;
    let Some(bytes) = document.get_first(column).and_then(|v| v.as_bytes()) else { return Ok(None) };
    reading.clipping(bytes).map(Some).ok_or(())
}

/// Opens every file of the last commit, so that all can be copied as they are now while others write.
pub(in crate::engine) fn copies(dir: &Path) -> Result<Copied> {
    let failed = || "cannot open the files of the index".to_owned();
    let directory = MmapDirectory::open(dir).context(Kind::Engine, failed)?;
    // While this is held no file is removed. An archive that cannot be written to has nobody who would.
    let _held = directory.acquire_lock(&tantivy::directory::META_LOCK);
    let text = std::fs::read(dir.join(META)).context(Kind::Engine, failed)?;
    let meta: Meta = serde_json::from_slice(&text).context(Kind::Engine, failed)?;
    let payload = meta.payload()?;
    let mut copied = Copied { note: Some(payload.note).filter(|n| !n.is_empty()), ..Copied::default() };
    let parts: Vec<String> = meta.segments.iter().flat_map(Segment::files).collect();
    let dictionary = if payload.dictionary == 0 { &[][..] } else { &dictionary::FILES };
    let beside = ["values.dat", "values.idx"].iter().chain(dictionary).map(|&name| name.to_owned());
    for file in parts.iter().cloned().chain(beside) {
        let open = std::fs::File::open(dir.join(&file)).context(Kind::Engine, || format!("cannot open `{file}` of the index"))?;
        copied.files.push((file, open));
    }
    let names: Vec<String> = std::iter::once(META.to_owned()).chain(parts).collect();
    copied.contents.push((META.to_owned(), text));
    copied.contents.push((MANAGED.to_owned(), serde_json::to_vec(&names).context(Kind::Engine, failed)?));
    Ok(copied)
}

/// Writes the library's list of files anew when it cannot be read: without it the index cannot be opened, not even for reading.
///
/// # Errors
///
/// When there are articles and nothing says which of them count: an index begun anew beside them would be empty, and clear them away.
pub(super) fn mend_list(dir: &Path) -> Result<()> {
    let part = |name: &String| {
        let stem = name.split('.').next().unwrap_or("");
        stem.len() == 32 && stem.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let path = dir.join(MANAGED);
    let list = std::fs::read(&path);
    let known = list.as_ref().ok().and_then(|list| serde_json::from_slice::<Vec<String>>(list).ok());
    if known.is_some() && dir.join(META).exists() {
        return Ok(());
    }
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|e| e.file_name().into_string().ok()).collect();
    if !dir.join(META).exists() && names.iter().any(|name| part(name) && name.ends_with(".store")) {
        let lost = format!("the index in `{}` has lost its list of files, `{META}`", dir.display());
        return Err(Error::new(Kind::Engine, lost).with_hint("restore a backup, or index the files anew into another directory"));
    }
    if list.is_err() || known.is_some() {
        return Ok(());
    }
    names.retain(|name| name == META || part(name));
    if let Ok(text) = serde_json::to_vec(&names) {
        let draft = dir.join(".managed.json.new");
        // Where nothing may be written, opening fails as it did before, and says why.
        let _ = std::fs::write(&draft, text).and_then(|()| std::fs::rename(&draft, &path));
    }
    Ok(())
}
