//! Finding one's way in a tree. Names are local names, compared without regard to case.

use super::{Element, Node};
use crate::ingest::text::decode_entities;
use crate::words::one_line;

impl<'a> Element<'a> {
    /// The name with its prefix; empty for the root.
    pub fn qualified(&self) -> &str {
        self.tag.as_ref().map_or("", |t| t.name().0)
    }

    /// The name without its prefix.
    pub fn name(&self) -> &str {
        let name = self.qualified();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The prefix of the name, empty when there is none.
    pub fn prefix(&self) -> &str {
        self.qualified().rsplit_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// Whether the local name is `name`.
    pub fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// The value of the attribute with the local name `name`.
    pub fn attr(&self, name: &str) -> Option<String> {
        let tag = self.tag.as_ref()?;
        tag.html_attributes().with_checks(false).flatten().find_map(|a| {
            let key = a.key.0.rsplit_once(':').map_or(a.key.0, |(_, local)| local);
            key.eq_ignore_ascii_case(name).then(|| decode_entities(&a.value).trim().to_owned())
        })
    }

    /// The attribute `name`, unless it is missing or empty.
    pub fn filled(&self, name: &str) -> Option<String> {
        self.attr(name).filter(|v| !v.is_empty())
    }

    /// The elements right inside.
    pub fn children(&self) -> impl Iterator<Item = &Element<'a>> {
        self.nodes.iter().filter_map(|n| match n {
            Node::Element(e) => Some(e),
            Node::Text(_) => None,
        })
    }

    /// The first child called `name`.
    pub fn child(&self, name: &str) -> Option<&Element<'a>> {
        self.children().find(|e| e.is(name))
    }

    /// The first element at a path of names: `head/docdata/urgency`.
    pub fn at(&self, path: &str) -> Option<&Element<'a>> {
        self.all(path).into_iter().next()
    }

    /// All elements at a path of names.
    pub fn all(&self, path: &str) -> Vec<&Element<'a>> {
        let mut found = vec![self];
        for step in path.split('/') {
            found = found.into_iter().flat_map(|e| e.children().filter(|c| c.is(step)).collect::<Vec<_>>()).collect();
        }
        found
    }

    /// All elements called one of `names`, however deep, in reading order; none inside another.
    pub fn within(&self, names: &[&str]) -> Vec<&Element<'a>> {
        let mut found = Vec::new();
        self.collect(names, &mut found);
        found
    }

    fn collect<'e>(&'e self, names: &[&str], found: &mut Vec<&'e Element<'a>>) {
        for child in self.children() {
            if names.iter().any(|n| child.is(n)) {
                found.push(child);
            } else {
                child.collect(names, found);
            }
        }
    }

    /// All text inside, as it stands.
    pub fn raw(&self) -> String {
        let mut out = String::new();
        self.gather(&mut out);
        out
    }

    fn gather(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(t) => out.push_str(t),
                Node::Element(e) => e.gather(out),
            }
        }
    }

    /// All text inside on one line, `None` when there is none.
    pub fn text(&self) -> Option<String> {
        let text = one_line(&self.raw());
        (!text.is_empty()).then_some(text)
    }

    /// The text at a path of names, on one line: the first that is not empty.
    pub fn text_at(&self, path: &str) -> Option<String> {
        self.all(path).into_iter().find_map(Element::text)
    }

    /// The texts at a path of names.
    pub fn texts_at(&self, path: &str) -> Vec<String> {
        self.all(path).into_iter().filter_map(Element::text).collect()
    }
}
