//! A candidate's device as the player is: an answer goes into its outbox before the network, and stays there until the
//! server has given a receipt for it.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    net::SocketAddr,
    rc::Rc,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use receipts::{Proof, Receipt};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::{
    connection::{self, Connection, Reply, TICKET},
    institution::Slip,
};

/// How often a candidate changes an answer.
const THINKS: Duration = Duration::from_secs(2);
/// How long a device waits for an answer before it takes the connection for dead.
const PATIENCE: Duration = Duration::from_secs(8);
/// The longest wait between two tries.
const BACK_OFF_MAX: Duration = Duration::from_secs(4);
/// Entries sent at a time.
const ENTRIES_MAX: usize = 50;

/// An entry that has no receipt yet.
#[derive(Clone, Debug)]
struct Entry {
    seq: i64,
    question: String,
    choice: &'static str,
}

/// A candidate's device, and what it holds.
#[derive(Debug)]
pub struct Device {
    connection: Connection,
    ticket: String,
    /// The attempt.
    pub attempt: Uuid,
    /// The attempt's sitting.
    pub sitting: String,
    lease_no: i64,
    seq: i64,
    questions: Vec<String>,
    outbox: VecDeque<Entry>,
    /// Every receipt that it got.
    pub receipts: Vec<Receipt>,
    /// The attempt's version after the start: nothing but its own acts may count it up.
    pub version: i64,
    /// How often a request failed or was refused for now.
    pub failures: u64,
    /// What the server said that it must never say to a device that does everything right.
    pub wrongs: Vec<String>,
}

#[derive(Deserialize)]
struct Saved {
    receipts: Vec<EntryReceipt>,
}

#[derive(Deserialize)]
struct EntryReceipt {
    seq: i64,
    question_id: Uuid,
    status: String,
    received_at: foundation::Instant,
    proof: Proof,
}

