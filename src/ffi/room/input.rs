use super::super::call::Extensible;
use std::ffi::c_char;

/// A room to make. Start from ADMIT_ROOM_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_room_input {
    /// sizeof(admit_room_input).
    pub size: usize,
    /// What it is called. Required.
    pub name: *const c_char,
    /// The host's own key, unique in the practice, up to 255 characters.
    pub external_id: *const c_char,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_room_input {
    const NAME: &'static str = "a newer member of admit_room_input";
}

/// Which page of rooms. Start from ADMIT_ROOM_QUERY_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_room_query {
    /// sizeof(admit_room_query).
    pub size: usize,
    /// The cursor of the page before; NULL for the first.
    pub after: *const c_char,
    /// How many rooms, at most 500; 0 is 50.
    pub limit: u32,
    /// Must be 0.
    pub reserved: u32,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_room_query {
    const NAME: &'static str = "a newer member of admit_room_query";
}
