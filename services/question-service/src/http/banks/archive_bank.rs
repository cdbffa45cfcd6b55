//! `POST /api/v1/questions/banks/{bank_id}/archive`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::BankId;

use crate::{
    QuestionService,
    app::banks::{BankView, archive_bank as app},
};

/// Puts a bank away; nothing in it changes.
#[utoipa::path(
    post,
    path = "/api/v1/questions/banks/{bank_id}/archive",
    operation_id = "archive_bank",
    tag = "banks",
    params(("bank_id" = BankId, Path)),
    responses(
        (status = 200, body = BankView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn archive_bank(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
) -> ApiResult<Json<BankView>> {
    Ok(Json(app::archive_bank(&service, &actor, bank_id, true).await?))
}
