//! What carries facts from an outbox to their consumers.

use std::{fmt, sync::Arc};

use crate::{Consumer, Event, Refusal, hand_to};

/// What became of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// It is safe with the bus, or its consumers have taken it: the outbox needs it no more.
    Safe,
    /// It wasn't taken; it is tried again later.
    Refused(Refusal),
    /// The bus is away. Nothing was tried, and nothing counts.
    Away,
}

/// Carries facts from an outbox to their consumers: at least once each, and in the order given as long as nothing fails.
#[async_trait::async_trait]
pub trait Bus: Send + Sync + 'static {
    /// Carries these; answers what became of each, in the same order.
    async fn carry(&self, facts: &[Event]) -> Vec<Carried>;
}

/// Hands facts to consumers in this process.
#[derive(Clone)]
pub struct InProcess(Arc<[Arc<dyn Consumer>]>);

impl InProcess {
    /// A bus to these consumers.
    pub fn new(consumers: Arc<[Arc<dyn Consumer>]>) -> Self {
        Self(consumers)
    }

    async fn hand_on(&self, fact: &Event) -> Carried {
        let mut refused: Option<Refusal> = None;
        for consumer in self.0.iter().filter(|consumer| consumer.wants(&fact.kind)) {
            if let Err(refusal) = hand_to(&**consumer, fact).await {
                // One that will not pass by itself is what a person has to hear of.
                if refused.as_ref().is_none_or(|known| known.passing) {
                    refused = Some(refusal);
                }
            }
        }
        refused.map_or(Carried::Safe, Carried::Refused)
    }
}

#[async_trait::async_trait]
impl Bus for InProcess {
    async fn carry(&self, facts: &[Event]) -> Vec<Carried> {
        let mut carried = Vec::with_capacity(facts.len());
        for fact in facts {
            carried.push(self.hand_on(fact).await);
        }
        carried
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InProcess({} consumers)", self.0.len())
    }
}
