//! An author compares two versions.

use authz::Actor;
use foundation::Problem;
use question_api::QuestionId;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::no_such_version;
use crate::{
    QuestionService,
    app::access::{self, Want},
    domain::diff::{Change, changes},
    store::{self, versions::VersionRow},
};

/// What changed between two versions.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VersionDiff {
    /// The older one, as a rule.
    pub from: i64,
    /// The newer one, as a rule.
    pub to: i64,
    /// What differs; empty when nothing does.
    pub changes: Vec<Change>,
}

/// What changed from version `from` to version `to`; by default from the last but one to the newest.
///
/// # Errors
/// 404 when the question isn't there for the actor, or has no such version.
pub async fn diff_versions(
    service: &QuestionService,
    actor: &Actor,
    id: QuestionId,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<VersionDiff, Problem> {
    let mut conn = service.db.read().await?;
    let (row, _) = access::question(&mut conn, actor, id, Want::Read).await?;
    let to = to.unwrap_or(row.version);
    let from = from.unwrap_or(to.saturating_sub(1).max(1));
    let old = store::versions::find(&mut conn, id, from).await?.ok_or_else(no_such_version)?;
    let new = store::versions::find(&mut conn, id, to).await?.ok_or_else(no_such_version)?;
    Ok(VersionDiff { from, to, changes: changes(&tree(&old), &tree(&new)) })
}

fn tree(version: &VersionRow) -> Value {
    json!({
        "title": version.head.title,
        "points": version.head.points,
        "state": version.head.state,
        "stimulus_id": version.head.stimulus_id,
        "question": version.question,
        "key": version.key,
    })
}
