//! `PUT /api/v1/questions/stimuli/{stimulus_id}`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::StimulusId;
use question_model::RichText;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::stimuli::{StimulusTitle, StimulusView, save_stimulus as app},
};

/// What a stimulus is to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveStimulusRequest {
    /// The newest version that its author saw.
    version: i64,
    /// A name for lists; may be empty.
    title: StimulusTitle,
    /// Its text.
    text: RichText,
}

/// Saves a stimulus. What stands in papers keeps the text that it was frozen with.
#[utoipa::path(
    put,
    path = "/api/v1/questions/stimuli/{stimulus_id}",
    operation_id = "save_stimulus",
    tag = "stimuli",
    params(("stimulus_id" = StimulusId, Path)),
    request_body = SaveStimulusRequest,
    responses(
        (status = 200, body = StimulusView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn save_stimulus(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(stimulus_id): Path<StimulusId>,
    Json(body): Json<SaveStimulusRequest>,
) -> ApiResult<Json<StimulusView>> {
    let SaveStimulusRequest { version, title, text } = body;
    Ok(Json(app::save_stimulus(&service, &actor, stimulus_id, version, title, text).await?))
}
