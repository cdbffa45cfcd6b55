//! `GET /api/v1/auth/terms`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};
use serde::Serialize;
use utoipa::ToSchema;

use super::view::Term;
use crate::{AuthService, app};

/// The institution's terms.
#[derive(Debug, Serialize, ToSchema)]
pub struct Terms {
    /// Latest first.
    items: Vec<Term>,
}

/// The institution's terms.
#[utoipa::path(
    get,
    path = "/api/v1/auth/terms",
    operation_id = "list_terms",
    tag = "auth",
    responses((status = 200, body = Terms), (status = "4XX", body = Problem, content_type = "application/problem+json"))
)]
pub async fn list_terms(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
) -> ApiResult<Json<Terms>> {
    let terms = app::terms::list(&service, &actor).await?;
    Ok(Json(Terms { items: terms.into_iter().map(Term::from).collect() }))
}

#[cfg(test)]
mod tests {
    use authz::Role;
    use serde_json::json;
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn the_latest_term_comes_first(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            for (name, starts_on, ends_on) in [("Spring", "2026-02-01", "2026-06-30"), ("Autumn", "2026-09-01", "2027-01-15")] {
                let body = json!({ "name": name, "starts_on": starts_on, "ends_on": ends_on });
                scene.stage.post("/api/v1/auth/terms", &body).token(&admin).send().await.expect(201);
            }
            let (_, author) = scene.people.with_role(Role::Author);
            let json = scene.stage.get("/api/v1/auth/terms").token(&author).send().await.expect(200);
            assert_eq!((json["items"][0]["name"].as_str(), json["items"][1]["ends_on"].as_str()), (Some("Autumn"), Some("2026-06-30")));
        }
    }
}
