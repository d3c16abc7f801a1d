//! Is a town's name that of something else called so? `Cato Institute`, `The Hill reported`.

use super::evidence::Beside;
use super::gazetteer::{Gazetteer, Kind, NONE, Posting};
use super::lists::{In, lists};

/// What the name of something else that begins with it says against it, or of a newspaper.
pub const CALLED_SO: f32 = 4.0;

/// What a lesser town's name stands before when it is somebody's.
const CALLED_AFTER: &[&str] = &[
    "Institute",
    "Room",
    "Partnership",
    "Project",
    "Caucus",
    "Endowment",
    "Law",
    "International",
    "Research",
    "Scholar",
    "Scholars",
    "Scholarship",
    "Scholarships",
    "scholar",
    "scholars",
    "Trends",
    "Access",
    "Pipeline",
];

/// `Cato Institute`, `Buckeye State`, `Pacific Partnership`: called after something else than a lesser town; `The Hill reported`: a newspaper.
pub fn is_called_so(beside: &Beside<'_>, gazetteer: &Gazetteer) -> bool {
    let next = beside.after(0);
    let own = beside.page.text(beside.found.tokens.start) == "The";
    let named = matches!(next, "State" | "Council") || CALLED_AFTER.contains(&next);
    // Most names have none of this beside them.
    if !named && !own && beside.before(1) != "The" {
        return false;
    }
    let town = |s: &Posting| gazetteer.kind(s.place) >= Kind::Seat && gazetteer.population(s.place) < 400_000.0;
    let sea = |s: &Posting| s.place != NONE && gazetteer.kind(s.place) == Kind::Region;
    let senses = &beside.found.senses;
    if !senses.iter().any(town) || !senses.iter().all(|s| town(s) || sea(s)) {
        return false;
    }
    let whole = !beside.after(1).starts_with(char::is_uppercase);
    let called = next == "State" && whole || CALLED_AFTER.contains(&next) || next == "Council" && senses.iter().any(sea);
    let article = own || beside.before(1) == "The" && senses.iter().any(sea);
    let before = beside.before(if own { 1 } else { 2 });
    let reports = lists(next).has(In::ACTS) || matches!(next, "reported" | "reports");
    called || article && (reports || own && !lists(before).has(In::PREPOSITIONS) || !own && before.starts_with(char::is_lowercase))
}
