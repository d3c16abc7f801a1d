//! Work spread over as many threads as there are processors.

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many threads can run at once here; at least 1. The system is asked once: it reads several files to tell.
pub fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
}

thread_local! {
    /// Whether this thread does a share of some work: then all processors are busy, and more threads would only cost.
    static SHARES: Cell<bool> = const { Cell::new(false) };
}

/// Notes that this thread does a share, until it is dropped.
struct Share;

impl Share {
    fn begin() -> Share {
        SHARES.set(true);
        Share
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        SHARES.set(false);
    }
}

/// Does `n` pieces of work, numbered from 0, by `n_threads` threads, this one among them; each has a gatherer of its own, made by
/// `new`. Answers what each gathered. Work within such work is done by the thread that asks for it.
///
/// # Errors
///
/// The first of a thread ends what that thread does; the others go on to the end.
pub fn spread<T: Send, E: Send>(
    n_threads: usize,
    n: usize,
    new: impl Fn() -> T + Sync,
    each: impl Fn(&mut T, usize) -> Result<(), E> + Sync,
) -> Result<Vec<T>, E> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut gathered = new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= n {
                return Ok(gathered);
            }
            each(&mut gathered, at)?;
        }
    };
    if n_threads.min(n) <= 1 || SHARES.get() {
        return Ok(vec![work()?]);
    }
    let share = || {
        let _share = Share::begin();
        work()
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..n_threads.min(n)).map(|_| scope.spawn(share)).collect();
        let mut all = vec![share()?];
        for other in others {
            all.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(all)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread::ThreadId;

    fn threads(n_threads: usize) -> Vec<ThreadId> {
        spread(n_threads, 4, || std::thread::current().id(), |_, _| Ok::<(), ()>(())).unwrap()
    }

    #[test]
    fn every_piece_is_done_once_and_work_within_work_starts_no_threads() {
        let all = spread(3, 9, Vec::new, |done, at| {
            assert_eq!(threads(3), [std::thread::current().id()]);
            done.push(at);
            Ok::<(), ()>(())
        });
        let mut all: Vec<usize> = all.unwrap().into_iter().flatten().collect();
        all.sort_unstable();
        assert_eq!(all, (0..9).collect::<Vec<_>>());
        assert_eq!(threads(3).len(), 3, "what was noted of this thread is over");
    }

    #[test]
    fn an_error_or_a_panic_comes_through() {
        let one = |_: &mut (), at| if at == 5 { Err("no") } else { Ok(()) };
        assert!(spread(3, 9, || (), one).is_err());
        assert!(std::panic::catch_unwind(|| spread(2, 9, || (), |_, at| if at == 5 { panic!("no") } else { Ok::<(), ()>(()) })).is_err());
        assert_eq!(threads(2).len(), 2);
    }
}
