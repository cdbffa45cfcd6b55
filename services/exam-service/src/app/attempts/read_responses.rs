//! A candidate resumes: what the server holds of their answers.

use std::collections::BTreeSet;

use authz::{Actor, AttemptId};
use exam_api::CandidateFileId;
use foundation::Problem;
use question_model::{QuestionVersionId, Response};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::load::{Loaded, load, own};
use crate::{
    ExamService,
    app::counting::{self, Standing},
    store::{self, journal::Current},
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
    /// The ids of files that the response names and that haven't come.
    pub missing_files: Vec<CandidateFileId>,
    /// The response, exactly as it was sent; null once erased.
    #[schema(value_type = Option<Response>)]
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
    let named = held.iter().any(|(entry, _)| !named_files(entry).is_empty());
    let came = if named { store::files::of_attempt(&mut conn, id).await? } else { BTreeSet::new() };
    Ok(held
        .into_iter()
        .map(|(entry, standing)| HeldResponse {
            missing_files: named_files(&entry).into_iter().filter(|file| !came.contains(file)).collect(),
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

/// The ids of the files that a response names.
fn named_files(entry: &Current) -> Vec<CandidateFileId> {
    match entry.payload.as_deref().map(serde_json::from_slice) {
        Some(Ok(Response::FileUpload(response))) => {
            response.files.into_iter().map(|file| CandidateFileId::from_uuid(file.id)).collect()
        }
        _ => Vec::new(),
    }
}
