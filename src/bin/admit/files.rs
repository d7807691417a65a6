//! The files of a set: read, bounded, named.

use super::Failure;
use admit::domain::script::{SCRIPTS_MAX, SET_MAX, SOURCE_MAX, Script, ScriptName};
use admit::hooks::fault::Fault;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Scripts, and where each came from.
pub struct Files {
    paths: Vec<PathBuf>,
    scripts: Vec<Script>,
}

impl Files {
    /// Reads scripts; each is called by the name of its file.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Failure> {
        if paths.len() > SCRIPTS_MAX {
            return Err(Failure::usage(format_args!("a set has at most {SCRIPTS_MAX} scripts")));
        }
        let mut files = Self { paths: paths.to_vec(), scripts: Vec::new() };
        for path in paths {
            let source = text(path, SOURCE_MAX, "a script")?;
            let name = name(path)?;
            if files.scripts.iter().any(|other| other.name == name) {
                let path = path.display();
                return Err(Failure::usage(format_args!("{path}: two scripts have this name")));
            }
            files.scripts.push(Script { name, source });
        }
        if files.scripts.iter().map(|script| script.source.len()).sum::<usize>() > SET_MAX {
            return Err(Failure::script(format_args!("a set has at most {SET_MAX} bytes")));
        }
        Ok(files)
    }

    /// The scripts.
    pub fn scripts(&self) -> Vec<Script> {
        self.scripts.clone()
    }

    /// A fault as `file:line: message`, with the file as it was given.
    pub fn placed(&self, fault: &Fault) -> String {
        let at = self.scripts.iter().position(|script| script.name.as_str() == fault.script);
        match at.and_then(|at| self.paths.get(at)) {
            Some(path) => format!("{}:{}: {}", path.display(), fault.line.max(1), fault.message),
            None => fault.to_string(),
        }
    }
}

fn name(path: &Path) -> Result<ScriptName, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ScriptName::parse(&name).map_err(|reason| {
        Failure::usage(format_args!("{}: the name of a script {reason}", path.display()))
    })
}

/// The text of a file of at most `max` bytes.
pub fn text(path: &Path, max: usize, what: &str) -> Result<String, Failure> {
    let shown = path.display();
    let unreadable = |error| Failure::usage(format_args!("{shown}: {error}"));
    // A folder opens on some systems and not on others.
    if path.is_dir() {
        return Err(Failure::usage(format_args!("{shown}: is a folder, not a file")));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(max as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > max {
        return Err(Failure::script(format_args!("{shown}:1: {what} has at most {max} bytes")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::script(format_args!("{shown}:{line}: {what} must be UTF-8"))
    })
}
