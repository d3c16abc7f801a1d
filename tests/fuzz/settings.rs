//! Fuzzing what people write by hand: queries, and the files of saved queries, names, corrections and notes. Beyond not crashing: a sound query
//! printed is the same query; what the tool adds to a file that could be read is there, and nothing else is lost.

use morgue::article::{Article, Clipping, Notes, Offsets};
use morgue::authority::{Authority, AuthorityFile, NameKind};
use morgue::corrections::{Correction, Corrections, CorrectionsFile, Verdict};
use morgue::extract::Extractor;
use morgue::notes::{AllNotes, NotesFile};
use morgue::query::{Context, Dialect, Matcher, Target, diagnose, lint, parse, print, reading};
use morgue::saved::{SavedQueries, SavedQuery};
use std::path::PathBuf;
use std::sync::OnceLock;

/// Kind and text of what cases are made from.
pub const SEEDS: &[(&str, &str)] = &[
    ("queries.toml", "[query.ferry]\nquery = \"ferry OR boat\"\nwhat = \"quotes\"\n"),
    (
        "queries.toml",
        "format = 1\n# ours\n[defaults]\ncollapse = 'dup'\nsort = 'added'\nalert = { max = 5 }\n[macros]\n'near(x, y)' = { doc = 'close', query = '$x \
         NEAR/5 $y' }\nministers = 'role:(minister OR secretary)'\n[query.floods]\ntitle = 'Floods'\nquery = '''\n  @near(flood, $town)  # a remark\n  \
         @ministers since:2024'''\nparams = { town = 'Hull' }\ntags = ['a', 'b']\nowner = 'jd'\ncreated = 2026-11-23\nexpect = { at_least = 2, includes = \
         ['a'], excludes = [] }\n[query.floods.alert]\non = 'new+changed'\ngroup = 'cluster'\nmin = 1\nmax = 50\nschedule = 'daily 07:30'\nto = ['d', \
         'e']\n[sinks]\nd = { kind = 'smtp', url = 'smtp://localhost:25', from = 'a@b', rcpt = ['c@d'] }\ne = { kind = 'atom', path = \
         'alerts/{name}.xml', keep = 9 }\nf = { kind = 'webhook', url_env = 'HOOK', tries = 3 }\ng = { kind = 'exec', argv = ['./x'] }\nh = { kind = \
         'file', path = 'x.jsonl' }\n",
    ),
    ("queries.toml", "[query.a]\nquery = '@b'\n[query.b]\nquery = '@a OR @c(1, 2)'\n[macros.'c(x, y)']\nquery = '@a $x'\n"),
    (
        "names.toml",
        "format = 1\n[[person]] # one\nname = 'Ann Cole'\nalso = [\n  'Annie Cole', # two\n  'A. Cole',\n]\n[[person]]\nname = 'Bo Lee (banker)'\nsplit = \
         'Bo Lee'\nwhen = 'section:business OR hull'\n[[organization]]\nname = 'Hull Council'\nalso = ['Council of Hull']\n[[place]]\nname = \
         'Kyiv'\nalso = ['Kiev']\n[hide]\npersons = ['Breaking News']\nplaces = ['Reading']\n",
    ),
    ("names.toml", "[[person]]\nname = 'A'\nalso = ['B']\n[[person]]\nname = 'B'\nalso = ['C', 'Ann Cole']\n"),
    (
        "corrections.toml",
        "format = 1\n[[quote]]\narticle = 'a'\ntext = 'The gate will hold.'\nspeaker = 'Bo Lee'\n[[quote]] # none\narticle = 'a'\ntext = 'too little, \
         too late'\nnot = true\n",
    ),
    (
        "notes.toml",
        "# ours\nformat = 1\n[article.a] # the first\ntags = ['checked', \"two words\"]\nnote = '''\nAsk \"whom\"?'''\nseen = 2024-03-02\n\
         [article.\"b/1 c\"]\nseen = '2024-03-02T10:00:00Z'\n[article.c]\ntags = []\n",
    ),
    (
        "prose",
        "KYIV, Aug 18 (Reuters) - \"The gate will hold,\" Mayor Ann Cole of Hull said. “Too little,” Bo Lee told the BBC. He added that it’s late.",
    ),
    (
        "prose",
        "“Wir bauen,” sagte Žofie Müller-Lüdenscheidt. «Non», dit-elle. 「橋を直す」と市長は述べた。 The U.S. said: \"No.\" 'Yes', she replied, 'now'.",
    ),
];

