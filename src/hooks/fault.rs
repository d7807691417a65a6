//! How a hook failed. The message may hold what the script put into it, so it reaches the author
//! of a script on sample facts, and never a log or an event.

use serde::Serialize;
use std::fmt;

/// The longest message, in bytes.
const MESSAGE_MAX: usize = 500;

/// In which way a hook failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The source does not compile, or what it returns is no table of hooks.
    Syntax,
    /// The script raised an error.
    Runtime,
    /// The script ran longer than it may.
    TimeLimit,
    /// The script took more memory than it may.
    MemoryLimit,
    /// What the script returned breaks the contract.
    BadResult,
    /// The source is larger than a script may be.
    TooLarge,
    /// The set fails so often that it rests for a minute.
    SetAside,
    /// No worker could be started.
    Unavailable,
}

impl Code {
    /// The word for it in C, JSON and events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Runtime => "runtime",
            Self::TimeLimit => "time_limit",
            Self::MemoryLimit => "memory_limit",
            Self::BadResult => "bad_result",
            Self::TooLarge => "too_large",
            Self::SetAside => "set_aside",
            Self::Unavailable => "unavailable",
        }
    }

    /// Whether the script was stopped, after which its state is thrown away.
    pub const fn is_trip(self) -> bool {
        matches!(self, Self::TimeLimit | Self::MemoryLimit)
    }
}

/// How and where a hook failed. Its `Debug` leaves the message out.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// In which way.
    pub code: Code,
    /// The script; empty where none is to blame.
    pub script: String,
    /// The line, from 1 on; 0 where none is known.
    pub line: u32,
    /// What went wrong, in a sentence; at most 500 bytes without control characters.
    pub message: String,
}

impl Fault {
    /// A fault of a script as a whole.
    pub fn new(code: Code, script: &str, line: u32, message: &str) -> Self {
        // Also what starts a line, or turns its direction, without being a control character.
        let is_odd = |c| matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let shown = message.chars().map(|c| if c.is_control() || is_odd(c) { ' ' } else { c });
        let mut message: String = shown.take(MESSAGE_MAX).collect();
        let cut = (0..=MESSAGE_MAX).rev().find(|at| message.is_char_boundary(*at)).unwrap_or(0);
        message.truncate(cut);
        Self { code, script: script.to_owned(), line, message }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({} at {}:{})", self.code.word(), self.script, self.line)
    }
}

/// The line that an editor can jump to: `file:line: message`.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.script.is_empty(), self.line) {
            (true, _) => f.write_str(&self.message),
            (false, 0) => write!(f, "{}: {}", self.script, self.message),
            (false, line) => write!(f, "{}:{line}: {}", self.script, self.message),
        }
    }
}
