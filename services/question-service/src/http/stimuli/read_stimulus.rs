//! `GET /api/v1/questions/stimuli/{stimulus_id}`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::StimulusId;

use crate::{
    QuestionService,
    app::stimuli::{StimulusView, read_stimulus as app},
};

/// A stimulus with its questions.
#[utoipa::path(
    get,
    path = "/api/v1/questions/stimuli/{stimulus_id}",
    operation_id = "read_stimulus",
    tag = "stimuli",
    params(("stimulus_id" = StimulusId, Path)),
    responses(
        (status = 200, body = StimulusView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_stimulus(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(stimulus_id): Path<StimulusId>,
) -> ApiResult<Json<StimulusView>> {
    Ok(Json(app::read_stimulus(&service, &actor, stimulus_id).await?))
}
