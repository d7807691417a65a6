use super::super::call::{self, Extensible};
use super::words::admit_deletion_wanted;
use crate::commands::deletion::{PlaceHold, PlanDeletion};
use crate::domain::deletion::{Code, HostFacts, KINDS_MAX, Subject};
use crate::domain::text::{Line, Reason};
use crate::error::{InField, Result};
use std::ffi::c_char;

/// What the host itself counts, such as open orders. Start from ADMIT_HOST_FACT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_host_fact {
    /// sizeof(admit_host_fact).
    pub size: usize,
    /// The kind of thing, as the product's script names it: 1 to 64 letters, digits and the sign
    /// _. Required.
    pub kind: *const c_char,
    /// How many there are.
    pub count: u32,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_host_fact {
    const NAME: &'static str = "a newer member of admit_host_fact";
}

/// # Safety
/// The pointers are as the header asks.
unsafe fn host_facts(items: *const *const admit_host_fact, count: usize) -> Result<HostFacts> {
    // SAFETY: handed on from this function's contract.
    let given = unsafe { call::inputs(items, count, "host_facts", KINDS_MAX)? };
    let read = |fact: admit_host_fact| {
        // SAFETY: as above.
        let kind = unsafe { call::required(fact.kind, "host_facts.kind", Code::parse)? };
        Ok((kind, fact.count))
    };
    let counts = given.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    HostFacts::new(counts).field("host_facts")
}

/// A deletion to plan. Start from ADMIT_DELETION_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_deletion_input {
    /// sizeof(admit_deletion_input).
    pub size: usize,
    /// The client whom it is about; one of this, `staff_id` and `login_id` is required.
    pub client_id: *const c_char,
    /// The seat that it is about.
    pub staff_id: *const c_char,
    /// The login that is to leave the practice.
    pub login_id: *const c_char,
    /// What is wanted, an admit_deletion_wanted. Required.
    pub wanted: i32,
    /// What the host itself counts, each kind once.
    pub host_facts: *const *const admit_host_fact,
    /// How many kinds there are, at most 64.
    pub host_fact_count: usize,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_deletion_input {
    const NAME: &'static str = "a newer member of admit_deletion_input";
}

impl admit_deletion_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn plan(&self) -> Result<PlanDeletion> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            let client = call::optional_id(self.client_id, "client_id")?;
            let staff = call::optional_id(self.staff_id, "staff_id")?;
            let login = call::optional_id(self.login_id, "login_id")?;
            let subject = match (client, staff, login) {
                (Some(client), None, None) => Subject::Client(client),
                (None, Some(staff), None) => Subject::Staff(staff),
                (None, None, Some(login)) => Subject::Login(login),
                (None, None, None) => return Err(Reason::Missing).field("client_id"),
                (Some(_), Some(_), _) => return Err(Reason::Excluded).field("staff_id"),
                (_, _, Some(_)) => return Err(Reason::Excluded).field("login_id"),
            };
            Ok(PlanDeletion {
                subject,
                wanted: admit_deletion_wanted::read(self.wanted)?,
                host_facts: host_facts(self.host_facts, self.host_fact_count)?,
            })
        }
    }
}

/// A plan to confirm. Start from ADMIT_DELETION_CONFIRM_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_deletion_confirm_input {
    /// sizeof(admit_deletion_confirm_input).
    pub size: usize,
    /// The token of the plan. Required.
    pub token: *const c_char,
    /// What the host itself counts now, each kind once.
    pub host_facts: *const *const admit_host_fact,
    /// How many kinds there are, at most 64.
    pub host_fact_count: usize,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_deletion_confirm_input {
    const NAME: &'static str = "a newer member of admit_deletion_confirm_input";
}

impl admit_deletion_confirm_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn host_facts(&self) -> Result<HostFacts> {
        // SAFETY: handed on from this function's contract.
        unsafe { host_facts(self.host_facts, self.host_fact_count) }
    }
}

/// A hold to place. Start from ADMIT_HOLD_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_hold_input {
    /// sizeof(admit_hold_input).
    pub size: usize,
    /// The client whom it holds. Required.
    pub client_id: *const c_char,
    /// Why, for programs, such as "legal_dispute": 1 to 64 letters, digits and the sign _.
    /// Required.
    pub ground: *const c_char,
    /// Why, for people, one line; NULL for none.
    pub note: *const c_char,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_hold_input {
    const NAME: &'static str = "a newer member of admit_hold_input";
}

impl admit_hold_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn place(&self) -> Result<PlaceHold> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(PlaceHold {
                client: call::id(self.client_id, "client_id")?,
                ground: call::required(self.ground, "ground", Code::parse)?,
                note: call::parsed(self.note, "note", Line::parse)?,
            })
        }
    }
}
