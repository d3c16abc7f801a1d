use super::*;
use crate::article::Article;
use crate::ingest::Problem;
use std::io::Write;

#[derive(Default)]
struct Articles(Vec<Article>);

impl Sink for Articles {
    fn article(&mut self, article: Article) -> Result<()> {
        self.0.push(article);
        Ok(())
    }
    fn file(&mut self, _: Input<'_>) -> Result<()> {
        Ok(())
    }
    fn problem(&mut self, problem: Problem) {
        panic!("{problem:?}");
    }
}

fn read(document: &str) -> Vec<Article> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a zip");
    writer.write_all(document.as_bytes()).expect("a zip");
    let bytes = writer.finish().expect("a zip").into_inner();
    let mut articles = Articles::default();
    Word.read(Input::new("a.docx", None, 0, bytes.as_slice()).expect("bytes"), &mut articles).expect("a Word file");
    articles.0
}

#[test]
fn reads_paragraphs() {
    let document = "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body>\
        <w:p><w:r><w:t>Ferry stays in Eastmere</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\">The council voted to </w:t></w:r><w:del><w:r><w:delText>sell</w:delText></w:r></w:del>\
        <w:r><w:t>keep</w:t></w:r><w:r><w:tab/><w:t>the ferry, and more than two hundred people cheered.</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>It leaves at noon.</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    let articles = read(document);
    assert_eq!(articles[0].title.as_deref(), Some("Ferry stays in Eastmere"));
    assert_eq!(articles[0].body, "The council voted to keep the ferry, and more than two hundred people cheered.\n\nIt leaves at noon.");
}

#[test]
fn splits_exports() {
    let p = |t: &str| format!("<w:p><w:r><w:t>{t}</w:t></w:r></w:p>");
    let one = ["Rain", "The Courier", "March 5, 2018", "Byline:\u{a0}Ann Poe", "Body", "It rained.", "End of Document"].map(p).concat();
    let articles = read(&format!("<w:document><w:body>{one}{one}</w:body></w:document>"));
    assert_eq!(articles.len(), 2);
    assert_eq!(
        (articles[1].path.as_str(), articles[1].byline[0].as_str(), articles[1].body.as_str()),
        ("a.docx#2", "Ann Poe", "It rained.")
    );
}
