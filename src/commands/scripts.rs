//! The engine of a store, and the sets that it has loaded.

use super::admit::Options;
use super::log::Level;
use crate::domain::id::ScriptSetId;
use crate::domain::script::ScriptSet;
use crate::domain::time::Timestamp;
use crate::error::Result;
use crate::hooks::engine::{Answer, Call, Engine, Set};
use crate::hooks::fault::Fault;
use crate::records;
use crate::store::{Read, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many sets are kept loaded; past that all are forgotten and loaded anew.
const KEPT_MAX: usize = 64;

/// Runs the scripts of a store.
pub(super) struct Scripts {
    pub engine: Engine,
    options: Arc<Options>,
    kept: Mutex<HashMap<ScriptSetId, Arc<Set>>>,
}

impl Scripts {
    pub fn new(options: Arc<Options>) -> Self {
        let links = options.link_origins.clone();
        let engine = Engine::new(options.script_workers, options.script_limits, links);
        Self { engine, options, kept: Mutex::default() }
    }

    /// A set that passed its check when it was installed.
    pub fn set(&self, read: &mut dyn Read, id: ScriptSetId) -> Result<Arc<Set>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(set) = kept.get(&id) {
            return Ok(set.clone());
        }
        let stored = records::script::find(read, id)?.ok_or(StoreError::Damaged)?;
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        let set = Arc::new(loaded(stored));
        kept.insert(id, set.clone());
        Ok(set)
    }

    /// Runs calls, and tells the log what they logged and how they failed, on the caller's thread.
    pub fn ask(&self, calls: Vec<Call>, now: Timestamp) -> Vec<Answer> {
        let answers = self.engine.ask(calls, now);
        for answer in &answers {
            for line in &answer.log {
                self.options.log(Level::Info, &format!("script: {line}"));
            }
            if let Err(fault) = &answer.made {
                let Fault { code, script, line, .. } = fault;
                let says = format!("script {script}:{line} failed: {}", code.word());
                self.options.log(Level::Warning, &says);
            }
        }
        answers
    }
}

fn loaded(stored: ScriptSet) -> Set {
    let hooks = stored.hooks.into_iter().map(|(hook, at)| (hook, usize::from(at))).collect();
    Set { scripts: stored.scripts, digest: stored.digest, hooks }
}
