//! The HTTP door: a page to search, read, check and cite on, and an API that says what the command line says.
//!
//! Requests pass the guard (`guard`), are decoded (`ask`), and are answered from the archive (`state`) as JSON, lines or a
//! table (`api`) or as a page (`pages`). Pages are whole without JavaScript; the one script (`assets/morgue.js`) adds keys,
//! typing ahead and the brush. Nothing is fetched from elsewhere, and no markup of an article is passed through.

mod api;
mod ask;
mod assets;
mod error;
mod guard;
mod listen;
mod pages;
mod patient;
mod state;
mod wire;

pub use guard::Names;
pub use listen::{Listening, Options};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use error::Refusal;
use state::Shared;
use std::sync::Arc;

/// Everything that can be asked for.
fn router(shared: &Arc<Shared>, names: Names) -> Router {
    let router = Router::new();
    let router = api::routes(router);
    let router = assets::routes(router);
    let router = pages::routes(router);
    let router = router.fallback(nothing).method_not_allowed_fallback(not_so);
    let guard = axum::middleware::from_fn_with_state((Arc::clone(shared), names), guard::guard);
    router.with_state(Arc::clone(shared)).layer(guard)
}

async fn nothing(axum::extract::State(shared): axum::extract::State<Arc<Shared>>, request: axum::extract::Request) -> Response {
    let path = request.uri().path();
    let refusal =
        Refusal::new(StatusCode::NOT_FOUND, "there is nothing at this address").with_hint("the API is described at /openapi.json");
    refused(&shared, &refusal, is_api(path))
}

async fn not_so(axum::extract::State(shared): axum::extract::State<Arc<Shared>>, request: axum::extract::Request) -> Response {
    let refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, format!("`{}` is not done here", request.method()));
    refused(&shared, &refusal, is_api(request.uri().path()))
}

/// Whether a path belongs to programs rather than to people.
fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/") || path == "/openapi.json"
}

/// A refusal as JSON or as a page.
fn refused(shared: &Shared, refusal: &Refusal, api: bool) -> Response {
    if api {
        let body =
            serde_json::json!({ "error": refusal.message, "hint": refusal.hint, "type": refusal.kind, "status": refusal.status.as_u16() });
        return answer(refusal.status, "application/json", body.to_string());
    }
    answer(refusal.status, "text/html; charset=utf-8", pages::refusal(shared, refusal).into_string())
}

/// An answer with a body of one kind.
fn answer(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let also = match status {
        StatusCode::SERVICE_UNAVAILABLE => Some((header::RETRY_AFTER, "2")),
        StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
        _ => None,
    };
    if let Some((name, value)) = also {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
