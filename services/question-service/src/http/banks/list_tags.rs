//! `GET /api/v1/questions/banks/{bank_id}/tags`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::BankId;

use crate::{
    QuestionService,
    app::banks::list_tags::{self as app, TagView},
    http::WholeList,
};

/// The tags of a bank, the most used first.
#[utoipa::path(
    get,
    path = "/api/v1/questions/banks/{bank_id}/tags",
    operation_id = "list_tags",
    tag = "banks",
    params(("bank_id" = BankId, Path)),
    responses(
        (status = 200, body = WholeList<TagView>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_tags(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
) -> ApiResult<Json<WholeList<TagView>>> {
    let items = app::list_tags(&service, &actor, bank_id).await?;
    Ok(Json(WholeList { items }))
}
