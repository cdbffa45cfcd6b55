//! `GET /api/v1/exams/me/attempts`

use std::sync::Arc;

use axum::extract::State;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Query};

use crate::{
    ExamService,
    app::results::my_attempts::{self as app, MyAttempt},
};

/// One's own exams: those to come, and what became of those that were.
#[utoipa::path(
    get,
    path = "/api/v1/exams/me/attempts",
    operation_id = "my_attempts",
    tag = "results",
    params(PageQuery),
    responses(
        (status = 200, body = Page<MyAttempt>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn my_attempts(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<MyAttempt>>> {
    Ok(Json(app::my_attempts(&service, &actor, &page).await?))
}
