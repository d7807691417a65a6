//! Words that have numbers in C. 0 is "none" or "not said" in every list.

use crate::domain::proxy::Tie;
use crate::domain::text::{Line, Reason};
use crate::domain::{client, id, invitation, login, message, practice, staff};
use crate::error::{InField, Result};

/// Ties a C number to a domain word, both ways.
macro_rules! numbered {
    ($c:ident for $domain:ty { $($c_variant:ident = $pattern:pat => $value:expr),+ $(,)? }) => {
        impl $c {
            /// The number for a word.
            pub(in crate::ffi) const fn of(word: &$domain) -> Self {
                match word { $($pattern => Self::$c_variant,)+ }
            }

            /// The word for a number that a caller gave; None for 0.
            #[allow(dead_code)] // Not every word is an input.
            pub(in crate::ffi) fn read(number: i32, field: &'static str) -> Result<Option<$domain>> {
                match number {
                    0 => Ok(None),
                    $(n if n == Self::$c_variant as i32 => Ok(Some($value)),)+
                    _ => Err(Reason::Unknown).field(field),
                }
            }
        }
    };
}

mod access;

pub use access::*;

/// What something is.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_noun {
    /// Nothing.
    AdmitNounNone = 0,
    /// A practice.
    AdmitNounPractice = 1,
    /// A staff seat.
    AdmitNounStaff = 2,
    /// A client.
    AdmitNounClient = 3,
    /// A login.
    AdmitNounLogin = 4,
    /// A proxy: the tie of a login to a client.
    AdmitNounProxy = 5,
    /// An invitation.
    AdmitNounInvitation = 6,
    /// A challenge: a reset or an address change that waits.
    AdmitNounChallenge = 7,
    /// A grant.
    AdmitNounGrant = 8,
    /// A room.
    AdmitNounRoom = 9,
    /// A message.
    AdmitNounMessage = 10,
    /// A version of a product's or a practice's scripts.
    AdmitNounScriptSet = 11,
    /// What the host has to erase of a client that was erased here.
    AdmitNounEraseOrder = 12,
    /// A ground on which nothing about a client is deleted.
    AdmitNounHold = 13,
    /// The store itself, over all practices.
    AdmitNounStore = 14,
    /// A delegation: an assistant acts for a practitioner.
    AdmitNounDelegation = 15,
    /// Something that the product holds about a client.
    AdmitNounItem = 16,
    /// One link by which many come in.
    AdmitNounOpenLink = 17,
    /// Many invitations, planned and applied together.
    AdmitNounBatch = 18,
}
numbered!(admit_noun for id::Noun {
    AdmitNounPractice = id::Noun::Practice => id::Noun::Practice,
    AdmitNounStaff = id::Noun::Staff => id::Noun::Staff,
    AdmitNounClient = id::Noun::Client => id::Noun::Client,
    AdmitNounLogin = id::Noun::Login => id::Noun::Login,
    AdmitNounProxy = id::Noun::Proxy => id::Noun::Proxy,
    AdmitNounInvitation = id::Noun::Invitation => id::Noun::Invitation,
    AdmitNounChallenge = id::Noun::Challenge => id::Noun::Challenge,
    AdmitNounGrant = id::Noun::Grant => id::Noun::Grant,
    AdmitNounRoom = id::Noun::Room => id::Noun::Room,
    AdmitNounMessage = id::Noun::Message => id::Noun::Message,
    AdmitNounScriptSet = id::Noun::ScriptSet => id::Noun::ScriptSet,
    AdmitNounEraseOrder = id::Noun::EraseOrder => id::Noun::EraseOrder,
    AdmitNounHold = id::Noun::Hold => id::Noun::Hold,
    AdmitNounStore = id::Noun::Store => id::Noun::Store,
    AdmitNounDelegation = id::Noun::Delegation => id::Noun::Delegation,
    AdmitNounItem = id::Noun::Item => id::Noun::Item,
    AdmitNounOpenLink = id::Noun::OpenLink => id::Noun::OpenLink,
    AdmitNounBatch = id::Noun::Batch => id::Noun::Batch,
});

