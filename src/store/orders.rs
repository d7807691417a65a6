//! The commit path under a scheduler that tries many orders of its threads.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::engine::{Engine, KeyRange, Keyspace, Order, Read, Visit, Write};
use super::error::{Result, StoreError};
use super::gate::Gate;
use super::group::Group;
use super::queue::Verdict;
use super::sync::{Arc, AtomicBool, AtomicU64, Mutex, lock};
use crate::seal::{KeyRing, Secrets};
use shuttle::thread;
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::atomic::Ordering;

const ORDERS: usize = 300;
/// How often a thread is overtaken in an order that is made by precedence.
const TURNS: usize = 3;
const ROWS: Keyspace = Keyspace("rows");

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// Keeps rows, counts commits, and fails at one of them.
#[derive(Default)]
struct Medium {
    rows: Mutex<Rows>,
    commits: AtomicU64,
    fails_at: u64,
    is_closed: AtomicBool,
}

struct Open(Rows);

impl Read for Open {
    fn get(&mut self, _: Keyspace, key: &[u8]) -> Result<Option<Vec<u8>>> {
        thread::yield_now();
        Ok(self.0.get(key).cloned())
    }

    fn scan(&mut self, _: Keyspace, _: KeyRange<'_>, _: Order, _: &mut Visit<'_>) -> Result<()> {
        Ok(())
    }
}

impl Write for Open {
    fn put(&mut self, _: Keyspace, key: &[u8], value: &[u8]) -> Result<()> {
        self.0.insert(key.to_vec(), value.to_vec());
        Ok(())
    }

    fn delete(&mut self, _: Keyspace, key: &[u8]) -> Result<()> {
        self.0.remove(key);
        Ok(())
    }
}

impl Engine for Medium {
    fn read(&self, work: &mut dyn FnMut(&mut dyn Read) -> Result<()>) -> Result<()> {
        assert!(!self.is_closed.load(Ordering::SeqCst), "read after the close");
        work(&mut Open(lock(&self.rows).clone()))
    }

    fn transact(&self, work: &mut dyn FnMut(&mut dyn Write) -> Result<()>) -> Result<()> {
        assert!(!self.is_closed.load(Ordering::SeqCst), "written after the close");
        let mut open = Open(lock(&self.rows).clone());
        work(&mut open)?;
        thread::yield_now();
        if self.commits.fetch_add(1, Ordering::SeqCst) + 1 == self.fails_at {
            return Err(StoreError::OutcomeUnknown);
        }
        *lock(&self.rows) = open.0;
        Ok(())
    }

    fn keep(&self, _: &KeyRing, _: &Secrets) -> Result<()> {
        Ok(())
    }
}

/// Orders by chance mix all threads at every step; those by precedence let some run to their end
/// before others begin.
fn in_many_orders(test: fn()) {
    shuttle::check_random(test, ORDERS);
    shuttle::check_pct(test, ORDERS, TURNS);
}

struct Path {
    gate: Gate,
    group: Group,
    medium: Arc<Medium>,
}

impl Path {
    fn new(fails_at: u64) -> Arc<Self> {
        let medium = Arc::new(Medium { fails_at, ..Medium::default() });
        let engine: Arc<dyn Engine> = Arc::clone(&medium) as Arc<dyn Engine>;
        Arc::new(Self { gate: Gate::new(engine), group: Group::default(), medium })
    }

    /// Writes a row under a number, and counts on one that all write.
    fn write(&self, number: u8, panics: bool) -> Result<Verdict> {
        let entered = self.gate.enter()?;
        let body = move |unit: &mut dyn Write| {
            let count = unit.get(ROWS, b"count")?.map_or(0, |count| count[0]);
            unit.put(ROWS, b"count", &[count + 1])?;
            unit.put(ROWS, &[number], &[number])?;
            if panics {
                resume_unwind(Box::new(number));
            }
            Ok(())
        };
        Ok(self.group.submit(entered.engine()?, Box::new(body)))
    }

