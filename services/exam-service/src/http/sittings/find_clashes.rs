//! `GET /api/v1/exams/sittings/{sitting_id}/clashes`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{Clash, find_clashes as app},
};

/// Who is expected in two places at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClashesResponse {
    /// At most 200.
    pub clashes: Vec<Clash>,
}

/// Candidates of the sitting who are expected at another one at the same time.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/clashes",
    operation_id = "find_clashes",
    tag = "sittings",
    params(("sitting_id" = SittingId, Path)),
    responses(
        (status = 200, body = ClashesResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn find_clashes(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
) -> ApiResult<Json<ClashesResponse>> {
    Ok(Json(ClashesResponse { clashes: app::find_clashes(&service, &actor, sitting_id).await? }))
}
