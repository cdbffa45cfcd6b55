//! What came after an attempt's end, or went back where there is no way back: an officer looks at it, and may admit it.

use std::collections::{BTreeSet, HashMap};

use authz::{Action, Actor, AttemptId, SittingId};
use db::Conn;
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
    app::{audited, counting::Walk, mark_attempt::mark_attempts},
    domain::one_way::Place,
    store::{self, attempts::AttemptRow, journal::Written},
};

/// Late entries that are shown, at most.
pub const LATE_ENTRIES_MAX: usize = 1_000;

/// Entries of answer files that are looked at, at most.
const ENTRIES_BY_FILE_MAX: i64 = 10_000;

/// Why an entry doesn't count by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LateReason {
    /// It came after the attempt, or its section, had closed.
    Late,
    /// It answers a question that its candidate had left behind in a section without a way back.
    PassedOver,
}

/// An entry that came after the end, or went back. What it says isn't shown here: whether it is admitted shouldn't
/// depend on it.
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
    /// Why it doesn't count by itself.
    pub reason: LateReason,
    /// When it came.
    pub received_at: Instant,
    /// How long after the attempt closed, in seconds; null when it never did, and for what went back.
    pub late_by_seconds: Option<i64>,
    /// When an officer let it count.
    pub admitted_at: Option<Instant>,
    /// Whether it came by an answer file.
    pub by_file: bool,
    /// When it was written, by the word of the device that made the answer file.
    pub written_at: Option<Instant>,
}

/// The entries of an attempt that came late or went back, in the order of writing.
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
    let by_file = store::answer_files::entries_of(&mut conn, attempt.id, ENTRIES_BY_FILE_MAX).await?;
    let entries = out_of_line(service, &mut conn, &attempt).await?;
    Ok(entries
        .into_iter()
        .take(LATE_ENTRIES_MAX)
        .map(|entry| LateEntryView {
            lease_no: entry.lease_no,
            seq: entry.seq,
            question_id: entry.question_id,
            number: numbers.get(&entry.question_id).copied(),
            reason: if entry.late { LateReason::Late } else { LateReason::PassedOver },
            received_at: entry.taken_at,
            late_by_seconds: closed_at
                .filter(|_| entry.late)
                .map(|closed_at| entry.taken_at.since(closed_at).as_seconds()),
            admitted_at: entry.admitted_at,
            by_file: by_file.contains_key(&(entry.lease_no, entry.seq)),
            written_at: by_file.get(&(entry.lease_no, entry.seq)).copied().flatten(),
        })
        .collect())
}

/// The entries of an attempt that count only once an officer admits them, in the order of writing; admitted ones too.
async fn out_of_line(
    service: &ExamService,
    conn: &mut Conn,
    attempt: &AttemptRow,
) -> Result<Vec<Written>, Problem> {
    let Some(walk) = Walk::of(&service.papers, conn, attempt.id, attempt.paper_id).await? else {
        return Ok(store::journal::late(conn, attempt.id).await?);
    };
    let passed_over = walk.passed_over();
    let mut entries = walk.written;
    entries.retain(|entry| entry.late || entry.admitted_at.is_some() || passed_over.contains(&entry.place()));
    Ok(entries)
}

/// What came of admitting.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct LateEntriesAdmitted {
    /// Entries that count from now on.
    pub admitted: u64,
}

/// Lets everything count that came late or went back, and marks the attempt anew. Marks by people on the questions
/// concerned fall away: they were about other answers.
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
    let before = load_attempt(&mut tx, id, attempt).await?;
    let waiting: Vec<Written> = out_of_line(service, &mut tx, &before)
        .await?
        .into_iter()
        .filter(|entry| entry.admitted_at.is_none())
        .collect();
    let questions: BTreeSet<QuestionVersionId> = waiting.iter().map(|entry| entry.question_id).collect();
    let places: Vec<Place> = waiting.iter().map(Written::place).collect();
    let admitted = store::journal::admit(&mut tx, attempt, &places, now).await?;
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
        mark_attempts(service, &[after], now).await?;
    }
    Ok(LateEntriesAdmitted { admitted })
}
