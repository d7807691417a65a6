//! Results: immutable snapshots in a box, read by accessors from any thread, freed by one.

use super::call::value;
use serde::Serialize;
use std::borrow::Cow;
use std::ffi::{CString, c_char};
use std::ptr;
use std::sync::{Mutex, PoisonError};

/// A snapshot and the C texts that were read from it, which live as long as it does.
pub(super) struct Object<V> {
    pub view: V,
    texts: Mutex<Vec<((&'static str, usize), CString)>>,
}

/// Some of the texts are links and messages that hold one: none is left in freed memory.
impl<V> Drop for Object<V> {
    fn drop(&mut self) {
        let texts = self.texts.get_mut().unwrap_or_else(PoisonError::into_inner);
        for (_, text) in texts.drain(..) {
            drop(zeroize::Zeroizing::new(text.into_bytes()));
        }
    }
}

impl<V> Object<V> {
    /// Wraps a snapshot.
    pub const fn new(view: V) -> Self {
        Self { view, texts: Mutex::new(Vec::new()) }
    }

    fn text<'v>(
        &'v self,
        slot: (&'static str, usize),
        read: impl FnOnce(&'v V) -> Option<Cow<'v, str>>,
    ) -> *const c_char {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = texts.iter().find(|(known, _)| *known == slot) {
            return known.as_ptr();
        }
        let Some(text) = read(&self.view) else { return ptr::null() };
        // No text that was let in holds a NUL; one that did would be cut here, never overrun.
        let text = CString::new(text.split('\0').next().unwrap_or_default()).unwrap_or_default();
        let pointer = text.as_ptr();
        texts.push((slot, text));
        pointer
    }
}

/// A C type that is a boxed snapshot.
pub(super) trait Opaque {
    /// What it shows.
    type View;
    /// The snapshot.
    fn object(&self) -> &Object<Self::View>;
}

/// Declares a C type over a snapshot.
macro_rules! opaque {
    ($name:ident shows $view:ty) => {
        impl crate::ffi::object::Opaque for $name {
            type View = $view;
            fn object(&self) -> &crate::ffi::object::Object<$view> {
                &self.0
            }
        }

        impl From<$view> for $name {
            fn from(view: $view) -> Self {
                Self(crate::ffi::object::Object::new(view))
            }
        }
    };
}
pub(super) use opaque;

/// Reads a text of an object; NULL for NULL and where the object has none.
///
/// # Safety
/// `object` is NULL or an object that was not freed.
pub(super) unsafe fn text<'o, O: Opaque + 'o>(
    object: *const O,
    slot: &'static str,
    read: impl FnOnce(&'o O::View) -> Option<Cow<'o, str>>,
) -> *const c_char {
    // SAFETY: handed on from this function's contract.
    unsafe { text_at(object, slot, 0, read) }
}

/// Reads the text at a place of a list in an object.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn text_at<'o, O: Opaque + 'o>(
    object: *const O,
    slot: &'static str,
    at: usize,
    read: impl FnOnce(&'o O::View) -> Option<Cow<'o, str>>,
) -> *const c_char {
    // SAFETY: NULL or a live object by this function's contract.
    let object = unsafe { object.as_ref() };
    value(ptr::null(), || Some(object?.object().text((slot, at), read)))
}

/// Reads a number of an object; `fallback` for NULL.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn number<'o, O: Opaque + 'o, T>(
    object: *const O,
    fallback: T,
    read: impl FnOnce(&'o O::View) -> T,
) -> T {
    // SAFETY: NULL or a live object by this function's contract.
    let object = unsafe { object.as_ref() };
    value(fallback, || Some(read(&object?.object().view)))
}

/// The whole object as JSON; NULL for NULL.
///
/// # Safety
/// As `text`.
pub(super) unsafe fn json<'o, O: Opaque + 'o>(object: *const O) -> *const c_char
where
    O::View: Serialize,
{
    // SAFETY: handed on from this function's contract.
    unsafe { text(object, "json", |view| serde_json::to_string(view).ok().map(Cow::Owned)) }
}

/// Frees an object; NULL is fine.
///
/// # Safety
/// `object` is NULL or was handed out by the library and not freed before.
pub(super) unsafe fn free<T>(object: *mut T) {
    value((), || {
        if !object.is_null() {
            // SAFETY: by this function's contract it came from `Box::into_raw`.
            drop(unsafe { Box::from_raw(object) });
        }
        Some(())
    });
}

/// A page: objects, and the cursor that goes on after them.
pub(super) struct List<T> {
    items: Vec<T>,
    next: Option<CString>,
}

impl<T> List<T> {
    /// Makes a page of objects.
    pub fn of<V: Into<T>>(page: crate::commands::Page<V>) -> Self {
        let items = page.items.into_iter().map(Into::into).collect();
        let next = page.next.and_then(|next| CString::new(next).ok());
        Self { items, next }
    }

    /// How many objects there are.
    pub const fn len(&self) -> usize {
        self.items.len()
    }

    /// One object, which lives as long as the page; NULL past the end.
    pub fn at(&self, at: usize) -> *const T {
        self.items.get(at).map_or(ptr::null(), ptr::from_ref)
    }

    /// Where the next page begins; NULL at the end.
    pub fn next(&self) -> *const c_char {
        self.next.as_ref().map_or(ptr::null(), |next| next.as_ptr())
    }
}

/// Reads something of a page; `fallback` for NULL.
///
/// # Safety
/// `list` is NULL or a page that was not freed.
pub(super) unsafe fn listed<'l, L: 'l, T>(
    list: *const L,
    fallback: T,
    read: impl FnOnce(&'l L) -> T,
) -> T {
    // SAFETY: by this function's contract.
    let list = unsafe { list.as_ref() };
    value(fallback, || Some(read(list?)))
}

/// A borrowed text, for the accessors.
pub(super) fn some(text: &str) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(text))
}

/// An owned text, such as an id, for the accessors.
pub(super) fn shown(value: impl ToString) -> Option<Cow<'static, str>> {
    Some(Cow::Owned(value.to_string()))
}
