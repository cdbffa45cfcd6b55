//! `PATCH /api/v1/auth/accounts/{account_id}`

use std::sync::Arc;

use auth_api::{DisplayName, Email, PersonNumber};
use authz::{AccountId, UnitId};
use axum::extract::State;
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    AuthService,
    app::{self, update_account::AccountChange},
    http::views::{AccountDetails, present},
};

/// What to change. What is left out stays; null takes away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateAccountRequest {
    /// The person's name.
    #[serde(default)]
    display_name: Option<DisplayName>,
    /// Their number, or null.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<PersonNumber>)]
    number: Option<Option<PersonNumber>>,
    /// Their e-mail address, or null.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Email>)]
    email: Option<Option<Email>>,
    /// The unit whose staff look after the account; null for the whole institution.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<UnitId>)]
    home_unit_id: Option<Option<UnitId>>,
}

/// Changes what is known of a person.
#[utoipa::path(
    patch,
    path = "/api/v1/auth/accounts/{account_id}",
    operation_id = "update_account",
    tag = "auth",
    params(("account_id" = AccountId, Path, description = "The account")),
    request_body = UpdateAccountRequest,
    responses(
        (status = 200, body = AccountDetails),
        (status = 403, description = "`auth.account_out_of_reach`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`auth.number_taken`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn update_account(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Path(id): Path<AccountId>,
    Json(body): Json<UpdateAccountRequest>,
) -> ApiResult<Json<AccountDetails>> {
    let home = match body.home_unit_id {
        Some(unit) => Some(app::units::path_of(&service, unit).await?),
        None => None,
    };
    let change =
        AccountChange { display_name: body.display_name, number: body.number, email: body.email, home };
    Ok(Json(app::update_account::update_account(&service, &actor, id, change).await?.into()))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{AccountId, Grant, Role};
    use axum::http::Method;
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn update(scene: &Scene, token: &str, id: AccountId, body: &Value) -> Answer {
        scene
            .stage
            .request(Method::PATCH, format!("/api/v1/auth/accounts/{id}"))
            .json(body)
            .token(token)
            .send()
            .await
    }

    test_kit::on_both_databases! {
        async fn what_is_left_out_stays_and_null_takes_away(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[]).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let json = update(&scene, &admin, id, &json!({ "number": "A1", "email": "li@example.org" })).await.expect(200);
            assert_eq!((json["number"].as_str(), json["display_name"].as_str()), (Some("A1"), Some("Person wei.li")));
            let json = update(&scene, &admin, id, &json!({ "email": null, "display_name": "Li Wei" })).await.expect(200);
            assert_eq!((json["number"].as_str(), json["email"].as_str()), (Some("A1"), None));
            let found = scene.stage.get("/api/v1/auth/accounts?q=li%20wei%20a1").token(&admin).send().await.expect(200);
            assert_eq!(found["items"][0]["id"], id.to_string());
            let acts = scene.acts().await;
            assert_eq!(acts.iter().filter(|act| *act == "account.changed").count(), 2);
            update(&scene, &admin, id, &json!({})).await.expect(200);
            assert_eq!(scene.acts().await.len(), acts.len(), "nothing changed, nothing recorded");
        }

        async fn others_learn_of_a_new_name_and_number(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let id = scene.person("wei.li", &[]).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            update(&scene, &admin, id, &json!({ "email": "li@example.org" })).await.expect(200);
            update(&scene, &admin, id, &json!({ "display_name": "Li Wei" })).await.expect(200);
            let mut conn = scene.service.db.read().await.unwrap();
            let facts: Vec<(String, String)> = db::on!(&mut conn, c => sqlx::query_as("SELECT kind, payload FROM auth.outbox").fetch_all(c).await).unwrap();
            let [(kind, payload)] = facts.as_slice() else { panic!("{facts:?}") };
            assert_eq!(kind, auth_api::PERSON_CHANGED);
            let payload: Value = serde_json::from_str(payload).unwrap();
            assert_eq!(payload, json!({ "account": id, "display_name": "Li Wei", "number": null }));
        }

        async fn a_number_that_another_has_is_refused(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.candidate("a1", &authz::UnitPath::institution()).await;
            let id = scene.person("wei.li", &[]).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            assert_eq!(update(&scene, &admin, id, &json!({ "number": "A1" })).await.problem(409), "auth.number_taken");
            assert_eq!(update(&scene, &admin, id, &json!({ "email": "x" })).await.problem(400), "request.invalid");
            assert_eq!(update(&scene, &admin, id, &json!({ "username": "x" })).await.problem(400), "request.invalid");
        }

        async fn a_faculty_administrator_can_not_touch_or_take_in_people_beyond_reach(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let lawyer = scene.person_at("lawyer", &[], law.unit.path.clone()).await;
            let rector = scene.person_at("rector", &[Scene::everywhere(Role::Admin)], maths.unit.path.clone()).await;
            let own = scene.person_at("own", &[], maths.unit.path.clone()).await;
            let (_, admin) = scene.people.with_grants(vec![Grant { role: Role::Admin, unit: maths.unit.path.clone() }]);
            let name = json!({ "display_name": "x" });
            assert_eq!(update(&scene, &admin, lawyer, &name).await.problem(404), "auth.account_not_found");
            assert_eq!(update(&scene, &admin, rector, &name).await.problem(403), "auth.account_out_of_reach");
            let moved = json!({ "home_unit_id": law.unit.id });
            assert_eq!(update(&scene, &admin, own, &moved).await.problem(403), "auth.forbidden");
            update(&scene, &admin, own, &name).await.expect(200);
        }
    }
}
