//! `POST /api/v1/auth/units/{unit_id}/members`

use std::sync::Arc;

use authz::{AccountId, UnitId};
use axum::extract::State;
use foundation::{FieldProblem, Problem};
use http_kit::{ApiResult, Caller, Json, Path};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AuthService, app};

/// People who are added in one call, at most; whole classes come in by roster.
const MEMBERS_MAX: usize = 500;

/// Who joins a unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddMembersRequest {
    /// Their accounts.
    #[schema(min_items = 1, max_items = 500)]
    accounts: Vec<AccountId>,
}

/// How many are new.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddedMembers {
    /// People who weren't members before.
    added: u64,
}

/// Adds people to a unit: all of them, or none. Who is a member already stays one.
#[utoipa::path(
    post,
    path = "/api/v1/auth/units/{unit_id}/members",
    operation_id = "add_members",
    tag = "auth",
    params(("unit_id" = UnitId, Path, description = "The unit")),
    request_body = AddMembersRequest,
    responses(
        (status = 200, body = AddedMembers),
        (status = 422, description = "`auth.members_invalid`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn add_members(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(unit): Path<UnitId>,
    Json(body): Json<AddMembersRequest>,
) -> ApiResult<Json<AddedMembers>> {
    if body.accounts.is_empty() || body.accounts.len() > MEMBERS_MAX {
        let message = format!("Name 1 to {MEMBERS_MAX} people.");
        let errors = vec![FieldProblem::at("accounts", "count", message.clone())];
        return Err(Problem::invalid("auth.members_invalid", message, errors).into());
    }
    let added = app::members::add(&service, &actor, unit, &body.accounts).await?;
    Ok(Json(AddedMembers { added }))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role, UnitId};
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn add(scene: &Scene, token: &str, unit: UnitId, accounts: &Value) -> Answer {
        let path = format!("/api/v1/auth/units/{unit}/members");
        scene.stage.post(path, &json!({ "accounts": accounts })).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn people_join_a_class_once_and_only_people_whom_the_officer_can_find(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let class = scene.unit(UnitKind::Class, "Class 1", Some(&maths)).await;
            let own = scene.candidate("1", &maths.unit.path).await;
            let stranger = scene.candidate("2", &law.unit.path).await;
            let (_, officer) = scene.people.with_grants(vec![Grant { role: Role::Officer, unit: maths.unit.path.clone() }]);
            assert_eq!(add(&scene, &officer, class.unit.id, &json!([own, own])).await.expect(200), json!({ "added": 1 }));
            assert_eq!(add(&scene, &officer, class.unit.id, &json!([own])).await.expect(200), json!({ "added": 0 }));
            let answer = add(&scene, &officer, class.unit.id, &json!([own, stranger])).await;
            assert_eq!(answer.json()["errors"][0]["field"], "accounts[1]");
            assert_eq!(answer.problem(422), "auth.members_invalid");
            assert_eq!(add(&scene, &officer, law.unit.id, &json!([own])).await.problem(404), "auth.unit_not_found");
            assert_eq!(add(&scene, &officer, class.unit.id, &json!([])).await.problem(422), "auth.members_invalid");
            assert_eq!(add(&scene, &officer, class.unit.id, &json!(["x"])).await.problem(400), "request.invalid");
            let many: Vec<uuid::Uuid> = (0..501).map(uuid::Uuid::from_u128).collect();
            assert_eq!(add(&scene, &officer, class.unit.id, &json!(many)).await.problem(422), "auth.members_invalid");
        }
    }
}
