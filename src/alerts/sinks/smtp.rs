//! Hands a message to a mail server (RFC 5321), over TLS where the address says `smtps:` or the server offers it, with a
//! name and password where the address has them; those are never sent in the clear to another machine. A server on this machine
//! that asks for no password is spoken to in the clear: nobody listens there, and its certificate is seldom one that is trusted.
//!
//! The usual library for this brings thirty crates of tables for international host names and makes every other crate be
//! built anew; what a sender needs of the protocol is this page.

use super::trust;
use crate::error::{Context, Error, Kind, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use rustls_platform_verifier::BuilderVerifierExt;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a server may take for each answer …
const PATIENCE: Duration = Duration::from_secs(30);
/// … and for all of them: one that says a letter now and then must not hold up the other sinks for days.
const LONGEST: Duration = Duration::from_secs(300);

/// A mail server.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Server {
    host: String,
    port: u16,
    /// TLS from the first byte.
    implicit: bool,
    login: Option<(String, String)>,
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

/// A connection that ends at a moment, whatever comes over it.
struct Patient {
    tcp: TcpStream,
    until: Instant,
}

impl Patient {
    /// How long the next step may take.
    fn left(&self) -> std::io::Result<Option<Duration>> {
        match self.until.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(std::io::ErrorKind::TimedOut.into()),
            left => Ok(Some(left.min(PATIENCE))),
        }
    }
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.tcp.set_read_timeout(self.left()?)?;
        self.tcp.read(buffer)
    }
}

impl Write for Patient {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.tcp.set_write_timeout(self.left()?)?;
        self.tcp.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.tcp.flush()
    }
}

impl Server {
    /// The server of an address: `smtp://host:25`, `smtps://user:password@host`.
    pub fn at(url: &str) -> Result<Server> {
        // The address may hold a password, so it is in no message.
        let wrong = || Error::new(Kind::Config, "the address of the mail server is none").with_hint("write one like `smtp://localhost:25`");
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        let implicit = match scheme {
            "smtp" => false,
            "smtps" => true,
            _ => return Err(wrong()),
        };
        let rest = rest.split(['/', '?']).next().unwrap_or_default();
        let (login, place) = rest.rsplit_once('@').map_or((None, rest), |(login, place)| (Some(login), place));
        let login = login.map(|l| l.split_once(':').unwrap_or((l, ""))).map(|(user, word)| (unescaped(user), unescaped(word)));
        let usual = if implicit {
            465
        } else if login.is_some() {
            587
        } else {
            25
        };
        let (host, port) =
            match place.rsplit_once(':').filter(|(host, _)| !host.ends_with(':') && (!host.contains(':') || host.ends_with(']'))) {
                Some((host, port)) => (host, port.parse().map_err(|_| wrong())?),
                None => (place, usual),
            };
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() { Err(wrong()) } else { Ok(Server { host, port, implicit, login }) }
    }

    /// Hands over one message for all recipients.
    pub fn send(&self, from: &str, to: &[&str], message: &str) -> Result<()> {
        self.hand_over(from, to, message)
            .map_err(|error| trust::untrusted(error.causes(), &format!("the mail server `{}`", self.host)).unwrap_or(error))
    }

    fn hand_over(&self, from: &str, to: &[&str], message: &str) -> Result<()> {
        let failed = || format!("cannot reach the mail server `{}`", self.host);
        let addresses = (self.host.as_str(), self.port).to_socket_addrs().context(Kind::Io, failed)?;
        // A name may have several, not all of which answer: `localhost` is `::1` and `127.0.0.1`.
        let mut tried = Err(std::io::ErrorKind::NotFound.into());
        for address in addresses {
            tried = TcpStream::connect_timeout(&address, PATIENCE);
            if tried.is_ok() {
                break;
            }
        }
        let tcp = tried.context(Kind::Io, failed)?;
        let until = Instant::now() + LONGEST;
        let again = Patient { tcp: tcp.try_clone().context(Kind::Io, failed)?, until };
        let mut talk = if self.implicit { Talk::new(self.encrypted(again)?) } else { Talk::new(Box::new(again)) };
        talk.expect(220)?;
        let mut offers = talk.hello()?;
        let is_here = tcp.peer_addr().is_ok_and(|address| address.ip().is_loopback());
        let mut safe = self.implicit || is_here;
        let is_nothing_secret = is_here && self.login.is_none();
        if !self.implicit && !is_nothing_secret && offers.iter().any(|o| o == "STARTTLS") {
            talk.say("STARTTLS", 220)?;
            // What was sent along in the clear does not count as said inside: its buffer goes with the old conversation.
            talk = Talk::new(self.encrypted(Patient { tcp, until })?);
            offers = talk.hello()?;
            safe = true;
        }
        if let Some((user, word)) = &self.login {
            if !safe {
                let error =
                    Error::new(Kind::Config, format!("the mail server `{}` offers no TLS, and gets no password in the clear", self.host));
                return Err(error.with_hint("use `smtps://`"));
            }
            if offers.iter().any(|o| o.starts_with("AUTH") && o.split(' ').any(|m| m == "PLAIN")) {
                talk.say(&format!("AUTH PLAIN {}", STANDARD.encode(format!("\0{user}\0{word}"))), 235)?;
            } else {
                talk.say("AUTH LOGIN", 334)?;
                talk.say(&STANDARD.encode(user), 334)?;
                talk.say(&STANDARD.encode(word), 235)?;
            }
        }
        talk.say(&format!("MAIL FROM:<{from}>"), 250)?;
        // One that is refused has the message wait for all, or nobody would notice.
        let refused = |e: Error, to: &str| Error::new(e.kind(), format!("{e}, for `{to}`"));
        to.iter().try_for_each(|to| talk.say(&format!("RCPT TO:<{to}>"), 250).map(drop).map_err(|e| refused(e, to)))?;
        talk.say("DATA", 354)?;
        talk.say(&format!("{}\r\n.", dotted(message.trim_end_matches("\r\n"))), 250)?;
        // It is taken; how the server says goodbye does not matter.
        let _ = talk.say("QUIT", 221);
        Ok(())
    }

