//! One suite that every medium passes.

use super::{OTHERS, ROWS, get, put, rows, scan};
use admit::store::{KeyRange, Order, Store, StoreError};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

/// Runs a promise against memory and against a sealed file.
fn on_each_medium(promise: impl Fn(Store)) {
    promise(Store::in_memory(false).unwrap());
    let folder = tempfile::tempdir().unwrap();
    promise(super::open(&folder.path().join("store")).unwrap());
}

#[test]
fn what_is_put_is_got_until_it_is_deleted() {
    on_each_medium(|store| {
        assert_eq!(get(&store, b"a").unwrap(), None);
        put(&store, b"a", b"1").unwrap();
        put(&store, b"a", b"2").unwrap();
        assert_eq!(get(&store, b"a").unwrap(), Some(b"2".to_vec()));
        store.write(|unit| unit.delete(ROWS, b"a")).unwrap();
        store.write(|unit| unit.delete(ROWS, b"never")).unwrap();
        assert_eq!(get(&store, b"a").unwrap(), None);
    });
}

#[test]
fn keyspaces_are_apart_and_empty_keys_and_values_are_fine() {
    on_each_medium(|store| {
        put(&store, b"", b"").unwrap();
        let other = store.read(|snapshot| snapshot.get(OTHERS, b"")).unwrap();
        assert_eq!((get(&store, b"").unwrap(), other), (Some(vec![]), None));
    });
}

#[test]
fn a_scan_keeps_to_its_range_in_both_orders_and_stops_when_told() {
    on_each_medium(|store| {
        for key in [&b"a"[..], b"b", b"b\0", b"c", b"d"] {
            put(&store, key, key).unwrap();
        }
        let range = KeyRange { start: b"b", end: Some(b"d") };
        let keys = |order| -> Vec<Vec<u8>> {
            let found = store.read(|snapshot| scan(snapshot, range, order)).unwrap();
            found.into_iter().map(|(key, _)| key).collect()
        };
        assert_eq!(keys(Order::Up), [&b"b"[..], b"b\0", b"c"]);
        assert_eq!(keys(Order::Down), [&b"c"[..], b"b\0", b"b"]);
        let mut seen = 0;
        store
            .read(|snapshot| {
                snapshot.scan(ROWS, KeyRange::ALL, Order::Down, &mut |_, _| {
                    seen += 1;
                    Ok(ControlFlow::Break(()))
                })
            })
            .unwrap();
        assert_eq!(seen, 1);
    });
}

#[test]
fn a_range_that_ends_before_it_starts_is_empty() {
    on_each_medium(|store| {
        put(&store, b"b", b"").unwrap();
        for end in [&b"a"[..], b"b", b"c"] {
            let range = KeyRange { start: b"c", end: Some(end) };
            let in_snapshot = store.read(|snapshot| scan(snapshot, range, Order::Up));
            assert_eq!(in_snapshot.unwrap(), vec![]);
        }
        let in_body = store.write(|unit| {
            unit.put(ROWS, b"d", b"")?;
            let range = KeyRange { start: b"z", end: Some(b"a") };
            scan(unit, range, Order::Down)
        });
        assert_eq!(in_body.unwrap(), vec![]);
    });
}

#[test]
fn a_body_sees_its_own_changes() {
    on_each_medium(|store| {
        put(&store, b"a", b"1").unwrap();
        let seen = store.write(|unit| {
            unit.put(ROWS, b"b", b"2")?;
            unit.delete(ROWS, b"a")?;
            scan(unit, KeyRange::ALL, Order::Up)
        });
        assert_eq!(seen.unwrap(), [(b"b".to_vec(), b"2".to_vec())]);
    });
}

#[test]
fn an_ok_commits_whatever_it_says() {
    on_each_medium(|store| {
        let refused: Result<Result<(), &str>, _> = store.write(|unit| {
            unit.put(ROWS, b"event", b"refused")?;
            Ok(Err("not permitted"))
        });
        assert_eq!(refused.unwrap(), Err("not permitted"));
        assert_eq!(get(&store, b"event").unwrap(), Some(b"refused".to_vec()));
    });
}

#[test]
fn a_fault_undoes_its_own_body_alone() {
    on_each_medium(|store| {
        let failed: Result<(), _> = store.write(|unit| {
            unit.put(ROWS, b"a", b"1")?;
            Err(StoreError::Full)
        });
        assert_eq!(failed, Err(StoreError::Full));
        assert_eq!(get(&store, b"a").unwrap(), None);
        put(&store, b"b", b"2").unwrap();
    });
}

