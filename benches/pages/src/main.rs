//! What sealing pages costs: sealed against plain, interleaved in one run.
//!
//! Prints time ratios, sealed over plain, as the median, least and greatest of the rounds. The
//! folder to write in is the first argument; it should be on a real disk.

use admit::seal::KeyRing;
use admit::store::{Keyspace, OpenOptions, Result, Store, Write};
use std::path::Path;
use std::time::{Duration, Instant};

const SPACES: [Keyspace; 10] = [
    Keyspace("a"),
    Keyspace("b"),
    Keyspace("c"),
    Keyspace("d"),
    Keyspace("e"),
    Keyspace("f"),
    Keyspace("g"),
    Keyspace("h"),
    Keyspace("i"),
    Keyspace("j"),
];
const PUTS: u64 = 25;
const VALUE_BYTES: usize = 250;
const FILLED: u64 = 20_000;

/// The two stores that take turns.
struct Pair {
    plain: Store,
    sealed: Store,
}

impl Pair {
    fn open(folder: &Path, name: &str, cache_bytes: usize) -> Result<Self> {
        let options =
            OpenOptions { create: true, test_mode: false, cache_bytes, quick_repair: true };
        let ring = KeyRing::new([7; 32], &[]);
        Ok(Self {
            plain: Store::open_plain(&folder.join(format!("{name}-plain")), &options)?,
            sealed: Store::open(&folder.join(format!("{name}-sealed")), &ring, &options)?,
        })
    }

    /// Runs the same creates on both, in turns; the times of one commit each.
    fn time(&self, first: u64, count: u64, sealed_first: bool) -> Result<(Duration, Duration)> {
        if sealed_first {
            let sealed = create(&self.sealed, first, count)?;
            return Ok((create(&self.plain, first, count)?, sealed));
        }
        let plain = create(&self.plain, first, count)?;
        Ok((plain, create(&self.sealed, first, count)?))
    }
}

/// Commits `count` creates at once; the time it took.
fn create(store: &Store, first: u64, count: u64) -> Result<Duration> {
    let start = Instant::now();
    store.write(move |unit| {
        for id in first..first + count {
            put_one(unit, id)?;
        }
        Ok(())
    })?;
    Ok(start.elapsed())
}

/// One create: some rows at the end of their tables, as ids are, and some anywhere, as names are.
fn put_one(unit: &mut dyn Write, id: u64) -> Result<()> {
    for (put, space) in (0..PUTS).zip(SPACES.into_iter().cycle()) {
        let anywhere = (id * PUTS + put).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let lead = if put % 2 == 0 { id } else { anywhere };
        let key = [lead.to_be_bytes(), put.to_be_bytes()].concat();
        let mut value = [0; VALUE_BYTES];
        for (byte, place) in value.iter_mut().zip(0_u64..) {
            *byte = (anywhere >> (place % 8 * 8)) as u8;
        }
        unit.put(space, &key, &value)?;
    }
    Ok(())
}

/// The ratio of the medians of one round's commits.
fn round(pair: &Pair, next: &mut u64, commits: u64, count: u64) -> Result<(f64, Duration)> {
    let (mut plain, mut sealed) = (Vec::new(), Vec::new());
    for commit in 0..commits {
        let (one, other) = pair.time(*next, count, commit % 2 == 0)?;
        plain.push(one);
        sealed.push(other);
        *next += count;
    }
    plain.sort();
    sealed.sort();
    let middle = plain.len() / 2;
    let ratio = sealed[middle].as_secs_f64() / plain[middle].as_secs_f64();
    Ok((ratio, plain[middle]))
}

fn measure(pair: &Pair, name: &str, rounds: u64, commits: u64, count: u64) -> Result<()> {
    let mut next = 0;
    while next < FILLED {
        pair.time(next, 1000, false)?;
        next += 1000;
    }
    let mut found = Vec::new();
    for _ in 0..rounds {
        found.push(round(pair, &mut next, commits, count)?);
    }
    found.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (median, plain) = found[found.len() / 2];
    println!(
        "{name}: sealed / plain = {median:.3} (min {:.3}, max {:.3}); plain {plain:?} a commit",
        found[0].0,
        found[found.len() - 1].0,
    );
    Ok(())
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let parent = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let folder = tempfile::tempdir_in(parent)?;
    let durable = Pair::open(folder.path(), "durable", 64 << 20)?;
    measure(&durable, "durable create, batch 1", 9, 60, 1)?;
    let bulk = Pair::open(folder.path(), "bulk", 8 << 20)?;
    measure(&bulk, "bulk, batch 1000, small cache", 7, 6, 1000)?;
    Ok(())
}