/// An article of which the files speak.
fn clipping() -> &'static Clipping {
    static CLIPPING: OnceLock<Clipping> = OnceLock::new();
    CLIPPING.get_or_init(|| {
        let body = "KYIV — Mayor Ann Cole came to Hull.\n\n“The gate will hold,” said Ann Cole. Bo Lee of Hull Council laughed. “It is too little, too \
                    late,” he said on Monday. The flood reached Kyiv and the council’s bridge.";
        let article = Article { id: "a".into(), title: Some("The flood".into()), body: body.into(), ..Article::default() };
        Extractor::built_in().clip(article)
    })
}

/// Where files are written: in memory where there is such a place, since every one is synced.
fn file(name: &str) -> PathBuf {
    thread_local! {
        static PLACE: tempfile::TempDir = {
            let memory = std::path::Path::new("/dev/shm");
            tempfile::tempdir_in(memory).or_else(|_| tempfile::tempdir()).unwrap()
        };
    }
    PLACE.with(|place| place.path().join(name))
}

/// What is read here.
pub const KINDS: &[&str] = &["query", "queries.toml", "names.toml", "corrections.toml", "notes.toml", "prose"];

/// What is wrong with how `text` is read as `kind`; nothing, as it should be.
pub fn trouble(kind: &str, text: &str) -> Option<String> {
    match kind {
        "query" => query(text),
        "queries.toml" => queries(text),
        "names.toml" => names(text),
        "corrections.toml" => corrections(text),
        "notes.toml" => notes(text),
        _ => extracted(text),
    }
}

fn query(text: &str) -> Option<String> {
    // Each language and target has its turn.
    let dialects: Vec<Dialect> = Dialect::all().collect();
    let dialect = match text.len() % (2 * dialects.len()) {
        n if n < dialects.len() => dialects[n],
        _ => Dialect::Morgue,
    };
    let target = if text.len().is_multiple_of(3) { Target::Quotes } else { Target::Articles };
    let parsed = parse(text, &Context { dialect, ..Context::new(target) });
    let _ = std::hint::black_box((diagnose(text, &parsed.problems), lint(&parsed.query), reading(&parsed.query, target)));
    if !parsed.is_sound() {
        return None;
    }
    let matcher = Matcher::new(&parsed.query, target);
    let _ = std::hint::black_box(matcher.article(clipping()));
    clipping().annotations.quotes.iter().for_each(|q| drop(std::hint::black_box(matcher.quote(clipping(), q))));
    let canonical = print(&parsed.query);
    let again = parse(&canonical, &Context::new(target));
    let same = canonical.len() > morgue::query::LONGEST || again.query == parsed.query && again.is_sound();
    (!same).then(|| format!("`{text}` is printed as `{canonical}`, which reads as `{}`", print(&again.query)))
}

fn queries(text: &str) -> Option<String> {
    let path = file("queries.toml");
    let Ok(saved) = SavedQueries::parse(&path, text) else { return None };
    let before = saved.list();
    let _ = std::hint::black_box((saved.macros(), saved.sinks(), saved.notes(), saved.defaults()));
    before.iter().for_each(|q| drop(std::hint::black_box(morgue::alerts::read(&saved, q, &[]))));
    let new = SavedQuery { name: "zz-new".into(), query: "a 'b' \"c\"\n\\d".into(), what: "articles".into(), ..SavedQuery::default() };
    let mut edited = SavedQueries::parse(&path, text).ok()?;
    if edited.add(&new, false).is_err() {
        return None;
    }
    let after = match SavedQueries::read(&path) {
        Ok(after) => after.list(),
        Err(e) => return Some(format!("what was added to cannot be read: {e}")),
    };
    let same = after.len() == before.len() + 1 && before.iter().all(|q| after.contains(q));
    let there = after.iter().find(|q| q.name == new.name).is_some_and(|q| q.query == new.query);
    (!same || !there).then(|| format!("{} became {} by adding one", before.len(), after.len()))
}

