//! `POST /api/v1/exams/attempts/{attempt_id}/open`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use receipts::Bytes;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ExamService,
    app::attempts::{
        AttemptView,
        open_attempt::{self as app, ToFetch},
    },
};

/// Which device asks for the lease.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenRequest {
    /// Made by the browser once and kept: the same device gets its lease again, another one the next.
    pub device_id: Uuid,
    /// Whether a running attempt shall move here from another device, which then stops writing.
    #[serde(default)]
    pub take_over: bool,
}

/// The lease.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenResponse {
    /// Its number: goes into every save.
    pub lease_no: i64,
    /// The attempt.
    pub attempt: AttemptView,
    /// What to fetch before the start, so that the start needs little; null when there is nothing to fetch.
    pub sealed: Option<ToFetch>,
    /// What an answer file is sealed for, should the network never come back: an X25519 public key, base64url.
    pub answer_file_key: Bytes<32>,
}

/// Take the lease of the attempt for a device. A running attempt moves from another device only when asked to.
#[utoipa::path(
    post,
    path = "/api/v1/exams/attempts/{attempt_id}/open",
    operation_id = "open_attempt",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    request_body = OpenRequest,
    responses(
        (status = 200, body = OpenResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn open_attempt(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
    Json(body): Json<OpenRequest>,
) -> ApiResult<Json<OpenResponse>> {
    let OpenRequest { device_id, take_over } = body;
    let opened = app::open_attempt(&service, &actor, attempt_id, device_id, take_over).await?;
    let app::Opened { lease_no, attempt, sealed } = opened;
    let answer_file_key = service.answer_file_key.public();
    Ok(Json(OpenResponse { lease_no, attempt, sealed, answer_file_key }))
}
