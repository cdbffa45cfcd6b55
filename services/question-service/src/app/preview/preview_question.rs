//! What a candidate would see of a question that is being written.

use authz::{Action, Actor};
use foundation::{FieldProblem, Problem};
use question_model::{
    CandidateView, Key, OptionOrder, Question, RichText, candidate_view, conceal, option_order,
    render::render,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{QuestionService, app::questions::read_question::findings};

/// What a candidate would see, and what keeps the question from being asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Preview {
    /// Exactly as in a paper.
    pub candidate: CandidateView,
    /// What it shares with other questions, sanitised.
    pub stimulus_html: Option<String>,
    /// What keeps it from being asked; empty when nothing does.
    pub findings: Vec<FieldProblem>,
}

/// Shows a question as a candidate would get it; with `shuffle`, in an order that one candidate might get. Nothing is
/// stored.
///
/// # Errors
/// 403 for who writes no questions.
pub async fn preview_question(
    service: &QuestionService,
    actor: &Actor,
    mut question: Question,
    mut key: Key,
    stimulus: Option<&RichText>,
    shuffle: bool,
) -> Result<Preview, Problem> {
    writes_somewhere(actor)?;
    conceal(&mut question, &mut key);
    let order = if shuffle { option_order(&question, &*service.random) } else { OptionOrder::default() };
    let mut conn = service.db.read().await?;
    Ok(Preview {
        candidate: candidate_view(&question, &order),
        stimulus_html: stimulus.map(render),
        findings: findings(&mut conn, &question, &key).await?,
    })
}

/// A preview belongs to no unit: who writes questions anywhere may try them.
pub(super) fn writes_somewhere(actor: &Actor) -> Result<(), Problem> {
    if actor.may_somewhere(Action::ReadQuestions) { Ok(()) } else { Err(Problem::forbidden()) }
}
