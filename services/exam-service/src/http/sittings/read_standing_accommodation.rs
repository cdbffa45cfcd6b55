//! `GET /api/v1/exams/accommodations/{account_id}`

use std::sync::Arc;

use authz::AccountId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    ExamService,
    app::sittings::set_accommodation::{self as app, StandingAccommodation},
};

/// The extra time that stands for a person.
#[utoipa::path(
    get,
    path = "/api/v1/exams/accommodations/{account_id}",
    operation_id = "read_standing_accommodation",
    tag = "roster",
    params(("account_id" = AccountId, Path)),
    responses(
        (status = 200, body = StandingAccommodation),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_standing_accommodation(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(account_id): Path<AccountId>,
) -> ApiResult<Json<StandingAccommodation>> {
    Ok(Json(app::read_standing(&service, &actor, account_id).await?))
}
