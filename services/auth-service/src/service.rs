//! The service: what it holds, how it opens, and what it hands to the composition root and to other services.

use std::{fmt, sync::Arc};

use auth_api::{Admission, AuthApi, ImportedPerson, Person, PersonRow, SittingAdmissions, Unit};
use authz::{AccountId, Actor, AttemptId, KeySource, PublicKey, SittingId, TicketKey, UnitId, UnitPath};
use db::{Db, DbConfig, MigrationText, Schema, Tx};
use foundation::{Clock, Id, IdKind, Problem, Random};
use http_kit::ServiceParts;

use crate::{
    AuthSettings,
    app::{
        self,
        hashes::Hashes,
        keyring::Keyring,
        limits::Limits,
        lookups::{self, Lookups},
        password_pool::PasswordPool,
    },
    http, jobs,
};

/// The schema's name.
pub const SCHEMA: &str = "auth";

/// Our own migrations, after the shared ones.
const MIGRATIONS: &[MigrationText] = &[
    db::migration!(100, "../migrations", "people"),
    db::migration!(101, "../migrations", "sign_in"),
    db::migration!(102, "../migrations", "admissions"),
];

/// The service's tables.
pub fn schema() -> Schema {
    Schema::new(SCHEMA, &[audit::MIGRATIONS, events::MIGRATIONS, http_kit::MIGRATIONS, MIGRATIONS])
}

/// People: accounts, roles, units, sign-in, sessions, admission codes and exam tickets.
pub struct AuthService {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) passwords: PasswordPool,
    pub(crate) keys: Keyring,
    pub(crate) hashes: Hashes,
    pub(crate) tickets: TicketKey,
    pub(crate) limits: Limits,
    pub(crate) lookups: Lookups,
    pub(crate) secure_cookies: bool,
    pub(crate) trusted_proxies: u8,
}

impl AuthService {
    /// Opens the service's database, brings it up to date, and makes a first signing key if there is none.
    ///
    /// # Errors
    /// When the database can't be opened, or the system gives no thread for hashing.
    pub async fn open(
        db_config: &DbConfig,
        settings: AuthSettings,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self, Problem> {
        let db = Db::open(db_config, &schema()).await.map_err(Problem::internal)?;
        let passwords = PasswordPool::start(
            settings.password_threads,
            settings.password_queue_max,
            settings.password_cost,
            Arc::clone(&random),
        )
        .map_err(Problem::internal)?;
        let keys =
            Keyring::open(db.clone(), Arc::clone(&clock), Arc::clone(&random), &settings.secrets).await?;
        Ok(Self {
            lookups: lookups::start(db.clone()),
            db,
            clock,
            random,
            passwords,
            keys,
            hashes: Hashes::new(&settings.secrets, &settings.refresh_secrets),
            tickets: TicketKey::new(&settings.secrets),
            limits: Limits::new(settings.shared_limits),
            secure_cookies: settings.secure_cookies,
            trusted_proxies: settings.trusted_proxies,
        })
    }

    /// What the composition root mounts.
    pub fn parts(self: &Arc<Self>) -> ServiceParts {
        ServiceParts {
            name: "auth-service",
            router: http::router(Arc::clone(self)),
            rules: http::RULES,
            jobs: jobs::jobs(self),
            db: self.db.clone(),
        }
    }

    /// A new id.
    pub(crate) fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&*self.clock, &*self.random)
    }

    /// Writes into the audit log, in the transaction of the change.
    pub(crate) async fn record(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        action: &'static str,
        subject: (&'static str, String),
        detail: serde_json::Value,
    ) -> db::Result<()> {
        let (subject_kind, subject_id) = subject;
        let act = audit::Act { actor, action, subject_kind, subject_id, detail };
        audit::record(tx, SCHEMA, &*self.clock, &*self.random, act).await
    }

    /// Publishes a fact, in the transaction that makes it one.
    pub(crate) async fn publish(
        &self,
        tx: &mut Tx,
        kind: &'static str,
        fact: &impl serde::Serialize,
    ) -> db::Result<()> {
        events::record(tx, SCHEMA, &*self.clock, &*self.random, kind, fact).await
    }
}

#[async_trait::async_trait]
impl KeySource for AuthService {
    async fn public_keys(&self) -> Result<Vec<PublicKey>, Problem> {
        self.keys.public_keys().await
    }
}

#[async_trait::async_trait]
impl AuthApi for AuthService {
    async fn import_people(
        &self,
        actor: &Actor,
        unit: &UnitPath,
        rows: Vec<PersonRow>,
        dry_run: bool,
    ) -> Result<Vec<ImportedPerson>, Problem> {
        app::import_people::import_people(self, actor, unit, &rows, dry_run).await
    }

    async fn find_people(&self, ids: &[AccountId]) -> Result<Vec<Person>, Problem> {
        app::find_people::by_ids(self, ids).await
    }

    async fn register_admissions(
        &self,
        actor: &Actor,
        sitting: &SittingAdmissions,
        admissions: Vec<Admission>,
    ) -> Result<(), Problem> {
        app::register_admissions::register_admissions(self, actor, sitting, &admissions).await
    }

    async fn revoke_admissions(
        &self,
        actor: &Actor,
        sitting: SittingId,
        attempts: &[AttemptId],
    ) -> Result<(), Problem> {
        app::register_admissions::revoke_admissions(self, actor, sitting, attempts).await
    }

    async fn unit(&self, id: UnitId) -> Result<Option<Unit>, Problem> {
        app::units::unit(self, id).await
    }
}

impl fmt::Debug for AuthService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthService")
    }
}
