//! Writes what somebody did, in the transaction in which they did it.

use authz::Actor;
use db::Tx;
use foundation::{Clock, Id, IdKind, Random};
use sqlx::AssertSqlSafe;

enum Entry {}
impl IdKind for Entry {
    const NAME: &'static str = "audit entry";
}

/// Something that somebody did to something.
#[derive(Clone, Debug)]
pub struct Act<'a> {
    /// Who did it.
    pub actor: &'a Actor,
    /// What they did: `exam.published`.
    pub action: &'static str,
    /// The kind of thing: `exam`.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject_id: String,
    /// What changed. Never an answer, a key, a secret.
    pub detail: serde_json::Value,
}

/// Records `act` in the audit log of `schema`.
///
/// # Errors
/// When the database refuses; then the change itself must not be committed.
pub async fn record(
    tx: &mut Tx,
    schema: &'static str,
    clock: &dyn Clock,
    random: &dyn Random,
    act: Act<'_>,
) -> db::Result<()> {
    let sql = format!(
        "INSERT INTO {schema}.audit_log (id, at, actor_kind, actor_id, action, subject_kind, subject_id, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    let id = Id::<Entry>::new(clock, random);
    let detail = act.detail.to_string();
    db::on!(&mut **tx, c => sqlx::query(AssertSqlSafe(sql))
        .bind(id)
        .bind(clock.now())
        .bind(act.actor.kind())
        .bind(act.actor.account())
        .bind(act.action)
        .bind(act.subject_kind)
        .bind(act.subject_id)
        .bind(detail)
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}
