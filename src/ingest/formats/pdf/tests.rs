use super::fonts::{Font, utf16};
use super::objects::Objects;
use super::values::{Reader, Value};
use super::{PAGES, continued, pages, without_breaks};
use crate::ingest::Limits;

#[test]
fn hyphens_at_the_ends_of_lines_go_with_the_line() {
    let cases = [
        ("the infra-\nstructure", "the infrastructure\n"),
        ("a well-\nknown man", "a well-\nknown man\n"),
        ("a wind-\nswept hill and a wind, swept away", "a wind-\nswept hill and a wind, swept away\n"),
        ("a mine-\nlayer and another mine-layer", "a mine-\nlayer and another mine-layer\n"),
        ("the ferry-\nman and the ferryman, the man", "the ferryman and the ferryman, the man\n"),
        ("Jean-\nPaul", "Jean-\nPaul\n"),
    ];
    for (broken, whole) in cases {
        assert_eq!(without_breaks(broken), whole);
    }
}

#[test]
fn a_paragraph_goes_on_in_the_next_column() {
    let long = "The council voted on Monday evening to keep the old ferry, fifteen in favour, four";
    let joined = continued([long, "against.", "The next one", "is a list of short lines"].map(str::to_owned).into_iter());
    assert_eq!(joined, [format!("{long} against."), "The next one".into(), "is a list of short lines".into()]);
}

#[test]
fn values_are_read() {
    let mut reader = Reader::new(br"<< /A#42 [1 -2.5 (a\(b\)\101\n) <4142>] /C 12 0 R >> true", 0);
    let Some(Value::Map(map)) = reader.value(0) else { panic!("no map") };
    let list = [Value::Number(1.0), Value::Number(-2.5), Value::Text(b"a(b)A\n".to_vec()), Value::Text(b"AB".to_vec())];
    assert_eq!(map["AB"], Value::List(list.to_vec()));
    assert_eq!(map["C"], Value::Other(12));
    assert_eq!(reader.value(0), Some(Value::Word("true".into())));
}

#[test]
fn nesting_ends() {
    assert!(Reader::new(&b"[".repeat(100_000), 0).value(0).is_some());
    assert!(Reader::new(&b"<</A".repeat(100_000), 0).value(0).is_some());
    assert_eq!(Reader::new(&b"{".repeat(200_000), 0).value(0), None);
    assert_eq!(Reader::new(b"} ) 7", 0).value(0), Some(Value::Number(7.0)));
}

#[test]
fn fonts_that_say_nothing_have_the_signs_of_their_kind() {
    let objects = b"1 0 obj <</Subtype /Type1>> endobj 2 0 obj <</Subtype /TrueType>> endobj \
        3 0 obj <</Subtype /Type1 /Encoding /WinAnsiEncoding>> endobj";
    let objects = Objects::of(objects, Limits::default());
    let read = |font: u32, bytes: &[u8]| {
        let mut text = String::new();
        Font::of(&objects, &Value::Other(font)).read(bytes, &mut text);
        text
    };
    assert_eq!(read(1, b"\xaaIt \xaets\xba \xd0 he said"), "“It fits” — he said");
    assert_eq!(read(2, b"\x93It fits\x94 \x97 he said"), "“It fits” — he said");
    assert_eq!(read(3, b"\x93It fits\x94 \x97 he said"), "“It fits” — he said");
}

#[test]
fn texts_of_two_bytes() {
    assert_eq!(utf16(b"A"), "A");
    assert_eq!(utf16(b"\x00A\xD8\x3D\xDE\x00"), "A😀");
}

#[test]
fn maps_in_maps_without_end_are_left_and_told() {
    let limits = Limits { document_mb: 0, ..Limits::default() };
    assert!(Objects::of(&b"1 0 obj <<".repeat(20_000), limits).is_cut.get());
    assert!(!Objects::of(&b"1 0 obj << >> endobj ".repeat(20_000), limits).is_cut.get());
}

#[test]
fn as_many_pages_as_are_read_are_all_of_them() {
    let file = |n: usize| {
        let kids: String = (0..n).map(|kid| format!("{} 0 R ", kid + 3)).collect();
        let all: String = (0..n).map(|kid| format!("{} 0 obj <</Type /Page>> endobj ", kid + 3)).collect();
        let root = format!("1 0 obj <</Pages 2 0 R>> endobj 2 0 obj <</Kids [{kids}]>> endobj {all}");
        // Without a root the pages are looked for one by one.
        [format!("{root} trailer <</Root 1 0 R>>"), all]
    };
    for (n, read, are_more) in [(7, 7, false), (PAGES, PAGES, false), (PAGES + 1, PAGES, true)] {
        for text in file(n) {
            let (found, more) = pages(&Objects::of(text.as_bytes(), Limits::default()));
            assert_eq!((found.len(), more), (read, are_more), "of {n}");
        }
    }
}
