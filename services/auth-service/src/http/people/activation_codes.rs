//! `POST /api/v1/auth/people/activation-codes`

use std::sync::Arc;

use authz::AccountId;
use axum::{extract::State, http::header, response::IntoResponse};
use foundation::{FieldProblem, Instant, Problem};
use http_kit::{ApiResult, Caller, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{AuthService, app};

/// People in one call, at most.
const PEOPLE_MAX: usize = 500;

/// Who gets a code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueActivationCodesRequest {
    /// Their accounts; none of them has a password.
    #[schema(min_items = 1, max_items = 500)]
    accounts: Vec<AccountId>,
}

/// New activation codes, to be printed. They are shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuedActivationCodes {
    /// In the order in which they were asked for.
    issued: Vec<ActivationSlip>,
}

/// What is printed for one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivationSlip {
    /// The account.
    account_id: AccountId,
    /// The name they sign in with.
    username: String,
    /// Their name.
    display_name: String,
    /// The code, in groups.
    code: String,
    /// When it stops being good.
    expires_at: Instant,
}

/// Makes activation codes for people who have no password yet: for all of them, or for none.
#[utoipa::path(
    post,
    path = "/api/v1/auth/people/activation-codes",
    operation_id = "issue_activation_codes",
    tag = "auth",
    request_body = IssueActivationCodesRequest,
    responses(
        (status = 200, body = IssuedActivationCodes),
        (status = 422, description = "`auth.activation_refused`", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn issue_activation_codes(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Json(body): Json<IssueActivationCodesRequest>,
) -> ApiResult<impl IntoResponse> {
    if body.accounts.is_empty() || body.accounts.len() > PEOPLE_MAX {
        let message = format!("Name 1 to {PEOPLE_MAX} people.");
        let errors = vec![FieldProblem::at("accounts", "count", message.clone())];
        return Err(Problem::invalid("auth.activation_refused", message, errors).into());
    }
    let issued = app::activation_codes::issue_activation_codes(&service, &actor, &body.accounts).await?;
    let issued = issued
        .into_iter()
        .map(|(account, activation)| ActivationSlip {
            account_id: account.id,
            username: account.username,
            display_name: account.display_name,
            code: activation.code.to_string(),
            expires_at: activation.expires_at,
        })
        .collect();
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(IssuedActivationCodes { issued })))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use serde_json::{Value, json};
    use test_kit::{Answer, TestDatabase};

    use crate::http::testing::{PASSWORD, Scene};

    async fn issue(scene: &Scene, token: &str, accounts: &Value) -> Answer {
        let body = json!({ "accounts": accounts });
        scene.stage.post("/api/v1/auth/people/activation-codes", &body).token(token).send().await
    }

    test_kit::on_both_databases! {
        async fn a_class_gets_its_first_passwords_from_printed_slips(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let class = scene.unit(UnitKind::Class, "Class 1", None).await;
            let (one, two) = (scene.candidate("S1", &class.unit.path).await, scene.candidate("S2", &class.unit.path).await);
            let (_, officer) = scene.people.with_grants(vec![Grant { role: Role::Officer, unit: class.unit.path.clone() }]);
            let json = issue(&scene, &officer, &json!([two, one, two])).await.expect(200);
            let names: Vec<_> = json["issued"].as_array().unwrap().iter().map(|s| s["username"].as_str().unwrap()).collect();
            assert_eq!(names, ["S2", "S1"]);
            let body = json!({ "username": "s2", "code": json["issued"][0]["code"], "new_password": PASSWORD });
            scene.stage.post("/api/v1/auth/activate", &body).send().await.expect(200);
        }

        async fn whoever_has_a_password_or_is_out_of_reach_gets_no_code_and_nobody_else_either(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let class = scene.unit(UnitKind::Class, "Class 1", None).await;
            let invited = scene.candidate("S1", &class.unit.path).await;
            let active = scene.person_at("active", &[], class.unit.path.clone()).await;
            let author = scene.person_at("author", &[Grant { role: Role::Author, unit: class.unit.path.clone() }], class.unit.path.clone()).await;
            let stranger = scene.candidate("S9", &authz::UnitPath::institution()).await;
            let (_, officer) = scene.people.with_grants(vec![Grant { role: Role::Officer, unit: class.unit.path.clone() }]);
            let answer = issue(&scene, &officer, &json!([invited, active, author, stranger])).await;
            let codes: Vec<_> = answer.json()["errors"].as_array().unwrap().iter()
                .map(|e| format!("{} {}", e["field"].as_str().unwrap(), e["code"].as_str().unwrap())).collect();
            assert_eq!(codes, ["accounts[1] not_invited", "accounts[2] out_of_reach", "accounts[3] unknown"]);
            assert_eq!(answer.problem(422), "auth.activation_refused");
            assert_eq!(issue(&scene, &officer, &json!([])).await.problem(422), "auth.activation_refused");
            assert_eq!(issue(&scene, &officer, &json!("x")).await.problem(400), "request.invalid");
        }

        async fn a_code_that_is_shown_once_is_kept_nowhere_not_even_by_an_idempotency_key(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, officer) = scene.people.with_role(Role::Officer);
            let id = scene.candidate("S1", &authz::UnitPath::institution()).await;
            let body = json!({ "accounts": [id] });
            let request = scene.stage.post("/api/v1/auth/people/activation-codes", &body).token(&officer);
            request.header("idempotency-key", "print-1").send().await.expect(200);
            let mut conn = scene.service.db.read().await.unwrap();
            let kept: i64 = db::on!(&mut conn, c => sqlx::query_scalar("SELECT count(*) FROM auth.idempotency_keys").fetch_one(c).await).unwrap();
            assert_eq!(kept, 0);
        }
    }
}
