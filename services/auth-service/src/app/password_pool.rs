//! Hashes passwords with argon2id on threads of its own: a crowd that signs in can't starve saves, sockets or health.
//!
//! The queue is bounded. When it is full the caller is told at once when to come back, instead of waiting in a line that
//! outlives their patience; a caller that hangs up is skipped. On Linux the threads let the others of the process go first: when all
//! want a processor they get a tenth of another's share. Between containers, and groups of processes, that is for whoever runs them
//! to say.

use std::{
    fmt, io,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread,
};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD};
use foundation::{Problem, Random};
use subtle::ConstantTimeEq as _;
use tokio::sync::oneshot;

use crate::domain::password::Password;

/// Bytes of a hash.
const HASH_BYTES: usize = 32;
/// Bytes of a salt.
const SALT_BYTES: usize = 16;
/// When somebody who found the queue full may come back.
const BUSY_SECONDS: u32 = 3;
/// The most memory that a stored hash may ask for: a row can't make us allocate gigabytes.
const MEMORY_KIB_MAX: u32 = 256 * 1024;
/// The most passes that a stored hash may ask for.
const PASSES_MAX: u32 = 16;
/// The most lanes that a stored hash may ask for.
const LANES_MAX: u32 = 8;

/// The niceness of the threads: 0 is everybody else's, 19 the most. 10 is a weight of 110 against 1,024.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// What hashing a password costs (RFC 9106).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl PasswordCost {
    /// 19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's recommendation for argon2id.
    pub const OWASP: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
}

/// A pool of threads that hash passwords.
pub struct PasswordPool {
    queue: SyncSender<Work>,
    random: Arc<dyn Random>,
    cost: PasswordCost,
}

struct Work {
    password: Password,
    task: Task,
    reply: oneshot::Sender<Result<Hashed, argon2::Error>>,
}

enum Task {
    Hash { salt: [u8; SALT_BYTES] },
    Verify { phc: Phc },
}

enum Hashed {
    New(String),
    Verified(bool),
}

/// What a check of a password says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is another one.
    Wrong,
    /// It is the one.
    Right {
        /// Whether it was hashed at another cost than today's, and should be hashed again.
        outdated: bool,
    },
}

impl PasswordPool {
    /// Starts `threads` threads with a queue of `queue_max` in front.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        threads: usize,
        queue_max: usize,
        cost: PasswordCost,
        random: Arc<dyn Random>,
    ) -> io::Result<Self> {
        let (queue, works) = sync_channel(queue_max);
        let works = Arc::new(Mutex::new(works));
        for number in 0..threads.max(1) {
            let works = Arc::clone(&works);
            thread::Builder::new().name(format!("password-{number}")).spawn(move || work_on(&works, cost))?;
        }
        Ok(Self { queue, random, cost })
    }

    /// Hashes a new password, as a PHC string.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub async fn hash(&self, password: Password) -> Result<String, Problem> {
        let mut salt = [0; SALT_BYTES];
        self.random.fill(&mut salt);
        match self.do_work(password, Task::Hash { salt }).await? {
            Hashed::New(phc) => Ok(phc),
            Hashed::Verified(_) => Err(Problem::internal("a password was verified instead of hashed")),
        }
    }

    /// Compares a password with a stored hash. Without a hash (no such account, or none yet) the answer is no, after
    /// the same work: how long it took tells nothing.
    ///
    /// # Errors
    /// 503 when too many wait, 500 for a stored hash that can't be read.
    pub async fn check(&self, password: Password, stored: Option<&str>) -> Result<Checked, Problem> {
        let Some(stored) = stored else {
            self.hash(password).await?;
            return Ok(Checked::Wrong);
        };
        let phc =
            Phc::parse(stored).ok_or_else(|| Problem::internal("a stored password hash can't be read"))?;
        let outdated = phc.cost != self.cost;
        match self.do_work(password, Task::Verify { phc }).await? {
            Hashed::Verified(true) => Ok(Checked::Right { outdated }),
            Hashed::Verified(false) => Ok(Checked::Wrong),
            Hashed::New(_) => Err(Problem::internal("a password was hashed instead of verified")),
        }
    }

    async fn do_work(&self, password: Password, task: Task) -> Result<Hashed, Problem> {
        let (reply, answer) = oneshot::channel();
        match self.queue.try_send(Work { password, task, reply }) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(busy()),
            Err(TrySendError::Disconnected(_)) => {
                return Err(Problem::internal("the password threads have ended"));
            }
        }
        answer
            .await
            .map_err(|_| Problem::internal("a password thread gave no answer"))?
            .map_err(Problem::internal)
    }
}

