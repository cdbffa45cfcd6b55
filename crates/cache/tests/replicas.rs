//! Replicas that share a real Redis, and that lose it.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that can't go on must stop")]

use std::{sync::Arc, time::Duration};

use cache::{Cache, CacheError, CacheSettings, SharedLimits, WAIT_MAX};
use db::{Db, Schema};
use events::{Carrier, FanOut, Presence, Signal, Signals, ThroughDatabase};
use foundation::{Instant, Span};
use telemetry::Dependency;
use test_kit::{OwnRedis, TestDatabase};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(20);

struct Replica {
    cache: Cache,
    dependency: Dependency,
    signals: Signals,
    presence: Presence,
    stop: CancellationToken,
    jobs: JoinSet<()>,
}

impl Replica {
    async fn start(redis: &OwnRedis, number: u128) -> Self {
        let replica = Self::start_with(redis, None, number);
        until(|| replica.dependency.is_up()).await;
        replica
    }

    /// One that has this database too, and maybe no Redis yet.
    fn start_with(redis: &OwnRedis, db: Option<&Db>, number: u128) -> Self {
        let dependency = Dependency::new("cache");
        let settings = CacheSettings::parse(&redis.url(), None).unwrap();
        let cache = Cache::new(settings, dependency.clone());
        let (signals, presence) = (Signals::new(), Presence::default());
        let mut carriers: Vec<Arc<dyn Carrier>> = vec![Arc::new(cache.clone())];
        carriers.extend(db.map(|db| Arc::new(ThroughDatabase::new(db.clone())) as Arc<dyn Carrier>));
        let fan_out = FanOut::new(Uuid::from_u128(number), signals.clone(), presence.clone(), carriers);
        let stop = CancellationToken::new();
        let mut jobs = JoinSet::new();
        jobs.spawn(cache.clone().run(stop.clone()));
        jobs.spawn(fan_out.run(stop.clone()));
        Self { cache, dependency, signals, presence, stop, jobs }
    }

    async fn stop(mut self) {
        self.stop.cancel();
        while self.jobs.join_next().await.is_some() {}
    }

    /// Waits until a hint that `sender` sends again and again is heard here.
    async fn hears(&self, sender: &Self, attempt: u128) {
        let mut heard = self.signals.listen();
        let hint = Signal::Attempt { attempt: Uuid::from_u128(attempt), version: 7 };
        until(|| {
            sender.signals.send(hint);
            heard.take().contains(&hint)
        })
        .await;
    }
}

