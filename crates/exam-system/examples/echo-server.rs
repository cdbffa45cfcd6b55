//! The baseline of every benchmark: an endpoint that does nothing, behind everything that every endpoint shares.
//! Never part of the product.
//!
//! `PUT /api/v1/echo?bytes=N` reads its JSON body and answers with N bytes. Prints
//! `echo-server is ready on http://ADDRESS`.

#![expect(clippy::expect_used, reason = "a baseline that can't go on must stop")]

use std::{pin::Pin, sync::Arc};

use authz::{AccessVerifier, KeySource, PublicKey, Rule, Rules, Secrets, Who};
use axum::{extract::Query, http::header, response::IntoResponse};
use foundation::{Problem, SystemClock, SystemRandom};
use http_kit::{Cors, Doorman, House, Json, RoomSizes, Rooms};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::net::TcpListener;
use utoipa_axum::router::OpenApiRouter;

/// Nobody has an account here.
struct NoKeys;

impl KeySource for NoKeys {
    fn public_keys<'a, 'b>(
        &'a self,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<PublicKey>, Problem>> + Send + 'b>>
    where
        'a: 'b,
        Self: 'b,
    {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }
}

#[derive(Deserialize)]
struct Asked {
    bytes: usize,
}

async fn echo(Query(asked): Query<Asked>, Json(body): Json<Box<RawValue>>) -> impl IntoResponse {
    let mut answer = body.get().as_bytes().to_vec();
    answer.resize(asked.bytes, b' ');
    ([(header::CONTENT_TYPE, "application/json")], answer)
}

#[tokio::main]
async fn main() {
    let secret = std::env::var("JWT_SECRET").expect("JWT_SECRET");
    telemetry::init_logs("info", telemetry::LogFormat::Json).expect("logs");
    let _metrics = telemetry::Metrics::install();
    let clock = Arc::new(SystemClock);
    let doorman = Doorman::new(
        Rules::of([Rule::new("PUT", "/api/v1/echo", Who::Ticket)]),
        &Secrets::new(secret.as_bytes()).expect("a secret"),
        Arc::new(AccessVerifier::new(Arc::new(NoKeys), clock.clone())),
        clock.clone(),
    );
    let house = House {
        doorman,
        rooms: Rooms::new(RoomSizes::default()),
        idempotency: Vec::new(),
        cors: Cors::default(),
        clock,
        random: Arc::new(SystemRandom),
    };
    let router = OpenApiRouter::new().route("/api/v1/echo", axum::routing::put(echo));
    let app = house.build(router);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    println!("echo-server is ready on http://{}", listener.local_addr().expect("an address"));
    http_kit::serve(listener, app.router, exam_system::run::stop_signal()).await.expect("a thread");
}
