//! `PUT /api/v1/questions/banks/{bank_id}`

use std::sync::Arc;

use authz::UnitPath;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::BankId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::banks::{
        BankDescription, BankTitle, BankView,
        update_bank::{self as app, BankUpdate},
    },
};

/// What a bank is to become.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateBankRequest {
    /// The version that the change goes out from.
    version: i64,
    /// Where it is to lie.
    unit_path: UnitPath,
    /// Its title.
    title: BankTitle,
    /// What it is for.
    description: BankDescription,
}

/// Changes a bank's title, description and unit.
#[utoipa::path(
    put,
    path = "/api/v1/questions/banks/{bank_id}",
    operation_id = "update_bank",
    tag = "banks",
    params(("bank_id" = BankId, Path)),
    request_body = UpdateBankRequest,
    responses(
        (status = 200, body = BankView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn update_bank(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
    Json(body): Json<UpdateBankRequest>,
) -> ApiResult<Json<BankView>> {
    let UpdateBankRequest { version, unit_path, title, description } = body;
    let update = BankUpdate { version, unit: unit_path, title, description };
    Ok(Json(app::update_bank(&service, &actor, bank_id, update).await?))
}
