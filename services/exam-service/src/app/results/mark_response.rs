//! A marker marks a response.

use authz::{Action, Actor, AttemptId, SittingId};
use db::Conn;
use foundation::{FieldProblem, Points, Problem, Text};
use question_model::{Marked, Outcome, QuestionVersionId};
use serde_json::json;
use uuid::Uuid;

use super::list_responses_to_mark::{ResponseToMarkView, view};
use crate::{
    ExamService,
    app::{
        audited,
        mark_attempt::set_score,
        sittings::load::{load, load_attempt},
    },
    domain::{attempt::MarkingState, scoring::total},
    store::{self, marking::ResponseToMark, results::MarkRow},
};

/// What a marker says to the candidate.
pub type MarkComment = Text<0, 4_000>;

/// Gives a response its points. Marking it again replaces the mark; the audit log keeps both.
///
/// # Errors
/// 404 when the sitting, the response or the question isn't there or lies elsewhere; 409 for a response that the
/// machine marks; 422 for points that the question doesn't have.
pub async fn mark_response(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    question: QuestionVersionId,
    reference: Uuid,
    points: Points,
    comment: &MarkComment,
) -> Result<ResponseToMarkView, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::Mark, id).await?;
    let publication = service.papers.publication(&mut conn, sitting.publication_id).await?;
    let attempt = attempt_of(&mut conn, id, reference).await?;
    let paper_id = load_attempt(&mut conn, id, attempt).await?.paper_id;
    let paper = service.papers.paper(&mut conn, paper_id).await?;
    drop(conn);

    let mut tx = service.db.begin().await?;
    store::attempts::lock(&mut tx, &[attempt], true).await?;
    let row = load_attempt(&mut tx, id, attempt).await?;
    let mut marks = store::results::marks(&mut tx, attempt).await?;
    let mark = marks.iter_mut().find(|mark| mark.question == question).ok_or_else(no_such_response)?;
    if mark.marker.is_none() && mark.marked.outcome != Outcome::NeedsMarking {
        return Err(Problem::conflict(
            "exam.marked_by_machine",
            "This response is marked by its key; nothing waits for a person here.",
        ));
    }
    let before = mark.marker.map(|_| mark.marked.points);
    mark.marked = by_person(mark, points)?;
    mark.marker = actor.account();
    mark.comment = comment.to_string();
    mark.marked_at = now;
    let marked = mark.clone();
    store::results::set_mark(&mut tx, &marked).await?;
    if row.marking == MarkingState::None {
        // It is about to be marked anew, by answers that aren't materialised yet: this mark is counted then.
        store::attempts::set_unmarked(&mut tx, attempt).await?;
    } else {
        let scored = total(
            marks.iter().map(|mark| (mark.marked.points, mark.marked.outcome)),
            publication.rules.floor_at_zero,
        );
        set_score(service, &mut tx, &row, scored, paper.points_max(), now).await?;
    }
    let detail = json!({
        "sitting": id, "question": question, "points": points, "points_before": before,
        "comment_chars": comment.chars().count(),
    });
    let subject = ("attempt", attempt.to_string());
    audited::record(service, &mut tx, actor, "response.marked", subject, detail).await?;
    let payload = store::results::responses(&mut tx, attempt)
        .await?
        .into_iter()
        .find(|response| response.question_id == question)
        .and_then(|response| response.payload);
    tx.commit().await?;
    Ok(view(ResponseToMark {
        reference,
        payload,
        marked: marked.marked,
        marker: marked.marker,
        comment: marked.comment,
        marked_at: marked.marked_at,
    }))
}

/// The attempt that markers of this sitting see under this name.
pub(super) async fn attempt_of(
    conn: &mut Conn,
    sitting: SittingId,
    reference: Uuid,
) -> Result<AttemptId, Problem> {
    store::marking::named(conn, sitting, reference).await?.ok_or_else(no_such_response)
}

pub(super) fn no_such_response() -> Problem {
    Problem::not_found("exam.response_not_found", "There is no such response to mark.")
}

/// The mark with a person's points; the machine's reason stays: it says how long the response is.
fn by_person(mark: &MarkRow, points: Points) -> Result<Marked, Problem> {
    let points_max = mark.marked.points_max;
    if points < Points::ZERO || points > points_max {
        let message = format!("Give 0 to {points_max} points.");
        return Err(Problem::invalid(
            "exam.mark_invalid",
            "This response can't be worth that much; see `errors`.",
            vec![FieldProblem::at("points", "out_of_range", message)],
        ));
    }
    let outcome = if points == points_max {
        Outcome::Correct
    } else if points > Points::ZERO {
        Outcome::Partial
    } else {
        Outcome::Wrong
    };
    Ok(Marked { points, points_max, outcome, parts: Vec::new(), why: mark.marked.why.clone() })
}
