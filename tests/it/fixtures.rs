//! What morgue reads in each file of `tests/fixtures`: beside `x.html` stands `x.html.expect`, the articles and problems as
//! JSON. `UPDATE_EXPECT=1` writes the expectations anew; a file `x.json.map` is the field map to read `x.json` with.

use morgue::article::Article;
use morgue::ingest::{FieldMap, Options, Problem, Receiver, read, walk};
use std::path::{Path, PathBuf};

#[derive(Default, serde::Serialize)]
struct Reading {
    articles: Vec<Article>,
    problems: Vec<Problem>,
}

impl Receiver for Reading {
    fn article(&mut self, article: Article) -> morgue::error::Result<()> {
        self.articles.push(article);
        Ok(())
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[test]
fn every_fixture_reads_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for found in walk(std::slice::from_ref(&root)) {
        let path = found.unwrap().path;
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        if name.ends_with(".expect") || name.ends_with(".map") {
            continue;
        }
        seen += 1;
        let map: Option<FieldMap> = std::fs::read_to_string(with_ending(&path, ".map")).ok().map(|m| FieldMap::parse(&m).unwrap());
        let mut reading = Reading::default();
        read(&path, &name, &Options { map, ..Options::default() }, &mut reading).unwrap();
        let got = serde_json::to_string_pretty(&reading).unwrap() + "\n";
        let expectation = with_ending(&path, ".expect");
        if update {
            std::fs::write(&expectation, &got).unwrap();
        } else if std::fs::read_to_string(&expectation).unwrap_or_default() != got {
            wrong.push(format!("{name} now reads as\n{got}"));
        }
    }
    assert!(seen > 0, "there are no fixtures");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
