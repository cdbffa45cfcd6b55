//! The composition root: opens the services of this process, and puts one house around them.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use auth_service::AuthService;
use authz::{AccessVerifier, Rule, Rules};
use db::{Db, DbConfig, DbKind, FolderLock};
use events::{Crowd, EventId, Presence, Signals};
use exam_service::ExamService;
use foundation::{Clock, Random};
use http_kit::{App, Doorman, House, Job, Rooms, Standing, replicas::Replica};
use push::{Hub, Push};
use question_service::QuestionService;
use telemetry::Metrics;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use utoipa::openapi::{Info, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    assets,
    config::Config,
    facts::Facts,
    keys,
    open::{Given, Opened, open},
    probes::{self, Probes},
    seal,
    shared::Shared,
};

/// The whole application, not yet serving.
pub struct Composed {
    /// Routes and their description.
    pub app: App,
    /// Who may call what.
    pub rules: Rules,
    /// Everything that runs in the background.
    pub jobs: Vec<Job>,
    /// People, when auth-service runs in this process.
    pub auth: Option<Arc<AuthService>>,
    /// Questions, when question-service runs in this process.
    pub questions: Option<Arc<QuestionService>>,
    /// Exams, when exam-service runs in this process.
    pub exams: Option<Arc<ExamService>>,
    /// Ends sockets.
    pub stop: CancellationToken,
    /// The sockets that are open.
    pub sockets: TaskTracker,
    /// Whether this process should be sent more work.
    pub standing: Standing,
    databases: Arc<[(&'static str, Db)]>,
    _lock: Option<FolderLock>,
}

impl Composed {
    /// People.
    ///
    /// # Errors
    /// When auth-service runs elsewhere.
    pub fn auth(&self) -> Result<&Arc<AuthService>> {
        self.auth.as_ref().context("auth-service doesn't run in this process")
    }

    /// Exams.
    ///
    /// # Errors
    /// When exam-service runs elsewhere.
    pub fn exams(&self) -> Result<&Arc<ExamService>> {
        self.exams.as_ref().context("exam-service doesn't run in this process")
    }

    /// Each service's schema and database.
    pub fn databases(&self) -> impl Iterator<Item = (&'static str, &Db)> {
        self.databases.iter().map(|(schema, db)| (*schema, db))
    }

    /// The database of the service with this schema; none when it isn't part of this process.
    pub fn database(&self, schema: &str) -> Option<&Db> {
        self.databases().find_map(|(name, db)| (name == schema).then_some(db))
    }

    /// Closes every database, so that SQLite folds its log into the file, and gives the folder back.
    pub async fn close(self) {
        for (_, db) in self.databases.iter() {
            db.close().await;
        }
    }
}

/// Opens the services that `config` names.
///
/// # Errors
/// When a database can't be opened, isn't durable, or is in use by another process.
pub async fn compose(config: &Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Composed> {
    let lock = match &config.database {
        DbConfig::Sqlite { folder } => Some(FolderLock::take(folder)?),
        DbConfig::Postgres { .. } => None,
    };
    let metrics = Metrics::install();
    let (signals, presence) = (Signals::new(), Presence::default());
    let (stop, standing) = (CancellationToken::new(), Standing::default());
    // Tells this process from its replicas.
    let process = EventId::new(&*clock, &*random).uuid();
    let shared = Shared::open(config).await?;
    let given = Given {
        config,
        clock: Arc::clone(&clock),
        random: Arc::clone(&random),
        signals: signals.clone(),
        presence: presence.clone(),
        standing: standing.clone(),
        limits: shared.limits.clone(),
    };
    let Opened { auth, questions, exams, keys, parts: services, consumers } = open(&given).await?;
    let mut facts = Facts::new(config, consumers, process);

    let rules = Rules::of(
        services
            .iter()
            .flat_map(|parts| parts.rules.iter())
            .chain(probes::RULES)
            .copied()
            .collect::<Vec<Rule>>(),
    );
    let tokens = Arc::new(AccessVerifier::new(keys, Arc::clone(&clock)));
    let doorman = Doorman::new(rules.clone(), &config.secrets, Arc::clone(&tokens), Arc::clone(&clock));

    let mut jobs = std::mem::take(&mut facts.jobs);
    jobs.push(Job::new("metrics", move |stop| metrics.upkeep(stop)));
    if auth.is_none() {
        jobs.push(keys::job(tokens));
    }
    let crowd = exams.clone().map(|exams| -> Crowd { Arc::new(move || exams.writer.is_crowded()) });
    let (mut databases, mut idempotency) = (Vec::new(), Vec::new());
    let mut router = OpenApiRouter::with_openapi(description());
    for parts in services {
        let (name, schema, db) = (parts.name, parts.schema(), parts.db.clone());
        db.check_durable().await.with_context(|| format!("{name}: this database could lose answers"))?;
        warn_of_standbys(&db).await;
        idempotency.push(parts.idempotency(&clock));
        router = router.merge(parts.router);
        jobs.extend(parts.jobs);
        jobs.extend(facts.outbox(&db, schema, &clock, crowd.as_ref()));
        jobs.push(seal::job(db.clone(), schema));
        if db.kind() == DbKind::Postgres {
            let (clock, standing) = (Arc::clone(&clock), standing.clone());
            jobs.push(Replica::new(db.clone(), schema, clock, &*random, standing).job());
        }
        databases.push((schema, db));
    }
    let of_exams = databases.iter().find_map(|(schema, db)| (*schema == "exam").then_some(db));
    jobs.extend(shared.jobs(process, of_exams, &signals, &presence));
    let hub = Hub::default();
    let carried = (hub.clone(), signals.clone());
    jobs.push(Job::new("hints", move |stop| carried.0.run(carried.1, stop)));

    let described = router.to_openapi();
    let databases: Arc<[(&'static str, Db)]> = Arc::from(databases);
    let probes = Probes {
        standing: standing.clone(),
        databases: Arc::clone(&databases),
        heart: exams.as_ref().map(|exams| exams.writer.heart().clone()),
        dependencies: facts.dependency.into_iter().chain(shared.dependency).collect(),
        metrics: config.monitoring.then_some(metrics),
        openapi: Arc::from(described.to_pretty_json().context("the API's description")?),
    };
    let sockets = TaskTracker::new();
    let open = sockets.clone();
    let push = Push { doorman: doorman.clone(), hub, signals, presence, stop: stop.clone(), open };
    let router = router
        .merge(OpenApiRouter::from(probes::router(probes)))
        .merge(OpenApiRouter::from(push::router(push)))
        .fallback(assets::serve);
    let rooms = Rooms::new(config.rooms).watched(standing.clone());
    let cors = config.cors.clone();
    let house = House { doorman, cors, rooms, idempotency, clock, random };
    let mut app = house.build(router);
    app.openapi = described;
    Ok(Composed { app, rules, jobs, auth, questions, exams, stop, sockets, standing, databases, _lock: lock })
}

/// Tells the operator of standbys that nobody waits for.
async fn warn_of_standbys(db: &Db) {
    match db.standby_warning().await {
        Ok(Some(warning)) => tracing::warn!("{warning}"),
        Ok(None) => {}
        Err(error) => tracing::info!(%error, "the database's standbys can't be listed"),
    }
}

fn description() -> OpenApi {
    let mut api = OpenApi::default();
    api.info = Info::new("exam-system", env!("CARGO_PKG_VERSION"));
    api.info.description =
        Some("Online examinations: questions, exams, sittings, attempts, marks and results.".to_owned());
    api
}
