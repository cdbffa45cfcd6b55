//! The service: what it holds, and what it hands to the composition root.

use std::{fmt, path::PathBuf, sync::Arc};

use auth_api::AuthApi;
use authz::Secrets;
use db::{Db, DbConfig, MigrationText, Schema};
use events::{Presence, Signals};
use files::FileStore;
use foundation::{Clock, Random};
use http_kit::{Job, ServiceParts, Standing};
use question_api::QuestionApi;

use crate::{
    app::{
        attempts::lookups::{self, AttemptLookups},
        papers::PaperCache,
        receipts::{batches::SealedBatches, keys::ReceiptKeys},
        sealed_papers::SealedPapers,
        sittings::{list_attempts::Overview, shared_looks::SharedLooks},
        writer::{Chain, Pace, Writer},
    },
    domain::answer_file::AnswerFileKey,
    http, jobs,
};

/// The schema of this service's tables.
pub const SCHEMA: &str = "exam";

const MIGRATIONS: &[MigrationText] = &[
    db::migration!(100, "../migrations", "exams"),
    db::migration!(101, "../migrations", "journal"),
    db::migration!(102, "../migrations", "results"),
    db::migration!(110, "../migrations", "staff"),
    db::migration!(120, "../migrations", "sections"),
    db::migration!(130, "../migrations", "passed_over"),
    db::migration!(140, "../migrations", "to_mark"),
    db::migration!(150, "../migrations", "receipts"),
    db::migration!(160, "../migrations", "takeover"),
    db::migration!(161, "../migrations", "pauses"),
    db::migration!(162, "../migrations", "rooms"),
    db::migration!(163, "../migrations", "start_slots"),
    db::migration!(164, "../migrations", "seen"),
    db::migration!(170, "../migrations", "sealed"),
    db::migration!(180, "../migrations", "outages"),
    db::migration!(181, "../migrations", "answer_files"),
    db::migration!(190, "../migrations", "stalls"),
    db::migration!(191, "../migrations", "journal_in_order"),
    db::migration!(192, "../migrations", "due"),
    db::migration!(193, "../migrations", "one_closing_index"),
    db::migration!(194, "../migrations", "credits_by_attempt"),
];

/// This service's tables.
pub fn schema() -> Schema {
    Schema::new(SCHEMA, &[audit::MIGRATIONS, events::MIGRATIONS, http_kit::MIGRATIONS, MIGRATIONS])
}

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct ExamSettings {
    /// An exam's duration unless its author says otherwise (`EXAM_TIMEOUT_MINUTES`).
    pub duration_minutes_default: u32,
    /// How the writer takes its time.
    pub pace: Pace,
    /// Where candidates' files are kept.
    pub files_folder: PathBuf,
    /// Where pictures of sealed papers are kept, sealed. Anybody may fetch them, so nothing else may lie there.
    pub sealed_folder: PathBuf,
    /// The largest file that a candidate may hand in (`MAX_UPLOAD_SIZE`).
    pub upload_bytes_max: usize,
    /// Under what the keys that sign receipts are sealed (`JWT_SECRET`).
    pub secrets: Secrets,
    /// Whether this process's clock may be believed: while it mayn't, nothing ends by time here.
    pub standing: Standing,
}

impl ExamSettings {
    /// The usual settings.
    pub fn new(secrets: Secrets) -> Self {
        Self {
            secrets,
            duration_minutes_default: 180,
            pace: Pace::default(),
            files_folder: PathBuf::from("data/files"),
            sealed_folder: PathBuf::from("data/sealed"),
            upload_bytes_max: 100 << 20,
            standing: Standing::default(),
        }
    }
}

/// Exams, sittings, attempts, the journal, marking and results.
pub struct ExamService {
    /// Its tables.
    pub db: Db,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub random: Arc<dyn Random>,
    /// People, admission codes and tickets.
    pub auth: Arc<dyn AuthApi>,
    /// Questions that still change.
    pub questions: Arc<dyn QuestionApi>,
    /// Hints to whoever looks at an attempt or a sitting.
    pub signals: Signals,
    /// Who is connected.
    pub presence: Presence,
    /// Attempts that are looked at together.
    pub attempts: AttemptLookups,
    /// How sittings stand, for who watches them.
    pub looks: SharedLooks<Arc<Overview>>,
    /// What an operator sets.
    pub settings: ExamSettings,
    /// The one way into the journal.
    pub writer: Writer,
    /// What signs receipts.
    pub receipt_keys: Arc<ReceiptKeys>,
    /// What receipts are made of.
    pub batches: Arc<SealedBatches>,
    /// Frozen papers that are in use.
    pub papers: Arc<PaperCache>,
    /// What opens sealed papers.
    pub sealed: Arc<SealedPapers>,
    /// What opens answer files.
    pub answer_file_key: AnswerFileKey,
    /// Sealed pictures.
    pub sealed_files: FileStore,
    /// What candidates hand in as files.
    pub files: FileStore,
}

