//! Signs of other systems: read where they can be, and told with what to write where they cannot.

use super::{now, problems, read, saved};
use crate::query::{Context, Dialect, Severity, Target, parse, print};

/// What is typed in a language, how it is read, and what is said of it: messages and suggestions, notes without a mark.
#[track_caller]
fn check(dialect: Dialect, text: &str, canonical: &str, said: &[&str]) {
    let parsed = parse(text, &Context { saved: &saved, now: now().into(), dialect, ..Context::new(Target::Articles) });
    assert!(parsed.is_sound(), "{text}: {}", problems(text, &parsed));
    assert_eq!(print(&parsed.query), canonical, "{text}");
    let mark = |severity| if severity == Severity::Loss { "lost: " } else { "" };
    let all: Vec<String> = parsed.problems.iter().map(|p| format!("{}{}", mark(p.severity), p.said())).collect();
    assert_eq!(all, said, "{text}");
    let again = parse(&print(&parsed.query), &Context { saved: &saved, now: now().into(), ..Context::new(Target::Articles) });
    assert_eq!(again.query, parsed.query, "{text}");
}

#[test]
fn but_not_excludes() {
    for (dialect, text, canonical) in [
        (Dialect::Nexis, "rico but not puerto", "rico NOT puerto"),
        (Dialect::Nexis, "rico BUT NOT (puerto or costa)", "rico NOT (puerto OR costa)"),
        (Dialect::Nexis, "rico butnot puerto andnot costa", "rico NOT puerto NOT costa"),
        (Dialect::Nexis, "rico but not w/5 puerto", "rico NOT NEAR/5 puerto"),
        (Dialect::Nexis, "last but least", "(last PRE/1 but) PRE/1 least"),
        (Dialect::Morgue, "rico BUT NOT puerto", "rico NOT puerto"),
        (Dialect::Morgue, "rico ANDNOT puerto", "rico NOT puerto"),
        (Dialect::Morgue, "rico BUT puerto", "rico =but puerto"),
    ] {
        check(dialect, text, canonical, &[]);
    }
    let xor = "`XOR` is searched as it stands: write `(a OR b) NOT (a b)` for one of two and not both";
    check(Dialect::Morgue, "rico XOR puerto", "rico =xor puerto", &[xor]);
    let small = "`andnot` in small letters is searched as a word: write `ANDNOT` if it ties the words";
    check(Dialect::Morgue, "rico andnot puerto", "rico andnot puerto", &[small]);
}

#[test]
fn a_space_stands_before_parentheses_in_nexis_and_proquest() {
    for (dialect, text, canonical) in [
        (Dialect::Nexis, "HEADLINE (flood) and date geq (1/1/2019)", "title:flood date:2019-01-01.."),
        (Dialect::Nexis, "publication (reuters or ap)", "source:reuters,ap"),
        (Dialect::Nexis, "hlead (mayor w/5 corrupt!)", "hlead:(mayor NEAR/5 corrupt*)"),
        (Dialect::Nexis, "ALLCAPS (rico)", "ALLCAPS(rico)"),
        (Dialect::Nexis, "flood and length (> 500)", "flood words:501.."),
        (Dialect::Proquest, "TI (flood) AND PUB (reuters)", "title:=flood source:reuters"),
        (Dialect::Morgue, "FIRST/50 (mayor)", "FIRST/50(mayor)"),
    ] {
        check(dialect, text, canonical, &[]);
    }
    let note = "`title` with a space behind it is searched as a word: write `title:(…)` if it is meant for what stands in the parentheses";
    check(Dialect::Morgue, "title (flood OR storm)", "title (flood OR storm)", &[note]);
    let note = "`CAPS` with a space behind it is searched as a word: write `CAPS(…)` if it is meant for what stands in the parentheses";
    check(Dialect::Morgue, "CAPS (rico)", "=caps rico", &[note]);
}

