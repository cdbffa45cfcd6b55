//! A service with an outbox, a bus, and consumers that can be made to misbehave.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use broker::{BrokerSettings, Publisher, Subscriber};
use db::{Db, Schema};
use events::{Bus, Consumer, Dispatcher, Event, InProcess, Subscription, first_times, record};
use foundation::{Clock as _, ManualClock, Problem, Span, SystemRandom};
use serde_json::{Value, json};
use telemetry::Dependency;
use test_kit::TestDatabase;
use tokio::{sync::Notify, task::JoinHandle};
use tokio_util::sync::CancellationToken;

pub const EXAM: &str = "exam";
pub const TAKER: &str = "taker";
pub const KIND: &str = "exam.happened";
pub const UNHEARD: &str = "exam.unheard_of";
pub const SUBSCRIPTION: Subscription = Subscription { consumer: "taker.facts", kinds: &[KIND] };
/// Longer than anything here takes; a test that waits for more has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes facts once each, unless told otherwise.
pub struct Taker {
    db: Db,
    clock: ManualClock,
    pub taken: Mutex<Vec<i64>>,
    pub asked: Mutex<Vec<i64>>,
    /// Which facts it refuses.
    pub refuses: Mutex<BTreeSet<i64>>,
    /// Which facts make it panic.
    pub panics_at: Mutex<BTreeSet<i64>>,
    /// Whether its database is away.
    pub away: AtomicBool,
    /// Whether it takes the next one and then never answers.
    pub hangs: AtomicBool,
    changed: Notify,
}

#[async_trait::async_trait]
impl Consumer for Taker {
    fn subscription(&self) -> Subscription {
        SUBSCRIPTION
    }

    async fn take(&self, events: &[&Event]) -> Result<(), Problem> {
        // As a transaction: with one that can't be taken none is, and none was asked for.
        if events.len() > 1 && events.iter().any(|event| self.is_poisoned(event)) {
            return Err(Problem::internal("one of these can't be taken"));
        }
        for event in events {
            self.take_one(event).await?;
        }
        Ok(())
    }
}

impl Taker {
    fn is_poisoned(&self, event: &Event) -> bool {
        let number = event.read::<Value>().unwrap()["number"].as_i64().unwrap();
        self.refuses.lock().unwrap().contains(&number) || self.panics_at.lock().unwrap().contains(&number)
    }

    async fn take_one(&self, event: &Event) -> Result<(), Problem> {
        let number = event.read::<Value>()?["number"].as_i64().unwrap();
        self.asked.lock().unwrap().push(number);
        self.changed.notify_one();
        if self.away.load(Ordering::SeqCst) {
            return Err(Problem::unavailable("taker.away", "Away.", 1));
        }
        assert!(!self.panics_at.lock().unwrap().contains(&number), "the consumer panics, as it was told to");
        if self.refuses.lock().unwrap().contains(&number) {
            return Err(Problem::internal(format!("fact {number} can't be taken")));
        }
        let mut tx = self.db.begin().await?;
        let new = first_times(&mut tx, TAKER, SUBSCRIPTION.consumer, &[event], self.clock.now()).await?;
        if !new.is_empty() {
            tx.commit().await?;
            self.taken.lock().unwrap().push(number);
            self.changed.notify_one();
        }
        if self.hangs.swap(false, Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        Ok(())
    }
}

impl Taker {
    /// Waits until what it has done satisfies `enough`.
    pub async fn until(&self, enough: impl Fn(&Self) -> bool) {
        let waiting = async {
            while !enough(self) {
                self.changed.notified().await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| {
            panic!("taken {:?}, asked {:?}", self.taken.lock().unwrap(), self.asked.lock().unwrap())
        });
    }

    pub fn taken(&self) -> Vec<i64> {
        self.taken.lock().unwrap().clone()
    }

    pub fn times_asked(&self, number: i64) -> usize {
        self.asked.lock().unwrap().iter().filter(|&&asked| asked == number).count()
    }
}

/// The service, its outbox, and whoever carries its facts.
pub struct House {
    pub db: Db,
    pub clock: ManualClock,
    pub taker: Arc<Taker>,
    pub settings: Option<BrokerSettings>,
    pub dependency: Dependency,
    bus: Arc<dyn Bus>,
    stop: CancellationToken,
    halt: CancellationToken,
    running: Vec<JoinHandle<()>>,
}

impl House {
    /// A house whose facts go through this process, or through the broker at `url`.
    pub async fn open(database: &TestDatabase, url: Option<&str>) -> Self {
        let mut house = Self::open_idle(database, url).await;
        house.start_carrying();
        house
    }

