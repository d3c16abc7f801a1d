//! Every format, one row each.

mod html;
mod packed;
mod plain;
mod tar;
mod zip;

use super::Format;

/// Every format morgue reads. To add one: a file beside this one, a `mod` line, a row here, and a fixture in `tests/fixtures`.
pub static FORMATS: &[&dyn Format] = &[
    // Containers.
    &packed::Gzip,
    &packed::Zstandard,
    &zip::Zip,
    &tar::Tar,
    // Articles.
    &html::Html,
    &plain::Plain,
];
