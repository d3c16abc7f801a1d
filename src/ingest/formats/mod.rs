//! Every format, one row each.

mod csv;
mod feed;
mod json;
mod newsml;
mod newsml_g2;
mod ninjs;
mod nitf;
mod reading;
mod reuters;
mod xml;

use super::Format;

/// Every format morgue reads. To add one: a file beside this one, a `mod` line, a row here, and a fixture in `tests/fixtures`.
pub static FORMATS: &[&dyn Format] =
    &[&ninjs::Ninjs, &json::Json, &csv::Csv, &reuters::Reuters, &nitf::Nitf, &newsml_g2::NewsmlG2, &newsml::Newsml, &feed::Feeds];
