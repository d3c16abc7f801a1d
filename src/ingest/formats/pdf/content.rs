//! What a page shows, in the order it is shown: pieces of text with their places, put together to lines and paragraphs.

use super::fonts::Font;
use super::objects::Objects;
use super::values::{Reader, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// Most operators of a page, over all forms in it.
const MOST: usize = 4_000_000;
/// How deep forms may lie in forms.
const DEEPEST: usize = 8;

/// A matrix as PDF writes it: `[a b c d e f]`.
type Matrix = [f64; 6];
const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(m: &Matrix, n: &Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

impl State {
    /// Takes the value of an operator that sets one.
    fn set(&mut self, operator: &str, value: f64) {
        match operator {
            "Tc" => self.spacing = value,
            "Tw" => self.word_spacing = value,
            "Tz" => self.scale = value / 100.0,
            "TL" => self.leading = value,
            _ => self.rise = value,
        }
    }
}

/// The text of pages, as it grows.
pub(super) struct Page<'o, 'a> {
    objects: &'o Objects<'a>,
    fonts: HashMap<u32, Rc<Font>>,
    operators: usize,
    /// Lines, and a blank one between paragraphs.
    pub(super) text: String,
    /// Codes nothing is known of.
    pub(super) unknown: usize,
    /// Whether a page has more operators than are read.
    pub(super) is_cut: bool,
    /// Where the last piece ended: x, y, and its size.
    last: Option<(f64, f64, f64)>,
    /// The usual distance of lines.
    pitch: f64,
}

impl<'o, 'a> Page<'o, 'a> {
    pub(super) fn new(objects: &'o Objects<'a>) -> Page<'o, 'a> {
        Page { objects, fonts: HashMap::new(), operators: 0, text: String::new(), unknown: 0, is_cut: false, last: None, pitch: 0.0 }
    }

    /// Adds the text of a page with these contents and resources.
    pub(super) fn add(&mut self, contents: &[u8], resources: Option<&Value>) {
        self.operators = 0;
        self.last = None;
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let state = State { ctm: UNIT, font: None, size: 1.0, spacing: 0.0, word_spacing: 0.0, scale: 1.0, leading: 0.0, rise: 0.0 };
        self.run(contents, resources, state, 0);
    }

    fn run(&mut self, contents: &[u8], resources: Option<&Value>, mut state: State, depth: usize) {
        let mut reader = Reader::new(contents, 0);
        let mut operands: Vec<Value> = Vec::new();
        let mut stack: Vec<State> = Vec::new();
        let (mut tm, mut tlm) = (UNIT, UNIT);
        while reader.at < contents.len() && self.operators < MOST {
            self.operators += 1;
            let word = match reader.value(0) {
                Some(Value::Word(word)) => word,
                Some(value) => {
                    operands.push(value);
                    if operands.len() > 1000 {
                        operands.clear();
                    }
                    continue;
                }
                None => {
                    reader.at += 1;
                    continue;
                }
            };
            let n = |i: usize| operands.get(i).and_then(Value::number).unwrap_or(0.0);
            match word.as_str() {
                "q" if stack.len() < 1000 => stack.push(state.clone()),
                "Q" => state = stack.pop().unwrap_or(state),
                "cm" => state.ctm = times(&[n(0), n(1), n(2), n(3), n(4), n(5)], &state.ctm),
                "BT" => (tm, tlm) = (UNIT, UNIT),
                "Tf" => {
                    state.size = n(1);
                    state.font = operands.first().and_then(Value::name).and_then(|name| self.font(resources, name));
                }
                "Tc" | "Tw" | "Tz" | "TL" | "Ts" => state.set(&word, n(0)),
                "Td" | "TD" | "Tm" | "T*" | "'" | "\"" => {
                    place(&word, &operands, &mut state, (&mut tm, &mut tlm));
                    // Two of them show what they are given as well.
                    if let Some(Value::Text(bytes)) = operands.last() {
                        self.show(bytes, &state, &mut tm);
                    }
                }
                "Tj" => {
                    if let Some(Value::Text(bytes)) = operands.last() {
                        self.show(bytes, &state, &mut tm);
                    }
                }
                "TJ" => self.show_all(operands.last().map(Value::list).unwrap_or(&[]), &state, &mut tm),
                "Do" if depth < DEEPEST => {
                    if let Some(name) = operands.first().and_then(Value::name) {
                        self.form(resources, name, &state, depth);
                    }
                }
                // A picture in the page itself: its bytes are no operators.
                "BI" => reader.at += picture(contents.get(reader.at..).unwrap_or(&[])),
                _ => {}
            }
            operands.clear();
        }
        self.is_cut |= reader.at < contents.len();
    }

    fn font(&mut self, resources: Option<&Value>, name: &str) -> Option<Rc<Font>> {
        let objects = self.objects;
        let fonts = objects.get(resources?, "Font")?;
        let Value::Map(map) = fonts else { return None };
        let font = map.get(name)?;
        let Value::Other(number) = font else {
            self.operators += 10_000;
            return Some(Rc::new(Font::of(objects, font)));
        };
        if !self.fonts.contains_key(number) {
            self.fonts.insert(*number, Rc::new(Font::of(objects, font)));
        }
        self.fonts.get(number).cloned()
    }

    /// Runs a form: a page in a page.
    fn form(&mut self, resources: Option<&Value>, name: &str, state: &State, depth: usize) {
        let objects = self.objects;
        let forms = resources.and_then(|r| objects.get(r, "XObject"));
        let Some(Value::Map(map)) = forms else { return };
        let Some(Value::Other(number)) = map.get(name) else { return };
        let form = objects.object(*number);
        if form.and_then(|f| objects.get(f, "Subtype")).and_then(Value::name) != Some("Form") {
            return;
        }
        let Some((map, data)) = objects.stream(*number) else { return };
        let matrix: Vec<f64> =
            map.get("Matrix").map(|m| objects.resolve(m).list()).unwrap_or(&[]).iter().filter_map(Value::number).collect();
        let mut inside = state.clone();
        if let Ok(matrix) = Matrix::try_from(matrix) {
            inside.ctm = times(&matrix, &inside.ctm);
        }
        self.run(&data, map.get("Resources").or(resources), inside, depth + 1);
    }

    /// Adds pieces of text, and moves by the numbers between them.
    fn show_all(&mut self, pieces: &[Value], state: &State, tm: &mut Matrix) {
        for piece in pieces {
            match piece {
                Value::Text(bytes) => self.show(bytes, state, tm),
                Value::Number(back) => shift(tm, -back / 1000.0 * state.size * state.scale),
                _ => {}
            }
        }
    }

    /// Adds a piece of text and moves on by its width.
    fn show(&mut self, bytes: &[u8], state: &State, tm: &mut Matrix) {
        let mut text = String::new();
        let width = match &state.font {
            Some(font) => {
                let (width, unknown) = font.read(bytes, &mut text);
                self.unknown += unknown;
                width
            }
            None => bytes.len() as f64 * 500.0,
        };
        let place = times(tm, &state.ctm);
        let spaces = bytes.iter().filter(|b| **b == b' ').count() as f64;
        let advance =
            (width / 1000.0 * state.size + text.chars().count() as f64 * state.spacing + spaces * state.word_spacing) * state.scale;
        shift(tm, advance);
        let end = times(tm, &state.ctm);
        let size = (state.size * (place[2].powi(2) + place[3].powi(2)).sqrt()).abs().max(0.1);
        if !text.is_empty() && place.iter().all(|n| n.is_finite()) {
            self.put(&text, (place[4], place[5] + state.rise), end[4], size);
        }
    }

    /// Adds text at a place: after a space, on a new line or in a new paragraph, as the distance from the last piece says.
    fn put(&mut self, text: &str, (x, y): (f64, f64), end: f64, size: f64) {
        if let Some((last_x, last_y, last_size)) = self.last {
            let (down, tall) = (last_y - y, size.max(last_size));
            if down.abs() > tall * 0.5 {
                // A line far below, above, or of another size begins a paragraph.
                let far = down < 0.0
                    || (self.pitch > 0.0 && down > self.pitch * 1.4)
                    || down > tall * 2.0
                    || (size / last_size - 1.0).abs() > 0.2;
                if down > 0.0 && !far {
                    self.pitch = if self.pitch > 0.0 { self.pitch * 0.7 + down * 0.3 } else { down };
                }
                self.text.push_str(if far { "\n\n" } else { "\n" });
            } else if x - last_x > tall * 0.15 && !self.text.ends_with(' ') && !text.starts_with(' ') || x < last_x - tall * 2.0 {
                self.text.push(' ');
            }
        }
        self.text.push_str(text);
        self.last = Some((end, y, size));
    }
}

/// How long a picture in a page is.
fn picture(rest: &[u8]) -> usize {
    memchr::memmem::find(rest, b"EI").map_or(rest.len(), |at| at + 2)
}

/// Moves along the line.
fn shift(tm: &mut Matrix, by: f64) {
    *tm = times(&[1.0, 0.0, 0.0, 1.0, by, 0.0], tm);
}

/// Moves to the place an operator says.
fn place(operator: &str, operands: &[Value], state: &mut State, (tm, tlm): (&mut Matrix, &mut Matrix)) {
    let n = |i: usize| operands.get(i).and_then(Value::number).unwrap_or(0.0);
    if operator == "TD" {
        state.leading = -n(1);
    }
    *tlm = match operator {
        "Td" | "TD" => times(&[1.0, 0.0, 0.0, 1.0, n(0), n(1)], tlm),
        "Tm" => [n(0), n(1), n(2), n(3), n(4), n(5)],
        _ => times(&[1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], tlm),
    };
    *tm = *tlm;
}
