//! The tenant and its settings.

use super::id::{PortalId, PracticeId};
use super::refusal::Refusal;
use super::staff::Role;
use super::text::{Email, ExternalId, Invalid, Line, LinkTemplate, Locale, Phone, Reason, Zone};
use super::time::{DAY, HOUR, Timestamp};
use serde::{Deserialize, Serialize};

/// The shortest invitation, in milliseconds (RULES S11).
pub const INVITATION_LIFETIME_MIN: i64 = HOUR;
/// The longest invitation, in milliseconds (RULES S11).
pub const INVITATION_LIFETIME_MAX: i64 = 30 * DAY;
/// The invitation where nothing else is said, in milliseconds (RULES S11).
pub const INVITATION_LIFETIME_DEFAULT: i64 = 7 * DAY;
/// The age at which a guardian's tie ends where nothing else is said.
pub const MAJORITY_DEFAULT: u8 = 18;

/// Where a practice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It works.
    Active,
    /// It answers reads alone.
    Suspended,
}

/// How a role signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInMethod {
    /// By password or by external identity.
    #[default]
    Any,
    /// By password alone.
    Password,
    /// By an external identity alone.
    ExternalIdentity,
}

impl SignInMethod {
    /// Whether somebody gets in who has a password, an identity, or both.
    pub const fn permits(self, by_password: bool, by_identity: bool) -> bool {
        match self {
            Self::Any => true,
            Self::Password => by_password,
            Self::ExternalIdentity => by_identity,
        }
    }
}

/// The ways in by kind of person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignInMethods {
    /// For admins.
    pub admin: SignInMethod,
    /// For practitioners.
    pub practitioner: SignInMethod,
    /// For assistants.
    pub assistant: SignInMethod,
    /// For members.
    pub member: SignInMethod,
    /// For clients and guardians.
    pub client: SignInMethod,
}

impl SignInMethods {
    /// The way in for a seat.
    pub const fn of(&self, role: Role) -> SignInMethod {
        match role {
            Role::Admin => self.admin,
            Role::Practitioner => self.practitioner,
            Role::Assistant => self.assistant,
            Role::Member => self.member,
        }
    }
}

/// Link templates by purpose; staff links fall back to the clients'.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Links {
    /// Where a client opens an invitation.
    pub invitation: Option<LinkTemplate>,
    /// Where staff open an invitation.
    pub staff_invitation: Option<LinkTemplate>,
    /// Where a client chooses a new password.
    pub reset: Option<LinkTemplate>,
    /// Where staff choose a new password.
    pub staff_reset: Option<LinkTemplate>,
    /// Where a new address is confirmed.
    pub address: Option<LinkTemplate>,
}

/// What a practice decides for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Who sends messages.
    pub sender: Option<Email>,
    /// Whom a client asks for help, by mail.
    pub support_email: Option<Email>,
    /// Whom a client asks for help, by phone.
    pub support_phone: Option<Phone>,
    /// Link templates.
    pub links: Links,
    /// The language of messages where the recipient has none.
    pub locale: Option<Locale>,
    /// The time zone of messages where the recipient has none.
    pub zone: Option<Zone>,
    /// How long an invitation is open, in milliseconds.
    pub invitation_lifetime: i64,
    /// The age at which guardians' ties end.
    pub majority: u8,
    /// Whether the host asks for a second factor; passwords may then be shorter (RULES S37).
    pub second_factor: bool,
    /// How each role signs in.
    pub sign_in: SignInMethods,
    /// Whether guests may enter.
    pub guests: bool,
    /// Whether people may register themselves.
    pub registration: bool,
    /// Whether a new practitioner waits for approval.
    pub approval: bool,
    /// Whether staff may choose a client's temporary password (RULES S45).
    pub staff_may_choose_password: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            sender: None,
            support_email: None,
            support_phone: None,
            links: Links::default(),
            locale: None,
            zone: None,
            invitation_lifetime: INVITATION_LIFETIME_DEFAULT,
            majority: MAJORITY_DEFAULT,
            second_factor: false,
            sign_in: SignInMethods::default(),
            guests: false,
            registration: false,
            approval: true,
            staff_may_choose_password: false,
        }
    }
}

/// Checks how long an invitation may be open.
///
/// # Errors
/// Outside of 1 hour to 30 days.
pub fn invitation_lifetime(millis: i64, field: &'static str) -> Result<i64, Invalid> {
    if (INVITATION_LIFETIME_MIN..=INVITATION_LIFETIME_MAX).contains(&millis) {
        Ok(millis)
    } else {
        Err(Reason::NotInRange.in_field(field))
    }
}

/// A tenant. Nothing crosses it but a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// Its id.
    pub id: PracticeId,
    /// The host's own key for it.
    pub external_id: Option<ExternalId>,
    /// Where its people sign in; fixed for good.
    pub portal: PortalId,
    /// What it is called.
    pub name: Line,
    /// Where it stands.
    pub status: Status,
    /// What it decides for itself.
    pub settings: Settings,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts its changes, from 1 on.
    pub revision: u64,
}

impl Practice {
    /// Whether its people sign in where other practices' people may do so too.
    pub fn shares_portal(&self) -> bool {
        self.portal.uuid() != self.id.uuid()
    }

    /// Stops all but reads.
    ///
    /// # Errors
    /// `StatusNotAllowed` where it is suspended already.
    pub fn suspend(self) -> Result<Self, Refusal> {
        match self.status {
            Status::Active => Ok(Self { status: Status::Suspended, ..self }),
            Status::Suspended => Err(Refusal::StatusNotAllowed),
        }
    }

    /// Lets it work again.
    ///
    /// # Errors
    /// `StatusNotAllowed` where it works already.
    pub fn reactivate(self) -> Result<Self, Refusal> {
        match self.status {
            Status::Suspended => Ok(Self { status: Status::Active, ..self }),
            Status::Active => Err(Refusal::StatusNotAllowed),
        }
    }
}
