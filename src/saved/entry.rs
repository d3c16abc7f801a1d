//! One saved query as its entry in the file says it: what is asked, when somebody is told, and what it must find.

use super::reading::Keys;
use super::schedule::Schedule;
use crate::query::{Saved, Target};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use toml_edit::{InlineTable, Value};

/// A question kept by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct SavedQuery {
    /// Its name: letters, digits, `-` and `_`.
    pub name: String,
    /// What is asked, as typed.
    pub query: String,
    /// `articles` or `quotes`.
    pub what: String,
    /// A title for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Tags, by which several are run together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The day it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// What `$name` in the query stands for when nothing else is given, in order.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub params: Vec<(String, String)>,
    /// Who is told of what is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<Alert>,
    /// What it must find; `morgue saved test` looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expect: Option<Expect>,
}

fn as_map<S: Serializer>(pairs: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

/// What somebody is told of, when, and where to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Alert {
    /// What counts as news.
    pub on: On,
    /// Whether copies of one story (or one quote repeated) are one line.
    pub group: Group,
    /// Nothing is sent below so many.
    pub min: u64,
    /// So many are listed; the rest is counted, with the command that shows it.
    pub max: usize,
    /// Whether "nothing new" is sent too.
    pub always_send: bool,
    /// Whether articles filed with `index --backfill` count as news.
    pub backfill: bool,
    /// When it is due; without, whenever alerts are run.
    #[schemars(with = "Option<String>")]
    pub schedule: Option<Schedule>,
    /// Names of sinks; without any, standard output.
    pub to: Vec<String>,
}

impl Default for Alert {
    fn default() -> Alert {
        Alert {
            on: On::New,
            group: Group::Cluster,
            min: 1,
            max: 50,
            always_send: false,
            backfill: false,
            schedule: None,
            to: vec!["stdout".to_owned()],
        }
    }
}

/// What counts as news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum On {
    /// What was never found before and comes with a new or edited article.
    #[default]
    New,
    /// That, and articles told of before whose text was edited.
    #[serde(rename = "new+changed")]
    NewAndChanged,
    /// What is found no longer.
    Gone,
    /// Every difference, whatever its reason.
    Any,
}

impl On {
    const WORDS: &[(&str, On)] = &[("new", On::New), ("new+changed", On::NewAndChanged), ("gone", On::Gone), ("any", On::Any)];

    /// The word for it in the file.
    pub fn word(self) -> &'static str {
        On::WORDS.iter().find(|(_, on)| *on == self).map_or("new", |(word, _)| word)
    }

    /// What the word in the file means.
    pub fn of(word: &str) -> Option<On> {
        On::WORDS.iter().find(|(other, _)| *other == word).map(|(_, on)| *on)
    }
}

/// What makes one line of an alert.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// A story, with its copies counted; a quote, however often it is repeated.
    #[default]
    Cluster,
    /// Every article or quote by itself.
    None,
}

/// What a query must find.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Expect {
    /// At least so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
    /// At most so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
    /// These ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub includes: Vec<String>,
    /// None of these ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<String>,
}

impl SavedQuery {
    /// What it looks for.
    pub fn target(&self) -> Target {
        if self.what == "quotes" { Target::Quotes } else { Target::Articles }
    }

    /// What is asked when nothing is given: its text with each parameter as it usually is.
    pub fn asked(&self) -> String {
        let params = self.params.iter().map(|(name, value)| (name.clone(), Some(value.clone()))).collect();
        // All of them have a value, so that this always goes well.
        Saved { text: self.query.clone(), params, of_quotes: false }.with(&[]).unwrap_or_else(|_| self.query.clone())
    }

    /// Its title, else its name.
    pub fn heading(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.name)
    }

    /// Reads an entry; `alert` gives what `[defaults.alert]` says.
    pub(super) fn of(name: &str, mut keys: Keys<'_>, alert: &Alert) -> SavedQuery {
        let what = keys.text("what").unwrap_or_else(|| "articles".to_owned());
        if !matches!(what.as_str(), "articles" | "quotes") {
            keys.wrong("what", "is `articles` or `quotes`; read as `articles`");
        }
        let query = keys.text("query");
        if query.is_none() {
            keys.wrong("query", "is missing");
        }
        let saved = SavedQuery {
            name: name.to_owned(),
            query: query.unwrap_or_default(),
            what: if what == "quotes" { what } else { "articles".to_owned() },
            title: keys.text("title"),
            tags: keys.list("tags"),
            owner: keys.text("owner"),
            created: keys.text("created"),
            params: keys.pairs("params"),
            alert: keys.inner("alert").map(|keys| Alert::of(keys, alert.clone())),
            expect: keys.inner("expect").map(Expect::of),
        };
        keys.done();
        saved
    }
}

impl Alert {
    /// Whether whole runs are compared, rather than what came and changed looked through.
    pub fn compares_runs(&self) -> bool {
        matches!(self.on, On::Gone | On::Any)
    }

    /// Reads an alert; what is not said is as in `usual`.
    pub(super) fn of(mut keys: Keys<'_>, usual: Alert) -> Alert {
        let on = keys.text("on").map(|word| On::of(&word).ok_or(word));
        if let Some(Err(word)) = &on {
            keys.wrong("on", &format!("is `new`, `new+changed`, `gone` or `any`, not `{word}`; read as `new`"));
        }
        let group = keys.text("group");
        if let Some(word) = group.as_deref().filter(|g| !matches!(*g, "cluster" | "none")) {
            keys.wrong("group", &format!("is `cluster` or `none`, not `{word}`; read as `cluster`"));
        }
        let schedule = keys.text("schedule").map(|text| text.parse::<Schedule>());
        if let Some(Err(wrong)) = &schedule {
            keys.wrong("schedule", &format!("{wrong}; read as due at every run"));
        }
        let to = keys.list("to");
        let alert = Alert {
            on: on.map_or(usual.on, Result::unwrap_or_default),
            group: group.map_or(usual.group, |g| if g == "none" { Group::None } else { Group::Cluster }),
            min: keys.number("min").unwrap_or(usual.min).max(1),
            max: keys.number("max").map_or(usual.max, |n| n as usize),
            always_send: keys.flag("always_send").unwrap_or(usual.always_send),
            backfill: keys.flag("backfill").unwrap_or(usual.backfill),
            schedule: schedule.map_or(usual.schedule, Result::ok),
            to: if to.is_empty() { usual.to } else { to },
        };
        keys.done();
        alert
    }
}

impl Expect {
    /// As it stands in the file.
    pub(super) fn table(&self) -> InlineTable {
        let mut table = InlineTable::new();
        for (key, n) in [("at_least", self.at_least), ("at_most", self.at_most)] {
            n.map(|n| table.insert(key, (n as i64).into()));
        }
        for (key, ids) in [("includes", &self.includes), ("excludes", &self.excludes)] {
            if !ids.is_empty() {
                table.insert(key, Value::Array(ids.iter().collect()));
            }
        }
        table
    }

    fn of(mut keys: Keys<'_>) -> Expect {
        let expect = Expect {
            at_least: keys.number("at_least"),
            at_most: keys.number("at_most"),
            includes: keys.list("includes"),
            excludes: keys.list("excludes"),
        };
        keys.done();
        expect
    }
}
