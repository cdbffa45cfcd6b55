//! What candidates' acts change of many attempts at once. The rows must be locked: see [`lock`](super::lock).

use db::{Result, Tx, rows::ROWS_MAX};
use foundation::Instant;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::AttemptRow;

/// Columns of a row that [`set_deliveries`] writes, the id included.
const DELIVERY_COLUMNS: usize = 13;

/// Writes the deliveries of these attempts, and their versions.
pub async fn set_deliveries(tx: &mut Tx, attempts: &[&AttemptRow]) -> Result<()> {
    if attempts.is_empty() {
        return Ok(());
    }
    db::on!(
        &mut **tx,
        sqlite c => {
            for attempts in attempts.chunks(ROWS_MAX) {
                let places = db::rows::nameless_places(db::rows::padded(attempts.len()), DELIVERY_COLUMNS);
                let sql = format!(
                    "UPDATE OR FAIL exam.attempts {SET} FROM (VALUES {places}) AS new WHERE attempts.id = new.column1"
                );
                let mut query = sqlx::query(AssertSqlSafe(sql));
                for attempt in db::rows::fill(attempts) {
                    query = query
                        .bind(attempt.id)
                        .bind(attempt.state.as_str())
                        .bind(attempt.lease_no)
                        .bind(attempt.lease_device)
                        .bind(attempt.started_at)
                        .bind(attempt.deadline)
                        .bind(attempt.closes_at)
                        .bind(attempt.submitted_at)
                        .bind(attempt.ended_at)
                        .bind(attempt.version)
                        .bind(attempt.device_move.device)
                        .bind(attempt.device_move.asked_at)
                        .bind(attempt.device_move.allowed_at);
                }
                query.execute(&mut *c).await?;
            }
        },
        postgres c => {
            let sql = format!(
                "UPDATE exam.attempts {SET}
                 FROM UNNEST($1::uuid[], $2::text[], $3::bigint[], $4::uuid[], $5::bigint[], $6::bigint[],
                             $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::uuid[], $12::bigint[],
                             $13::bigint[])
                     AS new (column1, column2, column3, column4, column5, column6, column7, column8, column9,
                             column10, column11, column12, column13)
                 WHERE attempts.id = new.column1"
            );
            let column = |read: fn(&AttemptRow) -> i64| {
                attempts.iter().map(|attempt| read(attempt)).collect::<Vec<i64>>()
            };
            let uuids = |read: fn(&AttemptRow) -> Option<Uuid>| {
                attempts.iter().map(|attempt| read(attempt)).collect::<Vec<Option<Uuid>>>()
            };
            let instants = |read: fn(&AttemptRow) -> Option<Instant>| {
                let micros = |attempt: &&AttemptRow| read(attempt).map(Instant::as_micros);
                attempts.iter().map(micros).collect::<Vec<Option<i64>>>()
            };
            sqlx::query(AssertSqlSafe(sql))
                .bind(attempts.iter().map(|attempt| attempt.id.uuid()).collect::<Vec<Uuid>>())
                .bind(attempts.iter().map(|attempt| attempt.state.as_str()).collect::<Vec<&str>>())
                .bind(column(|attempt| attempt.lease_no))
                .bind(uuids(|attempt| attempt.lease_device))
                .bind(instants(|attempt| attempt.started_at))
                .bind(instants(|attempt| attempt.deadline))
                .bind(instants(|attempt| attempt.closes_at))
                .bind(instants(|attempt| attempt.submitted_at))
                .bind(instants(|attempt| attempt.ended_at))
                .bind(column(|attempt| attempt.version))
                .bind(uuids(|attempt| attempt.device_move.device))
                .bind(instants(|attempt| attempt.device_move.asked_at))
                .bind(instants(|attempt| attempt.device_move.allowed_at))
                .execute(c)
                .await?;
        }
    );
    Ok(())
}

/// An update that fails fails with its transaction: SQLite needn't be ready to undo half of it.
const SET: &str =
    "SET state = new.column2, lease_no = new.column3, lease_device = new.column4, started_at = new.column5,
        deadline = new.column6, closes_at = new.column7, submitted_at = new.column8, ended_at = new.column9,
        version = new.column10, move_device = new.column11, move_asked_at = new.column12,
        move_allowed_at = new.column13";
