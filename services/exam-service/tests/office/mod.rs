//! An exam-service on a stage as staff see it: units, people, questions to draw from, and whoever is asking.

#![allow(dead_code, unused_imports, reason = "each journey uses its own part of the office")]

use std::sync::Arc;

use authz::{AccountId, Grant, Role, Secrets, UnitId, UnitPath};
use events::{Presence, Signals};
use exam_service::{ExamService, ExamSettings, app::writer::Pace, store};
use foundation::{Id, ManualClock, Span, SystemRandom};
use serde_json::{Value, json};
use tempfile::TempDir;
use test_kit::{Answer, Request, Stage, TestDatabase, hold_counted_up};

mod auth;
mod candidates;
mod questions;
mod sittings;

pub use auth::FakeAuth;
pub use candidates::Candidate;
pub use questions::{FakeQuestions, PICTURE, PICTURE_HASH, PLANTED, essay, single_choice};
pub use sittings::in_minutes;

/// Somebody at a desk.
#[derive(Clone)]
pub struct Clerk {
    pub account: AccountId,
    pub grants: Vec<Grant>,
}

/// An exam-service with its neighbours played.
pub struct Office {
    pub stage: Stage,
    pub service: Arc<ExamService>,
    pub auth: FakeAuth,
    pub questions: FakeQuestions,
    pub author: Clerk,
    pub officer: Clerk,
    _database: TestDatabase,
    _files: TempDir,
}

impl Office {
    pub async fn open(database: TestDatabase) -> Self {
        let (clock, people) = Stage::prepare();
        let auth = FakeAuth::new(clock.clone());
        let questions = FakeQuestions::new(clock.clone());
        let files = TempDir::new().expect("a folder");
        let service = ExamService::open(
            &database.config,
            ExamSettings {
                pace: Pace { linger: Span::ZERO, ..Pace::default() },
                files_folder: files.path().join("files"),
                sealed_folder: files.path().join("sealed"),
                ..ExamSettings::new(Secrets::new(&[7; 32]).expect("a secret"))
            },
            Arc::new(clock.clone()),
            Arc::new(SystemRandom),
            Arc::new(auth.clone()),
            Arc::new(questions.clone()),
            (Signals::new(), Presence::default()),
        )
        .await
        .expect("the service opens");
        hold_counted_up(&service.db, ("exam", "attempts"), store::attempts::LOCKED_COLUMNS).await;
        let clerk = |role| Clerk {
            account: Id::new(&clock, &SystemRandom),
            grants: vec![Grant { role, unit: UnitPath::institution() }],
        };
        let (author, officer) = (clerk(Role::Author), clerk(Role::Officer));
        let stage = Stage::of(clock, people, vec![service.parts()]);
        Self { stage, service, auth, questions, author, officer, _database: database, _files: files }
    }

    pub fn clock(&self) -> &ManualClock {
        &self.stage.clock
    }

    pub fn id<K: foundation::IdKind>(&self) -> Id<K> {
        Id::new(self.clock(), &SystemRandom)
    }

    /// Somebody with `role` in the whole institution.
    pub fn clerk(&self, role: Role) -> Clerk {
        self.clerk_of(role, &UnitPath::institution())
    }

    /// Somebody with `role` in one unit.
    pub fn clerk_of(&self, role: Role, unit: &UnitPath) -> Clerk {
        Clerk { account: self.id(), grants: vec![Grant { role, unit: unit.clone() }] }
    }

    /// A fresh token: they live an hour, and the clock is moved by hours.
    pub fn token(&self, clerk: &Clerk) -> String {
        self.stage.people.token(clerk.account, clerk.grants.clone())
    }

    /// A faculty, known to auth-service.
    pub fn unit(&self, name: &str) -> (UnitId, UnitPath) {
        self.auth.add_unit(name)
    }

    pub async fn get(&self, clerk: &Clerk, path: impl AsRef<str>) -> Answer {
        self.stage.get(format!("/api/v1/exams{}", path.as_ref())).token(&self.token(clerk)).send().await
    }

    pub async fn post(&self, clerk: &Clerk, path: impl AsRef<str>, body: &Value) -> Answer {
        self.stage
            .post(format!("/api/v1/exams{}", path.as_ref()), body)
            .token(&self.token(clerk))
            .send()
            .await
    }

    pub async fn put(&self, clerk: &Clerk, path: impl AsRef<str>, body: &Value) -> Answer {
        self.stage.put(format!("/api/v1/exams{}", path.as_ref()), body).token(&self.token(clerk)).send().await
    }

    pub fn request(&self, method: &str, path: impl AsRef<str>) -> Request {
        let method = method.parse().expect("a method");
        self.stage.request(method, format!("/api/v1/exams{}", path.as_ref()))
    }

    /// An exam with these sections, as its author made it.
    pub async fn exam(&self, definition: Value) -> Value {
        let body = json!({ "title": "Mathematics", "definition": definition });
        self.post(&self.author, "", &body).await.expect(201)
    }

    pub async fn publish(&self, exam: &Value) -> Answer {
        let path = format!("/{}/publish", text(&exam["id"]));
        self.post(&self.author, path, &json!({ "version": exam["version"] })).await
    }

    /// An exam of `questions` single-choice questions worth one point each, 90 minutes, published.
    pub async fn published_exam(&self, questions: usize) -> Value {
        let items: Vec<Value> = (0..questions)
            .map(|_| json!({ "type": "fixed", "question_id": self.questions.add(single_choice()) }))
            .collect();
        self.published(json!({ "duration_minutes": 90, "sections": [{ "items": items }] })).await
    }

    /// An exam with this definition, published.
    pub async fn published(&self, definition: Value) -> Value {
        let exam = self.exam(definition).await;
        self.publish(&exam).await.expect(201);
        self.get(&self.author, format!("/{}", text(&exam["id"]))).await.expect(200)
    }
}

/// The text in a JSON string.
#[track_caller]
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// `field code` of each error of a refusal.
pub fn errors(answer: &Answer) -> Vec<String> {
    named(&answer.json()["errors"])
}

/// `field code` of each finding.
pub fn named(findings: &Value) -> Vec<String> {
    let name = |finding: &Value| {
        let place = finding["line"].as_u64().map_or_else(String::new, |line| format!("{line} "));
        format!("{place}{} {}", finding["field"].as_str().unwrap_or(""), text(&finding["code"]))
    };
    findings.as_array().map(|findings| findings.iter().map(name).collect()).unwrap_or_default()
}
