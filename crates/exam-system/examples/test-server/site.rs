//! A process per service, two of each, on PostgreSQL, RabbitMQ and Redis, behind the real nginx with the committed
//! configuration; all with one clock.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use authz::{Secrets, Service};
use db::DbConfig;
use exam_system::{
    compose::compose,
    config::Config,
    roles::Roles,
    run::{run, stop_signal},
};
use foundation::SystemRandom;
use test_kit::{OwnNginx, OwnPostgres, OwnRabbit, OwnRedis, Replicas, SECRET, Server};
use tokio::net::TcpListener;

use crate::{
    clock::MovedClock,
    control::{Control, ExamDatabase},
};

/// Replicas of each service.
const REPLICAS: usize = 2;
/// The variable that names the clock's file.
const CLOCK: &str = "TEST_CLOCK";

/// One process of a site: what `exam-system serve --services NAME` is, with the site's clock.
pub async fn serve(services: &str) {
    let mut config = Config::from_env(false, &SystemRandom).expect("a configuration");
    config.roles = Roles::parse(services).expect("services");
    config.check_roles().expect("what they need");
    telemetry::init_logs(&config.log_level, config.log_format).expect("logs");
    let stop = stop_signal();
    let clock = MovedClock::at(Path::new(&env::var_os(CLOCK).expect("a clock"))).expect("the clock's file");
    let composed =
        compose(&config, Arc::new(clock), Arc::new(SystemRandom)).await.expect("the services open");
    let listener = TcpListener::bind(config.listen).await.expect("a free port");
    let announce = |address| println!("test-server is ready on http://{address}");
    run(composed, (listener, None), stop, config.drain_grace, announce).await.expect("a calm end");
}

/// What the processes of a site are told.
struct Told {
    program: PathBuf,
    data: PathBuf,
    clock: PathBuf,
    database: String,
    broker: String,
    cache: String,
}

impl Told {
    fn command(&self, service: Service) -> Command {
        let mut command = Server::command(&self.program, &self.data, Some(&self.database));
        command
            .args(["--services", service.schema()])
            .env("DATABASE_CONNECTIONS_MAX", "4")
            .env("RABBITMQ_URL", &self.broker)
            .env("REDIS_URL", &self.cache)
            .env("TRUSTED_PROXIES", "1")
            .env("PUBLIC_URL", "https://localhost")
            .env(CLOCK, &self.clock);
        command
    }
}

/// Serves until it is told to stop, without what `without` names: a service, `broker` or `cache`. That is killed once
/// everything is there.
pub async fn site(without: Option<&str>) {
    let data = tempfile::TempDir::new().expect("a folder");
    let postgres = OwnPostgres::start().expect("PostgreSQL is installed");
    let broker = OwnRabbit::start().expect("RabbitMQ is installed");
    let cache = OwnRedis::start().expect("Redis is installed");
    let told = Told {
        program: env::current_exe().expect("this program"),
        data: data.path().to_owned(),
        clock: data.path().join("clock"),
        database: postgres.url(),
        broker: broker.url(),
        cache: cache.url(),
    };
    let clock = MovedClock::at(&told.clock).expect("the clock's file");
    let mut replicas = Replicas::start(&Service::ALL, REPLICAS, |service| told.command(service));
    let configuration = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../infrastructure/nginx");
    let nginx = OwnNginx::start(&configuration, &replicas, &[]).expect("nginx is installed");
    match without {
        None => {}
        Some("broker") => broker.kill_nine(),
        Some("cache") => cache.kill_nine(),
        Some(name) => drop(replicas.take(Service::from_name(name).expect("broker, cache, or a service"))),
    }

    // The test's own way to the data: services that serve nobody and whose jobs don't run.
    let mut config = Config::throwaway(data.path(), &SystemRandom).expect("a configuration");
    config.database = DbConfig::postgres(postgres.url());
    config.secrets = Secrets::new(SECRET.as_bytes()).expect("a secret");
    config.refresh_secrets = config.secrets.clone();
    config.roles = Roles::parse("auth,exam").expect("services");
    telemetry::init_logs(&config.log_level, config.log_format).expect("logs");
    let stop = stop_signal();
    let composed =
        compose(&config, Arc::new(clock.clone()), Arc::new(SystemRandom)).await.expect("the services open");
    let processes = Service::ALL.into_iter().flat_map(|service| replicas.listening(service)).collect();
    let control = Control::over(&composed, clock, ExamDatabase::Postgres(postgres.url()), processes).await;
    let listener = TcpListener::bind(config.listen).await.expect("a free port");
    println!("test-server is controlled on http://{}", listener.local_addr().expect("an address"));
    println!("test-server is ready on https://localhost:{}", nginx.address.port());
    let served = axum::serve(listener, control.router()).with_graceful_shutdown(stop.cancelled_owned());
    served.await.expect("a calm end");
    // nginx first: nobody is sent to a process that has gone.
    drop(nginx);
    drop(replicas);
}
