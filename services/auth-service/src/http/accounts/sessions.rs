//! `GET /api/v1/auth/accounts/{account_id}/sessions`

use std::sync::Arc;

use authz::AccountId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    AuthService, app,
    http::views::{Session, Sessions},
};

/// The browsers in which a person is signed in.
#[utoipa::path(
    get,
    path = "/api/v1/auth/accounts/{account_id}/sessions",
    operation_id = "list_account_sessions",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    responses((status = 200, body = Sessions), (status = "4XX", body = Problem, content_type = "application/problem+json"))
)]
pub async fn list_account_sessions(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
) -> ApiResult<Json<Sessions>> {
    let rows = app::sessions::of_account(&service, &actor, id).await?;
    let current = app::me::signed_in(&actor)?.session;
    Ok(Json(Sessions { items: rows.into_iter().map(|row| Session::new(row, Some(current))).collect() }))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn an_administrator_sees_where_somebody_is_signed_in_and_only_in_their_units(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let id = scene.person("wei.li", &[]).await;
            scene.sign_in("wei.li").await;
            let path = format!("/api/v1/auth/accounts/{id}/sessions");
            let (_, admin) = scene.people.with_role(Role::Admin);
            let json = scene.stage.get(&path).token(&admin).send().await.expect(200);
            assert_eq!((json["items"].as_array().unwrap().len(), &json["items"][0]["current"]), (1, &serde_json::json!(false)));
            let (_, other) = scene.people.with_grants(vec![Grant { role: Role::Admin, unit: law.unit.path.clone() }]);
            assert_eq!(scene.stage.get(&path).token(&other).send().await.problem(404), "auth.account_not_found");
        }
    }
}
