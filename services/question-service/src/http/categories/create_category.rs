//! `POST /api/v1/questions/banks/{bank_id}/categories`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::{BankId, CategoryId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::categories::{CategoryView, create_category as app},
    domain::category::CategoryName,
};

/// A category to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCategoryRequest {
    /// Its name; neighbours have different ones.
    name: CategoryName,
    /// The category to put it in; null for an outermost one.
    #[serde(default)]
    parent_id: Option<CategoryId>,
}

/// Makes a category in a bank.
#[utoipa::path(
    post,
    path = "/api/v1/questions/banks/{bank_id}/categories",
    operation_id = "create_category",
    tag = "categories",
    params(("bank_id" = BankId, Path)),
    request_body = CreateCategoryRequest,
    responses(
        (status = 201, body = CategoryView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn create_category(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
    Json(body): Json<CreateCategoryRequest>,
) -> ApiResult<(StatusCode, Json<CategoryView>)> {
    let category = app::create_category(&service, &actor, bank_id, body.parent_id, body.name).await?;
    Ok((StatusCode::CREATED, Json(category)))
}
