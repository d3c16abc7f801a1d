use super::*;
use crate::ingest::Format;
use crate::ingest::Sureness;

#[test]
fn years_of_two_digits() {
    assert_eq!(full_year("13").as_deref(), Some("2013"));
    assert_eq!(full_year("87").as_deref(), Some("1987"));
    assert_eq!(full_year("x"), None);
}

#[test]
fn flags_are_no_headlines() {
    assert!(is_flag("1ST LEAD") && is_flag("REFILE") && is_flag("(Achtung)"));
    assert!(!is_flag("Minister leads the poll") && !is_flag(""));
}

#[test]
fn frames_are_told_apart() {
    let anpa = b"\x16\x16\x01W2870\x1f_asian\r\nf l\x13\x11 BC-X 11-13 1049\r\n\x02^BC-X<\r\n";
    let iptc = b"\x01eca062 4 i 211 ccccb   dpa 061\r\n\r\nX/\r\n\x02Head =\r\n\r\nText\r\n\x03131137 GMT Nov 13\r\n\x04";
    assert_eq!((Anpa.recognises("", anpa), Iptc7901.recognises("", anpa)), (Sureness::Sure, Sureness::No));
    assert_eq!((Anpa.recognises("", iptc), Iptc7901.recognises("", iptc)), (Sureness::No, Sureness::Sure));
    assert_eq!(Anpa.recognises("", b"no frame at all"), Sureness::No);
    // The tables a font begins with.
    let font = b"\0\x01\0\0\0\x13\x01\0\0\x04\0\x30GDEF\0\x1f\0\x02\0\0";
    assert_eq!((Anpa.recognises("a.bin", font), Iptc7901.recognises("a.bin", font)), (Sureness::No, Sureness::No));
}
