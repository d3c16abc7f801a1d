use super::*;
use crate::article::Article;

fn response(head: &str, body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 200 OK\r\n", head.as_bytes(), b"\r\n\r\n", body].concat()
}

#[test]
fn unpacks_responses() {
    let body =
        |block: &[u8]| http::body(block, &Limits::default()).unwrap().map(|r| (r.kind, r.charset, String::from_utf8(r.body).unwrap()));
    let html = |charset: Option<&str>, text: &str| Some(("text/html".to_owned(), charset.map(str::to_owned), text.to_owned()));
    assert_eq!(body(&response("Content-Type: text/html; charset=\"utf-8\"", b"<p>One")), html(Some("utf-8"), "<p>One"));
    assert_eq!(body(&response("Transfer-Encoding: chunked", b"4\r\n<p>O\r\n2;x\r\nne\r\n0\r\n\r\n")), html(None, "<p>One"));
    assert_eq!(body(&response("Transfer-Encoding: chunked", b"<p>One")), html(None, "<p>One"));
    assert_eq!(body(&response("Content-Encoding: gzip", b"<p>One")), html(None, "<p>One"));
    assert_eq!(body(b"HTTP/1.1 404 Not Found\r\n\r\n<p>No"), None);
    let brotli = b"\x1b\xce\x00\xf8\xc5\x29\x47\x1a\x41\x0b\x34\xe0\xa0\xdd\xbe\xc3\x43\xc0\x28\x80\x9f\x27\x6f\x31\x79";
    assert_eq!(body(&response("Content-Encoding: br", brotli)), html(None, &format!("<p>One {}", "gate ".repeat(40))));
    assert_eq!(body(&response("Content-Encoding: br", "<p>Öne".as_bytes())), html(None, "<p>Öne"), "unpacked by the crawler");
    assert!(http::body(&response("Content-Encoding: br", b"\x8b\xff\x80"), &Limits::default()).is_err());
}

#[test]
fn what_unfolds_too_far_is_cut_off() {
    // Fifty megabytes of nothing.
    let bomb = [
        203, 255, 255, 63, 248, 39, 0, 226, 177, 64, 32, 247, 254, 143, 255, 255, 127, 240, 79, 0, 196, 97, 17, 128, 238, 253, 31, 255,
        255, 255, 224, 159, 0, 136, 195, 2, 0, 221, 251, 63, 254, 255, 255, 193, 63, 1, 16, 135, 5, 0, 186, 247, 127, 252, 255, 255, 131,
        127, 2, 32, 14, 11, 0, 116, 239, 255, 248, 255, 255, 7, 255, 4, 64, 28, 22, 0, 232, 222, 255, 229, 255, 255, 7, 254, 9, 128, 56,
        44, 0, 208, 189, 255, 0,
    ];
    let page = http::body(&response("Content-Encoding: br", &bomb), &Limits::default()).unwrap().unwrap();
    assert!(page.body.len() <= 16 << 20, "{}", page.body.len());
    assert!(page.cut.is_some_and(|why| why.starts_with("the page cannot be unpacked to its end: ")));
    let whole = http::body(&response("Content-Encoding: gzip", b"<p>One"), &Limits::default()).unwrap().unwrap();
    assert_eq!(whole.cut, None);
}

#[derive(Default)]
struct Seen(Vec<String>, Vec<String>);

impl Sink for Seen {
    fn article(&mut self, _: Article) -> Result<()> {
        Ok(())
    }
    fn file(&mut self, inner: Input<'_>) -> Result<()> {
        self.0.push(format!("{} {:?} {}", inner.path, inner.url, String::from_utf8_lossy(inner.head())));
        Ok(())
    }
    fn problem(&mut self, problem: Problem) {
        self.1.push(format!("{}: {}", problem.path, problem.message));
    }
}

#[test]
fn reads_records_after_damage() {
    let record = |uri: &str, block: &[u8]| {
        let head = format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nContent-Length: {}\r\n\r\n", block.len());
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    };
    let page = response("Content-Type: text/html", b"<p>Page");
    let picture = response("Content-Type: image/png", b"\x89PNG");
    let warc = [
        record("<https://a.example/1>", &page),
        record("https://a.example/p.png", &picture),
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\ngarbage without a length\r\n\r\n".to_vec(),
        record("https://a.example/2", &page),
        record("https://a.example/3", &page)[..130].to_vec(),
    ]
    .concat();
    let mut seen = Seen::default();
    Warc.read(Input::new("x.warc", None, 0, warc.as_slice()).unwrap(), &mut seen).unwrap();
    assert_eq!(
        seen.0,
        [
            r#"x.warc!/https://a.example/1 Some("https://a.example/1") <p>Page"#,
            r#"x.warc!/https://a.example/2 Some("https://a.example/2") <p>Page"#
        ]
    );
    assert_eq!(seen.1, ["x.warc#3: the record does not say how long it is", "x.warc#5: the file is cut off in this record"]);
}

#[test]
fn reads_arc_files() {
    let page = response("Content-Type: text/html", b"<p>Page");
    let arc = [
        b"filedesc://x.arc 127.0.0.1 20140301000000 text/plain 20\n1 1 InternetArchive\n\n".to_vec(),
        format!("\nhttp://a.example/a b 10.0.0.1 20140302093000 text/html {}\n", page.len()).into_bytes(),
        page.clone(),
        b"\nno heading at all\n".to_vec(),
        format!("http://a.example/2 10.0.0.1 20140302093000 text/html 200 - - 0 x.arc {}\n", page.len()).into_bytes(),
        page.clone(),
        b"\nhttp://a.example/3 10.0.0.1 20140302093000 text/html 9999\n<p>cut".to_vec(),
    ]
    .concat();
    let mut seen = Seen::default();
    Warc.read(Input::new("x.arc", None, 0, arc.as_slice()).unwrap(), &mut seen).unwrap();
    assert_eq!(
        seen.0,
        [
            r#"x.arc!/http://a.example/a b Some("http://a.example/a b") <p>Page"#,
            r#"x.arc!/http://a.example/2 Some("http://a.example/2") <p>Page"#,
            r#"x.arc!/http://a.example/3 Some("http://a.example/3") <p>cut"#
        ]
    );
    assert_eq!(seen.1, ["x.arc#4: the file is cut off in this record"]);
}
