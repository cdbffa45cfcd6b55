//! `POST /api/v1/auth/internal/admissions/revoke`

use std::sync::Arc;

use auth_api::{AuthApi as _, wire::RevokeAdmissions};
use axum::extract::State;
use http_kit::{ApiResult, Caller, Json};

use crate::AuthService;

/// Takes the right to check in back.
pub async fn revoke_admissions(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Json(body): Json<RevokeAdmissions>,
) -> ApiResult<Json<()>> {
    Ok(Json(service.revoke_admissions(&actor, body.sitting, &body.attempts).await?))
}
