//! An exam-service on a stage, with a sitting of single-choice questions.

#![allow(dead_code, reason = "each journey uses its own part of the kit")]

use std::sync::{Arc, Mutex};

use auth_api::{
    Admission, AuthApi, ImportedPerson, Person, PersonRow, SittingAdmissions, Unit, UnitId, UnitPath,
};
use authz::{AccountId, Actor, AttemptId, KeySource, PublicKey, Secrets, SittingId};
use events::{Presence, Signals};
use exam_api::PaperId;
use exam_service::{
    ExamService, ExamSettings,
    app::writer::Pace,
    domain::{
        arrangement::{Arrangement, arrange},
        paper::Paper,
        time::{ExtraTime, last_possible_close},
    },
    store::{self, attempts::AttemptRow, sittings::SittingRow},
};
use foundation::{Clock as _, ManualClock, Problem, Span, SystemRandom};
use question_api::{FreezeItem, Frozen, Picture, QuestionApi};
use question_model::QuestionVersionId;
use serde_json::{Value, json};
use test_kit::{Answer, People, SECRET, Stage, TestDatabase, hold_counted_up};

pub mod seed;

/// Questions aren't asked for here: papers are written by hand.
pub struct NoQuestions;

#[async_trait::async_trait]
impl QuestionApi for NoQuestions {
    async fn freeze(&self, _: &Actor, _: &[Vec<FreezeItem>]) -> Result<Vec<Vec<Vec<Frozen>>>, Problem> {
        Err(Problem::not_found("question.not_found", "There is no such question."))
    }

    async fn picture(&self, _: &str) -> Result<Option<Picture>, Problem> {
        Ok(None)
    }
}

/// Remembers what it was told.
#[derive(Clone, Default)]
pub struct RecordingAuth {
    pub registered: Arc<Mutex<Vec<(SittingId, Admission)>>>,
    pub revoked: Arc<Mutex<Vec<AttemptId>>>,
}

#[async_trait::async_trait]
impl KeySource for RecordingAuth {
    async fn public_keys(&self) -> Result<Vec<PublicKey>, Problem> {
        Ok(Vec::new())
    }
}

#[async_trait::async_trait]
impl AuthApi for RecordingAuth {
    async fn import_people(
        &self,
        _: &Actor,
        _: &UnitPath,
        _: Vec<PersonRow>,
        _: bool,
    ) -> Result<Vec<ImportedPerson>, Problem> {
        Ok(Vec::new())
    }
    async fn find_people(&self, _: &[AccountId]) -> Result<Vec<Person>, Problem> {
        Ok(Vec::new())
    }
    async fn register_admissions(
        &self,
        _: &Actor,
        sitting: &SittingAdmissions,
        admissions: Vec<Admission>,
    ) -> Result<(), Problem> {
        let mut registered = self.registered.lock().unwrap();
        registered.extend(admissions.into_iter().map(|admission| (sitting.sitting, admission)));
        Ok(())
    }
    async fn revoke_admissions(
        &self,
        _: &Actor,
        _: SittingId,
        attempts: &[AttemptId],
    ) -> Result<(), Problem> {
        self.revoked.lock().unwrap().extend(attempts);
        Ok(())
    }
    async fn unit(&self, _: UnitId) -> Result<Option<Unit>, Problem> {
        Ok(None)
    }
}

async fn service(
    database: &TestDatabase,
    files: &tempfile::TempDir,
    clock: &ManualClock,
    auth: &RecordingAuth,
    pace: Pace,
) -> Arc<ExamService> {
    let settings = ExamSettings {
        pace: Pace { linger: Span::ZERO, ..pace },
        files_folder: files.path().to_owned(),
        upload_bytes_max: 64 * 1024,
        ..ExamSettings::new(Secrets::new(SECRET.as_bytes()).expect("a secret"))
    };
    ExamService::open(
        &database.config,
        settings,
        Arc::new(clock.clone()),
        Arc::new(SystemRandom),
        Arc::new(auth.clone()),
        Arc::new(NoQuestions),
        (Signals::new(), Presence::default()),
    )
    .await
    .expect("the service opens")
}

/// A sitting that opens with the stage, of three questions worth one point each; 90 minutes in a window of two hours.
pub struct Hall {
    pub stage: Stage,
    pub service: Arc<ExamService>,
    pub auth: RecordingAuth,
    pub sitting: SittingRow,
    pub questions: Vec<QuestionVersionId>,
    paper: PaperId,
    arrangement: Arrangement,
    database: Arc<TestDatabase>,
    files: Arc<tempfile::TempDir>,
}

/// A candidate in the hall.
#[derive(Clone)]
pub struct Candidate {
    pub attempt: AttemptId,
    pub account: AccountId,
    pub ticket: String,
}

impl Hall {
    pub async fn open(database: TestDatabase) -> Self {
        Self::open_with(database, |_| {}).await
    }