#[test]
fn dates_and_lengths_are_asked_for_in_words() {
    for (dialect, text, canonical) in [
        (Dialect::Nexis, "date (> 2017) and flood", "date:2018-01-01.. flood"),
        (Dialect::Nexis, "date (> 2017 and < 2019)", "date:2018-01-01.. date:..2018-12-31"),
        (Dialect::Nexis, "date(geq(1/31/2019) and leq(12/31/2019))", "date:2019-01-31.. date:..2019-12-31"),
        (Dialect::Nexis, "date aft 1/31/2019 and bef 12/31/2019 and flood", "date:2019-02-01.. date:..2019-12-30 flood"),
        (Dialect::Nexis, "flood and date > 2017 and < 2019", "flood date:2018-01-01.. date:..2018-12-31"),
        (Dialect::Nexis, "flood and length geq 500 and length leq (900)", "flood words:500.. words:..900"),
        (Dialect::Nexis, "length(> 500 and < 1000)", "words:501.. words:..999"),
        (Dialect::Nexis, "date after lunch", "(date PRE/1 after) PRE/1 lunch"),
        (Dialect::Factiva, "wc=(100 or 200)", "words:100 OR words:200"),
        (Dialect::Morgue, "date(> 2017)", "date:2018-01-01.."),
        (Dialect::Morgue, "words:(> 500)", "words:501.."),
        (Dialect::Morgue, "date geq (1/31/2019)", "date:2019-01-31.."),
        (Dialect::Morgue, "flood AND date after 2017 AND before 2020", "flood date:2018-01-01.. date:..2019-12-31"),
        (Dialect::Morgue, "date after 2017 AND before dinner", "date:2018-01-01.. before dinner"),
        (Dialect::Google, "flood when:7d", "flood date:2024-05-08..2024-05-15"),
    ] {
        check(dialect, text, canonical, &[]);
    }
    for (text, canonical, read) in [
        ("words:>=1,000", "words:1000..", "`>=1,000` is read as `>=1000`"),
        ("wc>1,500 flood", "words:1501.. flood", "`>1,500` is read as `>1500`"),
        ("words:1,500..12,000", "words:1500..12000", "`1,500..12,000` is read as `1500..12000`"),
        ("words:(>1,000)", "words:1001..", "`>1,000` is read as `>1000`"),
        ("length(> 1,500)", "words:1501..", "`> 1,500` is read as `> 1500`"),
        ("words:(< 100 OR >= 1,000)", "words:..99 OR words:1000..", "`>=1,000` is read as `>=1000`"),
        ("words:1,000", "words:1000", "`1,000` is read as `1000`"),
    ] {
        check(Dialect::Morgue, text, canonical, &[read]);
    }
    check(Dialect::Morgue, "words:500,600", "words:500 OR words:600", &[]);
    check(Dialect::Morgue, "length (>1000) flood", "words:1001.. flood", &[]);
    check(Dialect::Morgue, "date (> 2017)", "date:2018-01-01..", &[]);
    let spaced = "read as `words:>=1,000`, without the space";
    check(Dialect::Morgue, "words: >= 1,000 flood", "words:1000.. flood", &[spaced, "`>=1,000` is read as `>=1000`"]);
    check(Dialect::Nexis, "flood and length > 1,000", "flood words:1001..", &[]);
    let arrival = "`load-date` asks when an article came into this archive: write `date` for when it was published";
    for text in ["load-date(> 2017)", "load-date aft 2017", "load-date (> 2017)"] {
        check(Dialect::Nexis, text, "added:2017-12-31T22:00:00Z..", &[arrival]);
    }
}

#[test]
fn dates_and_ranges_may_have_spaces_in_them() {
    for (typed, canonical, value) in [
        ("date:november 2024 flood", "date:2024-11 flood", Some("`november 2024` is read as one value of `date`")),
        ("date:3 may 2024", "date:2024-05-03", Some("`3 may 2024` is read as one value of `date`")),
        ("date:2024-06-01 TO 2024-07-01", "date:2024-06-01..2024-07-01", Some("`2024-06-01 TO 2024-07-01` is read as one value of `date`")),
        ("words:100 to 200 flood", "words:100..200 flood", Some("`100 to 200` is read as one value of `words`")),
        ("date between 2024-01-01 and 2024-12-31 flood", "date:2024 flood", None),
        ("date:2024 to moscow", "date:2024 to moscow", None),
        ("date:2024 may flood", "date:2024 may flood", None),
    ] {
        check(Dialect::Morgue, typed, canonical, value.as_slice());
    }
    let note = ["`GB` is read as `united kingdom`"];
    check(Dialect::Morgue, "country:GB", "place:\"united kingdom\"", &note);
}

#[test]
fn fields_by_other_names_are_suggested() {
    for (typed, meant) in [
        ("quote:x", "said"),
        ("city:Hull", "place"),
        ("bbox:1,2,3,4", "within"),
        ("topic:flood", "tag"),
        ("Newspaper:mail", "source"),
        ("titel:x", "title"),
    ] {
        let parsed = parse(typed, &Context::new(Target::Articles));
        assert_eq!(parsed.problems[0].suggestion.as_deref(), Some(&*format!("did you mean `{meant}:`?")), "{typed}");
    }
}

