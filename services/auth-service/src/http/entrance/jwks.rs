//! `GET /api/v1/auth/jwks.json`

use std::sync::Arc;

use authz::PublicKey;
use axum::{extract::State, http::header, response::IntoResponse};
use http_kit::{ApiResult, Json};
use serde::Serialize;
use utoipa::ToSchema;

use crate::AuthService;

/// The public keys that verify access tokens (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
pub struct KeySet {
    /// The keys that sign now, signed a short while ago, or will sign soon.
    keys: Vec<PublicKey>,
}

/// The public keys that verify access tokens.
#[utoipa::path(
    get,
    path = "/api/v1/auth/jwks.json",
    operation_id = "get_jwks",
    tag = "auth",
    responses((status = 200, body = KeySet))
)]
pub async fn jwks(State(service): State<Arc<AuthService>>) -> ApiResult<impl IntoResponse> {
    let keys = service.keys.public_keys().await?;
    Ok(([(header::CACHE_CONTROL, "public, max-age=60")], Json(KeySet { keys })))
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn anybody_can_check_a_token_with_the_published_keys(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let token = scene.sign_in("wei.li").await.token;
            let json = scene.stage.get("/api/v1/auth/jwks.json").send().await.expect(200);
            let [key] = json["keys"].as_array().unwrap().as_slice() else { panic!("{json}") };
            assert_eq!((key["kty"].as_str(), key["crv"].as_str(), key["alg"].as_str()), (Some("OKP"), Some("Ed25519"), Some("EdDSA")));
            let decode = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
            let public: [u8; 32] = decode(key["x"].as_str().unwrap()).try_into().unwrap();
            let (message, signature) = token.rsplit_once('.').unwrap();
            let signature = Signature::from_slice(&decode(signature)).unwrap();
            VerifyingKey::from_bytes(&public).unwrap().verify(message.as_bytes(), &signature).unwrap();
            assert!(!json.to_string().contains("\"d\""), "no private key: {json}");
        }
    }
}
