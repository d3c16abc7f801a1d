//! Sinks as the world outside meets them: a feed that a feed reader reads, a webhook that is tried again, a mail that a real
//! mail server takes, a program that must be allowed.

use atom_syndication::Feed;
use morgue::alerts::{Delivery, Digest, Found, News, Section, deliver};
use morgue::error::Result;
use morgue::saved::{Reason, Secret, Sink, SinkKind};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

fn news(id: &str, title: &str) -> News {
    let found = Found {
        id: id.into(),
        title: Some(title.into()),
        published: Some("2026-11-20".into()),
        url: Some("https://example.org/?a=1&b=2".into()),
        ..Found::default()
    };
    News { reason: Reason::New, found, item: id.into(), copies: 2 }
}

fn digest(id: &str, news: Vec<News>) -> Digest {
    let section = Section {
        query: "flood".into(),
        title: "Floods & <storms>".into(),
        what: "articles".into(),
        total: news.len() as u64,
        news,
        ..Section::default()
    };
    Digest {
        id: id.into(),
        archive: "0123".into(),
        place: "archive".into(),
        at: "2026-11-25T07:30:00Z".into(),
        sections: vec![section],
        ..Digest::default()
    }
}

fn hand(kind: SinkKind, digest: &Digest, root: &Path, allow_exec: bool) -> Result<()> {
    let delivery = Delivery { root, allow_exec, backoff: Duration::from_millis(5), print: &|_| Ok(()) };
    deliver(&Sink { name: "test".into(), kind }, digest, &delivery)
}

#[test]
fn a_feed_is_one_that_feed_readers_read() {
    let dir = tempfile::tempdir().unwrap();
    let atom = || SinkKind::Atom { path: "alerts/{name}.xml".into(), keep: 4 };
    let path = dir.path().join("alerts/flood.xml");
    let read = || Feed::read_from(BufReader::new(std::fs::File::open(&path).unwrap())).unwrap();
    let first = digest("1", vec![news("a", "Water “rises” & <falls>\u{1}"), news("b c", "Žofie")]);
    hand(atom(), &first, dir.path(), false).unwrap();
    let feed = read();
    assert_eq!(feed.title.value, "Floods & <storms>");
    let titles: Vec<&str> = feed.entries.iter().map(|e| e.title.value.as_str()).collect();
    assert_eq!(titles, ["Floods & <storms>: Water “rises” & <falls>", "Floods & <storms>: Žofie"]);
    assert_eq!(feed.entries[0].links[0].href, "https://example.org/?a=1&b=2");
    assert_eq!(feed.entries[1].id, "urn:morgue:0123:flood:b%20c");
    let before = std::fs::read(&path).unwrap();
    hand(atom(), &first, dir.path(), false).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), before, "given twice it is there once");
    hand(atom(), &digest("2", vec![news("d", "D"), news("e", "E"), news("f", "F")]), dir.path(), false).unwrap();
    let ids: Vec<String> = read().entries.into_iter().map(|e| e.id.rsplit(':').next().unwrap().to_owned()).collect();
    assert_eq!(ids, ["d", "e", "f", "a"], "the newest first, and no more than are kept");
    let many: Vec<News> = ["h", "i", "j", "k", "l"].map(|id| news(id, id)).to_vec();
    hand(atom(), &digest("4", many), dir.path(), false).unwrap();
    assert_eq!(read().entries.len(), 5, "a message that is longer is there as a whole");
    hand(atom(), &digest("5", vec![News { reason: Reason::Withdrawn, ..news("l", "l") }]), dir.path(), false).unwrap();
    assert_eq!(read().entries.len(), 4);
    assert!(read().entries[0].content.as_ref().unwrap().value.as_ref().unwrap().contains("withdrawn"), "what is gone is told, too");
    let mut scripted = news("g", "G\u{ffff}");
    scripted.found.url = Some("javascript:alert(1)".into());
    hand(atom(), &digest("3", vec![scripted]), dir.path(), false).unwrap();
    assert!(read().entries[0].links.is_empty(), "what an article calls its address need not be one");
    std::fs::write(&path, "<feed>somebody else's</feed>").unwrap();
    assert!(hand(atom(), &first, dir.path(), false).is_err());
}

