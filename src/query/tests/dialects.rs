//! Queries as people type them elsewhere, and what they mean here.

use super::{now, problems, saved};
use crate::query::{Context, Dialect, Severity, Target, parse, print};

#[track_caller]
fn check(dialect: Dialect, text: &str, canonical: &str) {
    let parsed = parse(text, &Context { saved: &saved, now: now().into(), dialect, ..Context::new(Target::Articles) });
    let errors: Vec<_> = parsed.problems.iter().filter(|p| p.severity != Severity::Note).collect();
    assert!(errors.is_empty(), "{text}: {}", problems(text, &parsed));
    assert_eq!(print(&parsed.query), canonical, "{text}");
    // What is printed is in the default language.
    let again = parse(&print(&parsed.query), &Context { saved: &saved, now: now().into(), ..Context::new(Target::Articles) });
    assert_eq!(again.query, parsed.query, "{text}");
}

/// What is kept, and the losses.
#[track_caller]
fn loses(dialect: Dialect, text: &str, canonical: &str, lost: &[&str]) {
    let parsed = parse(text, &Context { saved: &saved, now: now().into(), dialect, ..Context::new(Target::Articles) });
    assert_eq!(print(&parsed.query), canonical, "{text}: {}", problems(text, &parsed));
    let losses: Vec<&str> = parsed.problems.iter().filter(|p| p.severity == Severity::Loss).map(|p| &text[p.span.clone()]).collect();
    assert_eq!(losses, lost, "{text}");
    assert!(parsed.is_sound(), "{text}: {}", problems(text, &parsed));
}

#[test]
fn every_language_has_a_name() {
    for dialect in Dialect::all() {
        assert_eq!(Dialect::by_name(&dialect.name().to_uppercase()), Some(dialect));
    }
    assert_eq!(Dialect::all().count(), 7);
    assert_eq!(Dialect::by_name("klingon"), None);
}

#[test]
fn nexis() {
    let check = |text, canonical| check(Dialect::Nexis, text, canonical);
    check("bribery and mayor", "bribery mayor");
    check("climate change", "climate PRE/1 change");
    check("bribe or corrupt! and mayor", "(bribe OR corrupt*) mayor");
    check("mayor w/5 bribe or corrupt!", "mayor NEAR/5 (bribe OR corrupt*)");
    check("a w/20 b w/3 c", "a NEAR/20 (b NEAR/3 c)");
    check("a /s b w/3 c /p d", "(a /s (b NEAR/3 c)) /p d");
    check("wom*n", "wom?n");
    check("jaguar and not car and dealer", "jaguar NOT car dealer");
    check("rico not w/5 puerto", "rico NOT NEAR/5 puerto");
    check("rico and not w/s puerto", "rico NOT /s puerto");
    check("rico AND NOT W/SEG puerto", "rico NOT NEAR/10000 puerto");
    check("rico and not puerto", "rico NOT puerto");
    check("a pre/3 b", "a PRE/3 b");
    check("atleast5(tax)", "ATLEAST5(tax)");
    check("headline(flood) and byline(jane doe)", "title:flood byline:\"jane doe\"");
    check("hlead(mayor w/5 corrupt!) and length > 500", "hlead:(mayor NEAR/5 corrupt*) words:501..");
    check("flood and date aft 2018", "flood date:2019-01-01..");
    check("flood and date(aft 2018)", "flood date:2019-01-01..");
    check("flood and date aft 9/1/2018", "flood date:2018-09-02..");
    check("flood and date > 9-1-2018", "flood date:2018-09-02..");
    check("flood and date bef june 12, 1998 and storm", "flood date:..1998-06-11 storm");
    check("flood and date is june 1998", "flood date:1998-06");
    check("flood and date(geq (1/31/2018) and leq (12/31/2018))", "flood date:2018-01-31.. date:..2018-12-31");
    check("flood and date(> 1/31/2018)", "flood date:2018-02-01..");
    check("flood and date(is 9/2018)", "flood date:2018-09");
    check("atl3(flood)", "ATLEAST3(flood)");
    check("a w/sent b w/para c", "(a /s b) /p c");
    check("headline(a w/seg b) and word-count(>100)", "title:(a NEAR/10000 b) words:101..");
    check("publication(new york times or reuters)", "source:\"new york times\",reuters");
    check("allcaps(rico)", "ALLCAPS(rico)");
    loses(Dialect::Nexis, "flood and term(weather #85plus#) and company(acme)", "flood", &["term(weather #85plus#)", "company(acme)"]);
    loses(Dialect::Nexis, "subject(weather) and flood", "flood", &["subject(weather)"]);
    loses(Dialect::Nexis, "plural(senator) and show(news)", "senator", &["plural", "show(news)"]);
}

