//! Calls to a service in another process, over real sockets.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

use std::{
    collections::VecDeque,
    net::TcpListener,
    sync::{Arc, Mutex},
    time::Duration,
};

use auth_api::{AuthApi as _, wire};
use authz::{Actor, KeySource as _, Rule, Rules, Secrets, Service, Who};
use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{any, post},
};
use foundation::{FieldProblem, Problem, SystemClock, SystemRandom};
use http_kit::{Caller as Acting, Cors, Doorman, House, Rooms, deadline, problem_response};
use question_api::QuestionApi as _;
use remote::{Addresses, AuthClient, Caller, QuestionClient, Transport};
use test_kit::People;
use tokio_util::sync::CancellationToken;
use utoipa_axum::router::OpenApiRouter;

fn secrets(byte: u8) -> Secrets {
    Secrets::new(&[byte; 32]).expect("long enough")
}

fn caller() -> Caller {
    let times = (Arc::new(SystemClock) as _, Arc::new(SystemRandom) as _);
    Caller::new(Service::Exam, &secrets(7), times, Transport::new(None).expect("a transport"))
}

/// Serves on a free port; answers the address.
async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(http_kit::serve(listener, router, CancellationToken::new()));
    address
}

/// An address where nobody listens.
fn nobody() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    format!("http://{}", listener.local_addr().expect("an address"))
}

/// Answers what it is told to, one after the other, and remembers what it was asked.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<VecDeque<Result<&'static str, Problem>>>>,
    asked: Arc<Mutex<Vec<HeaderMap>>>,
}

impl Script {
    fn new(answers: impl IntoIterator<Item = Result<&'static str, Problem>>) -> Self {
        Self { answers: Arc::new(Mutex::new(answers.into_iter().collect())), asked: Arc::default() }
    }

    async fn serve(&self) -> String {
        serve(Router::new().fallback(any(answer)).with_state(self.clone())).await
    }

    fn asked(&self) -> usize {
        self.asked.lock().expect("asked").len()
    }
}

async fn answer(State(script): State<Script>, headers: HeaderMap, _: Bytes) -> Response {
    script.asked.lock().expect("asked").push(headers);
    let next = script.answers.lock().expect("answers").pop_front();
    match next.expect("an answer") {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(problem) => problem_response(problem),
    }
}

fn busy(seconds: u32) -> Problem {
    Problem::unavailable("storage.unavailable", "Not now.", seconds)
}

fn auth(addresses: &str) -> AuthClient {
    AuthClient::new(addresses.parse().expect("addresses"), caller())
}

#[test]
fn a_refusal_of_the_other_side_comes_back_with_its_code_fields_and_facts() {
    test_kit::run(async {
        let refused = Problem::invalid(
            "auth.too_many_people",
            "Too many.",
            vec![FieldProblem::at("rows[3]", "too_long", "Too long.").fact("most", 64)],
        );
        let script = Script::new([Err(refused.clone())]);
        let problem = auth(&script.serve().await).find_people(&[]).await.expect_err("a refusal");
        assert_eq!((problem.status, &problem.code), (422, &refused.code));
        assert_eq!((problem.detail, problem.errors), (refused.detail, refused.errors));
        assert_eq!(script.asked(), 1, "a refusal isn't asked for twice");
    });
}

#[test]
fn an_idempotent_call_is_made_again_after_503_and_one_that_is_not_is_made_once() {
    test_kit::run(async {
        let script = Script::new([Err(busy(0)), Err(busy(0)), Ok("[]")]);
        assert_eq!(auth(&script.serve().await).find_people(&[]).await.expect("people"), []);
        assert_eq!(script.asked(), 3);

        let script = Script::new([Err(busy(0)), Ok("[]")]);
        let questions = QuestionClient::new(script.serve().await.parse().expect("an address"), caller());
        let problem = questions.freeze(&Actor::Anonymous, &[]).await.expect_err("once");
        assert_eq!((problem.status, problem.code.as_ref()), (503, "storage.unavailable"));
        assert_eq!(script.asked(), 1);
    });
}

#[test]
fn who_asks_for_more_patience_than_there_is_gets_no_second_call() {
    test_kit::run(async {
        let script = Script::new([Err(busy(600)), Ok("[]")]);
        let problem = auth(&script.serve().await).find_people(&[]).await.expect_err("503");
        assert_eq!((problem.code.as_ref(), problem.retry_after_seconds), ("storage.unavailable", Some(600)));
        assert_eq!(script.asked(), 1);
    });
}

#[test]
fn a_service_in_trouble_is_not_drowned_by_retries() {
    test_kit::run(async {
        let script = Script::new((0..200).map(|_| Err(busy(0))));
        let client = auth(&script.serve().await);
        for _ in 0..40 {
            client.find_people(&[]).await.expect_err("503");
        }
        // Ten retries were saved up, forty calls pay for four more.
        assert!(script.asked() <= 40 + 14, "{} calls", script.asked());
    });
}

#[test]
fn when_one_replica_is_away_the_other_is_asked_whatever_the_call_does() {
    test_kit::run(async {
        let script = Script::new([Ok("[]"), Ok("[]")]);
        let addresses: Addresses =
            format!("{},{}", nobody(), script.serve().await).parse().expect("addresses");
        let questions = QuestionClient::new(addresses, caller());
        for _ in 0..2 {
            assert!(questions.freeze(&Actor::Anonymous, &[]).await.expect("questions").is_empty());
        }
        assert_eq!(script.asked(), 2);
    });
}

