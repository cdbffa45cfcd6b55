//! What the audit log says of this service.

use auth_api::UnitKind;
use authz::{Grant, Role};
use foundation::Span;
use serde_json::json;
use test_kit::TestDatabase;

use crate::http::testing::Scene;

test_kit::on_both_databases! {
    async fn every_act_is_listed_with_who_did_it_and_the_chain_holds(database: TestDatabase) {
        let scene = Scene::set(&database).await;
        let id = scene.person("root", &[Scene::everywhere(Role::Admin)]).await;
        scene.clock.advance(Span::from_seconds(1));
        let token = scene.sign_in("root").await.token;
        scene.clock.advance(Span::from_seconds(1));
        scene.stage.post("/api/v1/auth/units", &json!({ "kind": "course", "name": "Algebra" })).token(&token).send().await.expect(201);
        let json = scene.stage.get("/api/v1/auth/audit?limit=1").token(&token).send().await.expect(200);
        let entry = &json["items"][0];
        assert_eq!((entry["action"].as_str(), entry["actor_kind"].as_str()), (Some("unit.created"), Some("account")));
        assert_eq!(entry["actor_id"], id.to_string());
        let next = json["next"].as_str().unwrap();
        let older = scene.stage.get(format!("/api/v1/auth/audit?after={next}")).token(&token).send().await.expect(200);
        assert_eq!(older["items"][0]["action"], "session.opened");
        audit::seal(&scene.service.db, crate::SCHEMA).await.unwrap();
        let verdict = audit::verify(&scene.service.db, crate::SCHEMA).await.unwrap();
        assert_eq!(verdict, audit::Verdict::Whole { sealed: 4, unsealed: 0 });
    }

    async fn the_log_holds_no_secret_and_no_name(database: TestDatabase) {
        let scene = Scene::set(&database).await;
        let code = scene.invited("somebody").await;
        let exam = scene.sitting_in(Span::from_minutes(10)).await;
        let admission = scene.code(&exam).await;
        let (_, admin) = scene.people.with_role(Role::Admin);
        let log = scene.stage.get("/api/v1/auth/audit").token(&admin).send().await.expect(200).to_string();
        for secret in [code.as_str(), admission.as_str(), "somebody", "Candidate 1", "argon2"] {
            assert!(!log.contains(secret), "{secret} in {log}");
        }
    }

    async fn the_log_of_the_institution_is_not_for_one_facultys_administrator(database: TestDatabase) {
        let scene = Scene::set(&database).await;
        let faculty = scene.unit(UnitKind::Faculty, "Mathematics", None).await;
        let (_, admin) = scene.people.with_grants(vec![Grant { role: Role::Admin, unit: faculty.unit.path.clone() }]);
        assert_eq!(scene.stage.get("/api/v1/auth/audit").token(&admin).send().await.problem(403), "auth.forbidden");
    }
}
