//! What replicas share through Redis when `REDIS_URL` is set: signals, presence, limits on guessing.

use std::sync::Arc;

use anyhow::Result;
use auth_service::SharedLimits;
use cache::{Cache, FanOut};
use events::{Presence, Signals};
use foundation::{Instant, Span};
use http_kit::Job;
use telemetry::Dependency;
use uuid::Uuid;

use crate::config::Config;

/// What replicas share, and what has to run for it.
#[derive(Default)]
pub struct Shared {
    /// What runs in the background.
    pub jobs: Vec<Job>,
    /// Redis, when there is one.
    pub dependency: Option<Dependency>,
    /// Limits that count for all replicas.
    pub limits: Option<Arc<dyn SharedLimits>>,
}

impl Shared {
    /// Shares `signals` and `presence` with replicas. `process` tells this process from them.
    ///
    /// # Errors
    /// When Redis could drop our keys. One that is away is no error: each process then does for itself what it can.
    pub async fn open(
        config: &Config,
        process: Uuid,
        signals: &Signals,
        presence: &Presence,
    ) -> Result<Self> {
        let Some(settings) = config.cache.clone() else { return Ok(Self::default()) };
        let dependency = Dependency::new("cache");
        let cache = Cache::new(settings, dependency.clone());
        cache.check().await?;
        let fan_out = FanOut::new(cache.clone(), process, signals.clone(), presence.clone());
        let (tells, listens, keeps) = (fan_out.clone(), fan_out, cache.clone());
        let jobs = vec![
            Job::new("keep the cache", move |stop| keeps.run(stop)),
            Job::new("tell replicas", move |stop| tells.tell(stop)),
            Job::new("listen to replicas", move |stop| listens.listen(stop)),
        ];
        let limits: Arc<dyn SharedLimits> = Arc::new(InRedis(cache::SharedLimits::new(cache)));
        Ok(Self { jobs, dependency: Some(dependency), limits: Some(limits) })
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
