//! Whole paragraphs that are quotes without marks around them: lines of a transcript, and statements set off as a block.

use super::assemble::Assembler;
use super::outline::Unit;
use super::statement::{Rule, Statement};
use super::transcript::{self, Label};
use crate::article::QuoteKind;
use std::collections::HashMap;

impl Assembler<'_, '_> {
    /// A paragraph of a transcript, with whoever else is labelled in it.
    pub(super) fn labelled(&mut self, n: usize, paragraph: usize, label: &Label, cast: &HashMap<String, usize>) {
        let page = self.o.page;
        let tokens = page.paragraphs[paragraph].clone();
        let end = page.tokens[tokens.end - 1].end as usize;
        let inner = transcript::inner_labels(self.o, tokens);
        let mut ends: Vec<usize> = inner.iter().map(|l| l.name.start).chain([end]).collect();
        ends.reverse();
        for label in [label].into_iter().chain(&inner) {
            let speaker = transcript::speaker(self.o, label, cast);
            let Some(end) = ends.pop().filter(|end| *end > label.words) else { continue };
            let words = page.body[label.words..end].trim_end().trim_end_matches(['"', '”', '“']).trim_end().len();
            let piece = label.words..label.words + words;
            self.statements.push(Statement {
                pieces: vec![piece],
                kind: QuoteKind::Direct,
                speaker: Some(speaker),
                cue: None,
                rule: Rule::Transcript,
            });
        }
        self.last = Some((self.statements.len() - 1, n));
    }

    /// Adds a paragraph between labelled ones, without a label, to the words of the one who spoke before it.
    pub(super) fn goes_on(&mut self, n: usize, unit: &Unit, labels: &HashMap<usize, Label>, spoken: Option<usize>) -> bool {
        if spoken == Some(unit.paragraph) {
            self.last = self.last.map(|(s, _)| (s, n));
            return true;
        }
        let more = (1..=3).any(|k| labels.contains_key(&(unit.paragraph + k)));
        let Some((s, at)) = self.last.filter(|(s, _)| more && self.statements[*s].rule == Rule::Transcript) else { return false };
        let page = self.o.page;
        let paragraph = &page.paragraphs[unit.paragraph];
        if at + 1 != n || matches!(page.text(paragraph.start), "(" | "[" | "\"" | "“" | "”") {
            return false;
        }
        self.statements[s].pieces.push(self.o.paragraph(unit.paragraph));
        self.last = Some((s, n));
        true
    }

    /// Whether unit `n` begins a paragraph set off, without marks, behind `said in a statement:`.
    pub(super) fn is_block(&self, n: usize, unit: &Unit) -> bool {
        let led = n > 0
            && self.lead.as_ref().is_some_and(|(_, _, at)| *at + 1 == n)
            && self.o.units[n - 1].paragraph + 1 == unit.paragraph
            && self.colon_ends(n - 1);
        if !led {
            return false;
        }
        let paragraph = &self.o.page.paragraphs[unit.paragraph];
        let (start, end) = (self.o.page.tokens[paragraph.start].start, self.o.page.tokens[paragraph.end - 1].end);
        let marked = self.o.marked.partition_point(|m| (m.outer.start as u32) < start);
        paragraph.len() >= 8 && self.o.marked.get(marked).is_none_or(|m| m.outer.start as u32 >= end)
    }

    /// Makes a quote of a paragraph set off without marks.
    pub(super) fn block(&mut self, n: usize, unit: &Unit) {
        let piece = self.o.paragraph(unit.paragraph);
        let Some((speaker, cue, _)) = self.lead.take() else { return };
        self.statements.push(Statement {
            pieces: vec![piece],
            kind: QuoteKind::Direct,
            speaker: Some(speaker),
            cue: Some(cue),
            rule: Rule::Block,
        });
        self.last = Some((self.statements.len() - 1, n));
    }
}
