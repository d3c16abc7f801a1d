//! What pages need besides themselves: one style sheet, the scripts, the mark. In the program; the address holds the hash.

use super::answer;
use super::state::Shared;
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::routing::get;
use std::sync::{Arc, LazyLock};

/// A file pages refer to.
pub struct Asset {
    /// Its address.
    pub address: String,
    kind: &'static str,
    bytes: &'static [u8],
}

/// The style sheet.
pub static STYLE: LazyLock<Asset> = LazyLock::new(|| asset("morgue.css", "text/css; charset=utf-8", include_bytes!("morgue.css")));
/// The scripts, in the order in which they are run: the page, the search box, the keys.
pub static SCRIPTS: LazyLock<[Asset; 3]> = LazyLock::new(|| {
    let script = |name, bytes| asset(name, "text/javascript; charset=utf-8", bytes);
    [
        script("morgue.js", include_bytes!("morgue.js")),
        script("ask.js", include_bytes!("ask.js")),
        script("keys.js", include_bytes!("keys.js")),
    ]
});
/// The outline of the land, for maps.
pub static WORLD: LazyLock<Asset> = LazyLock::new(|| asset("world.svg", "image/svg+xml", include_bytes!("world.svg")));
/// The mark in the browser's tab.
pub static ICON: LazyLock<Asset> = LazyLock::new(|| asset("morgue.svg", "image/svg+xml", include_bytes!("morgue.svg")));

fn asset(name: &str, kind: &'static str, bytes: &'static [u8]) -> Asset {
    Asset { address: format!("/assets/{}/{name}", &blake3::hash(bytes).to_hex()[..12]), kind, bytes }
}

/// Adds their addresses.
pub fn routes(router: Router<Arc<Shared>>) -> Router<Arc<Shared>> {
    [&*STYLE, &*ICON, &*WORLD].into_iter().chain(&*SCRIPTS).fold(router, |router, asset| {
        router.route(
            &asset.address,
            get(move || async move {
                let mut response = answer(StatusCode::OK, asset.kind, asset.bytes);
                response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
                response
            }),
        )
    })
}
