//! Queries said as sentences, and problems shown with carets.

use super::super::{OPERATORS, Target, diagnose, reading};
use super::{problems, read};
use crate::field::FIELDS;
use expect_test::{Expect, expect};

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&reading(&read(text, Target::Articles).query, Target::Articles));
}

fn check_quotes(text: &str, expected: Expect) {
    expected.assert_eq(&reading(&read(text, Target::Quotes).query, Target::Quotes));
}

#[test]
#[rustfmt::skip]
fn readings() {
    check("", expect!["all articles"]);
    check("flood", expect!["articles in which *flood* occurs"]);
    check(
        "hlead(mayor w/5 corrupt!) date:2008",
        expect!["articles in which *mayor* and a word starting *corrupt* are within 5 words, in the headline or lead, dated 2008"],
    );
    check(
        "flood storm -opinion source:reuters,ap",
        expect!["articles in which *flood* and *storm* occur, either from *reuters* or from *ap*, except those in which *opinion* occurs"],
    );
    check("flood OR Storm OR \"high water\"", expect!["articles in which *flood*, exactly *storm* or the phrase *high water* occurs"]);
    check("title:flood OR source:ap", expect!["articles either (in which *flood* occurs, in the headline) or from *ap*"]);
    check("-source:ap", expect!["all articles except those from *ap*"]);
    check(
        "(flood OR storm) e-mail NAME(john smith) al-Qaeda",
        expect!["articles in which *flood* or *storm* occurs, in which *e-mail*, the name *john smith* and exactly *al-qaeda* occur"],
    );
    check(
        "ALLCAPS(RICO) NOT w/5 puerto AND ATLEAST3(launder!)",
        expect![[r#"articles in which exactly *rico* all in capitals occurs with no *puerto* within 5 words and a word starting *launder* occurs at least 3 times"#]],
    );
    check(
        "(a pre/2 b) /s (c OR d) FIRST/50(x)",
        expect![[r#"articles in which (*a* at most 2 words before *b*) and *c* or *d* are in one sentence and *x* within the first 50 words occurs"#]],
    );
    check(
        "title:budget quote{role:minister (cut* NEAR/4 tax*)} date:2010Q1..2010Q3",
        expect![[r#"articles in which *budget* occurs, in the headline, with one quote with a speaker who is *minister*, in which a word starting *cut* and a word starting *tax* are within 4 words, dated from 2010-01-01 to 2010-09-30"#]],
    );
    check(
        "person:\"Angela Merkel\" place:Ukraine words:>800 since:2008 date:none lang:en",
        expect!["articles that name *angela merkel*, with a place in *ukraine*, with at least 801 words, dated since 2008-01-01, without a date, in the language *en*"],
    );
    check(
        "merkle~ wom?n *burg *flood* re:/a+/ tax$2 \"a b\"~3 \"a * (b|c)\"",
        expect![[r#"articles in which a word within 2 edits of *merkle*, a word of the form `wom?n`, a word ending *burg*, a word containing *flood*, a word matching /a+/, *tax* with up to 2 more letters, exactly *a* and exactly *b* in any order with at most 3 other words between and the phrase *a … (b or c)* occur"#]],
    );
    check(
        "within:50.85,4.35,20km byline:* flood^2",
        expect!["articles with a place within 20 km of 50.85, 4.35, with a byline, in which *flood* occurs (counting 2 times)"],
    );
    check_quotes(
        "refugees OR asylum speaker:\"Angela Merkel\" qtype:direct conf:>=0.7",
        expect!["quotes either in which *refugees* occurs or (in which *asylum* occurs, by *angela merkel*, of the kind *direct*, with a confidence of at least 70 percent)"],
    );
    check("a PRE/1 b c NOT w/1 d ATLEAST1(e)", expect!["articles in which *a* comes at most 1 word before *b*, *c* occurs with no *d* within 1 word and *e* occurs at least once"]);
    check("lang:none -lang:en", expect!["articles without a language, except those in the language *en*"]);
    check("dup:*original*", expect!["articles that are `*original*` (copy or original)"]);
    check("dup:original is:noted", expect!["articles that are no copies, that you wrote a note on"]);
    check("dup:copy is:seen version:latest", expect!["articles that are copies of one before, that you marked as *seen*, of the version *latest*"]);
    check("source:fox* lang:e*", expect!["articles from `fox*`, in the language `e*`"]);
    check("person:ob*ma org:/na.o/ section:\"world ne*\"", expect![[r#"articles that name `ob*ma`, that name the organization `/na.o/`, in the section `"world ne*"`"#]]);
    check("org:* updated:* -url:*", expect!["articles with an organization, with a date of change, without an address"]);
    check("revision:>12 cue:deni* qtype:direct", expect!["articles with a revision of at least 13, with a quote with the cue `deni*`, with a quote of the kind *direct*"]);
    check_quotes("cue:deni* qtype:direct echo:a#q3", expect!["quotes with the cue `deni*`, of the kind *direct*, that repeat *a#q3*"]);
    check_quotes(
        "speaker:merkel about:erdogan article{title:summit} -cue:denied",
        expect!["quotes by *merkel*, about *erdogan*, in articles in which *summit* occurs, in the headline, except those with the cue *denied*"],
    );
}

#[test]
fn carets() {
    let check = |text: &str, expected: Expect| expected.assert_eq(&diagnose(text, &read(text, Target::Articles).problems));
    check(
        "flood titel:x",
        expect![[r#"
        error: there is no field `titel`
          flood titel:x
                ^^^^^ did you mean `title:`?
    "#]],
    );
    check(
        "flood\n  (storm OR\n# nothing more",
        expect![[r#"
        error: this `(` is never closed (line 2)
            (storm OR
            ^ add a `)`
        error: `OR` has nothing to work on (line 2)
            (storm OR
                   ^^ quote it to search the word: `"OR"`
    "#]],
    );
    check(
        "person:“Jane? Doe”",
        expect![[r#"
        note: `Jane?`: inside quotes a `?` at the end of a word is punctuation
          person:“Jane? Doe”
                  ^^^^^ write `*` for any ending
    "#]],
    );
    check(
        "日本 –titel:x „a",
        expect![[r#"
        note: `–` is read as `-`, which excludes
          日本 –titel:x „a
               ^
        error: there is no field `titel`
          日本 –titel:x „a
                ^^^^^ did you mean `title:`?
        error: this quotation mark is never closed
          日本 –titel:x „a
                        ^ add a `"` where the phrase ends
    "#]],
    );
}

/// What is wrong comes first: whoever prints it puts `error:` before it.
#[test]
fn a_refusal_begins_with_what_is_wrong() {
    let refusal = |text: &str| crate::query::refusal(text, &read(text, Target::Articles).problems).map(|e| e.to_string());
    assert_eq!(refusal("letter –flood"), None);
    let brace = refusal("letter{x}").unwrap();
    assert!(brace.starts_with("nothing is open that this `}` closes\n") && brace.contains("\nnote: `{` belongs to no field"), "{brace}");
}

/// What help shows must be right.
#[test]
fn examples_are_sound() {
    let examples = OPERATORS.iter().map(|o| o.example).chain(FIELDS.iter().map(|f| f.example));
    for example in examples.chain(OPERATORS.iter().filter_map(|o| o.example.split(" · ").next())) {
        for target in [Target::Articles, Target::Quotes] {
            let parsed = read(example, target);
            assert!(parsed.is_sound(), "{example}{}", problems(example, &parsed));
        }
    }
}

/// Every field can be asked by each of its names in each of the three spellings.
#[test]
fn every_name_of_every_field() {
    for field in FIELDS {
        let value = field.example.split_once([':', '=']).map_or("x", |(_, v)| v);
        for name in field.aliases.iter().chain([&field.name]) {
            let one = read(&format!("{name}:{value}"), Target::Articles);
            assert!(one.is_sound(), "{name}:{value}{}", problems(&format!("{name}:{value}"), &one));
            assert_eq!(one.query, read(&format!("{name}={value}"), Target::Articles).query);
            if !value.starts_with(['=', '(']) {
                assert_eq!(one.query, read(&format!("{name}({value})"), Target::Articles).query, "{name}({value})");
            }
        }
    }
}
