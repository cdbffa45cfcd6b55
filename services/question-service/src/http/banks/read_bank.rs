//! `GET /api/v1/questions/banks/{bank_id}`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::BankId;

use crate::{
    QuestionService,
    app::banks::{BankView, read_bank as app},
};

/// A question bank.
#[utoipa::path(
    get,
    path = "/api/v1/questions/banks/{bank_id}",
    operation_id = "read_bank",
    tag = "banks",
    params(("bank_id" = BankId, Path)),
    responses(
        (status = 200, body = BankView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_bank(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
) -> ApiResult<Json<BankView>> {
    Ok(Json(app::read_bank(&service, &actor, bank_id).await?))
}