#[test]
fn what_is_called_as_a_common_word_is_told() {
    let told =
        |word: &str, common: &str| format!("`{word}` is met where `{common}` stands, too: write `ALLCAPS({word})` for capitals alone");
    check(Dialect::Morgue, "US troops", "=us troops", &[&told("US", "us")]);
    check(Dialect::Morgue, "troops NEAR/5 U.S.", "troops NEAR/5 =us", &[&told("U.S.", "us")]);
    check(Dialect::Nexis, "WHO and vaccine", "who vaccine", &[&told("WHO", "who")]);
    check(Dialect::Morgue, "title:IT", "title:=it", &[&told("IT", "it")]);
    for (said, canonical) in [
        ("ALLCAPS(US) troops", "ALLCAPS(=us) troops"),
        ("CAPS(U.S. troops)", "CAPS(=us troops)"),
        ("exact:\"U.S.\"", "exact:\"U.S.\""),
        ("\"US troops\"", "\"us troops\""),
        ("UK us it", "=uk us it"),
        ("WHO WARNS US", "=who =warns =us"),
    ] {
        check(Dialect::Morgue, said, canonical, &[]);
    }
}

#[test]
fn distances_of_proquest_and_first_words_of_factiva_are_read() {
    for (dialect, text, canonical) in [
        (Dialect::Proquest, "flood N4 storm", "=flood NEAR/4 =storm"),
        (Dialect::Proquest, "flood P4 storm", "=flood PRE/4 =storm"),
        (Dialect::Proquest, "flood pre4 storm", "=flood PRE/4 =storm"),
        (Dialect::Proquest, "educat[*5] flood", "educat$5 =flood"),
        (Dialect::Factiva, "flood /F20/ and storm", "FIRST/20(=flood) =storm"),
        (Dialect::Google, "flood around(5) storm", "flood NEAR/5 storm"),
        (Dialect::Morgue, "flood around(5) storm", "flood NEAR/5 storm"),
    ] {
        check(dialect, text, canonical, &[]);
    }
}

#[test]
fn what_is_an_operator_elsewhere_is_told_where_it_is_a_word() {
    let n4 = "`N4` is searched as it stands: write `NEAR/4` for at most 4 words apart, `PRE/4` for the same in this order";
    check(Dialect::Morgue, "flood N4 storm", "flood =n4 storm", &[n4]);
    check(Dialect::Morgue, "flood n4 storm", "flood n4 storm", &[]);
    check(Dialect::Morgue, "N4 storm", "=n4 storm", &[]);
    let slashed = n4.replace("`N4`", "`n/4`");
    check(Dialect::Morgue, "flood n/4 storm", "flood n_4 storm", &[&slashed]);
    let first = "`flood/F20/` is searched as it stands: write `FIRST/20(flood)` for what stands within the first 20 words";
    check(Dialect::Morgue, "flood/F20/", "\"flood f20\"", &[first]);
    let days = "`2010-01..2012` is searched as it stands: a range needs a field: `date:2010-01..2012`";
    check(Dialect::Morgue, "flood 2010-01..2012", "flood 2010-01_2012", &[days]);
    let without = "`%` holds no word and is left out: write `NOT` for articles without what follows";
    check(Dialect::Morgue, "flood % storm", "flood storm", &[without]);
    let range = "`2010..2012` is searched as it stands: a range needs a field: `date:2010..2012`, `words:2010..2012`";
    check(Dialect::Google, "flood 2010..2012", "flood 2010_2012", &[range]);
    let slashed = "`/flo+d/` is searched as it stands: write `re:/flo+d/` for an expression";
    check(Dialect::Morgue, "/flo+d/", "flo_d", &[slashed]);
    let around = "`AROUND` is searched as it stands: write `AROUND(5)` for at most 5 words apart";
    check(Dialect::Morgue, "flood AROUND storm", "flood =around storm", &[around]);
    let terms = "`TERMS` is no field or function and is read as a word: it asks for codes of nexis, which files do not have; `tag:` asks for \
                 the keywords they give";
    check(Dialect::Morgue, "TERMS(weather)", "=terms weather", &[terms]);
    let load = "`load-date` is no field or function and is read as a word: it is a field of nexis: write `added:`, or read all of it with \
                `--dialect nexis`";
    check(Dialect::Morgue, "load-date(flood)", "load-date flood", &[load]);
    let industry = "`in` is no field; `in=i1` is searched as words: it asks for codes of factiva, which files do not have; `tag:` asks for the \
                    keywords they give";
    check(Dialect::Morgue, "in=i1", "in_i1", &[industry]);
}

