//! `POST /api/v1/auth/accounts`

use std::sync::Arc;

use auth_api::{DisplayName, Email, PersonNumber};
use authz::{Grant, UnitId};
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use foundation::Problem;
use http_kit::{ApiResult, Caller, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    AuthService, Username, app,
    domain::account::NewAccount,
    http::views::{AccountDetails, ActivationCode, RoleInUnit},
};

/// A person who gets an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAccountRequest {
    /// The name they will sign in with; never changes.
    username: Username,
    /// Their name.
    display_name: DisplayName,
    /// Their student, staff or candidate number.
    #[serde(default)]
    number: Option<PersonNumber>,
    /// Their e-mail address.
    #[serde(default)]
    email: Option<Email>,
    /// The unit whose staff look after the account; null or left out for the whole institution.
    #[serde(default)]
    home_unit_id: Option<UnitId>,
    /// Their roles.
    #[serde(default)]
    #[schema(max_items = 50)]
    roles: Vec<RoleInUnit>,
}

/// A new account, and the code with which its person chooses a password.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedAccount {
    /// The account.
    account: AccountDetails,
    /// To be handed to the person. It is shown this once.
    activation: ActivationCode,
}

/// Makes an account. It has no password: its person chooses one with the activation code.
#[utoipa::path(
    post,
    path = "/api/v1/auth/accounts",
    operation_id = "create_account",
    tag = "auth",
    request_body = CreateAccountRequest,
    responses(
        (status = 201, body = CreatedAccount),
        (status = 409, description = "`auth.username_taken`, `auth.number_taken`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`auth.account_invalid`, `auth.too_many_roles`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn create_account(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Json(body): Json<CreateAccountRequest>,
) -> ApiResult<impl IntoResponse> {
    let new = NewAccount {
        username: body.username,
        display_name: body.display_name,
        number: body.number,
        email: body.email,
        home: app::units::path_of(&service, body.home_unit_id).await?,
    };
    // More than an account can have are refused by their number alone.
    let mut grants = Vec::new();
    for held in body.roles.into_iter().take(crate::domain::account::GRANTS_MAX + 1) {
        grants.push(Grant { role: held.role, unit: app::units::path_of(&service, held.unit_id).await? });
    }
    let (account, activation) = app::create_account::create_account(&service, &actor, new, &grants).await?;
    let created = CreatedAccount { account: account.into(), activation: activation.into() };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(created)))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::Scene;

    async fn create(scene: &Scene, token: &str, body: &Value) -> Answer {
        scene.stage.post("/api/v1/auth/accounts", body).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn an_administrator_makes_an_account_with_roles_and_a_code(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let faculty = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let body = json!({
                "username": "Wei.Li", "display_name": " 李\n伟 ", "number": "T-1", "email": "li@example.org",
                "home_unit_id": faculty.unit.id, "roles": [{ "role": "author", "unit_id": faculty.unit.id }, { "role": "marker" }],
            });
            let json = create(&scene, &admin, &body).await.expect(201);
            assert_eq!(json["account"]["display_name"], "李 伟");
            assert_eq!(json["account"]["status"], "invited");
            assert_eq!(json["account"]["home_unit_name"], "Mathematics");
            assert_eq!(json["account"]["roles"].as_array().unwrap().len(), 2);
            assert_eq!(json["activation"]["code"].as_str().unwrap().len(), 16);
            let mut acts = scene.acts().await;
            acts.sort();
            assert_eq!(acts, ["account.created", "role.granted", "role.granted", "unit.created"]);
        }

        async fn a_user_name_and_a_number_belong_to_one_person_however_they_are_written(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            create(&scene, &admin, &json!({ "username": "wei.li", "display_name": "Li", "number": "a1" })).await.expect(201);
            let taken = create(&scene, &admin, &json!({ "username": "WEI.LI", "display_name": "Li" })).await;
            assert_eq!(taken.json()["errors"][0]["field"], "username");
            assert_eq!(taken.problem(409), "auth.username_taken");
            let number = json!({ "username": "other", "display_name": "Li", "number": "Ａ1" });
            assert_eq!(create(&scene, &admin, &number).await.problem(409), "auth.number_taken");
        }

        async fn a_faculty_administrator_makes_accounts_and_roles_in_their_faculty_alone(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let (_, admin) = scene.people.with_grants(vec![Grant { role: Role::Admin, unit: maths.unit.path.clone() }]);
            let body = |home: Value, role_at: Value| json!({
                "username": "new", "display_name": "New", "home_unit_id": home, "roles": [{ "role": "admin", "unit_id": role_at }],
            });
            let (here, there) = (json!(maths.unit.id), json!(law.unit.id));
            assert_eq!(create(&scene, &admin, &body(there.clone(), here.clone())).await.problem(403), "auth.forbidden");
            assert_eq!(create(&scene, &admin, &body(here.clone(), there)).await.problem(403), "auth.forbidden");
            assert_eq!(create(&scene, &admin, &body(here.clone(), Value::Null)).await.problem(403), "auth.forbidden");
            create(&scene, &admin, &body(here.clone(), here)).await.expect(201);
        }

        async fn what_is_no_account_is_refused_with_the_field(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            for (body, field) in [
                (json!({ "username": "two words", "display_name": "x" }), "username"),
                (json!({ "username": "x", "display_name": "  " }), "display_name"),
                (json!({ "username": "x", "display_name": "y".repeat(201) }), "display_name"),
                (json!({ "username": "x", "display_name": "y", "password": "z" }), "password"),
                (json!({ "username": "x", "display_name": "y", "roles": [{ "role": "king" }] }), "roles[0].role"),
                (json!({ "username": "x", "display_name": "y", "home_unit_id": "7" }), "home_unit_id"),
            ] {
                let answer = create(&scene, &admin, &body).await;
                assert_eq!(answer.json()["errors"][0]["field"], field);
                assert_eq!(answer.problem(400), "request.invalid");
            }
            let email = json!({ "username": "x", "display_name": "y", "email": "not-an-address" });
            assert_eq!(create(&scene, &admin, &email).await.problem(422), "auth.account_invalid");
            let nowhere = json!({ "username": "x", "display_name": "y", "home_unit_id": uuid::Uuid::nil() });
            assert_eq!(create(&scene, &admin, &nowhere).await.problem(404), "auth.unit_not_found");
            let roles: Vec<Value> = (0..51).map(|_| json!({ "role": "marker" })).collect();
            let many = json!({ "username": "x", "display_name": "y", "roles": roles });
            assert_eq!(create(&scene, &admin, &many).await.problem(422), "auth.too_many_roles");
        }
    }
}
