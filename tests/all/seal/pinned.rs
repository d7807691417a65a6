use admit::seal::{KeyRing, Secrets};
use admit::store::{OpenOptions, Store};
use std::sync::Arc;

fn made(ring: &KeyRing) -> Arc<Secrets> {
    let folder = tempfile::tempdir().unwrap();
    let options =
        OpenOptions { create: true, test_mode: true, cache_bytes: 1 << 20, quick_repair: true };
    Store::open(&folder.path().join("store"), ring, &options).unwrap().secrets()
}

/// All keys of a file, as far as they can be seen.
fn keys(secrets: &Secrets) -> [[u8; 32]; 4] {
    let token = secrets.current_token_key().1;
    [token, secrets.id_cipher_key(), secrets.subject_wrapping_key(), secrets.digest_key()]
        .map(|it| *it)
}

#[test]
fn the_keys_of_a_new_file_follow_from_a_pinned_seed_and_from_nothing_else() {
    let ring = |first| KeyRing::new([first; 32], &[]);
    let (pinned, other) = (made(&ring(1).pinned(7)), made(&ring(1).pinned(8)));
    assert_eq!(keys(&pinned), keys(&made(&ring(2).pinned(7))));
    let (one, two) = (made(&ring(1)), made(&ring(1)));
    let all = [pinned, other, one, two].map(|secrets| keys(&secrets)).concat();
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
}
