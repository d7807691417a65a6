//! Who may hash at once, who waits and who is told to come back.

use admit::seal::password::{Busy, Cost, Gate, Password};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};
use std::thread;

const ADA: [u8; 32] = [1; 32];
const BOB: [u8; 32] = [2; 32];
const EVE: [u8; 32] = [3; 32];

fn gate(turns_max: usize, waiting_max: usize) -> Gate {
    Gate::new(Cost::new(64, 1, 1).unwrap(), turns_max, waiting_max)
}

fn wait_for_waiters(gate: &Gate, count: usize) {
    while gate.waiting() < count {
        thread::yield_now();
    }
}

#[test]
fn a_full_gate_with_a_full_queue_is_busy_at_once() {
    let gate = gate(2, 0);
    let ada = gate.enter(ADA).unwrap();
    let _bob = gate.enter(BOB).unwrap();
    assert_eq!(gate.enter(EVE).err(), Some(Busy));
    assert_eq!(gate.waiting(), 0);
    drop(ada);
    assert!(gate.enter(EVE).is_ok());
}

#[test]
fn a_name_has_one_turn_at_a_time_though_turns_are_free() {
    let gate = gate(4, 0);
    let ada = gate.enter(ADA).unwrap();
    assert_eq!(gate.enter(ADA).err(), Some(Busy));
    assert!(gate.enter(BOB).is_ok());
    drop(ada);
    assert!(gate.enter(ADA).is_ok());
}

#[test]
fn waiters_come_in_by_order_and_pass_one_whose_name_has_a_turn() {
    let gate = gate(2, 3);
    let order = Mutex::new(Vec::new());
    let (let_go, held) = mpsc::channel::<()>();
    thread::scope(|scope| {
        let ada = gate.enter(ADA).unwrap();
        let bob = gate.enter(BOB).unwrap();
        let come = |label: &'static str, name| {
            let (gate, order) = (&gate, &order);
            move || {
                let turn = gate.enter(name).unwrap();
                order.lock().unwrap().push(label);
                turn
            }
        };
        let second_ada = come("second ada", ADA);
        scope.spawn(move || drop(second_ada()));
        wait_for_waiters(&gate, 1);
        let eve = come("eve", EVE);
        scope.spawn(move || {
            let turn = eve();
            held.recv().unwrap();
            drop(turn);
        });
        wait_for_waiters(&gate, 2);
        let last = come("last", [4; 32]);
        scope.spawn(move || drop(last()));
        wait_for_waiters(&gate, 3);
        assert_eq!(gate.enter([5; 32]).err(), Some(Busy));

        drop(bob);
        while order.lock().unwrap().is_empty() {
            thread::yield_now();
        }
        drop(ada);
        while order.lock().unwrap().len() < 3 {
            thread::yield_now();
        }
        let_go.send(()).unwrap();
    });
    assert_eq!(*order.lock().unwrap(), ["eve", "second ada", "last"]);
}

#[test]
fn never_more_at_once_than_turns_and_nobody_is_forgotten() {
    let gate = gate(3, 100);
    let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let password = Password::parse("correct horse battery").ok().unwrap();
    thread::scope(|scope| {
        for caller in 0..12_u8 {
            let (gate, inside, most, password) = (&gate, &inside, &most, &password);
            scope.spawn(move || {
                for round in 0..20 {
                    let mut turn = gate.enter([(caller + round) % 5; 32]).unwrap();
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    turn.dummy_verify(password, None);
                    inside.fetch_sub(1, Ordering::SeqCst);
                }
            });
        }
    });
    assert!(most.into_inner() <= 3);
    assert_eq!(gate.hashes(), 12 * 20);
    assert_eq!(gate.waiting(), 0);
}

#[test]
fn a_panic_on_a_turn_gives_the_turn_and_the_name_back() {
    let gate = gate(1, 0);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let _turn = gate.enter(ADA).unwrap();
        panic!("planted");
    }));
    assert!(outcome.is_err());
    assert!(gate.enter(ADA).is_ok());
}

#[test]
fn a_gate_without_turns_still_has_one_and_the_default_is_one_to_four() {
    assert!(gate(0, 0).enter(ADA).is_ok());
    assert!((1..=4).contains(&Gate::turns_default()));
}
