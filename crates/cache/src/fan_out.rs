//! Signals and presence between replicas.
//!
//! Each replica says once a second on one channel who came and went, and hints that can wait as long; hints about an
//! attempt go out at once, ten times a second at most. Who is connected to it also stands in a set with an expiry, for
//! replicas that come later or missed something. All of it is gone after a `FLUSHALL`, and there again a second later.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    time::Duration,
};

use events::{Changes, Presence, Signal, Signals};
use futures::StreamExt as _;
use redis::Pipeline;
use serde::{Deserialize, Serialize};
use tokio::{sync::broadcast::error::RecvError, time::Instant};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Cache, CacheError, connection::JOB_WAIT_MAX};

const CHANNEL: &str = "exam-system:fan-out:1";
/// How often hints about attempts go out.
const HINTS_EVERY: Duration = Duration::from_millis(100);
/// How often presence goes out, in rounds of hints: each second.
const PRESENCE_ROUNDS: u32 = 10;
/// How long a replica that says nothing is believed to be there.
const SILENCE_MAX: Duration = Duration::from_secs(10);
/// As long as that, for its keys.
const EXPIRY_SECONDS: i64 = 10;
/// How long the channel may be silent before we listen anew: we hear ourselves each second.
const CHANNEL_SILENCE_MAX: Duration = Duration::from_secs(5);
const LISTEN_AGAIN: Duration = Duration::from_millis(500);

/// Carries signals and presence between replicas.
#[derive(Clone)]
pub struct FanOut {
    cache: Cache,
    me: Uuid,
    signals: Signals,
    presence: Presence,
}

/// What one replica says to the others.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Word {
    from: Uuid,
    /// Counts what it said about presence; none when this says nothing about it.
    seq: Option<u64>,
    arrived: Vec<Uuid>,
    left: Vec<Uuid>,
    attempts: Vec<(Uuid, i64)>,
    sittings: Vec<Uuid>,
    /// It stops.
    gone: bool,
}

impl FanOut {
    /// Between this process, which is `me` among its replicas, and the others.
    pub fn new(cache: Cache, me: Uuid, signals: Signals, presence: Presence) -> Self {
        Self { cache, me, signals, presence }
    }

    /// Tells the others until `stop`.
    pub async fn tell(self, stop: CancellationToken) {
        let mut teller = Teller::new(self);
        let mut outgoing = teller.fan_out.signals.outgoing();
        let mut round = tokio::time::interval(HINTS_EVERY);
        round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut rounds = 0_u32;
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                signal = outgoing.recv() => match signal {
                    Ok(signal) => teller.note(signal),
                    Err(RecvError::Lagged(lost)) => tracing::info!(lost, "hints to replicas were lost; browsers poll"),
                    Err(RecvError::Closed) => break,
                },
                _ = round.tick() => {
                    rounds = (rounds + 1) % PRESENCE_ROUNDS;
                    if rounds == 0 { teller.tell_presence().await } else { teller.tell_hints().await }
                }
            }
        }
        teller.say_goodbye().await;
    }

    /// Hears the others until `stop`.
    pub async fn listen(self, stop: CancellationToken) {
        let mut listener = Listener { fan_out: self, heard: HashMap::new() };
        while !stop.is_cancelled() {
            let heard = tokio::select! {
                () = stop.cancelled() => return,
                heard = listener.listen() => heard,
            };
            if let Err(error) = heard {
                tracing::info!(%error, "replicas aren't heard");
            }
            listener.forget_the_silent();
            tokio::time::sleep(LISTEN_AGAIN).await;
        }
    }

    fn set_key(&self, replica: Uuid) -> String {
        format!("exam-system:presence:{replica}")
    }

    fn seq_key(&self, replica: Uuid) -> String {
        format!("exam-system:presence:{replica}:seq")
    }
}

/// What this replica has to say.
struct Teller {
    fan_out: FanOut,
    attempts: HashMap<Uuid, i64>,
    sittings: HashSet<Uuid>,
    seq: u64,
    /// Whether our set holds everybody who is here: not at first, and not after it was lost.
    announced: bool,
}

impl Teller {
    fn new(fan_out: FanOut) -> Self {
        Self { fan_out, attempts: HashMap::new(), sittings: HashSet::new(), seq: 0, announced: false }
    }

    fn note(&mut self, signal: Signal) {
        match signal {
            Signal::Attempt { attempt, version } => {
                let newest = self.attempts.entry(attempt).or_insert(version);
                *newest = version.max(*newest);
            }
            Signal::Sitting { sitting } => {
                self.sittings.insert(sitting);
            }
        }
    }

    async fn tell_hints(&mut self) {
        if self.attempts.is_empty() {
            return;
        }
        let attempts = self.attempts.drain().collect();
        let word = Word { from: self.fan_out.me, attempts, ..Word::default() };
        let mut said = redis::pipe();
        publish(&mut said, &word);
        // Lost when Redis is away: they are hints.
        let _: Option<()> = self.fan_out.cache.ask(&said, JOB_WAIT_MAX).await;
    }

