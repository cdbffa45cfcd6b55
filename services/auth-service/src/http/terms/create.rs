//! `POST /api/v1/auth/terms`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};

use super::view::{Term, TermRequest};
use crate::{AuthService, app};

/// Makes a term.
#[utoipa::path(
    post,
    path = "/api/v1/auth/terms",
    operation_id = "create_term",
    tag = "auth",
    request_body = TermRequest,
    responses(
        (status = 201, body = Term),
        (status = 409, description = "`auth.term_exists`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`auth.term_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn create_term(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Json(body): Json<TermRequest>,
) -> ApiResult<(StatusCode, Json<Term>)> {
    let term = app::terms::put(&service, &actor, None, &body.name, body.starts_on, body.ends_on).await?;
    Ok((StatusCode::CREATED, Json(term.into())))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn create(scene: &Scene, token: &str, body: &Value) -> Answer {
        scene.stage.post("/api/v1/auth/terms", body).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn a_term_has_a_name_of_its_own_and_ends_after_it_starts(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let term = json!({ "name": "Autumn 2026", "starts_on": "2026-09-01", "ends_on": "2027-01-15" });
            create(&scene, &admin, &term).await.expect(201);
            assert_eq!(create(&scene, &admin, &term).await.problem(409), "auth.term_exists");
            let backwards = json!({ "name": "x", "starts_on": "2026-09-02", "ends_on": "2026-09-01" });
            assert_eq!(create(&scene, &admin, &backwards).await.problem(422), "auth.term_invalid");
            let no_day = json!({ "name": "x", "starts_on": "2026-02-30", "ends_on": "2026-09-01" });
            assert_eq!(create(&scene, &admin, &no_day).await.problem(400), "request.invalid");
        }

        async fn terms_belong_to_the_institution_and_its_administrators(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let faculty = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let (_, admin) = scene.people.with_grants(vec![Grant { role: Role::Admin, unit: faculty.unit.path.clone() }]);
            let term = json!({ "name": "Autumn 2026", "starts_on": "2026-09-01", "ends_on": "2027-01-15" });
            assert_eq!(create(&scene, &admin, &term).await.problem(403), "auth.forbidden");
        }
    }
}
