//! Durable create-client-and-invite through the C ABI, against other ways to do the same.
//!
//! All competitors take turns in one run on one disk, so only ratios within a round count. The
//! host is the actor, which no throttle holds back. Arguments: rounds, seconds a cell, and the
//! name of the one competitor to run where it is to be profiled.

mod bare;
mod competitor;
mod newcomer;
mod report;
mod sqlite;
mod through_c;

use bare::{Bare, Recording};
use competitor::{Competitor, Fallible, rate};
use report::{Report, Round};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use through_c::ThroughC;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/bench");
const THREADS: [usize; 4] = [1, 4, 16, 64];
const ROUNDS: usize = 5;
const SECONDS: f64 = 1.0;
/// Each store is filled for so long before it is measured, by so many threads.
const FILL: (Duration, usize) = (Duration::from_secs(2), 64);
const SUBJECTS: [&str; 2] = ["admit", "admit slow repair"];
const OTHERS: [&str; 3] = ["sqlite", "sqlite batched", "bare redb"];

fn main() -> Fallible<()> {
    let mut arguments = std::env::args().skip(1);
    let rounds = arguments.next().map_or(Ok(ROUNDS), |text| text.parse())?;
    let seconds = arguments.next().map_or(Ok(SECONDS), |text| text.parse())?;
    let only = arguments.next();

    let folder = Path::new(FOLDER).join("stores");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let mut competitors = competitors(&folder)?;
    competitors.retain(|one| only.as_ref().is_none_or(|only| only == one.name()));

    let next = AtomicU64::new(1_000);
    for competitor in &competitors {
        rate(&**competitor, FILL.1, FILL.0, &next)?;
    }
    let time = Duration::from_secs_f64(seconds);
    let mut measured = Vec::new();
    for round in 0..rounds {
        measured.push(run(&competitors, round, time, &next)?);
    }
    if only.is_none() {
        let report = Report::new(&measured, &SUBJECTS, &OTHERS);
        report.print();
        report.write(&Path::new(FOLDER).join("report.json"))?;
    }
    println!("load {}", fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
    drop(competitors);
    Ok(fs::remove_dir_all(&folder)?)
}

fn competitors(folder: &Path) -> Fallible<Vec<Box<dyn Competitor>>> {
    let at = |name: &str| -> PathBuf { folder.join(name) };
    let recordings = Recording::of_creates(&at("recorded.admit"))?;
    if let Some(first) = recordings.first() {
        println!("a create writes, in rows and bytes: {:?}", first.sizes());
    }
    Ok(vec![
        Box::new(ThroughC::open("admit", &at("quick.admit"), true)?),
        Box::new(ThroughC::open("admit slow repair", &at("slow.admit"), false)?),
        Box::new(sqlite::Direct::open(at("direct.sqlite"))?),
        Box::new(sqlite::Batched::open(&at("batched.sqlite"))?),
        Box::new(Bare::open(&at("bare.redb"), recordings)?),
    ])
}

/// One round: every competitor at every number of threads, a different one first each time.
fn run(
    competitors: &[Box<dyn Competitor>],
    round: usize,
    time: Duration,
    next: &AtomicU64,
) -> Fallible<Round> {
    let mut rates = Round::new();
    for threads in THREADS {
        let mut here = BTreeMap::new();
        for turn in 0..competitors.len() {
            let competitor = &*competitors[(turn + round) % competitors.len()];
            here.insert(competitor.name(), rate(competitor, threads, time, next)?);
        }
        println!("round {round}, {threads} threads, creates a second: {here:.0?}");
        rates.insert(threads, here);
    }
    Ok(rates)
}
