//! Papers that come as one file: a scanned issue reads the same from a zip archive and a tar archive.

use crate::hostile::{Reading, gzip, reading, tar, zip};
use morgue::ingest::Options;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/mets");

#[test]
fn a_scanned_issue_reads_the_same_however_it_is_packed() {
    let file = |name: &str| std::fs::read(format!("{FIXTURES}/{name}")).unwrap();
    let names = ["issue_0001.xml", "issue_0002.xml", "issue_mets.xml"];
    let files = names.map(file);
    // In the order of archives pages often stand before, and often behind, the file that speaks of them.
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
        let names: Vec<String> = order.iter().map(|n| format!("1855/0922/{}", names[*n])).collect();
        let members: Vec<(&str, &[u8])> = order.iter().zip(&names).map(|(n, name)| (name.as_str(), files[*n].as_slice())).collect();
        let packed = [("issue.zip", zip(&members)), ("issue.tar", tar(&members))];
        let dir = tempfile::tempdir().unwrap();
        let read = packed.map(|(name, bytes)| {
            let path = dir.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let mut read = Reading::default();
            morgue::ingest::read(&path, name, &Options::default(), &mut read).unwrap();
            let articles: Vec<(Option<String>, String, Option<String>)> =
                read.articles.iter().map(|a| (a.title.clone(), a.body.clone(), a.published.clone())).collect();
            assert!(read.articles.iter().all(|a| a.format.as_deref() == Some("mets")), "{name}: {}", read.messages());
            articles
        });
        assert_eq!(read[0], read[1]);
        assert_eq!(read[0][0].0.as_deref(), Some("THE FERRY KEPT."));
        // Hyphens at the ends of lines are gone, across pages too.
        assert!(read[0].iter().any(|(_, body, _)| body.contains("the old ferry upon the river")));
        // In a stream one cannot go back: the pages are read one by one, and that is said.
        let streamed = reading("issue.tar.gz", &gzip(&tar(&members)));
        assert!(streamed.messages().contains("cannot be reached from here and are read one by one"), "{}", streamed.messages());
        assert!(streamed.articles.iter().all(|a| a.format.as_deref() == Some("alto")), "{}", streamed.messages());
    }
}

#[test]
fn articles_of_a_page_that_is_missing_now_are_kept_and_that_is_told() {
    let scratch = crate::archive::Scratch::new();
    let names = ["issue_0001.xml", "issue_0002.xml", "issue_mets.xml"];
    for name in names {
        scratch.write(name, &std::fs::read_to_string(format!("{FIXTURES}/{name}")).unwrap());
    }
    scratch.index();
    let before: Vec<String> = scratch.all().into_keys().collect();
    std::fs::remove_file(scratch.files().join(names[1])).unwrap();
    scratch.write(names[2], &format!("{}\n", std::fs::read_to_string(format!("{FIXTURES}/{}", names[2])).unwrap()));
    let report = scratch.index();
    assert_eq!(report.removed, 0);
    assert!(before.iter().all(|id| scratch.all().contains_key(id)), "{before:?}");
    let told: Vec<&str> = report.problems.iter().map(|p| p.message.as_str()).collect();
    assert!(told.iter().any(|message| message.contains("its page `") && message.ends_with("is not there")), "{told:?}");
    assert!(told.iter().any(|message| message.ends_with("kept until it can be read whole")), "{told:?}");
}
