use super::super::call::{self, Extensible};
use super::super::words::{
    admit_channel, admit_client_nature_value, admit_client_stage_value, admit_gender,
};
use crate::commands::Change;
use crate::commands::client::{AddressChange, CreateClient, ProfileChange};
use crate::commands::enrolment::{EnrolClient, InvitationOfClient, LoginOfClient};
use crate::commands::password_change::TemporaryPassword;
use crate::domain::client::{FIELDS_MAX, Gender, Nature, Profile, Stage};
use crate::domain::grant::Grantee;
use crate::domain::text::{
    BirthDate, Email, ExternalId, Line, Locale, Paragraph, PersonName, Phone, Reason, Script,
    Username, Zone,
};
use crate::error::{InField, Result};
use secrecy::SecretString;
use std::ffi::c_char;

/// One of up to 16 fields that a product keeps with a client. Start from ADMIT_CLIENT_FIELD_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_client_field {
    /// sizeof(admit_client_field).
    pub size: usize,
    /// Its name, one line.
    pub name: *const c_char,
    /// Its text, one line; empty takes the field away.
    pub text: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_client_field {
    const NAME: &'static str = "a newer member of admit_client_field";
}

/// A client to make or change. Start from ADMIT_CLIENT_INPUT_INIT.
///
/// Making one: NULL and empty texts are none; a name is required, whole or in parts. Changing
/// one: NULL keeps a text and empty clears it; the parts of a name are given together.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_client_input {
    /// sizeof(admit_client_input).
    pub size: usize,
    /// The host's own key, unique in the practice, up to 255 characters.
    pub external_id: *const c_char,
    /// The whole name as it is shown, where the parts below do not say it.
    pub name: *const c_char,
    /// The family name.
    pub family_name: *const c_char,
    /// The given names.
    pub given_name: *const c_char,
    /// How the name is read, such as kana; found by search too.
    pub phonetic_name: *const c_char,
    /// YYYY, YYYY-MM or YYYY-MM-DD.
    pub birth_date: *const c_char,
    /// The contact address. Resets go to the login's own address.
    pub email: *const c_char,
    /// The contact phone.
    pub phone: *const c_char,
    /// Street and house, one line.
    pub street: *const c_char,
    /// The city.
    pub city: *const c_char,
    /// The state or province.
    pub state: *const c_char,
    /// The postal code.
    pub postal_code: *const c_char,
    /// The country.
    pub country: *const c_char,
    /// The client's language, such as "en" or "es-MX".
    pub locale: *const c_char,
    /// The client's time zone, such as "America/New_York".
    pub zone: *const c_char,
    /// The primary physician's name.
    pub physician_name: *const c_char,
    /// The primary physician's phone.
    pub physician_phone: *const c_char,
    /// Product fields.
    pub fields: *const *const admit_client_field,
    /// How many product fields are given.
    pub field_count: usize,
    /// An admit_client_nature_value; only where the client is made.
    pub nature: i32,
    /// An admit_client_stage_value, registered or prospective; only where the client is made.
    pub stage: i32,
    /// An admit_gender; 0 is not said.
    pub gender: i32,
    /// 1 sends an invitation too; only where the client is made.
    pub invite: i32,
    /// How the invitation travels, an admit_channel; 0 sends no message: only the link is shown.
    pub invite_channel: i32,
    /// Must be 0.
    pub reserved: i32,
    /// How long the invitation is open, in milliseconds: 1 hour to 30 days; 0 is the practice's
    /// way.
    pub invite_expires_in_ms: i64,
    /// A word of the inviter's own, put into the message: up to 2,000 characters.
    pub invite_note: *const c_char,
    /// A room that the client joins; only where it is made.
    pub room_id: *const c_char,
    /// A seat to which the chart is opened, beside the one that makes the client; only then.
    pub grant_staff_id: *const c_char,
    /// A sign-in name apart from the address, with `temporary_password`. Staff need it where
    /// practices share a portal: the address becomes a sign-in name once it is proved.
    pub username: *const c_char,
    /// Makes a login with the address or username, and this password, good for 72 hours and one
    /// change; where the practice's settings let staff choose it. Excludes `invite`.
    pub temporary_password: *const c_char,
    /// The revision that the caller saw, else ADMIT_CONFLICT; 0 is any. For changes.
    pub revision: u64,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_client_input {
    const NAME: &'static str = "a newer member of admit_client_input";
}

/// Reads a name of a whole and parts; None where nothing is given.
///
/// # Safety
/// The pointers are as the header asks.
pub(in crate::ffi) unsafe fn name(
    whole: *const c_char,
    family: *const c_char,
    given: *const c_char,
) -> Result<Option<PersonName>> {
    // SAFETY: handed on from this function's contract.
    let (text, family, given) = unsafe {
        (
            call::parsed(whole, "name", Line::parse)?,
            call::parsed(family, "family_name", Line::parse)?,
            call::parsed(given, "given_name", Line::parse)?,
        )
    };
    if text.is_none() && family.is_none() && given.is_none() {
        return Ok(None);
    }
    let mut name = match text {
        Some(text) => PersonName::of_text(text),
        None => PersonName::of_parts(),
    };
    name.family = family;
    name.given = given.into_iter().collect();
    name.checked().field("name").map(Some)
}

