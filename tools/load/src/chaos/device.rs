//! A candidate's device as the player is: an answer goes into its outbox before the network, and stays there until the
//! server has given a receipt for it.

use std::{
    collections::VecDeque,
    rc::Rc,
    time::{Duration, Instant as Moment},
};

use anyhow::{Context as _, Result, bail};
use foundation::{Clock as _, Instant, Span, SystemClock};
use http::{HeaderValue, Request};
use http_body_util::Full;
use hyper::body::Bytes;
use receipts::{Proof, Receipt};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::hall::Hall;
use crate::{
    connection::{self, Connection, Reply, TICKET},
    doors::Doors,
    institution::Slip,
};

/// How long a device waits for an answer before it takes the connection for dead.
const PATIENCE: Duration = Duration::from_secs(8);
/// Entries sent at a time.
const ENTRIES_MAX: usize = 50;
/// What the clocks of one machine differ by when two processes read them.
const READING: Span = Span::from_millis(2);

/// An entry that has no receipt yet.
#[derive(Clone, Debug)]
struct Entry {
    seq: i64,
    question: String,
    choice: &'static str,
    made: Moment,
    /// When it was first sent, by the right clock.
    first_sent: Option<Instant>,
}

/// A candidate's device, and what it holds.
#[derive(Debug)]
pub struct Device {
    connection: Connection,
    hall: Rc<Hall>,
    ticket: String,
    /// The attempt.
    pub attempt: Uuid,
    /// The attempt's sitting.
    pub sitting: String,
    lease_no: i64,
    seq: i64,
    questions: Vec<String>,
    outbox: VecDeque<Entry>,
    /// When its working time ended, as the start said it.
    pub first_deadline: Instant,
    /// When it ends, by what it heard last: an outage that was measured puts it off.
    pub deadline: Instant,
    /// How long after that an answer is still taken.
    grace: Span,
    /// Every receipt that it got.
    pub receipts: Vec<Receipt>,
    /// How many of them have been verified.
    pub verified: usize,
    /// The attempt's version: nothing but its own acts may count it up.
    pub version: i64,
    /// Whether it has handed in, and knows.
    pub has_handed_in: bool,
    /// Entries that were taken as late before its attempt closed by the right clock.
    pub misjudged: u64,
    /// What the server said that it must never say to a device that does everything right.
    pub wrongs: Vec<String>,
}

#[derive(Deserialize)]
struct Saved {
    receipts: Vec<EntryReceipt>,
    attempt: Status,
}

#[derive(Deserialize)]
struct Status {
    deadline: Option<Instant>,
}

#[derive(Deserialize)]
struct EntryReceipt {
    seq: i64,
    question_id: Uuid,
    status: String,
    received_at: Instant,
    proof: Proof,
}

#[derive(Deserialize)]
struct HandedIn {
    attempt: Value,
    receipt: Option<HandInReceipt>,
}

#[derive(Deserialize)]
struct HandInReceipt {
    lease_no: i64,
    seq: i64,
    kind: String,
    status: String,
    received_at: Instant,
    proof: Proof,
}

