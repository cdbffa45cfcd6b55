//! Marks an attempt that is over, by the newest keys of its paper.

use std::collections::BTreeMap;

use exam_api::{AttemptMarked, kinds};
use foundation::{Instant, Problem};
use question_model::{QuestionVersionId, Response};

use crate::{
    ExamService,
    domain::scoring::{score, total},
    service::SCHEMA,
    store::{self, attempts::AttemptRow, journal::Current, results::MarkRow},
};

/// Attempts marked in one round.
pub const ROUND_ATTEMPTS_MAX: i64 = 100;

/// Marks what has ended and isn't marked; answers how many attempts were.
///
/// # Errors
/// When the database can't be read or written; what was marked before stays marked.
pub async fn mark_due_attempts(service: &ExamService, now: Instant) -> Result<usize, Problem> {
    let mut conn = service.db.read().await?;
    let due = store::attempts::due_to_mark(&mut conn, ROUND_ATTEMPTS_MAX).await?;
    drop(conn);
    for attempt in &due {
        mark_attempt(service, attempt, now).await?;
    }
    Ok(due.len())
}

/// Materialises what counts of the attempt and marks it. Marks by people are kept.
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
    let current = store::journal::current(&mut conn, attempt.id).await?;
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
    store::attempts::set_score(&mut tx, attempt.id, marking, sum, now).await?;
    let fact = AttemptMarked {
        attempt_id: attempt.id,
        sitting_id: attempt.sitting_id,
        score: sum,
        points_max: paper.points_max(),
        complete: marking == crate::domain::attempt::MarkingState::Marked,
    };
    events::record(&mut tx, SCHEMA, &*service.clock, &*service.random, kinds::ATTEMPT_MARKED, &fact).await?;
    tx.commit().await?;
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
