//! `GET /api/v1/questions/banks`

use std::sync::Arc;

use axum::extract::State;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Query};
use serde::Deserialize;

use crate::{
    QuestionService,
    app::banks::{BankView, list_banks as app},
};

/// Which banks to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListBanksQuery {
    /// Banks wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// The `next` of the page before.
    after: Option<String>,
    /// Archived ones instead of the others.
    #[serde(default)]
    archived: bool,
}

/// Question banks in the units where the asker reads questions, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/questions/banks",
    operation_id = "list_banks",
    tag = "banks",
    params(ListBanksQuery),
    responses(
        (status = 200, body = Page<BankView>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_banks(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Query(query): Query<ListBanksQuery>,
) -> ApiResult<Json<Page<BankView>>> {
    let page = PageQuery { limit: query.limit, after: query.after };
    Ok(Json(app::list_banks(&service, &actor, query.archived, &page).await?))
}
