//! Facts mean the same whether they go through this process or through RabbitMQ.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod house;

use std::sync::atomic::Ordering;

use broker::{DeadLetters, DeadList};
use house::{EXAM, House, SUBSCRIPTION};
use lapin::{BasicProperties, Connection, ConnectionProperties, options::BasicPublishOptions};
use test_kit::{OwnRabbit, TestDatabase};

/// Makes each test three: through this process on either database, and through RabbitMQ.
macro_rules! on_both_buses {
    ($(async fn $name:ident($house:ident: $type:ty) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn test(mut $house: $type) $body

            #[test]
            fn in_process_on_sqlite() {
                test_kit::run(async { test(House::open(&TestDatabase::sqlite(), None).await).await });
            }

            #[test]
            fn in_process_on_postgres() {
                test_kit::run(async {
                    if let Some(database) = TestDatabase::postgres().await {
                        test(House::open(&database, None).await).await;
                    }
                });
            }

            #[test]
            fn over_rabbitmq() {
                if let Some(url) = OwnRabbit::shared_host() {
                    test_kit::run(async {
                        test(House::open(&TestDatabase::sqlite(), Some(&url)).await).await;
                    });
                }
            }
        }
    )*};
}

on_both_buses! {
    async fn facts_are_taken_once_each_in_the_order_of_the_outbox(house: House) {
        let _ = &mut house;
        house.happen(1..=250).await;
        house.happen_unheard().await;
        house.taker.until(|taker| taker.taken().len() == 250).await;
        assert_eq!(house.taker.taken(), (1..=250).collect::<Vec<i64>>());
        house.until(|| async { house.waiting().await == 0 }).await;
    }

    async fn a_fact_that_comes_twice_is_taken_once(house: House) {
        let _ = &mut house;
        house.happen(1..=3).await;
        house.taker.until(|taker| taker.taken().len() == 3).await;
        house.until(|| async { house.waiting().await == 0 }).await;
        house.run("UPDATE exam.outbox SET published_at = NULL").await;
        house.happen([4]).await;
        house.taker.until(|taker| taker.taken().contains(&4)).await;
        assert_eq!(house.taker.taken(), [1, 2, 3, 4]);
        assert_eq!(house.taker.times_asked(1), 2);
    }

    async fn a_poisoned_fact_holds_up_no_other_and_can_be_sent_again_when_it_is_dead(house: House) {
        let _ = &mut house;
        house.taker.refuses.lock().unwrap().insert(2);
        house.taker.panics_at.lock().unwrap().insert(3);
        house.happen(1..=5).await;
        house.taker.until(|taker| taker.taken().len() == 3).await;
        assert_eq!(house.taker.taken(), [1, 4, 5]);

        let dead = house.dead_letters(2).await;
        assert_eq!(house.taker.times_asked(2), 12);
        assert!(dead.iter().any(|(_, why)| why.contains("fact 2 can't be taken")), "{dead:?}");
        assert!(dead.iter().any(|(_, why)| why.contains("panicked")), "{dead:?}");

        house.taker.refuses.lock().unwrap().clear();
        house.taker.panics_at.lock().unwrap().clear();
        for (id, _) in &dead {
            house.replay(*id).await;
        }
        house.taker.until(|taker| taker.taken().len() == 5).await;
        assert!(house.dead_letters(0).await.is_empty());
    }

    async fn a_consumer_whose_database_is_away_makes_no_dead_letters(house: House) {
        let _ = &mut house;
        house.taker.away.store(true, Ordering::SeqCst);
        house.happen([1]).await;
        house.taker.until(|taker| taker.times_asked(1) > 15).await;
        house.taker.away.store(false, Ordering::SeqCst);
        house.taker.until(|taker| taker.taken() == [1]).await;
        assert!(house.dead_letters(0).await.is_empty());
    }

    async fn a_consumer_that_dies_between_taking_and_answering_has_taken_the_fact_once(house: House) {
        house.taker.hangs.store(true, Ordering::SeqCst);
        house.happen([1]).await;
        house.taker.until(|taker| taker.taken() == [1]).await;
        house.crash().await;
        house.happen([2]).await;
        house.start_carrying();
        house.taker.until(|taker| taker.taken() == [1, 2]).await;
        assert_eq!(house.taker.times_asked(1), 2, "it came again");
    }
}

