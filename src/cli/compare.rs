//! `morgue compare`: two questions, or two speakers, side by side.

use super::question::{self, Filters};
use super::render::{Screen, count, csv, fitted, hits, number, safe, seen, wrapped};
use super::{Cli, Outcome};
use crate::archive::{Answer, Archive, CONTRASTS, Comparing, Comparison, Question, telling};
use crate::error::{Error, Kind, Result};
use crate::field::{self, Field};
use crate::query::Target;

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub struct Args {
    /// Two queries; or with --speakers one that narrows what they say
    #[arg(value_name = "QUERY")]
    queries: Vec<String>,
    /// Two speakers, with a comma between: what each says
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    speakers: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// Fields to compare; may be given several times
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    by: Vec<String>,
    /// Compare quotes instead of articles
    #[arg(long)]
    quotes: bool,
    /// Leave out the words of the texts, which all have to be read for that
    #[arg(long)]
    no_words: bool,
    /// Leave out values with fewer hits on both sides together
    #[arg(long, value_name = "N", default_value_t = 3)]
    least: u64,
    /// How many values of a field for each side: a number, or `all`
    #[arg(short = 'n', long = "limit", value_name = "N", value_parser = question::limit, default_value = "5")]
    limit: std::option::Option<usize>,
    /// One JSON object a value
    #[arg(long, group = "form")]
    json: bool,
    /// A table as CSV
    #[arg(long, group = "form")]
    csv: bool,
    #[command(flatten)]
    patience: super::question::Patience,
}

const HELP: &str = "\
For each field, and for the words of the texts, the values that one side has relatively more of, with the log-likelihood \
ratio G² (Dunning 1993): above 10.83 so great a difference comes by chance less than once in a thousand times. \
Hits that both sides find count on both. Words of the two queries themselves are left out.

Examples:
  morgue compare 'source:cnn tax' 'source:\"fox news\" tax'
  morgue compare --speakers Obama,Romney jobs          who says what, newest first
  morgue compare flood drought --by place,org --csv -n all";

/// G² that chance reaches one time in twenty.
const CHANCE: f64 = 3.84;
pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = args.patience.open(cli)?;
    let screen = cli.screen();
    let by_speaker = !args.speakers.is_empty();
    let target = if args.quotes || by_speaker { Target::Quotes } else { Target::Articles };
    let (names, questions) = sides(&archive, args, target)?;
    questions.iter().for_each(|question| super::search::explain(&screen, question, false));
    let fields: Result<Vec<&'static Field>> = match args.by.as_slice() {
        [] => Ok(Comparing::usual(target)),
        named => named.iter().map(|name| field::facet(name.trim())).collect(),
    };
    let people = !(args.json || args.csv);
    let newest = if by_speaker && people { 3 } else { 0 };
    let comparing = Comparing { target, fields: fields?, least: args.least.max(1), words: !args.no_words, newest };
    let compared = archive.compare([&questions[0].query, &questions[1].query], &comparing)?;
    if people {
        print(&screen, args, &names, &compared)?;
    } else {
        rows(&screen, args, &compared)?;
    }
    screen.flush()?;
    for (question, side) in questions.iter().zip(&compared.sides) {
        super::search::misspelt(&screen, &archive, &question.query, side.total)?;
    }
    Ok(Outcome::found(compared.sides.iter().any(|s| s.total > 0)))
}

/// The names of the two sides, and what each asks.
fn sides(archive: &Archive, args: &Args, target: Target) -> Result<([String; 2], [Question; 2])> {
    let wrong = |message: &str| {
        Error::new(Kind::Usage, message).with_hint("write `morgue compare QUERY QUERY` or `morgue compare --speakers A,B [QUERY]`")
    };
    let (names, texts): (Vec<String>, Vec<String>) = match (args.speakers.as_slice(), args.queries.as_slice()) {
        ([], [a, b]) => (vec![a.clone(), b.clone()], vec![a.clone(), b.clone()]),
        ([], _) => return Err(wrong("two queries are compared")),
        ([a, b], about) => {
            let about = about.join(" ");
            let with = |name: &String| {
                let speaker = format!("speaker:{}", question::quoted(name.trim()));
                if about.trim().is_empty() { speaker } else { format!("({about}) {speaker}") }
            };
            (vec![a.trim().to_owned(), b.trim().to_owned()], vec![with(a), with(b)])
        }
        _ => return Err(wrong("two speakers are compared")),
    };
    let ask = |text: &String| archive.question(&args.filters.narrowed(text), target);
    match (names.as_slice(), texts.as_slice()) {
        ([a, b], [one, two]) => Ok(([a.clone(), b.clone()], [ask(one)?, ask(two)?])),
        _ => Err(wrong("two queries are compared")),
    }
}

