//! Is a confidence what it says? Of quotes at 0.9, nine in ten should be right: found where a quote stands, with its speaker.

use std::fmt::Write;

/// Bounds of the rows of the table: from this confidence up to the next.
const ROWS: [f32; 8] = [0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// Confidences, each with whether the quote was right.
#[derive(Default)]
pub struct Reliability(Vec<(f32, bool)>);

impl Reliability {
    /// Counts one quote.
    pub fn add(&mut self, confidence: f32, right: bool) {
        self.0.push((confidence, right));
    }

    /// Each row that has quotes: the mean confidence, the share that was right, and how many there are.
    pub fn rows(&self) -> Vec<(f64, f64, usize)> {
        let bounds = ROWS.iter().zip(ROWS.iter().skip(1).chain([&f32::INFINITY]));
        let row = |(low, high): (&f32, &f32)| {
            let inside: Vec<_> = self.0.iter().filter(|(c, _)| c >= low && c < high).collect();
            let n = inside.len();
            let mean = inside.iter().map(|(c, _)| f64::from(*c)).sum::<f64>() / n.max(1) as f64;
            let right = inside.iter().filter(|(_, right)| *right).count() as f64 / n.max(1) as f64;
            (n > 0).then_some((mean, right, n))
        };
        bounds.filter_map(row).collect()
    }

    /// Prints the table.
    pub fn print(&self, set: &str) {
        let mut table = format!("== reliability of quotes: {set}\n");
        for (mean, right, n) in self.rows() {
            let _ = writeln!(table, "   confidence {mean:.2}   right {right:.3}   of {n:5}");
        }
        println!("{table}");
    }
}

#[test]
fn rows_hold_what_lies_between_their_bounds() {
    let mut all = Reliability::default();
    for (confidence, right) in [(0.91, true), (0.93, false), (0.2, false), (0.97, true), (0.97, true)] {
        all.add(confidence, right);
    }
    let rows: Vec<_> = all.rows().iter().map(|(mean, right, n)| format!("{mean:.2} {right:.2} {n}")).collect();
    assert_eq!(rows, ["0.20 0.00 1", "0.92 0.50 2", "0.97 1.00 2"]);
}
