//! Finds an exam for somebody who may reach it.

use authz::{Action, Actor};
use db::Conn;
use exam_api::{ExamDefinition, ExamId};
use foundation::{Problem, Text};

use crate::{
    app::units::reach,
    domain::{finding::errors, publish::check_size},
    store::{self, exams::ExamRow},
};

/// An exam's title.
pub type ExamTitle = Text<1, 300>;

pub(crate) fn no_such_exam() -> Problem {
    Problem::not_found("exam.not_found", "There is no such exam. It may lie in a unit that isn't yours.")
}

/// The exam, for `action`.
///
/// # Errors
/// 404 when it isn't there or out of sight; 403 when it may be seen and no more.
pub(crate) async fn load(
    conn: &mut Conn,
    actor: &Actor,
    action: Action,
    id: ExamId,
) -> Result<ExamRow, Problem> {
    let exam = store::exams::find(conn, id).await?.ok_or_else(no_such_exam)?;
    reach(actor, Action::ReadExams, action, &exam.unit, no_such_exam)?;
    Ok(exam)
}

/// The exam as it is to be edited: not put away, and still at `version`.
///
/// # Errors
/// As [`load`]; 409 when it was put away, or changed by somebody else.
pub(crate) async fn load_to_edit(
    conn: &mut Conn,
    actor: &Actor,
    id: ExamId,
    version: i64,
) -> Result<ExamRow, Problem> {
    let exam = load(conn, actor, Action::EditExams, id).await?;
    if exam.archived_at.is_some() {
        return Err(Problem::conflict(
            "exam.archived",
            "This exam was put away. Bring it back to change it.",
        ));
    }
    if exam.version == version { Ok(exam) } else { Err(version_conflict(exam.version)) }
}

pub(crate) fn version_conflict(version: i64) -> Problem {
    Problem::conflict(
        "exam.version_conflict",
        "Somebody else changed this meanwhile. Load it again, then make your change.",
    )
    .facts(serde_json::json!({ "version": version }))
}

/// Whether a draft may be kept: it may contradict itself, but not be boundless.
pub(crate) fn fits(definition: &ExamDefinition) -> Result<(), Problem> {
    let errors = errors(&check_size(definition).0);
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Problem::invalid("exam.too_large", "The exam is too large; see `errors`.", errors))
    }
}
