//! Pages without JavaScript: what they show, where they lead, and what they say when there is nothing.

use super::{cli, encoded, get, sample};
use std::path::Path;

fn counted(archive: &Path, args: &[&str]) -> u64 {
    let out = cli(archive, &[&["search", "-c"], args].concat());
    String::from_utf8_lossy(&out.stdout).trim().parse().unwrap()
}

/// The number a page says it has found.
fn said(page: &str) -> u64 {
    let (_, after) = page.split_once("class=\"summary\"><h1>").unwrap_or(("", "0"));
    after.split(' ').next().unwrap_or_default().replace(',', "").parse().unwrap_or(0)
}

#[test]
fn chosen_values_count_as_on_the_command_line() {
    let (dir, address) = sample();
    let cases: [(&str, &[&str]); 5] = [
        ("/?q=barrier", &["barrier"]),
        ("/?q=barrier&f=speaker%3AAdaeze%20Okafor", &["barrier speaker:=\"Adaeze Okafor\""]),
        ("/?q=barrier&f=-speaker%3AAdaeze%20Okafor", &["barrier NOT speaker:=\"Adaeze Okafor\""]),
        ("/?f=lang%3Aen&f=lang%3Ade", &["lang:en,de"]),
        ("/?q=barrier&since=2024&until=2024-06", &["barrier", "--since", "2024", "--until", "2024-06"]),
    ];
    for (path, args) in cases {
        let page = get(address, path, &[]).body;
        assert_eq!(said(&page), counted(dir.path(), args), "{path}");
        assert!(said(&page) > 0, "{path} finds nothing, which shows nothing");
    }
}

#[test]
fn a_search_without_hits_says_which_part_is_to_blame() {
    let (_dir, address) = sample();
    let page = get(address, &format!("/?q={}", encoded("barrier speaker:nobodyatall")), &[]).body;
    assert!(page.contains("No article has all of this") && page.contains("nowhere") && page.contains("without it"), "{page}");
    let page = get(address, "/?q=(barrier", &[]);
    assert!(page.status == 400 && page.body.contains("(barrier") && page.body.contains("How to ask"), "{}", page.body);
    assert!(page.body.contains("value=\"(barrier\""), "what was typed stays in the box");
}

#[test]
fn every_link_of_the_screen_leads_somewhere() {
    let (_dir, address) = sample();
    let mut waiting = vec!["/?q=barrier&what=quotes".to_owned(), "/?q=barrier".to_owned()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if seen.len() >= 120 || !seen.insert(path.clone()) {
            continue;
        }
        let reply = get(address, &path, &[]);
        assert_eq!(reply.status, 200, "{path}");
        for part in reply.body.split("href=\"").skip(1) {
            let link = part.split('"').next().unwrap_or_default().replace("&amp;", "&");
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if link.starts_with('/') && !seen.contains(&link) {
                waiting.push(link);
            }
        }
        // Now this way, now that.
        let middle = waiting.len() / 2;
        waiting.rotate_left(middle);
    }
    assert!(seen.len() >= 120, "only {} pages were found", seen.len());
}

#[test]
fn the_reader_marks_the_match_and_shows_what_a_quote_rests_on() {
    let (_dir, address) = sample();
    let hits = get(address, "/api/v1/quotes?q=speaker%3Aokafor%20barrier", &[]).json();
    let id = hits["hits"][0]["id"].as_str().unwrap().to_owned();
    let page = get(address, &format!("/?what=quotes&q=barrier&open={}", encoded(&id)), &[]).body;
    let number = id.rsplit_once("#q").unwrap().1;
    assert!(page.contains(&format!("id=\"q{number}\"")) && page.contains(&format!("id=\"e{number}\"")), "{page}");
    assert!(page.contains(" chosen\"") && page.contains("step by step"), "{page}");
    let article = id.split("#q").next().unwrap();
    let page = get(address, &format!("/article?id={}&q=barrier", encoded(article)), &[]).body;
    assert!(page.contains("<mark id=\"m1\">"), "{page}");
}
