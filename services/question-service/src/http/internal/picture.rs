//! `POST /api/v1/questions/internal/picture`

use std::sync::Arc;

use axum::extract::State;
use http_kit::{ApiResult, Json};
use question_api::{
    QuestionApi as _,
    wire::{Sent, Wanted},
};

use crate::QuestionService;

/// The picture under a hash, for exam-service to seal; null where there is none.
pub async fn picture(
    State(service): State<Arc<QuestionService>>,
    Json(body): Json<Wanted>,
) -> ApiResult<Json<Option<Sent>>> {
    Ok(Json(service.picture(&body.sha256).await?.map(Sent::from)))
}
