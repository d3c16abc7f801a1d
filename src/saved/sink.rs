//! Where news goes: the rows of `[sinks]`. Addresses that hold a secret are named by the environment, never written down.

use super::reading::Keys;
use serde::Serialize;
use std::ops::RangeInclusive;

/// Where news goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sink {
    /// Its name, by which alerts send to it.
    pub name: String,
    /// What it is.
    #[serde(flatten)]
    pub kind: SinkKind,
}

/// The kinds of sink.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum SinkKind {
    /// Standard output.
    Stdout,
    /// A file that grows: JSON Lines when it is called `.jsonl`, else text.
    File {
        /// Where, from the directory of the archive; `{name}` stands for the query.
        path: String,
    },
    /// An Atom feed.
    Atom {
        /// Where, from the directory of the archive; `{name}` stands for the query.
        path: String,
        /// So many entries are kept.
        keep: u64,
    },
    /// A `POST` of JSON.
    Webhook {
        /// Where to.
        url: Secret,
        /// How often it is tried.
        tries: u64,
    },
    /// A mail.
    Smtp {
        /// The server: `smtp://host:25`, `smtps://user:password@host`.
        url: Secret,
        /// The sender.
        from: String,
        /// The recipients.
        rcpt: Vec<String>,
    },
    /// A program that gets the news as JSON on its standard input; only where `--allow-exec` says so.
    Exec {
        /// The program and its arguments.
        argv: Vec<String>,
        /// After so many seconds it is ended, and has not taken the news.
        timeout: u64,
    },
}

/// An address, or the variable of the environment that holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Secret {
    /// As it stands in the file.
    Plain(String),
    /// In this variable of the environment.
    Env(String),
}

/// Seconds that a program has unless it is given others.
const PATIENCE: u64 = 60;

impl Secret {
    /// The address itself.
    ///
    /// # Errors
    ///
    /// The name of the variable that is not set.
    pub fn reveal(&self) -> Result<String, String> {
        match self {
            Secret::Plain(text) => Ok(text.clone()),
            Secret::Env(name) => std::env::var(name).ok().filter(|v| !v.is_empty()).ok_or_else(|| name.clone()),
        }
    }

    fn of(keys: &mut Keys<'_>) -> Option<Secret> {
        let (plain, env) = (keys.text("url"), keys.text("url_env"));
        // A password in a file that goes into version control is a leak, so it is not used even where it would work.
        if plain.as_deref().is_some_and(has_password) {
            keys.wrong("url", "holds a password: put the address into the environment and name it with `url_env`");
            return env.map(Secret::Env);
        }
        if plain.is_none() && env.is_none() {
            keys.wrong("url", "is missing: write `url = \"…\"`, or `url_env = \"NAME\"` for an address in the environment");
        }
        env.map(Secret::Env).or(plain.map(Secret::Plain))
    }
}

fn has_password(url: &str) -> bool {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#']).next().unwrap_or_default();
    authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

impl Sink {
    /// Reads a row; `None` when it is none, which is noted.
    pub(super) fn of(name: &str, mut keys: Keys<'_>) -> Option<Sink> {
        let path = |keys: &mut Keys<'_>| {
            let path = keys.text("path");
            if path.is_none() {
                keys.wrong("path", "is missing");
            }
            path
        };
        let kind = match keys.text("kind").as_deref() {
            Some("stdout") => Some(SinkKind::Stdout),
            Some("file") => path(&mut keys).map(|path| SinkKind::File { path }),
            Some("atom" | "rss" | "feed") => {
                let keep = within(&mut keys, "keep", 200, 1..=u64::MAX);
                path(&mut keys).map(|path| SinkKind::Atom { path, keep })
            }
            Some("webhook") => {
                let tries = within(&mut keys, "tries", 4, 1..=10);
                Secret::of(&mut keys).map(|url| SinkKind::Webhook { url, tries })
            }
            Some("smtp") => {
                let from = keys.text("from").unwrap_or_else(|| "morgue@localhost".to_owned());
                let rcpt = keys.list("rcpt");
                if rcpt.is_empty() {
                    keys.wrong("rcpt", "is missing: nobody would get the mail");
                }
                Secret::of(&mut keys).filter(|_| !rcpt.is_empty()).map(|url| SinkKind::Smtp { url, from, rcpt })
            }
            Some("exec") => {
                let argv = keys.list("argv");
                if argv.is_empty() {
                    keys.wrong("argv", "is missing");
                }
                let timeout = match keys.number("timeout") {
                    Some(0) => {
                        keys.wrong("timeout", &format!("leaves no time; {PATIENCE} seconds are taken"));
                        PATIENCE
                    }
                    seconds => seconds.unwrap_or(PATIENCE),
                };
                (!argv.is_empty()).then_some(SinkKind::Exec { argv, timeout })
            }
            other => {
                let found = other.map_or_else(|| "is missing".to_owned(), |o| format!("`{o}` is none"));
                keys.wrong("kind", &format!("{found}: there are stdout, file, atom, webhook, smtp and exec"));
                // Which keys it may have, nobody knows.
                return None;
            }
        };
        keys.done();
        kind.map(|kind| Sink { name: name.to_owned(), kind })
    }
}

/// A number, or what it is where it is not given; where it is not one of `range`, the nearest that is, which is noted.
fn within(keys: &mut Keys<'_>, key: &'static str, usual: u64, range: RangeInclusive<u64>) -> u64 {
    let number = keys.number(key).unwrap_or(usual);
    let nearest = number.clamp(*range.start(), *range.end());
    if nearest != number {
        keys.wrong(key, &format!("cannot be {number}; {nearest} is taken"));
    }
    nearest
}
