//! `PUT /api/v1/exams/{exam_id}`

use std::sync::Arc;

use axum::extract::State;
use exam_api::{ExamDefinition, ExamId};
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::exams::{ExamView, update_exam as app},
};

/// A draft as it shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateExamRequest {
    /// The version that was changed; another one now means that somebody was faster.
    pub version: i64,
    /// Its title.
    pub title: Text<1, 300>,
    /// The draft.
    pub definition: ExamDefinition,
}

/// Change an exam's draft. What was published stays as it is.
#[utoipa::path(
    put,
    path = "/api/v1/exams/{exam_id}",
    operation_id = "update_exam",
    tag = "exams",
    params(("exam_id" = ExamId, Path)),
    request_body = UpdateExamRequest,
    responses(
        (status = 200, body = ExamView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn update_exam(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(exam_id): Path<ExamId>,
    Json(body): Json<UpdateExamRequest>,
) -> ApiResult<Json<ExamView>> {
    let UpdateExamRequest { version, title, definition } = body;
    Ok(Json(app::update_exam(&service, &actor, exam_id, version, title, definition).await?))
}
