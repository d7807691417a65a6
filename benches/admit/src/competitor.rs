//! What takes part: something that creates a client and invites it, durably, from any thread.

use crate::newcomer::Newcomer;
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

pub type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// One way to do it.
pub trait Competitor: Sync {
    /// What the table calls it.
    fn name(&self) -> &'static str;
    /// Makes what one thread works with.
    fn worker(&self) -> Fallible<Box<dyn Worker + '_>>;
}

/// One thread's hold on a competitor.
pub trait Worker {
    /// Returns once the client, its invitation and its message are durable.
    fn create(&mut self, newcomer: &Newcomer) -> Fallible<()>;
}

/// Lets threads create for a while; how many a second became durable.
pub fn rate(
    competitor: &dyn Competitor,
    threads: usize,
    time: Duration,
    next: &AtomicU64,
) -> Fallible<f64> {
    let start_line = Barrier::new(threads + 1);
    let work = || -> Fallible<u64> {
        let worker = competitor.worker();
        start_line.wait();
        let mut worker = worker?;
        let start = Instant::now();
        let mut created = 0;
        while start.elapsed() < time {
            worker.create(&Newcomer::new(next.fetch_add(1, Ordering::Relaxed)))?;
            created += 1;
        }
        Ok(created)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        start_line.wait();
        let start = Instant::now();
        let mut created = 0;
        for thread in threads {
            created += thread.join().map_err(|_| "a thread panicked")??;
        }
        Ok(created as f64 / start.elapsed().as_secs_f64())
    })
}