    /// One pipeline: what changed into our set, its new expiry, and word of it to the others. Its first command shows
    /// whether our keys are still there.
    async fn tell_presence(&mut self) {
        let (me, cache) = (self.fan_out.me, self.fan_out.cache.clone());
        if !cache.is_up() {
            self.announced = false;
            self.attempts.clear();
            self.sittings.clear();
            return;
        }
        let before = self.seq;
        let (set, counter) = (self.fan_out.set_key(me), self.fan_out.seq_key(me));
        let mut said = redis::pipe();
        said.atomic().cmd("GET").arg(&counter);
        let changes = if self.announced {
            self.seq += 1;
            self.fan_out.presence.changes()
        } else {
            // A step too many tells the others to read the whole set.
            self.seq += 2;
            said.del(&set).ignore();
            let everybody = self.fan_out.presence.everybody_here();
            Changes { arrived: everybody, left: Vec::new() }
        };
        if !changes.arrived.is_empty() {
            said.sadd(&set, bytes(&changes.arrived)).ignore();
        }
        if !changes.left.is_empty() {
            said.srem(&set, bytes(&changes.left)).ignore();
        }
        said.expire(&set, EXPIRY_SECONDS).ignore();
        said.cmd("SET").arg(&counter).arg(self.seq).arg("EX").arg(EXPIRY_SECONDS).ignore();
        let word = Word {
            from: me,
            seq: Some(self.seq),
            arrived: changes.arrived,
            left: changes.left,
            attempts: self.attempts.drain().collect(),
            sittings: self.sittings.drain().collect(),
            gone: false,
        };
        publish(&mut said, &word);
        let known: Option<(Option<u64>,)> = cache.ask(&said, JOB_WAIT_MAX).await;
        self.announced = match known {
            // Said in full just now.
            Some(_) if self.seq == before + 2 => true,
            Some((known,)) => known == Some(before),
            None => false,
        };
    }

    async fn say_goodbye(self) {
        let me = self.fan_out.me;
        let mut said = redis::pipe();
        said.del(self.fan_out.set_key(me)).ignore().del(self.fan_out.seq_key(me)).ignore();
        publish(&mut said, &Word { from: me, gone: true, ..Word::default() });
        let _: Option<()> = self.fan_out.cache.ask(&said, JOB_WAIT_MAX).await;
    }
}

/// What this replica has heard of the others.
struct Listener {
    fan_out: FanOut,
    heard: HashMap<Uuid, Heard>,
}

struct Heard {
    seq: Option<u64>,
    at: Instant,
}

impl Listener {
    async fn listen(&mut self) -> Result<(), CacheError> {
        let client = &self.fan_out.cache.settings().client;
        let subscribing = async {
            let mut channel = client.get_async_pubsub().await?;
            channel.subscribe(CHANNEL).await?;
            Ok::<_, CacheError>(channel)
        };
        let mut channel =
            tokio::time::timeout(JOB_WAIT_MAX, subscribing).await.unwrap_or(Err(CacheError::Slow))?;
        // Something may have been missed: each replica's set is read again.
        for heard in self.heard.values_mut() {
            heard.seq = None;
        }
        let mut words = channel.on_message();
        loop {
            let word = tokio::time::timeout(CHANNEL_SILENCE_MAX, words.next()).await;
            let Ok(Some(word)) = word else { return Err(CacheError::Slow) };
            if let Ok(word) = serde_json::from_slice::<Word>(word.get_payload_bytes())
                && word.from != self.fan_out.me
            {
                self.hear(word).await;
            }
            self.forget_the_silent();
        }
    }

    /// Presence first: whoever looks because of a hint finds it as it is.
    async fn hear(&mut self, word: Word) {
        let (replica, now) = (word.from, Instant::now());
        if word.gone {
            self.heard.remove(&replica);
            self.fan_out.presence.forget(replica);
            return;
        }
        if let Some(seq) = word.seq {
            let known = self.heard.get(&replica).and_then(|heard| heard.seq);
            let known = match known {
                Some(known) if seq <= known => Some(known),
                Some(known) if seq == known + 1 => {
                    self.fan_out.presence.learn(replica, &Changes { arrived: word.arrived, left: word.left });
                    Some(seq)
                }
                _ => self.read_all(replica).await,
            };
            self.heard.insert(replica, Heard { seq: known, at: now });
        }
        for (attempt, version) in word.attempts {
            self.fan_out.signals.deliver(Signal::Attempt { attempt, version });
        }
        for sitting in word.sittings {
            self.fan_out.signals.deliver(Signal::Sitting { sitting });
        }
    }

    /// Reads a replica's whole set; none when it can't, and then the next word tries again.
    async fn read_all(&self, replica: Uuid) -> Option<u64> {
        let mut asked = redis::pipe();
        asked.atomic().smembers(self.fan_out.set_key(replica)).get(self.fan_out.seq_key(replica));
        let (there, seq): (Vec<Vec<u8>>, Option<u64>) = self.fan_out.cache.ask(&asked, JOB_WAIT_MAX).await?;
        let there = there.iter().filter_map(|bytes| Uuid::from_slice(bytes).ok()).collect();
        self.fan_out.presence.know(replica, there);
        seq
    }

    fn forget_the_silent(&mut self) {
        let presence = &self.fan_out.presence;
        self.heard.retain(|replica, heard| {
            let is_heard = heard.at.elapsed() < SILENCE_MAX;
            if !is_heard {
                presence.forget(*replica);
            }
            is_heard
        });
    }
}

fn publish(said: &mut Pipeline, word: &Word) {
    if let Ok(text) = serde_json::to_vec(word) {
        said.publish(CHANNEL, text).ignore();
    }
}

fn bytes(ids: &[Uuid]) -> Vec<&[u8]> {
    ids.iter().map(|id| id.as_bytes().as_slice()).collect()
}

impl fmt::Debug for FanOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FanOut({})", self.me)
    }
}
