//! The service: what it holds, and what it hands to the composition root.

use std::{fmt, sync::Arc};

use db::{Db, DbConfig, MigrationText, Schema};
use events::Consumer;
use foundation::{Clock, Random};
use http_kit::ServiceParts;

use crate::{http, jobs::exam_facts::ExamFacts};

/// The schema of this service's tables.
pub const SCHEMA: &str = "analytics";

const MIGRATIONS: &[MigrationText] = &[
    db::migration!(100, "../migrations", "statistics"),
    db::migration!(101, "../migrations", "withdrawn_releases"),
];

/// This service's tables.
pub fn schema() -> Schema {
    Schema::new(SCHEMA, &[audit::MIGRATIONS, events::MIGRATIONS, http_kit::MIGRATIONS, MIGRATIONS])
}

/// Counts and score distributions of sittings.
pub struct AnalyticsService {
    /// Its tables.
    pub db: Db,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub random: Arc<dyn Random>,
}

impl AnalyticsService {
    /// Opens the service on its tables.
    ///
    /// # Errors
    /// When the database can't be opened.
    pub async fn open(
        database: &DbConfig,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> db::Result<Arc<Self>> {
        let db = Db::open(database, &schema()).await?;
        Ok(Arc::new(Self { db, clock, random }))
    }

    /// Its endpoints and rules.
    pub fn parts(self: &Arc<Self>) -> ServiceParts {
        ServiceParts {
            name: "analytics-service",
            router: http::router(Arc::clone(self)),
            rules: http::RULES,
            jobs: Vec::new(),
            db: self.db.clone(),
        }
    }

    /// What it wants to hear from other services.
    pub fn consumers(self: &Arc<Self>) -> Vec<Arc<dyn Consumer>> {
        vec![Arc::new(ExamFacts::new(Arc::clone(self)))]
    }
}

impl fmt::Debug for AnalyticsService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnalyticsService")
    }
}
