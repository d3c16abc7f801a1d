use super::*;

fn forms(text: &str) -> String {
    words(text).iter().map(|(_, _, p, f)| format!("{p}:{f}")).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(forms(text), expected, "{text}");
}

#[test]
fn punctuation_variants_meet() {
    check("The U.S. said", "0:the 1:us 2:said");
    check("U.S.-led", "0:us 1:led");
    check("the U.S.'s role", "0:the 1:us 2:role");
    check("Zelenskyy’s men", "0:zelenskyy 1:men");
    check("workers' rights", "0:workers 1:rights");
    check("I don’t", "0:i 1:dont");
    check("O'Brien", "0:o 0:obrien 1:brien");
    check("al-Qaeda", "0:al 0:alqaeda 1:qaeda");
    check("COVID-19", "0:covid 0:covid19 1:19");
    check("AT&T", "0:at 0:att 1:t");
    check("$1,000.50 and 3.5m", "0:1000.50 1:and 2:3.5m");
    check("J.K. Rowling at 9 a.m.", "0:jk 1:rowling 2:at 3:9 4:am");
    check("x.fr a.bc", "0:x 1:fr 2:a 3:bc");
    check("Mr. A. Smith.", "0:mr 1:a 2:smith");
    check("state-of-the-art", "0:state 0:stateoftheart 1:of 2:the 3:art");
}

#[test]
fn letters_of_all_kinds() {
    check("Žofie Ólafur İstanbul Straße", "0:zofie 1:olafur 2:istanbul 3:strasse");
    check("北京市 x 日", "0:北京 1:京市 2:x 3:日");
    check("cafe\u{301} re\u{301}sume\u{301}", "0:cafe 1:resume");
    check("co\u{ad}operate", "0:cooperate");
    check("", "");
    check("— … !", "");
}

#[test]
fn offsets_slice_the_word() {
    let text = "“Žofie’s” e‑mail, U.S.'s U.S.";
    let got: Vec<&str> = words(text).iter().map(|(s, e, _, _)| &text[*s..*e]).collect();
    assert_eq!(got, ["Žofie", "e", "e‑mail", "mail", "U.S.", "U.S."]);
}

#[test]
fn families_begin_with_their_prefixes() {
    let vocabulary = "happy happier happily happiness hope hoping hoped hopes cry cries crying cried die dying dies lie lying run running runs \
        guarantee guarantees guaranteed president presidents presidency policy policies nation national nationalization relate relational \
        relation city cities skies sky university universities argue arguing argued agree agreed agreement use using used";
    for a in vocabulary.split_whitespace() {
        let stems = Stems::of("en", a);
        for b in vocabulary.split_whitespace().filter(|b| stems.family(b)) {
            assert!(stems.prefixes().iter().any(|p| b.starts_with(p)), "{a} {b} {:?}", stems.prefixes());
        }
    }
}

/// All endings the English stemmer knows, one and two behind beginnings of all sorts.
#[test]
fn inflections_of_made_up_words_begin_as_their_stem_says() {
    let beginnings = "a d b ho hop hopp sk sky v vi t ti ly agr happ be bea crea ela nat nati gen gener comm arsen us ski inn out can early \
        howe cosm th thei pla pla'y yy yoy rat sta conten succe pro";
    let endings = " s es ed ing ly e y i ie ies ied eed eedly edly ingly sses us ss ational ation ate ator ative ence ance ance able ible izer \
        ization ize alism alize aliti al icate ical ful ness fulness ousness ous ive iveness iviti biliti bli ogi li lessli ement ment ent \
        ant ism ion er ic 's ' t tt bb at bl iz";
    let (mut families, mut n) = (std::collections::BTreeMap::<String, Vec<String>>::new(), 0);
    for beginning in beginnings.split_whitespace() {
        for first in endings.split(' ').filter(|e| !e.is_empty()).chain([""]) {
            for second in endings.split(' ').filter(|e| !e.is_empty()).chain([""]) {
                let word = format!("{beginning}{first}{second}");
                families.entry(stem("en", &word).into_owned()).or_default().push(word);
            }
        }
    }
    for (stem, words) in &families {
        // A word that begins as its stem adds nothing of its own.
        let asked = words.iter().find(|word| word.starts_with(stem.as_str())).unwrap_or(&words[0]);
        let stems = Stems::of("en", asked);
        for word in words {
            n += usize::from(!word.starts_with(stem.as_str()));
            assert!(stems.prefixes().iter().any(|p| word.starts_with(p)), "{word} of {stem}: {:?}", stems.prefixes());
        }
    }
    assert!(n > 100, "{n} words begin otherwise than their stem");
}

proptest::proptest! {
    /// What stands behind a word is no part of it, so that the quick way of words before a space is the way of all others.
    #[test]
    fn a_space_is_as_good_as_a_wide_one(text in "([a-zA-Z]{1,4}|[0-9]|[.,'&é-]|  ?|\n){0,24}") {
        let forms = |text: &str| words(text).into_iter().map(|(_, _, position, form)| (position, form)).collect::<Vec<_>>();
        assert_eq!(forms(&text), forms(&text.replace([' ', '\n'], "\u{a0}")));
    }

    #[test]
    fn any_text_is_cut_on_boundaries(text in "\\PC{0,60}") {
        let mut last = 0;
        for (start, end, position, form) in words(&text) {
            assert!(text.get(start..end).is_some_and(|t| !t.is_empty()) && !form.is_empty() && form.len() <= LONGEST);
            assert!(position >= last && position <= last + 1);
            last = position;
        }
    }
}

proptest::proptest! {
    #[test]
    fn words_in_capitals_are_those_of_all_words(text in "([a-cX-Z]{1,20}|[ .,'’\\-&;é0-9\n@\\[]|U\\.S\\.|É|北京){0,30}") {
        let mut shouted = Vec::new();
        for_each_in_capitals(&text, |w| shouted.push((w.start, w.end, w.position, w.form.to_owned())));
        let all = words(&text).into_iter().filter(|(start, end, _, _)| is_in_capitals(&text[*start..*end]));
        proptest::prop_assert_eq!(shouted, all.collect::<Vec<_>>());
    }

    #[test]
    fn a_word_of_plain_letters_is_its_small_letters(word in "[a-zA-Z]{2,40}", behind in "(|[ \n,.]|, and|\\. And)") {
        let text = format!("{word}{behind}");
        proptest::prop_assert_eq!(&words(&text)[0], &(0, word.len(), 0, word.to_ascii_lowercase()));
    }
}
