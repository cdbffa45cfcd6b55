//! `GET /api/v1/auth/me/sessions`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};

use crate::{
    AuthService, app,
    http::views::{Session, Sessions},
};

/// The browsers in which the caller is signed in.
#[utoipa::path(
    get,
    path = "/api/v1/auth/me/sessions",
    operation_id = "list_my_sessions",
    tag = "auth",
    responses((status = 200, body = Sessions), (status = "4XX", body = Problem, content_type = "application/problem+json"))
)]
pub async fn list_my_sessions(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
) -> ApiResult<Json<Sessions>> {
    let rows = app::sessions::own(&service, &actor).await?;
    let current = app::me::signed_in(&actor)?.session;
    Ok(Json(Sessions { items: rows.into_iter().map(|row| Session::new(row, Some(current))).collect() }))
}

#[cfg(test)]
mod tests {
    use foundation::Span;
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn a_person_sees_their_open_sessions_and_nobody_elses(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            scene.person("mei", &[]).await;
            scene.sign_in("mei").await;
            scene.sign_in("wei.li").await;
            scene.clock.advance(Span::from_seconds(1));
            let token = scene.sign_in("wei.li").await.token;
            let json = scene.stage.get("/api/v1/auth/me/sessions").token(&token).send().await.expect(200);
            let current: Vec<bool> = json["items"].as_array().unwrap().iter().map(|s| s["current"] == true).collect();
            assert_eq!(current, [true, false]);
        }

        async fn an_account_keeps_its_twenty_latest_sessions(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let first = scene.sign_in("wei.li").await;
            let mut last = None;
            for _ in 0..20 {
                scene.clock.advance(Span::from_seconds(1));
                last = Some(scene.sign_in("wei.li").await);
            }
            let token = last.unwrap().token;
            let json = scene.stage.get("/api/v1/auth/me/sessions").token(&token).send().await.expect(200);
            assert_eq!(json["items"].as_array().unwrap().len(), 20);
            assert_eq!(scene.stage.get("/api/v1/auth/me").token(&first.token).send().await.problem(401), "auth.session_ended");
        }
    }
}
