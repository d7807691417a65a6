//! Facts as Lua tables: read-only, and an error that lists the names where one is misspelt.

use mlua::{Function, Lua, Result, Table, Value};
use serde_json::Value as Json;
use std::cell::RefCell;
use std::collections::HashMap;

/// Facts that the product names itself: what is absent is nil.
const OWN: &str = ".own";
/// Counts of ours, by kind and status: what is absent counts 0.
const ITEMS: &str = ".items";
/// Counts of what there ever was, by kind: what is absent counts 0.
const EVER: &str = ".ever";
/// Counts of the host's: what it did not state is an error, as a misspelt fact is.
const HOST: &str = ".host";
/// In counts of the host's, the value of every name that is not stated; samples alone have it.
const ANY: &str = "*";

/// Builds the tables of one state; the shapes are made once, since facts are typed.
pub(super) struct Builder {
    record: Function,
    counts: Function,
    shapes: RefCell<HashMap<String, Table>>,
}

impl Builder {
    pub fn new(record: Function, counts: Function) -> Self {
        Self { record, counts, shapes: RefCell::default() }
    }

    /// The table of a record, which errors call by the name of the hook's argument.
    pub fn build(&self, lua: &Lua, name: &str, facts: &Json) -> Result<Value> {
        match facts {
            Json::Object(_) if name.ends_with(OWN) => self.fill(lua, name, facts, None),
            Json::Object(_) if name.ends_with(ITEMS) => {
                let none = self.fill(
                    lua,
                    name,
                    &Json::Object(Default::default()),
                    Some(Value::Integer(0)),
                )?;
                self.fill(lua, name, facts, Some(none))
            }
            Json::Object(_) if name.contains(ITEMS) || name.ends_with(EVER) => {
                self.fill(lua, name, facts, Some(Value::Integer(0)))
            }
            Json::Object(members) if members.contains_key(ANY) => {
                let any = members.get(ANY).and_then(Json::as_f64).unwrap_or_default();
                self.fill(lua, name, facts, Some(Value::Number(any)))
            }
            Json::Object(members) => {
                let table = self.members(lua, name, members)?;
                table.set_metatable(Some(self.shape(lua, name, members)?))?;
                Ok(Value::Table(frozen(table)))
            }
            Json::Array(items) => {
                let built = items.iter().map(|item| self.build(lua, name, item));
                let table = lua.create_sequence_from(built.collect::<Result<Vec<_>>>()?)?;
                Ok(Value::Table(frozen(table)))
            }
            Json::Null => Ok(Value::Nil),
            Json::Bool(value) => Ok(Value::Boolean(*value)),
            Json::Number(number) => Ok(Value::Number(number.as_f64().unwrap_or_default())),
            Json::String(text) => Ok(Value::String(lua.create_string(text)?)),
        }
    }

    fn members(&self, lua: &Lua, name: &str, members: &Members) -> Result<Table> {
        let table = lua.create_table_with_capacity(0, members.len())?;
        for (key, value) in members.iter().filter(|(key, _)| *key != ANY) {
            table.raw_set(key.as_str(), self.build(lua, &format!("{name}.{key}"), value)?)?;
        }
        Ok(table)
    }

    fn fill(&self, lua: &Lua, name: &str, facts: &Json, otherwise: Option<Value>) -> Result<Value> {
        let none = Members::new();
        let table = self.members(lua, name, facts.as_object().unwrap_or(&none))?;
        if let Some(otherwise) = otherwise {
            table.set_metatable(Some(self.counts.call(otherwise)?))?;
        }
        Ok(Value::Table(frozen(table)))
    }

    /// The metatable of a record; of the host's counts, whose names differ, a new one each time.
    fn shape(&self, lua: &Lua, name: &str, members: &Members) -> Result<Table> {
        let is_typed = !name.ends_with(HOST);
        if is_typed && let Some(shape) = self.shapes.borrow().get(name) {
            return Ok(shape.clone());
        }
        let names = lua.create_sequence_from(members.keys().map(String::as_str))?;
        let shape: Table = self.record.call((name, names))?;
        if is_typed {
            self.shapes.borrow_mut().insert(name.to_owned(), shape.clone());
        }
        Ok(shape)
    }
}

type Members = serde_json::Map<String, Json>;

fn frozen(table: Table) -> Table {
    table.set_readonly(true);
    table
}
