//! Every rule that can say no, one variant each, in order of precedence.
//!
//! The doc comment is the rule, and the sentence tells the caller what to do. Status numbers live
//! in `ffi`, and a test compares the two lists.

use serde::{Deserialize, Serialize};

/// A rule that said no. Nothing personal stands in any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// What is not in the actor's practice does not exist for the actor.
    #[error("no such thing in this practice")]
    NotFound,
    /// The access table decides, by role, action and relation.
    #[error("the actor's role or access does not allow this")]
    NotPermitted,
    /// A session counts until its login's epoch moves.
    #[error("the session has ended; sign in again")]
    SessionEnded,
    /// A suspended or ended seat, or a client without access, does nothing.
    #[error("the actor is suspended or has left the practice")]
    ActorSuspended,
    /// A practitioner works once approved.
    #[error("the practitioner is not approved yet; an admin approves the seat")]
    NotApproved,
    /// A suspended practice changes nothing.
    #[error("the practice is suspended")]
    PracticeSuspended,
    /// Acting for a practitioner takes a delegation.
    #[error("no delegation allows acting for this practitioner")]
    DelegationMissing,
    /// The host records a reason where it acts in a person's place.
    #[error("the host must give a reason for this; set it in the actor's source")]
    ReasonRequired,
    /// A write names what it read, and a key names one request.
    #[error(
        "it changed since it was read, or the idempotency key served another request; read again"
    )]
    Conflict,
    /// A switch of the practice's settings is off.
    #[error("the practice's settings do not allow this; an admin can change them")]
    SwitchedOff,
    /// An external id names one thing of its noun in a practice.
    #[error("the external id is taken in this practice")]
    ExternalIdTaken,
    /// Moving to a status follows the published table.
    #[error("the present status does not allow this")]
    StatusNotAllowed,
    /// A list that belongs to one thing has a limit.
    #[error("the limit for this list is reached")]
    LimitReached,
    /// The product's own policy decides beyond the rules here.
    #[error("the product's policy does not allow this; its reasons say why")]
    PolicyDenied,
    /// A policy that fails allows nothing.
    #[error("the product's policy failed, so nothing was allowed; the events name script and line")]
    PolicyFailed,

    /// A deactivated client is not invited and does not sign in.
    #[error("the client is deactivated; set it active first")]
    ClientDeactivated,
    /// A suspended client is not invited and does not sign in.
    #[error("the client is suspended; set it active first")]
    ClientSuspended,
    /// A client that waits for deletion is not invited.
    #[error("the client is waiting for deletion; call that off first")]
    ClientPendingDeletion,
    /// What is no person has no login.
    #[error("the client is no person and cannot have a login")]
    ClientIsNoPerson,
    /// A client who signs in needs no invitation.
    #[error("the client already has an active login")]
    ClientAlreadyActivated,
    /// A message needs an address for its channel.
    #[error("there is no address for this channel; add one or use the link")]
    NotReachable,
    /// A login holds a client by one proxy.
    #[error("the login already holds this client")]
    ProxyExists,
    /// What has ended is not ended again.
    #[error("it has already ended")]
    AlreadyEnded,

    /// A token is good only as it was issued.
    #[error("the link is not valid")]
    LinkInvalid,
    /// A link is used once.
    #[error("the link has been used")]
    LinkUsed,
    /// A revoked link stays dead.
    #[error("the link was revoked")]
    LinkRevoked,
    /// A newer link retires the earlier ones.
    #[error("the link was superseded by a newer one")]
    LinkSuperseded,
    /// A link lapses at its expiry.
    #[error("the link has expired; ask for a new one")]
    LinkExpired,
    /// A closed invitation does not change any more.
    #[error("the invitation is closed; send a new one")]
    InvitationClosed,
    /// An invitation is accepted by the login it was meant for.
    #[error("another login is signed in; sign out and open the link again")]
    WrongLogin,
    /// An existing login joins only with proof of it.
    #[error("a login with this name exists; sign in and accept with it")]
    LoginProofRequired,
    /// Messages to people are limited per recipient, inviter and practice.
    #[error("too many messages; try again later")]
    TooManyMessages {
        /// Milliseconds after which a try can succeed.
        retry_after: i64,
    },

    /// One answer for every failed sign-in.
    #[error("the sign-in name or the password is wrong, or signing in is not possible")]
    SignInFailed,
    /// Failures in a row slow the next try down, whether or not the name exists.
    #[error("too many attempts; try again later")]
    TryLater {
        /// Milliseconds after which a try can succeed.
        retry_after: i64,
    },
    /// A temporary password permits only to change it.
    #[error("the temporary password must be changed first")]
    MustChangePassword,
    /// A password has a least length.
    #[error("the password is too short")]
    PasswordTooShort,
    /// A password has a greatest length.
    #[error("the password is too long, or holds a NUL character")]
    PasswordTooLong,
    /// A common or guessable password is refused.
    #[error("the password is too easy to guess")]
    PasswordTooCommon,
    /// A password made of the holder's or the product's own words is refused.
    #[error("the password is made of names that belong to this login or product")]
    PasswordContainsContext,
    /// The host's own check refused the password.
    #[error("the password is on a list of breached passwords")]
    PasswordBreached,
    /// The practice says by role who uses a password and who an external identity.
    #[error("this role does not sign in this way in this practice")]
    SignInMethodNotAllowed,
    /// A sign-in name names one login in a portal.
    #[error("the sign-in name is taken; choose another")]
    NameTaken,
    /// An external identity belongs to one login in a portal.
    #[error("the external identity is taken")]
    IdentityTaken,

    /// A lease ends, and another attempt may have begun.
    #[error("the message is not leased by this attempt any more")]
    LeaseLost,
    /// A message that has reached its end does not change any more.
    #[error("the message is closed")]
    MessageClosed,

    /// A plan counts for exactly what it was made of.
    #[error("what the plan was made of has changed; make a new plan")]
    PlanChanged,
    /// A plan is confirmed within 15 minutes.
    #[error("the plan has expired; make a new plan")]
    PlanExpired,
    /// Nothing about a client is deleted while a hold stands.
    #[error("the client is held, so nothing was deleted; a hold names the ground")]
    Held,

    /// An assistant acts for a practitioner by one delegation at a time.
    #[error("the assistant already acts for this practitioner; end that delegation first")]
    DelegationExists,
    /// Acceptance brings the facts that its invitation asks for; which of them differ is not told.
    #[error("the facts do not match those on file; after 5 wrong answers the link is revoked")]
    FactsDoNotMatch,
    /// An open link lets in as many as it has places.
    #[error("every place of this link is taken; ask for another link")]
    OpenLinkFull,
    /// Whoever gets hold of an open link comes in, so it hands out no role above member.
    #[error("an open link gives no role above member; invite this person alone")]
    OpenLinkRole,
    /// A client that was merged lives on in another.
    #[error("the client was merged into another one; ask into which")]
    ClientMerged,
    /// A client has one login of its own, so two that have one each stay two.
    #[error("both clients have a login of their own; remove one of the logins first")]
    BothHaveLogins,
    /// A client stands in a batch once.
    #[error("the client stands in an earlier row of the batch")]
    RowRepeated,
    /// A practice keeps an admin: the last one neither leaves nor steps down by itself.
    #[error("the last admin stays; make somebody else an admin first")]
    LastAdmin,
}

