use super::super::call::{self, Extensible};
use super::super::words::{
    admit_approval, admit_client_stage_value, admit_delivery_state_value,
    admit_invitation_state_value, admit_login_state_value, admit_role,
};
use crate::commands::list::{ListFilter, ListKind, PersonStatus};
use crate::domain::text::Reason;
use crate::error::{InField, Result};
use crate::records::person::By;
use std::ffi::c_char;

/// What a row of the list of people stands for.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_person_kind_value {
    /// Nothing.
    AdmitPersonNone = 0,
    /// A staff seat.
    AdmitPersonStaff = 1,
    /// A client.
    AdmitPersonClient = 2,
    /// An open invitation for somebody who is not on file.
    AdmitPersonInvitation = 3,
}

/// `kinds` of admit_person_query: staff seats.
pub const ADMIT_PERSON_KIND_STAFF: u32 = 1;
/// `kinds`: clients.
pub const ADMIT_PERSON_KIND_CLIENT: u32 = 2;
/// `kinds`: open invitations for somebody who is not on file.
pub const ADMIT_PERSON_KIND_INVITATION: u32 = 4;

/// Where a seat or a client stands.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_person_status_value {
    /// Not said, or an invitation.
    AdmitPersonStatusNone = 0,
    /// A seat that works, or a client with access.
    AdmitPersonStatusActive = 1,
    /// A client without access that still gets notices.
    AdmitPersonStatusDeactivated = 2,
    /// A seat or client that is stopped for now.
    AdmitPersonStatusSuspended = 3,
    /// A client that is erased in time.
    AdmitPersonStatusPendingDeletion = 4,
    /// A seat whose holder has left.
    AdmitPersonStatusEnded = 5,
}

/// What orders a list of people.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum admit_person_order {
    /// By name, blind to case and accents.
    AdmitPersonByName = 0,
    /// Latest made first.
    AdmitPersonByCreation = 1,
    /// Latest sign-in first; who never did comes last.
    AdmitPersonByLastSignIn = 2,
}

pub(super) const fn kind(kind: ListKind) -> admit_person_kind_value {
    match kind {
        ListKind::Staff => admit_person_kind_value::AdmitPersonStaff,
        ListKind::Client => admit_person_kind_value::AdmitPersonClient,
        ListKind::Invitation => admit_person_kind_value::AdmitPersonInvitation,
    }
}

pub(super) const fn status(status: Option<PersonStatus>) -> admit_person_status_value {
    match status {
        None => admit_person_status_value::AdmitPersonStatusNone,
        Some(PersonStatus::Active) => admit_person_status_value::AdmitPersonStatusActive,
        Some(PersonStatus::Deactivated) => admit_person_status_value::AdmitPersonStatusDeactivated,
        Some(PersonStatus::Suspended) => admit_person_status_value::AdmitPersonStatusSuspended,
        Some(PersonStatus::PendingDeletion) => {
            admit_person_status_value::AdmitPersonStatusPendingDeletion
        }
        Some(PersonStatus::Ended) => admit_person_status_value::AdmitPersonStatusEnded,
    }
}

/// Whom a list shows, in which order, and which page. Start from ADMIT_PERSON_QUERY_INIT; 0 and
/// NULL show all, and what is named must all hold.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_person_query {
    /// sizeof(admit_person_query).
    pub size: usize,
    /// The cursor of the page before, under the same filters and order; NULL for the first.
    pub after: *const c_char,
    /// How many rows, at most 500; 0 is 50.
    pub limit: u32,
    /// An admit_person_order.
    pub order: i32,
    /// ADMIT_PERSON_KIND_* bits.
    pub kinds: u32,
    /// An admit_person_status_value.
    pub status: i32,
    /// An admit_role.
    pub role: i32,
    /// An admit_approval.
    pub approval: i32,
    /// An admit_client_stage_value.
    pub stage: i32,
    /// An admit_invitation_state_value.
    pub invitation_state: i32,
    /// An admit_delivery_state_value.
    pub delivery_state: i32,
    /// An admit_login_state_value; "activated" is ADMIT_LOGIN_STATE_ACTIVE.
    pub login_state: i32,
    /// A room that the person is in.
    pub room_id: *const c_char,
    /// A seat to which the client's chart is open.
    pub reachable_by: *const c_char,
    /// How the name begins, blind to case and accents.
    pub name_prefix: *const c_char,
    /// A practitioner's seat: the assistants who may act for it, or will, and the clients for whom.
    pub delegated_by: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_person_query {
    const NAME: &'static str = "a newer member of admit_person_query";
}

impl admit_person_query {
    /// # Safety
    /// The pointers are as the header asks.
    pub(in crate::ffi) unsafe fn filter(&self) -> Result<ListFilter> {
        // SAFETY: handed on from this function's contract.
        let (room, reachable_by, delegated_by, prefix) = unsafe {
            (
                call::optional_id(self.room_id, "room_id")?,
                call::optional_id(self.reachable_by, "reachable_by")?,
                call::optional_id(self.delegated_by, "delegated_by")?,
                call::text(self.name_prefix, "name_prefix")?,
            )
        };
        Ok(ListFilter {
            kinds: self.kinds()?,
            status: self.status()?,
            role: admit_role::read(self.role, "role")?,
            approval: admit_approval::read(self.approval, "approval")?,
            stage: admit_client_stage_value::read(self.stage, "stage")?,
            invitation_state: admit_invitation_state_value::read(
                self.invitation_state,
                "invitation_state",
            )?,
            delivery_state: admit_delivery_state_value::read(
                self.delivery_state,
                "delivery_state",
            )?,
            login_state: admit_login_state_value::read(self.login_state, "login_state")?,
            room,
            reachable_by,
            delegated_by,
            name_prefix: prefix.filter(|prefix| !prefix.is_empty()).map(str::to_owned),
        })
    }

    pub(in crate::ffi) fn order(&self) -> Result<By> {
        match self.order {
            0 => Ok(By::Name),
            1 => Ok(By::Creation),
            2 => Ok(By::SignIn),
            _ => Err(Reason::Unknown).field("order"),
        }
    }

    fn kinds(&self) -> Result<Vec<ListKind>> {
        let known = [
            (ADMIT_PERSON_KIND_STAFF, ListKind::Staff),
            (ADMIT_PERSON_KIND_CLIENT, ListKind::Client),
            (ADMIT_PERSON_KIND_INVITATION, ListKind::Invitation),
        ];
        if self.kinds & !known.iter().fold(0, |bits, (bit, _)| bits | bit) != 0 {
            return Err(Reason::Unknown).field("kinds");
        }
        Ok(known.into_iter().filter(|(bit, _)| self.kinds & bit != 0).map(|(_, it)| it).collect())
    }

    fn status(&self) -> Result<Option<PersonStatus>> {
        Ok(Some(match self.status {
            0 => return Ok(None),
            1 => PersonStatus::Active,
            2 => PersonStatus::Deactivated,
            3 => PersonStatus::Suspended,
            4 => PersonStatus::PendingDeletion,
            5 => PersonStatus::Ended,
            _ => return Err(Reason::Unknown).field("status"),
        }))
    }
}
