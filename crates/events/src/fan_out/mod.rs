//! Signals and presence between replicas.
//!
//! Each replica says once a second who came and went, and hints that can wait as long; hints about an attempt go out at
//! once, ten times a second at most. It says so by the first carrier that works, and by those further down on which somebody
//! says that he hears no other. Who missed something says so, and is told everything anew.

mod carrier;
mod word;

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
    time::Duration,
};

use futures::future::join_all;
use tokio::{sync::mpsc, time::Instant};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub use carrier::{Carrier, Ear, ThroughDatabase};
use word::Word;

use crate::{Changes, Listener, Presence, Signal, Signals};

/// How often hints about attempts go out.
const HINTS_EVERY: Duration = Duration::from_millis(100);
/// How often presence goes out, in rounds of hints: each second.
const PRESENCE_ROUNDS: u32 = 10;
/// How long a replica that says nothing is believed to be there.
const SILENCE_MAX: Duration = Duration::from_secs(10);
const LISTEN_AGAIN: Duration = Duration::from_millis(500);

/// Carries signals and presence between replicas.
pub struct FanOut {
    me: Uuid,
    signals: Signals,
    /// What is sent here, and waits to be told.
    outgoing: Listener,
    presence: Presence,
    /// The best first.
    ways: Vec<Way>,
    /// The other replicas.
    others: HashMap<Uuid, Other>,
    /// Words about presence so far.
    seq: u64,
    /// Whether the others were told of everybody who is here, or will find out that they were not.
    announced: bool,
}

struct Way {
    carrier: Arc<dyn Carrier>,
    /// When somebody last said that he hears no other.
    needed_at: Option<Instant>,
}

/// What is known of another replica.
struct Other {
    /// Its last word about presence; none when one was missed.
    seq: Option<u64>,
    heard_at: Instant,
}

impl FanOut {
    /// Between this process, which is `me` among its replicas, and the others, by `carriers`, the best first.
    pub fn new(me: Uuid, signals: Signals, presence: Presence, carriers: Vec<Arc<dyn Carrier>>) -> Self {
        let ways = carriers.into_iter().map(|carrier| Way { carrier, needed_at: None }).collect();
        Self {
            me,
            outgoing: signals.outgoing(),
            signals,
            presence,
            ways,
            others: HashMap::new(),
            seq: 0,
            announced: false,
        }
    }

    /// Tells and hears the others until `stop`.
    pub async fn run(self, stop: CancellationToken) {
        let (sender, heard) = mpsc::unbounded_channel();
        let listening =
            self.ways.iter().enumerate().map(|(way, Way { carrier, .. })| {
                listen(way, Arc::clone(carrier), sender.clone(), stop.clone())
            });
        let listening = join_all(listening.collect::<Vec<_>>());
        tokio::join!(listening, self.go_round(heard, stop.clone()));
    }

    async fn go_round(
        mut self,
        mut heard: mpsc::UnboundedReceiver<(usize, String)>,
        stop: CancellationToken,
    ) {
        let mut round = tokio::time::interval(HINTS_EVERY);
        round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut rounds = 0_u32;
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                Some((way, text)) = heard.recv() => self.hear(way, &text),
                _ = round.tick() => {
                    rounds = (rounds + 1) % PRESENCE_ROUNDS;
                    if rounds == 0 { self.tell_presence().await } else { self.tell_hints().await }
                }
            }
        }
        self.say(vec![Word::goodbye(self.me)]).await;
    }

    async fn tell_hints(&mut self) {
        let attempts = self.outgoing.take_attempts();
        if !attempts.is_empty() && !self.others.is_empty() {
            // Lost when nothing carries: they are hints.
            self.say(Word::hints(self.me, attempts, HashSet::new())).await;
        }
    }

    async fn tell_presence(&mut self) {
        self.forget_the_silent();
        let hints = Word::hints(self.me, self.outgoing.take_attempts(), self.outgoing.take_sittings());
        if self.others.is_empty() {
            // Nobody asks who is here. Whoever comes hears that we are, says that he is, and is told then.
            self.announced = false;
            self.say(vec![Word::sign_of_life(self.me)]).await;
            return;
        }
        let changes = if self.announced {
            self.presence.changes()
        } else {
            Changes { arrived: self.presence.everybody_here(), left: Vec::new() }
        };
        let mut words = Word::presence(self.me, &mut self.seq, !self.announced, &changes);
        let missed = self.others.iter().filter(|(_, other)| other.seq.is_none());
        words[0].missed = missed.map(|(replica, _)| *replica).collect();
        // Presence first: whoever looks because of a hint finds it as it is.
        words.extend(hints);
        self.announced = self.say(words).await;
    }

    /// Whether `words` were said.
    async fn say(&self, words: Vec<Word>) -> bool {
        let mut is_said = false;
        for (place, way) in self.ways.iter().enumerate() {
            let is_needed = way.needed_at.is_some_and(|at| at.elapsed() < SILENCE_MAX);
            if is_said && !is_needed {
                continue;
            }
            let only_here = place > 0 && !is_said;
            let words = words.iter().map(|word| Word { only_here, ..word.clone() });
            let texts: Vec<_> = words.filter_map(|word| serde_json::to_string(&word).ok()).collect();
            is_said |= way.carrier.say(&texts).await;
        }
        is_said
    }

    fn hear(&mut self, way: usize, text: &str) {
        let Ok(word) = serde_json::from_str::<Word>(text) else { return };
        let (replica, now) = (word.from, Instant::now());
        if replica == self.me {
            return;
        }
        if word.only_here
            && let Some(way) = self.ways.get_mut(way)
        {
            way.needed_at = Some(now);
        }
        if word.gone {
            self.others.remove(&replica);
            self.presence.forget(replica);
            return;
        }
        if word.missed.contains(&self.me) {
            self.announced = false;
        }
        let other = self.others.entry(replica).or_insert(Other { seq: None, heard_at: now });
        other.heard_at = now;
        if let Some(seq) = word.seq {
            let follows = other.seq.is_some_and(|known| seq == known + 1);
            let is_old = other.seq.is_some_and(|known| seq <= known);
            if is_old {
                // It has come before, by another way.
            } else if word.anew {
                self.presence.know(replica, word.arrived.into_iter().collect());
                other.seq = Some(seq);
            } else if follows {
                self.presence.learn(replica, &Changes { arrived: word.arrived, left: word.left });
                other.seq = Some(seq);
            } else {
                other.seq = None;
            }
        }
        for (attempt, version) in word.attempts {
            self.signals.deliver(Signal::Attempt { attempt, version });
        }
        for sitting in word.sittings {
            self.signals.deliver(Signal::Sitting { sitting });
        }
    }

    fn forget_the_silent(&mut self) {
        let presence = &self.presence;
        self.others.retain(|replica, other| {
            let is_heard = other.heard_at.elapsed() < SILENCE_MAX;
            if !is_heard {
                presence.forget(*replica);
            }
            is_heard
        });
    }
}

/// Listens by one carrier until `stop`, and again whenever it can't go on.
async fn listen(
    way: usize,
    carrier: Arc<dyn Carrier>,
    heard: mpsc::UnboundedSender<(usize, String)>,
    stop: CancellationToken,
) {
    let listening = async {
        loop {
            // Nobody takes it any more only when it stops.
            carrier.listen(&|text| drop(heard.send((way, text)))).await;
            tokio::time::sleep(LISTEN_AGAIN).await;
        }
    };
    stop.run_until_cancelled(listening).await;
}

impl fmt::Debug for FanOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FanOut({})", self.me)
    }
}
