//! A proctoring-service on a stage.

use std::sync::Arc;

use authz::{AccountId, AttemptId, Grant, Role, SittingId, UnitId, UnitPath};
use events::{Event, EventId};
use exam_api::{AttemptStarted, AttemptSubmitted, SittingScheduled, kinds};
use foundation::{Clock as _, Id, IdKind, Instant, ManualClock, Span, SystemRandom};
use proctoring_service::ProctoringService;
use serde::Serialize;
use serde_json::{Value, json};
use test_kit::{Answer, Stage, TestDatabase};

pub struct Hall {
    pub stage: Stage,
    pub service: Arc<ProctoringService>,
    pub sitting: SittingId,
    _database: TestDatabase,
}

#[derive(Clone)]
pub struct Candidate {
    pub attempt: AttemptId,
    pub account: AccountId,
    pub ticket: String,
}

pub fn id<K: IdKind>(clock: &ManualClock) -> Id<K> {
    Id::new(clock, &SystemRandom)
}

impl Hall {
    pub async fn open(database: TestDatabase) -> Self {
        let (clock, people) = Stage::prepare();
        let service =
            ProctoringService::open(&database.config, Arc::new(clock.clone()), Arc::new(SystemRandom))
                .await
                .expect("the service opens");
        let sitting = id(&clock);
        let stage = Stage::of(clock, people, vec![service.parts()]);
        Self { stage, service, sitting, _database: database }
    }

    pub fn clock(&self) -> &ManualClock {
        &self.stage.clock
    }

    /// A candidate of the hall's sitting, of whom this service has heard nothing.
    pub fn candidate(&self) -> Candidate {
        let (attempt, account) = (id(self.clock()), id(self.clock()));
        // Ids sort by time: two candidates shouldn't be made in one millisecond.
        self.clock().advance(Span::from_millis(1));
        let expires_at = self.clock().now() + Span::from_minutes(48 * 60);
        let ticket = self.stage.people.ticket(attempt, self.sitting, account, expires_at);
        Candidate { attempt, account, ticket }
    }

    pub fn with_role(&self, role: Role) -> String {
        self.stage.people.with_role(role).1
    }

    /// Somebody with a role in one unit alone.
    pub fn with_role_in(&self, role: Role, unit: &UnitPath) -> String {
        self.stage.people.with_grants(vec![Grant { role, unit: unit.clone() }]).1
    }

    pub fn unit(&self) -> UnitPath {
        let unit: UnitId = id(self.clock());
        UnitPath::institution().child(unit)
    }

    pub fn signal(&self, kind: &str) -> Value {
        let signal: Id<authz::Session> = id(self.clock());
        json!({ "signal_id": signal, "kind": kind })
    }

    pub async fn report_body(&self, candidate: &Candidate, body: &Value) -> Answer {
        let path = format!("/api/v1/proctoring/attempts/{}/violations", candidate.attempt);
        self.stage.post(path, body).ticket(&candidate.ticket).send().await
    }

    /// A violation as recorded.
    pub async fn report(&self, candidate: &Candidate, kind: &str) -> Value {
        self.clock().advance(Span::from_seconds(3));
        self.report_body(candidate, &self.signal(kind)).await.expect(200)["violation"].clone()
    }

    pub async fn own(&self, candidate: &Candidate) -> Answer {
        let path = format!("/api/v1/proctoring/attempts/{}/violations", candidate.attempt);
        self.stage.get(path).ticket(&candidate.ticket).send().await
    }

    pub async fn violations(&self, token: &str, query: &str) -> Answer {
        let path = format!("/api/v1/proctoring/sittings/{}/violations{query}", self.sitting);
        self.stage.get(path).token(token).send().await
    }

    pub async fn attempts(&self, token: &str, query: &str) -> Answer {
        let path = format!("/api/v1/proctoring/sittings/{}/attempts{query}", self.sitting);
        self.stage.get(path).token(token).send().await
    }

    pub async fn judge(&self, token: &str, violation: &Value, body: &Value) -> Answer {
        let id = violation["id"].as_str().expect("an id");
        let path = format!("/api/v1/proctoring/violations/{id}/judgement");
        self.stage.post(path, body).token(token).send().await
    }

    pub fn event(&self, kind: &str, payload: &impl Serialize) -> Event {
        Event {
            id: id::<events::EventKind>(self.clock()) as EventId,
            kind: kind.to_owned(),
            payload: serde_json::to_string(payload).expect("JSON"),
            created_at: self.clock().now(),
        }
    }

    pub async fn tell(&self, event: &Event) {
        for consumer in self.service.consumers() {
            assert!(consumer.wants(&event.kind), "{}", event.kind);
            consumer.take(&[event]).await.expect("the fact is taken");
        }
    }

    pub async fn tell_scheduled(&self, unit: &UnitPath) {
        let fact = SittingScheduled {
            sitting_id: self.sitting,
            unit: unit.clone(),
            title: "Mathematics, January".to_owned(),
            opens_at: self.clock().now(),
            candidate_ids: Vec::new(),
        };
        self.tell(&self.event(kinds::SITTING_SCHEDULED, &fact)).await;
    }

    pub async fn tell_started(&self, candidate: &Candidate) {
        let fact = AttemptStarted {
            attempt_id: candidate.attempt,
            sitting_id: self.sitting,
            candidate_id: candidate.account,
            started_at: self.clock().now(),
        };
        self.tell(&self.event(kinds::ATTEMPT_STARTED, &fact)).await;
    }

    pub async fn tell_submitted(&self, candidate: &Candidate, ended_at: Instant) {
        let fact = AttemptSubmitted {
            attempt_id: candidate.attempt,
            sitting_id: self.sitting,
            candidate_id: candidate.account,
            ended_at,
            handed_in: true,
        };
        self.tell(&self.event(kinds::ATTEMPT_SUBMITTED, &fact)).await;
    }
}
