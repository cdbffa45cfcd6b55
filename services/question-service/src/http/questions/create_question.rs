//! `POST /api/v1/questions/banks/{bank_id}/questions`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::{BankId, CategoryId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::body::VersionBody;
use crate::{
    QuestionService,
    app::questions::{Filing, IdNumber, QuestionView, create_question as app},
    domain::tag::Tag,
};

/// A question to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateQuestionRequest {
    /// Its first version.
    content: VersionBody,
    /// Its category; null for the bank itself.
    #[serde(default)]
    category_id: Option<CategoryId>,
    /// Its tags, at most 30.
    #[serde(default)]
    tags: Vec<Tag>,
    /// The number or name that its source knows it by; no two questions of a bank have the same.
    #[serde(default)]
    idnumber: Option<IdNumber>,
}

/// Adds a question to a bank.
#[utoipa::path(
    post,
    path = "/api/v1/questions/banks/{bank_id}/questions",
    operation_id = "create_question",
    tag = "questions",
    params(("bank_id" = BankId, Path)),
    request_body = CreateQuestionRequest,
    responses(
        (status = 201, body = QuestionView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn create_question(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
    Json(body): Json<CreateQuestionRequest>,
) -> ApiResult<(StatusCode, Json<QuestionView>)> {
    let CreateQuestionRequest { content, category_id, tags, idnumber } = body;
    let (draft, note) = content.split();
    let filing = Filing { category_id, tags, idnumber };
    let question = app::create_question(&service, &actor, bank_id, draft, filing, note).await?;
    Ok((StatusCode::CREATED, Json(question)))
}
