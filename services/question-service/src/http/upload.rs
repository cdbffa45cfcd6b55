//! Reads uploaded files: a form with a part named `file`, or the file itself as the body.

use axum::{
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::MultipartError},
    http::{StatusCode, header},
};
use foundation::Problem;
use http_kit::ApiError;
use utoipa::ToSchema;

/// What a form adds to its file, generously.
const FORM_BYTES_MAX: usize = 64 * 1024;
/// Parts of a form; only one of them is looked at.
const PARTS_MAX: usize = 20;

/// A form with a file in it.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the form, which is read part by part")]
pub struct UploadForm {
    /// The file.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// The bytes of an uploaded file. Nothing of its name or its declared type is believed.
#[derive(Clone, Debug)]
pub struct Upload(pub Bytes);

/// Lets bodies through that hold a file of `file_bytes_max`; what is larger is cut off while it comes.
pub fn body_limit(file_bytes_max: usize) -> DefaultBodyLimit {
    DefaultBodyLimit::max(file_bytes_max.saturating_add(FORM_BYTES_MAX))
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type =
            content_type.unwrap_or("").split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        if content_type == "multipart/form-data" {
            let form = Multipart::from_request(request, state)
                .await
                .map_err(|rejection| malformed().log(rejection.body_text()))?;
            return from_form(form).await.map(Self).map_err(ApiError);
        }
        if content_type == "application/json" || content_type == "application/x-www-form-urlencoded" {
            return Err(ApiError(Problem::new(
                415,
                "request.not_a_file",
                "Send the file as a form (multipart/form-data, part `file`), or as the body itself.",
            )));
        }
        Bytes::from_request(request, state).await.map(Self).map_err(|rejection| {
            ApiError(if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                too_large()
            } else {
                incomplete().log(rejection.body_text())
            })
        })
    }
}

async fn from_form(mut form: Multipart) -> Result<Bytes, Problem> {
    for _ in 0..PARTS_MAX {
        let Some(part) = form.next_field().await.map_err(|error| form_refused(&error))? else { break };
        if part.name() == Some("file") {
            return part.bytes().await.map_err(|error| form_refused(&error));
        }
    }
    Err(Problem::bad_request(
        "request.file_missing",
        "The form has no part named `file`. Choose a file and send it again.",
    ))
}

fn form_refused(error: &MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        StatusCode::BAD_REQUEST => malformed().log(error.body_text()),
        _ => incomplete().log(error.body_text()),
    }
}

fn too_large() -> Problem {
    Problem::new(413, "request.too_large", "The file is too large. Make it smaller, or split it.")
}

fn malformed() -> Problem {
    Problem::bad_request(
        "request.form_malformed",
        "The form can't be read, or stopped before its end. Send it again.",
    )
}

fn incomplete() -> Problem {
    Problem::new(408, "request.body_incomplete", "The file stopped before its end. Send it again.")
}
