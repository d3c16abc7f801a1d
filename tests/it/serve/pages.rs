//! Pages without JavaScript: what they show, where they lead, and what they say when there is nothing.

use super::{cli, encoded, get, key, options, post, sample, serve, shown};
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
    let cases: [(&str, &[&str]); 8] = [
        ("/?q=barrier", &["barrier"]),
        ("/?q=barrier&f=speaker%3AAdaeze%20Okafor", &["barrier speaker:=\"Adaeze Okafor\""]),
        ("/?q=barrier&f=-speaker%3AAdaeze%20Okafor", &["barrier NOT speaker:=\"Adaeze Okafor\""]),
        ("/?f=lang%3Aen&f=lang%3Ade", &["lang:en,de"]),
        ("/?q=barrier&f=words%3A100..249", &["barrier words:100..249"]),
        ("/?f=words%3A0..99&f=words%3A100..249", &["words:0..249"]),
        ("/?f=-words%3A0..99", &["NOT words:0..99"]),
        ("/?q=barrier&since=2024&until=2024-06", &["barrier", "--since", "2024", "--until", "2024-06"]),
    ];
    for (path, args) in cases {
        let page = get(address, path, &[]).body;
        assert_eq!(said(&page), counted(dir.path(), args), "{path}");
        assert!(said(&page) > 0, "{path} finds nothing, which shows nothing");
    }
}

#[test]
fn a_chosen_value_is_called_by_its_name() {
    let (_dir, address) = sample();
    let chip = |filter: &str| {
        let page = get(address, &format!("/?f={}", encoded(filter)), &[]).body;
        let chosen = page.split("aria-label=\"Chosen\"").nth(1).and_then(|rest| rest.split("<bdi>").nth(1)).unwrap().to_owned();
        chosen.split('<').next().unwrap().to_owned()
    };
    assert_eq!(chip("place:Europe/Norway"), "Norway");
    assert_eq!(chip("source:The Star/Tribune"), "The Star/Tribune", "no path of places");
}

#[test]
fn what_else_could_be_chosen_stands_beside_a_choice_and_what_was_typed_is_counted_as_it_is() {
    let (dir, address) = sample();
    let open = shown(&get(address, "/?q=barrier", &[]).body, "person");
    let chosen = shown(&get(address, "/?q=barrier&f=person%3AThomas%20Brandreth", &[]).body, "person");
    assert_eq!(open, chosen);
    let typed = get(address, &format!("/?q={}", encoded("barrier person:=\"Thomas Brandreth\"")), &[]).body;
    let told = cli(dir.path(), &["facets", "barrier person:=\"Thomas Brandreth\"", "--by", "person", "-n", "6", "--csv"]);
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let typed = shown(&typed, "person");
    assert!(typed.len() == 6 && typed[0].1 == said(&get(address, "/?q=barrier&f=person%3AThomas%20Brandreth", &[]).body), "{typed:?}");
    for (name, n) in typed {
        assert!(told.lines().any(|line| line == format!("person,{name},{n}")), "{name} {n} in {told}");
    }
    // On the page of all values as well; it says of what they are.
    let lead =
        |path: &str| get(address, path, &[]).body.split("<p class=\"lead\">").nth(1).and_then(|l| l.split(':').next()).map(str::to_owned);
    let (all, all_with_one_chosen) = (lead("/facet?by=person&q=barrier"), lead("/facet?by=person&q=barrier&f=person%3AThomas%20Brandreth"));
    assert!(all.is_some() && all == all_with_one_chosen, "{all:?} {all_with_one_chosen:?}");
}

#[test]
fn a_search_without_hits_says_which_part_is_to_blame() {
    let (_dir, address) = sample();
    let page = get(address, &format!("/?q={}", encoded("barrier speaker:nobodyatall")), &[]).body;
    assert!(page.contains("No article has all of this") && page.contains("nowhere") && page.contains("without it"), "{page}");
    let page = get(address, &format!("/?what=quotes&q={}", encoded("speaker:okafor harbour")), &[]).body;
    assert!(page.contains("No quote has all of this") && page.contains("1 quote</a> in articles that have the words"), "{page}");
    let page = get(address, &format!("/?what=quotes&q={}", encoded("speaker:okafor about:barrier")), &[]).body;
    assert!(page.contains("asks who is named in a quote; <a href") && page.contains("9 quotes</a> have its words"), "{page}");
    let page = get(address, "/?q=(barrier", &[]);
    assert!(page.status == 400 && page.body.contains("(barrier") && page.body.contains("How to ask"), "{}", page.body);
    assert!(page.body.contains("value=\"(barrier\""), "what was typed stays in the box");
}

