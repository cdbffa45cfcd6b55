//! How many messages are left to read.

use serde::Serialize;
use utoipa::ToSchema;

/// How many messages are left to read.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct UnreadMessages {
    /// How many; 1,000 stands for all that is more.
    pub unread: i64,
}
