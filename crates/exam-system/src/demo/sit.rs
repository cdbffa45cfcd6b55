//! Simulated candidates sit an exam, minute by minute, over the same way as real ones.

use std::collections::{BTreeMap, VecDeque};

use anyhow::{Context as _, Result};
use foundation::{Id, IdKind, Instant, Random, SeededRandom, Span};
use futures::future::try_join_all;
use question_model::{Response, right_response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    chance::{happens, uniform},
    client::As,
    content::QuestionFile,
    house::House,
    respond::Responder,
};

/// How far the clock moves at a time.
const STEP: Span = Span::from_seconds(30);
/// How often somebody answers wrongly first and thinks better of it.
const SECOND_THOUGHTS: f64 = 0.08;

/// The device that a candidate sits at.
enum Device {}
impl IdKind for Device {
    const NAME: &'static str = "device";
}

/// How a candidate is going to behave. Spans count from the opening of the sitting.
#[derive(Clone, Debug)]
pub struct Habits {
    /// When they check in; before the opening for most.
    pub arrives: Span,
    /// When they start; never for those who only check in.
    pub starts: Option<Span>,
    /// How long they work on the whole.
    pub works: Span,
    /// How able they are, in logits.
    pub ability: f64,
    /// Whether their device reports something that an invigilator should look at.
    pub noticed: Option<&'static str>,
}

/// A candidate with an admission code.
pub struct Attendee<'a> {
    /// The code, as printed.
    pub code: String,
    /// How they are going to behave.
    pub habits: Habits,
    responder: Responder<'a>,
    ticket: String,
    attempt: String,
    lease_no: i64,
    seq: i64,
    is_in: bool,
    acts: Option<VecDeque<Act>>,
}

struct Act {
    at: Span,
    what: What,
}

