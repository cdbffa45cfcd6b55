//! `POST /api/v1/exams/attempts/{attempt_id}/submit`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::{Instant, Problem};
use http_kit::{ApiResult, Caller, Json, Path};
use receipts::Proof;
use serde::Serialize;
use utoipa::ToSchema;

use super::start_attempt::LeaseRequest;
use crate::{
    ExamService,
    app::attempts::{AttemptView, submit_attempt as app},
    domain::{admission::EntryStatus, entry::act},
};

/// An attempt that was handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmitResponse {
    /// The attempt.
    pub attempt: AttemptView,
    /// Proves that it was handed in; null when it ended without: what was saved in time counts all the same.
    pub receipt: Option<HandInReceipt>,
}

/// Proves that an attempt was handed in: with the attempt it is a whole receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandInReceipt {
    /// The lease that handed in.
    pub lease_no: i64,
    /// The hand-in's place among the server's own acts.
    pub seq: i64,
    /// `submitted`.
    pub kind: &'static str,
    /// `taken`.
    pub status: EntryStatus,
    /// When its first request came.
    pub received_at: Instant,
    /// What proves it to others.
    pub proof: Proof,
}

/// Hand in. Idempotent.
#[utoipa::path(
    post,
    path = "/api/v1/exams/attempts/{attempt_id}/submit",
    operation_id = "submit_attempt",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    request_body = LeaseRequest,
    responses(
        (status = 200, body = SubmitResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn submit_attempt(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
    Json(body): Json<LeaseRequest>,
) -> ApiResult<Json<SubmitResponse>> {
    let (attempt, receipt) = app::submit_attempt(&service, &actor, attempt_id, body.lease_no).await?;
    let receipt = receipt.map(|receipt| HandInReceipt {
        lease_no: receipt.lease_no,
        seq: act::SUBMITTED,
        kind: act::SUBMITTED_KIND,
        status: EntryStatus::Taken,
        received_at: receipt.received_at,
        proof: receipt.proof,
    });
    Ok(Json(SubmitResponse { attempt, receipt }))
}
