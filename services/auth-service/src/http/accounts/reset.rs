//! `POST /api/v1/auth/accounts/{account_id}/reset`

use std::sync::Arc;

use authz::AccountId;
use axum::{extract::State, http::header, response::IntoResponse};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{AuthService, app, http::views::ActivationCode};

/// Takes a person's password away, ends their sessions, and makes a one-time code for a new one. Also for people who
/// never had a password. Nobody resets an account that may do things which they may not.
#[utoipa::path(
    post,
    path = "/api/v1/auth/accounts/{account_id}/reset",
    operation_id = "reset_password",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    responses(
        (status = 200, body = ActivationCode),
        (status = 403, description = "`auth.account_out_of_reach`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`auth.own_account`, `auth.account_disabled`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn reset_password(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
) -> ApiResult<impl IntoResponse> {
    let activation = app::reset_password::reset_password(&service, &actor, id).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(ActivationCode::from(activation))))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{AccountId, Grant, Role};
    use serde_json::json;
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::{PASSWORD, Scene};

    async fn reset(scene: &Scene, token: &str, id: AccountId) -> Answer {
        scene.stage.post(format!("/api/v1/auth/accounts/{id}/reset"), &json!({})).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn an_officer_helps_a_candidate_without_e_mail(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[Scene::everywhere(Role::Candidate)]).await;
            let before = scene.sign_in("wei.li").await.token;
            let (_, officer) = scene.people.with_role(Role::Officer);
            let first = reset(&scene, &officer, id).await.expect(200)["code"].as_str().unwrap().to_owned();
            let code = reset(&scene, &officer, id).await.expect(200)["code"].as_str().unwrap().to_owned();
            assert_eq!(scene.stage.get("/api/v1/auth/me").token(&before).send().await.problem(401), "auth.session_ended");
            scene.try_login("wei.li", PASSWORD, "192.0.2.1").await.problem(401);
            let activate = async |code: &str| {
                let body = json!({ "username": "wei.li", "code": code, "new_password": "maple-kettle-47-violet" });
                scene.stage.post("/api/v1/auth/activate", &body).send().await
            };
            assert_eq!(activate(&first).await.problem(401), "auth.activation_code_wrong");
            activate(&code).await.expect(200);
            scene.try_login("wei.li", "maple-kettle-47-violet", "192.0.2.1").await.expect(200);
        }

        async fn nobody_takes_over_an_account_that_may_do_more(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, officer) = scene.people.with_role(Role::Officer);
            let admin = scene.person("root", &[Scene::everywhere(Role::Admin)]).await;
            let author = scene.person("author", &[Scene::everywhere(Role::Author)]).await;
            assert_eq!(reset(&scene, &officer, admin).await.problem(403), "auth.account_out_of_reach");
            assert_eq!(reset(&scene, &officer, author).await.problem(403), "auth.account_out_of_reach");
            let (_, admin_token) = scene.people.with_role(Role::Admin);
            reset(&scene, &admin_token, author).await.expect(200);
            scene.try_login("root", PASSWORD, "192.0.2.1").await.expect(200);
        }

        async fn an_officer_of_another_course_finds_nobody(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let id = scene.candidate("1", &maths.unit.path).await;
            let (_, officer) = scene.people.with_grants(vec![Grant { role: Role::Officer, unit: law.unit.path.clone() }]);
            assert_eq!(reset(&scene, &officer, id).await.problem(404), "auth.account_not_found");
        }

        async fn ones_own_and_a_disabled_account_are_not_reset(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let own = scene.person("root", &[Scene::everywhere(Role::Admin)]).await;
            let other = scene.person("other", &[]).await;
            let token = scene.sign_in("root").await.token;
            assert_eq!(reset(&scene, &token, own).await.problem(409), "auth.own_account");
            scene.stage.post(format!("/api/v1/auth/accounts/{other}/disable"), &json!({})).token(&token).send().await.expect(200);
            assert_eq!(reset(&scene, &token, other).await.problem(409), "auth.account_disabled");
        }
    }
}
