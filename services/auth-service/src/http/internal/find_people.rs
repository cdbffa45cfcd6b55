//! `POST /api/v1/auth/internal/people/find`

use std::sync::Arc;

use auth_api::{AuthApi as _, Person, wire::FindPeople};
use axum::extract::State;
use http_kit::{ApiResult, Json};

use crate::AuthService;

/// The people of these ids.
pub async fn find_people(
    State(service): State<Arc<AuthService>>,
    Json(body): Json<FindPeople>,
) -> ApiResult<Json<Vec<Person>>> {
    Ok(Json(service.find_people(&body.ids).await?))
}
