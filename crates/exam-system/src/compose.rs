//! The composition root: opens the services, gives each the others that it calls, and puts one house around them.

use std::sync::Arc;

use analytics_service::AnalyticsService;
use anyhow::{Context as _, Result};
use auth_service::{AuthService, AuthSettings};
use authz::{AccessVerifier, Rule, Rules, TicketKey};
use db::{Db, DbConfig, FolderLock};
use events::{Consumer, EventId, Presence, Signals};
use exam_service::{ExamService, ExamSettings};
use foundation::{Clock, Random};
use http_kit::{App, Doorman, House, Job};
use notification_service::NotificationService;
use proctoring_service::ProctoringService;
use push::{Hub, Push};
use question_service::{QuestionService, QuestionSettings};
use telemetry::Metrics;
use tokio_util::sync::CancellationToken;
use utoipa::openapi::{Info, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::{
    assets,
    config::Config,
    facts::Facts,
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
    /// People.
    pub auth: Arc<AuthService>,
    /// Questions.
    pub questions: Arc<QuestionService>,
    /// Exams.
    pub exams: Arc<ExamService>,
    /// Ends sockets.
    pub stop: CancellationToken,
    databases: Arc<[(&'static str, Db)]>,
    _lock: Option<FolderLock>,
}

impl Composed {
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

/// Opens everything.
///
/// # Errors
/// When a database can't be opened, isn't durable, or is in use by another process.
pub async fn compose(config: &Config, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> Result<Composed> {
    let lock = match &config.database {
        DbConfig::Sqlite { folder } => Some(FolderLock::take(folder)?),
        DbConfig::Postgres { .. } => None,
    };
    let metrics = Metrics::install();
    let signals = Signals::new();
    let presence = Presence::default();
    let stop = CancellationToken::new();
    // Tells this process from its replicas.
    let process = EventId::new(&*clock, &*random).uuid();
    let shared = Shared::open(config, process, &signals, &presence).await?;

    let auth_settings = AuthSettings {
        secure_cookies: config.is_https(),
        trusted_proxies: config.trusted_proxies,
        shared_limits: shared.limits,
        ..AuthSettings::new(config.secrets.clone(), config.refresh_secrets.clone())
    };
    let auth = AuthService::open(&config.database, auth_settings, Arc::clone(&clock), Arc::clone(&random))
        .await
        .context("auth-service")?;
    let auth = Arc::new(auth);
    let question_settings = QuestionSettings {
        media_folder: config.data.join("media"),
        upload_bytes_max: usize::try_from(config.upload_bytes_max).unwrap_or(usize::MAX),
    };
    let questions =
        QuestionService::open(&config.database, question_settings, Arc::clone(&clock), Arc::clone(&random))
            .await
            .context("question-service")?;
    let exam_settings = ExamSettings {
        duration_minutes_default: config.exam_minutes_default,
        files_folder: config.data.join("files"),
        upload_bytes_max: usize::try_from(config.upload_bytes_max).unwrap_or(usize::MAX),
        ..ExamSettings::new(config.secrets.clone())
    };
    let exams = ExamService::open(
        &config.database,
        exam_settings,
        Arc::clone(&clock),
        Arc::clone(&random),
        Arc::clone(&auth) as _,
        Arc::clone(&questions) as _,
        (signals.clone(), presence.clone()),
    )
    .await
    .context("exam-service")?;

    let mut services = vec![auth.parts(), questions.parts(), exams.parts()];
    let mut consumers: Vec<Arc<dyn Consumer>> = Vec::new();
    let notifications = NotificationService::open(&config.database, Arc::clone(&clock), Arc::clone(&random))
        .await
        .context("notification-service")?;
    services.push(notifications.parts());
    consumers.extend(notifications.consumers());
    if config.proctoring {
        let proctoring = ProctoringService::open(&config.database, Arc::clone(&clock), Arc::clone(&random))
            .await
            .context("proctoring-service")?;
        services.push(proctoring.parts());
        consumers.extend(proctoring.consumers());
    }
    if config.analytics {
        let analytics = AnalyticsService::open(&config.database, Arc::clone(&clock), Arc::clone(&random))
            .await
            .context("analytics-service")?;
        services.push(analytics.parts());
        consumers.extend(analytics.consumers());
    }
    let mut facts = Facts::new(config, consumers, process);

    let rules = Rules::of(
        services
            .iter()
            .flat_map(|parts| parts.rules.iter())
            .chain(probes::RULES)
            .copied()
            .collect::<Vec<Rule>>(),
    );
    let tokens = AccessVerifier::new(Arc::clone(&auth) as _, Arc::clone(&clock));
    let doorman =
        Doorman::new(rules.clone(), TicketKey::new(&config.secrets), Arc::new(tokens), Arc::clone(&clock));

    let mut jobs: Vec<Job> = facts.jobs.drain(..).chain(shared.jobs).collect();
    let mut databases = Vec::new();
    let mut router = OpenApiRouter::with_openapi(description());
    for parts in services {
        let (name, schema, db) = (parts.name, parts.schema(), parts.db.clone());
        db.check_durable().await.with_context(|| format!("{name}: this database could lose answers"))?;
        let (routes, own) = parts.mount(&clock);
        router = router.merge(routes);
        jobs.extend(own);
        jobs.push(facts.outbox(&db, schema, &clock));
        jobs.push(seal::job(db.clone(), schema));
        databases.push((schema, db));
    }
    let hub = Hub::default();
    let carried = (hub.clone(), signals.clone());
    jobs.push(Job::new("hints", move |stop| carried.0.run(carried.1, stop)));

    let described = router.to_openapi();
    let databases: Arc<[(&'static str, Db)]> = Arc::from(databases);
    let probes = Probes {
        databases: Arc::clone(&databases),
        dependencies: facts.dependency.into_iter().chain(shared.dependency).collect(),
        metrics: config.monitoring.then_some(metrics),
        openapi: Arc::from(described.to_pretty_json().context("the API's description")?),
    };
    let sockets = Push { doorman: doorman.clone(), hub, signals, presence, stop: stop.clone() };
    let router = router
        .merge(OpenApiRouter::from(probes::router(probes)))
        .merge(OpenApiRouter::from(push::router(sockets)))
        .fallback(assets::serve);
    let house = House { doorman, cors: config.cors.clone(), clock, random };
    let mut app = house.build(router);
    app.openapi = described;
    Ok(Composed { app, rules, jobs, auth, questions, exams, stop, databases, _lock: lock })
}

fn description() -> OpenApi {
    let mut api = OpenApi::default();
    api.info = Info::new("exam-system", env!("CARGO_PKG_VERSION"));
    api.info.description =
        Some("Online examinations: questions, exams, sittings, attempts, marks and results.".to_owned());
    api
}
