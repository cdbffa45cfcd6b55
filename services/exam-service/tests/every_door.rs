//! Every endpoint's door, tried by everybody who may not pass it: nobody at all, the wrong role, the right role in
//! another unit, another candidate. An endpoint that this file can't knock at fails it.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on must stop"
)]

mod office;

use authz::{Action, Role, Rule, Who};
use exam_service::http::RULES;
use office::{Candidate, Clerk, Office, essay, text};
use serde_json::{Value, json};
use test_kit::{Answer, Request, TestDatabase};

/// A sitting of an essay in a unit, with a candidate who has handed in.
struct House {
    office: Office,
    exam: Value,
    publication: String,
    question: String,
    reference: String,
    sitting: Value,
    candidate: Candidate,
    neighbour: Candidate,
}

impl House {
    async fn build(database: TestDatabase) -> Self {
        let office = Office::open(database).await;
        let item = json!({ "type": "fixed", "question_id": office.questions.add(essay()) });
        let exam =
            office.published(json!({ "duration_minutes": 60, "sections": [{ "items": [item] }] })).await;
        let sitting = office.sitting(&exam).await;
        let mut candidates = office.enrol(&sitting, 2).await;
        let (neighbour, candidate) = (candidates.pop().unwrap(), candidates.pop().unwrap());
        let paper = office.start(&candidate).await;
        let question = text(&paper["questions"][0]["id"]).to_owned();
        office.answer(&candidate, 1, &json!(question), json!({ "type": "essay", "text": "Because." })).await;
        office.hand_in(&candidate).await;
        let now = foundation::Clock::now(office.clock());
        exam_service::app::mark_attempt::mark_due_attempts(&office.service, now).await.unwrap();
        let path = format!("/sittings/{}/marking/{question}", text(&sitting["id"]));
        let page = office.get(&office.officer, path).await.expect(200);
        let reference = text(&page["items"][0]["response_ref"]).to_owned();
        let publication = text(&exam["publication"]["id"]).to_owned();
        Self { office, exam, publication, question, reference, sitting, candidate, neighbour }
    }

    /// The endpoint's path, with the ids of this house.
    fn path(&self, rule: &Rule) -> String {
        let file = self.office.id::<exam_api::CandidateFile>().to_string();
        let outage = self.office.id::<exam_api::Outage>().to_string();
        let ids = [
            ("{exam_id}", text(&self.exam["id"]).to_owned()),
            ("{publication_id}", self.publication.clone()),
            ("{sitting_id}", text(&self.sitting["id"]).to_owned()),
            ("{attempt_id}", self.candidate.attempt.to_string()),
            ("{account_id}", self.candidate.account.to_string()),
            ("{question_id}", self.question.clone()),
            ("{response_ref}", self.reference.clone()),
            ("{file_id}", file),
            ("{outage_id}", outage),
            ("{section}", "0".to_owned()),
        ];
        let path = ids.iter().fold(rule.path.to_owned(), |path, (name, id)| path.replace(name, id));
        assert!(!path.contains('{'), "no id for {path}");
        path
    }

    /// A body that the endpoint takes.
    fn body(&self, rule: &Rule) -> Value {
        let times = self.office.sitting_body(&self.exam);
        let mut change = times.clone();
        change.as_object_mut().unwrap().remove("exam_id");
        change["version"] = json!(1);
        let entries =
            json!([{ "seq": 9, "question_id": self.question, "response": { "type": "essay", "text": "x" } }]);
        let ends = |end: &str| rule.path.ends_with(end);
        match rule.path.strip_prefix("/api/v1/exams").unwrap() {
            "" => json!({ "title": "Stolen" }),
            "/{exam_id}" => json!({ "version": 1, "title": "Stolen", "definition": self.exam["definition"] }),
            "/{exam_id}/duplicate" => json!({ "title": "Stolen" }),
            "/{exam_id}/publish" => json!({ "version": 1 }),
            "/sittings" => times,
            "/sittings/{sitting_id}" => change,
            "/sittings/{sitting_id}/roster" => json!({ "account_ids": [self.candidate.account] }),
            "/sittings/{sitting_id}/roster/{attempt_id}" => json!({ "status": "withdrawn" }),
            "/sittings/{sitting_id}/release" => json!({}),
            "/attempts/{attempt_id}/open" => json!({ "device_id": uuid::Uuid::nil() }),
            "/attempts/{attempt_id}/responses" => json!({ "lease_no": 1, "entries": entries }),
            "/attempts/{attempt_id}/stalls" => {
                let (from, until) = ("2026-03-02T09:00:00Z", "2026-03-02T09:01:00Z");
                json!({ "lease_no": 1, "stalls": [{ "from": from, "until": until }] })
            }
            "/attempts/{attempt_id}/seen" => json!({ "lease_no": 1, "version": 1 }),
            "/attempts/{attempt_id}/start"
            | "/attempts/{attempt_id}/submit"
            | "/attempts/{attempt_id}/sections/{section}/enter" => json!({ "lease_no": 1 }),
            _ if ends("/allow-move")
                || ends("/resume")
                || ends("/archive")
                || ends("/restore")
                || ends("/check")
                || ends("/answer-files") =>
            {
                json!({})
            }
            _ if ends("/accommodation") || rule.path.contains("/accommodations/") => {
                json!({ "extra_minutes": 5 })
            }
            _ if ends("/extra-time") || ends("/incidents") => json!({ "minutes": 5, "reason": "x" }),
            _ if ends("/pause")
                || ends("/cancel")
                || ends("/credit")
                || ends("/terminate")
                || ends("/admit")
                || ends("/withdraw-release") =>
            {
                json!({ "reason": "x" })
            }
            _ if ends("/mark") => json!({ "points": 1 }),
            _ => panic!("no body for {} {}: write one here", rule.method, rule.path),
        }
    }

