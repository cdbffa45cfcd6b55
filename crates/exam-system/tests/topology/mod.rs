//! One process per service, of the real binary, on a PostgreSQL server of the test's own; and a day at the office through
//! it.

#![allow(dead_code, reason = "each test uses its own part")]

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

use authz::Service;
use foundation::{Clock as _, Span, SystemClock};
use serde_json::{Value, json};
use test_kit::{Answer, OwnPostgres, Replicas, SECRET, Server, Wire};

pub const BINARY: &str = env!("CARGO_BIN_EXE_exam-system");
const PASSWORD: &str = "correct horse battery staple";
/// Replicas of each service.
const REPLICAS: usize = 2;
/// Looks at something that another process does soon; each look is a request.
const LOOKS_MAX: usize = 20_000;

/// Processes of the real binary, by service.
pub struct Topology {
    pub replicas: Replicas,
    next: AtomicUsize,
}

impl Topology {
    /// Starts two replicas of each service.
    pub fn start(postgres: &OwnPostgres, data: &Path) -> Self {
        Self::of(&Service::ALL, postgres, data, &[])
    }

    /// Starts two replicas of these services. `extra` sets more variables.
    pub fn of(services: &[Service], postgres: &OwnPostgres, data: &Path, extra: &[(&str, &str)]) -> Self {
        let replicas = Replicas::start(services, REPLICAS, |service| {
            let mut command = Server::command(BINARY, data, Some(&postgres.url()));
            command
                .args(["--services", service.schema()])
                .env("DATABASE_CONNECTIONS_MAX", "4")
                // Nothing in these journeys waits for a fact of another process.
                .env("RABBITMQ_URL", "amqp://127.0.0.1:1")
                .envs(extra.iter().copied());
            command
        });
        Self { replicas, next: AtomicUsize::new(0) }
    }

    /// Sends a request to the next replica of the service that it belongs to.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        self.wire(path).await.send(method, path, headers, body).await.expect("an answer")
    }

    /// A connection to the next replica of the service that a path belongs to.
    pub async fn wire(&self, path: &str) -> Wire {
        let service = Service::of_path(path).expect("a path of a service");
        let replicas = self.replicas.listening(service);
        let replica = self.next.fetch_add(1, Ordering::Relaxed) % replicas.len();
        Wire::connect(replicas[replica]).await.expect("a connection")
    }

    /// Sends as somebody signed in.
    pub async fn staff(&self, token: &str, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let bearer = format!("Bearer {token}");
        self.send(method, path, &[("authorization", &bearer)], body).await
    }
}

/// Makes the first administrator, with the command that an operator uses.
pub fn create_admin(postgres: &OwnPostgres, data: &Path) {
    let mut child = Command::new(BINARY)
        .args(["admin", "create", "--username", "admin", "--name", "Admin"])
        .env_clear()
        .env("DATA_DIR", data)
        .env("DATABASE_URL", postgres.url())
        .env("JWT_SECRET", SECRET)
        .env("JWT_REFRESH_SECRET", SECRET)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the command starts");
    writeln!(child.stdin.take().expect("its input"), "{PASSWORD}").expect("a password");
    assert!(child.wait().expect("an end").success());
}

/// A candidate who has checked in.
pub struct Seated {
    pub attempt: String,
    pub ticket: String,
    pub lease_no: i64,
    pub question: String,
}

/// A sitting that is open, with its candidates.
pub struct Hall {
    pub token: String,
    pub sitting: String,
    pub codes: Vec<String>,
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("a text, not {value}"))
}

/// Signs the administrator in.
pub async fn sign_in(topology: &Topology) -> String {
    let body = json!({ "username": "admin", "password": PASSWORD });
    let signed_in = topology.send("POST", "/api/v1/auth/login", &[], Some(&body)).await.expect(200);
    text(&signed_in["access_token"]).to_owned()
}

