//! Every status number, in one list. Numbers and names never change; retired ones stay here as
//! comments.

use crate::domain::refusal::Refusal;
use crate::error::Error;
use crate::store::StoreError;

/// What a call answers. 0 is success; 1xxx is a wrong input or call, 2xxx a rule that said no,
/// 3xxx the store, 9xxx a defect. Numbers never change, and new ones may be added.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_status {
    /// The call succeeded.
    AdmitOk = 0,
    /// An input breaks a rule; `admit_error_field` names it.
    AdmitInvalid = 1000,
    /// The interface was used wrongly: NULL, or a closed or foreign handle. Fix the program.
    AdmitMisuse = 1001,
    /// This version or build does not know what was asked for.
    AdmitUnsupported = 1002,
    /// No such thing in this practice.
    AdmitNotFound = 2000,
    /// The actor's role or access does not allow this.
    AdmitNotPermitted = 2001,
    /// The session has ended; sign in again.
    AdmitSessionEnded = 2002,
    /// The actor is suspended or has left the practice.
    AdmitActorSuspended = 2003,
    /// The practitioner is not approved yet; an admin approves the seat.
    AdmitNotApproved = 2004,
    /// The practice is suspended.
    AdmitPracticeSuspended = 2005,
    /// No delegation allows acting for this practitioner.
    AdmitDelegationMissing = 2006,
    /// The host must give a reason for this; set it in the actor's source.
    AdmitReasonRequired = 2007,
    /// It changed since it was read, or the idempotency key served another request; read again.
    AdmitConflict = 2008,
    /// The practice's settings do not allow this; an admin can change them.
    AdmitSwitchedOff = 2009,
    /// The external id is taken in this practice.
    AdmitExternalIdTaken = 2010,
    /// The present status does not allow this.
    AdmitStatusNotAllowed = 2011,
    /// The limit for this list is reached.
    AdmitLimitReached = 2012,
    /// The product's policy does not allow this; its reasons say why.
    AdmitPolicyDenied = 2013,
    /// The product's policy failed, so nothing was allowed; the events name script and line.
    AdmitPolicyFailed = 2014,
    /// The assistant already acts for this practitioner; end that delegation first.
    AdmitDelegationExists = 2015,
    /// The last admin stays; make somebody else an admin first.
    AdmitLastAdmin = 2016,
    /// The client is deactivated; set it active first.
    AdmitClientDeactivated = 2100,
    /// The client is suspended; set it active first.
    AdmitClientSuspended = 2101,
    /// The client is waiting for deletion; call that off first.
    AdmitClientPendingDeletion = 2102,
    /// The client is no person and cannot have a login.
    AdmitClientIsNoPerson = 2103,
    /// The client already has an active login.
    AdmitClientAlreadyActivated = 2104,
    /// There is no address for this channel; add one or use the link.
    AdmitNotReachable = 2105,
    /// The login already holds this client.
    AdmitProxyExists = 2106,
    /// It has already ended.
    AdmitAlreadyEnded = 2107,
    /// The client was merged into another one; ask into which.
    AdmitClientMerged = 2108,
    /// Both clients have a login of their own; remove one of the logins first.
    AdmitBothHaveLogins = 2109,
    /// The link is not valid.
    AdmitLinkInvalid = 2200,
    /// The link has been used.
    AdmitLinkUsed = 2201,
    /// The link was revoked.
    AdmitLinkRevoked = 2202,
    /// The link was superseded by a newer one.
    AdmitLinkSuperseded = 2203,
    /// The link has expired; ask for a new one.
    AdmitLinkExpired = 2204,
    /// The invitation is closed; send a new one.
    AdmitInvitationClosed = 2205,
    /// Another login is signed in; sign out and open the link again.
    AdmitWrongLogin = 2206,
    /// A login with this name exists; sign in and accept with it.
    AdmitLoginProofRequired = 2207,
    /// Too many messages; try again later.
    AdmitTooManyMessages = 2208,
    /// The facts do not match those on file; after 5 wrong answers the link is revoked.
    AdmitFactsDoNotMatch = 2209,
    /// The sign-in name or the password is wrong, or signing in is not possible.
    AdmitSignInFailed = 2400,
    /// Too many attempts; try again later.
    AdmitTryLater = 2401,
    /// The temporary password must be changed first.
    AdmitMustChangePassword = 2402,
    /// The password is too short.
    AdmitPasswordTooShort = 2403,
    /// The password is too long, or holds a NUL character.
    AdmitPasswordTooLong = 2404,
    /// The password is too easy to guess.
    AdmitPasswordTooCommon = 2405,
    /// The password is made of names that belong to this login or product.
    AdmitPasswordContainsContext = 2406,
    /// The password is on a list of breached passwords.
    AdmitPasswordBreached = 2407,
    /// This role does not sign in this way in this practice.
    AdmitSignInMethodNotAllowed = 2408,
    /// The sign-in name is taken; choose another.
    AdmitNameTaken = 2409,
    /// The external identity is taken.
    AdmitIdentityTaken = 2410,
    /// The message is not leased by this attempt any more.
    AdmitLeaseLost = 2500,
    /// The message is closed.
    AdmitMessageClosed = 2501,
    /// What the plan was made of has changed; make a new plan.
    AdmitPlanChanged = 2600,
    /// The plan has expired; make a new plan.
    AdmitPlanExpired = 2601,
    /// The client is held, so nothing was deleted; a hold names the ground.
    AdmitHeld = 2602,
    /// Every place of this link is taken; ask for another link.
    AdmitOpenLinkFull = 2700,
    /// An open link gives no role above member; invite this person alone.
    AdmitOpenLinkRole = 2701,
    /// The client stands in an earlier row of the batch.
    AdmitRowRepeated = 2800,
    /// None of the given keys opens this store.
    AdmitWrongKey = 3000,
    /// Another process or handle has the store open.
    AdmitBusy = 3001,
    /// The file is not an admit store.
    AdmitNotAStore = 3002,
    /// The file is cut short; restore it from a backup.
    AdmitTruncated = 3003,
    /// The file is damaged; restore it from a backup. Nothing is written any more.
    AdmitDamaged = 3004,
    /// A newer version of the library wrote the file.
    AdmitNewerFormat = 3005,
    /// Test mode of the file and of the open call differ.
    AdmitTestMode = 3006,
    /// The commit failed and its outcome is unknown; reopen, then ask `admit_store_outcome`.
    AdmitOutcomeUnknown = 3007,
    /// Writes are refused after an earlier failure; reopen the store.
    AdmitWritesStopped = 3008,
    /// No room is left on the medium; nothing was written.
    AdmitStoreFull = 3009,
    /// The operation writes more than one transaction may hold; split it.
    AdmitTooLarge = 3010,
    /// Reading or writing the file failed.
    AdmitIo = 3011,
    /// The clock is more than 7 days ahead of the last upkeep; see `admit_store_accept_time`.
    AdmitClockJump = 3100,
    /// A script does not hold; the message names script and line.
    AdmitScript = 3200,
    /// A defect of the library was contained; this call did nothing. Please report it.
    AdmitInternal = 9000,
}