async fn until(enough: impl FnMut() -> bool) {
    let mut enough = enough;
    let mut look = tokio::time::interval(LOOK);
    let waiting = async {
        while !enough() {
            look.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.expect("it comes about");
}

fn someone(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

#[test]
fn a_hint_is_heard_at_every_replica_and_once_where_it_was_sent() {
    let Some(redis) = OwnRedis::start() else { return };
    test_kit::run(async {
        let (a, b) = (Replica::start(&redis, 1).await, Replica::start(&redis, 2).await);
        b.hears(&a, 100).await;
        let (mut at_a, mut at_b) = (a.signals.listen(), b.signals.listen());
        let mine = Signal::Sitting { sitting: someone(5) };
        a.signals.send(mine);
        assert_eq!(at_a.take(), [mine], "at once where it was sent");
        until(|| at_b.take() == [mine]).await;
        // What b sends after it shows that everything before has arrived: no echo among it.
        let answer = Signal::Sitting { sitting: someone(6) };
        b.signals.send(answer);
        until(|| {
            let heard = at_a.take();
            assert!(heard.is_empty() || heard == [answer], "{heard:?}");
            !heard.is_empty()
        })
        .await;
    });
}

#[test]
fn whoever_is_connected_to_one_replica_is_online_at_all_of_them() {
    let Some(redis) = OwnRedis::start() else { return };
    test_kit::run(async {
        let (a, b) = (Replica::start(&redis, 1).await, Replica::start(&redis, 2).await);
        let first = a.presence.arrive(someone(1));
        until(|| b.presence.is_online(someone(1))).await;
        let _second = a.presence.arrive(someone(2));
        // One that starts later learns of everybody.
        let c = Replica::start(&redis, 3).await;
        until(|| c.presence.is_online(someone(1)) && c.presence.is_online(someone(2))).await;
        drop(first);
        until(|| !b.presence.is_online(someone(1)) && !c.presence.is_online(someone(1))).await;
        // Who stops says so.
        a.stop().await;
        until(|| !b.presence.is_online(someone(2))).await;
    });
}

#[test]
fn a_replica_that_was_killed_is_believed_for_some_seconds_only() {
    let Some(redis) = OwnRedis::start() else { return };
    test_kit::run(async {
        let (a, b) = (Replica::start(&redis, 1).await, Replica::start(&redis, 2).await);
        let _present = a.presence.arrive(someone(1));
        until(|| b.presence.is_online(someone(1))).await;
        let mut a = a;
        a.jobs.abort_all();
        until(|| !b.presence.is_online(someone(1))).await;
    });
}

#[test]
fn flushall_harms_nothing_lasting() {
    let Some(redis) = OwnRedis::start() else { return };
    test_kit::run(async {
        let (a, b) = (Replica::start(&redis, 1).await, Replica::start(&redis, 2).await);
        let _present = a.presence.arrive(someone(1));
        until(|| b.presence.is_online(someone(1))).await;
        redis.tell("FLUSHALL");
        assert!(b.presence.is_online(someone(1)));
        let c = Replica::start(&redis, 3).await;
        until(|| c.presence.is_online(someone(1))).await;
        assert!(b.presence.is_online(someone(1)));
        c.hears(&a, 100).await;
    });
}

#[test]
fn without_redis_each_replica_goes_on_alone_and_with_it_they_find_each_other_again() {
    let Some(redis) = OwnRedis::start() else { return };
    test_kit::run(async {
        let (a, b) = (Replica::start(&redis, 1).await, Replica::start(&redis, 2).await);
        b.hears(&a, 100).await;
        redis.kill_nine();
        until(|| !a.dependency.is_up() && !b.dependency.is_up()).await;
        let _present = a.presence.arrive(someone(1));
        a.hears(&a, 101).await;
        assert!(a.presence.is_online(someone(1)) && !b.presence.is_online(someone(1)));

        redis.start_again();
        until(|| a.dependency.is_up() && b.dependency.is_up()).await;
        until(|| b.presence.is_online(someone(1))).await;
        b.hears(&a, 102).await;
    });
}

#[test]
fn without_redis_replicas_hear_each_other_through_the_database() {
    let (Some(redis), Some(lost)) = (OwnRedis::start(), OwnRedis::start()) else { return };
    test_kit::run(async {
        let Some(database) = TestDatabase::postgres().await else { return };
        let db = database.open(&Schema::new("exam", &[])).await;
        lost.kill_nine();
        // One has Redis, one has lost its way there, one finds it gone later.
        let a = Replica::start_with(&redis, Some(&db), 1);
        let b = Replica::start_with(&lost, Some(&db), 2);
        let c = Replica::start_with(&redis, Some(&db), 3);
        let (_at_a, at_b) = (a.presence.arrive(someone(1)), b.presence.arrive(someone(2)));
        until(|| [&a, &b, &c].iter().all(|one| one.presence.is_online(someone(1)))).await;
        until(|| [&a, &b, &c].iter().all(|one| one.presence.is_online(someone(2)))).await;
        b.hears(&a, 100).await;
        a.hears(&b, 101).await;
        redis.kill_nine();
        drop(at_b);
        until(|| [&a, &b, &c].iter().all(|one| !one.presence.is_online(someone(2)))).await;
        c.hears(&a, 102).await;
        redis.start_again();
        until(|| a.dependency.is_up() && c.dependency.is_up()).await;
        let _at_c = c.presence.arrive(someone(3));
        until(|| [&a, &b].iter().all(|one| one.presence.is_online(someone(3)))).await;
        assert!(b.presence.is_online(someone(1)));
    });
}

#[test]
fn replicas_count_guesses_together_and_apart_when_redis_is_gone() {
    let Some(redis) = OwnRedis::start() else { return };
    test_kit::run(async {
        let (a, b) = (Replica::start(&redis, 1).await, Replica::start(&redis, 2).await);
        let (at_a, at_b) = (SharedLimits::new(a.cache.clone()), SharedLimits::new(b.cache.clone()));
        let (now, every) = (Instant::from_micros(1_800_000_000_000_000), Span::from_seconds(10));
        assert_eq!(at_a.take("sign-in", &[1; 32], 3, every, now).await, None);
        assert_eq!(at_b.take("sign-in", &[1; 32], 3, every, now).await, None);
        assert_eq!(at_a.take("sign-in", &[1; 32], 3, every, now).await, None);
        assert_eq!(at_b.take("sign-in", &[1; 32], 3, every, now).await, Some(every));
        assert_eq!(at_b.take("sign-in", &[2; 32], 3, every, now).await, None, "another source");
        let later = now + every;
        assert_eq!(at_a.take("sign-in", &[1; 32], 3, every, later).await, None);
        assert!(at_b.take("sign-in", &[1; 32], 3, every, later).await.is_some());
        redis.kill_nine();
        assert_eq!(at_b.take("sign-in", &[1; 32], 3, every, later).await, None);
    });
}

#[test]
fn nobody_waits_for_a_redis_that_fell_silent() {
    let Some(redis) = OwnRedis::start() else { return };
    test_kit::run(async {
        let a = Replica::start(&redis, 1).await;
        let limits = SharedLimits::new(a.cache.clone());
        redis.stall();
        let (now, every) = (Instant::from_micros(1_800_000_000_000_000), Span::from_seconds(10));
        let began = tokio::time::Instant::now();
        for _ in 0..100 {
            let asked = tokio::time::Instant::now();
            assert_eq!(limits.take("sign-in", &[1; 32], 1, every, now).await, None);
            // The clock is the machine's, which others use too.
            assert!(asked.elapsed() < WAIT_MAX * 4, "{:?}", asked.elapsed());
        }
        assert!(began.elapsed() < WAIT_MAX * 20, "100 requests waited {:?}", began.elapsed());
        assert!(!a.dependency.is_up());
        redis.go_on();
        until(|| a.dependency.is_up()).await;
    });
}

#[test]
fn a_redis_that_takes_nothing_in_counts_as_away() {
    let Some(redis) = OwnRedis::start() else { return };
    test_kit::run(async {
        let a = Replica::start(&redis, 1).await;
        redis.tell("CONFIG SET maxmemory 1");
        until(|| !a.dependency.is_up()).await;
        redis.tell("CONFIG SET maxmemory 0");
        until(|| a.dependency.is_up()).await;
        redis.tell("REPLICAOF 127.0.0.1 9");
        until(|| !a.dependency.is_up()).await;
    });
}

async fn check(redis: &OwnRedis) -> Result<(), CacheError> {
    let settings = CacheSettings::parse(&redis.url(), None).unwrap();
    Cache::new(settings, Dependency::new("cache")).check().await
}

#[test]
fn a_redis_that_could_drop_our_keys_is_refused() {
    let evicts = ["--maxmemory", "50mb", "--maxmemory-policy", "volatile-ttl"];
    let Some(redis) = OwnRedis::start_with(&evicts) else { return };
    test_kit::run(async {
        let refused = check(&redis).await.unwrap_err().to_string();
        assert!(
            refused.contains("maxmemory-policy is volatile-ttl") && refused.contains("noeviction"),
            "{refused}"
        );
        redis.tell("CONFIG SET maxmemory-policy noeviction");
        check(&redis).await.unwrap();
        redis.tell("CONFIG SET maxmemory 0");
        redis.tell("CONFIG SET maxmemory-policy allkeys-lru");
        check(&redis).await.unwrap();
    });
    drop(redis);

    // A hosted one may not let us ask for its configuration.
    let silent =
        ["--maxmemory", "50mb", "--maxmemory-policy", "allkeys-lru", "--rename-command", "CONFIG", ""];
    let Some(redis) = OwnRedis::start_with(&silent) else { return };
    test_kit::run(async {
        assert!(matches!(check(&redis).await, Err(CacheError::Evicts { .. })));
    });
}

#[test]
fn a_redis_that_isnt_there_is_no_reason_not_to_start() {
    let Some(redis) = OwnRedis::start() else { return };
    redis.kill_nine();
    test_kit::run(async { check(&redis).await.unwrap() });
}

#[test]
fn a_redis_that_no_trusted_authority_vouches_for_is_not_spoken_to() {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let Some(redis) = OwnRedis::start_with_tls(&own.cert.pem(), &own.signing_key.serialize_pem()) else {
        return;
    };
    test_kit::run(async {
        let connects = async |name: &str, ca: Option<String>| {
            let settings = CacheSettings::parse(&redis.tls_url(name), ca.as_deref()).unwrap();
            let (dependency, stop) = (Dependency::new("cache"), CancellationToken::new());
            let running = tokio::spawn(Cache::new(settings, dependency.clone()).run(stop.clone()));
            let up = tokio::time::timeout(Duration::from_secs(3), until(|| dependency.is_up())).await.is_ok();
            stop.cancel();
            running.await.unwrap();
            up
        };
        assert!(connects("localhost", Some(own.cert.pem())).await);
        assert!(!connects("localhost", None).await, "nobody vouches for it");
        assert!(
            !connects("localhost", Some(other.cert.pem())).await,
            "somebody else vouches for another one"
        );
        assert!(!connects("127.0.0.1", Some(own.cert.pem())).await, "its name is another");
    });
}
