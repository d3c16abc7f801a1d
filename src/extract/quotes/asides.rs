//! What leads up to a main clause, with words of its own: `When Ito said the pier was “gone,” the crowd cheered`.

use super::closed::{is_auxiliary, is_joint, is_preposition};
use super::cue::Trust;
use super::direct::{Link, words};
use super::event::Event;
use super::outline::{Outline, Unit};
use super::statement::Rule;
use crate::extract::page::Shape;

/// `With its plan for an “open pier,” Ito noted that many would come`: a few words of what leads up to a clause with words of its own.
pub(super) fn leads_in(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize, found: &Link) -> bool {
    let low = unit.items.start;
    let few = words(o, q).split_whitespace().nth(4).is_none() && !words(o, q).starts_with(char::is_uppercase);
    let Some(event) = found.event.map(|n| &events[n]).filter(|_| found.rule == Rule::Tail && few && q > low + 1) else { return false };
    let opens = super::closed::opens_aside(&o.low(low)) && !events.iter().any(|e| e.verb < q && e.trust == Trust::Strong);
    let plain = (low..q).all(|k| o.text(k) != "," && !is_auxiliary(&o.low(k)) && !super::phrase::is_pronoun(&o.low(k)));
    let next = event.cue.end;
    let end = unit.items.end;
    let that = (next..end.min(next + 9)).any(|k| &*o.low(k) == "that");
    let object = next < end && o.shape(next) != Shape::Mark && !is_preposition(&o.low(next)) && !o.adverb(next) && !is_joint(&o.low(next));
    opens && plain && (that || object)
}

/// `When Ito said the pier was “gone,” the crowd cheered`: the quote ends a clause that leads up to the next, and has its own cue.
pub(super) fn in_aside(o: &Outline<'_>, unit: &Unit, events: &[Event], q: usize, h: &Link) -> bool {
    let Some(event) = h.event.map(|n| &events[n]) else { return false };
    event.trust == Trust::Strong
        && leads_to_main_clause(o, unit, event.verb)
        && h.phrase.items.start > o.clause_start(unit.items.start, event.verb)
        && (event.verb..q).all(|k| o.text(k) != ",")
        && (words(o, q).ends_with(',') || q + 1 < unit.items.end && matches!(o.text(q + 1), "-" | "--" | "–" | "—"))
}

/// Whether the verb at item `verb` is that of a clause that leads up to the main clause: `When Ito said`, not `When he came, Ito said`.
pub(super) fn leads_to_main_clause(o: &Outline<'_>, unit: &Unit, verb: usize) -> bool {
    let from = o.clause_start(unit.items.start, verb);
    const LEADS: [&str; 12] = ["but", "and", "even", "yet", "so", "just", "only", "shortly", "soon", "hours", "days", "weeks"];
    let first = from + (from..verb).take_while(|k| LEADS.contains(&&*o.low(*k))).count();
    let opens = matches!(&*o.low(first), "when" | "as" | "although" | "though" | "while" | "after" | "because" | "since");
    opens && (first..verb).all(|k| o.text(k) != ",")
}
