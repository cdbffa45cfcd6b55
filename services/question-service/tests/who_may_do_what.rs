//! Every endpoint, asked by who has no business there, on either database.

#![expect(clippy::expect_used, reason = "a test that can't go on must stop")]

mod kit;

use authz::{Role, Rule, Who};
use axum::http::Method;
use kit::{Desk, PNG, content, id, saved, text};
use question_service::http::RULES;
use serde_json::{Value, json};
use test_kit::{Answer, TestDatabase};

/// What an author of one unit has.
struct Things {
    desk: Desk,
    bank: String,
    category: String,
    question: Value,
    stimulus: String,
}

impl Things {
    async fn of_the_author(database: TestDatabase) -> Self {
        let desk = Desk::open(database).await;
        let bank = desk.bank("Secret bank").await;
        let category = desk.category(&bank, None, "Secret category").await;
        let stimulus =
            desk.post(&format!("/banks/{bank}/stimuli"), &json!({ "text": text("x") })).await.expect(201);
        let question = desk.question(&bank, "Secret question").await;
        Self { desk, bank, category, question, stimulus: id(&stimulus) }
    }

    fn path(&self, rule: &Rule) -> String {
        let path = rule
            .path
            .replace("{bank_id}", &self.bank)
            .replace("{category_id}", &self.category)
            .replace("{question_id}", &id(&self.question))
            .replace("{stimulus_id}", &self.stimulus)
            .replace("{number}", "1")
            .replace("{sha256}", &"0".repeat(64));
        if path.contains("/import") || path.contains("/export") {
            format!("{path}?format=gift")
        } else {
            path
        }
    }

    /// A body that the endpoint would take from the author.
    fn body(&self, rule: &Rule) -> Option<Value> {
        let question = &self.question;
        Some(match (rule.method, rule.path.strip_prefix("/api/v1/questions").expect("our prefix")) {
            ("GET" | "DELETE", _) => return None,
            (_, "/media" | "/banks/{bank_id}/import") => return None,
            ("POST", "/banks") => json!({ "unit_path": self.desk.unit, "title": "Mine now" }),
            ("PUT", "/banks/{bank_id}") => {
                json!({ "version": 1, "unit_path": self.desk.stranger_unit, "title": "Mine now", "description": "" })
            }
            ("POST", "/banks/{bank_id}/categories") => json!({ "name": "Mine" }),
            ("PUT", "/categories/{category_id}") => json!({ "name": "Mine", "parent_id": null }),
            ("POST", "/banks/{bank_id}/questions") => json!({ "content": content("Mine", "ready") }),
            ("PUT", "/{question_id}") => saved(question),
            ("POST", "/{question_id}/duplicate") => json!({}),
            ("POST", "/{question_id}/versions/{number}/restore") => json!({ "version": 1 }),
            ("POST", "/preview") => json!({ "question": question["question"], "key": question["key"] }),
            ("POST", "/preview/mark") => json!({
                "question": question["question"], "key": question["key"],
                "response": { "type": "single_choice", "choice": "a" },
            }),
            ("POST", "/banks/{bank_id}/stimuli") => json!({ "text": text("Mine") }),
            ("PUT", "/stimuli/{stimulus_id}") => json!({ "version": 1, "title": "", "text": text("Mine") }),
            ("PUT", "/stimuli/{stimulus_id}/questions") => json!({ "question_ids": [] }),
            _ => json!(null),
        })
    }

    async fn ask(&self, rule: &Rule, token: Option<&str>) -> Answer {
        let method: Method = rule.method.parse().expect("a method");
        let mut request = self.desk.stage.request(method, self.path(rule));
        if let Some(token) = token {
            request = request.token(token);
        }
        let request = match self.body(rule) {
            Some(body) => request.json(&body),
            None if rule.path.ends_with("/media") => request.bytes("application/octet-stream", PNG),
            None if rule.path.ends_with("/import") => request.bytes("text/plain", "Mine {T}"),
            None => request,
        };
        request.send().await
    }
}

fn guarded() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| !matches!(rule.who, Who::Public | Who::Service))
}

