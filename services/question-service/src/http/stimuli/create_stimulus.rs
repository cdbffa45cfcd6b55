//! `POST /api/v1/questions/banks/{bank_id}/stimuli`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::BankId;
use question_model::RichText;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::stimuli::{StimulusTitle, StimulusView, create_stimulus as app},
};

/// A stimulus to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateStimulusRequest {
    /// A name for lists; may be empty.
    #[serde(default = "StimulusTitle::empty")]
    title: StimulusTitle,
    /// Its text.
    text: RichText,
}

/// Adds a stimulus to a bank.
#[utoipa::path(
    post,
    path = "/api/v1/questions/banks/{bank_id}/stimuli",
    operation_id = "create_stimulus",
    tag = "stimuli",
    params(("bank_id" = BankId, Path)),
    request_body = CreateStimulusRequest,
    responses(
        (status = 201, body = StimulusView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn create_stimulus(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(bank_id): Path<BankId>,
    Json(body): Json<CreateStimulusRequest>,
) -> ApiResult<(StatusCode, Json<StimulusView>)> {
    let stimulus = app::create_stimulus(&service, &actor, bank_id, body.title, body.text).await?;
    Ok((StatusCode::CREATED, Json(stimulus)))
}
