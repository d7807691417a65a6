//! Operations that wait for a leader, and the tickets on which their callers wait.

use super::engine::Write;
use super::error::{Result, StoreError};
use super::sync::{Arc, Condvar, Mutex, lock};
use std::any::Any;
use std::collections::VecDeque;
use std::sync::PoisonError;

/// What runs on whichever thread leads, so it owns what it touches.
pub(super) type Body = Box<dyn FnOnce(&mut dyn Write) -> Result<()> + Send>;

/// How an operation ended.
pub(super) enum Verdict {
    Committed,
    Failed(StoreError),
    Panicked(Box<dyn Any + Send>),
}

/// What wakes a caller.
pub(super) enum Call {
    Lead,
    Answer(Verdict),
}

/// Where one caller waits.
#[derive(Default)]
pub(super) struct Ticket {
    call: Mutex<Option<Call>>,
    rung: Condvar,
}

impl Ticket {
    pub(super) fn wait(&self) -> Call {
        let mut call = lock(&self.call);
        loop {
            if let Some(call) = call.take() {
                return call;
            }
            call = self.rung.wait(call).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn ring(&self, call: Call) {
        *lock(&self.call) = Some(call);
        self.rung.notify_one();
    }
}

/// The promise of an answer: dropped unanswered, the outcome is unknown, and nobody hangs.
pub(super) struct Answer(Option<Arc<Ticket>>);

impl Answer {
    pub(super) fn give(mut self, verdict: Verdict) {
        self.ring(verdict);
    }

    fn ring(&mut self, verdict: Verdict) {
        if let Some(ticket) = self.0.take() {
            ticket.ring(Call::Answer(verdict));
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        self.ring(Verdict::Failed(StoreError::OutcomeUnknown));
    }
}

pub(super) struct Operation {
    pub(super) body: Body,
    pub(super) answer: Answer,
}

/// Who leads, and who waits.
#[derive(Default)]
pub(super) struct Queue(Mutex<Line>);

#[derive(Default)]
struct Line {
    led: bool,
    waiting: VecDeque<Operation>,
}

impl Queue {
    /// Joins the line; true when nobody leads, so that the caller must.
    pub(super) fn join(&self, body: Body, ticket: &Arc<Ticket>) -> bool {
        let mut line = lock(&self.0);
        line.waiting.push_back(Operation { body, answer: Answer(Some(Arc::clone(ticket))) });
        !std::mem::replace(&mut line.led, true)
    }

    pub(super) fn next(&self) -> Option<Operation> {
        lock(&self.0).waiting.pop_front()
    }

    /// Calls the first who waits to lead, or leaves the lead free.
    pub(super) fn pass_the_lead(&self) {
        let mut line = lock(&self.0);
        match line.waiting.front() {
            Some(Operation { answer: Answer(Some(ticket)), .. }) => ticket.ring(Call::Lead),
            _ => line.led = false,
        }
    }
}
