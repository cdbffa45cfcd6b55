//! An attempt's states. Closed is no state but a function of the row and the clock.

use foundation::Instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an attempt's delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AttemptState {
    /// On the roster.
    Scheduled,
    /// Checked in, not started.
    Ready,
    /// Being worked on.
    InProgress,
    /// Clock stopped.
    Paused,
    /// Handed in, or closed by time.
    Submitted,
    /// Ended by an invigilator.
    Terminated,
    /// Never started.
    Absent,
}

/// Where an attempt's marking stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkingState {
    /// Not marked.
    None,
    /// Something waits for a person.
    Partial,
    /// Every response has its mark.
    Marked,
}

/// What an officer says of a candidate's place on the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RosterStatus {
    /// Expected to sit.
    Expected,
    /// Sits another time.
    Deferred,
    /// Doesn't sit any more.
    Withdrawn,
}

macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        impl $type {
            /// The name on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
        impl std::str::FromStr for $type {
            type Err = $crate::domain::attempt::UnknownName;
            fn from_str(name: &str) -> Result<Self, $crate::domain::attempt::UnknownName> {
                match name { $($name => Ok(Self::$variant),)* _ => Err($crate::domain::attempt::UnknownName) }
            }
        }
    };
}

pub(crate) use names;

/// A name that no variant has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown name")]
pub struct UnknownName;

names!(AttemptState {
    Scheduled = "scheduled",
    Ready = "ready",
    InProgress = "in_progress",
    Paused = "paused",
    Submitted = "submitted",
    Terminated = "terminated",
    Absent = "absent",
});
names!(MarkingState { None = "none", Partial = "partial", Marked = "marked" });
names!(RosterStatus { Expected = "expected", Deferred = "deferred", Withdrawn = "withdrawn" });

/// What decides whether an attempt takes entries: the row's part in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Its delivery state.
    pub state: AttemptState,
    /// The lease that may write.
    pub lease_no: i64,
    /// When it closes; none before it has started.
    pub closes_at: Option<Instant>,
    /// As of when it has ended; none while nobody has noticed.
    pub ended_at: Option<Instant>,
    /// Whether it was the candidate who ended it.
    pub handed_in: bool,
    /// When its clock was last stopped; none when it never was.
    pub paused_at: Option<Instant>,
    /// Until when it stood; none while it stands.
    pub resumed_at: Option<Instant>,
}

impl Gate {
    /// Whether the attempt is over at `now`, whoever has noticed.
    pub fn is_closed(&self, now: Instant) -> bool {
        match self.state {
            AttemptState::Submitted | AttemptState::Terminated | AttemptState::Absent => true,
            AttemptState::Scheduled | AttemptState::Ready => false,
            AttemptState::Paused => false,
            AttemptState::InProgress => self.closes_at.is_some_and(|closes_at| now > closes_at),
        }
    }

    /// Whether the clock stood at `at`, as far as its last pause says: what was on its way when an earlier one ended has
    /// long arrived.
    pub fn stood(&self, at: Instant) -> bool {
        self.paused_at.is_some_and(|from| from <= at) && self.resumed_at.is_none_or(|until| at < until)
    }

    /// Whether what the server began to take in at `taken_at` came while the clock ran, and before the end. Time ends an attempt at an instant,
    /// and so does an invigilator: what came before counts, though the end was written first. A hand-in ends it when
    /// it is written: its candidate had sent all there was.
    pub fn takes(&self, taken_at: Instant) -> bool {
        if self.stood(taken_at) {
            return false;
        }
        match self.state {
            AttemptState::Submitted => !self.handed_in && self.ended_at.is_some_and(|end| taken_at <= end),
            AttemptState::Terminated => self.ended_at.is_some_and(|end| taken_at < end),
            AttemptState::Scheduled
            | AttemptState::Ready
            | AttemptState::InProgress
            | AttemptState::Paused
            | AttemptState::Absent => !self.is_closed(taken_at),
        }
    }

    /// Whether its end was written: from then on its answers are materialised and marked.
    pub const fn has_ended(&self) -> bool {
        self.ended_at.is_some()
    }

    /// Whether the attempt has been started.
    pub const fn has_started(&self) -> bool {
        self.closes_at.is_some()
    }
}
