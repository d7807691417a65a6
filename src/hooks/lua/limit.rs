//! What one call of a script may cost.

use crate::hooks::fault::Code;
use mlua::{Error, Lua, VmState};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// How often the clock is looked at: a look costs more than a count.
const LOOK_EVERY: u64 = 8;

/// What one call may cost. The count decides, and is the same on every machine; time and memory
/// stand behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls, returns, turns of a loop and steps of a pattern.
    pub interrupts: u64,
    /// Time that the call itself runs; where the system does not tell that, time on the clock.
    pub time: Duration,
    /// Memory of the state, in bytes.
    pub memory: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { interrupts: 2_000_000, time: Duration::from_millis(100), memory: 32 << 20 }
    }
}

/// Why and where a script was stopped.
#[derive(Clone)]
pub(super) struct Stop {
    pub code: Code,
    pub line: u32,
}

/// When a call began, by the clock and by what its thread had run.
#[derive(Clone, Copy)]
struct Begun {
    clock: Instant,
    run: Duration,
}

impl Begun {
    fn now() -> Self {
        Self { clock: Instant::now(), run: run_time() }
    }

    /// A busy machine stops threads for longer than a call may take, so time on the clock alone
    /// would fail a script that did nothing wrong.
    fn is_over(self, time: Duration) -> bool {
        let waited = self.clock.elapsed();
        waited > time && (cfg!(not(unix)) || run_time().saturating_sub(self.run) > time)
    }
}

/// How long the thread has run.
#[cfg(unix)]
fn run_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// Not known here.
#[cfg(not(unix))]
fn run_time() -> Duration {
    Duration::ZERO
}

/// The meter of the call that runs now.
pub(super) struct Meter {
    limits: Limits,
    count: Cell<u64>,
    begun: Cell<Option<Begun>>,
    stop: RefCell<Option<Stop>>,
}

impl Meter {
    pub fn new(limits: Limits) -> Rc<Self> {
        let (count, begun, stop) = (Cell::new(0), Cell::new(None), RefCell::new(None));
        Rc::new(Self { limits, count, begun, stop })
    }

    /// Begins to count.
    pub fn arm(&self, lua: &Lua) -> mlua::Result<()> {
        self.count.set(0);
        self.begun.set(Some(Begun::now()));
        *self.stop.borrow_mut() = None;
        lua.set_memory_limit(self.limits.memory).map(|_| ())
    }

    /// Ends to count; says where the script was stopped, if it was.
    pub fn disarm(&self, lua: &Lua) -> mlua::Result<Option<Stop>> {
        self.begun.set(None);
        lua.set_memory_limit(0)?;
        Ok(self.stop.borrow_mut().take())
    }

    pub fn count(&self) -> u64 {
        self.count.get()
    }

    /// Notes a stop that the machine itself made.
    pub fn note(&self, code: Code) {
        let mut stop = self.stop.borrow_mut();
        if stop.is_none() {
            *stop = Some(Stop { code, line: 0 });
        }
    }

    fn is_over(&self) -> bool {
        let count = self.count.get() + 1;
        self.count.set(count);
        if count > self.limits.interrupts || self.stop.borrow().is_some() {
            return true;
        }
        let is_late = || self.begun.get().is_some_and(|begun| begun.is_over(self.limits.time));
        count.is_multiple_of(LOOK_EVERY) && is_late()
    }

    /// Called by the machine; a script that catches the error meets it again at its next step.
    pub fn interrupt(&self, lua: &Lua) -> mlua::Result<VmState> {
        if self.begun.get().is_none() || !self.is_over() {
            return Ok(VmState::Continue);
        }
        let mut stop = self.stop.borrow_mut();
        if stop.is_none() {
            *stop = Some(Stop { code: Code::TimeLimit, line: line(lua) });
        }
        Err(Error::runtime("stopped"))
    }
}

/// The line of the innermost frame of a script.
fn line(lua: &Lua) -> u32 {
    (0..64)
        .map_while(|level| {
            lua.inspect_stack(level, |frame| {
                let source = frame.source().short_src;
                let is_script = source.is_some_and(|name| name != super::state::PRELUDE_NAME);
                frame.current_line().filter(|_| is_script)
            })
        })
        .find_map(|line| u32::try_from(line?).ok())
        .unwrap_or_default()
}
