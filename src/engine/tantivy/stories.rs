//! The table of stories: which article is a copy of which, which quotes repeat each other, and which articles are versions of one.
//!
//! Every article put gets a number that is never given again, its quotes others; columns hold them. One that takes the place of
//! another and differs from it in nothing that stories are told by keeps the numbers. The table says for each number the number of
//! the first telling (of versions: of the last one), and how many articles tell it. Most stand alone, of which a bit says so and
//! nothing else is kept. The table is written when enough has come in, and at the latest when the
//! writer is closed, if numbers were given or articles removed: by going on from the one before ([`super::news`]), or from the
//! sketches of all living articles. It lies in a file of its own, written whole or not at all. An older table than the last commit is
//! not wrong, only short: articles it does not know stand alone, until the next writer makes it anew.

use super::draft::{Draft, Group};
use super::drawers::{below, ones};
use super::retold::Retold;
use super::schema::On;
use crate::disk;
use crate::error::{Context, Kind, Result};
use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use tantivy::directory::{Directory, MmapDirectory, OwnedBytes};

const MAGIC: &[u8; 8] = b"stories3";
/// Magic, stamp, and for each side how many there are, how many of them do not stand alone, and how many groups these are.
const HEAD: usize = 8 + 8 + 4 * 3 * SIDES;
/// A bit for each of 64 numbers, set where it does not stand alone, and how many do not before these.
pub(super) const WORD: usize = 8 + 4;
/// Number, articles, and where the name ends.
const GROUP: usize = 12;
/// Set in the number of a first when it is not the only one.
pub(super) const TOLD_AGAIN: u32 = 1 << 31;

/// Articles by what they tell, quotes, or articles by whose versions they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Articles,
    Quotes,
    Versions,
}

impl Of {
    /// What hits of this kind tell.
    pub fn those(on: On) -> Of {
        match on {
            On::Article => Of::Articles,
            On::Quote => Of::Quotes,
        }
    }
}

const SIDES: usize = 3;

/// The table, open for reading.
#[derive(Default)]
pub(super) struct Stories {
    bytes: Option<OwnedBytes>,
    pub stamp: u64,
    /// What was found out about documents of the index.
    pub retold: Retold,
    sides: [Side; SIDES],
    names: usize,
}

/// Where one side stands in the table.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    n: usize,
    words: usize,
    /// The firsts of those that do not stand alone, one behind the other.
    firsts: usize,
    n_groups: usize,
    groups: usize,
}

impl Stories {
    /// Whether the newest table in `dir`, if there is one, is as it was written; its name, and what is wrong with it.
    pub fn check(dir: &Path) -> std::result::Result<(), (String, String)> {
        let Ok(Some((_, name))) = tables(dir).map(|mut all| all.pop()) else { return Ok(()) };
        let shown = name.display().to_string();
        let bytes = std::fs::read(dir.join(&name)).map_err(|e| (shown.clone(), e.to_string()))?;
        if disk::is_sound(&bytes) { Ok(()) } else { Err((shown, "its bytes are not those that were written".to_owned())) }
    }

    /// Opens the newest table in `dir`; an empty one when there is none, or none that can be read: whoever writes next tells
    /// the stories anew.
    pub fn open(dir: &Path) -> Result<Stories> {
        // Between listing and opening a writer may replace it, once.
        for _ in 0..3 {
            let Some((_, name)) = tables(dir)?.pop() else { return Ok(Stories::default()) };
            let mmap = MmapDirectory::open(dir).context(Kind::Engine, || format!("cannot open `{}`", dir.display()))?;
            if let Ok(file) = mmap.open_read(&name) {
                let bytes = file.read_bytes().context(Kind::Io, || format!("cannot read `{}`", name.display()))?;
                return Ok(Stories::read(bytes).unwrap_or_default());
            }
        }
        Ok(Stories::default())
    }

