//! Replicas of a service compare their clocks: deadlines are decided by whichever of them a request meets.
//!
//! Each process measures its clock against the database's and leaves the difference in a row. A process whose clock is
//! more than [`CLOCK_GAP_MAX`] from the middle of all (its replicas' and the database's) is not ready, and says by how
//! much. The middle, and not the database alone: when the database's clock is the wrong one, no replica stops. Between two
//! comparisons a process notices by its timers that its clock was set, and compares at once.

use std::{fmt, sync::Arc, time::Duration};

use db::{Conn, Db};
use foundation::{Clock, Id, IdKind, Instant, Random, Span};
use sqlx::AssertSqlSafe;
use telemetry::names;
use tokio_util::sync::CancellationToken;

use crate::{Job, Standing};

/// How far a process's clock may be from the middle of all.
pub const CLOCK_GAP_MAX: Span = Span::from_millis(500);
/// How often clocks are compared while they agree.
const EVERY: Duration = Duration::from_secs(2);
/// How often a process looks whether its clock was set.
const LOOK: Duration = Duration::from_millis(100);
/// How long a comparison may take: meanwhile nobody sees whether a clock is set.
const COMPARE_MAX: Duration = Duration::from_secs(5);
/// A process that hasn't been heard of for this long is gone.
const GONE_AFTER: Span = Span::from_seconds(10);

/// Names a process.
enum ProcessKind {}
impl IdKind for ProcessKind {
    const NAME: &'static str = "process";
}

/// Notices that a clock was set.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClockSteps {
    last: Option<(Instant, tokio::time::Instant)>,
}

impl ClockSteps {
    /// By how much `clock` was set since the last look, when that is more than [`CLOCK_GAP_MAX`].
    pub fn look(&mut self, clock: &dyn Clock) -> Option<Span> {
        let now = (clock.now(), tokio::time::Instant::now());
        let last = self.last.replace(now)?;
        stepped_by(now.0.since(last.0), now.1.duration_since(last.1))
    }
}

/// One process of a service, among its replicas.
pub struct Replica {
    process: Id<ProcessKind>,
    db: Db,
    schema: &'static str,
    clock: Arc<dyn Clock>,
    standing: Standing,
}

impl Replica {
    /// A process of the service whose tables lie in `schema`.
    pub fn new(
        db: Db,
        schema: &'static str,
        clock: Arc<dyn Clock>,
        random: &dyn Random,
        standing: Standing,
    ) -> Self {
        Self { process: Id::new(&*clock, random), db, schema, clock, standing }
    }

    /// Compares the clocks until it is told to stop. SQLite has one process and nothing to compare.
    pub fn job(self) -> Job {
        Job::new("compare clocks", move |stop| self.run(stop))
    }

    async fn run(self, stop: CancellationToken) {
        let mut looks = tokio::time::interval(LOOK);
        looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut steps = ClockSteps::default();
        let mut compared = None::<tokio::time::Instant>;
        let mut agree = true;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = looks.tick() => {}
            }
            if let Some(step) = steps.look(&*self.clock) {
                let why = format!("this process's clock was set by {} ms", step.as_micros() / 1_000);
                tracing::warn!(schema = self.schema, why, "not ready until clocks are compared");
                self.standing.set(&format!("{} clock", self.schema), Some(why));
            } else if agree && compared.is_some_and(|at| at.elapsed() < EVERY) {
                continue;
            }
            compared = Some(tokio::time::Instant::now());
            // Who is apart looks again at once: when all clocks were set together, the others' rows soon say so.
            agree = match db::within(COMPARE_MAX, self.compare()).await {
                Ok(None) => true,
                Ok(Some(why)) => {
                    if agree {
                        tracing::warn!(schema = self.schema, why, "not ready");
                    }
                    false
                }
                Err(error) => {
                    // Readiness looks at the database by itself.
                    tracing::info!(%error, schema = self.schema, "clocks can't be compared");
                    true
                }
            };
        }
    }

    /// Measures, leaves a row, and compares it with the others'; says how this process is apart from
    /// them, if it is.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub async fn compare(&self) -> db::Result<Option<String>> {
        let mut conn = self.db.begin().await?;
        let Conn::Postgres(postgres) = &mut *conn else { return Ok(None) };
        let before = self.clock.now();
        let there: i64 =
            sqlx::query_scalar("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
                .fetch_one(&mut **postgres)
                .await?;
        let after = self.clock.now();
        // The answer was made somewhere between the two: half of the way there and back is the doubt.
        let here = before.as_micros().midpoint(after.as_micros());
        let own = here - there;
        let beat = format!(
            "INSERT INTO {}.replicas (process_id, offset_micros, beat_at)
             VALUES ($1, $2, $3)
             ON CONFLICT (process_id) DO UPDATE SET offset_micros = excluded.offset_micros, beat_at = excluded.beat_at",
            self.schema
        );
        sqlx::query(AssertSqlSafe(beat))
            .bind(self.process)
            .bind(own)
            .bind(there)
            .execute(&mut **postgres)
            .await?;
        let forget = format!("DELETE FROM {}.replicas WHERE beat_at < $1", self.schema);
        sqlx::query(AssertSqlSafe(forget))
            .bind(there - GONE_AFTER.as_micros())
            .execute(&mut **postgres)
            .await?;
        let all = format!("SELECT offset_micros FROM {}.replicas", self.schema);
        let offsets: Vec<i64> = sqlx::query_scalar(AssertSqlSafe(all)).fetch_all(&mut **postgres).await?;
        conn.commit().await?;
        Ok(self.judge(own, offsets))
    }

    fn judge(&self, own: i64, replicas: Vec<i64>) -> Option<String> {
        let gap = gap_to_the_middle(own, replicas);
        metrics::gauge!(names::CLOCK_GAP_SECONDS, "service" => self.schema).set(gap as f64 / 1e6);
        let why = (gap.abs() > CLOCK_GAP_MAX.as_micros()).then(|| {
            let (millis, way) = (gap.abs() / 1_000, if gap > 0 { "ahead of" } else { "behind" });
            format!(
                "this process's clock is {millis} ms {way} those of its replicas and the database; at most {} ms are \
                 allowed: look at the machine's time synchronisation",
                CLOCK_GAP_MAX.as_micros() / 1_000
            )
        });
        self.standing.set(&format!("{} clock", self.schema), why.clone());
        why
    }
}

