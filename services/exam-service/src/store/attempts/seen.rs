//! What staff changed, and what the candidate has been shown of it.

use std::cmp::Reverse;

use authz::{AttemptId, SittingId};
use db::{Result, Tx, rows::ROWS_MAX};
use foundation::Instant;
use sqlx::AssertSqlSafe;

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

/// Notes what players show, where the lease is theirs, the version exists and none as new was shown before; answers of which attempts
/// that is news.
pub async fn seen(tx: &mut Tx, mut shown: Vec<Shown>) -> Result<Vec<AttemptId>> {
    // Of each player the newest: which of two rows a statement would take, nobody knows.
    shown.sort_unstable_by_key(|one| (one.attempt, one.lease_no, Reverse(one.version), one.at));
    shown.dedup_by_key(|one| (one.attempt, one.lease_no));
    let mut news = Vec::new();
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
               AND attempts.version >= new.column3
             RETURNING id"
        );
        db::on!(&mut **tx, c => {
            let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
            for Shown { attempt, lease_no, version, at } in db::rows::fill_to(shown, size) {
                query = query.bind(*attempt).bind(*lease_no).bind(*version).bind(*at);
            }
            let told: Vec<AttemptId> = query.fetch_all(c).await?;
            news.extend(told);
        });
    }
    Ok(news)
}