#[test]
fn factiva() {
    let check = |text, canonical| check(Dialect::Factiva, text, canonical);
    check("flood and storm or rain", "(=flood =storm) OR =rain");
    check("new york", "\"new york\"");
    check("mayor w/5 bribe", "=mayor PRE/5 =bribe");
    check("mayor near5 bribe", "=mayor NEAR/5 =bribe");
    check("mayor /N5/ bribe", "=mayor NEAR/5 =bribe");
    check("mayor adj5 bribe", "=mayor PRE/5 =bribe");
    check("mayor same bribe", "=mayor /p =bribe");
    check("recycl*", "recycl?*");
    check("tax$2", "tax$2");
    check("merger/F50/", "FIRST/50(=merger)");
    check("merger/F050/ and deal", "FIRST/50(=merger) =deal");
    check("(merger or deal)/F50/", "FIRST/50(=merger OR =deal)");
    check("atleast3 flood", "ATLEAST3(=flood)");
    check("hd=(flood and storm)", "title:(=flood =storm)");
    check("by=(jane w/2 doe) and flood", "byline:\"jane doe\",\"jane * doe\" =flood");
    check("flood not se=opinion", "=flood NOT section:opinion");
    check("sn=new york times and flood", "source:\"new york times\" =flood");
    // What cannot stand between quotation marks stays by itself.
    check("sn=new yor* times tax$2 and flood", "source:\"new yor* times\" tax$2 =flood");
    check("sn=reuters,ap and by=jane doe", "source:reuters,ap byline:\"jane doe\"");
    check("hd=flood damage or hd=storm", "title:(\"flood damage\" OR =storm)");
    check("hd=flood near3 damage and rain", "title:(=flood NEAR/3 =damage) =rain");
    check("la=en sn=times date after 20170101", "lang:en source:times date:2017-01-02..");
    check("hlp=flood and climate near3 change", "hlead:=flood (=climate NEAR/3 =change)");
    check("flood and wc>500 and la=en", "=flood words:501.. lang:en");
    check("flood and date from 20080901 to 20080930", "=flood date:2008-09");
    check("rst=reuters", "source:reuters");
    loses(Dialect::Factiva, "flood and ns=gcat and fds=(acme or ibm)", "=flood", &["ns=gcat", "fds=(acme or ibm)"]);
}

#[test]
fn proquest() {
    let check = |text, canonical| check(Dialect::Proquest, text, canonical);
    check("ti(flood) and au(\"jane doe\")", "title:=flood byline:\"jane doe\"");
    check("flood n/4 storm", "=flood NEAR/4 =storm");
    check("flood p/4 storm", "=flood PRE/4 =storm");
    check("flood near/4 storm not rain", "(=flood NEAR/4 =storm) NOT =rain");
    check("pub(reuters) and pd(20080901-20080930)", "source:reuters date:2008-09");
    loses(Dialect::Proquest, "flood and su(weather)", "=flood", &["su(weather)"]);
}

#[test]
fn lucene() {
    let check = |text, canonical| check(Dialect::Lucene, text, canonical);
    check("flood storm", "flood OR storm");
    check("+flood +storm -rain", "flood storm NOT rain");
    check("flood AND storm", "flood storm");
    check("Title:Flood", "title:flood");
    check("+title:flood +\"climate change\"~3 -section:opinion", "title:flood \"climate change\"~3 NOT section:opinion");
    check("date:[2019-01-01 TO *]", "date:2019-01-01..");
    check("_exists_:byline", "byline:*");
    check("flood^2 storm", "flood^2 OR storm");
    check("+flood storm", "flood (storm OR *)");
    check("+flood (storm rain)", "flood (storm OR rain OR *)");
}

