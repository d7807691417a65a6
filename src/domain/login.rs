//! Who signs in.

use super::id::{LoginId, PortalId};
use super::refusal::Refusal;
use super::text::{Email, ExternalId, Line, Locale, Phone, Username, Zone};
use super::time::{DAY, HOUR, MINUTE, SECOND, Timestamp};
use serde::{Deserialize, Serialize};

/// How long a temporary password is good, in milliseconds (RULES S45).
pub const TEMPORARY_LIFETIME: i64 = 72 * HOUR;
/// Failures in a row before the next try must wait (RULES S31).
pub const FAILURES_FREE: u32 = 5;
/// Failures in a row that lock (RULES S31).
pub const FAILURES_LOCK: u32 = 10;
/// How long a lock lasts, in milliseconds (RULES S31).
pub const LOCK_LIFETIME: i64 = HOUR;
/// Failures in a row after which only a reset helps (NIST SP 800-63B-4, 3.2.2).
pub const FAILURES_MAX: u32 = 100;
/// How many external identities a login keeps.
pub const IDENTITIES_MAX: usize = 8;

/// An identity that the host has verified elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalIdentity {
    /// Who vouches for it: the issuer of OpenID Connect, as a rule.
    pub issuer: ExternalId,
    /// Whom it names there.
    pub subject: ExternalId,
}

/// A password as it is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Password {
    /// The PHC string, or an imported hash.
    pub hash: String,
    /// When it lapses, for one that staff have set.
    pub temporary_until: Option<Timestamp>,
    /// Whether it must be changed at the next sign-in.
    pub must_change: bool,
    /// When it was set.
    pub set_at: Timestamp,
    /// Whether another product hashed it, and it was not used here yet.
    pub is_imported: bool,
}

impl Password {
    /// One of the holder's own choice.
    pub fn chosen(hash: String, now: Timestamp) -> Self {
        let (temporary_until, must_change) = (None, false);
        Self { hash, temporary_until, must_change, set_at: now, is_imported: false }
    }

    /// The holder's own, as another product hashed it.
    pub fn imported(hash: String, set_at: Timestamp) -> Self {
        Self { is_imported: true, ..Self::chosen(hash, set_at) }
    }

    /// One that staff set: good for 72 hours and for one change.
    pub fn temporary(hash: String, now: Timestamp) -> Self {
        let temporary_until = Some(now.plus(TEMPORARY_LIFETIME));
        Self { temporary_until, must_change: true, ..Self::chosen(hash, now) }
    }

    /// Whether it was temporary and its time is over.
    pub fn has_lapsed(&self, now: Timestamp) -> bool {
        self.temporary_until.is_some_and(|until| now >= until)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Password").finish_non_exhaustive()
    }
}

/// Whether a login is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is.
    Active,
    /// It was removed; the name is free again.
    Removed,
}

/// Who signs in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// Its id.
    pub id: LoginId,
    /// Where it signs in.
    pub portal: PortalId,
    /// Whether it is in use.
    pub status: Status,
    /// The holder's name.
    pub holder: Option<Line>,
    /// The holder's phone.
    pub phone: Option<Phone>,
    /// The holder's language.
    pub locale: Option<Locale>,
    /// The holder's time zone.
    pub zone: Option<Zone>,
    /// A sign-in name apart from the address.
    pub username: Option<Username>,
    /// The address, also a sign-in name; resets go here.
    pub email: Option<Email>,
    /// Whether our own delivery has proved the address.
    pub email_verified: bool,
    /// The password, once there is one.
    pub password: Option<Password>,
    /// External identities.
    pub identities: Vec<ExternalIdentity>,
    /// Counts what ends sessions: a session of an earlier epoch is over.
    pub epoch: u32,
    /// When it last signed in.
    pub last_sign_in: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts its changes, from 1 on.
    pub revision: u64,
}

impl Login {
    /// Ends every session and kills every reset that waits.
    #[must_use]
    pub fn end_sessions(self) -> Self {
        Self { epoch: self.epoch.saturating_add(1), ..self }
    }

    /// Moves to another address. A user name that was the old one is left behind, for whoever has
    /// that address next.
    #[must_use]
    pub fn move_to(self, email: Email) -> Self {
        let is_left = |name: &Username| {
            Email::parse(name.as_str()).is_ok_and(|it| it.canonical() != email.canonical())
        };
        let username = self.username.clone().filter(|name| !is_left(name));
        Self { username, email: Some(email), ..self }
    }

    /// Takes a new password of the holder's own choice.
    #[must_use]
    pub fn set_password(self, hash: String, now: Timestamp) -> Self {
        Self { password: Some(Password::chosen(hash, now)), ..self }.end_sessions()
    }

    /// Takes a password that staff set, good for 72 hours and for one change.
    #[must_use]
    pub fn set_temporary(self, hash: String, now: Timestamp) -> Self {
        Self { password: Some(Password::temporary(hash, now)), ..self }.end_sessions()
    }

    /// Holds that the login is in use and the session is of the present epoch.
    ///
    /// # Errors
    /// `SessionEnded`.
    pub fn require_session(&self, epoch: u32) -> Result<(), Refusal> {
        if self.status == Status::Active && self.epoch == epoch {
            Ok(())
        } else {
            Err(Refusal::SessionEnded)
        }
    }
}

/// Failures in a row, kept by sign-in name or by device whether or not the name exists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failures {
    /// In a row.
    pub count: u32,
    /// When the last one was.
    pub last: Timestamp,
}

impl Failures {
    /// Milliseconds until the next try is heard.
    ///
    /// It doubles from 1 second after the fifth failure, is an hour from the tenth on, and for
    /// good (a year, which a reset ends) from the hundredth.
    pub fn wait(&self, now: Timestamp) -> i64 {
        let pause = match self.count {
            0..FAILURES_FREE => 0,
            FAILURES_FREE..FAILURES_LOCK => SECOND << (self.count - FAILURES_FREE).min(6),
            FAILURES_LOCK..FAILURES_MAX => LOCK_LIFETIME,
            _ => 365 * DAY,
        };
        (pause - now.since(self.last)).clamp(0, 365 * DAY)
    }

    /// Whether the name counts as locked.
    pub fn is_locked(&self, now: Timestamp) -> bool {
        self.count >= FAILURES_LOCK && self.wait(now) > 0
    }

    /// One more.
    #[must_use]
    pub fn and_one(self, now: Timestamp) -> Self {
        Self { count: self.count.saturating_add(1), last: now }
    }

    /// Forgotten after a day without a failure, but for names at the cap.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.count < FAILURES_MAX && now.since(self.last) > DAY + MINUTE
    }
}

/// What a list shows of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// There is none.
    #[default]
    None,
    /// It has nothing to sign in with.
    NoPassword,
    /// It has a password that staff set.
    Temporary,
    /// It signs in.
    Active,
    /// It is locked after failures.
    Locked,
}

impl State {
    /// The word for it in scripts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NoPassword => "no_password",
            Self::Temporary => "temporary",
            Self::Active => "active",
            Self::Locked => "locked",
        }
    }

    /// Derives it.
    pub fn of(login: &Login, failures: Failures, now: Timestamp) -> Self {
        if failures.is_locked(now) {
            return Self::Locked;
        }
        match &login.password {
            None if login.identities.is_empty() => Self::NoPassword,
            Some(password) if password.must_change => Self::Temporary,
            None | Some(_) => Self::Active,
        }
    }
}