/// Too many people sign in at the same moment.
fn busy() -> Problem {
    Problem::unavailable(
        "auth.busy",
        "Many people are signing in right now. Wait a few seconds and try again; nothing is lost.",
        BUSY_SECONDS,
    )
}

impl fmt::Debug for PasswordPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordPool")
    }
}

fn work_on(works: &Mutex<Receiver<Work>>, cost: PasswordCost) {
    step_back();
    // The memory is kept from one password to the next.
    let mut memory = Vec::new();
    loop {
        let next = works.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        if work.reply.is_closed() {
            continue;
        }
        let done = match work.task {
            Task::Hash { salt } => hash(&work.password, &salt, cost, &mut memory)
                .map(|hash| Hashed::New(Phc { cost, salt: salt.to_vec(), hash }.to_string())),
            Task::Verify { phc } => hash(&work.password, &phc.salt, phc.cost, &mut memory)
                .map(|hash| Hashed::Verified(bool::from(hash.ct_eq(&phc.hash)))),
        };
        // Whoever hung up meanwhile needs no answer.
        let _ = work.reply.send(done);
    }
}

/// Lets other threads go first. Only on Linux is what the system calls a process's priority the calling thread's.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::getpriority_process(None)
        .and_then(|niceness| rustix::process::setpriority_process(None, niceness.max(NICENESS)))
    {
        tracing::warn!(%error, "passwords are hashed at the priority of everything else");
    }
}

fn hash(
    password: &Password,
    salt: &[u8],
    cost: PasswordCost,
    memory: &mut Vec<Block>,
) -> Result<[u8; HASH_BYTES], argon2::Error> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(HASH_BYTES))?;
    memory.resize(params.block_count(), Block::default());
    let mut hash = [0; HASH_BYTES];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        password.as_bytes(),
        salt,
        &mut hash,
        memory.as_mut_slice(),
    )?;
    Ok(hash)
}

/// A hash as stored: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash` (the PHC string format).
struct Phc {
    cost: PasswordCost,
    salt: Vec<u8>,
    hash: [u8; HASH_BYTES],
}

impl Phc {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("$argon2id$v=19$")?.split('$');
        let mut numbers = parts.next()?.split(',').zip(["m=", "t=", "p="]);
        let mut number =
            || numbers.next().and_then(|(part, name)| part.strip_prefix(name)?.parse::<u32>().ok());
        let cost = PasswordCost { memory_kib: number()?, passes: number()?, lanes: number()? };
        let salt = BASE64_STANDARD_NO_PAD.decode(parts.next()?).ok()?;
        let hash = BASE64_STANDARD_NO_PAD.decode(parts.next()?).ok()?.try_into().ok()?;
        let bounded =
            cost.memory_kib <= MEMORY_KIB_MAX && cost.passes <= PASSES_MAX && cost.lanes <= LANES_MAX;
        if bounded && parts.next().is_none() { Some(Self { cost, salt, hash }) } else { None }
    }
}

