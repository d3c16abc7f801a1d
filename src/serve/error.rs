//! What went wrong, as an HTTP status and a few words: the one place where [`Kind`] meets a status.

use crate::error::{Error, Kind};
use axum::http::StatusCode;

/// A request that is not answered, and why.
#[derive(Debug)]
pub struct Refusal {
    /// What HTTP calls it.
    pub status: StatusCode,
    /// What programs call it: `query`, `not-found`. Messages may come to be worded otherwise, this does not.
    pub kind: &'static str,
    /// What, in lower case and without a full stop.
    pub message: String,
    /// What to do instead.
    pub hint: Option<String>,
}

/// What a handler gives.
pub type Answered<T> = std::result::Result<T, Refusal>;

impl Refusal {
    /// A refusal with a status of its own.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Refusal {
        Refusal { status, kind: named(status), message: message.into(), hint: None }
    }

    /// Something is wrong with the request.
    pub fn bad(message: impl Into<String>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, message)
    }

    /// Adds what to do instead.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Refusal {
        self.hint = Some(hint.into());
        self
    }

    /// The archive has nothing in it, or there is none.
    pub fn is_empty_archive(&self) -> bool {
        self.status == StatusCode::NOT_FOUND && self.message == "the archive is empty"
    }
}

/// What programs call the refusals of each status.
pub const NAMES: [(u16, &str); 10] = [
    (400, "request"),
    (401, "token"),
    (403, "forbidden"),
    (404, "not-found"),
    (405, "method"),
    (409, "busy"),
    (410, "gone"),
    (421, "host"),
    (422, "limit"),
    (503, "time"),
];
/// Those that have no status to themselves.
pub const MORE_NAMES: [&str; 3] = ["query", "input", "failure"];

fn named(status: StatusCode) -> &'static str {
    let usual = if status.is_server_error() { "failure" } else { "request" };
    NAMES.iter().find(|(number, _)| *number == status.as_u16()).map_or(usual, |(_, name)| name)
}

/// The status of each kind of trouble.
pub fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Usage | Kind::Query => StatusCode::BAD_REQUEST,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Input | Kind::Limit => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Busy => StatusCode::CONFLICT,
        Kind::Time => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Config | Kind::Engine | Kind::Io => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        let refusal = Refusal::new(status(error.kind()), error.to_string());
        let kind = match error.kind() {
            Kind::Query => "query",
            Kind::Input => "input",
            _ => refusal.kind,
        };
        Refusal { kind, hint: error.hint().map(str::to_owned), ..refusal }
    }
}
