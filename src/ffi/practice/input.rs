use crate::commands::practice::SettingsChange;
use crate::domain::practice::SignInMethods;
use crate::domain::text::{Email, LinkTemplate, Locale, Phone, Reason, Zone};
use crate::error::{InField, Result};
use crate::ffi::call::{self, Extensible};
use crate::ffi::words::admit_sign_in_method;
use std::ffi::c_char;

/// `fields` of admit_practice_input: `majority_years` is meant.
pub const ADMIT_PRACTICE_MAJORITY: u32 = 1;
/// `fields`: `second_factor` is meant.
pub const ADMIT_PRACTICE_SECOND_FACTOR: u32 = 2;
/// `fields`: `guests` is meant.
pub const ADMIT_PRACTICE_GUESTS: u32 = 4;
/// `fields`: `registration` is meant.
pub const ADMIT_PRACTICE_REGISTRATION: u32 = 8;
/// `fields`: `approval` is meant.
pub const ADMIT_PRACTICE_APPROVAL: u32 = 16;
/// `fields`: `staff_may_choose_password` is meant.
pub const ADMIT_PRACTICE_STAFF_MAY_CHOOSE_PASSWORD: u32 = 32;

const FIELDS: u32 = ADMIT_PRACTICE_MAJORITY
    | ADMIT_PRACTICE_SECOND_FACTOR
    | ADMIT_PRACTICE_GUESTS
    | ADMIT_PRACTICE_REGISTRATION
    | ADMIT_PRACTICE_APPROVAL
    | ADMIT_PRACTICE_STAFF_MAY_CHOOSE_PASSWORD;

/// A practice to make or change. Start from ADMIT_PRACTICE_INPUT_INIT.
///
/// Making one: NULL and empty texts are none, numbers without their bit in `fields` have their
/// defaults. Changing one: NULL keeps a text and empty clears it.
///
/// A link is an https URL with `{token}` once in its path, query or fragment, whose origin is on
/// the list that the store was opened with. Staff links fall back to the clients'.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_practice_input {
    /// sizeof(admit_practice_input).
    pub size: usize,
    /// What it is called, 1 to 200 characters. Required where it is made.
    pub name: *const c_char,
    /// The host's own key, unique in the store, up to 255 characters.
    pub external_id: *const c_char,
    /// The name of a portal that practices share: sign-in names are unique in it. NULL gives the
    /// practice its own. Fixed for good: only where the practice is made.
    pub portal: *const c_char,
    /// The address that messages come from.
    pub sender: *const c_char,
    /// The address to which clients turn for help.
    pub support_email: *const c_char,
    /// The phone number that clients call for help.
    pub support_phone: *const c_char,
    /// Where a client opens an invitation.
    pub invitation_link: *const c_char,
    /// Where staff open an invitation.
    pub staff_invitation_link: *const c_char,
    /// Where a client chooses a new password.
    pub reset_link: *const c_char,
    /// Where staff choose a new password.
    pub staff_reset_link: *const c_char,
    /// Where an address is confirmed.
    pub address_link: *const c_char,
    /// The language of messages where the recipient has none, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// The time zone of messages where the recipient has none, such as "America/New_York".
    pub zone: *const c_char,
    /// How long an invitation is open, in milliseconds: 1 hour to 30 days; 0 is not said, and 7
    /// days where the practice is made.
    pub invitation_lifetime_ms: i64,
    /// Bits that say which of the numbers below are meant.
    pub fields: u32,
    /// The age at which guardians' ties end, 10 to 30; 18 where nothing is said.
    pub majority_years: u32,
    /// 1 where the host asks for a second factor: a password may then have 8 characters instead
    /// of 15 (NIST SP 800-63B-4, section 3.1.1.2).
    pub second_factor: i32,
    /// 1 where guests may enter.
    pub guests: i32,
    /// 1 where people may register themselves.
    pub registration: i32,
    /// 1 where a new practitioner waits for approval; so too where nothing is said.
    pub approval: i32,
    /// 1 where staff may choose a client's temporary password.
    pub staff_may_choose_password: i32,
    /// How admins sign in, an admit_sign_in_method.
    pub admin_sign_in: i32,
    /// How practitioners sign in.
    pub practitioner_sign_in: i32,
    /// How assistants sign in.
    pub assistant_sign_in: i32,
    /// How members sign in.
    pub member_sign_in: i32,
    /// How clients and guardians sign in.
    pub client_sign_in: i32,
    /// The revision that the caller saw, else ADMIT_CONFLICT; 0 is any. For changes.
    pub revision: u64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_practice_input {
    const NAME: &'static str = "a newer member of admit_practice_input";
}