impl Device {
    /// Checks in, takes the lease, and starts.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn start(address: SocketAddr, slip: &Slip) -> Result<Self> {
        #[derive(Deserialize)]
        struct CheckedIn {
            ticket: String,
            attempt_id: Uuid,
            sitting_id: String,
        }
        #[derive(Deserialize)]
        struct Paper {
            questions: Vec<Question>,
        }
        #[derive(Deserialize)]
        struct Question {
            id: String,
        }
        let mut connection = Connection::new(address);
        let body = json!({ "code": slip.code });
        let checked_in: CheckedIn =
            connection.send(connection::json("POST", "/api/v1/auth/check-in", None, &body)?).await?.json()?;
        let CheckedIn { ticket, attempt_id: attempt, sitting_id: sitting } = checked_in;
        let path = |what: &str| format!("/api/v1/exams/attempts/{attempt}{what}");
        let auth = Some((TICKET, ticket.as_str()));
        let open = connection::json("POST", &path("/open"), auth, &json!({ "device_id": attempt }))?;
        let opened: serde_json::Value = connection.send(open).await?.json()?;
        let lease_no = opened["lease_no"].as_i64().context("a lease")?;
        let start = connection::json("POST", &path("/start"), auth, &json!({ "lease_no": lease_no }))?;
        let started: serde_json::Value = connection.send(start).await?.json()?;
        let version = started["attempt"]["version"].as_i64().context("a version")?;
        let read = connection::raw("GET", &path("/paper"), auth, "", hyper::body::Bytes::new())?;
        let paper: Paper = connection.send(read).await?.json()?;
        Ok(Self {
            connection,
            attempt,
            sitting,
            lease_no,
            version,
            seq: 0,
            questions: paper.questions.into_iter().map(|question| question.id).collect(),
            outbox: VecDeque::new(),
            receipts: Vec::new(),
            failures: 0,
            wrongs: Vec::new(),
            ticket,
        })
    }

    /// Entries without a receipt.
    pub fn holds(&self) -> usize {
        self.outbox.len()
    }

    /// The attempt as the server has it.
    ///
    /// # Errors
    /// When the server can't be asked.
    pub async fn look(&mut self) -> Result<serde_json::Value> {
        let path = format!("/api/v1/exams/attempts/{}", self.attempt);
        let auth = Some((TICKET, self.ticket.as_str()));
        self.connection
            .send(connection::raw("GET", &path, auth, "", hyper::body::Bytes::new())?)
            .await?
            .json()
    }

    fn think(&mut self) {
        self.seq += 1;
        let place = usize::try_from(self.seq).unwrap_or(0);
        let question = self.questions[place % self.questions.len()].clone();
        let choice = ["a", "b", "c", "d"][place / self.questions.len() % 4];
        self.outbox.push_back(Entry { seq: self.seq, question, choice });
    }

    /// Sends what has no receipt; true when nothing is left.
    async fn send(&mut self) -> bool {
        if self.outbox.is_empty() {
            return true;
        }
        match tokio::time::timeout(PATIENCE, self.try_send()).await {
            Ok(Ok(reply)) => self.take(&reply),
            Ok(Err(_)) => self.failures += 1,
            Err(_) => {
                self.failures += 1;
                self.connection.close();
            }
        }
        self.outbox.is_empty()
    }

    async fn try_send(&mut self) -> Result<Reply> {
        let entries: Vec<serde_json::Value> = self
            .outbox
            .iter()
            .take(ENTRIES_MAX)
            .map(|entry| {
                let response = json!({ "type": "single_choice", "choice": entry.choice });
                json!({ "seq": entry.seq, "question_id": entry.question, "response": response })
            })
            .collect();
        let path = format!("/api/v1/exams/attempts/{}/responses", self.attempt);
        let body = json!({ "lease_no": self.lease_no, "entries": entries });
        let auth = Some((TICKET, self.ticket.as_str()));
        self.connection.send(connection::json("PUT", &path, auth, &body)?).await
    }

    fn take(&mut self, reply: &Reply) {
        if reply.status.is_server_error() || reply.status.as_u16() == 429 {
            self.failures += 1;
            return;
        }
        if let Err(error) = self.take_receipts(reply) {
            self.wrongs.push(format!("{error:#}"));
        }
    }

    fn take_receipts(&mut self, reply: &Reply) -> Result<()> {
        let saved: Saved = reply.json()?;
        for receipt in saved.receipts {
            if receipt.status != "taken" {
                bail!("entry {} was taken as {}", receipt.seq, receipt.status);
            }
            self.outbox.retain(|entry| entry.seq != receipt.seq);
            self.receipts.push(Receipt {
                attempt_id: self.attempt,
                lease_no: self.lease_no,
                seq: receipt.seq,
                kind: "response".to_owned(),
                question_id: Some(receipt.question_id),
                status: receipt.status,
                received_at: receipt.received_at,
                proof: receipt.proof,
            });
        }
        Ok(())
    }
}

/// Lives one device's exam: it changes an answer every two seconds, beginning after `delay`, until `stop`; then it sends
/// what it still holds, for at most `last_tries`.
pub async fn live(device: Rc<RefCell<Device>>, delay: Duration, stop: Rc<Cell<bool>>, last_tries: Duration) {
    tokio::time::sleep(delay).await;
    let mut back_off = Duration::ZERO;
    let mut stopped_at = None;
    loop {
        if stop.get() {
            let since = *stopped_at.get_or_insert_with(std::time::Instant::now);
            if device.borrow().holds() == 0 || since.elapsed() > last_tries {
                return;
            }
        } else {
            device.borrow_mut().think();
        }
        // One task speaks for one device: nobody else borrows it while it lives.
        let done = hold(&device).await;
        back_off =
            if done { Duration::ZERO } else { (back_off * 2 + Duration::from_millis(250)).min(BACK_OFF_MAX) };
        let pause = if stop.get() { Duration::from_millis(50) } else { THINKS };
        tokio::time::sleep(pause.max(back_off)).await;
    }
}

#[expect(clippy::await_holding_refcell_ref, reason = "one task speaks for one device while it lives")]
async fn hold(device: &RefCell<Device>) -> bool {
    device.borrow_mut().send().await
}
