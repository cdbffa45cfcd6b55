//! The group-commit writer: the one way into the journal. It has a thread of its own: where thousands of requests wait for
//! their turn on the others, each step of a batch would wait behind them, and they for the batch.
//!
//! Commands queue up while the last batch commits; the next transaction takes all of them. An answer leaves after the
//! commit has returned, which is after the disk has said so. A client that hangs up cancels nothing: its command is in
//! the queue. A command that the database refuses, or that panics, is found by halving the batch, and only it fails.

mod acts;
mod batch;
mod chain;
mod command;
mod company;
mod heart;
mod queue;
mod sections;

use std::{
    fmt, io,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    thread,
};

use foundation::{Problem, Span};
use telemetry::names;
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant as Moment,
};

pub use self::chain::Chain;
pub use self::command::{
    AttemptStatus, Command, EntryFate, EntryToSave, NotOpened, Outcome, Saved, SavedEntry, StartedAttempt,
};
use self::company::Company;
pub use self::heart::Heart;
use self::queue::Queue;

/// Commands that may wait. A full queue answers 503 at once, and the answers stay on the devices.
pub const QUEUE_COMMANDS_MAX: usize = 20_000;
/// Commands taken into one transaction.
pub const BATCH_COMMANDS_MAX: usize = 1_000;
/// From so many commands on that wait, or are being written, what can wait for candidates waits. Five thousand answers a second
/// are fewer.
pub const CROWD_COMMANDS: i64 = 100;
/// Entries taken into one transaction.
pub const BATCH_ENTRIES_MAX: usize = 4_000;

/// How a writer takes its time.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long the first command of a batch waits for company.
    pub linger: Span,
    /// With so many commands a batch waits no longer.
    pub company: usize,
    /// How long a batch may take before the database counts as gone: longer than a lock may keep it waiting, shorter than
    /// the 20 seconds for which a device waits.
    pub batch_max: Span,
    /// Who has waited so long behind a batch that couldn't be written isn't made to wait for the next, which may take as long
    /// again.
    pub behind_failure_max: Span,
}

impl Default for Pace {
    fn default() -> Self {
        // A batch costs as much as several commands, whatever it holds. A thousand answers a second are ten to a batch so, and
        // five thousand wait three milliseconds.
        Self {
            linger: Span::from_millis(10),
            company: 16,
            batch_max: Span::from_seconds(15),
            behind_failure_max: Span::from_seconds(2),
        }
    }
}

enum Asked {
    /// To write a command.
    Write(Queued),
    /// To give a sign of life, and say whether it could.
    Beat(oneshot::Sender<Result<(), Problem>>),
    /// To say when everything asked before has been answered.
    Settle(oneshot::Sender<()>),
}

pub(crate) struct Queued {
    command: Command,
    reply: oneshot::Sender<Result<Outcome, Problem>>,
    since: Moment,
    #[expect(dead_code, reason = "counts until it is dropped")]
    place: Place,
}

/// A command that waits or is being written, whether or not somebody still waits for its answer.
struct Place(Arc<AtomicI64>);

