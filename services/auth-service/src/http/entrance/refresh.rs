//! `POST /api/v1/auth/refresh`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::ApiResult;

use crate::{
    AuthService, app,
    http::{
        browser::RefreshToken,
        signed_in::{SignedIn, SignedInAnswer},
    },
};

/// Carries the session of the cookie on: a new access token with the roles as they are now, and a new cookie.
///
/// The same cookie again within ten seconds (two tabs) gets the same answer; later it ends the session, because somebody
/// has a copy.
#[utoipa::path(
    post,
    path = "/api/v1/auth/refresh",
    operation_id = "refresh",
    tag = "auth",
    responses(
        (status = 200, body = SignedIn),
        (status = 401, description = "`auth.session_ended`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn refresh(
    State(service): State<Arc<AuthService>>,
    RefreshToken(presented): RefreshToken,
) -> ApiResult<SignedInAnswer> {
    let signed_in = app::refresh::refresh(&service, presented).await?;
    Ok(SignedInAnswer::new(&service, signed_in))
}

#[cfg(test)]
mod tests {
    use authz::Role;
    use axum::http::Method;
    use foundation::Span;
    use serde_json::json;
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::{Scene, cookie};

    async fn refresh(scene: &Scene, session: &str) -> Answer {
        let request = scene.stage.request(Method::POST, "/api/v1/auth/refresh");
        request.header("cookie", &format!("exam_session={session}")).send().await
    }

    test_kit::on_both_databases! {
        async fn a_session_is_carried_on_with_the_roles_of_now(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[]).await;
            let first = scene.sign_in("wei.li").await;
            scene.grant(id, Role::Author).await;
            scene.clock.advance(Span::from_minutes(11));
            let answer = refresh(&scene, &first.session).await;
            let second = cookie(&answer, "exam_session").unwrap();
            assert_ne!(second, first.session);
            let json = answer.expect(200);
            assert_eq!(json["account"]["roles"][0]["role"], "author");
            let token = json["access_token"].as_str().unwrap();
            scene.stage.get("/api/v1/auth/units").token(token).send().await.expect(200);
            scene.clock.advance(Span::from_minutes(11));
            refresh(&scene, &second).await.expect(200);
        }

        async fn two_tabs_that_renew_at_once_get_the_same_successor(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let first = scene.sign_in("wei.li").await;
            let one = refresh(&scene, &first.session).await;
            scene.clock.advance(Span::from_seconds(9));
            let other = refresh(&scene, &first.session).await;
            assert_eq!(cookie(&one, "exam_session"), cookie(&other, "exam_session"));
            refresh(&scene, &cookie(&one, "exam_session").unwrap()).await.expect(200);
        }

        async fn a_copied_token_ends_the_session_for_both(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let first = scene.sign_in("wei.li").await;
            let other_session = scene.sign_in("wei.li").await;
            let successor = cookie(&refresh(&scene, &first.session).await, "exam_session").unwrap();
            scene.clock.advance(Span::from_seconds(10));
            assert_eq!(refresh(&scene, &first.session).await.problem(401), "auth.session_ended");
            assert_eq!(refresh(&scene, &successor).await.problem(401), "auth.session_ended");
            refresh(&scene, &other_session.session).await.expect(200);
        }

        async fn a_forged_cookie_an_idle_session_and_no_cookie_are_over(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let first = scene.sign_in("wei.li").await;
            for forged in ["", "x", &"A".repeat(43), &"z".repeat(5_000)] {
                assert_eq!(refresh(&scene, forged).await.problem(401), "auth.session_ended");
            }
            let none = scene.stage.post("/api/v1/auth/refresh", &json!({})).send().await;
            assert_eq!(none.problem(401), "auth.session_ended");
            scene.clock.advance(Span::from_minutes(12 * 60));
            assert_eq!(refresh(&scene, &first.session).await.problem(401), "auth.session_ended");
        }

        async fn a_disabled_account_is_carried_on_no_further(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[]).await;
            let first = scene.sign_in("wei.li").await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            scene.stage.post(format!("/api/v1/auth/accounts/{id}/disable"), &json!({})).token(&admin).send().await.expect(200);
            assert_eq!(refresh(&scene, &first.session).await.problem(401), "auth.session_ended");
        }
    }
}