#[test]
fn dates_of_one_question_are_read_in_one_order() {
    let day = |text: &str| {
        format!(
            "`{text}` is read with the day first, as another date here must be: write year, month and day, `2018-09-14`, to leave no doubt"
        )
    };
    let march = "date:2024-03-01.. date:..2024-03-31";
    check(Dialect::Nexis, "date(geq (1/3/2024) and leq (31/3/2024))", march, &[&day("1/3/2024")]);
    check(
        Dialect::Nexis,
        "flood and date aft 1-3-2024 and bef 31-3-2024",
        "flood date:2024-03-02.. date:..2024-03-30",
        &[&day("1-3-2024")],
    );
    check(Dialect::Morgue, "since:1/3/2024 until:31/3/2024", march, &[&day("1/3/2024")]);
    check(Dialect::Morgue, "date:1/3/2024..31/3/2024", "date:2024-03", &[&day("1/3/2024")]);
    check(Dialect::Morgue, "date:[1/3/2024 TO 31/3/2024]", "date:2024-03", &[&day("1/3/2024")]);
    let month = day("1/3/2024").replace("day first, as another date here must be", "month first");
    let other = month.replace("1/3/2024", "5/3/2024");
    check(Dialect::Morgue, "date:1/3/2024..5/3/2024", "date:2024-01-03..2024-05-03", &[&month, &other]);
    check(Dialect::Morgue, "date:1/3/2024..3/31/2024", "date:2024-01-03..2024-03-31", &[&month]);
    // Where both orders are met, there is none to go by.
    check(
        Dialect::Morgue,
        "date:1/3/2024 OR date:3/31/2024 OR date:31/3/2024",
        "date:2024-01-03 OR date:2024-03-31 OR date:2024-03-31",
        &[&month],
    );
    check(Dialect::Morgue, "date:2024-03-01..2024-03-31", "date:2024-03", &[]);
    check(Dialect::Morgue, "date:1/3/2024-31/3/2024", "date:2024-03", &[&day("1/3/2024")]);
    check(Dialect::Morgue, "date:3/3/2024..31/3/2024", "date:2024-03-03..2024-03-31", &[]);
}

#[test]
fn closeness_that_values_have_not_is_told_what_to_write() {
    let check = |typed: &str, told: &str| {
        let parsed = read(typed, Target::Articles);
        let errors: Vec<String> = parsed.problems.iter().filter(|p| p.severity == Severity::Error).map(|p| p.said()).collect();
        assert_eq!(errors.len(), 1, "{typed}: {errors:?}");
        assert!(errors[0].contains(told), "{typed}: {errors:?}");
        // What is advised can be read.
        let advised = errors[0].split('`').skip(1).step_by(2).filter(|code| code.contains(':')).map(|code| read(code, Target::Articles));
        assert!(advised.into_iter().all(|advised| advised.is_sound()), "{errors:?}");
    };
    check("byline:(jane NOT NEAR/2 doe)", "`byline:jane NOT byline:(jane NEAR/2 doe)`");
    check("byline:(jane NEAR/50 doe)", "one name is no longer than 10 words: `byline:(jane NEAR/10 doe)`");
    check("person:(jane /s doe)", "a name is no sentence: `person:(jane NEAR/10 doe)`");
    check("place:(new NEAR/2 york)", "`place:\"first second\"` asks for the words in a row");
    check("url:(new NEAR/2 york)", "`url:*first*second*` asks for both in one");
}

#[test]
fn names_of_catalogues_are_turned_round() {
    let told = "`Merkel, Angela` is read as `Angela Merkel` as well";
    check(Dialect::Morgue, "person:\"Merkel, Angela\"", "person:\"angela merkel\",\"merkel angela\"", &[told]);
    check(Dialect::Morgue, "byline:(\"Merkel, Angela\" OR doe)", "byline:\"angela merkel\",\"merkel angela\",doe", &[told]);
    check(Dialect::Proquest, "au(Merkel, Angela) AND flood", "byline:\"angela merkel\",\"merkel angela\" =flood", &[told]);
    for typed in ["byline:\"Doe, Jr.\"", "org:\"Doe, Jane\"", "byline:\"Doe, Ito, Cole\"", "said:\"we said, no\""] {
        let parsed = read(typed, Target::Quotes);
        assert!(parsed.problems.is_empty(), "{typed}: {}", problems(typed, &parsed));
    }
    let list = "`NYT,`: what stands behind the space is asked for as well: write lists without spaces to ask for any: `source:reuters,ap`";
    check(Dialect::Morgue, "source:(NYT, WaPo)", "source:nyt source:wapo", &[list]);
}

