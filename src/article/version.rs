//! Versions of an article: what its file says of corrections and updates.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which version of itself an article is, and what it corrects or replaces, by what its file says. Nothing is guessed: an article
/// whose file says nothing has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Version {
    /// Whether it sets something right or tells more than the version before; `None` for a first version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<VersionKind>,
    /// Its number among the versions, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The name all its versions share: a guid, or the key an agency gives a story and its updates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Ids, shared names or addresses of what it replaces.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// What was wrong, or what is new, in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// How a version differs from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum VersionKind {
    /// It sets something right.
    Correction,
    /// It tells more.
    Update,
}

impl VersionKind {
    /// The word for it in records and queries.
    pub fn name(self) -> &'static str {
        match self {
            VersionKind::Correction => "correction",
            VersionKind::Update => "update",
        }
    }
}

impl Version {
    /// Whether it says anything.
    pub fn is_empty(&self) -> bool {
        *self == Version::default()
    }
}

/// The versions of an article that an archive has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Versions {
    /// The id of the last one.
    pub latest: String,
    /// How many there are.
    pub articles: u32,
}
