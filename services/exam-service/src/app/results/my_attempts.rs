//! A signed-in candidate sees their exams: those to come, and what became of those that were.

use authz::{Actor, AttemptId, SittingId};
use foundation::{Instant, Page, PageQuery, Points, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::released::{is_released, released_at};
use crate::{
    ExamService,
    domain::attempt::{AttemptState, RosterStatus},
    store,
};

/// One of a candidate's own attempts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyAttempt {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// The sitting's title.
    pub title: String,
    /// Where the attempt stands.
    pub state: AttemptState,
    /// Whether it is over, whoever has noticed.
    pub closed: bool,
    /// Whether the candidate is to sit another time.
    pub deferred: bool,
    /// Whether the sitting was called off.
    pub cancelled: bool,
    /// Whether it counts for nothing.
    pub practice: bool,
    /// IANA time zone of the sitting.
    pub time_zone: String,
    /// From when it may be started.
    pub opens_at: Instant,
    /// Until when it may be started.
    pub entry_closes_at: Instant,
    /// When working time ends for who has no extra time.
    pub window_ends_at: Instant,
    /// Working time in seconds, without extra time.
    pub duration_seconds: i64,
    /// Extra time in seconds.
    pub extra_seconds: i64,
    /// When working time ends; null before the start.
    pub deadline: Option<Instant>,
    /// Whether the result can be looked at.
    pub released: bool,
    /// The score; null while it isn't released, or when the policy doesn't show it.
    pub score: Option<Points>,
    /// What a perfect attempt scores; null as the score.
    pub points_max: Option<Points>,
}

/// A page of the actor's own attempts, the newest first. Sittings that they were taken off aren't among them.
///
/// # Errors
/// 401 for who isn't signed in.
pub async fn my_attempts(
    service: &ExamService,
    actor: &Actor,
    page: &PageQuery,
) -> Result<Page<MyAttempt>, Problem> {
    let Actor::Account(account) = actor else {
        return Err(Problem::unauthenticated("auth.sign_in_needed", "Sign in first."));
    };
    let now = service.clock.now();
    let after = page.after.as_deref().and_then(|id| id.parse().ok());
    let mut conn = service.db.read().await?;
    let rows = store::attempts::of_candidate(&mut conn, account.account, after, page.limit() + 1).await?;
    let Page { items: rows, next } = Page::cut(rows, page.limit(), |row| row.id.to_string());
    let mut items = Vec::with_capacity(rows.len());
    for row in rows.into_iter().filter(|row| row.roster_status != RosterStatus::Withdrawn) {
        let sitting = store::sittings::find(&mut conn, row.sitting_id)
            .await?
            .ok_or_else(|| Problem::internal(format!("attempt {} has no sitting", row.id)))?;
        let publication = service.papers.publication(&mut conn, sitting.publication_id).await?;
        let released_at = released_at(&mut conn, &sitting).await?;
        let released = is_released(&row, &sitting, &publication.rules, released_at);
        let shows_score = released && publication.rules.release.parts.score;
        let points_max = if shows_score {
            Some(service.papers.paper(&mut conn, row.paper_id).await?.points_max())
        } else {
            None
        };
        items.push(MyAttempt {
            attempt_id: row.id,
            sitting_id: sitting.id,
            closed: row.gate().is_closed(now),
            state: row.state,
            deferred: row.roster_status == RosterStatus::Deferred,
            cancelled: sitting.cancelled_at.is_some(),
            practice: sitting.practice,
            opens_at: sitting.times.opens_at,
            entry_closes_at: sitting.times.entry_closes_at,
            window_ends_at: sitting.times.window_ends_at,
            duration_seconds: sitting.times.duration.as_seconds(),
            extra_seconds: row.extra.total(sitting.times.duration).as_seconds(),
            deadline: row.deadline,
            released,
            score: row.score.filter(|_| shows_score),
            points_max,
            title: sitting.title,
            time_zone: sitting.time_zone,
        });
    }
    Ok(Page { items, next })
}
