//! Questions and their versions.

pub mod archive_question;
pub mod create_question;
pub mod delete_question;
pub mod diff_versions;
pub mod duplicate_question;
mod filing;
pub mod list_versions;
pub mod read_question;
pub mod read_version;
pub mod restore_version;
pub mod save_question;
pub mod search_questions;
mod view;

pub use filing::{Filing, IdNumber};
pub use view::{QuestionSummary, QuestionView, VersionSummary, VersionView};

use db::Conn;
use foundation::Problem;
use question_api::QuestionId;
use serde_json::json;

use crate::{app::access::no_such_question, store, store::questions::QuestionRow};

/// 409: somebody else saved the question. Says who and when.
async fn changed_meanwhile(conn: &mut Conn, id: QuestionId) -> Problem {
    match store::questions::find(conn, id).await {
        Ok(Some(row)) => Problem::conflict(
            "question.version_conflict",
            "Somebody else saved this question while you wrote. Yours isn't saved: load the newest version, compare, \
             and save again.",
        )
        .facts(json!({ "version": row.version, "saved_by": row.saved_by, "saved_at": row.saved_at })),
        Ok(None) => no_such_question(),
        Err(error) => error.into(),
    }
}

/// Refuses to change what is put away.
fn not_archived(row: &QuestionRow) -> Result<(), Problem> {
    if row.archived_at.is_none() {
        return Ok(());
    }
    Err(Problem::conflict(
        "question.archived",
        "This question is archived. Take it out of the archive to change it.",
    ))
}

fn no_such_version() -> Problem {
    Problem::not_found(
        "question.version_not_found",
        "The question has no such version. Look at the list of its versions.",
    )
}
