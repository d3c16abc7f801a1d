//! Text is read alike however it is written: with a byte order mark, in UTF-16, with the line ends of another system.

use super::reading;
use morgue::article::Article;

/// What of an article must not hang on how its file is written.
type Read<'a> = (&'a str, &'a Option<String>, &'a str, &'a Option<String>, &'a Vec<String>);

fn read(article: &Article) -> Read<'_> {
    (article.format.as_deref().unwrap_or(""), &article.title, &article.body, &article.published, &article.byline)
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn every_text_is_read_alike_however_it_is_written() {
    // Of the others the bytes count, or files beside them.
    const OTHERS: [&str; 7] = ["alto", "epub", "mets", "odt", "pdf", "warc", "mail"];
    let folder = std::path::Path::new("tests/fixtures");
    let mut n_read = 0;
    for found in morgue::ingest::walk(&[folder.to_owned()]) {
        let path = found.unwrap().path;
        let kind = path.strip_prefix(folder).unwrap().iter().next().unwrap().to_str().unwrap();
        let name = path.to_str().unwrap();
        let Ok(text) = String::from_utf8(std::fs::read(&path).unwrap()) else { continue };
        if OTHERS.contains(&kind) || name.ends_with(".expect") || name.ends_with(".map") {
            continue;
        }
        let whole = reading(name, text.as_bytes());
        let feeds = text.replace("\r\n", "\n");
        let ways = [
            ("a mark", format!("\u{feff}{text}").into_bytes()),
            ("UTF-16, marked", wide(&format!("\u{feff}{text}"), u16::to_le_bytes)),
            ("UTF-16 of the other order, marked", wide(&format!("\u{feff}{text}"), u16::to_be_bytes)),
            ("UTF-16, marked, carriage returns", wide(&format!("\u{feff}{}", feeds.replace('\n', "\r")), u16::to_le_bytes)),
            ("carriage returns", feeds.replace('\n', "\r").into_bytes()),
            ("both ends of a line", feeds.replace('\n', "\r\n").into_bytes()),
        ];
        for (way, bytes) in ways {
            let other = reading(name, &bytes);
            assert!(other.articles.iter().map(read).eq(whole.articles.iter().map(read)), "{name}, {way}\n{:#?}", other.articles);
        }
        n_read += whole.articles.len();
    }
    assert!(n_read > 40, "{n_read}");
}

#[test]
fn a_file_of_which_nothing_comes_is_told() {
    let only = "WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
    let empty = super::tar(&[(".hidden", b"x")]);
    // What was sent along with nothing else is no document.
    let letter = "Return-Path: <a@courier.example>\nMessage-ID: <1@courier.example>\nFrom: a@courier.example\nTo: b@courier.example\nSubject: Pier\n\
        Date: Tue, 05 Mar 2024 06:30:00 +0100\nContent-Disposition: attachment; filename=\"ferry.odt\"\n\nno such thing\n";
    for (name, bytes, format) in
        [("a.warc", only.as_bytes(), "warc"), ("a.tar", empty.as_slice(), "tar"), ("a.eml", letter.as_bytes(), "mail")]
    {
        assert_eq!(reading(name, bytes).messages(), format!("Unread {name}: nothing was found in it, read as {format}\n"));
    }
}

#[test]
fn what_has_no_end_is_told() {
    let fixture = |name: &str| std::fs::read_to_string(format!("tests/fixtures/{name}")).unwrap();
    for (name, end, told) in [
        ("anpa/two.tst", "\u{3}", "no mark ends its text: it may be cut off"),
        ("iptc7901/story.txt", "\u{3}", "no mark ends its text: it may be cut off"),
        ("nexis/two.txt", "2 of 2 DOCUMENTS", "its last document is number 1 of 2: the rest lies in another file, or this one was cut off"),
        (
            "proquest/two.txt",
            "Document 2 of 2",
            "its last document is number 1 of 2: the rest lies in another file, or this one was cut off",
        ),
    ] {
        let (whole, name) = (fixture(name), name.rsplit('/').next().unwrap());
        let cut = &whole[..whole.rfind(end).unwrap()];
        let (whole, cut) = (reading(name, whole.as_bytes()), reading(name, cut.as_bytes()));
        assert!(!whole.messages().contains(told), "{name}: {}", whole.messages());
        assert!(cut.messages().contains(told), "{name}: {}", cut.messages());
        assert!(!cut.articles.iter().any(|article| article.body.contains('\u{3}')), "{name}");
    }
    let table = "id,title,text\n1,Pier,\"It holds.\"\n2,Dam,\"It broke, they said.\"\n";
    let told = "Doubt a.csv#2: the quote of its last cell is not closed: the file may be cut off\n";
    for (bytes, messages, last) in [(table, "", "It broke, they said."), (&table[..table.len() - 8], told, "It broke, they")] {
        let read = reading("a.csv", bytes.as_bytes());
        assert_eq!((read.messages().as_str(), read.articles.len(), read.articles[1].body.as_str()), (messages, 2, last));
    }
    let open = reading("a.csv", table.trim_end().as_bytes());
    assert_eq!((open.messages().as_str(), open.articles.len()), ("", 2), "a last line need not end");
}
