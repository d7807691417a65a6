//! The overlay against a plain map, on random changes and scans.

use super::{ROWS, scan};
use admit::store::{KeyRange, Order, Overlay, Read, Store, Write};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};
use std::cell::RefCell;
use std::collections::BTreeMap;

type Change = (Vec<u8>, Option<Vec<u8>>);

fn key() -> impl Strategy<Value = Vec<u8>> {
    vec(0..4_u8, 0..3)
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    vec((key(), proptest::option::of(vec(any::<u8>(), 0..3))), 0..24)
}

fn apply(unit: &mut dyn Write, model: &mut BTreeMap<Vec<u8>, Vec<u8>>, changes: &[Change]) {
    for (key, value) in changes {
        match value {
            Some(value) => {
                unit.put(ROWS, key, value).unwrap();
                model.insert(key.clone(), value.clone());
            }
            None => {
                unit.delete(ROWS, key).unwrap();
                model.remove(key);
            }
        }
    }
}

proptest! {
    #[test]
    fn an_overlay_reads_like_the_map_it_stands_for(
        below in changes(),
        above in changes(),
        start in key(),
        end in proptest::option::of(key()),
        down in any::<bool>(),
    ) {
        let store = Store::in_memory(false).unwrap();
        let input = RefCell::new((below, above, start, end, down));
        let (input, seen, expected, merged, model) = store.write({
            let input = input.into_inner();
            move |unit| {
                let (below, above, start, end, down) = &input;
                let mut model = BTreeMap::new();
                apply(unit, &mut model, below);
                let mut overlay = Overlay::new(&mut *unit, usize::MAX);
                apply(&mut overlay, &mut model, above);
                let range = KeyRange { start, end: end.as_deref() };
                let order = if *down { Order::Down } else { Order::Up };
                let seen = scan(&mut overlay, range, order)?;
                for (key, _) in below.iter().chain(above) {
                    assert_eq!(overlay.get(ROWS, key)?, model.get(key).cloned());
                }
                overlay.into_changes()?.merge(unit)?;
                let within = |key: &Vec<u8>| {
                    key >= start && end.as_ref().is_none_or(|end| key < end)
                };
                let mut expected: Vec<_> = model
                    .iter()
                    .filter(|(key, _)| within(key))
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect();
                if *down {
                    expected.reverse();
                }
                let merged = scan(unit, KeyRange::ALL, Order::Up)?;
                let model: Vec<_> = model.into_iter().collect();
                Ok((input.clone(), seen, expected, merged, model))
            }
        }).unwrap();
        prop_assert_eq!(seen, expected, "{:?}", input);
        prop_assert_eq!(merged, model);
    }
}

#[test]
fn replacing_a_value_counts_its_bytes_once() {
    let store = Store::in_memory(false).unwrap();
    let (once, again) = store
        .write(|unit| {
            let mut overlay = Overlay::new(unit, usize::MAX);
            overlay.put(ROWS, b"key", &[0; 100])?;
            overlay.put(ROWS, b"key", &[0; 10])?;
            overlay.delete(ROWS, b"key")?;
            overlay.put(ROWS, b"key", &[0; 100])?;
            let again = overlay.into_changes()?.bytes();
            let mut overlay = Overlay::new(unit, usize::MAX);
            overlay.put(ROWS, b"key", &[0; 100])?;
            Ok((overlay.into_changes()?.bytes(), again))
        })
        .unwrap();
    assert_eq!(once, again);
}
