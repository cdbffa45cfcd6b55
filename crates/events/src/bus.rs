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
}

#[async_trait::async_trait]
impl Bus for InProcess {
    async fn carry(&self, facts: &[Event]) -> Vec<Carried> {
        let mut refused: Vec<Option<Refusal>> = vec![None; facts.len()];
        for consumer in &*self.0 {
            let (places, wanted): (Vec<usize>, Vec<&Event>) =
                facts.iter().enumerate().filter(|(_, fact)| consumer.wants(&fact.kind)).unzip();
            if wanted.is_empty() {
                continue;
            }
            for (place, taken) in places.into_iter().zip(hand_to(&**consumer, &wanted).await) {
                let Err(refusal) = taken else { continue };
                // One that will not pass by itself is what a person has to hear of.
                if refused[place].as_ref().is_none_or(|known| known.passing) {
                    refused[place] = Some(refusal);
                }
            }
        }
        refused.into_iter().map(|refusal| refusal.map_or(Carried::Safe, Carried::Refused)).collect()
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InProcess({} consumers)", self.0.len())
    }
}
