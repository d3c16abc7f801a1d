//! Which words may mean somebody, and which may report something? Noted once, when the article is seen as a whole: most words do
//! neither, and those who look for some need not go through all.

use super::closed::{Word, is_known, leaves_trace, may_report};
use super::outline::Outline;
use crate::extract::page::look;
use std::ops::Range;

/// Items that others look for, in order.
pub(super) struct Listed {
    traces: Vec<u32>,
    reports: Vec<u32>,
    marks: Vec<u32>,
}

impl Listed {
    /// None yet, with room for those of so many items in most texts.
    pub fn with_room(items: usize) -> Listed {
        let room = |every: usize| Vec::with_capacity(items / every + 4);
        Listed { traces: room(8), reports: room(12), marks: room(6) }
    }

    /// Notes item `i`, which is `word`, and perhaps part of a name, or a mark or quote.
    #[inline]
    pub fn note(&mut self, i: usize, word: &Word<'_>, named: bool, mark: bool) {
        if mark {
            self.marks.push(i as u32);
        }
        // Most words are known for nothing.
        if !named && !is_known(word) {
            return;
        }
        if named || leaves_trace(word) {
            self.traces.push(i as u32);
        }
        if may_report(word) {
            self.reports.push(i as u32);
        }
    }
}

impl Outline<'_> {
    /// Those of `items` that may leave a trace: names, and words that may mean somebody named.
    pub(super) fn traces(&self, items: &Range<usize>) -> impl Iterator<Item = usize> + '_ {
        within(&self.listed.traces, items)
    }

    /// Those of `items` that are marks or quotes.
    pub(super) fn marks(&self, items: &Range<usize>) -> impl Iterator<Item = usize> + '_ {
        within(&self.listed.marks, items)
    }

    /// Those of `items` that may report something.
    pub(super) fn reports(&self, items: &Range<usize>) -> impl Iterator<Item = usize> + '_ {
        within(&self.listed.reports, items)
    }
}

/// Those of `some` that lie in `items`.
fn within<'l>(some: &'l [u32], items: &Range<usize>) -> impl Iterator<Item = usize> + 'l {
    let (first, end) = (some.partition_point(|i| (*i as usize) < items.start), items.end);
    some[first..].iter().map(|i| *i as usize).take_while(move |i| *i < end).inspect(|_| look(1))
}

#[cfg(test)]
mod tests {
    use crate::extract::page::{Page, Shape};
    use crate::extract::quotes::closed::{leaves_trace, may_report};
    use crate::extract::quotes::marks;
    use crate::extract::quotes::outline::Outline;
    use crate::{article::Article, extract::names};

    #[test]
    fn whoever_is_named_and_whatever_reports_is_listed_outside_quotes() {
        let body =
            "Ana Ito, the mayor, said her pier was late. “She said so,” Bo Dahl told him.\n\nAccording to Ito, nobody came as guest.";
        let (page, article) = (Page::of(body), Article { body: body.into(), ..Article::default() });
        let names = names::find(&page, &article);
        let paragraphs = page.paragraphs.iter().map(|p| page.tokens[p.start].start as usize..page.tokens[p.end - 1].end as usize);
        let marked = marks::pair(body, paragraphs, |_| false);
        let small = body.to_ascii_lowercase();
        let o = Outline::of(&page, &small, &names, &marked, None);
        let all = 0..o.items.len();
        let traces: Vec<usize> = all.clone().filter(|i| o.mention(*i).is_some() || leaves_trace(&o.low(*i))).collect();
        let reports: Vec<usize> = all.clone().filter(|i| may_report(&o.low(*i))).collect();
        assert_eq!((o.traces(&all).collect::<Vec<_>>(), o.reports(&all).collect::<Vec<_>>()), (traces, reports));
        assert!(o.marks(&all).eq(all.clone().filter(|i| o.shape(*i) == Shape::Mark)));
        let words: Vec<&str> = o.reports(&all).map(|i| o.text(i)).collect();
        assert_eq!(words, ["said", "told", "According"]);
        assert_eq!(o.traces(&o.units[0].items).next().map(|i| o.text(i)), Some("Ana"));
        assert_eq!(o.reports(&o.units[2].items).map(|i| o.text(i)).collect::<Vec<_>>(), ["According"]);
    }
}
