//! The message that lies inside its S/MIME signature (CMS, RFC 5652), whoever signed it: signatures are not checked.
//!
//! Of the encoding (X.690) as much is read as leads to the message: lengths that are told and lengths that are not, text in one piece
//! and in several.

/// How deep elements may lie in one another.
const DEEPEST: usize = 32;

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const NAME: u8 = 0x06;
const OCTETS: u8 = 0x04;
const OCTETS_IN_PIECES: u8 = 0x24;
const INNER: u8 = 0xa0;
/// What says that something signed follows: 1.2.840.113549.1.7.2.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// The message; `None` where the bytes are something else, such as an encrypted one, or are cut off.
pub(super) fn message(bytes: &[u8]) -> Option<Vec<u8>> {
    let (info, _) = expect(bytes, SEQUENCE)?;
    let (name, info) = expect(info, NAME)?;
    let (wrapped, _) = expect(info, INNER).filter(|_| name == SIGNED_DATA)?;
    let (data, _) = expect(wrapped, SEQUENCE)?;
    let (_version, data) = expect(data, INTEGER)?;
    let (_algorithms, data) = expect(data, SET)?;
    let (held, _) = expect(data, SEQUENCE)?;
    let (_kind, held) = expect(held, NAME)?;
    let (content, _) = expect(held, INNER)?;
    let mut message = Vec::new();
    octets(content, DEEPEST, &mut message)?;
    (!message.is_empty()).then_some(message)
}

/// What an element of this tag holds, and what follows it.
fn expect(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, content, rest) = element(bytes, DEEPEST)?;
    (found == tag).then_some((content, rest))
}

/// The first element: its tag, what it holds, and what follows it.
fn element(bytes: &[u8], depth: usize) -> Option<(u8, &[u8], &[u8])> {
    let [tag, length, rest @ ..] = bytes else { return None };
    let depth = depth.checked_sub(1)?;
    let (length, rest) = match length {
        0x80 => {
            // It ends where an empty element stands.
            let mut at = rest;
            while !at.starts_with(&[0, 0]) {
                at = element(at, depth)?.2;
            }
            return Some((*tag, &rest[..rest.len() - at.len()], &at[2..]));
        }
        0..0x80 => (usize::from(*length), rest),
        more => {
            let (digits, rest) = rest.split_at_checked(usize::from(more & 0x7f)).filter(|(digits, _)| digits.len() <= 4)?;
            (digits.iter().fold(0, |n, digit| n << 8 | usize::from(*digit)), rest)
        }
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

/// Adds the bytes of all pieces in a row.
fn octets(bytes: &[u8], depth: usize, out: &mut Vec<u8>) -> Option<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let (tag, content, behind) = element(rest, depth)?;
        match tag {
            OCTETS => out.extend_from_slice(content),
            OCTETS_IN_PIECES => octets(content, depth.checked_sub(1)?, out)?,
            _ => return None,
        }
        rest = behind;
    }
    Some(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn told(tag: u8, content: &[u8]) -> Vec<u8> {
        let n = content.len();
        let length = if n < 0x80 { vec![n as u8] } else { vec![0x82, (n >> 8) as u8, n as u8] };
        [&[tag][..], &length, content].concat()
    }

    fn open(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, 0x80][..], content, &[0, 0]].concat()
    }

    /// A message in a signature, whose elements `wrap` writes.
    pub fn signed(content: &[u8], wrap: fn(u8, &[u8]) -> Vec<u8>) -> Vec<u8> {
        let data = told(NAME, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]);
        let held = wrap(SEQUENCE, &[data, wrap(INNER, content)].concat());
        let parts = [told(INTEGER, &[1]), told(SET, &[]), held, told(SET, &[])].concat();
        wrap(SEQUENCE, &[told(NAME, SIGNED_DATA), wrap(INNER, &wrap(SEQUENCE, &parts))].concat())
    }

    pub fn in_one_piece(text: &str) -> Vec<u8> {
        signed(&told(OCTETS, text.as_bytes()), told)
    }

    #[test]
    fn the_message_is_read_in_one_piece_and_in_several_and_not_where_it_is_cut() {
        let text = "Content-Type: text/plain\r\n\r\nThe pier is closed. ".repeat(9);
        let (first, second) = text.split_at(77);
        let pieces = open(OCTETS_IN_PIECES, &[told(OCTETS, first.as_bytes()), told(OCTETS, second.as_bytes())].concat());
        for bytes in [in_one_piece(&text), signed(&pieces, open)] {
            assert_eq!(message(&bytes).as_deref(), Some(text.as_bytes()));
            for end in 0..text.len() {
                assert_eq!(message(&bytes[..end]), None);
            }
        }
        let deep = [SEQUENCE, 0x80].repeat(100_000);
        assert_eq!((message(&deep), message(b""), message(b"\x30\x84\xff\xff\xff\xff")), (None, None, None));
        // Of a detached signature the message lies elsewhere.
        assert_eq!(message(&signed(&[], told)), None);
    }
}
