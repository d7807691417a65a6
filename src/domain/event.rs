//! What happened: the words of the audit trail.

use super::actor::Who;
use super::id::{StaffId, Thing};
use super::refusal::Refusal;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! happenings {
    ($($name:ident $word:literal)+) => {
        /// What an event says happened. New words are added at the end: the order is stored.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Happening {
            $(#[doc = concat!("`", $word, "`.")] $name,)+
        }

        impl Happening {
            /// All happenings, in stored order.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word for it in C, JSON and scripts.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// Finds a happening by its word.
            pub fn find(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|happening| happening.word() == word)
            }
        }
    };
}

happenings! {
    PracticeCreated "practice.created"
    PracticeUpdated "practice.updated"
    PracticeSuspended "practice.suspended"
    PracticeReactivated "practice.reactivated"
    StaffAdded "staff.added"
    StaffUpdated "staff.updated"
    StaffRoleChanged "staff.role_changed"
    StaffApproved "staff.approved"
    StaffSuspended "staff.suspended"
    StaffReactivated "staff.reactivated"
    StaffEnded "staff.ended"
    StaffAccepted "staff.accepted"
    ClientCreated "client.created"
    ClientUpdated "client.updated"
    ClientStatusChanged "client.status_changed"
    ClientImported "client.imported"
    ClientExported "client.exported"
    ProxyAdded "proxy.added"
    ProxyEnded "proxy.ended"
    RoomCreated "room.created"
    RoomRenamed "room.renamed"
    RoomAssigned "room.assigned"
    RoomUnassigned "room.unassigned"
    GrantGiven "grant.given"
    GrantWithdrawn "grant.withdrawn"
    InvitationSent "invitation.sent"
    InvitationRenewed "invitation.renewed"
    InvitationLinkShown "invitation.link_shown"
    InvitationLinkAsked "invitation.link_asked"
    InvitationAccepted "invitation.accepted"
    InvitationDeclined "invitation.declined"
    InvitationRevoked "invitation.revoked"
    InvitationLapsed "invitation.lapsed"
    LoginCreated "login.created"
    LoginUpdated "login.updated"
    LoginRemoved "login.removed"
    LoginLocked "login.locked"
    LoginUnlocked "login.unlocked"
    SignedIn "login.signed_in"
    SignInFailed "login.sign_in_failed"
    SessionsEnded "login.sessions_ended"
    ResetRequested "login.reset_requested"
    PasswordReset "login.password_reset"
    PasswordChanged "login.password_changed"
    TemporaryPasswordSet "login.temporary_password_set"
    AddressChangeRequested "login.address_change_requested"
    AddressChanged "login.address_changed"
    AddressConfirmed "login.address_confirmed"
    AccessRefused "access.refused"
    TokenRefused "token.refused"
    MessageFailed "message.failed"
    TimeAccepted "store.time_accepted"
    KeysRotated "store.keys_rotated"
    ScriptsInstalled "script.installed"
    ScriptsActivated "script.activated"
    ScriptFailed "script.failed"
    ScriptsSetAside "script.set_aside"
    NoticePosted "notice.posted"
    DeletionPlanned "deletion.planned"
    DeletionScheduled "deletion.scheduled"
    DeletionCalledOff "deletion.called_off"
    DeletionHeld "deletion.held"
    ClientErased "client.erased"
    LoginErased "login.erased"
    DeletionDone "deletion.done"
    HoldPlaced "hold.placed"
    HoldLifted "hold.lifted"
    KeysCompromised "store.keys_compromised"
    StoreScrubbed "store.scrubbed"
    EventsExported "event.exported"
    DelegationGiven "delegation.given"
    DelegationEnded "delegation.ended"
    DelegationLapsed "delegation.lapsed"
    DelegationCleared "delegation.cleared"
    InvitationHandedOver "invitation.handed_over"
    LoginImported "login.imported"
    ProxyChanged "proxy.changed"
    GrantChanged "grant.changed"
    IdentityLinked "login.identity_linked"
    IdentityUnlinked "login.identity_unlinked"
    ItemAdded "item.added"
    ItemUpdated "item.updated"
    ItemStatusChanged "item.status_changed"
    ItemRemoved "item.removed"
    InvitationDue "invitation.due"
    InvitationFactsRefused "invitation.facts_refused"
    OpenLinkCreated "open_link.created"
    OpenLinkRevoked "open_link.revoked"
    OpenLinkShown "open_link.link_shown"
    OpenLinkPlaceHeld "open_link.place_held"
    OpenLinkPlaceGivenBack "open_link.place_given_back"
    OpenLinkUsed "open_link.used"
    GuestEntered "client.guest_entered"
    RegistrationAsked "client.registration_asked"
    ClientMerged "client.merged"
    BatchPlanned "batch.planned"
    BatchApplied "batch.applied"
    BatchUndone "batch.undone"
    PracticeExported "practice.exported"
    PracticeErasurePlanned "practice.erasure_planned"
    PracticeEnded "practice.ended"
    PracticeErasing "practice.erasing"
    PracticeErased "practice.erased"
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// A rule said no.
    Refused(Refusal),
}

/// Something personal, sealed under the key of the person whom it is about.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The random id of the person's key.
    pub person: Uuid,
    /// The ciphertext of a JSON object of text members.
    pub bytes: Vec<u8>,
}

/// One entry of the audit trail as it is stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its place in the chain of its practice, from 1 on.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// The practice or portal whose chain it belongs to.
    pub chain: Uuid,
    /// Who.
    pub who: Who,
    /// For whom.
    pub on_behalf_of: Option<StaffId>,
    /// What happened.
    pub happening: Happening,
    /// To what.
    pub object: Thing,
    /// About which client, seat or login.
    pub subject: Option<Thing>,
    /// How it ended.
    pub outcome: Outcome,
    /// How many like it the entry stands for.
    pub count: u32,
    /// Words and numbers that are not personal.
    pub details: Vec<(String, String)>,
    /// The host's reason, sealed with the rest of the source under the actor's key.
    pub source: Option<Sealed>,
    /// Personal parts, each under its own person's key.
    pub personal: Vec<Sealed>,
    /// The version of the library that wrote it.
    pub version: String,
    /// The hash of the entry before it.
    pub before: [u8; 32],
    /// SHA-256 over all of the above.
    pub hash: [u8; 32],
}
