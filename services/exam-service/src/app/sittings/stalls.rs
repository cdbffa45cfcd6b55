//! What a candidate's device says of its own stalls: evidence for who decides about more time.

use authz::{Action, Actor, AttemptId, SittingId};
use foundation::{Instant, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::load::{load, load_attempt};
use crate::{ExamService, store};

/// A time in which a candidate's device reached no server, by its own word.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct StallView {
    /// From when, by the device's word.
    pub from: Instant,
    /// Until when, by the device's word.
    pub until: Instant,
    /// The lease of the device.
    pub lease_no: i64,
    /// When the server heard of it.
    pub reported_at: Instant,
}

/// What the devices of an attempt have reported, in the order of time; at most 200.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere.
pub async fn list_stalls(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
) -> Result<Vec<StallView>, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Invigilate, id).await?;
    load_attempt(&mut conn, id, attempt).await?;
    let rows = store::stalls::of_attempt(&mut conn, attempt).await?;
    Ok(rows
        .into_iter()
        .map(|row| StallView {
            from: row.from_at,
            until: row.until_at,
            lease_no: row.lease_no,
            reported_at: row.reported_at,
        })
        .collect())
}
