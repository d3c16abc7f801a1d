//! Whether a regular expression is one.

use regex::{Regex, RegexBuilder};

/// Compiles a regular expression that must fit a whole form.
///
/// # Errors
///
/// One line that says what is wrong with it.
pub(super) fn regex(expression: &str) -> Result<Regex, String> {
    RegexBuilder::new(&format!("^(?:{expression})$")).size_limit(1 << 20).build().map_err(|e| match e {
        regex::Error::Syntax(text) => text.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned(),
        other => other.to_string(),
    })
}
