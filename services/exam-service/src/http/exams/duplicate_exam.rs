//! `POST /api/v1/exams/{exam_id}/duplicate`

use std::sync::Arc;

use authz::UnitId;
use axum::{extract::State, http::StatusCode};
use exam_api::ExamId;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::exams::{ExamView, duplicate_exam as app},
};

/// What the copy is to be called, and where it goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateExamRequest {
    /// The copy's title.
    pub title: Text<1, 300>,
    /// The unit that the copy belongs to; left out for the original's.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
}

/// Take an exam's draft as the start of another exam.
#[utoipa::path(
    post,
    path = "/api/v1/exams/{exam_id}/duplicate",
    operation_id = "duplicate_exam",
    tag = "exams",
    params(("exam_id" = ExamId, Path)),
    request_body = DuplicateExamRequest,
    responses(
        (status = 201, body = ExamView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn duplicate_exam(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(exam_id): Path<ExamId>,
    Json(body): Json<DuplicateExamRequest>,
) -> ApiResult<(StatusCode, Json<ExamView>)> {
    let exam = app::duplicate_exam(&service, &actor, exam_id, body.title, body.unit_id).await?;
    Ok((StatusCode::CREATED, Json(exam)))
}
