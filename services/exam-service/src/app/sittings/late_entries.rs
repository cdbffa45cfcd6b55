//! What came after an attempt's end: an officer looks at it, and may admit it.

use std::collections::{BTreeSet, HashMap};

use authz::{Action, Actor, AttemptId, SittingId};
use foundation::{Instant, Problem};
use question_model::QuestionVersionId;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Reason,
    load::{load, load_attempt},
    retime::{Moved, tell},
};
use crate::{
    ExamService,
    app::{audited, mark_attempt::mark_attempt},
    store::{self, journal::LateEntry},
};

/// Late entries that are shown, at most.
pub const LATE_ENTRIES_MAX: i64 = 1_000;

/// An entry that came after the end. What it says isn't shown here: whether it is admitted shouldn't depend on it.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct LateEntryView {
    /// The lease that wrote it.
    pub lease_no: i64,
    /// Its place in the lease.
    pub seq: i64,
    /// The question.
    pub question_id: QuestionVersionId,
    /// The question's place in the paper, from 1; null when the paper has no such question.
    pub number: Option<u32>,
    /// When it came.
    pub received_at: Instant,
    /// How long after the attempt closed, in seconds; null when it never did.
    pub late_by_seconds: Option<i64>,
    /// When an officer let it count.
    pub admitted_at: Option<Instant>,
}

/// The late entries of an attempt, in their order.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere.
pub async fn list_late_entries(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
) -> Result<Vec<LateEntryView>, Problem> {
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::Invigilate, id).await?;
    let attempt = load_attempt(&mut conn, id, attempt).await?;
    let paper = service.papers.paper(&mut conn, attempt.paper_id).await?;
    let numbers: HashMap<QuestionVersionId, u32> = paper
        .questions()
        .filter(|question| question.question.question_type().is_answered())
        .zip(1..)
        .map(|(question, number)| (question.id, number))
        .collect();
    let closed_at = attempt.ended_at.or(attempt.closes_at);
    let late = store::journal::late(&mut conn, attempt.id, LATE_ENTRIES_MAX).await?;
    Ok(late
        .into_iter()
        .map(|LateEntry { lease_no, seq, question_id, taken_at, admitted_at }| LateEntryView {
            lease_no,
            seq,
            question_id,
            number: numbers.get(&question_id).copied(),
            received_at: taken_at,
            late_by_seconds: closed_at.map(|closed_at| taken_at.since(closed_at).as_seconds()),
            admitted_at,
        })
        .collect())
}

/// What came of admitting.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct LateEntriesAdmitted {
    /// Entries that count from now on.
    pub admitted: u64,
}

/// Lets every late entry of the attempt count, and marks it anew. Marks by people on the questions concerned fall
/// away: they were about other answers.
///
/// # Errors
/// 404 when the sitting or the attempt isn't there or lies elsewhere; 409 when nothing waits to be admitted.
pub async fn admit_late_entries(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    attempt: AttemptId,
    reason: &Reason,
) -> Result<LateEntriesAdmitted, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    load(&mut conn, actor, Action::ReleaseResults, id).await?;
    load_attempt(&mut conn, id, attempt).await?;
    drop(conn);

    let mut tx = service.db.begin().await?;
    store::attempts::lock(&mut tx, &[attempt], true).await?;
    let questions: BTreeSet<QuestionVersionId> = store::journal::late(&mut tx, attempt, i64::MAX)
        .await?
        .into_iter()
        .filter(|entry| entry.admitted_at.is_none())
        .map(|entry| entry.question_id)
        .collect();
    let admitted = store::journal::admit_late(&mut tx, attempt, now).await?;
    if admitted == 0 {
        return Err(Problem::conflict("exam.nothing_late", "Nothing waits to be admitted here."));
    }
    for question in &questions {
        store::results::forget_mark(&mut tx, attempt, *question).await?;
    }
    store::attempts::set_unmarked(&mut tx, attempt).await?;
    let detail = json!({ "sitting": id, "entries": admitted, "questions": questions, "reason": reason });
    let subject = ("attempt", attempt.to_string());
    audited::record(service, &mut tx, actor, "late_entries.admitted", subject, detail).await?;
    let after = load_attempt(&mut tx, id, attempt).await?;
    tx.commit().await?;
    tell(service, id, &[Moved { attempt, version: after.version }]);
    if after.ended_at.is_some() {
        mark_attempt(service, &after, now).await?;
    }
    Ok(LateEntriesAdmitted { admitted })
}
