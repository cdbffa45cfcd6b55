//! `PUT /api/v1/exams/attempts/{attempt_id}/responses`

use std::sync::Arc;

use authz::AttemptId;
use axum::extract::State;
use foundation::{Instant, Problem};
use http_kit::{ApiResult, Caller, Json, Path};
use question_model::{QuestionVersionId, Response};
use receipts::Proof;
use serde::{Deserialize, Serialize};
use serde_json::{json, value::RawValue};
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::{
        attempts::save_responses::{self as app, SavedResponses, SentEntry},
        writer::AttemptStatus,
    },
    domain::admission::{EntryStatus, Refused},
};

/// Responses to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveRequest {
    /// The lease that writes.
    pub lease_no: i64,
    /// 1 to 200 entries.
    pub entries: Vec<SaveEntry>,
}

/// A response to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveEntry {
    /// Its place in the lease, from 1, larger for what came later.
    pub seq: i64,
    /// The question.
    pub question_id: QuestionVersionId,
    /// The response; kept in exactly these bytes.
    #[schema(value_type = Response)]
    pub response: Box<RawValue>,
}

/// What became of a save.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaveResponse {
    /// One for each entry, in the order in which they were sent.
    pub receipts: Vec<EntryReceipt>,
    /// How the attempt stands.
    pub attempt: AttemptStatus,
}

/// Says that an entry is in the journal, on disk, and proves it: with the attempt and the lease it is a whole receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryReceipt {
    /// Its place in the lease.
    pub seq: i64,
    /// Its question.
    pub question_id: QuestionVersionId,
    /// How it was taken: only `taken` counts by itself.
    pub status: EntryStatus,
    /// When its first request came.
    pub received_at: Instant,
    /// What proves it to others.
    pub proof: Proof,
}

/// Save responses. Answers once they are on disk; sending the same entry again answers as the first time.
#[utoipa::path(
    put,
    path = "/api/v1/exams/attempts/{attempt_id}/responses",
    operation_id = "save_responses",
    tag = "attempts",
    params(("attempt_id" = AttemptId, Path)),
    request_body = SaveRequest,
    responses(
        (status = 200, body = SaveResponse),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn save_responses(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(attempt_id): Path<AttemptId>,
    Json(body): Json<SaveRequest>,
) -> ApiResult<Json<SaveResponse>> {
    let entries = body
        .entries
        .into_iter()
        .map(|entry| SentEntry {
            seq: entry.seq,
            question: entry.question_id,
            payload: entry.response.get().as_bytes().to_vec(),
        })
        .collect();
    let saved = app::save_responses(&service, &actor, attempt_id, body.lease_no, entries).await?;
    Ok(Json(reply(saved)?))
}

/// A receipt for every entry; or the reason why not all of them count, with the receipts in its facts.
fn reply(saved: SavedResponses) -> Result<SaveResponse, Problem> {
    let SavedResponses { status, held, conflicts, refused } = saved;
    let receipts: Vec<EntryReceipt> = held
        .into_iter()
        .map(|entry| EntryReceipt {
            seq: entry.seq,
            question_id: entry.question,
            status: entry.held.status,
            received_at: entry.held.taken_at,
            proof: entry.proof,
        })
        .collect();
    let problem = if let Some(why) = refused {
        match why {
            Refused::NotStarted => Problem::conflict("exam.not_started", "Start the exam first."),
            Refused::NoSuchLease => {
                Problem::conflict("exam.no_such_lease", "Open the attempt on this device first.")
            }
        }
    } else if !conflicts.is_empty() {
        Problem::conflict(
            "exam.entry_conflict",
            "The server holds another answer under the same number; nothing was overwritten. Reload the exam.",
        )
    } else if receipts.iter().any(|receipt| receipt.status == EntryStatus::Superseded) {
        Problem::conflict(
            "exam.lease_stale",
            "This attempt was opened on another device. What you wrote here is kept, but doesn't count.",
        )
    } else {
        return Ok(SaveResponse { receipts, attempt: status });
    };
    Err(problem.facts(json!({ "receipts": receipts, "conflicts": conflicts, "attempt": status })))
}
