//! `POST /api/v1/auth/login`

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

/// A user name and a password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    /// The user name, in any case.
    username: Text<0, 200>,
    /// The password.
    password: Password,
}

/// Signs a person in. Sets the session's cookie, and once a cookie by which the browser is known again.
#[utoipa::path(
    post,
    path = "/api/v1/auth/login",
    operation_id = "login",
    tag = "auth",
    request_body = LoginRequest,
    responses(
        (status = 200, body = SignedIn),
        (status = 401, description = "`auth.wrong_credentials`", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "`auth.account_disabled`", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`auth.locked`, `auth.too_many_requests`: see `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`auth.busy`: see `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn login(
    State(service): State<Arc<AuthService>>,
    Visitor(browser): Visitor,
    Json(body): Json<LoginRequest>,
) -> ApiResult<SignedInAnswer> {
    let signed_in = app::sign_in::sign_in(&service, &browser, &body.username, body.password).await?;
    Ok(SignedInAnswer::new(&service, signed_in))
}

#[cfg(test)]
mod tests {
    use authz::Role;
    use axum::http::Method;
    use foundation::Span;
    use serde_json::json;
    use test_kit::TestDatabase;

    use crate::http::testing::{PASSWORD, Scene, set_cookies};

    test_kit::on_both_databases! {
        async fn a_person_signs_in_and_the_token_opens_doors(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("Wei.Li", &[Scene::everywhere(Role::Officer)]).await;
            let body = json!({ "username": " wei.LI ", "password": PASSWORD });
            let answer = scene.stage.post("/api/v1/auth/login", &body).send().await;
            let cookies = set_cookies(&answer);
            assert!(cookies.iter().all(|c| c.contains("HttpOnly; SameSite=Strict") && c.contains("Path=/api/v1/auth;")), "{cookies:?}");
            assert_eq!(answer.headers["cache-control"], "no-store");
            let json = answer.expect(200);
            assert_eq!(json["expires_in_seconds"], 600);
            assert_eq!(json["account"]["username"], "Wei.Li");
            assert_eq!(json["account"]["roles"], json!([{ "role": "officer", "unit_id": null, "unit_name": null }]));
            let token = json["access_token"].as_str().unwrap();
            scene.stage.get("/api/v1/auth/people").token(token).send().await.expect(200);
            scene.clock.advance(Span::from_minutes(10));
            assert_eq!(scene.stage.get("/api/v1/auth/people").token(token).send().await.problem(401), "auth.token_expired");
        }

        async fn a_wrong_password_an_unknown_name_and_an_account_without_password_look_the_same(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            scene.invited("mei").await;
            for (username, password) in [("wei.li", "violet tram over kettlf"), ("nobody", PASSWORD), ("mei", PASSWORD), ("", "")] {
                let body = json!({ "username": username, "password": password });
                assert_eq!(scene.stage.post("/api/v1/auth/login", &body).send().await.problem(401), "auth.wrong_credentials");
            }
        }

        async fn a_disabled_account_is_told_so_only_with_the_right_password(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[]).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            scene.stage.post(format!("/api/v1/auth/accounts/{id}/disable"), &json!({})).token(&admin).send().await.expect(200);
            let right = json!({ "username": "wei.li", "password": PASSWORD });
            assert_eq!(scene.stage.post("/api/v1/auth/login", &right).send().await.problem(403), "auth.account_disabled");
            let wrong = json!({ "username": "wei.li", "password": "something else" });
            assert_eq!(scene.stage.post("/api/v1/auth/login", &wrong).send().await.problem(401), "auth.wrong_credentials");
        }

        async fn guessing_backs_off_and_the_right_password_counts_again_afterwards(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            for _ in 0..6 {
                assert_eq!(scene.try_login("wei.li", "a guess", "203.0.113.1").await.problem(401), "auth.wrong_credentials");
            }
            let refused = scene.try_login("wei.li", PASSWORD, "203.0.113.1").await;
            assert_eq!(refused.headers["retry-after"], "2");
            assert_eq!(refused.problem(429), "auth.locked");
            scene.clock.advance(Span::from_seconds(2));
            scene.try_login("wei.li", PASSWORD, "203.0.113.1").await.expect(200);
            for _ in 0..6 {
                scene.try_login("wei.li", "a guess", "203.0.113.1").await.problem(401);
            }
        }

        async fn names_that_do_not_exist_back_off_like_those_that_do(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            for _ in 0..6 {
                scene.try_login("nobody", "a guess", "203.0.113.1").await.problem(401);
            }
            assert_eq!(scene.try_login("nobody", "a guess", "203.0.113.1").await.problem(429), "auth.locked");
        }

        async fn a_classmate_can_not_lock_a_known_browser_or_another_address_out(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let device = scene.sign_in_from("wei.li", "203.0.113.1").await.device;
            for _ in 0..7 {
                scene.try_login("wei.li", "a classmate's guess", "203.0.113.1").await;
            }
            assert_eq!(scene.try_login("wei.li", PASSWORD, "203.0.113.1").await.problem(429), "auth.locked");
            scene.try_login("wei.li", PASSWORD, "198.51.100.9").await.expect(200);
            let body = json!({ "username": "wei.li", "password": PASSWORD });
            let known = scene.stage.post("/api/v1/auth/login", &body).header("x-forwarded-for", "203.0.113.1");
            known.header("cookie", &format!("exam_device={device}")).send().await.expect(200);
        }

        async fn a_classmate_on_their_own_browser_backs_only_themselves_off(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            scene.person("classmate", &[]).await;
            let device = scene.sign_in_from("classmate", "203.0.113.1").await.device;
            let guess = json!({ "username": "wei.li", "password": "a guess" });
            for _ in 0..6 {
                let request = scene.stage.post("/api/v1/auth/login", &guess).header("x-forwarded-for", "203.0.113.1");
                request.header("cookie", &format!("exam_device={device}")).send().await.problem(401);
            }
            let request = scene.stage.post("/api/v1/auth/login", &guess).header("x-forwarded-for", "203.0.113.1");
            assert_eq!(request.header("cookie", &format!("exam_device={device}")).send().await.problem(429), "auth.locked");
            scene.try_login("wei.li", PASSWORD, "203.0.113.1").await.expect(200);
        }

        async fn guesses_made_at_the_same_moment_are_all_counted(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let guesses: Vec<_> = (0..20)
                .map(|_| {
                    let scene = scene.clone();
                    tokio::spawn(async move { scene.try_login("wei.li", "a guess", "203.0.113.1").await.status.as_u16() })
                })
                .collect();
            let mut tried = 0;
            for guess in guesses {
                tried += usize::from(guess.await.unwrap() == 401);
            }
            assert_eq!(tried, 6, "tries that reached the password");
        }

        async fn a_hall_behind_one_address_signs_in_and_a_flood_is_slowed_but_no_known_browser(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let device = scene.sign_in_from("wei.li", "203.0.113.1").await.device;
            scene.clock.advance(Span::from_seconds(1));
            let mut slowed = 0;
            for number in 0..620 {
                let answer = scene.try_login(&format!("{number}"), "x", "203.0.113.1").await;
                slowed += usize::from(answer.status == 429);
            }
            assert_eq!(slowed, 20, "beyond the burst of 600");
            assert_eq!(scene.try_login("1", "x", "203.0.113.1").await.problem(429), "auth.too_many_requests");
            scene.try_login("x", "x", "203.0.113.2").await.problem(401);
            let body = json!({ "username": "wei.li", "password": PASSWORD });
            let known = scene.stage.post("/api/v1/auth/login", &body).header("x-forwarded-for", "203.0.113.1");
            known.header("cookie", &format!("exam_device={device}")).send().await.expect(200);
        }

        async fn what_is_no_sign_in_is_refused_with_the_field(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let post = |body: &str| {
                let request = scene.stage.request(Method::POST, "/api/v1/auth/login");
                request.bytes("application/json", body.to_owned()).send()
            };
            assert_eq!(post("{").await.problem(400), "request.malformed");
            assert_eq!(post(r#"{"username":"a"}"#).await.problem(400), "request.invalid");
            assert_eq!(post(r#"{"username":1,"password":"x"}"#).await.problem(400), "request.invalid");
            assert_eq!(post(r#"{"username":"a","password":"x","role":"admin"}"#).await.problem(400), "request.invalid");
            let long = json!({ "username": "a", "password": "x".repeat(2_000) }).to_string();
            let answer = post(&long).await;
            assert_eq!(answer.json()["errors"][0]["field"], "password");
            assert_eq!(answer.problem(400), "request.invalid");
            let huge = json!({ "username": "a", "password": "x".repeat(3_000_000) }).to_string();
            assert_eq!(post(&huge).await.problem(413), "request.too_large");
        }
    }
}
