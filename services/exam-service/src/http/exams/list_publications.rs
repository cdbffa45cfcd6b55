//! `GET /api/v1/exams/{exam_id}/publications`

use std::sync::Arc;

use axum::extract::State;
use exam_api::ExamId;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};

use crate::{
    ExamService,
    app::exams::{PublicationHead, list_publications as app},
};

/// An exam's publications, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/exams/{exam_id}/publications",
    operation_id = "list_publications",
    tag = "exams",
    params(("exam_id" = ExamId, Path), PageQuery),
    responses(
        (status = 200, body = Page<PublicationHead>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_publications(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(exam_id): Path<ExamId>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<PublicationHead>>> {
    Ok(Json(app::list_publications(&service, &actor, exam_id, &page).await?))
}
