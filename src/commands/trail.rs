//! The steps of a decision, kept where somebody wants to be told of them.

use crate::domain::access::{Step, StepKind};
use crate::domain::id::Thing;
use crate::error::{Error, Result};
use std::sync::{Mutex, PoisonError};

/// The steps of a decision; by default nobody is told, and nothing is kept.
#[derive(Default)]
pub struct Trail(Option<Mutex<Vec<Step>>>);

impl Trail {
    /// One that keeps the steps.
    pub(super) const fn told() -> Self {
        Self(Some(Mutex::new(Vec::new())))
    }

    /// Keeps a step that ends the decision where it is refused, and hands its result on.
    pub(super) fn held<T>(
        &self,
        kind: StepKind,
        thing: Option<Thing>,
        result: Result<T>,
    ) -> Result<T> {
        match &result {
            Ok(_) => self.keep(Step { kind, thing, holds: true, refusal: None }),
            Err(Error::Refused(refusal)) => {
                self.keep(Step { kind, thing, holds: false, refusal: Some(*refusal) });
            }
            Err(_) => {}
        }
        result
    }

    /// Keeps a step.
    pub(super) fn keep(&self, step: Step) {
        if let Some(steps) = &self.0 {
            steps.lock().unwrap_or_else(PoisonError::into_inner).push(step);
        }
    }

    /// The steps so far, in order.
    pub(super) fn steps(&self) -> Vec<Step> {
        let kept = self.0.as_ref();
        kept.map(|it| it.lock().unwrap_or_else(PoisonError::into_inner).clone()).unwrap_or_default()
    }
}