#[test]
fn a_query_of_nexis_is_a_link_to_what_it_says_there() {
    let (_dir, address) = sample();
    let page = get(address, &format!("/?q={}", encoded("barrier and not (ferry or pump!)")), &[]).body;
    let link = page.split("Nexis would read: <a href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect(&page);
    let there = get(address, &link.replace("&amp;", "&"), &[]).body;
    assert_eq!(said(&there), said(&get(address, &format!("/?q={}", encoded("barrier NOT (ferry OR pump*)")), &[]).body));
    assert!(said(&there) > 0 && !there.contains("Nexis would read"), "{there}");
}

#[test]
fn a_question_on_who_said_what_is_a_link_to_the_quotes() {
    let (_dir, address) = sample();
    let page = get(address, &format!("/?q={}", encoded("what did Ms Okafor say about the barrier?")), &[]).body;
    let link = page.split("<p class=\"note\"><a href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect(&page);
    let there = get(address, &link.replace("&amp;", "&"), &[]).body;
    let asked = get(address, &format!("/?what=quotes&q={}", encoded("speaker:okafor barrier")), &[]).body;
    assert!(said(&there) > 0 && said(&there) == said(&asked), "{there}");
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

#[test]
fn an_alert_is_tried_as_the_command_line_tries_it_and_kept_with_its_person_meant_one_way() {
    let (dir, address) = sample();
    let page = get(address, "/alert?q=Okafor+barrier&what=quotes&way0=speaker", &[]).body;
    let dry = cli(dir.path(), &["saved", "add", "x", "speaker:okafor barrier", "--quotes", "--alert", "stdout", "--dry-run"]);
    let dry = String::from_utf8_lossy(&dry.stderr).into_owned();
    let times = dry.split("would have fired ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    assert!(page.contains(&format!("It would have fired {times} time")), "{dry}\n{page}");
    assert!(page.contains("is spoken about") && page.contains("value=\"speaker:okafor barrier\""), "{page}");
    let key = key(address);
    let form =
        |to| [("key", key.as_str()), ("do", "alert"), ("name", "a"), ("query", "since:last-7d barrier"), ("what", "quotes"), ("to", to)];
    assert_eq!(post(address, "/alert", &form("nowhere"), &[]).status, 400);
    assert_eq!(post(address, "/alert", &form("stdout")[1..], &[]).status, 403);
    assert_eq!(post(address, "/alert", &form("stdout"), &[]).status, 303);
    let file = std::fs::read_to_string(dir.path().join("queries.toml")).unwrap();
    assert!(file.contains("query = \"since:last-7d barrier\"") && file.contains("[query.a.alert]"), "days that move stay so: {file}");
    assert_eq!(post(address, "/alert", &form("stdout"), &[]).status, 400, "there is one of that name");
    assert_eq!(post(address, "/alert", &[form("stdout").as_slice(), &[("replace", "yes")]].concat(), &[]).status, 303);
}

#[test]
fn copies_stand_on_the_hit_and_lead_to_the_story() {
    let (dir, address) = sample();
    let each = cli(dir.path(), &["search", "*", "-n", "all", "--json"]);
    let hits: Vec<serde_json::Value> = String::from_utf8_lossy(&each.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let copied: Vec<&serde_json::Value> = hits.iter().filter(|h| h["copies"].as_u64() > Some(0)).collect();
    let page = get(address, "/?sort=date", &[]).body;
    assert!(page.contains(" articles tell "), "{page}");
    for hit in copied {
        let (id, cluster) = (hit["id"].as_str().unwrap(), hit["cluster"].as_str().unwrap());
        // Any telling leads to the story, which names them all.
        let story = get(address, &format!("/story?id={}", encoded(id)), &[]).body;
        let members = cli(dir.path(), &["search", &format!("cluster:\"{cluster}\""), "-c"]);
        let members = String::from_utf8_lossy(&members.stdout).trim().to_owned();
        assert!(story.contains(&format!("{members} articles tell this story")), "{story}");
        // The link to a search for them finds them, whichever telling it goes by.
        let asked = format!("cluster:\"{id}\"");
        let them = cli(dir.path(), &["search", &asked, "-c"]);
        assert!(story.contains("<a href=\"/?q=cluster%3A%22"), "{story}");
        assert_eq!(String::from_utf8_lossy(&them.stdout).trim(), members, "{asked}");
        let reader = get(address, &format!("/article?id={}", encoded(id)), &[]).body;
        assert!(reader.contains("also told by"), "{reader}");
    }
    let words = hits.iter().filter(|h| h["copies"].as_u64() == Some(0)).count();
    assert!(words > 40, "most have none");
}

#[test]
fn the_feed_of_a_saved_query_is_a_feed() {
    let (dir, address) = sample();
    cli(dir.path(), &["saved", "add", "okafor", "speaker:okafor", "--quotes", "--title", "Okafor & the <barrier>"]);
    let reply = get(address, "/api/v1/saved/okafor/feed.atom", &[]);
    assert!(reply.header("content-type").unwrap().starts_with("application/atom+xml"));
    let feed = atom_syndication::Feed::read_from(reply.body.as_bytes()).unwrap();
    assert_eq!(feed.title().as_str(), "Okafor & the <barrier>");
    let total = cli(dir.path(), &["quotes", "speaker:okafor", "-c"]);
    assert_eq!(feed.entries().len().to_string(), String::from_utf8_lossy(&total.stdout).trim());
    let mut ids: Vec<&str> = feed.entries().iter().map(atom_syndication::Entry::id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), feed.entries().len(), "every entry has an id of its own");
    assert!(feed.entries().iter().all(|e| e.content().is_some_and(|c| c.value().is_some()) && !e.title().as_str().is_empty()));
    let mut titles: Vec<&str> = feed.entries().iter().map(|e| e.title().as_str()).collect();
    assert!(titles.iter().any(|title| title.starts_with("Adaeze Okafor: “")), "{titles:?}");
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), feed.entries().len(), "quotes of one article differ in their titles");
    let tag = reply.header("etag").unwrap().to_owned();
    assert_eq!(get(address, "/api/v1/saved/okafor/feed.atom", &[&format!("If-None-Match: {tag}")]).status, 304);
    assert_eq!(get(address, "/api/v1/saved/none/feed.atom", &[]).status, 404);
}

#[test]
fn saved_searches_are_asked_with_their_parameters() {
    let (dir, address) = sample();
    let added = cli(dir.path(), &["saved", "add", "p1", "barrier person:$who", "--param", "who=Okafor"]);
    assert!(added.status.success());
    let kept = get(address, "/api/v1/search?q=barrier%20person:Okafor", &[]).json()["total"].as_u64().unwrap();
    assert!(kept > 0);
    assert_eq!(get(address, "/api/v1/saved/p1/run", &[]).json()["total"].as_u64(), Some(kept));
    assert_eq!(get(address, "/api/v1/saved/p1/feed.atom", &[]).body.matches("<entry>").count() as u64, kept);
    let page = get(address, "/saved", &[]).body;
    assert!(page.contains(&format!("<td>{kept} articles</td>")), "{page}");
    assert!(page.contains("person%3AOkafor"), "{page}");
    assert!(get(address, "/alert?name=p1", &[]).body.contains("barrier person:Okafor"));
    // Told of from the page, it keeps its parameter.
    let key = key(address);
    let form = [
        ("key", key.as_str()),
        ("name", "p1"),
        ("query", "barrier person:Okafor"),
        ("what", "articles"),
        ("replace", "1"),
        ("group", "none"),
        ("to", "stdout"),
    ];
    assert_eq!(post(address, "/alert", &form, &[]).status, 303);
    let file = std::fs::read_to_string(dir.path().join("queries.toml")).unwrap();
    assert!(file.contains("barrier person:$who") && file.contains("group = \"none\""), "{file}");
    assert!(get(address, "/saved", &[]).body.contains("group=none"));
}

#[test]
fn coverage_says_how_many_are_in_no_row() {
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    std::fs::create_dir(&files).unwrap();
    for (id, source, day) in [("a", "Courier", "2024-01-02"), ("b", "Herald", ""), ("c", "", "2024-02-03"), ("d", "Courier", "2024-03-01")]
    {
        let record = serde_json::json!({"id": id, "title": id, "body": "It rained.", "source": source, "published": day});
        std::fs::write(files.join(format!("{id}.json")), record.to_string()).unwrap();
    }
    assert!(cli(dir.path(), &["index", files.to_str().unwrap()]).status.success());
    let address = serve(dir.path(), &options());
    let page = get(address, "/coverage", &[]).body;
    assert!(page.contains("4 articles from 2 sources"), "{page}");
    assert!(page.contains("1 has no date. 1 has no source and is in no row."), "{page}");
    // All of a source is all of it: with what has no date, which has a column, and as many as the link beside it finds.
    for (source, all, undated) in [("Courier", 2, 0), ("Herald", 1, 1)] {
        let row = page.split("<tr>").find(|row| row.contains(&format!("<bdi>{source}</bdi>"))).expect(source);
        let cells: Vec<&str> = row.split("<td").skip(1).collect();
        assert!(cells[0].starts_with(&format!(">{all}</td>")), "{row}");
        assert_eq!(cells[1].contains(&format!(">{undated}</a>")), undated > 0, "{row}");
        for (link, n) in [(row, all), (cells[1], undated)].into_iter().filter(|(_, n)| *n > 0) {
            let to = link.split("href=\"").nth(1).and_then(|l| l.split('"').next()).unwrap().replace("&amp;", "&");
            assert_eq!(said(&get(address, &to, &[]).body), n, "{to}");
        }
    }
    let told = cli(dir.path(), &["facets", "--by", "source,month"]).stderr;
    assert!(String::from_utf8_lossy(&told).contains("2 articles are in no row"), "{}", String::from_utf8_lossy(&told));
    // What was not counted is not said to be none.
    assert!(get(address, "/api/v1/search?q=rained", &[]).json().get("undated").is_none());
    assert_eq!(get(address, "/api/v1/search?q=rained&timeline=month", &[]).json()["undated"], 1);
    let told = cli(dir.path(), &["search", "*", "--json"]).stderr;
    assert!(!String::from_utf8_lossy(&told).contains("\"undated\""), "{}", String::from_utf8_lossy(&told));
}

#[test]
fn what_an_address_says_in_vain_is_told() {
    let (_dir, address) = sample();
    for (path, says) in [
        ("/?sinse=2020", "sinse"),
        ("/?q=barrier&q=ferry", "twice"),
        ("/?copies=all", "copies=each"),
        ("/facet?by=person&part=perhaps", "neither"),
        ("/coverage?from=2020", "from"),
        ("/person?name=Adaeze+Okafor&what=quotes", "what"),
        ("/compare?a=barrier&b=ferry&words=perhaps", "neither"),
        ("/kwic?q=barrier&since=2020", "since"),
        ("/alert?q=Okafor&group=story", "cluster"),
        ("/alert?q=Okafor&way0=sings", "speaker"),
        ("/saved?page=2", "page"),
    ] {
        let reply = get(address, path, &[]);
        let told = reply.body.split("<main").nth(1).unwrap_or_default();
        assert!(reply.status == 400 && told.contains(says), "{path}: {} {told}", reply.status);
    }
}

#[test]
fn a_page_after_the_last_hit_leads_back() {
    let (dir, address) = sample();
    let page = get(address, "/?q=barrier&copies=each&offset=9000", &[]).body;
    assert!(page.contains("The hits end before number 9,001"), "{page}");
    let link = page.split("To the last of them").next().and_then(|p| p.rsplit("href=\"").next()).and_then(|l| l.split('"').next());
    let last = get(address, &link.unwrap().replace("&amp;", "&"), &[]).body;
    let n = counted(dir.path(), &["barrier"]);
    assert!(last.contains(&format!("aria-posinset=\"{n}\"")), "{link:?}: {last}");
}

#[test]
fn what_stands_around_somebody_leads_to_as_much_as_is_counted() {
    let (dir, address) = sample();
    let page = get(address, "/person?name=Adaeze%20Okafor", &[]).body;
    let lists = page.split("<div class=\"lists\">").nth(1).unwrap();
    let mut tried = 0;
    for item in lists.split("<li>").skip(1) {
        let link = item.split("href=\"").nth(1).and_then(|l| l.split('"').next()).unwrap().replace("&amp;", "&");
        let n: u64 = item.split("class=\"n\">").nth(1).and_then(|n| n.split('<').next()).unwrap().parse().unwrap();
        if link.starts_with("/?") {
            let there = get(address, &link, &[]).body;
            assert_eq!(said(&there), n, "{link}");
            tried += 1;
        }
    }
    assert!(tried > 15, "only {tried} links in {lists}");
    let all = lists.split("\">all ").next().and_then(|l| l.rsplit("href=\"").next()).unwrap().replace("&amp;", "&");
    assert!(get(address, &all, &[]).body.contains(" values in "), "{all}");
    // Of whom nothing is said, nothing but that is said, and who may be meant.
    let nobody = get(address, "/person?name=Adaeze%20Okaforr", &[]).body;
    assert!(nobody.contains("Of names spelled alike there are Adaeze Okafor") && !nobody.contains("Is spoken about"), "{nobody}");
    let nobody = get(address, "/person?name=Okafor%20Adaeze", &[]).body;
    assert!(nobody.contains("It may be <a href=\"/person?name=Adaeze%20Okafor\">"), "{nobody}");
    // A role is one however it is spelled, and every quote with it counts.
    let quotes = cli(dir.path(), &["quotes", "speaker:=\"Thomas Brandreth\"", "-n", "all", "--json"]);
    let with_role = String::from_utf8_lossy(&quotes.stdout).to_lowercase().matches("\"role\":\"environment secretary\"").count();
    let page = get(address, "/person?name=Thomas%20Brandreth", &[]).body;
    let row = page.split("<tr>").find(|row| row.to_lowercase().contains("environment secretary")).unwrap();
    assert!(with_role > 1 && row.contains(&format!("<td>{with_role}</td>")), "{with_role}: {row}");
    assert_eq!(page.to_lowercase().matches("<bdi>environment secretary</bdi></th>").count(), 1, "{page}");
}

#[test]
fn with_two_parts_that_nobody_has_the_rest_is_offered() {
    let (dir, address) = sample();
    let page = get(address, &format!("/?q={}", encoded("barrier -ferry speaker:nobodyatall source:nowhereatall")), &[]).body;
    let n = counted(dir.path(), &["barrier -ferry"]);
    assert!(page.contains("Without the parts that are found nowhere") && page.contains(&format!(">{n} articles</a>.")), "{page}");
    assert!(page.contains(&format!("href=\"/?q=barrier\">{} articles</a>", counted(dir.path(), &["barrier"]))), "{page}");
}

#[test]
fn each_paragraph_has_its_own_direction_and_only_what_was_printed_its_language() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("news.json");
    let body = "قالت رئيسة البلدية: «سيفتح السد».\n\n“The gate opens,” said Leila Quint, the mayor.";
    let record = serde_json::json!({"id": "a", "title": "السد", "body": body, "language": "ar"});
    std::fs::write(&file, record.to_string()).unwrap();
    assert!(cli(dir.path(), &["index", file.to_str().unwrap()]).status.success());
    let address = serve(dir.path(), &options());
    let page = get(address, "/article?id=a", &[]).body;
    assert!(page.contains("<p id=\"p1\" dir=\"auto\">") && page.contains("<p id=\"p2\" dir=\"auto\">"), "{page}");
    assert!(page.contains("<article class=\"clipping\"><header><h2 lang=\"ar\" dir=\"auto\">"), "{page}");
    assert!(page.contains("<div class=\"text\" lang=\"ar\" dir=\"auto\">"), "{page}");
    // The number of a quote stands behind the mark that closes it.
    assert!(page.contains("The gate opens,</span>”<a class=\"qref\""), "{page}");
}

#[test]
fn what_the_article_says_between_two_pieces_of_a_quote_is_not_passed_over() {
    let (_dir, address) = sample();
    let hits = get(address, "/api/v1/quotes?q=*&n=1000", &[]).json();
    let broken = |hit: &&serde_json::Value| {
        let spans = hit["spans"].as_array().unwrap();
        hit["kind"] == "direct" && spans.windows(2).any(|two| two[1][0].as_u64() > two[0][1].as_u64().map(|end| end + 10))
    };
    let broken: Vec<&serde_json::Value> = hits["hits"].as_array().unwrap().iter().filter(broken).collect();
    assert!(broken.len() > 5, "{}", broken.len());
    for hit in broken {
        let id = encoded(hit["id"].as_str().unwrap());
        let words = hit["text"].as_str().unwrap().split(' ').next().unwrap().to_owned();
        let page =
            get(address, &format!("/?what=quotes&open={id}&q={}", encoded(&format!("echo:\"{}\"", hit["echo"].as_str().unwrap()))), &[])
                .body;
        // In the card and in the reader; and as it is copied from both.
        assert!(page.matches("<span class=\"cut\"").count() >= 2, "{id}: {page}");
        assert!(page.matches(&format!("data-copy=\"“{words}")).count() >= 2 && page.contains(" […] “"), "{id}: {page}");
    }
}

#[test]
fn a_table_that_is_cut_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("news.jsonl");
    let news: String = (0..1001)
        .map(|n| format!("{{\"id\":\"{n}\",\"title\":\"T\",\"body\":\"{} rained.\"}}\n", if n < 9 { "Hail" } else { "It" }))
        .collect();
    std::fs::write(&file, news).unwrap();
    assert!(cli(dir.path(), &["index", file.to_str().unwrap()]).status.success());
    let address = serve(dir.path(), &options());
    for (page, cut) in [("/", "CSV (the first 1,000)"), ("/kwic", "CSV (1,000 lines at most)")] {
        assert!(get(address, &format!("{page}?q=rained"), &[]).body.contains(cut), "{page}");
        assert!(!get(address, &format!("{page}?q=hail"), &[]).body.contains(cut), "{page}");
    }
}
