//! Laws: a printed query reads back as it was, and no text makes the parser fail.

use super::super::{Query, Target, parse, print};
use super::{problems, read};
use proptest::prelude::*;

/// Texts of well-formed queries, by which every shape of the algebra that can be typed is met.
fn typed_query() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-e]{1,3}",
        1 => "[A-C][a-c]{1,2}",
        1 => Just("al-Qaeda".to_owned()),
        1 => Just("e-mail".to_owned()),
        1 => Just("O'Neill-Smith".to_owned()),
        1 => Just("日本語".to_owned()),
        1 => Just("and/or".to_owned()),
        1 => Just("3.5".to_owned()),
        1 => Just("near5.".to_owned()),
        1 => Just("date".to_owned()),
        1 => Just("after".to_owned()),
        1 => "=[a-c]{1,3}",
        1 => "[a-c]{1,2}[*!]",
        1 => "[a-c]\\?[a-c]\\*?",
        1 => "al-qa[*!]",
        1 => "[a-e]{3,8}~[12]?",
        1 => "co-op~",
        1 => "tax\\$[1-9]",
        1 => "re:/[a-c/]{1,3}\\+?/",
        1 => "exact:\"[a-cA-C]{1,2}[. '&-]{1,2}[a-cA-C]{1,2}\\.?\"",
        1 => "exact:[A-Ca-c]{1,2}",
    ];
    let phrase = prop_oneof![
        "\"[a-c]{1,2} [a-c]{1,2}( [a-c*]{1,2})?\"",
        "\"e-mail [a-c]{1,2} \\* \\((a|b\\|c)?\\|d\\) al-Qaeda\"",
        "\"[a-c]{1,2} [a-c]{1,2}\"~[0-9]",
        "“[a-c]{1,2}”",
    ];
    let words = prop_oneof![3 => word.clone(), 1 => phrase].prop_recursive(3, 12, 3, |inner| {
        let operator = prop_oneof![
            Just("NEAR/5"),
            Just("w/3"),
            Just("/2"),
            Just("pre/3"),
            Just("+4"),
            Just("adj1"),
            Just("near7"),
            Just("/s"),
            Just("/p"),
            Just("+s"),
            Just("SAME"),
            Just("NOT w/5"),
            Just("not /s"),
            Just("AROUND(3)"),
        ];
        prop_oneof![
            (inner.clone(), operator, inner.clone()).prop_map(|(a, o, b)| format!("({a}) {o} ({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} OR {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} {b})")),
            (prop_oneof![Just("ATLEAST3"), Just("FIRST/9"), Just("CAPS"), Just("nocaps")], inner).prop_map(|(f, a)| format!("{f}({a})")),
            Just("NAME(john paul smith)".to_owned()),
        ]
    });
    let value = prop_oneof![
        (prop_oneof![Just("person"), Just("source"), Just("speaker"), Just("place"), Just("tag"), Just("lang"), Just("url")], "=?[a-cA-C]{1,3}|[a-c]{1,2}\\*|\"[a-c\u{e9}]{1,3} [a-c-]{1,3}\"|=\"[a-c\\\\\\\\ “-]{1,5}\"|/[a-c]+/|\\*|[a-c]{3}~|al-[a-c]{1,3}|a,b,\"c d\"")
            .prop_map(|(f, v)| format!("{f}:{v}")),
        (prop_oneof![Just("words"), Just("qlen"), Just("conf")], "(>|<|>=|<=)?[1-9][0-9]{0,2}|[1-4]\\.\\.[5-9]?|\\.\\.[1-9]").prop_map(|(f, v)| format!("{f}:{v}")),
        (prop_oneof![Just("date"), Just("added"), Just("updated"), Just("since"), Just("before")], "(19|20)[0-9]{2}(-0[1-9](-1[0-9](T1[0-9](:[0-5][0-9]){0,2}Z?)?)?)?|last-[1-9][hdwmy]|20[0-2]0Q[1-4]")
            .prop_map(|(f, v)| format!("{f}:{v}")),
        Just("within:1.5,-2,30km".to_owned()),
        Just("date:none".to_owned()),
        Just("*".to_owned()),
    ];
    let named =
        (prop_oneof![Just("title"), Just("hlead"), Just("body"), Just("said")], words.clone()).prop_map(|(f, w)| format!("{f}:({w})"));
    prop_oneof![4 => words, 2 => named, 2 => value].prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" "))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|all| format!("({})", all.join(" OR "))),
            inner.clone().prop_map(|a| format!("NOT ({a})")),
            inner.clone().prop_map(|a| format!("({a})^2.5")),
            inner.clone().prop_map(|a| format!("quote{{{a}}}")),
            inner.prop_map(|a| format!("article{{{a}}}")),
        ]
    })
}

