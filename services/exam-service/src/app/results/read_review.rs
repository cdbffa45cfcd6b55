//! A candidate looks at what became of their attempt.

use std::collections::BTreeMap;

use authz::{Actor, AttemptId};
use db::Conn;
use foundation::Problem;
use question_model::{QuestionVersionId, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::released::{is_released, released_at};
use crate::{
    ExamService,
    domain::{
        attempt::{AttemptState, MarkingState},
        review::{Review, ReviewHead, ReviewMark, SolvedReview, review, solutions},
    },
    store::{self, attempts::AttemptRow},
};

/// A review, with solutions where the policy shows them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ReviewAnswer {
    /// With solutions.
    Solved(Box<SolvedReview>),
    /// Without: a type that can't hold any.
    Plain(Box<Review>),
}

/// What the release policy shows of the candidate's own attempt.
///
/// # Errors
/// 404 for somebody else's attempt; 409 while results aren't out.
pub async fn read_review(
    service: &ExamService,
    actor: &Actor,
    id: AttemptId,
) -> Result<ReviewAnswer, Problem> {
    let mut conn = service.db.read().await?;
    let attempt = own(&mut conn, actor, id).await?;
    let sitting = store::sittings::find(&mut conn, attempt.sitting_id)
        .await?
        .ok_or_else(|| Problem::internal(format!("attempt {id} has no sitting")))?;
    let publication = service.papers.publication(&mut conn, sitting.publication_id).await?;
    let released_at = released_at(&mut conn, &sitting).await?;
    if attempt.state == AttemptState::Absent || (attempt.started_at.is_none() && released_at.is_some()) {
        return Err(Problem::conflict("exam.not_sat", "You didn't sit this exam: there is nothing to show."));
    }
    if !is_released(&attempt, &sitting, &publication.rules, released_at) {
        return Err(Problem::conflict("exam.not_released", "Your result isn't out yet. Look again later."));
    }
    let paper = service.papers.paper(&mut conn, attempt.paper_id).await?;
    let arrangement = store::attempts::arrangement(&mut conn, id)
        .await?
        .ok_or_else(|| Problem::internal(format!("attempt {id} has no arrangement")))?;
    let responses = responses(&mut conn, id).await?;
    let marks = marks(&mut conn, id).await?;
    let parts = publication.rules.release.parts;
    let head = ReviewHead {
        attempt_id: id,
        sitting_id: sitting.id,
        title: sitting.title,
        time_zone: sitting.time_zone,
        state: attempt.state,
        started_at: attempt.started_at,
        ended_at: attempt.ended_at,
        complete: attempt.marking == MarkingState::Marked,
        score: attempt.score.unwrap_or_default(),
    };
    let rendered = service.papers.rendered(attempt.paper_id, &paper);
    let review = review(head, (&paper, &rendered), &arrangement, &responses, marks, parts);
    if !(parts.solutions && parts.responses) {
        return Ok(ReviewAnswer::Plain(Box::new(review)));
    }
    let (_, keys) = store::papers::keys(&mut conn, attempt.paper_id)
        .await?
        .ok_or_else(|| Problem::internal(format!("paper {} has no keys", attempt.paper_id)))?;
    let solutions = solutions(&paper, &keys, &responses);
    Ok(ReviewAnswer::Solved(Box::new(SolvedReview { review, solutions })))
}

/// The candidate's own attempt: by its ticket, or by the account that it belongs to. Somebody else's doesn't exist.
async fn own(conn: &mut Conn, actor: &Actor, id: AttemptId) -> Result<AttemptRow, Problem> {
    let missing = || Problem::not_found("exam.attempt_not_found", "There is no such attempt among yours.");
    let attempt = store::attempts::find(conn, id).await?.ok_or_else(missing)?;
    let is_own = match actor {
        Actor::Ticket(ticket) => ticket.attempt == id,
        Actor::Account(account) => account.account == attempt.candidate_id,
        Actor::Anonymous | Actor::System(_) => false,
    };
    if is_own { Ok(attempt) } else { Err(missing().log("a review of somebody else's attempt was asked for")) }
}

async fn responses(conn: &mut Conn, id: AttemptId) -> Result<BTreeMap<QuestionVersionId, Response>, Problem> {
    let rows = store::results::responses(conn, id).await?;
    Ok(rows
        .into_iter()
        .filter_map(|given| Some((given.question_id, serde_json::from_slice(&given.payload?).ok()?)))
        .collect())
}

async fn marks(conn: &mut Conn, id: AttemptId) -> Result<BTreeMap<QuestionVersionId, ReviewMark>, Problem> {
    let rows = store::results::marks(conn, id).await?;
    let shown = |mark: store::results::MarkRow| {
        let by_person = mark.marker.is_some();
        let marked = mark.marked;
        let shown = ReviewMark {
            points: marked.points,
            points_max: marked.points_max,
            outcome: marked.outcome,
            parts: marked.parts,
            why: marked.why,
            comment: mark.comment,
            by_person,
        };
        (mark.question, shown)
    };
    Ok(rows.into_iter().map(shown).collect())
}