test_kit::on_both_databases! {
    async fn an_author_of_another_unit_finds_nothing_and_changes_nothing(database: TestDatabase) {
        let things = Things::of_the_author(database).await;
        let before = things.desk.acts().await;
        for rule in guarded() {
            let answer = things.ask(rule, Some(&things.desk.stranger)).await;
            let at = format!("{} {}: {}", rule.method, rule.path, String::from_utf8_lossy(&answer.body));
            match (rule.method, rule.path.strip_prefix("/api/v1/questions").expect("our prefix")) {
                ("GET", "/banks" | "/search") => assert_eq!(answer.expect(200)["items"], json!([]), "{at}"),
                // What is sent along to be looked at, and pictures, belong to no unit.
                ("POST", "/preview" | "/preview/mark") => assert_eq!(answer.status, 200, "{at}"),
                ("POST", "/media") => assert_eq!(answer.status, 201, "{at}"),
                // The log tells of the whole institution.
                ("POST", "/banks") | ("GET", "/audit") => assert_eq!(answer.status, 403, "{at}"),
                _ => {
                    assert_eq!(answer.status, 404, "{at}");
                    assert!(!at.contains("Secret"), "{at}");
                }
            }
        }
        let after = things.desk.acts().await;
        let changed: Vec<_> = after.iter().filter(|act| !before.contains(act)).collect();
        assert_eq!(changed, ["question.media_uploaded"]);
        assert_eq!(things.desk.get(&format!("/{}", id(&things.question))).await.expect(200), things.question);
    }

    async fn no_person_enters_where_services_call(database: TestDatabase) {
        let things = Things::of_the_author(database).await;
        let (_, admin) = things.desk.stage.people.with_role(Role::Admin);
        for rule in RULES.iter().filter(|rule| rule.who == Who::Service) {
            for token in [None, Some(admin.as_str())] {
                let refused = things.desk.stage.post(rule.path, &serde_json::json!({}));
                let refused = match token {
                    Some(token) => refused.token(token),
                    None => refused,
                };
                let status = refused.send().await.status.as_u16();
                // For a person there is no such door.
                assert_eq!(status, 404, "{}", rule.path);
            }
        }
    }

    async fn nobody_and_who_has_another_role_is_turned_away_at_the_door(database: TestDatabase) {
        let things = Things::of_the_author(database).await;
        let people = &things.desk.stage.people;
        for rule in guarded() {
            let at = format!("{} {}", rule.method, rule.path);
            assert_eq!(things.ask(rule, None).await.problem(401), "auth.sign_in_needed", "{at}");
            for role in [Role::Candidate, Role::Officer, Role::Invigilator, Role::Marker, Role::Analyst] {
                let (_, token) = people.with_role(role);
                assert_eq!(things.ask(rule, Some(&token)).await.problem(403), "auth.forbidden", "{at} {role:?}");
            }
        }
        assert_eq!(things.desk.get(&format!("/{}", id(&things.question))).await.expect(200), things.question);
    }

    async fn an_administrator_and_an_author_of_the_unit_above_may_look_everywhere(database: TestDatabase) {
        let things = Things::of_the_author(database).await;
        let people = &things.desk.stage.people;
        for role in [Role::Admin, Role::Author] {
            let (_, token) = people.with_role(role);
            for rule in guarded().filter(|rule| rule.method == "GET") {
                let is_log = rule.path.ends_with("/audit");
                let status = if is_log && role == Role::Author { 403 } else { 200 };
                assert_eq!(things.ask(rule, Some(&token)).await.status, status, "{} {role:?}", rule.path);
            }
        }
    }

    async fn a_bank_is_neither_moved_nor_copied_to_where_its_author_may_not_write(database: TestDatabase) {
        let things = Things::of_the_author(database).await;
        let desk = &things.desk;
        let away = json!({ "version": 1, "unit_path": desk.stranger_unit, "title": "x", "description": "" });
        assert_eq!(desk.put(&format!("/banks/{}", things.bank), &away).await.problem(403), "auth.forbidden");
        let theirs = desk.stage
            .post(Desk::path("/banks"), &json!({ "unit_path": desk.stranger_unit, "title": "Theirs" }))
            .token(&desk.stranger)
            .send()
            .await
            .expect(201);
        let copy = desk.post(&format!("/{}/duplicate", id(&things.question)), &json!({ "bank_id": theirs["id"] })).await;
        assert_eq!(copy.problem(404), "question.bank_not_found");
    }
}

#[test]
fn every_endpoint_has_a_rule_and_every_rule_an_endpoint() {
    test_kit::run(async {
        let desk = Desk::open(TestDatabase::sqlite()).await;
        let mut described: Vec<String> = Vec::new();
        let openapi = serde_json::to_value(&*desk.stage.openapi).expect("a description");
        for (path, item) in openapi["paths"].as_object().expect("paths") {
            for method in item.as_object().expect("methods").keys() {
                described.push(format!("{} {path}", method.to_uppercase()));
            }
        }
        let mut ruled: Vec<String> =
            // What other services call is no part of the description.
            RULES
                .iter()
                .filter(|rule| rule.who != Who::Service)
                .map(|rule| format!("{} {}", rule.method, rule.path))
                .collect();
        described.sort();
        ruled.sort();
        assert_eq!(described, ruled);
    });
}
