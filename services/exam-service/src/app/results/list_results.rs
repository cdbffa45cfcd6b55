//! Staff look at a sitting's scores.

use authz::{AccountId, Action, Actor, AttemptId, SittingId};
use foundation::{Instant, Page, PageQuery, Points, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::released::released_at;
use crate::{
    ExamService,
    app::sittings::load::load,
    domain::attempt::{AttemptState, MarkingState, RosterStatus},
    store::{
        self,
        attempts::live::{Cursor, LiveFilter},
        marking::{MarkingCounts, ScoreRange},
    },
};

/// A page of a sitting's results, and all of them at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ResultList {
    /// Results by candidate number.
    pub items: Vec<ResultRow>,
    /// Pass as `after` to get the page behind this one; null on the last.
    pub next: Option<String>,
    /// All of the sitting.
    pub summary: ScoreSummary,
}

/// A candidate's result.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ResultRow {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Who.
    pub candidate_id: AccountId,
    /// Their number.
    pub candidate_number: String,
    /// Their name.
    pub candidate_name: String,
    /// What an officer says of their place.
    pub roster_status: RosterStatus,
    /// Where the attempt stands.
    pub state: AttemptState,
    /// Where its marking stands.
    pub marking: MarkingState,
    /// The score so far; null before it was marked.
    pub score: Option<Points>,
    /// What a perfect attempt scores.
    pub points_max: Points,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// When it was handed in or closed.
    pub ended_at: Option<Instant>,
}

/// A sitting's scores at a glance.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ScoreSummary {
    /// Candidates who are expected.
    pub expected: i64,
    /// Attempts that still run, or can still start.
    pub unfinished: i64,
    /// Attempts that nobody started.
    pub absent: i64,
    /// Attempts that have ended and wait for the machine.
    pub unmarked: i64,
    /// Attempts of which something waits for a person.
    pub partial: i64,
    /// Attempts that are marked.
    pub marked: i64,
    /// The mean of all scores so far; null without any.
    pub mean: Option<Points>,
    /// The lowest score so far.
    pub lowest: Option<Points>,
    /// The highest score so far.
    pub highest: Option<Points>,
    /// When results were released; null while they aren't.
    pub released_at: Option<Instant>,
}

/// A page of the sitting's results.
///
/// # Errors
/// 404 when the sitting isn't there or lies elsewhere.
pub async fn list_results(
    service: &ExamService,
    actor: &Actor,
    id: SittingId,
    search: Option<String>,
    page: &PageQuery,
) -> Result<ResultList, Problem> {
    let now = service.clock.now();
    let mut conn = service.db.read().await?;
    let sitting = load(&mut conn, actor, Action::ReadResults, id).await?;
    let filter = LiveFilter { search, ..LiveFilter::default() };
    let rows = store::attempts::live::list(&mut conn, id, &filter, now, page).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let paper = service.papers.paper(&mut conn, row.paper_id).await?;
        items.push(ResultRow {
            attempt_id: row.id,
            candidate_id: row.candidate_id,
            candidate_number: row.candidate_number,
            candidate_name: row.candidate_name,
            roster_status: row.roster_status,
            state: row.state,
            marking: row.marking,
            score: row.score,
            points_max: paper.points_max(),
            started_at: row.started_at,
            ended_at: row.ended_at,
        });
    }
    let MarkingCounts { expected, unfinished, absent, unmarked, partial, marked } =
        store::marking::counts(&mut conn, id).await?;
    let ScoreRange { scored, sum, lowest, highest } = store::marking::score_range(&mut conn, id).await?;
    let summary = ScoreSummary {
        expected,
        unfinished,
        absent,
        unmarked,
        partial,
        marked,
        mean: (scored > 0).then(|| sum.ratio(1, scored)),
        lowest,
        highest,
        released_at: released_at(&mut conn, &sitting).await?,
    };
    let Page { items, next } = Page::cut(items, page.limit(), |row: &ResultRow| {
        Cursor { id: row.attempt_id, number: row.candidate_number.clone() }.to_string()
    });
    Ok(ResultList { items, next, summary })
}
