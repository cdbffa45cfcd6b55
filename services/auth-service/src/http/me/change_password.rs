//! `POST /api/v1/auth/me/password`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{AuthService, app, domain::password::Password, http::NoContent};

/// The password as it is, and as it shall be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordRequest {
    /// The password as it is.
    current_password: Password,
    /// The new password: 10 to 128 characters, not a common one, without the user name or number.
    new_password: Password,
}

/// Changes the caller's password and ends every other session of theirs. Somebody who had to change it renews the access
/// token afterwards, to get their roles.
#[utoipa::path(
    post,
    path = "/api/v1/auth/me/password",
    operation_id = "change_my_password",
    tag = "auth",
    request_body = ChangePasswordRequest,
    responses(
        (status = 204, description = "Changed"),
        (status = 403, description = "`auth.current_password_wrong`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`auth.password_weak`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn change_password(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Json(body): Json<ChangePasswordRequest>,
) -> ApiResult<NoContent> {
    app::change_password::change_password(&service, &actor, body.current_password, body.new_password).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use authz::Role;
    use serde_json::json;
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::{PASSWORD, Scene};

    const NEW: &str = "maple-kettle-47-violet";

    async fn change(scene: &Scene, token: &str, current: &str, new: &str) -> Answer {
        let body = json!({ "current_password": current, "new_password": new });
        scene.stage.post("/api/v1/auth/me/password", &body).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn a_changed_password_signs_every_other_browser_out(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let (here, elsewhere) = (scene.sign_in("wei.li").await, scene.sign_in("wei.li").await);
            change(&scene, &here.token, PASSWORD, NEW).await.expect(204);
            scene.stage.get("/api/v1/auth/me").token(&here.token).send().await.expect(200);
            assert_eq!(scene.stage.get("/api/v1/auth/me").token(&elsewhere.token).send().await.problem(401), "auth.session_ended");
            scene.try_login("wei.li", PASSWORD, "203.0.113.1").await.problem(401);
            scene.try_login("wei.li", NEW, "203.0.113.1").await.expect(200);
            assert!(scene.acts().await.contains(&"account.password_changed".to_owned()));
        }

        async fn a_wrong_current_a_weak_and_the_same_password_change_nothing(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let token = scene.sign_in("wei.li").await.token;
            assert_eq!(change(&scene, &token, "a guess", NEW).await.problem(403), "auth.current_password_wrong");
            assert_eq!(change(&scene, &token, PASSWORD, "short").await.problem(422), "auth.password_weak");
            assert_eq!(change(&scene, &token, PASSWORD, "my wei.li 4711 tram").await.problem(422), "auth.password_weak");
            assert_eq!(change(&scene, &token, PASSWORD, PASSWORD).await.problem(422), "auth.password_weak");
            scene.try_login("wei.li", PASSWORD, "203.0.113.1").await.expect(200);
        }

        async fn whoever_must_choose_a_new_password_has_no_roles_until_then(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[Scene::everywhere(Role::Admin)]).await;
            scene.must_change_password(id).await;
            let signed_in = scene.sign_in("wei.li").await;
            let me = scene.stage.get("/api/v1/auth/me").token(&signed_in.token).send().await.expect(200);
            assert_eq!(me["must_change_password"], true);
            scene.stage.get("/api/v1/auth/accounts").token(&signed_in.token).send().await.problem(403);
            change(&scene, &signed_in.token, PASSWORD, NEW).await.expect(204);
            let cookie = format!("exam_session={}", signed_in.session);
            let renewed = scene.stage.post("/api/v1/auth/refresh", &json!({})).header("cookie", &cookie).send().await.expect(200);
            let token = renewed["access_token"].as_str().unwrap();
            scene.stage.get("/api/v1/auth/accounts").token(token).send().await.expect(200);
        }

        async fn guessing_the_current_password_is_slowed(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let token = scene.sign_in("wei.li").await.token;
            for _ in 0..5 {
                change(&scene, &token, "a guess", NEW).await.problem(403);
            }
            assert_eq!(change(&scene, &token, "a guess", NEW).await.problem(429), "auth.too_many_requests");
        }
    }
}
