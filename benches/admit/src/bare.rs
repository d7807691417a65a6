//! redb alone: the rows of real creates, put by admit's own store in the same batches, with the
//! same commit settings and page format, and nothing decided.

use crate::competitor::{Competitor, Fallible, Worker};
use crate::newcomer::{Newcomer, digits};
use crate::through_c::{KEY, ThroughC};
use admit::seal::KeyRing;
use admit::store::{CACHE_BYTES, KeyRange, Keyspace, OpenOptions, Order, Store};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// The keyspaces of admit.
const SPACES: [&str; 49] = [
    "asked",
    "chain_head",
    "challenge",
    "change",
    "client",
    "client_by_practice",
    "client_by_word",
    "due",
    "event",
    "event_by_subject",
    "external",
    "failures",
    "grant",
    "grant_by_client",
    "grant_by_grantee",
    "head",
    "invitation",
    "invitation_by_address",
    "invitation_by_practice",
    "invitation_by_subject",
    "login",
    "login_by_identity",
    "login_by_name",
    "message",
    "message_by_due",
    "message_by_practice",
    "message_by_subject",
    "outcome",
    "outcome_by_time",
    "person",
    "person_by_name",
    "person_by_sign_in",
    "person_key",
    "portal",
    "portal_practice",
    "practice",
    "proxy",
    "proxy_by_client",
    "proxy_by_login",
    "rate",
    "room",
    "room_by_practice",
    "room_member",
    "room_of_member",
    "staff",
    "staff_admin",
    "staff_by_login",
    "staff_by_practice",
    "tally",
];
/// The nouns that a create makes, whose ids its other keys repeat.
const NOUNS: [&str; 3] = ["client", "invitation", "message"];
/// Keys that end with a place in a sequence.
const COUNTED: [&str; 3] = ["event", "change", "event_by_subject"];
/// Keys that begin with a time.
const TIMED: [&str; 2] = ["due", "message_by_due"];
/// How many people's rows are recorded.
const RECORDED: u64 = 64;

type Place = (Keyspace, Vec<u8>);
type Rows = BTreeMap<Place, Vec<u8>>;
type Put = (Keyspace, Vec<u8>, Arc<[u8]>);

/// What stands at a place in a recorded key for which each replay has a value of its own.
#[derive(Clone, Copy)]
enum Blank {
    /// The id of one of the nouns.
    Id(usize),
    /// The number of the newcomer.
    Number,
    /// The place of one of the events.
    Place(u64),
    /// A time, in milliseconds from now.
    Time(i64),
}

struct Row {
    space: Keyspace,
    key: Vec<u8>,
    blanks: Vec<(usize, Blank)>,
    value: Arc<[u8]>,
}

/// The rows of one create.
pub struct Recording(Vec<Row>);

impl Recording {
    /// Creates people through C in a file of their own, and keeps what each of them wrote.
    pub fn of_creates(path: &Path) -> Fallible<Vec<Self>> {
        drop(ThroughC::open("recorded", path, true)?);
        let mut before = scan(path)?;
        let mut recordings = Vec::new();
        for number in 0..RECORDED {
            let now = millis()?;
            ThroughC::open("recorded", path, true)?.create(&Newcomer::new(number))?;
            let after = scan(path)?;
            let is_new = |(place, value): &(&_, &_)| before.get(place) != Some(*value);
            let written: Vec<_> = after.iter().filter(is_new).collect();
            recordings.push(Self::new(&written, number, now)?);
            before = after;
        }
        Ok(recordings)
    }

