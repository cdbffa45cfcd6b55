//! `POST /api/v1/notifications/read-all`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};
use notification_api::MessageId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::unread::UnreadMessages;
use crate::{NotificationService, app::read_all as app};

/// Up to which message everything was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadAllRequest {
    /// The newest message that the reader has seen; what came since stays unread.
    pub newest_seen: MessageId,
}

/// Note that one has read all one's messages.
#[utoipa::path(
    post,
    path = "/api/v1/notifications/read-all",
    operation_id = "read_all_messages",
    tag = "notifications",
    request_body = ReadAllRequest,
    responses(
        (status = 200, body = UnreadMessages),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_all_messages(
    State(service): State<Arc<NotificationService>>,
    Caller(actor): Caller,
    Json(body): Json<ReadAllRequest>,
) -> ApiResult<Json<UnreadMessages>> {
    let unread = app::read_all(&service, &actor, body.newest_seen).await?;
    Ok(Json(UnreadMessages { unread }))
}