    /// With a paper that `shape` has changed.
    pub async fn open_with(database: TestDatabase, shape: fn(&mut Paper)) -> Self {
        let (clock, people) = Stage::prepare();
        let auth = RecordingAuth::default();
        let files = tempfile::TempDir::new().expect("a folder");
        let service = service(&database, &files, &clock, &auth, Pace::default()).await;
        hold_counted_up(&service.db, ("exam", "attempts"), store::attempts::LOCKED_COLUMNS).await;
        let stage = Stage::of(clock.clone(), people, vec![service.parts()]);
        let (mut paper, keys) = seed::paper(&clock);
        shape(&mut paper);
        let questions = paper.questions().map(|question| question.id).collect();
        let arrangement = arrange(&paper, &SystemRandom);
        let (sitting, paper) = seed::sitting(&service, &clock, &paper, &keys).await;
        Self {
            stage,
            service,
            auth,
            sitting,
            questions,
            paper,
            arrangement,
            database: Arc::new(database),
            files: Arc::new(files),
        }
    }

    /// The same hall as another process of the service sees it.
    pub async fn another_process(&self) -> Self {
        self.another_process_at(Pace::default()).await
    }

    /// As another one sees it that takes its time so; but its first command waits for no company.
    pub async fn another_process_at(&self, pace: Pace) -> Self {
        let service = service(&self.database, &self.files, self.clock(), &self.auth, pace).await;
        let stage = Stage::of(self.clock().clone(), self.people().clone(), vec![service.parts()]);
        Self {
            stage,
            service,
            auth: self.auth.clone(),
            sitting: self.sitting.clone(),
            questions: self.questions.clone(),
            paper: self.paper,
            arrangement: self.arrangement.clone(),
            database: Arc::clone(&self.database),
            files: Arc::clone(&self.files),
        }
    }

    pub fn clock(&self) -> &ManualClock {
        &self.stage.clock
    }

    pub fn people(&self) -> &People {
        &self.stage.people
    }

    /// Puts a candidate on the roster, with extra time if any.
    pub async fn seat_with(&self, extra: ExtraTime) -> Candidate {
        let row = seed::attempt(self.clock(), &self.sitting, self.paper, extra);
        let (attempt, account) = (row.id, row.candidate_id);
        let mut tx = self.service.db.begin().await.expect("a transaction");
        store::attempts::insert(&mut tx, &row, &self.arrangement, self.clock().now())
            .await
            .expect("a new attempt");
        tx.commit().await.expect("a commit");
        let expires_at = last_possible_close(&self.sitting.times, extra) + Span::from_minutes(24 * 60);
        let ticket = self.people().ticket(attempt, self.sitting.id, account, expires_at);
        Candidate { attempt, account, ticket }
    }

    /// Puts a candidate on the roster.
    pub async fn seat(&self) -> Candidate {
        self.seat_with(ExtraTime::default()).await
    }

    /// Puts a candidate on the roster, who opens and starts.
    pub async fn seat_and_start(&self) -> Candidate {
        let candidate = self.seat().await;
        self.open_on(&candidate, 1).await.expect(200);
        self.start(&candidate, 1).await.expect(200);
        candidate
    }

    pub fn path(candidate: &Candidate, rest: &str) -> String {
        format!("/api/v1/exams/attempts/{}{rest}", candidate.attempt)
    }

    /// Opens the attempt on device number `device`.
    pub async fn open_on(&self, candidate: &Candidate, device: u128) -> Answer {
        let device = uuid::Uuid::from_u128(device);
        let body = json!({ "device_id": device });
        self.stage.post(Self::path(candidate, "/open"), &body).ticket(&candidate.ticket).send().await
    }

    /// Opens the attempt on device number `device`, which takes it from another one.
    pub async fn take_over_on(&self, candidate: &Candidate, device: u128) -> Answer {
        let device = uuid::Uuid::from_u128(device);
        let body = json!({ "device_id": device, "take_over": true });
        self.stage.post(Self::path(candidate, "/open"), &body).ticket(&candidate.ticket).send().await
    }

    pub async fn start(&self, candidate: &Candidate, lease_no: i64) -> Answer {
        let body = json!({ "lease_no": lease_no });
        self.stage.post(Self::path(candidate, "/start"), &body).ticket(&candidate.ticket).send().await
    }

    pub async fn submit(&self, candidate: &Candidate, lease_no: i64) -> Answer {
        let body = json!({ "lease_no": lease_no });
        self.stage.post(Self::path(candidate, "/submit"), &body).ticket(&candidate.ticket).send().await
    }

    pub async fn save_body(&self, candidate: &Candidate, body: &Value) -> Answer {
        self.stage.put(Self::path(candidate, "/responses"), body).ticket(&candidate.ticket).send().await
    }

    /// Saves one choice.
    pub async fn choose(
        &self,
        candidate: &Candidate,
        lease_no: i64,
        seq: i64,
        question: usize,
        choice: &str,
    ) -> Answer {
        let body = json!({ "lease_no": lease_no, "entries": [self.entry(seq, question, choice)] });
        self.save_body(candidate, &body).await
    }

    pub fn entry(&self, seq: i64, question: usize, choice: &str) -> Value {
        json!({
            "seq": seq,
            "question_id": self.questions[question],
            "response": { "type": "single_choice", "choice": choice },
        })
    }

    pub async fn read(&self, candidate: &Candidate, rest: &str) -> Answer {
        self.stage.get(Self::path(candidate, rest)).ticket(&candidate.ticket).send().await
    }

    pub async fn row(&self, candidate: &Candidate) -> AttemptRow {
        let mut conn = self.service.db.read().await.expect("a connection");
        store::attempts::find(&mut conn, candidate.attempt).await.expect("a row").expect("the attempt")
    }
}
