//! Metrics in Prometheus' text format.

use std::{sync::OnceLock, time::Duration};

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

use crate::names;

/// Bounds of the duration histograms, in seconds.
const SECONDS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];
/// Bounds of the batch size histogram, in entries.
const ENTRIES: &[f64] = &[1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0];

/// How often samples are folded into buckets.
const UPKEEP: Duration = Duration::from_secs(5);

static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// The process's metrics.
#[derive(Clone, Copy, Debug)]
pub struct Metrics;

impl Metrics {
    /// Starts recording; a second call does nothing.
    pub fn install() -> Self {
        HANDLE.get_or_init(|| {
            let builder = PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)
                .and_then(|builder| {
                    builder.set_buckets_for_metric(
                        Matcher::Full(names::JOURNAL_BATCH_ENTRIES.to_owned()),
                        ENTRIES,
                    )
                });
            let handle = builder.ok().and_then(|builder| builder.install_recorder().ok());
            describe();
            handle
        });
        Self
    }

    /// Folds what histograms have recorded into their buckets, now and then until `stop`: what nobody scrapes would
    /// otherwise be kept sample by sample, and grow for as long as the process lives.
    pub async fn upkeep(self, stop: CancellationToken) {
        let mut rounds = tokio::time::interval(UPKEEP);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = rounds.tick() => {}
            }
            if let Some(Some(handle)) = HANDLE.get() {
                handle.run_upkeep();
            }
        }
    }

    /// Everything recorded, as Prometheus reads it.
    pub fn render(self) -> String {
        let Some(Some(handle)) = HANDLE.get() else { return String::new() };
        handle.run_upkeep();
        handle.render()
    }
}

/// Tells the recorder each metric's meaning and unit.
pub fn describe() {
    describe_counter!(names::HTTP_REQUESTS_TOTAL, "Requests answered.");
    describe_histogram!(names::HTTP_REQUEST_DURATION_SECONDS, Unit::Seconds, "Time to answer a request.");
    describe_counter!(names::EXAM_ATTEMPTS_STARTED_TOTAL, "Attempts started.");
    describe_counter!(names::EXAM_ATTEMPTS_COMPLETED_TOTAL, "Attempts handed in or closed by time.");
    describe_gauge!(names::EXAM_ATTEMPTS_IN_PROGRESS, "Attempts in progress now.");
    describe_counter!(names::PROCTORING_VIOLATIONS_TOTAL, "Violations that proctoring recorded.");
    describe_counter!(names::AUTH_FAILURES_TOTAL, "Sign-ins and check-ins refused.");
    describe_gauge!(names::ACTIVE_USERS_CURRENT, "Sockets open now.");
    describe_histogram!(names::JOURNAL_BATCH_ENTRIES, "Entries in one batch of the journal's writer.");
    describe_histogram!(
        names::JOURNAL_COMMIT_SECONDS,
        Unit::Seconds,
        "From a batch's first entry to its durable commit."
    );
    describe_gauge!(names::JOURNAL_QUEUE_DEPTH, "Commands that wait for the journal's writer.");
    describe_counter!(names::HTTP_REQUESTS_SHED_TOTAL, "Requests refused because too many were in flight.");
    describe_counter!(names::SERVICE_CALLS_TOTAL, "Calls to services in other processes.");
    describe_counter!(names::SERVICE_CALL_RETRIES_TOTAL, "Calls to other processes that were made again.");
    describe_gauge!(names::CLOCK_GAP_SECONDS, Unit::Seconds, "This clock against those of its replicas.");
    describe_gauge!(names::OUTBOX_PENDING, "Facts in the outbox that wait to be handed on.");
    describe_gauge!(
        names::OUTBOX_OLDEST_SECONDS,
        Unit::Seconds,
        "Age of the oldest fact that waits in the outbox."
    );
    describe_gauge!(names::FACTS_DEAD, "Facts set aside for a person to look at.");
    describe_gauge!(names::FACTS_WAITING, "Facts in a consumer's queue at the broker.");
    describe_gauge!(names::DEPENDENCY_UP, "Whether something that we can do without is there.");
}
