//! `GET /api/v1/questions/banks/{bank_id}/stimuli`

use std::sync::Arc;

use axum::extract::State;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};
use question_api::BankId;

use crate::{
    QuestionService,
    app::stimuli::{StimulusSummary, list_stimuli as app},
};

/// The stimuli of a bank, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/questions/banks/{bank_id}/stimuli",
    operation_id = "list_stimuli",
    tag = "stimuli",
    params(("bank_id" = BankId, Path), PageQuery),
    responses(
        (status = 200, body = Page<StimulusSummary>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_stimuli(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<StimulusSummary>>> {
    Ok(Json(app::list_stimuli(&service, &actor, bank_id, &page).await?))
}
