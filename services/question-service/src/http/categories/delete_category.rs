//! `DELETE /api/v1/questions/categories/{category_id}`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};
use question_api::CategoryId;

use crate::{QuestionService, app::categories::delete_category as app};

/// Deletes an empty category.
#[utoipa::path(
    delete,
    path = "/api/v1/questions/categories/{category_id}",
    operation_id = "delete_category",
    tag = "categories",
    params(("category_id" = CategoryId, Path)),
    responses(
        (status = 204),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delete_category(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(category_id): Path<CategoryId>,
) -> ApiResult<StatusCode> {
    app::delete_category(&service, &actor, category_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