fn names(text: &str) -> Option<String> {
    let Ok(authority) = Authority::parse(text, "names.toml") else { return None };
    let mut once = clipping().clone();
    authority.apply(&mut once);
    if let Some(wrong) = misplaced(&once) {
        return Some(wrong);
    }
    let mut twice = once.clone();
    authority.apply(&mut twice);
    if once != twice {
        return Some("applied twice it is not what it was applied once".to_owned());
    }
    let path = file("names.toml");
    std::fs::write(&path, text).ok()?;
    let mut edited = AuthorityFile::open(&path).ok()?;
    let done = edited
        .merge(NameKind::Person, &["Ann Cole".to_owned()], "Anna \"Cole\"\n")
        .and_then(|()| edited.hide(NameKind::Place, &["Hull".to_owned()]));
    if done.is_err() || edited.write().is_err() {
        return None;
    }
    match Authority::read(&path) {
        Ok(_) => {
            edited.forget(NameKind::Person, &["Ann Cole".to_owned()]);
            let _ = std::hint::black_box(edited.text());
            None
        }
        Err(e) => Some(format!("what was written cannot be read: {e}")),
    }
}

fn corrections(text: &str) -> Option<String> {
    let path = file("corrections.toml");
    std::fs::write(&path, text).ok()?;
    let Ok(mut edited) = CorrectionsFile::open(&path) else { return None };
    let before = edited.list();
    let mut corrected = clipping().clone();
    Corrections::read(&path).ok()?.apply(&mut corrected);
    if let Some(wrong) = misplaced(&corrected) {
        return Some(wrong);
    }
    let new = Correction { article: "z".into(), text: "new \"words\"\n".into(), verdict: Verdict::Speaker("Zoë".into()) };
    if edited.add(&new).is_err() {
        return None;
    }
    let after = match CorrectionsFile::open(&path) {
        Ok(after) => after.list(),
        Err(e) => return Some(format!("what was added to cannot be read: {e}")),
    };
    let same = after.contains(&new) && before.iter().filter(|c| c.article != "z").all(|c| after.contains(c));
    (!same).then(|| format!("{} became {} by adding one", before.len(), after.len()))
}

fn notes(text: &str) -> Option<String> {
    let path = file("notes.toml");
    std::fs::write(&path, text).ok()?;
    let before = AllNotes::read(&path).ok()?;
    let mut edited = NotesFile::open(&path).ok()?;
    let new = Notes { tags: vec!["new \"tag\"".into()], note: Some("Zoë's\n\\note".into()), seen: Some("2024-03-02".into()) };
    edited.set("z.new/1", new.clone());
    edited.save().ok()?;
    let after = match AllNotes::read(&path) {
        Ok(after) => after,
        Err(e) => return Some(format!("what was added to cannot be read: {e}")),
    };
    let same = before.articles().filter(|id| *id != "z.new/1").all(|id| before.of(id) == after.of(id));
    let gone = !same || after.of("z.new/1") != Some(&new);
    edited.set("z.new/1", Notes::default());
    edited.save().ok()?;
    let again = AllNotes::read(&path).is_ok_and(|again| again.of("z.new/1").is_none());
    (gone || !again).then(|| format!("{} became {} by adding one", before.articles().count(), after.articles().count()))
}

fn extracted(text: &str) -> Option<String> {
    misplaced(&Extractor::built_in().clip(Article { id: "t".into(), body: text.into(), ..Article::default() }))
}

/// A span that leads out of the text.
fn misplaced(clipping: &Clipping) -> Option<String> {
    let body = &clipping.article.body;
    let end = Offsets::of(body).code_point(body.len());
    let found = &clipping.annotations;
    let names = found.persons.iter().map(|p| &p.mentions).chain(found.organizations.iter().map(|o| &o.mentions));
    let places = found.places.iter().flat_map(|p| p.mentions.iter().map(|m| (m.start, m.end)));
    let spans = names.chain(found.quotes.iter().map(|q| &q.spans)).flatten().map(|s| (s.start, s.end)).chain(places);
    let wrong = spans.into_iter().find(|(from, to)| from > to || *to > end);
    wrong.map(|span| format!("{span:?} in a text of {end} characters"))
}
