//! Writes the audit record of a person's act, in the transaction of the act.

use authz::Actor;
use db::Tx;
use serde_json::Value;

use crate::{ExamService, service::SCHEMA};

/// Records that `actor` did `action` to the thing `id` of `kind`.
pub(crate) async fn record(
    service: &ExamService,
    tx: &mut Tx,
    actor: &Actor,
    action: &'static str,
    (kind, id): (&'static str, String),
    detail: Value,
) -> db::Result<()> {
    let act = audit::Act { actor, action, subject_kind: kind, subject_id: id, detail };
    audit::record(tx, SCHEMA, &*service.clock, &*service.random, act).await
}
