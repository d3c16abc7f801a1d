use crate::extract::quotes::cases::check_tagged;
use expect_test::expect;

#[test]
fn a_member_is_known_by_the_state() {
    check_tagged(
        "Sen. Marta Lindqvist (D-Vt.) met Sen. Tom Okafor, R-Texas, on Monday. Okafor left early. “We need a pier,” the Vermont senator said.\n\n“We do not,” the Texas Republican answered.",
        expect![[r#"
            direct | We need a pier, | Marta Lindqvist, person [the Vermont senator] (said)
            direct | We do not, | Tom Okafor, person [the Texas Republican] (answered)
        "#]],
    );
    check_tagged(
        "Ohio Gov. Marta Lindqvist spoke, and so did Sen. Tom Okafor of Maine. “The pier is gone,” said the senator from Maine.",
        expect![[r#"
            direct | The pier is gone, | Tom Okafor, person [the senator] (said)
        "#]],
    );
    // Nobody is said to be from there, and the one just named is from another state.
    check_tagged(
        "Rep. Tom Okafor (R-Texas) opened the pier. “It is late,” the Vermont Republican said.",
        expect![[r#"
            direct | It is late, | -, unresolved [the Vermont Republican] (said)
        "#]],
    );
}
