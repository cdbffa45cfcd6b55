//! `GET /api/v1/auth/units/{unit_id}/members`

use std::sync::Arc;

use auth_api::Person;
use authz::UnitId;
use axum::extract::State;
use foundation::{Page, PageQuery, Problem};
use http_kit::{ApiResult, Caller, Json, Path, Query};

use crate::{AuthService, app};

/// Who belongs to a unit, in the order of the user name.
#[utoipa::path(
    get,
    path = "/api/v1/auth/units/{unit_id}/members",
    operation_id = "list_members",
    tag = "auth",
    params(("unit_id" = UnitId, Path, description = "The unit"), PageQuery),
    responses(
        (status = 200, body = Page<Person>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_members(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(unit): Path<UnitId>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<Person>>> {
    Ok(Json(app::members::list(&service, &actor, unit, &page).await?))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn a_class_is_paged_through_by_those_who_may_see_it(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let class = scene.unit(UnitKind::Class, "Class 1", None).await;
            let other = scene.unit(UnitKind::Class, "Class 2", None).await;
            for number in ["3", "1", "2"] {
                scene.candidate(number, &class.unit.path).await;
            }
            let at = |role, unit: &authz::UnitPath| scene.people.with_grants(vec![Grant { role, unit: unit.clone() }]).1;
            let path = format!("/api/v1/auth/units/{}/members", class.unit.id);
            let officer = at(Role::Officer, &class.unit.path);
            let first = scene.stage.get(format!("{path}?limit=2")).token(&officer).send().await.expect(200);
            assert_eq!((first["items"][0]["number"].as_str(), first["items"][1]["number"].as_str()), (Some("1"), Some("2")));
            let next = first["next"].as_str().unwrap();
            let second = scene.stage.get(format!("{path}?limit=2&after={next}")).token(&officer).send().await.expect(200);
            assert_eq!((second["items"][0]["number"].as_str(), second["next"].as_str()), (Some("3"), None));
            let stranger = at(Role::Officer, &other.unit.path);
            assert_eq!(scene.stage.get(&path).token(&stranger).send().await.problem(404), "auth.unit_not_found");
            let author = at(Role::Author, &class.unit.path);
            assert_eq!(scene.stage.get(&path).token(&author).send().await.problem(403), "auth.forbidden");
        }
    }
}
