//! `PUT /api/v1/questions/stimuli/{stimulus_id}/questions`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use question_api::{QuestionId, StimulusId};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    QuestionService,
    app::stimuli::{StimulusView, order_stimulus as app},
};

/// The order wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderStimulusRequest {
    /// Each question that shares the stimulus, once.
    question_ids: Vec<QuestionId>,
}

/// Puts the questions that share a stimulus in another order.
#[utoipa::path(
    put,
    path = "/api/v1/questions/stimuli/{stimulus_id}/questions",
    operation_id = "order_stimulus",
    tag = "stimuli",
    params(("stimulus_id" = StimulusId, Path)),
    request_body = OrderStimulusRequest,
    responses(
        (status = 200, body = StimulusView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn order_stimulus(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Path(stimulus_id): Path<StimulusId>,
    Json(body): Json<OrderStimulusRequest>,
) -> ApiResult<Json<StimulusView>> {
    Ok(Json(app::order_stimulus(&service, &actor, stimulus_id, &body.question_ids).await?))
}
