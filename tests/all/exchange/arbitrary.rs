//! Whatever comes in, nothing panics, and what is read comes back as it went.

use super::{file, patient, patients};
use admit::exchange::fhir::export;
use admit::exchange::{grant, login, proxy, qr, room, staff};
use proptest::prelude::*;

/// Lines of real files, to be damaged.
fn lines() -> Vec<Vec<u8>> {
    let all = [file("jp"), file("synthea")].concat();
    all.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(<[u8]>::to_vec).collect()
}

fn read_everything(input: &[u8]) {
    for row in patients(input) {
        if let Ok(row) = row.result {
            assert!(patient(&export(&row, &row.external_id)).unwrap() == row);
        }
    }
    staff::rows(input).for_each(drop);
    room::rows(input).for_each(drop);
    login::rows(input).for_each(drop);
    proxy::rows(input).for_each(drop);
    grant::rows(input).for_each(drop);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(input in prop::collection::vec(any::<u8>(), 0..2000)) {
        read_everything(&input);
    }

    #[test]
    fn any_soup_of_json_signs_is_read_or_refused(
        input in r#"([\[\]{}:,"\\\n 0-9]|"resourceType"|"Patient"|"Bundle"|"entry"|"name"|"identities"|"issuer"|null|true){0,60}"#
    ) {
        read_everything(input.as_bytes());
    }

    #[test]
    fn a_damaged_patient_is_read_or_refused(
        which in 0..28_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut line = lines().swap_remove(which);
        for (at, byte) in damage {
            let at = at.index(line.len());
            line[at] = byte;
        }
        read_everything(&line);
    }

    #[test]
    fn any_text_is_drawn_or_refused(text in any::<String>()) {
        prop_assert_eq!(qr::svg(&text).is_ok(), qr::terminal(&text).is_ok());
    }
}