#[test]
fn facts_wait_in_the_outbox_while_the_broker_is_away_and_go_out_when_it_returns() {
    let Some(rabbit) = OwnRabbit::start() else { return };
    test_kit::run(async {
        // Its folder lasts as long as this.
        let database = TestDatabase::sqlite();
        let house = House::open(&database, Some(&rabbit.url())).await;
        house.happen([1]).await;
        house.taker.until(|taker| taker.taken() == [1]).await;
        assert!(house.dependency.is_up());

        rabbit.kill_nine();
        house.until(|| async { !house.dependency.is_up() }).await;
        house.happen(2..=20).await;
        // Many looks at the outbox later nothing was lost, tried or counted.
        let looks = house.clock.clone();
        let now = foundation::Clock::now(&looks);
        house
            .until(|| {
                let later = foundation::Clock::now(&looks) > now + foundation::Span::from_seconds(200);
                async move { later }
            })
            .await;
        assert_eq!(house.waiting().await, 19);
        assert_eq!(house.ask("SELECT COUNT(*) FROM exam.outbox WHERE tries > 0").await, 0);

        rabbit.start_again();
        house.taker.until(|taker| taker.taken().len() == 20).await;
        assert_eq!(house.taker.taken(), (1..=20).collect::<Vec<i64>>());
        house.until(|| async { house.dependency.is_up() }).await;
    });
}

#[test]
fn facts_for_a_consumer_that_was_never_started_wait_for_it_at_the_broker() {
    let Some(url) = OwnRabbit::shared_host() else { return };
    test_kit::run(async {
        // Its folder lasts as long as this.
        let database = TestDatabase::sqlite();
        let mut house = House::open_idle(&database, Some(&url)).await;
        house.happen([1, 2]).await;
        house.start_publishing_only();
        house.until(|| async { house.waiting().await == 0 }).await;
        assert!(house.taker.taken().is_empty());
        house.start_carrying();
        house.taker.until(|taker| taker.taken() == [1, 2]).await;
    });
}

#[test]
fn a_message_that_is_no_fact_is_set_aside_and_holds_nothing_up() {
    let Some(url) = OwnRabbit::shared_host() else { return };
    test_kit::run(async {
        let database = TestDatabase::sqlite();
        let house = House::open(&database, Some(&url)).await;
        house.happen([1]).await;
        house.taker.until(|taker| taker.taken() == [1]).await;
        let settings = house.settings.as_ref().unwrap();
        send(&url, SUBSCRIPTION.consumer, b"no fact").await;
        house.happen([2]).await;
        house.taker.until(|taker| taker.taken() == [1, 2]).await;

        let letters = DeadLetters::connect(settings, &[SUBSCRIPTION]).await.unwrap();
        let aside = DeadList { letters: Vec::new(), unreadable: 1 };
        house.until(|| async { letters.list(SUBSCRIPTION.consumer).await.unwrap() == aside }).await;
        // Looking took nothing away.
        assert_eq!(letters.list(SUBSCRIPTION.consumer).await.unwrap(), aside);
    });
}

/// Puts a message into a queue, as a stranger would.
async fn send(url: &str, queue: &str, body: &[u8]) {
    let connection = Connection::connect(url, ConnectionProperties::default()).await.unwrap();
    let channel = connection.create_channel().await.unwrap();
    channel.confirm_select(Default::default()).await.unwrap();
    let options = BasicPublishOptions::default();
    let sent = channel.basic_publish("".into(), queue.into(), options, body, BasicProperties::default());
    assert!(sent.await.unwrap().await.unwrap().is_ack());
}

impl House {
    /// Waits until there are this many dead letters; answers each one's id and why it is there.
    async fn dead_letters(&self, count: usize) -> Vec<(events::EventId, String)> {
        let letters = match &self.settings {
            Some(settings) => Some(DeadLetters::connect(settings, &[SUBSCRIPTION]).await.unwrap()),
            None => None,
        };
        let found = std::sync::Mutex::new(Vec::new());
        self.until(|| async {
            let now = match &letters {
                Some(letters) => {
                    let list = letters.list(SUBSCRIPTION.consumer).await.unwrap();
                    list.letters.into_iter().map(|letter| (letter.id, letter.why)).collect::<Vec<_>>()
                }
                None => {
                    let mut conn = self.db.read().await.unwrap();
                    let list = events::dead(&mut conn, EXAM).await.unwrap();
                    list.into_iter().map(|fact| (fact.id, fact.failure.unwrap_or_default())).collect()
                }
            };
            let enough = now.len() == count;
            *found.lock().unwrap() = now;
            enough
        })
        .await;
        found.into_inner().unwrap()
    }

    async fn replay(&self, fact: events::EventId) {
        if let Some(settings) = &self.settings {
            let letters = DeadLetters::connect(settings, &[SUBSCRIPTION]).await.unwrap();
            assert_eq!(letters.replay(SUBSCRIPTION.consumer, &[fact]).await.unwrap(), 1);
            assert_eq!(letters.replay(SUBSCRIPTION.consumer, &[fact]).await.unwrap(), 0, "it is sent once");
        } else {
            let mut tx = self.db.begin().await.unwrap();
            assert!(events::replay(&mut tx, EXAM, fact).await.unwrap());
            tx.commit().await.unwrap();
        }
    }
}
