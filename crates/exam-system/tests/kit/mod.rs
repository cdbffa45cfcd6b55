//! A sitting in the database that the real binary then serves.

#![allow(dead_code, reason = "each test uses its own part of the kit")]

use std::{path::Path, sync::Arc};

use authz::AttemptId;
use db::DbConfig;
use exam_service::{
    domain::{arrangement::arrange, time::ExtraTime},
    store,
};
use exam_system::{compose::compose, config::Config};
use foundation::{Clock as _, Span, SystemClock, SystemRandom};
use question_model::QuestionVersionId;
use serde_json::{Value, json};
use test_kit::{Answer, People, TestDatabase, Wire};

#[path = "../../../../services/exam-service/tests/kit/seed.rs"]
pub mod seed;

/// A candidate with a ticket.
#[derive(Clone)]
pub struct Candidate {
    pub attempt: AttemptId,
    pub ticket: String,
}

/// A sitting that is open now, and its candidates.
pub struct Seeded {
    pub candidates: Vec<Candidate>,
    pub questions: Vec<QuestionVersionId>,
}

/// The configuration of a server on `database`, as [`test_kit::Server::command`] sets it.
pub fn config(database: &DbConfig, data: &Path) -> Config {
    let people = People::standing(SystemClock);
    Config {
        database: database.clone(),
        broker: None,
        cache: None,
        secrets: people.secrets.clone(),
        refresh_secrets: people.secrets,
        log_level: "error".to_owned(),
        upload_bytes_max: 1 << 20,
        exam_minutes_default: 90,
        demo: false,
        ..Config::throwaway(data, &SystemRandom).expect("a configuration")
    }
}

/// What `DATABASE_URL` must say for the server to use `database`.
pub fn database_url(database: &TestDatabase) -> String {
    match &database.config {
        DbConfig::Sqlite { folder } => format!("sqlite://{}", folder.display()),
        DbConfig::Postgres { url, .. } => url.clone(),
    }
}

/// Seats `candidates` in a sitting that opens now.
pub async fn seat(database: &DbConfig, data: &Path, candidates: usize) -> Seeded {
    let composed = compose(&config(database, data), Arc::new(SystemClock), Arc::new(SystemRandom))
        .await
        .expect("the services open");
    let service = composed.exams().expect("exam-service");
    let clock = SystemClock;
    let (paper, keys) = seed::paper(&clock);
    let (sitting, paper_id) = seed::sitting(service, &clock, &paper, &keys).await;
    let arrangement = arrange(&paper, &SystemRandom);
    let people = People::standing(SystemClock);
    let mut seated = Vec::new();
    let mut tx = service.db.begin().await.expect("a transaction");
    for _ in 0..candidates {
        let row = seed::attempt(&clock, &sitting, paper_id, ExtraTime::default());
        store::attempts::insert(&mut tx, &row, &arrangement, clock.now()).await.expect("an attempt");
        // Auth-service knows nobody here: tickets are sealed by the test.
        store::attempts::set_handed_over(&mut tx, row.id, row.version).await.expect("handed over");
        let expires_at = clock.now() + Span::from_minutes(60);
        let ticket = people.ticket(row.id, sitting.id, row.candidate_id, expires_at);
        seated.push(Candidate { attempt: row.id, ticket });
    }
    tx.commit().await.expect("a commit");
    let questions = paper.questions().map(|question| question.id).collect();
    for (_, db) in composed.databases() {
        db.close().await;
    }
    Seeded { candidates: seated, questions }
}

impl Candidate {
    pub fn path(&self, rest: &str) -> String {
        format!("/api/v1/exams/attempts/{}{rest}", self.attempt)
    }

    pub async fn post(&self, wire: &mut Wire, rest: &str, body: &Value) -> std::io::Result<Answer> {
        wire.send("POST", &self.path(rest), &[("exam-ticket", &self.ticket)], Some(body)).await
    }

    pub async fn put(&self, wire: &mut Wire, rest: &str, body: &Value) -> std::io::Result<Answer> {
        wire.send("PUT", &self.path(rest), &[("exam-ticket", &self.ticket)], Some(body)).await
    }

    pub async fn get(&self, wire: &mut Wire, rest: &str) -> std::io::Result<Answer> {
        wire.send("GET", &self.path(rest), &[("exam-ticket", &self.ticket)], None).await
    }

    /// Opens and starts.
    pub async fn start(&self, wire: &mut Wire) {
        let device = uuid_of(self);
        self.post(wire, "/open", &json!({ "device_id": device })).await.expect("an answer").expect(200);
        self.post(wire, "/start", &json!({ "lease_no": 1 })).await.expect("an answer").expect(200);
    }
}

fn uuid_of(candidate: &Candidate) -> String {
    candidate.attempt.to_string()
}

/// A save of one short text that names its own place.
pub fn save(question: QuestionVersionId, seq: i64) -> Value {
    json!({ "lease_no": 1, "entries": [{
        "seq": seq,
        "question_id": question,
        "response": { "type": "short_text", "text": format!("answer {seq}") },
    }] })
}
