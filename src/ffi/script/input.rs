use super::super::call::{self, Extensible};
use crate::domain::script::{SCRIPTS_MAX, Script, ScriptName};
use crate::error::Result;
use std::ffi::c_char;

/// One script of a set. Start from ADMIT_SCRIPT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_script {
    /// sizeof(admit_script).
    pub size: usize,
    /// What its errors call it, such as "notices.lua": 1 to 64 letters, digits and the signs
    /// . _ -. Required.
    pub name: *const c_char,
    /// Its text, at most 64 KiB. Required.
    pub lua: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_script {
    const NAME: &'static str = "a newer member of admit_script";
}

/// A set of scripts to install. Start from ADMIT_SCRIPT_SET_INPUT_INIT.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct admit_script_set_input {
    /// sizeof(admit_script_set_input).
    pub size: usize,
    /// The scripts; each hook stands in one of them. Required.
    pub scripts: *const *const admit_script,
    /// How many scripts there are, at most 64, of 512 KiB together.
    pub script_count: usize,
    /// Makes the call repeatable for 7 days; NULL for none.
    pub idempotency_key: *const c_char,
}

// SAFETY: integers and raw pointers, size first; zero means default.
unsafe impl Extensible for admit_script_set_input {
    const NAME: &'static str = "a newer member of admit_script_set_input";
}

impl admit_script_set_input {
    /// # Safety
    /// The pointers are as the header asks.
    pub(super) unsafe fn scripts(&self) -> Result<Vec<Script>> {
        // SAFETY: handed on from this function's contract.
        let given =
            unsafe { call::inputs(self.scripts, self.script_count, "scripts", SCRIPTS_MAX)? };
        let scripts = given.into_iter().map(|script| {
            // SAFETY: as above.
            unsafe {
                Ok(Script {
                    name: call::required(script.name, "scripts.name", ScriptName::parse)?,
                    source: call::required_text(script.lua, "scripts.lua")?.to_owned(),
                })
            }
        });
        scripts.collect()
    }
}
