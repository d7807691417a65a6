use super::super::call::Extensible;
use std::ffi::c_char;

/// A tie of a login to a client to add. Start from ADMIT_PROXY_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_proxy_input {
    /// sizeof(admit_proxy_input).
    pub size: usize,
    /// Who is served. Required.
    pub client_id: *const c_char,
    /// Who signs in: a login that is known in the practice. Required.
    pub login_id: *const c_char,
    /// What a guardian is to the client, one line; NULL where it is not said.
    pub relationship: *const c_char,
    /// An admit_tie; 0 is the client itself.
    pub tie: i32,
    /// Must be 0.
    pub reserved: i32,
    /// When it ends by itself; 0 for never, or for a guardian of a child whose birth date is
    /// known, when the birthday of the practice's age of majority begins in the practice's zone (in
    /// UTC without one; 1 March for who is born on 29 February). That end moves with the birth date
    /// and the practice's settings. Upkeep then tells both sides, and invites the young person.
    pub ends_at: i64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_proxy_input {
    const NAME: &'static str = "a newer member of admit_proxy_input";
}
