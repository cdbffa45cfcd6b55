//! What replicas share: limits on guessing through Redis when `REDIS_URL` is set; signals and presence through it too, or
//! through the database.

use std::sync::Arc;

use anyhow::Result;
use auth_service::SharedLimits;
use cache::Cache;
use db::{Db, DbKind};
use events::{Carrier, FanOut, Presence, Signals, ThroughDatabase};
use foundation::{Instant, Span};
use http_kit::Job;
use telemetry::Dependency;
use uuid::Uuid;

use crate::config::Config;

/// What replicas share.
#[derive(Default)]
pub struct Shared {
    cache: Option<Cache>,
    /// Redis, when there is one.
    pub dependency: Option<Dependency>,
    /// Limits that count for all replicas.
    pub limits: Option<Arc<dyn SharedLimits>>,
}

impl Shared {
    /// Looks for Redis, when there is to be one.
    ///
    /// # Errors
    /// When Redis could drop our keys. One that is away is no error: each process then does for itself what it can.
    pub async fn open(config: &Config) -> Result<Self> {
        let Some(settings) = config.cache.clone() else { return Ok(Self::default()) };
        let dependency = Dependency::new("cache");
        let cache = Cache::new(settings, dependency.clone());
        cache.check().await?;
        let limits: Arc<dyn SharedLimits> = Arc::new(InRedis(cache::SharedLimits::new(cache.clone())));
        Ok(Self { cache: Some(cache), dependency: Some(dependency), limits: Some(limits) })
    }

    /// What runs for it. This process is `process` among its replicas; `exams` is the database of exam-service, when that
    /// runs here: its replicas tell each other what happens to attempts, and who is connected.
    pub fn jobs(
        &self,
        process: Uuid,
        exams: Option<&Db>,
        signals: &Signals,
        presence: &Presence,
    ) -> Vec<Job> {
        let mut jobs = Vec::new();
        let mut carriers: Vec<Arc<dyn Carrier>> = Vec::new();
        if let Some(cache) = &self.cache {
            let keeps = cache.clone();
            jobs.push(Job::new("keep the cache", move |stop| keeps.run(stop)));
            carriers.push(Arc::new(cache.clone()));
        }
        if let Some(db) = exams.filter(|db| db.kind() == DbKind::Postgres) {
            carriers.push(Arc::new(ThroughDatabase::new(db.clone())));
        }
        if !carriers.is_empty() {
            let fan_out = FanOut::new(process, signals.clone(), presence.clone(), carriers);
            jobs.push(Job::new("talk with replicas", move |stop| fan_out.run(stop)));
        }
        jobs
    }
}

#[derive(Debug)]
struct InRedis(cache::SharedLimits);

#[async_trait::async_trait]
impl SharedLimits for InRedis {
    async fn take(
        &self,
        limit: &'static str,
        key: &[u8; 32],
        (burst, every): (i64, Span),
        now: Instant,
    ) -> Option<Span> {
        self.0.take(limit, key, burst, every, now).await
    }
}
