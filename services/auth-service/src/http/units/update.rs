//! `PATCH /api/v1/auth/units/{unit_id}`

use std::sync::Arc;

use authz::UnitId;
use axum::extract::State;
use foundation::{Problem, Text};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::OrganisationUnit;
use crate::{
    AuthService,
    app::{self, units::UnitChange},
    domain::unit::TermId,
    http::views::present,
};

/// What to change. What is left out stays; null takes away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateUnitRequest {
    /// Its name.
    #[serde(default)]
    name: Option<Text<1, 200>>,
    /// Its code, or null.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Text<1, 50>>)]
    code: Option<Option<Text<1, 50>>>,
    /// The term in which it runs, or null.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<TermId>)]
    term_id: Option<Option<TermId>>,
    /// Whether it is over: it is shown no more, and nothing new is put into it.
    #[serde(default)]
    archived: Option<bool>,
}

/// Renames a unit, or archives it.
#[utoipa::path(
    patch,
    path = "/api/v1/auth/units/{unit_id}",
    operation_id = "update_unit",
    tag = "auth",
    params(("unit_id" = UnitId, Path, description = "The unit")),
    request_body = UpdateUnitRequest,
    responses(
        (status = 200, body = OrganisationUnit),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn update_unit(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<UnitId>,
    Json(body): Json<UpdateUnitRequest>,
) -> ApiResult<Json<OrganisationUnit>> {
    let change = UnitChange {
        name: body.name.map(Text::into_string),
        code: body.code.map(|code| code.map(Text::into_string)),
        term: body.term_id,
        archived: body.archived,
    };
    Ok(Json(app::units::update(&service, &actor, id, change).await?.into()))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role, UnitId};
    use axum::http::Method;
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn update(scene: &Scene, token: &str, id: UnitId, body: &Value) -> Answer {
        scene
            .stage
            .request(Method::PATCH, format!("/api/v1/auth/units/{id}"))
            .json(body)
            .token(token)
            .send()
            .await
    }

    test_kit::on_both_databases! {
        async fn a_unit_that_is_over_is_shown_no_more_and_takes_nothing_new(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let course = scene.unit(UnitKind::Course, "Algebra", None).await;
            let json = update(&scene, &admin, course.unit.id, &json!({ "name": "Algebra I", "code": "A", "archived": true })).await.expect(200);
            assert_eq!((&json["name"], &json["code"], &json["archived"]), (&json!("Algebra I"), &json!("A"), &json!(true)));
            let listed = |query: &str| scene.stage.get(format!("/api/v1/auth/units{query}")).token(&admin).send();
            assert_eq!(listed("").await.expect(200)["items"], json!([]));
            assert_eq!(listed("?archived=true").await.expect(200)["items"][0]["name"], "Algebra I");
            let below = json!({ "kind": "class", "name": "x", "parent_id": course.unit.id });
            assert_eq!(scene.stage.post("/api/v1/auth/units", &below).token(&admin).send().await.problem(422), "auth.unit_invalid");
            let home = json!({ "username": "x", "display_name": "x", "home_unit_id": course.unit.id });
            assert_eq!(scene.stage.post("/api/v1/auth/accounts", &home).token(&admin).send().await.problem(404), "auth.unit_not_found");
            let json = update(&scene, &admin, course.unit.id, &json!({ "code": null, "archived": false })).await.expect(200);
            assert_eq!((&json["code"], &json["archived"]), (&json!(null), &json!(false)));
        }

        async fn a_unit_keeps_its_kind_and_place_and_is_changed_by_its_own_administrators(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let at = |role| scene.people.with_grants(vec![Grant { role, unit: maths.unit.path.clone() }]).1;
            let name = json!({ "name": "x" });
            assert_eq!(update(&scene, &at(Role::Admin), maths.unit.id, &json!({ "parent_id": law.unit.id })).await.problem(400), "request.invalid");
            assert_eq!(update(&scene, &at(Role::Admin), law.unit.id, &name).await.problem(404), "auth.unit_not_found");
            assert_eq!(update(&scene, &at(Role::Officer), maths.unit.id, &name).await.problem(403), "auth.forbidden");
            update(&scene, &at(Role::Admin), maths.unit.id, &name).await.expect(200);
        }
    }
}
