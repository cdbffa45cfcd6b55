//! How facts travel: through this process, or through RabbitMQ when `RABBITMQ_URL` is set.

use std::sync::Arc;

use broker::{BrokerSettings, Publisher, Subscriber};
use db::{Db, DbKind};
use events::{Bus, Consumer, Crowd, Dispatcher, InProcess, Subscription};
use foundation::Clock;
use http_kit::Job;
use telemetry::Dependency;
use uuid::Uuid;

use crate::config::Config;

/// How facts travel, and what has to run for it.
pub struct Facts {
    bus: Arc<dyn Bus>,
    /// Whether consumers run in other processes and nothing leads there: then facts wait in their outboxes, durable.
    waits: bool,
    /// What runs in the background.
    pub jobs: Vec<Job>,
    /// The broker, when there is one.
    pub dependency: Option<Dependency>,
    process: Uuid,
}

impl Facts {
    /// Facts to `consumers` in this process, and through the broker to those of other processes. `process` tells this
    /// process from its replicas.
    pub fn new(config: &Config, consumers: Vec<Arc<dyn Consumer>>, process: Uuid) -> Self {
        let Some(settings) = config.broker.clone() else {
            let bus = Arc::new(InProcess::new(Arc::from(consumers)));
            // Handing a fact to the consumers of this process alone would mark it as taken by all.
            let waits = !config.roles.is_all();
            return Self { bus, waits, jobs: Vec::new(), dependency: None, process };
        };
        let dependency = Dependency::new("broker");
        let publisher = Publisher::new(settings.clone(), subscriptions(config), dependency.clone());
        let bus = Arc::new(publisher.clone());
        let mut jobs = vec![Job::new("publish facts", move |stop| publisher.run(stop))];
        jobs.extend(consumers.into_iter().map(|consumer| take(settings.clone(), consumer)));
        Self { bus, waits: false, jobs, dependency: Some(dependency), process }
    }

    /// The job that empties the outbox of `schema` behind the `crowd`, if there may be one; unless facts have to wait. On
    /// PostgreSQL a replica may have the same one.
    pub fn outbox(
        &self,
        db: &Db,
        schema: &'static str,
        clock: &Arc<dyn Clock>,
        crowd: Option<&Crowd>,
    ) -> Option<Job> {
        if self.waits {
            return None;
        }
        let dispatcher = Dispatcher::new(db.clone(), schema, Arc::clone(clock), Arc::clone(&self.bus));
        let dispatcher = match crowd {
            Some(crowd) => dispatcher.behind(Arc::clone(crowd)),
            None => dispatcher,
        };
        let dispatcher = match db.kind() {
            DbKind::Sqlite => dispatcher,
            DbKind::Postgres => dispatcher.among_replicas(self.process),
        };
        Some(Job::new("outbox", move |stop| dispatcher.run(stop)))
    }
}

fn take(settings: BrokerSettings, consumer: Arc<dyn Consumer>) -> Job {
    let subscriber = Subscriber::new(settings, consumer);
    Job::new("take facts", move |stop| subscriber.run(stop))
}

/// Who wants facts in this installation, whichever process they run in.
pub fn subscriptions(config: &Config) -> Vec<Subscription> {
    let mut subscriptions = vec![notification_service::SUBSCRIPTION];
    if config.proctoring {
        subscriptions.push(proctoring_service::SUBSCRIPTION);
    }
    if config.analytics {
        subscriptions.push(analytics_service::SUBSCRIPTION);
    }
    subscriptions
}