/// By how much a clock was set that went on by `clock` while a timer went on by `timer`; none when it wasn't.
fn stepped_by(clock: Span, timer: Duration) -> Option<Span> {
    let timer = Span::from_micros(i64::try_from(timer.as_micros()).unwrap_or(i64::MAX));
    let step = clock - timer;
    (step.as_micros().abs() > CLOCK_GAP_MAX.as_micros()).then_some(step)
}

/// How far `own` is from the middle of all clocks, the database's (0) among them, in microseconds. Of an even number of
/// clocks all between the two in the middle is the middle: a single replica and its database judge nobody. Where more are
/// so far apart that this would say nothing, the one of the two that is nearer to the database's is the middle.
fn gap_to_the_middle(own: i64, mut clocks: Vec<i64>) -> i64 {
    clocks.push(0);
    clocks.sort_unstable();
    let (mut low, mut high) = (clocks[(clocks.len() - 1) / 2], clocks[clocks.len() / 2]);
    if clocks.len() > 2 && high - low > CLOCK_GAP_MAX.as_micros() {
        let nearer = if low.abs() < high.abs() { low } else { high };
        (low, high) = (nearer, nearer);
    }
    own - own.clamp(low, high)
}

impl fmt::Debug for Replica {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Replica({}, {})", self.schema, self.process)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_set_is_told_from_a_process_that_slept() {
        let tick = Duration::from_millis(100);
        assert_eq!(stepped_by(Span::from_millis(100), tick), None);
        assert_eq!(stepped_by(Span::from_millis(3_100), Duration::from_millis(3_100)), None);
        assert_eq!(stepped_by(Span::from_millis(120_100), tick), Some(Span::from_millis(120_000)));
        assert_eq!(stepped_by(Span::from_millis(-119_900), tick), Some(Span::from_millis(-120_000)));
    }

    #[test]
    fn the_clock_that_is_alone_is_the_wrong_one_whoever_it_belongs_to() {
        // Two replicas of which one is 700 ms ahead: the database agrees with the other.
        assert_eq!(gap_to_the_middle(700_000, vec![700_000, 1_000]), 699_000);
        assert_eq!(gap_to_the_middle(1_000, vec![700_000, 1_000]), 0);
        // The database is an hour behind, its replicas agree: nobody is judged.
        assert_eq!(gap_to_the_middle(3_600_000_000, vec![3_600_000_000, 3_600_001_000]), 0);
        // One replica alone.
        assert_eq!(gap_to_the_middle(9_000_000, vec![9_000_000]), 0);
        // Three, of which one is behind.
        assert_eq!(gap_to_the_middle(-800_000, vec![-800_000, 0, 2_000]), -800_000);
        // Three, of which two are behind by ten seconds: the database is asked.
        let behind = vec![-10_400_000, -10_000_000, 400_000];
        assert_eq!(gap_to_the_middle(-10_000_000, behind.clone()), -10_000_000);
        assert_eq!(gap_to_the_middle(400_000, behind), 400_000);
    }
}
