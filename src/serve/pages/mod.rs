//! Pages for people: one row of [`PAGES`] an address, each whole without JavaScript.

mod alert;
mod chart;
mod compare;
mod corrections;
mod coverage;
mod empty;
mod facets;
mod frame;
mod help;
mod hits;
mod ingest;
mod kwic;
mod map;
mod names;
mod notes;
mod person;
mod quoted;
mod reader;
mod saved;
mod screen;
mod story;
mod suggest;
mod timeline;
mod view;

use super::ask::{Ask, encoded};
use super::error::{Answered, Refusal};
use super::guard;
use super::state::Shared;
use crate::query::Target;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use std::sync::Arc;
use view::View;

/// What makes a page.
type Make = fn(&Shared, &Ask) -> Answered<Markup>;

/// Every page that shows a view: address, what makes it, the parameters it has besides those of the view.
static VIEWS: &[(&str, Make, &[&str])] = &[
    ("/", screen::page, &["near", "km"]),
    ("/facet", facets::page, &["by", "find", "from", "part"]),
    ("/article", reader::page, &["id"]),
    ("/coverage", coverage::page, &[]),
];

/// Every other page: address, what makes it, all its parameters.
static PAGES: &[(&str, Make, &[&str])] = &[
    ("/suggest", suggest::page, &["token"]),
    ("/person", person::page, &["name"]),
    ("/compare", compare::page, &["a", "b", "what", "words"]),
    ("/story", story::page, &["id"]),
    ("/kwic", kwic::page, &["q", "what", "sort", "width", "cursor"]),
    ("/similar", kwic::similar, &["id"]),
    ("/ingest", ingest::page, &["from"]),
    ("/saved", saved::page, &[]),
    ("/alert", alert::page, &["q", "what", "name", "on", "group", "schedule", "to", "way*"]),
    ("/names", names::page, &["about", "did"]),
    ("/help", help::page, &[]),
];

/// What does what a form asks, and says where to go then.
type Deed = fn(&Shared, &Ask) -> Answered<String>;

/// Every form: address, what it does.
static DEEDS: &[(&str, Deed)] = &[
    ("/saved", saved::deed),
    ("/alert", alert::deed),
    ("/names", names::deed),
    ("/corrections", corrections::deed),
    ("/notes", notes::deed),
];

/// Adds the addresses of the pages.
pub fn routes(router: Router<Arc<Shared>>) -> Router<Arc<Shared>> {
    let views = VIEWS.iter().map(|(path, make, own)| (*path, *make, [&view::PARAMETERS, *own].concat()));
    let pages = PAGES.iter().map(|(path, make, own)| (*path, *make, own.to_vec()));
    let router = views.chain(pages).fold(router, |router, (path, make, known)| {
        let known: Arc<[&str]> = known.into();
        router.route(path, get(move |State(shared): State<Arc<Shared>>, request: Request| show(shared, make, known, request)))
    });
    let router = DEEDS.iter().fold(router, |router, (path, deed)| {
        router.route(path, axum::routing::post(move |State(shared): State<Arc<Shared>>, request: Request| act(shared, *deed, request)))
    });
    router.route("/login", get(ask_token).post(take_token))
}

async fn show(shared: Arc<Shared>, make: Make, known: Arc<[&str]>, request: Request) -> Response {
    let made = match Ask::read(request.uri(), request.headers()).and_then(|ask| ask.only(&known).map(|()| ask)) {
        Ok(ask) => shared.work(move |shared| make(shared, &ask)).await,
        Err(refusal) => Err(refusal),
    };
    match made {
        Ok(page) => super::answer(StatusCode::OK, "text/html; charset=utf-8", page.into_string()),
        Err(trouble) => refused(&shared, &trouble, request.uri()),
    }
}

async fn act(shared: Arc<Shared>, deed: Deed, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let done = match guard::form(&shared, &parts.headers, body).await {
        Ok(ask) => shared.work(move |shared| deed(shared, &ask)).await,
        Err(refusal) => Err(refusal),
    };
    shared.look_again();
    match done {
        Ok(to) => see(&to),
        Err(trouble) => refused(&shared, &trouble, &parts.uri),
    }
}

/// Where to go from a form of the reader: to the page on which the article was open, the hits beside it, or to the article alone.
fn back(ask: &Ask, article: &str) -> String {
    let ours = |to: &&str| to.starts_with("/?") || to.starts_with("/article?");
    match ask.get("back").filter(ours) {
        Some(to) if to.starts_with("/?") => format!("{to}#reader"),
        Some(to) => to.to_owned(),
        None => format!("/article?id={}", encoded(article)),
    }
}

/// The answer to a form that was obeyed: the page to see then.
fn see(to: &str) -> Response {
    let mut response = super::answer(StatusCode::SEE_OTHER, "text/plain", "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

async fn ask_token(State(shared): State<Arc<Shared>>) -> Response {
    let refusal = Refusal::new(StatusCode::UNAUTHORIZED, "a token is asked for here");
    let mut response = super::refused(&shared, &refusal, false);
    *response.status_mut() = StatusCode::OK;
    response
}

/// Takes the token from the form and keeps it in a cookie that scripts and other sites do not see.
async fn take_token(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let right = |ask: &Ask| {
        shared.token.as_ref().is_none_or(|token| blake3::hash(ask.get("token").unwrap_or_default().trim().as_bytes()) == *token)
    };
    match guard::fields(&shared, &parts.headers, body).await {
        Ok(ask) if right(&ask) => {
            let mut response = see("/");
            let token = ask.get("token").unwrap_or_default().trim().to_owned();
            if let Ok(cookie) = HeaderValue::from_str(&format!("{}={token}; HttpOnly; SameSite=Strict; Path=/", guard::COOKIE)) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        Ok(_) => super::refused(&shared, &Refusal::new(StatusCode::UNAUTHORIZED, "that is not the token"), false),
        Err(refusal) => super::refused(&shared, &refusal, false),
    }
}

fn login(refusal: &Refusal) -> Markup {
    html! {
        main #main .trouble {
            h1 { (refusal.message) }
            form action="/login" method="post" {
                label { "Token " input type="password" name="token" required autocomplete="current-password"; }
                button type="submit" { "Open" }
            }
        }
    }
}

/// A refusal as a page, with what was asked still in the search box.
fn refused(shared: &Shared, trouble: &Refusal, uri: &Uri) -> Response {
    let ask = Ask::of_form(uri.query().unwrap_or_default()).ok();
    let q = ask.as_ref().and_then(|a| a.get("q")).unwrap_or_default();
    let what = ask.as_ref().and_then(|a| a.what().ok()).unwrap_or(Target::Articles);
    let page = empty::refusal(shared, trouble, &View::search(q, what));
    super::answer(trouble.status, "text/html; charset=utf-8", page.into_string())
}

/// A refusal as a page.
pub fn refusal(shared: &Shared, refusal: &Refusal) -> Markup {
    empty::refusal(shared, refusal, &View::all())
}
