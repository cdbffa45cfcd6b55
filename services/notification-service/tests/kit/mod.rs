//! A notification-service on a stage.

use std::sync::Arc;

use authz::{AccountId, Grant, Role, SittingId, UnitId, UnitPath};
use events::Event;
use exam_api::{ReleaseWithdrawn, ResultsReleased, SittingCancelled, SittingScheduled, kinds};
use foundation::{Clock as _, Id, IdKind, ManualClock, Span, SystemRandom};
use notification_service::NotificationService;
use serde::Serialize;
use serde_json::{Value, json};
use test_kit::{Answer, Stage, TestDatabase};

pub struct Office {
    pub stage: Stage,
    pub service: Arc<NotificationService>,
    pub sitting: SittingId,
    _database: TestDatabase,
}

/// Somebody who is signed in.
pub struct Person {
    pub account: AccountId,
    pub token: String,
}

pub fn id<K: IdKind>(clock: &ManualClock) -> Id<K> {
    Id::new(clock, &SystemRandom)
}

impl Office {
    pub async fn open(database: TestDatabase) -> Self {
        let (clock, people) = Stage::prepare();
        let service =
            NotificationService::open(&database.config, Arc::new(clock.clone()), Arc::new(SystemRandom))
                .await
                .expect("the service opens");
        let sitting = id(&clock);
        let stage = Stage::of(clock, people, vec![service.parts()]);
        Self { stage, service, sitting, _database: database }
    }

    pub fn clock(&self) -> &ManualClock {
        &self.stage.clock
    }

    pub fn person(&self, role: Role) -> Person {
        let (account, token) = self.stage.people.with_role(role);
        Person { account, token }
    }

    /// An officer of one unit alone.
    pub fn officer_of_a_unit(&self) -> Person {
        let unit: UnitId = id(self.clock());
        let unit = UnitPath::institution().child(unit);
        let (account, token) = self.stage.people.with_grants(vec![Grant { role: Role::Officer, unit }]);
        Person { account, token }
    }

    pub async fn inbox(&self, person: &Person, query: &str) -> Answer {
        self.stage.get(format!("/api/v1/notifications{query}")).token(&person.token).send().await
    }

    pub async fn read(&self, person: &Person, message: &Value) -> Answer {
        let id = message["id"].as_str().expect("an id");
        let path = format!("/api/v1/notifications/{id}/read");
        self.stage.request("POST".parse().expect("a method"), path).token(&person.token).send().await
    }

    pub async fn read_all(&self, person: &Person, newest_seen: &Value) -> Answer {
        let body = json!({ "newest_seen": newest_seen });
        self.stage.post("/api/v1/notifications/read-all", &body).token(&person.token).send().await
    }

    pub fn letter(&self, to: &[&Person]) -> Value {
        let to: Vec<AccountId> = to.iter().map(|person| person.account).collect();
        json!({ "recipient_ids": to, "subject": "Room change", "body": "We sit in B 12." })
    }

    /// Sends; a second later, so that messages have an order.
    pub async fn send(&self, sender: &Person, letter: &Value) -> Answer {
        self.clock().advance(Span::from_seconds(1));
        self.stage.post("/api/v1/notifications/messages", letter).token(&sender.token).send().await
    }

    pub fn event(&self, kind: &str, payload: &impl Serialize) -> Event {
        Event {
            id: id(self.clock()),
            kind: kind.to_owned(),
            payload: serde_json::to_string(payload).expect("JSON"),
            created_at: self.clock().now(),
        }
    }

    pub fn released(&self, to: Vec<AccountId>) -> Event {
        let fact = ResultsReleased {
            sitting_id: self.sitting,
            title: "Mathematics, January".to_owned(),
            candidate_ids: to,
        };
        self.event(kinds::RESULTS_RELEASED, &fact)
    }

    pub fn withdrawn(&self, from: Vec<AccountId>) -> Event {
        let fact = ReleaseWithdrawn {
            sitting_id: self.sitting,
            title: "Mathematics, January".to_owned(),
            candidate_ids: from,
        };
        self.event(kinds::RELEASE_WITHDRAWN, &fact)
    }

    pub fn scheduled(&self, to: Vec<AccountId>) -> Event {
        let fact = SittingScheduled {
            sitting_id: self.sitting,
            unit: UnitPath::institution(),
            title: "Mathematics, January".to_owned(),
            opens_at: self.clock().now() + Span::from_minutes(60),
            candidate_ids: to,
        };
        self.event(kinds::SITTING_SCHEDULED, &fact)
    }

    pub fn cancelled(&self, to: Vec<AccountId>) -> Event {
        let fact = SittingCancelled {
            sitting_id: self.sitting,
            unit: UnitPath::institution(),
            title: "Mathematics, January".to_owned(),
            candidate_ids: to,
        };
        self.event(kinds::SITTING_CANCELLED, &fact)
    }

    pub async fn tell(&self, event: &Event) {
        self.clock().advance(Span::from_seconds(1));
        for consumer in self.service.consumers() {
            assert!(consumer.wants(&event.kind), "{}", event.kind);
            consumer.take(&[event]).await.expect("the fact is taken");
        }
    }
}
