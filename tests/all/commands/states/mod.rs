//! What becomes of every operation in every state of a noun, in one table that a person can read.

mod challenge;
mod client;
mod invitation;
mod login;
mod message;
mod staff;

use admit::commands::Admit;
use admit::commands::invitation::Inspection;
use admit::domain::actor::Source;
use admit::error::{Error, Result};
use std::fmt::Write;
use std::fs;

const GOLDEN: &str = "tests/all/commands/states.out";

/// Something to try on a world in some state.
type Operation<W> = (&'static str, fn(&W) -> String);

/// `ok`, or why not, in one word.
fn said<T>(result: Result<T>) -> String {
    match result {
        Ok(_) => "ok".to_owned(),
        Err(Error::Refused(refusal)) => refusal.name(),
        Err(Error::Denied(_)) => "PolicyDenied".to_owned(),
        Err(Error::Invalid(invalid)) => format!("Invalid {}", invalid.field),
        Err(other) => panic!("a fault: {other}"),
    }
}

/// What whoever has a link is told of it.
fn inspected(admit: &Admit, token: &str) -> String {
    match admit.inspect(Source::default(), token) {
        Ok(Inspection::Live(_)) => "live".to_owned(),
        Ok(Inspection::Dead(dead)) => format!("dead: {dead:?}"),
        Err(error) => said::<()>(Err(error)),
    }
}

/// One block: operations as rows, states as columns, each cell on a store of its own.
fn block<W>(title: &str, states: &[(&str, &dyn Fn() -> W)], operations: &[Operation<W>]) -> String {
    let column = |(state, make): &(&str, &dyn Fn() -> W)| {
        let cells = operations.iter().map(|(_, operation)| operation(&make()));
        let cells: Vec<String> = std::iter::once((*state).to_owned()).chain(cells).collect();
        let width = cells.iter().map(String::len).max().unwrap();
        cells.into_iter().map(|cell| format!("  {cell:width$}")).collect::<Vec<_>>()
    };
    let columns: Vec<Vec<String>> = states.iter().map(column).collect();
    let mut printed = String::new();
    let names = std::iter::once(title).chain(operations.iter().map(|(name, _)| *name));
    for (row, name) in names.enumerate() {
        let cells: String = columns.iter().map(|column| column[row].as_str()).collect();
        writeln!(printed, "{}", format!("{name:32}{cells}").trim_end()).unwrap();
        if row == 0 {
            printed.push('\n');
        }
    }
    printed
}

#[test]
fn s57_every_operation_in_every_state_has_the_outcome_in_the_golden_table() {
    let legend = concat!(
        "What becomes of an operation in each state of a noun: ok, or the refusal. Each cell is\n",
        "tried on a store of its own, by the host with a reason unless the row says who.\n",
    );
    let blocks = [
        client::blocks(),
        staff::blocks(),
        login::blocks(),
        invitation::blocks(),
        challenge::blocks(),
        message::blocks(),
    ];
    let printed = std::iter::once(legend.to_owned()).chain(blocks.into_iter().flatten());
    let printed = printed.collect::<Vec<_>>().join("\n");
    if std::env::var_os("ADMIT_WRITE_GOLDEN").is_some() {
        fs::write(GOLDEN, &printed).unwrap();
    }
    assert_eq!(printed, fs::read_to_string(GOLDEN).unwrap(), "run with ADMIT_WRITE_GOLDEN=1");
}
