//! `GET /api/v1/notifications`

use std::sync::Arc;

use axum::extract::State;
use foundation::{PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Query};
use notification_api::{Inbox, MessageId};
use serde::Deserialize;

use crate::{NotificationService, app::list_messages as app};

/// How much of the list, from where.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListQuery {
    /// Messages wanted: 1 to 200, 50 when left out.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// The `next` of the page before; the first page when left out.
    pub after: Option<MessageId>,
}

/// Read one's messages, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/notifications",
    operation_id = "list_messages",
    tag = "notifications",
    params(ListQuery),
    responses(
        (status = 200, body = Inbox),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_messages(
    State(service): State<Arc<NotificationService>>,
    Caller(actor): Caller,
    Query(query): Query<ListQuery>,
) -> ApiResult<Json<Inbox>> {
    let limit = PageQuery { limit: query.limit, after: None }.limit();
    Ok(Json(app::list_messages(&service, &actor, query.after, limit).await?))
}
