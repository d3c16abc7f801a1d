//! The block of fields before a text, in YAML, TOML or JSON.

/// The fields, each value one text (lists as several fields of the same name), and what follows the block.
pub(super) fn split(source: &str) -> (Vec<(String, String)>, &str) {
    let source = source.trim_start_matches(['\u{feff}', '\n', ' ']);
    for (mark, read) in [("---", yaml as fn(&str) -> Vec<(String, String)>), ("+++", toml), (";;;", json)] {
        let Some(rest) = source.strip_prefix(mark).and_then(|r| r.strip_prefix('\n')) else { continue };
        let ends = [format!("\n{mark}\n"), "\n...\n".to_owned()];
        let end = ends.iter().filter_map(|e| rest.find(e.as_str()).map(|at| (at, e.len()))).min();
        if let Some((at, len)) = end {
            return (read(&rest[..at]), &rest[at + len..]);
        }
        // The block may be all there is.
        if let Some(block) = rest.trim_end().strip_suffix(mark) {
            return (read(block), "");
        }
    }
    if source.starts_with('{') {
        let mut stream = serde_json::Deserializer::from_str(source).into_iter::<serde_json::Value>();
        if let Some(Ok(serde_json::Value::Object(_))) = stream.next() {
            let end = stream.byte_offset();
            return (json(&source[..end]), &source[end..]);
        }
    }
    (Vec::new(), source)
}

fn yaml(block: &str) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut lines = block.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') || line.starts_with([' ', '\t', '-']) {
            continue;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let (name, value) = (name.trim().trim_matches(['"', '\'']).to_owned(), value.trim());
        let mut inner = Vec::new();
        while let Some(next) = lines.next_if(|l| {
            l.starts_with([' ', '\t']) || l.starts_with("- ") || (l.trim().is_empty() && matches!(value.chars().next(), Some('|' | '>')))
        }) {
            inner.push(next);
        }
        if value.starts_with(['|', '>']) {
            let text: Vec<&str> = inner.iter().map(|l| l.trim()).collect();
            fields.push((name, text.join(if value.starts_with('|') { "\n" } else { " " }).trim().to_owned()));
        } else if value.is_empty() {
            // A block list; of things in it, their names.
            for item in inner.iter().filter_map(|l| l.trim_start().strip_prefix("- ")) {
                let item = item.strip_prefix("name:").unwrap_or(item);
                fields.push((name.clone(), scalar(item)));
            }
        } else if let Some(list) = value.strip_prefix('[').and_then(|v| v.trim_end().strip_suffix(']')) {
            fields.extend(listed(list).into_iter().map(|item| (name.clone(), item)));
        } else {
            // A long text may go on in the next lines.
            let more = inner.iter().map(|l| l.trim());
            let whole = std::iter::once(value).chain(more).collect::<Vec<_>>().join(" ");
            fields.push((name, scalar(&whole)));
        }
    }
    fields
}

fn toml(block: &str) -> Vec<(String, String)> {
    let Ok(document) = block.parse::<toml_edit::DocumentMut>() else { return Vec::new() };
    let text = |value: &toml_edit::Value| match value {
        toml_edit::Value::String(s) => Some(s.value().clone()),
        toml_edit::Value::Datetime(d) => Some(d.value().to_string()),
        toml_edit::Value::Integer(i) => Some(i.value().to_string()),
        _ => None,
    };
    let mut fields = Vec::new();
    for (name, item) in document.iter() {
        match item.as_value() {
            Some(toml_edit::Value::Array(all)) => fields.extend(all.iter().filter_map(text).map(|t| (name.to_owned(), t))),
            Some(value) => fields.extend(text(value).map(|t| (name.to_owned(), t))),
            None => {
                // Hugo keeps terms in `[taxonomies]` or `[extra]`.
                let table = item.as_table().into_iter().flat_map(toml_edit::Table::iter);
                for (name, item) in table {
                    match item.as_value() {
                        Some(toml_edit::Value::Array(all)) => fields.extend(all.iter().filter_map(text).map(|t| (name.to_owned(), t))),
                        Some(value) => fields.extend(text(value).map(|t| (name.to_owned(), t))),
                        None => {}
                    }
                }
            }
        }
    }
    fields
}

fn json(block: &str) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(map)) = serde_json::from_str(block) else { return Vec::new() };
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(s) => Some(s.clone()),
        serde_json::Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    let mut fields = Vec::new();
    for (name, value) in &map {
        match value {
            serde_json::Value::Array(all) => fields.extend(all.iter().filter_map(text).map(|t| (name.clone(), t))),
            other => fields.extend(text(other).map(|t| (name.clone(), t))),
        }
    }
    fields
}

/// `"a, b", c` as its items.
fn listed(list: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut item = String::new();
    let mut quote = None;
    for c in list.chars() {
        match (quote, c) {
            (None, '"' | '\'') if item.trim().is_empty() => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            (None, ',') => items.push(std::mem::take(&mut item)),
            _ => item.push(c),
        }
    }
    items.push(item);
    items.into_iter().map(|i| i.trim().to_owned()).filter(|i| !i.is_empty()).collect()
}

fn scalar(value: &str) -> String {
    let value = value.trim();
    if let Some(inner) = value.strip_prefix('"').and_then(|v| v.rsplit_once('"')).map(|(v, _)| v) {
        return inner.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }
    if let Some(inner) = value.strip_prefix('\'').and_then(|v| v.rsplit_once('\'')).map(|(v, _)| v) {
        return inner.replace("''", "'");
    }
    value.split(" #").next().unwrap_or(value).trim().to_owned()
}