/// Where a practice stands.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_practice_status_value {
    /// Not said.
    AdmitPracticeStatusNone = 0,
    /// It works.
    AdmitPracticeStatusActive = 1,
    /// It answers reads alone.
    AdmitPracticeStatusSuspended = 2,
}
numbered!(admit_practice_status_value for practice::Status {
    AdmitPracticeStatusActive = practice::Status::Active => practice::Status::Active,
    AdmitPracticeStatusSuspended = practice::Status::Suspended => practice::Status::Suspended,
});

/// How a role signs in.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_sign_in_method {
    /// Not said.
    AdmitSignInMethodNone = 0,
    /// By password or by external identity.
    AdmitSignInMethodAny = 1,
    /// By password alone.
    AdmitSignInMethodPassword = 2,
    /// By an external identity alone.
    AdmitSignInMethodExternalIdentity = 3,
}
numbered!(admit_sign_in_method for practice::SignInMethod {
    AdmitSignInMethodAny = practice::SignInMethod::Any => practice::SignInMethod::Any,
    AdmitSignInMethodPassword = practice::SignInMethod::Password => practice::SignInMethod::Password,
    AdmitSignInMethodExternalIdentity = practice::SignInMethod::ExternalIdentity => practice::SignInMethod::ExternalIdentity,
});

/// What a seat is for.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_role {
    /// Not said.
    AdmitRoleNone = 0,
    /// Runs the practice.
    AdmitRoleAdmin = 1,
    /// Serves clients.
    AdmitRolePractitioner = 2,
    /// Acts for practitioners.
    AdmitRoleAssistant = 3,
    /// Reaches only itself.
    AdmitRoleMember = 4,
}
numbered!(admit_role for staff::Role {
    AdmitRoleAdmin = staff::Role::Admin => staff::Role::Admin,
    AdmitRolePractitioner = staff::Role::Practitioner => staff::Role::Practitioner,
    AdmitRoleAssistant = staff::Role::Assistant => staff::Role::Assistant,
    AdmitRoleMember = staff::Role::Member => staff::Role::Member,
});

/// Whether a seat may work yet.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_approval {
    /// Not said.
    AdmitApprovalNone = 0,
    /// Waits for an admin.
    AdmitApprovalPending = 1,
    /// May work.
    AdmitApprovalApproved = 2,
}
numbered!(admit_approval for staff::Approval {
    AdmitApprovalPending = staff::Approval::Pending => staff::Approval::Pending,
    AdmitApprovalApproved = staff::Approval::Approved => staff::Approval::Approved,
});

/// Where a seat stands.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_staff_status_value {
    /// Not said.
    AdmitStaffStatusNone = 0,
    /// It works, or will once it is accepted and approved.
    AdmitStaffStatusActive = 1,
    /// It is stopped for now.
    AdmitStaffStatusSuspended = 2,
    /// It has left.
    AdmitStaffStatusEnded = 3,
}
numbered!(admit_staff_status_value for staff::Status {
    AdmitStaffStatusActive = staff::Status::Active => staff::Status::Active,
    AdmitStaffStatusSuspended = staff::Status::Suspended => staff::Status::Suspended,
    AdmitStaffStatusEnded = staff::Status::Ended => staff::Status::Ended,
});

/// What a client is.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_client_nature_value {
    /// Not said; a person, where one is made.
    AdmitClientNatureNone = 0,
    /// A person.
    AdmitClientNaturePerson = 1,
    /// Something else, such as a ferment; it never has a login.
    AdmitClientNatureOther = 2,
}
numbered!(admit_client_nature_value for client::Nature {
    AdmitClientNaturePerson = client::Nature::Person => client::Nature::Person,
    AdmitClientNatureOther = client::Nature::Other => client::Nature::Other,
});

