//! A candidate: what they hold, and what they send.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use anyhow::{Context as _, Result, bail};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Aead as _, Payload},
};
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
/// What stands in a start's answer once the attempt runs.
const STARTED: &[u8] = br#""state":"in_progress""#;
/// What stands in a hand-in's answer once the attempt is over.
const SUBMITTED: &[u8] = br#""state":"submitted""#;
/// What stands in a review once every answer has its mark.
const MARKED: &[u8] = br#""complete":true"#;

fn find(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

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
    /// The newest version of the attempt that they have looked at.
    version: i64,
    seq: i64,
    /// Where their sealed paper lies.
    sealed: String,
    papers: Papers,
    questions: Rc<[String]>,
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
    sealed: Sealed,
}

#[derive(Deserialize)]
struct Looked {
    version: i64,
}

#[derive(Deserialize)]
struct Sealed {
    paper: SealedFile,
}

#[derive(Deserialize)]
struct SealedFile {
    sha256: String,
}

#[derive(Deserialize)]
struct Started {
    unseal: Unsealing,
}

#[derive(Deserialize)]
struct Unsealing {
    key: String,
}

#[derive(Deserialize)]
struct Paper {
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
}

/// Sealed papers, by address, and what is in them once somebody has opened one: every candidate fetches theirs, and the
/// generator opens each once.
#[derive(Clone, Debug, Default)]
pub struct Papers(Rc<RefCell<HashMap<String, Fetched>>>);

/// Sealed bytes, and the questions in them once they were opened.
type Fetched = (Bytes, Option<Rc<[String]>>);

impl Papers {
    fn keep(&self, address: &str, sealed: &Bytes) {
        self.0.borrow_mut().entry(address.to_owned()).or_insert_with(|| (sealed.clone(), None));
    }

    /// The questions of a paper that somebody has opened.
    fn opened(&self, address: &str) -> Option<Rc<[String]>> {
        self.0.borrow().get(address).and_then(|(_, questions)| questions.clone())
    }

    fn open(&self, address: &str, key: &str) -> Result<Rc<[String]>> {
        let mut papers = self.0.borrow_mut();
        let (sealed, questions) = papers.get_mut(address).context("the paper wasn't fetched")?;
        if let Some(questions) = questions {
            return Ok(Rc::clone(questions));
        }
        let key: Vec<u8> = BASE64_URL_SAFE_NO_PAD.decode(key)?;
        let (nonce, ciphertext) = sealed.split_at_checked(NONCE_BYTES).context("too short")?;
        let cipher = XChaCha20Poly1305::new_from_slice(&key)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into()?;
        let paper = cipher
            .decrypt(&nonce.into(), Payload { msg: ciphertext, aad: PURPOSE })
            .ok()
            .context("the key doesn't open the paper")?;
        let paper: Paper = serde_json::from_slice(&paper)?;
        let opened: Rc<[String]> = paper.questions.into_iter().map(|question| question.id).collect();
        *questions = Some(Rc::clone(&opened));
        Ok(opened)
    }
}

/// Bytes of the nonce in front of what is sealed.
const NONCE_BYTES: usize = 24;
/// The associated data of everything that is sealed.
const PURPOSE: &[u8] = b"exam-system sealed 1";

impl Candidate {
    /// A candidate who holds an admission code and no more.
    pub fn new(code: &str, papers: &Papers) -> Self {
        Self {
            sealed: String::new(),
            papers: papers.clone(),
            code: code.to_owned(),
            device: Id::new(&SystemClock, &SystemRandom),
            ticket: String::new(),
            attempt: String::new(),
            lease_no: 0,
            version: 0,
            seq: 0,
            questions: Rc::default(),
            reply_bytes: 0,
            person: None,
        }
    }

    /// Somebody who signs in with a password and does no more.
    pub fn person(person: &Person) -> Self {
        Self { person: Some(person.clone()), ..Self::new("", &Papers::default()) }
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
            Act::Prefetch => connection::raw(
                "GET",
                &format!("/api/v1/exams/sealed/{}", self.sealed),
                None,
                "",
                Bytes::new(),
            ),
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
            Act::Look => connection::raw("GET", &attempt(""), ticket, "", Bytes::new()),
            Act::Seen => {
                let body = json!({ "lease_no": self.lease_no, "version": self.version });
                connection::json("POST", &attempt("/seen"), ticket, &body)
            }
            Act::Review => connection::raw("GET", &attempt("/review"), ticket, "", Bytes::new()),
            Act::Connect | Act::Hint => bail!("no request"),
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
            Act::Open => {
                let opened: Opened = reply.json().map_err(unread)?;
                self.lease_no = opened.lease_no;
                self.sealed = opened.sealed.paper.sha256;
            }
            Act::Prefetch => self.papers.keep(&self.sealed, &reply.body),
            // A paper that somebody has opened needs no key again, and a generator that reads less leaves more to the server.
            Act::Start => match self.papers.opened(&self.sealed) {
                Some(questions) if find(&reply.body, STARTED) => self.questions = questions,
                Some(_) => return Err("not started".to_owned()),
                None => {
                    let started: Started = reply.json().map_err(unread)?;
                    self.questions = self.papers.open(&self.sealed, &started.unseal.key).map_err(unread)?;
                }
            },
            Act::Save => {
                if !find(&reply.body, TAKEN) {
                    return Err("not taken".to_owned());
                }
                self.reply_bytes = reply.body.len();
            }
            Act::HandIn => {
                if !find(&reply.body, SUBMITTED) {
                    return Err("not handed in".to_owned());
                }
            }
            Act::Look => {
                let looked: Looked = reply.json().map_err(unread)?;
                self.version = looked.version;
            }
            Act::Review => {
                if !find(&reply.body, MARKED) {
                    return Err("not marked".to_owned());
                }
            }
            Act::LogIn | Act::Connect | Act::Hint | Act::Seen | Act::Echo => {}
        }
        Ok(())
    }
}
