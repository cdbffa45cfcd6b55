//! `DELETE /api/v1/questions/banks/{bank_id}`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};
use question_api::BankId;

use crate::{QuestionService, app::banks::delete_bank as app};

/// Deletes an empty bank.
#[utoipa::path(
    delete,
    path = "/api/v1/questions/banks/{bank_id}",
    operation_id = "delete_bank",
    tag = "banks",
    params(("bank_id" = BankId, Path)),
    responses(
        (status = 204),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delete_bank(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
) -> ApiResult<StatusCode> {
    app::delete_bank(&service, &actor, bank_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
