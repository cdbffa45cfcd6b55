//! `GET /api/v1/exams/sittings/{sitting_id}/attempts`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};
use serde::Deserialize;

use crate::{
    ExamService,
    app::sittings::list_attempts::{self as app, LiveList},
    domain::attempt::AttemptState,
    store::attempts::live::LiveFilter,
};

/// Which attempts to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAttemptsQuery {
    /// Items wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<String>,
    /// Only attempts in this state; one that time has closed counts as submitted.
    pub state: Option<AttemptState>,
    /// Only candidates whose number or name holds this text.
    pub search: Option<String>,
    /// Only candidates who sit in this room.
    pub room: Option<String>,
    /// Only attempts with entries that came late or went back.
    #[serde(default)]
    pub late: bool,
}

/// The sitting's attempts as those see them who watch over it, by candidate number, and how the whole sitting stands.
#[utoipa::path(
    get,
    path = "/api/v1/exams/sittings/{sitting_id}/attempts",
    operation_id = "list_attempts",
    tag = "live",
    params(("sitting_id" = SittingId, Path), ListAttemptsQuery),
    responses(
        (status = 200, body = LiveList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_attempts(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Query(query): Query<ListAttemptsQuery>,
) -> ApiResult<Json<LiveList>> {
    let filter = LiveFilter { state: query.state, search: query.search, room: query.room, late: query.late };
    let page = PageQuery { limit: query.limit, after: query.after };
    Ok(Json(app::list_attempts(&service, &actor, sitting_id, &filter, &page).await?))
}
