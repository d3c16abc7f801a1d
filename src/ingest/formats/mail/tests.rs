use super::mime::words;
use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use expect_test::{Expect, expect};

#[derive(Default)]
struct Seen(Vec<String>);

impl Sink for Seen {
    fn article(&mut self, a: Article) -> Result<()> {
        self.0.push(format!("{} {:?} {:?} {:?} {:?} {:?} {:?}", a.path, a.id, a.title, a.byline, a.published, a.source, a.body));
        Ok(())
    }
    fn file(&mut self, _: Input<'_>) -> Result<()> {
        Ok(())
    }
    fn problem(&mut self, problem: Problem) {
        self.0.push(format!("{}: {}", problem.path, problem.message));
    }
}

fn check(mail: &str, expected: Expect) {
    assert_eq!(Mail.recognises("a", mail.as_bytes()), Sureness::Sure);
    let mut seen = Seen::default();
    Mail.read(Input::new("a", None, 0, mail.as_bytes()).unwrap(), &mut seen).unwrap();
    expected.assert_eq(&seen.0.join("\n"));
}

#[test]
fn reads_messages() {
    check(
        "Received: by x\r\nMessage-ID: <1@paper.example>\r\nFrom: =?utf-8?Q?Anna_Kl=C3=ADng?= <anna@paper.example>\r\nSubject: =?utf-8?B?RmVycnk=?=\r\n =?utf-8?Q?_stays?=\r\n\
         Date: Tue, 05 Mar 2024 14:30:00 +0100\r\nList-Id: Harbour Letter <letter.paper.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\nThe caf=C3=A9 by the ferry =\r\nstays.\r\n\r\n-- \r\nAnna\r\n",
        expect![[
            r#"a "1@paper.example" Some("Ferry stays") ["Anna Klíng"] Some("Tue, 05 Mar 2024 14:30:00 +0100") Some("Harbour Letter") "The café by the ferry stays.""#
        ]],
    );
    check(
        "MIME-Version: 1.0\nFrom: x@paper.example (Tom Abe)\nSubject: Two\nContent-Type: multipart/alternative; boundary=\"b1\"\n\npreamble\n--b1\n\
         Content-Type: text/plain\n\nView in browser\n--b1\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
         PHA+U25vdyBjbG9zZWQgdGhlIHBhc3MuPC9wPg==\n--b1--\n",
        expect![[r#"a "" Some("Two") ["Tom Abe"] None None "Snow closed the pass.""#]],
    );
}

#[test]
fn says_what_keeps_a_message_shut() {
    let shut = |kind: &str| format!("Subject: Two\nFrom: C D <c@d>\nMIME-Version: 1.0\nContent-Type: {kind}; name=\"smime.p7m\"\n\nMIIB\n");
    check(&shut("application/pkcs7-mime; smime-type=enveloped-data"), expect!["a: the message is encrypted"]);
    check(&shut("application/pkcs7-mime"), expect!["a: the message is encrypted"]);
    let signed = expect!["a: the message lies inside its S/MIME signature, which cannot be read"];
    check(&shut("application/x-pkcs7-mime; smime-type=signed-data"), signed);
}

#[test]
fn reads_what_lies_inside_a_signature() {
    let inside = super::signed::tests::in_one_piece("Content-Type: text/plain; charset=utf-8\r\n\r\nThe pier stays closed.\r\n");
    let mail = |kind: &str| {
        let head = "Message-ID: <1@paper.example>\nSubject: =?utf-8?Q?Kl=C3=ADng?=\nFrom: Ann Cole <a@paper.example>\nMIME-Version: 1.0\n";
        format!("{head}Content-Type: {kind}; name=\"smime.p7m\"\nContent-Transfer-Encoding: base64\n\n{}\n", STANDARD.encode(&inside))
    };
    for kind in ["application/pkcs7-mime; smime-type=signed-data", "application/x-pkcs7-mime"] {
        check(&mail(kind), expect![[r#"a "1@paper.example" Some("Klíng") ["Ann Cole"] None None "The pier stays closed.""#]]);
    }
    // As lists send it that put a part of their own behind: a part of parts, and a signature in a signature.
    let parts = format!(
        "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n{}\r\n--i--\r\n",
        "Content-Type: text/plain\r\n\r\nThe quay, too."
    );
    for (inside, said) in [
        (inside.clone(), "The pier stays closed."),
        (super::signed::tests::in_one_piece(&parts), "The quay, too."),
        (super::signed::tests::in_one_piece(&mail_part(&inside)), "The pier stays closed."),
    ] {
        let (part, head) = (mail_part(&inside), "Message-ID: <1>\nSubject: One\nFrom: Ann Cole <a@paper.example>\nMIME-Version: 1.0\n");
        let mail = format!(
            "{head}Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nOpen.\n--o\n{part}\n--o\n\nThe list.\n--o--\n"
        );
        let mut seen = Seen::default();
        Mail.read(Input::new("a", None, 0, mail.as_bytes()).unwrap(), &mut seen).unwrap();
        assert_eq!(seen.0, [format!(r#"a "1" Some("One") ["Ann Cole"] None None "Open.\n\n{said}\n\nThe list.""#)]);
    }
}

/// A part of a message that is a signature with something inside.
fn mail_part(inside: &[u8]) -> String {
    let sealed = STANDARD.encode(inside);
    format!("Content-Type: application/pkcs7-mime; name=\"smime.p7m\"\nContent-Transfer-Encoding: base64\n\n{sealed}\n")
}

#[test]
fn reads_mailboxes() {
    check(
        "From a@b Tue Mar  5 14:30:00 2024\nMessage-ID: <1>\nSubject: One\nFrom: A B <a@b>\n\n>From here on it rained.\n\nFrom c@d Tue Mar  5 15:30:00 2024\n\
         Message-ID: <2>\nSubject: Two\nFrom: C D <c@d>\n\nIt snowed.\n",
        expect![[r#"
            a#1 "1" Some("One") ["A B"] None None "From here on it rained."
            a#2 "2" Some("Two") ["C D"] None None "It snowed.""#]],
    );
}

#[test]
fn tells_mail_from_particulars() {
    assert_eq!(Mail.recognises("a.txt", b"Subject: One\nFrom: me\nDate: today\n\nText"), Sureness::No);
    assert_eq!(Mail.recognises("a.EML", b"Subject: One\nFrom: me\n\nText"), Sureness::Sure);
    assert_eq!(Mail.recognises("a.eml", b"Subject: what they said\n\nText"), Sureness::No);
    let typed = |kind: &str| format!("Subject: One\nFrom: me\nContent-Type: {kind}\n\nText").into_bytes();
    assert_eq!(Mail.recognises("a", &typed("text/plain; charset=utf-8")), Sureness::Sure);
    assert_eq!(Mail.recognises("a", &typed("article")), Sureness::No);
}

#[test]
fn every_part_is_read_or_told_of() {
    let read = |mail: &str| {
        let mut seen = Seen::default();
        Mail.read(Input::new("a", None, 0, mail.as_bytes()).unwrap(), &mut seen).unwrap();
        seen.0
    };
    let parts: String = (0..3000).map(|n| format!("--b\n\nPart {n} of the letter.\n")).collect();
    let many = read(&format!("From: x@paper.example\nSubject: Many\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"));
    assert!(many.len() == 1 && many[0].contains("Part 0 of") && many[0].contains("Part 2999 of"), "{}", many[0].len());
    let open = |n: usize| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
    let deep: String = (0..10).map(open).collect();
    let told = read(&format!("From: x@paper.example\nSubject: Deep\n{deep}\nThe end.\n"));
    assert_eq!(told[0], "a: what lies in more than 8 parts of a message, one in the other, is not read");
}

#[test]
fn encoded_words_are_read_and_what_only_looks_so_is_passed() {
    assert_eq!(words("=?utf-8?Q?Caf=C3=A9?= =?UTF-8*en?b?4oKs?= =? a =?x?z?b?= =?utf-8?q?c"), "Café€ =? a =?x?z?b?= =?utf-8?q?c");
    // Each of these was looked for an end of through all the rest.
    let open = "=?utf-8?q?a ".repeat(100_000);
    assert_eq!(words(&open), open);
    let other = "=?utf-8?z?a ".repeat(100_000) + "?=";
    assert_eq!(words(&other), other);
}

#[test]
fn parts_are_told_apart_by_whole_lines_and_say_what_they_are_in_odd_ways() {
    let parts = |head: &str, body: &str| {
        let mail = format!("Subject: Pier\nMIME-Version: 1.0\n{head}\n\n{body}");
        let (part, told) = Part::read(mail.as_bytes());
        assert_eq!(told, None);
        (part.texts("text/plain"), part.attached().into_iter().map(|(name, kind, _)| format!("{name} {kind}")).collect::<Vec<_>>())
    };
    let inner = "--mail-10\nContent-Type: text/plain\n\nThe pier.\n--mail-10\nContent-Type: text/html\n\n<p>The pier.</p>\n--mail-10--\n";
    let outer = format!(
        "--mail-1\nContent-Type: multipart/alternative; boundary=mail-10\n\n{inner}--mail-1 \nContent-Type: text/plain\n\nThe tide.\n--mail-1--\n"
    );
    let (text, attached) = parts("Content-Type: multipart/mixed; boundary=mail-1", &outer);
    assert_eq!((text.as_deref(), attached.len()), (Some("The pier.\n\n\nThe tide.\n"), 0));
    for head in ["Content-Type: text/plain (in haste); charset=utf-8", "Content-Type: text", "Content-Type: "] {
        assert_eq!(parts(head, "The pier.").0.as_deref(), Some("The pier."), "{head}");
    }
    let soft = "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable";
    assert_eq!(parts(soft, "The pi= \t\r\ner = 3").0.as_deref(), Some("The pier = 3"));
    let digest = "--d\n\nFrom: a@paper.example\nSubject: One\n\nThe pier.\n--d\nContent-Type: text/plain\n\nThe tide.\n--d--\n";
    let (text, attached) = parts("Content-Type: multipart/digest; boundary=\"d\"", digest);
    assert_eq!((text.as_deref(), attached), (Some("The tide.\n"), vec!["message.eml message/rfc822".to_owned()]));
    let named = "--d\nContent-Disposition: attachment; filename=\"a; b.txt\"\nContent-Type: text/plain\n\nThe pier.\n--d--\n";
    assert_eq!(parts("Content-Type: multipart/mixed; boundary=d", named).1, ["a; b.txt text/plain"]);
}

#[test]
fn messages_sent_on_under_one_name_have_paths_of_their_own() {
    let sent_on = |subject: &str| format!("--d\nContent-Type: message/rfc822\n\nFrom: a@paper.example\nSubject: {subject}\n\nThe pier.\n");
    let parts: String = ["One", "Two", "Three"].map(sent_on).concat();
    let mail = format!("From: b@paper.example\nSubject: All\nContent-Type: multipart/mixed; boundary=d\n\n{parts}--d--\n");
    let mut seen = Seen::default();
    Mail.read(Input::new("a.eml", None, 0, mail.as_bytes()).unwrap(), &mut seen).unwrap();
    let paths: Vec<&str> = seen.0.iter().filter_map(|line| line.split(" \"").next()).collect();
    assert_eq!(paths, ["a.eml!/message.eml", "a.eml!/message (2).eml", "a.eml!/message (3).eml"]);
    let file = |name: &str| (name.to_owned(), String::new(), Vec::new());
    let names = told_apart(["a.pdf", "a (2).pdf", "a.pdf", ".a", "b", "b"].map(file).into());
    let names: Vec<&str> = names.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names, ["a.pdf", "a (2).pdf", "a (3).pdf", ".a", "b", "b (2)"]);
}