#[test]
fn a_snapshot_does_not_move() {
    on_each_medium(|store| {
        put(&store, b"a", b"1").unwrap();
        let (before, after) = store
            .read(|snapshot| {
                let before = snapshot.get(ROWS, b"a")?;
                thread::scope(|scope| scope.spawn(|| put(&store, b"a", b"2")).join().unwrap())?;
                Ok((before, snapshot.get(ROWS, b"a")?))
            })
            .unwrap();
        assert_eq!(before, after);
        assert_eq!(get(&store, b"a").unwrap(), Some(b"2".to_vec()));
    });
}

#[test]
fn failing_and_panicking_bodies_harm_no_neighbour_among_64_threads() {
    const THREADS: u8 = 64;
    const ROUNDS: u8 = 12;
    on_each_medium(|store| {
        let store = Arc::new(store);
        thread::scope(|scope| {
            for thread in 0..THREADS {
                let store = Arc::clone(&store);
                scope.spawn(move || {
                    for round in 0..ROUNDS {
                        one_of_many(&store, thread, round);
                    }
                });
            }
        });
        let kept = usize::from(THREADS) * usize::from(ROUNDS) / 3;
        assert_eq!(rows(&store).unwrap().len(), kept);
        let operations = u64::from(THREADS) * u64::from(ROUNDS);
        assert_eq!(store.operations(), operations);
        assert!(store.commits() <= operations);
    });
}

/// One body in three commits, one fails and one panics, each after a change.
fn one_of_many(store: &Store, thread: u8, round: u8) {
    let key = [thread, round];
    let fate = (thread + round) % 3;
    let ended = catch_unwind(AssertUnwindSafe(|| {
        store.write(move |unit| {
            unit.put(ROWS, &key, b"x")?;
            match fate {
                0 => Ok(key),
                1 => Err(StoreError::Full),
                _ => std::panic::resume_unwind(Box::new(key)),
            }
        })
    }));
    match (fate, ended) {
        (0, Ok(answer)) => assert_eq!(answer, Ok(key)),
        (1, Ok(answer)) => assert_eq!(answer, Err(StoreError::Full)),
        (_, Err(panic)) => assert_eq!(panic.downcast_ref(), Some(&key)),
        (fate, Ok(answer)) => panic!("fate {fate} answered {answer:?}"),
    }
}

#[test]
fn a_body_that_writes_too_much_is_undone_even_if_it_looks_away() {
    on_each_medium(|store| {
        let answer = store.write(|unit| {
            let value = vec![0; 1 << 20];
            for key in 0..70_u8 {
                let _ = unit.put(ROWS, &[key], &value);
            }
            Ok(())
        });
        assert_eq!(answer, Err(StoreError::TooLarge));
        assert_eq!(rows(&store).unwrap(), vec![]);
        put(&store, b"a", b"1").unwrap();
    });
}

#[test]
fn a_call_from_inside_a_body_is_refused_rather_than_hung() {
    on_each_medium(|store| {
        let store = Arc::new(store);
        let inner = Arc::clone(&store);
        let answers = store.write(move |_| {
            let nested = inner.write(|unit| unit.put(ROWS, b"a", b""));
            Ok((nested, inner.close()))
        });
        let nested = Err(StoreError::Nested);
        assert_eq!(answers.unwrap(), (nested, nested));
    });
}

#[test]
fn a_closed_store_says_so_and_closing_again_is_fine() {
    on_each_medium(|store| {
        store.close().unwrap();
        store.close().unwrap();
        assert_eq!(put(&store, b"a", b""), Err(StoreError::Closed));
        assert_eq!(get(&store, b"a"), Err(StoreError::Closed));
        assert_eq!(store.rotate(&super::ring()), Err(StoreError::Closed));
    });
}

#[test]
fn rotation_adds_a_token_key_and_keeps_the_others() {
    on_each_medium(|store| {
        let before = store.secrets();
        store.rotate(&super::ring()).unwrap();
        let after = store.secrets();
        assert_eq!(before.current_token_key().0, 1);
        assert_eq!(after.current_token_key().0, 2);
        assert_eq!(after.token_key(1), before.token_key(1));
        assert_ne!(after.token_key(2), before.token_key(1));
        assert_eq!(after.digest_key(), before.digest_key());
    });
}
