//! `POST /api/v1/questions/{question_id}/duplicate`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::{BankId, CategoryId, QuestionId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::questions::{
        QuestionView,
        duplicate_question::{self as app, Copy},
    },
    domain::draft::QuestionTitle,
};

/// Where a copy goes; what is left out is as with the original.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DuplicateQuestionRequest {
    /// Into this bank.
    #[serde(default)]
    bank_id: Option<BankId>,
    /// Into this category.
    #[serde(default)]
    category_id: Option<CategoryId>,
    /// Under this title.
    #[serde(default)]
    title: Option<QuestionTitle>,
}

/// Makes a copy of a question: a draft, without its id number.
#[utoipa::path(
    post,
    path = "/api/v1/questions/{question_id}/duplicate",
    operation_id = "duplicate_question",
    tag = "questions",
    params(("question_id" = QuestionId, Path)),
    request_body = DuplicateQuestionRequest,
    responses(
        (status = 201, body = QuestionView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn duplicate_question(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(question_id): Path<QuestionId>,
    Json(body): Json<DuplicateQuestionRequest>,
) -> ApiResult<(StatusCode, Json<QuestionView>)> {
    let DuplicateQuestionRequest { bank_id, category_id, title } = body;
    let copy = Copy { bank_id, category_id, title };
    let question = app::duplicate_question(&service, &actor, question_id, copy).await?;
    Ok((StatusCode::CREATED, Json(question)))
}
