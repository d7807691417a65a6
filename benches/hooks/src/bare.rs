//! What limits and a fresh environment cost: the friendly script on the bare machine.
//!
//! The engine has no switch for either, so each is built here in the way that the engine does it,
//! on facts as plain tables and without the checks of a result.

use crate::engine::{FRIENDLY, notice};
use crate::median;
use admit::hooks::Limits;
use admit::hooks::engine::Ask;
use mlua::serde::SerializeOptions;
use mlua::{Function, Lua, LuaSerdeExt, Table, VmState};
use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_millis(70);
const WINDOWS: usize = 9;

struct Bare {
    lua: Lua,
    main: Function,
    cached: Function,
    outside: Table,
    count: Rc<Cell<u64>>,
    facts: serde_json::Value,
}

impl Bare {
    fn new(has_limits: bool) -> mlua::Result<Self> {
        let lua = Lua::new();
        let main = lua.load(FRIENDLY).into_function()?;
        let outside = lua.create_table()?;
        outside.set("__index", lua.globals())?;
        let cached = main.call::<Table>(())?.get("notification")?;
        let count = Rc::new(Cell::new(0));
        if has_limits {
            let (limits, count) = (Limits::default(), count.clone());
            let begun = Instant::now();
            lua.set_interrupt(move |_| {
                count.set(count.get() + 1);
                let is_late = || begun.elapsed() > Duration::from_secs(86_400);
                if count.get() > limits.interrupts || count.get().is_multiple_of(8) && is_late() {
                    return Err(mlua::Error::runtime("stopped"));
                }
                Ok(VmState::Continue)
            });
        }
        let facts = match notice("item_ready") {
            Ask::Notice(facts) => serde_json::to_value(facts).map_err(mlua::Error::external)?,
            _ => serde_json::Value::Null,
        };
        Ok(Self { lua, main, cached, outside, count, facts })
    }

    fn call(&self, has_limits: bool, is_fresh: bool) -> mlua::Result<()> {
        let facts = self
            .lua
            .to_value_with(&self.facts, SerializeOptions::new().serialize_unit_to_null(false))?;
        if has_limits {
            self.count.set(0);
            self.lua.set_memory_limit(Limits::default().memory)?;
        }
        let made = if is_fresh {
            let environment = self.lua.create_table()?;
            environment.set_metatable(Some(self.outside.clone()))?;
            self.main.set_environment(environment)?;
            let hook: Function = self.main.call::<Table>(())?.get("notification")?;
            hook.call::<Table>(facts)?
        } else {
            self.cached.call::<Table>(facts)?
        };
        for key in ["subject", "text", "html"] {
            std::hint::black_box(made.raw_get::<String>(key)?);
        }
        if has_limits {
            self.lua.set_memory_limit(0)?;
        }
        Ok(())
    }
}

/// Prints microseconds a call.
pub fn print() {
    println!("{:<44} {:>12}", "on the bare machine", "us/call");
    for (title, has_limits, is_fresh) in [
        ("no limits, a kept function", false, false),
        ("no limits, a fresh environment", false, true),
        ("limits, a kept function", true, false),
        ("limits, a fresh environment", true, true),
    ] {
        let bare = Bare::new(has_limits).expect("the friendly script");
        let times = (0..WINDOWS).map(|_| window(|| bare.call(has_limits, is_fresh))).collect();
        println!("{title:<44} {:>12.1}", median(times));
    }
    println!();
}

fn window(call: impl Fn() -> mlua::Result<()>) -> f64 {
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < WINDOW {
        for _ in 0..100 {
            call().expect("the friendly script");
        }
        count += 100;
    }
    begun.elapsed().as_secs_f64() * 1e6 / f64::from(count)
}
