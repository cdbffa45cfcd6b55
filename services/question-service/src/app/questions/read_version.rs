//! An author looks at one version of a question.

use authz::Actor;
use foundation::Problem;
use question_api::QuestionId;

use super::{VersionView, no_such_version};
use crate::{
    QuestionService,
    app::access::{self, Want},
    store,
};

/// One version, with its key.
///
/// # Errors
/// 404 when the question isn't there for the actor, or has no such version.
pub async fn read_version(
    service: &QuestionService,
    actor: &Actor,
    id: QuestionId,
    number: i64,
) -> Result<VersionView, Problem> {
    let mut conn = service.db.read().await?;
    access::question(&mut conn, actor, id, Want::Read).await?;
    let version = store::versions::find(&mut conn, id, number).await?.ok_or_else(no_such_version)?;
    Ok(version.into())
}
