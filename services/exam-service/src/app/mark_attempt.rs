//! Marks an attempt that is over, by the newest keys of its paper.

use std::collections::BTreeMap;

use db::Tx;
use exam_api::{AttemptMarked, kinds};
use foundation::{Instant, Points, Problem};
use question_model::{QuestionVersionId, Response};

use crate::{
    ExamService,
    app::counting,
    domain::{
        attempt::MarkingState,
        scoring::{score, total},
    },
    service::SCHEMA,
    store::{self, attempts::AttemptRow, journal::Current, results::MarkRow},
};

/// Attempts marked in one round.
pub const ROUND_ATTEMPTS_MAX: i64 = 100;

/// Marks what has ended and isn't marked; answers how many attempts were. One that can't be marked doesn't keep the
/// others waiting.
///
/// # Errors
/// What kept the first of those that couldn't be marked; the others are.
pub async fn mark_due_attempts(service: &ExamService, now: Instant) -> Result<usize, Problem> {
    let mut conn = service.db.read().await?;
    let due = store::attempts::due_to_mark(&mut conn, ROUND_ATTEMPTS_MAX).await?;
    drop(conn);
    let (mut marked, mut refused) = (0, None);
    for attempt in &due {
        match mark_attempt(service, attempt, now).await {
            Ok(()) => marked += 1,
            Err(problem) => {
                tracing::error!(%problem, attempt = %attempt.id, "attempt could not be marked");
                refused.get_or_insert(problem);
            }
        }
    }
    refused.map_or(Ok(marked), Err)
}

/// Materialises what counts of the attempt and marks it. Marks by people are kept. When the attempt has changed since
/// it was read (more time, a mark by a person), nothing is done: the next round looks again.
///
/// # Errors
/// When the database can't be read or written; then nothing was changed.
pub async fn mark_attempt(service: &ExamService, attempt: &AttemptRow, now: Instant) -> Result<(), Problem> {
    let mut conn = service.db.read().await?;
    let sitting = store::sittings::find(&mut conn, attempt.sitting_id)
        .await?
        .ok_or_else(|| Problem::internal(format!("attempt {} has no sitting", attempt.id)))?;
    let publication = service.papers.publication(&mut conn, sitting.publication_id).await?;
    let paper = service.papers.paper(&mut conn, attempt.paper_id).await?;
    let (key_version, keys) = store::papers::keys(&mut conn, attempt.paper_id)
        .await?
        .ok_or_else(|| Problem::internal(format!("paper {} has no keys", attempt.paper_id)))?;
    let (current, passed_over) =
        counting::current(&service.papers, &mut conn, attempt.id, attempt.paper_id).await?;
    let passed_over = i64::try_from(passed_over).unwrap_or(i64::MAX);
    let before = store::results::marks(&mut conn, attempt.id).await?;
    drop(conn);

    let floor = publication.rules.floor_at_zero;
    let scored = score(&paper, &keys, &readable(&current), floor);
    let by_person: BTreeMap<QuestionVersionId, &MarkRow> =
        before.iter().filter(|mark| mark.marker.is_some()).map(|mark| (mark.question, mark)).collect();
    let (sum, marking) = total(
        scored.marks.iter().map(|mark| match by_person.get(&mark.question) {
            Some(row) => (row.marked.points, row.marked.outcome),
            None => (mark.marked.points, mark.marked.outcome),
        }),
        floor,
    );

    let mut tx = service.db.begin().await?;
    let locked = store::attempts::lock(&mut tx, &[attempt.id], true).await?;
    if locked.get(&attempt.id).is_none_or(|locked| locked.version != attempt.version) {
        return Ok(());
    }
    store::results::set_responses(&mut tx, attempt.id, &current).await?;
    for mark in scored.marks {
        let row = MarkRow {
            attempt: attempt.id,
            question: mark.question,
            marked: mark.marked,
            key_version,
            marker: None,
            comment: String::new(),
            marked_at: now,
        };
        store::results::set_mark(&mut tx, &row).await?;
    }
    let mut reference = [0; 16];
    service.random.fill(&mut reference);
    if passed_over != attempt.passed_over {
        store::attempts::set_passed_over(&mut tx, attempt.id, passed_over).await?;
    }
    store::marking::name(&mut tx, attempt.id, reference).await?;
    set_score(service, &mut tx, attempt, (sum, marking), paper.points_max(), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes an attempt's score, and tells of it.
pub(crate) async fn set_score(
    service: &ExamService,
    tx: &mut Tx,
    attempt: &AttemptRow,
    (score, marking): (Points, MarkingState),
    points_max: Points,
    now: Instant,
) -> Result<(), Problem> {
    store::attempts::set_score(tx, attempt.id, marking, score, now).await?;
    let fact = AttemptMarked {
        attempt_id: attempt.id,
        sitting_id: attempt.sitting_id,
        score,
        points_max,
        complete: marking == MarkingState::Marked,
    };
    events::record(tx, SCHEMA, &*service.clock, &*service.random, kinds::ATTEMPT_MARKED, &fact).await?;
    Ok(())
}

/// The responses that can be read as such; an erased one counts as none given.
fn readable(current: &[Current]) -> BTreeMap<QuestionVersionId, Response> {
    current
        .iter()
        .filter_map(|entry| {
            let response = serde_json::from_slice(entry.payload.as_deref()?).ok()?;
            Some((entry.question_id, response))
        })
        .collect()
}