impl Place {
    fn take(depth: &Arc<AtomicI64>) -> Self {
        let waiting = depth.fetch_add(1, Ordering::Relaxed) + 1;
        metrics::gauge!(names::JOURNAL_QUEUE_DEPTH).set(waiting as f64);
        Self(Arc::clone(depth))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the writer's thread has done with what it was asked.
enum Answer {
    /// The commands are durable; what came of each.
    Written(Vec<Queued>, Vec<Outcome>),
    /// Everything before has been answered.
    Settled(oneshot::Sender<()>),
}

type Answers = mpsc::UnboundedSender<Answer>;

/// Hands commands to the writer's thread. Cheap to clone.
#[derive(Clone)]
pub struct Writer {
    queue: mpsc::Sender<Asked>,
    depth: Arc<AtomicI64>,
    company: Arc<Company>,
    heart: Heart,
}

impl Writer {
    /// Starts the writer's thread. It ends, after everything queued is written, when the last `Writer` is dropped.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(chain: Chain, pace: Pace) -> io::Result<Self> {
        let (queue, commands) = mpsc::channel(QUEUE_COMMANDS_MAX);
        let depth = Arc::new(AtomicI64::new(0));
        let company = Arc::new(Company::enough_at(pace.company));
        let heart = chain.heart.clone();
        let waiting = Queue::new(commands, Arc::clone(&company), Arc::clone(&depth), pace);
        let (answers, answered) = mpsc::unbounded_channel();
        tokio::spawn(answer(answered));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name("writer".to_owned()).spawn(move || {
            runtime.block_on(async move {
                let chain = chain.alone(pace.batch_max.to_std());
                run(waiting, chain, answers).await;
            });
        })?;
        Ok(Self { queue, depth, company, heart })
    }

    /// Hands `command` to the writer and waits until it is durable.
    ///
    /// # Errors
    /// 503 when the queue is full or the database can't write; then nothing of the command was taken in.
    pub async fn run(&self, command: Command) -> Result<Outcome, Problem> {
        let (reply, answer) = oneshot::channel();
        let place = Place::take(&self.depth);
        let queued = Queued { command, reply, since: Moment::now(), place };
        self.company.joined_by(|| self.queue.try_send(Asked::Write(queued))).map_err(|_| {
            Problem::unavailable(
                "exam.save_unavailable",
                "The server has too much to write just now. Your answers stay on this device and are sent again.",
                2,
            )
            .log("the writer's queue is full or closed")
        })?;
        answer.await.unwrap_or_else(|_| Err(Problem::internal("the writer dropped a command")))
    }

    /// Whether so many candidates wait for it that others should let them go first.
    pub fn is_crowded(&self) -> bool {
        self.depth.load(Ordering::Relaxed) >= CROWD_COMMANDS
    }

    /// When this writer last gave a sign of life.
    pub const fn heart(&self) -> &Heart {
        &self.heart
    }

    /// Gives a sign of life, behind the batch that is being written. See [`heart`].
    ///
    /// # Errors
    /// When the queue is full or the database can't write: an answer couldn't have been taken in either.
    pub async fn beat(&self) -> Result<(), Problem> {
        self.heart.begin();
        let (reply, answer) = oneshot::channel();
        let full = || Problem::internal("the writer's queue is full or closed");
        self.queue.try_send(Asked::Beat(reply)).map_err(|_| full())?;
        answer.await.unwrap_or_else(|_| Err(full()))
    }

    /// Waits until every command that was accepted before has been written or refused.
    ///
    /// # Errors
    /// When the writer has ended.
    pub async fn settle(&self) -> Result<(), Problem> {
        let (reply, settled) = oneshot::channel();
        let ended = || Problem::internal("the writer has ended");
        self.queue.send(Asked::Settle(reply)).await.map_err(|_| ended())?;
        settled.await.map_err(|_| ended())
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writer")
    }
}

/// Answers on the threads that the requests wait on: from the writer's, each answer would wake one of them by itself.
async fn answer(mut answered: mpsc::UnboundedReceiver<Answer>) {
    while let Some(answer) = answered.recv().await {
        match answer {
            Answer::Written(batch, outcomes) => {
                for (queued, outcome) in batch.into_iter().zip(outcomes) {
                    // Whoever asked may have gone; what they sent is safe all the same.
                    let _ = queued.reply.send(Ok(outcome));
                }
            }
            Answer::Settled(reply) => {
                let _ = reply.send(());
            }
        }
    }
}

async fn run(mut queue: Queue, mut chain: Chain, answers: Answers) {
    while let Some(mut turn) = queue.turn().await {
        let beats = std::mem::take(&mut turn.beats);
        if (!beats.is_empty() || !chain.heart.is_fresh())
            && let Err(error) = beat(&mut chain, beats).await
            && error.is_unavailable()
        {
            if !chain.heart.is_fresh() {
                // Neither could these be written, and who sent them has waited long enough.
                refuse(turn.batch.drain(..), &error);
            }
            queue.turn_away(&mut turn.batch, &error);
        }
        while !turn.batch.is_empty() {
            if let Err(error) = chain.write(turn.cut(), &answers).await {
                queue.turn_away(&mut turn.batch, &error);
            }
        }
        for reply in turn.settling {
            let _ = answers.send(Answer::Settled(reply));
        }
    }
}

/// Gives a sign of life, and tells those who asked for it whether it could be given.
async fn beat(chain: &mut Chain, asked: Vec<oneshot::Sender<Result<(), Problem>>>) -> db::Result<()> {
    let given = chain.beat().await;
    if let Err(error) = &given {
        tracing::warn!(%error, "no sign of life could be written; neither could answers");
    }
    for reply in asked {
        let _ = reply.send(given.as_ref().map_or_else(|error| Err(Problem::internal(error)), |()| Ok(())));
    }
    given
}

/// Tells who sent these commands that they could not be written.
fn refuse(batch: impl IntoIterator<Item = Queued>, error: &db::Error) {
    for queued in batch {
        let _ = queued.reply.send(Err(not_written(error)));
    }
}

fn not_written(error: &db::Error) -> Problem {
    if error.is_unavailable() {
        Problem::unavailable(
            "exam.save_unavailable",
            "The server can't write just now. Your answers stay on this device and are sent again.",
            2,
        )
        .log(error)
    } else {
        Problem::internal(error)
    }
}
