//! An author answers their own question, and sees what it would be worth.

use authz::Actor;
use foundation::{Points, Problem};
use question_model::{Feedback, Key, Marked, Question, Response, conceal, feedback, mark, right_response};
use serde::Serialize;
use utoipa::ToSchema;

use super::preview_question::writes_somewhere;

/// What a response would be worth, and what would be said about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TriedResponse {
    /// Points and reasons.
    pub marked: Marked,
    /// What the key says about the response.
    pub feedback: Feedback,
    /// What would have been right; null where a person marks.
    pub right_response: Option<Response>,
}

/// Marks a response as it would be marked in an exam. Nothing is stored.
///
/// # Errors
/// 403 for who writes no questions; 422 for what can't be a response to the question.
pub fn mark_preview(
    actor: &Actor,
    mut question: Question,
    mut key: Key,
    points: Points,
    response: &Response,
) -> Result<TriedResponse, Problem> {
    writes_somewhere(actor)?;
    // As it will be stored: the response names parts as the preview did.
    conceal(&mut question, &mut key);
    response.check(&question).map_err(|errors| {
        Problem::invalid(
            "question.response_invalid",
            "This can't be a response to the question; see `errors`.",
            errors,
        )
    })?;
    Ok(TriedResponse {
        marked: mark(&question, &key, points, Some(response)),
        feedback: feedback(&question, &key, Some(response)),
        right_response: right_response(&question, &key),
    })
}