#[test]
fn a_file_has_each_message_once_though_it_was_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["log.txt", "log.jsonl"] {
        let file = || SinkKind::File { path: name.into() };
        let path = dir.path().join(name);
        hand(file(), &digest("1", vec![news("a", "A")]), dir.path(), false).unwrap();
        let one = std::fs::read(&path).unwrap();
        let second = digest("2", vec![news("b", "Žofie “rises”")]);
        hand(file(), &second, dir.path(), false).unwrap();
        let both = std::fs::read(&path).unwrap();
        // Anywhere: in the line that opens it, and within a letter, too.
        for cut in one.len()..=both.len() {
            std::fs::write(&path, &both[..cut]).unwrap();
            hand(file(), &second, dir.path(), false).unwrap();
            assert_eq!(String::from_utf8_lossy(&std::fs::read(&path).unwrap()), String::from_utf8_lossy(&both), "{name} cut off at {cut}");
        }
    }
    // What somebody wrote there stays.
    let path = dir.path().join("log.txt");
    std::fs::write(&path, "mine").unwrap();
    hand(SinkKind::File { path: "log.txt".into() }, &digest("1", vec![news("a", "A")]), dir.path(), false).unwrap();
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("mine\n==== 1 ====\n"));
    let path = dir.path().join("own.jsonl");
    std::fs::write(&path, "{\"mine\": 1}").unwrap();
    hand(SinkKind::File { path: "own.jsonl".into() }, &digest("1", vec![news("a", "A")]), dir.path(), false).unwrap();
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("{\"mine\": 1}\n{\"id\":\"1\""));
}

/// Answers each request with the next of `answers`; hands back what was asked.
fn server(answers: &'static [&'static str]) -> (String, std::thread::JoinHandle<Vec<(String, String)>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook?token=secret", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(n) = line.to_lowercase().strip_prefix("content-length:") {
                    length = n.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
                head += &line;
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
            asked.push((head.to_lowercase(), String::from_utf8(body).unwrap()));
        }
        asked
    });
    (url, thread)
}

#[test]
fn a_webhook_is_tried_again_with_the_same_id() {
    let dir = tempfile::tempdir().unwrap();
    let (url, thread) = server(&["503 Busy", "429 Slowly", "200 OK"]);
    let hook = |url: &str, tries| SinkKind::Webhook { url: Secret::Plain(url.to_owned()), tries };
    hand(hook(&url, 3), &digest("abc", vec![news("a", "A")]), dir.path(), false).unwrap();
    let asked = thread.join().unwrap();
    assert!(asked.len() == 3 && asked.iter().all(|(head, _)| head.contains("idempotency-key: abc") && head.contains("application/json")));
    let body: serde_json::Value = serde_json::from_str(&asked[2].1).unwrap();
    assert_eq!(body["sections"][0]["news"][0]["id"], "a");
    assert!(body["text"].as_str().unwrap().contains("new article"));
    const NO: [(&[&str], u64); 3] = [(&["403 No"], 3), (&["500 Oh", "500 Oh"], 2), (&["302 Elsewhere"], 3)];
    for (answers, tries) in NO {
        let (url, thread) = server(answers);
        let error = hand(hook(&url, tries), &digest("abc", Vec::new()), dir.path(), false).unwrap_err().to_string();
        assert_eq!(thread.join().unwrap().len(), answers.len(), "an answer that says no is not asked again");
        assert!(!error.contains("secret"), "{error}");
    }
    let unset = SinkKind::Webhook { url: Secret::Env("MORGUE_NOT_SET".into()), tries: 1 };
    assert!(hand(unset, &digest("abc", Vec::new()), dir.path(), false).unwrap_err().to_string().contains("$MORGUE_NOT_SET"));
}

#[test]
fn a_program_must_be_allowed() {
    let dir = tempfile::tempdir().unwrap();
    let exec = |script: &str| SinkKind::Exec { argv: ["sh", "-c", script].map(str::to_owned).to_vec(), timeout: 60 };
    let message = digest("abc", vec![news("a", "A")]);
    assert!(hand(exec("cat > out"), &message, dir.path(), false).is_err());
    assert!(!dir.path().join("out").exists());
    hand(exec("cat > out"), &message, dir.path(), true).unwrap();
    let out = std::fs::read_to_string(dir.path().join("out")).unwrap();
    assert_eq!(serde_json::from_str::<Digest>(&out).unwrap(), message);
    assert!(hand(exec("exit 3"), &message, dir.path(), true).is_err());
}

