//! `POST /api/v1/questions/preview`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};
use question_model::{Key, Question, RichText};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::preview::preview_question::{self as app, Preview},
};

/// A question to look at.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    /// What is asked.
    question: Question,
    /// What is right; nothing of it is in the answer's `candidate`.
    key: Key,
    /// What it shares with other questions.
    #[serde(default)]
    stimulus: Option<RichText>,
    /// Whether to show the options in an order that one candidate might get.
    #[serde(default)]
    shuffle: bool,
}

/// A question as a candidate would get it, and what keeps it from being asked. Nothing is stored.
#[utoipa::path(
    post,
    path = "/api/v1/questions/preview",
    operation_id = "preview_question",
    tag = "preview",
    request_body = PreviewRequest,
    responses(
        (status = 200, body = Preview),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn preview_question(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Json(body): Json<PreviewRequest>,
) -> ApiResult<Json<Preview>> {
    let PreviewRequest { question, key, stimulus, shuffle } = body;
    Ok(Json(app::preview_question(&service, &actor, question, key, stimulus.as_ref(), shuffle).await?))
}
