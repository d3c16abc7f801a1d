//! Where does the clause of a word begin, and which stretches between commas has it? Told once for all items: a long sentence asks at each
//! of its verbs.

use super::outline::Outline;
use crate::extract::page::look;
use std::ops::Range;

/// Where clauses begin, and where commas stand.
#[derive(Default)]
pub(super) struct Parted {
    /// Behind which items another clause begins, in order, and where.
    clauses: Vec<(u32, u32)>,
    /// The items that are commas, in order.
    commas: Vec<u32>,
    /// And those that are semicolons.
    semicolons: Vec<u32>,
}

impl Parted {
    /// Looks at all items of `o`.
    pub fn of(o: &Outline<'_>) -> Parted {
        let mut parted = Parted { commas: Vec::with_capacity(o.items.len() / 8), ..Parted::default() };
        // Where the clause at hand began, the one outside all brackets, and those around each bracket that is open.
        let (mut here, mut outside, mut around) = (0, 0, Vec::new());
        for k in o.marks(&(0..o.items.len())) {
            let mark = o.text(k);
            match mark {
                "," => {
                    parted.commas.push(k as u32);
                    continue;
                }
                "." => continue,
                "(" => {
                    around.push(here);
                    here = k as u32 + 1;
                }
                ")" => here = around.pop().unwrap_or(outside),
                _ if matches!(mark, ";" | ":") || o.is_speech(k) => {
                    parted.semicolons.extend((mark == ";").then_some(k as u32));
                    here = k as u32 + 1;
                    outside = here;
                    around.clear();
                }
                _ => continue,
            }
            parted.clauses.push((k as u32, here));
        }
        parted
    }
}

impl Outline<'_> {
    /// Where the clause of item `v` begins: behind the last quoted sentence, semicolon or colon, or the bracket that is open there.
    pub fn clause_start(&self, low: usize, v: usize) -> usize {
        look(1);
        let n = self.parted.clauses.partition_point(|(behind, _)| (*behind as usize) < v);
        n.checked_sub(1).map_or(low, |n| low.max(self.parted.clauses[n].1 as usize))
    }

    /// The first comma in `from..to`.
    pub(super) fn comma_in(&self, from: usize, to: usize) -> Option<usize> {
        first_in(&self.parted.commas, from, to)
    }

    /// The first semicolon in `from..to`.
    pub(super) fn semicolon_in(&self, from: usize, to: usize) -> Option<usize> {
        first_in(&self.parted.semicolons, from, to)
    }

    /// The stretches between commas in `from..to`, none empty.
    pub(super) fn chunks(&self, from: usize, to: usize) -> Vec<Range<usize>> {
        let first = self.parted.commas.partition_point(|k| (*k as usize) < from);
        let commas = self.parted.commas[first..].iter().map(|k| *k as usize).take_while(|k| *k < to);
        let mut all = Vec::new();
        let mut start = from;
        for end in commas.chain([to]) {
            look(1);
            if start < end {
                all.push(start..end);
            }
            start = end + 1;
        }
        all
    }
}

/// The first of `items`, which are in order, in `from..to`.
fn first_in(items: &[u32], from: usize, to: usize) -> Option<usize> {
    look(1);
    let first = items.partition_point(|k| (*k as usize) < from);
    items.get(first).map(|k| *k as usize).filter(|k| *k < to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::names::Names;
    use crate::extract::page::Page;
    use crate::extract::quotes::marks;

    /// The same by going back item by item.
    fn back(o: &Outline<'_>, low: usize, v: usize) -> usize {
        let mut closed = 0;
        for k in (low..v).rev() {
            match o.text(k) {
                ";" | ":" => return k + 1,
                ")" => closed += 1,
                "(" if closed == 0 => return k + 1,
                "(" => closed -= 1,
                _ if o.is_speech(k) => return k + 1,
                _ => {}
            }
        }
        low
    }

    proptest::proptest! {
        #[test]
        fn clauses_begin_where_going_back_ends(pieces in proptest::collection::vec(0..9usize, 0..40), low: usize) {
            let words = ["pier", "(", ")", ";", ":", ",", "“We sail.”", "“sail”", "(("];
            let body: String = pieces.iter().flat_map(|n| [words[*n], " "]).collect();
            let page = Page::of(&body);
            let paragraphs = page.paragraphs.iter().map(|p| page.tokens[p.start].start as usize..page.tokens[p.end - 1].end as usize);
            let marked = marks::pair(&body, paragraphs, |_| false);
            let names = Names::default();
            let o = Outline::of(&page, &body, &names, &marked, None);
            let n = o.items.len();
            let low = low % (n + 1);
            for v in low..=n {
                proptest::prop_assert_eq!(o.clause_start(low, v), back(&o, low, v), "{}: {}, {}", &body, low, v);
                let chunks: Vec<Range<usize>> = (low..v).filter(|k| o.text(*k) != ",").fold(Vec::new(), |mut all, k| {
                    match all.last_mut() {
                        Some(last) if last.end == k => last.end = k + 1,
                        _ => all.push(k..k + 1),
                    }
                    all
                });
                proptest::prop_assert_eq!(o.chunks(low, v), chunks);
                proptest::prop_assert_eq!(o.comma_in(low, v), (low..v).find(|k| o.text(*k) == ","));
                proptest::prop_assert_eq!(o.semicolon_in(low, v), (low..v).find(|k| o.text(*k) == ";"));
            }
        }
    }
}