    fn read(bytes: OwnedBytes) -> Option<Stories> {
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize);
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let stamp = u64::from_le_bytes(bytes.get(8..16)?.try_into().ok()?);
        let mut sides = [Side::default(); SIDES];
        let mut at = HEAD;
        for (i, side) in sides.iter_mut().enumerate() {
            let head = 16 + 12 * i;
            (side.n, side.n_groups) = (number(head)?, number(head + 8)?);
            side.words = at;
            side.firsts = at.checked_add(side.n.div_ceil(64).checked_mul(WORD)?)?;
            at = side.firsts.checked_add(number(head + 4)?.checked_mul(4)?)?;
        }
        for side in &mut sides {
            side.groups = at;
            at = at.checked_add(side.n_groups.checked_mul(GROUP)?)?;
        }
        let whole = bytes.len() >= at;
        whole.then_some(Stories { bytes: Some(bytes), stamp, retold: Retold::default(), sides, names: at })
    }

    fn side(&self, of: Of) -> Side {
        self.sides[of as usize]
    }

    /// How many numbers there were.
    pub fn count(&self, of: Of) -> usize {
        self.side(of).n
    }

    fn number(&self, at: usize) -> u32 {
        let four = self.bytes.as_ref().and_then(|bytes| bytes.get(at..at + 4)).and_then(|four| four.try_into().ok());
        four.map_or(0, u32::from_le_bytes)
    }

    /// What is kept of the numbers from `64 * word` on: which do not stand alone, and how many do not before them.
    fn word(&self, side: Side, word: usize) -> (u64, u32) {
        let at = side.words + WORD * word;
        let bits = self.bytes.as_ref().and_then(|bytes| bytes.get(at..at + 8)).and_then(|eight| eight.try_into().ok());
        (bits.map_or(0, u64::from_le_bytes), self.number(at + 8))
    }

    /// The first of `number` as it is kept; `None` where it stands alone.
    fn kept(&self, of: Of, number: u32) -> Option<u32> {
        let side = self.side(of);
        if number as usize >= side.n {
            return None;
        }
        let (bits, before) = self.word(side, number as usize / 64);
        (bits >> (number % 64) & 1 == 1).then(|| {
            let nth = before + (bits & below(number % 64)).count_ones();
            self.number(side.firsts + 4 * nth as usize)
        })
    }

    /// The number of the first telling of `number`.
    pub fn first(&self, of: Of, number: u32) -> u32 {
        self.kept(of, number).map_or(number, |first| first & !TOLD_AGAIN)
    }

    /// The numbers of all that tell the same as one of `firsts`, in order, these among them.
    pub fn members(&self, of: Of, firsts: &HashSet<u32>) -> Vec<u32> {
        let (told, mut members): (Vec<u32>, Vec<u32>) = firsts.iter().copied().partition(|first| self.is_told_again(of, *first));
        let side = self.side(of);
        if !told.is_empty() {
            for word in 0..side.n.div_ceil(64) {
                let (bits, before) = self.word(side, word);
                let firsts_here = (before as usize..).map(|nth| self.number(side.firsts + 4 * nth) & !TOLD_AGAIN);
                let here = ones(bits).zip(firsts_here).filter(|(_, first)| firsts.contains(first));
                members.extend(here.map(|(bit, _)| word as u32 * 64 + bit));
            }
        }
        members.sort_unstable();
        members.dedup();
        members
    }

    /// Whether there are others that tell the same as `number`.
    pub fn is_told_again(&self, of: Of, number: u32) -> bool {
        self.told_again(of, number).is_some()
    }

    /// The number of the first telling of `number`, where there are others that tell the same.
    pub fn told_again(&self, of: Of, number: u32) -> Option<u32> {
        self.kept(of, number).filter(|first| first & TOLD_AGAIN != 0).map(|first| first & !TOLD_AGAIN)
    }

    /// Calls `each` with those of `numbers`, in order, of which others tell the same.
    pub fn each_told_again(&self, of: Of, numbers: Range<u32>, mut each: impl FnMut(u32)) {
        let side = self.side(of);
        let end = numbers.end.min(side.n as u32);
        for word in numbers.start / 64..end.div_ceil(64) {
            let known = below(end - 64 * word) & !below(numbers.start.saturating_sub(64 * word));
            let bits = self.word(side, word as usize).0 & known;
            ones(bits).map(|bit| 64 * word + bit).filter(|number| self.is_told_again(of, *number)).for_each(&mut each);
        }
    }

    /// The group whose first is `first`; `None` when that stands alone.
    pub fn group(&self, of: Of, first: u32) -> Option<Group> {
        let side = self.side(of);
        let at = |i: usize| side.groups + GROUP * i;
        let (mut low, mut high) = (0, side.n_groups);
        while low < high {
            let middle = (low + high) / 2;
            if self.number(at(middle)) < first { low = middle + 1 } else { high = middle }
        }
        if low < side.n_groups && self.number(at(low)) == first { self.nth_group(of, low) } else { None }
    }

    fn nth_group(&self, of: Of, n: usize) -> Option<Group> {
        let at = self.side(of).groups + GROUP * n;
        let (from, to) = (self.name_end(of, n), self.number(at + 8) as usize);
        let name = self.bytes.as_ref()?.get(self.names + from..self.names + to)?;
        Some(Group { first: self.number(at), articles: self.number(at + 4), name: String::from_utf8_lossy(name).into_owned() })
    }

    /// One side as it could be written anew, with numbers up to `n_numbers`.
    pub fn draft(&self, of: Of, n_numbers: u64) -> Draft {
        let side = self.side(of);
        let firsts = (0..n_numbers as u32).map(|number| self.first(of, number)).collect();
        Draft { firsts, groups: (0..side.n_groups).filter_map(|n| self.nth_group(of, n)).collect() }
    }

    /// Where the name before that of group `i` ends: groups of all sides stand one behind the other.
    fn name_end(&self, of: Of, i: usize) -> usize {
        let at = self.side(of).groups + GROUP * i;
        if at == self.sides[0].groups { 0 } else { self.number(at - GROUP + 8) as usize }
    }

    /// Writes a table in place of the one in `dir`; drafts in the order of [`Of`].
    pub fn write(dir: &Path, stamp: u64, drafts: &[Draft; SIDES]) -> Result<()> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&stamp.to_le_bytes());
        let sides: Vec<(Vec<u8>, Vec<u32>)> = drafts.iter().map(Draft::packed).collect();
        for (draft, (_, firsts)) in drafts.iter().zip(&sides) {
            for n in [draft.firsts.len(), firsts.len(), draft.groups.len()] {
                bytes.extend_from_slice(&(n as u32).to_le_bytes());
            }
        }
        for (words, firsts) in sides {
            bytes.extend_from_slice(&words);
            firsts.iter().for_each(|first| bytes.extend_from_slice(&first.to_le_bytes()));
        }
        let mut names = String::new();
        for group in drafts.iter().flat_map(|d| &d.groups) {
            names.push_str(&group.name);
            for n in [group.first, group.articles, names.len() as u32] {
                bytes.extend_from_slice(&n.to_le_bytes());
            }
        }
        bytes.extend_from_slice(names.as_bytes());
        Stories::put(dir, bytes)
    }

    /// Notes that the table in `dir` holds for the commit with this stamp, too; `false` where there is none as it was written.
    pub fn confirm(dir: &Path, stamp: u64) -> Result<bool> {
        let Some((_, name)) = tables(dir)?.pop() else { return Ok(false) };
        let mut bytes = std::fs::read(dir.join(name)).context(Kind::Io, || "cannot read the table of stories".to_owned())?;
        let sound = disk::is_sound(&bytes);
        bytes.truncate(bytes.len().saturating_sub(8));
        if let (true, Some(at)) = (sound, bytes.get_mut(8..16)) {
            at.copy_from_slice(&stamp.to_le_bytes());
            return Stories::put(dir, bytes).map(|()| true);
        }
        Ok(false)
    }

    /// Puts a table, but for its checksum, in place of the one in `dir`.
    fn put(dir: &Path, mut bytes: Vec<u8>) -> Result<()> {
        bytes.extend_from_slice(&disk::sum(&bytes));
        let old = tables(dir)?;
        let number = old.last().map_or(0, |(number, _)| number + 1);
        disk::replace(&dir.join(format!("stories-{number}.dat")), &bytes)?;
        for (_, name) in old {
            // Whoever has it open keeps it; a leftover does no harm.
            let _ = std::fs::remove_file(dir.join(name));
        }
        Ok(())
    }
}

