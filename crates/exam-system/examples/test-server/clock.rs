//! A clock that a test moves, the same one for every process that opens its file.

use std::{fs::File, io, os::unix::fs::FileExt as _, path::Path, sync::Arc};

use foundation::{Clock, Instant, Span, SystemClock};

/// Where the file says by how much the clock was put on, in microseconds.
const ADDED: u64 = 0;
/// Where it says what of that has passed: the rest is only a clock that was put on.
const PASSED: u64 = 8;

/// The machine's clock, plus what the test has added.
#[derive(Clone)]
pub struct MovedClock(Arc<File>);

impl MovedClock {
    /// The clock of this file, which is made unless it is there.
    pub fn at(path: &Path) -> io::Result<Self> {
        let file = File::options().read(true).write(true).create(true).truncate(false).open(path)?;
        Ok(Self(Arc::new(file)))
    }

    /// Puts the clock on; with `away` as if nobody had been there meanwhile.
    pub fn advance(&self, by: Span, away: bool) -> io::Result<()> {
        for at in [Some(ADDED), away.then_some(PASSED)].into_iter().flatten() {
            let micros = self.read(at) + by.as_micros();
            self.0.write_all_at(&micros.to_le_bytes(), at)?;
        }
        Ok(())
    }

    fn read(&self, at: u64) -> i64 {
        let mut bytes = [0; 8];
        // Nothing is there until it was moved.
        match self.0.read_exact_at(&mut bytes, at) {
            Ok(()) => i64::from_le_bytes(bytes),
            Err(_) => 0,
        }
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Instant {
        SystemClock.now() + Span::from_micros(self.read(ADDED))
    }

    fn steady(&self) -> Span {
        SystemClock.steady() + Span::from_micros(self.read(PASSED))
    }
}
