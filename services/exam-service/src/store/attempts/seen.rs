//! What staff changed, and what the candidate has been shown of it.

use std::cmp::Reverse;

use authz::{AttemptId, SittingId};
use db::{Conn, Result, Tx, rows::ROWS_MAX};
use foundation::Instant;
use sqlx::{AssertSqlSafe, FromRow};

/// Notes that the attempt as it stands holds a change that its candidate has to see.
pub async fn told(tx: &mut Tx, id: AttemptId, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts SET told_version = version, told_at = $1 WHERE id = $2",
    )
    .bind(now)
    .bind(id)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// The same for every attempt of a sitting that runs.
pub async fn told_all(tx: &mut Tx, sitting: SittingId, now: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "UPDATE exam.attempts
         SET told_version = version, told_at = $1
         WHERE sitting_id = $2 AND state IN ('in_progress', 'paused')",
    )
    .bind(now)
    .bind(sitting)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// What is known so far of what an attempt's players show.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct ShownSoFar {
    /// The attempt's sitting.
    pub sitting_id: SittingId,
    /// The lease that may write.
    pub lease_no: i64,
    /// The newest version that a player has shown, of this lease or of one before.
    pub seen_version: i64,
}

/// What an attempt's players show so far; none when the attempt isn't there.
pub async fn shown_so_far(conn: &mut Conn, id: AttemptId) -> Result<Option<ShownSoFar>> {
    Ok(db::on!(conn, c => sqlx::query_as(
        "SELECT sitting_id, lease_no, seen_version FROM exam.attempts WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?)
}

/// What a player shows.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// The attempt.
    pub attempt: AttemptId,
    /// The lease of the player.
    pub lease_no: i64,
    /// The attempt's version.
    pub version: i64,
    /// Since when.
    pub at: Instant,
}

/// Notes what players show; what the player of a lease showed later stays.
pub async fn seen(tx: &mut Tx, mut shown: Vec<Shown>) -> Result<()> {
    // Of each player the newest: which of two rows a statement would take, nobody knows.
    shown.sort_unstable_by_key(|one| (one.attempt, one.lease_no, Reverse(one.version), one.at));
    shown.dedup_by_key(|one| (one.attempt, one.lease_no));
    for shown in shown.chunks(ROWS_MAX) {
        let size = db::rows::padded(shown.len());
        let places = db::rows::places_on(tx, size, 4);
        let sql = format!(
            "UPDATE exam.attempts
             SET seen_version = new.column3, seen_at = new.column4
             FROM (VALUES {places}) AS new
             WHERE attempts.id = new.column1
               AND attempts.lease_no = new.column2
               AND attempts.seen_version < new.column3
               AND attempts.version >= new.column3"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for Shown { attempt, lease_no, version, at } in db::rows::fill_to(shown, size) {
                query = query.bind(*attempt).bind(*lease_no).bind(*version).bind(*at);
            }
            query.execute(c).await?;
        });
    }
    Ok(())
}
