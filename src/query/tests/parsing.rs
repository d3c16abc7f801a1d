//! Typed text beside its canonical spelling and what there is to say about it.

use super::super::{Context, Query, Saved, Target, parse, print};
use super::{now, problems, read};
use expect_test::{Expect, expect};

#[track_caller]
fn show(text: &str, target: Target) -> String {
    let parsed = read(text, target);
    let canonical = print(&parsed.query);
    let again = read(&canonical, target);
    assert_eq!(again.query, parsed.query, "{text} → {canonical}");
    assert!(again.is_sound(), "{text} → {canonical}{}", problems(&canonical, &again));
    canonical + &problems(text, &parsed)
}

pub(super) fn check(text: &str, expected: Expect) {
    expected.assert_eq(&show(text, Target::Articles));
}

pub(super) fn check_quotes(text: &str, expected: Expect) {
    expected.assert_eq(&show(text, Target::Quotes));
}

#[test]
fn words() {
    check("flood storm", expect!["flood storm"]);
    check("Merkel =flood \"Interest rates\"", expect![[r#"=merkel =flood "interest rates""#]]);
    check("recycl! wom?n tax$3 merkle~ erdogan~1 *burg", expect!["recycl* wom?n tax$3 merkle~2 erdogan~1 *burg"]);
    check("al-Qaeda e-mail O'Brien U.K. COVID-19 AT&T 1,000 don’t", expect!["=al-qaeda e-mail =o-brien =uk =covid-19 =at-t 1000 dont"]);
    check("日本語 and/or paris,france", expect!["日本_本語 and_or paris_france"]);
    check("re:/colou?r/ title:/flood(s|ed)?/i", expect!["re:/colou?r/ title:/flood(s|ed)?/"]);
    check(
        "rock & roll – what now?",
        expect![[r#"
        rock roll what now?
        - "&" `&` holds no word and is left out
        - "–" `–` holds no word and is left out
        - "now?" `now?`: a `?` stands for one letter → leave it out if it is punctuation"#]],
    );
    check("", expect!["*"]);
    check("*", expect!["*"]);
    check("near5. date after lunch", expect!["near5. date. after lunch"]);
}

#[test]
fn logic() {
    check(
        "a b OR c",
        expect![[r#"
        (a b) OR c
        - "a b OR c" AND binds tighter than OR: read as `(a b) OR c` → write the parentheses that are meant"#]],
    );
    check("(a b) OR c", expect!["(a b) OR c"]);
    check("a AND (b OR c) NOT d -e !f +g", expect!["a (b OR c) NOT d NOT e NOT f g"]);
    check(
        "a|b || c && d",
        expect![[r#"
        a OR b OR (c d)
        - "a|b || c && d" AND binds tighter than OR: read as `a OR b OR (c && d)` → write the parentheses that are meant"#]],
    );
    check(
        "cats and dogs or birds not fish",
        expect![[r#"
            cats and dogs or birds not fish
            - "and" `and` in small letters is searched as a word → write `AND` if it ties the words
            - "or" `or` in small letters is searched as a word → write `OR` if it ties the words
            - "not" `not` in small letters is searched as a word → write `NOT` if it ties the words"#]],
    );
    // `!` cuts `acqui!` short, and negates nothing.
    check(
        "merger w/9 (acqui! or takeover)",
        expect![[r#"
            (merger NEAR/9 acqui*) (merger NEAR/9 or) (merger NEAR/9 takeover)
            - "or" `or` in small letters is searched as a word → write `OR` if it ties the words"#]],
    );
    check("flood AND !or", expect!["flood NOT or"]);
    check("-source:ap", expect!["NOT source:ap"]);
    check(
        "flood since:9/1/2018 date bef June 12, 2019",
        expect![[r#"
        flood date:2018-09-01.. date:..2019-06-11
        - "since:9/1/2018" `9/1/2018` is read with the month first → write year, month and day, `2018-09-14`, to leave no doubt"#]],
    );
    check("date after 13/1/2018 date is 9-30-2018 may 2018", expect!["date:2018-01-14.. date:2018-09-30 may 2018"]);
    check(
        "NOT NOT a –b",
        expect![[r#"
        NOT (NOT a) NOT b
        - "–" `–` is read as `-`, which excludes"#]],
    );
    check("flood^2 (a b)^0.5 \"x y\"^3", expect![[r#"flood^2 (a b)^0.5 "x y"^3"#]]);
    check(
        "a AND",
        expect![[r#"
        a
        ! "AND" `AND` has nothing to work on → quote it to search the word: `"AND"`"#]],
    );
    check(
        "OR a",
        expect![[r#"
        a
        ! "OR" `OR` has nothing to work on → quote it to search the word: `"OR"`"#]],
    );
    check(
        "a OR OR b",
        expect![[r#"
        a OR b
        ! "OR" `OR` has nothing to work on → quote it to search the word: `"OR"`"#]],
    );
    check(
        "(a",
        expect![[r#"
        a
        ! "(" this `(` is never closed → add a `)`"#]],
    );
    check(
        "a) b",
        expect![[r#"
        a b
        ! ")" nothing is open that this `)` closes"#]],
    );
    check(
        "() a",
        expect![[r#"
        a
        ! "()" there is nothing between these brackets"#]],
    );
    check(
        "\"a b",
        expect![[r#"
        "a b"
        ! "\"" this quotation mark is never closed → add a `"` where the phrase ends"#]],
    );
    check(
        "\"\" a",
        expect![[r#"
        a
        ! "\"\"" there is no word between these quotation marks"#]],
    );
    check(
        "a^x b^0",
        expect![[r#"
            a_x b
            ! "^0" `0` is no weight: a number from 0.001 to 1000"#]],
    );
    check(
        "a [b",
        expect![[r#"
        a b
        - "[" `[` belongs to no field and is left out → a range needs a field: `date:[2008 TO 2010]`"#]],
    );
}

#[test]
fn closeness() {
    check("a NEAR/5 b", expect!["a NEAR/5 b"]);
    check("a w/5 b near5 c", expect!["(a NEAR/5 b) NEAR/5 c"]);
    check(
        "a W/5 b PRE/3 c",
        expect![[r#"
        (a NEAR/5 b) PRE/3 c
        - "a W/5 b PRE/3 c" different kinds of closeness are read from left to right: `(a NEAR/5 b) PRE/3 c` → write the parentheses that are meant"#]],
    );
    check(
        "a pre/3 b +4 c adj5 d",
        expect![[r#"
        ((a PRE/3 b) PRE/4 c) PRE/5 d
        - "a pre/3 b +4 c adj5 d" different kinds of closeness are read from left to right: `((a PRE/3 b) PRE/4 c) PRE/5 d` → write the parentheses that are meant"#]],
    );
    check("a /s b", expect!["a /s b"]);
    check("a AROUND(3) b", expect!["a NEAR/3 b"]);
    check("a +s b", expect!["a +s b"]);
    check("a SAME b /p c", expect!["(a /p b) /p c"]);
    check("rico NOT w/5 puerto", expect!["rico NOT NEAR/5 puerto"]);
    check("rico not /s puerto", expect!["rico NOT /s puerto"]);
    check("(a OR b) w/3 \"c d\" e", expect![[r#"((a OR b) NEAR/3 "c d") e"#]]);
    check("(a b) w/3 (c d)", expect!["(a NEAR/3 c) (a NEAR/3 d) (b NEAR/3 c) (b NEAR/3 d)"]);
    check(
        "a w/3 (b NOT c)",
        expect![[r#"
        -*
        ! "(b NOT c)" `NOT` cannot stand inside an operand of `w/3` → write `a NOT NEAR/5 b`, or put the `NOT` outside"#]],
    );
    check(
        "a w/3 -b",
        expect![[r#"
            a
            ! "-" `NOT` cannot stand inside an operand of closeness → write `a NOT NEAR/5 b`"#]],
    );
    check(
        "a w/0 b",
        expect![[r#"
        a
        ! "w/0" neighbours are 1 word apart: the least distance is 1"#]],
    );
    check(
        "a w/5",
        expect![[r#"
        a
        ! "w/5" `w/5` has nothing to work on → quote it to search the word: `"w/5"`"#]],
    );
    check(
        "title:a w/5 b",
        expect![[r#"
        -*
        ! "title:a w/5 b" the operands of `w/5` are in different fields → closeness never crosses fields: write one field around the whole, `title:(a NEAR/5 b)`"#]],
    );
    check(
        "source:a w/5 b",
        expect![[r#"
        -*
        ! "source:a" only words can be operands of `w/5` → write a field around the whole: `title:(a NEAR/5 b)`"#]],
    );
    check("byline:(jane PRE/1 doe)", expect![[r#"byline:"jane doe""#]]);
    check(
        "by=((jane OR j) w/2 doe)",
        expect![[r#"byline:"jane doe","doe jane","j doe","doe j","jane * doe","doe * jane","j * doe","doe * j""#]],
    );
    check(
        "person:(ana PRE/3 ito) byline:(jane NOT NEAR/2 doe)",
        expect![[r#"
        person:"ana ito","ana * ito","ana * * ito"
        ! "jane NOT NEAR/2 doe" `NOT NEAR/2` asks for words of running text, not for values → put the `NOT` between two clauses: `byline:jane NOT byline:(jane NEAR/2 doe)`"#]],
    );
    check("griffith +observatory", expect!["griffith observatory"]);
    check("\"white house\"~3 \"tax * cut\" \"(tax|duty) rise\"", expect![[r#""white house"~3 "tax * cut" "(tax|duty) rise""#]]);
    check(
        "\"* a *\" \"who did it?\" \"stop!\" \"climat* change\"",
        expect![[r#"
        =a "who did it" =stop "climat* change"
        - "* a *" a `*` at the end of a phrase is left out
        - "it?" `it?`: inside quotes a `?` at the end of a word is punctuation → write `*` for any ending"#]],
    );
}

#[test]
fn functions() {
    check("ATLEAST5(launder! OR wash) atleast3 x FIRST/50(a b)", expect!["ATLEAST5(launder* OR wash) ATLEAST3(x) FIRST/50(a b)"]);
    check("CAPS(bush) ALLCAPS(RICO) nocaps(\"a b\")", expect![[r#"CAPS(bush) ALLCAPS(=rico) NOCAPS("a b")"#]]);
    check("NAME(john smith) NAME(plato) NAME(john paul jones)", expect!["NAME(john smith) =plato NAME(john paul jones)"]);
    check(
        "ATLEAST0(a)",
        expect![[r#"
        -*
        ! "ATLEAST0" `ATLEAST0`: the number must be from 1 to 10000"#]],
    );
    check(
        "ATLEAST2(source:x)",
        expect![[r#"
        -*
        ! "(source:x)" only words can be operands of `ATLEAST2` → write a field around the whole: `title:(a NEAR/5 b)`"#]],
    );
    check("first/3 name caps", expect!["first_3 name caps"]);
}

#[test]
fn saved_queries() {
    check("@ministers x", expect!["role:minister,secretary x"]);
    check("@storms y", expect!["(flood OR storm) y"]);
    check("@desk", expect![[r#"source:"the desk" (flood OR storm)"#]]);
    check("query:storms^2", expect!["(flood OR storm)^2"]);
    check("@about(\"Ann Smith\", since=2020)", expect![[r#"(person:"ann smith" OR title:"ann smith") date:2020-01-01.."#]]);
    check(
        "@about",
        expect![[r#"
        -*
        ! "@about" `@about`: `$x` is not given"#]],
    );
    check(
        "@about(a, b, c)",
        expect![[r#"
        -*
        ! "@about(a, b, c)" `@about`: it takes 2 arguments"#]],
    );
    check(
        "@loop",
        expect![[r#"
        a b
        ! "@loop" in `@loop`: in `@pool`: `@loop` contains itself: @loop → @pool → @loop"#]],
    );
    check(
        "@nobody",
        expect![[r#"
        -*
        ! "@nobody" there is no saved query `nobody` → quote it to search the word: `"@nobody"`"#]],
    );
    check(
        "@broken z",
        expect![[r#"
        titel_x z
        ! "@broken" in `@broken`: there is no field `titel` → did you mean `title:`?"#]],
    );
}

#[test]
fn comments() {
    check("flood # a comment\n storm #hashtag", expect!["flood storm hashtag"]);
    check("flood #budget", expect!["flood budget"]);
}

#[test]
fn the_same_request_in_four_traditions() {
    check(
        "\"climate change\" minister intitle:flood -opinion after:2019",
        expect![[r#""climate change" minister title:flood NOT opinion date:2020-01-01.."#]],
    );
    check(
        "+title:flood +\"climate change\"~3 +minister -section:opinion +date:[2019-01-01 TO *]",
        expect![[r#"title:flood "climate change"~3 minister NOT section:opinion date:2019-01-01.."#]],
    );
    check(
        "hlead:flood (climate NEAR/3 change) minister -section:opinion since:2019",
        expect!["hlead:flood (climate NEAR/3 change) minister NOT section:opinion date:2019-01-01.."],
    );
    check(
        "title:budget quote{role:minister (cut* NEAR/4 tax*)} date:2010Q1..2010Q3",
        expect!["title:budget quote{role:minister (cut* NEAR/4 tax*)} date:2010-01-01..2010-09-30"],
    );
    check("ALLCAPS(RICO) NOT w/5 puerto AND ATLEAST3(launder!)", expect!["(ALLCAPS(=rico) NOT NEAR/5 puerto) ATLEAST3(launder*)"]);
    check("speaker:merkel about:erdogan qtype:direct conf:>=0.7", expect!["speaker:merkel about:erdogan qtype:direct conf:70.."]);
}

#[test]
fn edits_and_open_letters_do_not_go_together() {
    for typed in ["tax$2~", "tax$2$9~", "wo?d~", "harb*~1", "harb!~"] {
        assert!(!read(typed, Target::Articles).is_sound(), "{typed}");
    }
    assert!(read("e-mail~ harbor~1", Target::Articles).is_sound());
}

#[test]
fn limits() {
    let deep = format!("{}a{}", "(".repeat(300), ")".repeat(300));
    assert!(!read(&deep, Target::Articles).is_sound());
    let deep = format!("{}a{}", "(".repeat(150), ")".repeat(150));
    assert!(read(&deep, Target::Articles).is_sound());
    assert!(!read(&"NOT ".repeat(300), Target::Articles).is_sound());
    assert!(!read(&vec!["a"; 300].join(" w/5 "), Target::Articles).is_sound());
    assert!(!read(&"a ".repeat(20_000), Target::Articles).is_sound());
    assert!(read(&"a ".repeat(10_000), Target::Articles).is_sound());
    assert_eq!(read(&"a".repeat(70_000), Target::Articles).query, Query::Nothing);
    let wide = format!("({}) w/5 ({})", "a ".repeat(4_000), "b ".repeat(4_000));
    assert!(!read(&wide, Target::Articles).is_sound());
}

#[test]
fn what_looks_like_an_operator_or_a_part_of_a_value_is_noted() {
    let said = |text: &str| super::problems(text, &super::read(text, Target::Articles));
    assert!(said("climate near change").contains("`near` without a number is searched as a word → write `near/5`"));
    let single = "single quotation marks hold no words together → write `\"police court\"` for these words in a row";
    for marks in ["‘police court’ mayor", "'police court'", "(mayor ‚police court‘)"] {
        assert!(said(marks).contains(single), "{marks}");
    }
    assert_eq!(said("‘mayor’ mayor’s 'tis bribe").matches("single").count(), 0);
    assert!(said("climate NEAR change").contains("`NEAR` without a number is searched as a word → write `NEAR/5`"));
    assert!(said("climate PRE change").contains("`PRE` without a number"));
    assert_eq!(said("NEAR"), "");
    assert!(said("url:cnn.com").contains("`cnn.com` is met as the whole address only → `url:*cnn.com*` for addresses that hold it"));
    assert!(said("inurl:\"cnn.com\"").contains("`url:*cnn.com*`"));
    assert_eq!(said("url:*cnn.com*") + &said("url:https://cnn.com/"), "");
    for range in ["year:>2015", "year>2015", "year:<=2015", "month:>=2015-06"] {
        let value = range.trim_start_matches(|c: char| c.is_alphabetic() || c == ':');
        assert!(said(range).contains(&format!("has no order, so there is no range of it → write `date:{value}`")), "{}", said(range));
    }
    assert!(said("person,org:nato").contains("`person,org`: only fields of text can be named together → write each: `person:… OR org:…`"));
    assert!(said("?????").contains("`?????` has no letter, so that any word would do, and is left out"));
    for (text, canonical) in [
        ("title,lead:climate", "hlead:climate"),
        ("title,body:(climate change)", "climate change"),
        ("exact(\"Climate\")", "exact:\"Climate\""),
        ("exact(Climate change) flood", "exact:\"Climate change\" flood"),
    ] {
        let parsed = super::read(text, Target::Articles);
        assert_eq!((crate::query::print(&parsed.query).as_str(), said(text).as_str()), (canonical, ""), "{text}");
    }
    assert!(said("exact(\"...\")").contains("`exact:` has no word to look for") && said("exact(\"a\"").contains("never closed"));
}

#[test]
fn too_deep_is_said_once() {
    let text = format!("{}flood{}", "(".repeat(300), ")".repeat(300));
    let parsed = super::read(&text, Target::Articles);
    assert_eq!(parsed.problems.len(), 1, "{:?}", parsed.problems.get(..2));
    assert!(parsed.problems[0].message.contains("more than 200 deep"));
}

#[test]
fn a_question_that_hands_on_what_it_is_given_twice_does_not_grow_without_end() {
    // `@hands30("x y")` asks for `@hands29("x y" "x y")`, and so down: a thousand million times `x y` at the end.
    let saved = |name: &str| {
        let depth: u32 = name.strip_prefix("hands")?.parse().ok()?;
        let text = if depth == 0 { "$x".to_owned() } else { format!("@hands{}(\"$x\" \"$x\")", depth - 1) };
        Some(Saved { text, params: vec![("x".to_owned(), None)], of_quotes: false })
    };
    let context = Context { saved: &saved, now: now().into(), ..Context::new(Target::Articles) };
    assert!(parse("@hands3(a)", &context).is_sound());
    let parsed = parse("@hands30(a)", &context);
    assert!(parsed.problems.iter().any(|p| p.message.contains("longer than 65536 bytes")), "{:?}", parsed.problems);
}
