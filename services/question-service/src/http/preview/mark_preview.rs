//! `POST /api/v1/questions/preview/mark`

use foundation::{Points, Problem};
use http_kit::{ApiResult, Caller, Json};
use question_model::{Key, Question, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::preview::mark_preview::{self as app, TriedResponse};

/// A response to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkPreviewRequest {
    /// What is asked, as it was sent to be previewed.
    question: Question,
    /// What is right.
    key: Key,
    /// What a right response is worth; 1 when left out.
    #[serde(default = "one_point")]
    points: Points,
    /// What a candidate might give; it names parts as the preview does.
    response: Response,
}

const fn one_point() -> Points {
    Points::ONE
}

/// Marks a response as it would be marked in an exam. Nothing is stored.
#[utoipa::path(
    post,
    path = "/api/v1/questions/preview/mark",
    operation_id = "mark_preview",
    tag = "preview",
    request_body = MarkPreviewRequest,
    responses(
        (status = 200, body = TriedResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn mark_preview(
    Caller(actor): Caller,
    Json(body): Json<MarkPreviewRequest>,
) -> ApiResult<Json<TriedResponse>> {
    let MarkPreviewRequest { question, key, points, response } = body;
    Ok(Json(app::mark_preview(&actor, question, key, points, &response)?))
}
