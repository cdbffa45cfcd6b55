//! `GET /api/v1/questions/banks/{bank_id}/categories`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::BankId;

use crate::{
    QuestionService,
    app::categories::{CategoryView, list_categories as app},
    http::WholeList,
};

/// The categories of a bank, in the order in which a tree is read.
#[utoipa::path(
    get,
    path = "/api/v1/questions/banks/{bank_id}/categories",
    operation_id = "list_categories",
    tag = "categories",
    params(("bank_id" = BankId, Path)),
    responses(
        (status = 200, body = WholeList<CategoryView>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_categories(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
) -> ApiResult<Json<WholeList<CategoryView>>> {
    let items = app::list_categories(&service, &actor, bank_id).await?;
    Ok(Json(WholeList { items }))
}
