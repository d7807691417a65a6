//! A notice for one recipient and channel, in the outbox. Its words are made when it is claimed.

use super::actor::Who;
use super::id::{
    ChallengeId, InvitationId, ItemId, MessageId, PlaceId, PracticeId, StaffId, Thing,
};
use super::invitation::Channel;
use super::refusal::Refusal;
use super::script::Version;
use super::text::{Email, Line, Locale, PersonName, Phone, Reason};
use super::time::{MINUTE, Timestamp};
use serde::{Deserialize, Serialize};

/// The lease where the host names none, in milliseconds.
pub const LEASE_DEFAULT: i64 = 5 * MINUTE;
/// The longest lease, in milliseconds.
pub const LEASE_MAX: i64 = 60 * MINUTE;
/// Attempts after which a message has failed for good.
pub const ATTEMPTS_MAX: u32 = 20;
/// Entries that a message's timeline keeps.
pub const TIMELINE_MAX: usize = 64;

/// The longest name of a product's own kind, in characters.
pub const OWN_KIND_MAX: usize = 32;

/// The name of a product's own kind of notice: `x_` and then lower-case letters, digits and `_`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OwnKind([u8; OWN_KIND_MAX]);

impl OwnKind {
    /// Parses a name such as `x_diary_due`, of at most 32 characters.
    ///
    /// # Errors
    /// `NotAKind`.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let is_sign = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let mut name = [0; OWN_KIND_MAX];
        match (text.strip_prefix("x_"), name.get_mut(..text.len())) {
            (Some(rest), Some(place)) if !rest.is_empty() && rest.bytes().all(is_sign) => {
                place.copy_from_slice(text.as_bytes());
                Ok(Self(name))
            }
            _ => Err(Reason::NotAKind),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(OWN_KIND_MAX);
        str::from_utf8(&self.0[..end]).unwrap_or_default()
    }
}

impl Serialize for OwnKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl std::fmt::Debug for OwnKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

