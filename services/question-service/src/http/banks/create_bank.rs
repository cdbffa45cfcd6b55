//! `POST /api/v1/questions/banks`

use std::sync::Arc;

use authz::UnitPath;
use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::banks::{BankDescription, BankTitle, BankView, create_bank as app},
};

/// A bank to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateBankRequest {
    /// Where it is to lie.
    unit_path: UnitPath,
    /// Its title.
    title: BankTitle,
    /// What it is for.
    #[serde(default = "BankDescription::empty")]
    description: BankDescription,
}

/// Makes a question bank in a unit.
#[utoipa::path(
    post,
    path = "/api/v1/questions/banks",
    operation_id = "create_bank",
    tag = "banks",
    request_body = CreateBankRequest,
    responses(
        (status = 201, body = BankView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn create_bank(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Json(body): Json<CreateBankRequest>,
) -> ApiResult<(StatusCode, Json<BankView>)> {
    let bank = app::create_bank(&service, &actor, body.unit_path, body.title, body.description).await?;
    Ok((StatusCode::CREATED, Json(bank)))
}