impl admit_status {
    /// The number for an error.
    pub(super) const fn of(error: &Error) -> Self {
        match error {
            Error::Invalid(_) => Self::AdmitInvalid,
            Error::Misuse(_) => Self::AdmitMisuse,
            Error::Unsupported(_) => Self::AdmitUnsupported,
            Error::ClockJump => Self::AdmitClockJump,
            Error::Refused(refusal) => Self::of_refusal(*refusal),
            Error::Denied(_) => Self::AdmitPolicyDenied,
            Error::Script(_) => Self::AdmitScript,
            Error::Store(fault) => Self::of_fault(*fault),
        }
    }

    /// The number for a refusal.
    pub const fn of_refusal(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::AdmitNotFound,
            Refusal::NotPermitted => Self::AdmitNotPermitted,
            Refusal::SessionEnded => Self::AdmitSessionEnded,
            Refusal::ActorSuspended => Self::AdmitActorSuspended,
            Refusal::NotApproved => Self::AdmitNotApproved,
            Refusal::PracticeSuspended => Self::AdmitPracticeSuspended,
            Refusal::DelegationMissing => Self::AdmitDelegationMissing,
            Refusal::ReasonRequired => Self::AdmitReasonRequired,
            Refusal::Conflict => Self::AdmitConflict,
            Refusal::SwitchedOff => Self::AdmitSwitchedOff,
            Refusal::ExternalIdTaken => Self::AdmitExternalIdTaken,
            Refusal::StatusNotAllowed => Self::AdmitStatusNotAllowed,
            Refusal::LimitReached => Self::AdmitLimitReached,
            Refusal::PolicyDenied => Self::AdmitPolicyDenied,
            Refusal::PolicyFailed => Self::AdmitPolicyFailed,
            Refusal::ClientDeactivated => Self::AdmitClientDeactivated,
            Refusal::ClientSuspended => Self::AdmitClientSuspended,
            Refusal::ClientPendingDeletion => Self::AdmitClientPendingDeletion,
            Refusal::ClientIsNoPerson => Self::AdmitClientIsNoPerson,
            Refusal::ClientAlreadyActivated => Self::AdmitClientAlreadyActivated,
            Refusal::NotReachable => Self::AdmitNotReachable,
            Refusal::ProxyExists => Self::AdmitProxyExists,
            Refusal::AlreadyEnded => Self::AdmitAlreadyEnded,
            Refusal::LinkInvalid => Self::AdmitLinkInvalid,
            Refusal::LinkUsed => Self::AdmitLinkUsed,
            Refusal::LinkRevoked => Self::AdmitLinkRevoked,
            Refusal::LinkSuperseded => Self::AdmitLinkSuperseded,
            Refusal::LinkExpired => Self::AdmitLinkExpired,
            Refusal::InvitationClosed => Self::AdmitInvitationClosed,
            Refusal::WrongLogin => Self::AdmitWrongLogin,
            Refusal::LoginProofRequired => Self::AdmitLoginProofRequired,
            Refusal::TooManyMessages { .. } => Self::AdmitTooManyMessages,
            Refusal::SignInFailed => Self::AdmitSignInFailed,
            Refusal::TryLater { .. } => Self::AdmitTryLater,
            Refusal::MustChangePassword => Self::AdmitMustChangePassword,
            Refusal::PasswordTooShort => Self::AdmitPasswordTooShort,
            Refusal::PasswordTooLong => Self::AdmitPasswordTooLong,
            Refusal::PasswordTooCommon => Self::AdmitPasswordTooCommon,
            Refusal::PasswordContainsContext => Self::AdmitPasswordContainsContext,
            Refusal::PasswordBreached => Self::AdmitPasswordBreached,
            Refusal::SignInMethodNotAllowed => Self::AdmitSignInMethodNotAllowed,
            Refusal::NameTaken => Self::AdmitNameTaken,
            Refusal::IdentityTaken => Self::AdmitIdentityTaken,
            Refusal::LeaseLost => Self::AdmitLeaseLost,
            Refusal::MessageClosed => Self::AdmitMessageClosed,
            Refusal::PlanChanged => Self::AdmitPlanChanged,
            Refusal::PlanExpired => Self::AdmitPlanExpired,
            Refusal::Held => Self::AdmitHeld,
            Refusal::DelegationExists => Self::AdmitDelegationExists,
            Refusal::FactsDoNotMatch => Self::AdmitFactsDoNotMatch,
            Refusal::OpenLinkFull => Self::AdmitOpenLinkFull,
            Refusal::OpenLinkRole => Self::AdmitOpenLinkRole,
            Refusal::ClientMerged => Self::AdmitClientMerged,
            Refusal::BothHaveLogins => Self::AdmitBothHaveLogins,
            Refusal::RowRepeated => Self::AdmitRowRepeated,
            Refusal::LastAdmin => Self::AdmitLastAdmin,
        }
    }

    const fn of_fault(fault: StoreError) -> Self {
        match fault {
            StoreError::WrongKey => Self::AdmitWrongKey,
            StoreError::Busy => Self::AdmitBusy,
            StoreError::NotAStore => Self::AdmitNotAStore,
            StoreError::Truncated => Self::AdmitTruncated,
            StoreError::Damaged => Self::AdmitDamaged,
            StoreError::NewerFormat => Self::AdmitNewerFormat,
            StoreError::TestMode => Self::AdmitTestMode,
            StoreError::OutcomeUnknown => Self::AdmitOutcomeUnknown,
            StoreError::WritesStopped => Self::AdmitWritesStopped,
            StoreError::Full => Self::AdmitStoreFull,
            StoreError::TooLarge => Self::AdmitTooLarge,
            StoreError::Io { .. } => Self::AdmitIo,
            StoreError::Closed | StoreError::Nested => Self::AdmitMisuse,
        }
    }

    /// The name as the header has it.
    pub(super) fn name(self) -> String {
        let debug = format!("{self:?}");
        let mut name = String::with_capacity(debug.len() + 8);
        for (at, letter) in debug.char_indices() {
            if letter.is_ascii_uppercase() && at > 0 {
                name.push('_');
            }
            name.push(letter.to_ascii_uppercase());
        }
        name
    }
}
