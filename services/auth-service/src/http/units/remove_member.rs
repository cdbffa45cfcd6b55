//! `DELETE /api/v1/auth/units/{unit_id}/members/{account_id}`

use std::sync::Arc;

use authz::{AccountId, UnitId};
use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};

use crate::{AuthService, app, http::NoContent};

/// Removes a person from a unit. Removing nobody changes nothing.
#[utoipa::path(
    delete,
    path = "/api/v1/auth/units/{unit_id}/members/{account_id}",
    operation_id = "remove_member",
    tag = "auth",
    params(
        ("unit_id" = UnitId, Path, description = "The unit"),
        ("account_id" = AccountId, Path, description = "The person's account"),
    ),
    responses((status = 204, description = "Removed"), (status = "4XX", body = Problem, content_type = "application/problem+json"))
)]
pub async fn remove_member(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path((unit, account)): Path<(UnitId, AccountId)>,
) -> ApiResult<NoContent> {
    app::members::remove(&service, &actor, unit, account).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use axum::http::Method;
    use serde_json::json;
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn a_person_leaves_a_class_and_nobody_elses_officer_removes_them(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let class = scene.unit(UnitKind::Class, "Class 1", None).await;
            let other = scene.unit(UnitKind::Class, "Class 2", None).await;
            let id = scene.candidate("1", &class.unit.path).await;
            let at = |unit: &authz::UnitPath| scene.people.with_grants(vec![Grant { role: Role::Officer, unit: unit.clone() }]).1;
            let members = format!("/api/v1/auth/units/{}/members", class.unit.id);
            let remove = |token: String| scene.stage.request(Method::DELETE, format!("{members}/{id}")).token(&token).send();
            assert_eq!(remove(at(&other.unit.path)).await.problem(404), "auth.unit_not_found");
            remove(at(&class.unit.path)).await.expect(204);
            remove(at(&class.unit.path)).await.expect(204);
            let left = scene.stage.get(&members).token(&at(&class.unit.path)).send().await.expect(200);
            assert_eq!(left["items"], json!([]));
        }
    }
}
