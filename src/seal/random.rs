//! Randomness that is drawn once and then only expanded.
//!
//! The body of a write is run again with the same seed, and must make the same ids and nonces.

use super::digest::{hmac_sha256, subkey};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use thiserror::Error;
use uuid::Uuid;
use zeroize::Zeroizing;

/// All the randomness of one command.
#[derive(Clone)]
pub struct Seed(Zeroizing<[u8; 32]>);

impl Seed {
    /// Draws a seed from the operating system.
    pub fn draw() -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut())?;
        Ok(Self(bytes))
    }

    /// Makes a seed of known bytes, for tests that pin what is drawn.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Derives a seed for one part of a command, so that two parts never draw the same bytes.
    pub fn child(&self, part: &str) -> Self {
        Self(subkey(&self.0, &format!("admit seed v1 {part}")))
    }
}

/// The operating system gave no randomness.
#[derive(Debug, Error)]
#[error("the operating system gave no randomness")]
pub struct NoRandomness(#[from] getrandom::Error);

/// The bytes that a seed expands to, in order; the same for the same seed.
pub struct Stream {
    mac: Hmac<Sha256>,
    blocks: u64,
}

impl Stream {
    /// Starts the stream of `seed` at its beginning.
    pub fn new(seed: &Seed) -> Self {
        let mac = hmac_sha256(&subkey(&seed.0, "admit stream v1"));
        Self { mac, blocks: 0 }
    }

    /// Takes the next `N` bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut taken = [0; N];
        for chunk in taken.chunks_mut(32) {
            let mut mac = self.mac.clone();
            mac.update(&self.blocks.to_be_bytes());
            let block = Zeroizing::new(<[u8; 32]>::from(mac.finalize().into_bytes()));
            chunk.copy_from_slice(&block[..chunk.len()]);
            self.blocks += 1;
        }
        taken
    }
}

/// Builds a UUID of version 7 (RFC 9562 section 5.7) from a time and 74 bits of `stream`.
///
/// A time before 1970 counts as 1970.
pub fn uuid_v7(unix_ms: i64, stream: &mut Stream) -> Uuid {
    let millis = u64::try_from(unix_ms).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &stream.bytes()).into_uuid()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn stream(byte: u8) -> Stream {
        Stream::new(&Seed::new([byte; 32]))
    }

    #[test]
    fn the_same_seed_gives_the_same_values_in_the_same_order() {
        let (mut first, mut again) = (stream(1), stream(1));
        assert_eq!(first.bytes::<7>(), again.bytes::<7>());
        assert_eq!(first.bytes::<100>(), again.bytes::<100>());
        assert_eq!(uuid_v7(5, &mut first), uuid_v7(5, &mut again));
    }

    #[test]
    fn no_two_draws_of_a_seed_its_children_and_other_seeds_are_alike() {
        let seed = Seed::new([1; 32]);
        let mut seen = HashSet::new();
        let seeds = [seed.child("hash"), seed.child("body"), seed, Seed::new([2; 32])];
        for seed in &seeds {
            let mut stream = Stream::new(seed);
            for _ in 0..100 {
                let drawn = stream.bytes::<64>();
                assert!(seen.insert(drawn[..32].to_vec()));
                assert!(seen.insert(drawn[32..].to_vec()));
            }
        }
    }

    #[test]
    fn two_seeds_from_the_system_differ() {
        let (one, two) = (Seed::draw().unwrap(), Seed::draw().unwrap());
        assert_ne!(Stream::new(&one).bytes::<32>(), Stream::new(&two).bytes::<32>());
    }

    #[test]
    fn an_id_holds_its_time_version_and_variant_and_74_bits_of_the_stream() {
        let mut stream = stream(1);
        let (mut ones, mut zeros) = (0, u128::MAX);
        for _ in 0..200 {
            let id = uuid_v7(0x0123_4567_89ab, &mut stream);
            assert_eq!(id.as_u128() >> 80, 0x0123_4567_89ab);
            assert_eq!(id.get_version_num(), 7);
            assert_eq!(id.get_variant(), uuid::Variant::RFC4122);
            ones |= id.as_u128();
            zeros &= id.as_u128();
        }
        assert_eq!((ones & !zeros).count_ones(), 74);
    }

    #[test]
    fn ids_sort_by_time_and_a_time_before_1970_counts_as_1970() {
        let mut stream = stream(1);
        let early = uuid_v7(i64::MIN, &mut stream);
        let later = uuid_v7(1, &mut stream);
        assert_eq!(early.as_u128() >> 80, 0);
        assert!(early < later);
    }
}
