//! `DELETE /api/v1/auth/accounts/{account_id}/sessions`

use std::sync::Arc;

use authz::AccountId;
use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Path};

use crate::{AuthService, app, http::NoContent};

/// Signs a person out everywhere; access tokens run out within ten minutes.
#[utoipa::path(
    delete,
    path = "/api/v1/auth/accounts/{account_id}/sessions",
    operation_id = "end_account_sessions",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    responses((status = 204, description = "Signed out"), (status = "4XX", body = Problem, content_type = "application/problem+json"))
)]
pub async fn end_account_sessions(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
) -> ApiResult<NoContent> {
    app::sessions::revoke_all(&service, &actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use authz::Role;
    use axum::http::Method;
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn a_person_whose_laptop_was_stolen_is_signed_out_everywhere(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[]).await;
            let sessions = [scene.sign_in("wei.li").await, scene.sign_in("wei.li").await];
            let (_, admin) = scene.people.with_role(Role::Admin);
            let path = format!("/api/v1/auth/accounts/{id}/sessions");
            scene.stage.request(Method::DELETE, path).token(&admin).send().await.expect(204);
            for session in sessions {
                assert_eq!(scene.stage.get("/api/v1/auth/me").token(&session.token).send().await.problem(401), "auth.session_ended");
            }
        }
    }
}
