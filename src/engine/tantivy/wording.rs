//! Running text in a question: which fields are searched for words, for words in a row, and for words near each other.

use super::leads::Lead;
use super::leaves::{EVERY, Meant, Need};
use super::lower::{Lowered, Lowering, join};
use super::positional::{self, Listed, Verdict};
use super::schema::On;
use super::text::{self, Shape, TextQuery};
use crate::error::Result;
use crate::field::{self, Field, FieldKind};
use crate::query::{Case, Expr, Part, WordForm};
use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, PhraseQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

/// A field that is searched for words.
pub(super) struct Searched {
    field: &'static Field,
    on: On,
    column: tantivy::schema::Field,
    /// Where positions are: for the lead the body.
    placed: tantivy::schema::Field,
    /// And those of the words that are written in capitals throughout.
    capitals: Option<tantivy::schema::Field>,
    weight: f32,
    /// What it holds stands in another of the fields too.
    counts_only: bool,
    lead: Option<Lead>,
}

impl Searched {
    /// A field like any other.
    pub fn new(field: &'static Field, on: On, column: tantivy::schema::Field) -> Searched {
        Searched { field, on, column, placed: column, capitals: None, weight: 1.0, counts_only: false, lead: None }
    }

    /// The column with the positions of words.
    fn listed(&self, in_capitals: bool) -> tantivy::schema::Field {
        self.capitals.filter(|_| in_capitals).unwrap_or(self.placed)
    }
}