#[test]
fn a_program_that_hangs_is_ended_with_what_it_started() {
    let dir = tempfile::tempdir().unwrap();
    // More than a pipe holds, and nobody reads it.
    let message = digest("abc", (0..3000).map(|n| news(&format!("a{n}"), &"Barrier ".repeat(20))).collect());
    let script = "(sleep 3; echo late > late) & sleep 600".to_owned();
    let begun = std::time::Instant::now();
    let kind = SinkKind::Exec { argv: vec!["sh".into(), "-c".into(), script], timeout: 1 };
    let error = hand(kind, &message, dir.path(), true).unwrap_err();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(error.to_string(), "`sh` did not end within 1 s, and was ended");
    assert!(error.hint().is_some_and(|hint| hint.contains("timeout = ")), "{error:?}");
    std::thread::sleep(Duration::from_secs(4));
    assert!(!dir.path().join("late").exists(), "what it started is ended, too");
    // A program that leaves another behind, and one that reads nothing, took the message.
    let exec = |script: &str| SinkKind::Exec { argv: ["sh", "-c", script].map(str::to_owned).to_vec(), timeout: 60 };
    hand(exec("sleep 30 & exit 0"), &message, dir.path(), true).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(25));
}

/// A mail server that answers lines by how they begin; with nothing, it goes away.
fn mail_server(answers: &'static [(&'static str, &'static str)]) -> (SinkKind, std::thread::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let rcpt = vec!["a@example.org".to_owned(), "gone@example.org".to_owned()];
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        stream.write_all(b"220 here\r\n").unwrap();
        let mut is_text = false;
        while let Some(Ok(line)) = lines.next() {
            if is_text && line != "." {
                continue;
            }
            is_text = line == "DATA";
            match answers.iter().find(|(begins, _)| line.starts_with(begins)).map_or("250 yes", |(_, answer)| answer) {
                "" => return,
                answer => stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap(),
            }
        }
    });
    (SinkKind::Smtp { url: Secret::Plain(url), from: "morgue@localhost".into(), rcpt }, thread)
}

#[test]
fn what_a_mail_server_refuses_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let said = |answers| {
        let (kind, thread) = mail_server(answers);
        let handed = hand(kind, &digest("abc", vec![news("a", "A")]), dir.path(), false);
        thread.join().unwrap();
        handed.map_err(|e| e.to_string())
    };
    assert_eq!(said(&[("DATA", "354 go on")]), Ok(()));
    assert_eq!(said(&[("DATA", "354 go on"), ("RCPT TO:<gone", "251 it goes to somebody else")]), Ok(()));
    let away = Err("the mail server went away before it took the message".to_owned());
    assert_eq!((said(&[("DATA", "")]), said(&[("DATA", "354 go on"), (".", "")])), (away.clone(), away));
    let refused = "the mail server did not take the message: `550 nobody`, for `gone@example.org`";
    assert_eq!(said(&[("RCPT TO:<gone", "550 nobody")]), Err(refused.to_owned()));
}

/// Needs the mail server aiosmtpd, which `tests/run` installs where it can.
#[test]
fn a_mail_server_takes_the_mail() {
    let python = std::env::var("MORGUE_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
    if !there.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no aiosmtpd here (pip install aiosmtpd), so no mail server to send to");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let place = format!("127.0.0.1:{port}");
    let mut command = Command::new(&python);
    command.args(["-m", "aiosmtpd", "-n", "-l", &place, "-c", "aiosmtpd.handlers.Mailbox"]).arg(dir.path().join("mail"));
    let mut server = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let is_up = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        std::net::TcpStream::connect(&place).is_ok()
    });
    let mail = SinkKind::Smtp {
        url: Secret::Plain(format!("smtp://{place}")),
        from: "Žofie’s morgue <morgue@example.org>".into(),
        rcpt: vec!["desk@example.org".into(), "night@example.org".into()],
    };
    let mut long = news("a", ".A line that begins with a dot");
    long.found.title = Some(format!("{} “Žofie”", "word ".repeat(300)));
    let message = digest("abc", vec![long]);
    let sent = if is_up { hand(mail, &message, dir.path(), false) } else { Ok(()) };
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(is_up, "the mail server does not come up");
    sent.unwrap();
    let files: Vec<_> = std::fs::read_dir(dir.path().join("mail/new")).unwrap().collect();
    assert_eq!(files.len(), 1);
    let text = std::fs::read_to_string(files[0].as_ref().unwrap().path()).unwrap().replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n").unwrap();
    for line in [
        "Message-ID: <abc@morgue>",
        "To: <desk@example.org>,",
        "<night@example.org>",
        "Date: Wed, 25 Nov 2026 07:30:00 +0000",
        "<morgue@example.org>",
    ] {
        assert!(head.contains(line), "no `{line}` in\n{head}");
    }
    use base64::Engine;
    let packed: String = body.split_whitespace().collect();
    let read = base64::engine::general_purpose::STANDARD.decode(packed).unwrap();
    assert_eq!(String::from_utf8(read).unwrap().replace("\r\n", "\n"), message.text());
}