    fn encrypted(&self, tcp: Patient) -> Result<Box<dyn Stream>> {
        let failed = || format!("cannot talk to the mail server `{}` in private", self.host);
        let name = ServerName::try_from(self.host.clone()).context(Kind::Config, failed)?;
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .context(Kind::Io, failed)?
            .with_platform_verifier()
            .context(Kind::Io, failed)?
            .with_no_client_auth();
        let connection = ClientConnection::new(Arc::new(config), name).context(Kind::Io, failed)?;
        Ok(Box::new(StreamOwned::new(connection, tcp)))
    }
}

/// A conversation with a server.
struct Talk {
    stream: BufReader<Box<dyn Stream>>,
}

impl Talk {
    fn new(stream: Box<dyn Stream>) -> Talk {
        Talk { stream: BufReader::new(stream) }
    }

    /// Says who we are, and hears what the server offers, in capitals.
    fn hello(&mut self) -> Result<Vec<String>> {
        Ok(self.say("EHLO [127.0.0.1]", 250)?.into_iter().map(|line| line.to_uppercase()).collect())
    }

    fn say(&mut self, words: &str, code: u16) -> Result<Vec<String>> {
        let stream = self.stream.get_mut();
        let said = stream.write_all(format!("{words}\r\n").as_bytes()).and_then(|()| stream.flush());
        said.context(Kind::Io, || "the mail server went away".to_owned())?;
        self.expect(code)
    }

    /// The lines of the answer without their code; an error when the code is another.
    fn expect(&mut self, code: u16) -> Result<Vec<String>> {
        /// No answer is longer.
        const LONGEST_LINE: u64 = 64 * 1024;
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            let read = (&mut self.stream)
                .take(LONGEST_LINE)
                .read_line(&mut line)
                .context(Kind::Io, || "the mail server does not answer".to_owned())?;
            let line = line.trim_end().to_owned();
            let said = line.get(4..).unwrap_or("").to_owned();
            if read == 0 {
                return Err(Error::new(Kind::Io, "the mail server went away before it took the message"));
            }
            let answer = line.get(..3).and_then(|c| c.parse::<u16>().ok());
            // 251: it takes the mail for somebody who is elsewhere.
            if answer != Some(code) && !(code == 250 && answer == Some(251)) {
                return Err(Error::new(Kind::Io, format!("the mail server did not take the message: `{line}`")));
            }
            lines.push(said);
            if line.as_bytes().get(3) != Some(&b'-') || lines.len() > 200 {
                return Ok(lines);
            }
        }
    }
}

/// The text with every dot at the beginning of a line doubled, so that none ends the message.
fn dotted(text: &str) -> String {
    let text = if text.starts_with('.') { format!(".{text}") } else { text.to_owned() };
    text.replace("\r\n.", "\r\n..")
}

/// `%40` is `@`.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code =
            (*first == b'%').then(|| tail.get(..2)).flatten().and_then(|d| u8::from_str_radix(std::str::from_utf8(d).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, host: &str, port: u16, implicit: bool, login: Option<(&str, &str)>) {
        let login = login.map(|(user, word)| (user.to_owned(), word.to_owned()));
        assert_eq!(Server::at(url).unwrap(), Server { host: host.into(), port, implicit, login });
    }

    #[test]
    fn addresses_of_servers_are_read() {
        check("smtp://localhost", "localhost", 25, false, None);
        check("smtp://127.0.0.1:8025/", "127.0.0.1", 8025, false, None);
        check("smtp://[::1]:8025", "::1", 8025, false, None);
        check("smtps://desk%40example.org:a%3Ab@mail.example.org", "mail.example.org", 465, true, Some(("desk@example.org", "a:b")));
        check("smtp://u:p@mail.example.org", "mail.example.org", 587, false, Some(("u", "p")));
        for url in ["", "localhost:25", "http://localhost", "smtp://", "smtp://localhost:x"] {
            assert!(Server::at(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_dot_ends_no_message() {
        assert_eq!(dotted(".\r\n.a\r\nb."), "..\r\n..a\r\nb.");
    }
}
