//! One file to be read, be it on disk or inside another.

use super::FieldMap;
use crate::error::{Context, Error, Kind, Result};
use std::io::{BufRead, BufReader, Read};

/// A file to be read: its name, and its bytes as a stream whose beginning can be looked at first.
pub struct Input<'a> {
    /// Where it is; becomes `Article::path`. Members of containers are `outer.zip!/inner.html`.
    pub path: String,
    /// Last change of the file, if known: seconds since 1970.
    pub modified: Option<i64>,
    /// How many containers this lies in.
    pub depth: u8,
    /// Where records of unusual shape keep their fields, if the user said so.
    pub map: Option<&'a FieldMap>,
    bytes: Box<dyn BufRead + 'a>,
    head: Vec<u8>,
}

impl<'a> Input<'a> {
    /// How many bytes can be looked at before reading.
    pub const HEAD: usize = 64 * 1024;
    /// The most bytes a format that needs the whole file at once will take.
    pub const WHOLE: u64 = 64 * 1024 * 1024;

    /// An input that reads from `bytes`.
    ///
    /// # Errors
    ///
    /// When the first bytes cannot be read.
    pub fn new(path: impl Into<String>, modified: Option<i64>, depth: u8, bytes: impl Read + 'a) -> Result<Input<'a>> {
        let path = path.into();
        let mut bytes = BufReader::with_capacity(Self::HEAD, bytes);
        let mut head = Vec::new();
        (&mut bytes).take(Self::HEAD as u64).read_to_end(&mut head).context(Kind::Input, || format!("cannot read `{path}`"))?;
        Ok(Input { path, modified, depth, map: None, bytes: Box::new(bytes), head })
    }

    /// The first bytes, up to [`Input::HEAD`]; they are still to be read.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// The bytes as a stream.
    pub fn stream(self) -> Box<dyn BufRead + 'a> {
        Box::new(BufReader::with_capacity(Self::HEAD, std::io::Cursor::new(self.head).chain(self.bytes)))
    }

    /// All bytes.
    ///
    /// # Errors
    ///
    /// When they cannot be read, or are more than [`Input::WHOLE`].
    pub fn whole(self) -> Result<Vec<u8>> {
        let path = self.path.clone();
        let mut all = self.head;
        let mut rest = self.bytes.take(Self::WHOLE + 1);
        rest.read_to_end(&mut all).context(Kind::Input, || format!("cannot read `{path}`"))?;
        if all.len() as u64 > Self::WHOLE {
            return Err(Error::new(Kind::Limit, format!("`{path}` is larger than {} MB, the most one document may be", Self::WHOLE >> 20)));
        }
        Ok(all)
    }
}
