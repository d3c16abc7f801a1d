//! Text as files hold it: charsets, Unicode form, paragraphs.
