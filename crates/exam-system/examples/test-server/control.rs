//! What a test does to the server beside using it.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

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
use exam_system::compose::Composed;
use foundation::{Clock as _, Span, SystemRandom, Text};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::{
    ConnectOptions as _, Connection as _, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions,
};
use test_kit::Wire;
use tokio::sync::Mutex;

use crate::{clock::MovedClock, seed};

/// The administrator that every test server has.
const ADMIN: &str = "test-admin";
const PASSWORD: &str = "correct horse battery staple";
/// A process notices within a tenth of a second that its clock was set, and then looks whether it is alone with that.
const NOTICED: Duration = Duration::from_millis(200);
/// Between two looks whether a process is ready.
const LOOK: Duration = Duration::from_millis(20);

/// The exam's database, for another program.
#[derive(Clone)]
pub enum ExamDatabase {
    Sqlite(PathBuf),
    Postgres(String),
}

/// A connection that keeps everybody else waiting.
enum Holder {
    Sqlite { _held: SqliteConnection },
    Postgres { _held: PgConnection },
}

/// What a test holds in its hands.
#[derive(Clone)]
pub struct Control {
    clock: MovedClock,
    exams: Arc<ExamService>,
    auth: Arc<AuthService>,
    database: ExamDatabase,
    /// Processes with the same clock: they must agree on it again before the test goes on.
    processes: Arc<[SocketAddr]>,
    lock: Arc<Mutex<Option<Holder>>>,
}

impl Control {
    /// Over services that are composed here, of which `processes` are replicas; makes the administrator.
    pub async fn over(
        composed: &Composed,
        clock: MovedClock,
        database: ExamDatabase,
        processes: Vec<SocketAddr>,
    ) -> Self {
        let auth = Arc::clone(composed.auth().expect("auth-service"));
        let (username, name) =
            (Username::new(ADMIN).expect("a user name"), Text::new("Test Admin").expect("a name"));
        auth.create_admin(username, name, Password::new(PASSWORD)).await.expect("an administrator");
        let exams = Arc::clone(composed.exams().expect("exam-service"));
        Self { clock, exams, auth, database, processes: processes.into(), lock: Arc::default() }
    }

    /// The endpoints.
    pub fn router(self) -> Router {
        Router::new()
            .route("/test/advance", post(advance))
            .route("/test/sitting", post(seat))
            .route("/test/lock", post(lock))
            .with_state(self)
    }

    async fn until_clocks_agree(&self) {
        if !self.processes.is_empty() {
            tokio::time::sleep(NOTICED).await;
        }
        for &process in &*self.processes {
            while !is_ready(process).await {
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

async fn is_ready(process: SocketAddr) -> bool {
    let Ok(mut wire) = Wire::connect(process).await else { return false };
    wire.send("GET", "/ready", &[], None).await.is_ok_and(|answer| answer.status.is_success())
}

#[derive(Deserialize)]
struct Lock {
    locked: bool,
}

async fn lock(State(control): State<Control>, Json(body): Json<Lock>) -> Json<Value> {
    let mut held = control.lock.lock().await;
    *held = None;
    if body.locked {
        *held = Some(hold(&control.database).await.expect("the lock"));
    }
    Json(json!({ "locked": body.locked }))
}

async fn hold(database: &ExamDatabase) -> sqlx::Result<Holder> {
    match database {
        ExamDatabase::Sqlite(file) => {
            let mut other = SqliteConnectOptions::new().filename(file).connect().await?;
            sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await?;
            Ok(Holder::Sqlite { _held: other })
        }
        ExamDatabase::Postgres(url) => {
            let mut other = PgConnection::connect(url).await?;
            sqlx::raw_sql("BEGIN; LOCK TABLE exam.attempts IN ACCESS EXCLUSIVE MODE")
                .execute(&mut other)
                .await?;
            Ok(Holder::Postgres { _held: other })
        }
    }
}

#[derive(Deserialize)]
struct Advance {
    seconds: i64,
    #[serde(default)]
    away: bool,
}

async fn advance(State(control): State<Control>, Json(body): Json<Advance>) -> Json<Value> {
    if body.seconds != 0 {
        control.clock.advance(Span::from_seconds(body.seconds), body.away).expect("the clock's file");
        control.until_clocks_agree().await;
    }
    Json(json!({ "now": control.clock.now() }))
}

#[derive(Deserialize)]
struct Seat {
    candidates: usize,
    section_minutes: Option<u32>,
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
