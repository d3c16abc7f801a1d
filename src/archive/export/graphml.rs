//! Who speaks about whom: an edge from each speaker to each person or organization named in the quotes, weighted by the
//! number of quotes, as GraphML (Brandes et al. 2002). Written at the end: its size is that of the graph, not of the hits.

use super::{About, Exporter, Source};
use crate::archive::escaped;
use crate::article::{Clipping, Quote};
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::collections::BTreeMap;
use std::hash::BuildHasher;

#[derive(Default)]
pub(super) struct Graph {
    about: About,
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, String), Edge>,
    /// Quotes whose speaker has no name, or that name nobody.
    left_out: u64,
}

#[derive(Default)]
struct Node {
    class: &'static str,
    /// Quotes that have it as speaker, and quotes that name it.
    speaks: u64,
    named: u64,
}

#[derive(Default)]
struct Edge {
    quotes: u64,
    /// Their ids in short: quotes of one article need not come one after the other.
    articles: FxHashSet<u64>,
    first: Option<String>,
    last: Option<String>,
}

impl Exporter for Graph {
    fn head(&mut self, about: &About, _out: &mut String) {
        self.about = about.clone();
    }

    fn item(&mut self, source: &Source<'_>, _out: &mut String) {
        match source.quote {
            Some(quote) => self.add(source.clipping, quote),
            None => source.clipping.annotations.quotes.iter().for_each(|quote| self.add(source.clipping, quote)),
        }
    }

    fn foot(&mut self, out: &mut String) {
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
        for (id, of, kind) in KEYS {
            out.push_str(&format!("  <key id=\"{id}\" for=\"{of}\" attr.name=\"{id}\" attr.type=\"{kind}\"/>\n"));
        }
        out.push_str("  <graph id=\"says-about\" edgedefault=\"directed\">\n");
        let what = format!(
            "{} ({}); query {}; {} quotes without a named speaker or without anybody named in them are not in the graph",
            self.about.reading, self.about.day, self.about.canonical, self.left_out
        );
        out.push_str(&format!("    <desc>{}</desc>\n", escaped(&what)));
        let numbers: BTreeMap<&String, usize> = self.nodes.keys().enumerate().map(|(i, name)| (name, i)).collect();
        for (name, node) in &self.nodes {
            out.push_str(&format!("    <node id=\"n{}\">", numbers[name]));
            data(out, "label", name);
            data(out, "class", node.class);
            data(out, "speaks", &node.speaks.to_string());
            data(out, "named", &node.named.to_string());
            out.push_str("</node>\n");
        }
        for (i, ((from, to), edge)) in self.edges.iter().enumerate() {
            out.push_str(&format!("    <edge id=\"e{i}\" source=\"n{}\" target=\"n{}\">", numbers[from], numbers[to]));
            data(out, "weight", &edge.quotes.to_string());
            data(out, "articles", &edge.articles.len().to_string());
            for (key, day) in [("first", &edge.first), ("last", &edge.last)] {
                if let Some(day) = day {
                    data(out, key, day);
                }
            }
            out.push_str("</edge>\n");
        }
        out.push_str("  </graph>\n</graphml>\n");
    }
}

const KEYS: [(&str, &str, &str); 8] = [
    ("label", "node", "string"),
    ("class", "node", "string"),
    ("speaks", "node", "int"),
    ("named", "node", "int"),
    ("weight", "edge", "int"),
    ("articles", "edge", "int"),
    ("first", "edge", "string"),
    ("last", "edge", "string"),
];

impl Graph {
    fn add(&mut self, clipping: &Clipping, quote: &Quote) {
        let named = clipping.about(quote);
        let (Some(speaker), false) = (quote.speaker.as_ref().filter(|s| s.name.is_some()), named.is_empty()) else {
            self.left_out += 1;
            return;
        };
        for name in speaker.names() {
            let node = self.nodes.entry(name.to_owned()).or_default();
            node.class = speaker.class.name();
            node.speaks += 1;
        }
        for name in named {
            let is_person = clipping.annotations.persons.iter().any(|p| p.name == name);
            let node = self.nodes.entry(name.to_owned()).or_default();
            node.named += 1;
            if node.class.is_empty() {
                node.class = if is_person { "person" } else { "organization" };
            }
            speaker.names().for_each(|speaker| self.draw(clipping, speaker, name));
        }
    }

    /// From one of those who speak to one who is named.
    fn draw(&mut self, clipping: &Clipping, speaker: &str, named: &str) {
        let edge = self.edges.entry((speaker.to_owned(), named.to_owned())).or_default();
        edge.quotes += 1;
        edge.articles.insert(FxBuildHasher.hash_one(&clipping.article.id));
        if let Some(day) = clipping.article.published.as_deref().and_then(|d| d.get(..10)).map(str::to_owned) {
            edge.first = Some(edge.first.take().map_or_else(|| day.clone(), |d| d.min(day.clone())));
            edge.last = Some(edge.last.take().map_or_else(|| day.clone(), |d| d.max(day.clone())));
        }
    }
}

fn data(out: &mut String, key: &str, value: &str) {
    out.push_str(&format!("<data key=\"{key}\">{}</data>", escaped(value)));
}
