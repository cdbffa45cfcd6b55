//! What of attempts decides about new times, without the rest: a hall of rows is read while nobody there can save.

use authz::{AttemptId, SittingId};
use db::{Conn, Result};
use foundation::{Instant, Span};
use sqlx::FromRow;

use super::{AttemptRow, TABLE, extra_time};
use crate::{
    domain::{retime::Standing, time::ExtraTime},
    store::named,
};

/// An attempt whose times are to change.
#[derive(Clone, Copy, Debug)]
pub struct Timed {
    /// Its id.
    pub id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// What it gets on top so far.
    pub extra: ExtraTime,
    /// What decides.
    pub standing: Standing,
    /// Counts every change but entries.
    pub version: i64,
}

impl Timed {
    /// The part of a whole row.
    pub const fn of(row: &AttemptRow) -> Self {
        let AttemptRow {
            id,
            sitting_id,
            extra,
            state,
            started_at,
            deadline,
            submitted_at,
            paused_at,
            version,
            ..
        } = *row;
        let standing = Standing { state, started_at, deadline, submitted_at, paused_at };
        Self { id, sitting_id, extra, standing, version }
    }
}

#[derive(FromRow)]
struct Raw {
    id: AttemptId,
    state: String,
    extra_percent: i64,
    extra_us: Span,
    credit_us: Span,
    started_at: Option<Instant>,
    deadline: Option<Instant>,
    submitted_at: Option<Instant>,
    paused_at: Option<Instant>,
    version: i64,
}

/// All attempts of a sitting, in no order.
pub async fn timed(conn: &mut Conn, sitting: SittingId) -> Result<Vec<Timed>> {
    let raws: Vec<Raw> = db::on!(conn, c => sqlx::query_as(
        "SELECT id, state, extra_percent, extra_us, credit_us, started_at, deadline, submitted_at, paused_at, version
         FROM exam.attempts
         WHERE sitting_id = $1",
    )
    .bind(sitting)
    .fetch_all(c)
    .await)?;
    let read = |raw: Raw| {
        Ok(Timed {
            id: raw.id,
            sitting_id: sitting,
            extra: extra_time(raw.extra_percent, raw.extra_us, raw.credit_us),
            standing: Standing {
                state: named(TABLE, "state", raw.id, &raw.state)?,
                started_at: raw.started_at,
                deadline: raw.deadline,
                submitted_at: raw.submitted_at,
                paused_at: raw.paused_at,
            },
            version: raw.version,
        })
    };
    raws.into_iter().map(read).collect()
}
