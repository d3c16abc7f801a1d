use super::structure::{Area, Structure};
use super::xml;

fn area(file: &str, begin: &str, end: Option<&str>) -> Area {
    Area { file: file.into(), begin: begin.into(), end: end.map(str::to_owned) }
}

#[test]
fn articles_name_their_blocks() {
    let tree = xml::parse(
        "<mets><dmdSec ID='i'><mods><titleInfo><title>The Paper.</title></titleInfo><dateIssued>1855-09-22</dateIssued></mods></dmdSec>
        <structMap TYPE='LOGICAL'><div TYPE='Newspaper'><div TYPE='ISSUE' DMDID='i'><div TYPE='ARTICLE' LABEL='Snow'>
        <div TYPE='HEADING'><fptr><area FILEID='a' BEGIN='B1' BETYPE='IDREF'/></fptr></div>
        <div TYPE='BODY'><fptr><seq><area FILEID='a' BEGIN='B2'/><area FILEID='b' BEGIN='B1'/></seq></fptr></div></div></div></div></structMap></mets>",
    );
    let s = Structure::of(&tree.root);
    assert_eq!((s.paper.as_deref(), s.day.as_deref()), (Some("The Paper"), Some("1855-09-22")));
    assert_eq!(s.items[0].title.as_deref(), Some("Snow"));
    assert_eq!(s.items[0].headings, [area("a", "B1", None)]);
    assert_eq!(s.items[0].areas, [area("a", "B2", None), area("b", "B1", None)]);
}

#[test]
fn links_tie_blocks_to_articles() {
    let tree = xml::parse(
        "<mets><structMap TYPE='LOGICAL'><div TYPE='ISSUE'><div ID='art1' TYPE='ARTICLE'/></div></structMap>
        <structMap TYPE='PHYSICAL'><div><div ID='pa1'><fptr><area FILEID='a' BEGIN='w1' END='w2'/></fptr></div></div></structMap>
        <structLink><smLinkGrp><smLocatorLink href='#art1'/><smLocatorLink href='#pa1'/></smLinkGrp></structLink></mets>",
    );
    assert_eq!(Structure::of(&tree.root).items[0].areas, [area("a", "w1", Some("w2"))]);
}

#[test]
fn pages_are_counted_as_the_issue_counts_them() {
    let tree = xml::parse(
        "<mets><structMap TYPE='PHYSICAL'><div TYPE='physSequence' ORDER='1'><div TYPE='Page' ORDER='3' ORDERLABEL='A3'><fptr FILEID='img'/>
        <fptr FILEID='alto3'/><div TYPE='pagearea' ORDER='1'><fptr FILEID='x'/></div></div><div TYPE='page' ORDER='4'><fptr FILEID='alto4'/></div>
        </div></structMap></mets>",
    );
    let mut numbers: Vec<_> = Structure::of(&tree.root).numbers.into_iter().collect();
    numbers.sort();
    assert_eq!(numbers, [("alto3", "A3"), ("alto4", "4"), ("img", "A3")].map(|(file, number)| (file.to_owned(), number.to_owned())));
}

#[test]
fn where_the_issue_is_not_described_the_first_day_in_the_file_counts() {
    let sections: String =
        (0..60).map(|n| format!("<dmdSec ID='d{n}'><mods><dateIssued>{}-03-04</dateIssued></mods></dmdSec>", 1900 + n)).collect();
    let file =
        format!("<mets>{sections}<structMap TYPE='LOGICAL'><div TYPE='ISSUE'><div TYPE='ARTICLE' LABEL='Snow'/></div></structMap></mets>");
    assert_eq!(Structure::of(&xml::parse(&file).root).day.as_deref(), Some("1900-03-04"));
}

#[test]
fn names_of_pages_are_addresses() {
    let places = super::candidates("./pages/page%201.xml");
    assert!(
        ["pages/page%201.xml", "pages/page 1.xml", "alto/page 1.xml"].iter().all(|place| places.iter().any(|p| p == place)),
        "{places:?}"
    );
    assert_eq!(super::candidates("file://a.xml"), ["a.xml", "alto/a.xml", "ALTO/a.xml", "ocr/a.xml", "text/a.xml"]);
}
