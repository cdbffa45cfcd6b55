//! `GET /api/v1/questions/banks/{bank_id}/export`

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use formats::Format;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path, Query};
use question_api::{BankId, CategoryId};
use serde::Deserialize;

use crate::{
    QuestionService,
    app::transfer::export_questions::{self as app, ExportRequest},
};

/// What to export.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExportParams {
    /// What to write.
    #[param(inline)]
    format: Format,
    /// Only this category and those below it; the whole bank when left out.
    category_id: Option<CategoryId>,
}

impl From<ExportParams> for ExportRequest {
    fn from(ExportParams { format, category_id }: ExportParams) -> Self {
        Self { format, category_id }
    }
}

/// A file with the newest ready version of each question, keys included. `export/report` says what it leaves out.
#[utoipa::path(
    get,
    path = "/api/v1/questions/banks/{bank_id}/export",
    operation_id = "export_questions",
    tag = "transfer",
    params(("bank_id" = BankId, Path), ExportParams),
    responses(
        (status = 200, body = String, content_type = "text/plain"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn export_questions(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
    Query(params): Query<ExportParams>,
) -> ApiResult<Response> {
    let name = match params.format {
        Format::Gift => "attachment; filename=\"questions.gift.txt\"",
    };
    let exported = app::export_questions(&service, &actor, bank_id, params.into()).await?;
    let mut response = exported.text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