impl admit_practice_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn settings(
        &self,
        present: Option<SignInMethods>,
        allow_local: bool,
    ) -> Result<SettingsChange> {
        call::only(self.fields, FIELDS, "a bit in the fields of admit_practice_input")?;
        let link =
            if allow_local { LinkTemplate::parse_allowing_local } else { LinkTemplate::parse };
        let majority = u8::try_from(self.majority_years)
            .map_err(|_| Reason::NotInRange)
            .field("majority_years");
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(SettingsChange {
                sender: call::change(self.sender, "sender", Email::parse)?,
                support_email: call::change(self.support_email, "support_email", Email::parse)?,
                support_phone: call::change(self.support_phone, "support_phone", Phone::parse)?,
                invitation_link: call::change(self.invitation_link, "invitation_link", link)?,
                staff_invitation_link: call::change(
                    self.staff_invitation_link,
                    "staff_invitation_link",
                    link,
                )?,
                reset_link: call::change(self.reset_link, "reset_link", link)?,
                staff_reset_link: call::change(self.staff_reset_link, "staff_reset_link", link)?,
                address_link: call::change(self.address_link, "address_link", link)?,
                locale: call::change(self.locale, "locale", Locale::parse)?,
                zone: call::change(self.zone, "zone", Zone::parse)?,
                invitation_lifetime: match self.invitation_lifetime_ms {
                    0 => None,
                    lifetime => Some(lifetime),
                },
                majority: self.meant(ADMIT_PRACTICE_MAJORITY).then_some(majority).transpose()?,
                second_factor: self.switch(
                    ADMIT_PRACTICE_SECOND_FACTOR,
                    self.second_factor,
                    "second_factor",
                )?,
                sign_in: self.methods(present)?,
                guests: self.switch(ADMIT_PRACTICE_GUESTS, self.guests, "guests")?,
                registration: self.switch(
                    ADMIT_PRACTICE_REGISTRATION,
                    self.registration,
                    "registration",
                )?,
                approval: self.switch(ADMIT_PRACTICE_APPROVAL, self.approval, "approval")?,
                staff_may_choose_password: self.switch(
                    ADMIT_PRACTICE_STAFF_MAY_CHOOSE_PASSWORD,
                    self.staff_may_choose_password,
                    "staff_may_choose_password",
                )?,
            })
        }
    }

    const fn meant(&self, bit: u32) -> bool {
        self.fields & bit != 0
    }

    fn switch(&self, bit: u32, number: i32, field: &'static str) -> Result<Option<bool>> {
        if self.meant(bit) { call::flag(number, field).map(Some) } else { Ok(None) }
    }

    fn methods(&self, present: Option<SignInMethods>) -> Result<Option<SignInMethods>> {
        let given = [
            (self.admin_sign_in, "admin_sign_in"),
            (self.practitioner_sign_in, "practitioner_sign_in"),
            (self.assistant_sign_in, "assistant_sign_in"),
            (self.member_sign_in, "member_sign_in"),
            (self.client_sign_in, "client_sign_in"),
        ];
        if given.iter().all(|(number, _)| *number == 0) {
            return Ok(None);
        }
        let mut methods = present.unwrap_or_default();
        let places = [
            &mut methods.admin,
            &mut methods.practitioner,
            &mut methods.assistant,
            &mut methods.member,
            &mut methods.client,
        ];
        for ((number, field), place) in given.into_iter().zip(places) {
            if let Some(method) = admit_sign_in_method::read(number, field)? {
                *place = method;
            }
        }
        Ok(Some(methods))
    }
}

/// Which page of a list. Start from ADMIT_PRACTICE_QUERY_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_practice_query {
    /// sizeof(admit_practice_query).
    pub size: usize,
    /// The cursor of the page before; NULL for the first.
    pub after: *const c_char,
    /// How many practices, at most 500; 0 is 50.
    pub limit: u32,
    /// Must be 0.
    pub reserved: u32,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_practice_query {
    const NAME: &'static str = "a newer member of admit_practice_query";
}