    /// Lets some threads write at once, and gives how each of them ended.
    fn race(self: &Arc<Self>, threads: u8, panics: fn(u8) -> bool) -> Vec<Result<Verdict>> {
        let workers: Vec<_> = (0..threads)
            .map(|number| {
                let path = Arc::clone(self);
                thread::spawn(move || path.write(number, panics(number)))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    }

    fn has(&self, number: u8) -> bool {
        lock(&self.medium.rows).contains_key(&[number][..])
    }

    fn count(&self) -> u8 {
        lock(&self.medium.rows).get(&b"count"[..]).map_or(0, |count| count[0])
    }
}

#[test]
fn each_of_many_callers_gets_its_own_outcome_and_loses_nothing() {
    in_many_orders(|| {
        let path = Path::new(0);
        let ended = path.race(4, |_| false);
        assert!(ended.iter().all(|verdict| matches!(verdict, Ok(Verdict::Committed))));
        assert!((0..4).all(|number| path.has(number)));
        assert!(matches!(path.write(9, false), Ok(Verdict::Committed)), "the lead was left free");
        assert_eq!(path.count(), 5);
        let operations = path.group.operations.load(Ordering::SeqCst);
        let commits = path.group.commits.load(Ordering::SeqCst);
        assert_eq!((operations, commits), (5, path.medium.commits.load(Ordering::SeqCst)));
    });
}

#[test]
fn a_commit_that_fails_answers_all_whom_it_carried_and_stops_those_after_it() {
    in_many_orders(|| {
        let path = Path::new(2);
        let ended = path.race(5, |_| false);
        for (number, verdict) in (0..).zip(&ended) {
            let is_done = match verdict {
                Ok(Verdict::Committed) => true,
                Ok(Verdict::Failed(fault)) => {
                    let told = [StoreError::OutcomeUnknown, StoreError::WritesStopped];
                    assert!(told.contains(fault), "{fault:?}");
                    false
                }
                _ => panic!("neither done nor failed"),
            };
            assert_eq!(path.has(number), is_done);
        }
        let done = ended.iter().filter(|it| matches!(it, Ok(Verdict::Committed))).count();
        assert_eq!(usize::from(path.count()), done);
        let has_failed = path.medium.commits.load(Ordering::SeqCst) == 2;
        assert_eq!((has_failed, path.group.is_stopped()), (done < 5, done < 5));
    });
}

#[test]
fn a_body_that_panics_harms_itself_alone() {
    in_many_orders(|| {
        let path = Path::new(0);
        let ended = path.race(4, |number| number == 1);
        for (number, verdict) in (0..).zip(ended) {
            match verdict {
                Ok(Verdict::Panicked(panic)) => {
                    assert_eq!((number, panic.downcast_ref()), (1, Some(&1_u8)));
                    assert!(!path.has(1));
                }
                Ok(Verdict::Committed) => assert!(number != 1 && path.has(number)),
                _ => panic!("neither done nor panicked"),
            }
        }
        assert!(matches!(path.write(9, false), Ok(Verdict::Committed)), "the lead was left free");
        assert_eq!(path.count(), 4);
        assert!(!path.group.is_stopped());
    });
}

#[test]
fn closing_waits_for_whoever_is_inside_and_turns_away_whoever_comes_later() {
    in_many_orders(|| {
        let path = Path::new(0);
        let closers = [(); 2].map(|()| {
            let path = Arc::clone(&path);
            thread::spawn(move || {
                path.gate.close().unwrap();
                path.medium.is_closed.store(true, Ordering::SeqCst);
            })
        });
        let ended = path.race(3, |_| false);
        for closer in closers {
            closer.join().unwrap();
        }
        for (number, verdict) in (0..).zip(ended) {
            match verdict {
                Ok(Verdict::Committed) => assert!(path.has(number)),
                Err(StoreError::Closed) => assert!(!path.has(number)),
                _ => panic!("neither done nor turned away"),
            }
        }
    });
}

#[test]
fn an_engine_that_is_exchanged_meanwhile_is_used_by_nobody_afterwards() {
    in_many_orders(|| {
        let path = Path::new(0);
        let new = Arc::new(Medium::default());
        let exchanger = {
            let (path, new) = (Arc::clone(&path), Arc::clone(&new));
            thread::spawn(move || {
                path.gate.exchange(|_old| {
                    // The rows move while nobody is inside.
                    *lock(&new.rows) = lock(&path.medium.rows).clone();
                    path.medium.is_closed.store(true, Ordering::SeqCst);
                    (Some(Arc::clone(&new) as Arc<dyn Engine>), Ok(()))
                })
            })
        };
        let ended = path.race(3, |_| false);
        assert_eq!(exchanger.join().unwrap(), Ok(()));
        assert!(ended.iter().all(|verdict| matches!(verdict, Ok(Verdict::Committed))));
        let rows = lock(&new.rows);
        assert_eq!(rows.get(&b"count"[..]), Some(&vec![3]));
    });
}
