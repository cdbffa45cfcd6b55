//! Every endpoint's door, tried from outside: by nobody, by people without the role, by staff of another faculty.

use std::collections::BTreeSet;

use auth_api::{Admission, AuthApi as _, PersonRow, SittingAdmissions};
use authz::{Actor, Grant, Role, Rule, Rules, UnitPath, Who};
use axum::http::Method;
use foundation::{Clock as _, Id, Span, SystemRandom, Text};
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

use crate::kit::Kit;

/// An endpoint as the API's description has it.
struct Endpoint {
    method: Method,
    path: String,
    operation: String,
}

fn endpoints(kit: &Kit) -> Vec<Endpoint> {
    let openapi = serde_json::to_value(&*kit.stage.openapi).unwrap();
    let mut endpoints = Vec::new();
    for (path, item) in openapi["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            endpoints.push(Endpoint {
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                operation: operation["operationId"].as_str().unwrap().to_owned(),
            });
        }
    }
    endpoints
}

fn rules(kit: &Kit) -> Rules {
    Rules::of(kit.service.parts().rules.iter().copied())
}

/// A body that the endpoint would take from somebody who may call it.
fn body(operation: &str, things: &Things) -> Option<Value> {
    let nothing = json!({});
    Some(match operation {
        "create_account" => json!({ "username": "new", "display_name": "New", "home_unit_id": things.unit }),
        "update_account" => json!({ "display_name": "Changed" }),
        "grant_role" | "revoke_role" => json!({ "role": "marker", "unit_id": things.unit }),
        "issue_activation_codes" | "add_members" => json!({ "accounts": [things.account] }),
        "create_unit" => json!({ "kind": "class", "name": "New", "parent_id": things.unit }),
        "update_unit" => json!({ "name": "Changed" }),
        "create_term" | "update_term" => {
            json!({ "name": "T", "starts_on": "2026-09-01", "ends_on": "2026-09-02" })
        }
        "issue_admission_codes" => json!({ "which": "all" }),
        "change_my_password" => json!({ "current_password": "x", "new_password": "y" }),
        "login" => json!({ "username": "x", "password": "y" }),
        "activate_account" => json!({ "username": "x", "code": "y", "new_password": "z" }),
        "check_in" => json!({ "code": "x" }),
        "disable_account" | "enable_account" | "reset_password" | "unlock_account" | "issue_ticket"
        | "refresh" | "logout" => nothing,
        _ => return None,
    })
}

/// Things that belong to one faculty.
struct Things {
    unit: Value,
    account: Value,
    sitting: Value,
    attempt: Value,
    path: UnitPath,
}

impl Things {
    async fn make(kit: &Kit, name: &str) -> Self {
        let (_, admin) = kit.people.with_role(Role::Admin);
        let unit = json!({ "kind": "faculty", "name": name });
        let unit = kit.stage.post("/api/v1/auth/units", &unit).token(&admin).send().await.expect(201);
        let path = UnitPath::try_from(unit["path"].as_str().unwrap().to_owned()).unwrap();
        let actor = Actor::System("test");
        let row = PersonRow {
            number: Text::new(name).unwrap(),
            display_name: Text::new(name).unwrap(),
            email: None,
            class: None,
        };
        let people = kit.service.import_people(&actor, &path, vec![row], false).await.unwrap();
        let candidate = people[0].account.unwrap();
        let sitting = SittingAdmissions {
            sitting: Id::new(&kit.clock, &SystemRandom),
            title: Text::new(name).unwrap(),
            unit: path.clone(),
        };
        let attempt = Id::new(&kit.clock, &SystemRandom);
        let opens_at = kit.clock.now() + Span::from_minutes(30);
        let admission =
            Admission { candidate, attempt, opens_at, closes_at: opens_at + Span::from_minutes(60) };
        kit.service.register_admissions(&actor, &sitting, vec![admission]).await.unwrap();
        Self {
            unit: unit["id"].clone(),
            account: json!(candidate),
            sitting: json!(sitting.sitting),
            attempt: json!(attempt),
            path,
        }
    }

    /// The endpoint's path with the ids of these things.
    fn fill(&self, path: &str) -> String {
        let text = |id: &Value| id.as_str().unwrap().to_owned();
        path.replace("{account_id}", &text(&self.account))
            .replace("{unit_id}", &text(&self.unit))
            .replace("{sitting_id}", &text(&self.sitting))
            .replace("{attempt_id}", &text(&self.attempt))
            .replace("{session_id}", &text(&self.attempt))
            .replace("{term_id}", &text(&self.attempt))
    }
}

async fn call(kit: &Kit, endpoint: &Endpoint, things: &Things, token: Option<&str>) -> Answer {
    let mut path = things.fill(&endpoint.path);
    let mut request = match body(&endpoint.operation, things) {
        Some(body) => kit.stage.request(endpoint.method.clone(), path).json(&body),
        None if endpoint.operation == "import_people" => {
            path.push_str(&format!("?unit_id={}", things.unit.as_str().unwrap()));
            kit.stage.request(endpoint.method.clone(), path).bytes("text/csv", "number,name\nN1,New\n")
        }
        None if matches!(endpoint.method, Method::GET | Method::DELETE) => {
            kit.stage.request(endpoint.method.clone(), path)
        }
        None => panic!("{} needs a body here, so that its permissions are tried", endpoint.operation),
    };
    if let Some(token) = token {
        request = request.token(token);
    }
    request.send().await
}