/// How far a client has come.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_client_stage_value {
    /// Not said; registered, where staff make a client.
    AdmitClientStageNone = 0,
    /// Entered without an account.
    AdmitClientStageGuest = 1,
    /// Not taken on yet.
    AdmitClientStageProspective = 2,
    /// A client of the practice.
    AdmitClientStageRegistered = 3,
}
numbered!(admit_client_stage_value for client::Stage {
    AdmitClientStageGuest = client::Stage::Guest => client::Stage::Guest,
    AdmitClientStageProspective = client::Stage::Prospective => client::Stage::Prospective,
    AdmitClientStageRegistered = client::Stage::Registered => client::Stage::Registered,
});

/// Whether a client has access and gets notices.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_client_status_value {
    /// Not said.
    AdmitClientStatusNone = 0,
    /// Both.
    AdmitClientStatusActive = 1,
    /// No sign-in, still notices.
    AdmitClientStatusDeactivated = 2,
    /// Neither.
    AdmitClientStatusSuspended = 3,
    /// Neither, and erased at a set time unless called off.
    AdmitClientStatusPendingDeletion = 4,
}

impl admit_client_status_value {
    pub(in crate::ffi) const fn of(status: &client::Status) -> Self {
        match status {
            client::Status::Active => Self::AdmitClientStatusActive,
            client::Status::Deactivated => Self::AdmitClientStatusDeactivated,
            client::Status::Suspended => Self::AdmitClientStatusSuspended,
            client::Status::PendingDeletion { .. } => Self::AdmitClientStatusPendingDeletion,
        }
    }

    /// Pending deletion cannot be set: it has a path of its own.
    pub(in crate::ffi) fn read(number: i32, field: &'static str) -> Result<Option<client::Status>> {
        match number {
            0 => Ok(None),
            n if n == Self::AdmitClientStatusActive as i32 => Ok(Some(client::Status::Active)),
            n if n == Self::AdmitClientStatusDeactivated as i32 => {
                Ok(Some(client::Status::Deactivated))
            }
            n if n == Self::AdmitClientStatusSuspended as i32 => {
                Ok(Some(client::Status::Suspended))
            }
            _ => Err(Reason::Unknown).field(field),
        }
    }
}

/// The administrative gender of FHIR R4.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_gender {
    /// Not said.
    AdmitGenderNone = 0,
    /// Male.
    AdmitGenderMale = 1,
    /// Female.
    AdmitGenderFemale = 2,
    /// Other.
    AdmitGenderOther = 3,
    /// Unknown.
    AdmitGenderUnknown = 4,
}
numbered!(admit_gender for client::Gender {
    AdmitGenderMale = client::Gender::Male => client::Gender::Male,
    AdmitGenderFemale = client::Gender::Female => client::Gender::Female,
    AdmitGenderOther = client::Gender::Other => client::Gender::Other,
    AdmitGenderUnknown = client::Gender::Unknown => client::Gender::Unknown,
});

/// How a link travels.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_channel {
    /// Not said; for an invitation, no message: only the link is shown.
    AdmitChannelNone = 0,
    /// In an e-mail that the library posts: the only channel that proves an address.
    AdmitChannelEmail = 1,
    /// In a text message that the host sends.
    AdmitChannelSms = 2,
    /// Copied by staff.
    AdmitChannelCopied = 3,
    /// Shown as a QR code.
    AdmitChannelQr = 4,
}
numbered!(admit_channel for invitation::Channel {
    AdmitChannelEmail = invitation::Channel::Email => invitation::Channel::Email,
    AdmitChannelSms = invitation::Channel::Sms => invitation::Channel::Sms,
    AdmitChannelCopied = invitation::Channel::Copied => invitation::Channel::Copied,
    AdmitChannelQr = invitation::Channel::Qr => invitation::Channel::Qr,
});

