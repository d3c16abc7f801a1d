//! Clippings as plain text, each with a citation under it, ready to paste.

use super::citation;
use super::{About, Exporter, Source};
use crate::words::one_line;

pub(super) struct Clip;

const RULE: &str = "----------------------------------------------------------------------";

impl Exporter for Clip {
    fn head(&mut self, about: &About, out: &mut String) {
        out.push_str(&format!("{} ({}).\nQuery: {}\n\n", about.reading.trim_end_matches('.'), about.day, about.canonical));
    }

    fn item(&mut self, source: &Source<'_>, out: &mut String) {
        let article = &source.clipping.article;
        out.push_str(RULE);
        out.push_str("\n\n");
        match source.quote {
            Some(quote) => {
                let cue = quote.cue.as_ref().map(|c| format!(" ({})", c.text)).unwrap_or_default();
                let kind = format!("{}, confidence {:.2}", quote.kind.name(), quote.confidence);
                out.push_str(&format!("{}\n    — {}{cue} [{kind}]\n\n", citation::said(quote), citation::speaker(quote)));
            }
            None => {
                if let Some(title) = &article.title {
                    out.push_str(&format!("{}\n\n", one_line(title).to_uppercase()));
                }
                out.push_str(article.body.trim());
                out.push_str("\n\n");
            }
        }
        if let Some(note) = source.clipping.note() {
            out.push_str(&format!("Note: {}\n", one_line(note)));
        }
        out.push_str(&format!("{}\n[{}]\n\n", citation::line(article), source.hit.id()));
    }
}
