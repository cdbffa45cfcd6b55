//! `POST /api/v1/exams`

use std::sync::Arc;

use authz::UnitId;
use axum::{extract::State, http::StatusCode};
use exam_api::ExamDefinition;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::exams::{ExamView, create_exam as app},
};

/// An exam to begin.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateExamRequest {
    /// Its title.
    pub title: Text<1, 300>,
    /// The unit it belongs to; left out for the whole institution.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// Its draft; left out for one empty section and the usual duration.
    #[serde(default)]
    pub definition: Option<ExamDefinition>,
}

/// Begin an exam.
#[utoipa::path(
    post,
    path = "/api/v1/exams",
    operation_id = "create_exam",
    tag = "exams",
    request_body = CreateExamRequest,
    responses(
        (status = 201, body = ExamView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn create_exam(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Json(body): Json<CreateExamRequest>,
) -> ApiResult<(StatusCode, Json<ExamView>)> {
    let exam = app::create_exam(&service, &actor, body.unit_id, body.title, body.definition).await?;
    Ok((StatusCode::CREATED, Json(exam)))
}