fn reading(text: &str) -> std::result::Result<PersonName, Reason> {
    Ok(PersonName { script: Script::Syllabic, ..PersonName::of_text(Line::parse(text)?) })
}

impl admit_client_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn change(&self) -> Result<ProfileChange> {
        let reserved = self.reserved.cast_unsigned();
        call::only(reserved, 0, "a newer member of admit_client_input")?;
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(ProfileChange {
                external_id: call::change(self.external_id, "external_id", ExternalId::parse)?,
                name: name(self.name, self.family_name, self.given_name)?,
                phonetic_name: call::change(self.phonetic_name, "phonetic_name", reading)?,
                birth: call::change(self.birth_date, "birth_date", BirthDate::parse)?,
                gender: admit_gender::read(self.gender, "gender")?,
                email: call::change(self.email, "email", Email::parse)?,
                phone: call::change(self.phone, "phone", Phone::parse)?,
                address: self.address()?,
                locale: call::change(self.locale, "locale", Locale::parse)?,
                zone: call::change(self.zone, "zone", Zone::parse)?,
                physician_name: call::change(self.physician_name, "physician_name", Line::parse)?,
                physician_phone: call::change(
                    self.physician_phone,
                    "physician_phone",
                    Phone::parse,
                )?,
                fields: self.fields()?,
            })
        }
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn address(&self) -> Result<AddressChange> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            Ok(AddressChange {
                street: call::change(self.street, "street", Line::parse)?,
                city: call::change(self.city, "city", Line::parse)?,
                state: call::change(self.state, "state", Line::parse)?,
                postal_code: call::change(self.postal_code, "postal_code", Line::parse)?,
                country: call::change(self.country, "country", Line::parse)?,
            })
        }
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn fields(&self) -> Result<Vec<(Line, Change<Line>)>> {
        // SAFETY: handed on from this function's contract.
        let given = unsafe { call::inputs(self.fields, self.field_count, "fields", FIELDS_MAX)? };
        given
            .into_iter()
            // SAFETY: as above.
            .map(|field| unsafe {
                let name = call::required(field.name, "fields.name", Line::parse)?;
                Ok((name, call::change(field.text, "fields.text", Line::parse)?))
            })
            .collect()
    }

    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn profile(&self) -> Result<Profile> {
        let nature = admit_client_nature_value::read(self.nature, "nature")?;
        let mut profile =
            Profile { nature: nature.unwrap_or(Nature::Person), ..Profile::default() };
        // SAFETY: handed on from this function's contract.
        unsafe { self.change()? }.apply(&mut profile)?;
        Ok(profile)
    }

    pub(super) fn stage(&self) -> Result<Stage> {
        let stage = admit_client_stage_value::read(self.stage, "stage")?;
        match stage.unwrap_or(Stage::Registered) {
            Stage::Guest => Err(Reason::NotInRange).field("stage"),
            stage => Ok(stage),
        }
    }

    pub(super) fn is_about_making(&self) -> bool {
        let numbers = [self.nature, self.stage, self.invite, self.invite_channel];
        let texts = [
            self.invite_note,
            self.room_id,
            self.grant_staff_id,
            self.username,
            self.temporary_password,
        ];
        numbers.iter().any(|number| *number != 0)
            || self.invite_expires_in_ms != 0
            || texts.iter().any(|text| !text.is_null())
    }

    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn enrol(&self) -> Result<EnrolClient> {
        // SAFETY: handed on from this function's contract.
        unsafe {
            let grant = call::optional_id(self.grant_staff_id, "grant_staff_id")?;
            Ok(EnrolClient {
                client: CreateClient { profile: self.profile()?, stage: self.stage()? },
                rooms: call::optional_id(self.room_id, "room_id")?.into_iter().collect(),
                grants: grant.map(Grantee::Staff).into_iter().collect(),
                login: self.login()?,
                invitation: self.invitation()?,
            })
        }
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn login(&self) -> Result<Option<LoginOfClient>> {
        // SAFETY: handed on from this function's contract.
        let (username, password) = unsafe {
            (
                call::parsed(self.username, "username", Username::parse)?,
                call::text(self.temporary_password, "temporary_password")?,
            )
        };
        match (username, password) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(Reason::Missing).field("temporary_password"),
            (username, Some(password)) => {
                let password = TemporaryPassword::Typed(SecretString::from(password));
                Ok(Some(LoginOfClient { username, password }))
            }
        }
    }

    /// # Safety
    /// The pointers are as the header asks.
    unsafe fn invitation(&self) -> Result<Option<InvitationOfClient>> {
        let channel = admit_channel::read(self.invite_channel, "invite_channel")?;
        // SAFETY: handed on from this function's contract.
        let note = unsafe { call::parsed(self.invite_note, "invite_note", Paragraph::parse)? };
        let expires_in = (self.invite_expires_in_ms != 0).then_some(self.invite_expires_in_ms);
        if call::flag(self.invite, "invite")? {
            return Ok(Some(InvitationOfClient { channel, expires_in, note }));
        }
        if channel.is_some() || expires_in.is_some() || note.is_some() {
            return Err(Reason::Missing).field("invite");
        }
        Ok(None)
    }
}

/// The gender of a client in C.
pub(super) fn gender(gender: Option<Gender>) -> admit_gender {
    gender.as_ref().map_or(admit_gender::AdmitGenderNone, admit_gender::of)
}
