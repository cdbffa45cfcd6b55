//! The whole server with a clock that a test moves, for browser journeys. Never part of the product.
//!
//! Prints `test-server is ready on http://ADDRESS`. Beside the product it answers:
//! `POST /test/advance {seconds}` moves the clock, with `away` as if no process had been there meanwhile; `POST /test/sitting {candidates, section_minutes}` seats candidates in
//! a sitting that is open now, its questions behind the first one in a section of so many minutes if that is said; its
//! codes are issued as an officer issues them. `POST /test/lock {locked}` holds the exam's database as another program
//! might, or lets it go.

#![expect(clippy::expect_used, reason = "a test server that can't go on must stop")]

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use auth_api::AuthApi as _;
use auth_service::{AuthService, Password, Username};
use authz::{Actor, UnitPath};
use axum::{Json, Router, extract::State, routing::post};
use exam_service::{
    ExamService,
    app::hand_over::hand_over,
    domain::{arrangement::arrange, time::ExtraTime},
    store,
};
use exam_system::{
    compose::compose,
    config::Config,
    run::{run, stop_signal},
};
use foundation::{Clock, Instant, Span, SystemClock, SystemRandom, Text};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::{ConnectOptions as _, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::sync::Mutex;

#[path = "../../../services/exam-service/tests/kit/seed.rs"]
mod seed;

/// The administrator that every test server has.
const ADMIN: &str = "test-admin";
const PASSWORD: &str = "correct horse battery staple";

/// The machine's clock, plus what the test has added.
#[derive(Clone, Default)]
struct MovedClock {
    added: Arc<AtomicI64>,
    /// What of it has passed: the rest is only a clock that was put on.
    passed: Arc<AtomicI64>,
}

impl Clock for MovedClock {
    fn now(&self) -> Instant {
        SystemClock.now() + Span::from_micros(self.added.load(Ordering::SeqCst))
    }

    fn steady(&self) -> Span {
        SystemClock.steady() + Span::from_micros(self.passed.load(Ordering::SeqCst))
    }
}

#[derive(Clone)]
struct Control {
    clock: MovedClock,
    exams: Arc<ExamService>,
    auth: Arc<AuthService>,
    exam_file: PathBuf,
    lock: Arc<Mutex<Option<SqliteConnection>>>,
}

#[derive(Deserialize)]
struct Advance {
    seconds: i64,
    #[serde(default)]
    away: bool,
}

#[derive(Deserialize)]
struct Seat {
    candidates: usize,
    section_minutes: Option<u32>,
}

#[derive(Deserialize)]
struct Lock {
    locked: bool,
}

async fn lock(State(control): State<Control>, Json(body): Json<Lock>) -> Json<Value> {
    let mut held = control.lock.lock().await;
    *held = None;
    if body.locked {
        let options = SqliteConnectOptions::new().filename(&control.exam_file);
        let mut other = options.connect().await.expect("the exam's database");
        sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.expect("the lock");
        *held = Some(other);
    }
    Json(json!({ "locked": body.locked }))
}

async fn advance(State(control): State<Control>, Json(body): Json<Advance>) -> Json<Value> {
    let micros = Span::from_seconds(body.seconds).as_micros();
    control.clock.added.fetch_add(micros, Ordering::SeqCst);
    if body.away {
        control.clock.passed.fetch_add(micros, Ordering::SeqCst);
    }
    Json(json!({ "now": control.clock.now() }))
}

async fn seat(State(control): State<Control>, Json(body): Json<Seat>) -> Json<Value> {
    let clock = &control.clock;
    let service = &control.exams;
    let (mut paper, keys) = seed::paper(clock);
    if let Some(minutes) = body.section_minutes {
        let mut section = paper.sections[0].clone();
        section.questions = paper.sections[0].questions.split_off(1);
        section.time_limit_minutes = Some(minutes);
        paper.sections.push(section);
    }
    let (sitting, paper_id) = seed::sitting(service, clock, &paper, &keys).await;
    let batch = sitting.id.to_string();
    let rows = (0..body.candidates)
        .map(|n| {
            let row = json!({ "number": format!("{n}-{batch}"), "display_name": format!("Candidate {n}") });
            serde_json::from_value(row).expect("a row")
        })
        .collect();
    let actor = Actor::System("test-server");
    let imported =
        control.auth.import_people(&actor, &UnitPath::institution(), rows, false).await.expect("people");
    for person in imported {
        let mut row = seed::attempt(clock, &sitting, paper_id, ExtraTime::default());
        row.candidate_id = person.account.expect("an account");
        let mut tx = service.db.begin().await.expect("a transaction");
        store::attempts::insert(&mut tx, &row, &arrange(&paper, &SystemRandom), clock.now())
            .await
            .expect("an attempt");
        tx.commit().await.expect("a commit");
    }
    hand_over(service).await.expect("handed over");
    Json(json!({ "sitting_id": sitting.id, "title": sitting.title }))
}

#[tokio::main]
async fn main() {
    let data = std::env::temp_dir().join(format!("exam-system-test-server-{}", std::process::id()));
    let config = Config::throwaway(&data, &SystemRandom).expect("a configuration");
    telemetry::init_logs(&config.log_level, config.log_format).expect("logs");
    let stop = stop_signal();
    let clock = MovedClock::default();
    let mut composed =
        compose(&config, Arc::new(clock.clone()), Arc::new(SystemRandom)).await.expect("the services open");
    composed
        .auth()
        .expect("auth-service")
        .create_admin(
            Username::new(ADMIN).expect("a user name"),
            Text::new("Test Admin").expect("a name"),
            Password::new(PASSWORD),
        )
        .await
        .expect("an administrator");
    let control = Control {
        clock,
        exams: Arc::clone(composed.exams().expect("exam-service")),
        auth: Arc::clone(composed.auth().expect("auth-service")),
        exam_file: data.join("exam.sqlite3"),
        lock: Arc::default(),
    };
    let controls = Router::new()
        .route("/test/advance", post(advance))
        .route("/test/sitting", post(seat))
        .route("/test/lock", post(lock))
        .with_state(control);
    composed.app.router = controls.fallback_service(composed.app.router.clone());
    let listener = tokio::net::TcpListener::bind(config.listen).await.expect("a free port");
    println!("test-server is ready on http://{}", listener.local_addr().expect("an address"));
    run(composed, (listener, None), stop, config.drain_grace).await.expect("a calm end");
    std::fs::remove_dir_all(data).expect("the folder goes");
}
