//! `POST /api/v1/exams/sittings/{sitting_id}/roster/import`

use std::sync::Arc;

use authz::SittingId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path, Query};
use serde::Deserialize;

use crate::{
    ExamService,
    app::sittings::import_roster::{self as app, ImportOptions, RosterReport},
    http::csv_body::CsvBody,
};

/// The largest roster, in bytes: 20,000 rows of 400.
pub const ROSTER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// What to do with the file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportRosterQuery {
    /// True to change nothing, and learn what would become of each row.
    #[serde(default)]
    pub dry_run: bool,
    /// True to enrol candidates who are expected at another sitting at the same time.
    #[serde(default)]
    pub allow_clash: bool,
}

/// Enrol everybody in a CSV file, or nobody. The same file again changes nothing.
///
/// UTF-8, UTF-16 with a byte order mark, or GB18030; comma, semicolon or tab. The first line names the columns, in any
/// order: `number` (学号) and `name` (姓名); if wanted `extra_percent`, `extra_minutes`, `room` (考场), `email`,
/// `class`.
#[utoipa::path(
    post,
    path = "/api/v1/exams/sittings/{sitting_id}/roster/import",
    operation_id = "import_roster",
    tag = "roster",
    params(("sitting_id" = SittingId, Path), ImportRosterQuery),
    request_body(content = String, content_type = "text/csv"),
    responses(
        (status = 200, body = RosterReport),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn import_roster(
    State(service): State<Arc<ExamService>>,
    Caller(actor): Caller,
    Path(sitting_id): Path<SittingId>,
    Query(query): Query<ImportRosterQuery>,
    CsvBody(file): CsvBody,
) -> ApiResult<Json<RosterReport>> {
    let options = ImportOptions { dry_run: query.dry_run, allow_clash: query.allow_clash };
    Ok(Json(app::import_roster(&service, &actor, sitting_id, &file, options).await?))
}
