//! What a server answered: status, kind and body, unpacked (RFC 9110 and 9112).

use crate::ingest::Limits;
use crate::ingest::limits::{Packed, Ratio};
use std::io::Read;

/// Bytes that are unpacked at a time.
const BUFFER: usize = 16 * 1024;

/// A page that was sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Response {
    /// The media type, lower case, without parameters; `text/html` when none was given.
    pub(super) kind: String,
    /// The charset it was declared with.
    pub(super) charset: Option<String>,
    /// The body, unpacked.
    pub(super) body: Vec<u8>,
    /// Why that is not all of it.
    pub(super) cut: Option<String>,
}

/// The response in `block`; `None` when its status is not 200.
///
/// # Errors
///
/// Says why the body cannot be unpacked.
pub(super) fn body(block: &[u8], limits: &Limits) -> Result<Option<Response>, String> {
    let (head, mut body) = split(block);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().unwrap_or("").split(' ').nth(1).unwrap_or("").to_owned();
    if status != "200" {
        return Ok(None);
    }
    let headers: Vec<(String, &str)> =
        lines.filter_map(|l| l.split_once(':')).map(|(n, v)| (n.trim().to_ascii_lowercase(), v.trim())).collect();
    let header = |name: &str| headers.iter().find(|(n, _)| n == name).map_or("", |(_, v)| *v);
    let (kind, charset) = media_type(header("content-type"));
    let joined;
    // Some crawlers keep the header and join the chunks.
    if header("transfer-encoding").eq_ignore_ascii_case("chunked")
        && let Some(whole) = without_chunks(body)
    {
        joined = whole;
        body = &joined;
    }
    let (body, cut) = unpacked(body, header("content-encoding"), limits)?;
    Ok(Some(Response { kind, charset, body, cut }))
}

/// `text/html; charset=utf-8` as its two parts.
pub(super) fn media_type(header: &str) -> (String, Option<String>) {
    let mut parts = header.split(';');
    let kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let charset = parts.find_map(|p| p.trim().strip_prefix("charset=").map(|c| c.trim_matches(['"', '\'', ' ']).to_owned()));
    (if kind.is_empty() { "text/html".to_owned() } else { kind }, charset)
}

/// Header and body, apart by an empty line.
fn split(block: &[u8]) -> (&[u8], &[u8]) {
    let crlf = memchr::memmem::find(block, b"\r\n\r\n").map(|at| (at, 4));
    let lf = memchr::memmem::find(block, b"\n\n").map(|at| (at, 2));
    let end = [crlf, lf].into_iter().flatten().min();
    end.map_or((block, &[]), |(at, len)| (&block[..at], &block[at + len..]))
}

/// A chunked body joined; `None` when it is not chunked. What was joined of a damaged one is kept.
fn without_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(1024)]);
        let size = end
            .and_then(|e| std::str::from_utf8(&rest[..e]).ok())
            .and_then(|l| usize::from_str_radix(l.split(';').next()?.trim(), 16).ok());
        let (Some(end), Some(size)) = (end, size) else { return Some(joined).filter(|j| !j.is_empty()) };
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(&rest[..size.min(rest.len())]);
        rest = rest.get(size..).unwrap_or(&[]);
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// What came out, and why that is not all.
type Unpacked = (Vec<u8>, Option<String>);

/// The body without its packing; some crawlers keep the header and unpack, so the bytes are looked at, too.
fn unpacked(body: &[u8], encoding: &str, limits: &Limits) -> Result<Unpacked, String> {
    let gzip = body.starts_with(&[0x1F, 0x8B]);
    match encoding.to_ascii_lowercase().as_str() {
        _ if gzip => inflate(body, limits, |b| Box::new(flate2::read::MultiGzDecoder::new(b))),
        "deflate" if body.first().is_some_and(|b| b & 0x0F == 8) => inflate(body, limits, |b| Box::new(flate2::read::ZlibDecoder::new(b))),
        "zstd" if body.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) => match zstd::stream::read::Decoder::new(body) {
            Ok(decoder) => read(decoder, body.len(), limits),
            Err(e) => Err(format!("the page cannot be unpacked: {e}")),
        },
        // Brotli begins with no mark of its own, but what is packed with it is no text.
        "br" if std::str::from_utf8(body).is_err() => {
            inflate(body, limits, |b| Box::new(brotli_decompressor::Decompressor::new(b, BUFFER)))
        }
        _ => Ok((body.to_vec(), None)),
    }
}

fn inflate<'a>(body: &'a [u8], limits: &Limits, decoder: impl FnOnce(Packed<&'a [u8]>) -> Box<dyn Read + 'a>) -> Result<Unpacked, String> {
    let (packed, _) = Packed::new(body);
    read(decoder(packed), body.len(), limits)
}

/// Reads all a decoder gives. What came out of a page that was cut off is kept.
fn read(decoder: impl Read, packed: usize, limits: &Limits) -> Result<Unpacked, String> {
    let (mut page, most) = (Vec::new(), limits.document());
    let limited = Ratio::new(decoder, std::rc::Rc::new(std::cell::Cell::new(packed as u64)), limits).take(most.saturating_add(1));
    let cut = match { limited }.read_to_end(&mut page) {
        Ok(_) if page.len() as u64 > most => Some(limits.too_large("the page") + "; the rest is not read"),
        Ok(_) => None,
        Err(e) if page.is_empty() => return Err(format!("the page cannot be unpacked: {e}")),
        Err(e) => Some(format!("the page cannot be unpacked to its end: {e}")),
    };
    Ok((page, cut))
}
