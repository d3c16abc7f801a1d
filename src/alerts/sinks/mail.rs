//! A mail in plain text. A message sent twice after a crash has the same `Message-ID` both times.

use super::smtp::Server;
use crate::alerts::digest::Digest;
use crate::error::{Error, Kind, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(super) fn send(url: &str, from: &str, rcpt: &[String], digest: &Digest) -> Result<()> {
    let from = Address::of(from)?;
    let to: Vec<Address> = rcpt.iter().map(|to| Address::of(to)).collect::<Result<_>>()?;
    let message = message(&from, &to, digest);
    let recipients: Vec<&str> = to.iter().map(|a| a.bare.as_str()).collect();
    Server::at(url)?.send(&from.bare, &recipients, &message)
}

/// An address: `desk@example.org`, or `The Desk <desk@example.org>`.
struct Address {
    name: Option<String>,
    bare: String,
}

impl Address {
    fn of(text: &str) -> Result<Address> {
        let (name, bare) = match text.trim().strip_suffix('>').and_then(|t| t.rsplit_once('<')) {
            Some((name, bare)) => (Some(name.trim().trim_matches('"').to_owned()).filter(|n| !n.is_empty()), bare.trim()),
            None => (None, text.trim()),
        };
        // Nothing that ends a line or an address may stand in one.
        let is_sound = bare.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
            && bare.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ',' | ';' | '"'));
        if is_sound {
            Ok(Address { name, bare: bare.to_owned() })
        } else {
            Err(Error::new(Kind::Config, format!("`{text}` is no mail address")))
        }
    }

    fn header(&self) -> String {
        match &self.name {
            Some(name) => format!("{} <{}>", header(name), self.bare),
            None => format!("<{}>", self.bare),
        }
    }
}

/// The message with its head (RFC 5322), its text in base64 so that no line is too long and no letter is lost.
fn message(from: &Address, to: &[Address], digest: &Digest) -> String {
    let date = digest.at.parse::<jiff::Timestamp>().unwrap_or_default().to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let to: Vec<String> = to.iter().map(Address::header).collect();
    let mut message = format!(
        "From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@morgue>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        from.header(),
        to.join(",\r\n "),
        header(&digest.subject()),
        date.strftime("%a, %d %b %Y %H:%M:%S +0000"),
        digest.id
    );
    let text = digest.text().replace('\n', "\r\n");
    for line in STANDARD.encode(text).as_bytes().chunks(76) {
        message.push_str(&String::from_utf8_lossy(line));
        message.push_str("\r\n");
    }
    message
}

/// Text of a head: as it is where it is plain, else in encoded words (RFC 2047), each of whole characters.
fn header(text: &str) -> String {
    const LONGEST: usize = 45;
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.is_ascii() && text.len() < 60 && !text.contains("=?") {
        return text;
    }
    let mut words = vec![String::new()];
    for c in text.chars() {
        if words.last().is_some_and(|w| w.len() + c.len_utf8() > LONGEST) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
    }
    let words: Vec<String> = words.iter().map(|w| format!("=?utf-8?B?{}?=", STANDARD.encode(w))).collect();
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_would_end_a_line_are_none() {
        assert!(Address::of("desk@example.org").is_ok() && Address::of("Die Zeile <a@b.c>").is_ok());
        for text in ["", "desk", "a@b@c", "a@b\r\nBcc: x@y.z", "a@b>, <c@d", "@b", "a@"] {
            assert!(Address::of(text).is_err(), "{text}");
        }
    }

    #[test]
    fn heads_hold_any_letters() {
        assert_eq!(header("plain words"), "plain words");
        assert_eq!(header("Žofie\r\nBcc: x"), format!("=?utf-8?B?{}?=", STANDARD.encode("Žofie  Bcc: x")));
        let long = header(&"ž".repeat(60));
        assert!(long.lines().all(|l| l.len() <= 77) && long.lines().count() == 3, "{long}");
    }
}
