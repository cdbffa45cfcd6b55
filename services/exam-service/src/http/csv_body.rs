//! A CSV file as a request's body.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header},
};
use foundation::Problem;
use http_kit::ApiError;

/// The bytes of a body of type `text/csv`, in whatever encoding.
#[derive(Clone, Debug)]
pub struct CsvBody(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for CsvBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let content_type = request.headers().get(header::CONTENT_TYPE);
        let is_csv = content_type
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("text/csv"));
        if !is_csv {
            return Err(ApiError(Problem::new(
                415,
                "request.not_csv",
                "The body must be a CSV file: send Content-Type: text/csv.",
            )));
        }
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(ApiError(Problem::new(413, "request.too_large", "The file is too large: split it.")))
            }
            Err(rejection) => Err(ApiError(
                Problem::new(
                    408,
                    "request.body_incomplete",
                    "The file stopped before its end. Send it again.",
                )
                .log(rejection.body_text()),
            )),
        }
    }
}
