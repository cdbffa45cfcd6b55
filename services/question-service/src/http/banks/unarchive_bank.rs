//! `POST /api/v1/questions/banks/{bank_id}/unarchive`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::BankId;

use crate::{
    QuestionService,
    app::banks::{BankView, archive_bank as app},
};

/// Takes a bank out of the archive.
#[utoipa::path(
    post,
    path = "/api/v1/questions/banks/{bank_id}/unarchive",
    operation_id = "unarchive_bank",
    tag = "banks",
    params(("bank_id" = BankId, Path)),
    responses(
        (status = 200, body = BankView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn unarchive_bank(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
) -> ApiResult<Json<BankView>> {
    Ok(Json(app::archive_bank(&service, &actor, bank_id, false).await?))
}
