//! `PUT /api/v1/questions/{question_id}`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::{CategoryId, QuestionId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::body::VersionBody;
use crate::{
    QuestionService,
    app::questions::{
        Filing, IdNumber, QuestionView,
        save_question::{self as app, Save},
    },
    domain::tag::Tag,
};

/// A question to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveQuestionRequest {
    /// The newest version that its author saw; when there is a newer one the answer is 409 and says whose.
    version: i64,
    /// What the question is to say.
    content: VersionBody,
    /// Its category; null for the bank itself.
    category_id: Option<CategoryId>,
    /// Its tags, at most 30.
    tags: Vec<Tag>,
    /// The number or name that its source knows it by; no two questions of a bank have the same.
    idnumber: Option<IdNumber>,
}

/// Saves a question: a new version when it says something new. Where it is filed can change without.
#[utoipa::path(
    put,
    path = "/api/v1/questions/{question_id}",
    operation_id = "save_question",
    tag = "questions",
    params(("question_id" = QuestionId, Path)),
    request_body = SaveQuestionRequest,
    responses(
        (status = 200, body = QuestionView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn save_question(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(question_id): Path<QuestionId>,
    Json(body): Json<SaveQuestionRequest>,
) -> ApiResult<Json<QuestionView>> {
    let SaveQuestionRequest { version, content, category_id, tags, idnumber } = body;
    let (draft, note) = content.split();
    let save = Save { version, draft, note, filing: Some(Filing { category_id, tags, idnumber }) };
    Ok(Json(app::save_question(&service, &actor, question_id, save).await?))
}
