//! Loads an attempt for its candidate, and shows it.

use std::sync::Arc;

use authz::{Actor, AttemptId, SittingId};
use db::{Conn, Db};
use exam_api::Navigation;
use foundation::{Instant, Problem, Span};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    domain::{
        attempt::AttemptState,
        paper::Paper,
        pauses::{Outage, Pauses},
        takeover::Takeover,
        time::{ExtraTime, section_ends},
    },
    store::{
        self,
        attempts::AttemptRow,
        sittings::{GivenRow, SittingRow},
    },
};

/// An attempt as its candidate sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttemptView {
    /// The attempt.
    pub id: AttemptId,
    /// Its sitting.
    pub sitting_id: SittingId,
    /// Where its delivery stands.
    pub state: AttemptState,
    /// Whether it is over, whoever has noticed.
    pub closed: bool,
    /// Counts every change but entries.
    pub version: i64,
    /// The version with which staff last changed something; what shows it says so by `seen`. 0 before the first change.
    pub told_version: i64,
    /// The sitting's title.
    pub title: String,
    /// The candidate's own name.
    pub candidate_name: String,
    /// IANA time zone of the sitting.
    pub time_zone: String,
    /// The server's clock.
    pub server_time: Instant,
    /// From when it may be started.
    pub opens_at: Instant,
    /// The candidate's own moment to start: the opening, or a little later where starts are spread.
    pub starts_at: Instant,
    /// Until when it may be started.
    pub entry_closes_at: Instant,
    /// When working time ends for who has no extra time.
    pub window_ends_at: Instant,
    /// Working time in seconds, without extra time.
    pub duration_seconds: i64,
    /// Extra time in seconds.
    pub extra_seconds: i64,
    /// Of it, what stands to the candidate by accommodation, in seconds.
    pub accommodation_seconds: i64,
    /// What was given to them, or to all, and why, measured outages too; the newest 50, in the order of giving.
    pub credits: Vec<GivenTime>,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// When working time ends.
    pub deadline: Option<Instant>,
    /// Since when its clock stands; null while it runs.
    pub paused_at: Option<Instant>,
    /// Whether the whole sitting is paused: nobody starts meanwhile.
    pub sitting_paused: bool,
    /// How long pauses have stopped its clock since the start, in seconds, the open one left out.
    pub paused_seconds: i64,
    /// When it was handed in.
    pub submitted_at: Option<Instant>,
    /// The lease that may write; 0 before the first.
    pub lease_no: i64,
    /// Who decides that it moves to another device while it runs.
    pub takeover: Takeover,
    /// Whether an invigilator has just agreed that it moves to another device.
    pub may_move: bool,
    /// Questions that are answered.
    pub question_count: u32,
    /// Shown before the start, sanitised.
    pub instructions_html: String,
    /// Whether any section moves forward only.
    pub forward_only: bool,
    /// Whether it counts for nothing.
    pub practice: bool,
    /// The sections with a time limit of their own that were entered, in order.
    pub sections: Vec<SectionTime>,
}

/// When a section with a time limit of its own was entered, and when it ends.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct SectionTime {
    /// The section, counted from 0.
    pub section: u32,
    /// When it was entered.
    pub entered_at: Instant,
    /// When its time ends: not later than the attempt's.
    pub ends_at: Instant,
}

/// Time that was given, with its reason.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GivenTime {
    /// How much, in seconds; below zero for what was taken back.
    pub seconds: i64,
    /// Why, in the words of who gave it; empty for an outage.
    pub reason: String,
    /// When.
    pub given_at: Instant,
    /// The outage that it makes up for; null when a person gave it.
    pub outage: Option<OutageTime>,
}

/// A time in which no answer could be taken in.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct OutageTime {
    /// From when.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
}

/// Credits that a candidate is shown, at most.
pub(super) const CREDITS_MAX: usize = 50;

/// An attempt and its sitting.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The attempt.
    pub attempt: AttemptRow,
    /// Its sitting.
    pub sitting: Arc<SittingRow>,
}

/// The attempt that the ticket names, and no other: somebody else's doesn't exist.
pub(crate) fn own(actor: &Actor, id: AttemptId) -> Result<(), Problem> {
    match actor {
        Actor::Ticket(ticket) if ticket.attempt == id => Ok(()),
        Actor::Anonymous => {
            Err(Problem::unauthenticated("auth.ticket_needed", "Check in first: this needs an exam ticket."))
        }
        _ => Err(no_such_attempt().log("a ticket asked for an attempt that isn't its own")),
    }
}

pub(crate) fn no_such_attempt() -> Problem {
    Problem::not_found("exam.attempt_not_found", "There is no such attempt. Check in again.")
}

pub(crate) async fn load(conn: &mut Conn, id: AttemptId) -> Result<Loaded, Problem> {
    let attempt = store::attempts::find(conn, id).await?.ok_or_else(no_such_attempt)?;
    let sitting = store::sittings::find(conn, attempt.sitting_id)
        .await?
        .ok_or_else(|| Problem::internal(format!("attempt {id} has no sitting")))?;
    Ok(Loaded { attempt, sitting: Arc::new(sitting) })
}

/// The attempt as its candidate sees it. Asks for a connection when it needs one: hold none.
pub(crate) async fn view(
    service: &ExamService,
    loaded: &Loaded,
    now: Instant,
) -> Result<AttemptView, Problem> {
    // Where nothing was given, which is nearly everywhere, nothing is read.
    let given = match loaded.attempt.extra.credit {
        Span::ZERO => Vec::new(),
        _ => Box::pin(given_to(&service.db, &loaded.attempt)).await?,
    };
    view_with(service, loaded, given, now).await
}