test_kit::on_both_databases! {
    async fn every_endpoint_has_a_rule_and_every_rule_an_endpoint(database: TestDatabase) {
        let kit = Kit::open(&database).await;
        let described: BTreeSet<(String, String)> =
            endpoints(&kit).into_iter().map(|e| (e.path, e.method.to_string())).collect();
        let ruled: BTreeSet<(String, String)> =
            // What other services call is no part of the description.
            rules(&kit)
                .iter()
                .filter(|rule| rule.who != Who::Service)
                .map(|Rule { method, path, .. }| (path.to_owned(), method.to_owned()))
                .collect();
        assert_eq!(described, ruled);
        let operations: BTreeSet<String> = endpoints(&kit).into_iter().map(|e| e.operation).collect();
        assert_eq!(operations.len(), described.len(), "every operation has an id of its own");
    }

    async fn nobody_and_whoever_lacks_the_role_stay_outside(database: TestDatabase) {
        let kit = Kit::open(&database).await;
        let things = Things::make(&kit, "Mathematics").await;
        for endpoint in endpoints(&kit) {
            let who = rules(&kit).find(endpoint.method.as_str(), &endpoint.path).unwrap();
            if who == Who::Public {
                continue;
            }
            let answer = call(&kit, &endpoint, &things, None).await;
            assert_eq!(answer.problem(401), "auth.sign_in_needed", "{} {}", endpoint.method, endpoint.path);
            let Who::May(action) = who else { continue };
            for role in Role::ALL.into_iter().filter(|role| !action.roles().contains(role)) {
                let (_, token) = kit.people.with_role(role);
                let answer = call(&kit, &endpoint, &things, Some(&token)).await;
                assert_eq!(answer.problem(403), "auth.forbidden", "{role:?} {} {}", endpoint.method, endpoint.path);
            }
        }
    }

    async fn staff_of_one_faculty_do_nothing_in_another(database: TestDatabase) {
        let kit = Kit::open(&database).await;
        let (maths, law) = (Things::make(&kit, "Mathematics").await, Things::make(&kit, "Law").await);
        let every_role = Role::ALL.into_iter().map(|role| Grant { role, unit: maths.path.clone() }).collect();
        let (_, token) = kit.people.with_grants(every_role);
        for endpoint in endpoints(&kit) {
            let who = rules(&kit).find(endpoint.method.as_str(), &endpoint.path).unwrap();
            if !matches!(who, Who::May(_)) {
                continue;
            }
            let answer = call(&kit, &endpoint, &law, Some(&token)).await;
            let text = answer.json().to_string();
            match answer.status.as_u16() {
                // 401: a ticket for oneself, whose session isn't one. 422: people whom one can't find.
                401 | 403 | 404 | 422 => {}
                // A list shows one's own.
                200 if endpoint.method == Method::GET => {
                    assert!(!text.contains("Law"), "{} shows {text}", endpoint.operation);
                }
                status => panic!("{} {} answered {status}: {text}", endpoint.method, endpoint.path),
            }
        }
        // And nothing of it happened.
        let (_, admin) = kit.people.with_role(Role::Admin);
        let path = law.fill("/api/v1/auth/accounts/{account_id}");
        let account = kit.stage.get(path).token(&admin).send().await.expect(200);
        assert_eq!((account["display_name"].as_str(), account["status"].as_str()), (Some("Law"), Some("invited")));
        assert_eq!(account["roles"].as_array().unwrap().len(), 1);
    }

    async fn ids_that_are_none_and_ids_of_nothing_are_not_found(database: TestDatabase) {
        let kit = Kit::open(&database).await;
        let there = Things::make(&kit, "Mathematics").await;
        let every_role: Vec<Grant> = Role::ALL.into_iter().map(|role| Grant { role, unit: UnitPath::institution() }).collect();
        let (_, token) = kit.people.with_grants(every_role);
        for id in ["0192f0c1-2345-7abc-8def-0123456789ab", "not-an-id", "%00", "..", "💥"] {
            let id = json!(id);
            for endpoint in endpoints(&kit).into_iter().filter(|endpoint| endpoint.path.contains('{')) {
                let target = Things {
                    path: there.path.clone(),
                    unit: id.clone(),
                    account: id.clone(),
                    sitting: id.clone(),
                    attempt: id.clone(),
                };
                let url = target.fill(&endpoint.path);
                let url = url.replace('💥', "%F0%9F%92%A5");
                let mut request = kit.stage.request(endpoint.method.clone(), url).token(&token);
                if let Some(body) = body(&endpoint.operation, &there) {
                    request = request.json(&body);
                }
                let answer = request.send().await;
                assert!(matches!(answer.status.as_u16(), 401 | 404), "{} {id}: {}", endpoint.operation, answer.status);
            }
        }
    }
}
