//! The whole server with a clock that a test moves, for browser journeys. Never part of the product.
//!
//! `test-server` is everything in one process on SQLite; `test-server site` a process per service, two of each, on
//! PostgreSQL, RabbitMQ and Redis, behind nginx. `test-server site --without NAME` goes on without a service, `broker` or
//! `cache`.
//!
//! Prints `test-server is ready on URL`, and where its controls aren't there, before that `test-server is controlled on URL`.
//! The controls: `POST /test/advance {seconds}` moves the clock, with `away` as if no process had been there meanwhile;
//! `POST /test/sitting {candidates, section_minutes}` seats candidates in a sitting that is open now, its questions behind
//! the first one in a section of so many minutes if that is said; its codes are issued as an officer issues them. `POST
//! /test/lock {locked}` holds the exam's database as another program might, or lets it go.

#![expect(clippy::expect_used, clippy::panic, reason = "a test server that can't go on must stop")]

mod clock;
mod control;
#[path = "../../../../services/exam-service/tests/kit/seed.rs"]
mod seed;
mod site;

use std::{env, sync::Arc};

use exam_system::{
    compose::compose,
    config::Config,
    run::{run, stop_signal},
};
use foundation::SystemRandom;
use tokio::net::TcpListener;

use crate::{
    clock::MovedClock,
    control::{Control, ExamDatabase},
};

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [] => alone().await,
        ["site"] => site::site(None).await,
        ["site", "--without", name] => site::site(Some(name)).await,
        ["serve", "--services", services] => site::serve(services).await,
        _ => panic!("test-server [site [--without NAME]]"),
    }
}

/// Everything in one process, on SQLite.
async fn alone() {
    let data = env::temp_dir().join(format!("exam-system-test-server-{}", std::process::id()));
    std::fs::create_dir_all(&data).expect("a folder");
    let config = Config::throwaway(&data, &SystemRandom).expect("a configuration");
    telemetry::init_logs(&config.log_level, config.log_format).expect("logs");
    let stop = stop_signal();
    let clock = MovedClock::at(&data.join("clock")).expect("the clock's file");
    let mut composed =
        compose(&config, Arc::new(clock.clone()), Arc::new(SystemRandom)).await.expect("the services open");
    let database = ExamDatabase::Sqlite(data.join("exam.sqlite3"));
    let control = Control::over(&composed, clock, database, Vec::new()).await;
    composed.app.router = control.router().fallback_service(composed.app.router.clone());
    let listener = TcpListener::bind(config.listen).await.expect("a free port");
    let announce = |address| println!("test-server is ready on http://{address}");
    run(composed, (listener, None), stop, config.drain_grace, announce).await.expect("a calm end");
    std::fs::remove_dir_all(data).expect("the folder goes");
}
