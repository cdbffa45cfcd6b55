//! `GET /api/v1/auth/units`

use std::sync::Arc;

use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Query};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::OrganisationUnit;
use crate::{AuthService, app};

/// Which units to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UnitFilter {
    /// Also those that are over.
    #[serde(default)]
    archived: bool,
}

/// The units of an actor. An institution has at most 5,000.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitTree {
    /// Parents before children.
    items: Vec<OrganisationUnit>,
}

/// The units in which the caller has a staff role, with all that lies below them.
#[utoipa::path(
    get,
    path = "/api/v1/auth/units",
    operation_id = "list_units",
    tag = "auth",
    params(UnitFilter),
    responses((status = 200, body = UnitTree), (status = "4XX", body = Problem, content_type = "application/problem+json"))
)]
pub async fn list_units(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Query(filter): Query<UnitFilter>,
) -> ApiResult<Json<UnitTree>> {
    let records = app::units::list(&service, &actor, filter.archived).await?;
    Ok(Json(UnitTree { items: records.into_iter().map(OrganisationUnit::from).collect() }))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn a_marker_sees_the_units_of_their_roles_and_nothing_else(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let algebra = scene.unit(UnitKind::Course, "Algebra", Some(&maths)).await;
            let class = scene.unit(UnitKind::Class, "Algebra 1", Some(&algebra)).await;
            scene.unit(UnitKind::Course, "Geometry", Some(&maths)).await;
            let names = async |token: &str| {
                let json = scene.stage.get("/api/v1/auth/units").token(token).send().await.expect(200);
                json["items"].as_array().unwrap().iter().map(|u| u["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
            };
            let at = |path: &authz::UnitPath| Grant { role: Role::Marker, unit: path.clone() };
            let (_, of_course) = scene.people.with_grants(vec![at(&algebra.unit.path)]);
            assert_eq!(names(&of_course).await, ["Algebra", "Algebra 1"]);
            let (_, of_both) = scene.people.with_grants(vec![at(&class.unit.path), at(&algebra.unit.path)]);
            assert_eq!(names(&of_both).await, ["Algebra", "Algebra 1"]);
            let (_, admin) = scene.people.with_role(Role::Admin);
            assert_eq!(names(&admin).await.len(), 4);
        }
    }
}
