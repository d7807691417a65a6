use super::post::{client, emailed, is_live, send, shown, to_client};
use crate::support::{options, practice, reasoned};
use admit::commands::Admit;
use admit::domain::invitation::Channel;
use admit::error::Error;
use admit::seal::KeyRing;
use admit::store::StoreError;

#[test]
fn links_that_are_out_stay_good_after_the_keys_were_rotated_and_new_ones_open_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.admit");
    let (first, second) = (KeyRing::new([1; 32], &[]), KeyRing::new([2; 32], &[]));
    let (chosen, clock) = options();
    let admit = Admit::open(&path, &first, chosen).unwrap();
    let host = reasoned(&practice(&admit));
    let lucia = client(&admit, &host, "Lucia", Some("lucia@example.org"));
    let sent = send(&admit, &host, to_client(lucia));
    let before = emailed(&admit);
    admit.store().rotate(&second).unwrap();
    let after = shown(&admit, &host, sent.invitation, Channel::Copied);
    assert!(is_live(&admit, &before) && is_live(&admit, &after));
    admit.store().close().unwrap();

    let reopen = |ring: &KeyRing| Admit::open(&path, ring, crate::support::options_at(&clock));
    assert!(matches!(reopen(&first), Err(Error::Store(StoreError::WrongKey))));
    let admit = reopen(&second).unwrap();
    assert!(is_live(&admit, &before) && is_live(&admit, &after));
}
