//! Code pages: which letters bytes stand for.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use oem_cp::code_table::DECODING_TABLE_CP_MAP;
use std::borrow::Cow;

/// A code page, as RTF numbers them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Page {
    /// One that browsers know as well.
    Listed(&'static Encoding),
    /// One that only DOS had, by its number.
    Dos(u16),
}

impl Page {
    /// That of western letters.
    pub const WESTERN: Page = Page::Listed(WINDOWS_1252);
    pub const MACINTOSH: Page = Page::Listed(MACINTOSH);

    /// The code page of that number.
    pub fn numbered(number: i32) -> Option<Page> {
        let label = match number {
            932 => "shift_jis".to_owned(),
            936 => "gbk".to_owned(),
            949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            10000 => "macintosh".to_owned(),
            65001 => "utf-8".to_owned(),
            866 => "ibm866".to_owned(),
            n => format!("windows-{n}"),
        };
        let dos = || u16::try_from(number).ok().filter(|number| DECODING_TABLE_CP_MAP.contains_key(number)).map(Page::Dos);
        Encoding::for_label(label.as_bytes()).map(Page::Listed).or_else(dos)
    }

    /// The code page of a font's character set.
    pub fn of_charset(number: i32) -> Option<Page> {
        Page::numbered(match number {
            0 => 1252,
            77 => 10000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            254 => 437,
            _ => return None,
        })
    }

    /// What the bytes say; those that stand for nothing give U+FFFD.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Page::Listed(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Page::Dos(number) => match DECODING_TABLE_CP_MAP.get(&number) {
                Some(table) => table.decode_string_lossy(bytes).into(),
                None => String::from_utf8_lossy(bytes),
            },
        }
    }
}
