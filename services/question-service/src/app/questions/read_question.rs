//! An author opens a question.

use authz::Actor;
use db::Conn;
use foundation::{FieldProblem, Problem};
use question_api::QuestionId;
use question_model::{Key, Question, render::media, validate};

use super::{QuestionView, no_such_version};
use crate::{
    QuestionService,
    app::access::{self, Want},
    store,
};

/// The question in its newest version, with its key.
///
/// # Errors
/// 404 when it isn't there for the actor.
pub async fn read_question(
    service: &QuestionService,
    actor: &Actor,
    id: QuestionId,
) -> Result<QuestionView, Problem> {
    let mut conn = service.db.read().await?;
    let (row, bank) = access::question(&mut conn, actor, id, Want::Read).await?;
    let version = store::versions::find(&mut conn, id, row.version).await?.ok_or_else(no_such_version)?;
    let findings = findings(&mut conn, &version.question, &version.key).await?;
    Ok(QuestionView::of(row, version, findings, access::can_edit(actor, &bank)))
}

/// What keeps a question from being asked, missing pictures included.
pub(crate) async fn findings(
    conn: &mut Conn,
    question: &Question,
    key: &Key,
) -> Result<Vec<FieldProblem>, Problem> {
    let mut findings = validate(question, key);
    let shown = question.texts().into_iter().chain(key.texts()).flat_map(media).collect();
    let missing = store::media::missing(conn, &shown).await?;
    findings.extend(crate::domain::draft::missing_pictures(&missing));
    Ok(findings)
}
