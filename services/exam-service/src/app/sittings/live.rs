//! An attempt as those see it who watch over a sitting.

use std::collections::HashMap;

use authz::{AccountId, AttemptId};
use db::Conn;
use foundation::{Instant, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    domain::attempt::{AttemptState, MarkingState, RosterStatus},
    store::{self, attempts::AttemptRow, journal::Progress, sittings::SittingRow},
};

/// An attempt in the live list of its sitting.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LiveAttempt {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Who.
    pub candidate_id: AccountId,
    /// Their number.
    pub candidate_number: String,
    /// Their name.
    pub candidate_name: String,
    /// Where they sit; empty where nobody has said so.
    pub room: String,
    /// What an officer says of their place.
    pub roster_status: RosterStatus,
    /// Where the attempt stands, as far as it was noticed.
    pub state: AttemptState,
    /// Whether it is over, whoever has noticed.
    pub closed: bool,
    /// Whether the candidate pressed the button; time closes the others.
    pub handed_in: bool,
    /// Whether a device of theirs is connected.
    pub online: bool,
    /// Questions with an answer.
    pub answered: i64,
    /// Questions that are answered.
    pub question_count: u32,
    /// When their last answer came.
    pub last_saved_at: Option<Instant>,
    /// Entries that came after the end; they count only if an officer admits them.
    pub late_entries: i64,
    /// Entries that went back where there is no way back, known once the attempt is marked; they count only if an
    /// officer admits them.
    pub passed_over_entries: i64,
    /// The form that they have.
    pub form_no: i64,
    /// Which lease writes; more than 1 means that they changed devices.
    pub lease_no: i64,
    /// Since when another device of theirs waits for an invigilator's consent to go on; null when none does.
    pub move_asked_at: Option<Instant>,
    /// When they started.
    pub started_at: Option<Instant>,
    /// When their working time ends.
    pub deadline: Option<Instant>,
    /// Since when its clock stands; null while it runs.
    pub paused_at: Option<Instant>,
    /// When it was handed in or closed.
    pub ended_at: Option<Instant>,
    /// All extra time, in seconds.
    pub extra_seconds: i64,
    /// Of it, what was given to them or to all, in seconds.
    pub credit_seconds: i64,
    /// Since when the last change by staff waits to be seen on the candidate's screen; null when none does.
    pub unseen_since: Option<Instant>,
    /// When the last change by staff was seen there; null when there was none, or it waits.
    pub change_seen_at: Option<Instant>,
    /// Where its marking stands.
    pub marking: MarkingState,
    /// Counts every change but entries.
    pub version: i64,
}

/// The attempts as those see them who watch over the sitting.
pub(super) async fn live(
    service: &ExamService,
    conn: &mut Conn,
    sitting: &SittingRow,
    attempts: Vec<AttemptRow>,
) -> Result<Vec<LiveAttempt>, Problem> {
    let now = service.clock.now();
    let ids: Vec<AttemptId> = attempts.iter().map(|attempt| attempt.id).collect();
    let progress: HashMap<AttemptId, Progress> = store::journal::progress(conn, &ids)
        .await?
        .into_iter()
        .map(|progress| (progress.attempt_id, progress))
        .collect();
    let mut views = Vec::with_capacity(attempts.len());
    for attempt in attempts {
        let paper = service.papers.paper(conn, attempt.paper_id).await?;
        let progress = progress.get(&attempt.id);
        views.push(LiveAttempt {
            attempt_id: attempt.id,
            candidate_id: attempt.candidate_id,
            closed: attempt.gate().is_closed(now),
            handed_in: attempt.submitted_at.is_some(),
            online: service.presence.is_online(attempt.id.uuid()),
            answered: progress.map_or(0, |progress| progress.answered),
            question_count: paper.question_count(),
            last_saved_at: progress.and_then(|progress| progress.last_saved_at),
            late_entries: progress.map_or(0, |progress| progress.late),
            passed_over_entries: attempt.passed_over,
            extra_seconds: attempt.extra.total(sitting.times.duration).as_seconds(),
            credit_seconds: attempt.extra.credit.as_seconds(),
            candidate_number: attempt.candidate_number,
            candidate_name: attempt.candidate_name,
            room: attempt.room,
            roster_status: attempt.roster_status,
            state: attempt.state,
            form_no: attempt.form_no,
            lease_no: attempt.lease_no,
            move_asked_at: attempt.device_move.asked_at.filter(|_| attempt.device_move.waits(now)),
            started_at: attempt.started_at,
            deadline: attempt.deadline,
            paused_at: attempt.paused_at.filter(|_| attempt.state == AttemptState::Paused),
            unseen_since: attempt.seen.waits_since().filter(|_| attempt.started_at.is_some()),
            change_seen_at: attempt.seen.was_seen_at(),
            ended_at: attempt.ended_at,
            marking: attempt.marking,
            version: attempt.version,
        });
    }
    Ok(views)
}

/// One attempt as those see it who watch over the sitting.
pub(super) async fn live_one(
    service: &ExamService,
    conn: &mut Conn,
    sitting: &SittingRow,
    attempt: AttemptRow,
) -> Result<LiveAttempt, Problem> {
    let id = attempt.id;
    live(service, conn, sitting, vec![attempt])
        .await?
        .pop()
        .ok_or_else(|| Problem::internal(format!("attempt {id} has no view")))
}
