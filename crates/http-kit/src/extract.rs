//! axum's extractors, with refusals that name the field.

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use foundation::{FieldProblem, Problem};
use serde::{Serialize, de::DeserializeOwned};

use crate::{ApiError, limits::JSON_BYTES_MAX};

/// A JSON body, in and out. Coming in it must be `application/json`, at most [`JSON_BYTES_MAX`] bytes, and of the
/// type's shape; a refusal names the field.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let is_json =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(
                |value| value.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/json"),
            );
        if !is_json {
            return Err(ApiError(Problem::new(
                415,
                "request.not_json",
                "The body must be JSON: send Content-Type: application/json.",
            )));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|rejection| body_refused(&rejection))?;
        parse(&bytes).map(Self).map_err(ApiError)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

fn body_refused(rejection: &axum::extract::rejection::BytesRejection) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
            413,
            "request.too_large",
            format!("The body is too large: at most {JSON_BYTES_MAX} bytes are taken."),
        ),
        _ => Problem::new(408, "request.body_incomplete", "The body stopped before its end. Send it again.")
            .log(rejection.body_text()),
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        let message = inner.to_string();
        if inner.is_data() {
            let field = if path == "." { String::new() } else { path };
            Problem::bad_request("request.invalid", "The body isn't of the right shape; see `errors`.")
                .with_errors(vec![FieldProblem::at(field, "invalid", message)])
        } else {
            Problem::bad_request("request.malformed", "The body isn't valid JSON; see `errors`.").with_errors(
                vec![FieldProblem::on_line(
                    u32::try_from(inner.line()).unwrap_or(u32::MAX),
                    "malformed",
                    message,
                )],
            )
        }
    })?;
    json.end().map_err(|error| {
        Problem::bad_request("request.malformed", "The body has something behind its end; see `errors`.")
            .with_errors(vec![FieldProblem::on_line(
                u32::try_from(error.line()).unwrap_or(u32::MAX),
                "malformed",
                error.to_string(),
            )])
    })?;
    Ok(value)
}

/// Parameters in the path. One that can't be read is a thing that doesn't exist.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Self(value))
            .map_err(|_| {
                ApiError(Problem::not_found("request.no_such_thing", "There is nothing at this address."))
            })
    }
}

/// Parameters behind the question mark.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        axum::extract::Query::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(value)| Self(value))
            .map_err(|rejection| {
                ApiError(
                    Problem::bad_request(
                        "request.query_invalid",
                        "The address has parameters that can't be read.",
                    )
                    .with_errors(vec![FieldProblem::at(
                        "query",
                        "invalid",
                        rejection.body_text(),
                    )]),
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Paper {
        #[expect(dead_code, reason = "only its type matters")]
        sections: Vec<Section>,
    }
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Section {
        #[expect(dead_code, reason = "only its type matters")]
        minutes: u32,
    }

    #[test]
    fn a_wrong_type_deep_inside_is_named_by_its_path() {
        let problem = parse::<Paper>(br#"{"sections":[{"minutes":1},{"minutes":"x"}]}"#).unwrap_err();
        assert_eq!((problem.status, problem.code.as_ref()), (400, "request.invalid"));
        assert_eq!(problem.errors[0].field.as_deref(), Some("sections[1].minutes"));
    }

    #[test]
    fn an_unknown_field_and_broken_json_are_refused() {
        let problem = parse::<Paper>(br#"{"sections":[],"x":1}"#).unwrap_err();
        assert!(problem.errors[0].message.contains("unknown field `x`"), "{problem:?}");
        let problem = parse::<Paper>(b"{\n\"sections\":").unwrap_err();
        assert_eq!((problem.code.as_ref(), problem.errors[0].line), ("request.malformed", Some(2)));
        assert_eq!(parse::<Paper>(br#"{"sections":[]} x"#).unwrap_err().code, "request.malformed");
    }
}
