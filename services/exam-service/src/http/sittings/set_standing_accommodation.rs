//! `PUT /api/v1/exams/accommodations/{account_id}`

use std::sync::Arc;

use authz::AccountId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::set_accommodation::{self as app, Extra, StandingAccommodation},
};

/// Extra time that stands for a person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingAccommodationRequest {
    /// Percent of the duration, 0 to 300.
    #[serde(default)]
    #[schema(maximum = 300)]
    pub extra_percent: u32,
    /// Minutes, 0 to 1,440.
    #[serde(default)]
    #[schema(maximum = 1440)]
    pub extra_minutes: u32,
}

/// Set the extra time that stands for a person. Attempts that were made already stay as they are.
#[utoipa::path(
    put,
    path = "/api/v1/exams/accommodations/{account_id}",
    operation_id = "set_standing_accommodation",
    tag = "roster",
    params(("account_id" = AccountId, Path)),
    request_body = StandingAccommodationRequest,
    responses(
        (status = 200, body = StandingAccommodation),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn set_standing_accommodation(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(account_id): Path<AccountId>,
    Json(body): Json<StandingAccommodationRequest>,
) -> ApiResult<Json<StandingAccommodation>> {
    let extra = Extra { percent: body.extra_percent, minutes: body.extra_minutes };
    Ok(Json(app::set_standing(&service, &actor, account_id, extra).await?))
}
