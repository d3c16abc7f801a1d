//! Which columns and postings the index has: one set per row of the field table.
//!
//! An article is a *block*: its quotes, each a document, then the article itself. Fields of the article stand on the
//! article's document alone, fields of a quote on the quote's: `speaker:x` asks the quotes, and goes from them to their articles.
//! Only the numbers of facet values stand on the article's document a second time, under other names, for counting.
//! `up` and `down` tell how far article and quotes of a block lie apart: blocks are written in one go and stay together.

use crate::article::{Clipping, Quote};
use crate::field::{self, FIELDS, FieldKind, Read, Value};
use crate::query::Target;
use crate::words;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use tantivy::TantivyDocument;
use tantivy::schema::{BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions};

/// The tokenizer's name in the index.
pub(super) const WORDS: &str = "words";
/// And that of the words that are written in capitals throughout.
pub(super) const CAPITALS: &str = "capitals";
/// Whether a document is an article or a quote.
pub(super) const KIND: &str = "_kind";
/// Columns of an article by which its story is told.
pub(super) const NUMBER: &str = "_number";
pub(super) const QUOTES: &str = "_quotes";
pub(super) const SKETCH: &str = "_sketch";
/// What an article says of its version: see [`super::revised`].
pub(super) const VERSION: &str = "_version";
/// Where the sentences of the body begin: see [`super::units`].
pub(super) const UNITS: &str = "_units";
/// How many words the lead has: see [`super::leads`].
pub(super) const LEAD: &str = "_lead";
/// The language of a text, as its place in [`words::LANGUAGES`], on articles and quotes.
pub(super) const LANGUAGE: &str = "_language";
const ARTICLE: u64 = 0;
const QUOTE: u64 = 1;
/// One degree in the columns of coordinates.
pub(super) const DEGREE: f64 = 1e5;
/// Whole values are kept up to so many characters; behind the beginning of a longer one stands a number made of all of it.
const LONGEST_KEY: usize = 2000;

/// The index's columns.
#[derive(Clone)]
pub(super) struct Columns {
    pub schema: Schema,
    pub kind: Field,
    pub id: Field,
    pub up: Field,
    pub down: Field,
    pub tie: Field,
    pub number: Field,
    pub clipping: Field,
    /// The number of an article, that of its first quote, and the sketches of all of them.
    pub story: Field,
    pub quotes: Field,
    pub sketch: Field,
    pub version: Field,
    /// Where sentences of the body begin.
    pub units: Field,
    /// How many of its words are the lead.
    pub lead: Field,
    pub lat: Field,
    pub lon: Field,
    language: Field,
    article: Vec<Columned>,
    quote: Vec<Columned>,
}

/// What a block has besides the clipping's fields.
pub(super) struct Kept<'a> {
    /// The clipping as bytes.
    pub stored: &'a [u8],
    /// The article's number, and that of its first quote.
    pub numbers: (u64, u64),
    /// Sketches of both.
    pub sketches: &'a [u8],
}

/// The columns of one row of the field table, on one kind of document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Columned {
    /// Words, with positions.
    pub words: Option<Field>,
    /// Of running text, the words that are written in capitals throughout, each at its position among all.
    pub capitals: Option<Field>,
    /// Whole values: folded for keywords, as they stand for names and paths.
    pub whole: Option<Field>,
    /// Numbers of values, for counting.
    pub values: Option<Field>,
    /// Dates and numbers.
    pub number: Option<Field>,
}

/// On which kind of document a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum On {
    Article,
    Quote,
}

impl On {
    /// Where hits of a search are looked for.
    pub fn of(target: Target) -> On {
        match target {
            Target::Articles => On::Article,
            Target::Quotes => On::Quote,
        }
    }

    pub fn code(self) -> u64 {
        match self {
            On::Article => ARTICLE,
            On::Quote => QUOTE,
        }
    }
}