#[test]
fn what_is_left_out_leaves_the_rest_in_any_order() {
    for (dialect, code) in [
        (Dialect::Nexis, "subject(weather)"),
        (Dialect::Factiva, "ns=gpol"),
        (Dialect::Proquest, "su.exact(\"weather\")"),
        (Dialect::Proquest, "subject(weather)"),
    ] {
        for text in [format!("{code} and title:flood"), format!("title:flood and {code}"), format!("({code}) and title:flood and {code}")] {
            let parsed = parse(&text, &Context { dialect, ..Context::new(Target::Articles) });
            assert!(parsed.is_sound(), "{text}: {}", problems(&text, &parsed));
            assert_eq!(parsed.query, parse("title:flood", &Context { dialect, ..Context::new(Target::Articles) }).query, "{text}");
        }
        for nothing in [code.to_owned(), format!("{code} and {code}")] {
            let parsed = parse(&nothing, &Context { dialect, ..Context::new(Target::Articles) });
            let left = parsed.problems.iter().filter(|p| p.message.starts_with("nothing is left of this query"));
            assert_eq!((left.count(), parsed.is_sound()), (1, false), "{}", problems(&nothing, &parsed));
            assert_eq!(print(&parsed.query), "-*");
        }
        let parsed = parse(&format!("{code} and"), &Context { dialect, ..Context::new(Target::Articles) });
        assert!(!parsed.is_sound());
    }
}

#[test]
fn constructs_without_a_counterpart_are_named_or_read_as_they_are_meant() {
    check(Dialect::Factiva, "flood and date after -7", "=flood date:2024-05-08..2024-05-15");
    check(Dialect::Factiva, "flood and date in -30", "=flood date:2024-04-15..2024-05-15");
    check(Dialect::Factiva, "flood and date in last year", "=flood date:2023");
    check(Dialect::Factiva, "date in the last 7 days and flood", "date:2024-05-08..2024-05-15 =flood");
    check(Dialect::Factiva, "flood and date since last month", "=flood date:2024-04-01..");
    check(Dialect::Factiva, "flood and date in march 2023", "=flood date:2023-03");
    check(Dialect::Factiva, "the date in last place", "\"the date in last place\"");
    check(Dialect::Factiva, "date before -7 and flood", "date:..2024-05-07 =flood");
    check(Dialect::Proquest, "ti,ab(climate)", "hlead:=climate");
    check(Dialect::Proquest, "ti,ft(climate)", "=climate");
    check(Dialect::Proquest, "yr(2015-2016) and yr(2015)", "date:2015-01-01..2016-12-31 date:2015");
    check(Dialect::Proquest, "climate NEAR change", "=climate NEAR/4 =change");
    check(Dialect::Proquest, "climate near change pre storm", "(=climate NEAR/4 =change) PRE/4 =storm");
    check(Dialect::Proquest, "climate PRE change", "=climate PRE/4 =change");
    check(Dialect::Lucene, "/flo+ds?/", "re:/flo+ds?/");
    check(Dialect::Lucene, "climate~0.8 flood~0.5 sea~0.9 tide~1", "climate~1 OR flood~2 OR =sea OR tide~1");
    check(Dialect::Dtsearch, "xfirstword w/10 mayor", "FIRST/10(=mayor)");
    loses(Dialect::Proquest, "ti,su(climate)", "title:=climate", &["ti,su"]);
    loses(Dialect::Proquest, "au.exact(\"jane doe\") and su.exact(x)", "byline:\"jane doe\"", &[".exact", "su.exact(x)"]);
    loses(Dialect::Proquest, "SU.EXACT(\"Floods\") AND rain", "=rain", &["SU.EXACT(\"Floods\")"]);
    loses(Dialect::Dtsearch, "#smith and fast&", "=smith =fast", &["#smith", "fast&"]);
    loses(Dialect::Nexis, "subject(x) w/5 flood and storm", "flood storm", &["subject(x)"]);
    loses(Dialect::Proquest, "flood n/5 su(x) and su(y) n/5 storm", "=flood =storm", &["su(x)", "su(y)"]);
    loses(Dialect::Dtsearch, "N===", "n???", &["N==="]);
    loses(Dialect::Dtsearch, "mayor w/10 xlastword", "=mayor", &["xlastword"]);
}

#[test]
fn google() {
    let check = |text, canonical| check(Dialect::Google, text, canonical);
    check("flood storm OR rain", "flood (storm OR rain)");
    check(
        "\"climate change\" minister intitle:flood -opinion after:2019",
        "\"climate change\" minister title:flood NOT opinion date:2019-01-01..",
    );
    check("flood AROUND(5) storm", "flood NEAR/5 storm");
    check("flood site:example.org", "flood url:*example.org*");
    check("Flood before:2019", "flood date:..2018-12-31");
    check("allintitle: tidal barrier after:2019", "title:tidal title:barrier date:2019-01-01..");
    check("allintitle:tidal \"sea wall\" OR storm", "title:tidal (\"sea wall\" OR storm)");
    check("allinurl:news barrier -flood", "url:*news* url:*barrier* NOT flood");
}

