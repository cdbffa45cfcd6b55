//! `GET /api/v1/auth/accounts`

use std::sync::Arc;

use authz::{Role, UnitId};
use axum::extract::State;
use foundation::{Page, PageQuery, Problem, Text};
use http_kit::{ApiResult, Caller, Json, Query};
use serde::Deserialize;

use crate::{AuthService, app, http::views::AccountSummary, store::people::Filter};

/// Which accounts to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccountFilter {
    /// Words that all occur in the user name, number, name or e-mail address.
    #[param(value_type = Option<String>, max_length = 100)]
    q: Option<Text<0, 100>>,
    /// Only people who belong to this unit or one below.
    unit_id: Option<UnitId>,
    /// Only people with this role.
    role: Option<Role>,
}

/// The accounts that the caller manages, in the order of the user name.
#[utoipa::path(
    get,
    path = "/api/v1/auth/accounts",
    operation_id = "list_accounts",
    tag = "auth",
    params(AccountFilter, PageQuery),
    responses(
        (status = 200, body = Page<AccountSummary>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list_accounts(
    State(service): State<Arc<AuthService>>,
    Caller(actor): Caller,
    Query(filter): Query<AccountFilter>,
    Query(page): Query<PageQuery>,
) -> ApiResult<Json<Page<AccountSummary>>> {
    let unit = match filter.unit_id {
        Some(id) => Some(app::units::path_of(&service, Some(id)).await?),
        None => None,
    };
    let filter =
        Filter { words: filter.q.map(Text::into_string), unit, ids: None, role: filter.role.map(Role::name) };
    let page = app::accounts::list(&service, &actor, &filter, &page).await?;
    let items = page.items.into_iter().map(AccountSummary::from).collect();
    Ok(Json(Page { items, next: page.next }))
}

#[cfg(test)]
mod tests {
    use auth_api::UnitKind;
    use authz::{Grant, Role};
    use serde_json::Value;
    use test_kit::TestDatabase;

    use crate::http::testing::Scene;

    fn usernames(json: &Value) -> Vec<&str> {
        json["items"].as_array().unwrap().iter().map(|a| a["username"].as_str().unwrap()).collect()
    }

    test_kit::on_both_databases! {
        async fn an_administrator_pages_through_everybody_in_order(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            for name in ["delta", "Alpha", "charlie", "Bravo", "echo"] {
                scene.person(name, &[]).await;
            }
            let (_, admin) = scene.people.with_role(Role::Admin);
            let mut seen = Vec::new();
            let mut path = "/api/v1/auth/accounts?limit=2".to_owned();
            loop {
                let json = scene.stage.get(&path).token(&admin).send().await.expect(200);
                seen.extend(usernames(&json).into_iter().map(ToOwned::to_owned));
                let Some(next) = json["next"].as_str() else { break };
                path = format!("/api/v1/auth/accounts?limit=2&after={next}");
            }
            assert_eq!(seen, ["Alpha", "Bravo", "charlie", "delta", "echo"]);
        }

        async fn people_are_found_by_words_in_any_language_unit_and_role(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let faculty = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            scene.person_at("wei.li", &[Scene::everywhere(Role::Marker)], faculty.unit.path.clone()).await;
            scene.person("other", &[]).await;
            scene.candidate("2026_100", &faculty.unit.path).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let find = async |query: &str| {
                let path = format!("/api/v1/auth/accounts?{query}");
                let json = scene.stage.get(path).token(&admin).send().await.expect(200);
                usernames(&json).join(" ")
            };
            assert_eq!(find("q=person%20LI").await, "wei.li");
            assert_eq!(find("q=6_1").await, "2026_100");
            assert_eq!(find("q=2_2").await, "");
            assert_eq!(find("q=%25").await, "");
            assert_eq!(find("role=marker").await, "wei.li");
            assert_eq!(find(&format!("unit_id={}", faculty.unit.id)).await, "2026_100 wei.li");
            assert_eq!(find("q=%EF%BC%B7%EF%BC%A5%EF%BC%A9").await, "wei.li");
        }

        async fn an_administrator_of_one_faculty_sees_its_people_alone(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let maths = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
            let law = scene.unit(UnitKind::Faculty, "Law", None).await;
            let course = scene.unit(UnitKind::Course, "Algebra", Some(&maths)).await;
            scene.person_at("at-home", &[], course.unit.path.clone()).await;
            scene.person_at("by-role", &[Grant { role: Role::Author, unit: course.unit.path.clone() }], law.unit.path.clone()).await;
            scene.person_at("lawyer", &[], law.unit.path.clone()).await;
            scene.person("rector", &[Scene::everywhere(Role::Admin)]).await;
            let (_, admin) = scene.people.with_grants(vec![Grant { role: Role::Admin, unit: maths.unit.path.clone() }]);
            let json = scene.stage.get("/api/v1/auth/accounts").token(&admin).send().await.expect(200);
            assert_eq!(usernames(&json), ["at-home", "by-role"]);
        }

        async fn a_query_that_can_not_be_read_is_refused(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            let (_, admin) = scene.people.with_role(Role::Admin);
            let long = format!("q={}", "x".repeat(101));
            for query in ["limit=many", "unit_id=7", "role=king", long.as_str()] {
                let answer = scene.stage.get(format!("/api/v1/auth/accounts?{query}")).token(&admin).send().await;
                assert_eq!(answer.problem(400), "request.query_invalid", "{query}");
            }
            scene.stage.get("/api/v1/auth/accounts?limit=100000&after=nonsense").token(&admin).send().await.expect(200);
        }
    }
}
