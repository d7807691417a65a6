//! Time and randomness: taken here, once a command, and nowhere else.

use crate::domain::time::Timestamp;
use crate::seal::random::{NoRandomness, Seed};
use std::sync::Arc;

/// Where a command takes its time and its randomness from.
pub trait Environment: Send + Sync {
    /// What the clock says.
    fn clock(&self) -> Timestamp;
    /// Fresh randomness.
    ///
    /// # Errors
    /// `NoRandomness` where the operating system gives none.
    fn seed(&self) -> Result<Seed, NoRandomness>;
}

/// The system's clock and randomness.
pub struct SystemEnvironment;

impl Environment for SystemEnvironment {
    fn clock(&self) -> Timestamp {
        Timestamp::from_millis(chrono::Utc::now().timestamp_millis())
    }

    fn seed(&self) -> Result<Seed, NoRandomness> {
        Seed::draw()
    }
}

/// The clock of a test store: the host tells the time.
pub struct HostClock<F>(pub F);

impl<F: Fn() -> i64 + Send + Sync> Environment for HostClock<F> {
    fn clock(&self) -> Timestamp {
        Timestamp::from_millis((self.0)())
    }

    fn seed(&self) -> Result<Seed, NoRandomness> {
        Seed::draw()
    }
}

/// Pins ids and secrets: each command's seed follows from the given one and its place in order.
#[cfg(feature = "test-environment")]
pub struct Pinned {
    environment: Arc<dyn Environment>,
    seed: u64,
    taken: std::sync::atomic::AtomicU64,
}

#[cfg(feature = "test-environment")]
impl Pinned {
    /// Keeps the clock of another environment and pins its randomness.
    pub fn new(environment: Arc<dyn Environment>, seed: u64) -> Self {
        Self { environment, seed, taken: 0.into() }
    }
}

#[cfg(feature = "test-environment")]
impl Environment for Pinned {
    fn clock(&self) -> Timestamp {
        self.environment.clock()
    }

    fn seed(&self) -> Result<Seed, NoRandomness> {
        let taken = self.taken.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.seed.to_be_bytes());
        bytes[8..16].copy_from_slice(&taken.to_be_bytes());
        Ok(Seed::new(bytes))
    }
}

/// The environment of a store that names none.
pub fn system() -> Arc<dyn Environment> {
    Arc::new(SystemEnvironment)
}
