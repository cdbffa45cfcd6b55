//! What thousands look up at once, looked up together.
//!
//! Ten thousand lookups of their own wait for each other's connections, and for thousands of requests between each of their
//! steps; one statement finds a hundred things.

use std::{collections::HashMap, fmt, future::Future, hash::Hash, panic::AssertUnwindSafe, time::Duration};

use foundation::Problem;
use futures::FutureExt as _;
use tokio::sync::{mpsc, oneshot};

use crate::{Db, rows::ROWS_MAX, within};

/// Lookups that may wait: more than any sitting has candidates.
const WAITING_MAX: usize = 50_000;
/// How long one statement may take.
const LOOKUP_MAX: Duration = Duration::from_secs(10);

/// The status of what will pass.
const UNAVAILABLE: u16 = 503;

struct Asked<K, V> {
    key: K,
    reply: oneshot::Sender<Result<Option<V>, Problem>>,
}

/// Looks things up, as they are when somebody has asked or later. Ends when it is dropped.
pub struct Lookups<K, V> {
    asks: mpsc::Sender<Asked<K, V>>,
    busy: fn() -> Problem,
}

impl<K, V> Lookups<K, V>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Begins to: `find` gets [`ROWS_MAX`] keys at most, each perhaps more than once. `busy` is what somebody is told for whom there
    /// is no place.
    pub fn start<F>(
        db: Db,
        busy: fn() -> Problem,
        find: impl Fn(Db, Vec<K>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<HashMap<K, V>, Problem>> + Send + 'static,
    {
        let (asks, asked) = mpsc::channel(WAITING_MAX);
        tokio::spawn(run(db, asked, find));
        Self { asks, busy }
    }

    /// What `key` names, if it is there.
    ///
    /// # Errors
    /// When too many wait, or the database can't be read.
    pub async fn find(&self, key: K) -> Result<Option<V>, Problem> {
        let (reply, found) = oneshot::channel();
        let busy = || (self.busy)().log("the queue of lookups is full or closed");
        self.asks.try_send(Asked { key, reply }).map_err(|_| busy())?;
        found.await.unwrap_or_else(|_| Err(busy()))
    }
}

async fn run<K, V, F>(
    db: Db,
    mut asked: mpsc::Receiver<Asked<K, V>>,
    find: impl Fn(Db, Vec<K>) -> F + Send + Sync,
) where
    K: Clone + Eq + Hash + Send,
    V: Clone + Send,
    F: Future<Output = Result<HashMap<K, V>, Problem>> + Send,
{
    let mut waiting = Vec::with_capacity(ROWS_MAX);
    while asked.recv_many(&mut waiting, ROWS_MAX).await > 0 {
        waiting.retain(|asked| !asked.reply.is_closed());
        let keys: Vec<K> = waiting.iter().map(|asked| asked.key.clone()).collect();
        if keys.is_empty() {
            continue;
        }
        let found = found(&db, &find, keys).await;
        match &found {
            // Whoever waits behind it would wait as long, for the same.
            Err(problem) if problem.status == UNAVAILABLE => {
                while let Ok(one) = asked.try_recv() {
                    waiting.push(one);
                }
            }
            // One of them is at fault: each is looked up by itself.
            Err(_) if waiting.len() > 1 => {
                for Asked { key, reply } in waiting.drain(..) {
                    let own = self::found(&db, &find, vec![key.clone()]).await;
                    let _ = reply.send(own.map(|mut found| found.remove(&key)));
                }
            }
            Err(_) | Ok(_) => {}
        }
        for Asked { key, reply } in waiting.drain(..) {
            let own = match &found {
                Ok(found) => Ok(found.get(&key).cloned()),
                Err(problem) => Err(problem.clone()),
            };
            // Whoever asked may have gone.
            let _ = reply.send(own);
        }
    }
}

async fn found<K, V, F>(
    db: &Db,
    find: &(impl Fn(Db, Vec<K>) -> F + Sync),
    keys: Vec<K>,
) -> Result<HashMap<K, V>, Problem>
where
    F: Future<Output = Result<HashMap<K, V>, Problem>>,
{
    let finding = AssertUnwindSafe(async { within(LOOKUP_MAX, find(db.clone(), keys)).await });
    finding.catch_unwind().await.unwrap_or_else(|_| Err(Problem::internal("a lookup panicked")))
}

impl<K, V> fmt::Debug for Lookups<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lookups")
    }
}
