//! What all requests share: the archive as of now and as of a little earlier, and the way to it (the only `spawn_blocking`).

use super::error::{Answered, Refusal};
use crate::archive::{Answered as Answers, Archive, Home};
use crate::error::{Context, Error, Kind, Result};
use crate::query::{Bucket, Target};
use crate::saved::{SavedQueries, SavedQuery};
use axum::http::StatusCode;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// How often the archive is looked at for a new revision.
const LOOK: Duration = Duration::from_millis(500);
/// How many earlier revisions stay open for those who page through them.
const EARLIER: usize = 3;
/// How many answers to pages are remembered.
const REMEMBERED: usize = 64;

/// What all requests share.
pub struct Shared {
    /// Where the archive is.
    pub home: Home,
    /// Nothing may be written.
    pub read_only: bool,
    /// What a form must carry to be obeyed: unknown to other sites.
    pub secret: String,
    /// The token's hash, where one is asked for.
    pub token: Option<blake3::Hash>,
    /// How long a question may take.
    pub patience: Duration,
    /// How long a form may take to arrive.
    pub slowest: Duration,
    permits: Arc<Semaphore>,
    kept: Mutex<Kept>,
}

/// Beginnings of stretches of time, in seconds, with what there is in each.
type Counts = Vec<(i64, u64)>;

/// When a file was written, and how long it is.
type Written = (SystemTime, u64);

#[derive(Default)]
struct Kept {
    now: Option<Arc<Archive>>,
    earlier: VecDeque<Arc<Archive>>,
    looked: Option<Instant>,
    stamp: Option<SystemTime>,
    /// All that `now` has over time, as far as it was asked.
    whole: Vec<(Target, Bucket, Arc<Counts>)>,
    /// What pages of the archive as of now have found, by what they asked; the latest last.
    found: VecDeque<(String, Arc<Answers>)>,
    /// The saved queries, and the file they were read from.
    saved: Option<(Written, Arc<Vec<SavedQuery>>)>,
}