impl Refusal {
    /// Its name.
    pub fn name(self) -> String {
        let debug = format!("{self:?}");
        debug.split(' ').next().unwrap_or_default().to_owned()
    }

    /// Its name as the C header has it, which the audit trail keeps.
    pub fn word(self) -> String {
        let mut word = "ADMIT".to_owned();
        for letter in self.name().chars() {
            if letter.is_ascii_uppercase() {
                word.push('_');
            }
            word.push(letter.to_ascii_uppercase());
        }
        word
    }

    /// Whether the audit trail records it: a rule was tried, rather than a wrong id or a race.
    pub const fn is_recorded(self) -> bool {
        !matches!(self, Self::NotFound | Self::Conflict | Self::ExternalIdTaken)
    }

    /// Whether it tells that somebody has a login, perhaps at another practice (RULES S28).
    pub const fn tells_of_logins(self) -> bool {
        matches!(
            self,
            Self::NameTaken | Self::IdentityTaken | Self::LoginProofRequired | Self::WrongLogin
        )
    }

    /// Whether it is the answer of a dead link to its bearer.
    pub const fn is_of_link(self) -> bool {
        matches!(
            self,
            Self::LinkInvalid
                | Self::LinkUsed
                | Self::LinkRevoked
                | Self::LinkSuperseded
                | Self::LinkExpired
                | Self::OpenLinkFull
        )
    }

    /// Milliseconds to wait before the next try, where waiting helps.
    pub const fn retry_after(self) -> Option<i64> {
        match self {
            Self::TooManyMessages { retry_after } | Self::TryLater { retry_after } => {
                Some(retry_after)
            }
            _ => None,
        }
    }
}
