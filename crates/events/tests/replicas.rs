//! Several replicas of a service have the same outbox; one of them hands its facts on. On either database.

#![expect(clippy::unwrap_used, reason = "a test that can't go on must stop")]

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use db::{Db, Schema};
use events::{
    Bus, Carried, Dispatcher, Event, EventId, Forgotten, HANDED_ON_KEPT, TAKEN_KEPT, dead, first_times,
    record,
};
use foundation::{Clock as _, ManualClock, Span, SystemRandom};
use test_kit::TestDatabase;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Counts what it carries.
#[derive(Default)]
struct Ear(Mutex<usize>);

#[async_trait::async_trait]
impl Bus for Ear {
    async fn carry(&self, facts: &[Event]) -> Vec<Carried> {
        *self.0.lock().unwrap() += facts.len();
        vec![Carried::Safe; facts.len()]
    }
}

async fn happen(db: &Db, clock: &ManualClock) {
    let mut tx = db.begin().await.unwrap();
    record(&mut tx, "exam", clock, &SystemRandom, "exam.happened", &()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn taken(db: &Db, clock: &ManualClock) {
    let event = Event {
        id: EventId::new(clock, &SystemRandom),
        kind: "exam.happened".to_owned(),
        payload: "null".to_owned(),
        created_at: clock.now(),
    };
    let mut tx = db.begin().await.unwrap();
    assert_eq!(first_times(&mut tx, "exam", "taker", &[&event], clock.now()).await.unwrap().len(), 1);
    tx.commit().await.unwrap();
}

async fn set_one_aside(db: &Db) {
    let sql = "UPDATE exam.outbox
               SET published_at = NULL, failed_at = 1
               WHERE id = (SELECT id FROM exam.outbox ORDER BY id LIMIT 1)";
    let mut tx = db.begin().await.unwrap();
    db::on!(&mut *tx, c => sqlx::query(sql).execute(c).await.map(|_| ())).unwrap();
    tx.commit().await.unwrap();
}

fn replica(db: &Db, clock: &ManualClock, number: u128) -> (Dispatcher, Arc<Ear>) {
    let ear = Arc::new(Ear::default());
    let dispatcher = Dispatcher::new(db.clone(), "exam", Arc::new(clock.clone()), ear.clone());
    (dispatcher.among_replicas(Uuid::from_u128(number)), ear)
}

test_kit::on_both_databases! {
    async fn facts_let_a_crowd_go_first_and_are_handed_on_all_the_same(database: TestDatabase) {
        let db = database.open(&Schema::new("exam", &[events::MIGRATIONS])).await;
        let clock = ManualClock::at("2026-01-05T08:00:00Z");
        let crowded = Arc::new(AtomicBool::new(true));
        let crowd = Arc::clone(&crowded);
        let (dispatcher, heard) = replica(&db, &clock, 1);
        let dispatcher = dispatcher.behind(Arc::new(move || crowd.load(Ordering::Relaxed)));
        happen(&db, &clock).await;
        for _ in 0..20 {
            assert_eq!(dispatcher.look().await.unwrap(), 0, "the crowd goes first");
        }
        for _ in 0..300 {
            happen(&db, &clock).await;
        }
        assert_eq!(dispatcher.look().await.unwrap(), 200, "five seconds are enough");
        assert_eq!(dispatcher.look().await.unwrap(), 101, "for all that waits");
        happen(&db, &clock).await;
        assert_eq!(dispatcher.look().await.unwrap(), 0, "the crowd goes first again");
        crowded.store(false, Ordering::Relaxed);
        assert_eq!(dispatcher.look().await.unwrap(), 1, "there is no crowd any more");
        assert_eq!(*heard.0.lock().unwrap(), 302);
    }

    async fn one_replica_hands_facts_on_and_another_follows_when_it_is_gone(database: TestDatabase) {
        let db = database.open(&Schema::new("exam", &[events::MIGRATIONS])).await;
        let clock = ManualClock::at("2026-01-05T08:00:00Z");
        let (first, _) = replica(&db, &clock, 1);
        let (second, heard) = replica(&db, &clock, 2);
        happen(&db, &clock).await;
        assert_eq!(first.dispatch_once().await.unwrap(), 1);

        happen(&db, &clock).await;
        for _ in 0..30 {
            clock.advance(Span::from_seconds(1));
            assert_eq!(second.dispatch_once().await.unwrap(), 0, "the first is there");
            first.dispatch_once().await.unwrap();
        }
        happen(&db, &clock).await;
        clock.advance(Span::from_seconds(9));
        assert_eq!(second.dispatch_once().await.unwrap(), 0, "the first may still be there");
        clock.advance(Span::from_seconds(2));
        assert_eq!(second.dispatch_once().await.unwrap(), 1, "the first is gone");
        assert_eq!(first.dispatch_once().await.unwrap(), 0, "it comes back too late");
        assert_eq!(*heard.0.lock().unwrap(), 1);
    }

    async fn a_replica_whose_clock_was_wrong_holds_nobody_up(database: TestDatabase) {
        let db = database.open(&Schema::new("exam", &[events::MIGRATIONS])).await;
        let (right, ahead) = (ManualClock::at("2026-01-05T08:00:00Z"), ManualClock::at("2026-01-05T09:00:00Z"));
        let (lost, _) = replica(&db, &ahead, 1);
        let (other, _) = replica(&db, &right, 2);
        happen(&db, &right).await;
        assert_eq!(lost.dispatch_once().await.unwrap(), 1);
        happen(&db, &right).await;
        assert_eq!(other.dispatch_once().await.unwrap(), 1);
        // Its clock is set right: it is one of several again.
        ahead.set(right.now());
        happen(&db, &right).await;
        assert_eq!(lost.dispatch_once().await.unwrap(), 0);
        assert_eq!(other.dispatch_once().await.unwrap(), 1);
    }

    async fn a_replica_that_stops_gives_its_place_to_another_at_once(database: TestDatabase) {
        let db = database.open(&Schema::new("exam", &[events::MIGRATIONS])).await;
        let clock = ManualClock::at("2026-01-05T08:00:00Z");
        let (first, _) = replica(&db, &clock, 1);
        let (second, _) = replica(&db, &clock, 2);
        happen(&db, &clock).await;
        assert_eq!(first.dispatch_once().await.unwrap(), 1);
        let stop = CancellationToken::new();
        stop.cancel();
        first.run(stop).await;
        happen(&db, &clock).await;
        assert_eq!(second.dispatch_once().await.unwrap(), 1);
    }
    async fn what_was_handed_on_long_ago_is_forgotten_and_what_waits_is_not(database: TestDatabase) {
        let db = database.open(&Schema::new("exam", &[events::MIGRATIONS])).await;
        let clock = ManualClock::at("2026-01-05T08:00:00Z");
        let (dispatcher, _) = replica(&db, &clock, 1);
        for _ in 0..1_200 {
            happen(&db, &clock).await;
        }
        while dispatcher.dispatch_once().await.unwrap() > 0 {}
        set_one_aside(&db).await;
        taken(&db, &clock).await;

        clock.advance(HANDED_ON_KEPT - Span::from_seconds(1));
        happen(&db, &clock).await;
        assert_eq!(dispatcher.dispatch_once().await.unwrap(), 1);
        assert_eq!(dispatcher.forget().await.unwrap(), Forgotten::default());
        clock.advance(Span::from_seconds(2));
        assert_eq!(dispatcher.forget().await.unwrap(), Forgotten { handed_on: 1_199, taken: 0 });
        assert_eq!(dispatcher.forget().await.unwrap(), Forgotten::default());

        clock.advance(TAKEN_KEPT - HANDED_ON_KEPT);
        assert_eq!(dispatcher.forget().await.unwrap(), Forgotten { handed_on: 1, taken: 1 });
        let (other, _) = replica(&db, &clock, 2);
        assert_eq!(other.forget().await.unwrap(), Forgotten::default(), "it isn't its turn");
        let mut conn = db.read().await.unwrap();
        assert_eq!(dead(&mut conn, "exam").await.unwrap().len(), 1, "what was set aside waits for a person");
    }
}
