//! `GET /api/v1/exams/{exam_id}/publications/{publication_id}`

use std::sync::Arc;

use axum::extract::State;
use exam_api::{ExamId, PublicationId};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path, Query};
use serde::Deserialize;

use crate::{
    ExamService,
    app::exams::read_publication::{self as app, PublicationOutline},
};

/// Which form's outline to show.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OutlineQuery {
    /// The form, from 1; the first when left out.
    pub form_no: Option<i64>,
}

/// What was published: the rules, and the outline of a form without its keys.
#[utoipa::path(
    get,
    path = "/api/v1/exams/{exam_id}/publications/{publication_id}",
    operation_id = "read_publication",
    tag = "exams",
    params(("exam_id" = ExamId, Path), ("publication_id" = PublicationId, Path), OutlineQuery),
    responses(
        (status = 200, body = PublicationOutline),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_publication(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path((exam_id, publication_id)): Path<(ExamId, PublicationId)>,
    Query(query): Query<OutlineQuery>,
) -> ApiResult<Json<PublicationOutline>> {
    let form_no = query.form_no.unwrap_or(1);
    Ok(Json(app::read_publication(&service, &actor, exam_id, publication_id, form_no).await?))
}
