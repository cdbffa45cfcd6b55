//! `PUT /api/v1/auth/terms/{term_id}`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use super::view::{Term, TermRequest};
use crate::{AuthService, app, domain::unit::TermId};

/// Writes a term anew.
#[utoipa::path(
    put,
    path = "/api/v1/auth/terms/{term_id}",
    operation_id = "update_term",
    tag = "auth",
    params(("term_id" = TermId, Path, description = "The term")),
    request_body = TermRequest,
    responses(
        (status = 200, body = Term),
        (status = 404, description = "`auth.term_not_found`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn update_term(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<TermId>,
    Json(body): Json<TermRequest>,
) -> ApiResult<Json<Term>> {
    let term = app::terms::put(&service, &actor, Some(id), &body.name, body.starts_on, body.ends_on).await?;
    Ok(Json(term.into()))
}

#[cfg(test)]
mod tests {
    use authz::Role;
    use serde_json::json;
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn a_term_moves_and_keeps_its_own_name(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let term = |name: &str, ends_on: &str| json!({ "name": name, "starts_on": "2026-09-01", "ends_on": ends_on });
            let make = |body: serde_json::Value| scene.stage.post("/api/v1/auth/terms", &body).token(&admin).send();
            let first = make(term("Autumn", "2027-01-15")).await.expect(201);
            make(term("Spring", "2027-06-30")).await.expect(201);
            let path = format!("/api/v1/auth/terms/{}", first["id"].as_str().unwrap());
            let put = |path: &str, body: serde_json::Value| scene.stage.put(path, &body).token(&admin).send();
            assert_eq!(put(&path, term("Autumn", "2027-01-31")).await.expect(200)["ends_on"], "2027-01-31");
            assert_eq!(put(&path, term("Spring", "2027-01-31")).await.problem(409), "auth.term_exists");
            let nowhere = format!("/api/v1/auth/terms/{}", uuid::Uuid::nil());
            assert_eq!(put(&nowhere, term("x", "2027-01-31")).await.problem(404), "auth.term_not_found");
        }
    }
}
