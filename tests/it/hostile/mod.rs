//! Files that mean harm, or are simply broken: each is read in time, without a crash, and says what is wrong with it.

mod memory;
mod written;

use morgue::article::Article;
use morgue::ingest::{Input, Limits, Options, Problem, ProblemKind, Receiver, read, read_input, walk};
use std::io::Write;
use std::time::{Duration, Instant};

#[derive(Default)]
pub struct Reading {
    pub articles: Vec<Article>,
    problems: Vec<Problem>,
}

impl Receiver for Reading {
    fn article(&mut self, article: Article) -> morgue::error::Result<()> {
        self.articles.push(article);
        Ok(())
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

impl Reading {
    pub fn messages(&self) -> String {
        self.problems.iter().map(|p| format!("{:?} {}: {}\n", p.kind, p.path, p.message)).collect()
    }
}

pub fn reading(name: &str, bytes: &[u8]) -> Reading {
    let start = Instant::now();
    let mut reading = Reading::default();
    let input = Input::new(name, None, 0, bytes).unwrap();
    read_input(input, bytes.len() as u64, &Options::default(), &mut reading).unwrap();
    assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    reading
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // `set_path` would refuse names that lead out.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

const STORY: &[u8] =
    b"Ferry stays\n\nThe council of Eastmere voted on Monday to keep the old ferry, and more than two hundred people cheered.\n";

#[test]
fn deep_pages_are_read_without_a_tree() {
    for open in ["<div>", "<table><tr><td>", "<a><div>", "<b><p>", "<ul><li>", "<font size=1>"] {
        let page = format!("<html><title>Deep</title><body>{}The text.", open.repeat(40_000));
        let r = reading("deep.html", page.as_bytes());
        assert_eq!((r.articles[0].title.as_deref(), r.articles[0].body.as_str()), (Some("Deep"), "The text."), "{open}");
        assert!(
            r.messages().contains("nested more than 256 deep") || r.messages().contains("more than 100000 tags"),
            "{open}: {}",
            r.messages()
        );
    }
}

#[test]
fn heavy_pages_are_read_without_a_tree() {
    let r = reading("links.html", ("<html><body>".to_owned() + &"<a href=x>y</a> ".repeat(120_000)).as_bytes());
    assert_eq!((r.articles.len(), r.messages().contains("100000 tags")), (1, true));
}

#[test]
fn a_text_of_nothing_but_special_characters_is_read() {
    for (special, read) in [("&amp;lt; &#x41; ", "&lt; A "), ("£1 ", "£1 "), ("a\u{a0}b ", "a b ")] {
        let r = reading("special.html", ("<html><body><p>".to_owned() + &special.repeat(200_000)).as_bytes());
        assert!(r.messages().contains("too many special characters"), "{}", r.messages());
        assert_eq!(r.articles[0].body, read.repeat(200_000).trim_end());
    }
    // Many of them in a page are no matter.
    let r = reading("special.html", ("<html><body>".to_owned() + &"<p>&amp;lt; &#x41; \u{a0}£".repeat(50_000)).as_bytes());
    assert_eq!(r.messages(), "");
}

#[test]
fn a_script_that_is_not_closed_hides_no_text() {
    let text = "The council of Eastmere voted on Monday to keep the old ferry, and more than two hundred people cheered.";
    let r = reading(
        "open.html",
        format!("<html><head><title>Ferry stays</title><script>var a = 1;</head><body><p>{text}</p></html>").as_bytes(),
    );
    assert_eq!((r.articles[0].title.as_deref(), r.articles[0].body.as_str()), (Some("Ferry stays"), text));
}

#[test]
fn a_large_drawing_is_no_deep_page() {
    let drawing = "<g><path d='M0 0h1'/><circle r=1 /><text>x</text></g>".repeat(2000);
    let text = "The council of Eastmere voted on Monday to keep the old ferry, and more than two hundred people cheered.";
    let r =
        reading("map.html", format!("<html><title>Ferry stays</title><body><svg>{drawing}</svg><article><p>{text}</article>").as_bytes());
    assert_eq!((r.messages().as_str(), r.articles[0].body.as_str()), ("", text));
}

#[test]
fn bombs_are_cut_off() {
    let bomb = gzip(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 100_000);
    let r = reading("bomb.txt.gz", &bomb);
    assert_eq!(
        r.messages(),
        "Failed bomb.txt.gz: cannot read `bomb.txt.gz`: it unfolds to more than 1000 times its size (setting `limits.ratio`)\n"
    );
    let r = reading("bomb.zip", &zip(&[("a.txt", &vec![b' '; 64 << 20]), ("b.txt", STORY)]));
    assert_eq!(
        r.messages(),
        "Failed bomb.zip!/a.txt: cannot read `bomb.zip!/a.txt`: it unfolds to more than 1000 times its size (setting `limits.ratio`)\n"
    );
    assert_eq!(r.articles[0].path, "bomb.zip!/b.txt");
}

#[test]
fn large_documents_are_refused() {
    let r = reading("large.txt", &b"word and more of it\n".repeat(4 << 20));
    assert_eq!(
        r.messages(),
        "Failed large.txt: `large.txt` is larger than 64 MB, the most one document may be (setting `limits.document_mb`)\n"
    );
}

#[test]
fn names_that_lead_out_are_told() {
    for (name, bytes) in [
        ("a.zip", zip(&[("../../etc/passwd", STORY), ("in/b.txt", STORY)])),
        ("a.tar", tar(&[("../../etc/passwd", STORY), ("in/b.txt", STORY)])),
    ] {
        let r = reading(name, &bytes);
        assert_eq!(r.messages(), format!("Unread {name}!/../../etc/passwd: its name leads out of the archive, or is too long\n"));
        assert_eq!(r.articles[0].path, format!("{name}!/in/b.txt"));
    }
}

#[test]
fn documents_are_told_by_what_they_hold() {
    let word = b"<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>The council voted on Monday to keep the ferry.</w:t></w:r></w:p></w:body></w:document>";
    let packed = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", word)]);
    for name in ["memo.docx", "memo.doc", "memo", "memo.zip"] {
        let r = reading(name, &packed);
        assert_eq!((r.messages().as_str(), r.articles.len()), ("", 1), "{name}");
    }
    let table = zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
    assert_eq!(reading("figures", &table).messages(), "Unread figures: not a format morgue reads\n");
}

#[test]
fn a_pdf_file_that_is_cut_off_is_no_scan() {
    let story = std::fs::read("tests/fixtures/pdf/story.pdf").unwrap();
    let end = story.windows(5).rposition(|w| w == b"%%EOF").unwrap();
    let r = reading("story.pdf", &story[..end]);
    assert_eq!(r.messages(), "Doubt story.pdf: the PDF file has no end: it is damaged or cut off, and pages may be missing\n");
    assert_eq!(r.articles.len(), 1);
    let said = reading("story.pdf", &story[..600]).messages();
    assert!(said.starts_with("Failed story.pdf: the PDF file "), "{said}");
}

#[test]
fn pages_beyond_the_most_are_told() {
    let file = |pages: usize| {
        let kids = "<</Type /Page>> ".repeat(pages);
        format!("%PDF-1.4\n1 0 obj <</Pages 2 0 R>> endobj 2 0 obj <</Kids [{kids}]>> endobj trailer <</Root 1 0 R>>\n%%EOF")
    };
    let told = |pages: usize| reading("many.pdf", file(pages).as_bytes()).messages();
    let scan = "Unread many.pdf: a scan of 20000 pages without a text in it\n";
    assert_eq!(told(20_000), scan);
    assert_eq!(told(20_001), format!("Doubt many.pdf: no more than 20000 pages of a PDF file are read\n{scan}"));
}

#[test]
fn containers_may_nest_four_deep() {
    let packed = zip(&[("x.tar", &tar(&[("y.txt.gz", &gzip(STORY))]))]);
    assert_eq!(reading("a.zip", &packed).articles[0].path, "a.zip!/x.tar!/y.txt.gz");
    let mut deep = STORY.to_vec();
    for _ in 0..6 {
        deep = gzip(&deep);
    }
    assert_eq!(reading("deep.gz", &deep).messages(), "Failed deep.gz: it lies in more than 4 containers (setting `limits.containers`)\n");
}

#[test]
fn broken_files_say_so() {
    let whole = gzip(&STORY.repeat(2000));
    let r = reading("cut.txt.gz", &whole[..whole.len() / 2]);
    assert!(r.messages().starts_with("Failed cut.txt.gz: cannot read `cut.txt.gz`: "), "{}", r.messages());
    let whole = zip(&[("a.txt", STORY)]);
    assert!(reading("cut.zip", &whole[..whole.len() - 30]).messages().starts_with("Failed cut.zip: the zip archive is damaged or cut off"));
    let whole = tar(&[("a.txt", STORY), ("b.txt", &STORY.repeat(200))]);
    let r = reading("cut.tar", &whole[..2000]);
    assert_eq!((r.articles[0].path.as_str(), r.problems.len()), ("cut.tar!/a.txt", 1), "{}", r.messages());
}

#[test]
fn what_is_no_article_is_said_gently() {
    let kind = |name: &str, bytes: &[u8]| reading(name, bytes).problems.first().map(|p| p.kind);
    assert_eq!(kind("empty.html", b""), Some(ProblemKind::Unread));
    assert_eq!(kind("empty.css", b""), Some(ProblemKind::Skipped));
    assert_eq!(kind("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01"), Some(ProblemKind::Skipped));
    assert_eq!(kind("site.css", b"body { color: red }"), Some(ProblemKind::Skipped));
    assert_eq!(kind("data.bin", b"\0\x01\x02\x03\x04"), Some(ProblemKind::Unread));
    assert_eq!(kind("story.docx", &zip(&[("word/document.xml", b"<w/>")])), Some(ProblemKind::Failed));
    assert_eq!(kind("blank.txt", b" \n \n"), Some(ProblemKind::Failed));
}

#[test]
fn wrong_charsets_are_repaired() {
    let page = b"<html><head><meta charset=utf-8><title>Caf\xe9</title></head><body><p>Le caf\xe9 du march\xe9 a ferm\xe9 ses portes, a annonc\xe9 le maire apr\xe8s l'\xe9t\xe9.</p></body></html>";
    let r = reading("wrong.html", page);
    assert_eq!(r.articles[0].title.as_deref(), Some("Café"));
    assert!(r.articles[0].body.contains("fermé ses portes"), "{}", r.articles[0].body);
}

#[test]
fn a_receiver_can_stop_a_run() {
    struct First(usize);
    impl Receiver for First {
        fn article(&mut self, _: Article) -> morgue::error::Result<()> {
            self.0 += 1;
            Err(morgue::error::Error::new(morgue::error::Kind::Limit, "enough"))
        }
        fn problem(&mut self, problem: Problem) {
            panic!("{problem:?}");
        }
    }
    let mut first = First(0);
    let packed = zip(&[("a.txt", STORY), ("b.txt", STORY)]);
    let outcome = read_input(Input::new("a.zip", None, 0, packed.as_slice()).unwrap(), 0, &Options::default(), &mut first);
    assert_eq!((outcome.unwrap_err().to_string().as_str(), first.0), ("enough", 1));
}

#[test]
fn the_walk_leaves_out_what_is_no_article() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["b.txt", "a/page.html", "a/page_files/frame.html", "a/case_files/c.txt", ".git/x.txt", ".morgue/y.txt", "a/.hidden"] {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, STORY).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
    let other = tempfile::tempdir().unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(other.path(), dir.path().join("other")).unwrap();
    let roots = [dir.path().to_owned(), dir.path().join("nowhere")];
    let mut shown = Vec::new();
    for found in walk(&roots) {
        match found {
            Ok(f) => shown.push(f.path.strip_prefix(dir.path()).unwrap().to_string_lossy().into_owned()),
            Err(p) => shown.push(format!("{:?}: {}", p.kind, p.message.split(':').next().unwrap())),
        }
    }
    assert_eq!(
        shown,
        [
            "a/case_files/c.txt",
            "a/page.html",
            "b.txt",
            "Skipped: it is a link; links are not followed",
            "Unread: it is a link to a folder elsewhere; name that folder to have it read",
            "Failed: cannot look into it"
        ]
    );
}

#[test]
fn a_format_can_be_forced() {
    let mut r = Reading::default();
    let options = Options { format: Some("text".into()), ..Options::default() };
    let input = Input::new("a.html.gz", None, 0, std::io::Cursor::new(gzip(b"<p>One</p>\n\nTwo"))).unwrap();
    read_input(input, 0, &options, &mut r).unwrap();
    assert!(r.articles[0].body.contains("<p>One</p>"));
    let wrong = Options { format: Some("telex".into()), ..Options::default() };
    let error = read(std::path::Path::new("x"), "x", &wrong, &mut r).unwrap_err();
    assert_eq!(error.to_string(), "there is no format `telex`");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.txt"), STORY).unwrap();
    let fifo = dir.path().join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("socket")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", dir.path().join("zero")).unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("broken")).unwrap();
    std::os::unix::fs::symlink(".", dir.path().join("loop")).unwrap();
    let roots = [dir.path().to_owned(), fifo, "/dev/null".into()];
    let outcomes: Vec<_> = walk(&roots).collect();
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    assert!(outcomes.iter().filter_map(|o| o.as_ref().err()).all(|p| p.kind == ProblemKind::Skipped), "{outcomes:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_kept_apart() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    for name in [&b"caf\xe9.txt"[..], b"caf\xe8.txt", b"50%E9.txt"] {
        std::fs::write(dir.path().join(std::ffi::OsStr::from_bytes(name)), STORY).unwrap();
    }
    let shown: Vec<String> = walk(&[dir.path().to_owned()]).map(|f| f.unwrap().shown.rsplit('/').next().unwrap().to_owned()).collect();
    assert_eq!(shown, ["50%E9.txt", "caf%E8.txt", "caf%E9.txt"]);
    assert_eq!(morgue::ingest::unwritten("caf%E8.txt").as_os_str().as_bytes(), b"caf\xe8.txt");
}

#[cfg(unix)]
#[test]
fn files_nobody_may_read_are_said() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("secret.txt");
    std::fs::write(&path, STORY).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o0)).unwrap();
    if std::fs::File::open(&path).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let mut r = Reading::default();
    read(&path, "secret.txt", &Options::default(), &mut r).unwrap();
    assert!(r.messages().starts_with("Failed secret.txt: cannot read `secret.txt`: "), "{}", r.messages());
}