impl Device {
    /// Checks in, takes the lease, and starts. `exam` is where it reaches exam-service; all else lies behind `doors`.
    ///
    /// # Errors
    /// What the server refused.
    pub async fn start(doors: &Doors, exam: Connection, slip: &Slip, hall: Rc<Hall>) -> Result<Self> {
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
        let mut connection = exam;
        let check_in = "/api/v1/auth/check-in";
        let request = connection::json("POST", check_in, None, &json!({ "code": slip.code }))?;
        let checked_in = Connection::new(doors.of_path(check_in)).send(request).await?;
        let CheckedIn { ticket, attempt_id: attempt, sitting_id: sitting } = checked_in.json()?;
        let path = |what: &str| format!("/api/v1/exams/attempts/{attempt}{what}");
        let auth = Some((TICKET, ticket.as_str()));
        let open = connection::json("POST", &path("/open"), auth, &json!({ "device_id": attempt }))?;
        let opened: Value = connection.send(open).await?.json()?;
        let lease_no = opened["lease_no"].as_i64().context("a lease")?;
        let start = connection::json("POST", &path("/start"), auth, &json!({ "lease_no": lease_no }))?;
        let started: Value = connection.send(start).await?.json()?;
        let version = started["attempt"]["version"].as_i64().context("a version")?;
        let deadline =
            serde_json::from_value(started["attempt"]["deadline"].clone()).context("a deadline")?;
        let read = connection::raw("GET", &path("/paper"), auth, "", Bytes::new())?;
        let paper: Paper = connection.send(read).await?.json()?;
        Ok(Self {
            connection,
            hall,
            attempt,
            sitting,
            lease_no,
            version,
            first_deadline: deadline,
            deadline,
            grace: Span::from_seconds(30),
            seq: 0,
            questions: paper.questions.into_iter().map(|question| question.id).collect(),
            outbox: VecDeque::new(),
            receipts: Vec::new(),
            verified: 0,
            misjudged: 0,
            has_handed_in: false,
            wrongs: Vec::new(),
            ticket,
        })
    }

    /// In a sitting whose grace isn't the usual one.
    #[must_use]
    pub fn with_grace(self, grace: Span) -> Self {
        Self { grace, ..self }
    }

    /// When its attempt is over.
    pub fn closes_at(&self) -> Instant {
        self.deadline + self.grace
    }

    /// Entries without a receipt.
    pub fn holds(&self) -> usize {
        self.outbox.len()
    }

    /// When the oldest entry without a receipt was made.
    pub fn oldest(&self) -> Option<Moment> {
        self.outbox.front().map(|entry| entry.made)
    }

    /// The attempt as the server has it.
    ///
    /// # Errors
    /// When the server can't be asked.
    pub async fn look(&mut self) -> Result<Value> {
        let auth = Some((TICKET, self.ticket.as_str()));
        let request = connection::raw("GET", &self.path(""), auth, "", Bytes::new())?;
        self.connection.send(request).await?.json()
    }

    fn path(&self, what: &str) -> String {
        format!("/api/v1/exams/attempts/{}{what}", self.attempt)
    }

    /// The candidate changes an answer.
    pub fn think(&mut self) {
        self.seq += 1;
        let place = usize::try_from(self.seq).unwrap_or(0);
        let question = self.questions[place % self.questions.len()].clone();
        let choice = ["a", "b", "c", "d"][place / self.questions.len() % 4];
        self.outbox.push_back(Entry {
            seq: self.seq,
            question,
            choice,
            made: Moment::now(),
            first_sent: None,
        });
    }

    /// Sends what has no receipt; true when nothing is left.
    pub async fn send(&mut self) -> bool {
        if !self.outbox.is_empty()
            && let Some(reply) = self.patiently(Self::try_save).await
            && let Err(error) = self.take_receipts(&reply)
        {
            self.wrongs.push(format!("{error:#}"));
        }
        self.outbox.is_empty()
    }

    /// Hands in; true when the server has said that it has.
    pub async fn hand_in(&mut self) -> bool {
        if let Some(reply) = self.patiently(Self::try_hand_in).await
            && let Err(error) = self.take_hand_in(&reply)
        {
            self.wrongs.push(format!("handing in: {error:#}"));
        }
        self.has_handed_in
    }

    /// An answer to keep; none when it has to be asked for again.
    async fn patiently(&mut self, request: impl AsyncFn(&mut Self) -> Result<Reply>) -> Option<Reply> {
        match tokio::time::timeout(PATIENCE, request(self)).await {
            Ok(Ok(reply)) if reply.status.as_u16() == 500 => {
                self.wrongs.push(format!("500: {}", String::from_utf8_lossy(&reply.body)));
            }
            Ok(Ok(reply)) if !reply.status.is_server_error() && reply.status.as_u16() != 429 => {
                return Some(reply);
            }
            Ok(_) => {}
            Err(_) => self.connection.close(),
        }
        self.hall.failed();
        None
    }

