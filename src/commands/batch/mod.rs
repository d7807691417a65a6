//! Batches of invitations: planned, applied and undone, a thousand rows a commit.
//!
//! Each commit leaves what is done and what is left, so after a crash, a stop or a limit the same
//! call goes on, and no row is sent twice. The plan and the sending judge a row by the same code.

mod apply;
mod list;
mod plan;
mod undo;

pub use list::{BatchView, RowFilter};
pub use plan::{PlanBatch, Whom};

use super::invitation::{AskedFacts, Row, SendInvitation, Whom as Invited};
use crate::domain::batch::{How, Skip};
use crate::domain::id::ClientId;
use crate::domain::invitation::Recipient;
use crate::domain::proxy::Tie;

/// Hears after each commit how many rows are done, and of how many; false stops there, and the
/// same call goes on later.
pub type Progress<'p> = &'p dyn Fn(u64, u64) -> bool;

/// What a row sends: to the address on file, for a login that is the client itself.
fn sending(how: &How, client: ClientId) -> SendInvitation {
    SendInvitation {
        whom: Invited::Client { client, tie: Tie::Myself },
        recipient: Recipient::default(),
        channel: how.channel,
        expires_in: how.expires_in,
        note: how.note.clone(),
        facts: AskedFacts::default(),
    }
}

/// Why a row is passed over; None for one that was sent.
fn skip(row: Row) -> Option<Skip> {
    match row {
        Row::Sent(_) => None,
        Row::Skipped(refusal) => Some(Skip::Refused(refusal)),
        Row::Denied(reasons) => Some(Skip::Denied(reasons)),
        Row::Invalid { field, reason } => Some(Skip::Invalid { field, reason }),
    }
}
