//! Every format, one row each.

mod alto;
mod csv;
mod factiva;
mod feed;
mod html;
mod json;
mod mail;
mod markdown;
mod newsml;
mod newsml_g2;
mod nexis;
mod ninjs;
mod nitf;
mod packed;
mod plain;
mod reading;
mod reuters;
mod tar;
mod warc;
mod word;
mod xml;
mod zip;

use super::Format;

/// Every format morgue reads. To add one: a file beside this one, a `mod` line, a row here, and a fixture in `tests/fixtures`.
pub static FORMATS: &[&dyn Format] = &[
    // Containers.
    &packed::Gzip,
    &packed::Zstandard,
    &zip::Zip,
    &tar::Tar,
    &warc::Warc,
    // Records and wires.
    &ninjs::Ninjs,
    &json::Json,
    &csv::Csv,
    &reuters::Reuters,
    &nitf::Nitf,
    &newsml_g2::NewsmlG2,
    &newsml::Newsml,
    &feed::Feeds,
    // Mail, scans and databases.
    &mail::Mail,
    &alto::Alto,
    &nexis::Nexis,
    &factiva::Factiva,
    &word::Word,
    // Articles.
    &html::Html,
    &markdown::Markdown,
    &plain::Plain,
];
