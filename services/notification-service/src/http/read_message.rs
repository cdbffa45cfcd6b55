//! `POST /api/v1/notifications/{message_id}/read`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use notification_api::MessageId;

use super::unread::UnreadMessages;
use crate::{NotificationService, app::read_message as app};

/// Note that one has read a message.
#[utoipa::path(
    post,
    path = "/api/v1/notifications/{message_id}/read",
    operation_id = "read_message",
    tag = "notifications",
    params(("message_id" = MessageId, Path)),
    responses(
        (status = 200, body = UnreadMessages),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read_message(
    State(service): State<Arc<NotificationService>>,
    Caller(actor): Caller,
    Path(message_id): Path<MessageId>,
) -> ApiResult<Json<UnreadMessages>> {
    let unread = app::read_message(&service, &actor, message_id).await?;
    Ok(Json(UnreadMessages { unread }))
}
