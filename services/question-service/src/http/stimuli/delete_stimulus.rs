//! `DELETE /api/v1/questions/stimuli/{stimulus_id}`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};
use question_api::StimulusId;

use crate::{QuestionService, app::stimuli::delete_stimulus as app};

/// Deletes a stimulus that nothing uses.
#[utoipa::path(
    delete,
    path = "/api/v1/questions/stimuli/{stimulus_id}",
    operation_id = "delete_stimulus",
    tag = "stimuli",
    params(("stimulus_id" = StimulusId, Path)),
    responses(
        (status = 204),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn delete_stimulus(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(stimulus_id): Path<StimulusId>,
) -> ApiResult<StatusCode> {
    app::delete_stimulus(&service, &actor, stimulus_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