#[test]
fn dates_that_others_type_are_read() {
    let span = "date:2020-03-05..2020-03-10";
    for typed in ["pd(20200305-20200310)", "date:2020/03/05-2020/03/10", "date:2020-03-05-2020-03-10", "date:2020-03-05–2020-03-10"] {
        check(Dialect::Morgue, typed, span, &[]);
    }
    check(Dialect::Morgue, "date:2008-1012", "date:2008-10-12", &[]);
    let day = |back: i64| now().date().checked_sub(jiff::Span::new().days(back)).unwrap();
    for typed in ["date:[now-7d TO now]", "date:[now-7d/d TO now/d]", "date:[now-168h TO now]", "date:now-7d..now-15m"] {
        check(Dialect::Lucene, typed, &format!("date:{}..{}", day(7), day(0)), &[]);
    }
    check(Dialect::Lucene, "date:>=now-7d", &format!("date:{}..", day(7)), &[]);
    check(Dialect::Lucene, "date:now/y", &format!("date:{}", now().year()), &[]);
    for wrong in ["date:nowhere", "date:now-7", "date:now-7x", "date:now/q"] {
        assert!(!read(wrong, Target::Articles).is_sound(), "{wrong}");
    }
    let one = "`past 7 days` is read as one value of `date`";
    check(Dialect::Morgue, "date:past 7 days flood", &format!("date:{}..{} flood", day(7), day(0)), &[one]);
    let year = read("year:2020-2021", Target::Articles);
    assert_eq!(year.problems[0].said(), "`year` has no order, so there is no range of it: write `date:2020-2021`");
}

#[test]
fn what_has_no_place_here_is_told_where_it_belongs() {
    let check = |typed: &str, told: &str| {
        let all: Vec<String> = read(typed, Target::Articles).problems.iter().map(|p| p.said()).collect();
        assert!(all.len() == 1 && all[0].ends_with(told), "{typed}: {all:?}");
    };
    check("ext:pdf", "did you mean `format:`?");
    check("near:berlin", "did you mean `within:`?");
    check("publishedAt:[2020-01-01 TO 2020-12-31] flood", "there is no field `publishedAt`: did you mean `date:`?");
    check("has:byline", "`byline:*` asks that there is a byline, and so with each field");
    check("limit:10 flood", "how many are shown is no part of the question: `-n 10` on the command line");
    check("quote(speaker:merkel flood)", "`quote{…}` asks for one quote with all of it, `said(…)` for words inside a quote");
    check("NEAR(pier tide)", "closeness stands between what is close: `pier NEAR/5 tide`");
    check("person:\"ana ito\"~2", "`~2` behind a value is left out: words close to each other in one name: `byline:(jane NEAR/3 doe)`");
    check("\"carbon tax\"o3", "write `\"carbon tax\"~3` for these words with at most 3 others between");
    for (typed, canonical) in [("pier NEAR(5) tide", "pier NEAR/5 tide"), ("pier within/5 tide", "pier NEAR/5 tide")] {
        assert_eq!(print(&read(typed, Target::Articles).query), canonical);
    }
}

#[test]
fn spans_and_codes_of_nexis_and_others_are_read_or_led_to_what_there_is() {
    let january = "date:2020-01 flood";
    for typed in ["date(from 1/1/2020 to 1/31/2020) and flood", "date(between 1/1/2020 and 1/31/2020) and flood"] {
        let parsed = parse(typed, &Context { dialect: Dialect::Nexis, ..Context::new(Target::Articles) });
        assert!(parsed.is_sound(), "{typed}: {}", problems(typed, &parsed));
        assert_eq!(print(&parsed.query), january, "{typed}");
    }
    check(Dialect::Dtsearch, "date(jan 1 2020 to mar 31 2020)", "date:2020-01-01..2020-03-31", &[]);
    check(Dialect::Proquest, "loc(London) AND fulltext(flood)", "place:london =flood", &[]);
    check(Dialect::Lucene, "path:*\\/2020\\/*", "path:*/2020/*", &[]);
    let near = "`flood/n5/storm` is searched as it stands: write `flood NEAR/5 storm` for at most 5 words apart";
    check(Dialect::Morgue, "flood/n5/storm", "flood_n5_storm", &[near]);
    for (typed, told) in [
        (
            "city(london) and flood",
            "lost: `city(london)` asks for codes of that system, and is left out: places that texts name are asked for with `place:`",
        ),
        (
            "company(acme) and flood",
            "lost: `company(acme)` asks for codes of that system, and is left out: organizations that texts name are asked for with `org:`",
        ),
        ("type(web) and flood", "lost: `type(web)` asks for codes of that system, and is left out"),
    ] {
        check(Dialect::Nexis, typed, "flood", &[told]);
    }
}
