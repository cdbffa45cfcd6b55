//! `POST /api/v1/auth/internal/people/import`

use std::sync::Arc;

use auth_api::{AuthApi as _, ImportedPerson, wire::ImportPeople};
use axum::extract::State;
use http_kit::{ApiResult, Caller, Json};

use crate::AuthService;

/// Finds or makes the people of a roster.
pub async fn import_people(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Json(body): Json<ImportPeople>,
) -> ApiResult<Json<Vec<ImportedPerson>>> {
    Ok(Json(service.import_people(&actor, &body.unit, body.rows, body.dry_run).await?))
}
