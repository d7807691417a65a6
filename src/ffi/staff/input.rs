use super::super::call::{self, Extensible};
use super::super::client::name;
use crate::commands::staff::StaffChange;
use crate::domain::text::{Email, ExternalId, Line, Locale, Phone, Zone};
use crate::error::Result;
use std::ffi::c_char;

/// A staff seat to add or change. Start from ADMIT_STAFF_INPUT_INIT.
///
/// Adding one: NULL and empty texts are none; a name and a role are required. Changing one: NULL
/// keeps a text and empty clears it; the parts of a name are given together.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_staff_input {
    /// sizeof(admit_staff_input).
    pub size: usize,
    /// The host's own key, unique in the practice, up to 255 characters.
    pub external_id: *const c_char,
    /// The holder's whole name as it is shown, where the parts below do not say it.
    pub name: *const c_char,
    /// The family name.
    pub family_name: *const c_char,
    /// The given names.
    pub given_name: *const c_char,
    /// The holder's title or post.
    pub title: *const c_char,
    /// The address that invitations go to.
    pub email: *const c_char,
    /// The holder's phone.
    pub phone: *const c_char,
    /// The holder's language, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// The holder's time zone, such as "America/New_York".
    pub zone: *const c_char,
    /// An admit_role: required where the seat is added; later `admit_staff_change_role`.
    pub role: i32,
    /// An admit_approval, where the seat is added; 0 lets the practice's settings decide: a
    /// practitioner waits where they say so, others do not.
    pub approval: i32,
    /// The revision that the caller saw, else ADMIT_CONFLICT; 0 is any. For changes.
    pub revision: u64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_staff_input {
    const NAME: &'static str = "a newer member of admit_staff_input";
}

impl admit_staff_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn change(&self) -> Result<StaffChange> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(StaffChange {
                name: name(self.name, self.family_name, self.given_name)?,
                title: call::change(self.title, "title", Line::parse)?,
                email: call::change(self.email, "email", Email::parse)?,
                phone: call::change(self.phone, "phone", Phone::parse)?,
                locale: call::change(self.locale, "locale", Locale::parse)?,
                zone: call::change(self.zone, "zone", Zone::parse)?,
                external_id: call::change(self.external_id, "external_id", ExternalId::parse)?,
            })
        }
    }
}

/// Which seats, and which page of them. Start from ADMIT_STAFF_QUERY_INIT; 0 shows all.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_staff_query {
    /// sizeof(admit_staff_query).
    pub size: usize,
    /// The cursor of the page before; NULL for the first.
    pub after: *const c_char,
    /// How many seats, at most 500; 0 is 50.
    pub limit: u32,
    /// An admit_role.
    pub role: i32,
    /// An admit_staff_status_value.
    pub status: i32,
    /// An admit_approval.
    pub approval: i32,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_staff_query {
    const NAME: &'static str = "a newer member of admit_staff_query";
}
