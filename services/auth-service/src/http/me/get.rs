//! `GET /api/v1/auth/me`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};

use crate::{AuthService, app, http::views::Account};

/// Who is signed in, with their roles as they are now.
#[utoipa::path(
    get,
    path = "/api/v1/auth/me",
    operation_id = "get_me",
    tag = "auth",
    responses(
        (status = 200, body = Account),
        (status = 401, description = "`auth.session_ended`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn get_me(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
) -> ApiResult<Json<Account>> {
    let (account, grants) = app::me::me(&service, &actor).await?;
    Ok(Json(Account::new(account, grants)))
}

#[cfg(test)]
mod tests {
    use authz::Role;
    use serde_json::json;
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn a_person_sees_who_they_are_and_where(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let faculty = scene.unit(auth_api::UnitKind::Faculty, "Mathematics", None).await;
            let grant = authz::Grant { role: Role::Author, unit: faculty.unit.path.clone() };
            let id = scene.person("wei.li", &[grant]).await;
            let token = scene.sign_in("wei.li").await.token;
            let me = scene.stage.get("/api/v1/auth/me").token(&token).send().await.expect(200);
            assert_eq!(me, json!({
                "id": id, "username": "wei.li", "display_name": "Person wei.li", "must_change_password": false,
                "roles": [{ "role": "author", "unit_id": faculty.unit.id, "unit_name": "Mathematics" }],
            }));
        }

        async fn forged_foreign_and_missing_tokens_are_nobody(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            let token = scene.sign_in("wei.li").await.token;
            let (head, signature) = token.rsplit_once('.').unwrap();
            let forged = format!("{head}.{}", signature.chars().rev().collect::<String>());
            for token in [forged.as_str(), "x", "", "a.b.c"] {
                assert_eq!(scene.stage.get("/api/v1/auth/me").token(token).send().await.problem(401), "auth.token_invalid");
            }
            assert_eq!(scene.stage.get("/api/v1/auth/me").send().await.problem(401), "auth.sign_in_needed");
            // Signed by a key that is known, for a session that never was.
            let (_, stranger) = scene.people.with_role(Role::Admin);
            assert_eq!(scene.stage.get("/api/v1/auth/me").token(&stranger).send().await.problem(401), "auth.session_ended");
        }
    }
}