impl Shared {
    /// Shares the archive at `home`; at most `at_once` questions are answered at a time.
    ///
    /// # Errors
    ///
    /// When the machine gives no random numbers.
    pub fn new(home: Home, at_once: usize, patience: Duration) -> Result<Shared> {
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed).context(Kind::Io, || "cannot draw random numbers".to_owned())?;
        Ok(Shared {
            home,
            read_only: false,
            secret: blake3::hash(&seed).to_hex()[..32].to_owned(),
            token: None,
            patience,
            slowest: patience,
            permits: Arc::new(Semaphore::new(at_once)),
            kept: Mutex::new(Kept::default()),
        })
    }

    /// Does `work` where waiting for the disk is allowed.
    ///
    /// # Errors
    ///
    /// What the work says; 503 when there is too much of it, or it takes too long.
    pub async fn work<T: Send + 'static>(self: &Arc<Shared>, work: impl FnOnce(&Shared) -> Answered<T> + Send + 'static) -> Answered<T> {
        let busy = || Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "too many questions at once").with_hint("try again in a moment");
        let permit = timeout(self.patience, Arc::clone(&self.permits).acquire_owned()).await.map_err(|_| busy())?.map_err(|_| busy())?;
        let shared = Arc::clone(self);
        let job = tokio::task::spawn_blocking(move || {
            // Held until the work is really done, also when nobody waits for it any more.
            let _permit = permit;
            work(&shared)
        });
        match timeout(self.patience, job).await {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "morgue failed at this; the fault is its own")),
            Err(_) => {
                let message = format!("no answer within {} s", self.patience.as_secs());
                Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, message).with_hint("ask for less: a narrower time, fewer `*`"))
            }
        }
    }

    /// The archive as of now, for a question that begins now: whatever is asked of it is given up when patience is at its end.
    ///
    /// # Errors
    ///
    /// When it is empty or cannot be opened.
    pub fn archive(&self) -> Result<Archive> {
        Ok(self.hurried(self.as_of_now()?.as_ref()))
    }

    /// Makes the next question look for a new revision: whoever has just written something sees it.
    pub fn look_again(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).looked = None;
    }

    fn hurried(&self, archive: &Archive) -> Archive {
        archive.until(Instant::now().checked_add(self.patience))
    }

    fn as_of_now(&self) -> Result<Arc<Archive>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = kept.looked.is_some_and(|at| at.elapsed() < LOOK);
        if let (Some(now), true) = (&kept.now, fresh) {
            return Ok(Arc::clone(now));
        }
        let stamp = self.home.stamp();
        if stamp.is_none() {
            return Err(Error::new(Kind::NotFound, "the archive is empty").with_hint("fill it with `morgue index PATH`"));
        }
        if kept.now.is_none() || stamp != kept.stamp {
            let opened = Archive::open(self.home.clone())?;
            kept.stamp = stamp;
            let same = kept.now.as_ref().is_some_and(|now| now.note == opened.note && now.settings == opened.settings);
            if !same {
                kept.whole.clear();
                let before = kept.now.replace(Arc::new(opened));
                kept.earlier.extend(before);
                kept.found.clear();
                while kept.earlier.len() > EARLIER {
                    kept.earlier.pop_front();
                }
            }
        }
        kept.looked = Some(Instant::now());
        kept.now.clone().ok_or_else(|| Error::new(Kind::NotFound, "the archive is empty"))
    }

    /// Everything in `archive` over time: the bars behind those of a search. Counted once while the archive stays as it is.
    ///
    /// # Errors
    ///
    /// As `count`, which counts it.
    pub fn whole(&self, archive: &Archive, (what, per): (Target, Bucket), count: impl FnOnce() -> Result<Counts>) -> Result<Arc<Counts>> {
        let is_now = |kept: &Kept| kept.now.as_ref().is_some_and(|now| now.is(archive));
        {
            let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            let asked = kept.whole.iter().find(|(w, p, _)| *w == what && *p == per);
            if let Some((_, _, counts)) = asked.filter(|_| is_now(&kept)) {
                return Ok(Arc::clone(counts));
            }
        }
        let counts = Arc::new(count()?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if is_now(&kept) && !kept.whole.iter().any(|(w, p, _)| *w == what && *p == per) {
            kept.whole.push((what, per, Arc::clone(&counts)));
        }
        Ok(counts)
    }

    /// What `asked` found in `archive`, from memory where that is the archive as of now and it was asked lately: whoever opens
    /// one hit after the other, or goes back, asks the same again and again. `asked` must say all that shapes the answer.
    ///
    /// # Errors
    ///
    /// As `find`.
    pub fn remembered(&self, archive: &Archive, asked: String, find: impl FnOnce() -> Answered<Answers>) -> Answered<Arc<Answers>> {
        let is_now = |kept: &Kept| kept.now.as_ref().is_some_and(|now| now.is(archive));
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.found.iter().find(|(other, _)| is_now(&kept) && *other == asked).map(|(_, answers)| Arc::clone(answers));
        drop(kept);
        if let Some(known) = known {
            return Ok(known);
        }
        let answers = Arc::new(find()?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if is_now(&kept) {
            kept.found.push_back((asked, Arc::clone(&answers)));
            if kept.found.len() > REMEMBERED {
                kept.found.pop_front();
            }
        }
        Ok(answers)
    }

    /// All saved queries, read anew when their file has changed; none where it cannot be read, which is said where it is edited.
    pub fn saved(&self) -> Arc<Vec<SavedQuery>> {
        let path = self.home.queries();
        let stamp = std::fs::metadata(&path).and_then(|file| Ok((file.modified()?, file.len()))).ok();
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, saved)) = kept.saved.as_ref().filter(|(at, _)| Some(*at) == stamp) {
            return Arc::clone(saved);
        }
        drop(kept);
        let saved = Arc::new(SavedQueries::read(&path).map(|file| file.list()).unwrap_or_default());
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).saved = stamp.map(|stamp| (stamp, Arc::clone(&saved)));
        saved
    }

    /// The archive as of `revision`, if it is still open; `None` means now.
    ///
    /// # Errors
    ///
    /// 410 when that revision is gone.
    pub fn archive_at(&self, revision: Option<u64>) -> Answered<Archive> {
        let now = self.as_of_now()?;
        let Some(revision) = revision.filter(|r| *r != now.note.revision) else { return Ok(self.hurried(&now)) };
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.earlier.iter().rev().find(|a| a.note.revision == revision);
        found.map(|archive| self.hurried(archive)).ok_or_else(|| {
            let message = format!("revision {revision} is no longer open; the archive is at {}", now.note.revision);
            Refusal::new(StatusCode::GONE, message).with_hint("ask again without `cursor`")
        })
    }
}
