//! `POST /api/v1/exams/sittings`

use std::sync::Arc;

use authz::{SittingId, UnitId};
use axum::{extract::State, http::StatusCode};
use exam_api::ExamId;
use foundation::{Instant, Problem, Text};
use http_kit::{ApiResult, Caller, Json};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{
        Plan, SittingView,
        schedule_sitting::{self as app, NewSitting},
    },
    domain::takeover::Takeover,
};

/// A sitting to schedule.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleSittingRequest {
    /// The exam.
    pub exam_id: ExamId,
    /// The unit it belongs to; left out for the exam's.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// Its title.
    pub title: Text<1, 300>,
    /// IANA time zone in which its times are meant: `Asia/Shanghai`.
    pub time_zone: Text<1, 64>,
    /// From when attempts may start.
    pub opens_at: Instant,
    /// Until when attempts may start: how late one may be.
    pub entry_closes_at: Instant,
    /// When working time ends for everybody without extra time.
    pub window_ends_at: Instant,
    /// Working time in minutes; left out for the exam's.
    #[serde(default)]
    pub duration_minutes: Option<u32>,
    /// How long after the deadline entries still count, in seconds; left out for 30. Candidates aren't shown it.
    #[serde(default)]
    pub grace_seconds: Option<u32>,
    /// Over how many seconds starts are spread, 0 to 60, with equal working time; left out for all at once.
    #[serde(default)]
    pub start_spread_seconds: Option<u32>,
    /// Who decides that a running attempt moves to another device; left out for the candidate.
    #[serde(default)]
    pub takeover: Option<Takeover>,
    /// How many minutes of one measured outage it credits by itself at most, 0 to 600; left out for 60.
    #[serde(default)]
    pub outage_credit_minutes_max: Option<u32>,
    /// Whether it counts for nothing.
    #[serde(default)]
    pub practice: bool,
    /// The forms in use; left out for all of the publication, or for all others when it replaces a sitting.
    #[serde(default)]
    pub forms: Vec<i64>,
    /// The sitting that it replaces: candidates then get another form.
    #[serde(default)]
    pub replaces_id: Option<SittingId>,
}

impl From<ScheduleSittingRequest> for NewSitting {
    fn from(body: ScheduleSittingRequest) -> Self {
        let plan = Plan {
            title: body.title,
            time_zone: body.time_zone,
            opens_at: body.opens_at,
            entry_closes_at: body.entry_closes_at,
            window_ends_at: body.window_ends_at,
            duration_minutes: body.duration_minutes,
            grace_seconds: body.grace_seconds,
            start_spread_seconds: body.start_spread_seconds,
            takeover: body.takeover,
            outage_credit_minutes_max: body.outage_credit_minutes_max,
        };
        Self {
            exam_id: body.exam_id,
            unit_id: body.unit_id,
            plan,
            practice: body.practice,
            forms: body.forms,
            replaces_id: body.replaces_id,
        }
    }
}

/// Schedule a sitting of an exam's newest publication.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings",
    operation_id = "schedule_sitting",
    tag = "sittings",
    request_body = ScheduleSittingRequest,
    responses(
        (status = 201, body = SittingView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn schedule_sitting(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Json(body): Json<ScheduleSittingRequest>,
) -> ApiResult<(StatusCode, Json<SittingView>)> {
    let made = app::schedule_sitting(&service, &actor, NewSitting::from(body)).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