/// A column of numbers.
fn numeric(fast: bool, indexed: bool) -> NumericOptions {
    let options = if fast { NumericOptions::default().set_fast() } else { NumericOptions::default() };
    if indexed { options.set_indexed() } else { options }
}

/// Words, with their positions where nobody else has them, and with the length of the text where it counts.
fn text(words: &str, positions: bool, norms: bool) -> TextOptions {
    let kept = if positions { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
    let indexing = TextFieldIndexing::default().set_tokenizer(words).set_index_option(kept);
    TextOptions::default().set_indexing_options(indexing.set_fieldnorms(norms))
}

impl Columns {
    pub fn new() -> Columns {
        let mut builder = Schema::builder();
        let key = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::Basic).set_fieldnorms(false),
        );
        let kind = builder.add_u64_field(KIND, numeric(true, true));
        let id = builder.add_text_field("_id", key.clone());
        let up = builder.add_u64_field("_up", numeric(true, false));
        let down = builder.add_u64_field("_down", numeric(true, false));
        let tie = builder.add_u64_field("_tie", numeric(true, false));
        let number = builder.add_u64_field("_quote", numeric(true, false));
        let clipping = builder.add_bytes_field("_clipping", BytesOptions::default().set_stored());
        let story = builder.add_u64_field(NUMBER, numeric(true, false));
        let quotes = builder.add_u64_field(QUOTES, numeric(true, false));
        let sketch = builder.add_bytes_field(SKETCH, BytesOptions::default().set_fast());
        let version = builder.add_bytes_field(VERSION, BytesOptions::default().set_fast());
        let units = builder.add_u64_field(UNITS, numeric(true, false));
        let lead = builder.add_u64_field(LEAD, numeric(true, false));
        let lat = builder.add_i64_field("_lat", numeric(true, false));
        let lon = builder.add_i64_field("_lon", numeric(true, false));
        let language = builder.add_u64_field(LANGUAGE, numeric(true, false));
        let mut add = |name: String, kind: Option<FieldKind>, facet: bool| Columned::new(&mut builder, &key, &name, kind, facet);
        let article = FIELDS
            .iter()
            .map(|f| match f.read {
                // What quotes hold is asked of the quotes themselves; only facets are counted on both.
                Read::Quote(_) => add(f.name.to_owned(), None, f.facet),
                Read::Kin(_) => Columned::default(),
                Read::Article(_) => add(f.name.to_owned(), Some(f.kind), f.facet),
            })
            .collect();
        let quote = FIELDS
            .iter()
            .map(|f| match f.read {
                Read::Quote(_) => add(format!("q_{}", f.name), Some(f.kind), f.facet),
                Read::Article(_) | Read::Kin(_) => Columned::default(),
            })
            .collect();
        let schema = builder.build();
        Columns {
            schema,
            kind,
            id,
            up,
            down,
            tie,
            number,
            clipping,
            story,
            quotes,
            sketch,
            version,
            units,
            lead,
            lat,
            lon,
            language,
            article,
            quote,
        }
    }

    /// The columns of `field` on documents of kind `on`; `None` for fields of the article on a quote.
    pub fn of(&self, field: &crate::field::Field, on: On) -> Option<Columned> {
        let row = FIELDS.iter().position(|f| f == field)?;
        let columned = match on {
            On::Article => self.article.get(row),
            On::Quote => self.quote.get(row),
        }?;
        columned.any().then_some(*columned)
    }

    /// The block of documents for `clipping`: its quotes, then itself. `number` gives every facet value its number.
    pub fn block(&self, clipping: &Clipping, kept: &Kept<'_>, number: &mut dyn FnMut(&str) -> u64) -> Vec<TantivyDocument> {
        let quotes = &clipping.annotations.quotes;
        let tie = tie(&clipping.article.id);
        let language = words::place_of(words::inflections(clipping.article.language.as_deref())) as u64;
        let mut block = Vec::with_capacity(quotes.len() + 1);
        for (i, quote) in quotes.iter().enumerate() {
            let mut doc = TantivyDocument::default();
            doc.add_u64(self.kind, QUOTE);
            doc.add_u64(self.language, language);
            doc.add_text(self.id, &clipping.article.id);
            doc.add_u64(self.up, (quotes.len() - i) as u64);
            doc.add_u64(self.number, i as u64);
            self.fill(&mut doc, On::Quote, clipping, std::slice::from_ref(quote), number);
            block.push(doc);
        }
        let mut doc = TantivyDocument::default();
        doc.add_u64(self.kind, ARTICLE);
        doc.add_text(self.id, &clipping.article.id);
        doc.add_u64(self.down, quotes.len() as u64);
        doc.add_u64(self.tie, tie);
        doc.add_u64(self.language, language);
        doc.add_bytes(self.clipping, kept.stored);
        doc.add_u64(self.story, kept.numbers.0);
        doc.add_u64(self.quotes, kept.numbers.1);
        doc.add_bytes(self.sketch, kept.sketches);
        if let Some(version) = super::revised::stated(&clipping.article) {
            doc.add_bytes(self.version, &version);
        }
        super::units::each(&clipping.article.body, |value| doc.add_u64(self.units, value));
        doc.add_u64(self.lead, u64::from(n_words(field::lead(&clipping.article.body))));
        for place in &clipping.annotations.places {
            if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
                doc.add_i64(self.lat, degrees(lat));
                doc.add_i64(self.lon, degrees(lon));
            }
        }
        self.fill(&mut doc, On::Article, clipping, quotes, number);
        block.push(doc);
        block
    }

    fn fill(&self, doc: &mut TantivyDocument, on: On, clipping: &Clipping, quotes: &[Quote], number: &mut dyn FnMut(&str) -> u64) {
        let rows = match on {
            On::Article => &self.article,
            On::Quote => &self.quote,
        };
        let mut seen: Vec<String> = Vec::new();
        // What has no column on this kind of document is not read: some of it takes long to find.
        for (field, columned) in FIELDS.iter().zip(rows).filter(|(_, columned)| columned.any()) {
            seen.clear();
            let mut take = |value: Value<'_>| match value {
                Value::Number(n) => {
                    if let Some(column) = columned.number {
                        doc.add_i64(column, n);
                    }
                }
                Value::Text(text) if matches!(field.kind, FieldKind::Text(_)) => {
                    columned.words.iter().chain(&columned.capitals).for_each(|column| doc.add_text(*column, text));
                }
                Value::Text(text) if field.kind == FieldKind::Path => {
                    for (step, path) in steps(text) {
                        if !seen.iter().any(|s| s == path) {
                            seen.push(path.to_owned());
                            columned.add(doc, step, path, number);
                        }
                    }
                }
                Value::Text(text) => {
                    let key = field.key(text);
                    if !text.is_empty() && !seen.iter().any(|s| *s == key) {
                        seen.push(key.into_owned());
                        let folded = if field.kind == FieldKind::Keyword { Some(words::fold(text)) } else { None };
                        columned.add(doc, folded.as_deref().unwrap_or(text), text, number);
                    }
                }
            };
            match field.read {
                Read::Article(read) => read(clipping, &mut take),
                Read::Quote(read) => quotes.iter().for_each(|quote| read(clipping, quote, &mut take)),
                Read::Kin(_) => {}
            }
        }
    }
}