fn print(screen: &Screen, args: &Args, names: &[String; 2], compared: &Comparison) -> Result<()> {
    let [a, b] = &compared.sides;
    let what = if args.quotes || !args.speakers.is_empty() { "quotes" } else { "articles" };
    let wide = (screen.width().saturating_sub(14) / 2).clamp(12, 40);
    let row = |label: &str, one: &str, two: &str| screen.line(format!("{label:<12}  {}  {}", fitted(one, wide), two).trim_end());
    screen.line(format!("{:12}  {}", "", screen.strong(format!("{}  {}", fitted(&safe(&names[0]), wide), safe(&names[1])))))?;
    row(what, &number(a.total), &number(b.total))?;
    if what == "quotes" {
        row("articles", &number(a.articles), &number(b.articles))?;
    }
    let days = |from: &Option<String>, to: &Option<String>| match (from, to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        _ => "no dates".to_owned(),
    };
    row("dates", &days(&a.from, &a.to), &days(&b.from, &b.to))?;
    if compared.both > 0 {
        row("in both", &number(compared.both), "")?;
    }
    let (mut hidden, heads) = (0, heads(names));
    for contrasts in &compared.contrasts {
        let mut rows = telling(&contrasts.rows, args.limit);
        let n_rows = rows.len();
        rows.retain(|r| args.limit.is_none() || r.g2.abs() >= CHANCE);
        hidden += n_rows - rows.len();
        if rows.is_empty() {
            continue;
        }
        let widest = rows.iter().map(|r| seen(&r.value)).max().unwrap_or(0).clamp(20, 48);
        screen.line("")?;
        let head = contrasts.field.map_or("words", |f| f.name);
        let columns = format!("{:>8}  {:>8}  {:>9}", heads[0], heads[1], "G²");
        screen.line(format!("{}  {}", screen.strong(fitted(head, widest + 2)), screen.faint(columns)))?;
        for r in rows {
            let side = if r.g2 > 0.0 { "◀" } else { "▶" };
            let side = if screen.plain { if r.g2 > 0.0 { "first" } else { "second" } } else { side };
            let value = fitted(&safe(&r.value), widest);
            screen.line(format!("  {value}  {:>8}  {:>8}  {:>9.1}  {side}", number(r.here), number(r.there), r.g2.abs()))?;
        }
    }
    newest(screen, names, compared)?;
    screen.flush()?;
    if hidden > 0 {
        let (left, are) = (count(hidden as u64, "value", "values"), if hidden == 1 { "is" } else { "are" });
        screen.note(&format!("{left} with G² below {CHANCE} {are} left out: chance does as much one time in twenty (-n all)"));
    }
    Ok(())
}

/// Names over columns of numbers, where both are short.
fn heads(names: &[String; 2]) -> [String; 2] {
    let both_short = names.iter().all(|name| seen(name) <= 8);
    if both_short { names.clone().map(|name| safe(&name)) } else { ["first".to_owned(), "second".to_owned()] }
}

/// What each of two speakers said last.
fn newest(screen: &Screen, names: &[String; 2], compared: &Comparison) -> Result<()> {
    for (name, side) in names.iter().zip(&compared.sides) {
        if side.newest.is_empty() {
            continue;
        }
        screen.line("")?;
        screen.line(screen.strong(format!("{}: newest", safe(name))))?;
        for answer in &side.newest {
            let Answer::Quote(hit) = answer else { continue };
            let day = screen.faint(hits::day(hit.published.as_deref()));
            let text = wrapped(&hits::said(screen, hit), screen.width(), "              ");
            screen.line(format!("  {day}  {}", text.trim_start()))?;
            screen.line(format!("              {}", screen.faint(safe(&hit.id))))?;
        }
    }
    Ok(())
}

fn rows(screen: &Screen, args: &Args, compared: &Comparison) -> Result<()> {
    let (head, rows) = (compared.head(), compared.rows(args.limit));
    if args.csv {
        csv::row(screen, CONTRASTS)?;
        csv::row(screen, head.cells())?;
        return rows.iter().try_for_each(|row| csv::row(screen, row.cells()));
    }
    screen.json(&head)?;
    rows.iter().try_for_each(|row| screen.json(row))
}
