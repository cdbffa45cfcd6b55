//! Load shedding: a full room refuses, and the others don't notice.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

use std::sync::Arc;

use authz::{AccessVerifier, Action, Role, Rule, Rules, Who};
use axum::{Router, body::Body, http::Request, routing::get};
use foundation::SystemRandom;
use http_body_util::BodyExt as _;
use http_kit::{Cors, Doorman, House, RoomSizes, Rooms, Standing, TICKET_HEADER};
use test_kit::{Answer, Stage};
use tokio::sync::Notify;
use tower::ServiceExt as _;
use utoipa_axum::router::OpenApiRouter;

const OFFICE: &str = "/api/v1/exams/to-mark";
const HALL: &str = "/api/v1/exams/attempts/{attempt_id}";
const RULES: &[Rule] =
    &[Rule::new("GET", OFFICE, Who::May(Action::Mark)), Rule::new("GET", HALL, Who::Ticket)];

async fn get_as(router: &Router, path: &str, name: &str, value: &str) -> Answer {
    let request = Request::get(path).header(name, value).body(Body::empty()).expect("a request");
    let (parts, body) = router.clone().oneshot(request).await.expect("an answer").into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    Answer { status: parts.status, headers: parts.headers, body }
}

#[test]
fn a_full_office_refuses_with_a_time_to_come_back_and_candidates_go_on() {
    test_kit::run(async {
        let (clock, people) = Stage::prepare();
        let (begun, finish) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (starts, ends) = (Arc::clone(&begun), Arc::clone(&finish));
        let slow = move || async move {
            starts.notify_one();
            ends.notified().await;
        };
        let standing = Standing::default();
        let routes =
            OpenApiRouter::new().route(OFFICE, get(slow)).route(HALL, get(|| async { "an attempt" }));
        let tokens = AccessVerifier::new(Arc::new(people.clone()), Arc::new(clock.clone()));
        let house = House {
            doorman: Doorman::new(
                Rules::of(RULES.iter().copied()),
                &people.secrets,
                Arc::new(tokens),
                Arc::new(clock.clone()),
            ),
            cors: Cors::default(),
            rooms: Rooms::new(RoomSizes { office: 1, ..RoomSizes::default() }).watched(standing.clone()),
            idempotency: Vec::new(),
            clock: Arc::new(clock.clone()),
            random: Arc::new(SystemRandom),
        };
        let router = house.build(routes).router;
        let (account, token) = people.with_role(Role::Marker);
        let bearer = format!("Bearer {token}");
        let first = {
            let (router, bearer) = (router.clone(), bearer.clone());
            tokio::spawn(async move { get_as(&router, OFFICE, "authorization", &bearer).await })
        };
        begun.notified().await;

        let refused = get_as(&router, OFFICE, "authorization", &bearer).await;
        assert_eq!(refused.headers["retry-after"], "2");
        assert_eq!(refused.problem(503), "request.overloaded");
        let (attempt, sitting) =
            ("0192f0c1-2345-7abc-8def-0123456789a1", "0192f0c1-2345-7abc-8def-0123456789a2");
        let expires = foundation::Clock::now(&clock) + foundation::Span::from_minutes(1);
        let ticket =
            people.ticket(attempt.parse().expect("an id"), sitting.parse().expect("an id"), account, expires);
        let path = HALL.replace("{attempt_id}", attempt);
        assert_eq!(get_as(&router, &path, TICKET_HEADER, &ticket).await.status.as_u16(), 200);

        // A process whose clock is wrong can't say what came in time: it sends candidates to another one.
        standing.set("exam clock", Some("two minutes ahead".to_owned()));
        let refused = get_as(&router, &path, TICKET_HEADER, &ticket).await;
        assert_eq!(refused.headers["retry-after"], "1");
        assert_eq!(refused.headers["connection"], "close");
        assert_eq!(refused.problem(503), "request.clock_wrong");
        standing.set("exam clock", None);
        assert_eq!(get_as(&router, &path, TICKET_HEADER, &ticket).await.status.as_u16(), 200);

        finish.notify_one();
        assert_eq!(first.await.expect("the first").status.as_u16(), 200);
        finish.notify_one();
        assert_eq!(get_as(&router, OFFICE, "authorization", &bearer).await.status.as_u16(), 200);
    });
}