/// Pieces of which broken queries are made.
fn junk() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        1 => "\\PC{0,6}",
        2 => "[ -~éñ“„–’日本語]{0,8}",
        2 => "[a-z:=()\"/*?~^|{}\\[\\]!$@,.+-]{1,8}",
        4 => prop::sample::select(vec![
            "AND",
            "OR",
            "NOT",
            "(",
            ")",
            "\"",
            "“",
            "w/5",
            "/s",
            "NOT",
            "title:",
            "date:",
            "words:>",
            "person:=\"",
            "quote{",
            "}",
            "[",
            " TO ",
            "]",
            "..",
            "@loop",
            "@about(",
            "ATLEAST2(",
            "FIRST/",
            "NAME(",
            "re:/",
            "/",
            "^2",
            "~",
            "–",
            "within:",
            "date after ",
            "-",
            "+",
            "#",
            "\n",
            "\u{a66e}",
            "stem:off",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((piece, prop_oneof![Just(""), Just(" ")]), 0..24).prop_map(|p| p.into_iter().map(|(a, b)| a + b).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printed_queries_read_back(text in typed_query(), quotes: bool) {
        let target = if quotes { Target::Quotes } else { Target::Articles };
        let first = read(&text, target);
        let canonical = print(&first.query);
        let second = read(&canonical, target);
        prop_assert!(second.is_sound(), "{text}\n{canonical}{}", problems(&canonical, &second));
        prop_assert_eq!(&second.query, &first.query, "{}\n{}", text, canonical);
        prop_assert_eq!(print(&second.query), canonical);
    }

    /// By this, words that can have the stem asked for are told from others at a glance.
    #[test]
    fn english_stems_begin_as_their_words_do(word in "[a-zà-ÿ]{1,3}(y|e|i)?[a-z]{0,6}(ing|ed|s|ies|ly|ness|er|est|ying)?") {
        let stem = crate::words::stem("en", &word);
        prop_assert_eq!(stem.as_bytes().first(), word.as_bytes().first(), "{}", word);
    }

    /// By this, the inflections of a word are found in a sorted vocabulary.
    #[test]
    fn words_begin_as_their_stems_say(
        word in "[a-z]{2,9}",
        ending in prop::sample::select(vec!["", "s", "en", "er", "es", "aux", "ing", "ung", "ción", "mente", "isch", "heid", "i", "ами", "ssa", "ene"]),
        which in 0..crate::words::LANGUAGES.len(),
    ) {
        let language = crate::words::LANGUAGES[which];
        let word = crate::words::fold(&format!("{word}{ending}")).into_owned();
        let stem = crate::words::stem(language, &word).into_owned();
        // Whatever form is asked that has this stem.
        let asked = crate::words::Stems::of(language, &stem);
        prop_assume!(asked.family(&word));
        prop_assert!(asked.prefixes().iter().any(|p| word.starts_with(p)), "{word} of {stem} in {language}: {:?}", asked.prefixes());
    }

    #[test]
    fn no_text_is_too_odd(text in junk(), quotes: bool) {
        let target = if quotes { Target::Quotes } else { Target::Articles };
        let parsed = read(&text, target);
        for problem in &parsed.problems {
            prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem);
        }
        super::super::diagnose(&text, &parsed.problems);
        super::super::reading(&parsed.query, target);
        let canonical = print(&parsed.query);
        let again = read(&canonical, target);
        // A fraction or a rare script may be cut otherwise when its folded form is spelled out.
        if text.chars().all(|c| c.is_ascii() || "éñ“”„–’".contains(c)) {
            prop_assert_eq!(&again.query, &parsed.query, "{}\n{}", text, canonical);
        }
    }
}

/// The time a text takes grows with its length alone, however it is made.
#[test]
fn long_texts_are_read_quickly() {
    let parts = [
        "(",
        ")",
        "\"",
        "a ",
        "a OR ",
        "NOT ",
        "a w/5 ",
        "-",
        "title:",
        "title:(",
        "a,",
        "/",
        "re:/a",
        "[",
        "quote{",
        "@loop ",
        "x:",
        "date after ",
        "#",
        "a\n",
        "and ",
        "NAME(",
        "ATLEAST2 ",
        "*",
        "a-",
        "日",
        "\u{301}",
        "^2",
        "~",
        "source:a,",
        "person:=\"",
        "\\\"",
        "a /s b ",
        "?",
    ];
    for part in parts {
        let started = std::time::Instant::now();
        let text = part.repeat(60_000 / part.len());
        let parsed = read(&text, Target::Articles);
        assert!(print(&parsed.query).len() < 1_000_000, "{part}");
        // A second at most of a debug build with half a processor; half a minute and more where each value looks at all that follow.
        assert!(started.elapsed().as_secs() < 20, "{part}: {:?}", started.elapsed());
    }
}

#[test]
fn nothing_and_all() {
    let context = super::super::Context::new(Target::Articles);
    assert_eq!(parse("", &context).query, Query::All);
    assert_eq!(parse("-*", &context).query, Query::Nothing);
}

/// What may be typed may also be printed, said and matched without running out of stack.
#[test]
fn deep_queries_go_all_the_way() {
    let nested = |open: &str, close: &str, times: usize| format!("{}a{}", open.repeat(times), close.repeat(times));
    let shapes =
        [("(a /s (b OR ", "))"), ("title:(", ")"), ("quote{article{a ", "}}"), ("NOT (", ")"), ("ATLEAST2(", ")"), ("a OR (b ", ")")];
    for (open, close) in shapes {
        for times in [60, 98, 190] {
            let text = nested(open, close, times);
            let parsed = read(&text, Target::Articles);
            assert!(parsed.is_sound() || times > 60, "{text}{}", problems(&text, &parsed));
            let canonical = print(&parsed.query);
            assert_eq!(read(&canonical, Target::Articles).query, parsed.query);
            super::super::reading(&parsed.query, Target::Articles);
            let mut clipping = crate::article::Clipping::default();
            clipping.article.body = "a b a".to_owned();
            super::super::Matcher::new(&parsed.query, Target::Articles).article(&clipping);
        }
    }
}
