use super::super::call::{self, Extensible};
use super::super::client::name;
use super::super::words::admit_delegation_state_value;
use crate::commands::delegation::{DelegationFilter, GiveDelegation, InviteAssistant, Terms};
use crate::domain::access::Action;
use crate::domain::delegation::{CLIENTS_MAX, Clients};
use crate::domain::id::{ClientId, Id};
use crate::domain::refusal::Refusal;
use crate::domain::text::{Email, Line, Locale, Paragraph, Reason};
use crate::error::{InField, Result};
use std::ffi::c_char;

/// A delegation to give. Start from ADMIT_DELEGATION_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_delegation_input {
    /// sizeof(admit_delegation_input).
    pub size: usize,
    /// The seat of the assistant who acts. Required.
    pub assistant_id: *const c_char,
    /// The seat of the practitioner for whom; NULL is the seat that the actor acts for.
    pub practitioner_id: *const c_char,
    /// In what, as words such as "invitation.send"; none is all that can be delegated. Reading
    /// comes along with each.
    pub actions: *const *const c_char,
    /// How many words.
    pub action_count: usize,
    /// For which clients, each open to the practitioner; none is all that are, later ones too.
    pub client_ids: *const *const c_char,
    /// How many clients are named, at most 100.
    pub client_count: usize,
    /// Why, one line; NULL for none.
    pub reason: *const c_char,
    /// When it ends by itself; 0 where it does not.
    pub ends_at: i64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_delegation_input {
    const NAME: &'static str = "a newer member of admit_delegation_input";
}

/// An assistant to add for a practitioner, to invite by e-mail, and to let act. Start from
/// ADMIT_ASSISTANT_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_assistant_input {
    /// sizeof(admit_assistant_input).
    pub size: usize,
    /// The seat of the practitioner; NULL is the seat that the actor acts for.
    pub practitioner_id: *const c_char,
    /// The assistant's whole name; it or its parts are required. Required.
    pub name: *const c_char,
    /// The family name.
    pub family_name: *const c_char,
    /// The given names.
    pub given_name: *const c_char,
    /// The address that the invitation goes to. Required.
    pub email: *const c_char,
    /// The assistant's language, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// A word of the practitioner's own, put into the message, up to 2,000 characters.
    pub note: *const c_char,
    /// In what the assistant acts, as in admit_delegation_input.
    pub actions: *const *const c_char,
    /// How many words.
    pub action_count: usize,
    /// For which clients, as in admit_delegation_input.
    pub client_ids: *const *const c_char,
    /// How many clients are named, at most 100.
    pub client_count: usize,
    /// Why, one line; NULL for none.
    pub reason: *const c_char,
    /// When the delegation ends by itself; 0 where it does not.
    pub ends_at: i64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_assistant_input {
    const NAME: &'static str = "a newer member of admit_assistant_input";
}

/// Which delegations, and which page of them. Start from ADMIT_DELEGATION_QUERY_INIT; 0 and NULL
/// show all, and what is named must all hold.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_delegation_query {
    /// sizeof(admit_delegation_query).
    pub size: usize,
    /// The cursor of the page before, under the same filters; NULL for the first.
    pub after: *const c_char,
    /// For which practitioner.
    pub practitioner_id: *const c_char,
    /// By which assistant.
    pub assistant_id: *const c_char,
    /// How many delegations, at most 500; 0 is 50.
    pub limit: u32,
    /// An admit_delegation_state_value.
    pub state: i32,
    /// 1 shows those too that `admit_delegation_clear` took off the list.
    pub with_cleared: i32,
    /// Must be 0.
    pub reserved: i32,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_delegation_query {
    const NAME: &'static str = "a newer member of admit_delegation_query";
}

type Texts = (*const *const c_char, usize);

/// # Safety
/// The pointers are as the header asks.
unsafe fn terms(
    actions: Texts,
    clients: Texts,
    reason: *const c_char,
    ends_at: i64,
) -> Result<Terms> {
    // SAFETY: handed on from this function's contract.
    let (actions, named, reason) = unsafe {
        (
            call::texts(actions.0, actions.1, "actions", Action::ALL.len())?,
            call::texts(clients.0, clients.1, "client_ids", CLIENTS_MAX)?,
            call::parsed(reason, "reason", Line::parse)?,
        )
    };
    let actions = actions.into_iter().map(|word| Action::find(word).ok_or(Reason::Unknown));
    let actions = actions.collect::<std::result::Result<_, _>>().field("actions")?;
    let named = named.into_iter().map(|text| Id::parse(text).ok_or(Refusal::NotFound));
    let named: Vec<ClientId> = named.collect::<std::result::Result<_, _>>()?;
    let clients = if named.is_empty() { Clients::All } else { Clients::Only(named) };
    Ok(Terms { actions, clients, reason, ends_at: call::time(ends_at) })
}

impl admit_delegation_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn give(&self) -> Result<GiveDelegation> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            let assistant = call::optional_id(self.assistant_id, "assistant_id")?;
            Ok(GiveDelegation {
                assistant: assistant.ok_or(Reason::Missing).field("assistant_id")?,
                practitioner: call::optional_id(self.practitioner_id, "practitioner_id")?,
                terms: terms(
                    (self.actions, self.action_count),
                    (self.client_ids, self.client_count),
                    self.reason,
                    self.ends_at,
                )?,
            })
        }
    }
}

impl admit_assistant_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn invite(&self) -> Result<InviteAssistant> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            let named = name(self.name, self.family_name, self.given_name)?;
            Ok(InviteAssistant {
                practitioner: call::optional_id(self.practitioner_id, "practitioner_id")?,
                name: named.ok_or(Reason::Missing).field("name")?,
                email: call::required(self.email, "email", Email::parse)?,
                locale: call::parsed(self.locale, "locale", Locale::parse)?,
                note: call::parsed(self.note, "note", Paragraph::parse)?,
                terms: terms(
                    (self.actions, self.action_count),
                    (self.client_ids, self.client_count),
                    self.reason,
                    self.ends_at,
                )?,
            })
        }
    }
}

impl admit_delegation_query {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn filter(&self) -> Result<DelegationFilter> {
        call::only(self.reserved.cast_unsigned(), 0, Self::NAME)?;
        // SAFETY: handed on from this function's contract.
        let (practitioner, assistant) = unsafe {
            (
                call::optional_id(self.practitioner_id, "practitioner_id")?,
                call::optional_id(self.assistant_id, "assistant_id")?,
            )
        };
        Ok(DelegationFilter {
            practitioner,
            assistant,
            state: admit_delegation_state_value::read(self.state, "state")?,
            with_cleared: call::flag(self.with_cleared, "with_cleared")?,
        })
    }
}
