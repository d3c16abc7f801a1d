use super::{check, found};
use expect_test::expect;

fn places(body: &str) -> Vec<&str> {
    found(body).place_like.into_iter().map(|bytes| &body[bytes]).collect()
}

#[test]
fn land_and_water_are_no_organizations() {
    let body =
        "Rain fell in the county’s Jhuvosi Township (卓) on Monday. The valley lies under the Central Mountain Range, Ana Quill said.";
    assert_eq!(places(body), ["Jhuvosi Township", "Central Mountain Range"]);
    check(
        body,
        expect![[r#"
            P Ana Quill: Ana Quill
        "#]],
    );
    assert_eq!(
        places("A woman from the village of Torkulo in Gumao Local Government Area spoke."),
        ["Torkulo", "Gumao Local Government Area"]
    );
    let twice = "In Gumao Local Government Area Local Government Area it rained.";
    assert_eq!(places(twice), ["Gumao Local Government Area"]);
    // Words of bodies and names of people stand.
    assert_eq!(places("The pollster Celinda Lake was there. She swam in the Quill Lake."), ["Quill Lake"]);
    check(
        "Varr Island Council met.",
        expect![[r#"
            O Varr Island Council: Varr Island Council
        "#]],
    );
}

#[test]
fn small_words_for_districts_make_places() {
    assert_eq!(
        places("She hails from Bahuvol upazila, said police. The lorry stopped at Chandivar taluk at two."),
        ["Bahuvol", "Chandivar"]
    );
}
