//! What people wrote on an article themselves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What people wrote on an article: kept by the archive, never read off a file of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Notes {
    /// Tags of their own, beside those the file gives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// A note.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Day or date-time on which somebody marked it as seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
}

impl Notes {
    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        *self == Notes::default()
    }

    /// Adds `tag`, unless it is there in whatever case; says whether it was added.
    pub fn tag(&mut self, tag: &str) -> bool {
        let is_new = !self.tags.iter().any(|t| t.to_lowercase() == tag.to_lowercase());
        if is_new {
            self.tags.push(tag.to_owned());
        }
        is_new
    }

    /// Takes `tag` off, in whatever case; says whether it was there.
    pub fn untag(&mut self, tag: &str) -> bool {
        let before = self.tags.len();
        self.tags.retain(|t| t.to_lowercase() != tag.to_lowercase());
        self.tags.len() < before
    }
}
