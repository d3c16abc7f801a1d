//! The timeline, the order of facets and the comparison on the page: that they say what the command line says.

use super::same::printed;
use super::{cli, encoded, get, sample, shown};
use serde_json::Value;

/// The cells of the rows of the table of a page that has `mark` in front of it, without their markup.
fn rows(page: &str, mark: &str) -> Vec<Vec<String>> {
    let (_, after) = page.split_once(mark).unwrap_or_else(|| panic!("no `{mark}` in {page}"));
    let (_, body) = after.split_once("<tbody>").unwrap();
    let (body, _) = body.split_once("</tbody>").unwrap();
    let cell = |cell: &str| {
        let (_, text) = cell.split_once('>').unwrap_or(("", cell));
        let mut plain = String::new();
        let mut inside = false;
        for c in text.split("</t").next().unwrap_or_default().chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => plain.push(c),
                _ => {}
            }
        }
        plain.trim().to_owned()
    };
    let cells = |row: &str| {
        let starts = row.match_indices("<t").map(|(i, _)| i).filter(|i| row[i + 2..].starts_with(['h', 'd']));
        starts.map(|i| cell(&row[i + 3..])).collect()
    };
    body.split("<tr>").skip(1).map(cells).collect()
}

fn lines(archive: &std::path::Path, args: &[&str]) -> Vec<Value> {
    printed(archive, args, "--json").lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn a_second_search_is_drawn_over_the_timeline_with_the_numbers_of_the_command_line() {
    let (dir, address) = sample();
    for (what, path) in [(&[][..], ""), (&["--quotes"][..], "&what=quotes")] {
        let page = get(address, &format!("/?q=barrier&vs=ferry{path}"), &[]).body;
        let shown = rows(&page, "Timeline as a table");
        let per = ["year", "month", "week", "day"].into_iter().find(|per| {
            let label: String = per[..1].to_uppercase() + &per[1..];
            page.contains(&format!("<th scope=\"col\">{label}</th>"))
        });
        let args = [&["timeline", "barrier", "--and", "ferry", "--per", per.unwrap()], what].concat();
        let told = lines(dir.path(), &args);
        let count = |v: &Value| v["articles"].as_u64().or(v["quotes"].as_u64()).unwrap();
        let expected: Vec<Vec<String>> = told
            .chunks(2)
            .map(|pair| {
                let percent = |v: &Value| format!("{:.2}", v["percent_of_archive"].as_f64().unwrap());
                let of = |v: &Value| [count(v).to_string(), percent(v)];
                [vec![pair[0]["from"].as_str().unwrap().to_owned()], of(&pair[0]).into(), of(&pair[1]).into()].concat()
            })
            .collect();
        assert!(expected.len() > 3);
        let near = |a: &str, b: &str| a == b || (a.parse::<f64>().unwrap() - b.parse::<f64>().unwrap()).abs() < 0.011;
        assert_eq!(shown.len(), expected.len());
        for (row, told) in shown.iter().zip(&expected) {
            assert!(row[0].starts_with(&told[0]) && row[1..5].iter().zip(&told[1..]).all(|(a, b)| near(a, b)), "{row:?} {told:?}");
        }
        assert!(page.contains("class=\"beside halo\"") && page.contains("ferry</bdi>: "), "{page}");
        // What the page offers as a table for elsewhere is what the command line writes.
        let (_, link) = page.split_once("href=\"/api/v1/timeline").unwrap();
        let link = format!("/api/v1/timeline{}", link.split('"').next().unwrap().replace("&amp;", "&"));
        let csv = get(address, &link, &[]).body.replace("\r\n", "\n");
        assert_eq!(csv, printed(dir.path(), &args, "--csv"));
    }
}

#[test]
fn several_queries_on_one_calendar_are_those_of_the_command_line() {
    let (dir, address) = sample();
    assert_eq!(cli(dir.path(), &["saved", "add", "boats", "ferry OR boat*"]).status.code(), Some(0));
    let args = ["timeline", "barrier", "--and", "ferry", "--and", "@boats", "--per", "year"];
    let path = "/api/v1/timeline?q=barrier&and=ferry&and=@boats&per=year";
    let json = get(address, path, &["Accept: application/x-ndjson"]);
    assert_eq!((json.status, json.body), (200, printed(dir.path(), &args, "--json")));
    let csv = get(address, path, &["Accept: text/csv"]).body.replace("\r\n", "\n");
    assert_eq!(csv, printed(dir.path(), &args, "--csv"));
    let whole = get(address, path, &[]).json();
    assert_eq!(whole["rows"].as_array().unwrap(), &lines(dir.path(), &args));
    assert_eq!(
        whole["total"].as_u64().unwrap().to_string(),
        String::from_utf8_lossy(&cli(dir.path(), &["search", "barrier", "-c"]).stdout).trim()
    );
}

#[test]
fn bars_show_counts_or_shares_and_what_cannot_be_drawn_says_so() {
    let (_dir, address) = sample();
    let counts = get(address, "/?q=barrier", &[]).body;
    let shares = get(address, "/?q=barrier&scale=percent", &[]).body;
    let heights = |page: &str| -> Vec<String> {
        page.split("class=\"bar\"")
            .skip(1)
            .map(|bar| bar.split("height=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(heights(&counts).len(), heights(&shares).len());
    assert_ne!(heights(&counts), heights(&shares));
    assert!(shares.contains(" % of the archive’s articles of a "), "{shares}");
    let whole = get(address, "/?q=barrier&vs=*", &[]).body;
    assert!(whole.contains("the whole archive, on a scale of its own") && whole.contains("class=\"beside halo\""), "{whole}");
    let shares = get(address, "/?q=barrier&vs=*&scale=percent", &[]).body;
    assert!(!shares.contains("class=\"beside halo\""), "as a share of itself it is always all");
    let broken = get(address, "/?q=barrier&vs=%28ferry", &[]);
    assert!(broken.status == 200 && broken.body.contains("class=\"note\"") && broken.body.contains("value=\"(ferry\""), "{}", broken.body);
    assert_eq!(get(address, "/?q=barrier&scale=log", &[]).status, 400);
    // What is drawn goes along with every choice.
    assert!(whole.contains("vs=%2A&amp;open="), "{whole}");
}

#[test]
fn values_stand_in_the_order_of_unusualness_as_the_command_line_has_it() {
    let (dir, address) = sample();
    for field in ["person", "place", "org", "source"] {
        let page = get(address, "/?q=barrier&rank=unusual", &[]).body;
        let told = lines(dir.path(), &["facets", "barrier", "--significant", "--least", "2", "--by", field, "-n", "all"]);
        let expected: Vec<(String, u64)> = told
            .iter()
            .filter(|v| v["g2"].as_f64().unwrap() >= 3.84)
            .map(|v| (v["value"].as_str().unwrap().to_owned(), v["hits"].as_u64().unwrap()))
            .take(6)
            .collect();
        assert_eq!(shown(&page, field), expected, "{field}");
    }
    let page = get(address, "/facet?q=barrier&rank=unusual&by=person", &[]).body;
    assert!(page.contains(" times its share of the rest of the archive") || page.contains("nowhere else in the archive"), "{page}");
}

/// What the tables of a comparison are called.
const CAPTIONS: [(&str, &str); 11] = [
    ("person", "Persons"),
    ("org", "Organizations"),
    ("place", "Places"),
    ("speaker", "Speakers"),
    ("about", "Said about"),
    ("source", "Sources"),
    ("section", "Sections"),
    ("cue", "How it is put"),
    ("qtype", "Kinds of quote"),
    ("year", "Years"),
    ("words", "Words"),
];

#[test]
fn the_comparison_has_the_counts_of_the_command_line() {
    let (dir, address) = sample();
    let cases = [("barrier", "ferry", &[][..], ""), ("source:mail", "source:meridian", &["--quotes"][..], "&what=quotes")];
    for (first, second, flag, path) in cases {
        let page = get(address, &format!("/compare?a={}&b={}&words=1{path}", encoded(first), encoded(second)), &[]).body;
        let told = lines(dir.path(), &[&["compare", first, second, "-n", "6"], flag].concat());
        let head = &told[0];
        for side in ["first", "second"] {
            let n = head[side]["total"].as_u64().unwrap();
            assert!(n > 0 && page.contains(&format!(">{n} {}", if flag.is_empty() { "article" } else { "quote" })), "{side}: {n}");
        }
        let mut compared = 0;
        for row in told[1..].iter().filter(|r| r["g2"].as_f64().unwrap().abs() >= 3.84) {
            let value = row["value"].as_str().unwrap().replace('&', "&amp;");
            let shown = if row["field"] == "place" { value.rsplit('/').next().unwrap() } else { value.as_str() };
            let caption = CAPTIONS.iter().find(|(field, _)| row["field"] == *field).unwrap().1;
            let table = page.split("<caption>").find(|t| t.starts_with(caption)).unwrap_or_else(|| panic!("no table of {caption}"));
            let (_, after) = table.split_once(&format!("<bdi>{shown}</bdi></th>")).unwrap_or_else(|| panic!("{value} is not shown"));
            let cells = after.split("</tr>").next().unwrap();
            for side in ["first", "second"] {
                let n = row[side].as_u64().unwrap();
                assert!(cells.contains(&format!("> {n}</span>")) || (n == 0 && cells.contains("<td>0</td>")), "{value}: {n} in {cells}");
            }
            compared += 1;
        }
        assert!(compared > 3, "only {compared} values were compared");
    }
    assert_eq!(get(address, &format!("/compare?a={}&b=x", encoded("(barrier")), &[]).status, 400);
}

#[test]
fn what_has_no_date_is_counted_beside_an_answer_and_led_to() {
    let (_dir, address) = sample();
    let total = |q: &str| get(address, &format!("/api/v1/count?q={}", encoded(q)), &[]).json()["total"].as_u64().unwrap();
    let left_out = |q: &str| total(&format!("{q} date:none"));
    assert!(left_out("*") > 1);
    for (asked, rest) in [("since:2010", "*"), ("since:2010 speaker:*", "speaker:*")] {
        for view in ["search", "count", "facets", "timeline", "kwic"] {
            let answer = get(address, &format!("/api/v1/{view}?q={}", encoded(asked)), &[]).json();
            assert_eq!(answer["left_out_undated"], left_out(rest), "{view}: {asked}");
        }
    }
    assert_eq!(get(address, "/api/v1/search?q=barrier", &[]).json()["left_out_undated"], 0);
    let page = get(address, "/?q=since%3A2010", &[]).body;
    let (before, _) = page.split_once("articles without a date match the rest of the query and are left out").unwrap();
    let (_, link) = before.rsplit_once("href=\"").unwrap();
    let (address_of_rest, n) = link.split_once('"').unwrap();
    assert_eq!(n.trim_matches(['>', ' ']), left_out("*").to_string());
    let rest = get(address, &address_of_rest.replace("&amp;", "&"), &[]).body;
    assert!(rest.contains(&format!("{} articles", left_out("*"))), "{rest}");
    assert!(!get(address, "/?q=barrier", &[]).body.contains("without a date match"));
}
