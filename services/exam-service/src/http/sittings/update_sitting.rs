//! `PUT /api/v1/exams/sittings/{sitting_id}`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::{Instant, Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    ExamService,
    app::sittings::{Plan, SittingView, update_sitting as app},
    domain::takeover::Takeover,
};

/// A sitting as it shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateSittingRequest {
    /// The version that was changed; another one now means that somebody was faster.
    pub version: i64,
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
    /// Working time in minutes; left out to keep it.
    #[serde(default)]
    pub duration_minutes: Option<u32>,
    /// How long after the deadline entries still count, in seconds; left out to keep it.
    #[serde(default)]
    pub grace_seconds: Option<u32>,
    /// Over how many seconds starts are spread, 0 to 60, with equal working time; left out to keep it.
    #[serde(default)]
    pub start_spread_seconds: Option<u32>,
    /// Who decides that a running attempt moves to another device; left out to keep it.
    #[serde(default)]
    pub takeover: Option<Takeover>,
    /// How many minutes of one measured outage it credits by itself at most, 0 to 600; left out to keep it.
    #[serde(default)]
    pub outage_credit_minutes_max: Option<u32>,
    /// Whether candidates may be expected at another sitting at the same time.
    #[serde(default)]
    pub allow_clash: bool,
}

/// Change a sitting: freely before it opens, afterwards only to give more time.
#[utoipa::path(
    put,
    path = "/api/v1/exams/sittings/{sitting_id}",
    operation_id = "update_sitting",
    tag = "sittings",
    params(("sitting_id" = SittingId, Path)),
    request_body = UpdateSittingRequest,
    responses(
        (status = 200, body = SittingView),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn update_sitting(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Json(body): Json<UpdateSittingRequest>,
) -> ApiResult<Json<SittingView>> {
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
    Ok(Json(app::update_sitting(&service, &actor, sitting_id, body.version, plan, body.allow_clash).await?))
}