    fn new(written: &[(&Place, &Vec<u8>)], number: u64, now: i64) -> Fallible<Self> {
        let rows_of = |noun| written.iter().filter(move |((space, _), _)| space.0 == noun);
        let mut ids = Vec::new();
        for noun in NOUNS {
            let ((_, key), _) = rows_of(noun).next().ok_or("a create made no such noun")?;
            ids.push(key.clone());
        }
        let number = digits(number).into_bytes();
        let mut rows = Vec::new();
        for ((space, key), value) in written {
            let mut blanks = Vec::new();
            for (at, id) in ids.iter().enumerate() {
                blanks.extend(find(key, id).map(|found| (found, Blank::Id(at))));
            }
            blanks.extend(find(key, &number).map(|found| (found, Blank::Number)));
            if COUNTED.contains(&space.0) {
                let first = rows_of(space.0).filter_map(|((_, key), _)| last_number(key)).min();
                let place = last_number(key).zip(first).map(|(place, first)| place - first);
                blanks.extend(place.map(|place| (key.len() - 8, Blank::Place(place))));
            }
            if TIMED.contains(&space.0) {
                let time = key.first_chunk().copied().map(i64::from_be_bytes);
                blanks.extend(time.map(|time| (0, Blank::Time(time - now))));
            }
            let value = value.as_slice().into();
            rows.push(Row { space: *space, key: key.clone(), blanks, value });
        }
        Ok(Self(rows))
    }

    /// The rows as another person's.
    fn replay(&self, number: u64, place: u64) -> Fallible<Vec<Put>> {
        let ids = NOUNS.map(|_| Uuid::now_v7());
        let (number, now) = (digits(number), millis()?);
        let rows = self.0.iter().map(|row| {
            let mut key = row.key.clone();
            for (at, blank) in &row.blanks {
                let mut fill = |bytes: &[u8]| key[*at..at + bytes.len()].copy_from_slice(bytes);
                match blank {
                    Blank::Id(noun) => fill(ids[*noun].as_bytes()),
                    Blank::Number => fill(number.as_bytes()),
                    Blank::Place(next) => fill(&(place + next).to_be_bytes()),
                    Blank::Time(later) => fill(&(now + later).to_be_bytes()),
                }
            }
            (row.space, key, Arc::clone(&row.value))
        });
        Ok(rows.collect())
    }

    /// Rows and bytes by keyspace.
    pub fn sizes(&self) -> BTreeMap<&'static str, (usize, usize)> {
        let mut sizes = BTreeMap::new();
        for row in &self.0 {
            let (rows, bytes) = sizes.entry(row.space.0).or_default();
            *rows += 1;
            *bytes += row.key.len() + row.value.len();
        }
        sizes
    }

    /// How many events it has.
    fn places(&self) -> u64 {
        self.0.iter().filter(|row| row.space.0 == "event").count() as u64
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

fn last_number(key: &[u8]) -> Option<u64> {
    key.last_chunk().copied().map(u64::from_be_bytes)
}

fn millis() -> Fallible<i64> {
    Ok(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?)
}

fn open(path: &Path) -> Fallible<Store> {
    let options = OpenOptions {
        create: true,
        test_mode: false,
        cache_bytes: CACHE_BYTES,
        quick_repair: true,
    };
    Ok(Store::open(path, &KeyRing::new(KEY, &[]), &options)?)
}

fn scan(path: &Path) -> Fallible<Rows> {
    let store = open(path)?;
    let mut rows = Rows::new();
    for space in SPACES.map(Keyspace) {
        store.read(|read| {
            read.scan(space, KeyRange::ALL, Order::Up, &mut |key, value| {
                rows.insert((space, key.to_vec()), value.to_vec());
                Ok(ControlFlow::Continue(()))
            })
        })?;
    }
    store.close()?;
    Ok(rows)
}

/// A store that is only put into.
pub struct Bare {
    store: Store,
    recordings: Vec<Recording>,
    places: AtomicU64,
}

impl Bare {
    pub fn open(path: &Path, recordings: Vec<Recording>) -> Fallible<Self> {
        Ok(Self { store: open(path)?, recordings, places: AtomicU64::new(1) })
    }
}

impl Competitor for Bare {
    fn name(&self) -> &'static str {
        "bare redb"
    }

    fn worker(&self) -> Fallible<Box<dyn Worker + '_>> {
        Ok(Box::new(self))
    }
}

impl Worker for &Bare {
    fn create(&mut self, newcomer: &Newcomer) -> Fallible<()> {
        let recording = &self.recordings[newcomer.number as usize % self.recordings.len()];
        let place = self.places.fetch_add(recording.places(), Ordering::Relaxed);
        let rows = recording.replay(newcomer.number, place)?;
        Ok(self.store.write(move |unit| {
            rows.iter().try_for_each(|(space, key, value)| unit.put(*space, key, value))
        })?)
    }
}
