use super::fonts::utf16;
use super::values::{Reader, Value};

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
fn texts_of_two_bytes() {
    assert_eq!(utf16(b"\x00A\xD8\x3D\xDE\x00"), "A😀");
}
