//! `POST /api/v1/auth/units`

use std::sync::Arc;

use auth_api::UnitKind;
use authz::UnitId;
use axum::{extract::State, http::StatusCode};
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::OrganisationUnit;
use crate::{
    AuthService,
    app::{self, units::NewUnit},
    domain::unit::TermId,
};

/// A new unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUnitRequest {
    /// The unit that it lies right below; null or left out for the institution.
    #[serde(default)]
    parent_id: Option<UnitId>,
    /// What it is: a faculty holds faculties, courses and classes, a course holds classes, and a class nothing.
    kind: UnitKind,
    /// Its name.
    name: Text<1, 200>,
    /// A short code that people know it by.
    #[serde(default)]
    code: Option<Text<1, 50>>,
    /// The term in which it runs.
    #[serde(default)]
    term_id: Option<TermId>,
}

/// Makes a unit. Its kind and place never change.
#[utoipa::path(
    post,
    path = "/api/v1/auth/units",
    operation_id = "create_unit",
    tag = "auth",
    request_body = CreateUnitRequest,
    responses(
        (status = 201, body = OrganisationUnit),
        (status = 422, description = "`auth.unit_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn create_unit(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Json(body): Json<CreateUnitRequest>,
) -> ApiResult<(StatusCode, Json<OrganisationUnit>)> {
    let new = NewUnit {
        parent: body.parent_id,
        kind: body.kind,
        name: body.name.into_string(),
        code: body.code.map(Text::into_string),
        term: body.term_id,
    };
    let record = app::units::create(&service, &actor, new).await?;
    Ok((StatusCode::CREATED, Json(record.into())))
}

#[cfg(test)]
mod tests {
    use auth_api::{AuthApi as _, UnitKind};
    use authz::{Grant, Role};
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn create(scene: &Scene, token: &str, body: &Value) -> Answer {
        scene.stage.post("/api/v1/auth/units", body).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn a_faculty_a_course_and_a_class_grow_below_one_another(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let faculty = create(&scene, &admin, &json!({ "kind": "faculty", "name": " Mathematics " })).await.expect(201);
            assert_eq!((&faculty["name"], &faculty["parent_id"]), (&json!("Mathematics"), &json!(null)));
            let course = json!({ "kind": "course", "name": "Algebra", "code": "M-101", "parent_id": faculty["id"] });
            let course = create(&scene, &admin, &course).await.expect(201);
            assert_eq!(course["path"], format!("/{}/{}/", faculty["id"].as_str().unwrap(), course["id"].as_str().unwrap()));
            let unit = scene.service.unit(course["id"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap();
            assert_eq!((unit.kind, unit.name.as_str()), (UnitKind::Course, "Algebra"));
        }

        async fn a_unit_in_an_impossible_place_is_refused(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let class = scene.unit(UnitKind::Class, "Class", None).await;
            let below_class = json!({ "kind": "class", "name": "x", "parent_id": class.unit.id });
            assert_eq!(create(&scene, &admin, &below_class).await.problem(422), "auth.unit_invalid");
            let mut above = scene.unit(UnitKind::Faculty, "1", None).await;
            for depth in 2..=8 {
                above = scene.unit(UnitKind::Faculty, &depth.to_string(), Some(&above)).await;
            }
            let ninth = json!({ "kind": "faculty", "name": "9", "parent_id": above.unit.id });
            let answer = create(&scene, &admin, &ninth).await;
            assert_eq!(answer.json()["errors"][0]["code"], "too_deep");
            assert_eq!(answer.problem(422), "auth.unit_invalid");
            let nowhere = json!({ "kind": "course", "name": "x", "parent_id": uuid::Uuid::nil() });
            assert_eq!(create(&scene, &admin, &nowhere).await.problem(404), "auth.unit_not_found");
            let term = json!({ "kind": "course", "name": "x", "term_id": uuid::Uuid::nil() });
            assert_eq!(create(&scene, &admin, &term).await.problem(422), "auth.unit_invalid");
            for body in [json!({ "kind": "planet", "name": "x" }), json!({ "kind": "course", "name": " " }), json!({ "kind": "course" })] {
                assert_eq!(create(&scene, &admin, &body).await.problem(400), "request.invalid");
            }
        }

        async fn a_faculty_administrator_builds_in_their_faculty_alone(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let (_, admin) = scene.people.with_grants(vec![Grant { role: Role::Admin, unit: maths.unit.path.clone() }]);
            let course = |parent: Value| json!({ "kind": "course", "name": "x", "parent_id": parent });
            create(&scene, &admin, &course(json!(maths.unit.id))).await.expect(201);
            assert_eq!(create(&scene, &admin, &course(json!(law.unit.id))).await.problem(404), "auth.unit_not_found");
            assert_eq!(create(&scene, &admin, &course(Value::Null)).await.problem(403), "auth.forbidden");
        }
    }
}
