//! A row is a version byte and the postcard of its value.
//!
//! The domain's own struct is the current version. A struct that changes leaves its old shape here
//! as a frozen `V1` with an upgrade.

use crate::store::{Keyspace, Read, Result, StoreError, Write};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value with a keyspace of its own.
pub trait Row: Serialize + DeserializeOwned {
    /// Where its rows are.
    const SPACE: Keyspace;
    /// The version that is written.
    const VERSION: u8 = 1;

    /// Reads the bytes of any version that was ever written.
    ///
    /// # Errors
    /// `NewerFormat` for a later version, `Damaged` for bytes that are no such value.
    fn decode(version: u8, bytes: &[u8]) -> Result<Self> {
        if version > Self::VERSION {
            return Err(StoreError::NewerFormat);
        }
        postcard::from_bytes(bytes).map_err(|_| StoreError::Damaged)
    }
}

/// The bytes of a value.
///
/// # Errors
/// `TooLarge`, should a value not fit into memory.
pub fn encode<T: Row>(value: &T) -> Result<Vec<u8>> {
    postcard::to_extend(value, vec![T::VERSION]).map_err(|_| StoreError::TooLarge)
}

/// Reads a value that `encode` wrote.
///
/// # Errors
/// As `Row::decode`.
pub fn decode<T: Row>(bytes: &[u8]) -> Result<T> {
    let (version, rest) = bytes.split_first().ok_or(StoreError::Damaged)?;
    T::decode(*version, rest)
}

/// Loads the value at a key.
///
/// # Errors
/// What reading the store gives.
pub fn load<T: Row>(read: &mut dyn Read, key: &[u8]) -> Result<Option<T>> {
    read.get(T::SPACE, key)?.as_deref().map(decode).transpose()
}

/// Saves a value at a key.
///
/// # Errors
/// What writing the store gives.
pub fn save<T: Row>(write: &mut dyn Write, key: &[u8], value: &T) -> Result<()> {
    write.put(T::SPACE, key, &encode(value)?)
}