impl fmt::Display for Phc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let PasswordCost { memory_kib, passes, lanes } = self.cost;
        let (salt, hash) =
            (BASE64_STANDARD_NO_PAD.encode(&self.salt), BASE64_STANDARD_NO_PAD.encode(self.hash));
        write!(f, "$argon2id$v=19$m={memory_kib},t={passes},p={lanes}${salt}${hash}")
    }
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHash, PasswordVerifier as _};
    use foundation::SystemRandom;

    use super::*;

    const CHEAP: PasswordCost = PasswordCost { memory_kib: 64, passes: 1, lanes: 1 };

    fn pool(threads: usize, queue_max: usize, cost: PasswordCost) -> PasswordPool {
        PasswordPool::start(threads, queue_max, cost, Arc::new(SystemRandom)).unwrap()
    }

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        test_kit::run(async {
            let pool = pool(1, 8, CHEAP);
            let stored = pool.hash(Password::new("violet tram over kettle")).await.unwrap();
            let check = |typed| pool.check(Password::new(typed), Some(&stored));
            assert_eq!(check("violet tram over kettle").await.unwrap(), Checked::Right { outdated: false });
            assert_eq!(check("violet tram over kettlf").await.unwrap(), Checked::Wrong);
            assert_eq!(
                pool.check(Password::new("violet tram over kettle"), None).await.unwrap(),
                Checked::Wrong
            );
        });
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn who_hashes_lets_others_go_first_and_nobody_else_does() {
        let niceness = || rustix::process::getpriority_process(None).unwrap();
        let others = niceness();
        let (queue, works) = sync_channel(0);
        drop(queue);
        let hashing = thread::spawn(move || {
            work_on(&Mutex::new(works), CHEAP);
            niceness()
        });
        assert_eq!((hashing.join().unwrap(), niceness()), (others.max(NICENESS), others));
    }

    #[test]
    fn a_stored_hash_is_the_format_that_every_other_tool_reads() {
        test_kit::run(async {
            let stored = pool(1, 8, CHEAP).hash(Password::new("violet tram")).await.unwrap();
            let parsed = PasswordHash::new(&stored).unwrap();
            assert!(Argon2::default().verify_password(b"violet tram", &parsed).is_ok());
        });
    }

    #[test]
    fn a_hash_of_an_older_cost_still_opens_and_asks_to_be_renewed() {
        test_kit::run(async {
            let stored = pool(1, 8, CHEAP).hash(Password::new("violet tram")).await.unwrap();
            let today = pool(1, 8, PasswordCost { memory_kib: 128, ..CHEAP });
            let checked = today.check(Password::new("violet tram"), Some(&stored)).await.unwrap();
            assert_eq!(checked, Checked::Right { outdated: true });
        });
    }

    #[test]
    fn a_stored_hash_that_asks_for_gigabytes_is_refused() {
        let salt_and_hash = format!("{}${}", "A".repeat(22), "A".repeat(43));
        assert!(Phc::parse(&format!("$argon2id$v=19$m=64,t=1,p=1${salt_and_hash}")).is_some());
        for text in [
            format!("$argon2id$v=19$m=4194304,t=1,p=1${salt_and_hash}"),
            format!("$argon2id$v=19$m=64,t=1000,p=1${salt_and_hash}"),
            format!("$argon2i$v=19$m=64,t=1,p=1${salt_and_hash}"),
            format!("$argon2id$v=19$m=64,t=1,p=1${salt_and_hash}$"),
            "$argon2id$v=19$m=64$".to_owned(),
            String::new(),
        ] {
            assert!(Phc::parse(&text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_crowd_beyond_the_queue_is_told_to_come_back_and_the_runtime_stays_free() {
        test_kit::run(async {
            let slow = PasswordCost { memory_kib: 4 * 1024, passes: 3, lanes: 1 };
            let pool = Arc::new(pool(1, 4, slow));
            let crowd: Vec<_> = (0..64)
                .map(|_| {
                    let pool = Arc::clone(&pool);
                    tokio::spawn(async move { pool.hash(Password::new("violet tram")).await })
                })
                .collect();
            let (mut served, mut busy) = (0, 0);
            for person in crowd {
                match person.await.unwrap() {
                    Ok(_) => served += 1,
                    Err(problem) => {
                        assert_eq!((problem.status, problem.retry_after_seconds), (503, Some(BUSY_SECONDS)));
                        busy += 1;
                    }
                }
            }
            assert!(served >= 4 && busy > 0, "{served} served, {busy} told to come back");
        });
    }
}
