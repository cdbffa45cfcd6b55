//! `GET /api/v1/auth/accounts/{account_id}`

use std::sync::Arc;

use authz::AccountId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{AuthService, app, http::views::AccountDetails};

/// One account, with its roles.
#[utoipa::path(
    get,
    path = "/api/v1/auth/accounts/{account_id}",
    operation_id = "get_account",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    responses(
        (status = 200, body = AccountDetails),
        (status = 404, description = "`auth.account_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_account(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
) -> ApiResult<Json<AccountDetails>> {
    Ok(Json(app::accounts::get(&service, &actor, id).await?.into()))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn an_account_of_another_faculty_does_not_exist_for_an_administrator(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let lawyer = scene.person_at("lawyer", &[], law.unit.path.clone()).await;
            let path = format!("/api/v1/auth/accounts/{lawyer}");
            let of = |unit: &authz::UnitPath| scene.people.with_grants(vec![Grant { role: Role::Admin, unit: unit.clone() }]).1;
            let json = scene.stage.get(&path).token(&of(&law.unit.path)).send().await.expect(200);
            assert_eq!((json["username"].as_str(), json["status"].as_str()), (Some("lawyer"), Some("active")));
            assert!(json.get("password_hash").is_none());
            let other = scene.stage.get(&path).token(&of(&maths.unit.path)).send().await;
            assert_eq!(other.problem(404), "auth.account_not_found");
            let nobody = format!("/api/v1/auth/accounts/{}", uuid::Uuid::nil());
            assert_eq!(scene.stage.get(nobody).token(&of(&law.unit.path)).send().await.problem(404), "auth.account_not_found");
        }
    }
}
