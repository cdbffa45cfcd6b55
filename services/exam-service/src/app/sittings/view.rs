//! Sittings as staff see them.

use authz::{SittingId, UnitId};
use db::Conn;
use exam_api::{ExamId, PublicationId};
use foundation::{Instant, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    domain::{
        schedule::{SittingPhase, phase},
        takeover::Takeover,
    },
    store::{self, results::STAGE_RESULTS, sittings::SittingRow},
};

/// A sitting.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SittingView {
    /// Its id.
    pub id: SittingId,
    /// The exam.
    pub exam_id: ExamId,
    /// The publication that is sat.
    pub publication_id: PublicationId,
    /// The exam's title as published.
    pub exam_title: String,
    /// The unit it belongs to; null for the whole institution.
    pub unit_id: Option<UnitId>,
    /// Its title.
    pub title: String,
    /// IANA time zone in which its times are meant.
    pub time_zone: String,
    /// Where it stands by the server's clock.
    pub phase: SittingPhase,
    /// From when attempts may start.
    pub opens_at: Instant,
    /// Until when attempts may start.
    pub entry_closes_at: Instant,
    /// When working time ends for everybody without extra time.
    pub window_ends_at: Instant,
    /// Working time in minutes.
    pub duration_minutes: i64,
    /// How long after the deadline entries still count, in seconds; candidates aren't shown it.
    pub grace_seconds: i64,
    /// Over how many seconds starts are spread.
    pub start_spread_seconds: i64,
    /// Who decides that a running attempt moves to another device.
    pub takeover: Takeover,
    /// How many minutes of one outage it credits by itself at most; 0 where it credits none.
    pub outage_credit_minutes_max: i64,
    /// Whether it counts for nothing.
    pub practice: bool,
    /// The forms in use.
    pub forms: Vec<i64>,
    /// The sitting that it replaces.
    pub replaces_id: Option<SittingId>,
    /// Candidates who are expected.
    pub candidates: i64,
    /// When results were released; null while they aren't.
    pub released_at: Option<Instant>,
    /// Since when its clocks stand; null while they run.
    pub paused_at: Option<Instant>,
    /// When it was called off.
    pub cancelled_at: Option<Instant>,
    /// Counts every change; send it back with yours.
    pub version: i64,
    /// When it was scheduled.
    pub created_at: Instant,
}

/// The sittings as staff see them.
pub(super) async fn views(
    service: &ExamService,
    conn: &mut Conn,
    sittings: Vec<SittingRow>,
) -> Result<Vec<SittingView>, Problem> {
    let now = service.clock.now();
    let ids: Vec<SittingId> = sittings.iter().map(|sitting| sitting.id).collect();
    let sizes = store::rosters::sizes(conn, &ids).await?;
    let mut views = Vec::with_capacity(sittings.len());
    for sitting in sittings {
        let publication = service.papers.publication(conn, sitting.publication_id).await?;
        views.push(SittingView {
            id: sitting.id,
            exam_id: sitting.exam_id,
            publication_id: sitting.publication_id,
            exam_title: publication.title.clone(),
            unit_id: sitting.unit.unit(),
            phase: phase(&sitting.times, sitting.cancelled_at.is_some(), now),
            title: sitting.title,
            time_zone: sitting.time_zone,
            opens_at: sitting.times.opens_at,
            entry_closes_at: sitting.times.entry_closes_at,
            window_ends_at: sitting.times.window_ends_at,
            duration_minutes: sitting.times.duration.as_seconds() / 60,
            grace_seconds: sitting.times.grace.as_seconds(),
            start_spread_seconds: sitting.times.spread.as_seconds(),
            takeover: sitting.takeover,
            outage_credit_minutes_max: sitting.outage_credit_max.as_seconds() / 60,
            practice: sitting.practice,
            forms: sitting.forms,
            replaces_id: sitting.replaces_id,
            candidates: sizes.get(&sitting.id).copied().unwrap_or(0),
            released_at: store::results::released_at(conn, sitting.id, STAGE_RESULTS).await?,
            paused_at: sitting.paused_at,
            cancelled_at: sitting.cancelled_at,
            version: sitting.version,
            created_at: sitting.created_at,
        });
    }
    Ok(views)
}

/// The sitting as staff see it.
pub(super) async fn view(
    service: &ExamService,
    conn: &mut Conn,
    sitting: SittingRow,
) -> Result<SittingView, Problem> {
    let id = sitting.id;
    views(service, conn, vec![sitting])
        .await?
        .pop()
        .ok_or_else(|| Problem::internal(format!("sitting {id} has no view")))
}
