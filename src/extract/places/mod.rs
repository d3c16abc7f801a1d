//! Places: finding their names, and telling which place of that name is meant.

use super::names::Names;
use super::page::Page;
use crate::article::{Article, Place};

/// Finds all places of an article.
pub fn find(page: &Page<'_>, article: &Article, names: &Names) -> Vec<Place> {
    let _ = (page, article, names);
    Vec::new()
}
