use crate::domain::text::Reason;
use crate::error::{InField, Result};
use crate::hooks::request::Wanted;
use crate::hooks::verdict::DeletionVerdict;

/// What is wanted of a deletion.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_deletion_wanted {
    /// Not said.
    AdmitDeletionWantedNone = 0,
    /// Everything about the client goes.
    AdmitDeletionWantedErase = 1,
    /// The login goes, the client or seat stays.
    AdmitDeletionWantedRemoveLogin = 2,
    /// A seat ends, or a login's ties in this practice.
    AdmitDeletionWantedLeave = 3,
}

impl admit_deletion_wanted {
    /// The word for a number that a caller gave.
    pub(super) fn read(number: i32) -> Result<Wanted> {
        match number {
            0 => Err(Reason::Missing),
            n if n == Self::AdmitDeletionWantedErase as i32 => Ok(Wanted::Erase),
            n if n == Self::AdmitDeletionWantedRemoveLogin as i32 => Ok(Wanted::RemoveLogin),
            n if n == Self::AdmitDeletionWantedLeave as i32 => Ok(Wanted::Leave),
            _ => Err(Reason::Unknown),
        }
        .field("wanted")
    }
}

/// What the library and the product's policy say of a deletion.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_deletion_verdict {
    /// None.
    AdmitDeletionVerdictNone = 0,
    /// No; the reasons say why.
    AdmitDeletionVerdictDeny = 1,
    /// Everything about the client goes.
    AdmitDeletionVerdictErase = 2,
    /// The login goes, the client or seat stays.
    AdmitDeletionVerdictRemoveLogin = 3,
    /// The seat ends, or the login's ties in this practice.
    AdmitDeletionVerdictLeave = 4,
    /// The client is erased after some days, and until then that can be called off.
    AdmitDeletionVerdictSchedule = 5,
    /// No, on a ground that is recorded: confirming it places a hold.
    AdmitDeletionVerdictRetain = 6,
}

impl admit_deletion_verdict {
    /// The number for a verdict.
    pub(super) const fn of(verdict: &DeletionVerdict) -> Self {
        match verdict {
            DeletionVerdict::Deny { .. } => Self::AdmitDeletionVerdictDeny,
            DeletionVerdict::Erase => Self::AdmitDeletionVerdictErase,
            DeletionVerdict::RemoveLogin => Self::AdmitDeletionVerdictRemoveLogin,
            DeletionVerdict::Leave => Self::AdmitDeletionVerdictLeave,
            DeletionVerdict::Schedule { .. } => Self::AdmitDeletionVerdictSchedule,
            DeletionVerdict::Retain { .. } => Self::AdmitDeletionVerdictRetain,
        }
    }
}

/// Where an erase order stands.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_erase_order_state_value {
    /// Not said.
    AdmitEraseOrderStateNone = 0,
    /// The client is erased here, and the host has still to erase its half.
    AdmitEraseOrderStateHostPending = 1,
    /// Both halves are gone.
    AdmitEraseOrderStateDone = 2,
}

impl admit_erase_order_state_value {
    /// Whether orders that are done are asked for; None for all.
    pub(super) fn read(number: i32) -> Result<Option<bool>> {
        match number {
            0 => Ok(None),
            n if n == Self::AdmitEraseOrderStateHostPending as i32 => Ok(Some(false)),
            n if n == Self::AdmitEraseOrderStateDone as i32 => Ok(Some(true)),
            _ => Err(Reason::Unknown).field("state"),
        }
    }
}
