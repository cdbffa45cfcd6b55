//! `POST /api/v1/auth/logout`

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
};
use http_kit::ApiResult;

use crate::{
    AuthService, app,
    http::{browser::RefreshToken, cookies},
};

/// Ends the session of the cookie, and removes the cookie. Signing out twice is fine.
#[utoipa::path(
    post,
    path = "/api/v1/auth/logout",
    operation_id = "logout",
    tag = "auth",
    responses((status = 204, description = "Signed out"))
)]
pub async fn logout(
    State(service): State<Arc<AuthService>>,
    RefreshToken(presented): RefreshToken,
) -> ApiResult<(StatusCode, HeaderMap)> {
    app::sign_out::sign_out(&service, presented).await?;
    let mut headers = HeaderMap::new();
    cookies::clear_session(&service, &mut headers);
    Ok((StatusCode::NO_CONTENT, headers))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use test_kit::TestDatabase;

    use crate::http::testing::{Scene, set_cookies};

    test_kit::on_both_databases! {
        async fn whoever_signs_out_is_out_and_may_do_it_twice(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let signed_in = scene.sign_in("wei.li").await;
            let cookie = format!("exam_session={}", signed_in.session);
            for _ in 0..2 {
                let answer = scene.stage.post("/api/v1/auth/logout", &json!({})).header("cookie", &cookie).send().await;
                assert!(set_cookies(&answer)[0].starts_with("exam_session=; "), "{:?}", set_cookies(&answer));
                answer.expect(204);
            }
            let refresh = scene.stage.post("/api/v1/auth/refresh", &json!({})).header("cookie", &cookie).send().await;
            assert_eq!(refresh.problem(401), "auth.session_ended");
            let me = scene.stage.get("/api/v1/auth/me").token(&signed_in.token).send().await;
            assert_eq!(me.problem(401), "auth.session_ended");
            scene.stage.post("/api/v1/auth/logout", &json!({})).send().await.expect(204);
        }
    }
}
