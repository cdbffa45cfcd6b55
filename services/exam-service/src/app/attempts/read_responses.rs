//! A candidate resumes: what the server holds of their answers.

use authz::{Actor, AttemptId};
use foundation::Problem;
use question_model::QuestionVersionId;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::load::{Loaded, load, own};
use crate::{
    ExamService,
    app::counting::{self, Standing},
};

/// An entry that is held: a question's current answer, or the last one given where that doesn't count.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeldResponse {
    /// The question.
    pub question_id: QuestionVersionId,
    /// The lease that wrote it.
    pub lease_no: i64,
    /// Its place in the lease.
    pub seq: i64,
    /// Whether it counts.
    pub standing: Standing,
    /// The response, exactly as it was sent; null once erased.
    #[schema(value_type = Option<question_model::Response>)]
    pub response: Option<Box<RawValue>>,
}

/// What is held of an attempt's answers: for each question the entry that counts, and the last one where that is
/// another.
///
/// # Errors
/// 404 for somebody else's attempt.
pub async fn read_responses(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
) -> Result<Vec<HeldResponse>, Problem> {
    own(actor, id)?;
    let mut conn = service.db.read().await?;
    let Loaded { attempt, .. } = load(&mut conn, id).await?;
    let held = counting::held(&service.papers, &mut conn, id, attempt.paper_id).await?;
    Ok(held
        .into_iter()
        .map(|(entry, standing)| HeldResponse {
            question_id: entry.question_id,
            lease_no: entry.lease_no,
            seq: entry.seq,
            standing,
            response: entry
                .payload
                .and_then(|payload| String::from_utf8(payload).ok())
                .and_then(|text| RawValue::from_string(text).ok()),
        })
        .collect())
}
