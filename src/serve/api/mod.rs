//! The API: one row of [`ROUTES`] an address. The router, the check of parameters and `/openapi.json` follow from it.
//!
//! Answers are the types of `--json`. By `Accept`, an answer comes as one object (`application/json`), one object a line
//! (`application/x-ndjson`, the very lines of `--json`) or a table (`text/csv`, the rows of `--csv`).

mod articles;
mod clusters;
mod compare;
mod counts;
mod feed;
mod kwic;
mod openapi;
mod payload;
mod saved;
mod search;

pub use kwic::lines;
pub use payload::Payload;

use super::ask::Ask;
use super::error::Answered;
use super::state::Shared;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use schemars::{Schema, SchemaGenerator};
use std::sync::Arc;

/// An address of the API.
pub struct Route {
    /// The path; `{*id}` stands for the rest of it.
    pub path: &'static str,
    /// One line of what it answers.
    pub summary: &'static str,
    /// What may be asked with it.
    pub parameters: &'static [Parameter],
    /// Whether it also comes as lines and as a table.
    pub rows: bool,
    /// The shape of its answer.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// The answer.
    pub run: fn(&Shared, &Ask) -> Answered<Payload>,
}

/// A parameter of an address.
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub help: &'static str,
    /// `string`, `integer` or `boolean`.
    pub kind: &'static str,
    /// Nothing is answered without it.
    pub needed: bool,
}

const fn parameter(name: &'static str, kind: &'static str, help: &'static str) -> Parameter {
    Parameter { name, help, kind, needed: false }
}

const fn needed(name: &'static str, help: &'static str) -> Parameter {
    Parameter { name, help, kind: "string", needed: true }
}

const Q: Parameter = parameter("q", "string", "the query, in the language of the command line; everything when it is left out");
const WHAT: Parameter = parameter("what", "string", "`articles` (usual) or `quotes`");
const AS: Parameter = parameter("as", "string", "`json`, `ndjson` or `csv`, where `Accept` cannot say it");
const LIMIT: Parameter = parameter("n", "integer", "how many hits, at most 1000");

/// What a search takes; a saved one the same, but for the query.
static SEARCH: [Parameter; 10] = [
    Q,
    AS,
    LIMIT,
    parameter("offset", "integer", "how many hits to leave out at the start"),
    parameter("cursor", "string", "`next` of the answer before: the following page, of the same revision of the archive"),
    parameter(
        "sort",
        "string",
        "relevance, date (newest first), -date, added or length; of quotes asked for by speaker, role or cue, relevance counts by the confidence of the attribution; where no words are asked for it is the date",
    ),
    parameter(
        "collapse",
        "string",
        "`story`: articles that tell one story, and quotes that repeat each other, come as one hit; `none` (usual)",
    ),
    parameter("any", "boolean", "rank by any of the words instead of requiring all"),
    parameter("facets", "string", "fields to count beside the hits: `speaker,place`"),
    parameter("timeline", "string", "count over time beside the hits: day, week, month or year"),
];

