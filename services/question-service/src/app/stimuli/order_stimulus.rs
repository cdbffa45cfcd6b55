//! Somebody puts the questions of a stimulus in another order.

use std::collections::BTreeSet;

use authz::Actor;
use foundation::{FieldProblem, Problem};
use question_api::{QuestionId, StimulusId, kinds};
use serde_json::json;

use super::{StimulusView, view};
use crate::{
    QuestionService,
    app::{
        access::{self, Want},
        record::{Change, record},
    },
    store,
};

/// Puts the questions that share a stimulus in this order. A question comes to a stimulus, or leaves it, by being saved.
///
/// # Errors
/// 404 when it isn't there for the actor, 422 when these aren't exactly its questions.
pub async fn order_stimulus(
    service: &QuestionService,
    actor: &Actor,
    id: StimulusId,
    order: &[QuestionId],
) -> Result<StimulusView, Problem> {
    let mut tx = service.db.begin().await?;
    let (row, bank) = access::stimulus(&mut tx, actor, id, Want::Edit).await?;
    let there = store::questions::of_stimulus(&mut tx, id).await?;
    let there: BTreeSet<QuestionId> = there.iter().map(|question| question.id).collect();
    let wanted: BTreeSet<QuestionId> = order.iter().copied().collect();
    if there != wanted || wanted.len() != order.len() {
        let message = "Name each question that shares the stimulus once, and no other.";
        return Err(Problem::invalid(
            "question.stimulus_order_invalid",
            "These aren't exactly the questions of this stimulus. Load it again and repeat your change.",
            vec![FieldProblem::at("question_ids", "mismatch", message)],
        ));
    }
    for (question, place) in order.iter().zip(1..) {
        store::questions::place(&mut tx, *question, place).await?;
    }
    let detail = json!({ "version": row.version, "questions": order.len() });
    record(service, &mut tx, Change::of(actor, kinds::STIMULUS_SAVED, Some(bank.id), id, detail)).await?;
    let text = store::stimuli::text(&mut tx, id).await?;
    let view = view(&mut tx, row, text).await?;
    tx.commit().await?;
    Ok(view)
}
