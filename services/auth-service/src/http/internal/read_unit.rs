//! `GET /api/v1/auth/internal/units/{unit_id}`

use std::sync::Arc;

use auth_api::{AuthApi as _, Unit};
use authz::UnitId;
use axum::extract::State;
use http_kit::{ApiResult, Json, Path};

use crate::AuthService;

/// The unit of this id; null where there is none.
pub async fn read_unit(
    State(service): State<Arc<AuthService>>,
    Path(unit_id): Path<UnitId>,
) -> ApiResult<Json<Option<Unit>>> {
    Ok(Json(service.unit(unit_id).await?))
}
