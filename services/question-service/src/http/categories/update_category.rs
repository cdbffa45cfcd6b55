//! `PUT /api/v1/questions/categories/{category_id}`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::CategoryId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::categories::{CategoryView, update_category as app},
    domain::category::CategoryName,
};

/// What a category is to become.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCategoryRequest {
    /// Its name; neighbours have different ones.
    name: CategoryName,
    /// The category to put it in; null for an outermost one.
    parent_id: Option<CategoryId>,
}

/// Renames or moves a category; what lies in it comes along.
#[utoipa::path(
    put,
    path = "/api/v1/questions/categories/{category_id}",
    operation_id = "update_category",
    tag = "categories",
    params(("category_id" = CategoryId, Path)),
    request_body = UpdateCategoryRequest,
    responses(
        (status = 200, body = CategoryView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn update_category(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(category_id): Path<CategoryId>,
    Json(body): Json<UpdateCategoryRequest>,
) -> ApiResult<Json<CategoryView>> {
    Ok(Json(app::update_category(&service, &actor, category_id, body.parent_id, body.name).await?))
}
