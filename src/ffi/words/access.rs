//! Words on who reaches what, and by what.

use crate::commands::access::AccessWay;
use crate::domain::access::StepKind;
use crate::domain::text::Reason;
use crate::domain::{delegation, grant, open_link};
use crate::error::{InField, Result};

/// Why a chart is open.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_ground {
    /// Not said.
    AdmitGroundNone = 0,
    /// The grantee created the client.
    AdmitGroundCreated = 1,
    /// The client accepted the grantee's invitation.
    AdmitGroundInvited = 2,
    /// The client or staff gave it.
    AdmitGroundGiven = 3,
    /// The grantee took over from a colleague who left.
    AdmitGroundHandedOver = 4,
}
numbered!(admit_ground for grant::Ground {
    AdmitGroundCreated = grant::Ground::Created => grant::Ground::Created,
    AdmitGroundInvited = grant::Ground::Invited => grant::Ground::Invited,
    AdmitGroundGiven = grant::Ground::Given => grant::Ground::Given,
    AdmitGroundHandedOver = grant::Ground::HandedOver => grant::Ground::HandedOver,
});

/// Where a delegation stands.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_delegation_state_value {
    /// Not said.
    AdmitDelegationStateNone = 0,
    /// The assistant has not accepted its seat yet.
    AdmitDelegationStateWaiting = 1,
    /// The assistant has accepted, and has not finished the product's first steps.
    AdmitDelegationStateOnboarding = 2,
    /// The assistant may act: "accepted", as products call it.
    AdmitDelegationStateLive = 3,
    /// One of the two is suspended, or works in another role.
    AdmitDelegationStateStopped = 4,
    /// Its time is over.
    AdmitDelegationStateLapsed = 5,
    /// It was ended: "revoked", as products call it.
    AdmitDelegationStateEnded = 6,
}
numbered!(admit_delegation_state_value for delegation::State {
    AdmitDelegationStateWaiting = delegation::State::Waiting => delegation::State::Waiting,
    AdmitDelegationStateOnboarding = delegation::State::Onboarding => delegation::State::Onboarding,
    AdmitDelegationStateLive = delegation::State::Live => delegation::State::Live,
    AdmitDelegationStateStopped = delegation::State::Stopped => delegation::State::Stopped,
    AdmitDelegationStateLapsed = delegation::State::Lapsed => delegation::State::Lapsed,
    AdmitDelegationStateEnded = delegation::State::Ended => delegation::State::Ended,
});

/// Where an open link stands.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_open_link_state_value {
    /// Not said.
    AdmitOpenLinkStateNone = 0,
    /// It lets people in.
    AdmitOpenLinkStateLive = 1,
    /// Every place is taken or held; one that is given back makes it live again.
    AdmitOpenLinkStateExhausted = 2,
    /// Its time is over.
    AdmitOpenLinkStateExpired = 3,
    /// It was withdrawn.
    AdmitOpenLinkStateRevoked = 4,
}
numbered!(admit_open_link_state_value for open_link::State {
    AdmitOpenLinkStateLive = open_link::State::Live => open_link::State::Live,
    AdmitOpenLinkStateExhausted = open_link::State::Exhausted => open_link::State::Exhausted,
    AdmitOpenLinkStateExpired = open_link::State::Expired => open_link::State::Expired,
    AdmitOpenLinkStateRevoked = open_link::State::Revoked => open_link::State::Revoked,
});

/// In which way somebody reaches a client.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_access_way {
    /// Not said.
    AdmitAccessWayNone = 0,
    /// As the login of the client, or of a guardian.
    AdmitAccessWayProxy = 1,
    /// By a grant, to a seat or to a room.
    AdmitAccessWayGrant = 2,
    /// By a room that the client is in.
    AdmitAccessWayRoom = 3,
    /// By the role alone: an admin.
    AdmitAccessWayRole = 4,
}
numbered!(admit_access_way for AccessWay {
    AdmitAccessWayProxy = AccessWay::Proxy => AccessWay::Proxy,
    AdmitAccessWayGrant = AccessWay::Grant => AccessWay::Grant,
    AdmitAccessWayRoom = AccessWay::Room => AccessWay::Room,
    AdmitAccessWayRole = AccessWay::Role => AccessWay::Role,
});

/// What a decision on access asks on its way.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_step_kind {
    /// Not said.
    AdmitStepKindNone = 0,
    /// Whether the seat may act: approved, neither suspended nor ended.
    AdmitStepKindSeat = 1,
    /// Whether the login may act: in use, no temporary password to change.
    AdmitStepKindSession = 2,
    /// Whether a delegation lets it act for a practitioner.
    AdmitStepKindDelegation = 3,
    /// Whether a grant opens the chart, to the seat or to a room of its.
    AdmitStepKindGrant = 4,
    /// Whether seat and client share a room.
    AdmitStepKindRoom = 5,
    /// Whether the login is tied to the client.
    AdmitStepKindProxy = 6,
    /// Whether the client has access, so that its logins have.
    AdmitStepKindClient = 7,
    /// What the access table gives the role.
    AdmitStepKindRole = 8,
}
numbered!(admit_step_kind for StepKind {
    AdmitStepKindSeat = StepKind::Seat => StepKind::Seat,
    AdmitStepKindSession = StepKind::Session => StepKind::Session,
    AdmitStepKindDelegation = StepKind::Delegation => StepKind::Delegation,
    AdmitStepKindGrant = StepKind::Grant => StepKind::Grant,
    AdmitStepKindRoom = StepKind::Room => StepKind::Room,
    AdmitStepKindProxy = StepKind::Proxy => StepKind::Proxy,
    AdmitStepKindClient = StepKind::Client => StepKind::Client,
    AdmitStepKindRole = StepKind::Role => StepKind::Role,
});
