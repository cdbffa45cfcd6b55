//! `POST /api/v1/auth/accounts/{account_id}/disable`

use std::sync::Arc;

use authz::AccountId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{AuthService, app, http::views::AccountDetails};

/// Closes an account: nobody signs in or checks in with it, and its sessions end. Doing it twice changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/auth/accounts/{account_id}/disable",
    operation_id = "disable_account",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    responses(
        (status = 200, body = AccountDetails),
        (status = 403, description = "`auth.account_out_of_reach`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`auth.own_account`, `auth.last_admin`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn disable_account(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
) -> ApiResult<Json<AccountDetails>> {
    Ok(Json(app::disable_account::set_disabled(&service, &actor, id, true).await?.into()))
}

#[cfg(test)]
mod tests {
    use authz::{AccountId, Role};
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::{PASSWORD, Scene};

    async fn disable(scene: &Scene, token: &str, id: AccountId) -> Answer {
        scene.stage.post(format!("/api/v1/auth/accounts/{id}/disable"), &json!({})).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn a_disabled_person_is_out_everywhere_at_once_and_others_learn_of_it(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[]).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let token = scene.sign_in("wei.li").await.token;
            for _ in 0..2 {
                assert_eq!(disable(&scene, &admin, id).await.expect(200)["status"], "disabled");
            }
            assert_eq!(scene.stage.get("/api/v1/auth/me").token(&token).send().await.problem(401), "auth.session_ended");
            assert_eq!(scene.acts().await.iter().filter(|act| *act == "account.disabled").count(), 1);
            let mut conn = scene.service.db.read().await.unwrap();
            let facts: Vec<(String, String)> = db::on!(&mut conn, c => sqlx::query_as("SELECT kind, payload FROM auth.outbox").fetch_all(c).await).unwrap();
            assert_eq!(facts[0].0, auth_api::ACCOUNT_DISABLED);
            assert_eq!(serde_json::from_str::<Value>(&facts[0].1).unwrap(), json!({ "account": id }));
        }

        async fn nobody_disables_themselves_or_the_last_administrator(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("root", &[Scene::everywhere(Role::Admin)]).await;
            let own = scene.sign_in("root").await.token;
            assert_eq!(disable(&scene, &own, id).await.problem(409), "auth.own_account");
            let (_, stranger) = scene.people.with_role(Role::Admin);
            assert_eq!(disable(&scene, &stranger, id).await.problem(409), "auth.last_admin");
            scene.person("second", &[Scene::everywhere(Role::Admin)]).await;
            disable(&scene, &stranger, id).await.expect(200);
            scene.try_login("second", PASSWORD, "192.0.2.1").await.expect(200);
        }
    }
}
