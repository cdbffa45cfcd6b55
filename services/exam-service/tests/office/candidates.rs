//! Candidates of a sitting, as they act by ticket.

use authz::{AccountId, AttemptId, SittingId};
use foundation::{Clock as _, Span};
use serde_json::{Value, json};
use test_kit::Answer;

use super::Office;

/// A candidate with a ticket.
#[derive(Clone)]
pub struct Candidate {
    pub attempt: AttemptId,
    pub account: AccountId,
    pub ticket: String,
}

impl Office {
    /// The candidate of an attempt, checked in.
    pub fn check_in(&self, sitting: SittingId, attempt: AttemptId, account: AccountId) -> Candidate {
        let expires_at = self.clock().now() + Span::from_minutes(7 * 24 * 60);
        let ticket = self.stage.people.ticket(attempt, sitting, account, expires_at);
        Candidate { attempt, account, ticket }
    }

    async fn act(&self, candidate: &Candidate, what: &str, body: &Value) -> Answer {
        let path = format!("/api/v1/exams/attempts/{}/{what}", candidate.attempt);
        self.stage.post(path, body).ticket(&candidate.ticket).send().await
    }

    /// Asks for the attempt on device number `device`.
    pub async fn open_on(&self, candidate: &Candidate, device: u128, take_over: bool) -> Answer {
        let device = uuid::Uuid::from_u128(device);
        self.act(candidate, "open", &json!({ "device_id": device, "take_over": take_over })).await
    }

    /// Opens and starts the attempt; answers the paper.
    pub async fn start(&self, candidate: &Candidate) -> Value {
        self.act(candidate, "open", &json!({ "device_id": uuid::Uuid::from_u128(1) })).await.expect(200);
        self.act(candidate, "start", &json!({ "lease_no": 1 })).await.expect(200);
        let path = format!("/api/v1/exams/attempts/{}/paper", candidate.attempt);
        self.stage.get(path).ticket(&candidate.ticket).send().await.expect(200)
    }

    pub async fn hand_in(&self, candidate: &Candidate) -> Value {
        self.act(candidate, "submit", &json!({ "lease_no": 1 })).await.expect(200)
    }

    /// Saves a response to a question of the paper; answers how it was taken.
    pub async fn answer(&self, candidate: &Candidate, seq: i64, question: &Value, response: Value) -> String {
        let body = json!({ "lease_no": 1, "entries": [
            { "seq": seq, "question_id": question, "response": response },
        ] });
        let path = format!("/api/v1/exams/attempts/{}/responses", candidate.attempt);
        let saved = self.stage.put(path, &body).ticket(&candidate.ticket).send().await.expect(200);
        super::text(&saved["receipts"][0]["status"]).to_owned()
    }

    /// The attempt as its candidate sees it.
    pub async fn seen_by(&self, candidate: &Candidate) -> Value {
        let path = format!("/api/v1/exams/attempts/{}", candidate.attempt);
        self.stage.get(path).ticket(&candidate.ticket).send().await.expect(200)
    }

    /// The current answers, as the candidate's device reads them back.
    pub async fn responses(&self, candidate: &Candidate) -> Vec<Value> {
        let path = format!("/api/v1/exams/attempts/{}/responses", candidate.attempt);
        let held = self.stage.get(path).ticket(&candidate.ticket).send().await.expect(200);
        held["responses"].as_array().cloned().unwrap_or_default()
    }

    pub async fn review(&self, candidate: &Candidate) -> Answer {
        let path = format!("/api/v1/exams/attempts/{}/review", candidate.attempt);
        self.stage.get(path).ticket(&candidate.ticket).send().await
    }
}
