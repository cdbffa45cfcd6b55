//! `POST /api/v1/auth/activate`

use std::sync::Arc;

use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Json};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    AuthService, app,
    domain::password::Password,
    http::{
        browser::Visitor,
        signed_in::{SignedIn, SignedInAnswer},
    },
};

/// A one-time code, and the password that it sets.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateRequest {
    /// The user name, in any case.
    username: Text<0, 200>,
    /// The code that an officer gave: in any case, with or without hyphens.
    code: Text<0, 100>,
    /// The new password: 10 to 128 characters, not a common one, without the user name or number.
    new_password: Password,
}

/// Sets a first or new password with a one-time code, and signs the person in.
#[utoipa::path(
    post,
    path = "/api/v1/auth/activate",
    operation_id = "activate_account",
    tag = "auth",
    request_body = ActivateRequest,
    responses(
        (status = 200, body = SignedIn),
        (status = 401, description = "`auth.activation_code_wrong`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`auth.code_mistyped`, `auth.password_weak`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn activate(
    State(service): State<Arc<AuthService>>,
    Visitor(browser): Visitor,
    Json(body): Json<ActivateRequest>,
) -> ApiResult<SignedInAnswer> {
    let signed_in =
        app::activate::activate(&service, &browser, &body.username, &body.code, body.new_password).await?;
    Ok(SignedInAnswer::new(&service, signed_in))
}

#[cfg(test)]
mod tests {
    use foundation::Span;
    use serde_json::json;
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::{PASSWORD, Scene};

    async fn activate(scene: &Scene, username: &str, code: &str, password: &str) -> Answer {
        let body = json!({ "username": username, "code": code, "new_password": password });
        scene.stage.post("/api/v1/auth/activate", &body).send().await
    }

    test_kit::on_both_databases! {
        async fn a_new_person_chooses_a_password_once(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let code = scene.invited("Mei").await;
            let typed = code.to_lowercase().replace('-', " ");
            let json = activate(&scene, "mei", &typed, PASSWORD).await.expect(200);
            assert_eq!(json["account"]["username"], "Mei");
            scene.try_login("mei", PASSWORD, "203.0.113.1").await.expect(200);
            assert_eq!(activate(&scene, "mei", &code, "another fine password").await.problem(401), "auth.activation_code_wrong");
        }

        async fn a_weak_password_does_not_use_the_code_up(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let code = scene.invited("mei.lin").await;
            let answer = activate(&scene, "mei.lin", &code, "password2026").await;
            assert_eq!(answer.json()["errors"][0], json!({
                "field": "new_password", "code": "too_common",
                "message": "Many people use this one. Take a few words that don't belong together.",
            }));
            assert_eq!(answer.problem(422), "auth.password_weak");
            assert_eq!(activate(&scene, "mei.lin", &code, "mei.lin and her tram").await.problem(422), "auth.password_weak");
            activate(&scene, "mei.lin", &code, PASSWORD).await.expect(200);
        }

        async fn a_typing_mistake_is_told_from_a_wrong_or_expired_code(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (code, other) = (scene.invited("mei").await, scene.invited("bo").await);
            assert_eq!(activate(&scene, "mei", "ABCDE-FGHJK-MNP", PASSWORD).await.problem(422), "auth.code_mistyped");
            assert_eq!(activate(&scene, "mei", &other, PASSWORD).await.problem(401), "auth.activation_code_wrong");
            assert_eq!(activate(&scene, "nobody", &code, PASSWORD).await.problem(401), "auth.activation_code_wrong");
            scene.clock.advance(Span::from_minutes(14 * 24 * 60));
            assert_eq!(activate(&scene, "mei", &code, PASSWORD).await.problem(401), "auth.activation_code_wrong");
        }

        async fn guessing_codes_of_one_account_is_slowed(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let code = scene.invited("mei").await;
            for _ in 0..10 {
                activate(&scene, "bo", &code, PASSWORD).await.problem(401);
            }
            assert_eq!(activate(&scene, "bo", &code, PASSWORD).await.problem(429), "auth.too_many_requests");
            activate(&scene, "mei", &code, PASSWORD).await.expect(200);
        }
    }
}
