//! `GET /api/v1/questions/banks/{bank_id}/export/report`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path, Query};
use question_api::BankId;

use super::export_questions::ExportParams;
use crate::{
    QuestionService,
    app::transfer::export_questions::{self as app, ExportReport},
};

/// What an export would leave out or change, question by question.
#[utoipa::path(
    get,
    path = "/api/v1/questions/banks/{bank_id}/export/report",
    operation_id = "report_export",
    tag = "transfer",
    params(("bank_id" = BankId, Path), ExportParams),
    responses(
        (status = 200, body = ExportReport),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn report_export(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
    Query(params): Query<ExportParams>,
) -> ApiResult<Json<ExportReport>> {
    Ok(Json(app::report_export(&service, &actor, bank_id, params.into()).await?))
}