/// The same for who has read what was given to the attempt.
pub(super) async fn view_with(
    service: &ExamService,
    loaded: &Loaded,
    given: Vec<GivenRow>,
    now: Instant,
) -> Result<AttemptView, Problem> {
    let Loaded { attempt, sitting } = loaded;
    let publication = service.papers.publication_of(&service.db, sitting.publication_id).await?;
    let paper = service.papers.paper_of(&service.db, attempt.paper_id).await?;
    // A clock that never stood needs no look at pauses and outages. What is rare is large too: its room is had when it is
    // needed, and not with every start of a hall.
    let pauses = match attempt.started_at.filter(|_| attempt.paused_at.is_some() || sitting.outages > 0) {
        Some(_) => Box::pin(pauses_of(&service.db, loaded)).await?,
        None => Pauses::default(),
    };
    let own = sitting.times.of(attempt.id);
    Ok(AttemptView {
        id: attempt.id,
        sitting_id: sitting.id,
        state: attempt.state,
        closed: attempt.gate().is_closed(now),
        version: attempt.version,
        told_version: attempt.seen.told_version,
        title: sitting.title.clone(),
        candidate_name: attempt.candidate_name.clone(),
        time_zone: sitting.time_zone.clone(),
        server_time: now,
        opens_at: sitting.times.opens_at,
        starts_at: own.opens_at,
        entry_closes_at: own.entry_closes_at,
        window_ends_at: own.window_ends_at,
        duration_seconds: sitting.times.duration.as_seconds(),
        extra_seconds: extra_seconds(attempt.extra, sitting),
        accommodation_seconds: ExtraTime { credit: Span::ZERO, ..attempt.extra }
            .total(sitting.times.duration)
            .as_seconds(),
        credits: credits(attempt, given, &pauses),
        started_at: attempt.started_at,
        deadline: attempt.deadline,
        paused_at: attempt.paused_at.filter(|_| attempt.state == AttemptState::Paused),
        sitting_paused: sitting.paused_at.is_some(),
        paused_seconds: lifetime(attempt)
            .map_or(0, |(started, closes)| pauses.paused(started, closes).as_seconds()),
        submitted_at: attempt.submitted_at,
        lease_no: attempt.lease_no,
        takeover: sitting.takeover,
        may_move: attempt.device_move.is_allowed(now),
        question_count: paper.question_count(),
        instructions_html: service.papers.instructions_html(&publication).as_ref().to_owned(),
        forward_only: paper.sections.iter().any(|section| section.navigation == Navigation::ForwardOnly),
        practice: sitting.practice,
        sections: section_times(&service.db, loaded, &paper, &pauses).await?,
    })
}

async fn pauses_of(db: &Db, Loaded { attempt, sitting }: &Loaded) -> Result<Pauses, Problem> {
    Ok(store::pauses::of_attempt(&mut db.read().await?, sitting.id, attempt.id).await?)
}

/// From when to when an attempt takes answers, or took them; none before it has started.
fn lifetime(attempt: &AttemptRow) -> Option<(Instant, Instant)> {
    let closes_at = attempt.closes_at?;
    Some((attempt.started_at?, attempt.ended_at.map_or(closes_at, |ended_at| ended_at.min(closes_at))))
}

async fn given_to(db: &Db, attempt: &AttemptRow) -> Result<Vec<GivenRow>, Problem> {
    let of = [(attempt.sitting_id, attempt.id)];
    let mut given = store::sittings::credits_of(&mut db.read().await?, &of, CREDITS_MAX).await?;
    Ok(given.remove(&attempt.id).unwrap_or_default())
}

/// What the attempt has got on top, with its reasons.
fn credits(attempt: &AttemptRow, given: Vec<GivenRow>, pauses: &Pauses) -> Vec<GivenTime> {
    let outages =
        lifetime(attempt).map_or_else(Vec::new, |(started, closes)| pauses.credited(started, closes));
    let mut credits: Vec<GivenTime> = outages
        .into_iter()
        .map(|(Outage { from, until }, span)| GivenTime {
            seconds: span.as_seconds(),
            reason: String::new(),
            given_at: until,
            outage: Some(OutageTime { from, until }),
        })
        .collect();
    // What a whole sitting was given isn't given to who had ended before.
    let own = given.into_iter().filter(|row| attempt.ended_at.is_none_or(|ended| row.given_at <= ended));
    credits.extend(own.map(|row| GivenTime {
        seconds: row.credit_us.as_seconds(),
        reason: row.reason,
        given_at: row.given_at,
        outage: None,
    }));
    credits.sort_by_key(|given| given.given_at);
    credits.split_off(credits.len().saturating_sub(CREDITS_MAX))
}

async fn section_times(
    db: &Db,
    Loaded { attempt, sitting }: &Loaded,
    paper: &Paper,
    pauses: &Pauses,
) -> Result<Vec<SectionTime>, Problem> {
    if !paper.has_limits() {
        return Ok(Vec::new());
    }
    let entered = Box::pin(async {
        let mut conn = db.read().await?;
        store::sections::entered(&mut conn, &[attempt.id]).await
    })
    .await?;
    let mut times: Vec<SectionTime> = entered
        .into_iter()
        .filter_map(|((_, section), entry)| {
            let limit = paper.section_limit(section).flatten()?;
            let ends = section_ends(&sitting.times, attempt.extra, pauses, limit, entry);
            let ends_at = attempt.deadline.map_or(ends.deadline, |deadline| deadline.min(ends.deadline));
            Some(SectionTime { section, entered_at: entry.entered_at, ends_at })
        })
        .collect();
    times.sort_by_key(|time| time.section);
    Ok(times)
}

fn extra_seconds(extra: ExtraTime, sitting: &SittingRow) -> i64 {
    extra.total(sitting.times.duration).as_seconds()
}
