//! `PUT /api/v1/exams/sittings/{sitting_id}/marking/{question_id}/responses/{response_ref}/mark`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{Points, Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use question_model::QuestionVersionId;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    ExamService,
    app::results::{list_responses_to_mark::ResponseToMarkView, mark_response as app},
};

/// A mark.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkResponseRequest {
    /// 0 to what the question is worth.
    pub points: Points,
    /// What to say to the candidate.
    #[serde(default = "Text::empty")]
    pub comment: Text<0, 4000>,
}

/// Give a response its points. Marking it again replaces the mark.
#[utoipa::path(
    put,
    path = "/api/v1/exams/sittings/{sitting_id}/marking/{question_id}/responses/{response_ref}/mark",
    operation_id = "mark_response",
    tag = "marking",
    params(("sitting_id" = SittingId, Path), ("question_id" = QuestionVersionId, Path), ("response_ref" = Uuid, Path)),
    request_body = MarkResponseRequest,
    responses(
        (status = 200, body = ResponseToMarkView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn mark_response(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((sitting_id, question_id, response_ref)): Path<(SittingId, QuestionVersionId, Uuid)>,
    Json(body): Json<MarkResponseRequest>,
) -> ApiResult<Json<ResponseToMarkView>> {
    Ok(Json(
        app::mark_response(
            &service,
            &actor,
            sitting_id,
            question_id,
            response_ref,
            body.points,
            &body.comment,
        )
        .await?,
    ))
}
