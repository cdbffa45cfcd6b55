//! Who may see and change what. A thing in a unit that the actor's grants don't reach doesn't exist for them.

use authz::{Action, Actor, authorize};
use db::Conn;
use foundation::Problem;
use question_api::{BankId, CategoryId, QuestionId, StimulusId};

use crate::{
    domain::category::CategoryNode,
    store::{self, banks::BankRow, questions::QuestionRow, stimuli::StimulusRow},
};

/// What the actor wants with a bank or with something in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Want {
    /// To look.
    Read,
    /// To change it: a bank that is put away doesn't change.
    Edit,
    /// To change it, put away or not.
    EditArchived,
}

/// The bank, if the actor may do what they want.
///
/// # Errors
/// 404 for who may not see it, 403 for who may only look, 409 for changes in a bank that is put away.
pub(crate) async fn bank(conn: &mut Conn, actor: &Actor, id: BankId, want: Want) -> Result<BankRow, Problem> {
    let bank = store::banks::find(conn, id).await?.ok_or_else(no_such_bank)?;
    authorize(actor, Action::ReadQuestions, &bank.unit)
        .map_err(|refusal| if refusal.status == 403 { no_such_bank().log(refusal) } else { refusal })?;
    if want != Want::Read {
        authorize(actor, Action::EditQuestions, &bank.unit)?;
    }
    if want == Want::Edit && bank.archived_at.is_some() {
        return Err(Problem::conflict(
            "question.bank_archived",
            "This bank is archived. Take it out of the archive to change something in it.",
        ));
    }
    Ok(bank)
}

/// The category and its bank, as [`bank`].
///
/// # Errors
/// As [`bank`].
pub(crate) async fn category(
    conn: &mut Conn,
    actor: &Actor,
    id: CategoryId,
    want: Want,
) -> Result<(CategoryNode, BankRow), Problem> {
    let missing = || {
        Problem::not_found(
            "question.category_not_found",
            "There is no such category. Look for it in its bank.",
        )
    };
    let category = store::categories::find(conn, id).await?.ok_or_else(missing)?;
    let bank =
        bank(conn, actor, category.bank_id, want).await.map_err(|refusal| instead(refusal, missing()))?;
    Ok((category, bank))
}

/// The question and its bank, as [`bank`].
///
/// # Errors
/// As [`bank`].
pub(crate) async fn question(
    conn: &mut Conn,
    actor: &Actor,
    id: QuestionId,
    want: Want,
) -> Result<(QuestionRow, BankRow), Problem> {
    let question = store::questions::find(conn, id).await?.ok_or_else(no_such_question)?;
    let bank = bank(conn, actor, question.bank_id, want)
        .await
        .map_err(|refusal| instead(refusal, no_such_question()))?;
    Ok((question, bank))
}

/// The stimulus and its bank, as [`bank`].
///
/// # Errors
/// As [`bank`].
pub(crate) async fn stimulus(
    conn: &mut Conn,
    actor: &Actor,
    id: StimulusId,
    want: Want,
) -> Result<(StimulusRow, BankRow), Problem> {
    let missing = || {
        Problem::not_found(
            "question.stimulus_not_found",
            "There is no such stimulus. Look for it in its bank.",
        )
    };
    let stimulus = store::stimuli::find(conn, id).await?.ok_or_else(missing)?;
    let bank =
        bank(conn, actor, stimulus.bank_id, want).await.map_err(|refusal| instead(refusal, missing()))?;
    Ok((stimulus, bank))
}

/// Whether the actor may change what lies in the bank now.
pub(crate) fn can_edit(actor: &Actor, bank: &BankRow) -> bool {
    bank.archived_at.is_none() && authorize(actor, Action::EditQuestions, &bank.unit).is_ok()
}

pub(crate) fn no_such_bank() -> Problem {
    Problem::not_found(
        "question.bank_not_found",
        "There is no such question bank. Look for it in your list of banks.",
    )
}

pub(crate) fn no_such_question() -> Problem {
    Problem::not_found("question.question_not_found", "There is no such question. Look for it in its bank.")
}

/// Calls a bank that can't be seen by the name of what was asked for.
fn instead(refusal: Problem, missing: Problem) -> Problem {
    if refusal.status == 404 { missing.log(refusal) } else { refusal }
}
