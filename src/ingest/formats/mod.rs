//! Every format, one row each.

mod alto;
mod csv;
mod documents;
mod factiva;
mod feed;
mod html;
mod json;
mod mail;
mod markdown;
mod mets;
mod newsml;
mod newsml_g2;
mod nexis;
mod ninjs;
mod nitf;
mod opendocument;
mod packed;
mod pdf;
mod plain;
mod proquest;
mod reading;
mod reuters;
mod rtf;
mod tar;
mod warc;
mod wire;
mod word;
mod xml;
mod xml_record;
mod zip;

use super::Format;
pub(super) use mets::is_called as may_describe;

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
    &wire::Anpa,
    &wire::Iptc7901,
    // Mail, scans and databases.
    &mail::Mail,
    &mets::Mets,
    &alto::Alto,
    &nexis::Nexis,
    &factiva::Factiva,
    &proquest::ProQuest,
    &word::Word,
    &opendocument::OpenDocument,
    &pdf::Pdf,
    &rtf::Rtf,
    // Articles.
    &html::Html,
    &xml_record::XmlRecord,
    &markdown::Markdown,
    &plain::Plain,
];
