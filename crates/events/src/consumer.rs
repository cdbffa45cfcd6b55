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

/// Takes facts. Must be idempotent: see [`first_times`](crate::first_times).
#[async_trait::async_trait]
pub trait Consumer: Send + Sync + 'static {
    /// What it wants.
    fn subscription(&self) -> Subscription;
    /// Whether it wants facts of this kind.
    fn wants(&self, kind: &str) -> bool {
        self.subscription().kinds.contains(&kind)
    }
    /// Takes these, in their order; in one transaction where that is cheaper.
    ///
    /// # Errors
    /// When it couldn't take all of them. They come again at once, each alone, so that the one at fault shows; only that
    /// counts as a try.
    async fn take(&self, events: &[&Event]) -> Result<(), Problem>;
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

/// Has `consumer` take `events`; answers what became of each, in the same order. A consumer that panics has refused, and
/// takes nothing else down with it.
pub async fn hand_to(consumer: &dyn Consumer, events: &[&Event]) -> Vec<Result<(), Refusal>> {
    match take(consumer, events).await {
        Ok(()) => return vec![Ok(()); events.len()],
        Err(refusal) if refusal.passing || events.len() == 1 => return refused(consumer, events, &refusal),
        Err(_) => {}
    }
    let mut taken = Vec::with_capacity(events.len());
    for event in events {
        let one = std::slice::from_ref(event);
        match take(consumer, one).await {
            Ok(()) => taken.push(Ok(())),
            Err(refusal) => taken.extend(refused(consumer, one, &refusal)),
        }
    }
    taken
}

async fn take(consumer: &dyn Consumer, events: &[&Event]) -> Result<(), Refusal> {
    match AssertUnwindSafe(db::in_time(consumer.take(events))).catch_unwind().await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(problem)) if problem.status == 503 => Err(Refusal::passing(problem)),
        Ok(Err(problem)) => Err(Refusal::counted(problem)),
        Err(_) => Err(Refusal::counted("the consumer panicked")),
    }
}

fn refused(consumer: &dyn Consumer, events: &[&Event], refusal: &Refusal) -> Vec<Result<(), Refusal>> {
    let consumer = consumer.subscription().consumer;
    for event in events {
        tracing::warn!(consumer, event = %event.id, kind = event.kind, why = refusal.why, "fact not taken");
    }
    vec![Err(refusal.clone()); events.len()]
}