/// Where an invitation stands.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_invitation_state_value {
    /// There is none.
    AdmitInvitationStateNone = 0,
    /// Open.
    AdmitInvitationStatePending = 1,
    /// Lapsed; sending it again renews it.
    AdmitInvitationStateExpired = 2,
    /// Turned down by the one invited.
    AdmitInvitationStateDeclined = 3,
    /// Withdrawn by the practice.
    AdmitInvitationStateRevoked = 4,
    /// Taken up.
    AdmitInvitationStateAccepted = 5,
}
numbered!(admit_invitation_state_value for invitation::Shown {
    AdmitInvitationStateNone = invitation::Shown::None => invitation::Shown::None,
    AdmitInvitationStatePending = invitation::Shown::Pending => invitation::Shown::Pending,
    AdmitInvitationStateExpired = invitation::Shown::Expired => invitation::Shown::Expired,
    AdmitInvitationStateDeclined = invitation::Shown::Declined => invitation::Shown::Declined,
    AdmitInvitationStateRevoked = invitation::Shown::Revoked => invitation::Shown::Revoked,
    AdmitInvitationStateAccepted = invitation::Shown::Accepted => invitation::Shown::Accepted,
});

/// Where a message stands.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_delivery_state_value {
    /// There is no message.
    AdmitDeliveryStateNone = 0,
    /// Waits to be claimed.
    AdmitDeliveryStateQueued = 1,
    /// A worker has it.
    AdmitDeliveryStateLeased = 2,
    /// The mail server took it.
    AdmitDeliveryStateHandedOver = 3,
    /// It arrived.
    AdmitDeliveryStateDelivered = 4,
    /// It came back.
    AdmitDeliveryStateBounced = 5,
    /// It failed for good.
    AdmitDeliveryStateFailed = 6,
    /// It was not sent, for what it would have said is no longer true.
    AdmitDeliveryStateDropped = 7,
}
numbered!(admit_delivery_state_value for message::Delivery {
    AdmitDeliveryStateNone = message::Delivery::None => message::Delivery::None,
    AdmitDeliveryStateQueued = message::Delivery::Queued => message::Delivery::Queued,
    AdmitDeliveryStateLeased = message::Delivery::Leased => message::Delivery::Leased,
    AdmitDeliveryStateHandedOver = message::Delivery::HandedOver => message::Delivery::HandedOver,
    AdmitDeliveryStateDelivered = message::Delivery::Delivered => message::Delivery::Delivered,
    AdmitDeliveryStateBounced = message::Delivery::Bounced => message::Delivery::Bounced,
    AdmitDeliveryStateFailed = message::Delivery::Failed => message::Delivery::Failed,
    AdmitDeliveryStateDropped = message::Delivery::Dropped => message::Delivery::Dropped,
});

/// What a list shows of a login.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_login_state_value {
    /// There is none.
    AdmitLoginStateNone = 0,
    /// It has nothing to sign in with.
    AdmitLoginStateNoPassword = 1,
    /// It has a password that staff set.
    AdmitLoginStateTemporary = 2,
    /// It signs in: the client is activated.
    AdmitLoginStateActive = 3,
    /// It is locked after failures.
    AdmitLoginStateLocked = 4,
}
numbered!(admit_login_state_value for login::State {
    AdmitLoginStateNone = login::State::None => login::State::None,
    AdmitLoginStateNoPassword = login::State::NoPassword => login::State::NoPassword,
    AdmitLoginStateTemporary = login::State::Temporary => login::State::Temporary,
    AdmitLoginStateActive = login::State::Active => login::State::Active,
    AdmitLoginStateLocked = login::State::Locked => login::State::Locked,
});

/// What a login is to a client.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_tie {
    /// Not said; the client itself, where one is asked for.
    AdmitTieNone = 0,
    /// The client itself.
    AdmitTieSelf = 1,
    /// A guardian.
    AdmitTieGuardian = 2,
}

/// Reads a tie with what a guardian is to the client; nothing said is the client itself.
pub(super) fn tie(number: i32, relationship: Option<Line>) -> Result<Tie> {
    match number {
        0 | 1 if relationship.is_some() => Err(Reason::Excluded).field("relationship"),
        0 | 1 => Ok(Tie::Myself),
        2 => Ok(Tie::Guardian { relationship }),
        _ => Err(Reason::Unknown).field("tie"),
    }
}
