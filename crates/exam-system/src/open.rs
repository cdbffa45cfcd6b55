//! Opens the services of this process, and gives each the others that it calls: those that run here as they are, those
//! that run elsewhere as clients of the same trait.

use std::sync::Arc;

use analytics_service::AnalyticsService;
use anyhow::{Context as _, Result};
use auth_api::AuthApi;
use auth_service::{AuthService, AuthSettings, SharedLimits};
use authz::{KeySource, Service};
use events::{Consumer, Presence, Signals};
use exam_service::{ExamService, ExamSettings};
use foundation::{Clock, Random};
use http_kit::{ServiceParts, Standing};
use notification_service::NotificationService;
use proctoring_service::ProctoringService;
use question_api::QuestionApi;
use question_service::{QuestionService, QuestionSettings};
use remote::{AuthClient, Caller, QuestionClient, Transport};

use crate::config::Config;

/// What every service is given.
pub(crate) struct Given<'a> {
    pub(crate) config: &'a Config,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) signals: Signals,
    pub(crate) presence: Presence,
    pub(crate) standing: Standing,
    /// Limits that count for all replicas.
    pub(crate) limits: Option<Arc<dyn SharedLimits>>,
}

/// The services of this process.
pub(crate) struct Opened {
    pub(crate) auth: Option<Arc<AuthService>>,
    pub(crate) questions: Option<Arc<QuestionService>>,
    pub(crate) exams: Option<Arc<ExamService>>,
    /// Where the keys of access tokens come from.
    pub(crate) keys: Arc<dyn KeySource>,
    pub(crate) parts: Vec<ServiceParts>,
    pub(crate) consumers: Vec<Arc<dyn Consumer>>,
}

/// Opens the services that `config` names.
pub(crate) async fn open(given: &Given<'_>) -> Result<Opened> {
    let config = given.config;
    let wants = |service| config.roles.has(service);
    let auth =
        if wants(Service::Auth) { Some(open_auth(given).await.context("auth-service")?) } else { None };
    let questions = if wants(Service::Question) {
        Some(open_questions(given).await.context("question-service")?)
    } else {
        None
    };
    let (auth_api, question_api, keys) = neighbours(given, auth.as_ref(), questions.as_ref())?;
    let exams = if wants(Service::Exam) {
        Some(open_exams(given, auth_api, question_api).await.context("exam-service")?)
    } else {
        None
    };
    let mut parts: Vec<ServiceParts> = Vec::new();
    parts.extend(auth.as_ref().map(AuthService::parts));
    parts.extend(questions.as_ref().map(QuestionService::parts));
    parts.extend(exams.as_ref().map(ExamService::parts));
    let mut consumers: Vec<Arc<dyn Consumer>> = Vec::new();
    let (clock, random) = (&given.clock, &given.random);
    if wants(Service::Notification) {
        let service = NotificationService::open(&config.database, Arc::clone(clock), Arc::clone(random))
            .await
            .context("notification-service")?;
        parts.push(service.parts());
        consumers.extend(service.consumers());
    }
    if wants(Service::Proctoring) && config.proctoring {
        let service = ProctoringService::open(&config.database, Arc::clone(clock), Arc::clone(random))
            .await
            .context("proctoring-service")?;
        parts.push(service.parts());
        consumers.extend(service.consumers());
    }
    if wants(Service::Analytics) && config.analytics {
        let service = AnalyticsService::open(&config.database, Arc::clone(clock), Arc::clone(random))
            .await
            .context("analytics-service")?;
        parts.push(service.parts());
        consumers.extend(service.consumers());
    }
    Ok(Opened { auth, questions, exams, keys, parts, consumers })
}

type Neighbours = (Arc<dyn AuthApi>, Arc<dyn QuestionApi>, Arc<dyn KeySource>);

/// Services to be called: the one in this process where it runs here.
fn neighbours(
    given: &Given<'_>,
    auth: Option<&Arc<AuthService>>,
    questions: Option<&Arc<QuestionService>>,
) -> Result<Neighbours> {
    let config = given.config;
    let transport = Transport::new(config.neighbours.authorities.as_deref()).context("SERVICE_CA_FILE")?;
    let times = (Arc::clone(&given.clock), Arc::clone(&given.random));
    let caller = Caller::new(config.roles.caller(), &config.secrets, times, transport);
    let (auth_api, keys): (Arc<dyn AuthApi>, Arc<dyn KeySource>) = match auth {
        Some(auth) => (Arc::clone(auth) as _, Arc::clone(auth) as _),
        None => {
            let client = Arc::new(AuthClient::new(config.neighbours.of(Service::Auth), caller.clone()));
            (Arc::clone(&client) as _, client)
        }
    };
    let question_api: Arc<dyn QuestionApi> = match questions {
        Some(questions) => Arc::clone(questions) as _,
        None => Arc::new(QuestionClient::new(config.neighbours.of(Service::Question), caller)),
    };
    Ok((auth_api, question_api, keys))
}

async fn open_auth(given: &Given<'_>) -> Result<Arc<AuthService>> {
    let config = given.config;
    let settings = AuthSettings {
        secure_cookies: config.is_https(),
        trusted_proxies: config.trusted_proxies,
        shared_limits: given.limits.clone(),
        ..AuthSettings::new(config.secrets.clone(), config.refresh_secrets.clone())
    };
    let (clock, random) = (Arc::clone(&given.clock), Arc::clone(&given.random));
    Ok(Arc::new(AuthService::open(&config.database, settings, clock, random).await?))
}

async fn open_questions(given: &Given<'_>) -> Result<Arc<QuestionService>> {
    let config = given.config;
    let settings = QuestionSettings {
        media_folder: config.data.join("media"),
        upload_bytes_max: usize::try_from(config.upload_bytes_max).unwrap_or(usize::MAX),
    };
    let (clock, random) = (Arc::clone(&given.clock), Arc::clone(&given.random));
    Ok(QuestionService::open(&config.database, settings, clock, random).await?)
}

async fn open_exams(
    given: &Given<'_>,
    auth: Arc<dyn AuthApi>,
    questions: Arc<dyn QuestionApi>,
) -> Result<Arc<ExamService>> {
    let config = given.config;
    let settings = ExamSettings {
        duration_minutes_default: config.exam_minutes_default,
        files_folder: config.data.join("files"),
        sealed_folder: config.data.join("sealed"),
        upload_bytes_max: usize::try_from(config.upload_bytes_max).unwrap_or(usize::MAX),
        standing: given.standing.clone(),
        ..ExamSettings::new(config.secrets.clone())
    };
    let (clock, random) = (Arc::clone(&given.clock), Arc::clone(&given.random));
    let push = (given.signals.clone(), given.presence.clone());
    Ok(ExamService::open(&config.database, settings, clock, random, auth, questions, push).await?)
}
