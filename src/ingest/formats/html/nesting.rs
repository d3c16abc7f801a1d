//! The elements that are open at some point of a page, as far as its tags tell, and what sorts of them there are.

use html5ever::{LocalName, local_name};

/// The elements open at some point of a page. Those that parsers close without an end tag stay open here; so it may tell more
/// than there are, and fewer only where parsers open them again.
#[derive(Default)]
pub(super) struct Nesting {
    open: Vec<LocalName>,
    /// How many [reopened](is_reopened) elements were opened and not closed.
    reopened: usize,
}

impl Nesting {
    pub(super) fn open(&mut self, name: &LocalName) {
        if !is_void(name) {
            self.reopened += usize::from(is_reopened(name));
            self.open.push(name.clone());
        }
    }

    /// In drawings and formulas an element without an end has a slash.
    pub(super) fn open_foreign(&mut self, name: &LocalName) {
        self.open.push(name.clone());
    }

    /// An end tag ends the nearest element of its name, with all that is open in it.
    pub(super) fn close(&mut self, name: &LocalName) {
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.open.truncate(at);
            self.reopened = self.reopened.saturating_sub(usize::from(is_reopened(name)));
        }
    }

    /// Whether an element that is not shown can be left out here: nothing hangs on it in the beginning of a page, and
    /// in what is there for readers without scripts.
    pub(super) fn is_plain(&self) -> bool {
        let is_other =
            |name: &LocalName| matches!(*name, local_name!("noscript") | local_name!("svg") | local_name!("math") | local_name!("select"));
        !self.open.is_empty() && !self.open.iter().any(is_other)
    }

    pub(super) fn innermost(&self) -> Option<&LocalName> {
        self.open.last()
    }

    pub(super) fn has(&self, name: &LocalName) -> bool {
        self.open.contains(name)
    }

    /// How many elements lie in each other here, at most.
    pub(super) fn depth(&self) -> usize {
        self.open.len().max(self.reopened)
    }
}

/// Elements without an end, and such whose end tags are left out: the next of their kind, or the end of what they stand in,
/// ends them.
fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
            | local_name!("p")
            | local_name!("li")
            | local_name!("option")
            | local_name!("dd")
            | local_name!("dt")
    )
}

/// Elements that parsers open again in each block until they are closed.
fn is_reopened(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}

/// Parts of drawings that hold no text.
pub(super) fn is_stroke(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("path")
            | local_name!("g")
            | local_name!("use")
            | local_name!("rect")
            | local_name!("circle")
            | local_name!("ellipse")
            | local_name!("line")
            | local_name!("polyline")
            | local_name!("polygon")
            | local_name!("defs")
            | local_name!("symbol")
            | local_name!("stop")
    )
}
