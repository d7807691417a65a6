//! One Luau state of one script set. Nothing but the compiled sources outlives a call.

use super::blame::{fault, is_memory, stopped, unplaced};
use super::facts::Builder;
use super::helpers::{Occasion, natives};
use super::limit::{Limits, Meter};
use crate::domain::script::{Hook, SOURCE_MAX, Script};
use crate::hooks::fault::{Code, Fault};
use mlua::chunk::ChunkMode;
use mlua::{
    Error, Function, Lua, LuaOptions, MultiValue, Result as LuaResult, StdLib, Table, Value,
};
use std::cell::Cell;
use std::rc::Rc;

/// What the prelude is called in errors, so that its frames can be told from a script's.
pub(super) const PRELUDE_NAME: &str = "prelude";
const PRELUDE: &str = include_str!("prelude.luau");
/// Above this the garbage of a call is collected before the next one: the machine collects by
/// itself too late for the memory limit.
const COLLECT_ABOVE: usize = 4 << 20;

/// What a call cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Calls, returns, turns of a loop and steps of a pattern.
    pub interrupts: u64,
    /// Memory of the state at the end of the call, in bytes.
    pub memory: usize,
}

/// What a call gave, before anybody judged it.
pub struct Called<T> {
    /// What was read of the result.
    pub result: Result<T, Fault>,
    /// What the script logged.
    pub log: Vec<String>,
    /// What it cost.
    pub cost: Cost,
}

/// A set, compiled.
pub struct State {
    lua: Lua,
    mains: Vec<(String, Function)>,
    fresh: Function,
    base: Table,
    builder: Builder,
    occasion: Rc<Occasion>,
    meter: Rc<Meter>,
}

impl State {
    /// Compiles a set, in a state of its own.
    ///
    /// # Errors
    /// `TooLarge` or `Syntax`.
    pub fn new(scripts: &[Script], limits: Limits) -> Result<Self, Fault> {
        let mut state = Self::empty(limits).map_err(|error| unplaced(&error))?;
        for script in scripts {
            let name = script.name.as_str();
            if script.source.len() > SOURCE_MAX {
                let message = format!("a script has at most {SOURCE_MAX} bytes");
                return Err(Fault::new(Code::TooLarge, name, 0, &message));
            }
            let chunk = state.lua.load(&script.source).set_name(format!("={name}"));
            let main = chunk.set_mode(ChunkMode::Text).into_function();
            let main = main.map_err(|error| fault(name, &error))?;
            state.mains.push((name.to_owned(), main));
        }
        Ok(state)
    }

    fn empty(limits: Limits) -> LuaResult<Self> {
        let libraries = StdLib::STRING | StdLib::TABLE | StdLib::MATH | StdLib::UTF8 | StdLib::BIT;
        let lua = Lua::new_with(libraries, LuaOptions::new())?;
        let occasion = Rc::new(Occasion::default());
        let prelude = lua.load(PRELUDE).set_name(format!("={PRELUDE_NAME}"));
        let made = prelude.call::<(Table, Function, Function, Function)>(natives(&lua, &occasion)?);
        let (base, fresh, record, counts) = made?;
        let meter = Meter::new(limits);
        let metered = meter.clone();
        lua.set_interrupt(move |lua| metered.interrupt(lua));
        let builder = Builder::new(record, counts);
        Ok(Self { lua, mains: Vec::new(), fresh, base, builder, occasion, meter })
    }

    /// The names that scripts see, sorted, those of a library with its name before them.
    ///
    /// # Errors
    /// What the machine gives.
    pub fn globals(&self) -> Result<Vec<String>, Fault> {
        names(&self.base).map_err(|error| unplaced(&error))
    }

    /// Runs each script once, and says which hooks it has.
    ///
    /// # Errors
    /// What the script gives; `Syntax` where it returns something else than a table of hooks.
    pub fn hooks(&self) -> Result<Vec<(Hook, usize)>, Fault> {
        let mut found: Vec<(Hook, usize)> = Vec::new();
        for at in 0..self.mains.len() {
            // One more than there are is enough to find one that there is not.
            let hooks = self.metered(at, || {
                let table = self.run(at)?;
                let members = table.pairs::<Value, Value>().take(Hook::ALL.len() + 1);
                members.collect::<LuaResult<Vec<_>>>()
            });
            let name = self.mains[at].0.as_str();
            let wrong = |message: &str| Fault::new(Code::Syntax, name, 1, message);
            for (key, value) in hooks.result? {
                let key = key.as_string().map(|key| key.to_string_lossy()).unwrap_or_default();
                let hook = Hook::find(&key).ok_or_else(|| wrong(&unknown_hook(&key)))?;
                if !value.is_function() {
                    let message = format!("the hook '{key}' is no function");
                    return Err(wrong(&message));
                }
                if let Some((_, other)) = found.iter().find(|(known, _)| *known == hook) {
                    let other = &self.mains[*other].0;
                    let message = format!("the hook '{key}' is in {other} already");
                    return Err(wrong(&message));
                }
                found.push((hook, at));
            }
        }
        if found.is_empty() {
            let name = self.mains.first().map_or("", |(name, _)| name);
            return Err(Fault::new(Code::Syntax, name, 1, "no script of the set returns a hook"));
        }
        Ok(found)
    }

