//! `GET /api/v1/exams/sittings/{sitting_id}`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::sittings::{SittingView, read_sitting as app},
};

/// A sitting.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}",
    operation_id = "read_sitting",
    tag = "sittings",
    params(("sitting_id" = SittingId, Path)),
    responses(
        (status = 200, body = SittingView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_sitting(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
) -> ApiResult<Json<SittingView>> {
    Ok(Json(app::read_sitting(&service, &actor, sitting_id).await?))
}
