use super::check;
use expect_test::expect;

#[test]
fn who_is_he_is_no_body() {
    check(
        "Kotwal was fired shortly after his arrest. The charges against Kotwal grew.",
        expect![[r#"
        P Kotwal: Kotwal, Kotwal
    "#]],
    );
    check(
        "The mood was bad in Kotwal's shop. The news was good for Kotwal, who admits he weeps. “It is so,” said Kotwal, who sings.",
        expect![[r#"
        P Kotwal: Kotwal, Kotwal, Kotwal
    "#]],
    );
}

#[test]
fn what_is_it_is_nobody_and_within_a_clause_nothing_is_told() {
    check(
        "Norvaxa said it cut its prices. Shares of Norvaxa fell. Norvaxa, which makes pumps, is large.",
        expect![[r#"
        O Norvaxa: Norvaxa, Norvaxa, Norvaxa
    "#]],
    );
    check(
        "Norvaxa said it was late. Kotwal said it was cold. Otto Varr was rude, and Varr lost its case.",
        expect![[r#"
        P Kotwal: Kotwal
        P Otto Varr: Otto Varr, Varr
    "#]],
    );
    check(
        "She spoke French and Kotwal when she came. Kotwal is old.",
        expect![[r#"
        O Kotwal: Kotwal, Kotwal
    "#]],
    );
}

#[test]
fn clubs_are_many_and_pupils_have_a_year() {
    check(
        "Observers say Ahlix are lucky. Ahlix kept pushing, and the win hurt Ahlix. Odd efforts by Kotwal have been seen; “It is so,” Kotwal said.",
        expect![[r#"
            P Kotwal: Kotwal, Kotwal
            O Ahlix: Ahlix, Ahlix, Ahlix
        "#]],
    );
    check(
        "Junior Matt Dahl won. Junior Seau left. They met at Estadio Universitario.",
        expect![[r#"
        P Junior Seau: Junior, Junior Seau
        P Matt Dahl: Matt Dahl
    "#]],
    );
}
