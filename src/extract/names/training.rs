//! How are the weights of the tagger made? Stochastic gradient descent with a step per weight (AdaGrad, Duchi, Hazan,
//! Singer, JMLR 2011) on the likelihood of the marked names, with feature dropout: in a third of the stretches the words
//! themselves are hidden, so that the model learns to read the context.

mod invent;

use super::features::{self, Parts, Row};
use super::model::{LABELS, ROWS, may_follow};
use super::sight::Sight;
use crate::extract::page::Page;
use invent::{Chance, Inventor};

/// A marked name in a text: bytes and the label of its first token.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// See `label` in the model.
    pub kind: u8,
}

/// A text with marked names.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Sentences are separated by blank lines.
    pub text: String,
    /// The names, in order.
    pub marks: Vec<Mark>,
}

struct Stretch {
    /// Rows of each token, with and without the word itself.
    rows: Vec<[Vec<Row>; 2]>,
    gold: Vec<u8>,
}

/// Copies of each document with other names.
const RENAMED: usize = 2;
/// Invented documents.
const INVENTED: usize = 3000;
const EPOCHS: usize = 6;
const STEP: f32 = 0.15;
const DECAY: f32 = 2e-6;
/// Weights are stored in steps of this.
const UNIT: f32 = 1.0 / 16.0;

/// Trains on `documents`, except every `held_out`th, which is scored (0: none); returns the bytes of the weights file.
pub fn train(documents: &[Document], held_out: usize) -> Vec<u8> {
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for (n, document) in documents.iter().enumerate() {
        let to = if held_out > 0 && n % held_out == held_out - 1 { &mut test } else { &mut train };
        to.extend(stretches(document));
    }
    let mut inventor = Inventor::new(0x2545_f491_4f6c_dd1d);
    for (n, document) in documents.iter().enumerate() {
        if held_out == 0 || n % held_out != held_out - 1 {
            for _ in 0..RENAMED {
                train.extend(stretches(&inventor.renamed(document)));
            }
        }
    }
    for _ in 0..INVENTED {
        train.extend(stretches(&inventor.document()));
    }
    println!("{} stretches to train on, {} held out", train.len(), test.len());
    let mut field = Field { weights: vec![0.0; ROWS * LABELS], steps: vec![1e-2; ROWS * LABELS], transitions: [[0.0; LABELS]; LABELS] };
    let mut order: Vec<usize> = (0..train.len()).collect();
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for epoch in 1..=EPOCHS {
        let mut loss = 0.0;
        for i in (1..order.len()).rev() {
            order.swap(i, chance.below(i + 1));
        }
        for i in &order {
            let wordless = usize::from(chance.next().is_multiple_of(3));
            loss += f64::from(field.learn(&train[*i], wordless));
        }
        println!("epoch {epoch}: loss {:.4}", loss / train.len() as f64);
    }
    field.report(&test);
    field.quantised()
}

fn stretches(document: &Document) -> Vec<Stretch> {
    let page = Page::of(&document.text);
    let sight = Sight::of(&page);
    let mut gold = vec![0u8; page.tokens.len()];
    for mark in &document.marks {
        let first = page.tokens.partition_point(|t| (t.end as usize) <= mark.start);
        for (n, token) in page.tokens.iter().enumerate().skip(first).take_while(|(_, t)| (t.start as usize) < mark.end) {
            gold[n] = if (token.start as usize) <= mark.start { mark.kind } else { mark.kind + 1 };
        }
    }
    let mut all = Vec::new();
    for stretch in &sight.stretches {
        let mut labels: Vec<u8> = stretch.clone().map(|i| gold[i]).collect();
        // A name that begins before the stretch begins with it.
        for n in 0..labels.len() {
            let before = if n == 0 { 0 } else { labels[n - 1] };
            if !may_follow(before, labels[n]) {
                labels[n] -= 1;
            }
        }
        let rows = stretch.clone().map(|i| [Parts::ALL, Parts::WORDLESS].map(|parts| rows_of(&sight, stretch, i, parts))).collect();
        all.push(Stretch { rows, gold: labels });
    }
    all
}

fn rows_of(sight: &Sight<'_, '_>, stretch: &std::ops::Range<usize>, i: usize, parts: Parts) -> Vec<Row> {
    let mut rows = Vec::new();
    features::tell(sight, stretch, i, parts, &mut rows);
    rows
}

/// The best score of a path to each label, and the label it came from.
type Step = ([f32; LABELS], [usize; LABELS]);

struct Field {
    weights: Vec<f32>,
    steps: Vec<f32>,
    transitions: [[f32; LABELS]; LABELS],
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let top = values.clone().fold(f32::MIN, f32::max);
    top + values.map(|v| (v - top).exp()).sum::<f32>().ln()
}

impl Field {
    fn scores(&self, rows: &[Row]) -> [f32; LABELS] {
        let mut scores = [0.0; LABELS];
        for row in rows {
            let at = *row as usize * LABELS;
            for (score, weight) in scores.iter_mut().zip(&self.weights[at..at + LABELS]) {
                *score += weight;
            }
        }
        scores
    }

    fn transition(&self, before: usize, after: usize) -> f32 {
        if may_follow(before as u8, after as u8) { self.transitions[before][after] } else { -1e9 }
    }

