//! What the group answers when the medium fails, and that nobody hangs.

use super::failing::{FAILS_TO_BEGIN, FAILS_TO_COMMIT, Failing, PANICS_IN_COMMIT};
use super::{get, put};
use admit::store::StoreError;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Barrier};
use std::thread;

#[test]
fn a_failed_commit_is_unknown_to_its_callers_and_stops_later_writes_but_not_reads() {
    for (mood, fault) in [
        (FAILS_TO_BEGIN, StoreError::Full),
        (FAILS_TO_COMMIT, StoreError::OutcomeUnknown),
        (PANICS_IN_COMMIT, StoreError::OutcomeUnknown),
    ] {
        let (store, engine) = Failing::store();
        put(&store, b"a", b"1").unwrap();
        engine.mood.store(mood, Ordering::SeqCst);
        assert!(!store.writes_stopped());
        assert_eq!(put(&store, b"a", b"2"), Err(fault));
        assert_eq!(put(&store, b"a", b"3"), Err(StoreError::WritesStopped));
        assert!(store.writes_stopped());
        assert_eq!(get(&store, b"a"), Ok(None));
        store.close().unwrap();
    }
}

#[test]
fn a_crowd_is_answered_to_the_last_when_the_medium_fails_among_it() {
    for mood in [FAILS_TO_BEGIN, FAILS_TO_COMMIT, PANICS_IN_COMMIT] {
        let (store, engine) = Failing::store();
        let store = Arc::new(store);
        let start = Arc::new(Barrier::new(32));
        let callers: Vec<_> = (0..32_u8)
            .map(|caller| {
                let (store, start) = (Arc::clone(&store), Arc::clone(&start));
                let engine = Arc::clone(&engine);
                thread::spawn(move || {
                    start.wait();
                    (0..8)
                        .map(|turn| {
                            if caller == 9 && turn == 4 {
                                engine.mood.store(mood, Ordering::SeqCst);
                            }
                            put(&store, &[caller, turn], b"")
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        for caller in callers {
            let answers = caller.join().unwrap();
            let first_bad = answers.iter().position(Result::is_err);
            let after = first_bad.map_or(&[][..], |bad| &answers[bad + 1..]);
            assert!(after.iter().all(|a| *a == Err(StoreError::WritesStopped)));
        }
        assert!(store.writes_stopped());
    }
}

#[test]
fn what_a_body_owns_may_panic_as_it_goes() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            if !thread::panicking() {
                std::panic::resume_unwind(Box::new("dropped"));
            }
        }
    }
    let store = admit::store::Store::in_memory(false).unwrap();
    let bomb = Bomb;
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store.write(move |unit| {
            let _held = &bomb;
            unit.put(super::ROWS, b"a", b"")
        })
    }));
    assert!(ended.is_err());
    assert_eq!(get(&store, b"a"), Ok(None));
    put(&store, b"b", b"").unwrap();
}

#[test]
fn closing_waits_for_those_inside_and_turns_the_rest_away() {
    let store = Arc::new(admit::store::Store::in_memory(false).unwrap());
    let (inside, go_on) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let caller = {
        let (store, inside, go_on) = (Arc::clone(&store), Arc::clone(&inside), Arc::clone(&go_on));
        thread::spawn(move || {
            store.write(move |unit| {
                inside.wait();
                go_on.wait();
                unit.put(super::ROWS, b"a", b"")
            })
        })
    };
    inside.wait();
    let closer = {
        let store = Arc::clone(&store);
        thread::spawn(move || store.close())
    };
    while get(&store, b"a") != Err(StoreError::Closed) {
        thread::yield_now();
    }
    assert!(!closer.is_finished());
    go_on.wait();
    assert_eq!(caller.join().unwrap(), Ok(()));
    closer.join().unwrap().unwrap();
}
