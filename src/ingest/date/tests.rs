use super::*;

#[test]
fn reads_dates() {
    let check = |text: &str, expected: &str| assert_eq!(parse(text).as_deref().unwrap_or("-"), expected, "{text}");
    for (text, expected) in include_str!("cases.txt").lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(" => ")) {
        check(text.trim(), expected.trim());
    }
    check("", "-");
}

#[test]
fn knows_ambiguity() {
    assert!(is_ambiguous("3/5/2024 10:00"));
    assert!(!is_ambiguous("13/5/2024"));
    assert!(!is_ambiguous("5/5/2024"));
    assert!(!is_ambiguous("3.5.2024"));
}

#[test]
fn knows_plausible_dates() {
    assert!(plausible("1600-01-01") && plausible("2024-03-05T00:00:00Z"));
    assert!(!plausible("1599-12-31") && !plausible("2999-01-01") && !plausible("soon"));
}

#[test]
fn finds_dates_in_names() {
    let url = |u: &str, expected: &str| assert_eq!(from_url(u).as_deref().unwrap_or("-"), expected, "{u}");
    url("https://a.example/2024/03/05/vote", "2024-03-05");
    url("https://a.example/world/2024/mar/05/vote?x=1", "2024-03-05");
    url("https://a.example/news/2024-03-05-vote.html", "2024-03-05");
    url("https://a.example/20240305/vote", "2024-03-05");
    url("https://a.example/news/world-20130419", "-");
    url("https://a.example/2024/03/", "-");
    url("https://20240305.example/", "-");
    let path = |p: &str, expected: &str| assert_eq!(from_path(p).as_deref().unwrap_or("-"), expected, "{p}");
    path("2024/03/05/a.html", "2024-03-05");
    path("paper_20240305.txt", "2024-03-05");
    path("a/1987-2-9 x.txt", "1987-02-09");
    path("scans_20190929/1855/0922/page.xml", "1855-09-22");
    path("seasons/2019/2020/a.txt", "-");
    path("2999-01-01.txt", "-");
    path("report-12345678.txt", "-");
}

#[test]
fn reads_openings() {
    let check = |body: &str, expected: &str| {
        let o = opening(body).unwrap_or_default();
        let (text, place) = o.dateline.map(|d| (d.text, d.place.unwrap_or_default())).unwrap_or_default();
        let got = format!(
            "{text}|{place}|{}|{}|{}",
            o.agency.unwrap_or_default(),
            o.date.unwrap_or_default(),
            &body[o.len..body.len().min(o.len + 4)]
        );
        assert_eq!(got, expected, "{body}");
    };
    check("KYIV, Aug 18 (Reuters) - Leaders met.", "KYIV|Kyiv|Reuters||Lead");
    check("WASHINGTON (AP) — The vote", "WASHINGTON|Washington|AP||The ");
    check("LONDON, March 3 - Prices", "LONDON|London|||Pric");
    check("PARIS — The mayor", "PARIS|Paris|||The ");
    check("    SALVADOR, Feb 26 - Showers continued", "SALVADOR|Salvador|||Show");
    check("NEW YORK, March 5, 2024 (Reuters) -- Stocks", "NEW YORK|New York|Reuters|2024-03-05|Stoc");
    check("ST. PETERSBURG, Fla. (AP) _ A man", "ST. PETERSBURG, Fla.|St. Petersburg|AP||A ma");
    check("PORT-AU-PRINCE, Haiti — Rain", "PORT-AU-PRINCE, Haiti|Port-au-Prince|||Rain");
    check("McALLEN, Texas – A road", "McALLEN, Texas|McAllen|||A ro");
    check("Berlin (dpa) - Der Rat", "Berlin|Berlin|dpa||Der ");
    check("SAO PAULO/RIO DE JANEIRO, 4 May (Reuters) - A", "SAO PAULO/RIO DE JANEIRO|Sao Paulo|Reuters||A");
    check("HONOLULU, Hawaii (Island Wire) - A", "HONOLULU, Hawaii|Honolulu|Island Wire||A");
    check("(CNN) — It is", "||CNN||It i");
    check("New Delhi, Jul 22: Prices fell", "New Delhi|New Delhi|||Pric");
    check("ISLAMABAD: (APP) Prices fell", "ISLAMABAD|Islamabad|APP||Pric");
    check("OKAFOR: We go", "||||OKAF");
    check("MOSCOW, January 21. /TASS/. The Kremlin", "MOSCOW|Moscow|TASS||The ");
    check("NEW YORK, Jan. 5, 2024 /PRNewswire/ -- A firm", "NEW YORK|New York|PR Newswire|2024-01-05|A fi");
    check("Washington (CNN)President Lee", "Washington|Washington|CNN||Pres");
    check("Nueva Delhi, 21 ene (EFE).- Una pareja", "Nueva Delhi|Nueva Delhi|EFE||Una ");
    check("Genève (ats) Le scandale", "Genève|Genève|ATS||Le s");
    check("The Associated Press (AP) President", "||||The ");
    check("The bank (UPI) said", "||||The ");
    check("Prices rose in May (AP) “A lot”", "||||Pric");
    check("BREAKING — It is", "||||BREA");
    check("The mayor - a friend of trade - said", "||||The ");
    check("NATO said on Monday - again - that", "||||NATO");
    check("Hamburg, 3. April 2024. Die Brücke", "Hamburg|Hamburg||2024-04-03|Die ");
    check("BERLIN, 5. März 2023 (dpa) - Die Brücke", "BERLIN|Berlin|dpa|2023-03-05|Die ");
    check("Madrid, 3 de abril de 2024. El puente", "Madrid|Madrid||2024-04-03|El p");
    check("Lisboa, 3 de abril de 2024 – A ponte", "Lisboa|Lisboa||2024-04-03|A po");
    check("Paris, le 3 avril 2024. Le pont", "Paris|Paris||2024-04-03|Le p");
    check("PARIS, 1er mai 2022 (AFP) - Le pont", "PARIS|Paris|AFP|2022-05-01|Le p");
    check("Göteborg den 3 april 2024. Bron", "Göteborg|Göteborg||2024-04-03|Bron");
    check("London, 3 April 2024: The bridge", "London|London||2024-04-03|The ");
    check("She was born in Hamburg, 3 April 1950. Her life", "||||She ");
    check("Hamburg grew until 3 April 2024. The rest", "||||Hamb");
    check("Hamburg, 3 April 2024. and so on", "||||Hamb");
    check("It rained in April 2024. The rest", "||||It r");
    check("", "||||");
}

#[test]
fn every_form_has_seconds() {
    for iso in ["2024-03-05", "2024-03-05T14:30:00", "2024-03-05T14:30:00Z", "2024-03-05T14:30:00-05:00"] {
        assert!(crate::field::printed_seconds(iso).is_some(), "{iso}");
    }
}
