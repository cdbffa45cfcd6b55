//! `GET /api/v1/exams/receipt-keys`

use std::sync::Arc;

use axum::extract::State;
use http_kit::{ApiResult, Json};
use receipts::Jwk;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ExamService, app::receipts::keys::public_keys};

/// The keys that verify receipts: a JSON Web Key Set (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptKeysResponse {
    /// Every key that ever signed, the newest last.
    pub keys: Vec<Jwk>,
}

/// The public keys that verify receipts, for whoever checks one without this server.
#[utoipa::path(
    get,
    path = "/api/v1/exams/receipt-keys",
    operation_id = "receipt_keys",
    tag = "attempts",
    responses((status = 200, body = ReceiptKeysResponse))
)]
pub async fn receipt_keys(State(service): State<Arc<ExamService>>) -> ApiResult<Json<ReceiptKeysResponse>> {
    let mut conn = service.db.read().await?;
    Ok(Json(ReceiptKeysResponse { keys: public_keys(&mut conn).await? }))
}
