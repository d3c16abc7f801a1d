//! `articles/{id}`: the record, as `morgue show --json` prints it; `people/{name}`, as `morgue who --json` does.

use super::Payload;
use crate::serve::ask::Ask;
use crate::serve::error::Answered;
use crate::serve::state::Shared;

pub fn person(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let card = shared.archive()?.who(&ask.rest("/api/v1/people/")?, ask.limit("latest", 5)?)?;
    Payload::object(&card, &card)
}

pub fn one(shared: &Shared, ask: &Ask) -> Answered<Payload> {
    let clipping = shared.archive()?.clipping(&ask.rest("/api/v1/articles/")?)?;
    Payload::object(&clipping, &clipping)
}
