//! The service: what it holds, and what it hands to the composition root.

use std::{fmt, path::PathBuf, sync::Arc};

use db::{Db, DbConfig, MigrationText, Schema};
use files::FileStore;
use foundation::{Clock, Id, IdKind, Random};
use http_kit::ServiceParts;

use crate::http;

/// The schema of this service's tables.
pub const SCHEMA: &str = "question";

const MIGRATIONS: &[MigrationText] = &[
    db::migration!(100, "../migrations", "banks"),
    db::migration!(101, "../migrations", "questions"),
    db::migration!(102, "../migrations", "search"),
];

/// This service's tables.
pub fn schema() -> Schema {
    Schema::new(SCHEMA, &[audit::MIGRATIONS, events::MIGRATIONS, http_kit::MIGRATIONS, MIGRATIONS])
}

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct QuestionSettings {
    /// Where pictures lie.
    pub media_folder: PathBuf,
    /// Bytes of the largest file that may be uploaded (`MAX_UPLOAD_SIZE`); pictures and imports have bounds of their own.
    pub upload_bytes_max: usize,
}

/// Banks, categories, tags, questions, keys, versions, search and import.
pub struct QuestionService {
    /// Its tables.
    pub db: Db,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub random: Arc<dyn Random>,
    /// Pictures.
    pub files: FileStore,
    /// What an operator sets.
    pub settings: QuestionSettings,
}

impl QuestionService {
    /// Opens the service on its tables and its folder.
    ///
    /// # Errors
    /// When the database can't be opened.
    pub async fn open(
        database: &DbConfig,
        settings: QuestionSettings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> db::Result<Arc<Self>> {
        let db = Db::open(database, &schema()).await?;
        let files = FileStore::new(settings.media_folder.clone());
        Ok(Arc::new(Self { db, clock, random, files, settings }))
    }

    /// Its endpoints and rules. It has no jobs.
    pub fn parts(self: &Arc<Self>) -> ServiceParts {
        ServiceParts {
            name: "question-service",
            router: http::router(Arc::clone(self)),
            rules: http::RULES,
            jobs: Vec::new(),
            db: self.db.clone(),
        }
    }

    /// A new id.
    pub(crate) fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&*self.clock, &*self.random)
    }
}

impl fmt::Debug for QuestionService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("QuestionService")
    }
}
