//! The only place that asks for randomness.

use std::sync::Mutex;

use rand::{Rng as _, SeedableRng as _, rngs::StdRng};

/// A source of random bytes.
pub trait Random: Send + Sync + 'static {
    /// Overwrites `bytes` with random ones.
    fn fill(&self, bytes: &mut [u8]);

    /// A number below `bound`, each equally likely. `bound` of zero gives zero.
    fn below(&self, bound: u64) -> u64 {
        if bound < 2 {
            return 0;
        }
        let reject_from = u64::MAX - u64::MAX % bound;
        loop {
            let mut bytes = [0; 8];
            self.fill(&mut bytes);
            let number = u64::from_le_bytes(bytes);
            if number < reject_from {
                return number % bound;
            }
        }
    }
}

/// Puts `items` into a random order, each order equally likely (Fisher–Yates).
pub fn shuffle<T>(items: &mut [T], random: &dyn Random) {
    for last in (1..items.len()).rev() {
        let other = random.below(last as u64 + 1) as usize;
        items.swap(last, other);
    }
}

/// Randomness fit for secrets: each thread's ChaCha generator, which the operating system seeds, and seeds again as it is
/// used. To ask the system for each nonce would be a call into the kernel for every answer that is saved.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that may ask")]
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// Randomness that repeats for the same seed: for tests and for draws that must be explainable.
#[derive(Debug)]
pub struct SeededRandom(Mutex<StdRng>);

impl SeededRandom {
    /// The sequence that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(bytes);
    }
}