impl Columned {
    /// Adds the columns of a field that is of this `kind` where it stands; `key` is how whole values are kept.
    fn new(builder: &mut SchemaBuilder, key: &TextOptions, name: &str, kind: Option<FieldKind>, facet: bool) -> Columned {
        let mut columned = Columned::default();
        match kind {
            None => {}
            // The lead stands in the body, where its words have their positions; of notes none is better for being short.
            Some(FieldKind::Text(_)) => {
                columned.words = Some(builder.add_text_field(name, text(WORDS, name != "lead", name != "note")));
                columned.capitals =
                    (name != "lead").then(|| builder.add_text_field(&format!("{name}_capitals"), text(CAPITALS, true, false)));
            }
            Some(FieldKind::Name | FieldKind::Path) => {
                columned.words = Some(builder.add_text_field(name, text(WORDS, true, false)));
                columned.whole = Some(builder.add_text_field(&format!("{name}_whole"), key.clone()));
            }
            Some(FieldKind::Keyword) => columned.whole = Some(builder.add_text_field(&format!("{name}_whole"), key.clone())),
            Some(FieldKind::Date | FieldKind::Number) => columned.number = Some(builder.add_i64_field(name, numeric(true, false))),
        }
        // Numbers and dates are counted from their own column.
        if facet && columned.number.is_none() {
            columned.values = Some(builder.add_u64_field(&format!("{name}_values"), numeric(true, false)));
        }
        columned
    }

