//! `DELETE /api/v1/auth/me/sessions/{session_id}`

use std::sync::Arc;

use authz::SessionId;
use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};

use crate::{AuthService, app, http::NoContent};

/// Signs the caller out in one of their browsers; its access token runs out within ten minutes.
#[utoipa::path(
    delete,
    path = "/api/v1/auth/me/sessions/{session_id}",
    operation_id = "end_my_session",
    tag = "auth",
    params(("session_id" = SessionId, Path, description = "The session")),
    responses((status = 204, description = "Ended"), (status = "4XX", body = Problem, content_type = "application/problem+json"))
)]
pub async fn end_my_session(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(session): Path<SessionId>,
) -> ApiResult<NoContent> {
    app::sessions::revoke_own(&service, &actor, session).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use serde_json::json;
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn end(scene: &Scene, token: &str, session: &str) -> Answer {
        let path = format!("/api/v1/auth/me/sessions/{session}");
        scene.stage.request(Method::DELETE, path).token(token).send().await
    }

    async fn current_session(scene: &Scene, token: &str) -> String {
        let json = scene.stage.get("/api/v1/auth/me/sessions").token(token).send().await.expect(200);
        let sessions = json["items"].as_array().unwrap().clone();
        sessions.iter().find(|s| s["current"] == true).unwrap()["id"].as_str().unwrap().to_owned()
    }

    test_kit::on_both_databases! {
        async fn a_person_ends_a_session_of_their_own_and_not_anothers(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            scene.person("mei", &[]).await;
            let (lost, here, mei) = (scene.sign_in("wei.li").await, scene.sign_in("wei.li").await, scene.sign_in("mei").await);
            let lost_id = current_session(&scene, &lost.token).await;
            assert_eq!(end(&scene, &mei.token, &lost_id).await.problem(404), "auth.session_not_found");
            end(&scene, &here.token, &lost_id).await.expect(204);
            end(&scene, &here.token, &lost_id).await.expect(204);
            let cookie = format!("exam_session={}", lost.session);
            let refresh = scene.stage.post("/api/v1/auth/refresh", &json!({})).header("cookie", &cookie).send().await;
            assert_eq!(refresh.problem(401), "auth.session_ended");
            assert_eq!(end(&scene, &here.token, "not-an-id").await.problem(404), "request.no_such_thing");
        }
    }
}
