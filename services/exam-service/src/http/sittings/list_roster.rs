//! `GET /api/v1/exams/sittings/{sitting_id}/roster`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};
use serde::Deserialize;

use crate::{
    ExamService,
    app::sittings::list_roster::{self as app, RosterEntry},
};

/// Whom to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListRosterQuery {
    /// Items wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<String>,
    /// Only candidates whose number or name holds this text.
    pub search: Option<String>,
}

/// The sitting's roster, by candidate number.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/roster",
    operation_id = "list_roster",
    tag = "roster",
    params(("sitting_id" = SittingId, Path), ListRosterQuery),
    responses(
        (status = 200, body = Page<RosterEntry>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_roster(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Query(query): Query<ListRosterQuery>,
) -> ApiResult<Json<Page<RosterEntry>>> {
    let page = PageQuery { limit: query.limit, after: query.after };
    Ok(Json(app::list_roster(&service, &actor, sitting_id, query.search, &page).await?))
}
