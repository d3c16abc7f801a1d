//! What went wrong, as an HTTP status and a few words: the one place where [`Kind`] meets a status.

use crate::error::{Error, Kind};
use axum::http::StatusCode;

/// A request that is not answered, and why.
#[derive(Debug)]
pub struct Refusal {
    /// What HTTP calls it.
    pub status: StatusCode,
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
        Refusal { status, message: message.into(), hint: None }
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
        Refusal { status: status(error.kind()), message: error.to_string(), hint: error.hint().map(str::to_owned) }
    }
}
