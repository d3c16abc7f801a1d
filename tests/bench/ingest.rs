//! How fast an archive is filled, beside bare tantivy indexing title and body of the same articles in the same run.
//!
//! `cargo bench --bench ingest [-- ARTICLES|pages]` uses the AllSides articles beside the project (`../shared/corpora`, or
//! `MORGUE_SHARED`) when they are there, else articles made from a fixed seed. Wall clock on all cores, and extraction alone
//! on one thread; ratios are what counts, machines differ.
#![allow(clippy::unwrap_used)]

mod anatomy;
mod press;

use morgue::archive::{Home, IngestOptions, Progress, index};
use morgue::article::Article;
use morgue::extract::Extractor;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tantivy::schema::{STORED, Schema, TEXT};

/// How often each page is read: other work on the machine makes any one time too long.
const ROUNDS: usize = 5;

/// That of the program: what is measured is what users get, and bare tantivy has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let n_articles = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(10_000);
    let dir = tempfile::tempdir().unwrap();
    let (name, file) = match shared().filter(|f| f.exists()) {
        Some(file) => ("AllSides".to_owned(), file),
        None => {
            println!("no shared corpora beside the project: using {n_articles} generated articles");
            let file = dir.path().join("news.jsonl");
            press::Press::new().print(&file, n_articles, 1);
            ("generated".to_owned(), file)
        }
    };
    pages(dir.path());
    // Pages alone.
    if std::env::args().any(|a| a == "pages") {
        return;
    }
    let mut articles = All::default();
    morgue::ingest::read(&file, "corpus", &morgue::ingest::Options::default(), &mut articles).unwrap();
    let mut articles = articles.0;
    articles.truncate(n_articles);
    let bytes: usize = articles.iter().map(|a| a.body.len() + a.title.as_deref().map_or(0, str::len)).sum();
    let mb = bytes as f64 / 1e6;
    println!("{name}: {} articles, {mb:.1} MB of title and body", articles.len());
    // The same articles as a file that both can be measured on.
    let file = dir.path().join("same.jsonl");
    write(&file, &articles);

    let bare = timed(|| bare_tantivy(&dir.path().join("bare"), &articles));
    println!("bare tantivy, title and body        {:>7.1} MB/s", mb / bare);
    let home = Home::make(&dir.path().join("archive")).unwrap();
    let mut report = None;
    let whole = timed(|| report = Some(index(&home, &[file], &IngestOptions::default(), &Progress::default()).unwrap()));
    let report = report.unwrap();
    println!(
        "morgue index, from file to commit   {:>7.1} MB/s   {:.2} of bare tantivy   {} articles, {} quotes",
        mb / whole,
        bare / whole,
        report.added,
        report.quotes
    );
    let extractor = Extractor::built_in();
    let sample: Vec<&Article> = articles.iter().take(3000).collect();
    let sample_mb = sample.iter().map(|a| a.body.len()).sum::<usize>() as f64 / 1e6;
    let alone = timed(|| sample.iter().for_each(|a| drop(std::hint::black_box(extractor.extract(a)))));
    println!("extraction alone, one thread        {:>7.1} MB/s", sample_mb / alone);
    println!("archive on disk                     {:>7.3} of the text", anatomy::size(&home.state()) as f64 / bytes as f64);
    anatomy::print(&home.index(), bytes as u64, 40);
}

fn beside() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared");
    Some(std::env::var_os("MORGUE_SHARED").map_or(beside, PathBuf::from))
}

fn shared() -> Option<PathBuf> {
    Some(beside()?.join("corpora/allsides-12k.jsonl.zst"))
}

/// How many saved web pages are read in a second on one thread: from the file to title, text and particulars.
fn pages(dir: &Path) {
    let folder = beside().map(|shared| shared.join("eval/data/html-articles/html")).and_then(|dir| std::fs::read_dir(dir).ok());
    let Some(folder) = folder else { return println!("no saved web pages beside the project: reading them is not measured") };
    let mut files = Vec::new();
    for packed in folder.flatten().map(|entry| entry.path()) {
        let mut page = Vec::new();
        std::io::copy(&mut flate2::read::GzDecoder::new(std::fs::File::open(&packed).unwrap()), &mut page).unwrap();
        files.push(dir.join(packed.file_stem().unwrap()));
        std::fs::write(files.last().unwrap(), page).unwrap();
    }
    let options = morgue::ingest::Options::default();
    let extractor = Extractor::built_in();
    // Seconds of each page, of the first round and the least of all.
    let mut first = Vec::new();
    let mut least = vec![(f64::INFINITY, f64::INFINITY); files.len()];
    for round in 0..ROUNDS {
        for (file, least) in files.iter().zip(&mut least) {
            let mut articles = All::default();
            let read = timed(|| morgue::ingest::read(file, "page.html", &options, &mut articles).unwrap());
            let extracted = timed(|| articles.0.iter().for_each(|a| drop(std::hint::black_box(extractor.extract(a)))));
            *least = (least.0.min(read), least.1.min(extracted));
            if round == 0 {
                first.push(read);
            }
        }
    }
    let n = files.len() as f64;
    let (read, extracted) = least.iter().fold((0.0, 0.0), |(read, extracted), least| (read + least.0, extracted + least.1));
    println!(
        "{n} saved web pages, a second and thread: {:.0} read, {:.0} read and extracted (the least of {ROUNDS} rounds for each page; \
         {:.0} read in the first)",
        n / read,
        n / (read + extracted),
        n / first.iter().sum::<f64>()
    );
}

fn timed(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

fn bare_tantivy(dir: &Path, articles: &[Article]) {
    std::fs::create_dir_all(dir).unwrap();
    let mut schema = Schema::builder();
    let (title, body) = (schema.add_text_field("title", TEXT | STORED), schema.add_text_field("body", TEXT | STORED));
    let index = tantivy::Index::create_in_dir(dir, schema.build()).unwrap();
    let mut writer: tantivy::IndexWriter =
        index.writer_with_num_threads(std::thread::available_parallelism().map_or(1, usize::from), 300_000_000).unwrap();
    for article in articles {
        let mut doc = tantivy::TantivyDocument::default();
        doc.add_text(title, article.title.as_deref().unwrap_or_default());
        doc.add_text(body, &article.body);
        writer.add_document(doc).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

fn write(file: &Path, articles: &[Article]) {
    use std::io::Write;
    let mut out = std::io::BufWriter::new(std::fs::File::create(file).unwrap());
    for article in articles {
        serde_json::to_writer(&mut out, article).unwrap();
        out.write_all(b"\n").unwrap();
    }
    out.flush().unwrap();
}

#[derive(Default)]
struct All(Vec<Article>);

impl morgue::ingest::Receiver for All {
    fn article(&mut self, article: Article) -> morgue::error::Result<()> {
        self.0.push(article);
        Ok(())
    }

    fn problem(&mut self, problem: morgue::ingest::Problem) {
        eprintln!("{}: {}", problem.path, problem.message);
    }
}
