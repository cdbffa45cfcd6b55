//! `POST /api/v1/auth/accounts/{account_id}/roles/revoke`

use std::sync::Arc;

use authz::{AccountId, Grant};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    AuthService, app,
    http::views::{AccountDetails, RoleInUnit},
};

/// Takes a role from an account; access tokens carry it for at most ten minutes more. Doing it twice changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/auth/accounts/{account_id}/roles/revoke",
    operation_id = "revoke_role",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    request_body = RoleInUnit,
    responses(
        (status = 200, body = AccountDetails),
        (status = 409, description = "`auth.last_admin`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn revoke_role(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
    Json(body): Json<RoleInUnit>,
) -> ApiResult<Json<AccountDetails>> {
    let grant = Grant { role: body.role, unit: app::units::path_of(&service, body.unit_id).await? };
    Ok(Json(app::grant_role::revoke_role(&service, &actor, id, &grant).await?.into()))
}

#[cfg(test)]
mod tests {
    use authz::{AccountId, Role};
    use serde_json::json;
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn take(scene: &Scene, token: &str, id: AccountId, role: &str) -> Answer {
        let path = format!("/api/v1/auth/accounts/{id}/roles/revoke");
        scene.stage.post(path, &json!({ "role": role })).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn a_role_that_was_taken_is_gone_with_the_next_token(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[Scene::everywhere(Role::Author)]).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            for _ in 0..2 {
                assert_eq!(take(&scene, &admin, id, "author").await.expect(200)["roles"], json!([]));
            }
            let token = scene.sign_in("wei.li").await.token;
            scene.stage.get("/api/v1/auth/units").token(&token).send().await.problem(403);
            assert_eq!(scene.acts().await.iter().filter(|act| *act == "role.revoked").count(), 1);
        }

        async fn the_last_administrator_stays_one(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("root", &[Scene::everywhere(Role::Admin)]).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            assert_eq!(take(&scene, &admin, id, "admin").await.problem(409), "auth.last_admin");
            // One who has no password can't sign in, and so can't help.
            scene.invited("invited").await;
            let invited = scene.stage.get("/api/v1/auth/accounts?q=invited").token(&admin).send().await.expect(200);
            scene.grant(invited["items"][0]["id"].as_str().unwrap().parse().unwrap(), Role::Admin).await;
            assert_eq!(take(&scene, &admin, id, "admin").await.problem(409), "auth.last_admin");
            scene.person("second", &[Scene::everywhere(Role::Admin)]).await;
            take(&scene, &admin, id, "admin").await.expect(200);
        }
    }
}
