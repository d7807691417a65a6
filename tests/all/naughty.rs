//! Strings that break software, through the C interface: each is kept whole, or refused with its
//! field, and never does harm.

use admit::ffi::actor::{admit_actor, admit_actor_free, admit_actor_host};
use admit::ffi::client::{
    admit_client, admit_client_birth_date, admit_client_create, admit_client_email,
    admit_client_external_id, admit_client_family_name, admit_client_free, admit_client_given_name,
    admit_client_input, admit_client_json, admit_client_locale, admit_client_name,
    admit_client_phone, admit_client_phonetic_name, admit_client_physician_name,
    admit_client_physician_phone, admit_client_zone,
};
use admit::ffi::error::{admit_error, admit_error_field, admit_error_free, admit_error_json};
use admit::ffi::person::{admit_client_search, admit_person_page, admit_person_page_free};
use admit::ffi::practice::{
    admit_practice, admit_practice_create, admit_practice_free, admit_practice_id,
    admit_practice_input,
};
use admit::ffi::status::admit_status;
use admit::ffi::store::{admit_open_options, admit_store, admit_store_close, admit_store_open};
use std::collections::BTreeSet;
use std::ffi::{CStr, CString, c_char};
use std::ptr;

const CREATE_AND_TEST: u32 = 1 | 2;

fn zeroed<T>(set_size: impl FnOnce(&mut T, usize)) -> T {
    // SAFETY: every input struct of the interface is valid when all its bytes are zero.
    let mut value: T = unsafe { std::mem::zeroed() };
    set_size(&mut value, size_of::<T>());
    value
}

fn given(text: *const c_char) -> Option<String> {
    // SAFETY: accessors answer NULL or a text that lives as long as its object.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned())
}

struct House {
    store: *mut admit_store,
    host: *mut admit_actor,
    _folder: tempfile::TempDir,
}

impl House {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = CString::new(folder.path().join("s").to_str().unwrap()).unwrap();
        let (mut store, mut host, mut practice): (_, _, *mut admit_practice) =
            (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
        let mut options = zeroed(|it: &mut admit_open_options, size| it.size = size);
        options.flags = CREATE_AND_TEST;
        options.test_seed = 7;
        let mut input = zeroed(|it: &mut admit_practice_input, size| it.size = size);
        input.name = c"Cedar Clinic".as_ptr();
        let key = [7; 32];
        let err = ptr::null_mut();
        // SAFETY: all pointers are live, as the header asks.
        unsafe {
            let opened =
                admit_store_open(path.as_ptr(), key.as_ptr(), 32, &options, &mut store, err);
            assert_eq!(opened, admit_status::AdmitOk);
            let made = admit_practice_create(store, &input, &mut practice, err);
            assert_eq!(made, admit_status::AdmitOk);
            let host_made = admit_actor_host(store, admit_practice_id(practice), &mut host, err);
            assert_eq!(host_made, admit_status::AdmitOk);
            admit_practice_free(practice);
        }
        Self { store, host, _folder: folder }
    }

    /// Makes a client; Err is the field that was refused.
    fn create(&self, input: &admit_client_input) -> Result<*mut admit_client, String> {
        let (mut client, mut err): (_, *mut admit_error) = (ptr::null_mut(), ptr::null_mut());
        // SAFETY: all pointers are live, as the header asks.
        unsafe {
            let status = admit_client_create(self.host, input, &mut client, &mut err);
            if status == admit_status::AdmitOk {
                return Ok(client);
            }
            assert_eq!(status, admit_status::AdmitInvalid, "{:?}", given(admit_error_json(err)));
            let field = given(admit_error_field(err)).unwrap();
            admit_error_free(err);
            Err(field)
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        // SAFETY: both are open and used by nobody else.
        unsafe {
            assert_eq!(admit_actor_free(self.host), admit_status::AdmitOk);
            assert_eq!(admit_store_close(self.store), admit_status::AdmitOk);
        }
    }
}

type Read = unsafe extern "C" fn(*const admit_client) -> *const c_char;
type Set = fn(&mut admit_client_input, *const c_char);

const FIELDS: &[(&str, Set, Read)] = &[
    ("name", |it, text| it.name = text, admit_client_name),
    ("family_name", |it, text| it.family_name = text, admit_client_family_name),
    ("given_name", |it, text| it.given_name = text, admit_client_given_name),
    ("phonetic_name", |it, text| it.phonetic_name = text, admit_client_phonetic_name),
    ("external_id", |it, text| it.external_id = text, admit_client_external_id),
    ("birth_date", |it, text| it.birth_date = text, admit_client_birth_date),
    ("email", |it, text| it.email = text, admit_client_email),
    ("phone", |it, text| it.phone = text, admit_client_phone),
    ("locale", |it, text| it.locale = text, admit_client_locale),
    ("zone", |it, text| it.zone = text, admit_client_zone),
    ("physician_name", |it, text| it.physician_name = text, admit_client_physician_name),
    ("physician_phone", |it, text| it.physician_phone = text, admit_client_physician_phone),
];

/// Each once; empty is no string but the lack of one.
fn strings() -> BTreeSet<String> {
    let list = std::fs::read_to_string("tests/data/naughty-strings.json").unwrap();
    let listed: Vec<String> = serde_json::from_str(&list).unwrap();
    let more = ["\u{202e}Garcia".to_owned(), "Gar\u{1b}[31mcia".to_owned(), "x".repeat(10_000)];
    listed.into_iter().chain(more).filter(|string| !string.is_empty()).collect()
}

#[test]
fn every_naughty_string_in_every_text_of_a_client_is_kept_whole_or_refused_with_its_field() {
    let house = House::open();
    let (mut kept, mut refused) = (0, 0);
    for string in strings() {
        // A text with a NUL cannot be given through C.
        let Ok(text) = CString::new(string.as_str()) else { continue };
        let mut tried: Vec<_> = FIELDS.iter().collect();
        let client = loop {
            let mut input = zeroed(|it: &mut admit_client_input, size| it.size = size);
            input.name = c"Somebody".as_ptr();
            tried.iter().for_each(|(_, set, _)| set(&mut input, text.as_ptr()));
            match house.create(&input) {
                Ok(client) => break client,
                Err(at) => {
                    let place = tried.iter().position(|(field, _, _)| *field == at).unwrap();
                    tried.remove(place);
                    refused += 1;
                }
            }
        };
        for (field, _, read) in tried {
            // SAFETY: the client is live.
            let found = given(unsafe { read(client) });
            match *field {
                "locale" => assert!(found.unwrap().eq_ignore_ascii_case(&string)),
                _ => assert_eq!(found.as_deref(), Some(string.as_str()), "{field}"),
            }
            kept += 1;
        }
        // SAFETY: the client is live and freed once.
        unsafe {
            assert!(given(admit_client_json(client)).is_some());
            admit_client_free(client);
        }
    }
    assert!(kept > 1_000 && refused > 1_000, "{kept} kept, {refused} refused");
}

#[test]
fn every_naughty_string_can_be_searched_for() {
    let house = House::open();
    for string in strings() {
        let Ok(text) = CString::new(string) else { continue };
        let mut page: *mut admit_person_page = ptr::null_mut();
        // SAFETY: all pointers are live, as the header asks.
        unsafe {
            let (text, err) = (text.as_ptr(), ptr::null_mut());
            let status = admit_client_search(house.host, text, 0, &mut page, err);
            assert_eq!(status, admit_status::AdmitOk);
            admit_person_page_free(page);
        }
    }
}
