//! Who takes facts.

use std::panic::AssertUnwindSafe;

use foundation::Problem;
use futures::FutureExt as _;

use crate::Event;

/// Tries before a fact is set aside for a person to look at.
pub const TRIES_MAX: u32 = 12;

/// Which facts a consumer wants: known without the consumer, so that a bus can keep facts for one that isn't there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The consumer's name in logs, inboxes and queues: `notification.exam_facts`.
    pub consumer: &'static str,
    /// The kinds that it wants.
    pub kinds: &'static [&'static str],
}

/// Takes facts. Must be idempotent: see [`first_time`](crate::first_time).
#[async_trait::async_trait]
pub trait Consumer: Send + Sync + 'static {
    /// What it wants.
    fn subscription(&self) -> Subscription;
    /// Whether it wants facts of this kind.
    fn wants(&self, kind: &str) -> bool {
        self.subscription().kinds.contains(&kind)
    }
    /// Takes one.
    ///
    /// # Errors
    /// When it couldn't; the fact comes again later.
    async fn take(&self, event: &Event) -> Result<(), Problem>;
}

/// Why a fact wasn't taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Whether it may pass by itself, as a database that is away does: such tries don't count, however many.
    pub passing: bool,
    /// Why, for the log and for the person who looks at dead letters.
    pub why: String,
}

impl Refusal {
    /// The longest reason that is kept.
    pub const WHY_CHARS_MAX: usize = 500;

    /// A refusal that counts as a try.
    pub fn counted(why: impl ToString) -> Self {
        Self { passing: false, why: why.to_string().chars().take(Self::WHY_CHARS_MAX).collect() }
    }

    /// A refusal that may pass by itself.
    pub fn passing(why: impl ToString) -> Self {
        Self { passing: true, ..Self::counted(why) }
    }
}

/// Has `consumer` take `event`; a consumer that panics has refused, and takes nothing else down with it.
///
/// # Errors
/// When it didn't take it.
pub async fn hand_to(consumer: &dyn Consumer, event: &Event) -> Result<(), Refusal> {
    let taken = AssertUnwindSafe(consumer.take(event)).catch_unwind().await;
    let refusal = match taken {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(problem)) if problem.status == 503 => Refusal::passing(problem),
        Ok(Err(problem)) => Refusal::counted(problem),
        Err(_) => Refusal::counted("the consumer panicked"),
    };
    let consumer = consumer.subscription().consumer;
    tracing::warn!(consumer, event = %event.id, kind = event.kind, why = refusal.why, "fact not taken");
    Err(refusal)
}
