//! Which library this is.

use std::ffi::c_char;

/// The version of the interface: it rises only when a program built against an older header must
/// be changed. Equal to the header's ADMIT_ABI_VERSION, or the program runs with a wrong library.
#[unsafe(no_mangle)]
pub extern "C" fn admit_abi_version() -> u32 {
    1
}

/// The version of the library as text, such as "0.1.0". Lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn admit_version() -> *const c_char {
    const VERSION: &std::ffi::CStr = match std::ffi::CStr::from_bytes_with_nul(
        concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes(),
    ) {
        Ok(version) => version,
        Err(_) => c"",
    };
    VERSION.as_ptr()
}
