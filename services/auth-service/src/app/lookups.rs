//! Admission codes of a hall that checks in at once, looked up together.
//!
//! Ten thousand lookups of their own wait for each other's connections, and for thousands of requests between each of their
//! steps; one statement finds a hundred codes.

use std::{collections::HashMap, fmt, panic::AssertUnwindSafe, time::Duration};

use db::{Db, rows::ROWS_MAX};
use foundation::Problem;
use futures::FutureExt as _;
use tokio::sync::{mpsc, oneshot};

use crate::store::admissions::{self, Admitted};

/// Lookups that may wait: more than any sitting has candidates.
const WAITING_MAX: usize = 50_000;
/// How long one statement may take.
const LOOKUP_MAX: Duration = Duration::from_secs(10);

type Found = Result<Option<Admitted>, Problem>;

struct Asked {
    code_hash: [u8; 32],
    reply: oneshot::Sender<Found>,
}

/// Looks codes up. Ends when it is dropped.
pub struct Lookups(mpsc::Sender<Asked>);

impl Lookups {
    /// Begins to.
    pub fn start(db: Db) -> Self {
        let (asks, asked) = mpsc::channel(WAITING_MAX);
        tokio::spawn(run(db, asked));
        Self(asks)
    }

    /// The admission that a code opens, by the code's hash.
    ///
    /// # Errors
    /// 503 when too many wait, or the database can't be read.
    pub async fn admitted(&self, code_hash: [u8; 32]) -> Found {
        let (reply, found) = oneshot::channel();
        self.0.try_send(Asked { code_hash, reply }).map_err(|_| busy())?;
        found.await.unwrap_or_else(|_| Err(busy()))
    }
}

fn busy() -> Problem {
    Problem::unavailable("auth.busy", "Too many check in just now. Try again in a moment.", 2)
}

async fn run(db: Db, mut asked: mpsc::Receiver<Asked>) {
    let mut waiting = Vec::with_capacity(ROWS_MAX);
    while asked.recv_many(&mut waiting, ROWS_MAX).await > 0 {
        waiting.retain(|asked| !asked.reply.is_closed());
        let codes: Vec<[u8; 32]> = waiting.iter().map(|asked| asked.code_hash).collect();
        let found = AssertUnwindSafe(db::within(LOOKUP_MAX, find(&db, &codes))).catch_unwind().await;
        let found = found.unwrap_or_else(|_| Err(Problem::internal("a lookup of admission codes panicked")));
        if found.is_err() {
            // Whoever waits behind it would wait as long, for the same.
            while let Ok(one) = asked.try_recv() {
                waiting.push(one);
            }
        }
        for Asked { code_hash, reply } in waiting.drain(..) {
            let own = match &found {
                Ok(found) => Ok(found.get(&code_hash[..]).cloned()),
                Err(problem) => Err(problem.clone()),
            };
            // Whoever asked may have gone.
            let _ = reply.send(own);
        }
    }
}

async fn find(db: &Db, codes: &[[u8; 32]]) -> Result<HashMap<Vec<u8>, Admitted>, Problem> {
    if codes.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(admissions::find_by_codes(&mut db.read().await?, codes).await?)
}

impl fmt::Debug for Lookups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lookups")
    }
}
