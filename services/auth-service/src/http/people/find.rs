//! `GET /api/v1/auth/people`

use std::sync::Arc;

use authz::{AccountId, UnitId};
use axum::extract::State;
use foundation::{FieldProblem, Page, PageQuery, Problem, Text};
use http_kit::{ApiResult, Caller, Json, Query};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    AuthService, app,
    domain::account::{Account, AccountStatus},
    store::people::Filter,
};

/// Ids in one question.
const IDS_MAX: usize = 100;

/// Which people to find.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeopleFilter {
    /// Words that all occur in the user name, number, name or e-mail address.
    #[param(value_type = Option<String>, max_length = 100)]
    q: Option<Text<0, 100>>,
    /// Only people who belong to this unit or one below.
    unit_id: Option<UnitId>,
    /// Only these people: 1 to 100 ids of accounts with commas between them. Who isn't there is left out.
    ids: Option<String>,
}

/// A person whom somebody looked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct FoundPerson {
    /// Their account.
    id: AccountId,
    /// The name they sign in with.
    username: String,
    /// Their number.
    number: Option<String>,
    /// Their name.
    display_name: String,
    /// Whether their account can be used.
    status: AccountStatus,
}

impl From<Account> for FoundPerson {
    fn from(account: Account) -> Self {
        let status = account.status();
        Self {
            id: account.id,
            username: account.username,
            number: account.number,
            display_name: account.display_name,
            status,
        }
    }
}

/// The people of the caller's units, in the order of the user name.
#[utoipa::path(
    get,
    path = "/api/v1/auth/people",
    operation_id = "find_people",
    tag = "auth",
    params(PeopleFilter, PageQuery),
    responses(
        (status = 200, body = Page<FoundPerson>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn find_people(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Query(filter): Query<PeopleFilter>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<FoundPerson>>> {
    let unit = match filter.unit_id {
        Some(id) => Some(app::units::path_of(&service, Some(id)).await?),
        None => None,
    };
    let ids = filter.ids.as_deref().map(ids_of).transpose()?;
    let filter = Filter { words: filter.q.map(Text::into_string), unit, ids, role: None };
    let page = app::find_people::find_people(&service, &actor, &filter, &page).await?;
    let items = page.items.into_iter().map(FoundPerson::from).collect();
    Ok(Json(Page { items, next: page.next }))
}

/// Reads ids with commas between them.
fn ids_of(list: &str) -> Result<Vec<AccountId>, Problem> {
    let ids: Result<Vec<AccountId>, _> = list.split(',').map(|id| id.trim().parse()).collect();
    match ids {
        Ok(ids) if ids.len() <= IDS_MAX => Ok(ids),
        _ => {
            let message = format!("Write 1 to {IDS_MAX} ids of accounts with commas between them.");
            let errors = vec![FieldProblem::at("ids", "invalid", message.clone())];
            Err(Problem::bad_request("request.query_invalid", message).with_errors(errors))
        }
    }
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn an_invigilator_finds_the_candidates_of_their_course_and_no_others(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let algebra = scene.unit(UnitKind::Course, "Algebra", None).await;
            let law = scene.unit(UnitKind::Course, "Law", None).await;
            scene.candidate("A1", &algebra.unit.path).await;
            scene.candidate("L1", &law.unit.path).await;
            // Somebody of another course whom this course's roster brings too.
            scene.candidate("L2", &law.unit.path).await;
            scene.candidate("L2", &algebra.unit.path).await;
            let grant = Grant { role: Role::Invigilator, unit: algebra.unit.path.clone() };
            let (_, invigilator) = scene.people.with_grants(vec![grant]);
            let find = async |query: &str| {
                let path = format!("/api/v1/auth/people?{query}");
                let json = scene.stage.get(path).token(&invigilator).send().await.expect(200);
                let people = json["items"].as_array().unwrap().clone();
                people.iter().map(|p| p["number"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
            };
            assert_eq!(find("").await, "A1 L2");
            assert_eq!(find("q=l").await, "L2");
            assert_eq!(find("q=candidate%20a1").await, "A1");
            assert_eq!(find(&format!("unit_id={}", law.unit.id)).await, "L2");

            let (_, admin) = scene.people.with_role(Role::Admin);
            let all = scene.stage.get("/api/v1/auth/people?q=candidate").token(&admin).send().await.expect(200);
            let id = |number: &str| {
                let person = all["items"].as_array().unwrap().iter().find(|p| p["number"] == number);
                person.unwrap()["id"].as_str().unwrap().to_owned()
            };
            // Of those named, those whom the caller may find.
            assert_eq!(find(&format!("ids={},{}", id("A1"), id("L1"))).await, "A1");
            for bad in ["", "nobody", &[id("A1").as_str(); 101].join(",")] {
                let path = format!("/api/v1/auth/people?ids={bad}");
                let code = scene.stage.get(path).token(&admin).send().await.problem(400);
                assert_eq!(code, "request.query_invalid");
            }
        }
    }
}