impl Lowering<'_> {
    /// Words, or whatever is asked of them, in `fields`; in those that are searched when none is named.
    pub fn text(&self, fields: &[&'static Field], expr: &Expr, on: On) -> Result<Lowered> {
        let defaults: Vec<&'static Field>;
        let fields = match (fields.is_empty(), on) {
            (false, _) => fields,
            (true, On::Quote) => {
                defaults = field::by_name("said").into_iter().collect();
                &defaults
            }
            (true, On::Article) => {
                let from_start = expr.counts_from_start();
                let searched = |f: &&Field| matches!(f.kind, FieldKind::Text(Some(_))) && !(from_start && f.name == "title");
                defaults = field::FIELDS.iter().filter(searched).collect();
                &defaults
            }
        };
        // Fields of the article and of its quotes stand on different documents: each side is asked by itself.
        let other = if on == On::Article { On::Quote } else { On::Article };
        let (mut here, mut there) = (Vec::new(), Vec::new());
        for field in fields {
            let weight = match field.kind {
                FieldKind::Text(Some(weight)) => weight,
                _ => 1.0,
            };
            // What the lead holds stands in the body too; it makes a match count more.
            let counts_only = field.name == "lead" && fields.iter().any(|f| f.name == "body");
            for (on, searched) in [(on, &mut here), (other, &mut there)] {
                if let Some(columned) = self.columns.of(field, on)
                    && let Some(column) = columned.words
                {
                    searched.push(Searched { weight, counts_only, capitals: columned.capitals, ..Searched::new(field, on, column) });
                    break;
                }
            }
        }
        [&mut here, &mut there].into_iter().for_each(|fields| self.find_lead(fields));
        let here = self.expr(&here, expr)?;
        if there.is_empty() {
            return Ok(here);
        }
        Ok(Box::new(BooleanQuery::union(vec![here, join(self.expr(&there, expr)?, on)])))
    }

    /// Puts what is asked of words near each other in the lead to the body, where the words of the lead have their positions.
    fn find_lead(&self, fields: &mut [Searched]) {
        let Some(columned) = field::by_name("body").and_then(|f| self.columns.of(f, On::Article)) else { return };
        let (Some(body), Some(at)) = (columned.words, fields.iter().position(|f| f.field.name == "lead")) else { return };
        let Searched { column: length, weight, counts_only, .. } = fields[at];
        let lead = Some(Lead { length, weight, only: !counts_only });
        (fields[at].placed, fields[at].capitals, fields[at].lead) = (body, columned.capitals, lead.filter(|lead| lead.only));
        if let Some(body) = fields.iter_mut().find(|f| f.field.name == "body") {
            body.lead = lead;
        }
    }

    fn expr(&self, fields: &[Searched], expr: &Expr) -> Result<Lowered> {
        Ok(match expr {
            Expr::Word(form) => self.row(fields, &[Part::Word(form.clone())], false)?,
            Expr::Phrase(parts) => self.row(fields, parts, false)?,
            Expr::Case { case: Case::AllCapitals, expr: written } => match &**written {
                Expr::Word(form) => self.row(fields, &[Part::Word(form.clone())], true)?,
                Expr::Phrase(parts) => self.row(fields, parts, true)?,
                _ => self.verdict(fields, expr)?,
            },
            Expr::Or(some) => {
                let parts: Result<Vec<Lowered>> = some.iter().map(|e| self.expr(fields, e)).collect();
                Box::new(BooleanQuery::union(parts?))
            }
            _ => self.verdict(fields, expr)?,
        })
    }

    /// A word, or words in a row, perhaps in capitals throughout. What is one plain word or phrase in one field is left to tantivy,
    /// which is faster.
    pub fn row(&self, fields: &[Searched], parts: &[Part], in_capitals: bool) -> Result<Lowered> {
        let mut found = Vec::new();
        for field in fields {
            found.extend(self.part(field, parts, in_capitals)?);
        }
        // A part that only counts says nothing of which documents match.
        if found.iter().all(|p| p.counts_only) {
            return Ok(Box::new(EmptyQuery));
        }
        if let [only] = found.as_slice()
            && only.lead.is_none()
            && !in_capitals
            && only.leaves.iter().all(|l| matches!(l.as_slice(), [Meant { languages: EVERY, .. }]))
        {
            let terms: Vec<Term> = only.leaves.iter().flatten().map(|meant| meant.term.clone()).collect();
            return Ok(match (&only.shape, terms.as_slice()) {
                (Shape::Word, [term]) => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
                (Shape::Row(row), _) => {
                    Box::new(PhraseQuery::new_with_offset(row.iter().map(|(_, offset)| *offset as usize).zip(terms).collect()))
                }
                _ => Box::new(TextQuery { parts: found, tuning: self.tuning(), least: 1 }),
            });
        }
        Ok(Box::new(TextQuery { parts: found, tuning: self.tuning(), least: 1 }))
    }

    /// Anything positional: the words it needs come from the postings, the verdict from the stored text.
    fn verdict(&self, fields: &[Searched], expr: &Expr) -> Result<Lowered> {
        // Matches in several fields count together.
        let (expr, least) = match expr {
            Expr::AtLeast { n, expr } if fields.len() > 1 => (&**expr, *n),
            expr => (expr, 1),
        };
        let forms = positional::words(expr);
        let need = positional::needs(expr, &forms, false);
        let mut parts = Vec::new();
        for field in fields.iter().filter(|f| !f.counts_only) {
            let terms = |word: &Listed| self.terms(field.listed(word.in_capitals), &word.form, self.languages);
            let leaves: Result<Vec<Vec<Meant>>> = forms.iter().map(terms).collect();
            let verdict = Verdict::new(expr, &forms, field.field, field.on, self);
            let shape = Shape::Verdict(if least > 1 { verdict.apart() } else { verdict });
            let lead = field.lead.filter(|lead| lead.only);
            let (field, weight) = (field.placed, field.weight);
            parts.push(text::Part { field, weight, counts_only: false, leaves: leaves?, need: need.clone(), shape, lead });
        }
        Ok(Box::new(TextQuery { parts, tuning: self.tuning(), least }))
    }

    /// The terms of words in a row in one field; `None` when one of them is not in the index, or when the body tells of them.
    fn part(&self, field: &Searched, parts: &[Part], in_capitals: bool) -> Result<Option<text::Part>> {
        // Of those in capitals the lead has no list.
        let is_word = !in_capitals && parts.iter().filter(|part| **part != Part::Gap).count() == 1;
        if field.counts_only && !is_word {
            return Ok(None);
        }
        let (column, listed) = if is_word { (field.column, field.column) } else { (field.placed, field.listed(in_capitals)) };
        let mut leaves = Vec::new();
        let mut row = Vec::new();
        for (offset, part) in parts.iter().enumerate() {
            let forms: &[WordForm] = match part {
                Part::Word(form) => std::slice::from_ref(form),
                Part::AnyOf(forms) => forms,
                Part::Gap => continue,
            };
            let mut all = Vec::new();
            for form in forms {
                all.extend(self.terms(listed, form, self.languages)?);
            }
            if all.is_empty() {
                return Ok(None);
            }
            row.push((leaves.len(), offset as u32));
            leaves.push(all);
        }
        let (need, shape) = match leaves.len() {
            0 => return Ok(None),
            1 if is_word => (Need::Leaf(0), Shape::Word),
            n => (Need::All((0..n).map(Need::Leaf).collect()), Shape::Row(row)),
        };
        let lead = field.lead.filter(|_| !is_word);
        Ok(Some(text::Part { field: column, weight: field.weight, counts_only: field.counts_only, leaves, need, shape, lead }))
    }
}