    /// A house in which nobody carries facts yet.
    pub async fn open_idle(database: &TestDatabase, url: Option<&str>) -> Self {
        let clock = ManualClock::at("2026-01-05T08:00:00Z");
        let db = database.open(&Schema::new(EXAM, &[events::MIGRATIONS])).await;
        let taker = Arc::new(Taker {
            db: database.open(&Schema::new(TAKER, &[events::MIGRATIONS])).await,
            clock: clock.clone(),
            taken: Mutex::default(),
            asked: Mutex::default(),
            refuses: Mutex::default(),
            panics_at: Mutex::default(),
            away: AtomicBool::default(),
            hangs: AtomicBool::default(),
            changed: Notify::new(),
        });
        let dependency = Dependency::new("broker");
        let settings = url.map(|url| {
            let mut settings = BrokerSettings::parse(url, None).unwrap();
            settings.waits = vec![Duration::from_millis(20), Duration::from_millis(50)];
            settings
        });
        let stop = CancellationToken::new();
        let mut house = Self {
            bus: Arc::new(InProcess::new(Arc::new([taker.clone() as Arc<dyn Consumer>]))),
            db,
            clock,
            taker,
            settings,
            dependency,
            stop,
            halt: CancellationToken::new(),
            running: Vec::new(),
        };
        if let Some(settings) = house.settings.clone() {
            let publisher = Publisher::new(settings, vec![SUBSCRIPTION], house.dependency.clone());
            house.bus = Arc::new(publisher.clone());
            house.running.push(tokio::spawn(publisher.run(house.stop.clone())));
        }
        house
    }

    /// Starts what takes facts to the consumer.
    pub fn start_carrying(&mut self) {
        if let Some(settings) = self.settings.clone() {
            let subscriber = Subscriber::new(settings, self.taker.clone());
            self.running.push(tokio::spawn(subscriber.run(self.stop.clone())));
        }
        self.start_publishing_only();
    }

    /// Starts what takes facts out of the outbox.
    pub fn start_publishing_only(&mut self) {
        let dispatcher =
            Dispatcher::new(self.db.clone(), EXAM, Arc::new(self.clock.clone()), self.bus.clone());
        let clock = self.clock.clone();
        self.halt = CancellationToken::new();
        let halt = self.halt.clone();
        self.running.push(tokio::spawn(async move {
            // Time runs fast, so that back-off is soon over.
            let mut look = tokio::time::interval(Duration::from_millis(10));
            while !halt.is_cancelled() {
                look.tick().await;
                let _ = dispatcher.dispatch_once().await;
                clock.advance(Span::from_seconds(2));
            }
        }));
    }

    /// Ends what hangs in the consumer, as a crash would.
    pub async fn crash(&mut self) {
        self.halt.cancel();
        let mut tasks = self.running.split_off(usize::from(self.settings.is_some())).into_iter();
        if let Some(hanging) = tasks.next() {
            hanging.abort();
            let _ = hanging.await;
        }
        for ending in tasks {
            ending.await.unwrap();
        }
    }

    /// Makes facts with these numbers, in one transaction.
    pub async fn happen(&self, numbers: impl IntoIterator<Item = i64>) {
        let mut tx = self.db.begin().await.unwrap();
        for number in numbers {
            let payload = json!({ "number": number });
            self.clock.advance(Span::from_micros(1));
            record(&mut tx, EXAM, &self.clock, &SystemRandom, KIND, &payload).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Makes a fact that nobody wants.
    pub async fn happen_unheard(&self) {
        let mut tx = self.db.begin().await.unwrap();
        record(&mut tx, EXAM, &self.clock, &SystemRandom, UNHEARD, &json!({})).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Facts that wait in the outbox.
    pub async fn waiting(&self) -> i64 {
        self.ask("SELECT COUNT(*) FROM exam.outbox WHERE published_at IS NULL AND failed_at IS NULL").await
    }

    pub async fn ask(&self, sql: &'static str) -> i64 {
        let mut conn = self.db.read().await.unwrap();
        db::on!(&mut conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
    }

    pub async fn run(&self, sql: &'static str) {
        let mut tx = self.db.begin().await.unwrap();
        db::on!(&mut *tx, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
        tx.commit().await.unwrap();
    }

    /// Waits until `enough` says so; looks again as often as the dispatcher does.
    pub async fn until<F: Future<Output = bool>>(&self, enough: impl Fn() -> F) {
        let mut look = tokio::time::interval(Duration::from_millis(10));
        let waiting = async {
            while !enough().await {
                look.tick().await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.expect("it comes about");
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop.cancel();
        for task in &self.running {
            task.abort();
        }
    }
}