#[test]
fn what_the_ignore_file_says_is_not_read() {
    let dir = tempfile::tempdir().unwrap();
    for name in [
        "a.txt",
        "drafts/b.txt",
        "wire/c.txt",
        "wire/old/d.txt",
        "wire/keep.log",
        "Mail/.Sent/cur/1:2,S",
        "Mail/.Sent/new/2",
        "Mail/.Sent/tmp/3",
    ] {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, STORY).unwrap();
    }
    std::fs::write(dir.path().join(".morgueignore"), "drafts/\n*.log\n").unwrap();
    std::fs::write(dir.path().join("wire/.morgueignore"), "/old\n!keep.log\n").unwrap();
    let mut shown: Vec<String> =
        walk(&[dir.path().to_owned()]).map(|f| f.unwrap().path.strip_prefix(dir.path()).unwrap().to_string_lossy().into_owned()).collect();
    shown.sort();
    assert_eq!(shown, ["Mail/.Sent/cur/1:2,S", "Mail/.Sent/new/2", "a.txt", "wire/c.txt", "wire/keep.log"]);
}

#[test]
fn limits_are_settings() {
    let mut r = Reading::default();
    let mut options = Options::default();
    *options.limits.named("document_mb").unwrap() = 1;
    let input = Input::new("a.txt", None, 0, std::io::Cursor::new(STORY.repeat(20_000))).unwrap();
    read_input(input, 0, &options, &mut r).unwrap();
    assert_eq!(r.messages(), "Failed a.txt: `a.txt` is larger than 1 MB, the most one document may be (setting `limits.document_mb`)\n");
    assert_eq!(options.limits.named("nonsense"), None);
    assert!(Limits::NAMES.iter().all(|name| options.limits.named(name).is_some()));
}

#[test]
fn what_is_cut_off_or_replaced_is_told_whatever_the_format() {
    let iptc = b"\x01eca062 4 i 211 ccccb   dpa 061\r\n\x02Head =\r\n\r\nText of it\r\n\x03\x04\x01eca063 4 i 211 ccccb";
    assert!(reading("a.iptc", iptc).messages().contains("1 of its 2 headings have no text behind them"));
    let word = b"<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>The mayor left.</w:t></w:r></w:p><w:p><w:r><w:t>The cou";
    let word = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", word)]);
    assert!(reading("a.docx", &word).messages().contains("not well-formed XML: "));
    let nitf = format!("<nitf><body><body.content><p>{}</p></body.content></body></nitf>", "é ".repeat(300)).into_bytes();
    let nitf = [&nitf[..40], &[0xff], &nitf[40..]].concat();
    assert!(reading("a.xml", &nitf).messages().contains("some characters are no UTF-8 and were replaced"));
}
