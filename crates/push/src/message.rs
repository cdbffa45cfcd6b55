//! What travels over a socket, as JSON text.

use authz::{AttemptId, SittingId};
use serde::{Deserialize, Serialize};

/// The first message, from the browser.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Hello {
    /// Who is there.
    Hello(Who),
}

/// Who is there, and what they look at.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Who {
    /// A candidate, at their attempt.
    Candidate {
        /// Their exam ticket.
        ticket: String,
    },
    /// Staff, at a sitting.
    Staff {
        /// Their access token.
        token: String,
        /// The sitting.
        sitting_id: SittingId,
    },
}

/// What the server says.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Hint {
    /// The hello was taken.
    Ready,
    /// The attempt changed.
    Attempt {
        /// Which.
        attempt_id: AttemptId,
        /// Its version now, at least.
        version: i64,
    },
    /// Something in the sitting changed.
    Sitting {
        /// Which.
        sitting_id: SittingId,
    },
    /// The hello was refused; the socket closes.
    Refused {
        /// Why: a stable code.
        code: String,
    },
}
