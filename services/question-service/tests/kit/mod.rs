//! A question-service on a stage, with an author of one course and an author of another.

#![allow(dead_code, reason = "each journey uses its own part of the kit")]

use std::sync::Arc;

use authz::{AccountId, Grant, Role, UnitId, UnitPath};
use axum::http::Method;
use db::DbConfig;
use foundation::{Id, ManualClock, SeededRandom, SystemRandom};
use question_service::{QuestionService, QuestionSettings};
use serde_json::{Value, json};
use tempfile::TempDir;
use test_kit::{Answer, People, Request, Stage, TestDatabase};

/// Bytes that a file may have on the stage.
pub const UPLOAD_BYTES_MAX: usize = 2 * 1024 * 1024;

/// A question-service with its people.
pub struct Desk {
    pub stage: Stage,
    pub service: Arc<QuestionService>,
    /// Writes questions in `unit`.
    pub author: String,
    pub author_id: AccountId,
    pub unit: UnitPath,
    /// Writes questions in another unit.
    pub stranger: String,
    pub stranger_unit: UnitPath,
    media: TempDir,
    database: TestDatabase,
}

impl Desk {
    pub async fn open(database: TestDatabase) -> Self {
        Self::open_with(database, UPLOAD_BYTES_MAX).await
    }

    pub async fn open_with(database: TestDatabase, upload_bytes_max: usize) -> Self {
        let (clock, people) = Stage::prepare();
        let media = TempDir::new().expect("a folder");
        let settings = QuestionSettings { media_folder: media.path().to_owned(), upload_bytes_max };
        let service = QuestionService::open(
            &database.config,
            settings,
            Arc::new(clock.clone()),
            Arc::new(SeededRandom::new(7)),
        )
        .await
        .expect("the service opens");
        let (unit, stranger_unit) = (course(&clock), course(&clock));
        let (author_id, author) = author_of(&people, &unit);
        let (_, stranger) = author_of(&people, &stranger_unit);
        let stage = Stage::of(clock, people, vec![service.parts()]);
        Self { stage, service, author, author_id, unit, stranger, stranger_unit, media, database }
    }

    pub fn config(&self) -> &DbConfig {
        &self.database.config
    }

    pub fn path(rest: &str) -> String {
        format!("/api/v1/questions{rest}")
    }

    pub fn request(&self, method: Method, rest: &str) -> Request {
        self.stage.request(method, Self::path(rest)).token(&self.author)
    }

    pub async fn get(&self, rest: &str) -> Answer {
        self.request(Method::GET, rest).send().await
    }
    pub async fn post(&self, rest: &str, body: &Value) -> Answer {
        self.request(Method::POST, rest).json(body).send().await
    }
    pub async fn put(&self, rest: &str, body: &Value) -> Answer {
        self.request(Method::PUT, rest).json(body).send().await
    }
    pub async fn delete(&self, rest: &str) -> Answer {
        self.request(Method::DELETE, rest).send().await
    }

    /// Makes a bank of the author's; answers its id.
    pub async fn bank(&self, title: &str) -> String {
        let bank = self.post("/banks", &json!({ "unit_path": self.unit, "title": title })).await;
        id(&bank.expect(201))
    }

    /// Makes a category; answers its id.
    pub async fn category(&self, bank: &str, parent: Option<&str>, name: &str) -> String {
        let body = json!({ "name": name, "parent_id": parent });
        id(&self.post(&format!("/banks/{bank}/categories"), &body).await.expect(201))
    }

    /// Adds a ready question; answers what the author sees of it.
    pub async fn question(&self, bank: &str, stem: &str) -> Value {
        self.question_with(bank, content(stem, "ready"), json!({})).await
    }

    /// Adds a question filed so; answers what the author sees of it.
    pub async fn question_with(&self, bank: &str, content: Value, filing: Value) -> Value {
        let mut body = filing;
        body["content"] = content;
        self.post(&format!("/banks/{bank}/questions"), &body).await.expect(201)
    }

    /// The titles that a search finds, in order.
    pub async fn found(&self, query: &str) -> Vec<String> {
        let page = self.get(&format!("/search?{query}")).await.expect(200);
        let items = page["items"].as_array().expect("items");
        items.iter().map(|item| item["title"].as_str().expect("a title").to_owned()).collect()
    }

    /// Sends a file as the body.
    pub async fn import(&self, bank: &str, params: &str, file: impl Into<axum::body::Body>) -> Answer {
        self.request(Method::POST, &format!("/banks/{bank}/import?format=gift{params}"))
            .bytes("text/plain", file)
            .send()
            .await
    }

    /// What was done, in the order of the alphabet: the clock stands still. Each act is a fact too.
    pub async fn acts(&self) -> Vec<String> {
        let mut conn = self.service.db.read().await.expect("a connection");
        let records =
            audit::list(&mut conn, question_service::SCHEMA, &Default::default()).await.expect("a log");
        let mut acts: Vec<String> = records.into_iter().map(|record| record.action).collect();
        acts.sort();
        let mut facts: Vec<String> =
            db::on!(&mut conn, c => sqlx::query_scalar("SELECT kind FROM question.outbox").fetch_all(c).await)
                .expect("an outbox");
        facts.sort();
        assert_eq!(facts, acts);
        acts
    }
}

pub fn course(clock: &ManualClock) -> UnitPath {
    let unit: UnitId = Id::new(clock, &SystemRandom);
    UnitPath::institution().child(unit)
}

pub fn author_of(people: &People, unit: &UnitPath) -> (AccountId, String) {
    people.with_grants(vec![Grant { role: Role::Author, unit: unit.clone() }])
}

pub fn id(thing: &Value) -> String {
    thing["id"].as_str().expect("an id").to_owned()
}

pub fn text(text: &str) -> Value {
    json!({ "format": "markdown", "text": text })
}

/// A single-choice question whose title is its stem.
pub fn content(stem: &str, state: &str) -> Value {
    json!({
        "title": stem,
        "points": 2,
        "state": state,
        "question": {
            "stem": text(stem),
            "body": { "type": "single_choice", "shuffle": true, "options": [
                { "id": "a", "text": text("right") },
                { "id": "b", "text": text("wrong") },
            ] },
        },
        "key": { "scheme": { "type": "single_choice", "fractions": { "a": 1 } } },
    })
}

/// What it takes to save a question as it is, to be changed by the caller.
pub fn saved(question: &Value) -> Value {
    json!({
        "version": question["version"],
        "content": {
            "title": question["title"], "points": question["points"], "stimulus_id": question["stimulus_id"],
            "state": question["state"], "question": question["question"], "key": question["key"],
        },
        "category_id": question["category_id"],
        "tags": question["tags"],
        "idnumber": question["idnumber"],
    })
}

/// The smallest PNG: one pixel.
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63,
    0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x56, 0xc7, 0x2f, 0x0d, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xae, 0x42, 0x60, 0x82,
];
