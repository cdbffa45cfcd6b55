//! `POST /api/v1/exams/{exam_id}/publish`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use exam_api::ExamId;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::exams::publish_exam::{self as app, Published},
};

/// Which version of the draft to publish.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishRequest {
    /// The version that was looked at; another one now means that somebody changed the draft meanwhile.
    pub version: i64,
}

/// Freeze the draft into papers. Refused with every reason while settings contradict one another.
#[utoipa::path(
    post,
    path = "/api/v1/exams/{exam_id}/publish",
    operation_id = "publish_exam",
    tag = "exams",
    params(("exam_id" = ExamId, Path)),
    request_body = PublishRequest,
    responses(
        (status = 201, body = Published),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn publish_exam(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(exam_id): Path<ExamId>,
    Json(body): Json<PublishRequest>,
) -> ApiResult<(StatusCode, Json<Published>)> {
    let published = app::publish_exam(&service, &actor, exam_id, body.version).await?;
    Ok((StatusCode::CREATED, Json(published)))
}
