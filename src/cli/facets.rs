//! `morgue facets`: counts by one or two fields.

use super::question::{self, Patience, QueryArgs};
use super::render::{Screen, count, csv, facets, hits_of, number};
use super::significant::{self, Form};
use super::{Cli, Outcome};
use crate::archive::{self, Archive};
use crate::error::{Error, Kind, Result};
use crate::field::{self, Field};
use crate::query::{FacetCounts, FacetRequest, Query, Search, Target};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    question: QueryArgs,
    /// A field, or two with a comma between: `speaker`, `place,year`; two fields of quotes, `speaker,cue`, are those of one quote, and one
    /// field twice, `person,person`, is who stands beside whom (of places, but for those that lie in one another); may be given several
    /// times
    #[arg(long, value_name = "FIELD", default_value = "speaker")]
    by: Vec<String>,
    /// Count quotes instead of articles
    #[arg(long)]
    quotes: bool,
    /// Only the values more frequent in the hits than in the rest of the archive, the most telling first (log-likelihood G²)
    #[arg(long)]
    significant: bool,
    /// With --significant: leave out values of fewer hits
    #[arg(long, value_name = "N", default_value_t = 3, requires = "significant")]
    least: u64,
    /// How many values: a number, or `all`
    #[arg(short = 'n', long = "limit", value_name = "N", value_parser = question::limit, default_value = "20")]
    limit: std::option::Option<usize>,
    /// One JSON object a value
    #[arg(long, group = "form")]
    json: bool,
    /// A table as CSV
    #[arg(long, group = "form")]
    csv: bool,
    #[command(flatten)]
    patience: Patience,
}

pub fn run(cli: &Cli, args: &Args) -> Result<Outcome> {
    let archive = args.patience.open(cli)?;
    let screen = cli.screen();
    let target = if args.quotes { Target::Quotes } else { Target::Articles };
    let question = args.question.ask(&archive, target)?;
    super::search::explain(&screen, &question, false);
    if args.significant {
        return significant(&archive, &screen, args, question.query, target);
    }
    let facets: Result<Vec<FacetRequest>> = args.by.iter().map(|by| FacetRequest::named(by, args.limit)).collect();
    let search = Search { target, facets: facets?, limit: Some(0), ..Search::articles(question.query) };
    let answered = archive.answer(&search)?;
    for (i, facet) in answered.results.facets.iter().enumerate() {
        if args.json || args.csv {
            print_rows(&screen, facet, target, args.csv, i == 0)?;
            continue;
        }
        if i > 0 {
            screen.line("")?;
        }
        facets::table(&screen, facet)?;
        screen.flush()?;
        screen.note(&caption(facet, answered.results.total, target));
    }
    super::beside::say_undated(&screen, &archive, &search.query, target)?;
    super::search::misspelt(&screen, &archive, &search.query, answered.results.total)?;
    Ok(Outcome::found(answered.results.total > 0))
}

/// What a table shows of what there is.
fn caption(facet: &FacetCounts, total: u64, target: Target) -> String {
    let among = hits_of(total, target);
    let mut caption = match facet.by {
        None => format!("{} of {} in {among}", count(facet.distinct, "value", "values"), facet.field.name),
        Some(by) => format!("{} of {} and {} in {among}", count(facet.distinct, "pair", "pairs"), facet.field.name, by.name),
    };
    let hidden = facet.distinct.saturating_sub(facet.counts.len() as u64);
    if hidden > 0 {
        caption.push_str(&format!(" · {} not shown (-n all)", number(hidden)));
    }
    if facet.missing > 0 {
        let missing = hits_of(facet.missing, target);
        caption.push_str(&match (facet.by, facet.missing) {
            (None, 1) => format!(" · {missing} has none"),
            (None, _) => format!(" · {missing} have none"),
            (Some(_), 1) => format!(" · {missing} is in no row"),
            (Some(_), _) => format!(" · {missing} are in no row"),
        });
    }
    caption
}

fn significant(archive: &Archive, screen: &Screen, args: &Args, query: Query, target: Target) -> Result<Outcome> {
    if let Some(pair) = args.by.iter().find(|by| by.contains(',')) {
        let each: Vec<String> = pair.split(',').map(|name| format!("--by {}", name.trim())).collect();
        let error = Error::new(Kind::Usage, format!("`{pair}`: --significant looks at one field at a time, not at pairs"));
        return Err(error.with_hint(format!("for a table of each, write `{}`", each.join(" "))));
    }
    let fields: Result<Vec<&'static Field>> = args.by.iter().map(|name| field::facet(name.trim())).collect();
    let form = match (args.json, args.csv) {
        (true, _) => Form::Json,
        (_, true) => Form::Csv,
        _ => Form::People,
    };
    let search = Search { target, ..Search::articles(query) };
    let n_hits = significant::print(archive, screen, &search, &fields?, (args.limit, args.least), form)?;
    super::search::misspelt(screen, archive, &search.query, n_hits)?;
    Ok(Outcome::found(n_hits > 0))
}

fn print_rows(screen: &Screen, facet: &FacetCounts, target: Target, as_csv: bool, first: bool) -> Result<()> {
    if as_csv && first {
        csv::row(screen, archive::facet_head(facet.by.is_some(), target))?;
    }
    for row in archive::facet_rows(facet, target) {
        if as_csv { csv::row(screen, archive::facet_cells(&row))? } else { screen.json(&row)? }
    }
    Ok(())
}
