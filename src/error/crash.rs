//! Crashes of other people's code as errors: parsers fed with broken files, an index fed with damaged ones.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Once;

thread_local! {
    /// Whether a panic would be one that is caught, which is reported and not printed.
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; a panic in it is an `Err` with its message, and prints nothing.
///
/// # Errors
///
/// When `work` panics.
///
/// # Example
///
/// ```
/// assert_eq!(morgue::error::caught(|| 1), Ok(1));
/// assert_eq!(morgue::error::caught(|| panic!("no")), Err::<(), _>("no".to_owned()));
/// ```
pub fn caught<T>(work: impl FnOnce() -> T) -> std::result::Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !SILENT.get() {
                usual(info);
            }
        }));
    });
    let before = SILENT.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    let ours = SILENT.replace(before);
    outcome.map_err(|payload| {
        // A panic inside `uncaught` is not ours to hold up.
        if !ours {
            SILENT.set(false);
            resume_unwind(payload);
        }
        let text = payload.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| payload.downcast_ref::<String>().cloned());
        text.unwrap_or_else(|| "no reason given".to_owned())
    })
}

/// Runs `work`, called from inside [`caught`], so that its panics are printed and go on.
pub fn uncaught<T>(work: impl FnOnce() -> T) -> T {
    let before = SILENT.replace(false);
    let outcome = work();
    SILENT.set(before);
    outcome
}