macro_rules! kinds {
    ($($name:ident $word:literal)+) => {
        /// A fact someone should be told; stored and shown by its word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum Kind {
            /// A kind of the product's own.
            Own(OwnKind),
            $(#[doc = concat!("`", $word, "`.")] $name,)+
        }

        impl Kind {
            /// All kinds but the product's own.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word for it in C, JSON and scripts.
            pub fn word(&self) -> &str {
                match self {
                    Self::Own(own) => own.as_str(),
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

kinds! {
    Invitation "invitation"
    InvitationReminder "invitation_reminder"
    InvitationAccepted "invitation_accepted"
    InvitationDeclined "invitation_declined"
    NewLinkAsked "new_link_asked"
    StaffApproved "staff_approved"
    StaffEnded "staff_ended"
    Reset "reset"
    ResetWithoutLogin "reset_without_login"
    AddressConfirm "address_confirm"
    AddressChangeConfirm "address_change_confirm"
    PasswordChanged "password_changed"
    AddressChanged "address_changed"
    LoginLocked "login_locked"
    LoginRemoved "login_removed"
    Suspended "suspended"
    Reactivated "reactivated"
    TemporaryPasswordSet "temporary_password_set"
    AcceptedByOtherChannel "accepted_by_other_channel"
    GrantGiven "grant_given"
    GrantWithdrawn "grant_withdrawn"
    GuardianEnded "guardian_ended"
    DeletionScheduled "deletion_scheduled"
    DeletionCalledOff "deletion_called_off"
    DeletionDone "deletion_done"
    DelegationGiven "delegation_given"
    DelegationEnded "delegation_ended"
    ItemReceived "item_received"
    ItemReady "item_ready"
    ItemShared "item_shared"
    RegistrationConfirm "registration_confirm"
    RegistrationKnown "registration_known"
}

impl From<Kind> for String {
    fn from(kind: Kind) -> Self {
        kind.word().to_owned()
    }
}

impl TryFrom<String> for Kind {
    type Error = Reason;

    fn try_from(word: String) -> Result<Self, Reason> {
        match Self::ALL.iter().find(|kind| kind.word() == word) {
            Some(kind) => Ok(*kind),
            None => OwnKind::parse(&word).map(Self::Own),
        }
    }
}

impl Kind {
    /// Whether it tells of something that its holder must learn of whatever the client's status
    /// (RULES S49); its warning and contact stay in whatever a script says.
    pub const fn is_security(&self) -> bool {
        matches!(
            self,
            Self::PasswordChanged
                | Self::AddressChanged
                | Self::LoginLocked
                | Self::LoginRemoved
                | Self::Suspended
                | Self::Reactivated
                | Self::TemporaryPasswordSet
                | Self::AcceptedByOtherChannel
        )
    }

    /// Whether it tells of a deletion, which a client learns of whatever its status.
    pub const fn is_of_deletion(&self) -> bool {
        matches!(self, Self::DeletionScheduled | Self::DeletionCalledOff | Self::DeletionDone)
    }

    /// Whether a script may say that nothing is sent.
    pub const fn is_optional(&self) -> bool {
        matches!(
            self,
            Self::InvitationAccepted
                | Self::InvitationDeclined
                | Self::NewLinkAsked
                | Self::StaffApproved
                | Self::StaffEnded
                | Self::GrantGiven
                | Self::GrantWithdrawn
                | Self::GuardianEnded
                | Self::DelegationGiven
                | Self::DelegationEnded
                | Self::ItemReceived
                | Self::ItemReady
                | Self::ItemShared
                | Self::Own(_)
        )
    }

    /// Whether the words must hold the link.
    pub const fn needs_link(&self) -> bool {
        matches!(
            self,
            Self::Invitation
                | Self::InvitationReminder
                | Self::Reset
                | Self::AddressConfirm
                | Self::AddressChangeConfirm
                | Self::RegistrationConfirm
        )
    }
}

/// What the message's link opens, if it has one. The token is made when the message is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carries {
    /// No link.
    Nothing,
    /// The invitation's link of one generation.
    Invitation {
        /// Which.
        id: InvitationId,
        /// A later generation drops the message.
        generation: u32,
    },
    /// A challenge's link.
    Challenge(ChallengeId),
    /// The link that proves the address for which an open link holds a place.
    Place(PlaceId),
}

/// Where a message goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// By mail.
    Email(Email),
    /// By text message, sent by the host.
    Phone(Phone),
}

impl Address {
    /// The form in which it is compared and counted.
    pub fn canonical(&self) -> String {
        match self {
            Self::Email(email) => email.canonical().to_owned(),
            Self::Phone(phone) => phone.digits(),
        }
    }
}

/// Who gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct To {
    /// Where it goes.
    pub address: Address,
    /// The recipient's name.
    pub name: Option<PersonName>,
    /// The recipient's language.
    pub locale: Option<Locale>,
    /// Whether the words are for staff.
    pub staff: bool,
}

/// Where a message stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits to be claimed from `due` on.
    Queued {
        /// When.
        due: Timestamp,
    },
    /// A worker has it until the lease ends.
    Leased {
        /// When the lease ends.
        until: Timestamp,
    },
    /// The mail server took it; it is never claimed again.
    HandedOver,
    /// It arrived.
    Delivered,
    /// It came back.
    Bounced,
    /// It failed for good.
    Failed,
    /// It was not sent, for what it would have said is no longer true.
    Dropped,
}

/// What a list shows of the delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// No message.
    #[default]
    None,
    /// Waits.
    Queued,
    /// With a worker.
    Leased,
    /// With the mail server.
    HandedOver,
    /// Arrived.
    Delivered,
    /// Came back.
    Bounced,
    /// Failed for good.
    Failed,
    /// Not sent.
    Dropped,
}

impl State {
    /// What a list shows.
    pub const fn shown(&self) -> Delivery {
        match self {
            Self::Queued { .. } => Delivery::Queued,
            Self::Leased { .. } => Delivery::Leased,
            Self::HandedOver => Delivery::HandedOver,
            Self::Delivered => Delivery::Delivered,
            Self::Bounced => Delivery::Bounced,
            Self::Failed => Delivery::Failed,
            Self::Dropped => Delivery::Dropped,
        }
    }

    /// When the outbox looks at it next.
    pub const fn due(&self) -> Option<Timestamp> {
        match self {
            Self::Queued { due } => Some(*due),
            Self::Leased { until } => Some(*until),
            _ => None,
        }
    }
}

/// One entry of a message's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// Which attempt.
    pub attempt: u32,
    /// Where the message then stood.
    pub state: Delivery,
    /// What the host said of it; a code, nothing personal.
    pub detail: Option<Line>,
}

/// What pins a message's words: the same words have the same delivery key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// What made them.
    pub version: Version,
    /// A keyed digest of the words before the link is filled in.
    pub digest: [u8; 16],
}