enum What {
    Save { question: String, response: Response },
    Notice(&'static str),
    HandIn,
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
struct Paper {
    questions: Vec<PaperQuestion>,
}

#[derive(Deserialize)]
struct PaperQuestion {
    id: String,
}

impl<'a> Attendee<'a> {
    /// A candidate who hasn't come yet.
    pub fn new(code: String, habits: Habits, responder: Responder<'a>) -> Self {
        Self {
            code,
            habits,
            responder,
            ticket: String::new(),
            attempt: String::new(),
            lease_no: 0,
            seq: 0,
            is_in: false,
            acts: None,
        }
    }

    /// Does whatever is due by `now`.
    async fn advance(&mut self, house: &House, asked: &Asked<'_>, now: Span) -> Result<()> {
        if !self.is_in {
            if now < self.habits.arrives {
                return Ok(());
            }
            self.check_in(house).await?;
        }
        if self.acts.is_none() {
            if self.habits.starts.is_none_or(|starts| now < starts) {
                return Ok(());
            }
            self.start(house, asked, now).await?;
        }
        self.act(house, now).await
    }

    async fn check_in(&mut self, house: &House) -> Result<()> {
        let client = &house.client;
        let body = json!({ "code": self.code });
        let CheckedIn { ticket, attempt_id } =
            client.post(As::Nobody, "/api/v1/auth/check-in", &body).await?;
        let device: Id<Device> = Id::new(&house.clock, self.responder.random);
        let path = format!("/api/v1/exams/attempts/{attempt_id}/open");
        let opened: Opened = client
            .post(As::Candidate(&ticket), &path, &json!({ "device_id": device, "take_over": true }))
            .await?;
        (self.ticket, self.attempt, self.lease_no, self.is_in) = (ticket, attempt_id, opened.lease_no, true);
        Ok(())
    }

    async fn start(&mut self, house: &House, asked: &Asked<'_>, now: Span) -> Result<()> {
        let path = format!("/api/v1/exams/attempts/{}/start", self.attempt);
        let body = json!({ "lease_no": self.lease_no });
        let _: Value = house.client.post(As::Candidate(&self.ticket), &path, &body).await?;
        let path = format!("/api/v1/exams/attempts/{}/paper", self.attempt);
        let paper: Paper = house.client.get(As::Candidate(&self.ticket), &path).await?;
        self.acts = Some(self.plan(&paper, asked, now)?);
        Ok(())
    }

    /// What they are going to give to each question, and when.
    fn plan(&self, paper: &Paper, asked: &Asked<'_>, from: Span) -> Result<VecDeque<Act>> {
        let Responder { random, .. } = self.responder;
        let weights: Vec<f64> = paper.questions.iter().map(|_| 0.4 + uniform(random)).collect();
        let whole: f64 = weights.iter().sum();
        let mut acts = Vec::new();
        let mut passed = 0.0;
        for (question, weight) in paper.questions.iter().zip(weights) {
            let file =
                asked.0.get(&question.id).with_context(|| format!("{} was never loaded", question.id))?;
            passed += weight / whole;
            let at = from + share(self.habits.works, passed);
            let Some(response) = self.responder.respond(file, self.habits.ability) else { continue };
            if happens(SECOND_THOUGHTS, random)
                && let Some(right) = right_response(&file.question, &file.key)
                && let Some(first) = self.responder.wrong(file, &right)
            {
                acts.push(save(at - Span::from_seconds(40), &question.id, first));
            }
            acts.push(save(at, &question.id, response));
        }
        if let Some(kind) = self.habits.noticed {
            acts.push(Act { at: from + share(self.habits.works, uniform(random)), what: What::Notice(kind) });
        }
        acts.push(Act { at: from + self.habits.works + STEP, what: What::HandIn });
        acts.sort_by_key(|act| act.at);
        Ok(acts.into())
    }

    async fn act(&mut self, house: &House, now: Span) -> Result<()> {
        let mut entries: Vec<Value> = Vec::new();
        let mut hands_in = false;
        let mut noticed = None;
        let acts = self.acts.get_or_insert_default();
        while let Some(act) = acts.pop_front_if(|act| act.at <= now) {
            match act.what {
                What::Save { question, response } => {
                    self.seq += 1;
                    entries.push(json!({ "seq": self.seq, "question_id": question, "response": response }));
                }
                What::Notice(kind) => noticed = Some(kind),
                What::HandIn => hands_in = true,
            }
        }
        let who = As::Candidate(&self.ticket);
        let base = format!("/api/v1/exams/attempts/{}", self.attempt);
        let lease = self.lease_no;
        if !entries.is_empty() {
            let body = json!({ "lease_no": lease, "entries": entries });
            let _: Value = house.client.put(who, &format!("{base}/responses"), &body).await?;
        }
        if let Some(kind) = noticed.filter(|_| house.is_proctored) {
            let signal: Id<Device> = Id::new(&house.clock, self.responder.random);
            let body = json!({ "signal_id": signal, "kind": kind, "duration_seconds": 9 });
            let path = format!("/api/v1/proctoring/attempts/{}/violations", self.attempt);
            let _: Value = house.client.post(who, &path, &body).await?;
        }
        if hands_in {
            let path = format!("{base}/submit");
            let _: Value = house.client.post(who, &path, &json!({ "lease_no": lease })).await?;
        }
        Ok(())
    }
}

fn save(at: Span, question: &str, response: Response) -> Act {
    Act { at, what: What::Save { question: question.to_owned(), response } }
}

/// A share of a span, to the microsecond.
fn share(span: Span, share: f64) -> Span {
    Span::from_micros((span.as_micros() as f64 * share) as i64)
}

/// What a paper's question ids stand for.
pub struct Asked<'a>(pub BTreeMap<String, &'a QuestionFile>);

/// Lets the attendees sit from `from` to `until`, both counted from `opens_at`; the house's clock stands at the end
/// then. What is due later isn't done.
///
/// # Errors
/// What the application refused.
pub async fn sit(
    house: &House,
    asked: &Asked<'_>,
    attendees: &mut [Attendee<'_>],
    opens_at: Instant,
    (from, until): (Span, Span),
) -> Result<()> {
    let mut now = from;
    while now <= until {
        house.clock.set(opens_at + now);
        try_join_all(attendees.iter_mut().map(|attendee| attendee.advance(house, asked, now))).await?;
        now = now + STEP;
    }
    house.clock.set(opens_at + until);
    Ok(())
}

/// Chance for one candidate, the same each time: what the others do doesn't change it.
pub fn chance_of(index: usize, seed: u64) -> SeededRandom {
    SeededRandom::new(seed.wrapping_mul(1_000_003).wrapping_add(index as u64))
}

/// From `from` to `to` seconds, each equally likely.
pub fn between(from: i64, to: i64, random: &dyn Random) -> Span {
    let width = u64::try_from(to - from).unwrap_or(0);
    Span::from_seconds(from + random.below(width + 1) as i64)
}
