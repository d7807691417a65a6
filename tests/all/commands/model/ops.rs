//! What a story is made of. Small numbers name things by their place in the order in which the
//! story made them, so that a story stays one when steps are taken out of it.

use super::delegation::Given;
use super::{batch, delegation, identity, item, newcomer, open_link, outbox};
use admit::domain::client::{Stage, Status};
use admit::domain::staff::Role;

/// Who acts. A seat acts in its own practice.
#[derive(Debug, Clone, Copy)]
pub enum By {
    Host {
        practice: u8,
    },
    HostWithReason {
        practice: u8,
    },
    Seat(u8),
    /// The assistant of a delegation, for its practitioner.
    Delegate(u8),
    /// In the session that it was last given.
    Login {
        login: u8,
        practice: u8,
    },
}

#[derive(Debug, Clone, Copy)]
pub enum To {
    Seat(u8),
    Room(u8),
}

#[derive(Debug, Clone, Copy)]
pub enum Member {
    Seat(u8),
    Client(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    ByEmail,
    Copied,
}

#[derive(Debug, Clone, Copy)]
pub enum WayIn {
    Password(u8),
    SessionOf(u8),
    /// An identity that the host verified: of the new login, or proof of one that has it.
    Identity(u8),
}

/// What is typed as a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// What opens the login, where there is one.
    Right,
    Word(u8),
    /// The one that staff last set for this login.
    Temporary(u8),
}

/// How long nothing happens.
#[derive(Debug, Clone, Copy)]
pub enum Pause {
    Minute,
    Hour,
    HalfDay,
    Day,
    FiveDays,
    TenDays,
}

/// One step, which reads as one line.
#[derive(Debug, Clone, Copy)]
pub enum Op {
    SuspendPractice {
        by: By,
    },
    ReactivatePractice {
        by: By,
    },
    AddStaff {
        by: By,
        role: Role,
        address: u8,
        approved: bool,
    },
    Approve {
        by: By,
        seat: u8,
    },
    Suspend {
        by: By,
        seat: u8,
    },
    Reactivate {
        by: By,
        seat: u8,
    },
    ChangeRole {
        by: By,
        seat: u8,
        role: Role,
    },
    EndStaff {
        by: By,
        seat: u8,
        successor: Option<u8>,
    },
    CreateClient {
        by: By,
        address: Option<u8>,
        stage: Stage,
    },
    SetEmail {
        by: By,
        client: u8,
        address: Option<u8>,
    },
    SetStatus {
        by: By,
        client: u8,
        status: Status,
    },
    SetStage {
        by: By,
        client: u8,
        stage: Stage,
    },
    /// The first turns out to be the second.
    Merge {
        by: By,
        from: u8,
        into: u8,
    },
    InviteClient {
        by: By,
        client: u8,
        guardian: bool,
        address: Option<u8>,
        sent: Sent,
    },
    InviteSomebody {
        by: By,
        name: u8,
        address: u8,
        sent: Sent,
    },
    InviteToSeat {
        by: By,
        seat: u8,
    },
    InviteToNewSeat {
        by: By,
        role: Role,
        address: u8,
    },
    Revoke {
        by: By,
        invitation: u8,
    },
    Accept {
        invitation: u8,
        earlier_link: bool,
        sent: Sent,
        way_in: WayIn,
    },
    Decline {
        invitation: u8,
        earlier_link: bool,
    },
    AskAgain {
        invitation: u8,
        earlier_link: bool,
    },
    SignIn {
        practice: u8,
        address: u8,
        typed: Typed,
    },
    AskForReset {
        practice: u8,
        address: u8,
    },
    SendReset {
        by: By,
        login: u8,
    },
    Reset {
        link: u8,
        word: u8,
    },
    ChangePassword {
        login: u8,
        practice: u8,
        typed: Typed,
        word: u8,
    },
    SetTemporary {
        by: By,
        login: u8,
    },
    Unlock {
        by: By,
        login: u8,
    },
    EndSessions {
        by: By,
        login: u8,
    },
    RemoveLogin {
        by: By,
        login: u8,
    },
    AddProxy {
        by: By,
        client: u8,
        login: u8,
        guardian: bool,
        days: Option<u8>,
    },
    EndProxy {
        by: By,
        proxy: u8,
    },
    GiveGrant {
        by: By,
        client: u8,
        to: To,
        days: Option<u8>,
    },
    WithdrawGrant {
        by: By,
        grant: u8,
    },
    Assign {
        by: By,
        room: u8,
        member: Member,
    },
    Unassign {
        by: By,
        room: u8,
        member: Member,
    },
    /// Plans to erase it and confirms, under a policy by its stage: guests go at once,
    /// prospective ones in 3 days, registered ones in a year.
    Delete {
        by: By,
        client: u8,
    },
    CallOff {
        by: By,
        client: u8,
    },
    /// The host says that its half of what was erased is gone.
    FinishDeletion {
        by: By,
        order: u8,
    },
    PlaceHold {
        by: By,
        client: u8,
    },
    LiftHold {
        by: By,
        hold: u8,
    },
    Delegation(delegation::Op),
    Item(item::Op),
    Outbox(outbox::Op),
    OpenLink(open_link::Op),
    Newcomer(newcomer::Op),
    Address(super::address::Op),
    Batch(batch::Op),
    Identity(identity::Op),
    Wait(Pause),
    Upkeep,
    AcceptTime,
    OpenAgain,
}

/// A whole story, and whether both practices stand behind one portal.
#[derive(Clone)]
pub struct Story {
    pub one_portal: bool,
    /// What the first practice's practitioner has delegated to her assistant.
    pub given: Given,
    pub steps: Vec<Op>,
}

impl std::fmt::Debug for Story {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let portals = if self.one_portal { "one portal" } else { "a portal each" };
        write!(f, "two practices with {portals}, {:?}", self.given)?;
        for (at, step) in self.steps.iter().enumerate() {
            write!(f, "\n  {at:2}. {}", format_args!("{step:?}"))?;
        }
        Ok(())
    }
}