#[test]
fn dtsearch() {
    let check = |text, canonical| check(Dialect::Dtsearch, text, canonical);
    check("apple pear", "\"apple pear\"");
    check("apple and pear~", "=apple pear");
    check("apple w/5 pear", "=apple NEAR/5 =pear");
    check("apple not w/5 pear", "=apple NOT NEAR/5 =pear");
    check("apple pre/5 pear", "=apple PRE/5 =pear");
    check("apple w/10 xfirstword", "FIRST/10(=apple)");
    check("ba%nana", "banana~1");
    check("title contains (flood and storm)", "title:(=flood =storm)");
    for both in ["b%anan*", "ffo*ource%=reuters", "r\\u-1017%lc?9"] {
        let parsed =
            parse(both, &Context { saved: &saved, now: now().into(), dialect: Dialect::Dtsearch, ..Context::new(Target::Articles) });
        assert!(!parsed.is_sound(), "{both}");
    }
}

#[test]
fn what_is_open_or_dangles_is_an_error_in_every_language() {
    for dialect in Dialect::all() {
        for text in ["(a", "a AND", "OR b", "a w/0 b", "\"a"] {
            let parsed = parse(text, &Context { saved: &saved, now: now().into(), dialect, ..Context::new(Target::Articles) });
            assert!(!parsed.is_sound(), "{text} in {}", dialect.name());
        }
    }
}

#[test]
fn groups_in_groups_are_read_once() {
    // Read twice at each depth, these would take longer than anyone lives.
    for (dialect, opening) in [(Dialect::Nexis, "a (b and c "), (Dialect::Factiva, "a hd=(b and c "), (Dialect::Dtsearch, "a (b or c ")] {
        let text = format!("{}{}", opening.repeat(90), ")".repeat(90));
        let parsed = parse(&text, &Context { saved: &saved, now: now().into(), dialect, ..Context::new(Target::Articles) });
        assert!(parsed.is_sound(), "{}: {:?}", dialect.name(), parsed.problems);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1500))]
    #[test]
    fn nothing_typed_breaks_a_parser_and_what_is_printed_reads_back(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "a", "b*", "and", "or", "not", "AND", "OR", "NOT", "(", ")", "w/5", "/s", "pre/3", "same", "near4", "\"c d\"", "hd=x", "ti(",
            "+e", "-f", "term(g)", "ns=h", "date aft 2018", "atleast3(", "/F5/", "title:x", "xfirstword", "contains", "i/F3/", "n/3", "~", "^2",
            "NEAR", "/jk\\+/", "#l", "m&", "o~0.7", "ti,ab(p)", "su,ti(q)", "su.exact(r)", "date after -7", "xlastword", "title,body:s", "exact(t)",
        ]), 0..14),
        which in 0usize..7,
    ) {
        let text = pieces.join(" ");
        let dialect = Dialect::all().nth(which).unwrap();
        let parsed = parse(&text, &Context { saved: &saved, now: now().into(), dialect, ..Context::new(Target::Articles) });
        let printed = print(&parsed.query);
        let again = parse(&printed, &Context { saved: &saved, now: now().into(), ..Context::new(Target::Articles) });
        proptest::prop_assert_eq!(&again.query, &parsed.query, "{} → {} in {}", text, printed, dialect.name());
    }
}

#[test]
fn words_side_by_side_of_several_kinds_are_printed_so_that_they_read_back() {
    for dialect in Dialect::all() {
        let texts = [
            "rou?rs?/`merkle~ wom>n tax$2 r",
            "8within:50.85,4.31,20km ^e\u{301}@sav%d",
            "quote{spe%ff!:mermerkkel refugees}",
            "f%3C%3Cb%20id=xx%3E<b id=xx>0id=xx%3E<b id=xx>oollund OR storm",
        ];
        for text in texts {
            let context = Context { dialect, ..Context::new(Target::Articles) };
            let parsed = parse(text, &context);
            if parsed.is_sound() {
                let again = parse(&print(&parsed.query), &Context::new(Target::Articles));
                assert_eq!(again.query, parsed.query, "{text} in {}", dialect.name());
            }
        }
    }
}
