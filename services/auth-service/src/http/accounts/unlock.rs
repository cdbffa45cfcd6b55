//! `POST /api/v1/auth/accounts/{account_id}/unlock`

use std::sync::Arc;

use authz::AccountId;
use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};

use crate::{AuthService, app, http::NoContent};

/// Lifts the wait after wrong passwords, from wherever they came.
#[utoipa::path(
    post,
    path = "/api/v1/auth/accounts/{account_id}/unlock",
    operation_id = "unlock_account",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    responses((status = 204, description = "Unlocked"), (status = "4XX", body = Problem, content_type = "application/problem+json"))
)]
pub async fn unlock_account(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
) -> ApiResult<NoContent> {
    app::unlock_account::unlock_account(&service, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use authz::Role;
    use serde_json::json;
    use test_kit::TestDatabase;

    use crate::http::testing::{PASSWORD, Scene};

    test_kit::on_both_databases! {
        async fn an_officer_lifts_the_wait_at_once(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[Scene::everywhere(Role::Candidate)]).await;
            for _ in 0..6 {
                scene.try_login("wei.li", "a guess", "203.0.113.1").await.problem(401);
            }
            assert_eq!(scene.try_login("wei.li", PASSWORD, "203.0.113.1").await.problem(429), "auth.locked");
            let (_, officer) = scene.people.with_role(Role::Officer);
            scene.stage.post(format!("/api/v1/auth/accounts/{id}/unlock"), &json!({})).token(&officer).send().await.expect(204);
            scene.try_login("wei.li", PASSWORD, "203.0.113.1").await.expect(200);
            let acts = scene.acts().await;
            assert!(acts.contains(&"account.sign_in_backed_off".to_owned()) && acts.contains(&"account.unlocked".to_owned()));
        }
    }
}
