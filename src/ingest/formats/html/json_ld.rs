//! JSON-LD blocks, as pages really hold them.

use serde_json::Value;

/// Types that are articles, the surer first.
const TYPES: &[&str] = &[
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "SocialMediaPosting",
    "TechArticle",
    "ScholarlyArticle",
    "Review",
    "VideoObject",
    "WebPage",
];

/// How deep things in things are looked at.
const DEPTH: usize = 8;

/// The node among `scripts` that describes the article of the page.
pub(super) fn article(scripts: &[String]) -> Option<Value> {
    let mut best: Option<(usize, Value)> = None;
    for block in scripts.iter().filter_map(|s| parse(s)) {
        visit(&block, DEPTH, &mut |node| {
            let Some(rank) = rank(node) else { return };
            if best.as_ref().is_none_or(|(r, _)| rank < *r) {
                best = Some((rank, node.clone()));
            }
        });
    }
    best.map(|(_, node)| node)
}

/// Strict first; then without comments, control characters and a last comma.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let script =
        script.trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[").trim_end_matches("//]]>").trim_end_matches("]]>").trim();
    serde_json::from_str(script).ok().or_else(|| {
        let clean: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let clean = clean.trim().trim_end_matches(';');
        serde_json::from_str(clean).ok().or_else(|| serde_json::Deserializer::from_str(clean).into_iter::<Value>().next()?.ok())
    })
}

fn visit(value: &Value, depth: usize, each: &mut dyn FnMut(&Value)) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(all) => all.iter().for_each(|v| visit(v, depth - 1, each)),
        Value::Object(map) => {
            each(value);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart"] {
                if let Some(inner) = map.get(key) {
                    visit(inner, depth - 1, each);
                }
            }
        }
        _ => {}
    }
}

/// How surely a node is the article; less is surer.
fn rank(node: &Value) -> Option<usize> {
    let of = |t: &Value| {
        let name = t.as_str()?.rsplit(['/', '#', ':']).next()?;
        TYPES.iter().position(|known| *known == name)
    };
    match node.get("@type")? {
        Value::Array(all) => all.iter().filter_map(of).min(),
        one => of(one),
    }
}

/// The texts a value says: itself, those of a list, the name of a thing.
pub(super) fn texts(value: &Value) -> Vec<String> {
    let named = |v: &Value| ["name", "@value", "headline", "@id"].iter().find_map(|k| v.get(*k).and_then(first_text));
    match value {
        Value::Array(all) => all.iter().flat_map(texts).collect(),
        Value::Object(_) => named(value).into_iter().collect(),
        Value::String(text) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Value::Number(n) => vec![n.to_string()],
        _ => Vec::new(),
    }
}

fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::Array(all) => all.iter().find_map(first_text),
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    }
}
