//! The same request with the same `Idempotency-Key` is done once.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use authz::{Role, Rule, Who};
use axum::extract::State;
use db::Schema;
use foundation::{Problem, Span};
use http_kit::{ApiResult, Json, ServiceParts};
use serde_json::{Value, json};
use test_kit::{Stage, TestDatabase};
use utoipa_axum::{router::OpenApiRouter, routes};

const RULES: &[Rule] = &[Rule::new("POST", "/api/v1/exams/count", Who::SignedIn)];

#[derive(Default)]
struct Counter {
    done: AtomicU32,
}

#[utoipa::path(post, path = "/api/v1/exams/count", responses((status = 200)))]
async fn count(State(counter): State<Arc<Counter>>, Json(body): Json<Value>) -> ApiResult<Json<Value>> {
    let done = counter.done.fetch_add(1, Ordering::SeqCst) + 1;
    if body["fail"] == json!(true) {
        return Err(Problem::unavailable("test.down", "Down.", 1).into());
    }
    Ok(Json(json!({ "done": done })))
}

async fn stage(database: &TestDatabase) -> Stage {
    let (clock, people) = Stage::prepare();
    let db = database.open(&Schema::new("exam", &[http_kit::MIGRATIONS])).await;
    let router = OpenApiRouter::new().routes(routes!(count)).with_state(Arc::new(Counter::default()));
    let parts = ServiceParts { name: "exam-service", router, rules: RULES, jobs: Vec::new(), db };
    Stage::of(clock, people, vec![parts])
}

test_kit::on_both_databases! {
    async fn the_same_key_gets_the_same_answer_and_nothing_is_done_twice(database: TestDatabase) {
        let stage = stage(&database).await;
        let (_, token) = stage.people.with_role(Role::Officer);
        let post = |key: &'static str, body: Value| {
            stage.post("/api/v1/exams/count", &body).token(&token).header("idempotency-key", key).send()
        };
        let first = post("a", json!({})).await;
        let again = post("a", json!({})).await;
        assert_eq!((first.json(), again.json()), (json!({ "done": 1 }), json!({ "done": 1 })));
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(again.headers["content-type"], first.headers["content-type"]);
        assert_eq!(post("b", json!({})).await.expect(200), json!({ "done": 2 }));
        assert_eq!(post("a", json!({ "other": 1 })).await.problem(422), "request.idempotency_key_reused");
        stage.clock.advance(Span::from_minutes(24 * 60 + 1));
        let token = stage.people.with_role(Role::Officer).1;
        let later = stage.post("/api/v1/exams/count", &json!({})).token(&token).header("idempotency-key", "a").send();
        assert_eq!(later.await.expect(200), json!({ "done": 3 }));
    }

    async fn a_key_belongs_to_who_sent_it_and_a_failure_can_be_tried_again(database: TestDatabase) {
        let stage = stage(&database).await;
        let (_, one) = stage.people.with_role(Role::Officer);
        let (_, other) = stage.people.with_role(Role::Officer);
        let post = |token: &str, body: Value| {
            stage.post("/api/v1/exams/count", &body).token(token).header("idempotency-key", "a").send()
        };
        assert_eq!(post(&one, json!({})).await.expect(200), json!({ "done": 1 }));
        assert_eq!(post(&other, json!({})).await.expect(200), json!({ "done": 2 }));
        let key = "x".repeat(201);
        let long = stage.post("/api/v1/exams/count", &json!({})).token(&one).header("idempotency-key", &key);
        assert_eq!(long.send().await.problem(400), "request.idempotency_key_invalid");
        let fail = || stage.post("/api/v1/exams/count", &json!({ "fail": true })).token(&one).header("idempotency-key", "f");
        assert_eq!(fail().send().await.problem(503), "test.down");
        assert_eq!(fail().send().await.problem(503), "test.down");
    }
}
