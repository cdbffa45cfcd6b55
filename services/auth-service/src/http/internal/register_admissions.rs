//! `POST /api/v1/auth/internal/admissions/register`

use std::sync::Arc;

use auth_api::{AuthApi as _, wire::RegisterAdmissions};
use axum::extract::State;
use http_kit::{ApiResult, Caller, Json};

use crate::AuthService;

/// Lets candidates check in.
pub async fn register_admissions(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Json(body): Json<RegisterAdmissions>,
) -> ApiResult<Json<()>> {
    Ok(Json(service.register_admissions(&actor, &body.sitting, body.admissions).await?))
}