/// Every address.
pub static ROUTES: &[Route] = &[
    Route {
        path: "/api/v1/search",
        summary: "Articles that match",
        parameters: &SEARCH,
        rows: true,
        schema: |g| g.subschema_for::<search::Found>(),
        run: search::articles,
    },
    Route {
        path: "/api/v1/quotes",
        summary: "Quotes that match",
        parameters: &SEARCH,
        rows: true,
        schema: |g| g.subschema_for::<search::Found>(),
        run: search::quotes,
    },
    Route {
        path: "/api/v1/count",
        summary: "How many articles and quotes match",
        parameters: &[Q, WHAT],
        rows: false,
        schema: |g| g.subschema_for::<counts::Count>(),
        run: counts::count,
    },
    Route {
        path: "/api/v1/facets",
        summary: "Counts by one or two fields",
        parameters: &[
            Q,
            WHAT,
            AS,
            parameter("by", "string", "a field, or two with a comma between; may be given several times"),
            parameter("n", "integer", "how many values, at most 1000"),
        ],
        rows: true,
        schema: |g| g.subschema_for::<counts::Facets>(),
        run: counts::facets,
    },
    Route {
        path: "/api/v1/timeline",
        summary: "Counts over time",
        parameters: &[
            Q,
            WHAT,
            AS,
            parameter("and", "string", "another query on the same calendar; may be given several times"),
            parameter("per", "string", "day, week, month (usual) or year"),
        ],
        rows: true,
        schema: |g| g.subschema_for::<counts::OverTime>(),
        run: counts::timeline,
    },
    Route {
        path: "/api/v1/kwic",
        summary: "Every match in its context",
        parameters: &[
            Q,
            WHAT,
            AS,
            parameter("n", "integer", "how many lines, at most 1000"),
            parameter("cursor", "string", "`next` of the answer before: the lines that follow, of the same revision of the archive"),
            parameter("width", "integer", "characters on each side"),
            parameter("sort", "string", "date (oldest first) or relevance"),
        ],
        rows: true,
        schema: |g| g.subschema_for::<kwic::Concordance>(),
        run: kwic::kwic,
    },
    Route {
        path: "/api/v1/similar/{*id}",
        summary: "Articles like one: copies, and what else was written on the matter",
        parameters: &[
            AS,
            parameter("n", "integer", "how many, at most 1000"),
            parameter("within", "string", "look only among what this query finds"),
        ],
        rows: true,
        schema: |g| g.subschema_for::<kwic::Alike>(),
        run: kwic::similar,
    },
    Route {
        path: "/api/v1/clusters/{*id}",
        summary: "All articles that tell the story of one (or all quotes that say the same), the first first",
        parameters: &[AS, LIMIT],
        rows: true,
        schema: |g| g.subschema_for::<clusters::Cluster>(),
        run: clusters::cluster,
    },
    Route {
        path: "/api/v1/compare",
        summary: "Two queries side by side: which names, places and words one has more of than the other",
        parameters: &[
            needed("a", "the first query"),
            needed("b", "the second query"),
            WHAT,
            AS,
            parameter("by", "string", "fields to compare, with commas between"),
            parameter("n", "integer", "how many values of a field for each side, at most 1000"),
            parameter("least", "integer", "leave out values with fewer hits on both sides together"),
            parameter("words", "boolean", "whether the words of the texts are compared, which all have to be read for that (usual)"),
        ],
        rows: true,
        schema: |g| g.subschema_for::<compare::Contrasted>(),
        run: compare::compare,
    },
    Route {
        path: "/api/v1/coverage",
        summary: "Articles by source and month: what the archive has, and where it is thin",
        parameters: &[Q, AS],
        rows: true,
        schema: |g| g.subschema_for::<counts::Facets>(),
        run: counts::coverage,
    },
    Route {
        path: "/api/v1/status",
        summary: "What is in the archive, and what could not be read",
        parameters: &[],
        rows: false,
        schema: |g| g.subschema_for::<crate::archive::Status>(),
        run: counts::status,
    },
    Route {
        path: "/api/v1/articles/{*id}",
        summary: "One article with all that was found in it",
        parameters: &[],
        rows: false,
        schema: |g| g.subschema_for::<crate::article::Clipping>(),
        run: articles::one,
    },
    Route {
        path: "/api/v1/people/{*name}",
        summary: "One person across the archive: forms of the name, roles, quotes by and about, places, sources",
        parameters: &[parameter("latest", "integer", "how many of the latest quotes come with it")],
        rows: false,
        schema: |g| g.subschema_for::<crate::archive::Card>(),
        run: articles::person,
    },
    Route {
        path: "/api/v1/saved",
        summary: "The saved queries",
        parameters: &[AS],
        rows: true,
        schema: |g| g.subschema_for::<saved::Kept>(),
        run: saved::list,
    },
    Route {
        path: "/api/v1/saved/{name}/run",
        summary: "What a saved query finds now",
        parameters: SEARCH.split_at(1).1,
        rows: true,
        schema: |g| g.subschema_for::<search::Found>(),
        run: saved::run,
    },
    Route {
        path: "/api/v1/saved/{name}/diff",
        summary: "How what a saved query finds differs from its last run, and why",
        parameters: &[
            AS,
            parameter("run", "integer", "the earlier run; the last one unless given"),
            parameter("against", "integer", "the later run; what is found now unless given"),
            parameter("news", "boolean", "only changes that have a cause in the files"),
        ],
        rows: true,
        schema: |g| g.subschema_for::<saved::Difference>(),
        run: saved::diff,
    },
    Route {
        path: "/api/v1/saved/{name}/feed.atom",
        summary: "What a saved query finds, what came last first, as an Atom feed",
        parameters: &[],
        rows: false,
        schema: |g| g.subschema_for::<String>(),
        run: feed::feed,
    },
    Route {
        path: "/api/v1/query/explain",
        summary: "How a query is read",
        parameters: &[
            needed("q", "the query"),
            WHAT,
            parameter(
                "dialect",
                "string",
                "the language it is typed in: morgue (usual), nexis, factiva, proquest, lucene, google, dtsearch",
            ),
        ],
        rows: false,
        schema: |g| g.subschema_for::<crate::archive::Meaning>(),
        run: search::explain,
    },
];

/// Adds the addresses of the API.
pub fn routes(router: Router<Arc<Shared>>) -> Router<Arc<Shared>> {
    let router = ROUTES.iter().fold(router, |router, route| {
        let handler = move |State(shared): State<Arc<Shared>>, request: Request| serve(shared, route, request);
        router.route(route.path, axum::routing::get(handler))
    });
    let described = move |State(shared): State<Arc<Shared>>, request: Request| async move {
        match openapi::document() {
            Ok(payload) => payload.response(request.headers()),
            Err(refusal) => super::refused(&shared, &refusal, true),
        }
    };
    router.route("/openapi.json", axum::routing::get(described))
}

async fn serve(shared: Arc<Shared>, route: &'static Route, request: Request) -> Response {
    let headers = request.headers().clone();
    let names: Vec<&str> = route.parameters.iter().map(|p| p.name).collect();
    let asked = Ask::read(request.uri(), &headers).and_then(|ask| ask.only(&names).map(|()| ask));
    let answered = match asked {
        Ok(ask) => shared.work(move |shared| (route.run)(shared, &ask)).await,
        Err(refusal) => Err(refusal),
    };
    match answered {
        Ok(payload) => payload.named(route.path).response(&headers),
        Err(refusal) => super::refused(&shared, &refusal, true),
    }
}
