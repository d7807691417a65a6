use super::super::call::Extensible;
use std::ffi::c_char;

/// How many parts of a chart a grant names at the most.
pub(super) const SCOPES_MAX: usize = 16;

/// A grant to give. Start from ADMIT_GRANT_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_grant_input {
    /// sizeof(admit_grant_input).
    pub size: usize,
    /// Whose chart. Required.
    pub client_id: *const c_char,
    /// To which seat; one of this and `room_id` is required.
    pub staff_id: *const c_char,
    /// To which room.
    pub room_id: *const c_char,
    /// Parts of the chart as the product names them, one line each; none is all of it.
    pub scopes: *const *const c_char,
    /// How many parts are named, at most 16.
    pub scope_count: usize,
    /// Why, one line; NULL for none.
    pub reason: *const c_char,
    /// When it ends by itself; 0 where it does not.
    pub ends_at: i64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_grant_input {
    const NAME: &'static str = "a newer member of admit_grant_input";
}
