//! The map from keys to postings: a finite state map (`fst`) that is walked letter by letter.

use fst::raw::{CompiledAddr, Fst};

/// The map, as it lies in the program.
pub struct Map(Fst<&'static [u8]>);

impl Map {
    /// The map in `data`; `None` if there is none.
    pub fn of(data: &'static [u8]) -> Option<Map> {
        Fst::new(data).ok().map(Map)
    }

    /// Where all keys begin.
    pub fn root(&self) -> CompiledAddr {
        self.0.root().addr()
    }

    /// The value of a key.
    pub fn get(&self, key: &[u8]) -> Option<u64> {
        self.0.get(key).map(|value| value.value())
    }

    /// Where the way with this letter leads from a node, and what it adds to the value.
    #[inline]
    pub fn step(&self, node: CompiledAddr, letter: u8) -> Option<(CompiledAddr, u64)> {
        let node = self.0.node(node);
        let way = node.transition(node.find_input(letter)?);
        Some((way.addr, way.out.value()))
    }

    /// What a key that ends at a node adds to its value; `None` if none does.
    #[inline]
    pub fn end(&self, node: CompiledAddr) -> Option<u64> {
        let node = self.0.node(node);
        node.is_final().then(|| node.final_output().value())
    }

    /// The letters with which a node goes on.
    pub fn letters(&self, node: CompiledAddr) -> Vec<u8> {
        self.0.node(node).transitions().map(|way| way.inp).collect()
    }
}
