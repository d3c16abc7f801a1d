//! `/openapi.json`: the API described (OpenAPI 3.1), made from [`ROUTES`] and from the types of the answers.

use super::{Parameter, Payload, ROUTES, Route};
use crate::serve::error::{Answered, MORE_NAMES, NAMES};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The description.
pub fn document() -> Answered<Payload> {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for route in ROUTES {
        let schema = (route.schema)(&mut generator).to_value();
        paths.insert(route.path.replace("{*", "{"), json!({ "get": operation(route, &schema) }));
    }
    let names: Vec<&str> = NAMES.iter().map(|(_, name)| *name).chain(MORE_NAMES).collect();
    let mut schemas: Map<String, Value> = generator.take_definitions(true);
    schemas.insert(
        "Refusal".to_owned(),
        json!({
            "type": "object",
            "description": "Why a request is not answered",
            "required": ["error", "type", "status"],
            "properties": {
                "error": { "type": "string" },
                "hint": { "type": ["string", "null"] },
                "type": { "type": "string", "enum": names },
                "status": { "type": "integer" }
            }
        }),
    );
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "morgue",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A news archive: who said what, where and when. Answers are those of the command line's `--json`.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" }
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } },
        "security": [{}, { "token": [] }]
    });
    Payload::object(&document, &document)
}

/// What a program that reads tables must know.
const TABLE: &str =
    "with a head; a `'` stands before text that begins with `=`, `+`, `-` or `@`, which a spreadsheet would take for a formula";

fn operation(route: &Route, schema: &Value) -> Value {
    let name: String = route.path.trim_start_matches("/api/v1/").chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let in_path = route
        .path
        .split('/')
        .filter_map(|step| step.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name.trim_start_matches('*'), "in": "path", "required": true, "schema": { "type": "string" } }));
    let asked = route.parameters.iter().map(|Parameter { name, help, kind, needed }| {
        json!({ "name": name, "in": "query", "required": needed, "description": help, "schema": { "type": kind } })
    });
    let mut content = Map::new();
    let kind = if route.path.ends_with(".atom") { "application/atom+xml" } else { "application/json" };
    content.insert(kind.to_owned(), json!({ "schema": schema }));
    if route.rows {
        content.insert("application/x-ndjson".to_owned(), json!({ "schema": { "type": "string" } }));
        content.insert("text/csv".to_owned(), json!({ "schema": { "type": "string", "description": TABLE } }));
    }
    let paged = route.parameters.iter().any(|p| p.name == "cursor");
    let header = |name: &str, kind: &str, help: &str| (name.to_owned(), json!({ "description": help, "schema": { "type": kind } }));
    let headers: Map<String, Value> = [
        header("X-Total-Count", "integer", "how many hits there are in all, also where the body is lines or a table"),
        header("Link", "string", "the following page, as `rel=\"next\"`; not there on the last"),
    ]
    .into_iter()
    .filter(|_| paged)
    .collect();
    let refusal = |text: &str| json!({ "description": text, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Refusal" } } } });
    json!({
        "operationId": name.trim_matches('_'),
        "summary": route.summary,
        "parameters": in_path.chain(asked).collect::<Vec<_>>(),
        "responses": {
            "200": { "description": route.summary, "content": content, "headers": headers },
            "304": { "description": "what you have is as it is" },
            "400": refusal("the request or its query cannot be read"),
            "401": refusal("a token is asked for"),
            "403": refusal("another site made the request"),
            "404": refusal("there is no such thing, or the archive is empty"),
            "405": refusal("only GET and HEAD are done here"),
            "409": refusal("the archive is in use"),
            "410": refusal("the revision of the cursor is gone"),
            "421": refusal("the `Host` is not ours"),
            "422": refusal("a limit of size was reached"),
            "500": refusal("morgue or the disk failed"),
            "503": refusal("too much at once, or it took too long")
        }
    })
}