#[test]
fn a_service_that_is_away_is_503_with_a_time_to_come_back() {
    test_kit::run(async {
        for client in [auth(&nobody()), AuthClient::new(Addresses::none(), caller())] {
            let problem = client.public_keys().await.expect_err("nobody there");
            assert_eq!((problem.status, problem.code.as_ref()), (503, "service.unavailable"));
            assert_eq!(problem.retry_after_seconds, Some(2));
            assert!(problem.log.expect("why").starts_with("auth-service: "));
        }
        let script = Script::new([Ok("<html>")]);
        let problem = auth(&script.serve().await).public_keys().await.expect_err("no keys");
        assert_eq!(problem.code, "service.unavailable");
    });
}

/// A house with one internal endpoint, whose doorman is the real one; it answers who acts and how long there is.
async fn house(secret: u8) -> String {
    let people = People::standing(SystemClock);
    let rules = Rules::of([Rule::new("POST", wire::FIND_PEOPLE, Who::Service)]);
    let tokens = authz::AccessVerifier::new(Arc::new(people), Arc::new(SystemClock));
    let doorman = Doorman::new(rules, &secrets(secret), Arc::new(tokens), Arc::new(SystemClock));
    let house = House {
        doorman,
        cors: Cors::default(),
        rooms: Rooms::default(),
        idempotency: Vec::new(),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
    };
    let router = OpenApiRouter::new().route(wire::FIND_PEOPLE, post(tell));
    serve(house.build(router).router).await
}

async fn tell(Acting(actor): Acting, request: Request) -> Response {
    let stall = request.headers().contains_key("stall");
    let left = deadline::remaining().expect("a deadline");
    assert_eq!(actor, Actor::System("exam-service"));
    assert!(left <= Duration::from_secs(5), "{left:?}");
    if stall {
        std::future::pending::<()>().await;
    }
    ([(header::CONTENT_TYPE, "application/json")], "[]").into_response()
}

#[test]
fn the_doorman_takes_our_token_and_sees_who_acts_and_the_deadline() {
    test_kit::run(async {
        let address = house(7).await;
        assert_eq!(auth(&address).find_people(&[]).await.expect("people"), []);
        let late = deadline::within(Duration::ZERO, auth(&address).find_people(&[])).await;
        assert!(late.is_err() || late.is_ok_and(|answer| answer.is_err()));
    });
}

/// Asks another service, as a handler does.
async fn ask_on(State(script): State<String>) -> Response {
    match auth(&script).find_people(&[]).await {
        Ok(_) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => problem_response(problem),
    }
}

#[test]
fn what_is_asked_because_of_a_request_carries_its_id() {
    test_kit::run(async {
        let script = Script::new([Ok("[]")]);
        let rules = Rules::of([Rule::new("GET", "/ask", Who::Public)]);
        let people = Arc::new(People::standing(SystemClock));
        let tokens = Arc::new(authz::AccessVerifier::new(people, Arc::new(SystemClock)));
        let house = House {
            doorman: Doorman::new(rules, &secrets(7), tokens, Arc::new(SystemClock)),
            cors: Cors::default(),
            rooms: Rooms::default(),
            idempotency: Vec::new(),
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
        };
        let router = OpenApiRouter::new().route("/ask", any(ask_on)).with_state(script.serve().await);
        let address = serve(house.build(router).router).await;
        let address = address.strip_prefix("http://").expect("plain").parse().expect("an address");
        let mut wire = test_kit::Wire::connect(address).await.expect("a connection");
        let answer =
            wire.send("GET", "/ask", &[("x-request-id", "from-the-proxy-1")], None).await.expect("one");
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        assert_eq!(answer.headers["x-request-id"], "from-the-proxy-1");
        let asked = script.asked.lock().expect("asked");
        assert_eq!(asked[0]["x-request-id"], "from-the-proxy-1");
    });
}

#[test]
fn another_installations_token_is_refused_without_signing_the_person_out() {
    test_kit::run(async {
        let problem = auth(&house(8).await).find_people(&[]).await.expect_err("another secret");
        assert_eq!((problem.status, problem.code.as_ref()), (503, "service.unavailable"));
        assert!(problem.log.expect("why").contains("JWT_SECRET"));
    });
}

#[test]
fn nobody_without_a_service_token_learns_that_internal_endpoints_are_there() {
    test_kit::run(async {
        let address: std::net::SocketAddr =
            house(7).await.strip_prefix("http://").expect("plain").parse().expect("an address");
        let mut wire = test_kit::Wire::connect(address).await.expect("a connection");
        let body = serde_json::json!({ "ids": [] });
        for (headers, status, code) in [
            (&[][..], 404, "request.no_such_thing"),
            (&[("service-token", "v1.x.y")][..], 401, "service.token_refused"),
        ] {
            let answer = wire.send("POST", wire::FIND_PEOPLE, headers, Some(&body)).await.expect("an answer");
            assert_eq!(answer.problem(status), code);
        }
    });
}

#[test]
fn work_for_another_service_stops_when_its_deadline_has_passed() {
    test_kit::run(async {
        let address: std::net::SocketAddr =
            house(7).await.strip_prefix("http://").expect("plain").parse().expect("an address");
        let call = authz::ServiceCall {
            issuer: Service::Exam,
            audience: Service::Auth,
            path: wire::FIND_PEOPLE.to_owned(),
            actor: Actor::System("exam-service"),
        };
        let key = authz::ServiceTokenKey::new(&secrets(7));
        let token = key.seal(&call, foundation::Clock::now(&SystemClock), foundation::Span::from_seconds(30));
        let headers = [("service-token", token.as_str()), ("deadline-ms", "50"), ("stall", "1")];
        let mut wire = test_kit::Wire::connect(address).await.expect("a connection");
        let answer = wire
            .send("POST", wire::FIND_PEOPLE, &headers, Some(&serde_json::json!({})))
            .await
            .expect("an answer");
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.problem(503), "request.deadline_passed");
    });
}
