//! A candidate: what they hold, and what they send.

use anyhow::{Context as _, Result};
use foundation::{Id, IdKind, SystemClock, SystemRandom};
use http::Request;
use http_body_util::Full;
use hyper::body::Bytes;
use serde::Deserialize;
use serde_json::json;

use crate::{
    connection::{self, Reply, TICKET},
    institution::Person,
    measure::Act,
};

/// What stands in a save's answer for an entry that counts.
const TAKEN: &[u8] = br#""status":"taken""#;

/// The device that a candidate sits at.
#[derive(Clone, Debug)]
enum Device {}
impl IdKind for Device {
    const NAME: &'static str = "device";
}

/// A candidate, and how far they are.
#[derive(Clone, Debug)]
pub struct Candidate {
    code: String,
    device: Id<Device>,
    ticket: String,
    attempt: String,
    lease_no: i64,
    seq: i64,
    questions: Vec<String>,
    reply_bytes: usize,
    person: Option<Person>,
}

#[derive(Deserialize)]
struct CheckedIn {
    ticket: String,
    attempt_id: String,
}

#[derive(Deserialize)]
struct Opened {
    lease_no: i64,
}

#[derive(Deserialize)]
struct Started {
    paper: Paper,
}

#[derive(Deserialize)]
struct Paper {
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
}

impl Candidate {
    /// A candidate who holds an admission code and no more.
    pub fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            device: Id::new(&SystemClock, &SystemRandom),
            ticket: String::new(),
            attempt: String::new(),
            lease_no: 0,
            seq: 0,
            questions: Vec::new(),
            reply_bytes: 0,
            person: None,
        }
    }

    /// Somebody who signs in with a password and does no more.
    pub fn person(person: &Person) -> Self {
        Self { person: Some(person.clone()), ..Self::new("") }
    }

    /// The exam ticket; empty before the check-in.
    pub fn ticket(&self) -> &str {
        &self.ticket
    }

    /// What they send for an act.
    ///
    /// # Errors
    /// When something of theirs can't stand in a request.
    pub fn request(&mut self, act: Act) -> Result<Request<Full<Bytes>>> {
        let attempt = |what: &str| format!("/api/v1/exams/attempts/{}{what}", self.attempt);
        let ticket = Some((TICKET, self.ticket.as_str()));
        let lease = json!({ "lease_no": self.lease_no });
        match act {
            Act::CheckIn => {
                connection::json("POST", "/api/v1/auth/check-in", None, &json!({ "code": self.code }))
            }
            Act::Open => {
                connection::json("POST", &attempt("/open"), ticket, &json!({ "device_id": self.device }))
            }
            Act::Start => connection::json("POST", &attempt("/start"), ticket, &lease),
            Act::HandIn => connection::json("POST", &attempt("/submit"), ticket, &lease),
            Act::Save => {
                self.seq += 1;
                let body = self.save_body()?;
                connection::raw("PUT", &attempt("/responses"), ticket, "application/json", body)
            }
            Act::Echo => {
                self.seq += 1;
                connection::raw(
                    "PUT",
                    &format!("/api/v1/echo?bytes={}", self.reply_bytes),
                    ticket,
                    "application/json",
                    self.save_body()?,
                )
            }
            Act::LogIn => {
                let person = self.person.as_ref().context("a person with a password")?;
                let body = json!({ "username": person.username, "password": person.password });
                let from = Some(("x-forwarded-for", person.address.as_str()));
                connection::json("POST", "/api/v1/auth/login", from, &body)
            }
            Act::Look | Act::Connect => connection::raw("GET", &attempt(""), ticket, "", Bytes::new()),
        }
    }

    /// An answer to one question after the other, each different from the last one there.
    fn save_body(&self) -> Result<Bytes> {
        let count = i64::try_from(self.questions.len()).context("questions")?.max(1);
        let question = usize::try_from(self.seq % count)
            .ok()
            .and_then(|place| self.questions.get(place))
            .map_or("00000000-0000-7000-8000-000000000000", String::as_str);
        let choice = ["a", "b", "c", "d"][usize::try_from(self.seq / count % 4).unwrap_or(0)];
        Ok(Bytes::from(format!(
            r#"{{"lease_no":{},"entries":[{{"seq":{},"question_id":"{question}","response":{{"type":"single_choice","choice":"{choice}"}}}}]}}"#,
            self.lease_no, self.seq
        )))
    }

    /// Takes in what came.
    ///
    /// # Errors
    /// How it failed, in a word to count by.
    pub fn take(&mut self, act: Act, reply: &Reply) -> Result<(), String> {
        if !reply.status.is_success() {
            return Err(reply.failure());
        }
        let unread = |error: anyhow::Error| format!("unreadable: {error}");
        match act {
            Act::CheckIn => {
                let checked_in: CheckedIn = reply.json().map_err(unread)?;
                self.ticket = checked_in.ticket;
                self.attempt = checked_in.attempt_id;
            }
            Act::Open => self.lease_no = reply.json::<Opened>().map_err(unread)?.lease_no,
            Act::Start => {
                let started: Started = reply.json().map_err(unread)?;
                self.questions = started.paper.questions.into_iter().map(|question| question.id).collect();
            }
            Act::Save => {
                if !reply.body.windows(TAKEN.len()).any(|window| window == TAKEN) {
                    return Err("not taken".to_owned());
                }
                self.reply_bytes = reply.body.len();
            }
            Act::HandIn | Act::Look | Act::LogIn | Act::Connect | Act::Echo => {}
        }
        Ok(())
    }
}