impl ExamService {
    /// Opens the service on its tables.
    ///
    /// # Errors
    /// When the database can't be opened, or holds no key for receipts and takes none.
    pub async fn open(
        database: &DbConfig,
        settings: ExamSettings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        auth: Arc<dyn AuthApi>,
        questions: Arc<dyn QuestionApi>,
        (signals, presence): (Signals, Presence),
    ) -> db::Result<Arc<Self>> {
        let db = Db::open(database, &schema()).await?;
        let papers = Arc::new(PaperCache::default());
        let receipt_keys = Arc::new(ReceiptKeys::open(&db, &*clock, &*random, &settings.secrets).await?);
        let batches = Arc::new(SealedBatches::default());
        let chain = Chain::new(
            db.clone(),
            Arc::clone(&papers),
            signals.clone(),
            (Arc::clone(&clock), Arc::clone(&random)),
            (Arc::clone(&receipt_keys), Arc::clone(&batches)),
        );
        let writer = Writer::start(chain, settings.pace)
            .map_err(|error| db::Error::Config(format!("the writer has no thread: {error}")))?;
        Ok(Arc::new(Self {
            attempts: lookups::start(db.clone()),
            db,
            clock,
            random,
            auth,
            questions,
            signals,
            presence,
            looks: SharedLooks::default(),
            sealed: Arc::new(SealedPapers::new(&settings.secrets)),
            answer_file_key: AnswerFileKey::new(&settings.secrets),
            sealed_files: FileStore::new(&settings.sealed_folder),
            files: FileStore::new(&settings.files_folder),
            settings,
            writer,
            receipt_keys,
            batches,
            papers,
        }))
    }

    /// Its endpoints, rules and jobs.
    pub fn parts(self: &Arc<Self>) -> ServiceParts {
        ServiceParts {
            name: "exam-service",
            router: http::router(Arc::clone(self)),
            rules: http::RULES,
            jobs: vec![
                Job::new("give signs of life", jobs::heartbeat::run(Arc::clone(self))),
                Job::new("finalise attempts", jobs::finalise::run(Arc::clone(self))),
                Job::new("hand attempts over", jobs::hand_over::run(Arc::clone(self))),
                Job::new("anchor the journal", jobs::anchor_journal::run(Arc::clone(self))),
                Job::new("read receipt keys", jobs::receipt_keys::run(Arc::clone(self))),
            ],
            db: self.db.clone(),
        }
    }
}

impl fmt::Debug for ExamService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ExamService")
    }
}

#[cfg(test)]
mod tests {
    use test_kit::TestDatabase;

    use super::*;

    const IN_ORDER: i64 = 191;

    #[test]
    fn a_journal_of_an_older_version_is_taken_over_whole() {
        test_kit::run(async {
            let database = TestDatabase::sqlite();
            let older: Vec<MigrationText> =
                MIGRATIONS.iter().filter(|migration| migration.version < IN_ORDER).copied().collect();
            let parts: [&[MigrationText]; 4] =
                [audit::MIGRATIONS, events::MIGRATIONS, http_kit::MIGRATIONS, &older];
            let db = database.open(&Schema::new(SCHEMA, &parts)).await;
            let mut tx = db.begin().await.unwrap();
            db::on!(&mut *tx, c => sqlx::query(
                "INSERT INTO exam.journal (attempt_id, lease_no, seq, partition_day, kind, question_id, status, taken_at,
                     payload, entry_hash, nonce, chain_id, batch_no, admitted_at)
                 VALUES (x'61', 1, 2, 20000, 'response', x'71', 'late', 30, x'70', x'68', x'6E', x'63', 4, 50),
                        (x'62', 1, -1, 20000, 'opened', NULL, 'taken', 10, NULL, x'69', x'6D', x'63', 3, NULL)",
            )
            .execute(c)
            .await
            .map(|_| ()))
            .unwrap();
            tx.commit().await.unwrap();
            drop(db);

            let db = database.open(&schema()).await;
            let mut conn = db.read().await.unwrap();
            let rows: Vec<String> = db::on!(&mut conn, c => sqlx::query_scalar(
                "SELECT CONCAT_WS('|', attempt_id, lease_no, seq, partition_day, kind, question_id, status, taken_at, payload,
                     entry_hash, nonce, chain_id, batch_no, admitted_at)
                 FROM exam.journal
                 ORDER BY attempt_id",
            )
            .fetch_all(c)
            .await)
            .unwrap();
            assert_eq!(
                rows,
                ["a|1|2|20000|response|q|late|30|p|h|n|c|4|50", "b|1|-1|20000|opened|taken|10|i|m|c|3"]
            );
        });
    }
}
