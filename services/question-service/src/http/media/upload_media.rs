//! `POST /api/v1/questions/media`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};

use crate::{
    QuestionService,
    app::media::upload_media::{self as app, MediaView},
    http::upload::{Upload, UploadForm},
};

/// Keeps a picture (PNG, JPEG, GIF or WebP) under the hash of its bytes. The same picture again is the same picture.
#[utoipa::path(
    post,
    path = "/api/v1/questions/media",
    operation_id = "upload_media",
    tag = "media",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, body = MediaView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn upload_media(
    State(service): State<Arc<QuestionService>>,
    Caller(actor): Caller,
    Upload(file): Upload,
) -> ApiResult<(StatusCode, Json<MediaView>)> {
    let media = app::upload_media(&service, &actor, &file).await?;
    Ok((StatusCode::CREATED, Json(media)))
}