    /// Calls a hook of a script on facts; `read` takes what it returns apart while the limits hold.
    pub fn call<T>(
        &self,
        at: usize,
        hook: Hook,
        facts: &serde_json::Value,
        read: impl FnOnce(MultiValue) -> LuaResult<T>,
    ) -> Called<T> {
        let text = |path: &str| facts.pointer(path).and_then(|it| it.as_str()).map(str::to_owned);
        let locale = text("/recipient/locale").unwrap_or_else(|| "en".to_owned());
        let zone = text("/recipient/zone").unwrap_or_else(|| "UTC".to_owned());
        self.occasion.locale.replace(locale);
        self.occasion.zone.replace(zone);
        let name = if hook == Hook::Notification { "notice" } else { "request" };
        match self.builder.build(&self.lua, name, facts) {
            Ok(argument) => {
                let begins = Cell::new(0);
                let mut called = self.metered(at, || {
                    let function: Function = self.run(at)?.raw_get(hook.word())?;
                    begins.set(function.info().line_defined.unwrap_or_default());
                    read(function.call(argument)?)
                });
                // No line of the script made a bad result; its hook is where to begin to look.
                if let Err(fault) = &mut called.result
                    && fault.code == Code::BadResult
                {
                    fault.line = u32::try_from(begins.get()).unwrap_or_default();
                }
                called
            }
            Err(error) => {
                Called { result: Err(unplaced(&error)), log: Vec::new(), cost: Cost::default() }
            }
        }
    }

    /// Runs a script from its first line in a fresh environment.
    fn run(&self, at: usize) -> LuaResult<Table> {
        let main = &self.mains[at].1;
        main.set_environment(self.fresh.call(())?)?;
        let returned = main.call::<Value>(());
        // The compiled source lives on, and what a script keeps must not live on with it.
        main.set_environment(self.base.clone())?;
        match returned? {
            Value::Table(table) if table.metatable().is_none() => Ok(table),
            _ => Err(Error::SyntaxError {
                message: "a script ends with: return { notification = ... }".to_owned(),
                incomplete_input: false,
            }),
        }
    }

    fn metered<T>(&self, at: usize, work: impl FnOnce() -> LuaResult<T>) -> Called<T> {
        let name = self.mains[at].0.as_str();
        let worked = self.meter.arm(&self.lua).map(|()| {
            let worked = work();
            if let Err(error) = &worked
                && is_memory(error)
            {
                self.meter.note(Code::MemoryLimit);
            }
            // Reading the error may run the script's own code, so the limits still hold.
            worked.map_err(|error| fault(name, &error))
        });
        let stop = self.meter.disarm(&self.lua);
        let result = match (worked, stop) {
            (Ok(worked), Ok(Some(stop))) => Err(stopped(name, worked.as_ref().err(), &stop)),
            (Ok(result), Ok(None)) => result,
            (Err(error), _) | (_, Err(error)) => Err(unplaced(&error)),
        };
        let cost = Cost { interrupts: self.meter.count(), memory: self.lua.used_memory() };
        if cost.memory > COLLECT_ABOVE {
            // A collection that fails leaves garbage, which the memory limit meets later.
            let _ = self.lua.gc_collect();
        }
        Called { result, log: self.occasion.log.take(), cost }
    }
}

fn names(base: &Table) -> LuaResult<Vec<String>> {
    let mut names = Vec::new();
    for pair in base.pairs::<String, Value>() {
        let (name, value) = pair?;
        if let Value::Table(library) = &value {
            for member in library.pairs::<String, Value>() {
                names.push(format!("{name}.{}", member?.0));
            }
        }
        names.push(name);
    }
    names.sort_unstable();
    Ok(names)
}

fn unknown_hook(name: &str) -> String {
    let name: String = name.chars().take(40).collect();
    let all = Hook::ALL.map(Hook::word);
    let near = all.iter().max_by(|one, other| {
        strsim::jaro_winkler(one, &name).total_cmp(&strsim::jaro_winkler(other, &name))
    });
    match near.filter(|near| strsim::jaro_winkler(near, &name) > 0.7) {
        Some(near) => format!("no hook is called '{name}'; did you mean '{near}'?"),
        None => format!("no hook is called '{name}'; there are {}", all.join(", ")),
    }
}
