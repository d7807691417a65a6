//! Rows that nobody reads, so that a name which leads nowhere costs what any other name costs.
//!
//! They lie under the nil practice, where no list shows them, until upkeep takes them away.

use super::unit::Unit;
use crate::domain::challenge::{Challenge, Purpose, RESET_LIFETIME};
use crate::domain::id::{ChallengeId, LoginId, PracticeId, Thing};
use crate::domain::invitation::Channel;
use crate::domain::message::{Address, Carries, Kind, Message, State, Step, To};
use crate::domain::text::Email;
use crate::error::Result;
use crate::records;
use crate::store::Write;
use uuid::Uuid;

const NOBODY: &str = "nobody@decoy.example.invalid";
const NO_LOGIN: LoginId = LoginId::from_uuid(Uuid::nil());
/// Where decoys lie and count.
pub(super) const NO_PRACTICE: PracticeId = PracticeId::from_uuid(Uuid::nil());

/// Writes a reset that no link leads to.
pub(super) fn challenge(unit: &mut Unit<'_>) -> Result<ChallengeId> {
    let now = unit.now();
    let challenge = Challenge {
        id: unit.new_id(),
        purpose: Purpose::Reset,
        login: NO_LOGIN,
        practice: NO_PRACTICE,
        epoch: 0,
        expires_at: now.plus(RESET_LIFETIME),
        used_at: None,
        created_at: now,
    };
    records::challenge::put(&mut unit.write, &challenge)?;
    Ok(challenge.id)
}

/// Writes a message that is dropped at once.
pub(super) fn message(unit: &mut Unit<'_>, kind: Kind, carries: Carries) -> Result<()> {
    let now = unit.now();
    let Ok(nobody) = Email::parse(NOBODY) else { return Ok(()) };
    let state = State::Queued { due: now };
    let message = Message {
        id: unit.new_id(),
        kind,
        practice: NO_PRACTICE,
        channel: Channel::Email,
        to: To { address: Address::Email(nobody), name: None, locale: None, staff: false },
        subject: Some(Thing::from(NO_LOGIN)),
        item: None,
        by: unit.context.actor.who,
        on_behalf_of: None,
        carries,
        facts: Vec::new(),
        timeline: vec![Step { at: now, attempt: 0, state: state.shown(), detail: None }],
        state,
        attempt: 0,
        pinned: None,
        created_at: now,
    };
    records::message::put(&mut unit.write, None, &message)?;
    let dropped = message.clone().drop_unsent(now);
    Ok(records::message::put(&mut unit.write, Some(&message), &dropped)?)
}

/// Takes decoys of messages away; returns how many, at most `limit`.
pub(super) fn forget(write: &mut dyn Write, limit: usize) -> crate::store::Result<u64> {
    let mut gone = 0;
    for id in records::message::of_practice(write, NO_PRACTICE, None, limit)? {
        if let Some(decoy) = records::message::find(write, id)? {
            records::message::remove(write, &decoy)?;
            gone += 1;
        }
    }
    Ok(gone)
}