    /// Whether there is any.
    fn any(&self) -> bool {
        self.words.or(self.whole).or(self.number).or(self.values).is_some()
    }

    /// Adds one value of a name, path or keyword: `words` is what can be searched in it, `value` the whole.
    fn add(&self, doc: &mut TantivyDocument, words: &str, value: &str, number: &mut dyn FnMut(&str) -> u64) {
        if let Some(column) = self.words {
            doc.add_text(column, words);
        }
        if let Some(column) = self.whole {
            doc.add_text(column, whole(if self.words.is_some() { value } else { words }));
        }
        if let Some(column) = self.values {
            doc.add_u64(column, number(cut(value)));
        }
    }
}

/// Each step of a path with the path down to it: `Europe/Ukraine` gives `(Europe, Europe)` and `(Ukraine, Europe/Ukraine)`.
fn steps(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends = path.match_indices('/').map(|(i, _)| i).chain(std::iter::once(path.len()));
    ends.scan(0, move |from, end| {
        let step = &path[*from..end];
        *from = end + 1;
        Some((step, &path[..end]))
    })
    .filter(|(step, _)| !step.is_empty())
}

/// How many positions the words of a text take.
fn n_words(text: &str) -> u32 {
    let mut n = 0;
    words::for_each_word(text, |word| n = word.position + 1);
    n
}

/// A whole value as the index keeps it: very long ones as their beginning and a number that tells them apart.
pub(super) fn whole(value: &str) -> Cow<'_, str> {
    match cut(value) {
        beginning if beginning.len() == value.len() => value.into(),
        beginning => format!("{beginning}…{:016x}", crate::disk::first_bits(&blake3::hash(value.as_bytes()))).into(),
    }
}

fn cut(value: &str) -> &str {
    value.char_indices().nth(LONGEST_KEY).map_or(value, |(end, _)| &value[..end])
}

/// Degrees as a whole number: 100,000 are one degree, as gazetteers give them; about a metre.
fn degrees(degrees: f64) -> i64 {
    (degrees * DEGREE).round() as i64
}

/// What orders hits of equal score: the same in every run, unlike the order in which documents came to lie.
fn tie(id: &str) -> u64 {
    crate::disk::first_bits(&blake3::hash(id.as_bytes())) >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_of_the_lead_stand_where_they_stand_in_the_body(pieces in proptest::collection::vec("[a-zA-Z0-9.,'’&-]{0,6}[ \n]{0,2}|[\\PC]{0,3}|\n\n", 0..30)) {
            let body = pieces.concat();
            let cut = |text: &str| {
                let mut all = Vec::new();
                words::for_each_word(text, |word| all.push((word.position, word.form.to_owned())));
                all
            };
            let (lead, mut body_words) = (cut(field::lead(&body)), cut(&body));
            body_words.retain(|(position, _)| *position < n_words(field::lead(&body)));
            proptest::prop_assert_eq!(lead, body_words);
        }
    }
}
