//! Whole journeys through auth-service, as people make them.

use auth_api::{Admission, AuthApi as _, SittingAdmissions};
use authz::{Actor, AttemptId, SittingId, TicketKey, UnitPath};
use axum::http::Method;
use foundation::{Clock as _, Id, Span, SystemRandom, Text};
use serde_json::{Value, json};
use test_kit::TestDatabase;

use crate::kit::{Kit, PASSWORD, token};

test_kit::on_both_databases! {
    async fn from_an_empty_installation_to_a_candidate_with_a_ticket(database: TestDatabase) {
        let kit = Kit::open(&database).await;
        let admin = kit.first_admin().await;
        let post = async |token: &str, path: &str, body: Value, status: u16| {
            kit.stage.post(format!("/api/v1/auth{path}"), &body).token(token).send().await.expect(status)
        };

        // The administrator draws the organisation and invites an officer for one faculty.
        let faculty = post(&admin, "/units", json!({ "kind": "faculty", "name": "Mathematics" }), 201).await;
        let course = json!({ "kind": "course", "name": "Algebra", "parent_id": faculty["id"] });
        let course = post(&admin, "/units", course, 201).await;
        let class = json!({ "kind": "class", "name": "Algebra 1", "parent_id": course["id"] });
        post(&admin, "/units", class, 201).await;
        let officer = json!({
            "username": "officer", "display_name": "An officer", "home_unit_id": faculty["id"],
            "roles": [{ "role": "officer", "unit_id": faculty["id"] }],
        });
        let invited = post(&admin, "/accounts", officer, 201).await;

        // The officer chooses a password and imports a roster.
        let activation = json!({
            "username": "officer", "code": invited["activation"]["code"], "new_password": "maple-kettle-47-violet",
        });
        let officer = token(&kit.stage.post("/api/v1/auth/activate", &activation).send().await);
        let path = format!("/api/v1/auth/people/import?unit_id={}", course["id"].as_str().unwrap());
        let roster = "学号,姓名,班级\n20260001,李伟,Algebra 1\n20260002,王芳,Algebra 1\n";
        let request = kit.stage.request(Method::POST, path).bytes("text/csv", roster).token(&officer);
        let imported = request.send().await.expect(200);
        let candidate = imported["rows"][0]["account_id"].as_str().unwrap().parse().unwrap();

        // exam-service schedules a sitting and hands the admissions over; the officer prints the codes.
        let (sitting, attempt): (SittingId, AttemptId) =
            (Id::new(&kit.clock, &SystemRandom), Id::new(&kit.clock, &SystemRandom));
        let opens_at = kit.clock.now() + Span::from_minutes(90);
        let unit = UnitPath::try_from(course["path"].as_str().unwrap().to_owned()).unwrap();
        let of = SittingAdmissions { sitting, title: Text::new("Algebra, final").unwrap(), unit };
        let closes_at = opens_at + Span::from_minutes(120);
        let admission = Admission { candidate, attempt, opens_at, closes_at };
        kit.service.register_admissions(&Actor::System("exam-service"), &of, vec![admission]).await.unwrap();
        let codes =
            post(&officer, &format!("/sittings/{sitting}/admission-codes"), json!({ "which": "missing" }), 200).await;
        let code = &codes["issued"][0]["code"];

        // The candidate is early, comes back, and gets a ticket that nobody has to look up.
        let check_in = || kit.stage.post("/api/v1/auth/check-in", &json!({ "code": code })).send();
        assert_eq!(check_in().await.problem(409), "auth.too_early");
        kit.clock.advance(Span::from_minutes(30));
        let checked_in = check_in().await.expect(200);
        assert_eq!(checked_in["candidate_name"], "李伟");
        let key = TicketKey::new(&kit.people.secrets);
        let ticket = key.open(checked_in["ticket"].as_str().unwrap(), kit.clock.now()).unwrap();
        assert_eq!((ticket.attempt, ticket.sitting, ticket.candidate), (attempt, sitting, candidate));

        // Everything that staff did is in the log, and the chain holds.
        let admin = token(&kit.sign_in("root", PASSWORD).await);
        let log = kit.stage.get("/api/v1/auth/audit?limit=200").token(&admin).send().await.expect(200);
        let acts: Vec<&str> =
            log["items"].as_array().unwrap().iter().map(|act| act["action"].as_str().unwrap()).collect();
        for act in
            ["account.created", "unit.created", "role.granted", "session.opened", "people.imported", "admissions.registered", "admission_codes.issued"]
        {
            assert!(acts.contains(&act), "{act} in {acts:?}");
        }
    }

    async fn what_was_signed_in_before_a_restart_still_is_after_it(database: TestDatabase) {
        let before = Kit::open(&database).await;
        let admin = before.first_admin().await;
        drop(before);
        let after = Kit::open(&database).await;
        let me = after.stage.get("/api/v1/auth/me").token(&admin).send().await.expect(200);
        assert_eq!(me["username"], "root");
    }

    async fn a_second_first_administrator_of_the_same_name_and_a_weak_password_are_refused(database: TestDatabase) {
        let kit = Kit::open(&database).await;
        kit.first_admin().await;
        let make = async |username: &str, password: &str| {
            let username = auth_service::Username::new(username).unwrap();
            let name = Text::new("Another").unwrap();
            kit.service.create_admin(username, name, auth_service::Password::new(password)).await.map_err(|problem| problem.code)
        };
        assert_eq!(make("ROOT", PASSWORD).await.unwrap_err(), "auth.username_taken");
        assert_eq!(make("second", "administrator1").await.unwrap_err(), "auth.password_weak");
        assert!(make("second", PASSWORD).await.is_ok());
    }

    async fn refusals_are_counted_by_reason(database: TestDatabase) {
        let metrics = telemetry::Metrics::install();
        let kit = Kit::open(&database).await;
        kit.sign_in("nobody", "x").await.problem(401);
        kit.stage.post("/api/v1/auth/check-in", &json!({ "code": "x" })).send().await.problem(422);
        let text = metrics.render();
        for reason in ["wrong_credentials", "code_mistyped"] {
            assert!(text.contains(&format!("auth_failures_total{{reason=\"{reason}\"}}")), "{reason} in {text}");
        }
    }
}
