use crate::error::Result;
use crate::ffi::actor::admit_actor;
use crate::ffi::call::{self, Out};
use crate::ffi::error::admit_error;
use crate::ffi::handle;
use crate::ffi::object::{Object, free, opaque, some, text};
use crate::ffi::status::admit_status;
use std::ffi::c_char;

/// A client written for exchange. Free it with `admit_client_document_free`.
pub struct admit_client_document(Object<String>);
opaque!(admit_client_document shows String);

/// Writes a client as a FHIR R4 Patient, which an import finds again by the same external id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_export(
    actor: *mut admit_actor,
    client_id: *const c_char,
    document: *mut *mut admit_client_document,
    err: *mut *mut admit_error,
) -> admit_status {
    call::call(err, || -> Result<()> {
        // SAFETY: the pointers are as the header asks.
        let (out, id) =
            unsafe { (Out::new(document).required()?, call::id(client_id, "client_id")?) };
        let (opened, actor) = handle::actor(actor)?;
        out.fill(opened.admit.export_client(&actor, id)?.into());
        Ok(())
    })
}

/// The Patient as JSON. Lives as long as the document.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_document_json(
    document: *const admit_client_document,
) -> *const c_char {
    // SAFETY: NULL or a live object, as the header asks.
    unsafe { text(document, "json", |it| some(it)) }
}

/// Frees a document. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn admit_client_document_free(document: *mut admit_client_document) {
    // SAFETY: NULL or an object that was not freed before, as the header asks.
    unsafe { free(document) }
}