    async fn try_save(&mut self) -> Result<Reply> {
        let now = SystemClock.now();
        let entries: Vec<Value> = self
            .outbox
            .iter_mut()
            .take(ENTRIES_MAX)
            .map(|entry| {
                entry.first_sent.get_or_insert(now);
                let response = json!({ "type": "single_choice", "choice": entry.choice });
                json!({ "seq": entry.seq, "question_id": entry.question, "response": response })
            })
            .collect();
        let body = json!({ "lease_no": self.lease_no, "entries": entries });
        let auth = Some((TICKET, self.ticket.as_str()));
        let request = connection::json("PUT", &self.path("/responses"), auth, &body)?;
        let request = self.dated(request)?;
        self.connection.send(request).await
    }

    async fn try_hand_in(&mut self) -> Result<Reply> {
        let auth = Some((TICKET, self.ticket.as_str()));
        let body = json!({ "lease_no": self.lease_no });
        let request = connection::json("POST", &self.path("/submit"), auth, &body)?;
        let request = self.dated(request)?;
        self.connection.send(request).await
    }

    /// Says what the device takes for the time; the one place in which a candidate's request can say so.
    fn dated(&self, mut request: Request<Full<Bytes>>) -> Result<Request<Full<Bytes>>> {
        let (high, low) = self.attempt.as_u64_pair();
        let off = self.hall.device_clocks.get().map_or(0, |seed| {
            // Up to a day ahead or behind, another for each device.
            let day = 86_400;
            i64::try_from((high ^ low ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)) % (2 * day)).unwrap_or(0)
                - i64::try_from(day).unwrap_or(0)
        });
        let now = SystemClock.now() + Span::from_seconds(off);
        let now = jiff::Timestamp::from_microsecond(now.as_micros())?;
        let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now)?;
        request.headers_mut().insert("date", HeaderValue::from_str(&date)?);
        Ok(request)
    }

    fn take_receipts(&mut self, reply: &Reply) -> Result<()> {
        let saved: Saved = reply.json()?;
        match saved.attempt.deadline {
            Some(deadline) if deadline >= self.deadline => self.deadline = deadline,
            other => bail!("the deadline was {:?} and is {other:?}", self.deadline),
        }
        for receipt in saved.receipts {
            let place = self.outbox.iter().position(|entry| entry.seq == receipt.seq);
            let Some(entry) = place.and_then(|place| self.outbox.remove(place)) else { continue };
            self.hall.saved(entry.made.elapsed());
            self.judge(&entry, &receipt);
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

    /// Whether a receipt says what the right clock says: when the entry came, and whether that was in time.
    fn judge(&mut self, entry: &Entry, receipt: &EntryReceipt) {
        let (low, high) = self.hall.server_clocks();
        let earliest = entry.first_sent.map(|sent| sent + low - READING);
        let latest = SystemClock.now() + high + READING;
        if earliest.is_none_or(|earliest| receipt.received_at < earliest) || receipt.received_at > latest {
            self.wrongs.push(format!(
                "entry {} was sent at {:?}, and its receipt says that it came at {}",
                receipt.seq, entry.first_sent, receipt.received_at
            ));
        }
        self.misjudged += u64::from(receipt.status == "late" && SystemClock.now() <= self.closes_at());
        let expected = if receipt.received_at <= self.closes_at() { "taken" } else { "late" };
        if receipt.status != expected {
            self.wrongs.push(format!(
                "entry {} came at {}, the attempt closed at {}, and it was taken as {}",
                receipt.seq,
                receipt.received_at,
                self.closes_at(),
                receipt.status
            ));
        }
    }

    fn take_hand_in(&mut self, reply: &Reply) -> Result<()> {
        let HandedIn { attempt, receipt } = reply.json()?;
        self.version = attempt["version"].as_i64().context("a version")?;
        let receipt = receipt.context("no receipt for a hand-in")?;
        self.has_handed_in = true;
        self.receipts.push(Receipt {
            attempt_id: self.attempt,
            lease_no: receipt.lease_no,
            seq: receipt.seq,
            kind: receipt.kind,
            question_id: None,
            status: receipt.status,
            received_at: receipt.received_at,
            proof: receipt.proof,
        });
        Ok(())
    }
}
