//! A body that stalls is let go; one that is slow is waited for.

#![expect(clippy::unwrap_used, reason = "a test that can't go on must stop")]

use std::{convert::Infallible, time::Duration};

use authz::{Role, Rule, Who};
use axum::{body::Body, extract::State, http::Method};
use bytes::Bytes;
use db::Schema;
use futures::{StreamExt as _, stream};
use http_kit::{ApiResult, Json, ServiceParts, limits::BODY_STALL_MAX};
use serde_json::{Value, json};
use test_kit::{Stage, TestDatabase};
use tokio::sync::mpsc;
use utoipa_axum::{router::OpenApiRouter, routes};

const RULES: &[Rule] = &[Rule::new("POST", "/api/v1/test/say", Who::SignedIn)];
const BODY: &[u8] = br#"{"word":"hello"}"#;

#[utoipa::path(post, path = "/api/v1/test/say", responses((status = 200)))]
async fn say(
    State(said): State<mpsc::UnboundedSender<Value>>,
    Json(body): Json<Value>,
) -> ApiResult<Json<Value>> {
    said.send(body.clone()).unwrap();
    Ok(Json(body))
}

/// The body, a byte every `pause`, as far as `bytes`; what is missing never comes.
fn drip(bytes: usize, pause: Duration) -> Body {
    let sent = stream::iter(&BODY[..bytes]).then(move |byte| async move {
        tokio::time::sleep(pause).await;
        Ok::<_, Infallible>(Bytes::copy_from_slice(&[*byte]))
    });
    if bytes == BODY.len() {
        Body::from_stream(sent)
    } else {
        Body::from_stream(sent.chain(stream::pending()))
    }
}

#[tokio::test]
async fn a_body_that_stalls_is_let_go_and_one_that_is_slow_is_waited_for() {
    let (clock, people) = Stage::prepare();
    let db = TestDatabase::sqlite().open(&Schema::new("test", &[http_kit::MIGRATIONS])).await;
    let (said, mut heard) = mpsc::unbounded_channel();
    let router = OpenApiRouter::new().routes(routes!(say)).with_state(said);
    let parts = ServiceParts { name: "test-service", router, rules: RULES, jobs: Vec::new(), db };
    let stage = Stage::of(clock, people, vec![parts]);
    let (_, token) = stage.people.with_role(Role::Officer);
    let post = |body: Body| {
        stage.request(Method::POST, "/api/v1/test/say").token(&token).bytes("application/json", body).send()
    };

    tokio::time::pause();
    for bytes in [0, 1, BODY.len() - 1] {
        let began = tokio::time::Instant::now();
        let answer = post(drip(bytes, Duration::ZERO)).await;
        assert_eq!(answer.problem(408), "request.body_incomplete", "after {bytes} bytes");
        assert!(began.elapsed() < BODY_STALL_MAX + Duration::from_secs(1), "after {bytes} bytes");
    }
    assert!(heard.try_recv().is_err(), "nothing was done by halves");

    let slow = post(drip(BODY.len(), BODY_STALL_MAX - Duration::from_secs(1))).await;
    assert_eq!(slow.expect(200), json!({ "word": "hello" }));
    assert_eq!(heard.try_recv().unwrap(), json!({ "word": "hello" }));
}
