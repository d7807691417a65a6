//! What a support engineer is told at night: few lines, none of them personal or secret.
//!
//! A line is told on the thread of the caller whose call it is about, once its commit is over.

use super::admit::Admit;
use crate::error::{Error, Result};
use crate::store::{self, StoreError};
use std::sync::{Mutex, PoisonError};

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Somebody has to act now: the store does not do its work.
    Error,
    /// Somebody should look at it by day.
    Warning,
    /// Good to know later.
    Info,
}

type Tell = dyn Fn(Level, &str) + Send + Sync;

/// Where lines go.
pub struct Log(Box<Tell>);

impl Log {
    /// A log that hands each line to a function, which must not call the store.
    pub fn new(tell: impl Fn(Level, &str) + Send + Sync + 'static) -> Self {
        Self(Box::new(tell))
    }

    /// Tells a line.
    pub fn tell(&self, level: Level, line: &str) {
        (self.0)(level, line);
    }
}

/// How long a fault that repeats is told of once, in milliseconds.
const AGAIN_AFTER: i64 = crate::domain::time::MINUTE;

/// The faults that were told of lately, each with its time.
#[derive(Default)]
pub(super) struct Told(Mutex<Vec<(StoreError, i64)>>);

impl Told {
    fn is_news(&self, fault: StoreError, now: i64) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.retain(|(_, at)| now - at < AGAIN_AFTER);
        let is_news = told.iter().all(|(known, _)| *known != fault);
        if is_news {
            told.push((fault, now));
        }
        is_news
    }
}

impl Admit {
    /// Reads a snapshot, and tells the log of a fault of the file.
    pub(super) fn snapshot<T>(
        &self,
        work: impl FnMut(&mut dyn store::Read) -> store::Result<T>,
    ) -> Result<T> {
        self.told(self.store().read(work))
    }

    /// Commits what a body writes, and tells the log of a fault of the file.
    pub(super) fn commit<T: Send + 'static>(
        &self,
        body: impl Fn(&mut dyn store::Write) -> store::Result<T> + Send + 'static,
    ) -> Result<T> {
        self.told(self.store().write(body))
    }

    fn told<T>(&self, done: store::Result<T>) -> Result<T> {
        done.map_err(|fault| {
            // These are about the call, not about the file.
            let is_of_call =
                matches!(fault, StoreError::Closed | StoreError::Nested | StoreError::TooLarge);
            if !is_of_call && self.told.is_news(fault, self.latest().millis()) {
                self.options().log(Level::Error, &fault.to_string());
            }
            Error::Store(fault)
        })
    }
}
