//! An analytics-service on a stage.

use std::sync::Arc;

use analytics_service::AnalyticsService;
use authz::{AccountId, AttemptId, Grant, Role, SittingId, UnitId, UnitPath};
use events::Event;
use exam_api::{
    AttemptMarked, AttemptStarted, AttemptSubmitted, ReleaseWithdrawn, ResultsReleased, SittingCancelled,
    SittingScheduled, kinds,
};
use foundation::{Clock as _, Id, IdKind, ManualClock, Points, Span, SystemRandom};
use serde::Serialize;
use serde_json::{Value, json};
use test_kit::{Answer, Stage, TestDatabase};

pub struct Desk {
    pub stage: Stage,
    pub service: Arc<AnalyticsService>,
    pub analyst: String,
    _database: TestDatabase,
}

pub fn id<K: IdKind>(clock: &ManualClock) -> Id<K> {
    Id::new(clock, &SystemRandom)
}

impl Desk {
    pub async fn open(database: TestDatabase) -> Self {
        let (clock, people) = Stage::prepare();
        let service =
            AnalyticsService::open(&database.config, Arc::new(clock.clone()), Arc::new(SystemRandom))
                .await
                .expect("the service opens");
        let analyst = people.with_role(Role::Analyst).1;
        let stage = Stage::of(clock, people, vec![service.parts()]);
        Self { stage, service, analyst, _database: database }
    }

    pub fn clock(&self) -> &ManualClock {
        &self.stage.clock
    }

    pub fn with_role(&self, role: Role) -> String {
        self.stage.people.with_role(role).1
    }

    pub fn with_role_in(&self, role: Role, unit: &UnitPath) -> String {
        self.stage.people.with_grants(vec![Grant { role, unit: unit.clone() }]).1
    }

    pub fn unit(&self) -> UnitPath {
        let unit: UnitId = id(self.clock());
        UnitPath::institution().child(unit)
    }

    pub async fn sittings(&self, token: &str, query: &str) -> Answer {
        self.stage.get(format!("/api/v1/analytics/sittings{query}")).token(token).send().await
    }

    pub async fn statistics(&self, token: &str, sitting: SittingId) -> Answer {
        self.stage.get(format!("/api/v1/analytics/sittings/{sitting}")).token(token).send().await
    }

    /// What the analyst sees of a sitting.
    pub async fn see(&self, sitting: SittingId) -> Value {
        self.statistics(&self.analyst, sitting).await.expect(200)
    }

    /// A fact of this moment; the next one is a second later.
    pub fn event(&self, kind: &str, payload: &impl Serialize) -> Event {
        self.clock().advance(Span::from_seconds(1));
        Event {
            id: id(self.clock()),
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

    pub fn scheduled(&self, sitting: SittingId, unit: &UnitPath, title: &str) -> Event {
        let fact = SittingScheduled {
            sitting_id: sitting,
            unit: unit.clone(),
            title: title.to_owned(),
            opens_at: self.clock().now(),
            candidate_ids: Vec::new(),
        };
        self.event(kinds::SITTING_SCHEDULED, &fact)
    }

    /// A sitting that was scheduled in `unit`.
    pub async fn schedule(&self, unit: &UnitPath) -> SittingId {
        let sitting = id(self.clock());
        self.tell(&self.scheduled(sitting, unit, "Mathematics, January")).await;
        sitting
    }

    pub fn started(&self, sitting: SittingId, attempt: AttemptId) -> Event {
        let fact = AttemptStarted {
            attempt_id: attempt,
            sitting_id: sitting,
            candidate_id: id(self.clock()),
            started_at: self.clock().now(),
        };
        self.event(kinds::ATTEMPT_STARTED, &fact)
    }

    pub fn submitted(&self, sitting: SittingId, attempt: AttemptId, handed_in: bool) -> Event {
        let fact = AttemptSubmitted {
            attempt_id: attempt,
            sitting_id: sitting,
            candidate_id: id(self.clock()),
            ended_at: self.clock().now(),
            handed_in,
        };
        self.event(kinds::ATTEMPT_SUBMITTED, &fact)
    }

    pub fn marked(
        &self,
        sitting: SittingId,
        attempt: AttemptId,
        score: f64,
        points_max: i32,
        complete: bool,
    ) -> Event {
        let fact = AttemptMarked {
            attempt_id: attempt,
            sitting_id: sitting,
            score: Points::from_f64(score).expect("points"),
            points_max: Points::whole(points_max),
            complete,
        };
        self.event(kinds::ATTEMPT_MARKED, &fact)
    }

    pub fn cancelled(&self, sitting: SittingId) -> Event {
        let fact = SittingCancelled {
            sitting_id: sitting,
            unit: UnitPath::institution(),
            title: "Mathematics".to_owned(),
            candidate_ids: Vec::new(),
        };
        self.event(kinds::SITTING_CANCELLED, &fact)
    }

    pub fn released(&self, sitting: SittingId) -> Event {
        let candidates: Vec<AccountId> = Vec::new();
        let fact = ResultsReleased {
            sitting_id: sitting,
            title: "Mathematics".to_owned(),
            candidate_ids: candidates,
        };
        self.event(kinds::RESULTS_RELEASED, &fact)
    }

    pub fn withdrawn(&self, sitting: SittingId) -> Event {
        let fact = ReleaseWithdrawn {
            sitting_id: sitting,
            title: "Mathematics".to_owned(),
            candidate_ids: Vec::new(),
        };
        self.event(kinds::RELEASE_WITHDRAWN, &fact)
    }

    /// An attempt that was sat, handed in and marked.
    pub async fn sit(&self, sitting: SittingId, score: f64, points_max: i32) -> AttemptId {
        let attempt = id(self.clock());
        self.tell(&self.started(sitting, attempt)).await;
        self.tell(&self.submitted(sitting, attempt, true)).await;
        self.tell(&self.marked(sitting, attempt, score, points_max, true)).await;
        attempt
    }
}

/// Counts as the wire has them: started, submitted, handed in, marked, partly marked.
pub fn counts(of: [i64; 5]) -> Value {
    let [started, submitted, handed_in, marked, partly_marked] = of;
    json!({
        "started": started, "submitted": submitted, "handed_in": handed_in,
        "marked": marked, "partly_marked": partly_marked,
    })
}
