//! `POST /api/v1/exams/sittings/{sitting_id}/roster`

use std::sync::Arc;

use authz::{AccountId, SittingId};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::add_to_roster::{self as app, AddedToRoster},
};

/// Whom to put on the roster.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddToRosterRequest {
    /// 1 to 5,000 accounts.
    pub account_ids: Vec<AccountId>,
    /// Whether they may be expected at another sitting at the same time.
    #[serde(default)]
    pub allow_clash: bool,
}

/// Put people on the roster who have accounts. Who is on it stays as they are.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/roster",
    operation_id = "add_to_roster",
    tag = "roster",
    params(("sitting_id" = SittingId, Path)),
    request_body = AddToRosterRequest,
    responses(
        (status = 200, body = AddedToRoster),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn add_to_roster(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Json(body): Json<AddToRosterRequest>,
) -> ApiResult<Json<AddedToRoster>> {
    Ok(Json(app::add_to_roster(&service, &actor, sitting_id, &body.account_ids, body.allow_clash).await?))
}
