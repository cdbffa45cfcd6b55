//! `POST /api/v1/questions/internal/freeze`

use std::sync::Arc;

use axum::extract::State;
use http_kit::{ApiResult, Caller, Json};
use question_api::{Frozen, QuestionApi as _, wire::Freeze};

use crate::QuestionService;

/// Freezes question versions into papers, for the person on whose behalf exam-service publishes.
pub async fn freeze(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Json(body): Json<Freeze>,
) -> ApiResult<Json<Vec<Vec<Vec<Frozen>>>>> {
    Ok(Json(service.freeze(&actor, &body.papers).await?))
}