/// Writes a question, builds an exam of it and publishes it, schedules a sitting that is open now, brings a roster of
/// `candidates`, and prints admission codes.
pub async fn open_hall(topology: &Topology, candidates: usize) -> Hall {
    let token = sign_in(topology).await;
    let bank = json!({ "unit_path": "/", "title": "Bank", "description": "" });
    let bank = topology.staff(&token, "POST", "/api/v1/questions/banks", Some(&bank)).await.expect(201);
    let question = json!({ "content": {
        "title": "Sum", "points": 2, "state": "ready",
        "question": { "stem": { "text": "What is the right word?" }, "body": { "type": "short_text" } },
        "key": { "scheme": { "type": "short_text", "alternatives": [{ "pattern": "answer", "fraction": 1 }] } },
    } });
    let path = format!("/api/v1/questions/banks/{}/questions", text(&bank["id"]));
    let question = topology.staff(&token, "POST", &path, Some(&question)).await.expect(201);
    let exam = json!({ "title": "Finals", "definition": {
        "duration_minutes": 90,
        "sections": [{ "items": [{ "type": "fixed", "question_id": question["id"] }] }],
    } });
    let exam = topology.staff(&token, "POST", "/api/v1/exams", Some(&exam)).await.expect(201);
    let path = format!("/api/v1/exams/{}/publish", text(&exam["id"]));
    let version = json!({ "version": exam["version"] });
    topology.staff(&token, "POST", &path, Some(&version)).await.expect(201);

    let at = |minutes| SystemClock.now() + Span::from_minutes(minutes);
    let sitting = json!({
        "exam_id": exam["id"], "title": "Finals, January", "time_zone": "Asia/Shanghai", "opens_at": at(-1),
        "entry_closes_at": at(60), "window_ends_at": at(180),
    });
    let sitting = topology.staff(&token, "POST", "/api/v1/exams/sittings", Some(&sitting)).await.expect(201);
    let sitting = text(&sitting["id"]).to_owned();
    let rows: String = (1..=candidates).map(|n| format!("C{n:03},Candidate {n}\n")).collect();
    let path = format!("/api/v1/exams/sittings/{sitting}/roster/import");
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
    let file = format!("number,name\n{rows}");
    let mut wire = topology.wire(&path).await;
    wire.send_bytes("POST", &path, &headers, file).await.expect("an answer").expect(200);

    let path = format!("/api/v1/auth/sittings/{sitting}/admission-codes");
    let mut codes = Vec::new();
    for _ in 0..LOOKS_MAX {
        let missing = json!({ "which": "missing" });
        let answer = topology.staff(&token, "POST", &path, Some(&missing)).await;
        // The attempts are handed over to auth-service by a job of exam-service.
        if answer.status.as_u16() == 404 {
            continue;
        }
        let issued = answer.expect(200);
        let slips = issued["issued"].as_array().expect("slips");
        codes.extend(slips.iter().map(|slip| text(&slip["code"]).to_owned()));
        if codes.len() == candidates {
            return Hall { token, sitting, codes };
        }
    }
    panic!("the attempts were never handed over");
}

/// Checks in with a code, opens and starts.
pub async fn seat(topology: &Topology, code: &str) -> Seated {
    let body = json!({ "code": code });
    let checked_in = topology.send("POST", "/api/v1/auth/check-in", &[], Some(&body)).await.expect(200);
    let (ticket, attempt) =
        (text(&checked_in["ticket"]).to_owned(), text(&checked_in["attempt_id"]).to_owned());
    let mut seated = Seated { attempt, ticket, lease_no: 0, question: String::new() };
    let device = json!({ "device_id": seated.attempt });
    let opened = seated.send(topology, "POST", "/open", Some(&device)).await.expect(200);
    seated.lease_no = opened["lease_no"].as_i64().expect("a lease");
    let lease = json!({ "lease_no": seated.lease_no });
    seated.send(topology, "POST", "/start", Some(&lease)).await.expect(200);
    let paper = seated.send(topology, "GET", "/paper", None).await.expect(200);
    seated.question = text(&paper["questions"][0]["id"]).to_owned();
    seated
}

impl Seated {
    pub async fn send(&self, topology: &Topology, method: &str, rest: &str, body: Option<&Value>) -> Answer {
        let path = format!("/api/v1/exams/attempts/{}{rest}", self.attempt);
        topology.send(method, &path, &[("exam-ticket", &self.ticket)], body).await
    }

    pub fn save_body(&self, seq: i64, answer: &str) -> Value {
        json!({ "lease_no": self.lease_no, "entries": [{
            "seq": seq, "question_id": self.question, "response": { "type": "short_text", "text": answer },
        }] })
    }

    pub async fn save(&self, topology: &Topology, seq: i64, answer: &str) -> Answer {
        self.send(topology, "PUT", "/responses", Some(&self.save_body(seq, answer))).await
    }

    pub async fn hand_in(&self, topology: &Topology) -> Answer {
        self.send(topology, "POST", "/submit", Some(&json!({ "lease_no": self.lease_no }))).await
    }
}

/// Waits until everybody is marked, releases, and answers what each candidate got.
pub async fn release(topology: &Topology, hall: &Hall) -> Vec<Value> {
    let path = format!("/api/v1/exams/sittings/{}/release", hall.sitting);
    for _ in 0..LOOKS_MAX {
        let answer = topology.staff(&hall.token, "POST", &path, Some(&json!({}))).await;
        if answer.status.as_u16() == 200 {
            let path = format!("/api/v1/exams/sittings/{}/results", hall.sitting);
            let results = topology.staff(&hall.token, "GET", &path, None).await.expect(200);
            return results["items"].as_array().expect("results").clone();
        }
        assert_eq!(answer.problem(409), "exam.not_all_marked");
    }
    panic!("the attempts were never marked");
}
