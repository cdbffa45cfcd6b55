//! `proctoring.sittings`.

use authz::{SittingId, UnitPath};
use db::{Conn, Error, Result, Tx};
use foundation::Instant;

/// Where a sitting lies; none when nothing is known of it.
pub async fn unit(conn: &mut Conn, id: SittingId) -> Result<Option<UnitPath>> {
    let path: Option<String> = db::on!(conn, c => sqlx::query_scalar(
        "SELECT unit_path FROM proctoring.sittings WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(c)
    .await)?;
    path.map(|path| {
        UnitPath::try_from(path)
            .map_err(|error| Error::corrupt("proctoring.sittings", "unit_path", id, error))
    })
    .transpose()
}

/// Notes that a sitting exists; its unit is told by another fact.
pub async fn note(tx: &mut Tx, id: SittingId) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO proctoring.sittings (id, unit_path)
         VALUES ($1, $2)
         ON CONFLICT DO NOTHING",
    )
    .bind(id)
    .bind(UnitPath::institution().as_str())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// Notes where a sitting lies, as told at `told_at`; what was told later stays.
pub async fn set_unit(tx: &mut Tx, id: SittingId, unit: &UnitPath, told_at: Instant) -> Result<()> {
    db::on!(&mut **tx, c => sqlx::query(
        "INSERT INTO proctoring.sittings (id, unit_path, told_at)
         VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE
         SET unit_path = excluded.unit_path,
             told_at = excluded.told_at
         WHERE proctoring.sittings.told_at IS NULL OR proctoring.sittings.told_at <= excluded.told_at",
    )
    .bind(id)
    .bind(unit.as_str())
    .bind(told_at)
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}
