//! The command `admit`: tries scripts before anybody gets their words.

mod check;
mod files;
mod run;

use admit::domain::script::Hook;
use admit::domain::text::AllowList;
use admit::hooks::Limits;
use admit::hooks::engine::Engine;
use clap::{Args, Parser, Subcommand};
use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Tools for products that keep client accounts and invitations with admit.
#[derive(Parser)]
#[command(name = "admit", version, arg_required_else_help = true)]
struct Admit {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Scripts: the words of notices, and what may be deleted or invited.
    #[command(subcommand, arg_required_else_help = true)]
    Hooks(Hooks),
}

#[derive(Subcommand)]
enum Hooks {
    /// Tries all FILES, as one set, on sample facts of every kind and language.
    ///
    /// Prints file:line: message for each failure. Exits with 0 where there is none, with 1 where
    /// there is one, and with 2 where the files cannot be read.
    Check {
        /// The scripts of the set.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        bounds: Bounds,
    },
    /// Asks one hook of a script, with facts from a JSON file.
    ///
    /// Prints what the hook made as JSON, and what it logged on the standard error. What the
    /// facts leave out is filled in from a sample.
    Run {
        /// The script.
        file: PathBuf,
        /// notification, deletion or invitation.
        #[arg(value_parser = hook)]
        hook: Hook,
        /// A JSON file: the facts of docs/SCRIPTS.md.
        #[arg(long)]
        facts: PathBuf,
        #[command(flatten)]
        bounds: Bounds,
    },
}

/// What holds of a script in the store that it is for.
#[derive(Args)]
struct Bounds {
    /// An origin that words may lead to, such as https://portal.example.org. May stand repeatedly;
    /// without it words lead nowhere but to their link.
    #[arg(long)]
    origin: Vec<String>,
    /// How many milliseconds a call may take. More than a store allows is for busy machines.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 100)]
    time: u32,
}

impl Bounds {
    fn engine(&self) -> Result<Engine, Failure> {
        let origins: Vec<&str> = self.origin.iter().map(String::as_str).collect();
        let links = AllowList::parse(&origins)
            .map_err(|reason| Failure::usage(format_args!("--origin {reason}")))?;
        let time = Duration::from_millis(u64::from(self.time));
        Ok(Engine::new(1, Limits { time, ..Limits::default() }, links))
    }
}

fn hook(word: &str) -> Result<Hook, String> {
    let known = Hook::ALL.map(Hook::word).join(", ");
    Hook::find(word).ok_or_else(|| format!("there are {known}"))
}

/// Why the command ends: what is said, and with which status.
struct Failure {
    says: Vec<String>,
    status: u8,
}

impl Failure {
    /// A script fails.
    fn script(says: impl Display) -> Self {
        Self { says: vec![says.to_string()], status: 1 }
    }

    /// The command cannot do what it is asked.
    fn usage(says: impl Display) -> Self {
        Self { says: vec![says.to_string()], status: 2 }
    }
}

/// Prints a line. A reader that went away wants no more of them.
fn say(to: &mut dyn Write, line: impl Display) {
    let _ = writeln!(to, "{line}");
}

fn main() -> ExitCode {
    let Admit { command: Command::Hooks(command) } = Admit::parse();
    let done = match command {
        Hooks::Check { files, bounds } => check::check(&files, &bounds),
        Hooks::Run { file, hook, facts, bounds } => run::run(&file, hook, &facts, &bounds),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { says, status }) => {
            for line in says {
                say(&mut io::stderr(), line);
            }
            ExitCode::from(status)
        }
    }
}
