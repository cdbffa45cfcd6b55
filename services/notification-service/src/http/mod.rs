//! One endpoint, one file: extract, authorize, call, reply.

mod list_messages;
mod read_all;
mod read_message;
mod rules;
mod send_message;
mod unread;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{NotificationService, SCHEMA};

pub use rules::RULES;

/// Every endpoint of this service.
pub fn router(service: Arc<NotificationService>) -> OpenApiRouter {
    let audit_log = http_kit::audit_log::routes("/api/v1/notifications", SCHEMA, service.db.clone());
    OpenApiRouter::new()
        .routes(routes!(list_messages::list_messages))
        .routes(routes!(read_message::read_message))
        .routes(routes!(read_all::read_all_messages))
        .routes(routes!(send_message::send_message))
        .with_state(service)
        .merge(audit_log)
}
