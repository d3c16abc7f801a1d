//! Servers whose certificates are trusted or not, as alerts meet them: with servers of our own, whose certificate is for `localhost` and
//! issued by an authority that nobody knows.

use crate::cli::{check, morgue, run, text};
use morgue::alerts::{Delivery, Digest, deliver};
use morgue::error::Result;
use morgue::saved::{Secret, Sink, SinkKind};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/trust/authority.pem");
const LOCALHOST: &[u8] = include_bytes!("trust/localhost.pem");

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

fn encrypted(tcp: TcpStream) -> Box<dyn Stream> {
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from_pem_slice(LOCALHOST).unwrap()], PrivateKeyDer::from_pem_slice(LOCALHOST).unwrap());
    Box::new(StreamOwned::new(ServerConnection::new(Arc::new(config.unwrap())).unwrap(), tcp))
}

/// A mail server that offers STARTTLS; what it is told, with `!` before what is told in private.
fn mail_server() -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let thread = std::thread::spawn(move || {
        let (tcp, _) = listener.accept().unwrap();
        let mut stream: BufReader<Box<dyn Stream>> = BufReader::new(Box::new(tcp.try_clone().unwrap()));
        let (mut told, mut is_private, mut is_text) = (Vec::new(), false, false);
        stream.get_mut().write_all(b"220 here\r\n").unwrap();
        loop {
            let mut line = String::new();
            match stream.read_line(&mut line) {
                Ok(n) if n > 0 => {}
                _ => return told,
            }
            let line = line.trim_end();
            if is_text && line != "." {
                continue;
            }
            is_text = line == "DATA";
            told.push(format!("{}{line}", if is_private { "!" } else { "" }));
            let answer = match line.split(' ').next().unwrap() {
                "EHLO" if is_private => "250-here\r\n250 AUTH PLAIN",
                "EHLO" => "250-here\r\n250-AUTH PLAIN\r\n250 STARTTLS",
                "STARTTLS" => "220 go on",
                "AUTH" => "235 welcome",
                "DATA" => "354 go on",
                _ => "250 yes",
            };
            if stream.get_mut().write_all(format!("{answer}\r\n").as_bytes()).is_err() {
                return told;
            }
            if line == "STARTTLS" {
                stream = BufReader::new(encrypted(tcp.try_clone().unwrap()));
                is_private = true;
            }
        }
    });
    (port, thread)
}

fn hand(kind: SinkKind) -> Result<()> {
    let digest = Digest { id: "abc".into(), archive: "0123".into(), at: "2026-11-25T07:30:00Z".into(), ..Digest::default() };
    let delivery = Delivery { root: Path::new("."), allow_exec: false, backoff: Duration::from_millis(5), print: &|_| Ok(()) };
    deliver(&Sink { name: "test".into(), kind }, &digest, &delivery)
}

fn mail(url: String) -> Result<()> {
    hand(SinkKind::Smtp { url: Secret::Plain(url), from: "morgue@localhost".into(), rcpt: vec!["desk@example.org".into()] })
}

#[test]
fn no_password_is_told_to_a_mail_server_that_is_not_trusted() {
    let (port, thread) = mail_server();
    let error = mail(format!("smtp://desk:secret@localhost:{port}")).unwrap_err();
    assert!(error.to_string().starts_with("the certificate of the mail server `localhost` is not trusted: "), "{error}");
    assert!(error.hint().is_some_and(|hint| !hint.is_empty()), "{error}");
    assert_eq!(thread.join().unwrap(), ["EHLO [127.0.0.1]", "STARTTLS"]);
}

#[test]
fn a_mail_server_on_this_machine_is_told_in_the_clear_what_is_no_secret() {
    let (port, thread) = mail_server();
    mail(format!("smtp://localhost:{port}")).unwrap();
    let told = thread.join().unwrap();
    assert_eq!(told, ["EHLO [127.0.0.1]", "MAIL FROM:<morgue@localhost>", "RCPT TO:<desk@example.org>", "DATA", ".", "QUIT"]);
}

#[test]
fn a_webhook_that_is_not_trusted_is_asked_once() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}/hook?token=secret", listener.local_addr().unwrap().port());
    let thread = std::thread::spawn(move || {
        let (tcp, _) = listener.accept().unwrap();
        let asked = encrypted(tcp).read(&mut [0; 100]).is_ok_and(|n| n > 0);
        listener.set_nonblocking(true).unwrap();
        std::thread::sleep(Duration::from_millis(100));
        (asked, listener.accept().is_ok())
    });
    let error = hand(SinkKind::Webhook { url: Secret::Plain(url), tries: 3 }).unwrap_err();
    assert!(error.to_string().starts_with("the certificate of the webhook is not trusted: "), "{error}");
    assert_eq!(thread.join().unwrap(), (false, false), "neither told anything nor asked again");
}

#[test]
fn a_mail_goes_over_tls_where_the_certificate_is_trusted() {
    let dir = tempfile::tempdir().unwrap();
    let (archive, files) = (dir.path().join("archive"), dir.path().join("files"));
    std::fs::create_dir(&files).unwrap();
    std::fs::write(files.join("a.txt"), "Quiet\n\nNothing happened in Hull.\n").unwrap();
    check(&archive, &["index", files.to_str().unwrap()], 0, "", "1 article added");
    let desk = "[sinks]\ndesk = { kind = \"smtp\", url_env = \"DESK_MAIL\", from = \"morgue@localhost\", rcpt = [\"desk@example.org\"] }\n";
    std::fs::write(archive.join("queries.toml"), desk).unwrap();
    check(&archive, &["saved", "add", "flood", "flood", "--alert", "desk"], 0, "", "saved `flood`");
    std::fs::write(files.join("b.txt"), "Flood\n\nA flood came to Hull.\n").unwrap();
    run(&archive, &["index", files.to_str().unwrap()]);
    let alert = |host: &str, port: u16| {
        let mut command = morgue(&archive, &["saved", "run", "--alert"]);
        command.env("SSL_CERT_FILE", AUTHORITY).env("DESK_MAIL", format!("smtp://desk:secret@{host}:{port}"));
        text(&command.output().unwrap().stderr)
    };
    let (port, thread) = mail_server();
    let said = alert("127.0.0.1", port);
    assert!(said.contains("`127.0.0.1` is not trusted: it is for a server of another name"), "{said}");
    assert_eq!(thread.join().unwrap(), ["EHLO [127.0.0.1]", "STARTTLS"]);
    let (port, thread) = mail_server();
    let said = alert("localhost", port);
    assert!(said.contains("told desk: morgue: 1 new"), "{said}");
    let told = thread.join().unwrap();
    assert_eq!(told[..2], ["EHLO [127.0.0.1]", "STARTTLS"]);
    assert!(told[2..].iter().all(|line| line.starts_with('!')) && told.contains(&"!AUTH PLAIN AGRlc2sAc2VjcmV0".to_owned()), "{told:?}");
    assert!(told.contains(&"!DATA".to_owned()) && told.contains(&"!.".to_owned()), "{told:?}");
}