/// A notice for one recipient and channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// What it tells.
    pub kind: Kind,
    /// The practice whose words and links it uses.
    pub practice: PracticeId,
    /// How it travels.
    pub channel: Channel,
    /// Who gets it.
    pub to: To,
    /// Whom it is about.
    pub subject: Option<Thing>,
    /// What it tells of, where that is an item of the subject's.
    pub item: Option<ItemId>,
    /// Who gave rise to it.
    pub by: Who,
    /// For which practitioner, where another acted.
    pub on_behalf_of: Option<StaffId>,
    /// The link that it carries.
    pub carries: Carries,
    /// Facts of its own, by name; what is known of the nouns is read when it is claimed.
    pub facts: Vec<(String, String)>,
    /// Where it stands.
    pub state: State,
    /// Claims so far.
    pub attempt: u32,
    /// Its words, once claimed.
    pub pinned: Option<Pinned>,
    /// What became of it, oldest first.
    pub timeline: Vec<Step>,
    /// When it was posted.
    pub created_at: Timestamp,
}

impl Message {
    fn step(mut self, state: State, at: Timestamp, detail: Option<Line>) -> Self {
        if self.timeline.len() >= TIMELINE_MAX {
            self.timeline.remove(0);
        }
        self.timeline.push(Step { at, attempt: self.attempt, state: state.shown(), detail });
        Self { state, ..self }
    }

    /// Hands it to a worker.
    #[must_use]
    pub fn lease(mut self, now: Timestamp, until: Timestamp) -> Self {
        self.attempt = self.attempt.saturating_add(1);
        self.step(State::Leased { until }, now, None)
    }

    /// Drops it, for it would no longer be true.
    #[must_use]
    pub fn drop_unsent(self, now: Timestamp) -> Self {
        self.step(State::Dropped, now, None)
    }

    fn require_attempt(&self, attempt: u32) -> Result<(), Refusal> {
        match self.state {
            State::Dropped | State::Delivered | State::Bounced | State::Failed => {
                Err(Refusal::MessageClosed)
            }
            _ if attempt != self.attempt => Err(Refusal::LeaseLost),
            State::Queued { .. } => Err(Refusal::LeaseLost),
            State::Leased { .. } | State::HandedOver => Ok(()),
        }
    }

    /// Records that the mail server took it. It is never claimed again.
    ///
    /// # Errors
    /// `LeaseLost` from an earlier attempt, `MessageClosed` at its end.
    pub fn handed_over(self, attempt: u32, now: Timestamp) -> Result<Self, Refusal> {
        self.require_attempt(attempt)?;
        Ok(self.step(State::HandedOver, now, None))
    }

    /// Records that it arrived; this counts from any attempt that there was.
    ///
    /// # Errors
    /// `LeaseLost` for an attempt that never was, `MessageClosed` where it was dropped or has
    /// arrived.
    pub fn delivered(self, attempt: u32, now: Timestamp) -> Result<Self, Refusal> {
        match self.state {
            State::Dropped | State::Delivered => Err(Refusal::MessageClosed),
            _ if attempt == 0 || attempt > self.attempt => Err(Refusal::LeaseLost),
            _ => Ok(self.step(State::Delivered, now, None)),
        }
    }

    /// Records that it came back.
    ///
    /// # Errors
    /// `LeaseLost` from an earlier attempt, `MessageClosed` at its end.
    pub fn bounced(
        self,
        attempt: u32,
        now: Timestamp,
        detail: Option<Line>,
    ) -> Result<Self, Refusal> {
        self.require_attempt(attempt)?;
        Ok(self.step(State::Bounced, now, detail))
    }

    /// Records a failed attempt: to be tried again at `retry_at`, or for good where that is None
    /// or the attempts are used up.
    ///
    /// # Errors
    /// `LeaseLost` from an earlier attempt, `MessageClosed` at its end.
    pub fn failed(
        self,
        attempt: u32,
        now: Timestamp,
        retry_at: Option<Timestamp>,
        detail: Option<Line>,
    ) -> Result<Self, Refusal> {
        self.require_attempt(attempt)?;
        let state = match retry_at {
            Some(due) if self.attempt < ATTEMPTS_MAX && self.state != State::HandedOver => {
                State::Queued { due: due.max(now) }
            }
            _ => State::Failed,
        };
        Ok(self.step(state, now, detail))
    }
}
