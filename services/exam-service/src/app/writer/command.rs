//! What the writer is asked to do, and what came of it.

use std::sync::Arc;

use authz::AttemptId;
use foundation::Instant;
use question_model::QuestionVersionId;
use receipts::{Hash, Nonce};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::attempts::Loaded,
    domain::{
        admission::Refused,
        attempt::AttemptState,
        delivery::{CannotSit, NotStarted},
        entry::Held,
        stall::Stall,
        takeover::{Asks, NotHere},
    },
};

/// A response to save, hashed by its handler.
#[derive(Clone, Debug)]
pub struct EntryToSave {
    /// Its place in the lease, from 1.
    pub seq: i64,
    /// The question.
    pub question: QuestionVersionId,
    /// The response's exact bytes.
    pub payload: Vec<u8>,
    /// The hash of its exact bytes.
    pub payload_hash: Hash,
    /// The entry's hash.
    pub entry_hash: Hash,
    /// What makes its leaf unguessable.
    pub nonce: Nonce,
}

/// What the writer is asked to do. `at` is when the handler began.
#[derive(Clone, Debug)]
pub enum Command {
    /// Issue the lease to a device, if it gets it.
    Open {
        /// The attempt.
        attempt: AttemptId,
        /// Which device, when, and what its candidate has said.
        asks: Asks,
    },
    /// Start the attempt.
    Start {
        /// The attempt.
        attempt: AttemptId,
        /// The lease that starts.
        lease_no: i64,
        /// When.
        at: Instant,
    },
    /// Note that a section with a limit of its own is entered, unless it was before.
    EnterSection {
        /// The attempt.
        attempt: AttemptId,
        /// The lease that enters.
        lease_no: i64,
        /// The section, counted from 0.
        section: u32,
        /// When.
        at: Instant,
    },
    /// Note that the player of a lease shows the attempt as of `version`.
    Seen {
        /// The attempt.
        attempt: AttemptId,
        /// The lease of the player.
        lease_no: i64,
        /// The version.
        version: i64,
        /// When.
        at: Instant,
    },
    /// Keep what the player of a lease says of times in which it reached no server.
    ReportStalls {
        /// The attempt.
        attempt: AttemptId,
        /// The lease of the player.
        lease_no: i64,
        /// When.
        at: Instant,
        /// The times.
        stalls: Vec<Stall>,
    },
    /// Take entries into the journal.
    Save {
        /// The attempt.
        attempt: AttemptId,
        /// The lease that writes.
        lease_no: i64,
        /// When.
        at: Instant,
        /// The entries.
        entries: Vec<EntryToSave>,
    },
    /// Hand the attempt in.
    Submit {
        /// The attempt.
        attempt: AttemptId,
        /// The lease that hands in.
        lease_no: i64,
        /// When.
        at: Instant,
    },
}

impl Command {
    pub(super) const fn attempt(&self) -> AttemptId {
        match self {
            Self::Open { attempt, .. }
            | Self::Start { attempt, .. }
            | Self::EnterSection { attempt, .. }
            | Self::Seen { attempt, .. }
            | Self::ReportStalls { attempt, .. }
            | Self::Save { attempt, .. }
            | Self::Submit { attempt, .. } => *attempt,
        }
    }

    /// Whether it is decided on the whole row of the attempt, and changes it.
    pub(super) const fn is_act(&self) -> bool {
        matches!(self, Self::Open { .. } | Self::Start { .. } | Self::Submit { .. })
    }

    pub(super) const fn entries(&self) -> usize {
        match self {
            Self::Save { entries, .. } => entries.len(),
            Self::Open { .. }
            | Self::Start { .. }
            | Self::EnterSection { .. }
            | Self::Seen { .. }
            | Self::ReportStalls { .. }
            | Self::Submit { .. } => 1,
        }
    }
}

/// What came of a command.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Of an open: the attempt, whose current lease the device now holds.
    Opened(Result<Box<Loaded>, NotOpened>),
    /// Of a start, now or before.
    Started(Result<Box<StartedAttempt>, NotStarted>),
    /// Of entering a section: it is noted, now or from before, unless the attempt takes nothing from this lease.
    Entered,
    /// Of what a player shows: it is noted, if its lease writes, the version exists and it is news.
    Seen,
    /// Of a report: it is kept, or was known.
    Reported,
    /// Of a save.
    Saved(Saved),
    /// Of a hand-in: the attempt as it is now, whether this or something before has ended it or nothing; and how this
    /// hand-in lies in the journal, if it was this one.
    Submitted(Box<Loaded>, Option<Held>),
    /// The attempt isn't there.
    NoSuchAttempt,
}

/// Why a device doesn't get an attempt.
#[derive(Clone, Debug)]
pub enum NotOpened {
    /// Its candidate can't sit.
    CannotSit(CannotSit),
    /// It stays where it is: the attempt as it is now.
    NotHere(NotHere, Box<Loaded>),
}

/// A started attempt.
#[derive(Clone, Debug)]
pub struct StartedAttempt {
    /// The attempt and its sitting.
    pub loaded: Loaded,
    /// The order of its questions and options, as it is written.
    pub arrangement: Arc<str>,
}

/// How an attempt stands: part of every reply to a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttemptStatus {
    /// Where its delivery stands.
    pub state: AttemptState,
    /// Whether it is over, whoever has noticed.
    pub closed: bool,
    /// When its working time ends; null before the start.
    pub deadline: Option<Instant>,
    /// The lease that may write.
    pub lease_no: i64,
    /// Counts every change but entries.
    pub version: i64,
    /// The server's clock when the request came.
    pub server_time: Instant,
}

/// What came of a save.
#[derive(Clone, Debug)]
pub struct Saved {
    /// How the attempt stands.
    pub status: AttemptStatus,
    /// What became of each entry, in the order in which they were sent.
    pub entries: Vec<SavedEntry>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug)]
pub struct SavedEntry {
    /// Its place in the lease.
    pub seq: i64,
    /// Its question.
    pub question: QuestionVersionId,
    /// The hash of its exact bytes.
    pub payload_hash: Hash,
    /// What became of it.
    pub fate: EntryFate,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFate {
    /// It is in the journal, now or from before.
    Held(Held),
    /// The journal holds another entry under the same key; it was not overwritten.
    Conflict,
    /// It wasn't kept.
    Refused(Refused),
}
