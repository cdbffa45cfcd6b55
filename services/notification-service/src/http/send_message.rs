//! `POST /api/v1/notifications/messages`

use std::sync::Arc;

use authz::AccountId;
use axum::{extract::State, http::StatusCode};
use foundation::{Instant, Problem};
use http_kit::{ApiResult, Caller, Json};
use notification_api::{Body, MessageId, Subject, TextMessage};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{NotificationService, app::send_message as app};

/// What somebody of the staff writes, and to whom.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendMessageRequest {
    /// To whom: 1 to 1,000 accounts.
    #[schema(min_items = 1, max_items = 1000)]
    pub recipient_ids: Vec<AccountId>,
    /// What it is about.
    pub subject: Subject,
    /// What it says, in plain text.
    pub body: Body,
}

/// What was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentMessage {
    /// The message.
    pub id: MessageId,
    /// How many people it went to.
    pub recipients: i64,
    /// When.
    pub sent_at: Instant,
}

/// Write to people. With an `Idempotency-Key`, the same message sent again goes out once.
#[utoipa::path(
    post,
    path = "/api/v1/notifications/messages",
    operation_id = "send_message",
    tag = "notifications",
    request_body = SendMessageRequest,
    responses(
        (status = 201, body = SentMessage),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn send_message(
    State(service): State<Arc<NotificationService>>,
    Caller(actor): Caller,
    Json(body): Json<SendMessageRequest>,
) -> ApiResult<(StatusCode, Json<SentMessage>)> {
    let text = TextMessage { subject: body.subject, body: body.body };
    let sent = app::send_message(&service, &actor, body.recipient_ids, text).await?;
    let sent = SentMessage { id: sent.id, recipients: sent.recipients, sent_at: sent.sent_at };
    Ok((StatusCode::CREATED, Json(sent)))
}
