//! The answer to whoever has signed in.

use std::sync::Arc;

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use http_kit::Json;
use serde::Serialize;
use utoipa::ToSchema;

use super::{cookies, views::Account};
use crate::{AuthService, app};

/// Somebody is signed in. The refresh token travels in an HttpOnly cookie and is not in here.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedIn {
    /// Goes into the `Authorization` header, behind `Bearer `. Keep it in memory alone.
    pub access_token: String,
    /// How long the access token is good; renew it before with `POST /api/v1/auth/refresh`.
    pub expires_in_seconds: i64,
    /// Who is signed in.
    pub account: Account,
}

/// [`SignedIn`] with its cookies.
#[derive(Debug)]
pub struct SignedInAnswer {
    cookies: HeaderMap,
    body: SignedIn,
}

impl SignedInAnswer {
    /// Answers with what the use case gave.
    pub fn new(service: &Arc<AuthService>, signed_in: app::open_session::SignedIn) -> Self {
        let mut cookies = HeaderMap::new();
        cookies::set_session(service, &mut cookies, &signed_in.refresh_token);
        if let Some(device) = &signed_in.new_device {
            cookies::set_device(service, &mut cookies, device);
        }
        let body = SignedIn {
            access_token: signed_in.access_token,
            expires_in_seconds: signed_in.expires_in_seconds,
            account: Account::new(signed_in.account, signed_in.grants),
        };
        Self { cookies, body }
    }
}

impl IntoResponse for SignedInAnswer {
    fn into_response(self) -> Response {
        let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        (self.cookies, no_store, Json(self.body)).into_response()
    }
}
