//! `POST /api/v1/auth/accounts/{account_id}/roles`

use std::sync::Arc;

use authz::{AccountId, Grant};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};

use crate::{
    AuthService, app,
    http::views::{AccountDetails, RoleInUnit},
};

/// Gives an account a role in a unit and all that lies below it. It holds from the next renewal of the person's access token. Doing it twice changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/auth/accounts/{account_id}/roles",
    operation_id = "grant_role",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    request_body = RoleInUnit,
    responses(
        (status = 200, body = AccountDetails),
        (status = 422, description = "`auth.too_many_roles`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn grant_role(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
    Json(body): Json<RoleInUnit>,
) -> ApiResult<Json<AccountDetails>> {
    let grant = Grant { role: body.role, unit: app::units::path_of(&service, body.unit_id).await? };
    Ok(Json(app::grant_role::grant_role(&service, &actor, id, &grant).await?.into()))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{AccountId, Grant, Role};
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn give(scene: &Scene, token: &str, id: AccountId, body: &Value) -> Answer {
        scene.stage.post(format!("/api/v1/auth/accounts/{id}/roles"), body).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn a_role_holds_in_its_unit_and_below(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let algebra = scene.unit(UnitKind::Course, "Algebra", Some(&maths)).await;
            scene.unit(UnitKind::Faculty, "Law", None).await;
            let id = scene.person("wei.li", &[]).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let role = json!({ "role": "author", "unit_id": maths.unit.id });
            for _ in 0..2 {
                let json = give(&scene, &admin, id, &role).await.expect(200);
                assert_eq!(json["roles"], json!([{ "role": "author", "unit_id": maths.unit.id, "unit_name": "Mathematics" }]));
            }
            let token = scene.sign_in("wei.li").await.token;
            let units = scene.stage.get("/api/v1/auth/units").token(&token).send().await.expect(200);
            let seen: Vec<&str> = units["items"].as_array().unwrap().iter().map(|u| u["id"].as_str().unwrap()).collect();
            assert_eq!(seen, [maths.unit.id.to_string(), algebra.unit.id.to_string()]);
        }

        async fn nobody_gives_a_role_beyond_their_own_units(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let own = scene.person_at("own", &[], maths.unit.path.clone()).await;
            let lawyer = scene.person_at("lawyer", &[], law.unit.path.clone()).await;
            let (_, admin) = scene.people.with_grants(vec![Grant { role: Role::Admin, unit: maths.unit.path.clone() }]);
            assert_eq!(give(&scene, &admin, own, &json!({ "role": "admin" })).await.problem(403), "auth.forbidden");
            assert_eq!(give(&scene, &admin, own, &json!({ "role": "marker", "unit_id": law.unit.id })).await.problem(403), "auth.forbidden");
            assert_eq!(give(&scene, &admin, lawyer, &json!({ "role": "marker", "unit_id": maths.unit.id })).await.problem(404), "auth.account_not_found");
            give(&scene, &admin, own, &json!({ "role": "marker", "unit_id": maths.unit.id })).await.expect(200);
            assert_eq!(give(&scene, &admin, own, &json!({ "role": "marker", "unit_id": uuid::Uuid::nil() })).await.problem(404), "auth.unit_not_found");
            assert_eq!(give(&scene, &admin, own, &json!({ "role": "king" })).await.problem(400), "request.invalid");
        }
    }
}
