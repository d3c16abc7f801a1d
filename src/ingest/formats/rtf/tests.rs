use super::text::read;

#[track_caller]
fn text(rtf: &str, expected: &str) {
    assert_eq!(read(rtf.as_bytes()).text, expected);
}

#[test]
fn characters() {
    text(r"{\rtf1\ansi\ansicpg1252 caf\'e9 \u8220?yes\u8221? \emdash  no}", "café “yes” — no");
    text(r"{\rtf1\uc2\u26085\'93\'fa\uc1\u-10179?\u-8704?}", "日😀");
    text(r"{\rtf1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f1\'cf\'f0\f0\'e9}", "Прé");
    text(r"{\rtf1\deff1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\'cf\f0\'e9\plain\'f0}", "Пéр");
    text(r"{\rtf1\ansicpg1251\deff0{\fonttbl{\f0\fcharset0 A;}}\'cf}", "П");
    text(r"{\rtf1\ansi\ansicpg437 caf\'82}", "café");
    text(r"{\rtf1\pc{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset254 B;}}\'e1\f0\'e9\f1\'94}", "ßéö");
    text(r"{\rtf1\pca \'b5lvaro}", "Álvaro");
    text(r"{\rtf1\ansicpg852 \'88}", "ł");
    let old = read(br"{\rtf1\ansicpg1140 \'82}");
    assert!(old.doubt.unwrap().starts_with("its code page 1140 is not known"));
    text(r"{\rtf1 a\~b \{c\} \\d}", "a b {c} \\d");
}

#[test]
fn what_is_no_text() {
    text(r"{\rtf1{\info{\title T}}{\stylesheet{\s1 x;}}{\*\foo y}{\header h}one\par{\pict 0a0b}two{\v hidden}\par}", "one\ntwo\n");
    text(r#"{\rtf1{\field{\*\fldinst HYPERLINK "x"}{\fldrslt link}} end}"#, "link end");
    text("{\\rtf1 a\\bin4 }}}}b}", "ab");
}

#[test]
fn broken_files() {
    assert_eq!(read(br"{\rtf1 cut").doubt.as_deref(), Some("the end of the file is missing"));
    assert!(read("{".repeat(5000).as_bytes()).doubt.unwrap().contains("1000 deep"));
    text("no rtf", "no rtf");
}