    /// One step on one stretch; returns its loss.
    fn learn(&mut self, stretch: &Stretch, wordless: usize) -> f32 {
        let n = stretch.gold.len();
        let scores: Vec<[f32; LABELS]> = stretch.rows.iter().map(|r| self.scores(&r[wordless])).collect();
        let mut forward = vec![[0.0f32; LABELS]; n];
        let mut backward = vec![[0.0f32; LABELS]; n];
        for l in 0..LABELS {
            forward[0][l] = scores[0][l] + self.transition(0, l);
        }
        for i in 1..n {
            for l in 0..LABELS {
                forward[i][l] = scores[i][l] + log_sum((0..LABELS).map(|b| forward[i - 1][b] + self.transition(b, l)));
            }
        }
        for i in (0..n - 1).rev() {
            for l in 0..LABELS {
                backward[i][l] = log_sum((0..LABELS).map(|a| self.transition(l, a) + scores[i + 1][a] + backward[i + 1][a]));
            }
        }
        let total = log_sum(forward[n - 1].iter().copied());
        let mut gold_score = 0.0;
        for i in 0..n {
            let gold = usize::from(stretch.gold[i]);
            let before = if i == 0 { 0 } else { usize::from(stretch.gold[i - 1]) };
            gold_score += scores[i][gold] + self.transition(before, gold);
            let gradient: [f32; LABELS] = std::array::from_fn(|l| f32::from(l == gold) - (forward[i][l] + backward[i][l] - total).exp());
            self.update(&stretch.rows[i][wordless], &gradient);
            if i > 0 {
                let behind = std::array::from_fn(|l| scores[i][l] + backward[i][l] - total);
                self.update_transitions((&forward[i - 1], &behind), (before, gold));
            }
        }
        total - gold_score
    }

    /// One step on the transition into token `i`; `gold` is the right one.
    fn update_transitions(&mut self, (before, after): (&[f32; LABELS], &[f32; LABELS]), gold: (usize, usize)) {
        for (b, from) in before.iter().enumerate() {
            for (a, to) in after.iter().enumerate().filter(|(a, _)| may_follow(b as u8, *a as u8)) {
                let chance = (from + self.transitions[b][a] + to).exp();
                self.transitions[b][a] += 0.002 * (f32::from((b, a) == gold) - chance);
            }
        }
    }

    fn update(&mut self, rows: &[Row], gradient: &[f32; LABELS]) {
        for row in rows {
            let at = *row as usize * LABELS;
            for (l, g) in gradient.iter().enumerate() {
                if g.abs() < 1e-4 {
                    continue;
                }
                let (weight, step) = (&mut self.weights[at + l], &mut self.steps[at + l]);
                *step += g * g;
                *weight += STEP * g / step.sqrt() - DECAY * *weight;
            }
        }
    }

    fn quantised(&self) -> Vec<u8> {
        let unit = |w: f32| (w / UNIT).round();
        let transitions = self.transitions.iter().flatten().flat_map(|w| (unit(*w) as i16).to_le_bytes());
        let mut out: Vec<u8> = transitions.collect();
        // Only differences between labels matter: the first label is the zero of each row.
        for row in self.weights.chunks(LABELS) {
            out.extend(row[1..].iter().map(|w| unit(w - row[0]).clamp(-127.0, 127.0) as i8 as u8));
        }
        let used = self.weights.chunks(LABELS).filter(|r| r.iter().any(|w| unit(*w) != 0.0)).count();
        println!("{used} of {ROWS} rows in use");
        out
    }

    fn best(&self, stretch: &Stretch) -> Vec<u8> {
        let mut best: Vec<Step> = Vec::new();
        for (i, rows) in stretch.rows.iter().enumerate() {
            let scores = self.scores(&rows[0]);
            let step = |l: usize| {
                if i == 0 {
                    return (self.transition(0, l), 0);
                }
                let from = &best[i - 1].0;
                (0..LABELS).map(|b| (from[b] + self.transition(b, l), b)).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
            };
            let steps: [(f32, usize); LABELS] = std::array::from_fn(step);
            best.push((std::array::from_fn(|l| steps[l].0 + scores[l]), steps.map(|s| s.1)));
        }
        let mut label = best.last().map_or(0, |b| (0..LABELS).max_by(|x, y| b.0[*x].total_cmp(&b.0[*y])).unwrap_or(0));
        let mut labels = vec![0; best.len()];
        for (i, (_, back)) in best.iter().enumerate().rev() {
            labels[i] = label as u8;
            label = back[label];
        }
        labels
    }

    fn report(&self, test: &[Stretch]) {
        for (kind, name) in [(1, "persons"), (3, "organizations"), (5, "places"), (7, "others")] {
            let (mut right, mut found, mut wanted) = (0, 0, 0);
            for stretch in test {
                let (gold, best) = (spans(&stretch.gold, kind), spans(&self.best(stretch), kind));
                right += best.iter().filter(|s| gold.contains(s)).count();
                found += best.len();
                wanted += gold.len();
            }
            let (p, r) = (right as f64 / found.max(1) as f64, right as f64 / wanted.max(1) as f64);
            println!("{name:14} {wanted:5} P {p:.3} R {r:.3} F1 {:.3}", 2.0 * p * r / (p + r).max(1e-9));
        }
    }
}

fn spans(labels: &[u8], kind: u8) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (i, label) in labels.iter().enumerate() {
        if *label == kind {
            let end = (i + 1..labels.len()).find(|j| labels[*j] != kind + 1).unwrap_or(labels.len());
            all.push((i, end));
        }
    }
    all
}
