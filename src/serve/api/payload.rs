//! An answer of the API, written: as one object, as lines or as a table, with what its head says of it.

use crate::archive::csv_row;
use crate::serve::answer;
use crate::serve::ask::Form;
use crate::serve::error::{Answered, Refusal};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Serialize;

/// An answer, written.
pub struct Payload {
    kind: &'static str,
    body: String,
    /// What stands for the body when two answers are compared: without what differs each time.
    mark: blake3::Hash,
    /// How much there is in all, where this is a page of it.
    total: Option<u64>,
    /// The address of the following page.
    following: Option<String>,
    /// What a browser calls the file it keeps this in.
    file: Option<String>,
}

impl Payload {
    fn new(kind: &'static str, body: String, mark: blake3::Hash) -> Payload {
        Payload { kind, body, mark, total: None, following: None, file: None }
    }

    /// The same as a page of `total`, with the address of the following one: in the head of the answer, since lines and tables
    /// have no other place for it.
    pub fn of(self, total: u64, following: Option<String>) -> Payload {
        Payload { total: Some(total), following, ..self }
    }

    /// The same as a page of what is not counted, with the address of the following one.
    pub fn followed(self, following: Option<String>) -> Payload {
        Payload { following, ..self }
    }

    /// A table is kept by browsers as a file: one called as what was asked.
    pub fn named(self, path: &str) -> Payload {
        let name = path.split('/').rfind(|step| !step.is_empty() && !step.starts_with('{')).unwrap_or("morgue");
        let file = self.kind.starts_with("text/csv").then(|| format!("attachment; filename=\"morgue-{name}.csv\""));
        Payload { file, ..self }
    }

    /// One object. `steady` is what of it does not differ from one time to the next.
    pub fn object(whole: &impl Serialize, steady: &impl Serialize) -> Answered<Payload> {
        let mark = blake3::hash(json(steady)?.as_bytes());
        Ok(Payload::new("application/json", json(whole)?, mark))
    }

    /// Rows: one object a line, or a table.
    pub fn rows<T: Serialize>(form: Form, rows: &[T], head: &[&str], cells: impl Fn(&T) -> Vec<String>) -> Answered<Payload> {
        let mut body = String::new();
        let mut line = |text: String, end: &str| {
            body.push_str(&text);
            body.push_str(end);
        };
        let kind = match form {
            Form::Csv => {
                line(csv_row(head)?, "\r\n");
                for row in rows {
                    line(csv_row(cells(row))?, "\r\n");
                }
                "text/csv; charset=utf-8"
            }
            Form::Json | Form::Lines => {
                for row in rows {
                    line(json(row)?, "\n");
                }
                "application/x-ndjson"
            }
        };
        let mark = blake3::hash(body.as_bytes());
        Ok(Payload::new(kind, body, mark))
    }

    /// A document of another kind.
    pub fn document(kind: &'static str, body: String) -> Payload {
        let mark = blake3::hash(body.as_bytes());
        Payload::new(kind, body, mark)
    }

    /// As a response; 304 to whoever has it already.
    pub fn response(self, headers: &HeaderMap) -> Response {
        let tag = format!("W/\"{}\"", &self.mark.to_hex()[..20]);
        let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let mut response = match known.split(',').any(|t| t.trim() == tag || t.trim() == "*") {
            true => answer(StatusCode::NOT_MODIFIED, self.kind, ""),
            false => answer(StatusCode::OK, self.kind, self.body),
        };
        let next = self.following.map(|address| format!("<{address}>; rel=\"next\""));
        let head = [
            (header::ETAG, Some(tag)),
            (header::HeaderName::from_static("x-total-count"), self.total.map(|n| n.to_string())),
            (header::LINK, next),
            (header::CONTENT_DISPOSITION, self.file),
        ];
        for (name, value) in head {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                response.headers_mut().insert(name, value);
            }
        }
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
        response
    }
}

fn json(value: &impl Serialize) -> Answered<String> {
    serde_json::to_string(value).map_err(|e| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, format!("cannot write JSON: {e}")))
}
