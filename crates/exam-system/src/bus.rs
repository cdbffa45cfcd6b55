//! How facts leave the outboxes of this process: the one seam between services and whatever carries facts.

use std::sync::Arc;

use db::Db;
use events::{Consumer, Dispatcher};
use foundation::Clock;
use http_kit::Job;

use crate::config::Config;

/// What carries facts to their consumers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bus {
    /// Every consumer runs in this process.
    InProcess,
    /// Consumers run elsewhere: facts wait in the outbox, durable, until a broker takes them.
    Broker,
}

impl Bus {
    /// The bus of a process.
    pub fn of(config: &Config) -> Self {
        if config.roles.is_all() { Self::InProcess } else { Self::Broker }
    }

    /// What takes facts out of one service's outbox.
    pub fn jobs(
        &self,
        (schema, db): (&'static str, &Db),
        clock: &Arc<dyn Clock>,
        consumers: &Arc<[Arc<dyn Consumer>]>,
    ) -> Vec<Job> {
        match self {
            Self::InProcess => {
                let dispatcher =
                    Dispatcher::new(db.clone(), schema, Arc::clone(clock), Arc::clone(consumers));
                vec![Job::new("outbox", move |stop| dispatcher.run(stop))]
            }
            // Handing a fact to the consumers of this process alone would mark it as taken by all.
            Self::Broker => Vec::new(),
        }
    }
}
