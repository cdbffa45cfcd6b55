//! What a check-in costs the database.
#![expect(clippy::unwrap_used, reason = "a test that can't go on must stop")]

#[path = "outside/kit.rs"]
#[expect(dead_code, reason = "each test uses its own part of the kit")]
mod kit;

use auth_api::{Admission, AuthApi as _, SittingAdmissions, UnitPath};
use authz::{Actor, AttemptId, SittingId};
use foundation::{Clock as _, Id, Span, SystemRandom, Text};
use kit::Kit;
use serde_json::json;
use test_kit::{Statements, TestDatabase};

async fn check_in(statements: &Statements, database: TestDatabase) {
    let kit = Kit::open(&database).await;
    let admin = kit.first_admin().await;
    let body = json!({ "username": "candidate", "display_name": "A candidate", "roles": [] });
    let account = kit.stage.post("/api/v1/auth/accounts", &body).token(&admin).send().await.expect(201);
    let candidate = account["account"]["id"].as_str().unwrap().parse().unwrap();
    let (sitting, attempt): (SittingId, AttemptId) =
        (Id::new(&kit.clock, &SystemRandom), Id::new(&kit.clock, &SystemRandom));
    let opens_at = kit.clock.now() + Span::from_minutes(30);
    let of =
        SittingAdmissions { sitting, title: Text::new("Algebra").unwrap(), unit: UnitPath::institution() };
    let admission = Admission { candidate, attempt, opens_at, closes_at: opens_at + Span::from_minutes(120) };
    kit.service.register_admissions(&Actor::System("exam-service"), &of, vec![admission]).await.unwrap();
    let path = format!("/api/v1/auth/sittings/{sitting}/admission-codes");
    let request = kit.stage.post(path, &json!({ "which": "missing" })).token(&admin);
    let codes = request.send().await.expect(200);
    statements.take();
    let body = json!({ "code": codes["issued"][0]["code"] });
    kit.stage.post("/api/v1/auth/check-in", &body).send().await.expect(200);
    let heard = statements.take();
    assert!(!heard.is_empty() && heard.len() <= 2, "{heard:#?}");
}

#[test]
fn a_check_in_takes_at_most_two_statements() {
    let statements = Statements::hear();
    test_kit::run(check_in(&statements, TestDatabase::sqlite()));
    test_kit::run(async {
        if let Some(database) = TestDatabase::postgres().await {
            check_in(&statements, database).await;
        }
    });
}
