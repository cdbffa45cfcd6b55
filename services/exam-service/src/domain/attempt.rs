//! An attempt's states. Closed is no state but a function of the row and the clock.

use std::str::FromStr;

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
        impl FromStr for $type {
            type Err = UnknownName;
            fn from_str(name: &str) -> Result<Self, UnknownName> {
                match name { $($name => Ok(Self::$variant),)* _ => Err(UnknownName) }
            }
        }
    };
}

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

    /// Whether the attempt has been started.
    pub const fn has_started(&self) -> bool {
        self.closes_at.is_some()
    }
}
