//! Whether a candidate has seen what staff changed: their player says which version it shows.

use foundation::Instant;

/// What staff changed last, and what the candidate's player has shown since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The attempt's version after the last change by staff; 0 before the first.
    pub told_version: i64,
    /// When that was.
    pub told_at: Option<Instant>,
    /// The newest version that the player has said it shows.
    pub seen_version: i64,
    /// When it said so.
    pub seen_at: Option<Instant>,
}

impl Seen {
    /// Since when the last change waits to be seen; none when there is none, or it was.
    pub fn waits_since(&self) -> Option<Instant> {
        self.told_at.filter(|_| self.seen_version < self.told_version)
    }

    /// When the last change was seen; none when there is none, or it wasn't yet.
    pub fn was_seen_at(&self) -> Option<Instant> {
        self.seen_at.filter(|_| self.told_version > 0 && self.seen_version >= self.told_version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_waits_until_a_version_is_shown_that_holds_it() {
        let at = |micros| Some(Instant::from_micros(micros));
        let told = Seen { told_version: 4, told_at: at(7), seen_version: 3, seen_at: at(5) };
        assert_eq!((told.waits_since(), told.was_seen_at()), (at(7), None));
        let seen = Seen { seen_version: 4, seen_at: at(8), ..told };
        assert_eq!((seen.waits_since(), seen.was_seen_at()), (None, at(8)));
        // What the candidate did themselves is nothing that they have to be shown.
        let alone = Seen { seen_version: 2, seen_at: at(5), ..Seen::default() };
        assert_eq!((alone.waits_since(), alone.was_seen_at()), (None, None));
    }
}
