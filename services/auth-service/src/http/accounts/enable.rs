//! `POST /api/v1/auth/accounts/{account_id}/enable`

use std::sync::Arc;

use authz::AccountId;
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{AuthService, app, http::views::AccountDetails};

/// Opens a disabled account again, with the password and the roles it had. Doing it twice changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/auth/accounts/{account_id}/enable",
    operation_id = "enable_account",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    responses(
        (status = 200, body = AccountDetails),
        (status = 403, description = "`auth.account_out_of_reach`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn enable_account(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
) -> ApiResult<Json<AccountDetails>> {
    Ok(Json(app::disable_account::set_disabled(&service, &actor, id, false).await?.into()))
}

#[cfg(test)]
mod tests {
    use authz::Role;
    use serde_json::json;
    use test_kit::TestDatabase;

    use crate::http::testing::{PASSWORD, Scene};

    test_kit::on_both_databases! {
        async fn a_person_who_was_disabled_by_mistake_signs_in_as_before(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[]).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            for (act, status) in [("disable", "disabled"), ("enable", "active"), ("enable", "active")] {
                let path = format!("/api/v1/auth/accounts/{id}/{act}");
                assert_eq!(scene.stage.post(path, &json!({})).token(&admin).send().await.expect(200)["status"], status);
            }
            scene.try_login("wei.li", PASSWORD, "192.0.2.1").await.expect(200);
        }
    }
}
