//! Who may ask: Host and Origin, the token, the key that forms carry, and the headers every answer bears.
//!
//! The page is for the people at this machine. A site opened in the same browser must neither read the archive nor write to
//! it, also when its name is made to point here (DNS rebinding): so the name asked for must be ours, a request another site
//! made is refused, and every form carries a key that only our pages know.

use super::ask::Ask;
use super::error::{Answered, Refusal};
use super::state::Shared;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::time::timeout;

/// Most bytes of a form.
const LARGEST_FORM: usize = 64 * 1024;
/// The cookie that holds the token.
pub const COOKIE: &str = "morgue_token";

/// Where we listen, and by which names we may be asked.
#[derive(Clone, Debug)]
pub struct Names {
    /// The address.
    pub address: SocketAddr,
    /// Further names, for other addresses than this machine's own.
    pub also: Vec<String>,
}

impl Names {
    /// Whether `host` (a `Host` header) names us.
    pub fn include(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => (name, port.parse().ok()),
            _ => (host, Some(80)),
        };
        if port != Some(self.address.port()) {
            return false;
        }
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let ip: Option<IpAddr> = bare.parse().ok();
        if self.address.ip().is_loopback() {
            return name.eq_ignore_ascii_case("localhost") || ip.is_some_and(|ip| ip.is_loopback());
        }
        // A name can be made to point anywhere; a number is what it is.
        ip.is_some() || name.eq_ignore_ascii_case("localhost") || self.also.iter().any(|n| n.eq_ignore_ascii_case(name))
    }
}

/// Lets through what may pass, and puts our headers on every answer.
pub async fn guard(State((shared, names)): State<(Arc<Shared>, Names)>, request: Request, next: Next) -> Response {
    let api = super::is_api(request.uri().path());
    let mut response = match admitted(&shared, &names, &request) {
        Ok(()) => next.run(request).await,
        Err(refusal) => super::refused(&shared, &refusal, api),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

fn admitted(shared: &Shared, names: &Names, request: &Request) -> Answered<()> {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).ok_or_else(|| Refusal::bad("the request has no `Host`"))?;
    if !names.include(host) {
        return Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, format!("`{host}` is not served here"))
            .with_hint("open the address that `morgue serve` prints"));
    }
    if let Some(origin) = headers.get(header::ORIGIN) {
        let ours =
            origin.to_str().ok().and_then(|o| o.parse::<Uri>().ok()).is_some_and(|o| o.authority().is_some_and(|a| a.as_str() == host));
        if !ours {
            return Err(Refusal::new(StatusCode::FORBIDDEN, "another site made this request"));
        }
    }
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()).unwrap_or("none");
    let mode = headers.get("sec-fetch-mode").and_then(|v| v.to_str().ok()).unwrap_or("navigate");
    let foreign = matches!(site, "cross-site" | "same-site") && (mode != "navigate" || request.method() != Method::GET);
    if foreign {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "another site made this request"));
    }
    let open = request.uri().path() == "/login" || request.uri().path().starts_with("/assets/");
    match &shared.token {
        Some(token) if !open && !bears(headers, token) => Err(Refusal::new(StatusCode::UNAUTHORIZED, "a token is asked for here")
            .with_hint("send `Authorization: Bearer TOKEN`, or open /login")),
        _ => Ok(()),
    }
}

/// Whether the request bears the token, as `Authorization: Bearer …` or in its cookie. Hashes compare in constant time.
fn bears(headers: &HeaderMap, token: &blake3::Hash) -> bool {
    let is = |text: &str| blake3::hash(text.trim().as_bytes()) == *token;
    let bearer = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    let mut cookie = cookies.filter_map(|c| c.trim().strip_prefix(COOKIE)?.strip_prefix('='));
    bearer.is_some_and(is) || cookie.any(is)
}

/// The fields of a form that one of our own pages sent.
///
/// # Errors
///
/// 405 where nothing may be written, 403 without our key, 408, 413 and 415 for forms that are slow, large or none.
pub async fn form(shared: &Shared, headers: &HeaderMap, body: Body) -> Answered<Ask> {
    if shared.read_only {
        return Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "this page is for reading only")
            .with_hint("start `morgue serve` without `--read-only`"));
    }
    let ask = fields(shared, headers, body).await?;
    let key = ask.get("key").unwrap_or_default();
    if blake3::hash(key.as_bytes()) != blake3::hash(shared.secret.as_bytes()) {
        return Err(Refusal::new(StatusCode::FORBIDDEN, "the form does not carry the key of this server")
            .with_hint("load the page anew and send it again"));
    }
    Ok(ask)
}

/// The fields of any form.
///
/// # Errors
///
/// As [`form`], the key aside.
pub async fn fields(shared: &Shared, headers: &HeaderMap, body: Body) -> Answered<Ask> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/x-www-form-urlencoded") {
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send a form as `application/x-www-form-urlencoded`"));
    }
    let late = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "the form did not arrive in time");
    let bytes = timeout(shared.slowest, axum::body::to_bytes(body, LARGEST_FORM)).await.map_err(late)?;
    let bytes = bytes.map_err(|_| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("a form may have {LARGEST_FORM} bytes")))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Refusal::bad("the form is not UTF-8"))?;
    Ask::of_form(text)
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn only_our_own_names_are_answered() {
        let names =
            |address: &str, also: &[&str]| Names { address: address.parse().unwrap(), also: also.iter().map(|s| (*s).into()).collect() };
        let here = names("127.0.0.1:4747", &[]);
        for host in ["127.0.0.1:4747", "localhost:4747", "LOCALHOST:4747", "[::1]:4747"] {
            assert!(here.include(host), "{host}");
        }
        for host in [
            "evil.example:4747",
            "127.0.0.1",
            "127.0.0.1:80",
            "localhost.evil.example:4747",
            "10.0.0.1:4747",
            "",
            ":4747",
            "127.0.0.1:4747:4747",
        ] {
            assert!(!here.include(host), "{host}");
        }
        let wide = names("0.0.0.0:4747", &["desk.example"]);
        assert!(wide.include("10.0.0.1:4747") && wide.include("desk.example:4747") && !wide.include("evil.example:4747"));
    }
}