/// The tables in `dir` with their numbers, the newest last.
fn tables(dir: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let failed = || format!("cannot list `{}`", dir.display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).context(Kind::Io, failed)? {
        let name = entry.context(Kind::Io, failed)?.file_name();
        let number = name.to_str().and_then(|n| n.strip_prefix("stories-")?.strip_suffix(".dat")?.parse().ok());
        found.extend(number.map(|number| (number, PathBuf::from(&name))));
    }
    found.sort_unstable();
    Ok(found)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The one table in `dir`, but for its stamp and its checksum.
    pub fn bare(dir: &Path) -> Vec<u8> {
        let all = tables(dir).unwrap();
        assert_eq!(all.len(), 1, "{all:?}");
        let bytes = std::fs::read(dir.join(&all[0].1)).unwrap();
        [&bytes[..8], &bytes[16..bytes.len() - 8]].concat()
    }

    #[test]
    fn who_stands_alone_and_who_does_not_is_found_among_many() {
        let dir = tempfile::tempdir().unwrap();
        // Every seventh tells what the one three before it does, over many words of bits and past the last of them.
        let firsts: Vec<u32> = (0..1_000).map(|n| if n % 7 == 6 { n - 3 } else { n }).collect();
        let group = |first| Group { first, articles: 2, name: format!("a{first}") };
        let groups: Vec<Group> = (0..1_000).filter(|n| n % 7 == 3 && n + 3 < 1_000).map(group).collect();
        let draft = || Draft { firsts: firsts.clone(), groups: groups.clone() };
        Stories::write(dir.path(), 1, &[Draft::default(), draft(), draft()]).unwrap();
        let stories = Stories::open(dir.path()).unwrap();
        for of in [Of::Quotes, Of::Versions] {
            for n in 0..1_000 {
                assert_eq!(stories.first(of, n), firsts[n as usize], "{n}");
                let is_told = n % 7 == 6 || n % 7 == 3 && n + 3 < 1_000;
                assert_eq!(stories.is_told_again(of, n), is_told, "{n}");
                let first = stories.first(of, n);
                let expected = if is_told { vec![first, first + 3] } else { vec![n] };
                assert_eq!(stories.members(of, &HashSet::from([first])), expected, "{n}");
            }
            for some in [0..1_100, 3..4, 63..64, 6..6, 70..131, 990..1_000, 1_005..1_010] {
                let mut again = Vec::new();
                stories.each_told_again(of, some.clone(), |n| again.push(n));
                assert_eq!(again, some.filter(|n| stories.is_told_again(of, *n)).collect::<Vec<_>>());
            }
        }
        assert_eq!((stories.first(Of::Articles, 5), stories.is_told_again(Of::Quotes, 1_000)), (5, false));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Stories::open(dir.path()).unwrap().first(Of::Articles, 7), 7);
        let group = |first, articles, name: &str| Group { first, articles, name: name.into() };
        let articles = Draft { firsts: vec![0, 0, 2, 2, 0], groups: vec![group(0, 3, "a"), group(2, 2, "Žofie")] };
        let quotes = Draft { firsts: vec![1, 1], groups: vec![group(1, 2, "a#q2")] };
        let versions = Draft { firsts: vec![0, 3, 2, 3, 4], groups: vec![group(3, 2, "b")] };
        let drafts = [articles, quotes, versions];
        for stamp in [3, 4] {
            Stories::write(dir.path(), stamp, &drafts).unwrap();
        }
        assert!(Stories::confirm(dir.path(), 9).unwrap());
        let confirmed = Stories::open(dir.path()).unwrap();
        assert_eq!((confirmed.stamp, confirmed.first(Of::Articles, 4), Stories::check(dir.path())), (9, 0, Ok(())));
        assert!(Stories::confirm(dir.path(), 4).unwrap());
        let stories = Stories::open(dir.path()).unwrap();
        assert_eq!((stories.stamp, tables(dir.path()).unwrap().len()), (4, 1));
        assert_eq!([0, 1, 2, 3, 4, 5].map(|n| stories.first(Of::Articles, n)), [0, 0, 2, 2, 0, 5]);
        assert_eq!(stories.members(Of::Articles, &HashSet::from([0, 2, 9])), [0, 1, 2, 3, 4, 9]);
        assert_eq!(stories.members(Of::Versions, &HashSet::from([3])), [1, 3]);
        assert_eq!(stories.group(Of::Articles, 2), Some(group(2, 2, "Žofie")));
        assert_eq!(stories.group(Of::Articles, 0), Some(group(0, 3, "a")));
        assert_eq!(stories.group(Of::Articles, 1), None);
        assert_eq!([1, 2, 5].map(|n| stories.is_told_again(Of::Articles, n)), [true, true, false]);
        assert_eq!(stories.group(Of::Quotes, stories.first(Of::Quotes, 0)), Some(group(1, 2, "a#q2")));
        assert_eq!([0, 1, 3].map(|n| stories.first(Of::Versions, n)), [0, 3, 3]);
        assert_eq!(stories.group(Of::Versions, 3), Some(group(3, 2, "b")));
        let name = dir.path().join(&tables(dir.path()).unwrap()[0].1);
        let mut bytes = std::fs::read(&name).unwrap();
        bytes[30] ^= 1;
        std::fs::write(&name, bytes).unwrap();
        assert!(!Stories::confirm(dir.path(), 5).unwrap(), "what is damaged is not taken for sound");
        assert!(Stories::check(dir.path()).is_err());
    }
}