    /// The endpoint as somebody calls it who knows all about it.
    fn request(&self, rule: &Rule) -> Request {
        let request = self.office.stage.request(rule.method.parse().unwrap(), self.path(rule));
        match rule.method {
            "GET" => request,
            _ if rule.path.ends_with("/import") => request.bytes("text/csv", "number,name\nX1,Somebody\n"),
            _ if rule.method == "PUT" && rule.path.ends_with("/files/{file_id}") => {
                let part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello\r\n--x--\r\n";
                request.bytes("multipart/form-data; boundary=x", part)
            }
            _ => request.json(&self.body(rule)),
        }
    }

    async fn by(&self, rule: &Rule, clerk: &Clerk) -> Answer {
        self.request(rule).token(&self.office.token(clerk)).send().await
    }
}

fn staff() -> impl Iterator<Item = (&'static Rule, Action)> {
    RULES.iter().filter_map(|rule| match rule.who {
        Who::May(action) => Some((rule, action)),
        _ => None,
    })
}

test_kit::on_both_databases! {
    async fn nobody_passes_without_saying_who_they_are(database: TestDatabase) {
        let house = House::build(database).await;
        for rule in RULES.iter().filter(|rule| rule.who != Who::Public) {
            let answer = house.request(rule).send().await;
            assert_eq!(answer.status.as_u16(), 401, "{} {}", rule.method, rule.path);
        }
    }

    async fn a_role_passes_its_own_doors_and_no_others(database: TestDatabase) {
        let house = House::build(database).await;
        for (rule, action) in staff() {
            for role in Role::ALL.into_iter().filter(|role| !action.roles().contains(role)) {
                let code = house.by(rule, &house.office.clerk(role)).await.problem(403);
                assert_eq!(code, "auth.forbidden", "{} {} as {}", rule.method, rule.path, role.name());
            }
            let ticket = house.request(rule).ticket(&house.candidate.ticket).send().await;
            assert_eq!(ticket.problem(403), "auth.forbidden", "{} {}", rule.method, rule.path);
        }
    }

    async fn what_lies_in_another_unit_does_not_exist(database: TestDatabase) {
        let house = House::build(database).await;
        let (_, elsewhere) = house.office.unit("Elsewhere");
        for (rule, action) in staff() {
            for role in action.roles() {
                let answer = house.by(rule, &house.office.clerk_of(*role, &elsewhere)).await;
                let what = format!("{} {} as {}", rule.method, rule.path, role.name());
                match (rule.method, rule.path) {
                    ("GET", "/api/v1/exams" | "/api/v1/exams/sittings") => {
                        assert_eq!(answer.expect(200)["items"], json!([]), "{what}");
                    }
                    ("GET", "/api/v1/exams/to-mark") => assert_eq!(answer.expect(200)["sittings"], json!([]), "{what}"),
                    // A new exam of the whole institution isn't theirs to make; there is nothing to hide.
                    ("POST", "/api/v1/exams") => assert_eq!(answer.problem(403), "auth.forbidden", "{what}"),
                    // The record is the whole institution's; who may read it in a unit may not read it there.
                    ("GET", "/api/v1/exams/audit") => assert_eq!(answer.problem(403), "auth.forbidden", "{what}"),
                    _ => assert_eq!(answer.status.as_u16(), 404, "{what}: {:?}", answer.body),
                }
            }
        }
    }

    async fn an_attempt_is_its_own_candidates_alone(database: TestDatabase) {
        let house = House::build(database).await;
        let mine = RULES.iter().filter(|rule| matches!(rule.who, Who::Ticket | Who::TicketOrSignedIn));
        for rule in mine.clone() {
            let what = format!("{} {}", rule.method, rule.path);
            let answer = house.request(rule).ticket(&house.neighbour.ticket).send().await;
            assert_eq!(answer.problem(404), "exam.attempt_not_found", "{what}");
            let neighbour = Clerk { account: house.neighbour.account, grants: Vec::new() };
            let answer = house.by(rule, &neighbour).await;
            assert!(matches!(answer.status.as_u16(), 401 | 404), "{what}: {:?}", answer.body);
        }
        assert!(mine.count() >= 8);
    }
}
